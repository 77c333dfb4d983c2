//! The matcher `duplicate`: text that stands in several posts. The spec stands here; each kind has its file. What posts have
//! in common the corpus counts; a kind chooses what of it is worth a word, and where the word is said.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Deserialize;

use super::text::{Pattern, read};
use super::{Context, CorpusMatcher, Hit, SiteHit, SpecError, Vars};
use crate::corpus::{Corpus, Thresholds};
use crate::source::Span;
use crate::spanned::de::Located;

mod boilerplate;
mod contained;
mod copy;
mod passage;
mod templated;
mod title;
mod variant;

pub use boilerplate::Boilerplate;
pub use contained::Contained;
pub use copy::{Copy, Likeness};
pub use passage::Passage;
pub use templated::Templated;
pub use title::Title;
pub use variant::Variant;

/// Most places in other posts that one hit tells.
const MOST_PLACES: usize = 3;

/// What to look for: one of these.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Spec {
    /// A post that is a copy of another one, which stays.
    Copy(Copy),
    /// A post that almost all stands in a longer one.
    Contained(Contained),
    /// Posts that fill one template with other numbers.
    Templated(Templated),
    /// A post that two languages have, in the same words.
    Variant(Variant),
    /// A passage that stands in another post too.
    Passage(Passage),
    /// A block that stands in many posts among different others.
    Boilerplate(Boilerplate),
    /// A title that another post has too.
    Title(Title),
}

impl Spec {
    /// The placeholders that hits of this spec fill.
    pub fn vars(&self) -> &'static [&'static str] {
        match self {
            Spec::Copy(_) => &["path", "similarity", "class", "reason"],
            Spec::Contained(_) => &["path", "share"],
            Spec::Templated(_) => &["path", "posts"],
            Spec::Variant(_) => &["path", "similarity", "language"],
            Spec::Passage(_) => &["path", "length"],
            Spec::Boilerplate(_) => &["posts"],
            Spec::Title(_) => &["path", "title", "posts"],
        }
    }

    /// Builds the matcher.
    ///
    /// # Errors
    /// When a limit says nothing or a pattern does not work.
    pub fn build(&self, _context: &Context) -> Result<Box<dyn CorpusMatcher>, SpecError> {
        Ok(match self {
            Spec::Copy(spec) => Box::new(spec.build()?),
            Spec::Contained(spec) => Box::new(spec.build()?),
            Spec::Templated(_) => Box::new(templated::Series),
            Spec::Variant(_) => Box::new(variant::Variants),
            Spec::Passage(spec) => Box::new(spec.build()?),
            Spec::Boilerplate(spec) => Box::new(spec.build()?),
            Spec::Title(spec) => Box::new(spec.build()?),
        })
    }
}

impl Spec {
    /// Of a spec that finds near-duplicates: from where on posts are such, or why that cannot be.
    pub fn near_copies(&self) -> Option<Result<Thresholds, SpecError>> {
        match self {
            Spec::Copy(copy) if copy.class == Likeness::Near => Some(copy.thresholds()),
            _ => None,
        }
    }
}

/// A hit on what stands for a post as a whole.
fn on_post(corpus: &Corpus<'_>, post: usize, vars: Vars) -> SiteHit {
    SiteHit { post, hit: Hit { span: corpus.posts[post].lead, vars, ..Hit::default() }, elsewhere: vec![] }
}

/// What stands for another post as a whole, as a place to look at.
fn lead(corpus: &Corpus<'_>, post: usize, message: String) -> (usize, Span, String) {
    (post, corpus.posts[post].lead, message)
}

fn var(name: &'static str, value: impl ToString) -> (Cow<'static, str>, String) {
    (Cow::Borrowed(name), value.to_string())
}

fn path(corpus: &Corpus<'_>, post: usize) -> (Cow<'static, str>, String) {
    var("path", &corpus.posts[post].path)
}

/// A number of words, of characters, or of both.
pub(super) fn length(words: u32, characters: u32) -> String {
    match (words, characters) {
        (words, 0) => format!("{words} words"),
        (0, characters) => format!("{characters} characters"),
        (words, characters) => format!("{characters} characters and {words} words"),
    }
}

fn patterns(patterns: &[Located<String>]) -> Result<Vec<Pattern>, SpecError> {
    patterns.iter().map(read).collect()
}

fn is_match(patterns: &[Pattern], text: &str) -> bool {
    patterns.iter().filter_map(Pattern::regex).any(|regex| regex.is_match(text))
}

/// A share; refused if it is none, or if pairs of posts are not known from it on.
fn share(share: &Located<f64>) -> Result<f64, SpecError> {
    let message = "a share lies between 0.5 and 1: posts that have less in common are not compared".to_owned();
    let error = || SpecError { message, help: None, at: Some((share.span, share.layer)) };
    if (0.5..=1.0).contains(&share.value) { Ok(share.value) } else { Err(error()) }
}

/// The parts of a graph of posts that hang together.
struct Components {
    parents: Vec<usize>,
}

impl Components {
    fn new(posts: usize) -> Self {
        Self { parents: (0..posts).collect() }
    }

    /// The first post of the part that holds `post`.
    fn first(&mut self, post: usize) -> usize {
        let mut at = post;
        while self.parents[at] != at {
            self.parents[at] = self.parents[self.parents[at]];
            at = self.parents[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.parents[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests;
