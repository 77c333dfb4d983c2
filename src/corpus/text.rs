//! The text of a post, read again: what exact comparison needs, for as long as it needs it.

use super::boilerplate::Kept;
use super::{Corpus, facts};
use crate::fingerprint::{Words, masked_shingle_set, numbers, shingle_set};
use crate::post::Prose;
use crate::source::{Source, Span};

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
        let (prose, _) = self.prose(post)?;
        let words = prose.words();
        Some(Text { prose, words })
    }

    /// The hashes of the lines of code in a post, as `text`.
    pub(super) fn code(&self, post: usize) -> Option<Vec<u64>> {
        let (prose, source) = self.prose(post)?;
        Some(prose.code(&source))
    }

    fn prose(&self, post: usize) -> Option<(Prose, Source)> {
        let facts = self.posts.get(post)?.text.as_ref()?;
        let source = self.texts.source(&self.posts[post].path)?;
        if facts::hash_of(&source) != facts.source {
            return None;
        }
        Some((facts.outline.unfold(&source)?, source))
    }
}

/// What of a text is counted when it is compared: a tenth of what the text itself takes.
#[derive(Debug)]
pub(super) struct Counted {
    /// Its shingles, sorted.
    pub(super) shingles: Vec<u64>,
    /// Its numbers, sorted, with repetitions.
    pub(super) numbers: Vec<u64>,
    /// How many tokens it has.
    pub(super) tokens: usize,
}

impl Counted {
    pub(super) fn of(text: &Text, kept: &Kept) -> Self {
        let keeps = |block: usize| kept.keeps(block);
        let (shingles, numbers) = (shingle_set(&text.words, &keeps), numbers(&text.words, &keeps));
        Self { shingles, numbers, tokens: text.words.tokens.len() }
    }
}

/// The shingles of a text with every number taken for the same, sorted.
pub(super) fn masked(text: &Text, kept: &Kept) -> Vec<u64> {
    masked_shingle_set(&text.words, &|block| kept.keeps(block))
}
