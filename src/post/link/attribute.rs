//! Addresses in attributes of HTML elements that make no link by themselves: other sizes of an image, the picture of a video
//! that does not play yet, the source of a quotation.

use std::ops::Range;

use super::{Link, LinkKind};
use crate::post::entity;
use crate::post::markup::{Attribute, Element, Markup};
use crate::post::mask::{self, Masked};
use crate::source::Span;

/// An element, an attribute that holds one address, and whether an image is loaded from there.
const ADDRESSES: &[(&str, &str, bool)] = &[
    ("blockquote", "cite", false),
    ("del", "cite", false),
    ("frame", "src", false),
    ("image", "href", true),
    ("image", "xlink:href", true),
    ("input", "src", true),
    ("ins", "cite", false),
    ("q", "cite", false),
    ("video", "poster", true),
];

/// Elements and attributes that hold a list of images.
const LISTS: &[(&str, &str)] = &[("img", "srcset"), ("link", "imagesrcset"), ("source", "srcset")];

/// Those addresses in the embedded HTML.
pub(super) fn links(text: &str, markup: &Markup, masked: &Masked<'_>) -> Vec<Link> {
    let mut links = Vec::new();
    for element in markup.elements() {
        let name = element.name();
        for (_, attribute, image) in ADDRESSES.iter().filter(|(owner, ..)| *owner == name) {
            if let Some(attribute) = element.attribute(attribute) {
                links.extend(link(text, masked, &element, whole_value(text, attribute), *image));
            }
        }
        for (_, attribute) in LISTS.iter().filter(|(owner, _)| *owner == name) {
            let Some(attribute) = element.attribute(attribute) else { continue };
            // Tags hold blanks and commas, their placeholders do not.
            let value = &masked.text[attribute.value_span.range()];
            links.extend(candidates(value).filter_map(|candidate| {
                let start = attribute.value_span.range().start;
                let target = Span::new(start + candidate.start, start + candidate.end);
                link(text, masked, &element, target, true)
            }));
        }
    }
    links
}

fn link(text: &str, masked: &Masked<'_>, element: &Element<'_>, target: Span, image: bool) -> Option<Link> {
    let decoded = || entity::decode(&text[target.range()]).into_owned();
    let url = mask::unmasked(text, &masked.tags, target).unwrap_or_else(decoded);
    let span = element.start_tag();
    // A quotation may hold half of the post: the start tag stands for it.
    (!url.is_empty()).then(|| Link { kind: LinkKind::Attribute, image, span, target, url, ..Link::default() })
}

/// The value without the blanks around it.
fn whole_value(text: &str, attribute: &Attribute) -> Span {
    let value = &text[attribute.value_span.range()];
    let start = attribute.value_span.range().start + (value.len() - value.trim_start().len());
    Span::new(start, start + value.trim().len())
}

/// The addresses in a list of images, as browsers read it (HTML, "parse a srcset attribute"): blanks end an address, a comma
/// at its end or behind its description ends its entry. Commas inside belong to it: `data:image/png;base64,AAAA`.
fn candidates(value: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = value.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == b',').count();
        let start = at;
        at += bytes[at..].iter().take_while(|byte| !byte.is_ascii_whitespace()).count();
        let commas = bytes[start..at].iter().rev().take_while(|byte| **byte == b',').count();
        let end = at - commas;
        if commas == 0 {
            let mut depth = 0_usize;
            let description = bytes[at..].iter().take_while(|byte| {
                match byte {
                    b'(' => depth = 1,
                    b')' => depth = 0,
                    _ => {}
                }
                **byte != b',' || depth > 0
            });
            at += description.count();
        }
        (start < end).then_some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_images() {
        let check = |value: &str, expected: &[&str]| {
            let found: Vec<_> = candidates(value).map(|candidate| &value[candidate]).collect();
            assert_eq!(found, expected, "{value}");
        };
        check("a.png", &["a.png"]);
        check(" a.png 1x, b.png 2x ", &["a.png", "b.png"]);
        check("a.png 100w,b.png 200w", &["a.png", "b.png"]);
        check("a.png, b.png", &["a.png", "b.png"]);
        check("a,b.png 1x", &["a,b.png"]);
        check("data:image/png;base64,AA== 1x, c", &["data:image/png;base64,AA==", "c"]);
        check("a x(1,2), b", &["a", "b"]);
        check(", ,a,, b 1x,", &["a", "b"]);
        check("海 .png", &["海"]);
        check("", &[]);
        check(",,", &[]);
    }
}
