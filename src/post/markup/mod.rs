//! The HTML embedded in a post, as a DOM whose elements, attributes and comments know their exact bytes. Knows no Markdown:
//! it is given a skeleton, a text as long as the post with blanks where Markdown stood.

use std::fmt;

use ego_tree::NodeId;
use html5ever::LocalName;
use html5ever::tendril::StrTendril;
use scraper::{ElementRef, Html, Selector};

use super::mask::{self, Tag};
use crate::source::Span;

mod extent;
pub(super) mod names;
mod sink;
mod style;
pub(super) mod token;
mod tokenizer;

pub use style::{Declaration, Hiding};
pub(super) use token::{Token, TokenKind};
pub(super) use tokenizer::DEEPEST;

/// The embedded HTML of a post. Empty for posts without any.
#[derive(Default)]
pub struct Markup {
    /// The tree; `None` without HTML, or when it is nested too deeply.
    html: Option<Html>,
    /// Elements that stand in the source, in order of position. What a browser would add (`<tbody>`) is not among them.
    elements: Vec<Record>,
    /// Comments in order of position.
    comments: Vec<Comment>,
    /// What the HTML consists of, in order of position.
    pub(super) tokens: Vec<Token>,
    /// The tag that was one too many, if the HTML is nested too deeply to be read as a tree.
    pub(super) too_deep: Option<Span>,
}

/// A comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From `<!--` to `-->`.
    pub span: Span,
    /// What stands between.
    pub content: Span,
}

/// An attribute of an element.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// The name in lower case.
    pub name: LocalName,
    /// The value with its character references resolved.
    pub value: StrTendril,
    /// Where the name stands.
    pub name_span: Span,
    /// Where the value stands, without quotes; empty after the name when there is none.
    pub value_span: Span,
}

impl Attribute {
    /// The whole attribute: name, equals sign, value and quotes. `text` is the source's text.
    pub fn span(&self, text: &str) -> Span {
        let end = self.value_span.range().end;
        let quote = text.as_bytes().get(end).copied();
        let opened = text.as_bytes().get(self.value_span.range().start.wrapping_sub(1)).copied();
        let is_quoted =
            self.name_span.end < self.value_span.start && matches!(quote, Some(b'"' | b'\'')) && quote == opened;
        Span::new(self.name_span.range().start, end + usize::from(is_quoted))
    }
}

/// What is kept of an element beside the tree.
#[derive(Debug)]
struct Record {
    node: NodeId,
    start_tag: Span,
    end_tag: Option<Span>,
    span: Span,
    attributes: Vec<Attribute>,
    /// Index in `elements` of the innermost element around it that stands in the source.
    parent: Option<u32>,
}

impl Markup {
    /// Reads the HTML in `skeleton`, which begins at byte `base` of the source.
    pub(super) fn parse(skeleton: &str, base: usize) -> Self {
        tokenizer::parse(skeleton, base)
    }

    /// Puts template tags back into the values of attributes, and drops attributes whose names are tags
    /// (`<p {% if x %}hidden{% endif %}>`). Selectors go on seeing the placeholders.
    pub(super) fn unmask(&mut self, text: &str, tags: &[Tag]) {
        if tags.is_empty() {
            return;
        }
        for attribute in self.elements.iter_mut().flat_map(|record| &mut record.attributes) {
            if let Some(value) = mask::unmasked(text, tags, attribute.value_span) {
                attribute.value = value.into();
            }
        }
        let is_tag = |span: Span| {
            let next = tags.partition_point(|tag| tag.span.end <= span.start);
            tags.get(next).is_some_and(|tag| tag.span.start < span.end)
        };
        self.elements.iter_mut().for_each(|record| record.attributes.retain(|attribute| !is_tag(attribute.name_span)));
    }

    /// Whether there is no element and no comment.
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty() && self.comments.is_empty()
    }

    /// The elements in order of position.
    pub fn elements(&self) -> impl DoubleEndedIterator<Item = Element<'_>> {
        (0..self.elements.len()).filter_map(|index| self.element(index))
    }

    /// The elements that a selector chooses, in order of position.
    pub fn select<'a>(&'a self, selector: &'a Selector) -> impl Iterator<Item = Element<'a>> {
        self.elements().filter(|element| selector.matches(&element.node))
    }

    /// The comments in order of position.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// The element whose start tag begins at byte `at`.
    pub fn element_at(&self, at: u32) -> Option<Element<'_>> {
        let index = self.elements.binary_search_by_key(&at, |record| record.start_tag.start).ok()?;
        self.element(index)
    }

    fn element(&self, index: usize) -> Option<Element<'_>> {
        let record = self.elements.get(index)?;
        let node = ElementRef::wrap(self.html.as_ref()?.tree.get(record.node)?)?;
        Some(Element { markup: self, record, node })
    }
}

impl fmt::Debug for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Markup")
            .field("elements", &self.elements)
            .field("comments", &self.comments)
            .finish_non_exhaustive()
    }
}

/// An element that stands in the source.
#[derive(Clone, Copy)]
pub struct Element<'a> {
    markup: &'a Markup,
    record: &'a Record,
    node: ElementRef<'a>,
}

impl<'a> Element<'a> {
    /// The name in lower case.
    pub fn name(&self) -> &'a str {
        self.node.value().name()
    }

    /// From `<` to the end of the end tag; without an end tag, to the end of what the element holds.
    pub fn span(&self) -> Span {
        self.record.span
    }

    /// The start tag.
    pub fn start_tag(&self) -> Span {
        self.record.start_tag
    }

    /// The end tag, if it stands in the source.
    pub fn end_tag(&self) -> Option<Span> {
        self.record.end_tag
    }

    /// What stands between the tags.
    pub fn content(&self) -> Span {
        let end = self.record.end_tag.map_or(self.record.span.end, |tag| tag.start);
        Span { start: self.record.start_tag.end, end: end.max(self.record.start_tag.end) }
    }

    /// The attributes in the order of the source. Of an attribute that is written twice, the first counts.
    pub fn attributes(&self) -> &'a [Attribute] {
        &self.record.attributes
    }

    /// The attribute of that name, in lower case.
    pub fn attribute(&self, name: &str) -> Option<&'a Attribute> {
        self.record.attributes.iter().find(|attribute| &*attribute.name == name)
    }

    /// The innermost element around it.
    pub fn parent(&self) -> Option<Element<'a>> {
        self.markup.element(self.record.parent? as usize)
    }

    /// The elements around it, from inside to outside.
    pub fn ancestors(&self) -> impl Iterator<Item = Element<'a>> {
        std::iter::successors(self.parent(), Element::parent)
    }

    /// The node in the tree, for questions of structure.
    pub fn node(&self) -> ElementRef<'a> {
        self.node
    }

    /// Whether readers would see text in it, were it not hidden itself.
    pub fn holds_text(&self) -> bool {
        self.visible().any(|node| node.value().as_text().is_some_and(|text| !text.trim().is_empty()))
    }

    /// Whether readers would see an image, a video, a form or the like in it, were it not hidden itself.
    pub fn holds_media(&self) -> bool {
        let is_media = |name: &str| names::MEDIA.contains(&name) || names::CONTROLS.contains(&name) || name == "hr";
        self.visible().any(|node| node.value().as_element().is_some_and(|element| is_media(element.name())))
    }

    /// The nodes in it, but for those in elements that never show what they hold.
    fn visible(&self) -> impl Iterator<Item = ego_tree::NodeRef<'a, scraper::Node>> {
        let mut skipped = 0_usize;
        self.node.traverse().filter_map(move |edge| {
            let (node, opens) = match edge {
                ego_tree::iter::Edge::Open(node) => (node, true),
                ego_tree::iter::Edge::Close(node) => (node, false),
            };
            let is_silent = node.value().as_element().is_some_and(|element| names::SILENT.contains(&element.name()));
            match (is_silent, opens) {
                (true, true) => skipped += 1,
                (true, false) => skipped -= 1,
                (false, true) if skipped == 0 => return Some(node),
                (false, _) => {}
            }
            None
        })
    }

    /// What hides it from readers, if its own attributes do.
    pub fn hiding(&self) -> Option<Hiding> {
        style::hiding(self)
    }

    /// The declarations of its `style`. `text` is the source's text.
    pub fn declarations(&self, text: &str) -> Vec<Declaration> {
        self.attribute("style").map(|attribute| style::declarations(attribute, text)).unwrap_or_default()
    }

    /// The last declaration of a property in its `style`, which is the one that counts.
    pub fn style(&self, property: &str, text: &str) -> Option<Declaration> {
        self.declarations(text).into_iter().rfind(|declaration| declaration.property == property)
    }
}

impl fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Element").field("name", &self.name()).field("span", &self.span()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
