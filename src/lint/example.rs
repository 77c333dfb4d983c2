//! Examples of a lint: its tests and its documentation.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::corpus::Answers;

/// Posts that the lint must mark, and posts that it must leave alone.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Examples {
    /// What the lint marks.
    #[serde(default)]
    pub bad: Vec<Example>,
    /// What it must leave alone.
    #[serde(default)]
    pub good: Vec<Example>,
}

/// One post, or one small site for a lint that looks at all posts together.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Example {
    /// The text of the post.
    #[serde(default)]
    pub post: Option<String>,
    /// The texts of several posts, by path.
    #[serde(default)]
    pub site: Option<BTreeMap<String, String>>,
    /// The post's path; by default a post of the generator with a good name.
    #[serde(default)]
    pub path: Option<String>,
    /// The generator of the site; `plain` by default.
    #[serde(default)]
    pub generator: Option<String>,
    /// The encoding that the post is written in (`gbk`); UTF-8 by default.
    #[serde(default)]
    pub encoding: Option<String>,
    /// A JSON Schema for front matter, as the configuration of the site would name one.
    #[serde(default)]
    pub schema: Option<serde_json::Value>,
    /// Whether the configuration of the site asks for the reasons of suppressions.
    #[serde(default)]
    pub require_reason: bool,
    /// What the network says of addresses outside of the site.
    #[serde(default)]
    pub answers: Answers,
    /// The exact text under each label, in order of position: all that the lint marks, and nothing else.
    #[serde(default)]
    pub marks: Vec<String>,
    /// The text of the post once the fix of the lint has been made, and made again.
    #[serde(default)]
    pub fixed: Option<String>,
    /// The path of the post once the fix of the lint has given it another name.
    #[serde(default)]
    pub renamed: Option<String>,
    /// The whole message of the first diagnostic, where it is worth pinning.
    #[serde(default)]
    pub message: Option<String>,
}
