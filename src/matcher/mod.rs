//! Programs that find hits. A matcher is pure: a post (or the corpus) in, hits out; it knows no lint name, level or message.
//! Records choose one matcher each and configure it with its `Spec`. The largest `match` on kinds of matchers stands here.

use std::borrow::Cow;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::corpus::{Corpus, Thresholds};
use crate::post::Post;
use crate::site::{Kind, Site};
use crate::source::Span;

pub mod character;
pub mod clock;
pub mod duplicate;
pub mod element;
pub mod frequency;
pub mod front_matter;
pub mod link;
pub mod metric;
pub mod repeat;
pub mod set;
pub mod structure;
pub mod suppression;
pub mod text;

/// Words that a hit brings for the placeholders of a record's message.
pub type Vars = Vec<(Cow<'static, str>, String)>;

/// A place that a matcher found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hit {
    /// The exact bytes.
    pub span: Span,
    /// Values of the matcher's placeholders.
    pub vars: Vars,
    /// Further places in the same post, with what they show.
    pub related: Vec<(Span, String)>,
    /// What would put it right, where the matcher knows exactly: the bytes, and what stands there afterwards.
    pub repair: Option<(Span, String)>,
}

/// A place that a corpus matcher found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteHit {
    /// Index of the post in the corpus.
    pub post: usize,
    /// The place in that post.
    pub hit: Hit,
    /// Places in other posts, with what they show.
    pub elsewhere: Vec<(usize, Span, String)>,
}

/// Finds hits in one post.
pub trait PostMatcher: Send + Sync {
    /// Adds the hits in `post`, in order of position.
    fn hits(&self, post: &Post, out: &mut Vec<Hit>);
}

/// Finds hits in the facts of all posts.
pub trait CorpusMatcher: Send + Sync {
    /// Adds the hits in `corpus`, in order of post and position.
    fn hits(&self, corpus: &Corpus<'_>, out: &mut Vec<SiteHit>);
}

/// What a matcher may know besides its spec. Clock, site and the user's own demands enter here and nowhere else.
#[derive(Clone, Debug)]
pub struct Context {
    /// The site and its generator.
    pub site: Site,
    /// The time of the run.
    pub now: Timestamp,
    /// What the configuration asks for.
    pub demands: Demands,
}

/// What the configuration asks of posts, beyond what the generator does.
#[derive(Clone, Debug, Default)]
pub struct Demands {
    /// Keys that every post must have.
    pub required: Vec<String>,
    /// Types of keys.
    pub types: Vec<(String, Kind)>,
    /// A JSON Schema for the whole front matter.
    pub schema: Option<serde_json::Value>,
    /// That each suppression gives a reason.
    pub reasons: bool,
}

/// A built matcher.
pub enum Matcher {
    /// Works on one post.
    Post(Box<dyn PostMatcher>),
    /// Patterns over text; the patterns of all lints are searched in one pass.
    Text(Box<text::Patterns>),
    /// Works on the facts of all posts.
    Corpus(Box<dyn CorpusMatcher>),
    /// Works on what the judge hid, and what it could not hide.
    Suppression(suppression::Spec),
}

/// Why a spec cannot be built, and where in the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecError {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where in the record's YAML, and in which layer of it; `None` for the whole `match:`.
    pub at: Option<(Span, u8)>,
}

/// How a lint finds its hits: exactly one of these, written under `match:`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Spec {
    /// Keys of the front matter: present, filled, typed, dated.
    FrontMatter(front_matter::Spec),
    /// Phrases and patterns in a scope of the text.
    Text(text::Spec),
    /// Elements of the embedded HTML, by CSS selector and inline style.
    Element(element::Spec),
    /// What the address or the text of a link shows by itself.
    Link(link::Spec),
    /// A quantity of the post against a limit.
    Metric(metric::Spec),
    /// Text that stands twice.
    Repeat(repeat::Spec),
    /// Characters, pairs of characters and broken encodings.
    Character(character::Spec),
    /// What the parser stepped over, and what the file's name and place mean to the generator.
    Structure(structure::Spec),
    /// Words of front matter that are rare or common in the whole site.
    Frequency(frequency::Spec),
    /// Text that stands in several posts: copies, shared passages, blocks of the whole site.
    Duplicate(duplicate::Spec),
    /// What is wrong with the author's wishes to hide diagnostics.
    Suppression(suppression::Spec),
}

impl Spec {
    /// The placeholders that hits of this spec fill.
    pub fn vars(&self) -> Vec<String> {
        let fixed = match self {
            Spec::Text(spec) => return spec.vars(),
            Spec::FrontMatter(spec) => spec.vars(),
            Spec::Element(spec) => spec.vars(),
            Spec::Link(spec) => spec.vars(),
            Spec::Metric(spec) => spec.vars(),
            Spec::Repeat(spec) => spec.vars(),
            Spec::Character(spec) => spec.vars(),
            Spec::Structure(spec) => spec.vars(),
            Spec::Frequency(spec) => spec.vars(),
            Spec::Duplicate(spec) => spec.vars(),
            Spec::Suppression(spec) => spec.vars(),
        };
        fixed.iter().map(|name| (*name).to_owned()).collect()
    }

    /// Whether the matcher compares the texts of posts with each other, and facts must hold what that takes.
    pub fn compares_texts(&self) -> bool {
        matches!(self, Spec::Duplicate(_))
    }

    /// Whether the matcher asks where links lead, and facts must hold what that takes.
    pub fn resolves_links(&self) -> bool {
        if let Spec::Link(spec) = self { spec.resolves() } else { false }
    }

    /// Whether the matcher finds nothing unless the network was asked.
    pub fn asks_network(&self) -> bool {
        if let Spec::Link(spec) = self { spec.asks_network() } else { false }
    }

    /// Whether the matcher finds links that lead to nothing.
    pub fn finds_broken_links(&self) -> bool {
        if let Spec::Link(spec) = self { spec.finds_broken() } else { false }
    }

    /// Of a spec that finds near-duplicates: from where on posts are such, or why that cannot be.
    pub fn near_copies(&self) -> Option<Result<Thresholds, SpecError>> {
        if let Spec::Duplicate(spec) = self { spec.near_copies() } else { None }
    }

    /// Builds the matcher.
    ///
    /// # Errors
    /// When the spec is well-formed but cannot work: a bad regular expression or selector, a contradiction.
    pub fn build(&self, context: &Context) -> Result<Matcher, SpecError> {
        Ok(match self {
            Spec::FrontMatter(spec) => Matcher::Post(spec.build(context)?),
            Spec::Text(spec) => Matcher::Text(Box::new(spec.build(context)?)),
            Spec::Element(spec) => Matcher::Post(spec.build(context)?),
            Spec::Link(spec) => spec.build(context)?,
            Spec::Metric(spec) => Matcher::Post(spec.build(context)?),
            Spec::Repeat(spec) => Matcher::Post(spec.build(context)?),
            Spec::Character(spec) => Matcher::Post(spec.build(context)?),
            Spec::Structure(spec) => Matcher::Post(spec.build(context)?),
            Spec::Frequency(spec) => Matcher::Corpus(spec.build(context)?),
            Spec::Duplicate(spec) => Matcher::Corpus(spec.build(context)?),
            Spec::Suppression(spec) => Matcher::Suppression(*spec),
        })
    }
}
