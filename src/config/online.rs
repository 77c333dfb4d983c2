//! The settings of the check over the network, as they are written.

use std::collections::BTreeMap;
use std::time::Duration;

use regex::Regex;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// How external addresses are checked by `copydesk --online`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Online {
    /// Statuses that are fine besides 2xx: `"403"`, `"500-599"`.
    pub accept: Vec<String>,
    /// Addresses that are not checked: regular expressions.
    pub exclude: Vec<Pattern>,
    /// If there are any, the only addresses that are checked: regular expressions.
    pub include: Vec<Pattern>,
    /// Headers by host. `$NAME` in a value is the environment variable of that name; no header goes to another host.
    pub headers: BTreeMap<String, BTreeMap<String, String>>,
    /// How long a good answer is not asked for again: `7d` by default.
    pub max_age: Option<Age>,
    /// How long an address must have been dead before it is an error: `3d` by default.
    pub grace: Option<Age>,
    /// How long one request may last: `20s` by default.
    pub timeout: Option<Age>,
    /// Requests at once over all hosts: 16 by default. One host never sees more than two.
    pub concurrency: Option<u16>,
    /// Hosts that may be inside of a private network. All others must have a public address.
    pub allow_private: Vec<String>,
}

/// A regular expression.
#[derive(Clone, Debug)]
pub struct Pattern(pub Regex);

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = |error: regex::Error| {
            let reason = error.to_string();
            let last = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            D::Error::custom(format!("the pattern `{text}` cannot be read: {last}"))
        };
        Regex::new(&text).map(Pattern).map_err(wrong)
    }
}

impl JsonSchema for Pattern {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Pattern".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "regex" })
    }
}

/// A time that passes: `3d`, `12h`, `5m`, `20s`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age(pub Duration);

impl<'de> Deserialize<'de> for Age {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || D::Error::custom(format!("`{text}` is no time: write `3d`, `12h`, `5m` or `20s`"));
        let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
        let seconds = match unit.trim() {
            "s" => 1,
            "m" => 60,
            "h" => 60 * 60,
            "d" => 24 * 60 * 60,
            _ => return Err(wrong()),
        };
        let number: u32 = number.parse().map_err(|_| wrong())?;
        Ok(Age(Duration::from_secs(u64::from(number) * seconds)))
    }
}

impl JsonSchema for Age {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Age".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[0-9]+ ?[smhd]$" })
    }
}
