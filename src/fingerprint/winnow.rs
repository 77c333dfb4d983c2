//! Winnowing: a few of all runs of tokens, chosen so that two texts that share a long passage share a chosen run.

use std::collections::VecDeque;
use std::ops::Range;

use super::hash::mix;
use super::shingle::{BASE, token_hashes};
use super::words::{Words, narrow};

/// How runs are chosen; weights as in `Words::weight`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Winnow {
    /// A run is the shortest that weighs so much.
    pub run: u32,
    /// Of all runs inside a stretch that weighs so much, the one with the smallest hash is chosen: every passage of this
    /// weight (and one token more) holds a chosen run.
    pub window: u32,
}

/// A chosen run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selected {
    /// Its hash.
    pub hash: u64,
    /// Its first token.
    pub token: u32,
    /// How many tokens it has.
    pub len: u32,
}

/// How runs are chosen for sketches: runs of 8 words or 20 characters, one of them in every passage of 35 words or 83
/// characters.
pub const WINNOW: Winnow = Winnow { run: 96, window: 400 };

/// The chosen runs of the blocks for which `keeps` (an index into `Words::blocks`) holds, in order. Runs cross from one kept
/// block into the next; a block that is left out ends what stands before it.
pub fn winnow(words: &Words, rule: Winnow, keeps: &dyn Fn(usize) -> bool) -> Vec<Selected> {
    winnow_hashed(words, &token_hashes(words), rule, keeps)
}

/// The same with the hashes of all tokens at hand.
pub(super) fn winnow_hashed(
    words: &Words,
    hashes: &[u64],
    rule: Winnow,
    keeps: &dyn Fn(usize) -> bool,
) -> Vec<Selected> {
    let mut selected = vec![];
    let mut stretch = 0..0;
    for (index, block) in words.blocks.iter().enumerate() {
        if keeps(index) {
            stretch = if stretch.is_empty() { block.range() } else { stretch.start..block.range().end };
        } else {
            select(words, hashes, rule, std::mem::take(&mut stretch), &mut selected);
        }
    }
    select(words, hashes, rule, stretch, &mut selected);
    selected
}

/// Chooses runs of one stretch of tokens: of each window (the shortest weighing enough that begins at a token) the run with
/// the smallest hash, the last of equal ones; where the stretch is lighter than a window, it is the window.
fn select(words: &Words, hashes: &[u64], rule: Winnow, stretch: Range<usize>, selected: &mut Vec<Selected>) {
    let mut runs = Runs::new(words, hashes, rule.run, stretch.clone());
    // Runs that may yet be the smallest of a window, hashes rising; the first is that of the window at hand.
    let mut waiting: VecDeque<Selected> = VecDeque::new();
    let mut last = None;
    let (mut end, mut weight) = (stretch.start, 0);
    for start in stretch.clone() {
        while weight < rule.window && end < stretch.end {
            weight += words.tokens[end].kind.weight();
            end += 1;
        }
        if weight < rule.window && start > stretch.start {
            break;
        }
        while let Some(run) = runs.next_within(end) {
            while waiting.back().is_some_and(|before| before.hash >= run.hash) {
                waiting.pop_back();
            }
            waiting.push_back(run);
        }
        while waiting.front().is_some_and(|first| (first.token as usize) < start) {
            waiting.pop_front();
        }
        if let Some(first) = waiting.front().filter(|first| last != Some(first.token)) {
            last = Some(first.token);
            selected.push(*first);
        }
        weight -= words.tokens[start].kind.weight();
    }
}

/// The runs of a stretch in order: for each token the shortest that begins there and weighs enough.
struct Runs<'a> {
    words: &'a Words,
    hashes: &'a [u64],
    least: u32,
    /// The run being made.
    tokens: Range<usize>,
    /// One past the stretch.
    limit: usize,
    weight: u32,
    /// The polynomial over the token hashes of the run, and the power of its base that the first of them has.
    sum: u64,
    power: u64,
}

impl<'a> Runs<'a> {
    fn new(words: &'a Words, hashes: &'a [u64], least: u32, stretch: Range<usize>) -> Self {
        let (tokens, limit) = (stretch.start..stretch.start, stretch.end);
        Self { words, hashes, least: least.max(1), tokens, limit, weight: 0, sum: 0, power: INVERSE }
    }

    /// The next run, if it ends by `end`.
    fn next_within(&mut self, end: usize) -> Option<Selected> {
        let end = end.min(self.limit);
        while self.weight < self.least {
            if self.tokens.end >= end {
                return None;
            }
            self.weight += self.words.tokens[self.tokens.end].kind.weight();
            self.sum = self.sum.wrapping_mul(BASE).wrapping_add(self.hashes[self.tokens.end]);
            self.power = self.power.wrapping_mul(BASE);
            self.tokens.end += 1;
        }
        let start = self.tokens.start;
        let len = self.tokens.len();
        let run = Selected { hash: mix(self.sum), token: narrow(start), len: narrow(len) };
        self.sum = self.sum.wrapping_sub(self.hashes[start].wrapping_mul(self.power));
        self.power = self.power.wrapping_mul(INVERSE);
        self.weight -= self.words.tokens[start].kind.weight();
        self.tokens.start += 1;
        Some(run)
    }
}

/// What multiplied with `BASE` is 1: each step doubles the number of right bits.
const INVERSE: u64 = {
    let mut inverse: u64 = BASE;
    let mut step = 0;
    while step < 6 {
        inverse = inverse.wrapping_mul(2u64.wrapping_sub(BASE.wrapping_mul(inverse)));
        step += 1;
    }
    inverse
};
