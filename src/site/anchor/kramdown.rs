//! kramdown, by itself and with `input: GFM` as Jekyll uses it.

use super::character::is_word;
use super::heading::{Heading, Kind};

/// With `input: GFM`, before it is made unique: of the words behind typographic replacements, all but words, hyphens and blanks
/// deleted, each blank a hyphen (`generate_gfm_header_id` of kramdown-parser-gfm 1.1).
pub(super) fn gfm(heading: &Heading<'_>) -> String {
    let mut id = String::with_capacity(heading.text.len());
    for piece in heading.pieces.iter().filter(|piece| !piece.is_description) {
        let words = heading.words(piece);
        if piece.kind == Kind::Text {
            push_typographic(words, &mut id);
        } else {
            words.chars().for_each(|c| push(c, &mut id));
        }
    }
    id
}

/// What kramdown's typography makes of these is nothing of an id, blanks that it takes with them included, longer ones first
/// (`TYPOGRAPHIC_SYMS`).
const SYMBOLS: [&str; 4] = ["---", "--", "<< ", " >>"];

fn push_typographic(words: &str, id: &mut String) {
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        // Neither of the other characters begins a symbol.
        let symbol = if matches!(c, '-' | '<' | ' ') { SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) } else { None };
        if let Some(symbol) = symbol {
            rest = &rest[symbol.len()..];
        } else {
            push(c, id);
            rest = &rest[c.len_utf8()..];
        }
    }
}

fn push(c: char, id: &mut String) {
    match c {
        ' ' | '\t' => id.push('-'),
        '-' => id.push('-'),
        // Ruby's `downcase` looks at one character at a time: `ΟΔΟΣ` is `οδοσ`.
        _ => id.extend(c.to_lowercase().filter(|c| is_word(*c))),
    }
}

/// By itself, before it is made unique: of the source, from the first letter on, ASCII letters, digits, spaces and hyphens
/// (`basic_generate_id` of kramdown 2.4).
pub(super) fn native(heading: &Heading<'_>) -> String {
    let raw = heading.raw.trim_end_matches('#').trim_end();
    let start = raw.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(raw.len());
    let kept = raw[start..].bytes().filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-'));
    let id: String = kept.map(|byte| if byte == b' ' { '-' } else { char::from(byte.to_ascii_lowercase()) }).collect();
    if id.is_empty() { "section".to_owned() } else { id }
}
