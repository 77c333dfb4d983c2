//! Template tags: found by the generator's delimiters and masked with same-length placeholders, so that Markdown and HTML
//! are read as if the tags were plain words.

use crate::source::Span;

/// A template tag that the generator renders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The whole tag with its delimiters.
    pub span: Span,
}
