//! One-permutation MinHash: the hashes of a set fall into bins, each bin keeps its smallest.

use super::hash::mix;

/// Number of bins.
pub const BINS: usize = 128;

/// Number of bands of `Minima::bands`.
pub const BANDS: usize = 32;

/// How many bins an empty bin asks for a value before it takes that of the next bin that has one.
const PROBES: usize = 32;

/// The smallest hash of each bin, cut to 16 bits; empty bins are filled from others (densified).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minima(pub [u16; BINS]);

impl Minima {
    /// How many bins agree: about `BINS` times the Jaccard similarity of the two sets.
    pub fn agreeing(&self, other: &Minima) -> usize {
        self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count()
    }

    /// A key for every four bins: sets that are alike have one in common. The highest byte is the number of the band, the rest a
    /// hash of its four values, so that all keys can stand in one column of a table, whose integers may have a sign.
    pub fn bands(&self) -> [u64; BANDS] {
        std::array::from_fn(|band| {
            let bins = self.0[band * BINS / BANDS..][..BINS / BANDS].iter();
            let values = bins.rev().fold(0, |values, value| (values << 16) | u64::from(*value));
            ((band as u64) << 56) | (mix(values) >> 8)
        })
    }
}

/// Collects hashes into bins.
pub(super) struct Bins {
    least: [u16; BINS],
    filled: u128,
}

impl Bins {
    /// Empty bins.
    pub(super) fn new() -> Self {
        Self { least: [u16::MAX; BINS], filled: 0 }
    }

    /// Adds a hash: its highest 7 bits name the bin, the 16 after them are its value there.
    #[inline]
    pub(super) fn add(&mut self, hash: u64) {
        let bin = bin_of(hash);
        let value = (hash >> 41) as u16;
        self.least[bin] = self.least[bin].min(value);
        self.filled |= 1 << bin;
    }

    /// The smallest of each bin. An empty bin takes the value of the first filled bin that it asks; which bins it asks in which
    /// order is the same for all texts, so that like texts fill it alike. Without any hash all are 0.
    pub(super) fn finish(self) -> Minima {
        if self.filled == 0 {
            return Minima([0; BINS]);
        }
        let is_filled = |bin: &usize| self.filled & (1 << bin) != 0;
        let mut minima = self.least;
        for (bin, value) in minima.iter_mut().enumerate().filter(|(bin, _)| !is_filled(bin)) {
            let mut asked = (0..PROBES).map(|probe| bin_of(mix((bin * PROBES + probe + 1) as u64)));
            let mut after = (1..BINS).map(|by| (bin + by) % BINS);
            let giver = asked.find(is_filled).or_else(|| after.find(is_filled));
            *value = giver.map_or(0, |giver| self.least[giver]);
        }
        Minima(minima)
    }
}

/// The bin that the highest bits of a hash name.
fn bin_of(hash: u64) -> usize {
    (hash >> 57) as usize
}
