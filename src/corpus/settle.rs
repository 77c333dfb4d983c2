//! What two posts are to each other once more than their texts is looked at: their titles, how long they are, how many others
//! are like them.

use rayon::prelude::*;

use super::Corpus;
use super::candidate::PostPair;
use super::edition::Forms;
use super::facts::Facts;
use super::relation::{Class, Relation, Thresholds, have_in_common};
use crate::fingerprint::{Words, shingle_set};

/// A text of less weight (fifty words, 120 characters) is a copy only with its title: stubs and notices are alike by nature.
pub(super) const LEAST_WEIGHT: u32 = 600;

/// A text of less weight (120 words, 288 characters) is short: a form that two of them share is a good part of them.
const SHORT: u32 = 1440;

/// Similarity from which short texts are near-duplicates.
const SHORT_NEAR: f64 = 0.85;

/// So many posts like one, under other titles, fill one form with it: what an author says under each of his videos.
const CROWD: usize = 8;

/// A text of less weight (216 words, 520 characters) may be what an author says under several of his posts.
const LONG: u32 = 2600;

/// Similarity from which texts that are not long are copies under other titles.
const UNDER_OTHER_TITLE: f64 = 0.9;

/// Similarity from which posts in a crowd are copies under whatever title.
const UNDER_ANY_TITLE: f64 = 0.95;

/// Share of the words of two titles together that both have, from which they are titles of one thing.
const SAME_TITLE: f64 = 0.5;

/// Editions of one thing that have so much in common are copies all the same.
const SAME_EDITION: f64 = 0.95;

/// The class of a pair, when not only the texts but the posts are looked at.
pub(super) fn settled(
    corpus: &Corpus<'_>,
    forms: &Forms,
    (a, b): (usize, usize),
    (relation, in_crowd): (&Relation, bool),
) -> Class {
    let (one, other) = (&corpus.posts[a], &corpus.posts[b]);
    let weight = |post: &Facts| post.text.as_ref().map_or(0, |text| text.weight);
    let (weight, similarity) = (weight(one).min(weight(other)), relation.similarity());
    // Under another title, numbers that agree say nothing: they may be those of the form.
    let other_title = match in_crowd {
        true => UNDER_ANY_TITLE,
        false if weight < LONG => UNDER_OTHER_TITLE,
        false => Thresholds::default().near,
    };
    let are_editions = || forms.are_editions((a, one), (b, other));
    match relation.class {
        Class::Near if weight < LEAST_WEIGHT && (one.title.is_none() || title(one) != title(other)) => Class::Similar,
        Class::Near if are_equal(corpus, a, b) => Class::Identical,
        Class::Near if similarity < SAME_EDITION && are_editions() => Class::Templated,
        Class::Near if weight < SHORT && similarity < SHORT_NEAR => Class::Similar,
        Class::Near if similarity < other_title && !are_titles_of_one(one, other) => Class::Similar,
        Class::Contained if are_editions() => Class::Templated,
        class => class,
    }
}

pub(super) fn title(post: &Facts) -> Option<&str> {
    post.title.as_ref().map(|title| &*title.text)
}

/// For each post: whether it is like many others under titles that have nothing to do with its own. Real copies keep their
/// titles for the most part; what one author says under all of his videos makes them alike, and only titles tell them apart.
pub(super) fn crowds(corpus: &Corpus<'_>, alike: &[PostPair]) -> Vec<bool> {
    let mut neighbours = vec![0; corpus.posts.len()];
    let count = |neighbours: &mut Vec<usize>, (a, b): PostPair| {
        neighbours[a as usize] += 1;
        neighbours[b as usize] += 1;
    };
    alike.iter().for_each(|pair| count(&mut neighbours, *pair));
    let may_crowd = |post: u32| neighbours[post as usize] >= CROWD;
    let pairs: Vec<PostPair> = alike.iter().copied().filter(|(a, b)| may_crowd(*a) || may_crowd(*b)).collect();
    // Each title is read once, in however many pairs it stands.
    let mut posts: Vec<u32> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    posts.sort_unstable();
    posts.dedup();
    let words = |post: &u32| TitleWords::of(&corpus.posts[*post as usize]);
    let titles: Vec<Option<TitleWords<'_>>> = posts.par_iter().map(words).collect();
    let title = |post: u32| posts.binary_search(&post).ok().and_then(|at| titles[at].as_ref());
    let mut strangers = vec![0; corpus.posts.len()];
    let differ: Vec<bool> = pairs.par_iter().map(|(a, b)| !are_of_one(title(*a), title(*b))).collect();
    pairs.into_iter().zip(differ).filter(|(_, differ)| *differ).for_each(|(pair, _)| count(&mut strangers, pair));
    strangers.into_iter().map(|count| count >= CROWD).collect()
}

/// Whether two posts may go by one title.
fn are_titles_of_one(one: &Facts, other: &Facts) -> bool {
    are_of_one(TitleWords::of(one).as_ref(), TitleWords::of(other).as_ref())
}

/// A title, and the shingles by which it is compared.
struct TitleWords<'a> {
    text: &'a str,
    shingles: Vec<u64>,
}

impl<'a> TitleWords<'a> {
    fn of(post: &'a Facts) -> Option<Self> {
        let text = title(post)?;
        Some(Self { text, shingles: shingle_set(&Words::of_plain(text), &|_| true) })
    }
}

/// Whether two titles may be titles of one thing; a post without one may go by any.
fn are_of_one(one: Option<&TitleWords<'_>>, other: Option<&TitleWords<'_>>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return true };
    one.text == other.text || have_in_common(&one.shingles, &other.shingles, SAME_TITLE)
}

/// Whether all words, the code and the addresses of two posts are the same.
fn are_equal(corpus: &Corpus<'_>, a: usize, b: usize) -> bool {
    let text = |post: usize| corpus.posts[post].text.as_ref().map(|text| (text.normal, text.objects));
    text(a) == text(b)
}
