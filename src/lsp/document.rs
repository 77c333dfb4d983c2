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
                }
                None => self.text = change.text,
            }
            self.lines = Lines::of(&self.text);
        }
    }
}

#[cfg(test)]
mod tests {
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
}
