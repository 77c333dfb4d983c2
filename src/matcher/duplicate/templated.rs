//! Series of posts that fill one template with other numbers, told once for each series.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Components, MOST_PLACES, lead, on_post, path, var};
use crate::corpus::{Class, Corpus};
use crate::matcher::{CorpusMatcher, SiteHit};

/// Posts that fill one template. There is nothing to set.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Templated {}

pub(super) struct Series;

impl CorpusMatcher for Series {
    fn hits(&self, corpus: &Corpus<'_>, out: &mut Vec<SiteHit>) {
        let pairs = corpus.pairs().iter().filter(|pair| pair.relation.class == Class::Templated && !pair.are_variants);
        let mut series = Components::new(corpus.posts.len());
        let mut members: Vec<usize> = vec![];
        for pair in pairs {
            series.join(pair.a, pair.b);
            members.extend([pair.a, pair.b]);
        }
        members.sort_unstable();
        members.dedup();
        let mut by_first: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for post in members {
            by_first.entry(series.first(post)).or_default().push(post);
        }
        for (first, posts) in by_first {
            let others = &posts[1..];
            let mut hit = on_post(corpus, first, vec![path(corpus, others[0]), var("posts", posts.len())]);
            let places = others.iter().take(MOST_PLACES);
            hit.elsewhere.extend(places.map(|post| lead(corpus, *post, "the same with other numbers".to_owned())));
            out.push(hit);
        }
    }
}
