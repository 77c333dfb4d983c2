//! Which of several copies stays, and why.

use std::sync::Arc;

use super::cluster::Member;
use super::facts::Facts;

/// Which of several copies stays. Where a rule does not decide, the ones below it do, and last the path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// The one that does not name another address as canonical, the published one before the draft, then the longest,
    /// then the oldest.
    #[default]
    Canonical,
    /// The longest text, then the oldest.
    Longest,
    /// The earliest date, then the longest; posts without a date come last.
    Oldest,
    /// The latest date, then the longest; posts without a date come last.
    Newest,
    /// The first path in byte order.
    Path,
}

/// The rule that decided which post stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptBecause {
    /// It names no other address as canonical.
    Canonical,
    /// It is no draft.
    Published,
    /// It has the longest text.
    Longest,
    /// It is the oldest.
    Oldest,
    /// It is the newest.
    Newest,
    /// All else is equal, and its path comes first.
    Path,
}

impl KeptBecause {
    /// The reason in words, to follow "kept: ".
    pub fn reason(self) -> &'static str {
        match self {
            KeptBecause::Canonical => "it names no other address as canonical",
            KeptBecause::Published => "it is no draft",
            KeptBecause::Longest => "it has the longest text",
            KeptBecause::Oldest => "it is the oldest",
            KeptBecause::Newest => "it is the newest",
            KeptBecause::Path => "its path comes first, all else being equal",
        }
    }

    /// How far a post is from the ideal of this rule: the one with the smallest number stays.
    fn distance(self, post: &Facts) -> i64 {
        let day = post.date.map(|date| i64::from(date.year()) * 400 + i64::from(date.day_of_year()));
        match self {
            KeptBecause::Canonical => i64::from(names_another(post)),
            KeptBecause::Published => i64::from(post.is_draft),
            KeptBecause::Longest => -i64::from(post.text.as_ref().map_or(0, |text| text.weight)),
            KeptBecause::Oldest => day.unwrap_or(i64::MAX),
            KeptBecause::Newest => day.map_or(i64::MAX, |day| -day),
            KeptBecause::Path => 0,
        }
    }
}

impl Keep {
    /// The rules, the most important first.
    fn rules(self) -> &'static [KeptBecause] {
        use KeptBecause::{Canonical, Longest, Newest, Oldest, Published};
        match self {
            Keep::Canonical => &[Canonical, Published, Longest, Oldest],
            Keep::Longest => &[Longest, Oldest],
            Keep::Oldest => &[Oldest, Longest],
            Keep::Newest => &[Newest, Longest],
            Keep::Path => &[],
        }
    }

    /// All posts, those that stay before those that would go.
    pub(super) fn order(self, posts: &[Arc<Facts>]) -> Vec<usize> {
        let distances = |post: &usize| self.rules().iter().map(|rule| rule.distance(&posts[*post])).collect::<Vec<_>>();
        let mut order: Vec<usize> = (0..posts.len()).collect();
        order.sort_by_cached_key(|post| (distances(post), *post));
        order
    }

    /// The most important rule by which some of `others` fall behind `kept`; by it, none is before it.
    pub(super) fn because(self, posts: &[Arc<Facts>], kept: usize, others: &[Member]) -> KeptBecause {
        let falls_behind = |rule: &KeptBecause, post: usize| rule.distance(&posts[post]) > rule.distance(&posts[kept]);
        let decides = |rule: &&KeptBecause| others.iter().any(|other| falls_behind(rule, other.post));
        self.rules().iter().find(decides).copied().unwrap_or(KeptBecause::Path)
    }
}

/// Whether a post names an address as canonical that is not its own: its last part is not the post's name.
fn names_another(post: &Facts) -> bool {
    let Some(canonical) = &post.canonical else { return false };
    let last = canonical.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let last = last.split(['.', '?', '#']).next().unwrap_or_default();
    let name = post.path.rsplit('/').next().unwrap_or_default();
    let name = name.split('.').next().unwrap_or_default();
    last.is_empty() || !name.ends_with(last)
}
