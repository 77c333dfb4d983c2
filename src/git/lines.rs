//! Lines of a file that have changed, and whether something in its text touches one.

use std::ops::Range;

use crate::source::{LineIndex, Span};

/// Lines of a file that are not what they were. Lines end at LF, for git as for `LineIndex`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// Whether the file had another name.
    pub is_renamed: bool,
    /// Lines that are new or changed, from 1; sorted, apart.
    pub(super) changed: Vec<Range<usize>>,
    /// Lines behind which something was deleted and nothing put in its place; 0 is the start of the file.
    pub(super) cuts: Vec<usize>,
}

impl Lines {
    /// Whether a span touches a line that is new or changed, or a place where lines were deleted: from the end of the line
    /// before to the start of the one behind.
    pub fn touch(&self, span: Span, text: &str, index: &LineIndex) -> bool {
        let first = index.line(span.start);
        // The end of a line still belongs to it.
        let last = index.line(span.end.saturating_sub(1).max(span.start));
        let at = self.changed.partition_point(|range| range.end <= first);
        if self.changed.get(at).is_some_and(|range| range.start <= last) {
            return true;
        }
        let near = self.cuts.partition_point(|cut| cut + 1 < first);
        let is_met = |cut: &usize| {
            let gap = gap(*cut, text, index);
            span.start <= gap.end && gap.start <= span.end
        };
        self.cuts[near..].iter().take_while(|cut| **cut <= last).any(is_met)
    }
}

/// What lies between a line and the next.
fn gap(line: usize, text: &str, index: &LineIndex) -> Span {
    // The file may not be any more what git saw.
    let end = |line: usize| index.line_span(text, line.min(index.count())).end as usize;
    let from = if line == 0 { 0 } else { end(line) };
    let to = if line < index.count() { index.line_span(text, line + 1).start as usize } else { text.len() };
    Span::new(from, to.max(from))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "one\r\ntwo\nthree\nfour\n";

    fn touched(lines: &Lines) -> Vec<&'static str> {
        let index = LineIndex::new(TEXT);
        let marks = ["one", "ne", "e\r\n", "two", "wo", "two\nthree", "three", "hre", "four", "our"];
        let touches = |mark: &&str| {
            let start = TEXT.find(*mark).expect("a part of the text");
            lines.touch(Span::new(start, start + mark.len()), TEXT, &index)
        };
        marks.into_iter().filter(touches).collect()
    }

    #[test]
    fn a_mark_touches_the_lines_it_stands_in() {
        let changed = |ranges: &[(usize, usize)]| Lines {
            changed: ranges.iter().map(|(start, end)| *start..*end).collect(),
            ..Lines::default()
        };
        assert_eq!(touched(&changed(&[])), [""; 0]);
        assert_eq!(touched(&changed(&[(1, 2)])), ["one", "ne", "e\r\n"]);
        assert_eq!(touched(&changed(&[(3, 4)])), ["two\nthree", "three", "hre"]);
        assert_eq!(touched(&changed(&[(1, 2), (4, 9)])), ["one", "ne", "e\r\n", "four", "our"]);
    }

    #[test]
    fn a_mark_touches_a_cut_that_it_covers_or_ends_at() {
        let cut = |after: usize| Lines { cuts: vec![after], ..Lines::default() };
        assert_eq!(touched(&cut(0)), ["one"]);
        assert_eq!(touched(&cut(1)), ["one", "ne", "e\r\n", "two", "two\nthree"]);
        assert_eq!(touched(&cut(2)), ["two", "wo", "two\nthree", "three"]);
        assert_eq!(touched(&cut(4)), ["four", "our"]);
        assert_eq!(touched(&cut(99)), [""; 0]);
    }

    #[test]
    fn an_empty_text_is_touched_where_all_of_it_was_cut() {
        let lines = Lines { cuts: vec![0], ..Lines::default() };
        assert!(lines.touch(Span::at(0), "", &LineIndex::new("")));
    }
}
