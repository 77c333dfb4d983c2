//! Lints as records: one YAML file each, which is all there is to know about a lint. The file's stem is the name, its folder
//! the family. Nothing here finds anything: that is a matcher's work.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::matcher::Spec;
use crate::post::Language;
use crate::site::Role;
use crate::spanned::de::Located;

mod example;
mod fix;
mod level;
mod load;
mod names;
mod page;
mod template;

pub use example::{Example, Examples};
pub use fix::{Deletion, Fix, KeyValue, Safety};
pub use level::{Condition, Levels, Preset, Setting};
pub use load::{Loader, builtin_names};
pub use names::Known;
pub use page::{in_general, index};
pub use template::{HELP_COLUMNS, MESSAGE_COLUMNS, Template, clip};

/// A loaded lint.
#[derive(Debug)]
pub struct Lint {
    /// The stem of its file.
    pub name: Arc<str>,
    /// The folder of its file.
    pub family: Arc<str>,
    /// The file, as the user would name it.
    pub path: Arc<str>,
    /// The file's text, for notices about it.
    pub text: Arc<str>,
    /// Whether it is one of the user's own.
    pub is_own: bool,
    /// What the file says.
    pub record: Record,
    /// The message, ready to be filled.
    pub message: Template,
    /// The text beside the underline.
    pub label: Template,
    /// What to do, ready to be filled.
    pub help: Template,
    /// What the fix writes, ready to be filled; empty where it writes nothing.
    pub replacement: Template,
    /// The key that the fix sets, ready to be filled; empty where it sets none.
    pub key: Template,
}

/// What a lint's file says.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Record {
    /// What the lint finds: lower case, no full stop.
    pub summary: Located<String>,
    /// How serious it is.
    pub level: Levels,
    /// The version that brought it.
    pub since: String,
    /// How it finds its hits: exactly one matcher.
    #[serde(rename = "match")]
    pub matcher: Located<Spec>,
    /// What is wrong, with placeholders.
    pub message: Located<String>,
    /// Text beside the underline, with placeholders.
    #[serde(default)]
    pub label: Option<Located<String>>,
    /// What to do about it, with placeholders.
    pub help: Located<String>,
    /// Why it matters, in sentences; the first is shown with the first diagnostic of a run.
    pub why: String,
    /// Where to read more, and the source of each constant.
    #[serde(default)]
    pub references: Vec<String>,
    /// Languages of the posts it looks at; all when empty.
    #[serde(default)]
    pub languages: Vec<Language>,
    /// Articles, pages, or both (the default).
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Path globs that it looks at; all when empty.
    #[serde(default)]
    pub paths: Vec<Located<String>>,
    /// What becomes one diagnostic.
    #[serde(default)]
    pub merge: Merge,
    /// More specific lints: on bytes that one of them marks too, this one stays silent.
    #[serde(default)]
    pub yields_to: Vec<Located<String>>,
    /// Whether the blocks it marks are not the author's text: metrics and other lints about text leave them out.
    #[serde(default)]
    pub sets_aside: bool,
    /// How what it marks is put right; none where only a person can.
    #[serde(default)]
    pub fix: Option<Located<Fix>>,
    /// What it marks and what it leaves alone.
    pub examples: Examples,
}

/// Which hits of a lint become one diagnostic with several places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Merge {
    /// None: each hit is a diagnostic.
    Never,
    /// Those in one block.
    #[default]
    Block,
    /// All in one post.
    Post,
}

/// A lint for tests of what shows lints.
#[cfg(test)]
pub(crate) fn specimen(family: &str, name: &str, summary: &str) -> Arc<Lint> {
    let text = format!(
        "summary: {summary}\nlevel: warn\nsince: 0.1.0\nmatch: {{text: {{phrases: [soft]}}}}\n\
         message: soft\nhelp: eat it\nwhy: It is so.\nexamples: {{}}\n"
    );
    specimen_of(family, name, &text)
}

/// The same from a whole record.
#[cfg(test)]
pub(crate) fn specimen_of(family: &str, name: &str, text: &str) -> Arc<Lint> {
    let mut loader = Loader::default();
    loader.own(family, name, "specimen.yaml", text);
    Arc::new(loader.finish().expect("the record is well-formed").remove(0))
}
