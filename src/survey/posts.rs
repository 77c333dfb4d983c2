//! The worst posts: those with most errors, then with most warnings.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{ByPost, Card, Counts};
use crate::corpus::Facts;
use crate::diagnostic::Diagnostic;

/// Most posts that are named.
const MOST: usize = 50;
/// Most lints that are named with each.
const MOST_LINTS: usize = 3;

/// The worst posts.
#[derive(Clone, Debug, Default)]
pub struct Worst {
    /// The worst first.
    pub posts: Vec<Bad>,
    /// How many more something is said about.
    pub left: usize,
}

/// A post that something is said about.
#[derive(Clone, Debug)]
pub struct Bad {
    /// The post.
    pub card: Card,
    /// How much is said.
    pub counts: Counts,
    /// The lints that say most, with how much.
    pub lints: Vec<(Arc<str>, usize)>,
    /// How many other lints say something.
    pub more_lints: usize,
}

impl Worst {
    pub(super) fn of(posts: &[Arc<Facts>], said: &ByPost<'_>) -> Self {
        let cards: BTreeMap<&str, &Arc<Facts>> = posts.iter().map(|facts| (&*facts.path, facts)).collect();
        let counted = |said: &[&Diagnostic]| {
            let mut counts = Counts::default();
            said.iter().for_each(|one| counts.add(one.level));
            counts
        };
        let mut all: Vec<(Reverse<Counts>, &str)> =
            said.iter().map(|(path, said)| (Reverse(counted(said)), *path)).collect();
        all.sort_unstable();
        let left = all.len().saturating_sub(MOST);
        let bad = |(counts, path): (Reverse<Counts>, &str)| {
            let card = cards.get(path).map(|facts| Card::of(facts)).unwrap_or_default();
            let (lints, more_lints) = loudest(&said[path]);
            Bad { card: Card { path: path.into(), ..card }, counts: counts.0, lints, more_lints }
        };
        Self { posts: all.into_iter().take(MOST).map(bad).collect(), left }
    }
}

/// The lints that say most about a post, and how many say something besides.
fn loudest(said: &[&Diagnostic]) -> (Vec<(Arc<str>, usize)>, usize) {
    let mut lints: BTreeMap<&Arc<str>, Counts> = BTreeMap::new();
    said.iter().for_each(|one| lints.entry(&one.lint).or_default().add(one.level));
    let mut lints: Vec<(Reverse<Counts>, &Arc<str>)> =
        lints.into_iter().map(|(lint, counts)| (Reverse(counts), lint)).collect();
    lints.sort_unstable();
    let more = lints.len().saturating_sub(MOST_LINTS);
    (lints.into_iter().take(MOST_LINTS).map(|(counts, lint)| (lint.clone(), counts.0.all())).collect(), more)
}
