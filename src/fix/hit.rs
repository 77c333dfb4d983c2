//! From what a lint marks to the edits that put it right, as its record says. Where it is not certain which bytes are meant,
//! there are none.

use super::Edit;
use super::front_matter::{self, Change, Scalar};
use crate::lint::{Deletion, Lint};
use crate::matcher::Hit;
use crate::post::Post;
use crate::site::Site;
use crate::source::Span;

/// Characters that may stand beside a mark in a line that is deleted: markup without words.
const MARKUP: [char; 10] = ['*', '_', '>', '#', '-', '+', '`', '~', '|', '\\'];

/// Where edits are made.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The text of the file.
    pub text: &'a str,
    /// The post; `None` where only the facts of posts are at hand.
    pub post: Option<&'a Post>,
    /// Its site.
    pub site: &'a Site,
}

/// Gives the words for a placeholder of the record.
pub type Words<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The path that the file at `path` gets where the record renames it: another one in the same folder.
pub fn renamed(lint: &Lint, path: &str, value: Words<'_>) -> Option<String> {
    lint.record.fix.as_ref()?.value.rename.as_ref()?;
    let name = lint.replacement.fill_whole(value)?;
    let (folder, old) = path.rsplit_once('/').map_or(("", path), |(folder, old)| (folder, old));
    let is_name = !name.is_empty() && name != old && !name.starts_with('.') && !name.contains(['/', '\\', '\0']);
    is_name.then(|| if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") })
}

/// The edit that puts a hit right.
pub fn edit(lint: &Lint, ground: Ground<'_>, hit: &Hit, value: Words<'_>) -> Option<Edit> {
    let fix = &lint.record.fix.as_ref()?.value;
    if fix.set.is_some() {
        let (key, value) = (lint.key.fill_whole(value)?, lint.replacement.fill_whole(value)?);
        let scalar = value.parse().map_or(Scalar::Text(&value), Scalar::Date);
        let source = &ground.post?.source;
        return front_matter::edit(source, ground.site, Change::Set(&key, scalar)).ok()?;
    }
    let (span, text) = match fix.delete {
        Some(Deletion::Match) => (hit.span, String::new()),
        Some(Deletion::Line) => (lines(ground.text, hit.span)?, String::new()),
        Some(Deletion::Element) => (element(ground, hit.span)?, String::new()),
        None if fix.replace.is_some() => (hit.span, lint.replacement.fill_whole(value)?),
        None => hit.repair.clone()?,
    };
    let changes_something = ground.text.get(span.range()).is_some_and(|now| now != text);
    changes_something.then_some(Edit { span, text })
}

/// The element whose start tag is marked, from its first byte to its last, or the comment; with the line, if it has it for
/// itself.
fn element(ground: Ground<'_>, marked: Span) -> Option<Span> {
    let markup = &ground.post?.markup;
    let span = match markup.element_at(marked.start) {
        // An element that nobody closed ends where its parent does, which nobody may have meant.
        Some(element) => {
            let is_whole = element.end_tag().is_some() || element.span() == element.start_tag();
            Some(element.span()).filter(|_| is_whole)?
        }
        None => {
            let at = markup.comments().binary_search_by_key(&marked.start, |comment| comment.span.start).ok()?;
            markup.comments()[at].span
        }
    };
    lines(ground.text, span).or(Some(span))
}

/// The lines that a mark has for itself, with the blank line behind them if there is one before them; `None` where they hold
/// more words.
fn lines(text: &str, marked: Span) -> Option<Span> {
    let range = marked.range();
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at + 1);
    let is_bare = |side: &str| side.chars().all(|c| c.is_whitespace() || MARKUP.contains(&c));
    if !is_bare(&text[start..range.start]) || !is_bare(&text[range.end..end]) {
        return None;
    }
    let is_blank = |line: &str| line.trim().is_empty();
    let before = text[..start].lines().next_back().is_none_or(is_blank);
    let behind = text[end..].split_inclusive('\n').next();
    let end = behind.filter(|line| before && is_blank(line)).map_or(end, |line| end + line.len());
    // What was the last paragraph leaves no blank line at the end.
    let kept = text[..start].trim_end_matches(['\n', '\r']);
    let line_end = text[kept.len()..].find('\n').map_or(start, |at| kept.len() + at + 1);
    let start = if end == text.len() && !kept.is_empty() { line_end } else { start };
    Some(Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_with_one_blank_line() {
        for (text, marked, expected) in [
            ("a\n\nNEXT\n\nb\n", "NEXT", Some("a\n\nb\n")),
            ("a\nNEXT\nb\n", "NEXT", Some("a\nb\n")),
            ("a\n\n> **NEXT**\n", "NEXT", Some("a\n")),
            ("a\r\n\r\nNEXT\r\n", "NEXT", Some("a\r\n")),
            ("NEXT", "NEXT", Some("")),
            ("a\r\n\r\nNEXT\r\n\r\nb\r\n", "NEXT", Some("a\r\n\r\nb\r\n")),
            ("a NEXT\n", "NEXT", None),
            ("NEXT, please\n", "NEXT", None),
        ] {
            let at = text.find(marked).expect("it is there");
            let span = lines(text, Span::new(at, at + marked.len()));
            let left = span.map(|span| format!("{}{}", &text[..span.range().start], &text[span.range().end..]));
            assert_eq!(left.as_deref(), expected, "{text:?}");
        }
    }
}
