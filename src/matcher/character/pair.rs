//! Quotation marks and brackets with nothing inside, amid Chinese text: what stood there was lost.

use aho_corasick::AhoCorasick;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{MOST_HITS, excerpt, is_han, mistake, vars};
use crate::matcher::{Hit, PostMatcher, SpecError};
use crate::post::{Block, Post};
use crate::spanned::de::Located;

/// Which pairs.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EmptyPair {
    /// The pairs as they stand when empty: `“”`.
    pub pairs: Vec<Located<String>>,
}

impl EmptyPair {
    pub(super) fn build(&self) -> Result<Matcher, SpecError> {
        for pair in &self.pairs {
            if pair.value.chars().count() != 2 {
                let message = format!("`{}` is not made of two characters", pair.value);
                return Err(mistake(message, Some((pair.span, pair.layer))));
            }
        }
        let search = AhoCorasick::new(self.pairs.iter().map(|pair| &pair.value));
        let search = search.map_err(|error| mistake(error.to_string(), None))?;
        Ok(Matcher { search })
    }
}

pub(super) struct Matcher {
    search: AhoCorasick,
}

impl PostMatcher for Matcher {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        for (_, block) in post.prose.visible_blocks() {
            self.search(post, block, out);
        }
    }
}

impl Matcher {
    fn search(&self, post: &Post, block: &Block, out: &mut Vec<Hit>) {
        let (start, text) = (block.range().start, post.prose.str(block));
        let mut hits = vec![];
        let (mut counted, mut straight) = (0, 0);
        let mut kind = None;
        for found in self.search.find_overlapping_iter(text) {
            straight += text[counted..found.start()].matches('"').count();
            counted = found.start();
            // After an odd number of straight quotation marks the first of two closes: `"A""B"`.
            if text[found.range()].starts_with('"') && straight % 2 == 1 {
                continue;
            }
            // A block with empty pairs of two kinds is about punctuation.
            if *kind.get_or_insert(found.pattern()) != found.pattern() {
                return;
            }
            if out.len() + hits.len() < MOST_HITS && is_amid_chinese(&text[..found.start()], &text[found.end()..]) {
                let span = post.prose.source_span(start + found.start()..start + found.end());
                let excerpt = excerpt(text, (found.start(), found.end()), &text[found.range()]);
                hits.push(Hit { span, vars: vars([("excerpt", excerpt)]), ..Hit::default() });
            }
        }
        out.append(&mut hits);
    }
}

/// Whether a sentence goes on over the gap: a Chinese character before, and one or a mark that continues it behind.
fn is_amid_chinese(before: &str, behind: &str) -> bool {
    let continues = |c: char| is_han(c) || matches!(c, '，' | ',' | '、' | '；');
    before.chars().next_back().is_some_and(is_han) && behind.chars().next().is_some_and(continues)
}
