//! Classes of characters as the engines' languages have them. `char::is_alphanumeric` is none of them: it has `½` and `²`.

use unicode_general_category::{GeneralCategory, get_general_category};

/// `\p{Word}` of Ruby, and what github-slugger keeps: letters, marks, decimal digits, connectors.
pub(super) fn is_word(c: char) -> bool {
    use GeneralCategory::*;
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    let kept = [NonspacingMark, SpacingMark, EnclosingMark, DecimalNumber, ConnectorPunctuation];
    c.is_alphabetic() || kept.contains(&get_general_category(c))
}

/// `unicode.IsLetter` of Go: the categories L, so no marks and no `Ⅳ`.
pub(in crate::site) fn is_letter(c: char) -> bool {
    use GeneralCategory::*;
    let letters = [UppercaseLetter, LowercaseLetter, TitlecaseLetter, ModifierLetter, OtherLetter];
    // Each letter is alphabetic, and `is_alphabetic` is the quicker question.
    if c.is_ascii() { c.is_ascii_alphabetic() } else { c.is_alphabetic() && letters.contains(&get_general_category(c)) }
}

/// `unicode.IsDigit` of Go: decimal digits.
pub(in crate::site) fn is_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { get_general_category(c) == GeneralCategory::DecimalNumber }
}

/// `unicode.IsNumber` of Go: the categories N. For letters and these, `str.isalnum` of Python says the same.
pub(in crate::site) fn is_number(c: char) -> bool {
    use GeneralCategory::*;
    let numbers = [DecimalNumber, LetterNumber, OtherNumber];
    if c.is_ascii() { c.is_ascii_digit() } else { numbers.contains(&get_general_category(c)) }
}

/// Blank for `\s` of JavaScript.
pub(super) fn is_javascript_blank(c: char) -> bool {
    // U+0085 is White_Space, yet not among those of ECMAScript; U+FEFF is the other way round.
    c == '\u{feff}' || c != '\u{85}' && c.is_whitespace()
}

/// Blank for `\s` of Python.
pub(in crate::site) fn is_python_blank(c: char) -> bool {
    matches!(c, '\u{1c}'..='\u{1f}') || c.is_whitespace()
}

/// The mark of a nonspacing kind (`unicode.Mn` of Go).
pub(in crate::site) fn is_nonspacing_mark(c: char) -> bool {
    !c.is_ascii() && get_general_category(c) == GeneralCategory::NonspacingMark
}
