//! Posts that are copies of one another: each is compared with the one that stays, so that no chain of small differences
//! makes one group of texts that have nothing in common.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::Corpus;
use super::difference::first_difference;
use super::keep::{Keep, KeptBecause};
use super::memory::About;
use super::pair::Comparison;
use super::relation::{Class, Relation, Thresholds};
use crate::source::Span;

/// One post that stays, and its copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// The post that stays: index into the corpus.
    pub kept: usize,
    /// Why it is the one.
    pub because: KeptBecause,
    /// The copies, sorted; each is identical to the kept post or its near-duplicate.
    pub members: Vec<Member>,
}

/// A copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Index into the corpus.
    pub post: usize,
    /// What it is to the kept post.
    pub relation: Relation,
    /// Where the two differ first: the place in the copy and the one in the kept post. `None` where the words are the same.
    pub differs: Option<(Span, Span)>,
}

/// Groups the posts of a corpus: the post that stays, in the order of `keep`, takes with it everything that can be reached
/// from it by pairs of copies and is itself a copy of it. What was reached and is none stays free for other groups. Every pair
/// is looked at once from either end, so the work is linear in pairs.
pub(super) fn clusters(corpus: &Corpus<'_>, all: &Comparison, thresholds: &Thresholds, keep: Keep) -> Vec<Cluster> {
    let mut groups = Groups::new(corpus, all, thresholds);
    let order = keep.order(&corpus.posts);
    let mut clusters: Vec<Cluster> = order.iter().filter_map(|post| groups.around(*post, keep)).collect();
    clusters.par_iter_mut().for_each(|cluster| differences(corpus, all, cluster));
    clusters.sort_unstable_by_key(|cluster| cluster.kept);
    clusters
}

/// A pair of copies, seen from one end: the other end, and its number among all pairs.
type Edge = (usize, usize);

struct Groups<'a, 'b> {
    corpus: &'a Corpus<'b>,
    all: &'a Comparison,
    thresholds: &'a Thresholds,
    /// For the first of each group of identical posts: pairs of copies with the first of another.
    edges: BTreeMap<usize, Vec<Edge>>,
    /// For the first of each group of identical posts: the others.
    copies: BTreeMap<usize, Vec<usize>>,
    /// Firsts that are in a cluster.
    taken: Vec<bool>,
}

impl<'a, 'b> Groups<'a, 'b> {
    fn new(corpus: &'a Corpus<'b>, all: &'a Comparison, thresholds: &'a Thresholds) -> Self {
        let mut groups = Self {
            corpus,
            all,
            thresholds,
            edges: BTreeMap::new(),
            copies: BTreeMap::new(),
            taken: vec![false; corpus.posts.len()],
        };
        for (number, pair) in all.copies.iter().enumerate() {
            if pair.are_variants || !pair.relation.is_copy(thresholds) {
                continue;
            }
            if all.first[pair.b] as usize == pair.a {
                groups.copies.entry(pair.a).or_default().push(pair.b);
            } else {
                groups.edges.entry(pair.a).or_default().push((pair.b, number));
                groups.edges.entry(pair.b).or_default().push((pair.a, number));
            }
        }
        groups
    }

    /// The cluster in which this post stays, if it has copies that are in no other cluster.
    fn around(&mut self, kept: usize, keep: Keep) -> Option<Cluster> {
        let first = self.all.first[kept] as usize;
        let has_any = self.edges.contains_key(&first) || self.copies.contains_key(&first);
        if self.taken[first] || !has_any {
            return None;
        }
        let mut members = self.group(first, None);
        members.retain(|member| member.post != kept);
        for (post, relation) in self.reach(first) {
            members.extend(self.group(post, Some(relation)));
        }
        if members.is_empty() {
            return None;
        }
        self.taken[first] = true;
        members.sort_unstable_by_key(|member| member.post);
        let because = keep.because(&self.corpus.posts, kept, &members);
        Some(Cluster { kept, because, members })
    }

    /// A post that is the first of its kind, and those identical to it, as members; `relation` is what they are to the kept
    /// post, if they are not identical to it.
    fn group(&self, first: usize, relation: Option<Relation>) -> Vec<Member> {
        let copies = self.copies.get(&first).map_or(&[][..], Vec::as_slice);
        let relation = relation.unwrap_or_else(|| self.all.relation_of_copies(self.corpus, first));
        let posts = std::iter::once(first).chain(copies.iter().copied());
        posts.map(|post| Member { post, relation, differs: None }).collect()
    }

    /// Everything that can be reached from a post and is a copy of it; what is found is taken.
    fn reach(&mut self, kept: usize) -> Vec<(usize, Relation)> {
        let mut seen = BTreeSet::from([kept]);
        let mut found: Vec<(usize, Relation)> = vec![];
        let mut open = vec![kept];
        while !open.is_empty() {
            let edges = open.iter().filter_map(|at| Some((*at, self.edges.get(at)?)));
            let edges = edges.flat_map(|(at, edges)| edges.iter().map(move |(post, number)| (at, *post, *number)));
            let is_new = |(_, post, _): &(usize, usize, usize)| !self.taken[*post] && seen.insert(*post);
            let edges: Vec<_> = edges.filter(is_new).collect();
            let copies = self.copies_of(kept, &edges);
            open = copies.iter().map(|(post, _)| *post).collect();
            open.iter().for_each(|post| self.taken[*post] = true);
            found.extend(copies);
        }
        found
    }

    /// Of the posts at the far ends of edges (near end, far end, number of the pair): the copies of `kept`.
    fn copies_of(&self, kept: usize, edges: &[(usize, usize, usize)]) -> Vec<(usize, Relation)> {
        let (corpus, all, thresholds) = (self.corpus, self.all, self.thresholds);
        let own = OnceLock::new();
        let compare = |post: usize| {
            if let Some(known) = all.recalled(corpus, (kept, post), thresholds) {
                return known;
            }
            let own = own.get_or_init(|| all.counted(corpus, kept)).as_ref()?;
            let other = all.counted(corpus, post)?;
            all.pair(corpus, (kept, own), (post, &other), thresholds)
        };
        let relation = |(at, post, number): &(usize, usize, usize)| {
            let pair = if *at == kept { Some(all.copies[*number].clone()) } else { compare(*post) };
            Some((*post, pair?.relation)).filter(|(_, relation)| relation.is_copy(thresholds))
        };
        edges.par_iter().filter_map(relation).collect()
    }
}

/// Fills in where the members of a cluster differ from the post that stays.
fn differences(corpus: &Corpus<'_>, all: &Comparison, cluster: &mut Cluster) {
    if cluster.members.iter().all(|member| member.relation.class == Class::Identical) {
        return;
    }
    let kept = OnceCell::new();
    for member in cluster.members.iter_mut().filter(|member| member.relation.class != Class::Identical) {
        let names = all.names(member.post, cluster.kept);
        let known = names.and_then(|names| corpus.recall(About::Difference, &names, &[]));
        let find = || {
            let kept = kept.get_or_init(|| corpus.text(cluster.kept)).as_ref()?;
            let side = (&corpus.text(member.post)?, &all.kept[member.post]);
            let differs = first_difference(side, (kept, &all.kept[cluster.kept]));
            names.iter().for_each(|names| corpus.keep(About::Difference, names, &[], &differs));
            differs
        };
        member.differs = known.unwrap_or_else(find);
    }
}
