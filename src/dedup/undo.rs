//! Takes the last apply back, whether it came to its end or was cut off. What the files are now decides what is to be done, so
//! that an undo which is itself cut off is simply run again.

use std::collections::BTreeSet;
use std::io;

use super::journal::{Entry, Record, Store};
use super::{QUARANTINE, UNDO};
use crate::diagnostic::Failure;
use crate::fix::Refused;
use crate::fix::write::{Folder, plain};

/// What an undo did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// The number of the apply that was taken back.
    pub number: u32,
    /// The files that are as they were before it, in order of path.
    pub restored: BTreeSet<String>,
    /// The files that are not, and why.
    pub left: Vec<Failure>,
}

/// Takes back the last apply; `None` if there is none.
///
/// # Errors
/// When the journal cannot be read.
pub fn undo(store: &Store<'_>) -> Result<Option<Undone>, Refused> {
    let stuck = |error: io::Error| Refused::new(format!("cannot read the undo journal: {}", plain(&error)));
    let Some(record) = store.last().map_err(stuck)? else { return Ok(None) };
    if !record.is_known() {
        let message = format!("{UNDO}/{} was written by another version of copydesk", record.number);
        return Err(Refused::new(message).help("undo it with that version"));
    }
    let mut undone = Undone { number: record.number, ..Undone::default() };
    for entry in record.entries.iter().rev() {
        let Some((path, result)) = take_back(store.folder(), entry) else { continue };
        match result {
            Ok(true) => _ = undone.restored.insert(path.to_owned()),
            Ok(false) => {}
            Err(refused) => {
                undone.left.push(Failure { path: path.into(), error: refused.message, help: refused.help });
            }
        }
    }
    undone.left.sort();
    if undone.left.is_empty() {
        tidy(store, &record).map_err(|error| Refused::new(format!("cannot tidy up: {}", plain(&error))))?;
    } else {
        // An apply that was cut off is dealt with as well as it can be: it bars the way no longer.
        let left = undone.left.iter().map(|failure| failure.path.to_string()).collect();
        let _ = store.amend(&record, Entry::Undone { left });
    }
    Ok(Some(undone))
}

/// Takes one change back: whether there was anything to do.
fn take_back<'e>(folder: &Folder, entry: &'e Entry) -> Option<(&'e str, Result<bool, Refused>)> {
    match entry {
        Entry::Move { from, to, hash } => Some((from, move_back(folder, from, to, hash))),
        Entry::Write { path, before, after, saved } => {
            let states = Write { before, after, saved };
            Some((path, write_back(folder, path, states)))
        }
        Entry::Begun(_) | Entry::Finished | Entry::Undone { .. } => None,
    }
}

fn move_back(folder: &Folder, from: &str, to: &str, hash: &str) -> Result<bool, Refused> {
    let is_there = |path: &str| folder.has(path).map_err(failed);
    // What a move over the bounds of a disk may have left half done.
    folder.clean(to).map_err(failed)?;
    folder.clean(from).map_err(failed)?;
    match (is_there(from)?, is_there(to)?) {
        (true, false) => Ok(false),
        (false, true) => folder.rename(to, from).map(|()| true).map_err(failed),
        (true, true) if folder.hash(from).ok() == folder.hash(to).ok() => {
            folder.remove(to).map(|()| true).map_err(failed)
        }
        (true, true) => {
            let help = format!("its old text is in {to}; move one of the two away and undo again");
            Err(Refused::new("something else stands there now").help(help))
        }
        (false, false) => {
            let help = format!("it was moved to {to} and is no longer there; its hash was {hash}");
            Err(Refused::new("it is gone").help(help))
        }
    }
}

/// A file before and after it was written.
struct Write<'e> {
    before: &'e str,
    after: &'e str,
    saved: &'e str,
}

fn write_back(folder: &Folder, path: &str, states: Write<'_>) -> Result<bool, Refused> {
    folder.clean(path).map_err(failed)?;
    let help = format!("its old text is in {}", states.saved);
    let now = match folder.hash(path) {
        Ok(now) => now,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Refused::new("it was removed after the apply").help(help));
        }
        Err(error) => return Err(failed(error)),
    };
    if now == states.before {
        return Ok(false);
    }
    if now != states.after {
        return Err(Refused::new("it has changed after the apply").help(help));
    }
    match folder.hash(states.saved) {
        Ok(saved) if saved == states.before => folder.replace(states.saved, path).map(|()| true).map_err(failed),
        _ => Err(Refused::new("its old text is no longer in the journal").help("take it from version control")),
    }
}

fn failed(error: io::Error) -> Refused {
    Refused::new(plain(&error)).help("mend that and undo again")
}

/// Removes what the apply made, and last the journal.
fn tidy(store: &Store<'_>, record: &Record) -> io::Result<()> {
    let folder = store.folder();
    let quarantine = format!("{QUARANTINE}/{}", record.number);
    let manifest = format!("{quarantine}/manifest.yaml");
    folder.clean(&manifest)?;
    folder.remove(&manifest)?;
    let mut paths = Vec::new();
    for entry in &record.entries {
        if let Entry::Move { from: path, .. } | Entry::Write { path, .. } = entry {
            paths.push(path.as_str());
        }
    }
    folder.prune(&quarantine)?;
    folder.prune(QUARANTINE)?;
    folder.settle(paths)?;
    store.forget(record.number)?;
    folder.settle([format!("{UNDO}/lock").as_str()])
}
