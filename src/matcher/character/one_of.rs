//! Characters of a class or a range, in the whole file or in what readers see of it.

use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::Deserialize;

use super::class::{self, Class};
use super::{MOST_HITS, excerpt, mistake, vars};
use crate::matcher::{Hit, PostMatcher, SpecError};
use crate::post::{BlockKind, Post};
use crate::source::Span;
use crate::spanned::de::Located;

/// Which characters, and where.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OneOf {
    /// Which text is searched.
    #[serde(rename = "in")]
    pub place: Place,
    /// Classes of characters.
    #[serde(default)]
    pub classes: Vec<Class>,
    /// Further characters: `E000` or `E000-F8FF`.
    #[serde(default)]
    pub ranges: Vec<Located<Range>>,
}

/// Where characters are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The whole file: front matter, code and markup included.
    Source,
    /// The front matter and the visible text. What is written as an entity (`&shy;`) is meant, and is not found.
    Text,
}

/// Characters from one number to another, written in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Range(String);

impl Range {
    fn parse(&self) -> Option<RangeInclusive<char>> {
        let number = |word: &str| u32::from_str_radix(word.trim().trim_start_matches("U+"), 16).ok();
        let (first, last) = self.0.split_once('-').unwrap_or((&self.0, &self.0));
        let range = char::from_u32(number(first)?)?..=char::from_u32(number(last)?)?;
        (!range.is_empty()).then_some(range)
    }
}

impl OneOf {
    pub(super) fn build(&self) -> Result<Matcher, SpecError> {
        let mut ranges: Vec<_> = self.classes.iter().flat_map(|class| class.ranges().iter().cloned()).collect();
        for range in &self.ranges {
            let wrong = || mistake(format!("`{}` is no range of characters", range.value.0), at(range));
            ranges.push(range.value.parse().ok_or_else(wrong)?);
        }
        if ranges.is_empty() {
            return Err(mistake("no class and no range to look for".into(), None));
        }
        Ok(Matcher { place: self.place, classes: self.classes.clone(), leads: leads(&ranges), ranges })
    }
}

fn at(range: &Located<Range>) -> Option<(Span, u8)> {
    Some((range.span, range.layer))
}

pub(super) struct Matcher {
    place: Place,
    classes: Vec<Class>,
    ranges: Vec<RangeInclusive<char>>,
    /// Which bytes may begin a character of `ranges`: all others are skipped without decoding.
    leads: [bool; 256],
}

/// The first bytes of all characters of `ranges`.
fn leads(ranges: &[RangeInclusive<char>]) -> [bool; 256] {
    let lead = |c: &char| usize::from(c.encode_utf8(&mut [0; 4]).as_bytes()[0]);
    let mut leads = [false; 256];
    for range in ranges {
        leads[lead(range.start())..=lead(range.end())].fill(true);
    }
    // Between the one byte of ASCII and the first of two bytes lie bytes that continue characters.
    leads[0x80..0xC2].fill(false);
    leads
}

impl PostMatcher for Matcher {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        let first = out.len();
        self.find(post, out);
        out[first..].iter_mut().for_each(|hit| hit.repair = repair(&post.source.text, hit.span));
    }
}

impl Matcher {
    fn find(&self, post: &Post, out: &mut Vec<Hit>) {
        if self.place == Place::Source {
            self.search(&post.source.text, &|at, end| Span::new(at, end), out);
            out.retain(|hit| !is_colour(post, hit.span));
            return;
        }
        self.search(&post.source.text[..post.body.range().start], &|at, end| Span::new(at, end), out);
        for (_, block) in post.prose.visible_blocks() {
            let start = block.range().start;
            let mut found = vec![];
            let span = |at, end| post.prose.source_span(start + at..start + end);
            self.search(post.prose.str(block), &span, &mut found);
            found.retain(|hit| post.source.slice(hit.span).starts_with(|c| self.has(c)));
            found.truncate(MOST_HITS.saturating_sub(out.len()));
            out.append(&mut found);
        }
    }
}

/// Whether an escape at `span` colours a block of code that shows the output of a terminal.
fn is_colour(post: &Post, span: Span) -> bool {
    post.source.text[span.range().start..].starts_with("\u{1B}[")
        && post.prose.block_of_source(span).is_some_and(|block| post.prose.blocks[block].kind == BlockKind::Code)
}

impl Matcher {
    fn has(&self, c: char) -> bool {
        self.ranges.iter().any(|range| range.contains(&c))
    }

    /// Adds each run of one character.
    fn search(&self, text: &str, span: &dyn Fn(usize, usize) -> Span, out: &mut Vec<Hit>) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(found) = bytes[at..].iter().position(|byte| self.leads[usize::from(*byte)]) {
            at += found;
            let Some(c) = text[at..].chars().next() else { break };
            let start = at;
            at += c.len_utf8();
            if !self.has(c) || is_mark_of_file(c, start) {
                continue;
            }
            at += text[at..].chars().take_while(|next| *next == c).count() * c.len_utf8();
            if class::is_at_work(c, &text[..start], &text[at..]) {
                continue;
            }
            if out.len() == MOST_HITS {
                break;
            }
            let code = class::code(c);
            let excerpt = excerpt(text, (start, at), &format!("<{code}>"));
            let name = class::name(c, &self.classes).to_owned();
            let vars = vars([("code", code), ("name", name), ("excerpt", excerpt)]);
            out.push(Hit { span: span(start, at), vars, ..Hit::default() });
        }
    }
}

/// What a run of one such character should be, and the bytes that this takes the place of. Line separators part words. What lies
/// between ASCII and Latin-1 was written in windows-1252. A terminal's colours are more than the escape before them.
fn repair(text: &str, span: Span) -> Option<(Span, String)> {
    let run = text.get(span.range())?;
    let rest = &text[span.range().end..];
    let (length, with) = match run.chars().next()? {
        // Some writers part with them what a program would join: `$` and `$`.
        '\u{B}' | '\u{C}' => return None,
        '\u{1B}' => (colour(rest), String::new()),
        '\u{2028}' | '\u{2029}' => (0, " ".to_owned()),
        '\u{80}'..='\u{9F}' => {
            let bytes: Vec<u8> = run.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect();
            (0, encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned())
        }
        _ => (0, String::new()),
    };
    Some((Span::new(span.range().start, span.range().end + length), with))
}

/// The length of what follows the escape of a colour: `[0;31m`.
fn colour(rest: &str) -> usize {
    let Some(inside) = rest.strip_prefix('[') else { return 0 };
    let numbers = inside.len() - inside.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').len();
    if inside[numbers..].starts_with(|c: char| c.is_ascii_alphabetic()) { numbers + 2 } else { 0 }
}

/// Whether `c` is a byte order mark where one belongs, if anywhere.
fn is_mark_of_file(c: char, at: usize) -> bool {
    c == '\u{FEFF}' && at == 0
}
