//! The matcher `metric`: a quantity of the post, of a line or of a run of blocks against limits. The spec stands here; each
//! kind of quantity has its file. Counts only what readers see and nobody set aside; knows nothing about text that stands twice
//! at full length, which is the matcher `repeat`'s.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Context, PostMatcher, SpecError};

mod count;
mod ending;
mod fragments;
mod line;
mod repetition;
mod whole;

pub use ending::Ending;
pub use fragments::Fragments;
pub use line::Line;
pub use repetition::Repetition;
pub use whole::Whole;

/// What to measure: one of these. All the limits in it must hold.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Spec {
    /// The post as a whole.
    Post(Whole),
    /// Each line of the source behind the front matter.
    Line(Line),
    /// The last block of the text, and how it ends.
    Ending(Ending),
    /// Runs of blocks that look like pieces of lines.
    Fragments(Fragments),
    /// The share of the text that repeats what stood before.
    Repetition(Repetition),
}

/// The bounds of a quantity, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Limit {
    /// Less is left alone.
    #[serde(default)]
    pub at_least: usize,
    /// More is left alone.
    #[serde(default)]
    pub at_most: Option<usize>,
}

impl Limit {
    fn holds(self, quantity: usize) -> bool {
        quantity >= self.at_least && self.at_most.is_none_or(|most| quantity <= most)
    }

    /// The quantity from which on counting changes nothing.
    fn enough(self) -> usize {
        self.at_most.map_or(self.at_least, |most| self.at_least.max(most.saturating_add(1)))
    }
}

impl Spec {
    /// The placeholders that hits of this spec fill.
    pub fn vars(&self) -> &'static [&'static str] {
        match self {
            Spec::Post(_) => &["amount"],
            Spec::Line(_) => &["characters"],
            Spec::Ending(_) => &["end"],
            Spec::Fragments(_) => &["fragments"],
            Spec::Repetition(_) => &["share"],
        }
    }

    /// Builds the matcher.
    ///
    /// # Errors
    /// When no limit is set, a limit can never hold, or a pattern does not work.
    pub fn build(&self, context: &Context) -> Result<Box<dyn PostMatcher>, SpecError> {
        Ok(match self {
            Spec::Post(spec) => Box::new(spec.build(context)?),
            Spec::Line(spec) => Box::new(spec.build()?),
            Spec::Ending(spec) => Box::new(spec.build()?),
            Spec::Fragments(spec) => Box::new(spec.build()?),
            Spec::Repetition(spec) => Box::new(spec.build()?),
        })
    }
}

/// Refuses limits that say nothing or can never hold.
fn limits(limits: &[Option<Limit>]) -> Result<(), SpecError> {
    let set = || limits.iter().flatten();
    let is_bounded = |limit: &Limit| limit.at_least > 0 || limit.at_most.is_some();
    let is_contradiction = |limit: &Limit| limit.at_most.is_some_and(|most| most < limit.at_least);
    let message = match () {
        () if set().next().is_none() || !set().all(is_bounded) => "a limit needs `at-least` or `at-most`",
        () if set().any(is_contradiction) => "`at-most` is less than `at-least`: nothing can be both",
        () => return Ok(()),
    };
    Err(SpecError { message: message.into(), help: None, at: None })
}

#[cfg(test)]
mod tests;
