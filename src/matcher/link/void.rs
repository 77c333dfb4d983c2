//! Links that lack something: an address, a text, an alternative text. Reads the link as it is written, because icons,
//! anchors and lazily loaded images lack it on purpose.

use crate::post::{Link, LinkKind};
use crate::source::Span;

/// Attributes by which a script or a framework fills in an address that is empty in the source.
const FILLED_IN: &[&str] =
    &[" data-", "srcset=", " :src", " :href", "v-bind:", "x-bind:", " ng-", "onclick=", "@click"];

/// Attributes that give an element without text a name or a purpose.
const NAMED: &[&str] = &["aria-label", " title=", " id=", " name=", " class=", " style="];

/// Attributes that say that an image shows nothing worth telling.
const DECORATIVE: &[&str] = &["aria-hidden", "role=\"presentation\"", "role=\"none\"", " alt"];

/// Whether the link leads nowhere because no address was written.
pub(super) fn has_no_address(text: &str, link: &Link) -> bool {
    if !link.url.trim().is_empty() || !text[link.target.range()].trim().is_empty() {
        return false;
    }
    match link.kind {
        LinkKind::Html => !holds_any(start_tag(text, link), FILLED_IN),
        _ => !(is_bare_bracket(text, link) && is_attributed(text, link)),
    }
}

/// Whether the link shows nothing that a reader could follow.
pub(super) fn shows_nothing(text: &str, link: &Link) -> bool {
    if link.image || link.holds_media {
        return false;
    }
    match link.kind {
        LinkKind::Inline | LinkKind::Reference => is_bare_bracket(text, link) && !is_attributed(text, link),
        LinkKind::Html => {
            let tag = start_tag(text, link);
            let inside = &text[link.span.range()][tag.len()..];
            let is_closed = inside.trim_start().get(..3).is_some_and(|end| end.eq_ignore_ascii_case("</a"));
            is_closed && element_name(text, link).eq_ignore_ascii_case("a") && !holds_any(tag, NAMED)
        }
        _ => false,
    }
}

/// Whether an image has no alternative text, where Markdown has no way to say that it is decorative.
pub(super) fn has_no_alt(text: &str, link: &Link) -> bool {
    let is_empty = link.alt.as_ref().is_none_or(|(alt, _)| alt.trim().is_empty());
    link.image
        && is_empty
        && match link.kind {
            LinkKind::Html => !holds_any(start_tag(text, link), DECORATIVE),
            LinkKind::Inline | LinkKind::Reference => true,
            _ => false,
        }
}

/// The name of the element that makes an HTML link.
pub(super) fn element_name<'a>(text: &'a str, link: &Link) -> &'a str {
    let name = text[link.span.range()].strip_prefix('<').unwrap_or_default();
    &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())]
}

/// What is marked of a link that lacks something: an element may hold half of the post, so its start tag stands for it.
pub(super) fn visible_part(text: &str, link: &Link) -> Span {
    match link.kind {
        LinkKind::Html => Span::new(link.span.range().start, link.span.range().start + start_tag(text, link).len()),
        _ => link.span,
    }
}

/// The start tag of an HTML link. The address is an attribute, so no `>` before its end counts.
fn start_tag<'a>(text: &'a str, link: &Link) -> &'a str {
    let whole = &text[link.span.range()];
    let behind = link.target.range().end.saturating_sub(link.span.range().start).min(whole.len());
    let mut quote = None;
    // Which quote the address stands in is seen at its end: `href=">"`.
    let end = whole.as_bytes()[behind..].iter().enumerate().find(|(at, byte)| match (quote, **byte) {
        (None, b'>') => true,
        (None, mark @ (b'"' | b'\'')) => {
            quote = (*at > 0).then_some(mark);
            false
        }
        (Some(open), mark) if open == mark => {
            quote = None;
            false
        }
        _ => false,
    });
    &whole[..end.map_or(whole.len(), |(at, _)| behind + at + 1)]
}

fn holds_any(tag: &str, attributes: &[&str]) -> bool {
    let tag = tag.to_ascii_lowercase().replace(['\n', '\t'], " ");
    attributes.iter().any(|attribute| tag.contains(attribute))
}

/// Whether nothing stands between the brackets.
fn is_bare_bracket(text: &str, link: &Link) -> bool {
    let inside = text[link.span.range()].strip_prefix('[');
    inside.is_some_and(|inside| inside.trim_start().starts_with(']'))
}

/// Whether an attribute list follows: `[](){#here}` is an anchor of MkDocs, `[](a){: .icon}` gets its text from a style.
fn is_attributed(text: &str, link: &Link) -> bool {
    text[link.span.range().end..].starts_with('{')
}
