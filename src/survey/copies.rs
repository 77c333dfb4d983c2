//! Copies in groups, the largest first, some of each beside the post that stays.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::sides::{Sides, Text};
use super::{Card, Question};
use crate::corpus::{Class, Facts, Keep, Relation};
use crate::dedup::{self, Listing};
use crate::desk::{Backdrop, Desk};

/// Most clusters that are shown.
const MOST: usize = 25;
/// Most copies of a cluster that are named.
const MOST_NAMED: usize = 20;
/// Most copies of a cluster that are shown beside the post that stays.
const MOST_BESIDE: usize = 2;

/// The copies of a site.
#[derive(Clone, Debug, Default)]
pub struct Copies {
    /// The largest groups, those of one size in order of the kept post's path.
    pub clusters: Vec<Cluster>,
    /// How many groups are not shown.
    pub left: usize,
    /// How many copies there are in all groups.
    pub copies: usize,
}

/// A post that stays, and its copies.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// The post that stays.
    pub kept: Card,
    /// Why it is the one.
    pub because: &'static str,
    /// Its copies, the least alike first: there is most to see.
    pub members: Vec<Member>,
    /// How many copies are not named.
    pub left: usize,
}

/// A copy.
#[derive(Clone, Debug)]
pub struct Member {
    /// The copy.
    pub card: Card,
    /// What it is to the post that stays.
    pub relation: Relation,
    /// The post that stays and the copy, side by side.
    pub sides: Option<Sides>,
}

impl Copies {
    pub(super) fn of(desk: &Desk, all: &[Arc<Facts>], question: &Question<'_>) -> Self {
        let listing = Listing::of(desk, &question.thresholds, Keep::default(), question.is_wanted);
        let copies = listing.copies();
        let facts: BTreeMap<&str, &Arc<Facts>> = all.iter().map(|facts| (&*facts.path, facts)).collect();
        let mut clusters = listing.clusters;
        clusters.sort_by_key(|cluster| Reverse(cluster.members.len()));
        let left = clusters.len().saturating_sub(MOST);
        let clusters = clusters.into_iter().take(MOST).map(|cluster| Cluster::of(desk, &facts, cluster)).collect();
        Self { clusters, left, copies }
    }
}

impl Cluster {
    fn of(desk: &Desk, facts: &BTreeMap<&str, &Arc<Facts>>, cluster: dedup::Copies) -> Self {
        let card = |path: &Arc<str>| facts.get(&**path).map(|facts| Card::of(facts)).unwrap_or_default();
        let text = |path: &str| Text::of(&desk.source(path)?, &facts.get(path)?.text.as_ref()?.outline);
        let kept = text(&cluster.kept);
        let mut members = cluster.members;
        members.sort_by(|a, b| a.relation.similarity().total_cmp(&b.relation.similarity()));
        let left = members.len().saturating_sub(MOST_NAMED);
        let beside = |copy: &dedup::Copy| {
            let is_same = copy.relation.class == Class::Identical;
            Some(Sides::of(kept.as_ref()?, &text(&copy.path)?, is_same))
        };
        let mut seen: Vec<Relation> = vec![];
        let member = |copy: dedup::Copy| {
            // Copies that are as much alike look alike, too.
            let is_new = seen.len() < MOST_BESIDE && !seen.contains(&copy.relation);
            seen.extend(is_new.then_some(copy.relation));
            let sides = if is_new { beside(&copy) } else { None };
            Member { card: card(&copy.path), relation: copy.relation, sides }
        };
        let members = members.into_iter().take(MOST_NAMED).map(member).collect();
        Self { kept: card(&cluster.kept), because: cluster.because.reason(), members, left }
    }
}
