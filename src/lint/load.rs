//! Loads lints: the built-in ones and the user's own, with what the configuration lays over them. Mistakes become notices
//! that point into the record or into the configuration, whichever is at fault.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::template::{Template, TemplateError};
use super::{Lint, Record};
use crate::diagnostic::Notice;
use crate::source::Span;
use crate::spanned::de::{Located, from_node};
use crate::spanned::{Error, Node, yaml};

/// The records in this binary: family, name, text, and the same as JSON.
const BUILTIN: &[(&str, &str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/records.rs"));

/// The names of the built-in lints.
pub fn builtin_names() -> impl Iterator<Item = &'static str> {
    BUILTIN.iter().map(|(_, name, ..)| *name)
}

/// A record as it is written, and where.
#[derive(Clone, Copy)]
struct Written<'a> {
    family: &'a str,
    name: &'a str,
    path: &'a str,
    text: &'a str,
    is_own: bool,
}

/// Loads records one by one, collecting lints and notices.
#[derive(Default)]
pub struct Loader<'a> {
    /// What the configuration lays over lints, by name.
    overlays: Vec<(&'a str, &'a Node)>,
    /// The configuration's path and text, for notices.
    config: Option<(Arc<str>, Arc<str>)>,
    lints: Vec<Lint>,
    notices: Vec<Notice>,
}

impl<'a> Loader<'a> {
    /// A loader that lays `overlays` (lint name, part of its record) of the configuration file over the records.
    pub fn new(config: Option<(Arc<str>, Arc<str>)>, overlays: Vec<(&'a str, &'a Node)>) -> Self {
        Self { overlays, config, ..Self::default() }
    }

    /// Loads the built-in lints.
    pub fn builtin(&mut self) -> &mut Self {
        for (family, name, text, json) in BUILTIN {
            let path = format!("lints/{family}/{name}.yaml");
            let is_changed = self.overlays.iter().any(|(of, _)| of == name);
            // The tests read every record in both ways, so a record that JSON does not give is told of by the YAML.
            let record = if is_changed { None } else { serde_json::from_str(json).ok() };
            self.record(Written { family, name, path: &path, text, is_own: false }, record);
        }
        self
    }

    /// Loads one of the user's own records. A name that is taken is a mistake: built-in lints are changed under `lints:`.
    pub fn own(&mut self, family: &str, name: &str, path: &str, text: &str) -> &mut Self {
        if let Some(taken) = self.lints.iter().find(|lint| &*lint.name == name) {
            let message = format!("the name `{name}` is taken by {}", taken.path);
            let help = Some("rename the file; a built-in lint is changed under `lints:` of copydesk.yaml".into());
            self.notices.push(Notice { message, help, path: path.into(), text: text.into(), span: Span::default() });
            return self;
        }
        self.record(Written { family, name, path, text, is_own: true }, None);
        self
    }

    /// The lints sorted by name, or every mistake that was found.
    ///
    /// # Errors
    /// When a record or what is laid over it has a mistake, or a lint yields to one that does not exist.
    pub fn finish(mut self) -> Result<Vec<Lint>, Vec<Notice>> {
        let names: BTreeSet<_> = self.lints.iter().map(|lint| lint.name.clone()).collect();
        for lint in &self.lints {
            for other in lint.record.yields_to.iter().filter(|other| !names.contains(other.value.as_str())) {
                let message = format!("there is no lint `{}` to yield to", other.value);
                self.notices.push(lint.notice(self.config.as_ref(), message, None, (other.span, other.layer)));
            }
        }
        self.lints.sort_by(|a, b| a.name.cmp(&b.name));
        if self.notices.is_empty() { Ok(self.lints) } else { Err(self.notices) }
    }

    /// Adds a lint: from its `record` if that has been read, else from what is written.
    fn record(&mut self, written: Written<'_>, record: Option<Record>) {
        let Written { family, name, path, text, is_own } = written;
        let overlay = self.overlays.iter().rev().find(|(of, _)| *of == name).map(|(_, node)| *node);
        let record = record.map_or_else(|| read(text, overlay), Ok);
        match record.and_then(|record| Templates::of(&record).map(|templates| (record, templates))) {
            Ok((record, templates)) => self.lints.push(Lint {
                name: name.into(),
                family: family.into(),
                path: path.into(),
                text: text.into(),
                is_own,
                record,
                message: templates.message,
                label: templates.label,
                help: templates.help,
                replacement: templates.replacement,
                key: templates.key,
            }),
            Err(error) => {
                let (path, text) = match (&self.config, error.layer) {
                    (Some((path, text)), 1) => (path.clone(), text.clone()),
                    _ => (path.into(), text.into()),
                };
                self.notices.push(Notice { message: error.message, help: error.help, path, text, span: error.span });
            }
        }
    }
}

impl Lint {
    /// A notice about a place in this lint's record, or in the configuration that was laid over it (layer 1).
    pub fn notice(
        &self,
        config: Option<&(Arc<str>, Arc<str>)>,
        message: String,
        help: Option<String>,
        (span, layer): (Span, u8),
    ) -> Notice {
        let (path, text) = match (config, layer) {
            (Some((path, text)), 1) => (path.clone(), text.clone()),
            _ => (self.path.clone(), self.text.clone()),
        };
        Notice { message, help, path, text, span }
    }
}

/// Reads a record, with the configuration's mapping for it laid over.
fn read(text: &str, overlay: Option<&Node>) -> Result<Record, Error> {
    let mut root = yaml::parse(text)?;
    if let Some(overlay) = overlay {
        root.overlay(overlay, 1);
    }
    from_node(&root)
}

struct Templates {
    message: Template,
    label: Template,
    help: Template,
    replacement: Template,
    key: Template,
}

impl Templates {
    fn of(record: &Record) -> Result<Self, Error> {
        let known = record.matcher.value.vars();
        let parse = |text: &Located<String>| {
            Template::parse(&text.value, &known).map_err(|error| template_error(&error, text, &known))
        };
        let label = record.label.as_ref().map(parse).transpose()?;
        let empty = || Template::parse("", &known).expect("no placeholder");
        if let Some(fix) = record.fix.as_ref().filter(|fix| !fix.value.is_one()) {
            let message = "a fix does exactly one of `delete`, `replace`, `set`, `rename` and `repair`".to_owned();
            return Err(Error { message, help: None, span: fix.span, layer: fix.layer });
        }
        let fix = record.fix.as_ref().map(|fix| &fix.value);
        let replacement = fix.and_then(|fix| fix.written()).map(parse).transpose()?;
        let key = fix.and_then(|fix| fix.set.as_ref()).map(|set| parse(&set.key)).transpose()?;
        Ok(Self {
            message: parse(&record.message)?,
            label: label.unwrap_or_else(empty),
            help: parse(&record.help)?,
            replacement: replacement.unwrap_or_else(empty),
            key: key.unwrap_or_else(empty),
        })
    }
}

fn template_error(error: &TemplateError, text: &Located<String>, known: &[String]) -> Error {
    let (message, help) = match error {
        TemplateError::Unclosed => ("a brace has no partner".into(), "write `{{` or `}}` for a brace itself".into()),
        TemplateError::Unknown(name) => {
            let all: Vec<_> = known.iter().map(String::as_str).chain(super::template::COMMON.iter().copied()).collect();
            (format!("nothing fills the placeholder `{{{name}}}`"), format!("this matcher fills {}", all.join(", ")))
        }
    };
    Error { message, help: Some(help), span: text.span, layer: text.layer }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every record reads alike from JSON and from YAML, but for places, which JSON has not.
    #[test]
    fn prepared_records_say_what_is_written() {
        for (family, name, text, json) in BUILTIN {
            let written = read(text, None).unwrap_or_else(|error| panic!("{family}/{name}: {error:?}"));
            let prepared: Record =
                serde_json::from_str(json).unwrap_or_else(|error| panic!("{family}/{name}: {error}"));
            assert_eq!(without_places(&format!("{prepared:?}")), without_places(&format!("{written:?}")), "{name}");
        }
    }

    fn without_places(debug: &str) -> String {
        let mut parts = debug.split("span: Span {");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| text + part.split_once('}').map_or(part, |(_, rest)| rest))
    }
}
