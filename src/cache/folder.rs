//! The folder of the cache: what tells other programs to leave it alone, its lock, and its removal.

use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::time::{Duration, SystemTime};
use std::{io, thread};

use crate::fix::write::Folder;

/// Its name, below the root of the site.
pub const NAME: &str = ".copydesk_cache";

/// Keeps it out of repositories.
const IGNORE: (&str, &str) = (".gitignore", "*\n");

/// Keeps it out of backups. Source: <https://bford.info/cachedir/>, which gives the first line.
const TAG: (&str, &str) = (
    "CACHEDIR.TAG",
    "Signature: 8a477f597d28d172789f06886806bc55\n# Made by copydesk. It can be deleted at any time.\n",
);

/// What a run locks while it writes: a file of its own, since the others are replaced.
const LOCK: &str = "lock";

/// How the names of its folders begin: results for posts, and for pairs of them.
pub(super) const KINDS: [&str; 2] = ["posts-", "pairs-"];

/// How often, and after how long, to try again while another run writes. A write takes a fraction of a second.
const LOCK_TRIES: u32 = 40;
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// The folder of a cache while no other run writes into it. A run that was stopped in the middle holds no lock: the system
/// takes it back.
#[derive(Debug)]
pub struct Locked {
    /// The folder.
    pub folder: Folder,
    _lock: File,
}

/// Makes the folder, if it is missing, and keeps other runs out of it until the lock is dropped; `None` while another one
/// holds it for too long.
///
/// # Errors
/// When it cannot be made.
pub fn lock(path: &Path) -> io::Result<Option<Locked>> {
    fs::create_dir_all(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => io::ErrorKind::NotADirectory.into(),
        _ => error,
    })?;
    let file = File::options().create(true).append(true).open(path.join(LOCK))?;
    if !wait(&file) {
        return Ok(None);
    }
    let folder = Folder::open(path)?;
    for (name, text) in [IGNORE, TAG] {
        if !folder.has(name)? {
            folder.write(name, text.as_bytes())?;
        }
    }
    Ok(Some(Locked { folder, _lock: file }))
}

/// Whether the lock was free in time.
fn wait(file: &File) -> bool {
    for _ in 0..LOCK_TRIES {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => thread::sleep(LOCK_PAUSE),
            // Some network drives know no locks. Files are replaced whole there too: something may be lost, no more.
            Ok(()) | Err(TryLockError::Error(_)) => return true,
        }
    }
    false
}

/// Removes all folders of each kind but for those that were written last.
pub(super) fn keep_newest(folder: &Path, count: usize) -> io::Result<()> {
    KINDS.iter().try_for_each(|kind| keep_newest_of(folder, kind, count))
}

fn keep_newest_of(folder: &Path, kind: &str, count: usize) -> io::Result<()> {
    let mut all = vec![];
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(kind) && entry.file_type()?.is_dir() {
            let written = entry.metadata().and_then(|metadata| metadata.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
            all.push((written, entry.path()));
        }
    }
    all.sort();
    let surplus = all.len().saturating_sub(count);
    all.iter().take(surplus).try_for_each(|(_, path)| fs::remove_dir_all(path))
}

/// What was removed of a cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Removed {
    /// How much, in bytes.
    pub bytes: u64,
    /// How many files and folders were left because no run makes such.
    pub others: usize,
}

/// Removes the folder, but for what no run puts there; `None` if there is none.
///
/// # Errors
/// When it is no folder of its own, or cannot be removed.
pub fn remove(path: &Path) -> io::Result<Option<Removed>> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Ok(metadata) if metadata.is_dir() => {}
        other => {
            other?;
            return Err(io::Error::new(io::ErrorKind::NotADirectory, "it is no folder"));
        }
    }
    let mut removed = Removed { bytes: 0, others: 0 };
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let (name, is_folder) = (entry.file_name(), entry.file_type()?.is_dir());
        if !is_ours(&name.to_string_lossy(), is_folder) {
            removed.others += 1;
        } else if is_folder {
            for file in fs::read_dir(entry.path())? {
                removed.bytes += file?.metadata()?.len();
            }
            fs::remove_dir_all(entry.path())?;
        } else {
            removed.bytes += entry.metadata()?.len();
            fs::remove_file(entry.path())?;
        }
    }
    if removed.others == 0 {
        fs::remove_dir(path)?;
    }
    Ok(Some(removed))
}

/// Whether a run puts something of this name into the folder.
fn is_ours(name: &str, is_folder: bool) -> bool {
    if is_folder {
        return KINDS.iter().any(|kind| name.starts_with(kind));
    }
    let is_staged = name.starts_with(".copydesk-") && name.ends_with(".tmp");
    is_staged || [IGNORE.0, TAG.0, LOCK].contains(&name) || name.starts_with("links.")
}
