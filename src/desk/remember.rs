//! What the desk remembers of earlier runs: posts by their content, answers of the corpus by their questions.

use std::sync::atomic::Ordering;

use super::{Desk, Examined, kept};
use crate::cache::{self, Cache};
use crate::corpus::Memory;
use crate::diagnostic::Failure;
use crate::source::Source;
use crate::walk;

/// A site of fewer posts is checked in less time than it takes to tell that from the cache. Where there is one already, it is
/// used all the same.
const LEAST_CACHED: usize = 100;

impl Desk {
    /// The same, with what earlier runs found out, and keeping what this one does. To be called last: what is kept depends on
    /// all the rest.
    #[must_use]
    pub fn remembering(mut self) -> Self {
        let (plan, wanted) = (self.plan.identity, format!("{:?}", self.wanted.without_time()));
        self.cache = Some(Cache::open(&self.root, cache::key(&[&plan, wanted.as_bytes()])));
        self
    }

    /// Examines one file, or finds it in the cache. The buffer serves one file after the other.
    pub(super) fn examine_file(&self, file: &walk::Found, buffer: &mut Vec<u8>) -> Result<Option<Examined>, Failure> {
        let (path, role, bytes) = (&file.path, file.role, walk::bytes(file, buffer)?);
        let Some(cache) = &self.cache else { return self.guarded(Source::from_bytes(path, bytes), role) };
        let (slot, content) = (cache::key(&[path.as_bytes(), &[role as u8]]), cache::key(&[bytes]));
        let read = |kept: &[u8]| kept::read(&self.plan, (path, role), kept);
        if let Some(mut known) = cache.posts.get(slot, content, read) {
            if let Some(post) = known.as_mut().filter(|post| self.is_to_be_shown(post, bytes.len())) {
                post.source = Some(Source::from_bytes(path, bytes));
            }
            return Ok(known);
        }
        let found = self.guarded(Source::from_bytes(path, bytes), role)?;
        if let Some(kept) = kept::write(&self.plan, found.as_ref()) {
            cache.posts.put(slot, content, kept);
        }
        Ok(found)
    }

    /// Whether the text of a post is kept at hand: something is to be said of it, and there is room.
    pub(super) fn is_to_be_shown(&self, post: &Examined, bytes: usize) -> bool {
        let take = |room: usize| room.checked_sub(bytes);
        !post.diagnostics.is_empty() && self.room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// Writes what is known of posts now, before the corpus needs the memory.
    pub(super) fn save_posts(&self) {
        let Some(cache) = &self.cache else { return };
        if cache.is_there() || self.posts.len() >= LEAST_CACHED {
            cache.save(&cache.posts, self.plan.needs_corpus());
        }
        cache.posts.release();
    }

    /// Writes what is known of pairs of posts.
    pub(super) fn save_pairs(&self) {
        let Some(cache) = self.cache.as_ref().filter(|cache| cache.is_there()) else { return };
        cache.save(&cache.pairs, !self.plan.is_partial);
    }

    /// Takes out what is to be said of the cache, in words for the user.
    pub fn take_notes(&self) -> Vec<String> {
        self.cache.as_ref().map_or(vec![], Cache::take_notes)
    }
}

impl Memory for Desk {
    fn recall(&self, question: &[&[u8]]) -> Option<Vec<u8>> {
        let cache = self.cache.as_ref()?;
        cache.pairs.get(cache::key(question), cache::Key::default(), |answer| Some(answer.to_vec()))
    }

    fn keep(&self, question: &[&[u8]], answer: Vec<u8>) {
        if let Some(cache) = &self.cache {
            cache.pairs.put(cache::key(question), cache::Key::default(), answer);
        }
    }
}
