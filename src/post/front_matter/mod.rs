//! Front matter in YAML, TOML and JSON, delimited as each generator does it, with the span of every key and value.

use crate::post::{Defect, DefectKind};
use crate::site::{Dialect, Profile, Role};
use crate::source::{Source, Span};
use crate::spanned::{Node, Value};

mod cause;
mod diagnose;
mod draft;
mod entry;
mod json;
mod shape;
mod split;
mod toml;

/// Longest front matter that is read, in bytes. Longer text between two delimiters is text.
const MAX_LENGTH: usize = 64 * 1024;

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

impl Format {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Yaml => "YAML",
            Format::Toml => "TOML",
            Format::Json => "JSON",
        }
    }
}

/// Reads the front matter of a source, and says what is wrong with it.
pub(crate) fn read(source: &Source, profile: &Profile, role: Role, defects: &mut Vec<Defect>) -> FrontMatter {
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
    let base = source.text.len() - text.len();
    let first = defects.len();
    let front = match split::split(text, profile) {
        Some(split) => {
            if base > 0 {
                let mark = Span::new(0, base);
                let repair = Some((mark, String::new()));
                defects.push(Defect { repair, ..Defect::new(DefectKind::ByteOrderMark, mark, Vec::new()) });
            }
            found(text, split, &diagnose::Setting { profile, template: is_template(&source.path) }, defects, base)
        }
        None => {
            let org = profile.front_matter == Dialect::Hugo && text.starts_with("#+");
            if role == Role::Post && !org {
                let span = first_line(text).shifted(base);
                defects.push(Defect::new(DefectKind::FrontMatterMissing, span, Vec::new()));
            }
            none()
        }
    };
    defects[first..].sort_by_key(|defect| defect.span);
    front
}

/// The parts of a split, read; `base` bytes stand before `text` in the source.
fn found(
    text: &str,
    split: split::Split,
    site: &diagnose::Setting<'_>,
    defects: &mut Vec<Defect>,
    base: usize,
) -> FrontMatter {
    let content = &text[split.content.range()];
    let outcome = match split.format {
        _ if !split.closed => {
            defects.push(Defect::new(DefectKind::FrontMatterUnclosed, split.fence.shifted(base), Vec::new()));
            let saved = split.format.filter(|_| content.len() <= MAX_LENGTH);
            let read = saved.map(|format| diagnose::read(content, format, split.braceless, site));
            diagnose::Outcome { defects: Vec::new(), parsed: false, ..read.unwrap_or_default() }
        }
        Some(format) if content.len() > MAX_LENGTH => {
            let reason = "it is longer than 64 kB".to_owned();
            let vars = vec![("format", format.name().to_owned()), ("reason", reason)];
            defects.push(Defect::new(DefectKind::FrontMatterSyntax, split.fence.shifted(base), vars));
            diagnose::Outcome { parsed: false, ..diagnose::Outcome::default() }
        }
        Some(format) => diagnose::read(content, format, split.braceless, site),
        None => diagnose::Outcome::default(),
    };
    let by = base + split.content.start as usize;
    defects.extend(outcome.defects.into_iter().map(|defect| {
        let repair = defect.repair.map(|(span, with)| (span.shifted(by), with));
        Defect { span: defect.span.shifted(by), repair, ..defect }
    }));
    let mut root = outcome.root;
    root.shift(by);
    FrontMatter {
        format: split.format,
        span: split.span.shifted(base),
        content: split.content.shifted(base),
        fence: split.fence.shifted(base),
        root,
        parsed: outcome.parsed,
    }
}

fn none() -> FrontMatter {
    let nothing = Span::at(0);
    FrontMatter { format: None, span: nothing, content: nothing, fence: nothing, root: empty(), parsed: true }
}

/// A mapping without keys.
fn empty() -> Node {
    Node { value: Value::Mapping(Vec::new()), span: Span::at(0), layer: 0 }
}

/// The first line with text in it, without the blanks around.
fn first_line(text: &str) -> Span {
    let start = text.len() - text.trim_start().len();
    let line = text[start..].lines().next().unwrap_or_default();
    if line.is_empty() { Span::at(0) } else { Span::new(start, start + line.trim_end().len()) }
}

/// Whether a file is a template for new posts: placeholders stand where values will.
fn is_template(path: &str) -> bool {
    path.split('/').any(|folder| matches!(folder, "archetypes" | "scaffolds"))
}

#[cfg(test)]
mod tests;
