//! What earlier checks found, kept in a file that several runs may share: good answers are used again, failures never are,
//! but since when an address fails is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{io, mem};

use jiff::{SignedDuration, Timestamp};

use super::visit::Hop;
use crate::cache::folder;
use crate::fix::write::{Folder, plain};

mod file;

/// The file, within the folder of the cache.
const FILE: &str = "links.jsonl";
/// What was not asked for since so long before the newest entry is forgotten: its link is gone.
const FORGET: SignedDuration = SignedDuration::from_hours(24 * 180);

/// What is known of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it was asked for last.
    pub checked: Timestamp,
    /// What was found then.
    pub state: State,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// The page: the status, the redirects on the way, and whether it answers under `https:` too.
    Good(u16, Vec<Hop>, bool),
    /// No page.
    Failing {
        /// When that was found first, with no good answer since.
        first: Timestamp,
        /// How many runs have found it.
        runs: u32,
    },
}

/// The cache. What is not saved is saved when it is dropped.
#[derive(Debug, Default)]
pub struct Cache {
    folder: Option<PathBuf>,
    entries: BTreeMap<String, Entry>,
    /// Remarks on what could not be read or written, in words for the user.
    notes: Vec<String>,
    is_dirty: bool,
}

impl Cache {
    /// A cache that lives as long as the run.
    pub fn in_memory() -> Self {
        Self::default()
    }

    /// The cache in a folder, which is made when there is something to write. What cannot be read is left out, with a note.
    pub fn open(folder: &Path) -> Self {
        let mut cache = Self::default();
        cache.folder = Some(folder.to_owned());
        match read(folder) {
            Ok(file::Content { entries, damage }) => {
                cache.entries = entries;
                // Without a change the damage would stay, and be told, forever.
                cache.is_dirty = damage.is_some();
                cache.notes.extend(damage.map(|damage| format!("{}: {damage}", folder.join(FILE).display())));
            }
            Err(error) => cache.note("read", &error),
        }
        cache
    }

    /// Takes the remarks out.
    pub fn take_notes(&mut self) -> Vec<String> {
        mem::take(&mut self.notes)
    }

    /// What is known of an address in its normal form.
    pub fn get(&self, address: &str) -> Option<&Entry> {
        self.entries.get(address)
    }

    /// Keeps a good answer.
    pub fn keep(&mut self, address: &str, now: Timestamp, status: u16, chain: &[Hop], upgrade: bool) {
        let state = State::Good(status, chain.to_vec(), upgrade);
        self.entries.insert(address.to_owned(), Entry { checked: now, state });
        self.is_dirty = true;
    }

    /// Notes that an address was found dead. Returns when that was found first, and in how many runs.
    pub fn fail(&mut self, address: &str, now: Timestamp) -> (Timestamp, u32) {
        let (first, runs) = match self.get(address).map(|entry| &entry.state) {
            // A clock that was wrong must not keep an address alive.
            Some(State::Failing { first, runs }) => ((*first).min(now), runs.saturating_add(1)),
            _ => (now, 1),
        };
        self.entries.insert(address.to_owned(), Entry { checked: now, state: State::Failing { first, runs } });
        self.is_dirty = true;
        (first, runs)
    }

    /// Writes what is new, together with what other runs wrote meanwhile. What goes wrong becomes a note: a cache that
    /// cannot be written makes the next run slower, and nothing else.
    pub fn save(&mut self) {
        let Some(folder) = self.folder.clone().filter(|_| self.is_dirty) else { return };
        self.is_dirty = false;
        if let Err(error) = self.write(&folder) {
            self.note("write", &error);
        }
    }

    fn write(&mut self, path: &Path) -> io::Result<()> {
        let busy = || io::Error::new(io::ErrorKind::WouldBlock, "another run holds it");
        let locked = folder::lock(path)?.ok_or_else(busy)?;
        let folder = &locked.folder;
        // What is damaged there was told when the cache was opened.
        if let Ok(theirs) = read(path) {
            for (address, entry) in theirs.entries {
                self.merge(address, entry);
            }
        }
        let newest = self.entries.values().map(|entry| entry.checked).max().unwrap_or_default();
        self.entries.retain(|_, entry| newest.duration_since(entry.checked) <= FORGET);
        folder.write(FILE, file::text(&self.entries).as_bytes())
    }

    /// The later word counts; two that agree on a failure agree on its earlier beginning.
    fn merge(&mut self, address: String, theirs: Entry) {
        let Some(ours) = self.entries.get_mut(&address) else {
            self.entries.insert(address, theirs);
            return;
        };
        let agreed = match (&ours.state, &theirs.state) {
            (State::Failing { first: a, runs: m }, State::Failing { first: b, runs: n }) => {
                Some(State::Failing { first: *a.min(b), runs: *m.max(n) })
            }
            _ => None,
        };
        if theirs.checked > ours.checked {
            *ours = theirs;
        }
        ours.state = agreed.unwrap_or_else(|| ours.state.clone());
    }

    fn note(&mut self, verb: &str, error: &io::Error) {
        let path = self.folder.as_deref().map(|folder| folder.join(FILE)).unwrap_or_default();
        let note = format!("{}: cannot {verb} the cache of links: {}", path.display(), plain(error));
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        self.save();
    }
}

fn read(folder: &Path) -> io::Result<file::Content> {
    match Folder::open(folder).and_then(|folder| folder.read(FILE)) {
        Ok(bytes) => Ok(file::read(&bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(file::Content::default()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
