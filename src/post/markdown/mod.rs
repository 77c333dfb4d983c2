//! Markdown to pieces of prose, links and defects. Pieces come in order of position and know their bytes; what HTML is
//! among them is left to `markup`.

use crate::post::prose::BlockKind;
use crate::source::Span;

mod destination;
mod fence;
mod reader;
mod reference;
pub(super) mod skeleton;

pub(super) use reader::read;

use super::anchor::Note;
use super::{Defect, Link};

/// What Markdown is made of, as far as copydesk looks.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// In order of position.
    pub(super) pieces: Vec<Piece>,
    /// Links and images written in Markdown. Their `text`, `block` and `holds_media` are not known yet.
    pub(super) links: Vec<Link>,
    /// Definitions of references that no link uses.
    pub(super) definitions: Vec<Link>,
    /// References to notes, in order of position.
    pub(super) notes: Vec<Note>,
    /// What Markdown stepped over.
    pub(super) defects: Vec<Defect>,
}

impl Outline {
    /// The outline of a body that is HTML and nothing else.
    pub(super) fn of_html(body: Span) -> Self {
        Self { pieces: vec![Piece { span: body, kind: PieceKind::Html }], ..Self::default() }
    }

    fn push(&mut self, span: Span, kind: PieceKind) {
        self.pieces.push(Piece { span, kind });
    }

    /// Adds text or HTML, in one with the piece before if it goes right on.
    fn push_joined(&mut self, span: Span, kind: PieceKind) {
        match self.pieces.last_mut() {
            Some(last) if last.kind == kind && last.span.end == span.start => last.span.end = span.end,
            _ => self.push(span, kind),
        }
    }
}

/// The headings among the pieces, with the marks that make them headings.
pub(super) fn headings(pieces: &[Piece]) -> Vec<Span> {
    let is_heading = |piece: &&Piece| matches!(piece.kind, PieceKind::Open(BlockKind::Heading(_)));
    pieces.iter().filter(is_heading).map(|piece| piece.span).collect()
}

/// A piece of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its bytes.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: PieceKind,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// Text that reads as it is written.
    Text,
    /// Text that reads otherwise.
    Decoded(Box<str>),
    /// A soft or hard line break.
    Break,
    /// Inline code, math, an image.
    Object,
    /// Markup inside a line that shows nothing by itself.
    Inline,
    /// Lines of HTML: their text is HTML too.
    Html,
    /// A tag or comment inside a line of Markdown.
    InlineHtml,
    /// A code block.
    Code,
    /// A leaf block begins; its bytes are those of the whole block.
    Open(BlockKind),
    /// A leaf block ends; its bytes are those of the whole block.
    Close,
    /// What stands before and after belongs to two blocks.
    Part,
    /// A container begins.
    Enter(Container),
    /// A container ends.
    Leave(Container),
}

/// What blocks stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// A list.
    List,
    /// A table.
    Table,
    /// A quotation.
    Quote,
}
