//! Site boilerplate: blocks that stand in many posts among different others: navigation, an author's line, a licence. They
//! are left out when texts are compared, which is worth more than any choice of hash.

use rayon::prelude::*;

use super::facts::TextFacts;
use super::{Corpus, Facts};
use crate::source::Span;

/// So many different neighbours make a block boilerplate. Source: measured on 54,190 posts; below it, posts of one series
/// lose text of their own, above it groups of posts share what none of them wrote.
pub const LEAST_NEIGHBOURS: usize = 8;

/// Boilerplate may be the longest neighbour of other boilerplate; after so many rounds nothing more was found anywhere.
const ROUNDS: usize = 3;

/// How many parts the blocks of a site are counted in, one after the other, to save memory.
const PARTS: u64 = 16;

/// Most places of a block that are told.
const MOST_PLACES: usize = 3;

/// The blocks of a site that are boilerplate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Boilerplate {
    /// Their hashes, sorted.
    hashes: Vec<u64>,
}

/// A block that stands in many posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurring {
    /// In how many posts it stands.
    pub posts: usize,
    /// How much it says (`Words::weight`).
    pub weight: u32,
    /// The first places in order of post, three at most: post and span of the block.
    pub places: Vec<(usize, Span)>,
    /// Its visible text at the first place.
    pub text: String,
}

impl Boilerplate {
    /// Finds the boilerplate of a site.
    pub(super) fn find(posts: &[std::sync::Arc<Facts>]) -> Self {
        let texts: Vec<&TextFacts> = posts.iter().filter_map(|post| post.text.as_ref()).collect();
        let mut found = Self::default();
        for _ in 0..ROUNDS {
            let more = found.round(&texts);
            if more.is_empty() {
                break;
            }
            found.hashes.extend(more);
            found.hashes.sort_unstable();
        }
        found
    }

    /// Whether a block is boilerplate.
    pub(super) fn contains(&self, block: u64) -> bool {
        self.hashes.binary_search(&block).is_ok()
    }

    /// For each block with words of a post: whether it is compared. `None` if all are, or if nothing else would be left.
    pub(super) fn kept(&self, text: &TextFacts) -> Kept {
        if self.hashes.is_empty() || !text.blocks.iter().any(|block| self.contains(*block)) {
            return Kept::All;
        }
        let kept: Vec<bool> = text.blocks.iter().map(|block| !self.contains(*block)).collect();
        if kept.contains(&true) { Kept::Some(kept) } else { Kept::Nothing }
    }

    /// The blocks that have enough different neighbours once those found before are gone.
    fn round(&self, texts: &[&TextFacts]) -> Vec<u64> {
        let anchors: Vec<[u64; 2]> = texts.par_iter().map(|text| self.anchors(text)).collect();
        let parts = (0..PARTS).into_par_iter().map(|part| self.in_part(texts, &anchors, part));
        parts.flatten().collect()
    }

    /// The two heaviest blocks of a post that are left; the hash of one that is not there is 0.
    fn anchors(&self, text: &TextFacts) -> [u64; 2] {
        let mut best = [(0, 0); 2];
        for (weight, hash) in text.weights.iter().zip(&text.blocks) {
            let one = (*weight, *hash);
            if one <= best[1] || one == best[0] || self.contains(*hash) {
                continue;
            }
            best = if one > best[0] { [one, best[0]] } else { [best[0], one] };
        }
        best.map(|(_, hash)| hash)
    }

    /// The same for the blocks whose hashes fall into one part.
    fn in_part(&self, texts: &[&TextFacts], anchors: &[[u64; 2]], part: u64) -> Vec<u64> {
        let blocks =
            |text: &&TextFacts| text.blocks.iter().copied().filter(|hash| hash % PARTS == part).collect::<Vec<_>>();
        let mut often: Vec<u64> = texts.iter().flat_map(blocks).collect();
        often.sort_unstable();
        let often: Vec<u64> = runs(&often).filter(|run| run.len() >= LEAST_NEIGHBOURS).map(|run| run[0]).collect();
        let mut neighbours: Vec<(u64, u64)> = vec![];
        for (text, anchors) in texts.iter().zip(anchors) {
            for hash in text.blocks.iter().filter(|hash| *hash % PARTS == part && often.binary_search(hash).is_ok()) {
                let anchor = if anchors[0] == *hash { anchors[1] } else { anchors[0] };
                if anchor != 0 && !self.contains(*hash) {
                    neighbours.push((*hash, anchor));
                }
            }
        }
        neighbours.sort_unstable();
        neighbours.dedup();
        let by_block = neighbours.chunk_by(|a, b| a.0 == b.0);
        by_block.filter(|run| run.len() >= LEAST_NEIGHBOURS).map(|run| run[0].0).collect()
    }
}

/// What is compared of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// Everything: it holds no boilerplate.
    All,
    /// These blocks.
    Some(Vec<bool>),
    /// It is boilerplate and nothing else: only whole texts are compared.
    Nothing,
}

impl Kept {
    /// Whether block number `index` is compared.
    pub(super) fn keeps(&self, index: usize) -> bool {
        match self {
            Kept::All => true,
            Kept::Some(kept) => kept.get(index).copied().unwrap_or(false),
            Kept::Nothing => false,
        }
    }
}

/// The recurring blocks that say at least so much, with their places.
pub(super) fn recurring(corpus: &Corpus<'_>, found: &Boilerplate, least_weight: u32) -> Vec<Recurring> {
    let mut uses: Vec<(u64, u32, u16)> = vec![];
    for (index, post) in corpus.posts.iter().enumerate() {
        let Some(text) = &post.text else { continue };
        let blocks = text.blocks.iter().zip(&text.weights);
        let blocks = blocks.filter(|(hash, weight)| u32::from(**weight) >= least_weight && found.contains(**hash));
        uses.extend(blocks.map(|(hash, weight)| (*hash, u32::try_from(index).unwrap_or(u32::MAX), *weight)));
    }
    uses.sort_unstable();
    uses.dedup();
    let mut wanted: Vec<(u32, u64)> = vec![];
    for run in uses.chunk_by(|a, b| a.0 == b.0) {
        wanted.extend(run.iter().take(MOST_PLACES).map(|(hash, post, _)| (*post, *hash)));
    }
    wanted.sort_unstable();
    let places: Vec<(u64, u32, Span, String)> =
        wanted.par_chunk_by(|a, b| a.0 == b.0).flat_map(|run| places(corpus, run)).collect();
    let mut all: Vec<Recurring> = vec![];
    for run in uses.chunk_by(|a, b| a.0 == b.0) {
        let own = run.iter().take(MOST_PLACES);
        let own = own.filter_map(|(hash, post, _)| {
            let at = places.binary_search_by_key(&(*post, *hash), |(hash, post, ..)| (*post, *hash)).ok()?;
            Some(&places[at])
        });
        let own: Vec<_> = own.collect();
        let Some(first) = own.first() else { continue };
        all.push(Recurring {
            posts: run.len(),
            weight: u32::from(run[0].2),
            places: own.iter().map(|(_, post, span, _)| (*post as usize, *span)).collect(),
            text: first.3.clone(),
        });
    }
    all.sort_by(|a, b| a.places.cmp(&b.places));
    all
}

/// Where the blocks that are wanted of one post stand, sorted by hash.
fn places(corpus: &Corpus<'_>, wanted: &[(u32, u64)]) -> Vec<(u64, u32, Span, String)> {
    let Some(text) = wanted.first().and_then(|(post, _)| corpus.text(*post as usize)) else { return vec![] };
    let place = |(post, hash): &(u32, u64)| {
        let block = text.words.blocks.iter().find(|block| block.hash == *hash)?;
        let block = &text.prose.blocks[block.block as usize];
        Some((*hash, *post, text.prose.source_span(block.range()), text.prose.str(block).to_owned()))
    };
    wanted.iter().filter_map(place).collect()
}

/// Equal neighbours of a sorted list.
fn runs(sorted: &[u64]) -> impl Iterator<Item = &[u64]> {
    sorted.chunk_by(|a, b| a == b)
}
