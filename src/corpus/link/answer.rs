//! What the network said of addresses that lead away from the site, where it was asked.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// What became of an external address.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Answer {
    /// What it is.
    pub is: Reach,
    /// The address to write in its place, if it is known.
    #[serde(default)]
    pub instead: Option<String>,
    /// Why, in plain words.
    #[serde(default)]
    pub reason: String,
}

/// How an external address is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// Nothing is there, and has not been for longer than the grace.
    Dead,
    /// It moved for good.
    MovedPermanently,
    /// It is there under `https:` too.
    InsecureUpgrade,
    /// It is there, or nobody can tell.
    Other,
}

/// What was answered, by address as written in the link (without the fragment's meaning).
pub type Answers = BTreeMap<String, Answer>;
