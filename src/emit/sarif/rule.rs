//! Rules in SARIF: what the records of the lints that found something say, for the page that a service shows of each.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::Run;
use super::level;
use crate::diagnostic::Diagnostic;
use crate::lint::{Lint, in_general};

/// The lints of a run that found something, by name.
pub(super) struct Rules<'a> {
    names: BTreeMap<&'a str, usize>,
    descriptors: Vec<Value>,
}

impl<'a> Rules<'a> {
    pub(super) fn of(run: &Run<'_>, diagnostics: &[&'a Diagnostic]) -> Self {
        let names: BTreeMap<&str, usize> = diagnostics.iter().map(|diagnostic| (&*diagnostic.lint, 0)).collect();
        let names: BTreeMap<&str, usize> = names.into_keys().zip(0..).collect();
        let descriptor = |name: &&str| match run.backdrop.lint(name) {
            Some(lint) => descriptor(&lint),
            None => json!({ "id": name }),
        };
        let descriptors = names.keys().map(descriptor).collect();
        Self { names, descriptors }
    }

    /// Where a lint stands among the rules.
    pub(super) fn index(&self, lint: &str) -> usize {
        self.names[lint]
    }

    /// The program with its rules.
    pub(super) fn driver(&self) -> Value {
        let version = env!("CARGO_PKG_VERSION");
        let mut driver = json!({
            "name": "copydesk",
            "version": version,
            "semanticVersion": version,
            "rules": self.descriptors,
        });
        let home = env!("CARGO_PKG_REPOSITORY");
        if !home.is_empty() {
            driver["informationUri"] = home.into();
        }
        driver
    }
}

fn descriptor(lint: &Lint) -> Value {
    let record = &lint.record;
    let setting = record.level.default;
    let usual = setting.level();
    let mut rule = json!({
        "id": &*lint.name,
        "name": pascal(&lint.name),
        "shortDescription": { "text": sentence(&record.summary.value) },
        "fullDescription": { "text": paragraphs(&in_general(&record.why)) },
        "help": { "text": plain_help(lint), "markdown": lint.help_page() },
        "defaultConfiguration": { "enabled": usual.is_some(), "level": usual.map_or("none", level) },
        "properties": {
            "tags": [&*lint.family],
            // A lint ships when its hits on well-kept sites were looked at one by one (CONTRIBUTING.md).
            "precision": "high",
            "problem.severity": usual.map_or("recommendation", |usual| match level(usual) {
                "note" => "recommendation",
                word => word,
            }),
        },
    });
    if let Some(address) = lint.address() {
        rule["helpUri"] = address.into();
    }
    rule
}

/// The same as the Markdown, for what shows plain text.
fn plain_help(lint: &Lint) -> String {
    let record = &lint.record;
    let (why, help) = (paragraphs(&in_general(&record.why)), in_general(&record.help.value));
    let mut text = format!("{why}\n\nWhat to do: {}", sentence(&help));
    for reference in &record.references {
        text.push_str(&format!("\n{reference}"));
    }
    text
}

/// Each paragraph on one line: the lines of a record are those of its editor.
fn paragraphs(text: &str) -> String {
    let joined = |paragraph: &str| paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim().split("\n\n").map(joined).collect::<Vec<_>>().join("\n\n")
}

/// Records begin with a lower-case letter and end without a stop; SARIF wants sentences.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

/// `soft-pear` as `SoftPear`: names of rules are identifiers.
fn pascal(name: &str) -> String {
    name.split('-').map(|part| sentence(part).trim_end_matches('.').to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_sentences() {
        assert_eq!(pascal("soft-pear2"), "SoftPear2");
        assert_eq!(sentence("a soft pear"), "A soft pear.");
        assert_eq!(sentence(""), ".");
        assert_eq!(paragraphs("a\n  b\n\nc\n"), "a b\n\nc");
    }
}
