//! From the text of blocks to words: characters of the normal form become tokens, runs of letters and of Chinese characters many
//! at a time.

use std::ops::Range;

use super::ascii::{each_blank, letters};
use super::fold::{Sink, fold};
use super::script::Part;
use super::words::{BlockText, IDEOGRAPH, LONGEST_TEXT, Token, TokenKind, WordBlock, Words, narrow};

/// Reads words, block by block, character by character.
pub(super) struct Reader {
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
    pub(super) fn with_room_for(bytes: usize) -> Self {
        let bytes = bytes.min(LONGEST_TEXT);
        let words =
            Words { text: String::with_capacity(bytes + 1), tokens: Vec::with_capacity(bytes / 4), ..Words::default() };
        Self { words, open: Open::No, pending: None, after_digit: false }
    }

    /// What was read.
    pub(super) fn finish(self) -> Words {
        self.words
    }

    /// Reads a block.
    pub(super) fn block(&mut self, block: &BlockText<'_>) {
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
        let at = narrow(at);
        let tokens = &mut self.words.tokens;
        let mut word = |range: Range<usize>| {
            let (from, to) = (narrow(range.start), narrow(range.end));
            let kind = TokenKind::Word;
            tokens.push(Token { start: at + from, end: at + to, origin: origin + from, origin_end: origin + to, kind });
        };
        let mut start = 1;
        each_blank(&words.as_bytes()[1..], |blank| {
            word(start..blank + 1);
            start = blank + 2;
        });
        word(start..words.len());
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
        let (first, rest) = words.split_at(letters(words.as_bytes()));
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
