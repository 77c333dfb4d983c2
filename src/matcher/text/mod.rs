//! The matcher `text`: phrases and patterns in a scope of the post. The spec stands here; `literal` finds what a pattern
//! cannot match without, `scope` cuts a post into regions, `engine` searches the patterns of all lints in one pass, and
//! `filter` holds the qualifiers.

use regex_syntax::hir::Hir;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Context, SpecError};
use crate::spanned::de::Located;

mod engine;
mod filter;
mod literal;
mod pattern;
mod scope;

pub use engine::Engine;
pub use filter::{Container, Neighbour};
pub use pattern::Pattern;
pub use scope::{End, Scope};

/// What to look for, and where.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Spec {
    /// Which text is searched.
    #[serde(default, rename = "in")]
    pub scope: Scope,
    /// Only the first blocks of the post, the last, or both.
    #[serde(default)]
    pub at: Option<End>,
    /// Regions (lines, blocks, titles …) with more characters are not searched.
    #[serde(default)]
    pub max_chars: Option<usize>,
    /// Words to find as they are, in any case; a blank stands for any blank space.
    #[serde(default)]
    pub phrases: Vec<Located<String>>,
    /// Regular expressions to find; `^` and `$` are the ends of the region. A named group `mark` narrows what is marked,
    /// any other named group fills a placeholder.
    #[serde(default)]
    pub patterns: Vec<Located<String>>,
    /// Regular expressions: a region that one of them matches is left alone.
    #[serde(default)]
    pub unless: Vec<Located<String>>,
    /// What must not stand before the region: in its block, or in the block before.
    #[serde(default)]
    pub not_after: Vec<Neighbour>,
    /// What must not stand behind the region: in its block, or in the block behind.
    #[serde(default)]
    pub not_before: Vec<Neighbour>,
    /// What the hit must not stand in.
    #[serde(default)]
    pub not_in: Vec<Container>,
    /// Fewer hits in a post are none.
    #[serde(default)]
    pub min_count: Option<usize>,
    /// Fewer different hits in a post are none.
    #[serde(default)]
    pub min_distinct: Option<usize>,
    /// What is marked.
    #[serde(default)]
    pub mark: Mark,
}

/// The placeholder for the different matches of a lint that asks for several.
const WORDS: &str = "words";

/// What is marked of a region in which something was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// What the pattern matched.
    #[default]
    Match,
    /// The whole region.
    Region,
}

/// Built patterns of one lint.
#[derive(Debug)]
pub struct Patterns {
    /// Boxed: the other matchers are small.
    spec: Box<Spec>,
    patterns: Vec<Pattern>,
    unless: Vec<Pattern>,
}

impl Spec {
    /// The placeholders that hits of this spec fill: the named groups of its patterns, and with `min-distinct:` the first
    /// of the different matches as `{words}`.
    pub fn vars(&self) -> Vec<String> {
        let mut names: Vec<String> = self.min_distinct.iter().map(|_| WORDS.to_owned()).collect();
        for part in self.patterns.iter().flat_map(|pattern| pattern.value.split("(?<").skip(1)) {
            if let Some((name, _)) = part.split_once('>').filter(|(name, _)| name.chars().all(char::is_alphanumeric)) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// Reads the patterns; compiling them waits until a post has a candidate.
    ///
    /// # Errors
    /// On a bad pattern, and on one over body text that has neither a literal nor a bound on length: it would have to be
    /// tried at every character of every post.
    pub fn build(&self, _context: &Context) -> Result<Patterns, SpecError> {
        if self.phrases.is_empty() && self.patterns.is_empty() {
            return Err(SpecError { message: "no phrase and no pattern to look for".into(), help: None, at: None });
        }
        let asks_for_blocks =
            self.at.is_some() || !(self.not_after.is_empty() && self.not_before.is_empty() && self.not_in.is_empty());
        if asks_for_blocks && !self.scope.has_blocks() {
            let message = "`at`, `not-after`, `not-before` and `not-in` speak of blocks, and this scope has none";
            return Err(SpecError { message: message.into(), help: None, at: None });
        }
        let is_bounded = self.max_chars.is_some() || self.scope.is_short();
        let mut patterns = vec![];
        for phrase in &self.phrases {
            let words: Vec<_> = phrase.value.split_whitespace().map(regex_syntax::escape).collect();
            patterns.push(Pattern::new(&format!("(?i){}", words.join(r"\s+"))).map_err(|e| bad(phrase, &e))?);
        }
        for pattern in &self.patterns {
            let built = Pattern::new(&pattern.value).map_err(|error| bad(pattern, &error))?;
            if built.literals.is_empty() && !is_bounded {
                return Err(SpecError {
                    message: "this pattern has neither a literal text that each match contains nor a bound on length"
                        .into(),
                    help: Some("add `max-chars:`, or spell out two characters that every match has".into()),
                    at: Some((pattern.span, pattern.layer)),
                });
            }
            patterns.push(built);
        }
        let unless = self.unless.iter().map(|p| Pattern::new(&p.value).map_err(|error| bad(p, &error)));
        Ok(Patterns { spec: Box::new(self.clone()), patterns, unless: unless.collect::<Result<_, _>>()? })
    }
}

impl Patterns {
    /// Compiles every pattern now, to find those that grow too large.
    ///
    /// # Errors
    /// The message of the first pattern that does not compile.
    pub fn compile(&self) -> Result<(), String> {
        self.patterns.iter().chain(&self.unless).try_for_each(|pattern| pattern.compile())
    }
}

/// Reads a pattern of a record that is no search over text: the other matchers' patterns.
///
/// # Errors
/// When it is no regular expression.
pub(super) fn read(pattern: &Located<String>) -> Result<Pattern, SpecError> {
    Pattern::new(&pattern.value).map_err(|error| bad(pattern, &error))
}

fn bad(pattern: &Located<String>, error: &str) -> SpecError {
    let message = format!("this regular expression does not work: {error}");
    SpecError { message, help: None, at: Some((pattern.span, pattern.layer)) }
}

/// Reads a regular expression as the engine understands it: `^` and `$` at the ends of the region only.
fn parse(pattern: &str) -> Result<Hir, String> {
    regex_syntax::ParserBuilder::new().build().parse(pattern).map_err(|error| match error {
        regex_syntax::Error::Parse(error) => error.kind().to_string(),
        regex_syntax::Error::Translate(error) => error.kind().to_string(),
        other => other.to_string(),
    })
}

#[cfg(test)]
mod tests;
