//! The matcher `repeat`: text that stands twice in one post. The spec stands here; each kind of repetition has its file.
//! Compares blocks, lines and runs of words; how much of a text repeats in all is a quantity, and so the matcher `metric`'s.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Context, PostMatcher, SpecError};

mod doubled;
mod normal;
mod numbered;
mod passage;

pub use doubled::{Doubled, Glued, Which};
pub use numbered::Numbered;
pub use passage::Passage;

/// What to look for: one of these.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Spec {
    /// A short block that stands twice in a row.
    Doubled(Doubled),
    /// A block that begins with the doubled block before it.
    Glued(Glued),
    /// A long passage that stands twice in the post.
    Passage(Passage),
    /// Lines that differ in a number alone, which counts up.
    Numbered(Numbered),
}

impl Spec {
    /// The placeholders that hits of this spec fill.
    pub fn vars(&self) -> &'static [&'static str] {
        match self {
            Spec::Doubled(_) | Spec::Glued(_) => &["heading"],
            Spec::Passage(_) => &["length"],
            Spec::Numbered(_) => &["lines"],
        }
    }

    /// Builds the matcher.
    ///
    /// # Errors
    /// When a limit says nothing or a pattern does not work.
    pub fn build(&self, _context: &Context) -> Result<Box<dyn PostMatcher>, SpecError> {
        Ok(match self {
            Spec::Doubled(spec) => Box::new(spec.build()?),
            Spec::Glued(spec) => Box::new(spec.build()?),
            Spec::Passage(spec) => Box::new(spec.build()?),
            Spec::Numbered(spec) => Box::new(spec.build()?),
        })
    }
}

/// Refuses limits of 0, which say nothing.
fn limits(limits: &[usize]) -> Result<(), SpecError> {
    let error = || SpecError { message: "limits of 0 say nothing".into(), help: None, at: None };
    if limits.contains(&0) { Err(error()) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
