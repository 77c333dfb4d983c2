//! How what a lint marks is put right, as its record says. What becomes of the bytes is for `crate::fix`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::spanned::de::Located;

/// How what a lint marks is put right: exactly one of `delete`, `replace`, `set`, `rename`, `repair`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Fix {
    /// This is taken out.
    #[serde(default)]
    pub delete: Option<Deletion>,
    /// The marked text becomes this, with the placeholders of the matcher.
    #[serde(default)]
    pub replace: Option<Located<String>>,
    /// A key of the front matter gets a value, and all else there stays.
    #[serde(default)]
    pub set: Option<KeyValue>,
    /// The file gets this name, in the folder that it is in, with the placeholders of the matcher.
    #[serde(default)]
    pub rename: Option<Located<String>>,
    /// The repair is made that the matcher has tried, whatever it marks.
    #[serde(default)]
    pub repair: Option<Known>,
    /// Whether a person should look at the result.
    pub safety: Safety,
}

/// A key and its value, with the placeholders of the matcher.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct KeyValue {
    /// The key, at the top level.
    pub key: Located<String>,
    /// The value: a day (`2024-05-06`) is written as one, anything else as text.
    pub value: Located<String>,
}

/// What is taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Deletion {
    /// The marked text, and nothing else.
    Match,
    /// The lines that the mark is in; with them one of two blank lines that would meet.
    Line,
    /// The HTML element whose start tag is marked, or the comment.
    Element,
}

/// The repair that a matcher brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// The one that was tried.
    Tried,
}

/// Whether a fix may change what readers see otherwise than was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Safety {
    /// Nothing that is meant is lost: made by `--fix`.
    Safe,
    /// A person should look at the result: made by `--unsafe-fixes` only.
    Unsafe,
}

impl Safety {
    /// The flag of the command line that makes such fixes.
    pub fn flag(self) -> &'static str {
        match self {
            Safety::Safe => "--fix",
            Safety::Unsafe => "--unsafe-fixes",
        }
    }
}

impl Fix {
    /// What is written: in place of the mark, as a value, as a name.
    pub(super) fn written(&self) -> Option<&Located<String>> {
        let value = self.set.as_ref().map(|set| &set.value);
        self.replace.as_ref().or(value).or(self.rename.as_ref())
    }

    /// Whether it says one thing to do, and no more.
    pub(super) fn is_one(&self) -> bool {
        let said = [
            self.delete.is_some(),
            self.replace.is_some(),
            self.set.is_some(),
            self.rename.is_some(),
            self.repair.is_some(),
        ];
        said.into_iter().filter(|said| *said).count() == 1
    }
}
