//! What earlier runs found out about texts. All that an answer depends on is in the question, so that no answer is ever out
//! of date.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Corpus;
use super::boilerplate::Kept;

/// Keeps answers from one run to the next.
pub trait Memory: Sync {
    /// The answer to a question, if it was asked before.
    fn recall(&self, question: &[&[u8]]) -> Option<Vec<u8>>;

    /// Keeps an answer.
    fn keep(&self, question: &[&[u8]], answer: Vec<u8>);
}

/// What is asked about texts.
#[derive(Clone, Copy, Debug)]
pub(super) enum About {
    /// What two texts have in common.
    Relation,
    /// Which passages stand in both.
    Passages,
    /// Where they part ways.
    Difference,
    /// What is left of one text without boilerplate, as a sketch.
    Sketch,
    /// Where a block stands in one.
    Block,
}

/// A text, and what of it is compared: what tells it from all others.
pub(super) type Named = [u8; 16];

impl Corpus<'_> {
    /// The answer to a question that was asked before of these texts; `more` is what else it depends on.
    pub(super) fn recall<T: DeserializeOwned>(&self, about: About, texts: &[Named], more: &[u8]) -> Option<T> {
        let answer = self.memory?.recall(&[&[about as u8], texts.as_flattened(), more])?;
        postcard::from_bytes(&answer).ok()
    }

    /// Keeps an answer.
    pub(super) fn keep<T: Serialize>(&self, about: About, texts: &[Named], more: &[u8], answer: &T) {
        if let Some(memory) = self.memory
            && let Ok(bytes) = postcard::to_stdvec(answer)
        {
            memory.keep(&[&[about as u8], texts.as_flattened(), more], bytes);
        }
    }

    /// Whether anything is kept.
    pub(super) fn remembers(&self) -> bool {
        self.memory.is_some()
    }

    /// The name of a post's text as it is compared; `None` of a post without.
    pub(super) fn name_of(&self, post: usize, kept: &Kept) -> Option<Named> {
        let identity = self.posts[post].text.as_ref()?.identity;
        let mut hasher = blake3::Hasher::new();
        hasher.update(&identity);
        match kept {
            Kept::All => return Some(identity),
            Kept::Some(kept) => kept.iter().for_each(|kept| _ = hasher.update(&[u8::from(*kept)])),
            Kept::Nothing => _ = hasher.update(b"-"),
        }
        let mut name = Named::default();
        name.copy_from_slice(&hasher.finalize().as_bytes()[..size_of::<Named>()]);
        Some(name)
    }
}
