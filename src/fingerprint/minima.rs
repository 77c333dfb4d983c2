//! One-permutation MinHash: the hashes of a set fall into bins, each bin keeps its smallest.

/// Number of bins.
pub const BINS: usize = 128;

/// The smallest hash of each bin, cut to 16 bits; empty bins are filled from others (densified).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minima(pub [u16; BINS]);

impl Minima {
    /// How many bins agree: about `BINS` times the Jaccard similarity of the two sets.
    pub fn agreeing(&self, other: &Minima) -> usize {
        self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count()
    }
}
