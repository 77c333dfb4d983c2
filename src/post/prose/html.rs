//! What HTML adds to the prose: text with its references resolved and its blanks collapsed, blocks where block-level tags
//! stand, objects for images and code.

use super::BlockKind;
use super::builder::Builder;
use crate::post::entity;
use crate::post::markdown::Container;
use crate::post::markup::{Element, TokenKind, names};
use crate::source::Span;

impl Builder<'_> {
    /// Reads the HTML that begins in `region`, with the text in it if that is HTML too.
    pub(super) fn html(&mut self, region: Span, with_text: bool) {
        let markup = self.markup;
        let mut at = region.start.max(self.html_end);
        while let Some(token) = markup.tokens.get(self.token).filter(|token| token.span.start < region.end) {
            if token.span.end <= at && !token.span.is_empty() {
                self.token += 1;
                continue;
            }
            let span = token.span;
            match &token.kind {
                TokenKind::Start(name) => self.start_tag(name, span),
                TokenKind::End(name) => self.end_tag(name, span),
                TokenKind::Text | TokenKind::Blank if with_text => {
                    let start = span.start.max(at);
                    self.html_text(Span { start, end: span.end.min(region.end).max(start) });
                }
                TokenKind::Text | TokenKind::Blank | TokenKind::RawText | TokenKind::Other => {}
            }
            if span.end > region.end {
                at = region.end;
                break;
            }
            at = span.end;
            self.token += 1;
        }
        self.html_end = at.max(region.end);
    }

    fn start_tag(&mut self, name: &str, span: Span) {
        if span.start < self.html_end || span.start < self.skip_until {
            return;
        }
        let element = self.markup.element_at(span.start);
        let end = element.map_or(span.end, |element| element.span().end);
        // Where an inline element without an end tag ends, Markdown's paragraphs decide, which the tree does not know.
        let is_whole = |element: &Element<'_>| element.end_tag().is_some() || names::BLOCK.contains(&element.name());
        if element.filter(is_whole).is_some_and(|element| element.hiding().is_some()) {
            self.hidden_until = self.hidden_until.max(end);
        }
        if let Some(container) = container(name) {
            self.enter_until(container, end);
        }
        if name == "br" {
            self.line_break(span);
        } else if name == "pre" && element.is_some() {
            self.code(Span { start: span.start, end });
            self.skip_until = end;
        } else if names::BLOCK.contains(&name) {
            self.open_block(Span { start: span.start, end }, BlockKind::Paragraph);
            if let Some(level) = heading_level(name) {
                self.heading = (end, level);
            }
        } else {
            self.inline_tag(name, span, element);
        }
    }

    fn inline_tag(&mut self, name: &str, span: Span, element: Option<Element<'_>>) {
        let element = element.filter(|element| element.end_tag().is_some());
        let whole = element.map_or(span, |element| element.span());
        let is_code = names::CODE.contains(&name) && element.is_some_and(|element| !element.content().is_empty());
        if names::SILENT.contains(&name) {
            self.touch(whole);
            self.skip_until = whole.end;
        } else if names::MEDIA.contains(&name) || names::CONTROLS.contains(&name) || is_code {
            self.object(whole);
            self.skip_until = whole.end;
        } else {
            self.touch(span);
        }
    }

    fn end_tag(&mut self, name: &str, span: Span) {
        if span.start < self.html_end || span.start < self.skip_until {
            return;
        }
        if names::BLOCK.contains(&name) {
            self.close_block(Some(span.end));
        } else {
            self.extend(span);
        }
    }

    /// Text of HTML: runs of blanks count as one, references are resolved.
    fn html_text(&mut self, mut span: Span) {
        while let Some(tag) = self.next_tag(span) {
            self.words(Span { start: span.start, end: tag.span.start.max(span.start) });
            self.show_tag(&tag, span);
            span.start = tag.span.end.clamp(span.start, span.end);
        }
        self.words(span);
    }

    fn words(&mut self, span: Span) {
        let source = self.source;
        let bytes = &source.as_bytes()[..span.range().end];
        let mut at = span.range().start;
        while at < bytes.len() {
            let word = at + bytes[at..].iter().take_while(|byte| !is_special(**byte)).count();
            self.identity(Span::new(at, word));
            at = word;
            let blanks = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            if blanks > at {
                self.blanks(Span::new(at, blanks));
                at = blanks;
            } else if bytes.get(at) == Some(&b'&') {
                at = self.reference(Span::new(at, bytes.len()));
            }
        }
    }

    fn blanks(&mut self, span: Span) {
        if self.ends_with_blank() {
            return;
        }
        let has_break = self.source[span.range()].contains('\n');
        self.opaque(span, if has_break { "\n" } else { " " });
    }

    /// The reference or the mere `&` that `rest` begins with; where it ends.
    fn reference(&mut self, rest: Span) -> usize {
        let at = rest.range().start;
        let Some(reference) = entity::reference(&self.source[rest.range()]) else {
            self.identity(Span::new(at, at + 1));
            return at + 1;
        };
        let text: String = [Some(reference.first), reference.second].into_iter().flatten().collect();
        self.opaque(Span::new(at, at + reference.len), &text);
        at + reference.len
    }
}

fn is_special(byte: u8) -> bool {
    byte == b'&' || byte.is_ascii_whitespace()
}

fn container(name: &str) -> Option<Container> {
    match name {
        "ul" | "ol" | "dl" | "menu" | "dir" => Some(Container::List),
        "table" => Some(Container::Table),
        "blockquote" => Some(Container::Quote),
        _ => None,
    }
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}
