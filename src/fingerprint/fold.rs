//! NFKC and lower case, character by character, with the place each came from. Most text needs no table for that; what does
//! goes through `unicode_normalization` in segments: from a character that no character before it can change to the next such.

use std::ops::Range;

use super::ascii::letters;
use unicode_normalization::char::{canonical_combining_class, decompose_compatible};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// How many characters a segment has at most. Only nonsense has more marks on a letter, and it must not fill the memory.
const LONGEST: usize = 128;

/// Takes what a text folds to, in order, with the bytes of the text it came from. What several characters composed or one
/// decomposed to has the place of all of them.
pub(super) trait Sink {
    /// A character.
    fn char(&mut self, char: char, place: Range<usize>);

    /// A run of words of ASCII letters, not yet in lower case, with one blank between two of them; it begins at `start`.
    fn words(&mut self, words: &str, start: usize) {
        for (at, char) in words.char_indices() {
            self.char(char.to_ascii_lowercase(), start + at..start + at + 1);
        }
    }

    /// A run of Chinese characters from U+4E00 to U+9FFF that begins at `start`.
    fn ideographs(&mut self, ideographs: &str, start: usize) {
        for (at, char) in ideographs.char_indices() {
            self.char(char, start + at..start + at + char.len_utf8());
        }
    }
}

/// Gives `sink` the normal form of `text`.
pub(super) fn fold(text: &str, sink: &mut impl Sink) {
    let bytes = text.as_bytes();
    let mut start = 0;
    while start < text.len() {
        let byte = bytes[start];
        let end = match byte {
            b'A'..=b'Z' | b'a'..=b'z' => words(text, start),
            0xE4..=0xE9 => ideographs(text, start),
            _ => start,
        };
        if end > start && byte.is_ascii() {
            sink.words(&text[start..end], start);
            start = end;
        } else if end > start {
            sink.ideographs(&text[start..end], start);
            start = end;
        } else if byte.is_ascii() && bytes.get(start + 1).is_none_or(u8::is_ascii) {
            sink.char(char::from(byte), start..start + 1);
            start += 1;
        } else {
            start = one(text, start, sink);
        }
    }
}

/// Folds the segment that begins at `start`; where it ends.
#[inline]
fn one(text: &str, start: usize, sink: &mut impl Sink) -> usize {
    let mut chars = text[start..].chars();
    let Some(first) = chars.next() else { return text.len() };
    let mut next = chars.next();
    let mut end = start + first.len_utf8();
    if let Some(folded) = plain(first)
        && next.is_none_or(begins_segment)
    {
        sink.char(folded, start..end);
        return end;
    }
    for _ in 1..LONGEST {
        let Some(joined) = next.filter(|next| !begins_segment(*next)) else { break };
        end += joined.len_utf8();
        next = chars.next();
    }
    segment(text, start..end, sink);
    end
}

/// Where the run of words of ASCII letters that begins at `start` ends. What follows it does not change its last letter.
#[inline]
fn words(text: &str, start: usize) -> usize {
    let rest = &text.as_bytes()[start..];
    let mut len = letters(rest);
    while rest.get(len) == Some(&b' ')
        && let more @ 1.. = letters(&rest[len + 1..])
    {
        len += 1 + more;
    }
    match without_last_if_changed(text, start, start + len, 1) {
        // No run ends in a blank.
        end if end > start && text.as_bytes()[end - 1] == b' ' => end - 1,
        end => end,
    }
}

/// Where the run of Chinese characters that begins at `start` ends. What follows it does not change the last one.
#[inline]
fn ideographs(text: &str, start: usize) -> usize {
    let mut rest = &text.as_bytes()[start..];
    while let [first @ 0xE4..=0xE9, second, _, after @ ..] = rest
        && (*first > 0xE4 || *second >= 0xB8)
    {
        rest = after;
    }
    without_last_if_changed(text, start, text.len() - rest.len(), 3)
}

/// The end of a run, or the start of its last character of `len` bytes if what follows may change it.
#[inline]
fn without_last_if_changed(text: &str, start: usize, end: usize, len: usize) -> usize {
    let is_safe = end == start || text.as_bytes().get(end).is_none_or(u8::is_ascii);
    if is_safe || text[end..].chars().next().is_none_or(begins_segment) { end } else { end - len }
}

/// The normal form of a character that has one of a single character and begins a segment. Only what is frequent, and known
/// without a table.
fn plain(char: char) -> Option<char> {
    let shifted = |by: u32| char::from_u32(u32::from(char) + by);
    match char {
        '\0'..='\x7F' => Some(char.to_ascii_lowercase()),
        // Chinese characters, their punctuation, kana.
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{3001}'..='\u{3029}' => Some(char),
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FE}' => Some(char),
        '\u{3000}' => Some(' '),
        // Full-width ASCII.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(char) - 0xFEE0).map(|narrow| narrow.to_ascii_lowercase()),
        // Dashes and quotation marks, Hangul syllables, Arabic letters.
        '\u{2013}'..='\u{2015}' | '\u{2018}'..='\u{201F}' => Some(char),
        '\u{AC00}'..='\u{D7A3}' | '\u{0621}'..='\u{064A}' => Some(char),
        // Latin letters with a mark, Cyrillic letters.
        '\u{00D7}' | '\u{00DF}'..='\u{00FF}' | '\u{0430}'..='\u{045F}' => Some(char),
        '\u{00C0}'..='\u{00DE}' | '\u{0410}'..='\u{042F}' => shifted(0x20),
        '\u{0400}'..='\u{040F}' => shifted(0x50),
        _ => None,
    }
}

/// Whether no character before this one can change what it, or what follows, is normalised to.
fn begins_segment(char: char) -> bool {
    match char {
        '\0'..='\u{02FF}' | '\u{0400}'..='\u{0482}' | '\u{0621}'..='\u{064A}' => true,
        '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FF}' => true,
        '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF01}'..='\u{FF9D}' => true,
        _ => {
            let mut first = None;
            decompose_compatible(char, |char| first = first.or(Some(char)));
            let first = first.unwrap_or(char);
            canonical_combining_class(first) == 0 && is_nfkc_quick([first].into_iter()) == IsNormalized::Yes
        }
    }
}

/// Normalises the segment `range` of `text`.
fn segment(text: &str, range: Range<usize>, sink: &mut impl Sink) {
    let segment = &text[range.clone()];
    if is_nfkc_quick(segment.chars()) == IsNormalized::Yes {
        for (at, char) in segment.char_indices() {
            let start = range.start + at;
            lower(char, start..start + char.len_utf8(), sink);
        }
    } else {
        segment.nfkc().for_each(|char| lower(char, range.clone(), sink));
    }
}

/// Lower case without regard to the characters around: `Σ` is always `σ`.
fn lower(char: char, place: Range<usize>, sink: &mut impl Sink) {
    char.to_lowercase().for_each(|lower| sink.char(lower, place.clone()));
}

#[cfg(test)]
mod tests {
    use super::*;

    struct All(Vec<(char, Range<usize>)>);

    impl Sink for All {
        fn char(&mut self, char: char, place: Range<usize>) {
            self.0.push((char, place));
        }
    }

    fn all(text: &str) -> Vec<(char, Range<usize>)> {
        let mut all = All(vec![]);
        fold(text, &mut all);
        all.0
    }

    fn folded(text: &str) -> String {
        all(text).into_iter().map(|(char, _)| char).collect()
    }

    fn slowly(text: &str) -> String {
        text.nfkc().flat_map(char::to_lowercase).collect()
    }

    #[test]
    fn every_character_folds_as_the_tables_say_alone_and_before_a_mark() {
        // The middle of the blocks that are alike throughout is left out, and what is not assigned.
        let codes = (0..0x3500).chain(0x9F00..0xAD00).chain(0xD700..0xE010).chain(0xF8F0..0x2_0010);
        let codes = codes.chain(0x2_F800..0x2_FA20).chain(0xE_0000..0xE_0200);
        for char in codes.filter_map(char::from_u32) {
            for text in [format!("{char}"), format!("{char}\u{301}"), format!("か{char}a"), format!("각{char}\u{3099}")]
            {
                assert_eq!(folded(&text), slowly(&text), "U+{:04X}", u32::from(char));
            }
        }
    }

    #[test]
    fn what_composes_has_the_place_of_all_its_parts() {
        let expected =
            [('a', 0..1), ('é', 1..4), ('が', 4..10), ('!', 10..13), ('f', 13..16), ('i', 13..16), ('각', 16..25)];
        assert_eq!(all("Ae\u{301}か\u{3099}！ﬁ\u{1100}\u{1161}\u{11A8}"), expected);
    }

    #[test]
    fn a_million_marks_on_one_letter_are_folded_piece_by_piece() {
        let text = format!("a{}", "\u{301}".repeat(1_000_000));
        let all = all(&text);
        assert!(all.len() >= 999_999, "{}", all.len());
        assert!(all.iter().all(|(_, place)| place.len() <= 2 * LONGEST));
    }
}
