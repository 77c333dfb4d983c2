//! NFKC and lower case, character by character, with the place each came from. Most text needs no table for that; what does
//! goes through `unicode_normalization` in segments: from a character that no character before it can change to the next such.

use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, decompose_compatible};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// How many characters a segment has at most. Only nonsense has more marks on a letter, and it must not fill the memory.
const LONGEST: usize = 128;

/// Calls `sink` with each character of the normal form of `text` and the bytes of `text` it came from, in order. What several
/// characters composed or one decomposed to has the place of all of them.
pub(super) fn fold(text: &str, mut sink: impl FnMut(char, Range<usize>)) {
    let mut chars = text.chars();
    let mut start = 0;
    let mut next = chars.next();
    while let Some(first) = next {
        let mut end = start + first.len_utf8();
        next = chars.next();
        match plain(first) {
            Some(folded) if next.is_none_or(begins_segment) => sink(folded, start..end),
            _ => {
                for _ in 1..LONGEST {
                    let Some(joined) = next.filter(|next| !begins_segment(*next)) else { break };
                    end += joined.len_utf8();
                    next = chars.next();
                }
                segment(text, start..end, &mut sink);
            }
        }
        start = end;
    }
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
fn segment(text: &str, range: Range<usize>, sink: &mut impl FnMut(char, Range<usize>)) {
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
fn lower(char: char, place: Range<usize>, sink: &mut impl FnMut(char, Range<usize>)) {
    char.to_lowercase().for_each(|lower| sink(lower, place.clone()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = String::new();
        fold(text, |char, _| out.push(char));
        out
    }

    fn slowly(text: &str) -> String {
        text.nfkc().flat_map(char::to_lowercase).collect()
    }

    #[test]
    fn every_character_folds_as_the_tables_say_alone_and_before_a_mark() {
        for char in (0..=0x0010_FFFF).filter_map(char::from_u32) {
            for text in [format!("{char}"), format!("{char}\u{301}"), format!("か{char}a"), format!("각{char}\u{3099}")]
            {
                assert_eq!(folded(&text), slowly(&text), "U+{:04X}", u32::from(char));
            }
        }
    }

    #[test]
    fn what_composes_has_the_place_of_all_its_parts() {
        let mut all = vec![];
        fold("Ae\u{301}か\u{3099}！ﬁ\u{1100}\u{1161}\u{11A8}", |char, place| all.push((char, place)));
        let expected =
            [('a', 0..1), ('é', 1..4), ('が', 4..10), ('!', 10..13), ('f', 13..16), ('i', 13..16), ('각', 16..25)];
        assert_eq!(all, expected);
    }

    #[test]
    fn ten_million_marks_on_one_letter_are_folded_piece_by_piece() {
        let text = format!("a{}", "\u{301}".repeat(10_000_000));
        let mut count = 0;
        fold(&text, |_, place| {
            assert!(place.len() <= 2 * LONGEST, "{place:?}");
            count += 1;
        });
        assert!(count >= 9_999_999, "{count}");
    }
}
