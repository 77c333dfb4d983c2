//! The text of a post, read again: what exact comparison needs, for as long as it needs it.

use std::collections::VecDeque;
use std::sync::Arc;

use super::boilerplate::Kept;
use super::{Corpus, facts};
use crate::fingerprint::{Words, numbers, shingle_set};
use crate::post::Prose;
use crate::source::Span;

/// The words of a post with the way back to its source.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) prose: Prose,
    pub(super) words: Words,
}

impl Text {
    /// The bytes of the source that a run of tokens came from.
    pub(super) fn span(&self, tokens: std::ops::Range<usize>) -> Span {
        let (Some(first), Some(last)) = (self.words.tokens.get(tokens.start), tokens.end.checked_sub(1)) else {
            return Span::at(0);
        };
        let end = self.words.tokens[last].origin_end;
        self.prose.source_span(first.origin as usize..end as usize)
    }
}

impl Corpus<'_> {
    /// The text of a post, unless it is gone or not what it was when its facts were taken.
    pub(super) fn text(&self, post: usize) -> Option<Text> {
        let facts = self.posts.get(post)?.text.as_ref()?;
        let source = self.texts.source(&self.posts[post].path)?;
        if facts::hash_of(&source) != facts.source {
            return None;
        }
        let prose = facts.outline.unfold(&source)?;
        let words = Words::of(&source, &prose);
        Some(Text { prose, words })
    }
}

/// What of a text is counted when it is compared.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) text: Text,
    pub(super) kept: Kept,
    /// Its shingles, sorted.
    pub(super) shingles: Vec<u64>,
    /// Its numbers, sorted, with repetitions.
    pub(super) numbers: Vec<u64>,
}

impl Counted {
    pub(super) fn of(text: Text, kept: Kept) -> Self {
        let keeps = |block: usize| kept.keeps(block);
        let (shingles, numbers) = (shingle_set(&text.words, &keeps), numbers(&text.words, &keeps));
        Self { shingles, numbers, kept, text }
    }
}

/// Texts that are likely to be asked for again: pairs come in order of their first post.
pub(super) struct Shelf<'a, 'b> {
    load: &'a (dyn Fn(usize) -> Option<Counted> + Sync + 'b),
    /// The last ones, newest at the end.
    recent: VecDeque<(usize, Option<Arc<Counted>>)>,
}

/// How many texts a shelf holds. Each thread has one, so that memory does not grow with the site.
const ROOM: usize = 16;

impl<'a, 'b> Shelf<'a, 'b> {
    pub(super) fn new(load: &'a (dyn Fn(usize) -> Option<Counted> + Sync + 'b)) -> Self {
        Self { load, recent: VecDeque::with_capacity(ROOM) }
    }

    /// The text of a post, if it is still there.
    pub(super) fn get(&mut self, post: usize) -> Option<Arc<Counted>> {
        if let Some(at) = self.recent.iter().position(|(known, _)| *known == post) {
            let entry = self.recent.remove(at)?;
            self.recent.push_back(entry.clone());
            return entry.1;
        }
        if self.recent.len() == ROOM {
            self.recent.pop_front();
        }
        let text = (self.load)(post).map(Arc::new);
        self.recent.push_back((post, text.clone()));
        text
    }
}
