//! The matcher `element`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Context, PostMatcher, SpecError};

/// What to look for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Spec {}

impl Spec {
    /// The placeholders that hits of this spec fill.
    pub fn vars(&self) -> &'static [&'static str] {
        &[]
    }

    /// Builds the matcher.
    ///
    /// # Errors
    /// When the spec cannot work.
    pub fn build(&self, _context: &Context) -> Result<Box<dyn PostMatcher>, SpecError> {
        Err(SpecError { message: "not built yet".into(), help: None, at: None })
    }
}
