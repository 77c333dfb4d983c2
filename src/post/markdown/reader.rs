//! pulldown-cmark's events to pieces. It is given the masked body, so all its offsets are moved by where the body begins.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, BrokenLinkCallback, CodeBlockKind, CowStr, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd,
};

use super::{Container, Outline, PieceKind, destination, fence, reference};
use crate::post::mask::{self, Masked};
use crate::post::prose::BlockKind;
use crate::post::{Link, LinkKind};
use crate::source::Span;

/// Every widely used extension. Smart punctuation is absent: text must read as it is written. So are wiki links: they break
/// `[[1]](address)`, and `link` finds them in the prose.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_MATH);

/// Reads the Markdown of `body`.
pub(in crate::post) fn read(source: &str, masked: &Masked<'_>, body: Span) -> Outline {
    let text = &masked.text[body.range()];
    let mut broken = Vec::new();
    let callback = |link: BrokenLink<'_>| {
        broken.extend(reference::Broken::new(&link));
        None
    };
    let base = body.range().start;
    let events = Parser::new_with_broken_link_callback(text, OPTIONS, Some(callback)).into_offset_iter();
    let reader = Reader {
        text,
        base,
        source,
        masked,
        events,
        outline: Outline::default(),
        links: Vec::new(),
        alts: Vec::new(),
        in_code: false,
        in_leaf: false,
        used: HashSet::new(),
    };
    let mut outline = reader.read();
    if !broken.is_empty() && !reference::are_templated(text, base, source, &masked.tags) {
        outline.defects.extend(reference::defects(broken, text, base, &masked.tags));
    }
    outline
}

/// A link or image whose end has not come yet.
struct OpenLink {
    link: Link,
    /// Where the last event inside it ends, in the body.
    inner_end: usize,
    kind: LinkType,
    label: String,
}

struct Reader<'a, F> {
    text: &'a str,
    base: usize,
    /// The whole source, unmasked.
    source: &'a str,
    masked: &'a Masked<'a>,
    events: OffsetIter<'a, F>,
    outline: Outline,
    links: Vec<OpenLink>,
    /// Alternative texts of the images around the event at hand.
    alts: Vec<String>,
    in_code: bool,
    in_leaf: bool,
    /// Where the definitions begin that links use.
    used: HashSet<usize>,
}

impl<'a, F: BrokenLinkCallback<'a>> Reader<'a, F> {
    fn read(mut self) -> Outline {
        while let Some((event, range)) = self.events.next() {
            let closes = matches!(event, Event::End(TagEnd::Link | TagEnd::Image));
            if let Some(open) = self.links.last_mut().filter(|_| !closes) {
                open.inner_end = open.inner_end.max(range.end.min(open.link.span.range().end - self.base));
            }
            match event {
                Event::Start(tag) => self.start(tag, range),
                Event::End(tag) => self.end(tag, range),
                _ if self.in_code => {}
                _ if !self.alts.is_empty() => self.alt(&event),
                event => self.inline(event, range),
            }
        }
        self.definitions();
        self.outline
    }

    /// Adds the definitions that no link uses. Those without an address are comments: `[//]: # (words)`.
    fn definitions(&mut self) {
        let (base, text) = (self.base, self.text);
        for (label, definition) in self.events.reference_definitions().iter() {
            let is_comment = matches!(label, "//" | "comment") || matches!(&*definition.dest, "" | "#");
            if is_comment || self.used.contains(&definition.span.start) {
                continue;
            }
            let whole = definition.span.start..definition.span.start + text[definition.span.clone()].trim_end().len();
            let target = destination::of_definition(text, whole.clone(), &definition.dest);
            let target = Span::new(target.start + base, target.end + base);
            let unmasked = mask::unmasked(self.source, &self.masked.tags, target);
            let url = unmasked.unwrap_or_else(|| definition.dest.to_string());
            let span = Span::new(whole.start + base, whole.end + base);
            self.outline.definitions.push(Link { kind: LinkKind::Definition, span, target, url, ..Link::default() });
        }
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(range.start + self.base, range.end + self.base)
    }

    fn inline(&mut self, event: Event<'a>, range: Range<usize>) {
        let span = self.span(&range);
        match event {
            Event::Text(text) => match self.text[range.clone()].strip_prefix(&*text) {
                // A backslash that breaks no line comes with the line break that it stands before.
                Some(rest) if rest.trim_ascii().is_empty() => {
                    let end = Span::at(text.len()).start + span.start;
                    self.outline.push_joined(Span { end, ..span }, PieceKind::Text);
                }
                _ => self.outline.push(span, PieceKind::Decoded((&*text).into())),
            },
            Event::InlineMath(math) if !looks_like_math(&math) => self.outline.push_joined(span, PieceKind::Text),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.outline.push(span, PieceKind::Object),
            Event::SoftBreak | Event::HardBreak => self.outline.push(span, PieceKind::Break),
            Event::Html(_) => self.outline.push_joined(span, PieceKind::Html),
            Event::InlineHtml(_) => self.outline.push(span, PieceKind::InlineHtml),
            Event::FootnoteReference(label) => {
                self.outline.notes.push((&*label).into());
                self.outline.push(span, PieceKind::Inline);
            }
            Event::Rule => self.outline.push(span, PieceKind::Part),
            Event::TaskListMarker(_) | Event::Start(_) | Event::End(_) => {}
        }
    }

    /// Text inside an image.
    fn alt(&mut self, event: &Event<'_>) {
        let Some(alt) = self.alts.last_mut() else { return };
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                alt.push_str(text)
            }
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        let span = self.span(&range);
        match tag {
            Tag::Paragraph | Tag::TableCell => self.leaf(span, BlockKind::Paragraph),
            Tag::Heading { level, .. } => self.leaf(span, BlockKind::Heading(level as u8)),
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                self.outline.push(span, PieceKind::Code);
                if matches!(kind, CodeBlockKind::Fenced(_)) {
                    self.outline.defects.extend(fence::defect(&self.text[range], span));
                }
            }
            Tag::List(_) => self.outline.push(span, PieceKind::Enter(Container::List)),
            Tag::Table(_) => self.outline.push(span, PieceKind::Enter(Container::Table)),
            Tag::BlockQuote(_) => self.outline.push(span, PieceKind::Enter(Container::Quote)),
            Tag::Item | Tag::HtmlBlock | Tag::FootnoteDefinition(_) => self.outline.push(span, PieceKind::Part),
            Tag::Link { link_type, dest_url, id, .. } => {
                self.touch(span);
                self.open_link(span, (link_type, dest_url, id), false);
            }
            Tag::Image { link_type, dest_url, id, .. } => {
                self.open_link(span, (link_type, dest_url, id), true);
                self.alts.push(String::new());
            }
            _ => self.touch(span),
        }
    }

    fn leaf(&mut self, span: Span, kind: BlockKind) {
        self.in_leaf = true;
        self.outline.push(span, PieceKind::Open(kind));
    }

    /// Emphasis and the like: in a leaf block, whose bytes are known, it adds nothing.
    fn touch(&mut self, span: Span) {
        if !self.in_leaf && self.alts.is_empty() {
            self.outline.push(Span { start: span.start, end: span.start }, PieceKind::Inline);
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        let span = self.span(&range);
        match tag {
            TagEnd::Paragraph | TagEnd::TableCell | TagEnd::Heading(_) => {
                self.in_leaf = false;
                self.outline.push(span, PieceKind::Close);
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::List(_) => self.outline.push(span, PieceKind::Leave(Container::List)),
            TagEnd::Table => self.outline.push(span, PieceKind::Leave(Container::Table)),
            TagEnd::BlockQuote(_) => self.outline.push(span, PieceKind::Leave(Container::Quote)),
            TagEnd::Item | TagEnd::HtmlBlock | TagEnd::FootnoteDefinition => self.outline.push(span, PieceKind::Part),
            TagEnd::Link => self.close_link(),
            TagEnd::Image => {
                let alt = self.alts.pop();
                if let (Some(alt), Some(open)) = (alt, self.links.last_mut()) {
                    let start = open.link.span.range().start + 2;
                    let end = (open.inner_end + self.base).max(start);
                    open.link.alt = Some((alt, Span::new(start, end)));
                }
                if self.alts.is_empty() {
                    self.outline.push(span, PieceKind::Object);
                }
                self.close_link();
            }
            _ if !self.in_leaf && self.alts.is_empty() => {
                self.outline.push(Span { start: span.end, end: span.end }, PieceKind::Inline);
            }
            _ => {}
        }
    }

    fn open_link(&mut self, span: Span, written: (LinkType, CowStr<'a>, CowStr<'a>), image: bool) {
        let (link_type, address, label) = written;
        let kind = match link_type {
            LinkType::Inline => LinkKind::Inline,
            LinkType::Autolink | LinkType::Email => LinkKind::Autolink,
            _ => LinkKind::Reference,
        };
        let url = if link_type == LinkType::Email { format!("mailto:{address}") } else { address.into_string() };
        let link = Link { kind, image, span, url, ..Link::default() };
        let inner_end = span.range().start - self.base + if image { 2 } else { 1 };
        let label = if kind == LinkKind::Reference { label.into_string() } else { String::new() };
        self.links.push(OpenLink { link, inner_end, kind: link_type, label });
    }

    fn close_link(&mut self) {
        let Some(OpenLink { mut link, inner_end, kind, label }) = self.links.pop() else { return };
        if let Some(outer) = self.links.last_mut() {
            outer.inner_end = outer.inner_end.max(link.span.range().end - self.base);
        }
        let whole = link.span.range().start - self.base..link.span.range().end - self.base;
        let target = match kind {
            LinkType::Inline => destination::of_inline(self.text, inner_end, whole.end),
            LinkType::Autolink | LinkType::Email => whole.start + 1..whole.end - 1,
            _ => match self.events.reference_definitions().get(&label) {
                Some(definition) => {
                    self.used.insert(definition.span.start);
                    destination::of_definition(self.text, definition.span.clone(), &definition.dest)
                }
                None => whole.end..whole.end,
            },
        };
        link.target = self.span(&target);
        if let Some(url) = mask::unmasked(self.source, &self.masked.tags, link.target) {
            link.url = url;
        }
        if !self.in_leaf && self.alts.is_empty() {
            self.outline.push(Span { start: link.span.end, end: link.span.end }, PieceKind::Inline);
        }
        self.outline.links.push(link);
    }
}

/// Whether what stands between two dollar signs is a formula, and not prose between two prices.
fn looks_like_math(math: &str) -> bool {
    let is_short = math.chars().count() <= 2;
    is_short || math.contains(['\\', '^', '_', '{', '=', '<', '>', '+']) && !math.contains(['，', '。', '、'])
}
