//! The JSON Schema for front matter that a user names, read and compiled once so that its mistakes are told at the start; and
//! the JSON Schema of `copydesk.yaml` itself.

use std::path::Path;
use std::sync::Arc;

use super::{Config, File};
use crate::diagnostic::Notice;
use crate::source::Span;

/// Why a schema cannot be used.
pub(super) enum Wrong {
    /// The file cannot be read: the setting that names it is to blame.
    Unreadable(String),
    /// The file is no JSON, at this place of it.
    NotJson { path: Arc<str>, text: Arc<str>, error: String, at: usize },
    /// It is JSON and no schema.
    NotSchema(String),
}

impl Wrong {
    /// The notice, in the schema's own text where that is where the mistake is, else at `setting`.
    pub(super) fn notice(self, config: &Config, setting: Span) -> Notice {
        let here = |message: String, help: &str| Notice {
            message,
            help: Some(help.to_owned()),
            path: config.path.clone(),
            text: config.text.clone(),
            span: setting,
        };
        match self {
            Wrong::Unreadable(why) => {
                here(format!("the schema cannot be read: {why}"), "the path is relative to the folder of this file")
            }
            Wrong::NotSchema(why) => here(
                format!("the file is no JSON Schema: {why}"),
                "see https://json-schema.org for what a schema may hold",
            ),
            Wrong::NotJson { path, text, error, at } => Notice {
                message: format!("the schema is not JSON: {error}"),
                help: None,
                path,
                span: Span::at(at.min(text.len())),
                text,
            },
        }
    }
}

/// Reads a schema and makes sure that it can be compiled.
pub(super) fn load(path: &Path) -> Result<serde_json::Value, Wrong> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        let missing = error.kind() == std::io::ErrorKind::NotFound;
        Wrong::Unreadable(if missing { "no such file".to_owned() } else { error.to_string() })
    })?;
    let schema = serde_json::from_str(&text).map_err(|error| Wrong::NotJson {
        path: path.to_string_lossy().into(),
        at: offset(&text, error.line(), error.column()),
        error: plain(&error),
        text: text.as_str().into(),
    })?;
    jsonschema::validator_for(&schema).map_err(|error| Wrong::NotSchema(error.to_string()))?;
    Ok(schema)
}

/// The byte that `serde_json` means: lines from 1, columns in bytes from 1; column 0 is the end of the line before.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The message without the position, which the excerpt shows better.
fn plain(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or(&message).to_owned()
}

/// The JSON Schema of `copydesk.yaml`, as published in `docs/copydesk.schema.json`.
pub fn of_config() -> String {
    let schema = schemars::schema_for!(File);
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is plain JSON");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_schema_is_up_to_date() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/copydesk.schema.json");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("the folder can be made");
            std::fs::write(&path, of_config()).expect("the schema can be written");
        }
        let published = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(published == of_config(), "run `UPDATE=1 cargo test schema` and commit {}", path.display());
    }

    #[test]
    fn the_schema_takes_and_refuses_what_the_reader_does() {
        let schema = serde_json::from_str(&of_config()).expect("it is JSON");
        let validator = jsonschema::validator_for(&schema).expect("it is a schema");
        let takes = |text: &str| {
            let value: serde_json::Value = serde_yaml::from_str(text).expect("it is YAML");
            let read = Config::from_text("copydesk.yaml", text, Path::new("")).is_ok();
            assert_eq!(validator.is_valid(&value), read, "{text}: the schema and the reader disagree");
            read
        };
        for text in [
            "{}",
            "generator: hugo",
            "lints: {a: off, b: {match: {limit: 3}}}",
            "overrides: [{paths: [a], lints: {a: warn}}]",
            "front-matter: {required: [title], types: {date: date}}",
        ] {
            assert!(takes(text), "{text}");
        }
        for text in [
            "generator: joomla",
            "presets: strict",
            "exclude: a",
            "exclude: ['']",
            "lints: {a: loud}",
            "lints: {a: 3}",
            "overrides: [{paths: [a]}]",
            "front-matter: {types: {date: day}}",
        ] {
            assert!(!takes(text), "{text}");
        }
    }

    #[test]
    fn places_in_json_are_bytes() {
        let text = "{\n  \"中\": x}";
        let error = serde_json::from_str::<serde_json::Value>(text).expect_err("x is no value");
        assert_eq!(&text[offset(text, error.line(), error.column())..], "x}");
    }
}
