//! The text that readers see, block by block, with a map back to the bytes it came from.

use std::ops::Range;

use crate::source::Span;

/// Stands in prose for what is visible but not text: inline code, math, images, template tags.
/// Never a blank: a link around it would look empty.
pub const OBJECT: char = '\u{FFFC}';

/// All visible text of a post. Blocks follow each other in `text`, parted by a line feed that belongs to none of them.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// Entities decoded, markup gone, soft and hard line breaks as `\n`, template tags and inline code as `OBJECT`.
    /// Holds hidden text too: a block says whether it is hidden.
    pub text: String,
    /// The blocks in order of position, code blocks (with an empty range) among them.
    pub blocks: Vec<Block>,
    /// How ranges of `text` map to the source, sorted by both.
    pub(super) segments: Vec<Segment>,
}

/// One rendered block: what stands between two blank lines, or between two block-level HTML tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its visible text, as a range of `Prose::text`.
    pub text: Range<u32>,
    /// Its bytes in the source: markup included, without the blank space around it.
    pub span: Span,
    /// Inside a list.
    pub in_list: bool,
    /// Inside a table.
    pub in_table: bool,
    /// Inside a quotation.
    pub in_quote: bool,
    /// Inside an element that readers never see.
    pub hidden: bool,
    /// Marked by a lint as not the author's text (see `Post::set_aside`): other lints about text leave it out.
    pub set_aside: bool,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Running text; list items and table cells too.
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A code block, fenced or indented or `<pre>`: its text is not prose.
    Code,
}

/// A run of `Prose::text` and the bytes it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    /// Start in `Prose::text`.
    pub text: u32,
    /// Length in `Prose::text`.
    pub text_len: u32,
    /// The bytes it came from. Of equal length: byte for byte the same; else the run maps as a whole (entity, object).
    pub source: Span,
}
impl Prose {
    /// x
    pub fn str(&self, _b: &Block) -> &str {
        ""
    }
    /// x
    pub fn source_span(&self, _r: Range<usize>) -> Span {
        Span::default()
    }
    /// x
    pub fn block_at(&self, _r: usize) -> Option<usize> {
        None
    }
}

impl Prose {
    /// x
    pub fn block_of_source(&self, _s: Span) -> Option<usize> {
        None
    }
}
