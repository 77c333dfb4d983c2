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

impl Answer {
    /// ``it has moved for good, `https://a.example/new` ``
    pub fn in_words(&self) -> String {
        let what = match self.is {
            Reach::Dead => "nothing is there",
            Reach::MovedPermanently => "it has moved for good",
            Reach::InsecureUpgrade => "it answers by https too",
            Reach::Other => "it is there",
        };
        match &self.instead {
            Some(instead) => format!("{what}, `{instead}`"),
            None => what.to_owned(),
        }
    }
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
