//! Passages that stand twice in one post, wherever they begin and end: runs of equal words, found by winnowing.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::SpecError;
use crate::corpus::PassageRule;
use crate::fingerprint::{Run, Stretches, Token, TokenKind, WINNOW, Words, own_runs};
use crate::matcher::duplicate::length;
use crate::matcher::{Hit, PostMatcher};
use crate::post::{Block, BlockKind, OBJECT, Post};
use crate::source::Span;

/// What makes a passage. Quotations, tables and code are left alone; lists and headings may stand in it, but do not count.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Passage {
    /// Least number of words. In mixed text, words and characters count together, each as a share of its least.
    pub words: u32,
    /// Least number of characters of scripts without blanks.
    pub characters: u32,
}

impl Passage {
    pub(super) fn build(&self) -> Result<Passages, SpecError> {
        super::limits(&[self.words as usize, self.characters as usize])?;
        Ok(Passages { rule: PassageRule { words: self.words, characters: self.characters } })
    }
}

pub(super) struct Passages {
    rule: PassageRule,
}

impl PostMatcher for Passages {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        // Passages that are too short for the sketch to tell of them are looked for in every post.
        let is_told = self.rule.least_weight() >= WINNOW.guaranteed();
        if !can_repeat(post, self.rule) || is_told && !post.sketch().repeats {
            return;
        }
        let text = Text { post, words: post.words() };
        let stretches = Stretches::of(text.words, &|block| text.is_part(block), self.rule.least_weight());
        let runs = own_runs((text.words, &stretches));
        for run in runs.iter().flat_map(|run| text.cut(run)).filter_map(|run| text.trimmed(run)) {
            let (words, characters) = text.count(&run.a);
            if self.rule.is_reached(words, characters) {
                let vars = vec![("length".into(), length(words, characters))];
                let related = vec![(text.span(&run.b), "stands here first".to_owned())];
                out.push(Hit { span: text.span(&run.a), vars, related, ..Hit::default() });
            }
        }
    }
}

/// Whether the post has room for a passage and its copy.
fn can_repeat(post: &Post, rule: PassageRule) -> bool {
    let bytes: usize = post.prose.blocks.iter().filter(|block| counts(block)).map(|block| block.range().len()).sum();
    // A word has a byte and a blank at least, a character of a script without blanks three bytes.
    bytes >= 2 * (2 * rule.words as usize).min(3 * rule.characters as usize)
}

/// Whether a block counts in a passage.
fn counts(block: &Block) -> bool {
    can_stand_in(block) && block.kind == BlockKind::Paragraph && !block.in_list
}

/// Whether a block may stand in a passage.
fn can_stand_in(block: &Block) -> bool {
    block.is_visible_text() && !block.in_table && !block.in_quote
}

/// A post and its words.
struct Text<'a> {
    post: &'a Post,
    words: &'a Words,
}

impl Text<'_> {
    fn block(&self, index: usize) -> &Block {
        &self.post.prose.blocks[self.words.blocks[index].block as usize]
    }

    /// Whether block number `index` of the words may stand in a passage.
    fn is_part(&self, index: usize) -> bool {
        can_stand_in(self.block(index))
    }

    /// The run in pieces between which something other is shown in the two places that is no text: inline code, an image.
    fn cut(&self, run: &Run) -> Vec<Run> {
        let (here, there) = (self.tokens(&run.a), self.tokens(&run.b));
        let has_object = |tokens: &[Token]| match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => self.between(first.origin, last.origin_end).contains(OBJECT),
            _ => false,
        };
        let mut cuts: Vec<u32> = vec![0];
        if has_object(here) || has_object(there) {
            let gaps = (1..).zip(here.windows(2).zip(there.windows(2)));
            cuts.extend(gaps.filter(|(_, (one, other))| !self.show_same(one, other)).map(|(at, _)| at));
        }
        cuts.push(u32::try_from(here.len()).unwrap_or(u32::MAX));
        let piece = |cut: &[u32]| {
            let part = |tokens: &Range<u32>| tokens.start + cut[0]..tokens.start + cut[1];
            Run { a: part(&run.a), b: part(&run.b), weight: Words::weight(self.tokens(&part(&run.a))) }
        };
        cuts.windows(2).map(piece).collect()
    }

    /// Whether what is no text is the same between two neighbours here and two neighbours there.
    fn show_same(&self, here: &[Token], there: &[Token]) -> bool {
        let objects = |pair: &[Token]| -> Vec<&str> {
            let (start, end) = (pair[0].origin_end, pair[1].origin);
            let shown = self.between(start, end).match_indices(OBJECT);
            let places = shown.map(|(at, object)| start as usize + at..start as usize + at + object.len());
            places.map(|range| self.post.source.slice(self.post.prose.source_span(range))).collect()
        };
        objects(here) == objects(there)
    }

    fn between(&self, start: u32, end: u32) -> &str {
        self.post.prose.text.get(start as usize..end as usize).unwrap_or_default()
    }

    fn tokens(&self, range: &Range<u32>) -> &[Token] {
        &self.words.tokens[range.start as usize..range.end as usize]
    }

    /// The run without what does not count at its ends: half a heading, some items of a list.
    fn trimmed(&self, run: Run) -> Option<Run> {
        let blocks = self.words.blocks.iter().enumerate().skip(self.block_of(run.a.start));
        let blocks = blocks.take_while(|(_, block)| block.tokens.start < run.a.end);
        let mut counted = blocks.filter(|(index, _)| counts(self.block(*index))).map(|(_, block)| &block.tokens);
        let first = counted.next()?;
        let last = counted.last().unwrap_or(first);
        let (head, tail) = (first.start.saturating_sub(run.a.start), run.a.end.saturating_sub(last.end));
        let (a, b) = (run.a.start + head..run.a.end - tail, run.b.start + head..run.b.end - tail);
        Some(Run { a, b, weight: run.weight })
    }

    /// Index of the block that holds a token.
    fn block_of(&self, token: u32) -> usize {
        self.words.blocks.partition_point(|block| block.tokens.end <= token)
    }

    /// How many words and how many characters of a run count.
    fn count(&self, run: &Range<u32>) -> (u32, u32) {
        let (mut words, mut characters) = (0, 0);
        for (index, block) in self.words.blocks.iter().enumerate().skip(self.block_of(run.start)) {
            if block.tokens.start >= run.end {
                break;
            }
            if counts(self.block(index)) {
                let part = block.tokens.start.max(run.start)..block.tokens.end.min(run.end);
                let is_character = |token: &&Token| token.kind == TokenKind::Character;
                let own = self.tokens(&part).iter().filter(is_character).count();
                let own = u32::try_from(own).unwrap_or(u32::MAX);
                characters += own;
                words += part.end - part.start - own;
            }
        }
        (words, characters)
    }

    /// Where a run stands: whole blocks as they are written, with their punctuation and markup.
    fn span(&self, run: &Range<u32>) -> Span {
        let (first, last) = (self.block_of(run.start), self.block_of(run.end - 1));
        let ends = self.tokens(run);
        let inner = self.post.prose.source_span(ends[0].origin as usize..ends[ends.len() - 1].origin_end as usize);
        let opens = self.words.blocks[first].tokens.start == run.start;
        let closes = self.words.blocks[last].tokens.end == run.end;
        Span {
            start: if opens { self.block(first).span.start } else { inner.start },
            end: if closes { self.block(last).span.end } else { inner.end },
        }
    }
}
