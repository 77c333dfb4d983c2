//! Runs of blocks that are too short to be sentences: what is left of a page that was copied line by line.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Deserialize;

use super::SpecError;
use crate::matcher::{Hit, PostMatcher};
use crate::post::{Block, BlockKind, OBJECT, Post};
use crate::source::Span;

/// What makes a run of fragments.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Fragments {
    /// Longer blocks are none, in characters.
    pub max_chars: usize,
    /// So many fragments …
    pub at_least: usize,
    /// … among so many blocks that follow each other.
    pub among: usize,
}

impl Fragments {
    pub(super) fn build(&self) -> Result<Runs, SpecError> {
        let message = match () {
            () if self.at_least == 0 || self.max_chars == 0 => "limits of 0 say nothing",
            () if self.among < self.at_least => "`among` is less than `at-least`: there can never be so many",
            () => return Ok(Runs { spec: *self }),
        };
        Err(SpecError { message: message.into(), help: None, at: None })
    }
}

pub(super) struct Runs {
    spec: Fragments,
}

impl PostMatcher for Runs {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        let mut run = vec![];
        let mut number = 0;
        for (index, block) in post.prose.visible_blocks() {
            let is_running_text = block.kind == BlockKind::Paragraph && !block.in_list && !block.in_table;
            let follows_code = index > 0 && post.prose.blocks[index - 1].kind == BlockKind::Code;
            if !is_running_text || follows_code {
                self.close(post, &mut run, out);
            }
            if is_running_text {
                number += 1;
                if self.is_fragment(post, block) {
                    run.push((number, index));
                }
            }
        }
        self.close(post, &mut run, out);
    }
}

impl Runs {
    /// Whether a block is short and does not end like a sentence.
    fn is_fragment(&self, post: &Post, block: &Block) -> bool {
        let text = post.prose.str(block);
        let end = text.trim_end_matches(['"', '\'', '”', '’', '」', '』', ')', '）', '*']).chars().next_back();
        let is_finished =
            end.is_some_and(|c| matches!(c, '。' | '.' | '！' | '!' | '？' | '?' | '…' | '：' | ':' | '；'));
        text.len() <= 4 * self.spec.max_chars
            && !is_finished
            && !text.contains(OBJECT)
            && text.chars().count() <= self.spec.max_chars
    }

    /// One hit for each stretch of the run that is dense enough. `run` holds the fragments: number among the blocks of
    /// running text, index among all blocks.
    fn close(&self, post: &Post, run: &mut Vec<(usize, usize)>, out: &mut Vec<Hit>) {
        let Fragments { at_least, among, .. } = self.spec;
        let mut first = 0;
        while first + at_least <= run.len() {
            let mut end = first;
            while end + at_least <= run.len() && run[end + at_least - 1].0 - run[end].0 < among {
                end += 1;
            }
            if end == first {
                first += 1;
                continue;
            }
            let last = end + at_least - 2;
            let block = |at: usize| post.prose.blocks[run[at].1].span;
            let fragments = last - first + 1;
            out.push(Hit {
                span: Span { start: block(first).start, end: block(last).end },
                vars: vec![(Cow::Borrowed("fragments"), fragments.to_string())],
                ..Hit::default()
            });
            first = last + 1;
        }
        run.clear();
    }
}
