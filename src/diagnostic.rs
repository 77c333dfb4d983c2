//! What copydesk says about a place: levels, places, diagnostics of lints, notices about the user's own configuration, and
//! failures of the world. Knows no lint and no output format.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Span;

/// How serious a diagnostic is. Ordered from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Worth knowing; nothing is wrong yet.
    Info,
    /// A careful editor would change it.
    Warn,
    /// The post is broken for readers or for the site generator.
    Error,
}

impl Level {
    /// The word for this level, as records and emitters write it.
    pub fn name(self) -> &'static str {
        match self {
            Level::Info => "info",
            Level::Warn => "warn",
            Level::Error => "error",
        }
    }
}

/// A span in a named file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path relative to the site root, with `/`.
    pub path: Arc<str>,
    /// Where in the file's decoded text.
    pub span: Span,
}

/// A second place that belongs to a diagnostic, with what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What is to be seen there; may be empty.
    pub message: String,
}

/// Whether a diagnostic is shown, and if not, why. Hidden diagnostics stay in the report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Verdict {
    /// Shown.
    Reported,
    /// Hidden because a more specific lint speaks about the same text.
    Yielded {
        /// Why, in words for the user.
        reason: String,
    },
    /// Hidden because the author asked for it.
    Suppressed {
        /// Why, in words for the user.
        reason: String,
    },
    /// Hidden because the baseline knows it.
    Baselined,
}

/// One thing a lint found: the message with its places.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Name of the lint.
    pub lint: Arc<str>,
    /// Family of the lint.
    pub family: Arc<str>,
    /// How serious.
    pub level: Level,
    /// What is wrong, with the words of the post filled in.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Where, and nowhere else.
    pub place: Place,
    /// Text beside the underline; may be empty.
    pub label: String,
    /// Further places: the other post, the first use of a key.
    pub related: Vec<Related>,
    /// Where the same lint was merged into this diagnostic, in order of position.
    pub also: Vec<Span>,
    /// How it can be put right, if a program can.
    pub fix: Option<Fix>,
    /// Stays the same while the marked text does, wherever in the file it moves. 16 hexadecimal digits.
    pub fingerprint: String,
    /// Shown or not.
    pub verdict: Verdict,
}

/// How a diagnostic can be put right. All of its edits, or none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// Whether nothing that is meant is lost. Otherwise a person should look at the result.
    pub is_safe: bool,
    /// What is changed in the file of the diagnostic, in order of position.
    pub edits: Vec<Edit>,
    /// The path that the file has afterwards, where it gets another name.
    pub rename: Option<String>,
}

/// A piece of text that takes the place of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards; empty to delete.
    pub text: String,
}

impl Edit {
    /// Puts `text` in at the byte `at`.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self { span: Span::at(at), text: text.into() }
    }
}

impl Diagnostic {
    /// Whether emitters show it.
    pub fn is_reported(&self) -> bool {
        self.verdict == Verdict::Reported
    }

    /// How many places it stands for.
    pub fn count(&self) -> usize {
        1 + self.also.len()
    }
}

/// Whether a message says by itself that it stands for so many places.
pub fn says_count(message: &str, count: usize) -> bool {
    message.split(|c: char| !c.is_alphanumeric()).any(|word| word.parse() == Ok(count))
}

/// A mistake in a file that steers copydesk (configuration, a lint record, a schema), with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What is wrong.
    pub message: String,
    /// What to do about it, if there is something to say.
    pub help: Option<String>,
    /// The file, as the user would name it.
    pub path: Arc<str>,
    /// The file's text, for the excerpt; empty when it could not be read.
    pub text: Arc<str>,
    /// Where in that text.
    pub span: Span,
}

/// Something that could not be done: a file that could not be read, a post that broke the program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// The file, relative to the site root.
    pub path: Arc<str>,
    /// What went wrong.
    pub error: String,
    /// What to do about it.
    pub help: String,
}
