//! What a worker makes of changed files: posts are read again, links may lead somewhere else, and where the generator's own
//! settings say something else, the site has to be opened anew.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use globset::GlobSet;

use crate::desk::Desk;
use crate::walk::{self, Asked, Found};

/// For more new posts at once than these, the whole site is walked through: each of them alone takes a look at its folder.
const FEW: usize = 8;

/// The files of a site, as its worker knows them.
pub(super) struct Files {
    root: PathBuf,
    exclude: GlobSet,
    /// What the generator's own settings say, and what was asked to know that.
    identity: String,
    asked: Asked,
    /// What changed and was not looked at yet, and whether it came or went.
    changed: BTreeMap<Arc<str>, bool>,
    /// Whether the settings say something else by now.
    pub(super) are_outdated: bool,
}

impl Files {
    /// The files of a site as it is opened.
    pub(super) fn new(root: PathBuf, exclude: GlobSet, desk: &Desk) -> Self {
        let (identity, mut asked) = walk::site_identity(&root, desk.plan().site.profile);
        asked.add(desk.asked().clone());
        Self { root, exclude, identity, asked, changed: BTreeMap::new(), are_outdated: false }
    }

    /// Notes a change of what is at a path, to be looked at with others.
    pub(super) fn note(&mut self, path: Arc<str>, comes_or_goes: bool) {
        *self.changed.entry(path).or_default() |= comes_or_goes;
    }

    /// What a walk would find at a path.
    pub(super) fn find(&self, desk: &Desk, path: &Arc<str>) -> Option<Found> {
        let file = self.root.join(&**path);
        let role = file.is_file().then(|| walk::find_one(&self.root, path, &desk.plan().site, &self.exclude))?;
        Some(Found { path: path.clone(), file, role: role? })
    }

    /// Looks at what changed; whether something else may be to be said of the site. What is open stays as it is in the editor.
    pub(super) fn look(&mut self, desk: &mut Desk, is_open: &dyn Fn(&str) -> bool) -> bool {
        let changed = std::mem::take(&mut self.changed);
        let mut is_news = false;
        let mut new = vec![];
        for (path, comes_or_goes) in &changed {
            if self.is_post(desk, path) {
                is_news |= self.look_at_post(desk, path, &mut new, is_open);
            } else if *comes_or_goes && !path.split('/').any(|part| part.starts_with('.')) {
                // A link may lead there, or have led there.
                is_news = true;
                self.look_at_folder(desk, path, is_open);
            }
        }
        is_news |= self.read_new(desk, &new);
        let is_suspect = changed.iter().any(|(path, comes_or_goes)| self.asked.may_differ(path, *comes_or_goes));
        if is_suspect {
            let (identity, _) = walk::site_identity(&self.root, desk.plan().site.profile);
            self.are_outdated = identity != self.identity || desk.has_moved();
        }
        is_news
    }

    fn is_post(&self, desk: &Desk, path: &str) -> bool {
        walk::role(path, &desk.plan().site, &self.exclude).is_some()
    }

    /// Reads a known post again, or takes it away; notes one that is not known.
    fn look_at_post<'p>(
        &self,
        desk: &mut Desk,
        path: &'p Arc<str>,
        new: &mut Vec<&'p Arc<str>>,
        is_open: &dyn Fn(&str) -> bool,
    ) -> bool {
        let file = self.root.join(&**path);
        if is_open(path) {
            return false;
        }
        if !file.is_file() {
            desk.remove(path);
            return true;
        }
        let role = desk.plan().site.role(path).filter(|_| desk.has(path));
        match role {
            Some(role) => desk.reread(&Found { path: path.clone(), file, role }),
            None => new.push(path),
        }
        role.is_some()
    }

    fn look_at_folder(&self, desk: &mut Desk, path: &str, is_open: &dyn Fn(&str) -> bool) {
        let folder = self.root.join(path);
        if folder.is_dir() {
            let found = walk::find_below(&self.root, path, &desk.plan().site, &self.exclude);
            found.iter().filter(|found| !is_open(&found.path)).for_each(|found| desk.reread(found));
        } else if !folder.exists() {
            desk.remove_below(path, is_open);
        }
    }

    /// Reads those of new files that a walk finds; whether there are any.
    fn read_new(&self, desk: &mut Desk, new: &[&Arc<str>]) -> bool {
        let found: Vec<Found> = if new.len() <= FEW {
            new.iter().filter_map(|path| self.find(desk, path)).collect()
        } else {
            let mut found = walk::find(&self.root, &desk.plan().site, &self.exclude, 1).files;
            // Both are sorted by path.
            found.retain(|found| new.binary_search(&&found.path).is_ok());
            found
        };
        found.iter().for_each(|found| desk.reread(found));
        !found.is_empty()
    }
}
