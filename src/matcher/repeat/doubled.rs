//! Headings that stand twice in a row, and paragraphs that begin with such a heading: what document farms and careless imports
//! make of a title.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{SpecError, normal};
use crate::matcher::{Hit, PostMatcher};
use crate::post::{Block, BlockKind, Post};
use crate::source::Span;

/// What makes a doubled block. Lists, tables, quotations and code are left alone, and so are blocks that end like a sentence: a
/// line of dialogue may well be said twice.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Doubled {
    /// Longer blocks are no headings, in characters.
    pub max_chars: usize,
    /// Shorter ones say too little: letters and digits, a Chinese character counts as two.
    pub min_weight: usize,
    /// Fewer doubled blocks in a post are none.
    #[serde(default)]
    pub min_count: usize,
    /// Which of the two is marked.
    #[serde(default)]
    pub mark: Which,
}

/// One of two equal blocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// The first.
    First,
    /// The second.
    #[default]
    Second,
}

/// What makes a paragraph that begins with its own heading. Only behind a doubled heading: `Zola`, and then `Zola is …`, is how
/// people write.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Glued {
    /// Longer blocks are no headings, in characters.
    pub max_chars: usize,
    /// Shorter ones say too little, as in `doubled`.
    pub min_weight: usize,
}

impl Doubled {
    pub(super) fn build(&self) -> Result<Doubles, SpecError> {
        super::limits(&[self.max_chars, self.min_weight])?;
        Ok(Doubles { spec: *self })
    }
}

impl Glued {
    pub(super) fn build(&self) -> Result<Glues, SpecError> {
        super::limits(&[self.max_chars, self.min_weight])?;
        Ok(Glues { spec: *self })
    }
}

pub(super) struct Doubles {
    spec: Doubled,
}

pub(super) struct Glues {
    spec: Glued,
}

impl PostMatcher for Doubles {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        let found = doubled(post, self.spec.max_chars, self.spec.min_weight);
        if found.len() < self.spec.min_count {
            return;
        }
        for index in found {
            let (first, second) = (post.prose.blocks[index - 1].span, post.prose.blocks[index].span);
            let vars = vars(post.prose.str(&post.prose.blocks[index]));
            out.push(match self.spec.mark {
                Which::First => {
                    Hit { span: first, vars, related: vec![(second, "and again here".into())], ..Hit::default() }
                }
                Which::Second => {
                    Hit { span: second, vars, related: vec![(first, "stands here first".into())], ..Hit::default() }
                }
            });
        }
    }
}

impl PostMatcher for Glues {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        for second in doubled(post, self.spec.max_chars, self.spec.min_weight) {
            let heading = &post.prose.blocks[second];
            let Some(block) = post.prose.blocks.get(second + 1).filter(|block| is_plain(block)) else { continue };
            let (title, text) = (post.prose.str(heading).trim(), post.prose.str(block));
            let is_glued = text.strip_prefix(title).and_then(|rest| rest.chars().next()).is_some_and(|next| {
                // Between Latin words a blank is a separator only if the heading's last word ends there.
                !next.is_whitespace() && (!next.is_ascii_punctuation() || !title.is_ascii())
            });
            if is_glued {
                let start = block.range().start;
                let span = post.prose.source_span(start..start + title.len());
                let related = vec![(heading.span, "the heading stands here".to_owned())];
                out.push(Hit { span, vars: vars(title), related, ..Hit::default() });
            }
        }
    }
}

/// Indices of the blocks that are equal to the block before them.
fn doubled(post: &Post, max_chars: usize, min_weight: usize) -> Vec<usize> {
    let blocks = &post.prose.blocks;
    let is_short = |block: &Block| {
        let text = post.prose.str(block);
        text.len() <= 4 * max_chars && text.chars().count() <= max_chars
    };
    let is_double = |index: &usize| {
        let (first, second) = (&blocks[index - 1], &blocks[*index]);
        first.text.len().abs_diff(second.text.len()) <= 8
            && is_plain(first)
            && is_plain(second)
            && is_short(second)
            && normal::characters(post, first).eq(normal::characters(post, second))
            && normal::weight(post, second) >= min_weight
            && !ends_like_a_sentence(post.prose.str(second))
            && !holds_link(post, second)
            && !holds_tag(post, first.span)
            && !holds_tag(post, second.span)
            && is_adjacent(post, first.span, second.span)
    };
    (1..blocks.len()).filter(is_double).collect()
}

/// Whether a block stands by itself, as a heading does.
fn is_plain(block: &Block) -> bool {
    block.is_visible_text()
        && !block.in_list
        && !block.in_table
        && !block.in_quote
        && matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_))
}

fn ends_like_a_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(['"', '\'', '”', '’', '」', '』', ')', '）']);
    end.ends_with(['.', '。', '!', '！', '?', '？', '…', ',', '，', ';', '；', ':', '：', '～', '~'])
}

/// Whether a block holds a link or an image. Under a heading, a link with the same words leads to what the heading names.
fn holds_link(post: &Post, block: &Block) -> bool {
    let first = post.links.partition_point(|link| link.span.start < block.span.start);
    post.links.get(first).is_some_and(|link| link.span.start < block.span.end)
}

/// Whether a template tag stands in `span`: an attribute list, say, that makes equal words look different.
fn holds_tag(post: &Post, span: Span) -> bool {
    let first = post.tags.partition_point(|tag| tag.span.end <= span.start);
    post.tags.get(first).is_some_and(|tag| tag.span.start < span.end)
}

/// Whether nothing but markup stands between two blocks: no include, no rule.
fn is_adjacent(post: &Post, first: Span, second: Span) -> bool {
    let gap = Span { start: first.end.min(second.start), end: second.start };
    let text = post.source.slice(gap);
    let is_ruled =
        text.lines().map(str::trim).any(|line| line.len() >= 3 && line.trim_matches(['-', '*', '_', ' ']).is_empty());
    !text.contains("<hr") && !is_ruled && !holds_tag(post, gap)
}

fn vars(heading: &str) -> crate::matcher::Vars {
    vec![(Cow::Borrowed("heading"), heading.to_owned())]
}
