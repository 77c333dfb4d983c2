//! The copies of a site, by path instead of by index: what is listed, and what a plan is made of.

use std::sync::Arc;

use crate::corpus::{Keep, KeptBecause, Relation, Thresholds};
use crate::desk::Desk;

/// All clusters that were asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// In order of the kept post's path.
    pub clusters: Vec<Copies>,
    /// How many posts were compared.
    pub posts: usize,
    /// How many copies of the posts asked for were not asked for themselves.
    pub elsewhere: usize,
}

/// A post that stays, and its copies.
#[derive(Clone, Debug, PartialEq)]
pub struct Copies {
    /// Path of the post that stays.
    pub kept: Arc<str>,
    /// Why it is the one.
    pub because: KeptBecause,
    /// Its copies, sorted by path.
    pub members: Vec<Copy>,
}

/// A copy.
#[derive(Clone, Debug, PartialEq)]
pub struct Copy {
    /// Its path.
    pub path: Arc<str>,
    /// What it is to the post that stays.
    pub relation: Relation,
}

impl Listing {
    /// The copies on a desk, of those for which `is_wanted` holds. Compared is always the whole desk.
    pub fn of(desk: &Desk, thresholds: &Thresholds, keep: Keep, is_wanted: &dyn Fn(&str) -> bool) -> Self {
        let posts: Vec<Arc<str>> = desk.paths().collect();
        let mut listing = Self { posts: posts.len(), ..Self::default() };
        for cluster in desk.with_corpus(|corpus| corpus.clusters(thresholds, keep)) {
            let kept = posts[cluster.kept].clone();
            let members = cluster.members.iter();
            let members = members.map(|member| Copy { path: posts[member.post].clone(), relation: member.relation });
            let (members, others): (Vec<Copy>, Vec<Copy>) = members.partition(|copy| is_wanted(&copy.path));
            if is_wanted(&kept) || !members.is_empty() {
                listing.elsewhere += others.len();
            }
            if !members.is_empty() {
                listing.clusters.push(Copies { kept, because: cluster.because, members });
            }
        }
        listing.clusters.sort_by(|a, b| a.kept.cmp(&b.kept));
        listing
    }

    /// How many copies there are.
    pub fn copies(&self) -> usize {
        self.clusters.iter().map(|cluster| cluster.members.len()).sum()
    }
}
