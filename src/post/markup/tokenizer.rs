//! html5gum's tokens, which know their places, fed to html5ever's tree builder, which does not ask for them.

use std::convert::Infallible;

use html5ever::interface::{TreeSink, create_element};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token as TreeToken, TokenSink, TokenSinkResult};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{Attribute as TreeAttribute, LocalName, QualName, local_name, ns};
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span as GumSpan, State, Tokenizer};

use super::extent;
use super::names::{CLOSED_BY_NEXT, VOID};
use super::sink::Sink;
use super::{Attribute, Comment, Markup, Token, TokenKind};
use crate::source::Span;

/// How many elements may be open at once. html5ever walks all of them for each tag: 20,000 nested `<div>` take it a second.
pub(in crate::post) const DEEPEST: usize = 512;

/// How many attributes of one tag are kept. Each new one is compared with all before it.
const MOST_ATTRIBUTES: usize = 256;

/// Elements whose inside is not markup. One that never ends is left out of the tree: a `<title>` in a sentence would swallow
/// the rest of the post.
const RAW: &[&str] =
    &["iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp"];

type Builder = TreeBuilder<<Sink as TreeSink>::Handle, Sink>;

/// Reads the HTML in `skeleton`, which begins at byte `base` of the source.
pub(super) fn parse(skeleton: &str, base: usize) -> Markup {
    let sink = Sink::new();
    let context = create_element(&sink, QualName::new(None, ns!(html), local_name!("body")), Vec::new());
    let tree = TreeBuilder::new_for_fragment(sink, context, None, Default::default());
    let mut out = Output::default();
    let feeder = Feeder {
        tree: &tree,
        skeleton,
        base,
        tag: None,
        next: None,
        raw: false,
        open: Vec::new(),
        ends: None,
        out: &mut out,
    };
    let mut tokenizer = Tokenizer::new_with_emitter(skeleton, Gate { inner: CallbackEmitter::new(feeder) });
    tokenizer.set_state(State::Data);
    // The iterator yields nothing: all is done in the callback.
    let _ = tokenizer.by_ref().count();
    drop(tokenizer);
    if out.too_deep.is_none() {
        let _ = tree.process_token(TreeToken::EOFToken, 1);
        tree.end();
    }
    extent::assemble(out, tree.sink)
}

/// What the feeder collects.
#[derive(Default)]
pub(super) struct Output {
    pub(super) tokens: Vec<Token>,
    /// The attributes of start tags, with the index of their token, in order.
    pub(super) attributes: Vec<(u32, Vec<Attribute>)>,
    pub(super) comments: Vec<Comment>,
    pub(super) too_deep: Option<Span>,
}

/// A start tag that is being read.
struct Pending {
    name: LocalName,
    start: usize,
    attributes: Vec<Attribute>,
    /// Whether the next value belongs to an attribute that is dropped.
    drops_value: bool,
}

struct Feeder<'a> {
    tree: &'a Builder,
    skeleton: &'a str,
    base: usize,
    tag: Option<Pending>,
    /// The state that the tree builder wants the tokenizer in.
    next: Option<State>,
    raw: bool,
    /// Names of open elements, as far as they can be counted without a tree.
    open: Vec<LocalName>,
    /// Where the last end tag of each of `RAW` stands; made when first asked for.
    ends: Option<[usize; RAW.len()]>,
    out: &'a mut Output,
}

impl Feeder<'_> {
    /// The span of a piece, held to what can be: after the piece before, and on character boundaries.
    fn span(&self, start: usize, end: usize) -> Span {
        let before = self.out.tokens.last().map_or(0, |token| token.span.range().end - self.base);
        let start = self.skeleton.floor_char_boundary(start.max(before).min(self.skeleton.len()));
        let end = self.skeleton.floor_char_boundary(end.clamp(start, self.skeleton.len()));
        Span::new(start + self.base, end + self.base)
    }

    fn note(&mut self, span: Span, kind: TokenKind) {
        self.tree.sink.current.index.set(u32::try_from(self.out.tokens.len()).expect("fewer tokens than bytes"));
        self.tree.sink.current.adds.set(!matches!(kind, TokenKind::Start(_) | TokenKind::End(_)));
        self.out.tokens.push(Token { span, kind });
    }

    fn feed(&mut self, token: TreeToken) {
        if self.out.too_deep.is_some() {
            return;
        }
        self.next = match self.tree.process_token(token, 1) {
            TokenSinkResult::Continue | TokenSinkResult::EncodingIndicator(_) => return,
            TokenSinkResult::Script(_) => Some(State::Data),
            TokenSinkResult::Plaintext => Some(State::PlainText),
            TokenSinkResult::RawData(RawKind::Rcdata) => Some(State::RcData),
            TokenSinkResult::RawData(RawKind::Rawtext) => Some(State::RawText),
            TokenSinkResult::RawData(_) => Some(State::ScriptData),
        };
        self.raw = self.next != Some(State::Data);
    }

    fn start_tag(&mut self, pending: Pending, end: usize, self_closing: bool) {
        let Pending { name, start, attributes, .. } = pending;
        let span = self.span(start, end);
        self.note(span, TokenKind::Start(name.clone()));
        if RAW.contains(&&*name) && !self.ends_after(&name, end) || !self.fits(&name, span, self_closing) {
            return;
        }
        let tree_attributes = attributes.iter().map(|attribute| TreeAttribute {
            name: QualName::new(None, ns!(), attribute.name.clone()),
            value: attribute.value.clone(),
        });
        let attrs = tree_attributes.collect();
        if !attributes.is_empty() {
            self.out.attributes.push((self.tree.sink.current.index.get(), attributes));
        }
        *self.tree.sink.current.start_of.borrow_mut() = Some(name.clone());
        self.feed(TreeToken::TagToken(Tag {
            kind: TagKind::StartTag,
            name,
            self_closing,
            attrs,
            had_duplicate_attributes: false,
        }));
        *self.tree.sink.current.start_of.borrow_mut() = None;
    }

    fn end_tag(&mut self, name: LocalName, span: Span) {
        self.note(span, TokenKind::End(name.clone()));
        self.raw = false;
        if let Some(at) = self.open.iter().rposition(|open| *open == name) {
            self.open.remove(at);
        }
        let tag = Tag {
            kind: TagKind::EndTag,
            name,
            self_closing: false,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        };
        self.feed(TreeToken::TagToken(tag));
    }

    fn text(&mut self, value: &[u8], span: Span) {
        let kind = match () {
            () if self.raw => TokenKind::RawText,
            () if value.iter().all(u8::is_ascii_whitespace) => TokenKind::Blank,
            () => TokenKind::Text,
        };
        self.note(span, kind);
        for (at, part) in value.split(|byte| *byte == 0).enumerate() {
            if at > 0 {
                self.feed(TreeToken::NullCharacterToken);
            }
            if !part.is_empty() {
                self.feed(TreeToken::CharacterTokens(tendril(part)));
            }
        }
    }

    fn attribute_name(&mut self, name: &[u8], span: GumSpan) {
        let Some(pending) = &mut self.tag else { return };
        let name = local_name(name);
        let is_new = pending.attributes.iter().all(|attribute| attribute.name != name);
        pending.drops_value = !is_new || pending.attributes.len() == MOST_ATTRIBUTES;
        if !pending.drops_value {
            let end = self.skeleton.floor_char_boundary(span.end);
            let start = self.skeleton.floor_char_boundary(span.start.min(end));
            let value_span = value_span(self.skeleton, end).shifted(self.base);
            let name_span = Span::new(start, end).shifted(self.base);
            pending.attributes.push(Attribute { name, value: StrTendril::new(), name_span, value_span });
        }
    }

    /// Counts a start tag that opens an element; says whether the tree can still bear it.
    fn fits(&mut self, name: &LocalName, span: Span, self_closing: bool) -> bool {
        let is_foreign = |name: &LocalName| matches!(&**name, "svg" | "math");
        let closes_itself = self_closing && (is_foreign(name) || self.open.iter().any(is_foreign));
        if closes_itself || VOID.contains(&&**name) || CLOSED_BY_NEXT.contains(&&**name) {
            return true;
        }
        if self.open.len() == DEEPEST {
            self.out.too_deep.get_or_insert(span);
            return false;
        }
        self.open.push(name.clone());
        true
    }

    /// Whether an end tag of that name, one of `RAW`, stands after `at`.
    fn ends_after(&mut self, name: &str, at: usize) -> bool {
        let ends = self.ends.get_or_insert_with(|| last_raw_ends(self.skeleton.as_bytes()));
        RAW.iter().position(|raw| *raw == name).is_some_and(|which| ends[which] >= at && name != "plaintext")
    }
}

/// Where the last end tag of each of `RAW` stands; 0 when there is none, for no end tag means anything there.
fn last_raw_ends(skeleton: &[u8]) -> [usize; RAW.len()] {
    let mut ends = [0; RAW.len()];
    for at in memchr::memmem::find_iter(skeleton, b"</") {
        let rest = &skeleton[at + 2..];
        let is_end_of = |raw: &&str| {
            rest.get(..raw.len()).is_some_and(|name| name.eq_ignore_ascii_case(raw.as_bytes()))
                && rest.get(raw.len()).is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
        };
        if let Some(which) = RAW.iter().position(is_end_of) {
            ends[which] = at;
        }
    }
    ends
}

/// Where the value of the attribute stands whose name ends at `at`, without quotes; empty at `at` when there is none.
/// html5gum's own spans of values are a byte off when there are no quotes.
fn value_span(skeleton: &str, at: usize) -> Span {
    let bytes = skeleton.as_bytes();
    let skip_blanks = |from: usize| from + bytes[from..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let equals = skip_blanks(at);
    if bytes.get(equals) != Some(&b'=') {
        return Span::at(at);
    }
    let start = skip_blanks(equals + 1);
    let end_of =
        |from: usize, stops: &dyn Fn(&u8) -> bool| from + bytes[from..].iter().take_while(|byte| !stops(byte)).count();
    match bytes.get(start) {
        Some(quote @ (b'"' | b'\'')) => Span::new(start + 1, end_of(start + 1, &|byte| byte == quote)),
        _ => Span::new(start, end_of(start, &|byte| byte.is_ascii_whitespace() || *byte == b'>')),
    }
}

impl Callback<Infallible, usize> for Feeder<'_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, at: GumSpan) -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                let name = local_name(name);
                self.tag = Some(Pending { name, start: at.start, attributes: Vec::new(), drops_value: false });
            }
            CallbackEvent::AttributeName { name } => self.attribute_name(name, at),
            CallbackEvent::AttributeValue { value } => {
                let last = self.tag.as_mut().filter(|tag| !tag.drops_value).and_then(|tag| tag.attributes.last_mut());
                if let Some(attribute) = last {
                    attribute.value.push_tendril(&tendril(value));
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some(pending) = self.tag.take() {
                    self.start_tag(pending, at.end, self_closing);
                }
            }
            CallbackEvent::EndTag { name } => self.end_tag(local_name(name), self.span(at.start, at.end)),
            CallbackEvent::String { value } => self.text(value, self.span(at.start, at.end)),
            CallbackEvent::Comment { value } => {
                let span = self.span(at.start, at.end);
                self.out.comments.extend(comment(self.skeleton, span, self.base));
                self.note(span, TokenKind::Other);
                self.feed(TreeToken::CommentToken(tendril(value)));
            }
            CallbackEvent::Doctype { name, public_identifier, system_identifier, force_quirks } => {
                self.note(self.span(at.start, at.end), TokenKind::Other);
                let name = Some(name).filter(|name| !name.is_empty()).map(tendril);
                let (public_id, system_id) = (public_identifier.map(tendril), system_identifier.map(tendril));
                self.feed(TreeToken::DoctypeToken(Doctype { name, public_id, system_id, force_quirks }));
            }
            CallbackEvent::Error(_) => {}
        }
        None
    }
}

/// The comment at `span`; `None` for what browsers merely treat as one (`<?xml …>`).
fn comment(skeleton: &str, span: Span, base: usize) -> Option<Comment> {
    let (start, end) = (span.range().start, span.range().end);
    let inside = skeleton[start - base..end - base].strip_prefix("<!--")?;
    let inside = inside.strip_suffix("-->").or_else(|| inside.strip_suffix("--!>")).unwrap_or(inside);
    Some(Comment { span, content: Span::new(start + 4, start + 4 + inside.len()) })
}

fn tendril(bytes: &[u8]) -> StrTendril {
    StrTendril::try_from_byte_slice(bytes).unwrap_or_else(|()| StrTendril::from_slice(&String::from_utf8_lossy(bytes)))
}

fn local_name(bytes: &[u8]) -> LocalName {
    LocalName::from(&*String::from_utf8_lossy(bytes))
}

/// Hands the tokenizer the states that the tree builder asks for.
struct Gate<'a> {
    inner: CallbackEmitter<Feeder<'a>, Infallible, usize>,
}

impl ForwardingEmitter for Gate<'_> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Infallible> {
        &mut self.inner
    }

    fn emit_eof(&mut self) {
        self.inner.emit_eof();
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        let _ = self.inner.emit_current_tag();
        let next = self.inner.callback_mut().next.take();
        if next.is_some() {
            // Else the text that follows would begin at the tag.
            self.inner.init_string();
        }
        next
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.inner.callback_mut().tree.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
