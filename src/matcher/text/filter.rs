//! Qualifiers of patterns that look around a hit: what must not stand before, behind or around it.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::post::prose::OBJECT;
use crate::post::{Block, BlockKind, Post};

/// What a neighbouring block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Neighbour {
    /// A block that is only an image, or ends with one.
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

/// Whether the block at `index` (of `post.prose.blocks`) is such a neighbour.
pub(super) fn is_neighbour(post: &Post, index: Option<usize>, kind: Neighbour) -> bool {
    let Some(block) = index.and_then(|index| post.prose.blocks.get(index)) else { return false };
    match kind {
        Neighbour::Image => shows_image(post, block),
        Neighbour::List => block.in_list,
        Neighbour::Heading => matches!(block.kind, BlockKind::Heading(_)),
        Neighbour::Code => block.kind == BlockKind::Code,
        Neighbour::Quote => block.in_quote,
    }
}

/// Whether the hit at `start..end` of the block's text stands in such a container.
pub(super) fn is_inside(post: &Post, index: usize, (start, end): (usize, usize), kind: Container) -> bool {
    let block = &post.prose.blocks[index];
    match kind {
        Container::Quote => block.in_quote || is_quoted(post.prose.str(block), start, end),
        Container::List => block.in_list,
        Container::Table => block.in_table,
        Container::Heading => matches!(block.kind, BlockKind::Heading(_)),
        Container::Link => {
            let at = block.text.start + u32::try_from(start).unwrap_or(u32::MAX);
            post.links.iter().any(|link| link.text.contains(&at))
        }
    }
}

fn shows_image(post: &Post, block: &Block) -> bool {
    let text = post.prose.str(block).trim_end();
    let first = post.links.partition_point(|link| link.span.start < block.span.start);
    let inside = post.links[first..].iter().take_while(|link| link.span.start < block.span.end);
    text.ends_with(OBJECT) && inside.into_iter().any(|link| link.image)
}

/// How far around a hit quotation marks are looked for, in bytes. Bounds the work on a line of megabytes.
const QUOTE_REACH: usize = 600;

/// Whether quotation marks stand around `start..end` of `text`.
fn is_quoted(text: &str, start: usize, end: usize) -> bool {
    let from = text.floor_char_boundary(start.saturating_sub(QUOTE_REACH));
    let to = text.ceil_char_boundary((end + QUOTE_REACH).min(text.len()));
    let (before, behind) = (&text[from..start], &text[end..to]);
    QUOTES.iter().any(|(open, close)| {
        let is_open = if open == close {
            before.matches(*open).count() % 2 == 1
        } else {
            before.rfind(*open).is_some_and(|at| before.rfind(*close).is_none_or(|closed| closed < at))
        };
        is_open && behind.contains(*close)
    })
}
