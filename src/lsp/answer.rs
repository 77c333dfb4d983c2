//! Answers to what the client asks about documents.

use std::collections::BTreeMap;

use lsp_server::ErrorCode;
use serde_json::{Value, json};

use super::action::Place;
use super::position::Range;
use super::server::{Answer, Server};
use super::sync::canonical;
use super::{hover, keys, uri};
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

impl Server<'_> {
    pub(super) fn pulled(&self, params: &Value) -> Value {
        let uri = params["textDocument"]["uri"].as_str().unwrap_or_default();
        let items = if self.documents.contains_key(uri) { self.diagnostics(uri) } else { self.of_closed(uri) };
        full_or_unchanged(items, params["previousResultId"].as_str())
    }

    /// What the site says of a post that is not open.
    fn of_closed(&self, uri: &str) -> Vec<Value> {
        let Some(path) = uri::to_path(uri).map(|path| canonical(&path)) else { return vec![] };
        let found = self.site_around(&path).and_then(|site| {
            let (path, found) = site.news.found.get_key_value(&site.post(&path)?)?;
            Some(self.told(site, |teller| teller.of_file(path, found)))
        });
        found.unwrap_or_default()
    }

    pub(super) fn all_pulled(&self, params: &Value) -> Value {
        let before = params["previousResultIds"].as_array().cloned().unwrap_or_default();
        let before: BTreeMap<&str, &str> =
            before.iter().filter_map(|one| Some((one["uri"].as_str()?, one["value"].as_str()?))).collect();
        let mut all: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for site in self.sites.values() {
            for (path, found) in &site.news.found {
                let file = site.root.join(&**path);
                if !self.documents.values().any(|document| document.path == file) {
                    all.insert(uri::of_path(&file), self.told(site, |teller| teller.of_file(path, found)));
                }
            }
        }
        let open = self.documents.keys().map(|uri| (uri.clone(), self.diagnostics(uri)));
        all.extend(open);
        // What was told of before and has nothing left is told so.
        before.keys().for_each(|uri| _ = all.entry((*uri).to_owned()).or_default());
        let items = all.into_iter().map(|(uri, items)| {
            let mut one = full_or_unchanged(items, before.get(&*uri).copied());
            one["version"] = self.documents.get(&uri).map_or(Value::Null, |document| document.version.into());
            one["uri"] = uri.into();
            one
        });
        json!({"items": items.collect::<Vec<_>>()})
    }

    pub(super) fn actions(&self, params: &Value) -> Answer {
        let Some((site, path, document)) = self.post(params["textDocument"]["uri"].as_str().unwrap_or_default()) else {
            return Ok(json!([]));
        };
        let range: Range = serde_json::from_value(params["range"].clone())
            .map_err(|error| (ErrorCode::InvalidParams, format!("no range: {error}")))?;
        let client = self.client.unwrap_or_default();
        let at = |position| document.lines.offset(&document.text, position, client.encoding);
        let (start, end) = (at(range.start), at(range.end));
        let only = params.pointer("/context/only").and_then(Value::as_array).cloned().unwrap_or_default();
        let only: Vec<&str> = only.iter().filter_map(Value::as_str).collect();
        let diagnostics = site.diagnostics(&path, document);
        let place = Place {
            root: &site.root,
            path: &path,
            document,
            diagnostics: &diagnostics,
            encoding: client.encoding,
            desk: &site.desk,
            renames: client.renames,
            shows: client.shows,
            repaired: &|| Some(site.repaired(&path, document)?.text.to_string()),
            source: &|path| self.source(site, path),
        };
        Ok(json!(place.actions(Span::new(start, end.max(start)), &only)))
    }

    pub(super) fn hover(&self, params: &Value) -> Option<Value> {
        let (site, path, document) = self.post(params["textDocument"]["uri"].as_str()?)?;
        let encoding = self.encoding();
        let at =
            document.lines.offset(&document.text, serde_json::from_value(params["position"].clone()).ok()?, encoding);
        let all = site.diagnostics(&path, document);
        let here: Vec<&Diagnostic> = all.iter().filter(|one| one.place.span.overlaps(Span::at(at))).collect();
        let (text, span) = match hover::explanation(&site.plan, &here) {
            Some(text) => (text, here.first()?.place.span),
            None => keys::explained(&Source::from_text(&path, &document.text), site.plan.site.profile, at)?,
        };
        let range = document.lines.range(&document.text, span, encoding);
        Some(json!({"contents": {"kind": "markdown", "value": text}, "range": range}))
    }

    /// Keys of front matter; `None` where none can stand.
    pub(super) fn completions(&self, params: &Value) -> Option<Value> {
        let (site, path, document) = self.post(params["textDocument"]["uri"].as_str()?)?;
        let position = serde_json::from_value(params["position"].clone()).ok()?;
        let at = document.lines.offset(&document.text, position, self.encoding());
        let keys = keys::completions(&Source::from_text(&path, &document.text), site.plan.site.profile, at);
        (!keys.is_empty()).then(|| keys.into())
    }
}

/// A report for a client that asks, which may have it already.
fn full_or_unchanged(items: Vec<Value>, before: Option<&str>) -> Value {
    let items = Value::from(items);
    let id = blake3::hash(items.to_string().as_bytes()).to_hex()[..16].to_owned();
    if before == Some(&id) {
        return json!({"kind": "unchanged", "resultId": id});
    }
    json!({"kind": "full", "resultId": id, "items": items})
}
