//! A parsed source: front matter, visible text, links, embedded HTML and template tags, each with exact byte spans.
//! Parsing never fails: any text gives a `Post`, and what was stepped over is a `Defect` for a lint to judge.

use std::cell::OnceCell;

use crate::fingerprint::{Sketch, Words};
use crate::site::{Role, Site};
use crate::source::{Source, Span};

pub mod anchor;
pub mod defect;
mod entity;
pub mod front_matter;
pub mod language;
pub mod link;
pub mod markdown;
pub mod markup;
pub mod mask;
mod mdx;
mod part;
pub mod prose;
mod words;

pub use anchor::Anchors;
pub use defect::{Defect, DefectKind};
pub use front_matter::{Format, FrontMatter};
pub use language::Language;
pub use link::{Link, LinkKind, Written};
pub use markup::{Attribute, Comment, Declaration, Element, Hiding, Markup};
pub use mask::{Tag, TagKind};
pub use prose::{Block, BlockKind, OBJECT, Prose};

use markdown::Outline;

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
    /// Links and images that Markdown, HTML or the running text make, in order of position.
    pub links: Vec<Link>,
    /// Addresses that make no link of their own text: in definitions that no link uses, in further attributes of HTML, in
    /// template tags, in front matter. In order of position.
    pub further_links: Vec<Link>,
    /// The headings that Markdown makes, with their marks.
    pub headings: Vec<Span>,
    /// The references to notes.
    notes: Vec<anchor::Note>,
    /// The embedded HTML.
    pub markup: Markup,
    /// Template tags that the generator renders, in order of position.
    pub tags: Vec<Tag>,
    /// The language most of the prose is in.
    pub language: Language,
    /// What the parser stepped over, in order of position.
    pub defects: Vec<Defect>,
    words: OnceCell<Words>,
    sketch: OnceCell<Sketch>,
}

impl Post {
    /// Reads a source as the site's generator would.
    pub fn parse(source: Source, site: &Site, role: Role) -> Self {
        let mut defects = Vec::new();
        defects.extend(not_utf8(&source));
        let front = front_matter::read(&source, site.profile, role, &mut defects);
        let body = body(&source.text, front.span);
        let extra = if source.path.ends_with(".mdx") { mdx::find(&source.text, body) } else { Vec::new() };
        let masked = mask::mask(&source.text, body, site.profile.templates, extra);
        let is_html = [".html", ".htm"].iter().any(|ending| source.path.ends_with(ending));
        let outline = if is_html { Outline::of_html(body) } else { markdown::read(&source.text, &masked, body) };
        let skeleton = markdown::skeleton::skeleton(&masked.text, &outline.pieces);
        let mut markup = skeleton.map(|(skeleton, base)| Markup::parse(&skeleton, base)).unwrap_or_default();
        markup.unmask(&source.text, &masked.tags);
        let prose = prose::builder::build(&source.text, &outline.pieces, &markup, &masked.tags);
        let places =
            link::Places { text: &source.text, masked: &masked, front: &front, markup: &markup, prose: &prose };
        let links = link::collect(outline.links, &places);
        let further_links = link::collect_further(outline.definitions, &links, &places);
        let tags = masked.tags;
        defects.extend(outline.defects);
        let depth = || vec![("depth", markup::DEEPEST.to_string())];
        defects.extend(markup.too_deep.map(|span| Defect::new(DefectKind::TooDeep, span, depth())));
        defects.sort_by_key(|defect| (defect.span.start, defect.kind));
        let headings = markdown::headings(&outline.pieces);
        let language = Language::of(&prose);
        Self {
            source,
            role,
            front,
            body,
            prose,
            links,
            further_links,
            headings,
            notes: outline.notes,
            markup,
            tags,
            language,
            defects,
            words: OnceCell::new(),
            sketch: OnceCell::new(),
        }
    }

    /// `links` and `further_links` together, in order of position.
    pub fn every_link(&self) -> impl Iterator<Item = &Link> {
        let mut links = self.links.iter().peekable();
        let mut further = self.further_links.iter().peekable();
        std::iter::from_fn(move || match (links.peek(), further.peek()) {
            (Some(link), Some(other)) if other.span.start < link.span.start => further.next(),
            (Some(_), _) => links.next(),
            (None, _) => further.next(),
        })
    }

    /// Marks the blocks that lie mostly inside `span` as not the author's text.
    pub fn set_aside(&mut self, span: Span) {
        let first = self.prose.blocks.partition_point(|block| block.span.end <= span.start);
        for block in self.prose.blocks[first..].iter_mut().take_while(|block| block.span.start < span.end) {
            let shared = span.end.min(block.span.end).saturating_sub(span.start.max(block.span.start));
            block.set_aside |= 2 * shared as usize >= block.span.len();
        }
    }
}

/// What stands after the front matter. A byte order mark belongs to neither.
fn body(text: &str, front: Span) -> Span {
    let mark = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    Span::new(front.range().end.max(mark), text.len())
}

/// The defect of bytes that are not UTF-8. It points at the first character that was lost; where another encoding explains
/// all bytes none was, and it points at the first line.
fn not_utf8(source: &Source) -> Option<Defect> {
    let byte = source.decoded.first_bad_byte?;
    let text = &source.text;
    let lost = text.find(char::REPLACEMENT_CHARACTER).filter(|_| source.decoded.lossy);
    let first_line = text.find(['\r', '\n']).unwrap_or(text.len());
    let span = lost.map_or(Span::new(0, first_line), |at| Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8()));
    let vars = vec![("encoding", source.decoded.encoding.name().to_owned()), ("byte", byte.to_string())];
    Some(Defect::new(DefectKind::NotUtf8, span, vars))
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
