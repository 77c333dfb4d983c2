//! A parsed source: front matter, visible text, links, embedded HTML and template tags, each with exact byte spans.
//! Parsing never fails: any text gives a `Post`, and what was stepped over is a `Defect` for a lint to judge.

use crate::site::Role;
use crate::source::{Source, Span};

pub mod defect;
pub mod front_matter;
pub mod language;
pub mod link;
pub mod markdown;
pub mod markup;
pub mod mask;
pub mod prose;

pub use defect::{Defect, DefectKind};
pub use front_matter::FrontMatter;
pub use language::Language;
pub use link::{Link, LinkKind};
pub use markup::Markup;
pub use mask::Tag;
pub use prose::{Block, BlockKind, Prose};

/// What a site generator and a reader see in one source.
#[derive(Debug)]
pub struct Post {
    /// The text that all spans point into.
    pub source: Source,
    /// Article or page.
    pub role: Role,
    /// The front matter; absent front matter is an empty one.
    pub front: FrontMatter,
    /// Everything after the front matter.
    pub body: Span,
    /// The text that readers see, in blocks.
    pub prose: Prose,
    /// Links and images, in order of position.
    pub links: Vec<Link>,
    /// The embedded HTML.
    pub markup: Markup,
    /// Template tags that the generator renders, in order of position.
    pub tags: Vec<Tag>,
    /// The language most of the prose is in.
    pub language: Language,
    /// What the parser stepped over, in order of position.
    pub defects: Vec<Defect>,
}

impl Post {
    /// x
    pub fn parse(_source: Source, _site: &crate::site::Site, _role: Role) -> Self {
        unreachable!()
    }

    /// Marks the blocks that lie mostly inside `span` as not the author's text.
    pub fn set_aside(&mut self, span: Span) {
        let first = self.prose.blocks.partition_point(|block| block.span.end <= span.start);
        for block in self.prose.blocks[first..].iter_mut().take_while(|block| block.span.start < span.end) {
            let shared = span.end.min(block.span.end) - span.start.max(block.span.start);
            block.set_aside |= 2 * shared as usize >= block.span.len();
        }
    }
}
