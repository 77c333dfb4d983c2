//! One regular expression: read at once, compiled when the first candidate needs it.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

use super::literal;

/// The most memory one compiled pattern may take, in bytes.
const SIZE_LIMIT: usize = 4 << 20;

/// A regular expression and what it cannot match without.
#[derive(Debug)]
pub struct Pattern {
    text: String,
    /// Lower-case texts of which every match contains one, whatever its case; empty when there is no such set.
    pub(super) literals: Vec<String>,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn new(text: &str) -> Result<Self, String> {
        let literals = literal::required(&super::parse(text)?);
        Ok(Self { text: text.to_owned(), literals, compiled: OnceLock::new() })
    }

    /// The compiled pattern; `None` when it is too large, which `compile` reports.
    pub fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| self.build().ok()).as_ref()
    }

    /// Compiles the pattern now.
    ///
    /// # Errors
    /// Why it does not compile.
    pub fn compile(&self) -> Result<(), String> {
        self.build().map(|_| ())
    }

    fn build(&self) -> Result<Regex, String> {
        RegexBuilder::new(&self.text).size_limit(SIZE_LIMIT).build().map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => "it grows too large; use smaller repetitions".into(),
            other => other.to_string(),
        })
    }
}
