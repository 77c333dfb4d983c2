//! Links that HTML elements make.

use super::{Link, LinkKind};
use crate::post::entity;
use crate::post::markup::Markup;
use crate::post::mask::{self, Tag};

/// Elements that lead or load somewhere, and the attribute that says where. `srcset` is absent: it is a list.
const ADDRESSES: &[(&str, &str)] = &[
    ("a", "href"),
    ("area", "href"),
    ("audio", "src"),
    ("embed", "src"),
    ("iframe", "src"),
    ("img", "src"),
    ("link", "href"),
    ("object", "data"),
    ("script", "src"),
    ("source", "src"),
    ("track", "src"),
    ("video", "src"),
];

/// The links of the embedded HTML.
pub(super) fn links(text: &str, markup: &Markup, tags: &[Tag]) -> Vec<Link> {
    let links = markup.elements().filter_map(|element| {
        let (name, address) = ADDRESSES.iter().find(|(name, _)| *name == element.name())?;
        let attribute = element.attribute(address)?;
        let target = attribute.value_span;
        let image = *name == "img";
        let alt = element.attribute("alt").filter(|_| image).map(|alt| {
            let words = mask::unmasked(text, tags, alt.value_span);
            (words.unwrap_or_else(|| entity::decode(&text[alt.value_span.range()]).into_owned()), alt.value_span)
        });
        let url = mask::unmasked(text, tags, target).unwrap_or_else(|| attribute.value.trim().to_owned());
        Some(Link { kind: LinkKind::Html, image, span: element.span(), target, url, alt, ..Link::default() })
    });
    links.collect()
}
