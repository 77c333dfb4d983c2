//! The matcher `text`: phrases and patterns in a scope of the post.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Context, SpecError};

/// What to look for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Spec {}

/// Built patterns of one lint.
pub struct Patterns {}

impl Spec {
    /// The placeholders that hits of this spec fill.
    pub fn vars(&self) -> &'static [&'static str] {
        &[]
    }

    /// Builds the matcher.
    ///
    /// # Errors
    /// When the spec cannot work.
    pub fn build(&self, _context: &Context) -> Result<Patterns, SpecError> {
        Err(SpecError { message: "not built yet".into(), help: None, at: None })
    }
}
