//! Front matter in YAML, TOML and JSON, delimited as each generator does it, with the span of every key and value.

use crate::source::Span;
use crate::spanned::Node;

/// The front matter of a post.
#[derive(Clone, Debug)]
pub struct FrontMatter {
    /// What it is written in; `None` when the post has none.
    pub format: Option<Format>,
    /// The whole with its delimiters, up to the end of the closing line. Empty when there is none.
    pub span: Span,
    /// What stands between the delimiters.
    pub content: Span,
    /// The opening delimiter; where there is none, the start of the file.
    pub fence: Span,
    /// The keys and values; an empty mapping when there is none or it does not parse.
    pub root: Node,
    /// Whether it parsed. When not, a defect says why, and `root` holds what could be saved.
    pub parsed: bool,
}

/// What front matter is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// YAML.
    Yaml,
    /// TOML.
    Toml,
    /// JSON.
    Json,
}
