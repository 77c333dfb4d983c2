//! Where a site begins: the nearest folder upwards that something makes its root.

use std::path::{Path, PathBuf};

use super::settings::is_site_root;
use crate::config::FILE_NAME;

/// What made a folder the site root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootBy {
    /// It holds `copydesk.yaml`.
    Configuration,
    /// It holds a site generator's own configuration.
    Generator,
    /// It is the top of a Git repository.
    Repository,
    /// Nothing above says otherwise: the folder named is the root.
    Itself,
}

/// The site root for a folder or file: the nearest folder upwards that holds `copydesk.yaml`, a generator's own configuration
/// or `.git`; else the folder itself.
pub fn find_root(start: &Path) -> (PathBuf, RootBy) {
    let start = std::path::absolute(start).unwrap_or_else(|_| start.to_owned());
    let folder = if start.is_file() { start.parent().unwrap_or(&start) } else { &start };
    let by = |folder: &Path| {
        if folder.join(FILE_NAME).is_file() {
            Some(RootBy::Configuration)
        } else if is_site_root(folder) {
            Some(RootBy::Generator)
        } else {
            folder.join(".git").exists().then_some(RootBy::Repository)
        }
    };
    let nearest = folder.ancestors().find_map(|folder| Some((folder.to_owned(), by(folder)?)));
    nearest.unwrap_or_else(|| (folder.to_owned(), RootBy::Itself))
}

/// The folder `root` below the root of its repository, with `/` between its parts and at its end; empty where `root` is the
/// repository, or in none.
pub fn below_repository(root: &Path) -> String {
    // A relative path has no parents to look at, but for those it names.
    let repository = root.is_absolute().then(|| root.ancestors().find(|folder| folder.join(".git").exists()));
    let below = repository.flatten().and_then(|repository| root.strip_prefix(repository).ok());
    let parts = below.into_iter().flat_map(Path::components);
    parts.map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect()
}
