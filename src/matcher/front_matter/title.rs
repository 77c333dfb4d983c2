//! Titles that are lists of keywords, and titles that the text says again at once.

use unicode_normalization::UnicodeNormalization;

use super::{Keys, vars};
use crate::matcher::{Hit, PostMatcher};
use crate::post::Post;

/// What separates the keywords of a stuffed title. A Latin comma is not among them: it separates the words of real titles.
const SEPARATORS: [char; 7] = ['|', '｜', '_', '，', '、', '/', '／'];
/// From so many short segments on a title is a list.
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
            let parts = text.split(SEPARATORS).map(str::trim).filter(|part| part.chars().any(char::is_alphabetic));
            let parts: Vec<&str> = parts.collect();
            if is_list(&parts) {
                let vars = vars([("key", name.to_owned()), ("parts", parts.len().to_string())]);
                out.push(Hit { span: value.span, vars, related: vec![] });
            }
        }
    }
}

/// Many short segments, or a few of which most hold the shortest.
fn is_list(parts: &[&str]) -> bool {
    if parts.iter().any(|part| part.chars().count() > KEYWORD) {
        return false;
    }
    let shortest = parts.iter().min_by_key(|part| part.chars().count()).filter(|part| part.chars().count() >= 2);
    let repeated = shortest.map_or(0, |word| parts.iter().filter(|part| part.contains(*word)).count());
    parts.len() >= LIST || repeated >= OFTEN
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
                out.push(Hit { span: first.span, vars: vars([("key", name.to_owned())]), related });
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
    use super::is_list;

    #[test]
    fn lists_of_keywords() {
        assert!(is_list(&["贷款", "小额贷款", "网贷", "平台", "口子"]));
        assert!(is_list(&["贷款", "小额贷款", "贷款平台"]));
        assert!(!is_list(&["客户", "服务器"]));
        assert!(!is_list(&["Rust", "Go", "C", "Zig"]));
        assert!(!is_list(&["one", "two", "three", "four", "a part that says something"]));
    }
}
