//! Front matter in YAML, TOML and JSON, delimited as each generator does it, with the span of every key and value.

use super::Defect;
use crate::site::{Profile, Role};
use crate::source::{Source, Span};
use crate::spanned::{Node, Value};

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

/// Stands in until front matter is read in earnest: splits at lines of `---` and reads nothing.
pub fn read(source: &Source, _profile: &Profile, _role: Role, _defects: &mut Vec<Defect>) -> FrontMatter {
    let text = source.text.trim_start_matches('\u{FEFF}');
    let mark = source.text.len() - text.len();
    let close = text.strip_prefix("---\n").and_then(|rest| rest.find("\n---\n").map(|at| at + 4));
    let (format, end) = match close {
        Some(at) => (Some(Format::Yaml), at + 5),
        None => (None, 0),
    };
    let span = Span::new(mark, mark + end);
    let content = Span::new(mark + end.min(4), mark + close.map_or(0, |at| at + 1));
    let fence = Span::new(mark, mark + end.min(3));
    let root = Node { value: Value::Mapping(Vec::new()), span: content, layer: 0 };
    FrontMatter { format, span, content, fence, root, parsed: true }
}
