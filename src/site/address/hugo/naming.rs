//! How Hugo makes parts of addresses of names and titles: `helpers/path.go` and `common/paths/pathparser.go`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::site::anchor::character::{is_digit, is_letter, is_nonspacing_mark};
use crate::site::anchor::hugo::lower;

/// What the configuration says about names.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Naming {
    /// `disablePathToLower`
    pub(super) keeps_case: bool,
    /// `removePathAccents`
    pub(super) removes_accents: bool,
}

impl Naming {
    /// `MakePathSanitized`: letters, digits and a few signs are kept, blanks between them are one hyphen, the rest goes.
    pub(super) fn sanitised(self, text: &str) -> String {
        let plain: String;
        let text = if self.removes_accents && !text.is_ascii() {
            plain = text.nfd().filter(|c| !is_nonspacing_mark(*c)).nfc().collect();
            &plain
        } else {
            text
        };
        let mut out = String::with_capacity(text.len());
        let (mut is_apart, mut was_hyphen) = (false, false);
        for (at, c) in text.char_indices() {
            if is_kept(text, at, c) {
                was_hyphen = c == '-';
                if is_apart && !was_hyphen {
                    out.push('-');
                }
                is_apart = false;
                out.push(if self.keeps_case { c } else { lower(c) });
            } else if c.is_whitespace() && !out.is_empty() && !was_hyphen {
                is_apart = true;
            }
        }
        out
    }

    /// A path of folder and file names: since 0.123, blanks are hyphens one by one before all else.
    pub(super) fn path(self, path: &str) -> String {
        if self.keeps_case { self.sanitised(path) } else { self.sanitised(&path.replace(' ', "-")) }
    }

    /// The same as versions before 0.123 made it: without that step, and without `@`.
    pub(super) fn former_path(self, path: &str) -> String {
        self.sanitised(path).replace('@', "")
    }
}

fn is_kept(text: &str, at: usize, c: char) -> bool {
    let is_escape = || {
        let hex = |offset: usize| text.as_bytes().get(at + offset).is_some_and(u8::is_ascii_hexdigit);
        hex(1) && hex(2)
    };
    match c {
        '.' | '/' | '\\' | '_' | '#' | '+' | '~' | '-' | '@' => true,
        '%' => is_escape(),
        _ => is_letter(c) || is_digit(c) || is_combining_mark(c),
    }
}

/// `url.QueryUnescape`: percent-encoding and `+` for a blank; `None` where a `%` escapes nothing.
pub(super) fn unescaped(text: &str) -> Option<String> {
    let escapes = text.match_indices('%').all(|(at, c)| is_kept(text, at, c.chars().next().unwrap_or('%')));
    if !escapes {
        return None;
    }
    Some(crate::site::address::path::decoded(&text.replace('+', " ")).into_owned())
}

/// `path.Join("/", path)` without a slash at the end: whatever leads out of the root stays in it.
pub(super) fn rooted(path: &str) -> String {
    let mut parts: Vec<&str> = vec![];
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.iter().fold(String::new(), |path, part| path + "/" + part)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Hugo 0.168 made them of slugs.
    #[test]
    fn slugs() {
        let naming = Naming::default();
        for (slug, expected) in [
            ("Custom Slug", "custom-slug"),
            ("a - b", "a-b"),
            ("a--b", "a--b"),
            ("a / b", "a-/-b"),
            (" a  b ", "a-b"),
            ("中文\u{3000}全角 空格", "中文-全角-空格"),
            ("“q”", "q"),
            ("½²ⅷ", ""),
            ("emoji 🎉 x", "emoji-x"),
            ("50% off", "50-off"),
            ("a%20b", "a%20b"),
            ("é É ẞ İ", "é-é-ß-i"),
            ("a&amp;b", "aampb"),
            ("x?y=1", "xy1"),
        ] {
            assert_eq!(naming.sanitised(slug), expected, "{slug}");
        }
        let plain = Naming { removes_accents: true, keeps_case: true };
        assert_eq!(plain.sanitised("É é x"), "E-e-x");
    }

    /// As Hugo 0.168 and 0.111 made them of file names.
    #[test]
    fn names() {
        let naming = Naming::default();
        for (name, expected, former) in [
            ("My Dir/中文 文件_Name", "my-dir/中文-文件_name", "my-dir/中文-文件_name"),
            ("a - b", "a---b", "a-b"),
            ("Été (1)", "été-1", "été-1"),
            ("a@b", "a@b", "ab"),
        ] {
            assert_eq!((&*naming.path(name), &*naming.former_path(name)), (expected, former), "{name}");
        }
    }
}
