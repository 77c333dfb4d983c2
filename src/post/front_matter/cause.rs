//! Why YAML fails: the usual mistakes, each with the repair that undoes it. Whether a repair works is for `diagnose` to try.

use std::ops::Range;

use super::diagnose::Setting;
use super::entry::{self, Entry};
use super::shape;
use crate::post::DefectKind;
use crate::site::Kind;
use crate::source::Span;
use crate::spanned;

/// Keys whose values are text in every theme.
const TEXTS: &[&str] = &["title", "subtitle", "description", "summary", "excerpt", "desc"];

/// A mistake that may be behind an error.
#[derive(Debug)]
pub(super) struct Cause {
    /// `None` for text that is not wrong, only not yet filled in.
    pub(super) kind: Option<DefectKind>,
    pub(super) span: Span,
    pub(super) vars: Vec<(&'static str, String)>,
    /// What the repair replaces, and by what.
    pub(super) range: Range<usize>,
    pub(super) with: String,
}

/// What may be behind an error, likeliest first.
pub(super) fn causes(text: &str, error: &spanned::Error, site: &Setting<'_>) -> Vec<Cause> {
    let at = error.span.start as usize;
    let mut found = Vec::new();
    let lines = [Some(entry::line(text, at)), entry::line_above(text, at)];
    for line in lines.into_iter().flatten() {
        found.extend(tab(text, &line));
        found.extend(colon(text, &line, site));
    }
    if let Some(entry) = entry::entry(text, at) {
        let more = &text[entry.value.end..entry.whole.end];
        let holds_keys = more.lines().any(|line| shape::key(line.trim_start()).is_some());
        let mut ranges = vec![entry.value.clone()];
        if !more.is_empty() && !entry.value.is_empty() {
            ranges.insert(usize::from(holds_keys), entry.whole.clone());
        }
        for range in ranges {
            found.extend(value(text, &entry, range, error, site));
        }
    }
    found
}

/// A tab in the indentation of a line.
pub(super) fn tab(text: &str, line: &Range<usize>) -> Option<Cause> {
    let line_text = &text[line.clone()];
    let blank = line_text.len() - line_text.trim_start_matches([' ', '\t']).len();
    let start = line.start + line_text[..blank].find('\t')?;
    let range = start..line.start + blank;
    let with = text[range.clone()].replace('\t', "  ");
    let span = Span::new(range.start, range.end);
    Some(Cause { kind: Some(DefectKind::TabIndent), span, vars: Vec::new(), range, with })
}

/// `key：value`, or `key:value` for a key that posts have.
pub(super) fn colon(text: &str, line: &Range<usize>, site: &Setting<'_>) -> Option<Cause> {
    let line_text = &text[line.clone()];
    let letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    let key = &line_text[..line_text.len() - line_text.trim_start_matches(letter).len()];
    let rest = &line_text[key.len()..];
    let at = line.start + key.len();
    let vars = vec![("key", key.to_owned())];
    if key.is_empty() {
        return None;
    }
    if rest.starts_with('：') {
        let range = at..at + '：'.len_utf8();
        let span = Span::new(range.start, range.end);
        let with = if rest['：'.len_utf8()..].starts_with(' ') { ":" } else { ": " };
        return Some(Cause { kind: Some(DefectKind::FullWidthColon), span, vars, range, with: with.to_owned() });
    }
    let glued = rest.strip_prefix(':')?;
    let known = site.profile.keys.iter().any(|known| known.name == key) || shape::COMMON.contains(&key);
    if !known || glued.is_empty() || glued.starts_with([' ', '\t']) || glued.starts_with("//") {
        return None;
    }
    let (span, range) = (Span::new(at, at + 1), at + 1..at + 1);
    Some(Cause { kind: Some(DefectKind::NoSpaceAfterColon), span, vars, range, with: " ".to_owned() })
}

/// What may be wrong with a value.
fn value(text: &str, entry: &Entry, range: Range<usize>, error: &spanned::Error, site: &Setting<'_>) -> Option<Cause> {
    let range = range.start..range.start + without_comment(&text[range]).len();
    let raw = &text[range.clone()];
    let first = raw.chars().next()?;
    if raw.contains("{{") {
        let with = quoted(raw);
        return Some(Cause { kind: None, span: error.span, vars: Vec::new(), range, with });
    }
    match first {
        '"' | '\'' => early_end(entry, raw, range, error),
        '[' | '{' | '@' | '`' | '%' | '&' | '*' | '!' | '|' | '>' | '-' | '?' | ']' | '}' | ',' => {
            special(text, entry, range, site)
        }
        _ => {
            let at = error.span.start as usize;
            let colon = text[error.span.range()].starts_with(':') && range.contains(&at);
            let with = quoted(raw);
            let vars = vec![("key", entry.key.clone()), ("quoted", with.clone())];
            let span = Span::new(at, at + 1);
            colon.then_some(Cause { kind: Some(DefectKind::UnquotedColon), span, vars, range, with })
        }
    }
}

/// A value on one line without the comment behind it: from a blank and `#` on, behind the last quote of a quoted one.
fn without_comment(raw: &str) -> &str {
    let from = match raw.chars().next() {
        _ if raw.contains('\n') => return raw,
        Some(quote @ ('"' | '\'')) => raw.rfind(quote).filter(|at| *at > 0).map_or(0, |at| at + 1),
        _ => 0,
    };
    let comment = raw[from..].find(" #").map(|at| raw[..from + at].trim_end());
    comment.filter(|value| !value.is_empty()).unwrap_or(raw)
}

/// A value that is quoted and does not end with its quote: the quote in its midst ends it early.
fn early_end(entry: &Entry, raw: &str, range: Range<usize>, error: &spanned::Error) -> Option<Cause> {
    let Some(end) = closing_quote(raw) else {
        let with = format!("{raw}{}", &raw[..1]);
        return Some(Cause {
            kind: Some(DefectKind::FrontMatterSyntax),
            span: error.span,
            vars: Vec::new(),
            range,
            with,
        });
    };
    let rest = &raw[end + 1..];
    if rest.trim().is_empty() || rest.starts_with(" #") {
        return None;
    }
    let with = requoted(raw, end);
    let vars = vec![("key", entry.key.clone()), ("quoted", with.clone())];
    let span = Span::new(range.start + end, range.start + end + 1);
    Some(Cause { kind: Some(DefectKind::UnescapedQuote), span, vars, range, with })
}

/// The quote that ends the quoted text with which `raw` begins.
pub(super) fn closing_quote(raw: &str) -> Option<usize> {
    let bytes = raw.as_bytes();
    let quote = *bytes.first()?;
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 1,
            byte if byte == quote => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The value as it was meant, in quotes that hold. `end` is the quote that ends it early.
pub(super) fn requoted(raw: &str, end: usize) -> String {
    let quote = &raw[..1];
    let belongs = raw[end + 1..].starts_with(' ') && raw.matches(quote).count().is_multiple_of(2) && end > 1;
    let inner = raw[1..].strip_suffix(quote).filter(|_| !belongs && raw.len() > end + 1);
    match inner {
        Some(inner) if quote == "\"" && inner.contains('\\') => format!("\"{}\"", escape_bare_quotes(inner)),
        Some(inner) if quote == "'" => quoted(&inner.replace("''", "'")),
        Some(inner) => quoted(inner),
        None => quoted(raw),
    }
}

/// Puts a backslash before each `"` that has none.
fn escape_bare_quotes(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len() + 8);
    let mut escaped = false;
    for c in inner.chars() {
        if c == '"' && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out
}

/// Text as a YAML value that is certainly text: in the quotes that need no escapes, if there are such.
pub(super) fn quoted(text: &str) -> String {
    match (text.contains(['"', '\\']), text.contains('\'')) {
        (false, _) => format!("\"{text}\""),
        (true, false) => format!("'{text}'"),
        (true, true) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

/// A value that begins with a character that means something to YAML.
fn special(text: &str, entry: &Entry, range: Range<usize>, site: &Setting<'_>) -> Option<Cause> {
    let raw = &text[range.clone()];
    let first = raw.chars().next()?;
    let known = site.profile.keys.iter().find(|known| known.name == entry.key).map(|known| known.kind);
    let is_text = known == Some(Kind::Text) || TEXTS.contains(&entry.key.as_str());
    let is_list = known == Some(Kind::List) || matches!(entry.key.as_str(), "tags" | "categories");
    match first {
        '[' | '{' => match closing_bracket(raw) {
            Some(end) if raw[end + 1..].trim().is_empty() => return None,
            Some(_) => {}
            None if is_text => {}
            None => {
                let with = format!("{raw}{}", if first == '[' { ']' } else { '}' });
                let (kind, span) = (Some(DefectKind::FrontMatterSyntax), Span::new(range.start, range.end));
                return Some(Cause { kind, span, vars: Vec::new(), range, with });
            }
        },
        '-' if is_list => return None,
        '-' | '?' if !raw[1..].starts_with(' ') => return None,
        _ => {}
    }
    Some(special_start(&entry.key, first, raw, range))
}

/// A value that has to be quoted because of its first character.
pub(super) fn special_start(key: &str, first: char, raw: &str, range: Range<usize>) -> Cause {
    let with = quoted(raw);
    let vars = vec![("key", key.to_owned()), ("character", first.to_string()), ("quoted", with.clone())];
    let span = Span::new(range.start, range.start + first.len_utf8());
    Cause { kind: Some(DefectKind::SpecialStart), span, vars, range, with }
}

/// The bracket that closes the one with which `raw` begins.
fn closing_bracket(raw: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in raw.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}
