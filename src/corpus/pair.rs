//! Two posts that have much of their text in common: candidates, compared exactly.

use std::cell::Cell;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::Corpus;
use super::boilerplate::{Boilerplate, Kept};
use super::candidate::{self, Entry, PostPair};
use super::edition::Forms;
use super::facts::Facts;
use super::memory::{About, Named};
use super::relation::{LEAST_SHINGLES, Relation, Thresholds};
use super::settle::{LEAST_WEIGHT, crowds, settled, title};
use super::shelf;
use super::text::{Counted, masked};
use super::variant::Kinship;
use crate::fingerprint::{BINS, Sketch};
use crate::site::Role;

/// A sketch is made anew when one part in so many of the text is left out.
const LEAST_LEFT_OUT: u32 = 10;

/// Least number of pairs that a thread takes at a time. Neighbouring pairs are of the same posts.
const BATCH: usize = 1024;

/// How many times each thread takes pairs, if there are enough: with each time it begins with an empty shelf.
const TURNS: usize = 4;

/// How many posts' counts a thread keeps at hand at least: a few megabytes.
const ROOM: usize = 256;

/// On a large site a thread keeps the counts of one post in so many at hand: some fifty bytes a post.
const POSTS_PER_ROOM: usize = 200;

/// Two posts with what was counted about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Index of the first post.
    pub a: usize,
    /// Index of the second post.
    pub b: usize,
    /// What they are to each other.
    pub relation: Relation,
    /// Whether they are the same post in two languages, by their paths or their front matter.
    pub are_variants: bool,
}

/// The texts of a corpus, compared.
#[derive(Debug)]
pub(super) struct Comparison {
    pub(super) boilerplate: Boilerplate,
    /// For each post: what of it is compared.
    pub(super) kept: Vec<Kept>,
    /// For each post: the name of its text as it is compared; none where nothing is remembered.
    names: Vec<Option<Named>>,
    /// For each post: its sketch without boilerplate, where that differs much from the one in its facts.
    sketches: Vec<Option<Sketch>>,
    /// For each post: the first post that is identical to it.
    pub(super) first: Vec<u32>,
    /// The pairs that may be alike as a whole, sorted.
    pub(super) alike: Vec<PostPair>,
    /// What titles have in common with those of other editions.
    forms: Forms,
    /// For each post: whether many posts under other titles are like it.
    in_crowd: Vec<bool>,
    /// The pairs that share chosen runs; few runs want them.
    sharing: OnceLock<Vec<(PostPair, bool)>>,
    /// The candidates that may be copies as a whole, compared; sorted.
    pub(super) copies: Vec<Pair>,
}

/// What two texts may be by their sketches.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Suspicion {
    /// Copies as a whole.
    Copies,
    /// No copies as a whole, but one may stand in the other.
    Part,
}

impl Comparison {
    /// Compares all texts of a corpus.
    pub(super) fn of(corpus: &Corpus<'_>) -> Self {
        let boilerplate = Boilerplate::find(&corpus.posts);
        let kept: Vec<Kept> = corpus
            .posts
            .par_iter()
            .map(|post| post.text.as_ref().map_or(Kept::Nothing, |text| boilerplate.kept(text)))
            .collect();
        let named = |(post, kept): (usize, &Kept)| corpus.name_of(post, kept);
        let mut all = Self {
            names: if corpus.remembers() { kept.par_iter().enumerate().map(named).collect() } else { vec![] },
            sketches: kept.par_iter().enumerate().map(|(post, kept)| sketch_anew(corpus, post, kept)).collect(),
            first: first_copies(&corpus.posts, &kept),
            boilerplate,
            kept,
            alike: vec![],
            forms: Forms::of(corpus.posts.len()),
            in_crowd: vec![],
            sharing: OnceLock::new(),
            copies: vec![],
        };
        all.alike = candidate::alike(&all.entries(corpus));
        all.alike.retain(|pair| kinship(corpus, *pair) != Kinship::Versions);
        all.in_crowd = crowds(corpus, &all.alike);
        let identical = all.identical(corpus).collect();
        all.copies = sorted([identical, all.compare(corpus, Suspicion::Copies)].concat());
        all
    }

    /// The texts that are compared with each other: the first of each group of identical ones.
    fn entries<'a>(&'a self, corpus: &'a Corpus<'_>) -> Vec<Entry<'a>> {
        let entry = |post: usize| Some((u32::try_from(post).ok()?, self.sketch(corpus, post)?));
        let firsts = (0..corpus.posts.len()).filter(|post| self.first[*post] as usize == *post);
        firsts.filter_map(entry).filter(|(_, sketch)| sketch.shingles as usize >= LEAST_SHINGLES).collect()
    }

    /// The sketch of a post without its boilerplate; `None` when nothing else is in it.
    pub(super) fn sketch<'a>(&'a self, corpus: &'a Corpus<'_>, post: usize) -> Option<&'a Sketch> {
        match &self.kept[post] {
            Kept::All => Some(&corpus.posts[post].text.as_ref()?.sketch),
            Kept::Some(_) => self.sketches[post].as_ref().or(Some(&corpus.posts[post].text.as_ref()?.sketch)),
            Kept::Nothing => None,
        }
    }

    /// What is counted of a post.
    pub(super) fn counted(&self, corpus: &Corpus<'_>, post: usize) -> Option<Counted> {
        Some(Counted::of(&corpus.text(post)?, &self.kept[post]))
    }

    /// The pairs that share chosen runs, sorted; and whether one may stand in the other whole. Variants are not among them.
    pub(super) fn sharing(&self, corpus: &Corpus<'_>) -> &[(PostPair, bool)] {
        self.sharing.get_or_init(|| {
            let mut sharing = candidate::sharing(&self.entries(corpus));
            sharing.retain(|(pair, _)| kinship(corpus, *pair) == Kinship::None);
            sharing
        })
    }

    /// Compares exactly the candidates under a suspicion.
    pub(super) fn compare(&self, corpus: &Corpus<'_>, suspicion: Suspicion) -> Vec<Pair> {
        let room = ROOM.max(corpus.posts.len() / POSTS_PER_ROOM);
        let load = |post: usize| self.counted(corpus, post);
        let pair = |a: (usize, &Counted), b: (usize, &Counted)| self.pair(corpus, a, b, &Thresholds::default());
        let batch = |batch: &[PostPair]| shelf::compare(batch, room, load, pair);
        let mut suspects = self.alike.clone();
        suspects.retain(|pair| self.suspicion(corpus, *pair) == Some(suspicion));
        if suspicion == Suspicion::Part {
            let is_compared = |pair: &PostPair| {
                let is_found = self.alike.binary_search(pair).is_ok();
                is_found && self.suspicion(corpus, *pair) == Some(Suspicion::Copies)
            };
            let parts = self.sharing(corpus).iter().filter(|(_, may_hold)| *may_hold).map(|(pair, _)| *pair);
            suspects.extend(parts.filter(|pair| !is_compared(pair)));
            suspects.sort_unstable();
            suspects.dedup();
        }
        let (known, unknown) = self.recall(corpus, suspects);
        let size = batch_size(&unknown);
        let found: Vec<Vec<Pair>> = together(unknown).par_chunks(size).map(batch).collect();
        sorted([known, found.concat()].concat())
    }

    /// Of these pairs what is known of them, and those of which nothing is.
    fn recall(&self, corpus: &Corpus<'_>, pairs: Vec<PostPair>) -> (Vec<Pair>, Vec<PostPair>) {
        if !corpus.remembers() {
            return (vec![], pairs);
        }
        let recall = |(a, b): &PostPair| self.recalled(corpus, (*a as usize, *b as usize), &Thresholds::default());
        let answers: Vec<Option<Option<Pair>>> = pairs.par_iter().map(recall).collect();
        let unknown = pairs.into_iter().zip(&answers).filter(|(_, answer)| answer.is_none()).map(|(pair, _)| pair);
        let unknown = unknown.collect();
        (answers.into_iter().flatten().flatten().collect(), unknown)
    }

    /// What is known of two posts: that they have little in common, or what they are to each other.
    pub(super) fn recalled(
        &self,
        corpus: &Corpus<'_>,
        (a, b): (usize, usize),
        thresholds: &Thresholds,
    ) -> Option<Option<Pair>> {
        let names = self.names(a, b)?;
        let relation: Option<Relation> = corpus.recall(About::Relation, &names, &thresholds.to_bytes())?;
        Some(relation.map(|relation| self.settled(corpus, (a, b), relation)))
    }

    /// The names of two texts, as they are compared.
    pub(super) fn names(&self, a: usize, b: usize) -> Option<[Named; 2]> {
        let name = |post: usize| self.names.get(post).copied().flatten();
        Some([name(a)?, name(b)?])
    }

    /// What two texts may be by what their sketches tell. The estimate is three times its standard deviation too low for one
    /// pair in seven hundred.
    fn suspicion(&self, corpus: &Corpus<'_>, (a, b): PostPair) -> Option<Suspicion> {
        let (one, other) = (self.sketch(corpus, a as usize)?, self.sketch(corpus, b as usize)?);
        let bins = BINS as f64;
        let agreeing = one.minima.agreeing(&other.minima) as f64;
        let deviation = (agreeing * (bins - agreeing) / bins).sqrt();
        let similarity = ((agreeing + 3.0 * deviation) / bins).min(1.0);
        let (one, other) = (f64::from(one.shingles), f64::from(other.shingles));
        let shared = similarity * (one + other) / (1.0 + similarity);
        let thresholds = Thresholds::default();
        if similarity >= thresholds.near_with_numbers {
            Some(Suspicion::Copies)
        } else {
            (shared >= thresholds.contained * one.min(other)).then_some(Suspicion::Part)
        }
    }

    /// What a post is to those identical to it.
    pub(super) fn relation_of_copies(&self, corpus: &Corpus<'_>, post: usize) -> Relation {
        Relation::identical(self.sketch(corpus, post).map_or(0, |sketch| sketch.shingles))
    }

    /// Each identical post with the first of its group.
    fn identical(&self, corpus: &Corpus<'_>) -> impl Iterator<Item = Pair> {
        let copies = self.first.iter().enumerate().filter(|(post, first)| **first as usize != *post);
        copies.map(|(post, first)| Pair {
            a: *first as usize,
            b: post,
            relation: self.relation_of_copies(corpus, post),
            are_variants: false,
        })
    }

    /// Two posts, compared exactly. `None` when they have little in common.
    pub(super) fn pair(
        &self,
        corpus: &Corpus<'_>,
        (a, one): (usize, &Counted),
        (b, other): (usize, &Counted),
        thresholds: &Thresholds,
    ) -> Option<Pair> {
        // What is said without a text that went away meanwhile is not to be remembered.
        let is_whole = Cell::new(true);
        let whole = |both: Option<(Vec<u64>, Vec<u64>)>| {
            is_whole.set(is_whole.get() && both.is_some());
            both
        };
        let masked = |post: usize| Some(masked(&corpus.text(post)?, &self.kept[post]));
        let masked = || whole(masked(a).zip(masked(b)));
        let code = || whole(corpus.code(a).zip(corpus.code(b)));
        let relation = Relation::of(one, other, thresholds, (&masked, &code));
        if let Some(names) = self.names(a, b).filter(|_| is_whole.get()) {
            corpus.keep(About::Relation, &names, &thresholds.to_bytes(), &relation);
        }
        Some(self.settled(corpus, (a, b), relation?))
    }

    /// Two posts that have more in common than little.
    fn settled(&self, corpus: &Corpus<'_>, (a, b): (usize, usize), mut relation: Relation) -> Pair {
        relation.class = settled(corpus, &self.forms, (a, b), (&relation, self.in_crowd[a] || self.in_crowd[b]));
        let are_variants = corpus.posts[a].variant.kinship(&corpus.posts[b].variant) == Kinship::Languages;
        Pair { a, b, relation, are_variants }
    }
}

fn kinship(corpus: &Corpus<'_>, (a, b): PostPair) -> Kinship {
    corpus.posts[a as usize].variant.kinship(&corpus.posts[b as usize].variant)
}

/// The sketch of a text of which some blocks are left out; `None` where that is so little that the sketch of the whole finds
/// the same candidates. (What is counted of candidates leaves out even that.)
fn sketch_anew(corpus: &Corpus<'_>, post: usize, kept: &Kept) -> Option<Sketch> {
    let Kept::Some(blocks) = kept else { return None };
    let weights = &corpus.posts[post].text.as_ref()?.weights;
    let all: u32 = weights.iter().map(|weight| u32::from(*weight)).sum();
    let left_out = weights.iter().zip(blocks).filter(|(_, kept)| !**kept);
    if LEAST_LEFT_OUT * left_out.map(|(weight, _)| u32::from(*weight)).sum::<u32>() < all {
        return None;
    }
    let name = corpus.name_of(post, kept).filter(|_| corpus.remembers());
    let known = name.and_then(|name| corpus.recall(About::Sketch, &[name], &[]));
    known.or_else(|| {
        let text = corpus.text(post)?;
        let sketch = Sketch::of(&text.words, &|block| kept.keeps(block));
        name.into_iter().for_each(|name| corpus.keep(About::Sketch, &[name], &[], &sketch));
        Some(sketch)
    })
}

/// How many pairs a thread takes at a time. What is found does not depend on it.
pub(super) fn batch_size(pairs: &[PostPair]) -> usize {
    pairs.len().div_ceil(TURNS * rayon::current_num_threads()).max(BATCH)
}

/// Pairs in order of their posts.
pub(super) fn sorted(mut pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.sort_unstable_by_key(|pair| (pair.a, pair.b));
    pairs
}

/// Pairs in an order in which those of the same posts follow each other: posts are numbered outwards from the first of each
/// group that hangs together, and each is paired with those before it, which then were at hand a short while ago.
pub(super) fn together(mut pairs: Vec<PostPair>) -> Vec<PostPair> {
    let mut edges: Vec<PostPair> = pairs.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]).collect();
    edges.sort_unstable();
    let mut ranks: HashMap<u32, usize> = HashMap::new();
    let mut open = VecDeque::new();
    for (first, _) in &edges {
        let mut reach = |post: u32, open: &mut VecDeque<u32>| {
            let next = ranks.len();
            ranks.entry(post).or_insert_with(|| {
                open.push_back(post);
                next
            });
        };
        reach(*first, &mut open);
        while let Some(post) = open.pop_front() {
            let own = edges[edges.partition_point(|edge| edge.0 < post)..].iter();
            own.take_while(|edge| edge.0 == post).for_each(|(_, other)| reach(*other, &mut open));
        }
    }
    pairs.sort_by_cached_key(|(a, b)| (ranks[a].max(ranks[b]), ranks[a].min(ranks[b])));
    pairs
}

/// For each post the first one that has the same words, code and images, and is the same variant. Texts too short to be
/// copies by their words alone, and those of boilerplate alone, must have the same title too.
fn first_copies(posts: &[Arc<Facts>], kept: &[Kept]) -> Vec<u32> {
    let mut seen: HashMap<_, u32> = HashMap::with_capacity(posts.len());
    let mut first: Vec<u32> = vec![];
    for ((index, post), kept) in (0..).zip(posts).zip(kept) {
        let text = post.text.as_ref().filter(|text| text.weight > 0);
        let says_enough = text.is_some_and(|text| text.weight >= LEAST_WEIGHT) && *kept != Kept::Nothing;
        let title = title(post).filter(|_| !says_enough && post.role == Role::Post);
        let key = text.filter(|_| says_enough || title.is_some()).map(|text| {
            let variant = (&post.variant.language, &post.variant.version);
            (text.normal, text.objects, variant, title)
        });
        first.push(key.map_or(index, |key| *seen.entry(key).or_insert(index)));
    }
    first
}
