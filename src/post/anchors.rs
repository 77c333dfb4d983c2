//! The places on a page that a fragment can name: headings as the site's engine makes ids of them, ids that the author wrote,
//! and whether there may be more, from what the source does not show.

use super::{BlockKind, Post, Tag, TagKind};
use crate::site::anchor::{Engine, Heading, Ids, attribute_line};
use crate::source::Span;

/// The places on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchors {
    /// Ids, sorted, each once.
    pub all: Box<[Box<str>]>,
    /// Whether there may be more: a template tag or a component may make some, or the engine is not known.
    pub may_have_more: bool,
}

impl Post {
    /// The places on this page, with a heading's id as this engine makes it.
    pub fn anchors(&self, engine: Engine) -> Anchors {
        let mut all: Vec<Box<str>> = vec![];
        let attributes: Vec<(Span, &str)> = self.attribute_lines();
        all.extend(attributes.iter().map(|(_, id)| Box::from(*id)));
        all.extend(self.written_ids());
        for mut ids in Ids::versions(engine) {
            all.extend(self.heading_ids(engine, &mut ids, &attributes).into_iter().map(String::into_boxed_str));
        }
        all.sort_unstable();
        all.dedup();
        let may_have_more =
            engine == Engine::Unknown || self.tags.iter().any(|tag| self.makes_more(tag)) || self.has_components();
        Anchors { all: all.into(), may_have_more }
    }

    /// Ids of headings, in order.
    fn heading_ids(&self, engine: Engine, ids: &mut Ids, attributes: &[(Span, &str)]) -> Vec<String> {
        let headings = self.prose.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
        let read = headings.map(|block| {
            let raw = self.source.slice(block.span);
            let text = if raw.starts_with('<') { self.prose.str(block) } else { words(raw) };
            let mut heading = Heading::read(engine, text, &|_| true);
            let behind = |span: &Span| {
                span.start >= block.span.end
                    && self.source.slice(Span { start: block.span.end, end: span.start }).trim().is_empty()
            };
            let first = attributes.partition_point(|(span, _)| span.start < block.span.end);
            if let Some((_, id)) = attributes.get(first).filter(|(span, _)| behind(span)) {
                heading.id = Some(*id);
            }
            heading
        });
        let read: Vec<Heading<'_>> = read.collect();
        read.iter().filter_map(|heading| heading.id).for_each(|id| ids.reserve(id));
        read.iter().filter_map(|heading| ids.next(heading)).collect()
    }

    /// Ids in kramdown's lines of attributes: `{: #id}`.
    fn attribute_lines(&self) -> Vec<(Span, &str)> {
        let lines = self.tags.iter().filter_map(|tag| {
            let text = self.source.slice(tag.span);
            Some((tag.span, attribute_line(text)?))
        });
        lines.collect()
    }

    /// Ids and names that HTML elements have.
    fn written_ids(&self) -> impl Iterator<Item = Box<str>> {
        self.markup.elements().flat_map(|element| {
            let name = if element.name() == "a" { element.attribute("name") } else { None };
            [element.attribute("id"), name].into_iter().flatten().map(|attribute| attribute.value.trim().into())
        })
    }

    /// Whether a template tag may make headings or other places.
    fn makes_more(&self, tag: &Tag) -> bool {
        let text = self.source.slice(tag.span);
        let is_place_of_site = ["site.", "page.", "'", "\""].iter().any(|start| {
            text.strip_prefix("{{").is_some_and(|inside| inside.trim_start_matches(['-', ' ']).starts_with(start))
        });
        let names_a_page =
            ["post_url", "link", "ref", "relref", "post_link", "asset_img", "youtube", "img", "figure"].iter();
        let names_a_page = names_a_page.clone().any(|word| {
            let inside = text.trim_start_matches(['{', '%', '<', '-', ' ']);
            inside.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        });
        tag.kind == TagKind::Output && !is_place_of_site && !names_a_page && !text.starts_with("{:")
    }

    /// Whether components of a program stand in the text, which may make anything: `<Tabs>`, `<!--@include: a.md-->`.
    fn has_components(&self) -> bool {
        let text = self.source.slice(self.body);
        let is_component = |at: usize| text[at + 1..].starts_with(|c: char| c.is_ascii_uppercase());
        let may_hold = [".mdx", ".md"].iter().any(|ending| self.source.path.ends_with(ending));
        (self.source.path.ends_with(".mdx") && may_hold && text.match_indices('<').any(|(at, _)| is_component(at)))
            || text.contains("@include")
            || self.markup.elements().any(|element| element.name().contains('-'))
    }
}

/// The source of a heading without the `#`s that open it, or without the line under it.
fn words(raw: &str) -> &str {
    if raw.starts_with('#') {
        return raw.trim_start_matches('#');
    }
    match raw.trim_end().rsplit_once('\n') {
        Some((words, under)) if under.trim().chars().all(|c| matches!(c, '=' | '-')) => words,
        _ => raw,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::tests::post;

    fn check(text: &str, engine: Engine, expected: &[&str], may_have_more: bool) {
        let anchors = post(text).anchors(engine);
        let all: Vec<&str> = anchors.all.iter().map(|id| &**id).collect();
        assert_eq!((all, anchors.may_have_more), (expected.to_vec(), may_have_more), "{text}");
    }

    #[test]
    fn headings_and_written_ids() {
        check("# One *two*\n\nText.\n\n## One two\n", Engine::GitHub, &["one-two", "one-two-1"], false);
        check("Words\n=====\n\nMore words\n---\n", Engine::GitHub, &["more-words", "words"], false);
        check("## A ##\n\n<p id=\"b\">x</p> <a name=c></a>\n", Engine::GitHub, &["a", "b", "c"], false);
        check("> ## In a quotation\n\n- ## In a list\n", Engine::GitHub, &["in-a-list", "in-a-quotation"], false);
        check("## A {#own}\n", Engine::HugoGitHub, &["own"], false);
        check("```\n# no heading\n```\n", Engine::GitHub, &[], false);
        check("# A\n", Engine::Written, &[], false);
        check("# A\n", Engine::Unknown, &[], true);
    }
}
