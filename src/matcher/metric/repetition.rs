//! The share of a text that repeats what stood before: Gopher's duplicate n-grams, with n words, or n characters where a script
//! puts no blanks between words. Later copies count, the first does not, and overlapping copies count once.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::count::is_unspaced;
use super::{Limit, SpecError};
use crate::matcher::{Hit, PostMatcher};
use crate::post::{Language, Post};

/// What counts as repetition, by script.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Repetition {
    /// In texts with blanks between words.
    pub words: Share,
    /// In texts without.
    pub characters: Share,
    /// Shorter texts are left alone: words, or characters.
    #[serde(default)]
    pub min_length: usize,
}

/// A share of repeated runs.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Share {
    /// The length of a run, in words or characters.
    pub run: usize,
    /// Per cent of the text that stands in runs which stood before.
    pub percent: Limit,
}

impl Repetition {
    pub(super) fn build(&self) -> Result<Shares, SpecError> {
        super::limits(&[Some(self.words.percent), Some(self.characters.percent)])?;
        if self.words.run == 0 || self.characters.run == 0 {
            return Err(SpecError { message: "a run of 0 says nothing".into(), help: None, at: None });
        }
        Ok(Shares { spec: *self })
    }
}

pub(super) struct Shares {
    spec: Repetition,
}

/// A word, or a character of a script without blanks.
struct Token {
    start: usize,
    end: usize,
    hash: u64,
}

impl PostMatcher for Shares {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        let Share { run, percent } = match post.language {
            Language::Zh | Language::Ja => self.spec.characters,
            _ => self.spec.words,
        };
        let tokens = tokens(post);
        if tokens.len() < run.max(self.spec.min_length) {
            return;
        }
        let (first, repeated) = repeated(&tokens, run);
        let length = |token: &Token| token.end - token.start;
        let total: usize = tokens.iter().map(length).sum();
        let copied: usize = tokens.iter().zip(&repeated).filter(|(_, copied)| **copied).map(|(t, _)| length(t)).sum();
        let share = 100 * copied / total.max(1);
        let Some((original, copy)) = first.filter(|_| percent.holds(share)) else { return };
        let span = |at: usize| post.prose.source_span(tokens[at].start..tokens[at + run - 1].end);
        out.push(Hit {
            span: span(copy),
            vars: vec![(Cow::Borrowed("share"), share.to_string())],
            related: vec![(span(original), "stands here first".to_owned())],
            ..Hit::default()
        });
    }
}

/// The first run that stood before, with where it stood, and for each token whether it is in such a run.
fn repeated(tokens: &[Token], run: usize) -> (Option<(usize, usize)>, Vec<bool>) {
    let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
    let mut repeated = vec![false; tokens.len()];
    let mut first = None;
    let mut marked = 0;
    // A rolling polynomial hash: each run costs two multiplications, however long it is.
    let highest = (1..run).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let mut hash = 0_u64;
    for (end, token) in tokens.iter().enumerate() {
        if end >= run {
            hash = hash.wrapping_sub(tokens[end - run].hash.wrapping_mul(highest));
        }
        hash = hash.wrapping_mul(BASE).wrapping_add(token.hash);
        let Some(start) = (end + 1).checked_sub(run) else { continue };
        match seen.get(&hash) {
            // Runs that overlap their own copy (`buy now buy now`) are repetition too.
            Some(original) => {
                first = first.or(Some((*original, start)));
                repeated[marked.max(start)..=end].fill(true);
                marked = end + 1;
            }
            None => _ = seen.insert(hash, start),
        }
    }
    (first, repeated)
}

/// An odd number with well mixed bits.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// The tokens of all visible text, case folded. Code and images are none.
fn tokens(post: &Post) -> Vec<Token> {
    let mut tokens: Vec<Token> = vec![];
    for (_, block) in post.prose.visible_blocks() {
        let base = block.range().start;
        let mut is_open = false;
        for (at, c) in post.prose.str(block).char_indices() {
            let (start, end) = (base + at, base + at + c.len_utf8());
            if !c.is_alphanumeric() {
                is_open &= matches!(c, '\'' | '’' | '-');
                continue;
            }
            let folded = c.to_lowercase().fold(0, |code, c| code * 31 + u64::from(u32::from(c)));
            match tokens.last_mut().filter(|_| is_open && !is_unspaced(c)) {
                Some(token) => {
                    token.hash = (token.hash ^ folded).wrapping_mul(BASE).rotate_left(23);
                    token.end = end;
                }
                None => tokens.push(Token { start, end, hash: (folded + 1).wrapping_mul(BASE).rotate_left(23) }),
            }
            is_open = !is_unspaced(c);
        }
    }
    tokens
}
