//! Links and images of a post, with the exact span of the whole and of the address alone.

use std::ops::Range;

use super::markup::Markup;
use super::mask::Tag;
use super::prose::{OBJECT, Prose};
use crate::source::Span;

mod bare;
mod html;
mod written;

pub use written::Written;

/// One link or image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// Whether it shows an image.
    pub image: bool,
    /// The whole: from `[` or `<` to `)` or `>`, an HTML element from its start tag to its end tag.
    pub span: Span,
    /// The address alone, as written; empty at the right place when there is none.
    /// For a reference link: the address in its definition.
    pub target: Span,
    /// The address with escapes, entities and surrounding blanks resolved. Template tags stand in it as written.
    pub url: String,
    /// The visible text, as a range of `Prose::text`; empty for an image.
    pub text: Range<u32>,
    /// The alternative text of an image and where it stands; `None` when an HTML image has no `alt` at all.
    pub alt: Option<(String, Span)>,
    /// Index of the block it stands in; `u32::MAX` outside any.
    pub block: u32,
    /// Whether the link shows something that is not text: an image, a template tag, an embedded element.
    pub holds_media: bool,
    /// Of a bare address: what automatic linking, as GitHub does it, takes for its end and what reads like the sentence that
    /// goes on: from the first Chinese punctuation mark, or from the first Chinese letter that stands right behind a Latin
    /// one. Empty when nothing is swallowed. `target` leaves out the punctuation and what follows it, but keeps letters,
    /// which may well belong to an address (`/wiki/博客`).
    pub swallowed: Span,
}

/// How a link is written.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// `[text](address)` or `![alt](address)`.
    #[default]
    Inline,
    /// `[text][label]`, `[label]`, and images of that form.
    Reference,
    /// `<address>`.
    Autolink,
    /// An address in running text.
    Bare,
    /// `href` or `src` of an HTML element.
    Html,
    /// `[[page]]`.
    Wiki,
}

/// All links and images of a post in order of position: those of Markdown, which are given, of HTML, and in running text.
pub(super) fn collect(text: &str, mut links: Vec<Link>, prose: &Prose, markup: &Markup, tags: &[Tag]) -> Vec<Link> {
    links.extend(html::links(text, markup, tags));
    sort(&mut links);
    let found = bare::links(text, &links, prose, tags);
    if !found.is_empty() {
        links.extend(found);
        sort(&mut links);
    }
    for link in &mut links {
        place(link, text, prose);
    }
    links
}

/// By position, the outer link before the image in it.
fn sort(links: &mut [Link]) {
    links.sort_by_key(|link| (link.span.start, std::cmp::Reverse(link.span.end)));
}

/// Finds what a link shows, and in which block.
fn place(link: &mut Link, text: &str, prose: &Prose) {
    link.block = prose.block_of_source(link.span).map_or(u32::MAX, |index| Span::at(index).start);
    if link.image {
        return;
    }
    link.text = prose.range_of_source(link.span);
    let range = link.text.start as usize..link.text.end as usize;
    let Some(shown) = prose.text.get(range.clone()) else { return };
    link.holds_media = shown.match_indices(OBJECT).any(|(at, object)| {
        let at = range.start + at;
        let source = &text[prose.source_span(at..at + object.len()).range()];
        !["`", "<code", "<samp", "<tt"].iter().any(|code| source.starts_with(code))
    });
}

#[cfg(test)]
mod tests;
