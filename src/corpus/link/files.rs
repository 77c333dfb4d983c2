//! Which files the site has: each folder is listed once, when a link first leads into it. Names are compared as they are
//! written, also where the file system does not mind case: the server will.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use crate::corpus::Texts;

/// The names in a folder.
type Names = Arc<BTreeSet<String>>;

/// The folders of a site, as far as they were looked into.
#[derive(Default)]
pub(in crate::corpus) struct Folders {
    known: RwLock<HashMap<String, Option<Names>>>,
}

impl Folders {
    /// Whether there is a file or a folder at a path relative to the site root.
    pub(super) fn has(&self, texts: &dyn Texts, path: &str) -> bool {
        let path = path.trim_matches('/');
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        name.is_empty() || self.names(texts, folder).is_some_and(|names| names.contains(name))
    }

    /// The names in a folder, if there is such a folder.
    pub(super) fn names(&self, texts: &dyn Texts, folder: &str) -> Option<Names> {
        if let Some(names) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(folder) {
            return names.clone();
        }
        // A folder is looked for only where its parent holds it: on some systems `A/` opens `a/`.
        let is_there = folder.is_empty() || self.has(texts, folder);
        let names = if is_there { texts.folder(folder) } else { None };
        let names = names.map(|names| Arc::new(names.into_iter().collect::<BTreeSet<String>>()));
        self.known.write().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned(), names.clone());
        names
    }
}
