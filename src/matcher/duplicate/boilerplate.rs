//! Blocks that stand in many posts among different others, told once for each.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{MOST_PLACES, Pattern, SpecError, is_match, patterns, var};
use crate::corpus::{Corpus, Recurring};
use crate::fingerprint::{TokenKind, Words};
use crate::matcher::{CorpusMatcher, Hit, SiteHit};
use crate::spanned::de::Located;

/// What makes a block worth a word.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Boilerplate {
    /// In how many posts it must stand; 8 at least, with as many different neighbours.
    pub min_posts: usize,
    /// Least number of words. In mixed text, words and characters count together, each as a share of its least.
    pub min_words: u32,
    /// Least number of characters of scripts without blanks.
    pub min_characters: u32,
    /// Texts that stand in many posts on purpose: blocks that hold one of them, case and punctuation aside, are left alone.
    #[serde(default)]
    pub allow: Vec<String>,
    /// Regular expressions: a block that one of them matches is left alone.
    #[serde(default)]
    pub unless: Vec<Located<String>>,
}

impl Boilerplate {
    pub(super) fn build(&self) -> Result<Blocks, SpecError> {
        if self.min_words == 0 || self.min_characters == 0 {
            return Err(SpecError { message: "limits of 0 say nothing".into(), help: None, at: None });
        }
        let allow: Vec<String> = self.allow.iter().map(|text| normal(text)).collect();
        if allow.iter().any(String::is_empty) {
            return Err(SpecError { message: "a text under `allow` has no words".into(), help: None, at: None });
        }
        Ok(Blocks { spec: self.clone(), allow, unless: patterns(&self.unless)? })
    }
}

pub(super) struct Blocks {
    spec: Boilerplate,
    /// In their normal form.
    allow: Vec<String>,
    unless: Vec<Pattern>,
}

impl CorpusMatcher for Blocks {
    fn hits(&self, corpus: &Corpus<'_>, out: &mut Vec<SiteHit>) {
        let (word, character) = (TokenKind::Word.weight(), TokenKind::Character.weight());
        let least = (self.spec.min_words * word).min(self.spec.min_characters * character);
        for block in corpus.recurring(least).iter().filter(|block| self.is_meant(block)) {
            let Some(((post, span), others)) = block.places.split_first() else { continue };
            let vars = vec![var("posts", block.posts)];
            let others = others.iter().take(MOST_PLACES - 1);
            out.push(SiteHit {
                post: *post,
                hit: Hit { span: *span, vars, ..Hit::default() },
                elsewhere: others.map(|(post, span)| (*post, *span, "and here".to_owned())).collect(),
            });
        }
    }
}

impl Blocks {
    fn is_meant(&self, block: &Recurring) -> bool {
        if block.posts < self.spec.min_posts {
            return false;
        }
        let words = Words::of_plain(&block.text);
        let characters = words.tokens.iter().filter(|token| token.kind == TokenKind::Character).count() as u64;
        let others = words.tokens.len() as u64 - characters;
        let (of_words, of_characters) = (u64::from(self.spec.min_words), u64::from(self.spec.min_characters));
        let says_enough = others * of_characters + characters * of_words >= of_words * of_characters;
        says_enough
            && !self.allow.iter().any(|allowed| normal(&block.text).contains(allowed.as_str()))
            && !is_match(&self.unless, &block.text)
    }
}

/// A text without case, punctuation and lines.
fn normal(text: &str) -> String {
    Words::of_plain(text).text.replace('\n', " ").trim().to_owned()
}
