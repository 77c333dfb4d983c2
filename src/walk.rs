//! Which files are posts, and their bytes. All reading of the site's folders is here: the root is found, the generator
//! detected, the tree walked, a file read. Knows no configuration and no lint.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use globset::GlobSet;
use ignore::{WalkBuilder, WalkState};
use twox_hash::XxHash3_128;

use crate::config::FILE_NAME;
use crate::diagnostic::Failure;
use crate::site::{Role, Site};
use crate::source::{MAX_BYTES, Source};

mod settings;
mod single;

pub use settings::{Asked, addresses, open_site, site_identity};
pub use single::{find_below, find_one};

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

/// The site root for a folder or file: the nearest folder upwards that holds `copydesk.yaml`, a generator's own configuration
/// or `.git`; else the folder itself.
pub fn find_root(start: &Path) -> (PathBuf, RootBy) {
    let start = std::path::absolute(start).unwrap_or_else(|_| start.to_owned());
    let folder = if start.is_file() { start.parent().unwrap_or(&start) } else { &start };
    let by = |folder: &Path| {
        if folder.join(FILE_NAME).is_file() {
            Some(RootBy::Configuration)
        } else if settings::is_site_root(folder) {
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

/// Reads the file at a path, whatever stands there, and decodes it.
///
/// # Errors
/// When it is gone, unreadable, no regular file, or larger than a post can be.
pub fn read(found: &Found) -> Result<Source, Failure> {
    // Asked before opening: opening a pipe would wait for its writer for ever.
    match fs::metadata(&found.file) {
        Ok(metadata) if !metadata.is_file() => Err(no_file(found, &metadata)),
        _ => bytes(found, &mut vec![]).map(|bytes| Source::from_bytes(&found.path, bytes)),
    }
}

/// The bytes of a file that the walk found, which it does only of regular files; in `buffer`, in place of what was there.
///
/// # Errors
/// When it is gone, unreadable, or larger than a post can be.
pub fn bytes<'b>(found: &Found, buffer: &'b mut Vec<u8>) -> Result<&'b [u8], Failure> {
    let failed = |error: io::Error| failure(found, format!("cannot read: {}", plain(&error)), help_for(&error));
    let file = File::open(&found.file).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if !metadata.is_file() {
        return Err(no_file(found, &metadata));
    }
    if metadata.len() > MAX_BYTES {
        return Err(too_large(&found.path, metadata.len()));
    }
    if buffer.capacity() > KEPT_BUFFER {
        *buffer = vec![];
    }
    buffer.clear();
    buffer.reserve(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    // The file may grow while it is read.
    file.take(MAX_BYTES + 1).read_to_end(buffer).map_err(failed)?;
    if buffer.len() as u64 > MAX_BYTES {
        return Err(too_large(&found.path, buffer.len() as u64));
    }
    Ok(buffer)
}

fn failure(found: &Found, error: String, help: &str) -> Failure {
    Failure { path: found.path.clone(), error, help: help.to_owned() }
}

fn no_file(found: &Found, metadata: &fs::Metadata) -> Failure {
    let kind = if metadata.is_dir() { "a folder" } else { "a pipe, socket or device" };
    failure(found, format!("cannot read: this is {kind}, not a file"), "exclude it")
}

/// A larger buffer is given back: most posts are small.
const KEPT_BUFFER: usize = 1024 * 1024;

/// What is said of a file, or of what will be one, that has more bytes than a post can have.
pub fn too_large(path: &Arc<str>, bytes: u64) -> Failure {
    let limit = MAX_BYTES / (1024 * 1024);
    let error = format!("too large to be a post: {} MB, the limit is {limit} MB", bytes.div_ceil(1024 * 1024));
    Failure { path: path.clone(), error, help: "exclude it, or split it into several posts".to_owned() }
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

/// The reason without the number that the operating system gives it.
fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder (any more)".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

fn help_for(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "check the path; a file may have been moved during the run",
        io::ErrorKind::PermissionDenied => "make it readable, or exclude it",
        _ => "exclude it if it is not part of the site",
    }
}

#[cfg(test)]
mod tests {
    use globset::{Glob, GlobSetBuilder};
    use tempfile::TempDir;

    use super::*;
    use crate::site::{jekyll, plain};

    /// A folder with these files; a name that ends in `/` is an empty folder.
    fn folder(files: &[(&str, &str)]) -> TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        for (name, text) in files {
            let path = folder.path().join(name);
            if name.ends_with('/') {
                fs::create_dir_all(&path).expect("a folder can be made");
                continue;
            }
            fs::create_dir_all(path.parent().expect("it is below the folder")).expect("a folder can be made");
            fs::write(&path, text).expect("a file can be written");
        }
        folder
    }

    fn excluding(globs: &[&str]) -> GlobSet {
        let mut set = GlobSetBuilder::new();
        for glob in globs {
            set.add(Glob::new(glob).expect("a glob of the test"));
        }
        set.build().expect("globs of the test")
    }

    fn paths(walked: &Walked) -> Vec<&str> {
        walked.files.iter().map(|found| &*found.path).collect()
    }

    fn found(path: &Path) -> Found {
        Found { path: "a.md".into(), file: path.to_owned(), role: Role::Post }
    }

    #[test]
    fn finds_content_in_order_and_nothing_else() {
        let site = folder(&[
            ("_config.yml", ""),
            ("_posts/2020-01-02-b.md", ""),
            ("_posts/2020-01-02-a.MD", ""),
            ("_posts/x/2020-01-02-c.markdown", ""),
            ("_posts/2020-01-02-a.txt", ""),
            ("_site/a.md", ""),
            (".hidden/a.md", ""),
            ("about.md", ""),
            ("node_modules/x/README.md", ""),
            ("secret/a.md", ""),
            ("drafts/old/a.md", ""),
            (".gitignore", "secret/\n"),
            ("notes/a.md", ""),
            (".eleventyignore", "notes/\n"),
        ]);
        let opened = open_site(site.path(), None);
        let walked = find(site.path(), &opened, &excluding(&["drafts/**", "**/*-b.md"]), 1);
        let expected = ["_posts/2020-01-02-a.MD", "_posts/x/2020-01-02-c.markdown", "about.md"];
        assert_eq!(paths(&walked), expected);
        assert_eq!(walked.files[2].role, Role::Page);
        assert!(walked.failures.is_empty(), "{:?}", walked.failures);
    }

    #[test]
    fn a_rendering_stands_for_its_r_markdown() {
        let site = folder(&[("a.Rmd", ""), ("a.md", ""), ("b.Rmd", "")]);
        let walked = find(site.path(), &Site::of(&plain::PLAIN), &GlobSet::empty(), 0);
        assert_eq!(paths(&walked), ["a.md", "b.Rmd"]);
    }

    #[test]
    fn ignore_files_above_a_site_outside_git_do_not_count() {
        let all = folder(&[(".gitignore", "*\n"), ("site/a.md", "")]);
        let root = all.path().join("site");
        let site = Site::of(&plain::PLAIN);
        assert_eq!(paths(&find(&root, &site, &GlobSet::empty(), 0)), ["a.md"]);
        fs::create_dir(all.path().join(".git")).expect("a folder can be made");
        assert!(find(&root, &site, &GlobSet::empty(), 0).files.is_empty(), "in a repository they do");
    }

    #[test]
    fn a_root_that_is_not_there_is_a_failure() {
        let all = folder(&[]);
        let walked = find(&all.path().join("none"), &Site::of(&plain::PLAIN), &GlobSet::empty(), 0);
        let failure = walked.failures.first().expect("one failure");
        assert_eq!((&*failure.path, walked.failures.len(), walked.files.len()), (".", 1, 0));
        assert_eq!(failure.error, "cannot read: there is no such file or folder (any more)");
    }

    #[test]
    fn roots() {
        let all = folder(&[
            ("repo/.git/HEAD", ""),
            ("repo/docs/_config.yml", ""),
            ("repo/docs/_posts/2020-01-02-a.md", ""),
            ("repo/notes/deep/a.md", ""),
            ("desk/copydesk.yaml", ""),
            ("desk/a/b/", ""),
        ]);
        let root = |start: &str| {
            let (root, by) = find_root(&all.path().join(start));
            (root.strip_prefix(all.path()).expect("a folder of the test").to_string_lossy().into_owned(), by)
        };
        assert_eq!(root("repo/docs/_posts"), ("repo/docs".to_owned(), RootBy::Generator));
        assert_eq!(root("repo/docs/_posts/2020-01-02-a.md"), ("repo/docs".to_owned(), RootBy::Generator));
        assert_eq!(root("repo/notes/deep"), ("repo".to_owned(), RootBy::Repository));
        assert_eq!(root("desk/a/b"), ("desk".to_owned(), RootBy::Configuration));
        let opened = open_site(&all.path().join("repo"), None);
        assert_eq!((opened.profile.name, opened.base), ("jekyll", "docs"));
        let named = open_site(&all.path().join("desk"), Some(&jekyll::JEKYLL));
        assert_eq!((named.profile.name, named.has_content_folder), ("jekyll", false));
    }

    #[test]
    fn reads_text() {
        let all = folder(&[("a.md", "银行\r\n")]);
        let source = read(&found(&all.path().join("a.md"))).expect("a readable file");
        assert_eq!((&*source.path, &*source.text), ("a.md", "银行\r\n"));
    }

    #[test]
    fn what_cannot_be_read_is_a_failure() {
        let all = folder(&[("folder.md/", "")]);
        let error = |name: &str| read(&found(&all.path().join(name))).expect_err("a failure").error;
        assert_eq!(error("none.md"), "cannot read: there is no such file or folder (any more)");
        assert_eq!(error("folder.md"), "cannot read: this is a folder, not a file");
        let large = File::create(all.path().join("large.md")).expect("a file can be made");
        large.set_len(MAX_BYTES + 1).expect("a sparse file can be made");
        assert_eq!(error("large.md"), "too large to be a post: 65 MB, the limit is 64 MB");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_and_sockets_not_read() {
        use std::os::unix::fs::symlink;
        use std::os::unix::net::UnixListener;

        let all = folder(&[("a/b.md", "")]);
        symlink("..", all.path().join("a/loop")).expect("a link can be made");
        symlink("b.md", all.path().join("a/again.md")).expect("a link can be made");
        symlink("none.md", all.path().join("a/dangling.md")).expect("a link can be made");
        let _socket = UnixListener::bind(all.path().join("a/socket.md")).expect("a socket can be made");
        let walked = find(all.path(), &Site::of(&plain::PLAIN), &GlobSet::empty(), 0);
        assert_eq!(paths(&walked), ["a/b.md"]);
        assert!(walked.failures.is_empty(), "{:?}", walked.failures);
        let error = |name: &str| read(&found(&all.path().join(name))).expect_err("a failure").error;
        assert_eq!(error("a/dangling.md"), "cannot read: there is no such file or folder (any more)");
        assert_eq!(error("a/socket.md"), "cannot read: this is a pipe, socket or device, not a file");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_no_unicode_are_shown_and_read() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;

        let all = folder(&[]);
        let name = OsStr::from_bytes(b"\xD6\xD0.md");
        fs::write(all.path().join(name), "text").expect("a file can be written");
        let walked = find(all.path(), &Site::of(&plain::PLAIN), &GlobSet::empty(), 0);
        assert_eq!(paths(&walked), ["\u{FFFD}\u{FFFD}.md"]);
        assert_eq!(&*read(&walked.files[0]).expect("a readable file").text, "text");
    }

    #[test]
    fn a_site_may_be_a_folder_of_its_repository() {
        let outer = folder(&[
            ("site/docs/a.md", ""),
            (".git/HEAD", ""),
            ("linked/.git", "gitdir: elsewhere"),
            ("linked/a/b/", ""),
        ]);
        for (site, expected) in
            [("", ""), ("site", "site/"), ("site/docs", "site/docs/"), ("linked", ""), ("linked/a/b", "a/b/")]
        {
            assert_eq!(below_repository(&outer.path().join(site)), expected, "{site}");
        }
        assert_eq!(below_repository(Path::new("src")), "", "a relative path tells nothing");
    }
}
