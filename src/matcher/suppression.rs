//! The matcher `suppression`: what is wrong with the author's wishes to hide diagnostics. Only the judge knows what they hide,
//! so a spec names a fault, and the hits come from `suppress`.

use schemars::JsonSchema;
use serde::Deserialize;

/// What is wrong with a suppression: one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Spec {
    /// It hid nothing, although what it names was looked for.
    Unused,
    /// It names a lint that there is not.
    Unknown,
    /// The day until which it was to hold is over.
    Expired,
    /// It gives no reason, and the configuration asks for one.
    WithoutReason,
    /// It cannot be read.
    Malformed,
}

impl Spec {
    /// The placeholders that hits of this spec fill.
    pub fn vars(&self) -> &'static [&'static str] {
        match self {
            Spec::Unused => &["why"],
            Spec::Malformed => &["why", "instead"],
            Spec::Unknown => &["name", "instead"],
            Spec::Expired => &["date"],
            Spec::WithoutReason => &[],
        }
    }
}
