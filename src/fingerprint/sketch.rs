//! The sketch of a text: a few hundred bytes that tell which texts may be alike.

use super::minima::{Bins, Minima};
use super::shingle::{shingles, token_hashes};
use super::winnow::{WINNOW, winnow_hashed};
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
        let hashes = token_hashes(words);
        let (mut count, mut bins) = (0, Bins::new());
        let shingles = words.kept(keeps).flat_map(|block| shingles(words, &hashes, block));
        let simhash = simhash::simhash_stream(shingles.map(|shingle| {
            count += 1;
            bins.add(shingle.hash);
            shingle.text
        }));
        let chosen = winnow_hashed(words, &hashes, WINNOW, keeps);
        let mut winnowed: Vec<u64> = chosen.iter().map(|selected| selected.hash).collect();
        winnowed.sort_unstable();
        winnowed.dedup();
        Self { shingles: count, simhash, minima: Box::new(bins.finish()), winnowed: winnowed.into() }
    }
}
