//! Posts that are copies of one another, and which of them stays.

use super::relation::Relation;
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

/// Which of several copies stays. Each rule falls back on the ones below it, and last on the path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// The one that does not name another address as canonical, the published one before the draft, then the longest,
    /// then the oldest.
    #[default]
    Canonical,
    /// The longest text.
    Longest,
    /// The earliest date; posts without one come last.
    Oldest,
    /// The latest date; posts without one come last.
    Newest,
    /// The first path in byte order.
    Path,
}

/// The rule that decided which post stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptBecause {
    /// The others name another address as canonical.
    Canonical,
    /// The others are drafts.
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
            KeptBecause::Canonical => "the others name another address as canonical",
            KeptBecause::Published => "the others are drafts",
            KeptBecause::Longest => "it has the longest text",
            KeptBecause::Oldest => "it is the oldest",
            KeptBecause::Newest => "it is the newest",
            KeptBecause::Path => "its path comes first, all else being equal",
        }
    }
}
