//! A text as words: NFKC, lower case, without punctuation, block by block, each word with the place it came from.

use std::ops::Range;

use crate::post::Prose;
use crate::source::Source;

/// The words of a text in the form in which texts are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Characters of scripts without blanks (`TokenKind::Character`) next to each other, words parted from their neighbours
    /// by one blank, blocks by a line feed. Every run of tokens inside a block is a slice of it.
    pub text: String,
    /// All tokens in order.
    pub tokens: Vec<Token>,
    /// The blocks that hold at least one token, in order.
    pub blocks: Vec<WordBlock>,
    /// Hashes of the lines of all code blocks without the blanks around them, sorted, each once; blank lines left out.
    pub code: Vec<u64>,
}

/// A word, a number, or a character of a script that does not part words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in `Words::text`.
    pub start: u32,
    /// One past the last byte in `Words::text`.
    pub end: u32,
    /// Where it came from: first byte in `Prose::text` (or in the plain text).
    pub origin: u32,
    /// One past the last byte there.
    pub origin_end: u32,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A Chinese character, a kana, a letter of another script that writes without blanks.
    Character,
    /// A word between blanks or punctuation.
    Word,
    /// A word that begins with a digit.
    Number,
}

/// A visible block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordBlock {
    /// Index into `Prose::blocks` (of plain text: number of the paragraph).
    pub block: u32,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// A hash of its slice of `Words::text`.
    pub hash: u64,
    /// Inside a quotation: compared like all text, but no passage of its own.
    pub in_quote: bool,
}

impl Words {
    /// The words of all blocks that readers see (`!hidden`, and not code), whatever lints think of them.
    pub fn of(source: &Source, prose: &Prose) -> Self {
        let _ = (source, prose);
        Self::default()
    }

    /// The words of a text that is no post: paragraphs are parted by blank lines.
    pub fn of_plain(text: &str) -> Self {
        let _ = text;
        Self::default()
    }

    /// The normal form of a run of tokens; the tokens must stand in one block.
    pub fn str(&self, tokens: Range<usize>) -> &str {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if first.start <= last.end => &self.text[first.start as usize..last.end as usize],
            _ => "",
        }
    }

    /// How much the tokens say, in twelfths of a word: a word counts 12, a character 5, so that 50 words or 120 characters
    /// make 600.
    pub fn weight(tokens: &[Token]) -> u32 {
        tokens.iter().map(|token| token.kind.weight()).sum()
    }
}

impl TokenKind {
    /// Twelfths of a word.
    pub fn weight(self) -> u32 {
        if self == TokenKind::Character { 5 } else { 12 }
    }
}
