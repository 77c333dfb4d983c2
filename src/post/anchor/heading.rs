//! The headings of a post as their engine sees them: source without the marks that make it a heading, and an id that stands
//! beside it.

use std::collections::HashSet;

use super::{is_attribute_list, is_kramdown, tags_in};
use crate::post::{Element, Link, LinkKind, Post};
use crate::site::anchor::{Engine, attribute_line};
use crate::source::Span;

/// How many blanks may stand between a heading and its attributes.
const LONGEST_GAP: usize = 64;

/// A heading.
pub(super) struct Source<'a> {
    /// Where it begins.
    pub(super) start: u32,
    /// What stands behind the `#`s or above the underline, or between the tags.
    pub(super) raw: &'a str,
    /// An id in a line of its own.
    pub(super) id: Option<&'a str>,
    /// Whether a template decides on its words.
    pub(super) is_templated: bool,
    /// Labels of references in it that the page defines: these are links, others are words in brackets.
    pub(super) labels: HashSet<&'a str>,
}

/// The headings that `engine` gives ids to, in order of position.
pub(super) fn sources(post: &Post, engine: Engine) -> Vec<Source<'_>> {
    let mut sources: Vec<Source<'_>> = post.headings.iter().map(|span| of_markdown(post, *span, engine)).collect();
    // GitHub (and rehype-slug behind rehype-raw) looks at HTML too; all others give ids to headings of Markdown only.
    if engine == Engine::GitHub {
        let elements =
            post.markup.elements().filter(|element| is_heading(element) && element.attribute("id").is_none());
        sources.extend(elements.map(|element| of_html(post, &element)));
        sources.sort_by_key(|source| source.start);
    }
    sources
}

fn of_markdown(post: &Post, span: Span, engine: Engine) -> Source<'_> {
    let raw = without_marks(post.source.slice(span));
    let id = if is_kramdown(engine) { id_behind(post, span).or_else(|| id_before(post, span)) } else { None };
    Source { start: span.start, raw, id, is_templated: is_templated(post, span), labels: labels(post, span) }
}

fn is_templated(post: &Post, heading: Span) -> bool {
    tags_in(post, heading).iter().any(|tag| !is_attribute_list(post, tag))
}

/// The labels of the reference links in a heading: `b` of `[a][b]`, `a` of `[a][]` and `[a]`.
fn labels(post: &Post, heading: Span) -> HashSet<&str> {
    let first = post.links.partition_point(|link| link.span.start < heading.start);
    let inside = post.links[first..].iter().take_while(|link| link.span.start < heading.end);
    let references = inside.filter(|link| link.kind == LinkKind::Reference);
    let label = |link: &Link| {
        let whole = post.source.slice(link.span);
        let whole = whole.strip_suffix("[]").unwrap_or(whole).strip_suffix(']')?;
        whole.rsplit_once('[').map(|(_, label)| label)
    };
    references.filter_map(label).collect()
}

/// The words of a heading, closing `#`s and attributes included.
fn without_marks(heading: &str) -> &str {
    let heading = heading.trim();
    let underline = heading.rsplit_once('\n').filter(|(_, last)| {
        // In a quotation, its marks stand before the line.
        let last = last.trim_matches([' ', '\t', '\r', '>']);
        !last.is_empty() && (last.bytes().all(|byte| byte == b'=') || last.bytes().all(|byte| byte == b'-'))
    });
    match underline {
        Some((words, _)) => words.trim(),
        None => heading.trim_start_matches('#').trim(),
    }
}

/// The id in the attributes right behind a heading, as kramdown has them.
fn id_behind(post: &Post, heading: Span) -> Option<&str> {
    let end = heading.start + Span::at(post.source.slice(heading).trim_end().len()).start;
    let tag = post.tags.get(post.tags.partition_point(|tag| tag.span.start < end))?;
    let gap = Span { start: end, end: tag.span.start };
    let is_next_line = tag.alone && line_breaks(post, gap) == Some(1);
    attribute_line(post.source.slice(tag.span)).filter(|_| is_next_line)
}

/// The id in the attributes right before a heading, which belong to it where no block stands above them.
fn id_before(post: &Post, heading: Span) -> Option<&str> {
    let tag = &post.tags[post.tags.partition_point(|tag| tag.span.end <= heading.start).checked_sub(1)?];
    let gap = Span { start: tag.span.end, end: heading.start };
    let is_line_above = tag.alone && line_breaks(post, gap).is_some_and(|breaks| breaks > 0);
    let above = &post.source.text[post.body.range().start..tag.span.range().start];
    attribute_line(post.source.slice(tag.span)).filter(|_| is_line_above && ends_with_blank_line(above))
}

/// How many line breaks stand in a gap with nothing else in it but blanks.
fn line_breaks(post: &Post, gap: Span) -> Option<usize> {
    // The next tag may be far away, and the same for many headings: only a short gap is looked into.
    let text = post.source.slice(gap);
    (gap.len() <= LONGEST_GAP && text.trim().is_empty()).then(|| text.matches('\n').count())
}

/// Whether nothing but blanks stands in the line at hand and in the one above it, if there is one.
fn ends_with_blank_line(text: &str) -> bool {
    text.rsplit('\n').take(2).all(|line| line.trim().is_empty())
}

fn of_html<'a>(post: &'a Post, element: &Element<'a>) -> Source<'a> {
    let span = element.content();
    let raw = post.source.slice(span);
    Source { start: span.start, raw, id: None, is_templated: is_templated(post, span), labels: HashSet::new() }
}

fn is_heading(element: &Element<'_>) -> bool {
    matches!(element.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}
