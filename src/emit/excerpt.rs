//! What is shown of the text around a place: for each line of it a window that fits the terminal, with the marks in it.
//! Lines of 9 kB and of 50 MB cost the same. Knows no drawing.

use std::ops::Range;

use super::sanitise::Shown;
use super::text::Text;
use crate::source::Span;

/// A place over up to so many lines is shown whole; of a longer one, the first line.
const MOST_LINES: usize = 3;
/// Most marks of one row: more make a picture nobody reads.
const MOST_MARKS: usize = 12;

/// How much can be shown, and with which characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lens {
    /// Columns for the text of a line.
    pub(super) columns: usize,
    /// Whether copydesk's own marks are ASCII.
    pub(super) ascii: bool,
}

impl Lens {
    fn ellipsis(self) -> &'static str {
        if self.ascii { "..." } else { "…" }
    }
}

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The place of the diagnostic.
    Main,
    /// The same thing again.
    Also,
    /// A second place.
    Related,
}

/// A marked part of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Which characters of the row's text; at least one.
    pub(super) chars: Range<usize>,
    /// What stands for it.
    pub(super) role: Role,
    /// What is said beside it; may be empty.
    pub(super) label: String,
}

/// One line as far as it is shown.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Number of the line.
    pub(super) line: usize,
    /// What is shown, with a blank at its end: marks at the end of a line stand there.
    pub(super) text: String,
    /// What is marked in it.
    pub(super) marks: Vec<Mark>,
    /// Bytes of the source that are shown.
    window: Range<usize>,
    /// Whether the window reaches to the end of the line.
    to_end: bool,
    /// For each character of the window, its byte in the source and its first character in `text`; then the window's
    /// end.
    places: Vec<(usize, usize)>,
}

/// The rows that show `span`, a place in `text`. There is at least one.
pub(super) fn rows(text: &Text, span: Span, mark: (Role, &str), lens: Lens) -> Vec<Row> {
    let first = text.index.line(span.start);
    let last = text.index.line(span.end.saturating_sub(1).max(span.start));
    let (role, label) = mark;
    if last - first >= MOST_LINES {
        let label =
            if label.is_empty() { format!("up to line {last}") } else { format!("{label} (up to line {last})") };
        return vec![Row::around(text, first, part(text, first, span), lens).with_mark(text, span, role, &label)];
    }
    let mut rows: Vec<Row> = (first..=last)
        .map(|line| (line, part(text, line, span)))
        .filter(|(line, part)| *line == first || !part.is_empty())
        .map(|(line, part)| Row::around(text, line, part, lens).with_mark(text, span, role, ""))
        .collect();
    let end = rows.last_mut().and_then(|row| row.marks.last_mut()).expect("the first line has a row with a mark");
    end.label = label.to_owned();
    rows
}

/// What of `span` lies in the line: of the lines after the first without indentation, and without blanks at the end if
/// the place goes on.
fn part(text: &Text, line: usize, span: Span) -> Range<usize> {
    let whole = text.index.line_span(&text.source.text, line).range();
    let mut start = (span.start as usize).clamp(whole.start, whole.end);
    let mut end = (span.end as usize).clamp(start, whole.end);
    if span.end as usize > whole.end {
        end = start + text.source.text[start..end].trim_end().len();
    }
    if (span.start as usize) < whole.start {
        start = end - text.source.text[start..end].trim_start().len();
    }
    start..end
}

impl Row {
    /// The window around `part` of a line.
    fn around(text: &Text, number: usize, part: Range<usize>, lens: Lens) -> Self {
        let whole = text.index.line_span(&text.source.text, number).range();
        let line = &text.source.text[whole.clone()];
        let at = part.start - whole.start;
        let room = lens.columns.saturating_sub(1);
        let marked = reach(text.source.text[part].chars(), room, lens).columns;
        let before = if marked * 3 >= room * 2 { room / 6 } else { (room - marked) / 2 };
        let mut left = reach(line[..at].chars().rev(), before, lens);
        let right = reach(line[at..].chars(), room.saturating_sub(left.columns), lens);
        if right.all {
            left = reach(line[..at].chars().rev(), room - right.columns, lens);
        }
        let window = whole.start + at - left.bytes..whole.start + at + right.bytes;
        let mut row =
            Self { line: number, text: String::new(), marks: vec![], window, to_end: right.all, places: vec![] };
        row.fill(text, !left.all, lens);
        row
    }

    fn fill(&mut self, text: &Text, clipped: bool, lens: Lens) {
        if clipped {
            self.text.push_str(lens.ellipsis());
        }
        let mut chars = self.text.chars().count();
        for (at, c) in text.source.text[self.window.clone()].char_indices() {
            self.places.push((self.window.start + at, chars));
            let before = self.text.len();
            Shown::of(c, lens.ascii).push_to(&mut self.text);
            chars += self.text[before..].chars().count();
        }
        self.places.push((self.window.end, chars));
        if !self.to_end {
            self.text.push_str(lens.ellipsis());
        }
        self.text.push(' ');
    }

    fn with_mark(mut self, text: &Text, span: Span, role: Role, label: &str) -> Self {
        let part = part(text, self.line, span);
        let mark = Mark { chars: self.chars(part), role, label: label.to_owned() };
        self.marks.push(mark);
        self
    }

    /// What rows are sorted by.
    pub(super) fn order(&self) -> (usize, usize) {
        (self.line, self.window.start)
    }

    /// Marks a further place, if it begins here and all that this row could show of it is in the window.
    pub(super) fn mark(&mut self, text: &Text, span: Span, role: Role, label: &str) -> bool {
        let part = part(text, self.line, span);
        let begins = part.start == span.start as usize && part.start >= self.window.start;
        let room = part.start < self.window.end || self.to_end;
        if !begins || !room || part.end > self.window.end || self.marks.len() >= MOST_MARKS {
            return false;
        }
        self.marks.push(Mark { chars: self.chars(part), role, label: label.to_owned() });
        true
    }

    /// The characters that show a part of the line. What is shown in no column is marked with what follows.
    fn chars(&self, part: Range<usize>) -> Range<usize> {
        let index = |byte: usize| {
            let at = self.places.partition_point(|(place, _)| *place < byte);
            self.places[at.min(self.places.len() - 1)].1
        };
        let start = if part.start < self.window.start { 0 } else { index(part.start) };
        let end = if part.end > self.window.end { self.text.chars().count() - 1 } else { index(part.end) };
        let visible = |c: char| Shown::of(c, false).columns() > 0;
        if start < end && self.text.chars().skip(start).take(end - start).any(visible) {
            return start..end;
        }
        let blind = self.text.chars().skip(start).take_while(|c| !visible(*c)).count();
        start..start + blind + 1
    }
}

/// How far a walk came.
struct Reach {
    bytes: usize,
    /// Columns it takes, with those of the ellipsis where it stopped.
    columns: usize,
    /// Whether it came to the end.
    all: bool,
}

/// Walks along `chars` for at most `room` columns, and leaves some for an ellipsis if it cannot go all the way.
fn reach(chars: impl Iterator<Item = char>, room: usize, lens: Lens) -> Reach {
    let ellipsis = lens.ellipsis().chars().count();
    let mut stop = Reach { bytes: 0, columns: 0, all: false };
    let (mut bytes, mut columns) = (0, 0);
    for (count, c) in chars.enumerate() {
        columns += Shown::of(c, lens.ascii).columns();
        // Marks without a width may be stacked without end.
        if columns > room || count > 4 * room {
            return Reach { columns: (stop.columns + ellipsis).min(room), ..stop };
        }
        bytes += c.len_utf8();
        if columns + ellipsis <= room {
            stop = Reach { bytes, columns, all: false };
        }
    }
    Reach { bytes, columns, all: true }
}

#[cfg(test)]
mod tests {
    use super::super::sanitise::columns;
    use super::*;
    use crate::source::Source;

    /// The rows for the text between `«` and `»`, which are taken out: number, text, and a line that marks with `^`.
    fn view(marked: &str, width: usize) -> Vec<(usize, String, String)> {
        let start = marked.find('«').expect("a mark begins");
        let end = marked.find('»').expect("a mark ends") - '«'.len_utf8();
        let text = Text::new(Source::from_text("a.md", &marked.replace(['«', '»'], "")));
        rows(&text, Span::new(start, end), (Role::Main, ""), Lens { columns: width, ascii: false })
            .into_iter()
            .map(|row| {
                let chars = &row.marks[0].chars;
                let skip: String = row.text.chars().take(chars.start).collect();
                let mark: String = row.text.chars().skip(chars.start).take(chars.len()).collect();
                (row.line, row.text.trim_end().to_owned(), " ".repeat(columns(&skip)) + &"^".repeat(columns(&mark)))
            })
            .collect()
    }

    #[track_caller]
    fn shows(marked: &str, width: usize, expected: &[(usize, &str, &str)]) {
        let view = view(marked, width);
        let view: Vec<(usize, &str, &str)> = view.iter().map(|(line, text, mark)| (*line, &**text, &**mark)).collect();
        assert_eq!(view, expected);
    }

    #[test]
    fn short_lines_are_whole() {
        shows("one\ntwo «three» four\nfive", 20, &[(2, "two three four", "    ^^^^^")]);
        shows("中文«标题»x\r\n", 20, &[(1, "中文标题x", "    ^^^^")]);
    }

    #[test]
    fn long_lines_are_clipped_on_both_sides() {
        shows("abcdefghijklmnop«XY»abcdefghijklmnop", 13, &[(1, "…mnopXYabcd…", "     ^^")]);
        shows("«XY»abcdefghijklmnop", 11, &[(1, "XYabcdefg…", "^^")]);
        shows("abcdefghijklmnop«XY»", 11, &[(1, "…jklmnopXY", "        ^^")]);
        shows("一二三四五六七八«九十»一二三四五六七八", 16, &[(1, "…七八九十一二…", "     ^^^^")]);
    }

    #[test]
    fn what_is_marked_may_be_longer_than_the_window() {
        shows("abcdefgh«0123456789abcdef»xyz", 13, &[(1, "…h012345678…", "  ^^^^^^^^^^")]);
    }

    #[test]
    fn tabs_and_invisible_characters_take_their_room() {
        shows("\ta\t«b»", 20, &[(1, "    a    b", "         ^")]);
        shows("a«\u{200b}»b", 20, &[(1, "a<U+200B>b", " ^^^^^^^^")]);
        shows("a\x1b[«m»", 20, &[(1, "a␛[m", "   ^")]);
        shows("e\u{301}«x»", 20, &[(1, "e\u{301}x", " ^")]);
    }

    #[test]
    fn empty_places_mark_what_follows() {
        shows("ab«»cd", 20, &[(1, "abcd", "  ^")]);
        shows("ab«»\r\ncd", 20, &[(1, "ab", "  ^")]);
        shows("ab\n«»", 20, &[(2, "", "^")]);
        shows("«»", 20, &[(1, "", "^")]);
        shows("ab«\n\n»cd", 20, &[(1, "ab", "  ^")]);
        shows("ab«\r\n»cd", 20, &[(1, "ab", "  ^")]);
    }

    #[test]
    fn places_over_lines() {
        shows("x «one \n\n  two\n» y", 20, &[(1, "x one", "  ^^^"), (3, "  two", "  ^^^")]);
        let text = Text::new(Source::from_text("a.md", "x one\ntwo\nthree\nfour\n"));
        let rows = rows(&text, Span::new(2, 20), (Role::Main, ""), Lens { columns: 20, ascii: false });
        assert_eq!((rows.len(), rows[0].line, &*rows[0].marks[0].label), (1, 1, "up to line 4"));
    }

    #[test]
    fn further_marks_must_be_in_the_window() {
        let text = Text::new(Source::from_text("a.md", "ab ab cdefghijklmnopqrstuvwxyz ab\nab"));
        let mut rows = rows(&text, Span::new(0, 2), (Role::Main, ""), Lens { columns: 12, ascii: false });
        assert!(rows[0].mark(&text, Span::new(3, 5), Role::Also, ""));
        assert!(!rows[0].mark(&text, Span::new(31, 33), Role::Also, ""), "clipped");
        assert!(!rows[0].mark(&text, Span::new(34, 36), Role::Also, ""), "on another line");
        assert_eq!(rows[0].marks[1].chars, 3..5);
    }
}
