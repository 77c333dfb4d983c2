//! Breaks prose into lines by columns. Chinese and Japanese break between any two characters, but no line begins with a
//! closing mark: textwrap would break such text only after it has moved the whole of it to a new line.

use unicode_width::UnicodeWidthChar;

use super::sanitise::columns;

/// Marks that stay with the character before them.
const CLOSING: &str = "，。、；：？！）》〉」』】〕〗”’…—～·,.;:?!)]}";

/// What is never broken if a line can hold it: a word, or a wide character with the closing marks after it.
struct Piece<'a> {
    text: &'a str,
    columns: usize,
    /// Whether a blank stands before it.
    spaced: bool,
}

/// Breaks `text` into lines of at most `rest` columns, the first of at most `first`. There is always one line.
pub(super) fn wrap(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut free = first;
    for piece in text.split(' ').filter(|word| !word.is_empty()).flat_map(pieces) {
        let line = lines.last_mut().expect("there is always a line");
        let gap = usize::from(piece.spaced && !line.is_empty());
        if gap + piece.columns <= free {
            line.push_str(&" "[..gap]);
            line.push_str(piece.text);
            free -= gap + piece.columns;
            continue;
        }
        if !line.is_empty() || free < rest {
            lines.push(String::new());
            free = rest;
        }
        free = push_broken(&mut lines, piece.text, free, rest);
    }
    lines
}

/// Adds a piece at the start of a line, broken anywhere if it must be. Returns how many columns are left.
fn push_broken(lines: &mut Vec<String>, text: &str, mut free: usize, rest: usize) -> usize {
    for c in text.chars() {
        let width = c.width().unwrap_or(0);
        if width > free && !lines.last().is_some_and(String::is_empty) {
            lines.push(String::new());
            free = rest;
        }
        lines.last_mut().expect("there is always a line").push(c);
        free = free.saturating_sub(width);
    }
    free
}

/// The pieces of a word. Only the first has a blank before it.
fn pieces(word: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut previous = None;
    let mut cut = |from: usize, to: usize| {
        if from < to {
            pieces.push(Piece { text: &word[from..to], columns: columns(&word[from..to]), spaced: from == 0 });
        }
    };
    for (at, c) in word.char_indices() {
        let wide = c.width() == Some(2);
        let stays = CLOSING.contains(c)
            || c.width() == Some(0)
            || previous.is_some_and(|before| "（《〈「『【〔“‘".contains(before));
        if !stays && (wide || previous.is_some_and(|before: char| before.width() == Some(2))) {
            cut(start, at);
            start = at;
        }
        previous = Some(c);
    }
    cut(start, word.len());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn lines(text: &str, first: usize, rest: usize, expected: &[&str]) {
        assert_eq!(wrap(text, first, rest), expected);
    }

    #[test]
    fn words() {
        lines("", 10, 10, &[""]);
        lines("one two three", 20, 20, &["one two three"]);
        lines("one two three", 7, 9, &["one two", "three"]);
        lines("one two three", 3, 9, &["one", "two three"]);
        lines("one two", 2, 9, &["", "one two"]);
    }

    #[test]
    fn long_words_are_broken() {
        lines("a abcdefghij b", 4, 4, &["a", "abcd", "efgh", "ij b"]);
    }

    #[test]
    fn chinese_breaks_anywhere_but_before_a_closing_mark() {
        lines("见 help：删除这个元素。", 12, 10, &["见 help：删", "除这个元", "素。"]);
        lines("中文abc中文", 7, 7, &["中文abc", "中文"]);
        lines("他说“你好吗”", 6, 6, &["他说", "“你好", "吗”"]);
    }
}
