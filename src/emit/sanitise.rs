//! Text from posts on its way to a terminal. No control, bidirectional or invisible character gets through: each is
//! shown as something visible of known width. The private-use characters that `frame` marks places with cannot come
//! from a post either.

use unicode_normalization::char::is_combining_mark;
use unicode_width::UnicodeWidthChar;

/// Columns of a tab, wherever it stands: a clipped line has no tab stops.
const TAB: usize = 4;

/// How one character is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// As it is, in so many columns: 0 for a combining mark, 2 for a wide character.
    Itself(char, usize),
    /// As so many blanks: tabs and every kind of space.
    Blanks(usize),
    /// As its caret name: `^[`.
    Caret(char),
    /// By number: `<U+202E>`.
    Number(u32),
    /// Not at all: a variation selector, which would only change a width.
    Dropped,
}

impl Shown {
    pub(super) fn of(c: char, ascii: bool) -> Self {
        match c {
            ' '..='~' => Self::Itself(c, 1),
            '\t' => Self::Blanks(TAB),
            '\0'..='\x1f' | '\x7f' if ascii => Self::Caret(char::from(c as u8 ^ 0x40)),
            '\0'..='\x1f' => Self::Itself(picture(0x2400 + u32::from(c)), 1),
            '\x7f' => Self::Itself('␡', 1),
            '\u{fe0e}' | '\u{fe0f}' => Self::Dropped,
            '\u{2028}' | '\u{2029}' => Self::Number(c.into()),
            c if is_private(c) || is_bidirectional(c) || is_noncharacter(c) => Self::Number(c.into()),
            c => match c.width() {
                Some(width) if c.is_whitespace() => Self::Blanks(width.max(1)),
                Some(0) if !is_combining_mark(c) && !is_conjoining_jamo(c) => Self::Number(c.into()),
                Some(width) => Self::Itself(c, width),
                None => Self::Number(c.into()),
            },
        }
    }

    /// How many columns it takes.
    pub(super) fn columns(self) -> usize {
        match self {
            Self::Itself(_, width) | Self::Blanks(width) => width,
            Self::Caret(_) => 2,
            Self::Number(number) => 8 + usize::from(number > 0xffff) + usize::from(number > 0xf_ffff),
            Self::Dropped => 0,
        }
    }

    pub(super) fn push_to(self, out: &mut String) {
        match self {
            Self::Itself(c, _) => out.push(c),
            Self::Blanks(width) => out.extend(std::iter::repeat_n(' ', width)),
            Self::Caret(c) => out.extend(['^', c]),
            Self::Number(number) => out.push_str(&format!("<U+{number:04X}>")),
            Self::Dropped => {}
        }
    }
}

fn picture(number: u32) -> char {
    char::from_u32(number).expect("control pictures are characters")
}

/// The private-use areas.
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// What is no character and never will be: the last two of each plane, and 32 more.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// What reorders the text around it; unicode-width gives some of these a width of 1.
pub(super) fn is_bidirectional(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Vowels and finals of Hangul, which join the character before them.
fn is_conjoining_jamo(c: char) -> bool {
    matches!(c, '\u{1160}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7fb}')
}

/// One line that may go to a terminal: line breaks become `⏎`.
pub(super) fn line(text: &str, ascii: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' => out.push_str(if ascii { "\\n" } else { "⏎" }),
            '\t' => out.push(' '),
            c => Shown::of(c, ascii).push_to(&mut out),
        }
    }
    out
}

/// Prose that may go to a terminal: its line breaks are only where its author's editor wrapped.
pub(super) fn prose(text: &str, ascii: bool) -> String {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    line(&words.join(" "), ascii)
}

/// Columns that text which has been through here takes.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn shows(text: &str, expected: &str) {
        assert_eq!(line(text, false), expected);
        let one_by_one: usize =
            text.chars().filter(|c| !"\n\t".contains(*c)).map(|c| Shown::of(c, false).columns()).sum();
        assert_eq!(one_by_one, columns(expected), "{text:?}");
    }

    #[test]
    fn controls_become_pictures() {
        shows("\x1b[31m\x07\0\x7f", "␛[31m␇␀␡");
        shows("\u{85}\u{9b}2J", "<U+0085><U+009B>2J");
        assert_eq!(line("\x1b[31m\x07\x7f", true), "^[[31m^G^?");
        assert_eq!(Shown::of('\x1b', true).columns(), 2);
    }

    #[test]
    fn what_cannot_be_seen_is_named() {
        shows("\u{202e}exe.\u{2066}", "<U+202E>exe.<U+2066>");
        shows("a\u{200b}b\u{feff}\u{ad}\u{2028}", "a<U+200B>b<U+FEFF><U+00AD><U+2028>");
        shows("\u{fffe}\u{fdd0}\u{fffd}", "<U+FFFE><U+FDD0>\u{fffd}");
        shows("\u{e000}\u{f8ff}\u{f0000}\u{10ffff}\u{e0041}", "<U+E000><U+F8FF><U+F0000><U+10FFFF><U+E0041>");
    }

    #[test]
    fn letters_stay() {
        shows("中文 é e\u{301} ไทยำ 한 👍", "中文 é e\u{301} ไทยำ 한 👍");
        shows("❤\u{fe0f}", "❤");
        shows("全\u{3000}角\u{a0}x", "全  角 x");
    }

    #[test]
    fn line_breaks() {
        assert_eq!(line("a\r\nb\tc\rd", false), "a⏎b c␍d");
        assert_eq!(line("a\nb", true), "a\\nb");
        assert_eq!(prose("a\n  b\n\nc \x1b", false), "a b c ␛");
    }
}
