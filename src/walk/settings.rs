//! What a site's own files say of it: its generator, its folders, where its pages are. What was looked at for that is noted, so
//! that it can be told which changes may lead to another answer.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::holds;
use crate::site::address::{self, Addresses, Route};
use crate::site::detect::{self, Files};
use crate::site::{Profile, Site};

/// The largest file that is looked into for marks of a generator, in bytes.
const MAX_SETTINGS_BYTES: u64 = 1024 * 1024;

/// What was asked of a site's files, by paths relative to its root.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Files that were read, or would have been if they were there.
    files: BTreeSet<String>,
    /// Names that were asked to be folders, and whether they are.
    folders: BTreeMap<String, bool>,
    /// Folders that were listed.
    lists: BTreeSet<String>,
}

impl Asked {
    /// Whether a change at a path may have changed an answer: of what it holds, or, if it `comes_or_goes`, of whether it is there.
    pub fn may_differ(&self, path: &str, comes_or_goes: bool) -> bool {
        if self.files.contains(path) {
            return true;
        }
        if !comes_or_goes {
            return false;
        }
        // A folder brings along, or takes, what is in it.
        // `0` comes after `/`.
        let end = format!("{path}0");
        let is_at_or_below = |other: &String| holds(path, other);
        let range = path.to_owned()..end;
        let mut above = path.match_indices('/').map(|(at, _)| &path[..at]).chain([""]);
        self.files.range(range.clone()).any(is_at_or_below)
            || self.lists.range(range.clone()).any(is_at_or_below)
            || self.folders.range(range).any(|(other, _)| is_at_or_below(other))
            // A file may have come with its folders.
            || above.any(|folder| self.lists.contains(folder) || self.folders.get(folder) == Some(&false))
    }

    /// Takes in what else was asked.
    pub fn add(&mut self, other: Asked) {
        self.files.extend(other.files);
        self.folders.extend(other.folders);
        self.lists.extend(other.lists);
    }
}

/// The site at `root`: with this generator, or with the one its files tell.
pub fn open_site(root: &Path, generator: Option<&'static Profile>) -> Site {
    with_files(root, |files| site(files, generator)).0
}

/// The same as a text that is another one when the site is, and what was asked for it.
pub fn site_identity(root: &Path, generator: &'static Profile) -> (String, Asked) {
    with_files(root, |files| {
        let (own, named) = (site(files, None), site(files, Some(generator)));
        let parts = |site: &Site| {
            format!("{} {} {} {}\n", site.profile.name, site.base, site.has_content_folder, site.publishes_future)
        };
        parts(&own) + &parts(&named)
    })
}

fn site(files: &Files<'_>, generator: Option<&'static Profile>) -> Site {
    match generator {
        Some(profile) => detect::with_generator(files, profile),
        None => detect::detect(files),
    }
}

/// Whether a folder holds a generator's own configuration.
pub(super) fn is_site_root(folder: &Path) -> bool {
    with_files(folder, detect::is_site_root).0
}

/// Where the pages of the site at `root` are, as its configuration says, and what was asked for that.
pub fn addresses(root: &Path, site: &Site, routes: &[Route]) -> (Addresses, Asked) {
    with_files(root, |files| address::read(files, site.profile, site.base, routes))
}

fn with_files<T>(root: &Path, look: impl FnOnce(&Files<'_>) -> T) -> (T, Asked) {
    let asked = RefCell::new(Asked::default());
    let read = |path: &str| {
        asked.borrow_mut().files.insert(path.to_owned());
        let path = root.join(path);
        let metadata = fs::metadata(&path).ok()?;
        let is_readable = metadata.is_file() && metadata.len() <= MAX_SETTINGS_BYTES;
        is_readable.then(|| fs::read(&path).ok()).flatten().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    };
    let is_folder = |path: &str| {
        let is_one = root.join(path).is_dir();
        asked.borrow_mut().folders.insert(path.to_owned(), is_one);
        is_one
    };
    let names = |path: &str| {
        asked.borrow_mut().lists.insert(path.to_owned());
        let Ok(entries) = fs::read_dir(root.join(path)) else { return vec![] };
        let name = |entry: fs::DirEntry| {
            let end = if entry.file_type().is_ok_and(|kind| kind.is_dir()) { "/" } else { "" };
            format!("{}{end}", entry.file_name().to_string_lossy())
        };
        entries.filter_map(|entry| entry.ok().map(name)).collect()
    };
    let found = look(&Files { read: &read, is_folder: &is_folder, names: &names });
    (found, asked.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::jekyll;

    #[test]
    fn what_was_asked_may_be_answered_differently() {
        let all = tempfile::tempdir().expect("a temporary folder can be made");
        let write = |name: &str, text: &str| {
            let path = all.path().join(name);
            fs::create_dir_all(path.parent().expect("it is below the folder")).expect("a folder can be made");
            fs::write(path, text).expect("a file can be written");
        };
        write("_config.yml", "title: A\n");
        write("_posts/2020-01-02-a.md", "");
        let asked = || {
            let mut asked = site_identity(all.path(), &jekyll::JEKYLL).1;
            let site = open_site(all.path(), None);
            asked.add(addresses(all.path(), &site, &[]).1);
            asked
        };
        let asked = asked();
        for path in ["_config.yml", "CNAME"] {
            assert!(asked.may_differ(path, false) && asked.may_differ(path, true), "{path}");
        }
        // A folder that is gone, folders that were not there, a name in a folder that is listed.
        for path in ["_posts", "_plugins", "_plugins/x.rb", "docs", "docs/_config.yml", "feed.xml"] {
            assert!(asked.may_differ(path, true), "{path}");
        }
        for path in ["_posts/2020-01-02-a.md", "_plugins/x.rb", "feed.xml", "_config.yml.orig", "_plugin", "docs"] {
            assert!(!asked.may_differ(path, false), "{path}");
        }
    }

    #[test]
    fn another_generator_makes_another_site() {
        let all = tempfile::tempdir().expect("a temporary folder can be made");
        let identity = || site_identity(all.path(), &jekyll::JEKYLL).0;
        let mut seen = vec![identity()];
        for (name, text) in [("a.md", ""), ("mkdocs.yml", ""), ("_config.yml", "future: true\n")] {
            fs::write(all.path().join(name), text).expect("a file can be written");
            seen.push(identity());
        }
        assert_eq!(seen[0], seen[1], "a post is no setting");
        seen.dedup();
        assert_eq!(seen.len(), 3, "{seen:?}");
    }
}
