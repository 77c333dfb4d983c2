//! The matcher `frequency`: words of front matter that are rare or common in the whole site.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::{Context, CorpusMatcher, Hit, SiteHit, SpecError};
use crate::corpus::Corpus;
use crate::site::Profile;

/// What to look for: one of these.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Spec {
    /// A key that hardly any post has and that is one slip away from a key the generator knows.
    RareKey(RareKey),
    /// A tag or category that another one equals but for case, width and blanks.
    TermVariant(TermVariant),
}

/// A key that looks like a slip.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RareKey {
    /// A key in so many posts, or more, is the theme's own.
    pub fewer_than: usize,
    /// From so many letters on, two slips are allowed instead of one.
    pub two_slips_from: usize,
}

/// A term that has a more common twin.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TermVariant {
    /// Twins in fewer posts together are not worth a word.
    #[serde(default)]
    pub min_posts: usize,
}

impl Spec {
    /// The placeholders that hits of this spec fill.
    pub fn vars(&self) -> &'static [&'static str] {
        match self {
            Spec::RareKey(_) => &["key", "known", "posts"],
            Spec::TermVariant(_) => &["term", "posts", "common", "common-posts"],
        }
    }

    /// Builds the matcher.
    ///
    /// # Errors
    /// Never.
    pub fn build(&self, context: &Context) -> Result<Box<dyn CorpusMatcher>, SpecError> {
        Ok(match self.clone() {
            Spec::RareKey(spec) => Box::new(RareKeys { spec, profile: context.site.profile }),
            Spec::TermVariant(spec) => Box::new(TermVariants { spec }),
        })
    }
}

struct RareKeys {
    spec: RareKey,
    profile: &'static Profile,
}

impl CorpusMatcher for RareKeys {
    fn hits(&self, corpus: &Corpus<'_>, out: &mut Vec<SiteHit>) {
        let mut posts: BTreeMap<&str, usize> = BTreeMap::new();
        for (key, _) in corpus.posts.iter().flat_map(|post| &post.keys) {
            *posts.entry(key).or_default() += 1;
        }
        let slips: BTreeMap<&str, &str> = posts
            .iter()
            .filter(|(_, count)| **count < self.spec.fewer_than)
            .filter_map(|(key, _)| Some((*key, self.meant(key)?)))
            .collect();
        for (index, post) in corpus.posts.iter().enumerate() {
            for (key, span) in &post.keys {
                let Some(known) = slips.get(key.as_str()) else { continue };
                // A post that has both keys means something by each.
                if post.keys.iter().any(|(other, _)| other == known) {
                    continue;
                }
                let vars = vec![
                    (Cow::Borrowed("key"), key.clone()),
                    (Cow::Borrowed("known"), (*known).to_owned()),
                    (Cow::Borrowed("posts"), posts[key.as_str()].to_string()),
                ];
                out.push(SiteHit { post: index, hit: Hit { span: *span, vars, ..Hit::default() }, elsewhere: vec![] });
            }
        }
    }
}

impl RareKeys {
    /// The known key that an unknown one is a slip of.
    fn meant(&self, key: &str) -> Option<&'static str> {
        let known = |name: &str| self.profile.keys.iter().any(|known| known.name.eq_ignore_ascii_case(name));
        // A plural or singular of a known key is a theme's word, not a slip: `tag` beside `tags`.
        if known(key) || known(&format!("{key}s")) || key.strip_suffix('s').is_some_and(known) || key.len() < 4 {
            return None;
        }
        let slips = if key.chars().count() >= self.spec.two_slips_from { 2 } else { 1 };
        let near = |name: &str| strsim::osa_distance(key, name);
        let known = self.profile.keys.iter().map(|known| known.name).filter(|name| name.len() >= 4);
        known.map(|name| (near(name), name)).filter(|(distance, _)| *distance <= slips).min().map(|(_, name)| name)
    }
}

struct TermVariants {
    spec: TermVariant,
}

/// Where a way of writing a term is used: post, index into its terms.
type Uses = Vec<(usize, usize)>;

impl CorpusMatcher for TermVariants {
    fn hits(&self, corpus: &Corpus<'_>, out: &mut Vec<SiteHit>) {
        let mut groups: BTreeMap<(&str, String), BTreeMap<&str, Uses>> = BTreeMap::new();
        for (post, facts) in corpus.posts.iter().enumerate() {
            for (number, term) in facts.terms.iter().enumerate() {
                let group = groups.entry((term.taxonomy, normal(&term.text))).or_default();
                group.entry(&term.text).or_default().push((post, number));
            }
        }
        for variants in groups.values().filter(|variants| variants.len() > 1) {
            self.compare(corpus, variants, out);
        }
        out.sort_by_key(|hit| (hit.post, hit.hit.span));
    }
}

impl TermVariants {
    /// One hit for each rarer way of writing, at its first use.
    fn compare(&self, corpus: &Corpus<'_>, variants: &BTreeMap<&str, Uses>, out: &mut Vec<SiteHit>) {
        let most = variants.iter().max_by_key(|(text, uses)| (uses.len(), std::cmp::Reverse(**text)));
        let Some((common, common_uses)) = most else { return };
        let total: usize = variants.values().map(Vec::len).sum();
        for (text, uses) in variants.iter().filter(|(text, _)| *text != common && total >= self.spec.min_posts) {
            let (post, number) = uses[0];
            let vars = vec![
                (Cow::Borrowed("term"), (*text).to_owned()),
                (Cow::Borrowed("posts"), uses.len().to_string()),
                (Cow::Borrowed("common"), (*common).to_owned()),
                (Cow::Borrowed("common-posts"), common_uses.len().to_string()),
            ];
            let (other, other_number) = common_uses[0];
            let there = corpus.posts[other].terms[other_number].span;
            let hit = Hit { span: corpus.posts[post].terms[number].span, vars, ..Hit::default() };
            let elsewhere = vec![(other, there, format!("written `{common}` here"))];
            out.push(SiteHit { post, hit, elsewhere });
        }
    }
}

/// A term without case, width and blanks.
fn normal(term: &str) -> String {
    term.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace() && *c != '-' && *c != '_').collect()
}
