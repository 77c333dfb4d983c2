//! Shingles: overlapping runs of tokens inside a block: three characters, two words, or what comes to as much. And the hash of
//! a run of tokens, which shingles and winnowed runs have alike.

use std::ops::Range;

use super::hash::mix;
use super::words::{TokenKind, WordBlock, Words};

/// Base of the polynomial over token hashes: 2⁶⁴ divided by the golden ratio.
pub(super) const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// What the tokens of a shingle weigh at least.
const LEAST: u32 = 6;

/// One shingle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shingle<'a> {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// Its slice of `Words::text`.
    pub(super) text: &'a str,
    /// Its hash.
    pub(super) hash: u64,
}

/// The hashes of all tokens, in order.
pub(super) fn token_hashes(words: &Words) -> Vec<u64> {
    words.tokens.iter().map(|token| words.token_hash(token)).collect()
}

/// The hash of a run of tokens: a polynomial over their hashes.
pub(super) fn run_hash(hashes: &[u64]) -> u64 {
    mix(hashes.iter().fold(0, |sum: u64, hash| sum.wrapping_mul(BASE).wrapping_add(*hash)))
}

/// The shingles of a block in order: for each token the shortest run that begins there, ends in the block and weighs enough;
/// of a block too short for any, the whole block. `hashes` are those of all tokens.
pub(super) fn shingles<'a>(
    words: &'a Words,
    hashes: &'a [u64],
    block: &WordBlock,
) -> impl Iterator<Item = Shingle<'a>> {
    let range = block.range();
    let first = end_of_shingle(words, range.start, range.end).unwrap_or(range.end);
    let starts = range.start..range.end;
    starts.map_while(move |start| {
        let end = if start == range.start { first } else { end_of_shingle(words, start, range.end)? };
        let (text, hash) = (words.str(start..end), run_hash(&hashes[start..end]));
        Some(Shingle { tokens: start..end, text, hash })
    })
}

/// One past the last token of the shingle that begins at `start`, if it ends by `end`. No shingle has more than three tokens.
#[inline]
fn end_of_shingle(words: &Words, start: usize, end: usize) -> Option<usize> {
    let mut weight = 0;
    (start..end).find_map(|at| {
        weight += if words.tokens[at].kind == TokenKind::Character { 2 } else { 3 };
        (weight >= LEAST).then_some(at + 1)
    })
}

/// The hashes of all shingles of the blocks for which `keeps` (an index into `Words::blocks`) holds, sorted, each once.
pub fn shingle_set(words: &Words, keeps: &dyn Fn(usize) -> bool) -> Vec<u64> {
    set_of(words, &token_hashes(words), keeps)
}

/// The same with every number taken for the same number.
pub fn masked_shingle_set(words: &Words, keeps: &dyn Fn(usize) -> bool) -> Vec<u64> {
    let mut hashes = token_hashes(words);
    for (hash, token) in hashes.iter_mut().zip(&words.tokens) {
        if token.kind == TokenKind::Number {
            *hash = 0;
        }
    }
    set_of(words, &hashes, keeps)
}

fn set_of(words: &Words, hashes: &[u64], keeps: &dyn Fn(usize) -> bool) -> Vec<u64> {
    let mut set = Vec::with_capacity(hashes.len());
    set.extend(words.kept(keeps).flat_map(|block| shingles(words, hashes, block)).map(|shingle| shingle.hash));
    set.sort_unstable();
    set.dedup();
    set
}
