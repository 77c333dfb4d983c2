//! What lints found, by family, with the most serious of each lint to show.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Counts, distinct};
use crate::diagnostic::Diagnostic;

/// Most diagnostics of a lint that are shown.
const MOST_SHOWN: usize = 40;

/// A family of lints that found something.
#[derive(Clone, Debug)]
pub struct Family<'a> {
    /// Its name.
    pub name: Arc<str>,
    /// What its lints found.
    pub counts: Counts,
    /// Its lints that found something, those that found the most serious first.
    pub lints: Vec<Found<'a>>,
}

/// What a lint found.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// The lint.
    pub name: Arc<str>,
    /// How much it found.
    pub counts: Counts,
    /// In how many posts.
    pub posts: usize,
    /// How much of that `copydesk fix` puts right.
    pub fixable: usize,
    /// What is shown of it, the most serious first, then by path and place.
    pub shown: Vec<&'a Diagnostic>,
    /// How many are not shown.
    pub left: usize,
}

/// The families that found something, those that found the most serious first.
pub(super) fn families<'a>(shown: impl Iterator<Item = &'a Diagnostic>) -> Vec<Family<'a>> {
    let mut families: BTreeMap<&'a Arc<str>, BTreeMap<&'a Arc<str>, Vec<&'a Diagnostic>>> = BTreeMap::new();
    shown.for_each(|one| families.entry(&one.family).or_default().entry(&one.lint).or_default().push(one));
    let family = |(name, lints): (&Arc<str>, BTreeMap<&Arc<str>, Vec<&'a Diagnostic>>)| {
        let mut lints: Vec<Found<'a>> = lints.into_iter().map(|(name, all)| Found::of(name, all)).collect();
        lints.sort_by(|a, b| (Reverse(a.counts), &a.name).cmp(&(Reverse(b.counts), &b.name)));
        let mut counts = Counts::default();
        for found in &lints {
            counts.errors += found.counts.errors;
            counts.warnings += found.counts.warnings;
            counts.infos += found.counts.infos;
        }
        Family { name: name.clone(), counts, lints }
    };
    let mut families: Vec<Family<'a>> = families.into_iter().map(family).collect();
    families.sort_by(|a, b| (Reverse(a.counts), &a.name).cmp(&(Reverse(b.counts), &b.name)));
    families
}

impl<'a> Found<'a> {
    fn of(name: &Arc<str>, mut all: Vec<&'a Diagnostic>) -> Self {
        let mut counts = Counts::default();
        all.iter().for_each(|one| counts.add(one.level));
        let posts = distinct(all.iter().copied());
        let fixable = all.iter().filter(|one| one.fix.as_ref().is_some_and(|fix| fix.is_safe)).count();
        all.sort_by_key(|one| Reverse(one.level));
        let left = all.len().saturating_sub(MOST_SHOWN);
        all.truncate(MOST_SHOWN);
        Self { name: name.clone(), counts, posts, fixable, shown: all, left }
    }
}
