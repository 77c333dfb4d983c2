//! Hugo: `markup/goldmark/autoid.go` and what is handed to it. Version 0.111 makes ids of the source of a heading's last
//! line, so of links with their addresses; 0.148 and later make them of its words, in a peculiar way.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::character::{is_digit, is_letter, is_nonspacing_mark, is_number};
use super::heading::{Heading, Kind, Piece};
use super::strike::push_without_tildes;

/// `autoHeadingIDType: github`, before it is made unique: letters, decimal digits and underscores; spaces and hyphens are
/// hyphens. Marks go, so `हिन्दी` is `हनद`.
pub(super) fn github(text: &str) -> String {
    kept(text.trim().chars())
}

/// `github-ascii`: the same of the characters that are ASCII without their accents.
pub(super) fn ascii(text: &str) -> String {
    kept(text.trim().nfd().filter(|c| !is_nonspacing_mark(*c)).nfc().filter(char::is_ascii))
}

fn kept(text: impl Iterator<Item = char>) -> String {
    let is_kept = |c: &char| matches!(c, '-' | ' ' | '_') || is_letter(*c) || is_digit(*c);
    or_heading(text.filter(is_kept).map(|c| if c == ' ' { '-' } else { lower(c) }).collect())
}

/// `blackfriday`: letters and numbers of any kind, hyphens for what is between them.
pub(super) fn blackfriday(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    let mut is_apart = false;
    for c in text.chars() {
        if is_letter(c) || is_number(c) {
            if is_apart && !id.is_empty() {
                id.push('-');
            }
            id.push(lower(c));
        }
        is_apart = !(is_letter(c) || is_number(c));
    }
    or_heading(id)
}

fn or_heading(id: String) -> String {
    if id.is_empty() { "heading".to_owned() } else { id }
}

/// `unicode.ToLower` of Go: one character for one.
pub(in crate::site) fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        // The only one with two in Unicode: `İ`.
        _ => 'i',
    }
}

/// What version 0.111 makes ids of.
pub(super) fn former_text<'h>(heading: &'h Heading<'_>) -> &'h str {
    let line = heading.raw.rsplit('\n').next().unwrap_or(heading.raw).trim();
    // Hashes that close the heading.
    let words = line.trim_end_matches('#');
    if words.ends_with([' ', '\t']) || words.is_empty() { words.trim_end() } else { line }
}

/// What 0.148 and later make ids of: of each top-level inline its text, of emphasis, a link or an image only the first piece of
/// it, nothing of addresses that become links by themselves. Of several lines they take the last.
pub(super) fn text<'h>(heading: &'h Heading<'_>) -> Cow<'h, str> {
    match &heading.pieces[..] {
        [piece] if piece.kind == Kind::Text && !piece.is_nested && !heading.text.contains(['-', '.', '@', '~']) => {
            return Cow::Borrowed(&heading.text);
        }
        _ => {}
    }
    Cow::Owned(leading(heading))
}

fn leading(heading: &Heading<'_>) -> String {
    let mut text = String::with_capacity(heading.text.len());
    // The run of which nothing more is taken.
    let mut ended = None;
    let last_line = heading.raw.rfind('\n').map_or(0, |at| at + 1);
    for piece in heading.pieces.iter().filter(|piece| piece.is_leading && piece.raw.start >= last_line) {
        let words = heading.words(piece);
        match piece.kind {
            _ if ended == Some(piece.run) => {}
            Kind::Html => {}
            Kind::Code => push_code(words, &mut text),
            Kind::Entity if heading.source(piece).starts_with("&#") => text.push_str(heading.source(piece)),
            Kind::Text if piece.is_nested => {
                let end = if is_autolink(heading, piece) { 0 } else { first_leaf(words) };
                text.push_str(&words[..end]);
                if end < words.len() {
                    ended = Some(piece.run);
                }
            }
            Kind::Text if words.contains('~') => {
                let mut struck = String::with_capacity(words.len());
                push_without_tildes(words, &mut struck);
                push_prose(&struck, &mut text);
            }
            Kind::Text => push_prose(words, &mut text),
            Kind::Escaped | Kind::Entity => text.push_str(words),
        }
    }
    text
}

/// `<https://example.com>`.
fn is_autolink(heading: &Heading<'_>, piece: &Piece) -> bool {
    heading.raw[..piece.raw.start].ends_with('<')
}

/// Typography and delimiters that close nothing cut text into several pieces; this is where the first ends.
fn first_leaf(words: &str) -> usize {
    let cut = ["'", "\"", "--", "...", "<<", ">>"].iter().filter_map(|symbol| words.find(symbol)).min();
    let delimiters = |c: char| matches!(c, '_' | '*' | '~');
    let loose = words.match_indices(delimiters).find(|(at, mark)| {
        let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        !(is_blank(words[..*at].chars().next_back()) && is_blank(words[at + mark.len()..].chars().next()))
    });
    let loose = loose.map(|(at, _)| words.len() - words[at..].trim_start_matches(delimiters).len());
    cut.into_iter().chain(loose).min().unwrap_or(words.len())
}

/// Entities are resolved in code too; those that matter stand for punctuation.
fn push_code(code: &str, text: &mut String) {
    if !code.contains('&') {
        return text.push_str(code);
    }
    let mut code = code.to_owned();
    for entity in ["&lt;", "&gt;", "&amp;", "&quot;", "&nbsp;"] {
        code = code.replace(entity, "’");
    }
    text.push_str(&code);
}

/// Prose with dashes for hyphens and without addresses.
fn push_prose(words: &str, text: &mut String) {
    let mut rest = words;
    let mut before = None;
    while let Some(c) = rest.chars().next() {
        let starts = before.is_none_or(|c: char| matches!(c, ' ' | '*' | '_' | '~' | '('));
        let address = if starts { address_length(rest) } else { 0 };
        let (length, written) = match c {
            _ if address > 0 => (address, None),
            '-' if rest.starts_with("---") => (3, Some('—')),
            '-' if rest.starts_with("--") => (2, Some('–')),
            '.' if rest.starts_with("...") => (3, Some('…')),
            _ => (c.len_utf8(), Some(c)),
        };
        text.extend(written);
        before = Some(c);
        rest = &rest[length..];
    }
}

/// No address is looked for further: each bracket may begin one.
const LONGEST_ADDRESS: usize = 2_000;

/// The length of an address at the start of a text that goldmark's `linkify` makes a link of.
fn address_length(text: &str) -> usize {
    let is_url = ["http://", "https://", "ftp://", "www."].iter().any(|start| text.starts_with(start));
    let ends = |byte: u8| byte.is_ascii_whitespace() || byte == b'<' || !byte.is_ascii();
    let word = &text[..text.bytes().take(LONGEST_ADDRESS).take_while(|byte| !ends(*byte)).count()];
    let closing = if word.contains('(') { "?!.,:*_~'\"" } else { "?!.,:*_~'\")" };
    let word = word.trim_end_matches(|c| closing.contains(c));
    let is_mail = word.split_once('@').is_some_and(|(name, host)| {
        let is_name = |c: char| c.is_ascii_alphanumeric() || ".+_-".contains(c);
        !name.is_empty() && name.chars().all(is_name) && host.contains('.') && host.chars().all(is_name)
    });
    if is_url && word.contains('.') || is_mail { word.len() } else { 0 }
}
