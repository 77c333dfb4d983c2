//! All posts of a site together, as facts. Facts know no lint: a fact is described by what it is, not by who asks for it.
//! What facts suggest is verified on the texts, which are read again for it. Work is spread over the threads of the pool that
//! the caller stands in; the results do not depend on it.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use crate::site::address::Addresses;
use crate::source::Source;

mod boilerplate;
mod candidate;
mod cluster;
mod difference;
mod edition;
mod facts;
mod keep;
mod link;
mod memory;
mod pair;
mod passage;
mod recurrence;
mod relation;
mod settle;
mod shelf;
mod similar;
mod text;
mod variant;

pub use boilerplate::{LEAST_NEIGHBOURS, Recurring};
pub use cluster::{Cluster, Member};
pub use facts::{Facts, TAXONOMIES, Term, TextFacts, Title, Wanted};
pub use keep::{Keep, KeptBecause};
pub use link::{
    Advice, Answer, Answers, Destination, Edge, Form, Graph, HostLinks, LinkFacts, LinkUse, Linking, Manner, Move,
    PageLinks, Reach, Renamed, Resolved, Speller, Style, Verdict, link_like,
};
pub use pair::Pair;
pub use passage::{Passage, PassageRule};
pub use relation::{Class, Relation, Thresholds};
pub use similar::Similar;
pub use variant::Variant;

pub use memory::Memory;

use link::{Folders, Linked, Table};
use pair::{Comparison, Suspicion};

/// Reads texts again: a corpus keeps facts, and needs a text only to verify what the facts suggest.
pub trait Texts: Sync {
    /// The source at a path, if it is still there.
    fn source(&self, path: &str) -> Option<Source>;

    /// The names of the files and folders in a folder, relative to the site root; `None` if there is no such folder.
    fn folder(&self, path: &str) -> Option<Vec<String>>;

    /// The sources that symbolic links in folders lead to, which are not among the posts, by the paths that they have there.
    fn linked(&self, _folders: &BTreeSet<&str>) -> Vec<String> {
        vec![]
    }
}

/// The facts of all posts, sorted by path.
pub struct Corpus<'a> {
    /// One for each post.
    pub posts: Vec<Arc<Facts>>,
    texts: &'a dyn Texts,
    /// Where the site's pages are.
    addresses: Addresses,
    /// Made when it is first asked for: several lints want it, and some runs have none of them.
    comparison: OnceLock<Comparison>,
    /// Few runs want more than copies.
    pairs: OnceLock<Vec<Pair>>,
    /// The clusters that most who ask want.
    usual_clusters: OnceLock<Vec<Cluster>>,
    table: OnceLock<Table>,
    folders: Folders,
    linked: Linked,
    /// For each post that somebody wants to hear of: where its links lead.
    links: OnceLock<Vec<Vec<Resolved>>>,
    /// The same for all posts, where that is more.
    every_link: OnceLock<Vec<Vec<Resolved>>>,
    /// What the network said of links that lead away; nothing where it was not asked.
    answers: Arc<Answers>,
    /// Whether anybody wants to hear of a post; of all where it is not said.
    asked: Option<Vec<bool>>,
    /// What earlier runs found out about texts.
    memory: Option<&'a dyn Memory>,
}

impl<'a> Corpus<'a> {
    /// The corpus of these posts, sorted by path; `texts` has their texts and the other files of the site.
    pub fn new(posts: Vec<Arc<Facts>>, texts: &'a dyn Texts, addresses: Addresses) -> Self {
        Self {
            posts,
            texts,
            addresses,
            comparison: OnceLock::new(),
            pairs: OnceLock::new(),
            usual_clusters: OnceLock::new(),
            table: OnceLock::new(),
            folders: Folders::default(),
            linked: Linked::default(),
            links: OnceLock::new(),
            every_link: OnceLock::new(),
            answers: Arc::default(),
            asked: None,
            memory: None,
        }
    }

    /// The same, knowing what the network said of links that lead away.
    #[must_use]
    pub fn with_answers(self, answers: Arc<Answers>) -> Self {
        Self { answers, ..self }
    }

    /// The same, with what earlier runs found out about texts.
    #[must_use]
    pub fn with_memory(self, memory: Option<&'a dyn Memory>) -> Self {
        Self { memory, ..self }
    }

    /// The same for somebody who wants to hear of some posts only. What is found is as before, but for hits in others: there
    /// need not be any.
    #[must_use]
    pub fn asked_for(self, is_asked: &dyn Fn(&str) -> bool) -> Self {
        let asked: Vec<bool> = self.posts.iter().map(|post| is_asked(&post.path)).collect();
        Self { asked: asked.contains(&false).then_some(asked), ..self }
    }

    /// Where the post at a path is in `posts`.
    pub fn index(&self, path: &str) -> Option<usize> {
        self.posts.binary_search_by(|post| (*post.path).cmp(path)).ok()
    }

    /// Whether anybody wants to hear of a post.
    pub fn is_asked(&self, post: usize) -> bool {
        self.asked.as_ref().is_none_or(|asked| asked[post])
    }

    /// The pairs of posts that by their sketches may have half of their text in common, with `a < b`, sorted. Of identical
    /// posts only the first is among them.
    pub fn candidates(&self) -> &[(u32, u32)] {
        &self.comparison().alike
    }

    /// All pairs of posts of which one is a copy of the other, with `a < b`, sorted; and some that turned out to be less
    /// alike. Of identical posts each is paired with the first, and the first alone with other posts. Versions of one page
    /// are not compared.
    pub fn copies(&self) -> &[Pair] {
        &self.comparison().copies
    }

    /// The same with all pairs of which one is contained in the other, or made by its template.
    pub fn pairs(&self) -> &[Pair] {
        self.pairs.get_or_init(|| {
            let all = self.comparison();
            pair::sorted([all.copies.clone(), all.compare(self, Suspicion::Part)].concat())
        })
    }

    /// Identical posts and near-duplicates in groups, sorted by the kept post. The same post in two languages is no copy.
    pub fn clusters(&self, thresholds: &Thresholds, keep: Keep) -> Vec<Cluster> {
        let find = || cluster::clusters(self, self.comparison(), thresholds, keep);
        if (*thresholds, keep) == (Thresholds::default(), Keep::default()) {
            self.usual_clusters.get_or_init(find).clone()
        } else {
            find()
        }
    }

    /// Blocks of at least this weight that stand in many posts among different others, sorted by where they first stand.
    pub fn recurring(&self, least_weight: u32) -> Vec<Recurring> {
        boilerplate::recurring(self, &self.comparison().boilerplate, least_weight)
    }

    /// Passages that two posts share, sorted by post and position.
    pub fn passages(&self, rule: PassageRule) -> Vec<Passage> {
        let clusters = self.clusters(&Thresholds::default(), Keep::default());
        passage::passages(self, self.comparison(), &clusters, rule)
    }

    /// At most `limit` posts that are like one of them, most alike first, with the passages they share.
    pub fn similar(&self, post: usize, limit: usize, rule: PassageRule) -> Vec<Similar> {
        similar::similar(self, self.comparison(), post, (limit, rule))
    }

    /// Does beforehand what several who look at the corpus are going to ask for: to compare all `texts`, to resolve all
    /// `links`. Both have parts that only one thread can do, so they are done side by side.
    pub fn prepare(&self, texts: bool, links: bool) {
        let compare = || texts.then(|| self.clusters(&Thresholds::default(), Keep::default()));
        let resolve = || links.then(|| (self.links(), self.table().neighbours()));
        rayon::join(compare, resolve);
    }

    fn comparison(&self) -> &Comparison {
        self.comparison.get_or_init(|| Comparison::of(self))
    }
}

#[cfg(test)]
mod tests;
