//! Titles that are lists of keywords, and titles that the text says again at once.

use unicode_normalization::UnicodeNormalization;

use super::{Keys, vars};
use crate::matcher::{Hit, PostMatcher};
use crate::post::Post;

/// What separates keywords and hardly anything in real titles.
const BARS: [char; 5] = ['|', '｜', '_', '/', '／'];
/// What separates them in real titles too, so that only a repeated keyword gives them away. A Latin comma is not among them.
const COMMAS: [char; 2] = ['，', '、'];
/// From so many short segments between bars on a title is a list.
const LIST: usize = 5;
/// Longest segment that is taken for a keyword, in characters.
const KEYWORD: usize = 12;
/// In so many segments the same keyword is one too often.
const OFTEN: usize = 3;
/// Longest title that is looked at, in bytes: longer ones are no titles.
const LONGEST: usize = 2000;

/// Finds titles that are lists of keywords.
pub(super) struct Prose {
    pub(super) keys: Keys,
}

impl PostMatcher for Prose {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        for (name, _, value) in self.keys.entries(post) {
            let Some(text) = value.as_str().filter(|text| text.len() <= LONGEST) else { continue };
            if let Some(parts) = keywords(text) {
                let vars = vars([("key", name.to_owned()), ("parts", parts.to_string())]);
                out.push(Hit { span: value.span, vars, ..Hit::default() });
            }
        }
    }
}

/// How many keywords the title is a list of, if it is one: many short segments between bars, or different segments of which
/// several hold the shortest.
fn keywords(title: &str) -> Option<usize> {
    let is_bar = |c: char| BARS.contains(&c);
    let parts = title.split(|c| is_bar(c) || COMMAS.contains(&c)).map(str::trim);
    let mut parts: Vec<&str> = parts.filter(|part| part.chars().any(char::is_alphabetic)).collect();
    if parts.iter().any(|part| part.chars().count() > KEYWORD) {
        return None;
    }
    let count = parts.len();
    parts.sort_by_key(|part| (part.chars().count(), *part));
    parts.dedup();
    let shortest = parts.first().filter(|part| part.chars().count() >= 2)?;
    let repeated = parts.iter().filter(|part| part.contains(*shortest)).count();
    let has_bars = title.chars().filter(|c| is_bar(*c)).count() >= LIST - 1;
    (repeated >= OFTEN || has_bars && count >= LIST).then_some(count)
}

/// Finds first blocks that say no more than the title.
pub(super) struct Said {
    pub(super) keys: Keys,
}

impl PostMatcher for Said {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        let Some(first) = post.prose.blocks.iter().find(|block| block.is_visible_text()) else { return };
        let text = post.prose.str(first);
        for (name, _, value) in self.keys.entries(post) {
            let Some(said) = value.as_str().filter(|said| said.len() <= LONGEST && text.len() <= 2 * LONGEST) else {
                continue;
            };
            let bare = bare(said);
            if !bare.is_empty() && bare == self::bare(text) {
                let related = vec![(value.span, "said here first".to_owned())];
                out.push(Hit { span: first.span, vars: vars([("key", name.to_owned())]), related, ..Hit::default() });
            }
        }
    }
}

/// Letters and digits alone, whatever their case and width.
fn bare(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::keywords;

    #[test]
    fn lists_of_keywords() {
        assert_eq!(keywords("贷款|小额贷款|网贷|平台|口子"), Some(5));
        assert_eq!(keywords("贷款、小额贷款、贷款平台"), Some(3));
        assert_eq!(keywords("red | green | blue | white | black"), Some(5));
    }

    #[test]
    fn titles_of_people() {
        let titles = [
            "客户端/服务器",
            "Rust | Go | C | Zig",
            "春、夏、秋、冬、又一春",
            "雨，雨，雨",
            "读书、写字、散步、高考、严师",
        ];
        for title in
            titles.iter().chain(&["", "|", "1|2|3|4|5|6", "one | two | three | four | a part that says something"])
        {
            assert_eq!(keywords(title), None, "{title}");
        }
    }
}
