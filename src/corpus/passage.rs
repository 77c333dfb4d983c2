//! Passages that stand in two posts, or twice in one: found by winnowing, extended to their exact ends.

use crate::source::Span;

/// What makes a passage. A passage reaches the rule when its words and characters, each as a share of its least, make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassageRule {
    /// Least number of words.
    pub words: u32,
    /// Least number of characters in scripts without blanks.
    pub characters: u32,
}

/// A passage that stands in two posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The post that is asked about: the younger of the two, else the later by path.
    pub post: usize,
    /// The passage there.
    pub span: Span,
    /// The other post.
    pub other: usize,
    /// The passage there.
    pub other_span: Span,
    /// How many words (of scripts with blanks) it has.
    pub words: u32,
    /// How many characters (of scripts without blanks) it has.
    pub characters: u32,
    /// Its visible text.
    pub text: String,
}
