//! Qualifiers of patterns that look around a hit: what must not stand before, behind or around it.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::scope::{Anchor, LINKS_ASKED, Region};
use crate::post::{Block, BlockKind, OBJECT, Post};
use crate::source::Span;

/// What stands beside a region: in the same block, or else the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Neighbour {
    /// An image, or a template tag that shows one.
    Image,
    /// An item of a list.
    List,
    /// A heading.
    Heading,
    /// A code block.
    Code,
    /// A quotation.
    Quote,
}

/// What a hit stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Container {
    /// A block quotation, or quotation marks around the hit in its block.
    Quote,
    /// A list.
    List,
    /// A table.
    Table,
    /// A heading.
    Heading,
    /// A link's text.
    Link,
}

/// Opening quotation marks and their partners. The straight ones are their own partners.
const QUOTES: [(char, char); 7] =
    [('“', '”'), ('「', '」'), ('『', '』'), ('«', '»'), ('‘', '’'), ('"', '"'), ('《', '》')];

/// On which side of a region a neighbour stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Before it.
    Before,
    /// Behind it.
    Behind,
}

/// Whether such a neighbour stands on that side of a region of block `index`: another line of the block, or the next block.
pub(super) fn is_neighbour(post: &Post, region: Region<'_>, index: usize, side: Side, kind: Neighbour) -> bool {
    let own = &post.prose.blocks[index];
    let lines = lines_beside(post, own, region, side);
    let (block, shown) = if post.prose.text[lines.clone()].trim().is_empty() {
        let other = if side == Side::Before { index.checked_sub(1) } else { Some(index + 1) };
        let Some(block) = other.and_then(|other| post.prose.blocks.get(other)) else { return false };
        (block, block.range())
    } else {
        (own, lines)
    };
    match kind {
        Neighbour::Image => shows_image(post, shown, side),
        Neighbour::List => block.in_list,
        Neighbour::Heading => matches!(block.kind, BlockKind::Heading(_)),
        Neighbour::Code => block.kind == BlockKind::Code,
        Neighbour::Quote => block.in_quote,
    }
}

/// The other lines of the region's block on that side, as a range of the prose.
fn lines_beside(post: &Post, block: &Block, region: Region<'_>, side: Side) -> Range<usize> {
    let Anchor::Prose(at) = region.anchor else { return 0..0 };
    let range = match side {
        Side::Before => block.range().start..at,
        Side::Behind => at + region.text.len()..block.range().end,
    };
    if post.prose.text.get(range.clone()).is_some() { range } else { 0..0 }
}

/// Whether the hit at `range` of the region stands in such a container. `index` is the region's block.
pub(super) fn is_inside(post: &Post, region: Region<'_>, index: usize, range: Range<usize>, kind: Container) -> bool {
    let block = &post.prose.blocks[index];
    match (kind, region.anchor) {
        (Container::Quote, Anchor::Prose(at)) => {
            block.in_quote || is_quoted(&post.prose.text, block.range(), at + range.start..at + range.end)
        }
        (Container::Quote, _) => block.in_quote,
        (Container::List, _) => block.in_list,
        (Container::Table, _) => block.in_table,
        (Container::Heading, _) => matches!(block.kind, BlockKind::Heading(_)),
        (Container::Link, Anchor::Prose(at)) => is_in_link(post, at + range.start),
        (Container::Link, _) => true,
    }
}

/// Whether the byte `at` of the prose stands in the text of a link.
fn is_in_link(post: &Post, at: usize) -> bool {
    let place = Span::at(at).start;
    let source = post.prose.source_span(at..at + 1).start;
    let before = post.links.partition_point(|link| link.span.start <= source);
    post.links[..before].iter().rev().take(LINKS_ASKED).any(|link| link.text.contains(&place))
}

/// Whether a range of the prose has an image at the end that faces the region.
fn shows_image(post: &Post, range: Range<usize>, side: Side) -> bool {
    let text = &post.prose.text[range.clone()];
    let at = match side {
        Side::Before if text.trim_end().ends_with(OBJECT) => text.trim_end().len() - OBJECT.len_utf8(),
        Side::Behind if text.trim_start().starts_with(OBJECT) => text.len() - text.trim_start().len(),
        _ => return false,
    };
    let at = range.start + at;
    let shown = post.source.slice(post.prose.source_span(at..at + OBJECT.len_utf8()));
    let is_tag_of_figure = || shown.starts_with('{') && FIGURES.iter().any(|word| shown.contains(word));
    IMAGES.iter().any(|start| shown.starts_with(start)) || is_tag_of_figure()
}

/// How images begin in the source.
const IMAGES: [&str; 6] = ["![", "[![", "<img", "<IMG", "<picture", "<svg"];

/// What template tags that show images hold.
const FIGURES: [&str; 4] = ["fig", "image", "img", "photo"];

/// How far around a hit quotation marks are looked for, in bytes. Bounds the work on a line of megabytes.
const QUOTE_REACH: usize = 600;

/// Whether quotation marks stand around `hit` in the block at `block` of `text`.
fn is_quoted(text: &str, block: Range<usize>, hit: Range<usize>) -> bool {
    let from = text.floor_char_boundary(hit.start.saturating_sub(QUOTE_REACH).max(block.start));
    let to = text.ceil_char_boundary((hit.end + QUOTE_REACH).min(block.end));
    let (Some(before), Some(behind)) = (text.get(from..hit.start), text.get(hit.end..to)) else { return false };
    QUOTES.iter().any(|(open, close)| {
        let is_open = if open == close {
            before.matches(*open).count() % 2 == 1
        } else {
            before.rfind(*open).is_some_and(|at| before.rfind(*close).is_none_or(|closed| closed < at))
        };
        is_open && behind.contains(*close)
    })
}
