//! The prose of a post without its text: small enough to keep for every post, and enough to cut the prose out of the source
//! again without parsing it. A private format: it is written and read by one version.

use serde::{Deserialize, Serialize};

use super::{Block, BlockKind, OBJECT, Prose, Segment};
use crate::fingerprint::packed;
use crate::source::{Source, Span};

/// Where the blocks of a post and their pieces stand, in a few bytes each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline(#[serde(with = "packed")] Box<[u8]>);

/// Line feeds: what mostly stands between segments that do not touch.
const LINES: &str = "\n\n\n\n\n\n\n\n";

/// What the text of a segment that is not read as written is.
const IS_OBJECT: u64 = 0;
/// The same: the bytes follow.
const IS_LITERAL: u64 = 1;
/// The same: it reads as it is written after all.
const IS_EXACT: u64 = 2;

impl Outline {
    /// The outline of a prose. What was set aside is not in it: that is for lints to say.
    pub fn of(prose: &Prose) -> Self {
        let mut out = Writer(Vec::with_capacity(prose.segments.len() * 4 + prose.blocks.len() * 5));
        out.number(prose.blocks.len() as u64);
        let (mut text, mut source) = (0, 0);
        for block in &prose.blocks {
            let flags = [block.in_list, block.in_table, block.in_quote, block.hidden];
            let flags = flags.iter().fold(0, |bits, flag| bits << 1 | u64::from(*flag));
            out.number(flags << 3 | number_of(block.kind));
            out.signed(i64::from(block.text.start) - text);
            out.number(u64::from(block.text.end - block.text.start));
            out.signed(i64::from(block.span.start) - source);
            out.number(block.span.len() as u64);
            (text, source) = (i64::from(block.text.end), i64::from(block.span.end));
        }
        let (mut text, mut source) = (0, 0);
        for segment in &prose.segments {
            out.gap(&prose.text[text..segment.text as usize]);
            out.segment(segment, prose, source);
            (text, source) = (segment.text_end() as usize, i64::from(segment.source.end));
        }
        out.gap(&prose.text[text..]);
        Self(out.0.into_boxed_slice())
    }

    /// The prose again, out of the same source. Of another source it is another text, or none.
    pub fn unfold(&self, source: &Source) -> Option<Prose> {
        let mut reader = Reader(&self.0);
        let mut prose = Prose::default();
        let (mut text, mut at) = (0, 0);
        for _ in 0..reader.number()? {
            let bits = reader.number()?;
            let start = reader.place(text)?;
            let end = start.checked_add(reader.small()?)?;
            let first = reader.place(at)?;
            let span = Span { start: first, end: first.checked_add(reader.small()?)? };
            prose.blocks.push(Block {
                kind: kind_of(bits & 7)?,
                text: start..end,
                span,
                in_list: bits >> 6 & 1 == 1,
                in_table: bits >> 5 & 1 == 1,
                in_quote: bits >> 4 & 1 == 1,
                hidden: bits >> 3 & 1 == 1,
                set_aside: false,
            });
            (text, at) = (i64::from(end), i64::from(span.end));
        }
        let mut at = 0;
        prose.text.push_str(reader.gap()?);
        while !reader.0.is_empty() {
            let segment = reader.segment(&mut prose.text, &source.text, at)?;
            at = i64::from(segment.source.end);
            prose.segments.push(segment);
            prose.text.push_str(reader.gap()?);
        }
        let fits = prose.blocks.iter().all(|block| prose.text.get(block.range()).is_some());
        fits.then_some(prose)
    }

    /// Its bytes, which say nothing without the source.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// How many bytes it takes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it is the outline of nothing at all, not even of an empty prose.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn number_of(kind: BlockKind) -> u64 {
    match kind {
        BlockKind::Paragraph => 0,
        BlockKind::Heading(level) => u64::from(level),
        BlockKind::Code => 7,
    }
}

fn kind_of(number: u64) -> Option<BlockKind> {
    Some(match number {
        0 => BlockKind::Paragraph,
        7 => BlockKind::Code,
        level => BlockKind::Heading(u8::try_from(level).ok()?),
    })
}

/// Writes numbers, seven bits to a byte, the lowest first.
struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value.to_le_bytes()[0] | 0x80);
            value >>= 7;
        }
        self.0.push(value.to_le_bytes()[0]);
    }

    fn signed(&mut self, value: i64) {
        self.number(((value << 1) ^ (value >> 63)).cast_unsigned());
    }

    /// What stands between two segments: mostly nothing, or the line feed between two blocks.
    fn gap(&mut self, text: &str) {
        let is_lines = LINES.starts_with(text);
        self.number((text.len() as u64) << 1 | u64::from(!is_lines));
        if !is_lines {
            self.0.extend_from_slice(text.as_bytes());
        }
    }

    fn segment(&mut self, segment: &Segment, prose: &Prose, source: i64) {
        let text = &prose.text[segment.text as usize..segment.text_end() as usize];
        let is_object = text.len() == OBJECT.len_utf8() && text.starts_with(OBJECT);
        let what = match segment.exact {
            true => IS_EXACT,
            false if is_object => IS_OBJECT,
            false => IS_LITERAL,
        };
        self.number(u64::from(segment.text_len) << 2 | what);
        self.signed(i64::from(segment.source.start) - source);
        if what != IS_EXACT {
            self.number(segment.source.len() as u64);
        }
        if what == IS_LITERAL {
            self.0.extend_from_slice(text.as_bytes());
        }
    }
}

/// Reads what `Writer` wrote; `None` for anything else.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn number(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let (first, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u64::from(first & 0x7f) << shift;
            if first & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    /// A place, written as its distance from `from`.
    fn place(&mut self, from: i64) -> Option<u32> {
        let value = self.number()?;
        let distance = (value >> 1).cast_signed() ^ -(value & 1).cast_signed();
        u32::try_from(from.checked_add(distance)?).ok()
    }

    fn str(&mut self, len: usize) -> Option<&'a str> {
        let (text, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    fn gap(&mut self) -> Option<&'a str> {
        let value = self.number()?;
        let len = usize::try_from(value >> 1).ok()?;
        if value & 1 == 1 { self.str(len) } else { LINES.get(..len) }
    }

    /// Reads a segment and adds its text.
    fn segment(&mut self, text: &mut String, source: &str, from: i64) -> Option<Segment> {
        let head = self.number()?;
        let text_len = u32::try_from(head >> 2).ok()?;
        let at = u32::try_from(text.len()).ok()?;
        let start = self.place(from)?;
        let what = head & 3;
        let len = if what == IS_EXACT { text_len } else { self.small()? };
        let span = Span { start, end: start.checked_add(len)? };
        match what {
            IS_EXACT => text.push_str(source.get(span.range())?),
            IS_OBJECT => text.push(OBJECT),
            _ => text.push_str(self.str(text_len as usize)?),
        }
        Some(Segment { text: at, text_len, source: span, exact: what == IS_EXACT })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::Post;
    use crate::site::plain::PLAIN;
    use crate::site::{Role, Site};

    fn check(text: &str) -> usize {
        let mut post = Post::parse(Source::from_text("a.md", text), &Site::of(&PLAIN), Role::Post);
        let outline = Outline::of(&post.prose);
        for block in &mut post.prose.blocks {
            block.set_aside = false;
        }
        let again = outline.unfold(&post.source).expect("the same source");
        assert_eq!((&again.text, &again.blocks), (&post.prose.text, &post.prose.blocks), "{text:?}");
        assert_eq!(again.segments, post.prose.segments, "{text:?}");
        outline.len()
    }

    #[test]
    fn prose_comes_back_as_it_was() {
        for text in [
            "",
            "---\ntitle: x\n---\n",
            "# Ships\n\nA *tide* &amp; a [boat](/x) `hull`\nnext line\n\n```\ncode\n```\n\n> - quoted &nbsp; &#x1F600;\n",
            "<div style=\"display:none\">hidden</div>\r\n\r\n<p>你好，<b>世界</b><br>再见 {{ x }}</p>\n| a | b |\n|---|---|\n| c | d |\n",
        ] {
            check(text);
        }
    }

    #[test]
    fn it_is_small() {
        let text = "The *tide* was out when we [started](/x), and so on and so on.\n\n".repeat(100);
        assert!(check(&text) < text.len() / 2);
    }

    #[test]
    fn of_another_source_it_is_no_trap() {
        let parse = |text: &str| Post::parse(Source::from_text("a.md", text), &Site::of(&PLAIN), Role::Post);
        let outline = Outline::of(&parse("# Ships and so on\n\nA *tide* and a boat\n").prose);
        assert_eq!(outline.unfold(&parse("x").source), None);
        assert_eq!(outline.unfold(&parse("海海海海海海海海海海海海海海海海海海").source), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_comes_back(text in "([a*_`<>&;#|\\-\\[\\]()!{}%:\n 你é\u{FFFC}]|<p>|</p>|<br>|```|&amp;|\n\n|> |- ){0,60}") {
            check(&text);
        }
    }
}
