//! What HTML consists of, with exact spans.

use html5ever::LocalName;

use crate::source::Span;

/// A piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::post) struct Token {
    /// Its bytes.
    pub(in crate::post) span: Span,
    /// What it is.
    pub(in crate::post) kind: TokenKind,
}

/// What a piece of HTML is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::post) enum TokenKind {
    /// A start tag.
    Start(LocalName),
    /// An end tag.
    End(LocalName),
    /// Text that is not blank.
    Text,
    /// Text of blanks only.
    Blank,
    /// The inside of a script, a style sheet and the like.
    RawText,
    /// A comment, a document type.
    Other,
}
