//! Texts, as they come and go: documents that are opened, changed and closed.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::document::{Change, Document};
use super::server::Server;
use super::uri;
use crate::source::MAX_BYTES;

impl Server<'_> {
    pub(super) fn opened(&mut self, params: &Value) -> io::Result<()> {
        let item = &params["textDocument"];
        let (Some(uri), Some(text)) = (item["uri"].as_str(), item["text"].as_str()) else { return Ok(()) };
        let Some(path) = uri::to_path(uri).map(|path| canonical(&path)) else { return Ok(()) };
        self.turn += 1;
        let version = item["version"].as_i64().unwrap_or(0);
        self.documents.insert(uri.to_owned(), Document::new(path.clone(), version, text.to_owned(), self.turn));
        self.open_around(&path);
        self.admit(uri);
        self.wrote(uri)
    }

    /// Looks whether a walk leaves a document out: when it is opened, and not whenever it changes.
    pub(super) fn admit(&mut self, uri: &str) {
        self.documents.entry(uri.to_owned()).and_modify(|document| document.is_left_out = false);
        let is_left_out = self.post(uri).is_some_and(|(site, path, _)| site.leaves_out(&path));
        self.documents.entry(uri.to_owned()).and_modify(|document| document.is_left_out = is_left_out);
    }

    pub(super) fn changed(&mut self, params: &Value) -> io::Result<()> {
        let Some(uri) = params["textDocument"]["uri"].as_str() else { return Ok(()) };
        let version = params["textDocument"]["version"].as_i64();
        let changes: Result<Vec<Change>, _> = serde_json::from_value(params["contentChanges"].clone());
        let encoding = self.encoding();
        let Some(document) = self.documents.get_mut(uri) else { return Ok(()) };
        let (Ok(changes), false) = (changes, version.is_some_and(|version| version <= document.version)) else {
            return self.log("a change that cannot be read, or is older than the text, was passed over");
        };
        self.turn += 1;
        document.change(changes, encoding);
        (document.version, document.turn) = (version.unwrap_or(document.version + 1), self.turn);
        self.wrote(uri)
    }

    /// Lets the site know the text of a document, and says what is to be said of it.
    pub(super) fn wrote(&mut self, uri: &str) -> io::Result<()> {
        let Some((site, path, document)) = self.post(uri) else { return Ok(()) };
        let (root, turn) = (site.root.clone(), document.turn);
        if document.text.len() as u64 > MAX_BYTES {
            self.sites.get_mut(&root).into_iter().for_each(|site| site.lose(&path, turn));
            self.log(&format!("{path} is too large to be a post"))?;
            return self.publish(uri);
        }
        let document = document.clone();
        if let Some(site) = self.sites.get_mut(&root) {
            site.write(&path, &document);
        }
        self.publish(uri)
    }

    pub(super) fn closed(&mut self, params: &Value) -> io::Result<()> {
        let Some(uri) = params["textDocument"]["uri"].as_str() else { return Ok(()) };
        let at = self.post(uri).map(|(site, path, _)| (site.root.clone(), path));
        self.documents.remove(uri);
        if let Some((root, path)) = at {
            self.turn += 1;
            let turn = self.turn;
            self.sites.get_mut(&root).into_iter().for_each(|site| site.reread(&path, turn));
        }
        if self.client.unwrap_or_default().pulls {
            return Ok(());
        }
        self.notify("textDocument/publishDiagnostics", json!({"uri": uri, "diagnostics": []}))
    }
}

/// The real path of a file that may not be there yet, nor its folder.
pub(super) fn canonical(path: &Path) -> PathBuf {
    let real = path.ancestors().find_map(|folder| Some((folder, folder.canonicalize().ok()?)));
    match real.and_then(|(folder, real)| Some((real, path.strip_prefix(folder).ok()?))) {
        Some((real, rest)) if rest.as_os_str().is_empty() => real,
        Some((real, rest)) => real.join(rest),
        None => path.to_owned(),
    }
}
