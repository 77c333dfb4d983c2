//! The posts that are most like one post: for a text that is about to be written or imported.

use std::cmp::Reverse;

use super::Corpus;
use super::pair::Comparison;
use super::passage::{OwnText, PassageRule, in_pair};
use super::relation::{Class, LEAST_SHINGLES, Relation, Thresholds, shared};
use super::text::Shelf;
use crate::fingerprint::BINS;
use crate::source::Span;

/// Fewest agreeing bins of a post that is looked at closely, unless it shares chosen runs.
const LEAST_AGREEING: usize = 20;

/// So many times more posts than are asked for are compared exactly.
const SPARE: usize = 4;

/// How many texts are kept at hand: the one that is asked about, and the last ones.
const ROOM: usize = 4;

/// A post that is like the one asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Similar {
    /// Index of the post.
    pub post: usize,
    /// What the two are to each other; `None` where all they have in common is a passage.
    pub relation: Option<Relation>,
    /// Common passages: the place in the post asked about, the place in this one.
    pub passages: Vec<(Span, Span)>,
}

/// At most `limit` posts that are like `post`, most alike first.
pub(super) fn similar(
    corpus: &Corpus<'_>,
    all: &Comparison,
    post: usize,
    (limit, rule): (usize, PassageRule),
) -> Vec<Similar> {
    let load = |post: usize| all.counted(corpus, post);
    let mut shelf = Comparison::shelf(corpus, &load);
    let text = |post: usize| OwnText::of(corpus, all, post, rule);
    let mut texts = Shelf::new(ROOM, &text);
    let mut found: Vec<Similar> = vec![];
    for other in nearest(corpus, all, post).into_iter().take(limit * SPARE) {
        let relation = if all.first[other] == all.first[post] {
            Some(all.relation_of_copies(corpus, other))
        } else {
            let order = (post.min(other), post.max(other));
            all.pair(corpus, &mut shelf, order, &Thresholds::default()).map(|pair| pair.relation)
        };
        let is_identical = relation.is_some_and(|relation| relation.class == Class::Identical);
        let passages = if is_identical { vec![] } else { passages(corpus, &mut texts, (post, other), rule) };
        if relation.is_some() || !passages.is_empty() {
            found.push(Similar { post: other, relation, passages });
        }
    }
    let order = |one: &Similar| one.relation.map(|relation| (relation.class, Reverse(relation.per_cent())));
    found.sort_by_key(|one| (one.relation.is_none(), order(one), one.post));
    found.truncate(limit);
    found
}

/// All posts that may be like this one, the likeliest first.
fn nearest(corpus: &Corpus<'_>, all: &Comparison, post: usize) -> Vec<usize> {
    let own = all.sketch(corpus, post);
    let likeness = |other: usize| -> Option<usize> {
        if other == post {
            return None;
        }
        if all.first[other] == all.first[post] {
            return Some(2 * BINS);
        }
        let (own, other) = (own?, all.sketch(corpus, other)?);
        if own.shingles.min(other.shingles) < LEAST_SHINGLES as u32 {
            return None;
        }
        let fewer = own.winnowed.len().min(other.winnowed.len()).max(1);
        let runs = BINS * shared(&own.winnowed, &other.winnowed) / fewer;
        let bins = Some(own.minima.agreeing(&other.minima)).filter(|bins| *bins >= LEAST_AGREEING);
        Some(bins.unwrap_or(0).max(runs)).filter(|likeness| *likeness > 0)
    };
    let mut near: Vec<(Reverse<usize>, usize)> =
        (0..corpus.posts.len()).filter_map(|other| Some((Reverse(likeness(other)?), other))).collect();
    near.sort_unstable();
    near.into_iter().map(|(_, other)| other).collect()
}

/// The passages that two posts share, seen from the first.
fn passages(
    corpus: &Corpus<'_>,
    texts: &mut Shelf<'_, OwnText>,
    (post, other): (usize, usize),
    rule: PassageRule,
) -> Vec<(Span, Span)> {
    let (Some(one), Some(two)) = (texts.get(post), texts.get(other)) else { return vec![] };
    let found = in_pair(corpus, (post, other), (&one, &two), rule).into_iter();
    found.map(|one| if one.post == post { (one.span, one.other_span) } else { (one.other_span, one.span) }).collect()
}
