//! Front matter while it is being repaired: the text so far, and where each byte of it stood before.

use std::ops::Range;

use crate::source::Span;
use crate::spanned::{Node, Value};

/// A text and its changes.
#[derive(Clone)]
pub(super) struct Draft {
    pub(super) text: String,
    /// For each byte, and for the end, its place in the original. Empty as long as no length has changed.
    origin: Vec<u32>,
}

impl Draft {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), origin: Vec::new() }
    }

    /// Replaces a part.
    pub(super) fn replace(&mut self, range: Range<usize>, with: &str) {
        if with.len() != range.len() {
            if self.origin.is_empty() {
                self.origin = (0..=Span::at(self.text.len()).start).collect();
            }
            let old = self.origin[range.start..range.end].to_vec();
            let start = self.origin[range.start];
            let places = (0..with.len()).map(|at| old.get(at).or(old.last()).copied().unwrap_or(start));
            self.origin.splice(range.clone(), places);
        }
        self.text.replace_range(range, with);
    }

    /// Makes a part blank, but for its line breaks.
    pub(super) fn blank(&mut self, range: Range<usize>) {
        let blanks: String =
            self.text[range.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        self.replace(range, &blanks);
    }

    /// Where a part stood in the original.
    pub(super) fn original(&self, span: Span) -> Span {
        let place = |at: u32| self.origin.get(at as usize).copied().unwrap_or(at);
        let (start, end) = (place(span.start), place(span.end));
        Span { start, end: end.max(start) }
    }

    /// Puts every span of a tree where it stood in the original.
    pub(super) fn restore(&self, node: &mut Node) {
        if self.origin.is_empty() {
            return;
        }
        node.span = self.original(node.span);
        match &mut node.value {
            Value::Sequence(items) => items.iter_mut().for_each(|item| self.restore(item)),
            Value::Mapping(entries) => entries.iter_mut().for_each(|(key, value)| {
                self.restore(key);
                self.restore(value);
            }),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_survive_changes_of_length() {
        let text = "a: b: c\nd:e\nf: 1\n";
        let mut draft = Draft::new(text);
        draft.replace(3..7, "\"b: c\"");
        draft.replace(12..12, " ");
        assert_eq!(draft.text, "a: \"b: c\"\nd: e\nf: 1\n");
        let at = |part: &str| {
            let start = draft.text.find(part).expect("there");
            &text[draft.original(Span::new(start, start + part.len())).range()]
        };
        assert_eq!(at("\"b: c\""), "b: c");
        assert_eq!(at("e"), "e");
        assert_eq!(at("f: 1"), "f: 1");
        assert_eq!(draft.original(Span::at(draft.text.len())), Span::at(text.len()));
    }
}
