//! Reference links whose label is not defined.

use std::collections::BTreeSet;

use pulldown_cmark::{BrokenLink, LinkType};

use crate::post::mask::Tag;
use crate::post::{Defect, DefectKind};
use crate::source::Span;

/// A link that pulldown-cmark found no definition for.
pub(super) struct Broken {
    start: usize,
    end: usize,
    label: String,
}

impl Broken {
    /// `None` for the short form: `[x]` is rather a remark in brackets than a link.
    pub(super) fn new(link: &BrokenLink<'_>) -> Option<Self> {
        // The span of `[x][]` leaves out the empty brackets.
        let end = match link.link_type {
            LinkType::Reference => link.span.end,
            LinkType::Collapsed => link.span.end + 2,
            _ => return None,
        };
        Some(Self { start: link.span.start, end, label: link.reference.to_string() })
    }
}

/// The defects among them. `text` is the body, which begins at byte `base`.
pub(super) fn defects(broken: Vec<Broken>, text: &str, base: usize, tags: &[Tag]) -> Vec<Defect> {
    let mut end = 0;
    let mut defects = Vec::new();
    let is_escaped = broken.iter().any(|link| link.label.contains('\\'));
    let defined: BTreeSet<String> =
        if is_escaped { definitions(text).map(|(_, label)| label.to_lowercase()).collect() } else { BTreeSet::new() };
    // kramdown looks for the label without its backslashes, CommonMark with them.
    let is_defined = |label: &str| label.contains('\\') && defined.contains(&label.replace('\\', "").to_lowercase());
    let mut broken: Vec<Broken> = broken
        .into_iter()
        .filter(|link| link.end <= text.len() && is_meant(link, text) && !is_defined(&link.label))
        .collect();
    broken.sort_by_key(|link| link.start);
    for link in broken {
        let span = Span::new(link.start + base, link.end + base);
        let next_tag = tags.partition_point(|tag| tag.span.end <= span.start);
        let holds_tag = tags.get(next_tag).is_some_and(|tag| tag.span.overlaps(span));
        if link.start >= end && !holds_tag {
            end = link.end;
            defects.push(Defect::new(DefectKind::UndefinedReference, span, vec![("label", link.label)]));
        }
    }
    defects
}

/// Whether the generator writes definitions that the source does not show: their labels hold tags, or they stand in a
/// Markdown file that is included. `text` is the body of `source`, which begins at byte `base`, with its tags masked.
pub(super) fn are_templated(text: &str, base: usize, source: &str, tags: &[Tag]) -> bool {
    let includes = |tag: &Tag| {
        let tag = &source[tag.span.range()];
        tag.contains("include") && (tag.contains(".md") || tag.contains(".markdown"))
    };
    let holds_tag = |(start, label): (usize, &str)| {
        let span = Span::new(base + start, base + start + label.len());
        let next_tag = tags.partition_point(|tag| tag.span.end <= span.start);
        tags.get(next_tag).is_some_and(|tag| tag.span.overlaps(span))
    };
    !tags.is_empty() && (definitions(text).any(holds_tag) || tags.iter().any(includes))
}

/// The labels of lines that look like definitions, each with its first byte.
fn definitions(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = next;
        next += line.len();
        let label = line.trim_start().strip_prefix('[')?;
        let start = start + line.len() - label.len();
        Some((start, &label[..label.find("]:")?]))
    })
}

/// Whether somebody meant a link: `a[i][j]`, `[0][1]`, `[ "a" ][ 0 ]` and `[x][^note]` are none, nor is `[ ][x]`.
fn is_meant(link: &Broken, text: &str) -> bool {
    let Some(whole) = text.get(link.start..link.end) else { return false };
    let before = text[..link.start].chars().next_back();
    let after = text[link.end..].chars().next();
    let is_index = before.is_some_and(|c| c.is_alphanumeric() && c.is_ascii() || matches!(c, '_' | ']' | ')' | '\\'));
    let goes_on = matches!(after, Some('[' | '('));
    let inside = whole.trim_start_matches(['!', '[']);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text_of = inside.split(']').next().unwrap_or_default();
    let are_numbers = is_number(text_of) && is_number(&link.label);
    let is_blank = text_of.starts_with(' ') || link.label.trim().is_empty();
    !(is_index || goes_on || are_numbers || is_blank || link.label.starts_with('^') || text_of.starts_with('^'))
}
