//! VitePress, by `slugify` of @mdit-vue/shared.

use unicode_normalization::UnicodeNormalization;

use super::character::is_javascript_blank;
use super::heading::{Heading, Kind, Piece};

/// What becomes a hyphen, besides blanks.
pub(super) const PUNCTUATION: &str = "~`!@#$%^&*()-_+=[]{}|\\;:\"'“”‘’<>,.?/";

/// The id before it is made unique.
pub(super) fn slug(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    if text.is_ascii() {
        text.chars().for_each(|c| push(c, &mut id));
    } else {
        text.nfkd().for_each(|c| push(c, &mut id));
    }
    if id.ends_with('-') {
        id.pop();
    }
    if id.starts_with(|c: char| c.is_ascii_digit()) {
        id.insert(0, '_');
    }
    if id.is_ascii() { id.to_ascii_lowercase() } else { id.to_lowercase() }
}

fn push(c: char, id: &mut String) {
    match c {
        '\u{300}'..='\u{36f}' | '\0'..='\u{1f}' => {}
        _ if is_javascript_blank(c) || PUNCTUATION.contains(c) => {
            if !id.is_empty() && !id.ends_with('-') {
                id.push('-');
            }
        }
        _ => id.push(c),
    }
}

/// The text of a heading: entities as they are written where other text is beside them (`restoreEntities`), no descriptions of images, no `:rocket:`. Which names are emoji fills
/// a book; hardly anybody writes another word between colons.
pub(super) fn text(heading: &Heading<'_>) -> String {
    let mut text = String::with_capacity(heading.raw.len());
    for (at, piece) in heading.pieces.iter().enumerate().filter(|(_, piece)| !piece.is_description) {
        let is_beside = |other: Option<&Piece>| other.is_some_and(|other| other.run == piece.run);
        let before = at.checked_sub(1).and_then(|before| heading.pieces.get(before));
        let is_alone = !is_beside(before) && !is_beside(heading.pieces.get(at + 1));
        match (piece.kind, heading.words(piece)) {
            (Kind::Text, words) => push_without_emoji(words, &mut text),
            (Kind::Entity, _) if !is_alone => text.push_str(heading.source(piece)),
            (Kind::Escaped, "&") if !is_alone => text.push_str("&amp;"),
            (_, words) => text.push_str(words),
        }
    }
    text
}

fn push_without_emoji(words: &str, text: &mut String) {
    let mut rest = words;
    while let Some(at) = rest.find(':') {
        let behind = &rest[at + 1..];
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_+-".contains(c);
        let name = behind.len() - behind.trim_start_matches(is_name).len();
        let is_closed = name > 0 && behind[name..].starts_with(':');
        // `10:30:00` is a time; `:100:` and `:+1:` are emoji.
        let is_word = behind[..name].starts_with(|c: char| c.is_ascii_lowercase() || "+-".contains(c));
        let is_emoji = is_closed && (is_word || matches!(&behind[..name], "100" | "1234" | "8ball"));
        text.push_str(&rest[..at]);
        if is_emoji {
            rest = &behind[name + 1..];
        } else {
            text.push_str(&rest[at..at + 1 + name]);
            rest = &behind[name..];
        }
    }
    text.push_str(rest);
}
