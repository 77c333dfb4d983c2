//! Posts that almost all stand in a longer one: a teaser, a note that became an article, a digest of whole texts.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{SpecError, lead, on_post, path, var};
use crate::corpus::{Class, Corpus, Pair};
use crate::matcher::{CorpusMatcher, SiteHit};
use crate::spanned::de::Located;

/// Posts that stand in a longer one. Editions of one thing, of which the later ones say more, are left alone: their titles
/// differ in numbers or months and in nothing else.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Contained {
    /// Share of the shorter post (of its overlapping runs of words) that the longer one must have too; 0.8 at least.
    pub share: Located<f64>,
}

impl Contained {
    pub(super) fn build(&self) -> Result<Parts, SpecError> {
        Ok(Parts { share: super::share(&self.share)? })
    }
}

pub(super) struct Parts {
    share: f64,
}

impl CorpusMatcher for Parts {
    fn hits(&self, corpus: &Corpus<'_>, out: &mut Vec<SiteHit>) {
        let mut wholes: BTreeMap<usize, (usize, &Pair)> = BTreeMap::new();
        for pair in corpus.pairs() {
            let relation = &pair.relation;
            let is_meant = relation.class == Class::Contained && relation.containment() >= self.share;
            if pair.are_variants || !is_meant {
                continue;
            }
            let weight = |post: usize| corpus.posts[post].text.as_ref().map_or(0, |text| text.weight);
            let (part, whole) = if weight(pair.a) < weight(pair.b) { (pair.a, pair.b) } else { (pair.b, pair.a) };
            let best = wholes.entry(part).or_insert((whole, pair));
            if relation.containment() > best.1.relation.containment() {
                *best = (whole, pair);
            }
        }
        for (part, (whole, pair)) in wholes {
            // Rounded down: all of it is 100 %, and nothing less.
            let share = (pair.relation.containment() * 100.0).floor();
            let mut hit = on_post(corpus, part, vec![path(corpus, whole), var("share", share)]);
            hit.elsewhere.push(lead(corpus, whole, "the longer one".to_owned()));
            out.push(hit);
        }
    }
}
