//! One file of a store: entries sorted by their slots, and a hash over all of it. Whatever is not exactly that is no such file.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Key, key};

/// The first bytes. Whatever changes the format changes the number.
const MAGIC: &[u8; 16] = b"copydesk cache 1";

/// Bytes of a key.
const KEY: usize = size_of::<Key>();

/// Bytes in front of each value: slot, check, length.
const HEAD: usize = 2 * KEY + 4;

/// A file in memory.
#[derive(Debug, Default)]
pub(super) struct Shard {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    slot: Key,
    check: Key,
    value: Range<usize>,
    /// Whether it was asked for in this run, and was what was wanted.
    is_used: AtomicBool,
}

impl Shard {
    /// Reads a file that was written under the same stamp; `None` if it is another one, or damaged.
    pub(super) fn read(bytes: Vec<u8>, stamp: Key) -> Option<Self> {
        let (content, hash) = bytes.split_at_checked(bytes.len().checked_sub(KEY)?)?;
        let rest = content.strip_prefix(MAGIC)?.strip_prefix(&stamp.to_le_bytes())?;
        if key(&[content]).to_le_bytes() != hash {
            return None;
        }
        let (mut entries, mut at) = (vec![], content.len() - rest.len());
        while at < content.len() {
            let (head, rest) = content[at..].split_at_checked(HEAD)?;
            let length = u32::from_le_bytes(head[2 * KEY..].try_into().ok()?) as usize;
            if length > rest.len() {
                return None;
            }
            let number = |at: usize| Some(Key::from_le_bytes(head[at..at + KEY].try_into().ok()?));
            let (slot, check) = (number(0)?, number(KEY)?);
            let value = at + HEAD..at + HEAD + length;
            at = value.end;
            entries.push(Entry { slot, check, value, is_used: AtomicBool::new(false) });
        }
        let is_sorted = entries.is_sorted_by(|one, other| one.slot < other.slot);
        is_sorted.then_some(Self { bytes, entries })
    }

    /// What is kept in a slot under this check.
    pub(super) fn get(&self, slot: Key, check: Key) -> Option<&[u8]> {
        let at = self.entries.binary_search_by_key(&slot, |entry| entry.slot).ok()?;
        let entry = &self.entries[at];
        if entry.check != check {
            return None;
        }
        entry.is_used.store(true, Ordering::Relaxed);
        Some(&self.bytes[entry.value.clone()])
    }

    /// All entries: slot, check, value, and whether it was used.
    pub(super) fn entries(&self) -> impl Iterator<Item = (Key, (Key, &[u8], bool))> {
        self.entries.iter().map(|entry| {
            let is_used = entry.is_used.load(Ordering::Relaxed);
            (entry.slot, (entry.check, &self.bytes[entry.value.clone()], is_used))
        })
    }
}

/// The bytes of a file with these entries, sorted by slot.
pub(super) fn bytes<'a>(stamp: Key, entries: impl Iterator<Item = (Key, Key, &'a [u8])>) -> Vec<u8> {
    let mut bytes = [&MAGIC[..], &stamp.to_le_bytes()].concat();
    for (slot, check, value) in entries {
        let Ok(length) = u32::try_from(value.len()) else { continue };
        bytes.extend(slot.to_le_bytes());
        bytes.extend(check.to_le_bytes());
        bytes.extend(length.to_le_bytes());
        bytes.extend(value);
    }
    bytes.extend(key(&[&bytes]).to_le_bytes());
    bytes
}
