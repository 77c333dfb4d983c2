//! Writing and moving files of one folder: each change is all or nothing, keeps permissions and times, and never leaves the
//! folder, be it through `..` or through a link.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

use crate::source::MAX_BYTES;

/// How much of a file is hashed or copied at once, in bytes.
const CHUNK: usize = 64 * 1024;

/// A folder within which files are changed.
#[derive(Clone, Debug)]
pub struct Folder {
    /// Its real path.
    root: PathBuf,
}

impl Folder {
    /// The folder at a path.
    ///
    /// # Errors
    /// When there is none.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { root: path.canonicalize()? })
    }

    /// Whether the name stays inside, as far as it can be told from the name alone.
    pub fn is_inside(path: &str) -> bool {
        let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
        !path.is_empty() && Path::new(path).components().all(plain) && !path.contains('\0')
    }

    /// Where the file is, with every folder on the way inside.
    ///
    /// # Errors
    /// When it would be outside.
    pub fn locate(&self, path: &str) -> io::Result<PathBuf> {
        let outside = || io::Error::new(io::ErrorKind::InvalidInput, "it lies outside of the site");
        if !Self::is_inside(path) {
            return Err(outside());
        }
        let full = self.root.join(path);
        let there = full.ancestors().skip(1).find(|folder| folder.exists()).unwrap_or(&self.root);
        if there.canonicalize()?.starts_with(&self.root) { Ok(full) } else { Err(outside()) }
    }

    /// Whether anything stands at the path, a broken link included.
    ///
    /// # Errors
    /// When that cannot be found out.
    pub fn has(&self, path: &str) -> io::Result<bool> {
        match fs::symlink_metadata(self.locate(path)?) {
            Ok(_) => Ok(true),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// When it is no regular file inside, or larger than a post can be.
    pub fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(self.file(path)?)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is too large to be a post"));
        }
        Ok(bytes)
    }

    /// The hash of a file's bytes, 64 hexadecimal digits.
    ///
    /// # Errors
    /// When it is no regular file inside, or cannot be read.
    pub fn hash(&self, path: &str) -> io::Result<String> {
        let mut file = File::open(self.file(path)?)?;
        let (mut hasher, mut chunk) = (blake3::Hasher::new(), vec![0; CHUNK]);
        loop {
            match file.read(&mut chunk)? {
                0 => return Ok(hasher.finalize().to_hex().to_string()),
                length => _ = hasher.update(&chunk[..length]),
            }
        }
    }

    /// Puts these bytes at `path`, in place of what is there: a reader sees the old file or the new one, whole. The folder
    /// is made if it is missing.
    ///
    /// # Errors
    /// When it cannot be written; then the old file is still there.
    pub fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let full = self.locate(path)?;
        self.make_parent(&full)?;
        let old = match fs::symlink_metadata(&full) {
            Ok(metadata) if metadata.is_file() => Some(metadata),
            Ok(_) => return Err(no_file()),
            Err(_) => None,
        };
        let fill = |file: &mut File| {
            file.write_all(bytes)?;
            old.map_or(Ok(()), |old| file.set_permissions(old.permissions()))
        };
        staged(&full, Wait::ForDisk, fill)
    }

    /// The same without waiting for the disk: for what can be made again. After a power cut, anything may stand there.
    ///
    /// # Errors
    /// When it cannot be written; then the old file is still there.
    pub fn put(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let full = self.locate(path)?;
        self.make_parent(&full)?;
        staged(&full, Wait::No, |file| file.write_all(bytes))
    }

    /// Moves a file to where nothing stands yet; folders are made on the way.
    ///
    /// # Errors
    /// When it cannot be moved; then it is where it was.
    pub fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        if self.has(to)? {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("something stands at {to} already")));
        }
        self.replace(from, to)
    }

    /// Moves a file to where another may stand, which it replaces.
    ///
    /// # Errors
    /// When it cannot be moved; then it is where it was.
    pub fn replace(&self, from: &str, to: &str) -> io::Result<()> {
        let (from, to) = (self.file(from)?, self.locate(to)?);
        self.make_parent(&to)?;
        match fs::rename(&from, &to) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                copy(&from, &to)?;
                fs::remove_file(&from)
            }
            other => other,
        }
    }

    /// Gives a file a second name, under which it stays when the first one is written anew. Where files cannot have two
    /// names, it is copied.
    ///
    /// # Errors
    /// When that cannot be done.
    pub fn keep(&self, path: &str, also: &str) -> io::Result<()> {
        let (from, to) = (self.file(path)?, self.locate(also)?);
        self.make_parent(&to)?;
        fs::hard_link(&from, &to).or_else(|_| copy(&from, &to))
    }

    /// Removes a file, if it is there.
    ///
    /// # Errors
    /// When it is there and cannot be removed.
    pub fn remove(&self, path: &str) -> io::Result<()> {
        absent_is_fine(fs::remove_file(self.locate(path)?))
    }

    /// Removes what a write to `path` that was cut off may have left.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn clean(&self, path: &str) -> io::Result<()> {
        absent_is_fine(fs::remove_file(staging(&self.locate(path)?)))
    }

    /// Removes the folders below `path` that hold no file, and last itself.
    ///
    /// # Errors
    /// When they cannot be read or removed.
    pub fn prune(&self, path: &str) -> io::Result<()> {
        let top = self.locate(path)?;
        let (mut open, mut found) = (vec![top], Vec::new());
        while let Some(folder) = open.pop() {
            let entries = match fs::read_dir(&folder) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                other => other?,
            };
            for entry in entries {
                let entry = entry?;
                if entry.file_type()?.is_dir() {
                    open.push(entry.path());
                }
            }
            found.push(folder);
        }
        // Inner folders were found after those that hold them.
        for folder in found.into_iter().rev() {
            match fs::remove_dir(folder) {
                Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {}
                other => absent_is_fine(other)?,
            }
        }
        Ok(())
    }

    /// Makes sure that what happened in the folders of these paths outlives a power cut.
    ///
    /// # Errors
    /// When the disk says so.
    pub fn settle<'p>(&self, paths: impl IntoIterator<Item = &'p str>) -> io::Result<()> {
        let folder = |path: &'p str| path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folders: BTreeSet<&str> = paths.into_iter().map(folder).collect();
        for folder in folders {
            let full = if folder.is_empty() { self.root.clone() } else { self.locate(folder)? };
            absent_is_fine(sync_folder(&full))?;
        }
        Ok(())
    }

    /// A regular file inside: no link, no folder.
    fn file(&self, path: &str) -> io::Result<PathBuf> {
        let full = self.locate(path)?;
        if fs::symlink_metadata(&full)?.is_file() { Ok(full) } else { Err(no_file()) }
    }

    fn make_parent(&self, full: &Path) -> io::Result<()> {
        fs::create_dir_all(full.parent().unwrap_or(&self.root))
    }
}

/// An error of the system in plain words, without its number.
pub fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        io::ErrorKind::NotADirectory => "a file stands where a folder is needed".to_owned(),
        _ => error.to_string(),
    }
}

fn no_file() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "it is a link or a folder, not a file")
}

/// Whether a file has to be on the disk before it takes the place of another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wait {
    ForDisk,
    No,
}

/// Writes a file beside `full` and puts it there when it is whole.
fn staged(full: &Path, wait: Wait, fill: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let temporary = staging(full);
    absent_is_fine(fs::remove_file(&temporary))?;
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&temporary)?;
        fill(&mut file)?;
        if wait == Wait::ForDisk {
            file.sync_all()?;
        }
        fs::rename(&temporary, full)
    };
    write().inspect_err(|_| _ = fs::remove_file(&temporary))
}

/// The name under which `full` is written: always the same, so that what a kill leaves is found.
fn staging(full: &Path) -> PathBuf {
    let name = full.file_name().unwrap_or_default().as_encoded_bytes();
    full.with_file_name(format!(".copydesk-{}.tmp", &blake3::hash(name).to_hex()[..16]))
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let metadata = fs::metadata(from)?;
    staged(to, Wait::ForDisk, |file| {
        io::copy(&mut File::open(from)?, file)?;
        file.set_permissions(metadata.permissions())?;
        metadata.modified().and_then(|time| file.set_modified(time))
    })
}

fn absent_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(()),
        other => other,
    }
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Elsewhere a folder cannot be opened like a file; its system writes it in its own time.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> (tempfile::TempDir, Folder) {
        let made = tempfile::tempdir().expect("a folder can be made");
        fs::create_dir(made.path().join("site")).expect("a folder can be made");
        let folder = Folder::open(&made.path().join("site")).expect("it is there");
        for (path, text) in files {
            folder.write(path, text.as_bytes()).expect("it can be written");
        }
        (made, folder)
    }

    #[test]
    fn names_that_lead_out_are_refused() {
        for path in ["../a.md", "/etc/passwd", "a/../../b.md", "", ".", "a/./../b", "a\0b"] {
            assert!(!Folder::is_inside(path), "{path}");
            assert!(folder(&[]).1.write(path, b"x").is_err(), "{path}");
        }
        assert!(Folder::is_inside("_posts/a..b.md"));
    }

    #[test]
    fn a_write_replaces_the_whole_file_and_leaves_nothing_beside_it() {
        let (made, folder) = folder(&[("a/b.md", "old")]);
        folder.write("a/b.md", b"new").expect("written");
        assert_eq!(folder.read("a/b.md").expect("read"), b"new");
        assert_eq!(fs::read_dir(made.path().join("site/a")).expect("read").count(), 1);
        assert_eq!(folder.hash("a/b.md").expect("read"), blake3::hash(b"new").to_hex().to_string());
    }

    #[test]
    fn a_move_never_overwrites() {
        let (_made, folder) = folder(&[("a.md", "a"), ("b.md", "b")]);
        assert_eq!(folder.rename("a.md", "b.md").expect_err("refused").kind(), io::ErrorKind::AlreadyExists);
        folder.rename("a.md", "c/d/a.md").expect("moved");
        assert_eq!((folder.has("a.md").ok(), folder.read("c/d/a.md").ok()), (Some(false), Some(b"a".to_vec())));
        assert!(folder.rename("b.md", "c/d/a.md/b.md").is_err());
        assert_eq!(folder.read("b.md").expect("read"), b"b");
    }

    #[test]
    fn a_kept_file_stays_as_it_was() {
        let (_made, folder) = folder(&[("a.md", "old")]);
        folder.keep("a.md", "kept/a.md").expect("kept");
        folder.write("a.md", b"new").expect("written");
        assert_eq!(folder.read("kept/a.md").expect("read"), b"old");
        folder.replace("kept/a.md", "a.md").expect("moved");
        assert_eq!(folder.read("a.md").expect("read"), b"old");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_out_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let (made, folder) = folder(&[("a.md", "a")]);
        let site = made.path().join("site");
        fs::write(made.path().join("secret.md"), "secret").expect("written");
        symlink("..", site.join("up")).expect("linked");
        symlink("../secret.md", site.join("link.md")).expect("linked");
        for path in ["up/secret.md", "link.md"] {
            assert!(folder.write(path, b"x").is_err(), "{path}");
            assert!(folder.read(path).is_err(), "{path}");
            assert!(folder.rename(path, "moved.md").is_err(), "{path}");
            assert!(folder.rename("a.md", "up/new.md").is_err());
        }
        assert_eq!(fs::read(made.path().join("secret.md")).expect("read"), b"secret");
        fs::set_permissions(site.join("a.md"), fs::Permissions::from_mode(0o640)).expect("set");
        folder.write("a.md", b"b").expect("written");
        let mode = fs::metadata(site.join("a.md")).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }
}
