//! What front matter looks like from afar: enough to tell it from prose under a thematic break.

use super::Format;

/// Keys that every generator's posts use.
pub(super) const COMMON: &[&str] = &["title", "date", "layout", "tags", "categories"];

/// Longest key that is taken for one.
const MAX_KEY: usize = 64;

/// The key that a line of YAML begins with, and where its `:` stands. The line may not be indented.
pub(super) fn key(line: &str) -> Option<(&str, usize)> {
    let first = line.chars().next()?;
    if first.is_whitespace() || "#-?[{}],&*!|>%@`".contains(first) {
        return None;
    }
    if let Some(quote) = line.chars().next().filter(|first| matches!(first, '"' | '\'')) {
        let end = 1 + line[1..].find(quote)?;
        let colon = end + 1 + line[end + 1..].find(|c: char| c != ' ')?;
        return line[colon..].starts_with(':').then(|| (&line[1..end], colon));
    }
    let bytes = line.as_bytes();
    let colon = memchr::memchr_iter(b':', bytes)
        .take_while(|at| *at <= MAX_KEY)
        .find(|at| bytes.get(at + 1).is_none_or(|next| matches!(next, b' ' | b'\t' | b'\r' | b'\n')))?;
    Some((line[..colon].trim_end(), colon))
}

/// Whether a line could be the first of front matter: `key:`, or one of the ways in which that is misspelt.
fn key_like(line: &str, format: Option<Format>) -> bool {
    let word =
        line.len() - line.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')).len();
    let rest = &line[word..];
    match format {
        Some(Format::Toml) => line.starts_with('[') || word > 0 && rest.trim_start().starts_with('='),
        Some(Format::Json) => line.starts_with('"') || line.starts_with('}'),
        _ if word > 0 => (rest.starts_with(':') && !rest.starts_with("://")) || rest.starts_with('：'),
        _ => key(line).is_some_and(|(key, _)| !key.contains(' ')),
    }
}

/// Whether the first line that says something could be the first of front matter.
pub(super) fn begins_with_key(text: &str, format: Option<Format>) -> bool {
    first_line(text, format).is_some_and(|line| key_like(line, format))
}

/// The same for text between two delimiters, where nothing at all is front matter too.
pub(super) fn begins(text: &str, format: Option<Format>) -> bool {
    first_line(text, format).is_none_or(|line| key_like(line, format) || line.starts_with('{'))
}

fn first_line(text: &str, format: Option<Format>) -> Option<&str> {
    let comment = |line: &str| format != Some(Format::Json) && line.starts_with('#');
    text.lines().map(str::trim).find(|line| !line.is_empty() && !comment(line))
}

/// How much of the text under an opening delimiter that is never closed reads like front matter.
pub(super) fn extent(text: &str, format: Option<Format>) -> usize {
    let belongs = |line: &&str| match format {
        Some(Format::Toml) => {
            !line.trim().is_empty() && (key_like(line, format) || line.starts_with([' ', '\t', '"', ']']))
        }
        Some(Format::Json) => !line.trim().is_empty(),
        _ => {
            !line.trim().is_empty()
                && (key_like(line, format) || line.starts_with([' ', '\t']) || line.starts_with("- "))
        }
    };
    let blank = text.split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum::<usize>();
    blank + text[blank..].split_inclusive('\n').take_while(belongs).map(str::len).sum::<usize>()
}

/// Whether a line can be part of a YAML mapping: a key, a list item, a comment, or something indented.
pub(super) fn may_stand_in_yaml(line: &str) -> bool {
    let bare = line.trim_end();
    bare.is_empty()
        || bare.starts_with([' ', '\t', '#'])
        || bare == "-"
        || bare.starts_with("- ")
        || key_like(bare, None)
}

/// The keys of the lines that are not indented.
pub(super) fn keys(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| key(line).map(|(key, _)| key))
}
