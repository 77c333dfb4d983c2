//! The folders that the editor has open, which may become more and fewer, and the sites that are open for them.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::server::Server;
use super::uri;

impl Server<'_> {
    /// Opens the sites of folders, as the client lists them.
    pub(super) fn add_folders(&mut self, folders: &Value) {
        for folder in paths(folders) {
            // It is the editor's before its site is opened: what lies in none is looked at alone.
            self.folders.insert(folder.clone(), PathBuf::new());
            let root = self.open_around(&folder);
            self.folders.insert(folder, root);
        }
    }

    /// Folders were added, or taken away.
    pub(super) fn changed_folders(&mut self, params: &Value) -> io::Result<()> {
        let gone: Vec<PathBuf> =
            paths(&params["event"]["removed"]).filter_map(|folder| self.folders.remove(&folder)).collect();
        self.add_folders(&params["event"]["added"]);
        let mut is_closed = false;
        for root in gone {
            is_closed |= self.close_unused(&root)?;
        }
        if is_closed { self.refresh() } else { Ok(()) }
    }

    /// Closes a site that no folder is in any more, and no open document; whether it did.
    fn close_unused(&mut self, root: &Path) -> io::Result<bool> {
        let is_in_it = |path: &Path| self.site_around(path).is_some_and(|site| site.root == *root);
        let is_used = self.folders.values().any(|other| other == root)
            || self.documents.values().any(|document| is_in_it(&document.path));
        if is_used || self.sites.remove(root).is_none() {
            return Ok(false);
        }
        self.give_up(root)?;
        self.is_read(root)?;
        Ok(true)
    }
}

fn paths(folders: &Value) -> impl Iterator<Item = PathBuf> {
    folders.as_array().into_iter().flatten().filter_map(|folder| uri::to_path(folder["uri"].as_str()?))
}
