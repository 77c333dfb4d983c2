//! Passages that stand in two posts: candidates share a chosen run of words, which is extended to the exact ends.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Corpus;
use super::candidate::PostPair;
use super::cluster::Cluster;
use super::memory::About;
use super::pair::{Comparison, batch_size, together};
use super::relation::Class;
use super::shelf;
use super::text::Text;
use crate::fingerprint::{Run, Stretches, TokenKind, common_runs};
use crate::source::Span;

/// How many texts a thread keeps at hand at least: a few megabytes.
const ROOM: usize = 32;

/// On a large site a thread keeps one text in so many at hand: less than a hundred bytes a post.
const POSTS_PER_ROOM: usize = 800;

/// What makes a passage: its words and its characters, each as a share of its least, make one together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassageRule {
    /// Least number of words.
    pub words: u32,
    /// Least number of characters in scripts without blanks.
    pub characters: u32,
}

/// A passage that stands in two posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The younger of the two posts, else the later one by path.
    pub post: usize,
    /// The passage there.
    pub span: Span,
    /// The other post.
    pub other: usize,
    /// The passage there.
    pub other_span: Span,
    /// How many words (of scripts with blanks) it has.
    pub words: u32,
    /// How many characters (of scripts without blanks) it has.
    pub characters: u32,
    /// Its visible text.
    pub text: String,
}

impl PassageRule {
    /// No passage weighs less (`Words::weight`).
    pub fn least_weight(self) -> u32 {
        (self.words * TokenKind::Word.weight()).min(self.characters * TokenKind::Character.weight())
    }

    /// Both numbers, for questions that depend on them.
    fn to_bytes(self) -> Vec<u8> {
        [self.words, self.characters].iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    /// Whether so much makes a passage.
    pub fn is_reached(self, words: u32, characters: u32) -> bool {
        let (words, characters) = (u64::from(words), u64::from(characters));
        let (of_words, of_characters) = (u64::from(self.words), u64::from(self.characters));
        words * of_characters + characters * of_words >= of_words * of_characters
    }
}

/// Finds the passages of a corpus. Posts that are copies of another as a whole, or hold one, are left out: there is more to
/// say about them. Of passages that overlap in one post, the longest is told.
pub(super) fn passages(corpus: &Corpus<'_>, all: &Comparison, clusters: &[Cluster], rule: PassageRule) -> Vec<Passage> {
    let pairs = pairs(corpus, all, clusters);
    let room = ROOM.max(corpus.posts.len() / POSTS_PER_ROOM);
    let load = |post: usize| OwnText::of(corpus, all, post, rule);
    let shared = |a: (usize, &OwnText), b: (usize, &OwnText)| in_pair(corpus, all, (a, b), rule);
    let batch = |batch: &[PostPair]| shelf::compare(batch, room, load, shared);
    let (known, unknown) = recall(corpus, all, pairs, rule);
    let size = batch_size(&unknown);
    let found: Vec<Vec<Passage>> = together(unknown).par_chunks(size).map(batch).collect();
    let mut by_post: BTreeMap<usize, Vec<Passage>> = BTreeMap::new();
    for passage in known.into_iter().chain(found.into_iter().flatten()) {
        by_post.entry(passage.post).or_default().push(passage);
    }
    by_post.into_values().flat_map(longest).collect()
}

/// The pairs that share a chosen run and are not copies as a whole.
fn pairs(corpus: &Corpus<'_>, all: &Comparison, clusters: &[Cluster]) -> Vec<PostPair> {
    let mut is_copy = vec![false; all.first.len()];
    for cluster in clusters {
        let kept = all.first[cluster.kept];
        for member in cluster.members.iter().filter(|member| all.first[member.post] != kept) {
            is_copy[member.post] = true;
        }
    }
    let is_said = |(a, b): &PostPair| {
        let at = corpus.pairs().binary_search_by_key(&(*a as usize, *b as usize), |pair| (pair.a, pair.b));
        at.is_ok_and(|at| corpus.pairs()[at].relation.class != Class::Similar)
    };
    let pairs = all.sharing(corpus).iter().map(|(pair, _)| *pair);
    pairs.filter(|(a, b)| !is_copy[*a as usize] && !is_copy[*b as usize]).filter(|pair| !is_said(pair)).collect()
}

/// A text, and where it is the author's own: no boilerplate of the site and no quotation.
#[derive(Debug)]
pub(super) struct OwnText {
    text: Text,
    own: Stretches,
}

impl OwnText {
    /// The text of a post, to be searched for passages.
    pub(super) fn of(corpus: &Corpus<'_>, all: &Comparison, post: usize, rule: PassageRule) -> Option<Self> {
        let mut text = corpus.text(post)?;
        // Room was made for the most that there may be, and many texts are kept at hand.
        text.words.tokens.shrink_to_fit();
        text.words.text.shrink_to_fit();
        let is_own = |block: usize| all.kept[post].keeps(block) && !text.words.blocks[block].in_quote;
        let own = Stretches::of(&text.words, &is_own, rule.least_weight());
        Some(Self { text, own })
    }
}

/// What two texts share: a passage that does not know whose they are.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Shared {
    spans: (Span, Span),
    words: u32,
    characters: u32,
    text: String,
}

/// Of these pairs the passages that are known, and the pairs of which nothing is.
fn recall(
    corpus: &Corpus<'_>,
    all: &Comparison,
    pairs: Vec<PostPair>,
    rule: PassageRule,
) -> (Vec<Passage>, Vec<PostPair>) {
    let recall = |(a, b): &PostPair| -> Option<Vec<Shared>> {
        corpus.recall(About::Passages, &all.names(*a as usize, *b as usize)?, &rule.to_bytes())
    };
    let answers: Vec<Option<Vec<Shared>>> = pairs.par_iter().map(recall).collect();
    let (mut known, mut unknown) = (vec![], vec![]);
    for ((a, b), answer) in pairs.into_iter().zip(answers) {
        match answer {
            Some(shared) => known.extend(told(corpus, (a as usize, b as usize), shared)),
            None => unknown.push((a, b)),
        }
    }
    (known, unknown)
}

/// The passages that two posts share.
pub(super) fn in_pair(
    corpus: &Corpus<'_>,
    all: &Comparison,
    ((a, one), (b, other)): ((usize, &OwnText), (usize, &OwnText)),
    rule: PassageRule,
) -> Vec<Passage> {
    let runs = common_runs((&one.text.words, &one.own), (&other.text.words, &other.own));
    let shared = runs.into_iter().map(|run| shared(&one.text, &other.text, run));
    let shared: Vec<Shared> = shared.filter(|one| rule.is_reached(one.words, one.characters)).collect();
    if let Some(names) = all.names(a, b) {
        corpus.keep(About::Passages, &names, &rule.to_bytes(), &shared);
    }
    told(corpus, (a, b), shared)
}

/// What two posts share, told of the younger one.
fn told(corpus: &Corpus<'_>, (a, b): (usize, usize), shared: Vec<Shared>) -> Vec<Passage> {
    let age = |post: usize| (corpus.posts[post].date, post);
    let is_turned = age(a) < age(b);
    let tell = |Shared { spans: (span, other_span), words, characters, text }: Shared| {
        let passage = Passage { post: a, span, other: b, other_span, words, characters, text };
        if is_turned { passage.turned() } else { passage }
    };
    shared.into_iter().map(tell).collect()
}

fn shared(one: &Text, other: &Text, run: Run) -> Shared {
    let range = |tokens: &std::ops::Range<u32>| tokens.start as usize..tokens.end as usize;
    let tokens = &one.words.tokens[range(&run.a)];
    let characters = tokens.iter().filter(|token| token.kind == TokenKind::Character).count();
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let text = match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => &one.prose.text[first.origin as usize..last.origin_end as usize],
        _ => "",
    };
    Shared {
        spans: (one.span(range(&run.a)), other.span(range(&run.b))),
        words: count(tokens.len() - characters),
        characters: count(characters),
        text: text.to_owned(),
    }
}

impl Passage {
    /// The same, told of the other post.
    fn turned(self) -> Self {
        Self { post: self.other, span: self.other_span, other: self.post, other_span: self.span, ..self }
    }
}

/// The passages of one post of which none lies half in another, in order of position.
fn longest(mut passages: Vec<Passage>) -> Vec<Passage> {
    passages.sort_by_key(|one| (std::cmp::Reverse(one.span.len()), one.span.start, one.other, one.other_span));
    // The ends of accepted passages by their starts; those overlap by less than half of the shorter one.
    let mut accepted: BTreeMap<u32, u32> = BTreeMap::new();
    passages.retain(|one| {
        let near = accepted.range(..one.span.end).rev().take(2);
        let shared: u32 =
            near.map(|(start, end)| (*end).min(one.span.end).saturating_sub((*start).max(one.span.start))).sum();
        let is_new = 2 * (shared as usize) < one.span.len();
        if is_new {
            accepted.insert(one.span.start, one.span.end);
        }
        is_new
    });
    passages.sort_by_key(|one| (one.span, one.other));
    passages
}
