//! Files that change outside of the editor: which sites are opened anew, and what the workers of the others are told.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::server::Server;
use super::sync::canonical;
use super::uri;

/// Files by which a site is opened anew when they change; and all below `.copydesk`.
const SETTINGS: [&str; 2] = [crate::config::FILE_NAME, "copydesk.baseline.yaml"];

/// Files that say what a walk leaves out, for their folders and those below.
const IGNORES: [&str; 3] = [".gitignore", ".ignore", ".eleventyignore"];

/// What happened to a file or folder.
pub(super) struct Change {
    /// Where it is, or was.
    pub(super) path: PathBuf,
    /// It was created or deleted. Otherwise it holds something else.
    pub(super) comes_or_goes: bool,
}

impl Server<'_> {
    /// Hears of changes of files.
    pub(super) fn watched(&mut self, params: &Value) -> io::Result<()> {
        let change = |change: &Value| {
            let path = canonical(&uri::to_path(change["uri"].as_str()?)?);
            Some(Change { path, comes_or_goes: change["type"] != 2 })
        };
        let changes: Vec<Change> = params["changes"].as_array().into_iter().flatten().filter_map(change).collect();
        let is_to_open = |root: &&PathBuf| changes.iter().any(|change| self.is_setting(root, &change.path));
        let roots: Vec<PathBuf> = self.sites.keys().filter(is_to_open).cloned().collect();
        self.reopen(&roots)?;
        if changes.iter().any(|change| is_named(&change.path)) {
            self.open_missing()?;
        }
        self.turn += 1;
        let turn = self.turn;
        self.sites.values().filter(|site| !roots.contains(&site.root)).for_each(|site| site.watched(&changes, turn));
        self.look_at_saved(&changes)
    }

    /// Whether a file has settings for the site at a root. Those of the generator are for the worker to tell.
    fn is_setting(&self, root: &Path, path: &Path) -> bool {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return false };
        if self.sites.get(root).is_some_and(|site| site.settings.iter().any(|setting| setting == path)) {
            return true;
        }
        if IGNORES.iter().any(|ignore| name == *ignore) {
            let is_hidden = |below: &Path| below.iter().any(|part| part.to_string_lossy().starts_with('.'));
            return root.starts_with(folder) || folder.strip_prefix(root).is_ok_and(|below| !is_hidden(below));
        }
        is_named(path) && self.site_around(path).is_some_and(|site| site.root == *root)
    }

    /// A document that was not there before it was saved may have a name that is ignored.
    fn look_at_saved(&mut self, changes: &[Change]) -> io::Result<()> {
        let is_among = |path: &Path| changes.iter().any(|change| change.comes_or_goes && change.path == path);
        let saved = self.documents.iter().filter(|(_, document)| is_among(&document.path));
        let saved: Vec<(String, bool)> = saved.map(|(uri, document)| (uri.clone(), document.is_left_out)).collect();
        for (uri, was_left_out) in saved {
            let at = self.post(&uri).map(|(site, path, _)| (site.root.clone(), path));
            self.admit(&uri);
            let is_left_out = self.documents[&uri].is_left_out;
            if is_left_out == was_left_out {
                continue;
            }
            let turn = self.turn;
            if let Some((root, path)) = at {
                self.sites.get_mut(&root).into_iter().for_each(|site| site.reread(&path, turn));
            }
            if is_left_out { self.publish(&uri)? } else { self.wrote(&uri)? }
        }
        Ok(())
    }
}

/// Whether a file has settings of ours, by its name.
fn is_named(path: &Path) -> bool {
    let is_setting = path.file_name().is_some_and(|name| SETTINGS.iter().any(|setting| name == *setting));
    is_setting || path.iter().any(|part| part == ".copydesk")
}
