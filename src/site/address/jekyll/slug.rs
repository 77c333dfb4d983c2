//! Jekyll's slugs (`Utils.slugify`).

use unicode_normalization::char::is_combining_mark;

use crate::site::anchor::character::{is_digit, is_letter};

/// Mode `pretty` with the case kept: what `:title` stands for.
pub(super) fn pretty(text: &str) -> String {
    slug(text, |c| is_word(c) || "._~!$&'()+,;=@".contains(c))
}

/// Mode `default`, in lower case: what `:slug` and `:name` stand for.
pub(super) fn default(text: &str) -> String {
    slug(text, is_word).to_lowercase()
}

/// A hyphen for each run of characters that are not kept, but none at either end.
fn slug(text: &str, is_kept: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_kept(c) {
            out.push(c);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out.strip_prefix('-').unwrap_or(&out);
    out.strip_suffix('-').unwrap_or(out).to_owned()
}

/// `[\p{M}\p{L}\p{Nd}]`.
fn is_word(c: char) -> bool {
    is_letter(c) || is_digit(c) || is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        // By `Jekyll::Utils.slugify` 4.3.1.
        for (text, as_title, as_slug) in [
            ("A b__中文", "A-b__中文", "a-b-中文"),
            ("？实拍，a【b】", "实拍-a-b", "实拍-a-b"),
            ("½ ² Ünïcode", "Ünïcode", "ünïcode"),
            ("C++ & C#", "C++-&-C", "c-c"),
            ("v1.2.0-", "v1.2.0", "v1-2-0"),
            ("Ⓐ Ⅳ ٣", "٣", "٣"),
            ("", "", ""),
        ] {
            assert_eq!((pretty(text), default(text)), (as_title.to_owned(), as_slug.to_owned()), "{text}");
        }
    }
}
