//! The 64-bit simhash: each bit is that of most hashes. The values are those of `simhash::simhash_stream` of the crate `simhash`
//! (with FNV), which counts bit by bit; here eight counters share a word, which is more than ten times as fast.

use super::hash::{FNV_PRIME, continued};

/// Byte that `str` adds to what is hashed of it, so that `ab`, `c` and `a`, `bc` differ.
const END_OF_STR: u64 = 0xff;

/// The lowest bit of each byte.
const LOWEST: u64 = 0x0101_0101_0101_0101;

/// Counts how many hashes have each bit.
pub(super) struct Majority {
    /// Counters of bit `8 * byte + at` in the bytes of word `at`, not yet in `ones`.
    packed: [u64; 8],
    /// How many hashes are in `packed`.
    recent: u8,
    ones: [u32; 64],
    all: u32,
}

impl Majority {
    /// Nothing counted yet.
    pub(super) fn new() -> Self {
        Self { packed: [0; 8], recent: 0, ones: [0; 64], all: 0 }
    }

    /// Counts a text of which hashing the beginning came to `state`.
    #[inline]
    pub(super) fn add(&mut self, state: u64, rest: &[u8]) {
        let hash = (continued(state, rest) ^ END_OF_STR).wrapping_mul(FNV_PRIME);
        for (at, word) in self.packed.iter_mut().enumerate() {
            *word += (hash >> at) & LOWEST;
        }
        self.recent += 1;
        if self.recent == u8::MAX {
            self.unpack();
        }
    }

    /// How many texts were counted.
    pub(super) fn all(&self) -> u32 {
        self.all + u32::from(self.recent)
    }

    /// The bits that more than half of the hashes have.
    pub(super) fn finish(mut self) -> u64 {
        self.unpack();
        let is_most = |bit: &usize| u64::from(self.ones[*bit]) * 2 > u64::from(self.all);
        (0..64).filter(is_most).fold(0, |simhash, bit| simhash | (1 << bit))
    }

    fn unpack(&mut self) {
        for (at, word) in self.packed.iter_mut().enumerate() {
            for (byte, count) in word.to_le_bytes().into_iter().enumerate() {
                self.ones[8 * byte + at] += u32::from(count);
            }
            *word = 0;
        }
        self.all += u32::from(self.recent);
        self.recent = 0;
    }
}
