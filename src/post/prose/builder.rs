//! Puts blocks together from pieces of Markdown and tokens of HTML, which arrive in order of position.

use super::{Block, BlockKind, OBJECT, Prose, Segment};
use crate::post::markdown::{Container, Piece, PieceKind};
use crate::post::markup::Markup;
use crate::post::mask::{Tag, TagKind};
use crate::source::Span;

/// What counts as blank around blocks. Form feeds and ideographic spaces are text: lints look for them.
const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// Builds the prose of a post out of what Markdown and HTML hold.
pub(in crate::post) fn build(text: &str, pieces: &[Piece], markup: &Markup, tags: &[Tag]) -> Prose {
    let mut builder = Builder::new(text, markup, tags);
    builder.prose.text.reserve(text.len());
    for piece in pieces {
        builder.piece(piece);
    }
    builder.close_block(None);
    builder.finish()
}

/// A block that still grows.
struct Open {
    block: Block,
    /// Where its text starts in `Prose::text`.
    text: usize,
    /// How many segments stood before it.
    segments: usize,
    /// Where the Markdown block or the element ends that it began with.
    whole: Option<u32>,
}

/// A block without text.
#[derive(Clone, Copy)]
struct Pending {
    start: u32,
    kind: BlockKind,
    whole: Option<u32>,
}

/// How deep in containers of Markdown the builder is, and up to which byte in containers of HTML.
#[derive(Default)]
struct Inside {
    depth: u32,
    until: u32,
}

impl Inside {
    fn at(&self, at: u32) -> bool {
        self.depth > 0 || at < self.until
    }
}

pub(super) struct Builder<'a> {
    pub(super) source: &'a str,
    pub(super) markup: &'a Markup,
    tags: &'a [Tag],
    tag_at: usize,
    pub(super) prose: Prose,
    open: Option<Open>,
    /// A block that was opened and has no text yet.
    pending: Option<Pending>,
    lists: Inside,
    tables: Inside,
    quotes: Inside,
    /// Up to here the text is a heading of that level, stands in hidden elements, or is not prose at all.
    pub(super) heading: (u32, u8),
    pub(super) hidden_until: u32,
    pub(super) skip_until: u32,
    /// The next token of the HTML, and up to where HTML was read.
    pub(super) token: usize,
    pub(super) html_end: u32,
}

impl<'a> Builder<'a> {
    fn new(source: &'a str, markup: &'a Markup, tags: &'a [Tag]) -> Self {
        Self {
            source,
            markup,
            tags,
            tag_at: 0,
            prose: Prose::default(),
            open: None,
            pending: None,
            lists: Inside::default(),
            tables: Inside::default(),
            quotes: Inside::default(),
            heading: (0, 0),
            hidden_until: 0,
            skip_until: 0,
            token: 0,
            html_end: 0,
        }
    }

    fn piece(&mut self, piece: &Piece) {
        let span = piece.span;
        match &piece.kind {
            PieceKind::Text => self.text(span),
            PieceKind::Decoded(text) => self.opaque(span, text),
            PieceKind::Break => self.line_break(span),
            PieceKind::Object => self.object(span),
            PieceKind::Inline => self.touch(span),
            PieceKind::Html => self.html(span, true),
            PieceKind::InlineHtml => self.html(span, false),
            PieceKind::Code => self.code(span),
            PieceKind::Open(kind) => self.open_block(trim(self.source, span), *kind),
            PieceKind::Close => self.close_block(Some(trim(self.source, span).end)),
            PieceKind::Part => self.close_block(None),
            PieceKind::Enter(container) | PieceKind::Leave(container) => {
                self.close_block(None);
                let inside = match container {
                    Container::List => &mut self.lists,
                    Container::Table => &mut self.tables,
                    Container::Quote => &mut self.quotes,
                };
                let enters = matches!(piece.kind, PieceKind::Enter(_));
                inside.depth = if enters { inside.depth + 1 } else { inside.depth.saturating_sub(1) };
            }
        }
    }

    /// Begins a block at the start of `span`, which is made when its first text comes.
    pub(super) fn open_block(&mut self, span: Span, kind: BlockKind) {
        self.close_block(None);
        self.pending = Some(Pending { start: span.start, kind, whole: Some(span.end) });
    }

    /// Ends the block at hand. What it began with ends at byte `end`, if that is known.
    pub(super) fn close_block(&mut self, end: Option<u32>) {
        self.pending = None;
        let Some(Open { mut block, text, segments, whole }) = self.open.take() else { return };
        self.trim_text(text, segments);
        let visible = &self.prose.text[text..];
        if visible.chars().all(char::is_whitespace) {
            self.prose.text.truncate(text);
            self.prose.segments.truncate(segments);
            if self.prose.text.ends_with('\n') {
                self.prose.text.pop();
            }
            return;
        }
        if let Some(end) = end.filter(|end| whole == Some(*end)) {
            block.span.end = block.span.end.max(end);
        }
        block.span.end =
            block.span.start + Span::at(self.source[block.span.range()].trim_end_matches(BLANKS).len()).start;
        block.text.end = Span::at(self.prose.text.len()).start;
        self.prose.blocks.push(block);
    }

    /// Cuts blanks off the end of the text of the block at hand.
    fn trim_text(&mut self, from: usize, segments: usize) {
        let prose = &mut self.prose;
        let kept = prose.text[from..].trim_end_matches(BLANKS).len() + from;
        prose.text.truncate(kept);
        while prose.segments.len() > segments {
            let Some(last) = prose.segments.last_mut() else { break };
            let over = (last.text_end() as usize).saturating_sub(kept);
            if over == 0 {
                break;
            }
            if over < last.text_len as usize && last.exact {
                let over = Span::at(over).start;
                last.text_len -= over;
                last.source.end -= over;
                break;
            }
            prose.segments.pop();
        }
    }

    /// Takes a container of HTML that ends at byte `end` for one of Markdown.
    pub(super) fn enter_until(&mut self, container: Container, end: u32) {
        let inside = match container {
            Container::List => &mut self.lists,
            Container::Table => &mut self.tables,
            Container::Quote => &mut self.quotes,
        };
        inside.until = inside.until.max(end);
    }

    /// A code block: no text, but a place among the blocks.
    pub(super) fn code(&mut self, span: Span) {
        self.close_block(None);
        if span.start < self.skip_until {
            return;
        }
        let at = Span::at(self.prose.text.len()).start;
        let block = self.block(BlockKind::Code, trim(self.source, span), at);
        self.prose.blocks.push(block);
    }

    fn block(&self, kind: BlockKind, span: Span, text: u32) -> Block {
        Block {
            kind,
            text: text..text,
            span,
            in_list: self.lists.at(span.start),
            in_table: self.tables.at(span.start),
            in_quote: self.quotes.at(span.start),
            hidden: span.start < self.hidden_until,
            set_aside: false,
        }
    }

    /// Makes the block at hand ready for text from `span`; `false` if that text is not to be had.
    fn ready(&mut self, span: Span) -> bool {
        let is_late = self.prose.segments.last().is_some_and(|last| span.start < last.source.end);
        if span.start < self.skip_until || is_late {
            return false;
        }
        let hidden = span.start < self.hidden_until;
        match &self.open {
            Some(open) if open.block.hidden == hidden => {}
            Some(open) if hidden && !self.prose.text[open.text..].trim().is_empty() => return false,
            _ => {
                let pending = self.pending.take();
                self.close_block(None);
                self.begin(span, pending);
            }
        }
        if let Some(open) = &mut self.open {
            open.block.span.end = open.block.span.end.max(span.end);
        }
        true
    }

    fn begin(&mut self, span: Span, pending: Option<Pending>) {
        let unasked = Pending { start: span.start, kind: BlockKind::Paragraph, whole: None };
        let Pending { start, mut kind, whole } = pending.unwrap_or(unasked);
        if span.start < self.heading.0 {
            kind = BlockKind::Heading(self.heading.1);
        }
        if !self.prose.text.is_empty() {
            self.prose.text.push('\n');
        }
        let text = self.prose.text.len();
        let mut block = self.block(kind, Span { start, end: span.end }, Span::at(text).start);
        block.hidden = span.start < self.hidden_until;
        self.open = Some(Open { block, text, segments: self.prose.segments.len(), whole });
    }

    /// Markup that shows nothing by itself but belongs to the block.
    pub(super) fn touch(&mut self, span: Span) {
        if self.open.is_none() && self.pending.is_none() {
            self.pending = Some(Pending { start: span.start, kind: BlockKind::Paragraph, whole: None });
        }
        self.extend(span);
    }

    /// Markup that belongs to the block before it, never to one that is to come.
    pub(super) fn extend(&mut self, span: Span) {
        if let Some(open) = &mut self.open {
            open.block.span.end = open.block.span.end.max(span.end);
        }
    }

    /// Text that stands in the source as it is read, but for template tags in it.
    fn text(&mut self, mut span: Span) {
        while let Some(tag) = self.next_tag(span) {
            if span.start < tag.span.start {
                self.identity(Span { start: span.start, end: tag.span.start });
            }
            self.show_tag(&tag, span);
            span.start = tag.span.end.clamp(span.start, span.end);
        }
        self.identity(span);
    }

    /// The tag that stands in `span`, or whose rest does.
    pub(super) fn next_tag(&mut self, span: Span) -> Option<Tag> {
        while self.tags.get(self.tag_at).is_some_and(|tag| tag.span.end <= span.start) {
            self.tag_at += 1;
        }
        self.tags.get(self.tag_at).filter(|tag| tag.span.start < span.end && !span.is_empty()).cloned()
    }

    /// Shows a tag that stands in the text at `span`, once: where it begins.
    pub(super) fn show_tag(&mut self, tag: &Tag, span: Span) {
        if tag.span.start < span.start {
            return;
        }
        match tag.kind {
            TagKind::Output if !tag.alone => self.object(tag.span),
            TagKind::Silent if !tag.alone => self.touch(tag.span),
            TagKind::Output | TagKind::Silent | TagKind::Code => self.extend(tag.span),
        }
    }

    /// Text that stands in the source as it is read.
    pub(super) fn identity(&mut self, span: Span) {
        if span.is_empty() || !self.ready(span) {
            return;
        }
        let prose = &mut self.prose;
        let text = Span::at(prose.text.len()).start;
        prose.text.push_str(&self.source[span.range()]);
        match prose.segments.last_mut() {
            Some(last) if last.exact && last.text_end() == text && last.source.end == span.start => {
                last.text_len += span.end - span.start;
                last.source.end = span.end;
            }
            _ => prose.segments.push(Segment { text, text_len: span.end - span.start, source: span, exact: true }),
        }
    }

    /// Text that was written otherwise.
    pub(super) fn opaque(&mut self, span: Span, text: &str) {
        if text.len() == span.len() && *text == self.source[span.range()] {
            return self.text(span);
        }
        if text.is_empty() || !self.ready(span) {
            return;
        }
        let at = Span::at(self.prose.text.len()).start;
        self.prose.text.push_str(text);
        self.prose.segments.push(Segment {
            text: at,
            text_len: Span::at(text.len()).start,
            source: span,
            exact: false,
        });
    }

    /// Something visible that is not text.
    pub(super) fn object(&mut self, span: Span) {
        if span.is_empty() || !self.ready(span) {
            return;
        }
        let at = Span::at(self.prose.text.len()).start;
        self.prose.text.push(OBJECT);
        let text_len = Span::at(OBJECT.len_utf8()).start;
        self.prose.segments.push(Segment { text: at, text_len, source: span, exact: false });
    }

    pub(super) fn line_break(&mut self, span: Span) {
        if self.open.is_some() && !self.prose.text.ends_with('\n') {
            self.opaque(span, "\n");
        }
    }

    /// Whether the block at hand ends with a blank, or has no text yet.
    pub(super) fn ends_with_blank(&self) -> bool {
        self.open.is_none() || self.prose.text.ends_with([' ', '\n'])
    }

    /// Adds the blocks of code that template tags make, which no Markdown told of.
    fn finish(mut self) -> Prose {
        let blocks = &mut self.prose.blocks;
        let count = blocks.len();
        for tag in self.tags.iter().filter(|tag| tag.kind == TagKind::Code && tag.alone) {
            let past = blocks[..count].partition_point(|block| block.span.start < tag.span.start);
            let next =
                blocks[..count].get(past).map_or(Span::at(self.prose.text.len()).start, |block| block.text.start);
            let inside = |block: &Block| block.span.contains(tag.span);
            if past.checked_sub(1).is_some_and(|before| inside(&blocks[before])) {
                continue;
            }
            let code = Block {
                kind: BlockKind::Code,
                text: next..next,
                span: tag.span,
                in_list: false,
                in_table: false,
                in_quote: false,
                hidden: false,
                set_aside: false,
            };
            blocks.push(code);
        }
        if blocks.len() > count {
            blocks.sort_by_key(|block| block.span.start);
        }
        self.prose
    }
}

/// `span` without the blank space around it.
fn trim(source: &str, span: Span) -> Span {
    let text = &source[span.range()];
    let start = span.range().start + (text.len() - text.trim_start_matches(BLANKS).len());
    Span::new(start, start + text.trim_matches(BLANKS).len())
}
