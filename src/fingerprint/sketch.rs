//! The sketch of a text: a few hundred bytes that tell which texts may be alike.

use super::minima::{BINS, Minima};
use super::words::Words;

/// What is kept of a text to find others like it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// Number of shingles, repeated ones included. Without any, the other fields mean nothing.
    pub shingles: u32,
    /// 64-bit simhash of the shingles (crate `simhash`).
    pub simhash: u64,
    /// One-permutation MinHash of the shingles.
    pub minima: Box<Minima>,
    /// Hashes of runs of tokens chosen by winnowing, sorted, each once.
    pub winnowed: Box<[u64]>,
}

impl Sketch {
    /// The sketch of the blocks for which `keeps` (an index into `Words::blocks`) holds.
    pub fn of(words: &Words, keeps: &dyn Fn(usize) -> bool) -> Self {
        let _ = (words, keeps);
        Self { shingles: 0, simhash: 0, minima: Box::new(Minima([0; BINS])), winnowed: Box::default() }
    }
}
