//! What is hidden where: the stretches of a post in which a lint is silent, and which wish made it so. Every question costs a
//! search in sorted lists, however many wishes there are.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::source::Span;

/// A stretch of a post, and the number of the wish that it comes from.
pub(super) type Stretch = (Span, usize);

/// Stretches in order of position.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Stretches {
    list: Vec<Stretch>,
    /// For each, which of those up to it reaches furthest.
    furthest: Vec<usize>,
}

impl Stretches {
    fn new(mut list: Vec<Stretch>) -> Self {
        list.sort_unstable();
        let mut best = 0;
        let furthest = (0..list.len())
            .map(|at| {
                if list[at].0.end > list[best].0.end {
                    best = at;
                }
                best
            })
            .collect();
        Self { list, furthest }
    }

    /// A wish that reaches the place: the last that begins before its end, or one that reaches further.
    fn at(&self, place: Span) -> Option<usize> {
        let last = self.list.partition_point(|(span, _)| span.start < place.end).checked_sub(1)?;
        let reaches = |at: &usize| self.list[*at].0.end > place.start;
        [last, self.furthest[last]].into_iter().find(reaches).map(|at| self.list[at].1)
    }
}

/// Stretches as they are found.
#[derive(Default)]
pub(super) struct Plot {
    /// By the lints that are named.
    pub(super) named: HashMap<String, Vec<Stretch>>,
    /// Of all lints, from a `disable` to an `enable`; these do not overlap.
    pub(super) ranges: Vec<Stretch>,
    /// Of all lints otherwise.
    pub(super) others: Vec<Stretch>,
    /// Where in ranges a lint speaks all the same; in order of position.
    pub(super) holes: BTreeMap<String, Vec<Span>>,
}

/// What is hidden where in one post.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Reach {
    /// By lints that wishes name.
    named: HashMap<String, Stretches>,
    /// By wishes that name none.
    all: Stretches,
    /// The same for lints that are let speak again in between.
    all_but: HashMap<String, Stretches>,
}

impl Reach {
    /// Sorts out what a plot collected.
    pub(super) fn new(plot: Plot) -> Self {
        let Plot { named, ranges, others, holes } = plot;
        let but = |holes: &[Span]| Stretches::new([without(&ranges, holes), others.clone()].concat());
        let all_but = holes.iter().map(|(lint, holes)| (lint.clone(), but(holes))).collect();
        let all = Stretches::new([ranges, others].concat());
        let named = named.into_iter().map(|(lint, list)| (lint, Stretches::new(list))).collect();
        Self { named, all, all_but }
    }

    /// The number of a wish that hides a place of a lint. `is_meant_by_all` tells whether wishes without names mean the lint.
    pub(super) fn at(&self, lint: &str, is_meant_by_all: bool, place: Span) -> Option<usize> {
        let place = widened(place);
        self.lists(lint, is_meant_by_all).find_map(|list| list.at(place))
    }

    /// Marks the wishes that reach some of the places of a lint, which are in order of position.
    pub(super) fn mark(&self, lint: &str, is_meant_by_all: bool, places: &[Span], used: &mut [bool]) {
        let mut furthest = 0;
        let ends: Vec<u32> = places
            .iter()
            .map(|place| {
                furthest = furthest.max(widened(*place).end);
                furthest
            })
            .collect();
        for (span, wish) in self.lists(lint, is_meant_by_all).flat_map(|list| &list.list) {
            let before = places.partition_point(|place| place.start < span.end);
            used[*wish] |= before > 0 && ends[before - 1] > span.start;
        }
    }

    fn lists(&self, lint: &str, is_meant_by_all: bool) -> impl Iterator<Item = &Stretches> {
        let all = self.all_but.get(lint).unwrap_or(&self.all);
        self.named.get(lint).into_iter().chain(Some(all).filter(|_| is_meant_by_all))
    }
}

/// A place that covers no byte is where the next byte is.
fn widened(place: Span) -> Span {
    Span { end: place.end.max(place.start + 1), ..place }
}

/// Stretches with holes, which are in order of position and do not overlap.
fn without(list: &[Stretch], holes: &[Span]) -> Vec<Stretch> {
    let mut left = Vec::new();
    for (span, wish) in list {
        let mut start = span.start;
        let first = holes.partition_point(|hole| hole.end <= span.start);
        for hole in holes[first..].iter().take_while(|hole| hole.start < span.end) {
            if start < hole.start {
                left.push((Span { start, end: hole.start }, *wish));
            }
            start = hole.end;
        }
        if start < span.end {
            left.push((Span { start, end: span.end }, *wish));
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn span(shortest: u32) -> impl Strategy<Value = Span> {
        (0..30_u32, shortest..6).prop_map(|(start, length)| Span { start, end: start + length })
    }

    /// Stretches one behind the other, as `disable` and `enable` make them.
    fn apart() -> impl Strategy<Value = Vec<Span>> {
        prop::collection::vec((0..4_u32, 1..6_u32), 0..6).prop_map(|steps| {
            let mut at = 0;
            let next = |(gap, length): (u32, u32)| {
                let start = at + gap;
                at = start + length;
                Span { start, end: at }
            };
            steps.into_iter().map(next).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// The sorted lists answer as a look at every stretch and every byte does.
        #[test]
        fn answers_as_a_look_at_everything(
            named in prop::collection::vec(span(1), 0..6),
            others in prop::collection::vec(span(1), 0..4),
            ranges in apart(),
            holes in apart(),
            place in span(0),
            is_meant_by_all in any::<bool>(),
        ) {
            let numbered = |spans: &[Span], from: usize| spans.iter().copied().zip(from..).collect::<Vec<_>>();
            let (a, b) = (named.len(), named.len() + others.len());
            let plot = Plot {
                named: HashMap::from([("x".to_owned(), numbered(&named, 0))]),
                others: numbered(&others, a),
                ranges: numbered(&ranges, b),
                holes: BTreeMap::from([("x".to_owned(), holes.clone())]),
            };
            let holds = |span: &Span, byte: u32| span.start <= byte && byte < span.end;
            let bytes = || place.start..place.end.max(place.start + 1);
            let reaches = |wish: usize| match wish {
                wish if wish < a => bytes().any(|byte| holds(&named[wish], byte)),
                _ if !is_meant_by_all => false,
                wish if wish < b => bytes().any(|byte| holds(&others[wish - a], byte)),
                wish => bytes().any(|byte| holds(&ranges[wish - b], byte) && !holes.iter().any(|hole| holds(hole, byte))),
            };
            let expected: Vec<bool> = (0..b + ranges.len()).map(reaches).collect();
            let reach = Reach::new(plot);
            let found = reach.at("x", is_meant_by_all, place);
            prop_assert_eq!(found.is_some(), expected.contains(&true));
            prop_assert!(found.is_none_or(|wish| expected[wish]));
            let mut used = vec![false; expected.len()];
            reach.mark("x", is_meant_by_all, &[place], &mut used);
            prop_assert_eq!(used, expected);
        }
    }
}
