//! The lines that directives reach: their own, or the next that holds something.

use std::collections::HashMap;

use super::directive::{Directive, Verb};
use crate::source::Span;

/// The lines of a text.
pub(super) struct Lines<'a> {
    text: &'a str,
    /// Where each begins; at the end, where the next would.
    starts: Vec<usize>,
    /// For each, itself or the first below that is not blank.
    filled: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        // One past the end: what is nowhere in particular may be there, and the last line holds it.
        starts.push(text.len() + 1);
        let count = starts.len() - 1;
        let mut filled = vec![count; count];
        for line in (0..count).rev() {
            let end = (starts[line + 1]).min(text.len());
            let is_blank = text[starts[line]..end].trim().is_empty();
            filled[line] = if is_blank { filled.get(line + 1).copied().unwrap_or(count) } else { line };
        }
        Self { text, starts, filled }
    }

    /// The number of the line that holds the byte `at`, from 0.
    pub(super) fn of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at) - 1
    }

    /// From the first of two lines to the last, line endings and all.
    pub(super) fn span(&self, first: usize, last: usize) -> Span {
        Span::new(self.starts[first], self.starts[last + 1])
    }

    /// The lines that a span touches.
    pub(super) fn touched(&self, span: Span) -> (usize, usize) {
        let (start, end) = (span.range().start, span.range().end);
        (self.of(start), self.of(end.max(start + 1) - 1))
    }

    /// Whether nothing else stands in the lines of `span`.
    fn is_alone(&self, span: Span) -> bool {
        let (first, last) = self.touched(span);
        let around =
            [self.starts[first]..span.range().start, span.range().end..self.starts[last + 1].min(self.text.len())];
        around.into_iter().all(|part| self.text[part].trim_matches('\u{feff}').trim().is_empty())
    }

    /// For each directive about the next line, in order of position with the span of its comment: which line that is.
    /// Directives that stand one below the other are about the same line.
    pub(super) fn next(&self, directives: &[(Span, Directive)]) -> Vec<Option<usize>> {
        let mut found = vec![None; directives.len()];
        let mut passed: HashMap<usize, Option<usize>> = HashMap::new();
        for (at, (span, directive)) in directives.iter().enumerate().rev() {
            if directive.verb != Verb::NextLine {
                continue;
            }
            let (first, last) = self.touched(*span);
            let below = self.filled.get(last + 1).copied().filter(|line| *line < self.filled.len());
            found[at] = below.and_then(|line| passed.get(&line).copied().unwrap_or(Some(line)));
            if self.is_alone(*span) {
                passed.insert(first, found[at]);
            }
        }
        found
    }
}
