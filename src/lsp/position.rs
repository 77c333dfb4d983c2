//! Bytes to the positions of the protocol and back: lines from 0, and columns in the units that client and server agreed on.

use serde::{Deserialize, Serialize};

use crate::source::Span;

/// In which units columns are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Code units of UTF-16: what every client knows.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

/// A position, as the protocol has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Position {
    /// Line, from 0.
    pub(super) line: u32,
    /// Units before it on its line.
    pub(super) character: u32,
}

/// A stretch of text, as the protocol has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Range {
    /// Its start.
    pub(super) start: Position,
    /// Its end, which is not part of it.
    pub(super) end: Position,
}

impl Encoding {
    /// The best of those that a client offers.
    pub(super) fn among(offered: &[&str]) -> Self {
        // Bytes cost nothing to count.
        let known = [(Encoding::Utf8, "utf-8"), (Encoding::Utf32, "utf-32")];
        known.iter().find(|(_, name)| offered.contains(name)).map_or(Encoding::Utf16, |(encoding, _)| *encoding)
    }

    /// Its name in the protocol.
    pub(super) fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
            Encoding::Utf32 => "utf-32",
        }
    }

    /// How many units a text has. Quick, since lines may be long, and much may be said of one.
    fn count(self, text: &str) -> usize {
        let begins = |byte: &&u8| **byte & 0xC0 != 0x80;
        let is_pair = |byte: &&u8| **byte >= 0xF0;
        let characters = || text.as_bytes().iter().filter(begins).count();
        match self {
            Encoding::Utf8 => text.len(),
            Encoding::Utf16 => characters() + text.as_bytes().iter().filter(is_pair).count(),
            Encoding::Utf32 => characters(),
        }
    }

    fn units(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }
}

/// Where the lines of a text begin. The protocol ends lines at LF, CR LF and CR.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// The lines of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(starts_in(text, 0..text.len()));
        Self { starts }
    }

    /// The lines of `text`, which had another stretch in place of `now`, one that began there as well and ended at `before`. Only
    /// that stretch is looked at: an editor may make many changes of a long text at once.
    pub(super) fn replace(&mut self, text: &str, before: usize, now: std::ops::Range<usize>) {
        // The first line begins where the text does, whatever is in it.
        let from = self.starts.partition_point(|at| *at < now.start).max(1);
        let to = self.starts.partition_point(|at| *at <= before).max(from);
        self.starts[to..].iter_mut().for_each(|at| *at = *at - before + now.end);
        // Whether a line begins there depends on what stands before, and CR ends a line only where no LF follows.
        let new: Vec<usize> = starts_in(text, now.start.saturating_sub(1)..now.end).collect();
        self.starts.splice(from..to, new);
    }

    /// The position of the byte `at` of `text`, cut to its end and to a character.
    pub(super) fn position(&self, text: &str, at: usize, encoding: Encoding) -> Position {
        let at = text.floor_char_boundary(at);
        let line = self.starts.partition_point(|start| *start <= at) - 1;
        let units = encoding.count(&text[self.starts[line]..at]);
        let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position { line: narrow(line), character: narrow(units) }
    }

    /// The range of a span.
    pub(super) fn range(&self, text: &str, span: Span, encoding: Encoding) -> Range {
        let position = |at: u32| self.position(text, at as usize, encoding);
        Range { start: position(span.start), end: position(span.end) }
    }

    /// The byte at a position. Past the end of a line it is the end of the line, past the last line the end of the text.
    pub(super) fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let Some(start) = self.starts.get(position.line as usize).copied() else { return text.len() };
        let end = self.starts.get(position.line as usize + 1).copied().unwrap_or(text.len());
        let line = text[start..end].trim_end_matches(['\n', '\r']);
        let mut left = position.character as usize;
        let mut at = start;
        for c in line.chars() {
            let units = encoding.units(c);
            if left < units {
                break;
            }
            left -= units;
            at += c.len_utf8();
        }
        at
    }
}

/// Where lines begin because of what stands in a stretch of a text.
fn starts_in(text: &str, stretch: std::ops::Range<usize>) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let offset = stretch.start;
    memchr::memchr2_iter(b'\n', b'\r', &bytes[stretch]).map(move |at| at + offset).filter_map(|at| {
        let is_end = bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
        is_end.then_some(at + 1)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn columns_are_counted_in_the_units_agreed_on() {
        let text = "港🎉x\r\ny\rz";
        let lines = Lines::of(text);
        let column = |at: usize| ALL.map(|encoding| lines.position(text, at, encoding).character);
        assert_eq!(column(text.find('x').expect("there")), [7, 3, 2]);
        let places = ['y', 'z'].map(|c| lines.position(text, text.find(c).expect("there"), Encoding::Utf16).line);
        assert_eq!(places, [1, 2]);
    }

    #[test]
    fn the_best_of_what_is_offered_is_taken() {
        assert_eq!(Encoding::among(&["utf-16", "utf-8"]), Encoding::Utf8);
        assert_eq!(Encoding::among(&["utf-32"]), Encoding::Utf32);
        assert_eq!(Encoding::among(&[]), Encoding::Utf16);
    }

    proptest! {
        #[test]
        fn there_and_back(text in "(\\PC|[\r\n\t港🎉e\u{301}]){0,60}", at in 0..200_usize) {
            let lines = Lines::of(&text);
            let at = text.floor_char_boundary(at);
            // Between CR and LF is no place of its own.
            let is_inside = text[..at].ends_with('\r') && text[at..].starts_with('\n');
            for encoding in ALL {
                let position = lines.position(&text, at, encoding);
                if !is_inside {
                    prop_assert_eq!(lines.offset(&text, position, encoding), at);
                }
            }
        }

        #[test]
        fn any_position_is_a_place_in_the_text(text in "[a\n\r港🎉]{0,20}", line in 0..9_u32, character in 0..9_u32) {
            for encoding in ALL {
                let at = Lines::of(&text).offset(&text, Position { line, character }, encoding);
                prop_assert!(text.is_char_boundary(at));
            }
        }
    }
}
