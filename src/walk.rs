//! Which files are posts, and their bytes. All reading of the site's folders is here: the root is found, the generator
//! detected, the tree walked, a file read. Knows no configuration and no lint.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use globset::GlobSet;
use ignore::{WalkBuilder, WalkState};
use twox_hash::XxHash3_128;

use crate::diagnostic::Failure;
use crate::site::{Role, Site};

mod read;
mod root;
mod settings;
mod single;

pub use read::{bytes, read, too_large};
use read::{help_for, plain};
pub use root::{RootBy, below_repository, find_root};
pub use settings::{Asked, addresses, open_site, site_identity};
pub use single::{find_below, find_one};

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Path relative to the site root, with `/`; what is not Unicode in it is replaced.
    pub path: Arc<str>,
    /// Where the file is.
    pub file: PathBuf,
    /// Article or page.
    pub role: Role,
}

/// What a walk yields.
#[derive(Clone, Debug, Default)]
pub struct Walked {
    /// Posts and pages, sorted by path.
    pub files: Vec<Found>,
    /// Folders that could not be read, sorted by path.
    pub failures: Vec<Failure>,
    /// Symbolic links, which are not followed: paths relative to the site root, sorted.
    pub links: Vec<String>,
}

/// All posts and pages below `root`, but for what `.gitignore` files and `exclude` (matched against paths relative to the
/// root) leave out. Hidden files and links are not followed: a linked post would be its own duplicate. `jobs` threads walk; 0
/// is for as many as there are processors.
pub fn find(root: &Path, site: &Site, exclude: &GlobSet, jobs: usize) -> Walked {
    let mut walked = walk((root, site, exclude), None, jobs);
    drop_knitted(&mut walked.files);
    walked
}

/// Walks through the site, or, with `along`, only to that path and through what lies below it.
fn walk((root, site, exclude): (&Path, &Site, &GlobSet), along: Option<&str>, jobs: usize) -> Walked {
    let (sender, entries) = std::sync::mpsc::channel();
    let links = Arc::new(Mutex::new(vec![]));
    walker((root, site, exclude), along, &links).threads(jobs).build_parallel().run(|| {
        let sender = sender.clone();
        Box::new(move |entry| {
            let found = match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                    let path = relative(root, entry.path());
                    site.role(&path).map(|role| Ok(Found { path: path.into(), file: entry.into_path(), role }))
                }
                Ok(_) => None,
                Err(error) => Some(Err(unreadable(root, &error))),
            };
            // It fails only when nobody listens any more.
            match found.map_or(Ok(()), |found| sender.send(found)) {
                Ok(()) => WalkState::Continue,
                Err(_) => WalkState::Quit,
            }
        })
    });
    drop(sender);
    let links = std::mem::take(&mut *links.lock().unwrap_or_else(PoisonError::into_inner));
    let mut walked = Walked { links, ..Walked::default() };
    for entry in entries {
        match entry {
            Ok(found) => walked.files.push(found),
            Err(failure) => walked.failures.push(failure),
        }
    }
    walked.files.sort_by(|a, b| a.path.cmp(&b.path).then_with(|| a.file.cmp(&b.file)));
    walked.failures.sort();
    walked.links.sort();
    walked
}

/// What is walked into. Symbolic links that it comes by are noted, also those that are left out.
fn walker(
    (root, site, exclude): (&Path, &Site, &GlobSet),
    along: Option<&str>,
    links: &Arc<Mutex<Vec<String>>>,
) -> WalkBuilder {
    let in_repository = std::path::absolute(root).is_ok_and(|root| root.ancestors().any(|a| a.join(".git").exists()));
    let (base, site, exclude, links) = (root.to_owned(), *site, exclude.clone(), links.clone());
    let along = along.map(str::to_owned);
    let mut walker = WalkBuilder::new(root);
    // The user's own Git settings are no part of the site. Outside a repository, neither are folders above it.
    walker.git_global(false).git_exclude(false).require_git(in_repository).parents(in_repository);
    walker.add_custom_ignore_filename(".eleventyignore");
    walker.filter_entry(move |entry| {
        let path = relative(&base, entry.path());
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        if entry.path_is_symlink() {
            links.lock().unwrap_or_else(PoisonError::into_inner).push(path.clone());
        }
        let is_on_the_way = along.as_ref().is_none_or(|along| holds(&path, along) || holds(along, &path));
        path.is_empty() || is_on_the_way && !exclude.is_match(&path) && (!is_folder || site.enters(&path))
    });
    walker
}

/// What a file that is not there would be, by its path alone; `None` where a walk would not come by.
pub fn role(path: &str, site: &Site, exclude: &GlobSet) -> Option<Role> {
    let is_hidden = path.split('/').any(|part| part.starts_with('.'));
    let mut folders = path.match_indices('/').map(|(end, _)| &path[..end]);
    let is_reached = !is_hidden && folders.all(|folder| site.enters(folder) && !exclude.is_match(folder));
    (is_reached && !exclude.is_match(path)).then(|| site.role(path)).flatten()
}

/// Whether the path is the folder or lies in it.
fn holds(folder: &str, path: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Leaves out R Markdown whose rendering stands beside it: the rendering is what the site shows.
fn drop_knitted(files: &mut Vec<Found>) {
    let has = |path: &str| files.binary_search_by(|found| (*found.path).cmp(path)).is_ok();
    let keep: Vec<bool> = files.iter().map(|found| !renderings(&found.path).iter().any(|path| has(path))).collect();
    let mut keep = keep.into_iter();
    files.retain(|_| keep.next().unwrap_or(true));
}

/// Where the rendering of a file may stand, which is none of its own if there is one; none of what is not R Markdown.
fn renderings(path: &str) -> Vec<String> {
    let parts = path
        .rsplit_once('.')
        .filter(|(_, extension)| ["rmd", "rmarkdown"].iter().any(|known| extension.eq_ignore_ascii_case(known)));
    parts.map_or(vec![], |(stem, _)| ["md", "markdown"].map(|known| format!("{stem}.{known}")).to_vec())
}

/// The names of the files and folders in a folder; `None` if it cannot be listed.
pub fn names(folder: &Path) -> Option<Vec<String>> {
    let entries = fs::read_dir(folder).ok()?;
    Some(entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned())).collect())
}

/// A number that is another one when a file of the site was changed, added, moved or removed, by names, sizes and times.
/// Files at the absolute paths `but` do not count. It tells that there is something to look at, and nothing more.
pub fn state(root: &Path, but: &[PathBuf]) -> u128 {
    let state = Arc::new(Mutex::new(0_u128));
    let own = [root.to_owned(), root.join(".copydesk")];
    let hidden = own.iter().enumerate().filter(|(at, folder)| *at == 0 || folder.is_dir()).map(|(_, folder)| folder);
    for folder in hidden {
        WalkBuilder::new(folder).require_git(false).build_parallel().run(|| {
            let state = state.clone();
            Box::new(move |entry| {
                if let Ok(entry) = entry
                    && !but.iter().any(|path| path == entry.path())
                    && let Ok(metadata) = entry.metadata()
                    && metadata.is_file()
                {
                    let key = file_key(entry.path(), &metadata);
                    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                    *state = state.wrapping_add(key);
                }
                WalkState::Continue
            })
        });
    }
    *state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A hash of a file's name, size and time.
fn file_key(path: &Path, metadata: &fs::Metadata) -> u128 {
    let time = metadata.modified().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    let time = time.map_or(0, |time| time.as_nanos());
    let parts = [path.as_os_str().as_encoded_bytes(), &metadata.len().to_le_bytes(), &time.to_le_bytes()];
    XxHash3_128::oneshot(&parts.concat())
}

/// Most files that are looked for behind one symbolic link.
const MOST_LINKED: usize = 10_000;

/// The symbolic links in a folder, both relative to `root`.
pub fn links(root: &Path, folder: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir(root.join(folder)) else { return vec![] };
    let links = entries.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_symlink()));
    links.map(|link| relative(root, &link.path())).collect()
}

/// The posts and pages that a symbolic link leads to, by the paths that they have there. Links behind links are not followed,
/// so that no loop is.
pub fn linked(root: &Path, site: &Site, link: &str) -> Vec<String> {
    // The walk does follow the link that it begins with.
    let files = WalkBuilder::new(root.join(link)).standard_filters(false).build().flatten().take(MOST_LINKED);
    let paths = files.filter(|entry| entry.path().is_file()).map(|entry| relative(root, entry.path()));
    paths.filter(|path| site.role(path).is_some()).collect()
}

/// The path below the root, with `/`.
fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let mut text = String::with_capacity(below.as_os_str().len());
    for part in below.iter().filter(|part| *part != ".") {
        if !text.is_empty() {
            text.push('/');
        }
        text.push_str(&part.to_string_lossy());
    }
    text
}

fn unreadable(root: &Path, error: &ignore::Error) -> Failure {
    let path = place(error).map_or_else(String::new, |path| relative(root, path));
    let path = if path.is_empty() { "." } else { &path };
    let (text, help) = match error.io_error() {
        Some(cause) => (plain(cause), help_for(cause)),
        None => (error.to_string(), "exclude it"),
    };
    Failure { path: path.into(), error: format!("cannot read: {text}"), help: help.to_owned() }
}

/// The path that an error of the walk is about.
fn place(mut error: &ignore::Error) -> Option<&Path> {
    loop {
        error = match error {
            ignore::Error::WithPath { path, .. } => return Some(path),
            ignore::Error::Loop { child, .. } => return Some(child),
            ignore::Error::WithLineNumber { err, .. } | ignore::Error::WithDepth { err, .. } => err,
            _ => return None,
        };
    }
}

#[cfg(test)]
mod tests;
