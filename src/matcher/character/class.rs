//! Classes of characters that no reader sees or that no text needs, and their names. Knows Unicode and nothing of posts.

use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::Deserialize;

/// A class of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Characters without width: zero-width spaces and joiners, soft hyphens, stray byte order marks, fillers, direction
    /// marks, line and paragraph separators. Left alone where they work: joiners in emoji, Persian and Indic scripts,
    /// direction marks beside Arabic and Hebrew, tags in flags, a byte order mark that opens the file.
    Invisible,
    /// Embeddings, overrides and isolates of the bidirectional algorithm, which reorder what is shown.
    Bidi,
    /// C0 but tab and line ends, delete, and C1.
    Control,
    /// Characters without a meaning outside one font.
    PrivateUse,
}

impl Class {
    /// The characters of the class.
    pub(super) fn ranges(self) -> &'static [RangeInclusive<char>] {
        match self {
            Class::Invisible => &[
                '\u{AD}'..='\u{AD}',
                '\u{34F}'..='\u{34F}',
                '\u{61C}'..='\u{61C}',
                '\u{115F}'..='\u{1160}',
                '\u{17B4}'..='\u{17B5}',
                '\u{180E}'..='\u{180E}',
                '\u{200B}'..='\u{200F}',
                '\u{2028}'..='\u{2029}',
                '\u{2060}'..='\u{2064}',
                '\u{206A}'..='\u{206F}',
                '\u{3164}'..='\u{3164}',
                '\u{FEFF}'..='\u{FEFF}',
                '\u{FFA0}'..='\u{FFA0}',
                '\u{FFF9}'..='\u{FFFB}',
                '\u{E0000}'..='\u{E007F}',
            ],
            Class::Bidi => &['\u{202A}'..='\u{202E}', '\u{2066}'..='\u{2069}'],
            Class::Control => &['\0'..='\u{8}', '\u{B}'..='\u{C}', '\u{E}'..='\u{1F}', '\u{7F}'..='\u{9F}'],
            Class::PrivateUse => &['\u{E000}'..='\u{F8FF}', '\u{F0000}'..='\u{FFFFD}', '\u{100000}'..='\u{10FFFD}'],
        }
    }

    /// What one of its characters is called that has no name in `NAMES`.
    fn name(self) -> &'static str {
        match self {
            Class::Invisible => "character",
            Class::Bidi => "bidirectional control",
            Class::Control => "control character",
            Class::PrivateUse => "private-use character",
        }
    }
}

/// Names of the characters that turn up in real texts.
const NAMES: &[(char, &str)] = &[
    ('\0', "null"),
    ('\u{2}', "start of text"),
    ('\u{3}', "end of text"),
    ('\u{7}', "bell"),
    ('\u{8}', "backspace"),
    ('\u{B}', "vertical tab"),
    ('\u{C}', "form feed"),
    ('\u{E}', "shift out"),
    ('\u{F}', "shift in"),
    ('\u{10}', "data link escape"),
    ('\u{1A}', "substitute"),
    ('\u{1B}', "escape"),
    ('\u{7F}', "delete"),
    ('\u{85}', "next line"),
    ('\u{AD}', "soft hyphen"),
    ('\u{34F}', "grapheme joiner"),
    ('\u{61C}', "Arabic letter mark"),
    ('\u{115F}', "Hangul filler"),
    ('\u{1160}', "Hangul filler"),
    ('\u{180E}', "Mongolian vowel separator"),
    ('\u{200B}', "zero-width space"),
    ('\u{200C}', "zero-width non-joiner"),
    ('\u{200D}', "zero-width joiner"),
    ('\u{200E}', "left-to-right mark"),
    ('\u{200F}', "right-to-left mark"),
    ('\u{2028}', "line separator"),
    ('\u{2029}', "paragraph separator"),
    ('\u{202A}', "left-to-right embedding"),
    ('\u{202B}', "right-to-left embedding"),
    ('\u{202C}', "pop directional formatting"),
    ('\u{202D}', "left-to-right override"),
    ('\u{202E}', "right-to-left override"),
    ('\u{2060}', "word joiner"),
    ('\u{2066}', "left-to-right isolate"),
    ('\u{2067}', "right-to-left isolate"),
    ('\u{2068}', "first strong isolate"),
    ('\u{2069}', "pop directional isolate"),
    ('\u{3164}', "Hangul filler"),
    ('\u{FEFF}', "byte order mark"),
    ('\u{FFA0}', "Hangul filler"),
];

/// The name of `c`, which is of one of `classes` or of none.
pub(super) fn name(c: char, classes: &[Class]) -> &'static str {
    if let Some((_, name)) = NAMES.iter().find(|(named, _)| *named == c) {
        return name;
    }
    let class = classes.iter().find(|class| class.ranges().iter().any(|range| range.contains(&c)));
    class.map_or("character", |class| class.name())
}

/// The number of `c` as Unicode writes it.
pub(super) fn code(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// Whether an invisible character does its work where it stands, between `before` and `behind`.
pub(super) fn is_at_work(c: char, before: &str, behind: &str) -> bool {
    let last = before.chars().next_back();
    let next = behind.chars().next();
    match c {
        '\u{200D}' if last.is_some_and(is_emoji) && next.is_some_and(is_emoji) => true,
        '\u{200C}' | '\u{200D}' | '\u{34F}' => last.is_some_and(is_joining) || next.is_some_and(is_joining),
        '\u{200E}' | '\u{200F}' | '\u{61C}' => {
            before.chars().rev().take(NEAR).any(is_right_to_left) || behind.chars().take(NEAR).any(is_right_to_left)
        }
        // Typographers keep a dash from the start of a line.
        '\u{2060}' => last.is_some_and(is_dash) || next.is_some_and(is_dash),
        '\u{17B4}'..='\u{17B5}' => true,
        '\u{180E}' => last.is_some_and(is_joining),
        '\u{E0020}'..='\u{E007F}' => {
            let base = before.chars().rev().take(LONGEST_TAG).find(|c| !matches!(c, '\u{E0020}'..='\u{E007F}'));
            base.is_some_and(is_emoji)
        }
        _ => false,
    }
}

/// How many characters around a direction mark are searched for text that runs from right to left.
const NEAR: usize = 40;

/// How many tag characters may follow a flag.
const LONGEST_TAG: usize = 8;

/// Emoji, and what stands between an emoji and a joiner: variation selectors and skin tones.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{FE0F}' | '\u{20E3}' | '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Scripts whose letters join: Arabic, Syriac and the like, Indic scripts, Mongolian, Khmer, Myanmar.
fn is_joining(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{8FF}' | '\u{900}'..='\u{DFF}' | '\u{F00}'..='\u{109F}' | '\u{1780}'..='\u{18AF}'
        | '\u{A840}'..='\u{A8FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{11000}'..='\u{11FFF}')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '/' | '\u{2010}'..='\u{2015}' | '…')
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}')
}
