//! The undo journal: what is about to be done stands in it before it is done. One folder for each apply, numbered; a lock
//! that the system lets go of when its holder dies, however that happens.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{QUARANTINE, UNDO};
use crate::fix::Refused;
use crate::fix::write::{Folder, plain};

/// A line of a journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Entry {
    /// The first line: the version of the journal's format.
    Begun(u32),
    /// A file is about to be moved.
    Move { from: String, to: String, hash: String },
    /// A file is about to be written; its old bytes are kept at `saved`.
    Write { path: String, before: String, after: String, saved: String },
    /// All was done.
    Finished,
    /// It was undone but for these paths.
    Undone { left: Vec<String> },
}

/// The version of the journal's format.
const VERSION: u32 = 1;

/// The journals of a site, locked: nobody else changes it meanwhile.
#[derive(Debug)]
pub struct Store<'a> {
    folder: &'a Folder,
    /// Held as long as this lives.
    _lock: File,
}

/// A journal that is being written.
#[derive(Debug)]
pub(super) struct Journal {
    /// Its number.
    pub(super) number: u32,
    file: File,
    /// How much of the file is whole lines.
    length: u64,
}

/// A journal of an earlier apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// Its number.
    pub(super) number: u32,
    /// Its lines; one that was cut off is none.
    pub(super) entries: Vec<Entry>,
}

impl Record {
    /// Whether this version knows what its lines mean.
    pub(super) fn is_known(&self) -> bool {
        self.entries.first() == Some(&Entry::Begun(VERSION))
    }

    /// Whether the apply came to its end, or was undone.
    pub(super) fn is_closed(&self) -> bool {
        self.entries.iter().any(|entry| matches!(entry, Entry::Finished | Entry::Undone { .. }))
    }
}

impl<'a> Store<'a> {
    /// Whether there can be a journal: whether anything was ever applied here.
    pub fn is_there(folder: &Folder) -> bool {
        folder.has(UNDO).unwrap_or(true)
    }

    /// Takes the site's lock.
    ///
    /// # Errors
    /// When another process has it, or it cannot be taken.
    pub fn lock(folder: &'a Folder) -> Result<Self, Refused> {
        let failed = |error: io::Error| Refused::new(format!("cannot write to {UNDO}: {}", plain(&error)));
        // What is in here concerns this copy of the site alone.
        if !folder.has(&format!("{UNDO}/.gitignore")).map_err(failed)? {
            folder.write(&format!("{UNDO}/.gitignore"), b"*\n").map_err(failed)?;
        }
        let path = folder.locate(&format!("{UNDO}/lock")).map_err(failed)?;
        let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let mut lock = open.map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let _ = (&lock).take(32).read_to_string(&mut holder);
                let holder = holder.trim();
                let process = if holder.is_empty() { String::new() } else { format!(" (process {holder})") };
                let message = format!("another `copydesk dedup` is changing this site{process}");
                return Err(Refused::new(message).help("wait until it is done"));
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        // Only for the message above: whoever holds the lock need not have been able to say so.
        let _ = lock.set_len(0).and_then(|()| write!(lock, "{}", std::process::id()));
        let store = Self { folder, _lock: lock };
        store.sweep().map_err(failed)?;
        Ok(store)
    }

    /// Removes what is left of journals whose removal was cut off, and the last one if nothing was noted in it.
    fn sweep(&self) -> io::Result<()> {
        for entry in fs::read_dir(self.folder.locate(UNDO)?)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "undone") {
                remove_all(&path)?;
            }
        }
        let last = numbers(self.folder, UNDO)?.into_iter().max();
        match last {
            Some(number) if self.record(number)?.is_none_or(|record| record.entries.len() < 2) => self.forget(number),
            _ => Ok(()),
        }
    }

    /// The journal with this number, `None` if none was begun.
    fn record(&self, number: u32) -> io::Result<Option<Record>> {
        match fs::read(self.folder.locate(&journal(number))?) {
            Ok(text) => Ok(Some(Record { number, entries: lines(&text) })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The folder whose journals these are.
    pub(super) fn folder(&self) -> &'a Folder {
        self.folder
    }

    /// The number that the next apply will have.
    ///
    /// # Errors
    /// When the folders cannot be read.
    pub(super) fn next(folder: &Folder) -> io::Result<u32> {
        let mut all = numbers(folder, UNDO)?;
        all.extend(numbers(folder, QUARANTINE)?);
        Ok(all.into_iter().max().map_or(1, |last| last.saturating_add(1)))
    }

    /// The last journal that holds anything.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub(super) fn last(&self) -> io::Result<Option<Record>> {
        let mut all = numbers(self.folder, UNDO)?;
        all.sort_unstable_by(|a, b| b.cmp(a));
        for number in all {
            if let Some(record) = self.record(number)?.filter(|record| record.entries.len() > 1) {
                return Ok(Some(record));
            }
        }
        Ok(None)
    }

    /// Begins a journal.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn begin(&self) -> io::Result<Journal> {
        let number = Self::next(self.folder)?;
        let path = self.folder.locate(&journal(number))?;
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        let file = OpenOptions::new().append(true).create_new(true).open(path)?;
        let mut journal = Journal { number, file, length: 0 };
        journal.note(&[Entry::Begun(VERSION)])?;
        self.folder.settle([self::journal(number).as_str(), &format!("{UNDO}/{number}")])?;
        Ok(journal)
    }

    /// Adds a line to a journal that was closed or cut off.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn amend(&self, record: &Record, entry: Entry) -> io::Result<()> {
        let path = self.folder.locate(&journal(record.number))?;
        let whole = whole_lines(&fs::read(&path)?);
        let file = OpenOptions::new().append(true).open(path)?;
        file.set_len(whole)?;
        Journal { number: record.number, file, length: whole }.note(&[entry])
    }

    /// Removes a journal and all it kept. A kill on the way leaves nothing that looks like one.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub(super) fn forget(&self, number: u32) -> io::Result<()> {
        let path = self.folder.locate(&format!("{UNDO}/{number}"))?;
        let gone = path.with_file_name(format!("{number}.undone"));
        remove_all(&gone)?;
        fs::rename(&path, &gone)?;
        remove_all(&gone)
    }
}

impl Journal {
    /// Adds lines, which are on the disk when this returns.
    ///
    /// # Errors
    /// When they cannot be written; then none of them counts.
    pub(super) fn note(&mut self, entries: &[Entry]) -> io::Result<()> {
        let mut text = String::new();
        for entry in entries {
            text.push_str(&serde_json::to_string(entry).map_err(io::Error::other)?);
            text.push('\n');
        }
        let written = self.file.write_all(text.as_bytes()).and_then(|()| self.file.sync_data());
        match written {
            Ok(()) => {
                self.length += text.len() as u64;
                Ok(())
            }
            Err(error) => {
                let _ = self.file.set_len(self.length);
                Err(error)
            }
        }
    }
}

fn journal(number: u32) -> String {
    format!("{UNDO}/{number}/journal.jsonl")
}

fn remove_all(path: &std::path::Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// The lines up to the first that is not whole.
fn lines(text: &[u8]) -> Vec<Entry> {
    let whole = &text[..usize::try_from(whole_lines(text)).unwrap_or(0)];
    whole.split(|byte| *byte == b'\n').map_while(|line| serde_json::from_slice(line).ok()).collect()
}

fn whole_lines(text: &[u8]) -> u64 {
    memchr::memrchr(b'\n', text).map_or(0, |at| at as u64 + 1)
}

/// The numbers that name folders in a folder, which need not be there.
fn numbers(folder: &Folder, path: &str) -> io::Result<Vec<u32>> {
    let path: PathBuf = folder.locate(path)?;
    let entries = match fs::read_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
        other => other?,
    };
    let mut numbers = Vec::new();
    for entry in entries {
        numbers.extend(entry?.file_name().to_str().and_then(|name| name.parse::<u32>().ok()));
    }
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_was_cut_off_did_not_happen() {
        let entry = Entry::Move { from: "a\n银.md".into(), to: "b".into(), hash: "h".into() };
        let text = format!("{}\n{}\n", r#"{"begun":1}"#, serde_json::to_string(&entry).expect("it can be written"));
        assert_eq!(lines(text.as_bytes()), [Entry::Begun(1), entry.clone()]);
        for cut in 12..text.len() {
            assert_eq!(lines(&text.as_bytes()[..cut]), [Entry::Begun(1)], "{cut}");
        }
        assert_eq!(lines(b""), []);
    }

    #[test]
    fn one_at_a_time_and_numbers_go_up() {
        let made = tempfile::tempdir().expect("a folder can be made");
        let folder = Folder::open(made.path()).expect("it is there");
        let store = Store::lock(&folder).expect("nobody has it");
        let message = Store::lock(&folder).expect_err("it is taken").message;
        assert_eq!(message, format!("another `copydesk dedup` is changing this site (process {})", std::process::id()));
        let mut journal = store.begin().expect("begun");
        assert_eq!((journal.number, store.last().expect("read")), (1, None), "nothing was done yet");
        journal.note(&[Entry::Finished]).expect("written");
        let record = store.last().expect("read").expect("there");
        assert!(record.is_closed());
        assert_eq!(store.begin().expect("begun").number, 2);
        store.forget(1).expect("removed");
        assert_eq!(store.last().expect("read"), None);
        drop(store);
        assert!(Store::lock(&folder).is_ok());
    }
}
