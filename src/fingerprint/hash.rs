//! The two hash functions of the definition. Fixed for ever: what is written in a cache or a table was made with them.

use std::hint::select_unpredictable;

/// Multiplier of FNV-1a.
pub(super) const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// What FNV-1a begins with.
const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// Most words are no longer, in bytes.
const FEW: usize = 8;

/// A 64-bit hash of a text: FNV-1a over its bytes.
pub fn of_text(text: &str) -> u64 {
    of_bytes(text.as_bytes())
}

/// The same of bytes.
#[inline]
pub(super) fn of_bytes(bytes: &[u8]) -> u64 {
    continued(FNV_START, bytes)
}

/// The hash of a text that ends in `bytes`, where what stands before them has this one.
#[inline]
pub(super) fn continued(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(FNV_PRIME))
}

/// The hash of the bytes from `start` to `end`, fast where they are few and as many follow in `bytes`.
#[inline]
pub(super) fn of_range(bytes: &[u8], start: usize, end: usize) -> u64 {
    let len = end - start;
    let Some(few) = bytes[start..].first_chunk::<FEW>().filter(|_| len <= FEW) else {
        return of_bytes(&bytes[start..end]);
    };
    // As many steps for every text: one that ends earlier keeps its hash. No branch depends on the text, so that the
    // processor reads the next one meanwhile.
    let step = |hash: u64, (at, byte): (usize, &u8)| {
        select_unpredictable(at < len, (hash ^ u64::from(*byte)).wrapping_mul(FNV_PRIME), hash)
    };
    few.iter().enumerate().fold(FNV_START, step)
}

/// Spreads every bit of `value` over all bits of the result (SplitMix64's finaliser).
#[inline]
pub fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_hashed_as_if_it_stood_alone() {
        let bytes = "tides of the 海 and so on".as_bytes();
        for start in 0..bytes.len() {
            for end in start..bytes.len() {
                assert_eq!(of_range(bytes, start, end), of_bytes(&bytes[start..end]), "{start}..{end}");
            }
        }
    }
}
