//! The documents that are open in the editor: their text, changed as the client says.

use std::path::PathBuf;

use serde::Deserialize;

use super::position::{Encoding, Lines, Range};

/// An open document.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// The file that it is.
    pub(super) path: PathBuf,
    /// The version that the client gave it.
    pub(super) version: i64,
    /// Its text.
    pub(super) text: String,
    /// Where its lines begin.
    pub(super) lines: Lines,
    /// The number of the change that made this text, counted over all documents.
    pub(super) turn: u64,
    /// Whether the walk through its site leaves its file out.
    pub(super) is_left_out: bool,
    /// The text about which the rest of the site was asked last.
    pub(super) told: Option<String>,
}

/// A change, as the protocol has it: of a stretch, or of the whole text.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Change {
    /// What is replaced; all without it.
    pub(super) range: Option<Range>,
    /// What stands there afterwards.
    pub(super) text: String,
}

impl Document {
    /// A document as it was opened.
    pub(super) fn new(path: PathBuf, version: i64, text: String, turn: u64) -> Self {
        let lines = Lines::of(&text);
        Self { path, version, text, lines, turn, is_left_out: false, told: None }
    }

    /// Makes changes, one after the other. Ranges past the end are cut to it.
    pub(super) fn change(&mut self, changes: Vec<Change>, encoding: Encoding) {
        for change in changes {
            match change.range {
                Some(range) => {
                    let start = self.lines.offset(&self.text, range.start, encoding);
                    let end = self.lines.offset(&self.text, range.end, encoding).max(start);
                    self.text.replace_range(start..end, &change.text);
                    self.lines.replace(&self.text, end, start..start + change.text.len());
                }
                None => {
                    self.text = change.text;
                    self.lines = Lines::of(&self.text);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lsp::position::Position;

    fn range(from: (u32, u32), to: (u32, u32)) -> Option<Range> {
        let at = |(line, character)| Position { line, character };
        Some(Range { start: at(from), end: at(to) })
    }

    #[test]
    fn changes_follow_each_other() {
        let mut document = Document::new(PathBuf::new(), 1, "港🎉x\r\nend".to_owned(), 0);
        let change = |range, text: &str| Change { range, text: text.to_owned() };
        document
            .change(vec![change(range((0, 1), (0, 3)), "!"), change(range((1, 0), (9, 9)), "fin\n")], Encoding::Utf16);
        assert_eq!(document.text, "港!x\r\nfin\n");
        document.change(vec![change(range((0, 99), (0, 0)), "?"), change(None, "new")], Encoding::Utf16);
        assert_eq!(document.text, "new");
    }

    #[test]
    fn many_cursors_in_a_long_text() {
        let (count, line) = (20_000, "港口🎉 and a line of words\r\n");
        let mut document = Document::new(PathBuf::new(), 1, line.repeat(count), 0);
        // An editor with a cursor in each line tells of the last one first.
        let change = |line: usize| {
            let line = u32::try_from(line).expect("a small number");
            Change { range: range((line, 2), (line, 4)), text: "!\n".to_owned() }
        };
        document.change((0..count).rev().map(change).collect(), Encoding::Utf16);
        assert_eq!(document.text, "港口!\n and a line of words\r\n".repeat(count));
        assert_eq!(document.lines, Lines::of(&document.text));
    }

    /// A change, and the place in bytes that it is made at.
    fn changes() -> impl Strategy<Value = Vec<(usize, usize, String)>> {
        proptest::collection::vec((0..60_usize, 0..9_usize, "[a\r\n港🎉\u{301}]{0,5}"), 1..9)
    }

    proptest! {
        #[test]
        fn lines_are_those_of_the_text(text in "(a|\r\n|[\r\n港🎉\u{301}]){0,30}", changes in changes()) {
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let mut document = Document::new(PathBuf::new(), 1, text.clone(), 0);
                let mut naive = text.clone();
                for (at, length, new) in &changes {
                    let lines = Lines::of(&naive);
                    let start = naive.floor_char_boundary(*at);
                    let end = naive.floor_char_boundary(at + length).max(start);
                    let position = |at: usize| lines.position(&naive, at, encoding);
                    let range = Range { start: position(start), end: position(end) };
                    // Between CR and LF is no place of its own: what counts is where the positions are.
                    let (start, end) = (lines.offset(&naive, range.start, encoding), lines.offset(&naive, range.end, encoding));
                    naive.replace_range(start..end.max(start), new);
                    document.change(vec![Change { range: Some(range), text: new.clone() }], encoding);
                    prop_assert_eq!(&document.text, &naive);
                    prop_assert_eq!(&document.lines, &Lines::of(&naive));
                }
            }
        }
    }
}
