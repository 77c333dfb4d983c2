//! Ids that an author wrote: of HTML elements, and in attribute lists behind paragraphs and words.

use std::collections::BTreeSet;

use super::is_attribute_list;
use crate::post::Post;
use crate::site::anchor::{Engine, attribute_line};

/// The ids that are written in a post, but for those that only a heading's engine can read.
pub(super) fn ids(post: &Post, engine: Engine) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for element in post.markup.elements() {
        let values = [element.attribute("id"), element.attribute("name").filter(|_| element.name() == "a")];
        ids.extend(values.into_iter().flatten().map(|attribute| attribute.value.to_string()));
    }
    for tag in post.tags.iter().filter(|tag| is_attribute_list(post, tag)) {
        let text = post.source.slice(tag.span);
        ids.extend(attribute_line(text).map(str::to_owned));
        if !super::is_kramdown(engine) {
            ids.extend(in_list(text).map(str::to_owned));
        }
    }
    if reads_lists(engine) {
        ids.extend(lists(&post.prose.text).flat_map(in_list).map(str::to_owned));
    }
    ids.retain(|id| !id.is_empty());
    ids
}

/// Whether attribute lists without a colon may stand behind anything: markdown-it-attrs (VitePress, and Eleventy by plug-in),
/// Python-Markdown's `attr_list`, goldmark's block attributes.
fn reads_lists(engine: Engine) -> bool {
    use Engine::*;
    matches!(engine, VitePress | Written | HugoGitHub | HugoAscii | HugoBlackfriday)
        || super::is_python_markdown(engine)
}

/// What stands in single braces in one line, kramdown's lists left out. No list holds a brace, so each byte is looked at once.
fn lists(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| {
        let inside = &rest[..rest.find(['}', '\n'])?];
        (rest[inside.len()..].starts_with('}') && !inside.starts_with(':')).then_some(inside)
    })
}

/// The ids among the words of a list.
fn in_list(list: &str) -> impl Iterator<Item = &str> {
    let inside = list.trim_matches(['{', '}', ':']);
    inside.split_whitespace().filter_map(|word| word.strip_prefix('#'))
}
