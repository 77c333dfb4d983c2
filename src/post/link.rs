//! Links and images of a post, with the exact span of the whole and of the address alone.

use std::ops::Range;

use crate::source::Span;

/// One link or image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// Whether it shows an image.
    pub image: bool,
    /// The whole: from `[` or `<` to `)` or `>`, an HTML element from its start tag to its end tag.
    pub span: Span,
    /// The address alone, as written; empty at the right place when there is none.
    /// For a reference link: the address in its definition.
    pub target: Span,
    /// The address with escapes, entities and surrounding blanks resolved. Template tags stand in it as written.
    pub url: String,
    /// The visible text, as a range of `Prose::text`; empty for an image.
    pub text: Range<u32>,
    /// The alternative text of an image and where it stands; `None` when an HTML image has no `alt` at all.
    pub alt: Option<(String, Span)>,
    /// Index of the block it stands in; `u32::MAX` outside any.
    pub block: u32,
    /// Whether the link shows something that is not text: an image, a template tag, an embedded element.
    pub holds_media: bool,
}

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// `[text](address)` or `![alt](address)`.
    Inline,
    /// `[text][label]`, `[label]`, and images of that form.
    Reference,
    /// `<address>`.
    Autolink,
    /// An address in running text.
    Bare,
    /// `href` or `src` of an HTML element.
    Html,
    /// `[[page]]`.
    Wiki,
}
