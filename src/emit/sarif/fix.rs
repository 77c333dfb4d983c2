//! How a result is repaired, in SARIF (§3.55): what a viewer may do by itself, and what a person should look at.

use serde_json::{Value, json};

use super::super::Run;
use super::super::sanitise::prose;
use super::super::text::Texts;
use super::escaped;
use super::place::{Region, artifact};
use crate::diagnostic::Diagnostic;

/// The repair of a diagnostic; `None` where there is none, or its file can no longer be read.
pub(super) fn fixes(diagnostic: &Diagnostic, run: &Run<'_>, texts: &mut Texts<'_>) -> Option<Value> {
    // SARIF has no words for another name.
    let fix = diagnostic.fix.as_ref().filter(|fix| fix.rename.is_none())?;
    let path = &diagnostic.place.path;
    let mut replacements = vec![];
    for edit in &fix.edits {
        let (start, end) = texts.range(path, edit.span)?;
        let mut replacement = json!({ "deletedRegion": Region::new(start, end) });
        if !edit.text.is_empty() {
            replacement["insertedContent"] = json!({ "text": edit.text });
        }
        replacements.push(replacement);
    }
    let help = escaped(&prose(&diagnostic.help, false));
    let text = if fix.is_safe { help } else { format!("{help} (unsafe: look at the result)") };
    let change = json!({ "artifactLocation": artifact(&run.in_repository(path)), "replacements": replacements });
    Some(json!([{ "description": { "text": text }, "artifactChanges": [change] }]))
}
