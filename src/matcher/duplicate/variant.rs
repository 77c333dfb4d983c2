//! Posts that a site has in two languages, in the same words: somebody copied the file and never translated it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{lead, on_post, path, var};
use crate::corpus::{Class, Corpus, Facts, Pair};
use crate::matcher::{CorpusMatcher, SiteHit};
use crate::post::Language;

/// Posts in two languages with the same words. There is nothing to set.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Variant {}

pub(super) struct Variants;

impl CorpusMatcher for Variants {
    fn hits(&self, corpus: &Corpus<'_>, out: &mut Vec<SiteHit>) {
        let mut copies: BTreeMap<usize, (usize, &Pair)> = BTreeMap::new();
        let is_same = |pair: &&Pair| matches!(pair.relation.class, Class::Identical | Class::Near);
        for pair in corpus.copies().iter().filter(|pair| pair.are_variants).filter(is_same) {
            let (copy, original) = if is_copy(corpus, pair) { (pair.a, pair.b) } else { (pair.b, pair.a) };
            let best = copies.entry(copy).or_insert((original, pair));
            if pair.relation.similarity() > best.1.relation.similarity() {
                *best = (original, pair);
            }
        }
        for (copy, (original, pair)) in copies {
            let language = corpus.posts[copy].variant.language.as_deref().unwrap_or_default().to_owned();
            let vars =
                vec![path(corpus, original), var("similarity", pair.relation.per_cent()), var("language", language)];
            let mut hit = on_post(corpus, copy, vars);
            hit.elsewhere.push(lead(corpus, original, "the same words stand here".to_owned()));
            out.push(hit);
        }
    }
}

/// Whether it is the first of the pair that waits for its translation, rather than the second.
fn is_copy(corpus: &Corpus<'_>, pair: &Pair) -> bool {
    let (a, b) = (&corpus.posts[pair.a], &corpus.posts[pair.b]);
    originality(a) < originality(b) || originality(a) == originality(b) && a.path > b.path
}

/// How much speaks for a post being the original: its text is in the language that it is said to be in; it names none, as the
/// posts of a site's own language do; it is English, as most originals are.
fn originality(post: &Facts) -> (Reverse<bool>, bool, bool) {
    let named = post.variant.language.as_deref();
    (Reverse(named.is_some_and(|named| is_other(named, post.language))), named.is_none(), named == Some("en"))
}

/// Whether a text cannot be in the language that is named, by its script.
fn is_other(named: &str, script: Language) -> bool {
    let named = named.split('-').next().unwrap_or_default();
    let expected = match named {
        "zh" | "ja" | "ko" | "ar" | "he" => named,
        "bg" | "bn" | "el" | "fa" | "hi" | "ru" | "sr" | "ta" | "th" | "uk" | "ur" => return script == Language::En,
        _ => "en",
    };
    expected != script.name()
}
