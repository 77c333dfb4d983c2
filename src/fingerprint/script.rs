//! What each character of the normal form means for words: it begins or continues one, is one by itself, parts two, or is as
//! good as not there.

use unicode_normalization::char::is_combining_mark;

/// What a character means for words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A letter of a script that parts words by blanks.
    Letter,
    /// A digit, or another number that is one character.
    Digit,
    /// A letter of a script that does not part words: a token by itself.
    Character,
    /// Belongs to the token it follows.
    Mark,
    /// Between two letters or digits it is dropped: `don't` is one word.
    Apostrophe,
    /// Between two digits it is dropped: `1,234` is one number.
    Comma,
    /// Between two digits it is kept: `1.5` is one number.
    Dot,
    /// Is as good as not there.
    Invisible,
    /// Parts words.
    Separator,
}

/// `Part` of each ASCII character.
const ASCII: [Part; 128] = {
    let mut parts = [Part::Separator; 128];
    let mut at = 0;
    while at < 128 {
        parts[at] = match at as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Part::Letter,
            b'0'..=b'9' => Part::Digit,
            b'\'' => Part::Apostrophe,
            b',' => Part::Comma,
            b'.' => Part::Dot,
            _ => Part::Separator,
        };
        at += 1;
    }
    parts
};

impl Part {
    /// What the character means.
    #[inline]
    pub(super) fn of(char: char) -> Part {
        match char {
            '\0'..='\x7F' => ASCII[char as usize],
            '\u{4E00}'..='\u{9FFF}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' => Part::Character,
            '\u{3001}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => Part::Separator,
            '\u{2010}'..='\u{2018}' | '\u{201A}'..='\u{2027}' => Part::Separator,
            '\u{AC00}'..='\u{D7A3}' | '\u{0430}'..='\u{045F}' | '\u{0621}'..='\u{064A}' => Part::Letter,
            _ => Part::of_any(char),
        }
    }

    fn of_any(char: char) -> Part {
        if char == '\u{2019}' {
            Part::Apostrophe
        } else if is_invisible(char) {
            Part::Invisible
        } else if is_combining_mark(char) {
            Part::Mark
        } else if !char.is_alphanumeric() {
            Part::Separator
        } else if is_ideograph(char) || (is_unparted(char) && !char.is_numeric()) {
            Part::Character
        } else if char.is_numeric() {
            Part::Digit
        } else {
            Part::Letter
        }
    }
}

/// Characters without a width: soft hyphens, joiners, direction marks, variation selectors, tags.
fn is_invisible(char: char) -> bool {
    matches!(char,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Chinese characters and the numerals among them.
fn is_ideograph(char: char) -> bool {
    matches!(char,
        '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3038}'..='\u{303C}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Kana, Bopomofo, Thai, Lao, Myanmar, Khmer: scripts other than Chinese that do not part words by blanks.
fn is_unparted(char: char) -> bool {
    matches!(char,
        '\u{3031}'..='\u{3035}' | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}' | '\u{30A1}'..='\u{30FF}'
        | '\u{31F0}'..='\u{31FF}' | '\u{1AFF0}'..='\u{1AFFF}' | '\u{1B000}'..='\u{1B16F}'
        | '\u{3105}'..='\u{312F}' | '\u{31A0}'..='\u{31BF}'
        | '\u{0E00}'..='\u{0E7F}' | '\u{0E80}'..='\u{0EFF}'
        | '\u{1000}'..='\u{109F}' | '\u{A9E0}'..='\u{A9FF}' | '\u{AA60}'..='\u{AA7F}'
        | '\u{1780}'..='\u{17FF}' | '\u{19E0}'..='\u{19FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_and_the_tables_agree() {
        for char in ('\u{80}'..=char::MAX).filter(|char| *char != '\u{2019}') {
            assert_eq!(Part::of(char), Part::of_any(char), "U+{:04X}", u32::from(char));
        }
    }

    #[test]
    fn each_script_has_its_part() {
        for (part, chars) in [
            (Part::Character, "港がカー々〇ㄅกກမខ𠀀"),
            (Part::Letter, "aéжα한אعअȸ"),
            (Part::Digit, "09٣३๓"),
            (Part::Mark, "\u{301}\u{3099}\u{E34}\u{93F}\u{5B0}"),
            (Part::Invisible, "\u{AD}\u{200B}\u{200D}\u{FE0F}\u{FEFF}"),
            (Part::Separator, "、。・\u{FFFC}—“😀 \n_-$"),
        ] {
            for char in chars.chars() {
                assert_eq!(Part::of(char), part, "{char:?}");
            }
        }
    }
}
