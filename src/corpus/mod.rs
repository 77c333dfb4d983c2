//! All posts of a site together, as facts. Facts know no lint: a fact is described by what it is, not by who asks for it.

use std::sync::Arc;

use crate::source::Source;

mod boilerplate;
mod cluster;
mod facts;
mod pair;
mod passage;
mod relation;

pub use boilerplate::Recurring;
pub use cluster::{Cluster, Keep, KeptBecause, Member};
pub use facts::{Facts, Term, TextFacts, Title};
pub use pair::Pair;
pub use passage::{Passage, PassageRule};
pub use relation::{Class, Relation, Thresholds};

/// Reads texts again: a corpus keeps facts, and needs a text only to verify what the facts suggest.
pub trait Texts: Sync {
    /// The source at a path, if it is still there.
    fn source(&self, path: &str) -> Option<Source>;
}

/// The facts of all posts, sorted by path.
pub struct Corpus<'a> {
    /// One for each post.
    pub posts: Vec<Arc<Facts>>,
    texts: &'a dyn Texts,
}

impl<'a> Corpus<'a> {
    /// The corpus of these posts, sorted by path; `texts` has their texts.
    pub fn new(posts: Vec<Arc<Facts>>, texts: &'a dyn Texts) -> Self {
        Self { posts, texts }
    }

    /// All pairs of posts that have much of their text in common, with `a < b`, sorted. Variants of one post on purpose
    /// (languages, versions) are not among them unless they are identical.
    pub fn pairs(&self) -> &[Pair] {
        let _ = self.texts;
        &[]
    }

    /// Identical posts and near-duplicates in groups, sorted by the kept post.
    pub fn clusters(&self, thresholds: &Thresholds, keep: Keep) -> Vec<Cluster> {
        let _ = (thresholds, keep);
        vec![]
    }

    /// Blocks that stand in many posts among different others, sorted by where they first stand.
    pub fn recurring(&self) -> &[Recurring] {
        &[]
    }

    /// Passages that two posts share, sorted by post and position. Posts that are copies as a whole are left out.
    pub fn passages(&self, rule: PassageRule) -> Vec<Passage> {
        let _ = rule;
        vec![]
    }
}
