//! Python-Markdown's extension `toc`, as MkDocs uses it.

use unicode_normalization::UnicodeNormalization;

use super::character::{is_letter, is_number, is_python_blank};

/// `slugify`, before it is made unique: letters without their accents, of which only ASCII is left.
pub(super) fn ascii(text: &str) -> String {
    if text.is_ascii() {
        return unicode(text);
    }
    let ascii: String = text.nfkd().filter(char::is_ascii).collect();
    unicode(&ascii)
}

/// `slugify_unicode`, before it is made unique: words, blanks and hyphens; runs of these two are one hyphen.
pub(super) fn unicode(text: &str) -> String {
    let is_kept = |c: &char| *c == '-' || *c == '_' || is_letter(*c) || is_number(*c) || is_python_blank(*c);
    let kept: String = text.chars().filter(is_kept).collect();
    let trimmed = kept.trim_matches(is_python_blank);
    let lower = if trimmed.is_ascii() { trimmed.to_ascii_lowercase() } else { trimmed.to_lowercase() };
    let mut id = String::with_capacity(lower.len());
    for c in lower.chars() {
        if c != '-' && !is_python_blank(c) {
            id.push(c);
        } else if !id.ends_with('-') {
            id.push('-');
        }
    }
    id
}
