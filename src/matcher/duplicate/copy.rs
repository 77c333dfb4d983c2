//! Posts that are copies of another one: identical, or with small changes. Told at each post that does not stay.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{SpecError, lead, on_post, path, var};
use crate::corpus::{Class, Cluster, Corpus, Keep, Member, Thresholds};
use crate::matcher::{CorpusMatcher, SiteHit};
use crate::source::Span;
use crate::spanned::de::Located;

/// Copies of one kind. Posts of fewer than fifty words, or 120 characters, are copies only if they have the same title. Of
/// near-duplicates, editions of one thing are left alone: their titles differ in numbers or months and in nothing else.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Copy {
    /// How alike they are.
    pub class: Likeness,
    /// Share of what two posts say together (their overlapping runs of words) that both must say, to be near-duplicates: 0.8
    /// when it is left out.
    #[serde(default)]
    pub similarity: Option<Located<f64>>,
    /// The same for posts in which at least half of the numbers agree, or that have none; as `similarity` when it is left
    /// out, and 0.7 when both are.
    #[serde(default)]
    pub similarity_with_equal_numbers: Option<Located<f64>>,
}

/// How alike copies are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Likeness {
    /// The same words in the same order, the same links, images and code.
    Identical,
    /// Small changes.
    Near,
}

impl Copy {
    pub(super) fn build(&self) -> Result<Copies, SpecError> {
        let thresholds = self.thresholds()?;
        let class = if self.class == Likeness::Identical { Class::Identical } else { Class::Near };
        Ok(Copies { class, thresholds })
    }

    /// From where on two posts are copies, with the defaults for what is left out.
    pub(super) fn thresholds(&self) -> Result<Thresholds, SpecError> {
        let default = Thresholds::default();
        let near = self.similarity.as_ref().map(super::share).transpose()?;
        let with_numbers = self.similarity_with_equal_numbers.as_ref().map(super::share).transpose()?;
        let near_with_numbers = with_numbers.or(near).unwrap_or(default.near_with_numbers);
        let near = near.unwrap_or(default.near);
        Ok(Thresholds { near, near_with_numbers, ..default })
    }
}

pub(super) struct Copies {
    class: Class,
    thresholds: Thresholds,
}

impl CorpusMatcher for Copies {
    fn hits(&self, corpus: &Corpus<'_>, out: &mut Vec<SiteHit>) {
        for cluster in corpus.clusters(&self.thresholds, Keep::default()) {
            let members = cluster.members.iter().filter(|member| self.is_meant(member));
            out.extend(members.map(|member| hit(corpus, &cluster, member)));
        }
        out.sort_by_key(|hit| hit.post);
    }
}

impl Copies {
    /// Under other thresholds than the usual ones, near-duplicates may be called by another class; but none is identical.
    fn is_meant(&self, member: &Member) -> bool {
        (member.relation.class == Class::Identical) == (self.class == Class::Identical)
    }
}

fn hit(corpus: &Corpus<'_>, cluster: &Cluster, member: &Member) -> SiteHit {
    let class = if member.relation.class == Class::Identical { Class::Identical } else { Class::Near };
    let vars = vec![
        path(corpus, cluster.kept),
        var("similarity", member.relation.per_cent()),
        var("class", class.name()),
        var("reason", cluster.because.reason()),
    ];
    let mut hit = on_post(corpus, member.post, vars);
    hit.elsewhere.push(lead(corpus, cluster.kept, format!("this one stays: {}", cluster.because.reason())));
    if let Some((here, there)) = member.differs {
        hit.hit.related.push((here, difference(here, "the two differ first here")));
        hit.elsewhere.push((cluster.kept, there, difference(there, "the other one from here on")));
    }
    hit
}

/// What is to be seen where two posts part; nothing, where one of them ends.
fn difference(place: Span, message: &str) -> String {
    if place.is_empty() { "the text of the other one goes on from here".to_owned() } else { message.to_owned() }
}
