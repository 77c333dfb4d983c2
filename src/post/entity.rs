//! Character references of HTML: `&amp;`, `&#20013;`, `&#x4E2D;`. Knows nothing of what surrounds them.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use html5ever::data::NAMED_ENTITIES;

/// The longest name in the table is 32 bytes; a longer run of letters is not a reference.
const LONGEST_NAME: usize = 33;

/// The longest run of digits that is read as a number. Leading zeros beyond it are nobody's text.
const LONGEST_NUMBER: usize = 12;

/// A character reference that opens a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    /// Its length in bytes, `&` and `;` included.
    pub(super) len: usize,
    /// What it stands for.
    pub(super) first: char,
    /// A few names stand for two characters.
    pub(super) second: Option<char>,
}

/// The reference that `text` begins with; `text` begins with `&`.
pub(super) fn reference(text: &str) -> Option<Reference> {
    let bytes = text.as_bytes();
    match bytes.get(1)? {
        b'#' => number(text),
        byte if byte.is_ascii_alphabetic() => name(text),
        _ => None,
    }
}

/// `&#20013;` and `&#x4E2D;`, with or without the semicolon, as browsers read them.
fn number(text: &str) -> Option<Reference> {
    let hexadecimal = matches!(text.as_bytes().get(2), Some(b'x' | b'X'));
    let (start, radix) = if hexadecimal { (3, 16) } else { (2, 10) };
    let digits = text.as_bytes()[start.min(text.len())..].iter().take(LONGEST_NUMBER);
    let end = start + digits.take_while(|byte| char::from(**byte).is_digit(radix)).count();
    if end == start {
        return None;
    }
    let code = u64::from_str_radix(&text[start..end], radix).ok()?;
    let len = end + usize::from(text.as_bytes().get(end) == Some(&b';'));
    Some(Reference { len, first: character(code), second: None })
}

/// The character of a number. Numbers of C1 control characters mean windows-1252: old editors wrote `&#150;` for a dash.
fn character(code: u64) -> char {
    if let Ok(byte @ 0x80..=0x9F) = u8::try_from(code) {
        let byte = [byte];
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(&byte);
        return text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
    }
    let known = u32::try_from(code).ok().filter(|code| *code != 0).and_then(char::from_u32);
    known.unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// `&amp;`: the longest name of the table. The table holds every prefix of every name, so a miss ends the search.
fn name(text: &str) -> Option<Reference> {
    let mut found = None;
    for end in 2..=text.len().min(LONGEST_NAME) {
        let Some(name) = text.get(1..end) else { break };
        let Some((first, second)) = NAMED_ENTITIES.get(name) else { break };
        if let Some(first) = char::from_u32(*first).filter(|first| *first != '\0') {
            let second = char::from_u32(*second).filter(|second| *second != '\0');
            found = Some(Reference { len: end, first, second });
        }
    }
    found
}

/// A text with all its references resolved.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let len = match reference(rest) {
            Some(reference) => {
                out.push(reference.first);
                out.extend(reference.second);
                reference.len
            }
            None => {
                out.push('&');
                1
            }
        };
        rest = &rest[len..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolves_references_as_browsers_do() {
        assert_eq!(decode("a &amp; b &lt;p&gt; &#20013;&#x6587;"), "a & b <p> 中文");
        assert_eq!(decode("&nbsp;&hellip;"), "\u{A0}…");
        assert_eq!(decode("2010&#150;2012"), "2010–2012");
        assert_eq!(decode("&#0;&#xD800;&#99999999999;"), "\u{FFFD}\u{FFFD}\u{FFFD}");
    }

    #[test]
    fn leaves_what_is_no_reference() {
        assert_eq!(decode("a & b &; &中 &nosuchname; &#; &#x; &"), "a & b &; &中 &nosuchname; &#; &#x; &");
        assert_eq!(decode("?a=1&b=2"), "?a=1&b=2");
    }

    #[test]
    fn takes_the_longest_name() {
        assert_eq!(decode("&notin; &not; &copy 2020"), "∉ ¬ © 2020");
    }
}
