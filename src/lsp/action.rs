//! What can be done about diagnostics at one keystroke: repairs, all of them at once, suppressions, a look at the other copy.

use std::path::Path;

use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};

use super::document::Document;
use super::position::Encoding;
use super::uri;
use crate::desk::{Desk, edits_together};
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::{Source, Span};
use crate::suppress::insert::Spot;

/// The kind of the action that makes all safe repairs of a file.
pub(super) const FIX_ALL: &str = "source.fixAll.copydesk";

/// What stands in a suppression where its author is to say why.
const REASON: &str = "say why";

/// A document, and what is said of it.
pub(super) struct Place<'a> {
    /// The root of its site.
    pub(super) root: &'a Path,
    /// Its path, relative to the root.
    pub(super) path: &'a str,
    /// The document.
    pub(super) document: &'a Document,
    /// What is said of its present text.
    pub(super) diagnostics: &'a [Diagnostic],
    /// Units of columns.
    pub(super) encoding: Encoding,
    /// A desk that has the post.
    pub(super) desk: &'a Desk,
    /// Whether the client can do more than change texts.
    pub(super) renames: bool,
    /// Whether it can show other documents.
    pub(super) shows: bool,
    /// Its text with all safe repairs made.
    pub(super) repaired: &'a dyn Fn() -> Option<String>,
    /// Reads other posts.
    pub(super) source: &'a dyn Fn(&str) -> Option<Source>,
}

impl Place<'_> {
    /// The actions for a stretch of the text, of the kinds that are asked for (all, if none is named).
    pub(super) fn actions(&self, at: Span, only: &[&str]) -> Vec<Value> {
        let is_asked = |kind: &str| only.is_empty() || only.iter().any(|asked| is_of_kind(kind, asked));
        let mut actions = vec![];
        if is_asked("quickfix") {
            for one in self.diagnostics.iter().filter(|one| touches(one, at)) {
                actions.extend(self.repair(one));
                actions.extend(self.all_of(one));
                actions.extend(self.others(one));
                actions.extend(self.suppressions(one));
            }
        }
        let is_safe = |one: &Diagnostic| one.fix.as_ref().is_some_and(|fix| fix.is_safe && fix.rename.is_none());
        if is_asked(FIX_ALL) && self.diagnostics.iter().any(is_safe) {
            actions.extend((self.repaired)().map(|text| self.all_repairs(&text)));
        }
        actions
    }

    /// What makes another text of the document, line by line: repairs may have met, so there is no edit for each.
    fn all_repairs(&self, repaired: &str) -> Value {
        let diff = TextDiff::from_lines(&*self.document.text, repaired);
        let (mut at, mut edits) = (0, vec![]);
        for change in diff.iter_all_changes() {
            let length = change.value().len();
            match change.tag() {
                ChangeTag::Equal => at += length,
                ChangeTag::Delete => {
                    edits.push(Edit { span: Span::new(at, at + length), text: String::new() });
                    at += length;
                }
                ChangeTag::Insert => edits.push(Edit::insert(at, change.value())),
            }
        }
        let edit = self.edit(&merged(edits));
        json!({"title": "copydesk: make all safe repairs", "kind": FIX_ALL, "edit": edit})
    }

    fn repair(&self, one: &Diagnostic) -> Option<Value> {
        let fix = one.fix.as_ref()?;
        let edit = match &fix.rename {
            Some(to) if self.renames => json!({"documentChanges": [{
                "kind": "rename",
                "oldUri": uri::of_path(&self.document.path),
                "newUri": uri::of_path(&self.root.join(to)),
            }]}),
            Some(_) => return None,
            None => self.edit(&fix.edits),
        };
        let what = if fix.is_safe { "repair" } else { "repair (look at the result)" };
        Some(json!({
            "title": format!("{}: {what}", one.lint),
            "kind": "quickfix",
            "isPreferred": fix.is_safe,
            "edit": edit,
            "data": one.fingerprint,
        }))
    }

    /// All repairs of one lint, where there are several.
    fn all_of(&self, one: &Diagnostic) -> Option<Value> {
        one.fix.as_ref()?;
        let is_alike = |other: &Diagnostic| other.lint == one.lint && other.fix.is_some();
        let count = self.diagnostics.iter().filter(|other| is_alike(other)).count();
        let edits = if count > 1 { self.together(&is_alike) } else { vec![] };
        let title = format!("{}: repair all {count} in this file", one.lint);
        (!edits.is_empty()).then(|| json!({"title": title, "kind": "quickfix", "edit": self.edit(&edits)}))
    }

    fn suppressions(&self, one: &Diagnostic) -> Vec<Value> {
        let spots = [(Spot::Beside, "here"), (Spot::Body, "in this file")];
        let written = spots.into_iter().filter_map(|(spot, place)| {
            let edits = self.desk.directives(self.path, (&one.lint, one.place.span), REASON, spot)?;
            let title = format!("{}: suppress {place}, with a reason", one.lint);
            Some(json!({"title": title, "kind": "quickfix", "edit": self.edit(&edits)}))
        });
        written.collect()
    }

    /// The edits of those that are wanted, but for what meets others.
    fn together(&self, is_wanted: &dyn Fn(&Diagnostic) -> bool) -> Vec<Edit> {
        let has_edits = |one: &&Diagnostic| one.fix.as_ref().is_some_and(|fix| fix.rename.is_none());
        let wanted: Vec<&Diagnostic> = self.diagnostics.iter().filter(has_edits).filter(|one| is_wanted(one)).collect();
        edits_together(&wanted)
    }

    fn edit(&self, edits: &[Edit]) -> Value {
        let (text, lines) = (&self.document.text, &self.document.lines);
        let edit = |edit: &Edit| json!({"range": lines.range(text, edit.span, self.encoding), "newText": edit.text});
        let edits: Vec<Value> = edits.iter().map(edit).collect();
        json!({"changes": {uri::of_path(&self.document.path): edits}})
    }
}

/// Edits that follow upon each other, made into one each.
fn merged(edits: Vec<Edit>) -> Vec<Edit> {
    let mut all: Vec<Edit> = vec![];
    for edit in edits {
        match all.last_mut().filter(|last| last.span.end == edit.span.start) {
            Some(last) => {
                last.span.end = edit.span.end;
                last.text.push_str(&edit.text);
            }
            None => all.push(edit),
        }
    }
    all
}

/// Whether a diagnostic is said of a stretch, or of a place in it.
fn touches(one: &Diagnostic, at: Span) -> bool {
    let near = |span: Span| span.start <= at.end && at.start <= span.end;
    near(one.place.span) || one.also.iter().any(|span| near(*span))
}

/// Whether `kind` is the kind that was asked for, or one below it.
fn is_of_kind(kind: &str, asked: &str) -> bool {
    kind.strip_prefix(asked).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
