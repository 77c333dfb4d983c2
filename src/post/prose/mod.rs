//! The text that readers see, block by block, with a map back to the bytes it came from.

use std::ops::Range;

use crate::source::Span;

pub(super) mod builder;
mod html;
mod outline;

pub use outline::Outline;

/// Stands in prose for what is visible but not text: inline code, math, images, template tags.
/// Never a blank: a link around it would look empty.
pub const OBJECT: char = '\u{FFFC}';

/// How many visible blocks make the head of a post.
const HEAD: usize = 3;

/// How many visible blocks make the tail of a post.
const TAIL: usize = 6;

/// All visible text of a post. Blocks follow each other in `text`, parted by a line feed that belongs to none of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// Marked as not the author's text (`Post::set_aside`).
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

impl Block {
    /// The range of its text, for slicing `Prose::text`.
    pub fn range(&self) -> Range<usize> {
        self.text.start as usize..self.text.end as usize
    }

    /// Whether readers see it, it is text, and it was not set aside.
    pub fn is_visible_text(&self) -> bool {
        !self.hidden && !self.set_aside && self.kind != BlockKind::Code
    }
}

/// A run of `Prose::text` and the bytes it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    /// Start in `Prose::text`.
    pub text: u32,
    /// Length in `Prose::text`.
    pub text_len: u32,
    /// The bytes it came from.
    pub source: Span,
    /// Whether it reads byte for byte as it is written; else it maps as a whole (entity, object).
    pub exact: bool,
}

impl Segment {
    /// One past its last byte in `Prose::text`.
    fn text_end(&self) -> u32 {
        self.text + self.text_len
    }

    /// Where the byte `at` of `Prose::text` came from, were the segment to begin there.
    fn source_start(&self, at: u32) -> u32 {
        if self.exact {
            self.source.start + at.clamp(self.text, self.text_end()) - self.text
        } else {
            self.source.start
        }
    }

    /// Where the byte before `at` of `Prose::text` came from, plus one.
    fn source_end(&self, at: u32) -> u32 {
        if self.exact { self.source.start + at.clamp(self.text, self.text_end()) - self.text } else { self.source.end }
    }
}

impl Prose {
    /// The text of a block.
    pub fn str(&self, block: &Block) -> &str {
        &self.text[block.range()]
    }

    /// The bytes that a range of `text` came from, with the markup between its pieces. Exact to the byte, but for what maps
    /// as a whole: an entity, inline code, an image.
    pub fn source_span(&self, range: Range<usize>) -> Span {
        let (start, end) = (Span::at(range.start).start, Span::at(range.end).start);
        let first = self.segments.partition_point(|segment| segment.text_end() <= start);
        let past = self.segments.partition_point(|segment| segment.text < end);
        if range.is_empty() || first >= past {
            let at = match (self.segments.get(first), first.checked_sub(1).and_then(|last| self.segments.get(last))) {
                (Some(next), _) if next.text <= start => next.source_start(start),
                (_, Some(last)) => last.source.end,
                (Some(next), None) => next.source.start,
                (None, None) => 0,
            };
            return Span { start: at, end: at };
        }
        Span { start: self.segments[first].source_start(start), end: self.segments[past - 1].source_end(end) }
    }

    /// The range of `text` that came from the bytes of `span`; empty, at the right place, when none did.
    pub fn range_of_source(&self, span: Span) -> Range<u32> {
        let first = self.segments.partition_point(|segment| segment.source.end <= span.start);
        let past = self.segments.partition_point(|segment| segment.source.start < span.end);
        if first >= past {
            let at = self.segments.get(first).map_or(Span::at(self.text.len()).start, |segment| segment.text);
            return at..at;
        }
        let (head, tail) = (self.segments[first], self.segments[past - 1]);
        let start = if head.exact { head.text + span.start.saturating_sub(head.source.start) } else { head.text };
        let beyond = if tail.exact { tail.source.end.saturating_sub(span.end) } else { 0 };
        start..tail.text_end() - beyond
    }

    /// The lines of a block without the blanks around them, and their ranges in `text`. Blank lines are left out.
    pub fn lines<'a>(&'a self, block: &Block) -> impl Iterator<Item = (Range<usize>, &'a str)> {
        let mut at = block.range().start;
        self.str(block).split('\n').filter_map(move |line| {
            let trimmed = line.trim();
            let start = at + (line.len() - line.trim_start().len());
            at += line.len() + 1;
            (!trimmed.is_empty()).then(|| (start..start + trimmed.len(), trimmed))
        })
    }

    /// Index of the block whose text holds the byte `at` of `text`.
    pub fn block_at(&self, at: usize) -> Option<usize> {
        let past = self.blocks.partition_point(|block| block.range().start <= at);
        self.blocks[..past].iter().rposition(|block| block.range().end > at || block.kind != BlockKind::Code).filter(
            |index| {
                let block = &self.blocks[*index];
                block.range().contains(&at)
            },
        )
    }

    /// Index of the block that holds the start of `span`.
    pub fn block_of_source(&self, span: Span) -> Option<usize> {
        let past = self.blocks.partition_point(|block| block.span.start <= span.start);
        let index = past.checked_sub(1)?;
        (span.start < self.blocks[index].span.end).then_some(index)
    }

    /// The blocks that readers see and that are text, with their indices.
    pub fn visible_blocks(&self) -> impl DoubleEndedIterator<Item = (usize, &Block)> {
        self.blocks.iter().enumerate().filter(|(_, block)| block.is_visible_text())
    }

    /// Indices of the first visible blocks.
    pub fn head(&self) -> Vec<usize> {
        self.visible_blocks().take(HEAD).map(|(index, _)| index).collect()
    }

    /// Indices of the last visible blocks, in order of position.
    pub fn tail(&self) -> Vec<usize> {
        let mut tail: Vec<usize> = self.visible_blocks().rev().take(TAIL).map(|(index, _)| index).collect();
        tail.reverse();
        tail
    }
}
