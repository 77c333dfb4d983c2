//! Where bytes become lines and columns: a file's text with its line index, kept for as long as a report speaks of it.

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use crate::desk::Backdrop;
use crate::lint::Lint;
use crate::source::{LineColumn, LineIndex, Source, Span};

/// How many files are kept. Diagnostics come file by file; only the second places of a diagnostic lie elsewhere.
const KEPT: usize = 8;
/// Characters of a long line are counted once, at every so many bytes.
const STRIDE: usize = 4096;

/// A file's text in which places can be found.
pub(super) struct Text {
    pub(super) source: Source,
    pub(super) index: LineIndex,
    /// How many characters begin before each multiple of `STRIDE`. Filled when a line is long.
    strides: OnceCell<Vec<usize>>,
}

impl Text {
    pub(super) fn new(source: Source) -> Self {
        let index = LineIndex::new(&source.text);
        Self { source, index, strides: OnceCell::new() }
    }

    /// The span, if need be cut to what the text now is: a file may have changed since it was read.
    pub(super) fn clamp(&self, span: Span) -> Span {
        let start = self.source.text.floor_char_boundary(span.start as usize);
        Span::new(start, self.source.text.floor_char_boundary(span.end as usize).max(start))
    }

    /// The line and column of the byte `at`, which lies in the text. Costs the same wherever it lies in a long line.
    pub(super) fn position(&self, at: u32) -> LineColumn {
        let line = self.index.line(at);
        let start = self.index.line_span(&self.source.text, line).start;
        if ((at - start) as usize) < STRIDE {
            return self.index.line_column(&self.source.text, at);
        }
        LineColumn { line, column: self.chars_before(at as usize) - self.chars_before(start as usize) + 1 }
    }

    /// The column of the byte `at`, in bytes from 1.
    pub(super) fn byte_column(&self, at: u32) -> u32 {
        at - self.index.line_span(&self.source.text, self.index.line(at)).start + 1
    }

    fn chars_before(&self, at: usize) -> usize {
        let bytes = self.source.text.as_bytes();
        let strides = self.strides.get_or_init(|| {
            let sums = bytes.chunks(STRIDE).scan(0, |sum, chunk| {
                *sum += count_chars(chunk);
                Some(*sum)
            });
            std::iter::once(0).chain(sums).collect()
        });
        strides[at / STRIDE] + count_chars(&bytes[at - at % STRIDE..at])
    }
}

/// How many characters begin in these bytes of UTF-8.
fn count_chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// The texts that a report speaks of, the last few of them kept.
pub(super) struct Texts<'a> {
    backdrop: &'a dyn Backdrop,
    kept: Vec<(Arc<str>, Option<Rc<Text>>)>,
}

impl<'a> Texts<'a> {
    pub(super) fn new(backdrop: &'a dyn Backdrop) -> Self {
        Self { backdrop, kept: Vec::new() }
    }

    pub(super) fn why(&self, lint: &str) -> Option<String> {
        self.backdrop.why(lint)
    }

    /// Where a span starts and ends, as people count; `None` if the file can no longer be read.
    pub(super) fn range(&mut self, path: &Arc<str>, span: Span) -> Option<(LineColumn, LineColumn)> {
        let text = self.get(path)?;
        let span = text.clamp(span);
        Some((text.position(span.start), text.position(span.end)))
    }

    /// The text of a file; `None` if it can no longer be read.
    pub(super) fn get(&mut self, path: &Arc<str>) -> Option<Rc<Text>> {
        let entry = match self.kept.iter().position(|(known, _)| known == path) {
            Some(at) => self.kept.remove(at),
            None => (path.clone(), self.backdrop.source(path).map(|source| Rc::new(Text::new(source)))),
        };
        let text = entry.1.clone();
        self.kept.truncate(KEPT - 1);
        self.kept.insert(0, entry);
        text
    }
}

/// Examples and tests: the files there are, and no records.
impl Backdrop for Vec<Source> {
    fn source(&self, path: &str) -> Option<Source> {
        self.iter().find(|source| &*source.path == path).cloned()
    }

    fn why(&self, _lint: &str) -> Option<String> {
        None
    }

    fn lint(&self, _name: &str) -> Option<Arc<Lint>> {
        None
    }

    fn site_folder(&self) -> String {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_in_long_lines_are_exact() {
        let line = "中a".repeat(5000);
        let text = Text::new(Source::from_text("a.md", &format!("x\n{line}\n{line}")));
        for chars in [0, 1, 1023, 2048, 2049, 4096, 9999, 10_000] {
            let bytes = line.char_indices().nth(chars).map_or(line.len(), |(at, _)| at);
            let at = u32::try_from(2 + line.len() + 1 + bytes).expect("a short text");
            assert_eq!(text.position(at), LineColumn { line: 3, column: chars + 1 });
        }
    }

    #[test]
    fn clamps_to_characters() {
        let text = Text::new(Source::from_text("a.md", "中文"));
        assert_eq!(text.clamp(Span::new(1, 4)), Span::new(0, 3));
        assert_eq!(text.clamp(Span::new(7, 900)), Span::new(6, 6));
        assert_eq!(text.clamp(Span { start: 4, end: 1 }), Span::new(3, 3));
    }
}
