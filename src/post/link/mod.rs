//! Links and images of a post, with the exact span of the whole and of the address alone.

use std::ops::Range;

use super::front_matter::FrontMatter;
use super::markup::Markup;
use super::mask::Masked;
use super::prose::{OBJECT, Prose};
use crate::source::Span;

mod attribute;
mod bare;
mod call;
mod front_matter;
mod html;
mod tag;
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
    /// For a reference link: the address in its definition. For a template tag: its argument that is or names the address.
    pub target: Span,
    /// The address with escapes, entities and surrounding blanks resolved. Template tags stand in it as written; where one
    /// names the address in its own way (`{% post_link sea %}`), it is the whole tag. `Written` reads it.
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
    /// `[label]: address` that no link uses.
    Definition,
    /// `srcset` (each image), `poster`, `cite` and the like of an HTML element: its start tag is the whole.
    Attribute,
    /// A template tag that makes a link or an image by itself: `{% post_link sea %}`, `{{< figure src="sea.png" >}}`.
    Tag,
    /// The value of a key of front matter: `image: sea.png`.
    FrontMatter,
}

impl LinkKind {
    /// Whether it is a link by its own text (`Post::links`), and not one of `Post::further_links`.
    pub fn is_of_text(self) -> bool {
        !matches!(self, Self::Definition | Self::Attribute | Self::Tag | Self::FrontMatter)
    }
}

impl Link {
    /// What the address says.
    pub fn written(&self) -> Written<'_> {
        Written::of(self.kind, &self.url)
    }
}

/// What links are collected from.
pub(super) struct Places<'a> {
    /// The source.
    pub(super) text: &'a str,
    pub(super) masked: &'a Masked<'a>,
    pub(super) front: &'a FrontMatter,
    pub(super) markup: &'a Markup,
    pub(super) prose: &'a Prose,
}

/// All links and images of a post in order of position: those of Markdown, which are given, of HTML, and in running text.
pub(super) fn collect(mut links: Vec<Link>, places: &Places<'_>) -> Vec<Link> {
    let Places { text, masked, markup, prose, .. } = places;
    links.extend(html::links(text, markup, &masked.tags));
    sort(&mut links);
    let found = bare::links(text, &links, prose, &masked.tags);
    if !found.is_empty() {
        links.extend(found);
        sort(&mut links);
    }
    for link in &mut links {
        place(link, text, prose);
    }
    links
}

/// All other addresses in order of position: `definitions` that no link uses, those in attributes and in front matter, and
/// those of template tags that stand in none of `links`.
pub(super) fn collect_further(definitions: Vec<Link>, links: &[Link], places: &Places<'_>) -> Vec<Link> {
    let Places { text, masked, front, markup, prose } = places;
    let mut further = definitions;
    further.extend(attribute::links(text, markup, masked));
    let mut taken: Vec<Span> = links.iter().chain(&further).map(|link| link.target).collect();
    taken.sort_unstable();
    further.extend(tag::links(text, &masked.tags, &taken, prose, markup));
    for link in &mut further {
        link.block = prose.block_of_source(link.span).map_or(u32::MAX, |index| Span::at(index).start);
    }
    let in_front = front_matter::links(text, front).into_iter();
    further.extend(in_front.map(|link| Link { block: u32::MAX, ..link }));
    further.sort_by_key(|link| (link.span.start, std::cmp::Reverse(link.span.end), link.target.start));
    further
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
