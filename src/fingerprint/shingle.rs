//! Shingles: overlapping runs of tokens inside a block: three characters, two words, or what comes to as much. And the hash of
//! a run of tokens, which shingles and winnowed runs have alike.

use std::ops::Range;

use super::hash::mix;
use super::words::{Token, TokenKind, WordBlock, Words};

/// Base of the polynomial over token hashes: 2⁶⁴ divided by the golden ratio.
pub(super) const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// What the tokens of a shingle weigh at least.
const LEAST: u32 = 6;

/// The hashes of all tokens, in order.
pub(super) fn token_hashes(words: &Words) -> Vec<u64> {
    words.tokens.iter().map(|token| words.token_hash(token)).collect()
}

/// The hash of a run of tokens: a polynomial over their hashes.
pub(super) fn run_hash(hashes: &[u64]) -> u64 {
    mix(hashes.iter().fold(0, |sum: u64, hash| sum.wrapping_mul(BASE).wrapping_add(*hash)))
}

/// Calls `visit` with the tokens, the bytes of the slice of `Words::text`, and the hash of each shingle of a block in order: for
/// each token the shortest run that begins there, ends in the block and weighs enough; of a block too short for any, the whole
/// block. `hashes` are those of all tokens.
#[inline]
pub(super) fn each_shingle(
    words: &Words,
    hashes: &[u64],
    block: &WordBlock,
    mut visit: impl FnMut(Range<usize>, &[u8], u64),
) {
    let tokens = &words.tokens[block.range()];
    let hashes = &hashes[block.range()];
    let mut seen = false;
    for start in 0..tokens.len() {
        let Some(len) = shingle_len(&tokens[start..]).or((!seen).then_some(tokens.len())) else { break };
        let text = tokens[start].start as usize..tokens[start + len - 1].end as usize;
        let first = block.range().start + start;
        visit(first..first + len, &words.text.as_bytes()[text], run_hash(&hashes[start..start + len]));
        seen = true;
    }
}

/// How many tokens the shingle at the start of `tokens` has: two words, else three tokens.
#[inline]
fn shingle_len(tokens: &[Token]) -> Option<usize> {
    match tokens {
        [first, second, ..] if weight(first) + weight(second) >= LEAST => Some(2),
        [_, _, _, ..] => Some(3),
        _ => None,
    }
}

/// What a token weighs in a shingle; three of any kind weigh enough.
#[inline]
fn weight(token: &Token) -> u32 {
    if token.kind == TokenKind::Character { 2 } else { 3 }
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
    for block in words.kept(keeps) {
        each_shingle(words, hashes, block, |_, _, hash| set.push(hash));
    }
    set.sort_unstable();
    set.dedup();
    set
}
