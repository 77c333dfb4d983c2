//! What stands between Chinese characters and should not: blanks that a PDF or a scanner left, half-width punctuation.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{MOST_HITS, excerpt, is_han, vars};
use crate::matcher::{Hit, PostMatcher};
use crate::post::Post;

/// From how many blanks between Chinese characters on, and what share of them, a block has broken words.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct InnerSpace {
    /// Fewer blanks in a block are none.
    pub min_count: usize,
    /// A smaller share of the block's Chinese characters, in percent, is none.
    pub min_percent: f64,
}

/// From how many half-width marks between Chinese characters on, and what share of them, a post is told.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HalfWidth {
    /// Fewer marks in a post are none.
    pub min_count: usize,
    /// A smaller share of the post's Chinese characters, in percent, is none.
    pub min_percent: f64,
}

impl PostMatcher for InnerSpace {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        for (_, block) in post.prose.visible_blocks() {
            let text = post.prose.str(block);
            let mut found = after_han(text, |byte| byte == b' ', |c| is_han(c) || is_sentence_mark(c) || c == '、');
            if found.len() < self.min_count {
                continue;
            }
            // A blank beside a link or an emphasis sets it apart on purpose.
            let start = block.range().start;
            found.retain(|at| is_bare(post, text, (start, *at)));
            // Verse and headlines part their phrases with blanks, but have no sentences.
            if found.len() < self.min_count || !text.contains(is_sentence_mark) {
                continue;
            }
            let percent = percent(found.len(), text.chars().filter(|c| is_han(*c)).count());
            if percent >= self.min_percent {
                add(post, (block.range().start, text), (found, percent), out);
            }
        }
    }
}

impl PostMatcher for HalfWidth {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        let (mut count, mut han) = (0, 0);
        let mut found = vec![];
        for (_, block) in post.prose.visible_blocks() {
            let marks =
                after_han(post.prose.str(block), |byte| matches!(byte, b',' | b';' | b':' | b'?' | b'!'), is_han);
            count += marks.len();
            if !marks.is_empty() {
                found.push((block, marks));
            }
        }
        if count < self.min_count {
            return;
        }
        for (_, block) in post.prose.visible_blocks() {
            han += post.prose.str(block).chars().filter(|c| is_han(*c)).count();
        }
        let percent = percent(count, han);
        if percent >= self.min_percent {
            for (block, marks) in found {
                add(post, (block.range().start, post.prose.str(block)), (marks, percent), out);
            }
        }
    }
}

/// Where an ASCII character stands alone between a Chinese one and one that `is_next`.
fn after_han(text: &str, is_wanted: fn(u8) -> bool, is_next: fn(char) -> bool) -> Vec<usize> {
    let bytes = text.as_bytes();
    // Chinese characters end with a byte from 0x80 on: nearly all places in other texts fail here.
    let is_candidate = |at: &usize| *at > 0 && is_wanted(bytes[*at]) && bytes[at - 1] >= 0x80;
    let is_between = |at: &usize| {
        text[..*at].chars().next_back().is_some_and(is_han) && text[at + 1..].chars().next().is_some_and(is_next)
    };
    (0..bytes.len()).filter(is_candidate).filter(is_between).collect()
}

/// Whether the source has the characters around `at` without markup between them.
fn is_bare(post: &Post, text: &str, (start, at): (usize, usize)) -> bool {
    let width = |c: Option<char>| c.map_or(0, char::len_utf8);
    let before = width(text[..at].chars().next_back());
    let behind = width(text[at + 1..].chars().next());
    let span = post.prose.source_span(start + at - before..start + at + 1 + behind);
    span.len() == before + 1 + behind
}

/// Marks each place.
fn add(post: &Post, (start, text): (usize, &str), (found, percent): (Vec<usize>, f64), out: &mut Vec<Hit>) {
    for at in found.into_iter().take(MOST_HITS.saturating_sub(out.len())) {
        let span = post.prose.source_span(start + at..start + at + 1);
        let vars =
            vars([("percent", format!("{percent:.1}")), ("excerpt", excerpt(text, (at, at + 1), &text[at..=at]))]);
        out.push(Hit { span, vars, ..Hit::default() });
    }
}

fn is_sentence_mark(c: char) -> bool {
    matches!(c, '。' | '，' | '；' | '！' | '？' | ',' | ';' | '!' | '?')
}

#[expect(clippy::cast_precision_loss, reason = "posts are smaller than 64 MB")]
fn percent(count: usize, of: usize) -> f64 {
    100.0 * count as f64 / of.max(1) as f64
}
