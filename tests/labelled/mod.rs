//! The labelled set: posts made up by a generator, and pairs of them of which is known whether one is a copy of the other.
//! The same seed gives the same set.

// Two programs include this, and each uses a part.
#![allow(dead_code, unreachable_pub, unused_imports)]

mod apart;
mod chinese;
mod edit;
mod english;
mod grammar;
pub mod measured;
mod random;
pub mod table;
mod template;
mod text;

pub use apart::Apart;
pub use edit::{EDITS, Edit};
pub use grammar::{Language, Voice};
pub use random::Random;
pub use text::{Length, Markup, Text};

use template::templates;

/// A post of the set.
#[derive(Clone, Debug)]
pub struct Post {
    /// Where it stands on the site; posts are sorted by it.
    pub path: String,
    /// The whole post.
    pub source: String,
    /// Its text alone, in Markdown, without what its site puts around it.
    pub body: String,
    /// Posts made from one text have the same number.
    pub origin: usize,
}

/// A pair of which is known what it is.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// Index of the original.
    pub a: usize,
    /// Index of the copy, or of the other post.
    pub b: usize,
    pub kind: Kind,
    pub language: Language,
    pub length: Length,
}

/// What a pair is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Copy(Edit),
    Apart(Apart),
}

/// Posts of one large site, and pairs of them.
#[derive(Clone, Debug, Default)]
pub struct Set {
    pub posts: Vec<Post>,
    pub pairs: Vec<Pair>,
}

/// How many copies are made of one text at most: more would be a site of its own kind, and its paragraphs boilerplate.
const COPIES: usize = 3;

/// Days of a series, and posts that end in one author's description at most.
const DAYS: usize = 24;

impl Set {
    /// A set with so many pairs for each edit, language and length.
    pub fn new(pairs_of_a_kind: usize, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut set = Set::default();
        for language in Language::ALL {
            for length in Length::ALL {
                set.copies(language, length, pairs_of_a_kind, &mut random);
            }
            for series in 0..apart::SERIES {
                set.series(language, series, &mut random);
            }
            set.signed(language, pairs_of_a_kind, &mut random);
            set.replies(language, pairs_of_a_kind, &mut random);
            set.links(language, pairs_of_a_kind, &mut random);
        }
        set.spread(&mut random);
        set
    }

    /// A smaller set: every so manieth pair, and the posts of these.
    pub fn sample(&self, every: usize) -> Self {
        let pairs: Vec<Pair> = self.pairs.iter().step_by(every).copied().collect();
        let mut kept: Vec<usize> = pairs.iter().flat_map(|pair| [pair.a, pair.b]).collect();
        kept.sort_unstable();
        kept.dedup();
        let place = |old: usize| kept.binary_search(&old).expect("the posts of all pairs are kept");
        let pairs = pairs.iter().map(|pair| Pair { a: place(pair.a), b: place(pair.b), ..*pair }).collect();
        // Posts of one origin keep a common number, though it is no index here.
        Self { posts: kept.iter().map(|old| self.posts[*old].clone()).collect(), pairs }
    }

    /// Originals with their copies, and pairs of originals on one site.
    fn copies(&mut self, language: Language, length: Length, count: usize, random: &mut Random) {
        let mut edits: Vec<Edit> = EDITS.iter().flat_map(|edit| std::iter::repeat_n(*edit, count)).collect();
        random.shuffle(&mut edits);
        let sites = templates(language).len();
        let mut last_on_site = vec![None; sites];
        for edits in edits.chunks(COPIES) {
            let voice = Voice::new(language, random);
            let text = Text::new(&voice, length, random);
            let site = random.below(sites);
            let a = self.put(language, site, &text.title, text.markdown(Markup::Plain), random);
            for edit in edits {
                let (copy, markup) = edit.apply(&text, &voice, random);
                let other = (site + 1 + random.below(sites - 1)) % sites;
                let site = if *edit == Edit::Repost || random.chance(50) { other } else { site };
                let title = if random.chance(70) { copy.title.clone() } else { voice.title(random) };
                let b = self.put(language, site, &title, copy.markdown(markup), random);
                self.posts[b].origin = a;
                self.pairs.push(Pair { a, b, kind: Kind::Copy(*edit), language, length });
            }
            if let Some(b) = last_on_site[site].replace(a) {
                self.pairs.push(Pair { a, b, kind: Kind::Apart(Apart::SameSite), language, length });
            }
        }
    }

    fn series(&mut self, language: Language, series: usize, random: &mut Random) {
        let title = Voice::new(language, random).title(random);
        let mut before: Option<usize> = None;
        for day in 0..DAYS {
            let body = apart::day_of_series(language, series, random);
            let b = self.put(language, series, &format!("{title} {day}"), body, random);
            if let Some(a) = before.replace(b) {
                self.apart(a, b, Apart::Series, language);
            }
        }
    }

    /// Groups of posts of one author each, from two posts to many: what stands in a few posts only is not known as boilerplate.
    fn signed(&mut self, language: Language, count: usize, random: &mut Random) {
        let mut left = count * 4;
        while left > 0 {
            let description = apart::description(&Voice::new(language, random), random);
            let site = random.below(templates(language).len());
            let group = random.between(2, DAYS);
            let mut before: Option<usize> = None;
            for _ in 0..group {
                let voice = Voice::new(language, random);
                let body = apart::signed(&description, &voice, random);
                let b = self.put(language, site, &voice.title(random), body, random);
                if let Some(a) = before.replace(b) {
                    self.apart(a, b, Apart::SameAuthor, language);
                }
            }
            left = left.saturating_sub(group);
        }
    }

    fn replies(&mut self, language: Language, count: usize, random: &mut Random) {
        for _ in 0..count * 2 {
            let (voice, other) = (Voice::new(language, random), Voice::new(language, random));
            let text = Text::new(&voice, Length::Medium, random);
            let site = random.below(templates(language).len());
            let a = self.put(language, site, &text.title, text.markdown(Markup::Plain), random);
            let b = self.put(language, site, &other.title(random), apart::reply(&text, &other, random), random);
            self.apart(a, b, Apart::Reply, language);
        }
    }

    fn links(&mut self, language: Language, count: usize, random: &mut Random) {
        let pool: Vec<String> = (0..40).map(|_| Voice::new(language, random).title(random)).collect();
        let site = random.below(templates(language).len());
        let mut before: Option<usize> = None;
        for _ in 0..=count.min(DAYS) {
            let title = Voice::new(language, random).title(random);
            let b = self.put(language, site, &title, apart::links(&pool, random), random);
            if let Some(a) = before.replace(b) {
                self.apart(a, b, Apart::Links, language);
            }
        }
    }

    fn apart(&mut self, a: usize, b: usize, why: Apart, language: Language) {
        let length = if why == Apart::SameAuthor { Length::Short } else { Length::Medium };
        self.pairs.push(Pair { a, b, kind: Kind::Apart(why), language, length });
    }

    /// Adds a post that is its own origin.
    fn put(&mut self, language: Language, site: usize, title: &str, body: String, random: &mut Random) -> usize {
        let sites = templates(language);
        let source = sites[site % sites.len()].post(language, title, &body, random);
        self.posts.push(Post { path: String::new(), source, body, origin: self.posts.len() });
        self.posts.len() - 1
    }

    /// Gives the posts paths in any order, and sorts them.
    fn spread(&mut self, random: &mut Random) {
        let mut order: Vec<usize> = (0..self.posts.len()).collect();
        random.shuffle(&mut order);
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
        self.posts = order.iter().map(|old| self.posts[*old].clone()).collect();
        for (number, post) in self.posts.iter_mut().enumerate() {
            post.path = format!("posts/{number:06}.md");
            post.origin = place[post.origin];
        }
        for pair in &mut self.pairs {
            (pair.a, pair.b) = (place[pair.a], place[pair.b]);
        }
    }
}
