//! Reference links whose label is not defined.

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
    let mut broken: Vec<Broken> =
        broken.into_iter().filter(|link| link.end <= text.len() && is_meant(link, text)).collect();
    broken.sort_by_key(|link| link.start);
    for link in broken {
        let span = Span::new(link.start + base, link.end + base);
        let next_tag = tags.partition_point(|tag| tag.span.end <= span.start);
        let holds_tag = tags.get(next_tag).is_some_and(|tag| tag.span.overlaps(span));
        if link.start >= end && !holds_tag {
            end = link.end;
            defects.push(Defect { kind: DefectKind::UndefinedReference, span, vars: vec![("label", link.label)] });
        }
    }
    defects
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
