//! What is found in the labelled set at the defaults. The only file here that knows how copies are found.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use copydesk::corpus::{Class, Corpus, Keep, Thresholds};
use copydesk::desk::Desk;
use copydesk::fingerprint::{Words, shingle_set};
use copydesk::lint::Preset;
use copydesk::matcher::Demands;
use copydesk::plan::{Choices, Plan};
use copydesk::post;
use copydesk::site::plain::PLAIN;
use copydesk::site::{Role, Site};
use copydesk::source::Source;

use super::{Kind, Language, Length, Pair, Post, Set};

/// What pairs of one kind, language and length were found to be; `None`: nothing was found.
pub type Found = BTreeMap<Option<Class>, usize>;

/// What is found in a set.
#[derive(Debug, Default)]
pub struct Measured {
    pub cells: BTreeMap<(Kind, Language, Length), Found>,
    /// Pairs called copies, labelled or not, and how many of them are of one origin.
    pub called: (usize, usize),
    /// Labelled pairs with a Jaccard similarity of one half and more, and how many of them are candidates.
    pub alike: (usize, usize),
    /// Those that are none: number of the pair, and its similarity.
    pub missed: Vec<(usize, f64)>,
    /// Members of clusters, and how many of them are of the same origin as the post that is kept.
    pub members: (usize, usize),
}

/// Whether the pair counts as found: the class says that one post can go.
pub fn is_copy(class: Option<Class>) -> bool {
    matches!(class, Some(Class::Identical | Class::Near | Class::Contained))
}

/// A desk with these posts, put there in this order.
pub fn desk<'a>(posts: impl Iterator<Item = &'a Post>) -> Desk {
    let choices = Choices {
        site: Site::of(&PLAIN),
        preset: Preset::Recommended,
        only: vec![],
        levels: vec![],
        by_path: vec![],
        routes: vec![],
        demands: Demands::default(),
        is_partial: false,
        now: jiff::Timestamp::UNIX_EPOCH,
    };
    // No lint has to run for texts to be compared.
    let plan = Plan::new(choices, &[], None).expect("a plan without lints builds");
    let mut desk = Desk::new(Arc::new(plan), PathBuf::new()).comparing();
    for post in posts {
        desk.update(Source::from_text(post.path.as_str(), &post.source), Role::Post);
    }
    desk
}

impl Measured {
    /// Looks for copies in the set.
    pub fn of(set: &Set) -> Self {
        desk(set.posts.iter()).with_corpus(|corpus| Self::of_corpus(set, corpus))
    }

    fn of_corpus(set: &Set, corpus: &Corpus<'_>) -> Self {
        assert!(corpus.posts.iter().map(|facts| &*facts.path).eq(set.posts.iter().map(|post| &*post.path)));
        let classes: HashMap<(usize, usize), Class> =
            corpus.pairs().iter().map(|pair| ((pair.a, pair.b), pair.relation.class)).collect();
        // Of identical posts only the first is compared with others: what holds for it holds for all of them.
        let mut firsts: Vec<usize> = (0..set.posts.len()).collect();
        for pair in corpus.pairs().iter().filter(|pair| pair.relation.class == Class::Identical) {
            firsts[pair.b] = firsts[pair.a];
        }
        let class = |pair: &Pair| match (firsts[pair.a], firsts[pair.b]) {
            (a, b) if a == b => Some(Class::Identical),
            (a, b) => classes.get(&(a.min(b), a.max(b))).copied(),
        };
        let is_candidate = |pair: &Pair| {
            let (a, b) = (firsts[pair.a], firsts[pair.b]);
            let pair = (a.min(b) as u32, a.max(b) as u32);
            a == b || corpus.candidates().binary_search(&pair).is_ok()
        };
        let mut measured = Self::default();
        for (number, pair) in set.pairs.iter().enumerate() {
            let class = class(pair);
            let cell = measured.cells.entry((pair.kind, pair.language, pair.length)).or_default();
            *cell.entry(class).or_default() += 1;
            let similarity = similarity(set, pair);
            if similarity >= 0.5 {
                measured.alike.0 += 1;
                measured.alike.1 += usize::from(is_candidate(pair));
                measured.missed.extend((!is_candidate(pair)).then_some((number, similarity)));
            }
        }
        let is_one = |a: usize, b: usize| usize::from(set.posts[a].origin == set.posts[b].origin);
        for ((a, b), _) in classes.iter().filter(|(_, class)| is_copy(Some(**class))) {
            measured.called.0 += 1;
            measured.called.1 += is_one(*a, *b);
        }
        for cluster in corpus.clusters(&Thresholds::default(), Keep::default()) {
            measured.members.0 += cluster.members.len();
            measured.members.1 += cluster.members.iter().map(|member| is_one(cluster.kept, member.post)).sum::<usize>();
        }
        measured
    }

    /// The pairs for which `wants` holds, and how many of them were found.
    pub fn recall(&self, wants: impl Fn(Kind, Language, Length) -> bool) -> (usize, usize) {
        let wanted = self.cells.iter().filter(|((kind, language, length), _)| wants(*kind, *language, *length));
        wanted.flat_map(|(_, found)| found).fold((0, 0), |(all, copies), (class, count)| {
            (all + count, copies + if is_copy(*class) { *count } else { 0 })
        })
    }

    /// Recall on copies and edits of a tenth at most, of long and medium posts.
    pub fn small_edits(&self) -> (usize, usize) {
        self.recall(|kind, _, length| matches!(kind, Kind::Copy(edit) if edit.is_small()) && length != Length::Short)
    }
}

/// A share, of all and of those that count.
pub fn share((all, counted): (usize, usize)) -> f64 {
    counted as f64 / all.max(1) as f64
}

/// The exact Jaccard similarity of the two texts, without what their sites put around them.
fn similarity(set: &Set, pair: &Pair) -> f64 {
    let shingles = |post: &Post| {
        let source = Source::from_text(post.path.as_str(), &post.body);
        let post = post::Post::parse(source, &Site::of(&PLAIN), Role::Post);
        shingle_set(post.words(), &|_| true)
    };
    let (a, b) = (shingles(&set.posts[pair.a]), shingles(&set.posts[pair.b]));
    let shared = a.iter().filter(|shingle| b.binary_search(shingle).is_ok()).count();
    shared as f64 / (a.len() + b.len() - shared).max(1) as f64
}
