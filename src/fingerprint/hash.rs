//! The two hash functions of the definition. Fixed for ever: what is written in a cache or a table was made with them.

/// Multiplier of FNV-1a.
pub(super) const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// A 64-bit hash of a text: FNV-1a over its bytes.
pub fn of_text(text: &str) -> u64 {
    of_bytes(text.as_bytes())
}

/// The same of bytes.
#[inline]
pub(super) fn of_bytes(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(FNV_PRIME))
}

/// Spreads every bit of `value` over all bits of the result (SplitMix64's finaliser).
#[inline]
pub fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
