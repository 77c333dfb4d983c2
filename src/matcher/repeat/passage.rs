//! Passages that stand twice in one post: long blocks, and runs of blocks that together are long. Every block is hashed once,
//! and compared with its first equal only.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{SpecError, normal};
use crate::matcher::{Hit, PostMatcher};
use crate::post::{Block, BlockKind, Post};
use crate::source::Span;

/// How many characters tell most different blocks apart.
const OPENING: usize = 24;

/// What makes a passage. Lists, tables, quotations and code are left alone.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Passage {
    /// Less repeated text in a row is none: letters and digits, a Chinese character counts as two.
    pub min_weight: usize,
}

impl Passage {
    pub(super) fn build(&self) -> Result<Passages, SpecError> {
        super::limits(&[self.min_weight])?;
        Ok(Passages { spec: *self })
    }
}

pub(super) struct Passages {
    spec: Passage,
}

/// A run of blocks and its copy, as indices into the blocks that count.
struct Copy {
    original: usize,
    copy: usize,
    length: usize,
    weight: usize,
}

impl PostMatcher for Passages {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        let blocks: Vec<&Block> = post.prose.blocks.iter().filter(|block| counts(block)).collect();
        let originals = originals(post, &blocks);
        let mut run: Option<Copy> = None;
        for (index, original) in originals.into_iter().enumerate() {
            let goes_on =
                |open: &Copy| original == Some(open.original + open.length) && self.are_joined(post, &blocks, open);
            if let Some(open) = run.as_mut().filter(|open| goes_on(open)) {
                open.length += 1;
                open.weight += normal::weight(post, blocks[index]);
                continue;
            }
            self.close(&blocks, run.take(), out);
            run = original.map(|original| Copy {
                original,
                copy: index,
                length: 1,
                weight: normal::weight(post, blocks[index]),
            });
        }
        self.close(&blocks, run, out);
    }
}

impl Passages {
    /// Whether the same stands between the end of a run and the block behind it, here and there: blocks that do not count.
    fn are_joined(&self, post: &Post, blocks: &[&Block], run: &Copy) -> bool {
        let gap = |first: usize| {
            let last = first + run.length;
            let (from, to) = (blocks[last - 1].span.end, blocks[last].span.start);
            let skip = post.prose.blocks.partition_point(|block| block.span.start < from);
            post.prose.blocks[skip..].iter().take_while(move |block| block.span.start < to)
        };
        let (mut here, mut there) = (gap(run.copy), gap(run.original));
        loop {
            match (here.next(), there.next()) {
                (None, None) => return true,
                (Some(one), Some(other)) if normal::characters(post, one).eq(normal::characters(post, other)) => {}
                _ => return false,
            }
        }
    }

    fn close(&self, blocks: &[&Block], run: Option<Copy>, out: &mut Vec<Hit>) {
        let Some(run) = run.filter(|run| run.weight >= self.spec.min_weight) else { return };
        let span =
            |first: usize| Span { start: blocks[first].span.start, end: blocks[first + run.length - 1].span.end };
        let vars = vec![(Cow::Borrowed("blocks"), run.length.to_string())];
        let related = vec![(span(run.original), "stands here first".to_owned())];
        out.push(Hit { span: span(run.copy), vars, related });
    }
}

/// Whether a block can be part of a passage.
fn counts(block: &Block) -> bool {
    block.is_visible_text()
        && block.kind == BlockKind::Paragraph
        && !block.in_list
        && !block.in_table
        && !block.in_quote
}

/// For each block the first block that is equal to it and stands before it. Only blocks that begin alike are read to the end.
fn originals(post: &Post, blocks: &[&Block]) -> Vec<Option<usize>> {
    let openings: Vec<u64> = blocks.iter().map(|block| normal::hash(post, block, OPENING)).collect();
    let mut sorted = openings.clone();
    sorted.sort_unstable();
    let alike: Vec<u64> = sorted.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    if alike.is_empty() {
        return vec![None; blocks.len()];
    }
    let mut first: BTreeMap<u64, usize> = BTreeMap::new();
    let mut originals = vec![None; blocks.len()];
    for index in (0..blocks.len()).filter(|index| alike.binary_search(&openings[*index]).is_ok()) {
        let whole = normal::hash(post, blocks[index], usize::MAX);
        match first.get(&whole) {
            Some(original) => {
                let same = normal::characters(post, blocks[*original]).eq(normal::characters(post, blocks[index]));
                originals[index] = same.then_some(*original);
            }
            None => _ = first.insert(whole, index),
        }
    }
    originals
}
