//! The posts that are most like one post: for a text that is about to be written or imported.

use std::cmp::Reverse;

use super::Corpus;
use super::pair::Comparison;
use super::passage::{OwnText, Passage, PassageRule, in_pair};
use super::relation::{Class, LEAST_SHINGLES, Relation, Thresholds, shared};
use crate::fingerprint::BINS;
use crate::source::Span;

/// Fewest agreeing bins of a post that is looked at closely, unless it shares chosen runs.
const LEAST_AGREEING: usize = 20;

/// So many times more posts than are asked for are compared exactly.
const SPARE: usize = 4;

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
    let (counted, text) = (all.counted(corpus, post), OwnText::of(corpus, all, post, rule));
    let mut found: Vec<Similar> = vec![];
    for other in nearest(corpus, all, post).into_iter().take(limit * SPARE) {
        let relation = if all.first[other] == all.first[post] {
            Some(all.relation_of_copies(corpus, other))
        } else {
            counted.as_ref().zip(all.counted(corpus, other).as_ref()).and_then(|(own, its)| {
                let (a, b) = if post < other { ((post, own), (other, its)) } else { ((other, its), (post, own)) };
                Some(all.pair(corpus, a, b, &Thresholds::default())?.relation)
            })
        };
        let is_identical = relation.is_some_and(|relation| relation.class == Class::Identical);
        let its_text = if is_identical { None } else { OwnText::of(corpus, all, other, rule) };
        let texts = text.as_ref().zip(its_text.as_ref());
        let passages =
            texts.map_or(vec![], |(own, its)| seen_from(post, in_pair(corpus, all, ((post, own), (other, its)), rule)));
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

/// Where passages stand in this post, and where in the other.
fn seen_from(post: usize, passages: Vec<Passage>) -> Vec<(Span, Span)> {
    let places = |one: Passage| if one.post == post { (one.span, one.other_span) } else { (one.other_span, one.span) };
    passages.into_iter().map(places).collect()
}
