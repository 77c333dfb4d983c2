//! Entries of one kind, in many files: a run that has a few new ones writes a few small files anew. Each file is read when
//! something in it is first asked for, and replaced as a whole.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError, RwLock};
use std::{fs, io, mem};

use super::Key;
use super::shard::{self, Shard};
use crate::fix::write::Folder;

/// Number of files; slots are spread over them by their last bits.
const SHARDS: usize = 64;

/// Entries that were put in and are not written yet, by their slots.
type Fresh = BTreeMap<Key, (Key, Vec<u8>)>;

/// Entries of one kind.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    /// Written into each file: one with another stamp is not read.
    stamp: Key,
    shards: Box<[RwLock<OnceLock<Shard>>]>,
    fresh: Box<[Mutex<Fresh>]>,
    damaged: Mutex<Vec<PathBuf>>,
}

impl Store {
    pub(super) fn new(folder: PathBuf, stamp: Key) -> Self {
        let shards = (0..SHARDS).map(|_| RwLock::default()).collect();
        let fresh = (0..SHARDS).map(|_| Mutex::default()).collect();
        Self { folder, stamp, shards, fresh, damaged: Mutex::default() }
    }

    /// What `read` makes of the value that is kept in a slot under this check; of a slot that holds something else, nothing.
    pub fn get<T>(&self, slot: Key, check: Key, read: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
        let at = place(slot);
        if let Some((its, value)) = lock(&self.fresh[at]).get(&slot) {
            return if *its == check { read(value) } else { None };
        }
        let shard = self.shards[at].read().unwrap_or_else(PoisonError::into_inner);
        let shard = shard.get_or_init(|| self.load(at));
        read(shard.get(slot, check)?)
    }

    /// Puts a value into a slot, in place of what is in it.
    pub fn put(&self, slot: Key, check: Key, value: Vec<u8>) {
        lock(&self.fresh[place(slot)]).insert(slot, (check, value));
    }

    /// Gives back the memory that was taken to read files.
    pub fn release(&self) {
        for shard in &self.shards {
            shard.write().unwrap_or_else(PoisonError::into_inner).take();
        }
    }

    /// Takes out the names of files that could not be understood.
    pub(super) fn damaged(&self) -> Vec<PathBuf> {
        mem::take(&mut lock(&self.damaged))
    }

    pub(super) fn is_dirty(&self) -> bool {
        self.fresh.iter().any(|fresh| !lock(fresh).is_empty())
    }

    /// Writes the files that something new belongs in. Old entries that were not asked for are left out of them if the run
    /// `is_complete`.
    pub(super) fn write(&self, is_complete: bool) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let folder = Folder::open(&self.folder)?;
        for at in 0..SHARDS {
            let fresh = mem::take(&mut *lock(&self.fresh[at]));
            if fresh.is_empty() {
                continue;
            }
            let mut shard = self.shards[at].write().unwrap_or_else(PoisonError::into_inner);
            let old = shard.take().unwrap_or_else(|| self.load(at));
            let old_entries = old.entries().filter(|(_, (_, _, is_used))| *is_used || !is_complete);
            let mut all: BTreeMap<Key, (Key, &[u8])> =
                old_entries.map(|(slot, (check, value, _))| (slot, (check, value))).collect();
            all.extend(fresh.iter().map(|(slot, (check, value))| (*slot, (*check, &**value))));
            let bytes = shard::bytes(self.stamp, all.into_iter().map(|(slot, (check, value))| (slot, check, value)));
            folder.put(&name(at), &bytes)?;
        }
        Ok(())
    }

    /// What a file holds: nothing if it is not there, or not to be understood.
    fn load(&self, at: usize) -> Shard {
        let path = self.folder.join(name(at));
        let shard = match fs::read(&path) {
            Ok(bytes) => Shard::read(bytes, self.stamp),
            // A folder that cannot be is told of when it is to be written.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Shard::default();
            }
            Err(_) => None,
        };
        shard.unwrap_or_else(|| {
            lock(&self.damaged).push(path);
            Shard::default()
        })
    }
}

fn name(at: usize) -> String {
    format!("{at:02x}")
}

fn place(slot: Key) -> usize {
    (slot % SHARDS as Key) as usize
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
