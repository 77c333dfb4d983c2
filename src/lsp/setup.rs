//! How the server begins: what it can do, what it asks for, and which sites it opens, at first and again.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::action::FIX_ALL;
use super::client::Client;
use super::input::{Event, watch};
use super::opening::OPEN;
use super::server::Server;
use super::site::Site;
use super::sync::canonical;
use super::worker::Opened;
use crate::walk::{self, RootBy, Walked};

impl Server<'_> {
    pub(super) fn initialize(&mut self, params: &Value) -> Value {
        let client = Client::of(params);
        self.client = Some(client);
        if let Some(parent) = params.get("processId").and_then(Value::as_u64) {
            watch(parent, self.events.clone());
        }
        match params["workspaceFolders"].is_array() {
            true => self.add_folders(&params["workspaceFolders"]),
            false => self.add_folders(&json!([{"uri": params["rootUri"]}])),
        }
        let mut capabilities = json!({
            "positionEncoding": client.encoding.name(),
            "textDocumentSync": {"openClose": true, "change": 2, "save": false},
            "codeActionProvider": {"codeActionKinds": ["quickfix", FIX_ALL]},
            "hoverProvider": true,
            "completionProvider": {"triggerCharacters": ["(", "/", "#", "[", "\"", "'", "<", "@"]},
            "definitionProvider": true,
            "referencesProvider": true,
            "documentLinkProvider": {},
            "workspace": {
                "workspaceFolders": {"supported": true, "changeNotifications": true},
                // Links lead to images, too.
                "fileOperations": {"willRename": {"filters": [{"scheme": "file", "pattern": {"glob": "**/*"}}]}},
            },
        });
        if client.shows {
            capabilities["executeCommandProvider"] = json!({"commands": [OPEN]});
        }
        if client.pulls {
            capabilities["diagnosticProvider"] =
                json!({"identifier": "copydesk", "interFileDependencies": true, "workspaceDiagnostics": true});
        }
        json!({
            "capabilities": capabilities,
            "serverInfo": {"name": "copydesk", "version": env!("CARGO_PKG_VERSION")},
        })
    }

    pub(super) fn begin(&mut self) -> io::Result<()> {
        if !self.client.unwrap_or_default().watches {
            return Ok(());
        }
        let watchers = json!({"watchers": [{"globPattern": "**/*"}]});
        let registration =
            json!({"id": "files", "method": "workspace/didChangeWatchedFiles", "registerOptions": watchers});
        self.request("client/registerCapability", json!({"registrations": [registration]})).map(|_| ())
    }

    /// Opens the site around a file or folder, if it is not open yet; its root. Where no such folder is there, nothing is opened:
    /// those above it have been named by nobody, and may be all that there is on the machine.
    pub(super) fn open_around(&mut self, path: &Path) -> PathBuf {
        let (root, _) = self.root_of(path);
        if !self.sites.contains_key(&root) && root.is_dir() {
            self.open_anew(path, root.clone());
        }
        root
    }

    /// Whether a file belongs to nothing: a note in somebody's home is looked at alone, not with all that lies there.
    fn is_alone(&self, path: &Path) -> bool {
        let is_in_folder = self.folders.keys().any(|folder| path.starts_with(canonical(folder)) || path == folder);
        !self.root_of(path).1 && !is_in_folder
    }

    /// Opens a site in place of what is there; whether it could. What keeps it from being opened is shown, and what was there stays.
    fn open_anew(&mut self, path: &Path, root: PathBuf) -> bool {
        match (self.opening.open)(path) {
            Ok(opened) => {
                // Opening counts as a change, so a site has a number of its own.
                self.turn += 1;
                let (events, key, number) = (self.events.clone(), root.clone(), self.turn);
                let tell = move |said| _ = events.send(Event::Said(key.clone(), number, said));
                let tells_all = self.client.unwrap_or_default().pulls;
                let is_alone = self.is_alone(path);
                let walk = if is_alone { Box::new(Walked::default) } else { opened.walk };
                let site = Site::open(Opened { root: root.clone(), walk, ..opened }, number, tells_all, tell);
                self.sites.insert(root, site);
                true
            }
            Err(error) => {
                // Whether it can be shown is for the next message to tell.
                let _ = self.notify("window/showMessage", json!({"type": 1, "message": format!("copydesk: {error}")}));
                false
            }
        }
    }

    /// Opens all sites anew, with the settings that hold now.
    pub(super) fn reopen_all(&mut self) -> io::Result<()> {
        let roots: Vec<PathBuf> = self.sites.keys().cloned().collect();
        self.reopen(&roots)?;
        self.open_missing()
    }

    /// Opens sites anew. What is in the editor and not saved stays.
    pub(super) fn reopen(&mut self, roots: &[PathBuf]) -> io::Result<()> {
        for root in roots {
            if self.open_anew(root, root.clone()) {
                self.give_up(root)?;
                self.is_read(root)?;
            }
        }
        let is_in = |path: &Path| roots.iter().any(|root| path.starts_with(root));
        let open = self.documents.iter().filter(|(_, document)| is_in(&document.path));
        let uris: Vec<String> = open.map(|(uri, _)| uri.clone()).collect();
        uris.iter().try_for_each(|uri| self.read_anew(uri))
    }

    /// Opens the sites of folders and documents that have none: something was wrong with the settings before.
    pub(super) fn open_missing(&mut self) -> io::Result<()> {
        let folders: Vec<PathBuf> = self.folders.keys().cloned().collect();
        for folder in folders {
            let root = self.open_around(&folder);
            self.folders.insert(folder, root);
        }
        let is_missing = |path: &Path| !self.sites.contains_key(&self.root_of(path).0);
        let open = self.documents.iter().filter(|(_, document)| is_missing(&document.path));
        let uris: Vec<String> = open.map(|(uri, _)| uri.clone()).collect();
        uris.iter().try_for_each(|uri| self.read_anew(uri))
    }

    /// Gives a document to the site that it belongs to now.
    fn read_anew(&mut self, uri: &str) -> io::Result<()> {
        let Some(path) = self.documents.get(uri).map(|document| document.path.clone()) else { return Ok(()) };
        self.open_around(&path);
        self.admit(uri);
        self.turn += 1;
        let turn = self.turn;
        self.documents.entry(uri.to_owned()).and_modify(|document| document.turn = turn);
        // Of what is left out from now on, nothing is to be said any more.
        if self.post(uri).is_some() { self.wrote(uri) } else { self.publish(uri) }
    }

    /// The root of the site of a file, or of a folder, which need not be there yet; and whether anything makes it one.
    fn root_of(&self, path: &Path) -> (PathBuf, bool) {
        if let Some(root) = &self.opening.root {
            return (root.clone(), true);
        }
        let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
        let (root, by) = walk::find_root(folder);
        (canonical(&root), by != RootBy::Itself)
    }
}
