//! Where addresses stand. pulldown-cmark tells what an address is but not where.

use std::ops::Range;

use crate::post::part;

/// The address of an inline link whose text ends at `from` and which itself ends at `end`.
pub(super) fn of_inline(text: &str, from: usize, end: usize) -> Range<usize> {
    match text[from..end].find("](") {
        Some(at) => address(text, from + at + 2, end),
        None => end - 1..end - 1,
    }
}

/// The address in a reference definition: `[label]: address "title"`. `found` is what the parser takes it for: a slice of
/// the text, unless it holds escapes or entities.
pub(super) fn of_definition(text: &str, definition: Range<usize>, found: &str) -> Range<usize> {
    if let Some(place) = part::place(text, found).filter(|place| !place.is_empty()) {
        return place;
    }
    match text[definition.clone()].find("]:") {
        Some(at) => address(text, definition.start + at + 2, definition.end),
        None => definition.end..definition.end,
    }
}

/// The address that stands at `from` after blanks, as CommonMark reads it.
fn address(text: &str, from: usize, end: usize) -> Range<usize> {
    let rest = &text[from..end];
    let start = from + (rest.len() - rest.trim_ascii_start().len());
    let bytes = &text.as_bytes()[..end];
    let mut at = start;
    if bytes.get(at) == Some(&b'<') {
        at += 1;
        while at < end && !matches!(bytes[at], b'>' | b'\n') {
            at += escaped(bytes, at);
        }
        return start + 1..at.min(end);
    }
    let mut depth = 0_u32;
    while at < end {
        match bytes[at] {
            b'(' => depth += 1,
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            byte if byte.is_ascii_whitespace() || byte.is_ascii_control() => break,
            _ => {}
        }
        at += escaped(bytes, at);
    }
    start.min(end)..at.min(end)
}

/// How many bytes the character at `at` takes with the backslash before it.
fn escaped(bytes: &[u8], at: usize) -> usize {
    if bytes[at] == b'\\' && bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) { 2 } else { 1 }
}
