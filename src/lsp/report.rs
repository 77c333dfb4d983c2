//! Diagnostics as the protocol has them.

use std::path::Path;

use serde_json::{Value, json};

use super::document::Document;
use super::position::{Encoding, Lines};
use super::uri;
use crate::diagnostic::{Diagnostic, Level, Related};
use crate::source::Source;

/// How diagnostics are told.
pub(super) struct Teller<'a> {
    /// The root of the site.
    pub(super) root: &'a Path,
    /// In which units columns are counted.
    pub(super) encoding: Encoding,
    /// Where a lint is explained, for clients that show it.
    pub(super) address: &'a dyn Fn(&str) -> Option<String>,
    /// Reads other posts: places in them are told by line and column, too.
    pub(super) source: &'a dyn Fn(&str) -> Option<Source>,
}

impl Teller<'_> {
    /// The diagnostics of an open document.
    pub(super) fn all(&self, document: &Document, diagnostics: &[Diagnostic]) -> Vec<Value> {
        diagnostics.iter().map(|one| self.one(&document.text, &document.lines, one)).collect()
    }

    /// The diagnostics of a post that is not open.
    pub(super) fn of_file(&self, path: &str, diagnostics: &[Diagnostic]) -> Vec<Value> {
        let Some(source) = (self.source)(path) else { return vec![] };
        let lines = Lines::of(&source.text);
        diagnostics.iter().map(|one| self.one(&source.text, &lines, one)).collect()
    }

    fn one(&self, text: &str, lines: &Lines, one: &Diagnostic) -> Value {
        let range = |span| lines.range(text, span, self.encoding);
        let also = one.also.iter().map(|span| {
            json!({
                "location": {"uri": uri::of_path(&self.root.join(&*one.place.path)), "range": range(*span)},
                "message": "here, too",
            })
        });
        let related: Vec<Value> =
            one.related.iter().filter_map(|related| self.related(one, text, lines, related)).chain(also).collect();
        // What a repair takes out altogether is of no use where it stands.
        let deletes = one
            .fix
            .as_ref()
            .is_some_and(|fix| !fix.edits.is_empty() && fix.edits.iter().all(|edit| edit.text.is_empty()));
        let tags: &[u8] = if deletes { &[1] } else { &[] };
        let mut told = json!({
            "range": range(one.place.span),
            "severity": match one.level { Level::Error => 1, Level::Warn => 2, Level::Info => 3 },
            "code": &*one.lint,
            "source": "copydesk",
            "message": if one.help.is_empty() { one.message.clone() } else { format!("{}\nhelp: {}", one.message, one.help) },
            "tags": tags,
            "relatedInformation": related,
            "data": one.fingerprint,
        });
        if let Some(address) = (self.address)(&one.lint) {
            told["codeDescription"] = json!({"href": address});
        }
        told
    }

    fn related(&self, one: &Diagnostic, text: &str, lines: &Lines, related: &Related) -> Option<Value> {
        let path = &related.place.path;
        let range = if *path == one.place.path {
            lines.range(text, related.place.span, self.encoding)
        } else {
            let source = (self.source)(path)?;
            Lines::of(&source.text).range(&source.text, related.place.span, self.encoding)
        };
        let message = if related.message.is_empty() { "see also" } else { &related.message };
        Some(json!({ "location": {"uri": uri::of_path(&self.root.join(&**path)), "range": range}, "message": message }))
    }
}
