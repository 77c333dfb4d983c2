//! A text as words: NFKC, lower case, without punctuation, block by block, each word with the place it came from.

use std::ops::Range;

use super::fold::{Sink, fold};
use super::hash::{mix, of_bytes, of_text};
use super::script::Part;

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
const IDEOGRAPH: usize = 3;

/// The longest text that words are taken from, in bytes; what NFKC makes of it may be eleven times as long.
const LONGEST_TEXT: usize = u32::MAX as usize / 12;

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
        reader.words
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
        reader.words
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

    /// The hash of one token.
    pub(super) fn token_hash(&self, token: &Token) -> u64 {
        mix(of_bytes(&self.text.as_bytes()[token.start as usize..token.end as usize]))
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

/// Reads words, block by block, character by character.
struct Reader {
    words: Words,
    /// What the token that was read last may become.
    open: Open,
    /// Something after a word that may turn out to stand inside it.
    pending: Option<Part>,
    /// Whether the word ends in a digit so far.
    after_digit: bool,
}

/// What the last token may become.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// Nothing more.
    No,
    /// A character with marks.
    Character,
    /// A longer word.
    Word,
}

impl Reader {
    /// A reader that need not grow for most texts of `bytes` bytes.
    fn with_room_for(bytes: usize) -> Self {
        let bytes = bytes.min(LONGEST_TEXT);
        let words =
            Words { text: String::with_capacity(bytes + 1), tokens: Vec::with_capacity(bytes / 4), ..Words::default() };
        Self { words, open: Open::No, pending: None, after_digit: false }
    }

    /// Reads a block.
    fn block(&mut self, block: &BlockText<'_>) {
        let BlockText { index, text, start: base, in_quote } = *block;
        if base + text.len() > LONGEST_TEXT {
            return;
        }
        let (first, at) = (self.words.tokens.len(), self.words.text.len());
        if first > 0 {
            self.words.text.push('\n');
        }
        fold(text, &mut InBlock { reader: self, first, base });
        self.close();
        if self.words.tokens.len() == first {
            self.words.text.truncate(at);
            return;
        }
        let tokens = narrow(first)..narrow(self.words.tokens.len());
        self.words.blocks.push(WordBlock { block: index, tokens, in_quote });
    }

    /// Reads a character of the normal form; the block's tokens begin at `first`.
    #[inline]
    fn read(&mut self, char: char, place: Range<u32>, first: usize) {
        match Part::of(char) {
            part @ (Part::Letter | Part::Digit) => {
                if !self.continues(part) {
                    let kind = if part == Part::Digit { TokenKind::Number } else { TokenKind::Word };
                    self.begin(kind, place.start, first);
                    self.open = Open::Word;
                }
                self.extend(char, place.end);
                self.after_digit = part == Part::Digit;
            }
            Part::Character => {
                self.close();
                self.begin(TokenKind::Character, place.start, first);
                self.extend(char, place.end);
                self.open = Open::Character;
            }
            Part::Mark if self.open != Open::No && self.pending.is_none() => {
                self.extend(char, place.end);
                self.after_digit = false;
            }
            part @ (Part::Apostrophe | Part::Comma | Part::Dot) => {
                let may_continue = self.open == Open::Word && self.pending.is_none();
                if may_continue && (self.after_digit || part == Part::Apostrophe) {
                    self.pending = Some(part);
                } else {
                    self.close();
                }
            }
            Part::Mark | Part::Separator => self.close(),
            Part::Invisible => {}
        }
    }

    /// Reads a run of ASCII letters that stands at `origin`: as `read` would one by one.
    #[inline]
    fn letters(&mut self, letters: &str, origin: u32, first: usize) {
        if !self.continues(Part::Letter) {
            self.begin(TokenKind::Word, origin, first);
            self.open = Open::Word;
        }
        let at = self.words.text.len();
        self.words.text.push_str(letters);
        self.words.text[at..].make_ascii_lowercase();
        self.end_at(origin + narrow(letters.len()));
        self.after_digit = false;
    }

    /// Reads words of ASCII letters, each behind one blank, right behind a word: as `read` would one by one.
    #[inline]
    fn more_words(&mut self, words: &str, origin: u32) {
        let at = self.words.text.len();
        self.words.text.push_str(words);
        self.words.text[at..].make_ascii_lowercase();
        let (at, mut start) = (narrow(at), 1);
        let blanks = words.bytes().enumerate().skip(1).filter(|(_, byte)| *byte == b' ').map(|(blank, _)| blank);
        for end in blanks.chain([words.len()]) {
            let (from, to) = (narrow(start), narrow(end));
            let kind = TokenKind::Word;
            self.words.tokens.push(Token {
                start: at + from,
                end: at + to,
                origin: origin + from,
                origin_end: origin + to,
                kind,
            });
            start = end + 1;
        }
    }

    /// Reads a run of Chinese characters that stands at `origin`: as `read` would one by one.
    #[inline]
    fn ideographs(&mut self, ideographs: &str, origin: u32, first: usize) {
        self.close();
        self.part_from_last(TokenKind::Character, first);
        let start = narrow(self.words.text.len());
        self.words.text.push_str(ideographs);
        self.words.tokens.extend((0..narrow(ideographs.len())).step_by(IDEOGRAPH).map(|at| Token {
            start: start + at,
            end: start + at + IDEOGRAPH as u32,
            origin: origin + at,
            origin_end: origin + at + IDEOGRAPH as u32,
            kind: TokenKind::Character,
        }));
        self.open = Open::Character;
    }

    /// Whether a letter or digit goes on with the word before it; writes what stood between them, if that is kept.
    #[inline]
    fn continues(&mut self, part: Part) -> bool {
        let continues = self.open == Open::Word
            && match self.pending {
                None | Some(Part::Apostrophe) => true,
                Some(_) => part == Part::Digit,
            };
        if continues && self.pending == Some(Part::Dot) {
            self.words.text.push('.');
        }
        self.pending = None;
        continues
    }

    /// Begins a token.
    #[inline]
    fn begin(&mut self, kind: TokenKind, origin: u32, first: usize) {
        self.part_from_last(kind, first);
        let start = narrow(self.words.text.len());
        self.words.tokens.push(Token { start, end: start, origin, origin_end: origin, kind });
    }

    /// Writes the blank between the last token of the block, if there is one, and one of the kind `kind`.
    #[inline]
    fn part_from_last(&mut self, kind: TokenKind, first: usize) {
        let before = if self.words.tokens.len() > first { self.words.tokens.last() } else { None };
        if before.is_some_and(|before| (before.kind, kind) != (TokenKind::Character, TokenKind::Character)) {
            self.words.text.push(' ');
        }
    }

    /// Adds a character to the last token.
    #[inline]
    fn extend(&mut self, char: char, origin_end: u32) {
        self.words.text.push(char);
        self.end_at(origin_end);
    }

    /// Says that the last token ends at the end of the text.
    #[inline]
    fn end_at(&mut self, origin_end: u32) {
        if let Some(token) = self.words.tokens.last_mut() {
            token.end = narrow(self.words.text.len());
            token.origin_end = origin_end;
        }
    }

    /// Ends the last token.
    #[inline]
    fn close(&mut self) {
        self.open = Open::No;
        self.pending = None;
    }
}

/// A reader inside a block whose tokens begin at `first` and whose text begins at `base`.
struct InBlock<'a> {
    reader: &'a mut Reader,
    first: usize,
    base: usize,
}

impl Sink for InBlock<'_> {
    #[inline]
    fn char(&mut self, char: char, place: Range<usize>) {
        let place = narrow(self.base + place.start)..narrow(self.base + place.end);
        self.reader.read(char, place, self.first);
    }

    #[inline]
    fn words(&mut self, words: &str, start: usize) {
        let (first, rest) = words.split_at(words.bytes().position(|byte| byte == b' ').unwrap_or(words.len()));
        self.reader.letters(first, narrow(self.base + start), self.first);
        if !rest.is_empty() {
            self.reader.more_words(rest, narrow(self.base + start + first.len()));
        }
    }

    #[inline]
    fn ideographs(&mut self, ideographs: &str, start: usize) {
        self.reader.ideographs(ideographs, narrow(self.base + start), self.first);
    }
}

/// A place in a text no longer than `LONGEST_TEXT`.
#[inline]
pub(super) fn narrow(at: usize) -> u32 {
    u32::try_from(at).expect("longer texts are not read")
}
