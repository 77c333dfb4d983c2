//! A heading in the pieces that engines treat differently: prose, code, escaped characters, entities, descriptions of images.
//! Read out of the heading's own source, since engines see what no text for readers shows.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag};

use super::Engine;
use super::attributes::split_attributes;

/// Characters without which a line is nothing but text.
const MARKUP: &[u8] = b"\\`*_[]<>&!~#\n\t";

/// A heading, as far as its anchor depends on it.
#[derive(Clone, Debug)]
pub struct Heading<'a> {
    /// Its source without the block of attributes at its end.
    pub raw: &'a str,
    /// An id that the author wrote. Found in `{#id}`; whoever knows it from elsewhere (`{: #id}` in a line of its own) sets it.
    pub id: Option<&'a str>,
    /// Its words, with the descriptions of images and without line breaks.
    pub(super) text: Cow<'a, str>,
    /// What `text` is made of, in order.
    pub(super) pieces: Vec<Piece>,
}

/// A stretch of a heading's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where in the text.
    pub(super) text: Range<usize>,
    /// Where in the source.
    pub(super) raw: Range<usize>,
    pub(super) kind: Kind,
    /// Equal for pieces with no markup between them.
    pub(super) run: usize,
    /// In emphasis, a link or an image.
    pub(super) is_nested: bool,
    /// Of what it is nested in, the outermost, it is in the first run.
    pub(super) is_leading: bool,
    /// In the description of an image.
    pub(super) is_description: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Prose.
    Text,
    /// A character behind a backslash.
    Escaped,
    /// What an entity stands for.
    Entity,
    /// Inline code.
    Code,
    /// Inline HTML: nothing of the text.
    Html,
}

impl<'a> Heading<'a> {
    /// Reads a heading as an engine does. `raw` is its source without the `#`s that open it, those that close it allowed, or
    /// the lines above an underline. It must hold no template tags: what stands for them is not known. `is_defined` tells
    /// which labels of references (`[words][label]`) the page defines.
    pub fn read(engine: Engine, raw: &'a str, is_defined: &dyn Fn(&str) -> bool) -> Self {
        let (raw, id) = split_attributes(engine, raw.trim_matches([' ', '\t', '\r', '\n']));
        let mut heading = Heading { raw, id, text: Cow::Borrowed(raw), pieces: vec![] };
        if !raw.bytes().any(|byte| MARKUP.contains(&byte)) {
            let whole = Piece {
                text: 0..raw.len(),
                raw: 0..raw.len(),
                kind: Kind::Text,
                run: 0,
                is_nested: false,
                is_leading: true,
                is_description: false,
            };
            heading.pieces.push(whole);
            return heading;
        }
        // Read as a heading again, so that `1. Words` is no list.
        let (source, shift) = if raw.contains('\n') { (format!("{raw}\n==="), 0) } else { (format!("# {raw}"), 2) };
        let mut resolve = |link: BrokenLink<'_>| {
            is_defined(&link.reference).then(|| (CowStr::Borrowed(""), CowStr::Borrowed("")))
        };
        // Whether a note exists is not known here; `[^1]` is nothing else.
        let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_OLD_FOOTNOTES;
        let mut reader = Reader::new(&source, shift);
        for (event, range) in Parser::new_with_broken_link_callback(&source, options, Some(&mut resolve)).into_offset_iter()
        {
            reader.read(event, range);
        }
        heading.text = Cow::Owned(reader.text);
        heading.pieces = reader.pieces;
        heading
    }

    /// The words that belong to no image.
    pub(super) fn without_descriptions(&self) -> Cow<'_, str> {
        if self.pieces.iter().any(|piece| piece.is_description) {
            let kept = self.pieces.iter().filter(|piece| !piece.is_description);
            return Cow::Owned(kept.map(|piece| &self.text[piece.text.clone()]).collect());
        }
        Cow::Borrowed(&self.text)
    }

    /// A piece as readers see it.
    pub(super) fn words(&self, piece: &Piece) -> &str {
        &self.text[piece.text.clone()]
    }

    /// A piece as its author wrote it; code without its backticks.
    pub(super) fn source(&self, piece: &Piece) -> &str {
        match piece.kind {
            Kind::Entity | Kind::Html => self.raw.get(piece.raw.clone()).unwrap_or_default(),
            Kind::Text | Kind::Escaped | Kind::Code => self.words(piece),
        }
    }
}

/// Makes pieces of what the Markdown parser finds.
struct Reader<'s> {
    source: &'s str,
    /// How much longer `source` is in front than the heading's own.
    shift: usize,
    text: String,
    pieces: Vec<Piece>,
    run: usize,
    /// How many of emphasis, links and images are open.
    depth: usize,
    /// The same of images.
    images: usize,
    /// The first run inside of the outermost that is open.
    first: Option<usize>,
}

impl<'s> Reader<'s> {
    fn new(source: &'s str, shift: usize) -> Self {
        Reader { source, shift, text: String::new(), pieces: vec![], run: 0, depth: 0, images: 0, first: None }
    }

    fn read(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Text(text) => return self.read_text(&text, range),
            Event::Start(Tag::Heading { .. } | Tag::Paragraph) => {}
            Event::Start(tag) => {
                if self.depth == 0 {
                    self.first = None;
                }
                self.depth += 1;
                self.images += usize::from(self.images > 0 || matches!(tag, Tag::Image { .. }));
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                self.images = self.images.saturating_sub(1);
            }
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                self.run += 1;
                self.push(&code, range, Kind::Code);
            }
            Event::InlineHtml(_) | Event::Html(_) => {
                self.run += 1;
                self.push("", range, Kind::Html);
            }
            Event::SoftBreak | Event::HardBreak | Event::FootnoteReference(_) => {}
            Event::Rule | Event::TaskListMarker(_) => {}
        }
        self.run += 1;
    }

    fn read_text(&mut self, text: &str, range: Range<usize>) {
        let written = &self.source[range.clone()];
        if written.starts_with('&') && written != text {
            return self.push(text, range, Kind::Entity);
        }
        let end_before = self.pieces.last().map_or(0, |piece| piece.raw.end + self.shift);
        let is_escaped = range.start > end_before && self.source[..range.start].ends_with('\\');
        let escaped = if is_escaped { text.chars().next().map_or(0, char::len_utf8) } else { 0 };
        let split = range.start + escaped;
        if escaped > 0 {
            self.push(&text[..escaped], range.start..split, Kind::Escaped);
        }
        if escaped < text.len() {
            self.push(&text[escaped..], split..range.end, Kind::Text);
        }
    }

    fn push(&mut self, text: &str, range: Range<usize>, kind: Kind) {
        let raw = range.start.saturating_sub(self.shift)..range.end.saturating_sub(self.shift);
        let start = self.text.len();
        self.text.push_str(text);
        let is_nested = self.depth > 0;
        if is_nested {
            self.first.get_or_insert(self.run);
        }
        if let Some(last) = self.pieces.last_mut() {
            let goes_on = last.kind == Kind::Text && kind == Kind::Text && last.run == self.run;
            if goes_on && last.raw.end == raw.start {
                last.raw.end = raw.end;
                last.text.end = self.text.len();
                return;
            }
        }
        self.pieces.push(Piece {
            text: start..self.text.len(),
            raw,
            kind,
            run: self.run,
            is_nested,
            is_leading: !is_nested || self.first == Some(self.run),
            is_description: self.images > 0,
        });
    }
}
