//! The anchors of a post: what a link with a fragment can lead to on its page. How an engine makes an id of a heading stands
//! in `crate::site::anchor`; here headings, written ids and notes are gathered, and it is said when there may be more.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Post;
use super::mask::Tag;
use crate::site::anchor::{self, Engine, Heading, Ids};
use crate::source::Span;

mod doubt;
mod heading;
mod note;
mod written;

pub(super) use note::Note;

/// The anchors of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchors {
    /// All that are known, sorted, each once: ids of headings, of notes, and those that are written.
    pub ids: Vec<String>,
    /// Whether the page may have others: something on it is known to the generator alone.
    pub may_have_more: bool,
}

impl Post {
    /// The anchors of the page that `engine` makes of this post.
    pub fn anchors(&self, engine: Engine) -> Anchors {
        let mut found = Found { ids: written::ids(self, engine), may_have_more: doubt::is_in_doubt(self, engine) };
        found.headings(self, engine);
        found.ids.extend(note::ids(&self.notes, engine));
        let has_contents = is_kramdown(engine) && self.tags.iter().any(|tag| is_contents(self, tag));
        if has_contents {
            // What kramdown gives its table of contents and each line in it.
            let lines: Vec<String> = found.ids.iter().map(|id| format!("markdown-toc-{id}")).collect();
            found.ids.extend(lines);
            found.ids.insert("markdown-toc".to_owned());
        }
        Anchors { ids: found.ids.into_iter().collect(), may_have_more: found.may_have_more }
    }

    /// Where the place is that a fragment names: its heading, else the element that has the id. `None` where the source does not
    /// show it.
    pub fn anchored(&self, engine: Engine, fragment: &str) -> Option<Span> {
        let sources = heading::sources(self, engine);
        let heading = ids_of(&sources, engine).find(|(id, _)| anchor::same(fragment, id));
        let element = || {
            self.markup.elements().find(|element| {
                let names = [element.attribute("id"), element.attribute("name").filter(|_| element.name() == "a")];
                names.into_iter().flatten().any(|attribute| anchor::same(fragment, &attribute.value))
            })
        };
        heading
            .map(|(_, start)| Span { start, end: start })
            .or_else(|| element().map(|element| Span::at(element.span().range().start)))
    }
}

/// What is gathered.
struct Found {
    ids: BTreeSet<String>,
    may_have_more: bool,
}

impl Found {
    fn headings(&mut self, post: &Post, engine: Engine) {
        let sources = heading::sources(post, engine);
        self.may_have_more |= sources.iter().any(|source| source.is_templated);
        self.ids.extend(ids_of(&sources, engine).map(|(id, _)| id));
    }
}

/// The ids that headings get, each with the byte where its heading begins.
fn ids_of<'a>(sources: &'a [heading::Source<'a>], engine: Engine) -> impl Iterator<Item = (String, u32)> + 'a {
    // Where a template stands in a heading, nobody but the generator knows its words.
    let known = sources.iter().filter(|source| !source.is_templated);
    let headings: Vec<(Heading<'_>, u32)> = known
        .map(|source| {
            let mut heading = Heading::read(engine, source.raw, &|label| source.labels.contains(label));
            heading.id = source.id.or(heading.id);
            (heading, source.start)
        })
        .collect();
    Ids::versions(engine).into_iter().flat_map(move |mut ids| {
        headings.iter().filter_map(|(heading, _)| heading.id).for_each(|id| ids.reserve(id));
        let named = headings.iter().filter_map(|(heading, start)| Some((ids.next(heading)?, *start)));
        named.collect::<Vec<_>>()
    })
}

fn is_kramdown(engine: Engine) -> bool {
    matches!(engine, Engine::KramdownGfm | Engine::Kramdown)
}

fn is_python_markdown(engine: Engine) -> bool {
    matches!(engine, Engine::PythonMarkdown | Engine::PythonMarkdownUnicode)
}

/// Whether a tag asks for a table of contents.
fn is_contents(post: &Post, tag: &Tag) -> bool {
    let text = post.source.slice(tag.span);
    text.strip_prefix("{:")
        .is_some_and(|inside| inside.trim_end_matches('}').split_whitespace().any(|word| word == "toc"))
}

/// Whether a tag gives attributes to what stands before or around it: `{: #id}`, `{ .class }`, `{#id}`.
fn is_attribute_list(post: &Post, tag: &Tag) -> bool {
    let text = post.source.slice(tag.span);
    ["{:", "{ .", "{ #", "{#", "{."].iter().any(|open| text.starts_with(open))
}

/// The tags that share a byte with `span`.
fn tags_in(post: &Post, span: Span) -> &[Tag] {
    let first = post.tags.partition_point(|tag| tag.span.end <= span.start);
    let past = post.tags.partition_point(|tag| tag.span.start < span.end);
    &post.tags[first..past.max(first)]
}

#[cfg(test)]
mod tests;
