//! Winnowing: a few of all runs of tokens, chosen so that two texts that share a long passage share a chosen run.

use std::ops::Range;

use super::hash::mix;
use super::shingle::{BASE, token_hashes};
use super::words::{Token, TokenKind, Words, narrow};

/// How runs are chosen; weights as in `Words::weight`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Winnow {
    /// A run is the shortest that weighs so much.
    pub run: u32,
    /// Of all runs inside a stretch that weighs so much, the one with the smallest hash is chosen: every passage of this
    /// weight (and one token more) holds a chosen run.
    pub window: u32,
}

impl Winnow {
    /// Every passage of this weight, wherever it stands, holds one chosen run that is the same everywhere.
    pub fn guaranteed(self) -> u32 {
        self.window + TokenKind::Word.weight()
    }
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
    let (tokens, first) = (&words.tokens[stretch.clone()], narrow(stretch.start));
    let runs = runs(tokens, &hashes[stretch], rule.run);
    // Runs before `past` end inside the window; `best` is the smallest of those that begin in it, if it is not too old.
    let (mut past, mut best, mut last) = (0, Best::NONE, None);
    let (mut end, mut weight) = (0, 0);
    for start in 0..runs.len() {
        while weight < rule.window && end < tokens.len() {
            weight += tokens[end].kind.weight();
            end += 1;
        }
        if weight < rule.window && start > 0 {
            break;
        }
        while let Some(run) = runs.get(past).filter(|run| run.end <= end) {
            best = best.or(run.hash, past);
            past += 1;
        }
        if best.at < start {
            let inside = (start..).zip(runs.get(start..past).unwrap_or_default());
            best = inside.fold(Best::NONE, |best, (at, run)| best.or(run.hash, at));
        }
        if best.at < runs.len() && last != Some(best.at) {
            last = Some(best.at);
            let len = narrow(runs[best.at].end - best.at);
            selected.push(Selected { hash: best.hash, token: first + narrow(best.at), len });
        }
        weight -= tokens[start].kind.weight();
    }
}

/// The run with the smallest hash so far.
#[derive(Clone, Copy)]
struct Best {
    hash: u64,
    at: usize,
}

impl Best {
    /// No run yet: any other is better.
    const NONE: Self = Self { hash: u64::MAX, at: usize::MAX };

    /// This or the next run, which is taken of equal ones.
    #[inline]
    fn or(self, hash: u64, at: usize) -> Self {
        if self.hash < hash { self } else { Self { hash, at } }
    }
}

/// A run that begins at the token of its index.
struct Run {
    hash: u64,
    /// One past its last token.
    end: usize,
}

/// The runs of a stretch: for each token the shortest that begins there and weighs enough. Only those at its end have none.
fn runs(tokens: &[Token], hashes: &[u64], least: u32) -> Vec<Run> {
    let mut runs = Vec::with_capacity(tokens.len());
    // The polynomial over the hashes of the run, and the power of its base that the first of them has.
    let (mut sum, mut power) = (0_u64, INVERSE);
    let (mut end, mut weight) = (0, 0);
    for start in 0..tokens.len() {
        while weight < least.max(1) && end < tokens.len() {
            weight += tokens[end].kind.weight();
            sum = sum.wrapping_mul(BASE).wrapping_add(hashes[end]);
            power = power.wrapping_mul(BASE);
            end += 1;
        }
        if weight < least.max(1) {
            break;
        }
        runs.push(Run { hash: mix(sum), end });
        sum = sum.wrapping_sub(hashes[start].wrapping_mul(power));
        power = power.wrapping_mul(INVERSE);
        weight -= tokens[start].kind.weight();
    }
    runs
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
