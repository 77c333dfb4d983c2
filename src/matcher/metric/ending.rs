//! The end of the text: whether its last block is long enough to be a sentence, and how it stops.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Deserialize;

use super::count::Amount;
use super::{Limit, SpecError};
use crate::matcher::text::Pattern;
use crate::matcher::{Hit, PostMatcher, text};
use crate::post::{Block, BlockKind, Post, TagKind};
use crate::spanned::de::Located;

/// How much of the end patterns see, in characters.
const REACH: usize = 80;
/// How much of the end a message repeats, in characters.
const SHOWN: usize = 12;

/// What to ask of the last block of the text. Headings, tables and quotations are left alone, and so is text that something
/// other than text follows: code, an image, an include.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Ending {
    /// Words of the block, counted as in `post`.
    #[serde(default)]
    pub words: Option<Limit>,
    /// Regular expressions, tried on the last 80 characters of the block. A group `mark` narrows what is marked.
    pub patterns: Vec<Located<String>>,
    /// Regular expressions: an end that one of them matches is left alone.
    #[serde(default)]
    pub unless: Vec<Located<String>>,
}

impl Ending {
    pub(super) fn build(&self) -> Result<Endings, SpecError> {
        if self.words.is_some() {
            super::limits(&[self.words])?;
        }
        if self.patterns.is_empty() {
            return Err(SpecError { message: "no pattern to look for".into(), help: None, at: None });
        }
        let read = |patterns: &[Located<String>]| patterns.iter().map(text::read).collect::<Result<_, _>>();
        Ok(Endings { words: self.words, patterns: read(&self.patterns)?, unless: read(&self.unless)? })
    }
}

pub(super) struct Endings {
    words: Option<Limit>,
    patterns: Vec<Pattern>,
    unless: Vec<Pattern>,
}

impl PostMatcher for Endings {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        let Some(block) = last(post) else { return };
        let text = post.prose.str(block);
        let from = text.char_indices().rev().nth(REACH - 1).map_or(0, |(at, _)| at);
        let end = &text[from..];
        let found = self.patterns.iter().filter_map(Pattern::regex).find_map(|regex| regex.captures(end));
        let Some(found) = found else { return };
        let is_long = self.words.is_none_or(|limit| limit.holds(Amount::of(text, limit.enough()).words()));
        if !is_long || self.unless.iter().filter_map(Pattern::regex).any(|regex| regex.is_match(end)) {
            return;
        }
        let marked = found.name("mark").or_else(|| found.get(0)).map_or(0..0, |found| found.range());
        let base = block.range().start + from;
        let shown = end.char_indices().rev().nth(SHOWN - 1).map_or(0, |(at, _)| at);
        out.push(Hit {
            span: post.prose.source_span(base + marked.start..base + marked.end),
            vars: vec![(Cow::Borrowed("end"), end[shown..].trim_start().to_owned())],
            ..Hit::default()
        });
    }
}

/// The last block, if it is text of the author's that ought to end like a sentence.
fn last(post: &Post) -> Option<&Block> {
    let shown = |block: &&Block| !block.hidden && !block.set_aside;
    let last = post.prose.blocks.iter().rev().find(shown)?;
    let is_text = last.kind == BlockKind::Paragraph && !last.in_quote && !last.in_table;
    let follows = post.tags.iter().rev().take_while(|tag| tag.span.start >= last.span.end);
    let is_followed = follows.into_iter().any(|tag| tag.kind != TagKind::Silent)
        || post.markup.elements().next_back().is_some_and(|element| element.start_tag().start >= last.span.end);
    (is_text && !is_followed).then_some(last)
}
