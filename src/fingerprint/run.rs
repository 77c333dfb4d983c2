//! Runs of tokens that stand in two texts, or twice in one: found at runs that winnowing chose in both, then extended token by
//! token to their exact ends.

use std::ops::Range;

use super::winnow::{Selected, Winnow, winnow};
use super::words::{TokenKind, Words};

/// With how many places of an equal run one run is compared. Keeps texts that say one thing a thousand times linear.
const MOST_PLACES: usize = 16;

/// Shares of the least weight of a run that the runs to look for weigh.
const PARTS: u32 = 4;

/// A run of so many times the least weight is good enough: no longer one is looked for in other places.
const LONG: u32 = 4;

/// Tokens that stand in two places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The tokens in the first text; of two places in one text, those that come later.
    pub a: Range<u32>,
    /// The tokens in the second text; of two places in one text, those that come first.
    pub b: Range<u32>,
    /// How much they say (`Words::weight`).
    pub weight: u32,
}

/// Where to look for runs of at least one weight in a text: made once, whatever it is then compared with.
#[derive(Debug)]
pub struct Stretches {
    /// Tokens of kept blocks that follow each other.
    all: Vec<Range<u32>>,
    /// Chosen runs, in order: every passage of the least weight holds one.
    chosen: Vec<Selected>,
    /// Hash and first token of each chosen run, sorted.
    places: Vec<(u64, u32)>,
    min_weight: u32,
}

impl Stretches {
    /// The blocks for which `keeps` (an index into `Words::blocks`) holds. Runs go on from one of them into the next, and
    /// never touch another block.
    pub fn of(words: &Words, keeps: &dyn Fn(usize) -> bool, min_weight: u32) -> Self {
        let window = min_weight.saturating_sub(TokenKind::Word.weight()).max(1);
        let chosen = winnow(words, Winnow { run: (min_weight / PARTS).clamp(1, window), window }, keeps);
        let mut places: Vec<(u64, u32)> = chosen.iter().map(|chosen| (chosen.hash, chosen.token)).collect();
        places.sort_unstable();
        Self { all: stretches(words, keeps), chosen, places, min_weight }
    }

    /// The stretch that holds a token.
    fn around(&self, token: u32) -> Range<u32> {
        let next = self.all.partition_point(|stretch| stretch.end <= token);
        self.all.get(next).cloned().unwrap_or(token..token)
    }
}

/// The words of a text, and where to look in them.
pub type Searched<'a> = (&'a Words, &'a Stretches);

/// The runs that `a` shares with `b`, which are looked into for runs of the same least weight, in order of `a`: as long as
/// they can be without running into the one before. A text of `a` that stands in several places of `b` is told once.
pub fn common_runs(a: Searched<'_>, b: Searched<'_>) -> Vec<Run> {
    Search { a: Text::of(a), b: Text::of(b), is_own: false, most: MOST_PLACES }.runs()
}

/// The runs that stood before in the same text, in order; the two places of each have no token in common.
pub fn own_runs(text: Searched<'_>) -> Vec<Run> {
    Search { a: Text::of(text), b: Text::of(text), is_own: true, most: MOST_PLACES }.runs()
}

/// A text, and where to look.
#[derive(Clone, Copy)]
struct Text<'a> {
    words: &'a Words,
    stretches: &'a Stretches,
}

impl<'a> Text<'a> {
    fn of((words, stretches): Searched<'a>) -> Self {
        Self { words, stretches }
    }

    fn token(&self, at: u32) -> &'a str {
        let token = &self.words.tokens[at as usize];
        &self.words.text[token.start as usize..token.end as usize]
    }
}

fn stretches(words: &Words, keeps: &dyn Fn(usize) -> bool) -> Vec<Range<u32>> {
    let mut stretches: Vec<Range<u32>> = vec![];
    let mut is_open = false;
    for (index, block) in words.blocks.iter().enumerate() {
        let is_kept = keeps(index);
        match stretches.last_mut().filter(|_| is_open && is_kept) {
            Some(open) => open.end = block.tokens.end,
            None if is_kept => stretches.push(block.tokens.clone()),
            None => {}
        }
        is_open = is_kept;
    }
    stretches
}

/// A search for runs of `a` in `b`.
struct Search<'a> {
    a: Text<'a>,
    b: Text<'a>,
    /// Whether the two are one text, and only places before a run count.
    is_own: bool,
    most: usize,
}

impl Search<'_> {
    fn min_weight(&self) -> u32 {
        self.a.stretches.min_weight
    }

    fn runs(&self) -> Vec<Run> {
        let places = &self.b.stretches.places;
        let mut runs: Vec<Run> = vec![];
        for chosen in &self.a.stretches.chosen {
            let free = runs.last().map_or(0, |run| run.a.end);
            if chosen.token < free {
                continue;
            }
            let first = places.partition_point(|place| *place < (chosen.hash, 0));
            let is_place = |place: &&(u64, u32)| {
                place.0 == chosen.hash && (!self.is_own || place.1.saturating_add(chosen.len) <= chosen.token)
            };
            let here = places[first..].iter().take_while(is_place).take(self.most);
            let mut found: Option<Run> = None;
            for run in here.filter_map(|(_, there)| self.extend(chosen, *there, free)) {
                let is_long = run.weight >= self.min_weight().saturating_mul(LONG);
                if found.as_ref().is_none_or(|found| run.weight > found.weight) {
                    found = Some(run);
                }
                if is_long {
                    break;
                }
            }
            runs.extend(found);
        }
        runs
    }

    /// The longest run around the chosen one and its equal, if it weighs enough.
    fn extend(&self, chosen: &Selected, there: u32, free: u32) -> Option<Run> {
        let (here, stretches) = (chosen.token, (self.a.stretches, self.b.stretches));
        let (stretch_a, stretch_b) = (stretches.0.around(here), stretches.1.around(there));
        let shift = here.abs_diff(there);
        // Of one text: the first place must end before the second begins.
        let head_room = if self.is_own { shift.saturating_sub(chosen.len) } else { u32::MAX };
        let most = (here - stretch_a.start.max(free)).min(there - stretch_b.start).min(head_room);
        let before = (0..most).take_while(|step| self.a.token(here - 1 - step) == self.b.token(there - 1 - step));
        let before = u32::try_from(before.count()).unwrap_or(most);
        let (start_a, start_b) = (here - before, there - before);
        let room = if self.is_own { shift - before } else { u32::MAX };
        let most = (stretch_a.end - here).min(stretch_b.end - there).min(room);
        let behind = (0..most).take_while(|step| self.a.token(here + step) == self.b.token(there + step));
        let behind = u32::try_from(behind.count()).unwrap_or(most);
        let (a, b) = (start_a..here + behind, start_b..there + behind);
        let weight = Words::weight(&self.a.words.tokens[a.start as usize..a.end as usize]);
        (weight >= self.min_weight()).then_some(Run { a, b, weight })
    }
}

#[cfg(test)]
mod tests;
