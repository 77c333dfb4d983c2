//! The sketch of a text: a few hundred bytes that tell which texts may be alike.

use serde::{Deserialize, Serialize};

use super::hash::mix;
use super::majority::Majority;
use super::minima::{Bins, Minima};
use super::packed;
use super::shingle::each_shingle;
use super::winnow::{WINNOW, winnow_hashed};
use super::words::Words;

/// What is kept of a text to find others like it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch {
    /// Number of shingles, repeated ones included. Without any, the other fields mean nothing.
    pub shingles: u32,
    /// 64-bit simhash of the shingles (crate `simhash`).
    pub simhash: u64,
    /// One-permutation MinHash of the shingles.
    #[serde(with = "packed")]
    pub minima: Box<Minima>,
    /// Hashes of runs of tokens chosen by winnowing, sorted, each once.
    #[serde(with = "packed")]
    pub winnowed: Box<[u64]>,
    /// Whether one of these runs was chosen in two places: only then may a long passage stand in the text twice.
    pub repeats: bool,
}

impl Sketch {
    /// The sketch of the blocks for which `keeps` (an index into `Words::blocks`) holds.
    pub fn of(words: &Words, keeps: &dyn Fn(usize) -> bool) -> Self {
        let states: Vec<u64> = words.tokens.iter().map(|token| words.token_state(token)).collect();
        let hashes: Vec<u64> = states.iter().map(|state| mix(*state)).collect();
        let (mut majority, mut bins) = (Majority::new(), Bins::new());
        for block in words.kept(keeps) {
            each_shingle(words, &hashes, block, |tokens, text, hash| {
                let first = &words.tokens[tokens.start];
                majority.add(states[tokens.start], &text[(first.end - first.start) as usize..]);
                bins.add(hash);
            });
        }
        let chosen = winnow_hashed(words, &hashes, WINNOW, keeps);
        let mut winnowed: Vec<u64> = chosen.iter().map(|selected| selected.hash).collect();
        winnowed.sort_unstable();
        let chosen = winnowed.len();
        winnowed.dedup();
        let (shingles, simhash, minima) = (majority.all(), majority.finish(), Box::new(bins.finish()));
        Self { shingles, simhash, minima, repeats: winnowed.len() < chosen, winnowed: winnowed.into() }
    }
}
