//! Site boilerplate: blocks that stand in many posts among different others. They are left out when texts are compared.

use crate::source::Span;

/// A block that stands in many posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurring {
    /// In how many posts it stands.
    pub posts: usize,
    /// How much it says (`Words::weight`).
    pub weight: u32,
    /// The first places in order of post, three at most: post and span of the block.
    pub places: Vec<(usize, Span)>,
    /// Its visible text at the first place.
    pub text: String,
}
