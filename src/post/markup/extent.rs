//! Where elements end. html5ever does not tell when it closes an element, so an element reaches to the last token that put
//! something into it, and further to its end tag when nothing but stray tags stands between.

use std::cmp::Reverse;
use std::collections::HashMap;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use html5ever::LocalName;
use html5ever::interface::TreeSink;
use scraper::Html;

use super::names::VOID;
use super::sink::{Origin, Sink};
use super::tokenizer::Output;
use super::{Attribute, Markup, Record, Token, TokenKind};
use crate::source::Span;

/// How many tokens without a place in the tree are stepped over on the way to an end tag.
const MOST_STRAYS: usize = 16;

/// Joins what the feeder and the sink collected.
pub(super) fn assemble(out: Output, sink: Sink) -> Markup {
    let (html, origins) = sink.finish();
    let Output { tokens, attributes, comments, too_deep } = out;
    if too_deep.is_some() {
        return Markup { html: None, elements: Vec::new(), comments, tokens, too_deep };
    }
    let mut has_element = vec![false; tokens.len()];
    origins.values().filter_map(|origin| origin.start).for_each(|start| has_element[start as usize] = true);
    let surveyor =
        Surveyor { tokens: &tokens, has_element, origins, attributes, frames: Vec::new(), elements: Vec::new() };
    let elements = surveyor.survey(&html);
    Markup { html: Some(html), elements: in_order(elements), comments, tokens, too_deep }
}

/// An element on the way from the root to the node at hand.
struct Frame {
    name: Option<LocalName>,
    /// Index in `Surveyor::elements`, if it stands in the source.
    record: Option<u32>,
    /// The last token that belongs to it.
    last: Option<u32>,
}

struct Surveyor<'a> {
    tokens: &'a [Token],
    /// For each token, whether an element was made of it.
    has_element: Vec<bool>,
    origins: HashMap<NodeId, Origin>,
    attributes: Vec<(u32, Vec<Attribute>)>,
    frames: Vec<Frame>,
    elements: Vec<Record>,
}

impl Surveyor<'_> {
    fn survey(mut self, html: &Html) -> Vec<Record> {
        for edge in html.tree.root().traverse() {
            match edge {
                Edge::Open(node) => {
                    let name = node.value().as_element().map(|element| element.name.local.clone());
                    self.open(node.id(), name);
                }
                Edge::Close(_) => self.close(),
            }
        }
        self.elements
    }

    fn open(&mut self, node: NodeId, name: Option<LocalName>) {
        let origin = if name.is_some() { self.origins.remove(&node).unwrap_or_default() } else { Origin::default() };
        let record = origin.start.map(|start| {
            let parent = self.frames.iter().rev().find_map(|frame| frame.record);
            let start_tag = self.tokens[start as usize].span;
            let found = self.attributes.binary_search_by_key(&start, |(token, _)| *token);
            let attributes = found.map(|at| std::mem::take(&mut self.attributes[at].1)).unwrap_or_default();
            self.elements.push(Record { node, start_tag, end_tag: None, span: start_tag, attributes, parent });
            Span::at(self.elements.len() - 1).start
        });
        self.frames.push(Frame { name, record, last: origin.start.max(origin.reach) });
    }

    fn close(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        let mut last = frame.last;
        if let (Some(record), Some(name), Some(at)) = (frame.record, &frame.name, last) {
            let end_tag = self.end_tag(name, at);
            let record = &mut self.elements[record as usize];
            record.end_tag = end_tag.map(|end| self.tokens[end as usize].span);
            last = last.max(end_tag);
            let end = self.tokens[end_tag.unwrap_or(at) as usize].span;
            record.span = record.start_tag.cover(end);
        }
        if let Some(parent) = self.frames.last_mut() {
            parent.last = parent.last.max(last);
        }
    }

    /// The end tag of an element called `name` whose last token is `last`.
    fn end_tag(&self, name: &LocalName, last: u32) -> Option<u32> {
        if VOID.contains(&&**name) {
            return None;
        }
        let after = last as usize + 1;
        for (at, token) in self.tokens.iter().enumerate().skip(after).take(MOST_STRAYS) {
            let is_stray = match &token.kind {
                TokenKind::End(own) if own == name => return u32::try_from(at).ok(),
                TokenKind::End(other) => !self.frames.iter().any(|frame| frame.name.as_ref() == Some(other)),
                TokenKind::Start(_) => !self.has_element[at],
                TokenKind::Blank | TokenKind::Other => true,
                TokenKind::Text | TokenKind::RawText => false,
            };
            if !is_stray {
                return None;
            }
        }
        None
    }
}

/// Sorts the elements by position. They are out of order when the parser moved some out of a table.
fn in_order(mut elements: Vec<Record>) -> Vec<Record> {
    if elements.is_sorted_by_key(|record| record.start_tag.start) {
        return elements;
    }
    let mut order: Vec<u32> = (0..).take(elements.len()).collect();
    order.sort_by_key(|old| elements[*old as usize].start_tag.start);
    let mut new = vec![0_u32; elements.len()];
    (0..).zip(&order).for_each(|(to, old)| new[*old as usize] = to);
    elements.iter_mut().for_each(|record| record.parent = record.parent.map(|parent| new[parent as usize]));
    elements.sort_by_key(|record| (record.start_tag.start, Reverse(record.span.end)));
    elements
}
