//! A text as words: NFKC, lower case, without punctuation, block by block, each word with the place it came from.

use std::ops::Range;

use super::hash::{mix, of_bytes, of_range, of_text};
use super::reader::Reader;

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
}

/// A word, a number, or a character of a script that does not part words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in `Words::text`.
    pub start: u32,
    /// One past the last byte in `Words::text`.
    pub end: u32,
    /// Where it came from: first byte in the text of all blocks (of a post: `Prose::text`).
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
    /// What the block was called (of a post: index into `Prose::blocks`; of plain text: number of the paragraph).
    pub block: u32,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// Inside a quotation: compared like all text, but no passage of its own.
    pub in_quote: bool,
}

/// How many bytes a Chinese character from U+4E00 to U+9FFF has.
pub(super) const IDEOGRAPH: usize = 3;

/// The longest text that words are taken from, in bytes; what NFKC makes of it may be eleven times as long.
pub(super) const LONGEST_TEXT: usize = u32::MAX as usize / 12;

/// A block to be read.
#[derive(Clone, Copy, Debug)]
pub struct BlockText<'a> {
    /// What the block is called by in `WordBlock::block`.
    pub index: u32,
    /// What readers see of it.
    pub text: &'a str,
    /// Where that begins in the text of all blocks.
    pub start: usize,
    /// Inside a quotation.
    pub in_quote: bool,
}

impl Words {
    /// The words of blocks, whose texts follow each other in a text of so many `bytes`.
    pub fn of<'a>(blocks: impl Iterator<Item = BlockText<'a>>, bytes: usize) -> Self {
        let mut reader = Reader::with_room_for(bytes);
        blocks.for_each(|block| reader.block(&block));
        reader.finish()
    }

    /// The words of a text that is no post: paragraphs are parted by blank lines.
    pub fn of_plain(text: &str) -> Self {
        let mut reader = Reader::with_room_for(text.len());
        let (mut index, mut start, mut at) = (0, 0, 0);
        for line in text.split_inclusive('\n') {
            let end = at + line.len();
            if line.trim().is_empty() {
                if start < at {
                    reader.block(&BlockText { index, text: &text[start..at], start, in_quote: false });
                    index += 1;
                }
                start = end;
            }
            at = end;
        }
        reader.block(&BlockText { index, text: &text[start..], start, in_quote: false });
        reader.finish()
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

    /// A hash of what a block says.
    pub fn block_hash(&self, block: &WordBlock) -> u64 {
        mix(of_text(self.str(block.range())))
    }

    /// What hashing one token comes to before the bits are spread: where hashing can go on.
    pub(super) fn token_state(&self, token: &Token) -> u64 {
        let (bytes, start, end) = (self.text.as_bytes(), token.start as usize, token.end as usize);
        match bytes[start..end].first_chunk::<IDEOGRAPH>() {
            Some(ideograph) if token.kind == TokenKind::Character && end - start == IDEOGRAPH => of_bytes(ideograph),
            _ => of_range(bytes, start, end),
        }
    }

    /// The hash of one token.
    pub(super) fn token_hash(&self, token: &Token) -> u64 {
        mix(self.token_state(token))
    }

    /// The blocks for which `keeps` (an index into `blocks`) holds.
    pub(super) fn kept<'a>(&'a self, keeps: &'a dyn Fn(usize) -> bool) -> impl Iterator<Item = &'a WordBlock> {
        self.blocks.iter().enumerate().filter(|(index, _)| keeps(*index)).map(|(_, block)| block)
    }
}

impl TokenKind {
    /// Twelfths of a word.
    pub fn weight(self) -> u32 {
        if self == TokenKind::Character { 5 } else { 12 }
    }
}

impl WordBlock {
    /// Its tokens, for slicing `Words::tokens`.
    pub fn range(&self) -> Range<usize> {
        self.tokens.start as usize..self.tokens.end as usize
    }
}

/// The hashes of all numbers in the blocks for which `keeps` (an index into `Words::blocks`) holds, sorted; a number that
/// stands there twice is there twice.
pub fn numbers(words: &Words, keeps: &dyn Fn(usize) -> bool) -> Vec<u64> {
    let tokens = words.kept(keeps).flat_map(|block| &words.tokens[block.range()]);
    let numbers = tokens.filter(|token| token.kind == TokenKind::Number);
    let mut hashes: Vec<u64> = numbers.map(|token| words.token_hash(token)).collect();
    hashes.sort_unstable();
    hashes
}

/// The hashes of the lines of pieces of code: without the blanks around them, blank lines and the fences; sorted, each once.
pub fn code_lines<'a>(code: impl Iterator<Item = &'a str>) -> Vec<u64> {
    let lines = code.flat_map(str::lines).map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("```") && !line.starts_with("~~~"));
    let mut hashes: Vec<u64> = lines.map(|line| mix(of_text(line))).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// A place in a text no longer than `LONGEST_TEXT`.
#[inline]
pub(super) fn narrow(at: usize) -> u32 {
    u32::try_from(at).expect("longer texts are not read")
}
