//! Site boilerplate: blocks that stand in many posts among different others: navigation, an author's line, a licence. They
//! are left out when texts are compared, which is worth more than any choice of hash.

use std::cell::OnceCell;

use rayon::prelude::*;

use super::facts::TextFacts;
use super::memory::About;
use super::{Corpus, Facts, recurrence};
use crate::source::Span;

/// So many different neighbours make a block boilerplate. Source: measured on 54,190 posts; below it, posts of one series
/// lose text of their own, above it groups of posts share what none of them wrote.
pub const LEAST_NEIGHBOURS: usize = 8;

/// Boilerplate may be the longest neighbour of other boilerplate; after so many rounds nothing more was found anywhere.
const ROUNDS: usize = 3;

/// How many parts the blocks of a site are counted in, one after the other, to save memory.
const PARTS: u64 = 4;

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

/// Where unique text is less than this part of a post, the rest may be one article with small edits.
const LEAST_OWN_PART: u32 = 5;

/// What tells one surrounding of a post's blocks from another. A hash of 0 is none.
#[derive(Clone, Copy, Default)]
struct Anchors {
    /// The heaviest block, and the second heaviest, which is what the heaviest stands beside. Copies of one article have
    /// these in common, however many there are.
    heaviest: [u64; 2],
    /// Of a post that is text of its own between a head and a tail that many posts have: the heaviest block of its own.
    own: u64,
}

/// A text that holds blocks which stand in enough posts to be boilerplate. Most texts of most sites hold none.
struct Holder<'a> {
    text: &'a TextFacts,
    /// These blocks, sorted.
    often: Vec<u64>,
}

impl<'a> Holder<'a> {
    fn of(text: &'a TextFacts, often: &[u64]) -> Option<Self> {
        let own = text.blocks.iter().copied().filter(|hash| often.binary_search(hash).is_ok());
        let mut own: Vec<u64> = own.collect();
        own.sort_unstable();
        (!own.is_empty()).then_some(Self { text, often: own })
    }
}

impl Boilerplate {
    /// Finds the boilerplate of a site.
    pub(super) fn find(posts: &[std::sync::Arc<Facts>]) -> Self {
        let texts: Vec<&TextFacts> = posts.iter().filter_map(|post| post.text.as_ref()).collect();
        let often = often(&texts);
        let holders: Vec<Holder<'_>> = texts.par_iter().filter_map(|text| Holder::of(text, &often)).collect();
        let mut found = Self::default();
        for _ in 0..ROUNDS {
            let more = found.round(&holders);
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

    /// What of a post is compared.
    pub(super) fn kept(&self, text: &TextFacts) -> Kept {
        if self.hashes.is_empty() || !text.blocks.iter().any(|block| self.contains(*block)) {
            return Kept::All;
        }
        let kept: Vec<bool> = text.blocks.iter().map(|block| !self.contains(*block)).collect();
        if kept.contains(&true) { Kept::Some(kept) } else { Kept::Nothing }
    }

    /// The blocks that have enough different surroundings once those found before are gone.
    fn round(&self, holders: &[Holder<'_>]) -> Vec<u64> {
        let anchors: Vec<Anchors> = holders.par_iter().map(|holder| self.anchors(holder)).collect();
        let in_part = |part: u64| {
            let is_new = |hash: &u64| *hash % PARTS == part && !self.contains(*hash);
            let mut beside: Vec<(u64, u64)> = vec![];
            let mut between: Vec<(u64, u64)> = vec![];
            for (holder, anchors) in holders.iter().zip(&anchors) {
                for hash in holder.often.iter().copied().filter(is_new) {
                    let [first, second] = anchors.heaviest;
                    beside.push((hash, if first == hash { second } else { first }));
                    between.push((hash, anchors.own));
                }
            }
            let mut blocks = [with_enough(beside), with_enough(between)].concat();
            blocks.sort_unstable();
            blocks.dedup();
            blocks
        };
        let parts: Vec<Vec<u64>> = (0..PARTS).into_par_iter().map(in_part).collect();
        parts.concat()
    }

    fn anchors(&self, holder: &Holder<'_>) -> Anchors {
        let text = holder.text;
        let is_often = |hash: u64| holder.often.binary_search(&hash).is_ok();
        let blocks = text.weights.iter().copied().zip(text.blocks.iter().copied());
        let blocks: Vec<(u16, u64)> = blocks.filter(|(_, hash)| !self.contains(*hash)).collect();
        let mut best = [(0, 0); 2];
        for one in &blocks {
            if *one > best[0] {
                best = [*one, best[0]];
            } else if *one > best[1] && *one != best[0] {
                best[1] = *one;
            }
        }
        Anchors { heaviest: best.map(|(_, hash)| hash), own: own_part(&blocks, &is_often).unwrap_or(0) }
    }
}

/// The heaviest block of a post's own, if those that few posts have follow each other and are no small part of it.
fn own_part(blocks: &[(u16, u64)], is_often: &dyn Fn(u64) -> bool) -> Option<u64> {
    let is_own = |(_, hash): &(u16, u64)| !is_often(*hash);
    let weight = |blocks: &[(u16, u64)]| blocks.iter().map(|(weight, _)| u32::from(*weight)).sum::<u32>();
    let own = &blocks[blocks.iter().position(is_own)?..=blocks.iter().rposition(is_own)?];
    let is_whole = own.iter().all(is_own) && LEAST_OWN_PART * weight(own) >= weight(blocks);
    own.iter().filter(|_| is_whole).max().map(|(_, hash)| *hash)
}

/// The blocks that stand in enough posts to be boilerplate, sorted.
fn often(texts: &[&TextFacts]) -> Vec<u64> {
    let in_part = |part: u64| {
        let blocks = |text: &&TextFacts| {
            let mut own: Vec<u64> = text.blocks.iter().copied().filter(|hash| *hash % PARTS == part).collect();
            own.sort_unstable();
            own.dedup();
            own
        };
        let mut all: Vec<u64> = texts.iter().flat_map(blocks).collect();
        all.sort_unstable();
        let often = all.chunk_by(|a, b| a == b).filter(|run| run.len() >= LEAST_NEIGHBOURS);
        often.map(|run| run[0]).collect::<Vec<u64>>()
    };
    let parts: Vec<Vec<u64>> = (0..PARTS).into_par_iter().map(in_part).collect();
    let mut often = parts.concat();
    often.sort_unstable();
    often
}

/// The blocks with enough different anchors.
fn with_enough(mut anchored: Vec<(u64, u64)>) -> Vec<u64> {
    anchored.retain(|(_, anchor)| *anchor != 0);
    anchored.sort_unstable();
    anchored.dedup();
    let by_block = anchored.chunk_by(|a, b| a.0 == b.0);
    by_block.filter(|run| run.len() >= LEAST_NEIGHBOURS).map(|run| run[0].0).collect()
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
    let text = OnceCell::new();
    let place = |(post, hash): &(u32, u64)| -> Option<(Span, String)> {
        let name = corpus.name_of(*post as usize, &Kept::All).filter(|_| corpus.remembers());
        if let Some(known) = name.and_then(|name| corpus.recall(About::Block, &[name], &hash.to_le_bytes())) {
            return Some(known);
        }
        let text = text.get_or_init(|| corpus.text(*post as usize)).as_ref()?;
        let block = text.words.blocks.iter().find(|block| recurrence::key(&text.words, block) == *hash)?;
        let block = &text.prose.blocks[block.block as usize];
        let place = (text.prose.source_span(block.range()), text.prose.str(block).to_owned());
        name.iter().for_each(|name| corpus.keep(About::Block, &[*name], &hash.to_le_bytes(), &place));
        Some(place)
    };
    let placed = |one: &(u32, u64)| place(one).map(|(span, text)| (one.1, one.0, span, text));
    wanted.iter().filter_map(placed).collect()
}
