//! What earlier runs found out, kept on disk: bytes under keys, which alone decide whether something is found again. No time
//! stamp is trusted, and nothing is ever wrong for being old: whoever asks puts all that an answer depends on into its key.
//! Knows nothing of posts and lints.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use twox_hash::XxHash3_128;

use crate::fix::write::plain;

pub mod folder;
mod shard;
mod store;

pub use store::Store;

/// Names of what is kept, by a hash that is too long for two to have the same.
pub type Key = u128;

/// How many choices of settings results are kept for at once; and one more version of the program for pairs.
const KEPT_STAMPS: usize = 4;

/// The version of the program by which results are kept: of one that was built of other sources they may differ.
pub const PROGRAM: &str = env!("COPYDESK_SOURCES");

/// The cache of one site.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// What was found in each post by itself.
    pub posts: Store,
    /// What was found about two posts together.
    pub pairs: Store,
    notes: Mutex<Vec<String>>,
}

impl Cache {
    /// The cache below the root of a site. Results for posts are kept apart by `stamp`: all that they depend on besides the
    /// posts. Nothing is read before it is asked for.
    pub fn open(root: &Path, stamp: Key) -> Self {
        let folder = root.join(folder::NAME);
        let program = key(&[PROGRAM.as_bytes()]);
        let posts = key(&[&program.to_le_bytes(), &stamp.to_le_bytes()]);
        Self {
            posts: Store::new(folder.join(named(folder::KINDS[0], posts)), posts),
            pairs: Store::new(folder.join(named(folder::KINDS[1], program)), program),
            folder,
            notes: Mutex::default(),
        }
    }

    /// Whether there is a cache already.
    pub fn is_there(&self) -> bool {
        self.folder.is_dir()
    }

    /// Writes what is new in one of the stores. `is_complete` says that whatever was not asked for in this run is of no use
    /// any more. What goes wrong becomes a note: a cache that cannot be written makes the next run slower, and nothing else.
    pub fn save(&self, store: &Store, is_complete: bool) {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        if let [first, others @ ..] = &*store.damaged() {
            let others = if others.is_empty() { String::new() } else { format!(" (and {} more)", others.len()) };
            let first = first.display();
            notes.push(format!("{first}{others}: this is no cache of copydesk, or it is damaged; it is made anew"));
        }
        if !store.is_dirty() {
            return;
        }
        if let Err(error) = self.write(store, is_complete) {
            let note = format!("{}: cannot write the cache: {}", self.folder.display(), plain(&error));
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }

    fn write(&self, store: &Store, is_complete: bool) -> io::Result<()> {
        let Some(_locked) = folder::lock(&self.folder)? else { return Ok(()) };
        store.write(is_complete)?;
        folder::keep_newest(&self.folder, KEPT_STAMPS)
    }

    /// Takes the remarks out, in words for the user.
    pub fn take_notes(&self) -> Vec<String> {
        std::mem::take(&mut self.notes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A key of these parts. Their borders count.
///
/// XXH3 and no cryptographic hash: it is ten times as fast, and who would go to the length of writing a text with the hash of
/// another only hides his own mistakes from himself.
pub fn key(parts: &[&[u8]]) -> Key {
    match parts {
        [one] => XxHash3_128::oneshot(one),
        _ => {
            let mut all = Vec::with_capacity(parts.iter().map(|part| part.len() + size_of::<u64>()).sum());
            for part in parts {
                all.extend_from_slice(&(part.len() as u64).to_le_bytes());
                all.extend_from_slice(part);
            }
            XxHash3_128::oneshot(&all)
        }
    }
}

fn named(kind: &str, stamp: Key) -> String {
    format!("{kind}{:016x}", stamp >> 64)
}

#[cfg(test)]
mod tests;
