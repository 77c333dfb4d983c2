//! Where front matter begins and ends, as each generator's own code decides it. Knows delimiters, not what stands between them.
//!
//! Jekyll `\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)` · Hexo `^(-{3,}|;{3,})\n([\s\S]+?)\n\1`, else everything above the first
//! line of three `-` or `;` · Hugo's page lexer: leading blank space, a closing line that begins with the delimiter · Zola
//! `^\s*---(\r?\n(?s).*?)---\s*(?:$|\r?\n)` · gray-matter `---` and no fourth `-`, up to `\n---` · MkDocs
//! `^-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*(?:\n|\Z)`.

use super::{Format, shape};
use crate::site::{Dialect, Profile};
use crate::source::Span;

/// Front matter that was found, with spans in the text that was searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Split {
    /// `None` for a language that is not read (gray-matter's `---js`).
    pub(super) format: Option<Format>,
    /// The opening delimiter; empty where none is needed.
    pub(super) fence: Span,
    /// Between the delimiters.
    pub(super) content: Span,
    /// Up to the end of the closing line.
    pub(super) span: Span,
    /// Whether a closing delimiter was found.
    pub(super) closed: bool,
    /// Whether it is the inside of an object, without its braces (Hexo's `;;;`).
    pub(super) braceless: bool,
}

/// An opening delimiter.
struct Opening<'t> {
    format: Option<Format>,
    fence: Span,
    /// Where the content begins.
    content: usize,
    /// The delimiter as written.
    mark: &'t str,
}

/// The front matter at the start of `text`, a text without byte order mark.
pub(super) fn split(text: &str, profile: &Profile) -> Option<Split> {
    let dialect = profile.front_matter;
    if dialect == Dialect::Hugo
        && let Some(split) = object(text)
    {
        return Some(split);
    }
    let Some(opening) = opening(text, dialect) else {
        let sealed = dialect == Dialect::Hexo && !text.starts_with("---") && !text.starts_with(";;;");
        return if sealed { without_opening(text, profile) } else { None };
    };
    let braceless = opening.mark.starts_with(';');
    let split = |content: usize, end: usize, closed: bool| Split {
        format: opening.format,
        fence: opening.fence,
        content: Span::new(opening.content, content),
        span: Span::new(opening.fence.start as usize, end),
        closed,
        braceless,
    };
    let lines = Lines { text, at: opening.content };
    for (start, line) in lines {
        if let Some((content, end)) = closing(line, opening.mark, dialect) {
            let found = split(start + content, start + end, true);
            let lenient = matches!(dialect, Dialect::Any | Dialect::Hexo);
            let fits = !lenient || braceless || shape::begins(&text[found.content.range()], opening.format);
            return fits.then_some(found);
        }
    }
    let rest = &text[opening.content..];
    if !shape::begins_with_key(rest, opening.format) {
        return None;
    }
    let end = opening.content + shape::extent(rest, opening.format);
    Some(split(end, end, false))
}

/// The opening delimiter at the start of `text`.
fn opening(text: &str, dialect: Dialect) -> Option<Opening<'_>> {
    let start = match dialect {
        Dialect::Hugo | Dialect::Zola => text.len() - text.trim_start().len(),
        _ => 0,
    };
    let (_, line) = Lines { text, at: start }.next()?;
    let bare = line.trim_end_matches(['\n', '\r']);
    let content = start + line.len();
    let first = bare.chars().next().filter(|first| matches!(first, '-' | '+' | ';'))?;
    let run = bare.len() - bare.trim_start_matches(first).len();
    let rest = bare[run..].trim();
    let format = match first {
        '+' => Format::Toml,
        ';' => Format::Json,
        _ => Format::Yaml,
    };
    let allowed = match (dialect, first) {
        (Dialect::Jekyll | Dialect::MkDocs, '-') | (Dialect::Hugo, '-' | '+') | (Dialect::Any, _) if run == 3 => {
            rest.is_empty()
        }
        // The lexer takes three; what is left is YAML's own mark of a document.
        (Dialect::Hugo, '-') => run == 6 && rest.is_empty(),
        (Dialect::Hexo, '-' | ';') => run >= 3 && bare.len() == run,
        (Dialect::Zola, '-' | '+') => run == 3 && bare.len() == run,
        (Dialect::GrayMatter, '-') => {
            run == 3 && rest.len() < 16 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }
        (Dialect::GrayMatter, '+') => run == 3 && rest.is_empty(),
        _ => false,
    };
    let format = match rest {
        "" | "yaml" | "yml" => Some(format),
        "toml" => Some(Format::Toml),
        "json" => Some(Format::Json),
        _ => None,
    };
    let mark = if dialect == Dialect::Hexo { &bare[..run] } else { &bare[..run.min(3)] };
    allowed.then(|| Opening { format, fence: Span::new(start, start + bare.trim_end().len()), content, mark })
}

/// Whether a line closes front matter opened with `mark`: where in it the content ends, and where the delimiter does.
fn closing(line: &str, mark: &str, dialect: Dialect) -> Option<(usize, usize)> {
    let bare = line.trim_end();
    let dots = mark == "---" && bare == "...";
    let whole = Some((0, line.len()));
    match dialect {
        Dialect::Jekyll | Dialect::MkDocs | Dialect::Any => whole.filter(|_| bare == mark || dots),
        Dialect::Zola => bare.strip_suffix(mark).map(|before| (before.len(), line.len())),
        Dialect::Hexo | Dialect::Hugo | Dialect::GrayMatter if bare == mark => whole,
        Dialect::Hexo | Dialect::Hugo | Dialect::GrayMatter => line.starts_with(mark).then_some((0, mark.len())),
    }
}

/// A JSON object that opens the text (Hugo).
fn object(text: &str) -> Option<Split> {
    let start = text.len() - text.trim_start().len();
    let inside = text[start..].strip_prefix('{')?.trim_start();
    if !inside.starts_with('"') && !inside.starts_with('}') {
        return None;
    }
    let fence = Span::new(start, start + 1);
    let (end, closed) = match object_end(&text[start..]) {
        Some(length) => (start + length, true),
        None => (start + text[start..].find("\n\n").unwrap_or(text.len() - start), false),
    };
    let line = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    let whole = if text[end..line].trim().is_empty() { line } else { end };
    let content = Span::new(start, end);
    Some(Split { format: Some(Format::Json), fence, content, span: Span::new(start, whole), closed, braceless: false })
}

/// The length of the JSON object that `text` begins with.
fn object_end(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Hexo's form without an opening line. Hexo takes whatever stands above the first `---` for front matter; here it must look
/// like it, or every post with a thematic break would have some.
fn without_opening(text: &str, profile: &Profile) -> Option<Split> {
    for (start, line) in (Lines { text, at: 0 }) {
        if !line.starts_with("---") && !line.starts_with(";;;") {
            if !shape::may_stand_in_yaml(line) {
                return None;
            }
            continue;
        }
        let above = &text[..start];
        let braceless = line.starts_with(';');
        let known = |key: &str| profile.keys.iter().any(|known| known.name == key) || shape::COMMON.contains(&key);
        if braceless || !shape::keys(above).any(known) {
            return None;
        }
        return Some(Split {
            format: Some(Format::Yaml),
            fence: Span::at(0),
            content: Span::new(0, start),
            span: Span::new(0, start + line.len()),
            closed: true,
            braceless,
        });
    }
    None
}

/// Lines with their endings, and where they begin.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Lines<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        let length = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
        let start = self.at;
        self.at += length;
        Some((start, &rest[..length]))
    }
}
