//! Two posts that have much of their text in common.

use super::relation::Relation;
use crate::source::Span;

/// Two posts with what was counted about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Index of the first post.
    pub a: usize,
    /// Index of the second post.
    pub b: usize,
    /// What they are to each other.
    pub relation: Relation,
    /// Where the two differ first, in `a` and in `b`. `None` where the words are the same.
    pub differs: Option<(Span, Span)>,
    /// Whether the site shows both on purpose: the same post in two languages or two versions.
    pub are_variants: bool,
}
