//! Which text of a post is searched: scopes, and the regions a post has in each.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::post::{BlockKind, Link, Post};
use crate::source::Span;
use crate::spanned::{Node, Value};

/// Which text is searched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Every line of the file as it is written, code and markup included.
    Source,
    /// The text values of the front matter.
    FrontMatter,
    /// The title in the front matter.
    Title,
    /// The name of the file.
    Filename,
    /// The visible text of one rendered block.
    #[default]
    Block,
    /// A line of a block.
    Line,
    /// A heading.
    Heading,
    /// The visible text of a link.
    LinkText,
    /// The address of a link.
    LinkTarget,
    /// The address of an image.
    ImageTarget,
    /// The alternative text of an image.
    ImageAlt,
    /// An HTML comment.
    Comment,
}

impl Scope {
    /// All scopes.
    pub const ALL: [Scope; 12] = [
        Scope::Source,
        Scope::FrontMatter,
        Scope::Title,
        Scope::Filename,
        Scope::Block,
        Scope::Line,
        Scope::Heading,
        Scope::LinkText,
        Scope::LinkTarget,
        Scope::ImageTarget,
        Scope::ImageAlt,
        Scope::Comment,
    ];

    /// Whether regions of this scope are short by nature, so that a pattern without a literal is cheap.
    pub fn is_short(self) -> bool {
        !matches!(self, Scope::Source | Scope::Block | Scope::Line | Scope::Comment | Scope::FrontMatter)
    }

    /// Whether regions of this scope stand in a block of the post.
    pub fn has_blocks(self) -> bool {
        !matches!(self, Scope::Source | Scope::FrontMatter | Scope::Title | Scope::Filename | Scope::Comment)
    }
}

/// One end of the post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// The first three visible blocks.
    Head,
    /// The last six visible blocks.
    Tail,
    /// The last visible block.
    Last,
    /// The first three or the last six visible blocks.
    Either,
}

/// A piece of text to search, and how its bytes map to the source.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region<'a> {
    pub(super) text: &'a str,
    pub(super) anchor: Anchor,
    /// Index of the block it belongs to; `None` outside prose.
    pub(super) block: Option<usize>,
}

/// How the bytes of a region map to the source.
#[derive(Clone, Copy, Debug)]
pub(super) enum Anchor {
    /// The region begins at this offset of the prose.
    Prose(usize),
    /// The region is the source from this offset on, byte for byte.
    Exact(usize),
    /// The region as a whole came from this span.
    Whole(Span),
}

impl Region<'_> {
    /// The source span of a range of the region.
    pub(super) fn span(&self, post: &Post, start: usize, end: usize) -> Span {
        match self.anchor {
            Anchor::Prose(at) => post.prose.source_span(at + start..at + end),
            Anchor::Exact(at) => Span::new(at + start, at + end),
            Anchor::Whole(span) => span,
        }
    }
}

/// How many links around a place are asked whether they reach over it. Links hardly ever nest: this bounds the work on those
/// that do.
pub(super) const LINKS_ASKED: usize = 16;

/// `span` with the whole of the links at its ends: a text that begins in a link is marked from the link's `[`.
pub(super) fn with_links(post: &Post, span: Span) -> Span {
    let before = post.links.partition_point(|link| link.span.start < span.end);
    let at_end = post.links[..before].iter().rev().take(LINKS_ASKED);
    let before = post.links.partition_point(|link| link.span.start <= span.start);
    let at_start = post.links[..before].iter().rev().take(LINKS_ASKED);
    at_end.chain(at_start).filter(|link| link.span.overlaps(span)).fold(span, |whole, link| whole.cover(link.span))
}

/// Calls `each` with every region of a scope that is not part of the prose.
pub(super) fn regions<'a>(post: &'a Post, scope: Scope, each: &mut dyn FnMut(Region<'a>)) {
    match scope {
        Scope::Title => post.front.root.get("title").into_iter().for_each(|node| value(post, node, each)),
        Scope::FrontMatter => values(post, &post.front.root, each),
        Scope::Filename => {
            let name = post.source.path.rsplit('/').next().unwrap_or_default();
            each(Region { text: name, anchor: Anchor::Whole(Span::at(0)), block: None });
        }
        Scope::LinkTarget => targets(post, false, each),
        Scope::ImageTarget => targets(post, true, each),
        Scope::LinkText => {
            for link in post.links.iter().filter(|link| !link.text.is_empty()) {
                let text = &post.prose.text[link.text.start as usize..link.text.end as usize];
                each(Region { text, anchor: Anchor::Prose(link.text.start as usize), block: block(link) });
            }
        }
        Scope::ImageAlt => {
            for (link, (text, span)) in post.links.iter().filter_map(|link| Some((link, link.alt.as_ref()?))) {
                each(Region { text, anchor: anchor(post, text, *span), block: block(link) });
            }
        }
        Scope::Comment => {
            for comment in post.markup.comments() {
                let text = post.source.slice(comment.content);
                each(Region { text, anchor: Anchor::Whole(comment.span), block: None });
            }
        }
        Scope::Source | Scope::Block | Scope::Line | Scope::Heading => {}
    }
}

/// The block, or the line of the block, that holds the byte `at` of the prose, as a range of the prose.
pub(super) fn reach(post: &Post, scope: Scope, index: usize, at: usize) -> Range<usize> {
    let block = &post.prose.blocks[index];
    let (mut start, mut end) = (block.text.start as usize, block.text.end as usize);
    if scope == Scope::Line {
        let text = post.prose.text.as_bytes();
        start += memchr::memrchr(b'\n', &text[start..at]).map_or(0, |feed| feed + 1);
        end = memchr::memchr(b'\n', &text[at..end]).map_or(end, |feed| at + feed);
    }
    start..end
}

/// The region of a range that `reach` gave; `None` when the block's text is not searched in this scope.
pub(super) fn prose_region<'a>(post: &'a Post, scope: Scope, index: usize, reach: Range<usize>) -> Option<Region<'a>> {
    let block = &post.prose.blocks[index];
    if !block.is_visible_text() || scope == Scope::Heading && !matches!(block.kind, BlockKind::Heading(_)) {
        return None;
    }
    let whole = &post.prose.text[reach.clone()];
    let start = reach.start + (whole.len() - whole.trim_start().len());
    Some(Region { text: whole.trim(), anchor: Anchor::Prose(start), block: Some(index) })
}

/// Which blocks make the ends of a post.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    /// The last block of the head.
    head: usize,
    /// The first block of the tail.
    tail: usize,
    /// The last visible block.
    last: usize,
}

impl Ends {
    /// The ends of `post`. A post without visible blocks has none.
    pub(super) fn of(post: &Post) -> Self {
        let head = post.prose.head().last().copied().unwrap_or_default();
        let tail = post.prose.tail();
        let (tail, last) = (tail.first().copied(), tail.last().copied());
        Self { head, tail: tail.unwrap_or(usize::MAX), last: last.unwrap_or(usize::MAX) }
    }

    /// Whether the block at `index` stands at that end of the post.
    pub(super) fn hold(&self, index: usize, end: End) -> bool {
        match end {
            End::Head => index <= self.head,
            End::Tail => index >= self.tail,
            End::Last => index >= self.last,
            End::Either => index <= self.head || index >= self.tail,
        }
    }
}

fn targets<'a>(post: &'a Post, image: bool, each: &mut dyn FnMut(Region<'a>)) {
    for link in post.links.iter().filter(|link| link.image == image) {
        each(Region { text: &link.url, anchor: anchor(post, &link.url, link.target), block: block(link) });
    }
}

fn block(link: &Link) -> Option<usize> {
    (link.block != u32::MAX).then_some(link.block as usize)
}

/// Every text value of the front matter. Trees are bounded in depth, so the recursion is.
fn values<'a>(post: &'a Post, node: &'a Node, each: &mut dyn FnMut(Region<'a>)) {
    match &node.value {
        Value::Sequence(items) => items.iter().for_each(|item| values(post, item, each)),
        Value::Mapping(entries) => entries.iter().for_each(|(_, item)| values(post, item, each)),
        _ => value(post, node, each),
    }
}

fn value<'a>(post: &'a Post, node: &'a Node, each: &mut dyn FnMut(Region<'a>)) {
    if let Some(text) = node.as_str() {
        each(Region { text, anchor: anchor(post, text, node.span), block: None });
    }
}

/// Exact when the span holds the text as it is, be it between quotes.
fn anchor(post: &Post, text: &str, span: Span) -> Anchor {
    let raw = post.source.slice(span);
    for skipped in [0, 1] {
        if raw.get(skipped..).is_some_and(|raw| raw.starts_with(text)) {
            return Anchor::Exact(span.start as usize + skipped);
        }
    }
    Anchor::Whole(span)
}
