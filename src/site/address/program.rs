//! Settings in a configuration that is a program in JavaScript or TypeScript, read without running it: literals, objects of
//! them, and names that stand for them once and for all. Anything else is told apart as computed, and never guessed.

use std::collections::BTreeMap;

use token::{Kind, Token};

mod token;
mod value;

pub use value::{Entry, Value};

/// Deepest nesting that is read.
const DEEPEST: usize = 40;
/// Most values that are read for one question: names may stand for lists of names.
const MOST: usize = 20_000;

/// A program.
#[derive(Debug, Default)]
pub struct Program {
    tokens: Vec<Token>,
    /// Where what a name stands for begins; `None` where it is set more than once.
    names: BTreeMap<String, Option<usize>>,
    /// Names of objects that are changed after they were made.
    changed: Vec<String>,
}

impl Program {
    /// Reads a program. Any text is one.
    pub fn read(text: &str) -> Self {
        let mut program = Self { tokens: token::tokens(text), ..Self::default() };
        for at in 0..program.tokens.len() {
            program.note_name(at);
        }
        program
    }

    /// Whether a word or a text occurs in the program that holds this.
    pub fn mentions(&self, part: &str) -> bool {
        self.tokens.iter().any(|token| match &token.kind {
            Kind::Word(text) | Kind::Text(text) => text.contains(part),
            _ => false,
        })
    }

    /// What the program exports, seen through calls and functions that return it: `export default defineConfig({…})`,
    /// `module.exports = config`, `export default () => ({…})`.
    pub fn exported(&self) -> Value {
        let mut found = vec![];
        for at in 0..self.tokens.len() {
            if self.words(at, &["export", "default"]) {
                found.push(at + 2);
            } else if self.words(at, &["module", ".", "exports", "="]) {
                found.push(at + 4);
            }
        }
        match found[..] {
            [] if self.tokens.is_empty() => Value::Unset,
            [at] => self.reader().exported(at, 0),
            _ => Value::Computed,
        }
    }

    /// What a name of the program stands for: `export const config = {…}`.
    pub fn named(&self, name: &str) -> Value {
        if self.names.contains_key(name) { self.reader().name(name, 0) } else { Value::Unset }
    }

    /// The arguments of each call of a function, whatever the function is of.
    pub fn calls(&self, function: &str) -> Vec<Vec<Value>> {
        let is_call = |at: &usize| self.is_word(*at, function) && self.sign(at + 1) == Some('(');
        (0..self.tokens.len()).filter(is_call).map(|at| self.reader().list(at + 1, 0)).collect()
    }

    /// Whether a call of this function holds all these words, in any order: how a callback is recognised without being read.
    pub fn has_call_with(&self, function: &str, words: &[&str]) -> bool {
        (0..self.tokens.len()).filter(|at| self.is_word(*at, function) && self.sign(at + 1) == Some('(')).any(|at| {
            let end = self.tokens[at + 1].partner.max(at + 1);
            words.iter().all(|word| (at + 1..end).any(|at| self.is_word(at, word)))
        })
    }

    fn reader(&self) -> Reader<'_> {
        Reader { program: self, left: MOST }
    }

    /// Remembers what is said at a token of a name's meaning.
    fn note_name(&mut self, at: usize) {
        if let Kind::Word(word) = &self.tokens[at].kind
            && matches!(word.as_str(), "const" | "let" | "var")
            && let Some(Kind::Word(name)) = self.tokens.get(at + 1).map(|token| &token.kind)
            && let Some(start) = self.after_type(at + 2)
        {
            self.names.entry(name.clone()).and_modify(|meaning| *meaning = None).or_insert(Some(start));
            return;
        }
        let Kind::Word(name) = &self.tokens[at].kind else { return };
        let is_part = at > 0 && matches!(self.sign(at - 1), Some('.'));
        let is_declared = at > 0
            && matches!(&self.tokens[at - 1].kind, Kind::Word(word) if matches!(word.as_str(), "const" | "let" | "var"));
        if is_part || is_declared {
            return;
        }
        let mut end = at + 1;
        while self.sign(end) == Some('.') && matches!(self.tokens.get(end + 1).map(|t| &t.kind), Some(Kind::Word(_))) {
            end += 2;
        }
        if self.sign(end) == Some('[') {
            end = self.tokens[end].partner + 1;
        }
        match self.sign(end) {
            Some('=') if end == at + 1 => _ = self.names.insert(name.clone(), None),
            Some('=') => self.changed.push(name.clone()),
            _ => {}
        }
    }

    /// Where the value of a declaration begins: behind `=`, or `: Type =`.
    fn after_type(&self, at: usize) -> Option<usize> {
        match self.sign(at)? {
            '=' => Some(at + 1),
            ':' => {
                let mut at = at + 1;
                loop {
                    match &self.tokens.get(at)?.kind {
                        Kind::Sign('=') => return Some(at + 1),
                        Kind::Sign(';' | '}' | ')' | ']' | '⇒') => return None,
                        _ => at = self.tokens[at].partner.max(at) + 1,
                    }
                }
            }
            _ => None,
        }
    }

    fn sign(&self, at: usize) -> Option<char> {
        match self.tokens.get(at)?.kind {
            Kind::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    fn word(&self, at: usize) -> Option<&str> {
        match &self.tokens.get(at)?.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    fn is_word(&self, at: usize, expected: &str) -> bool {
        self.word(at) == Some(expected)
    }

    /// Whether these words and signs stand at a place, one behind the other.
    fn words(&self, at: usize, expected: &[&str]) -> bool {
        expected.iter().enumerate().all(|(offset, expected)| match self.tokens.get(at + offset).map(|t| &t.kind) {
            Some(Kind::Word(word)) => word == expected,
            Some(Kind::Sign(sign)) => expected.chars().eq([*sign]),
            _ => false,
        })
    }

    /// Where the expression that begins at a token ends: at the comma, semicolon or bracket behind it, or at a line that
    /// cannot go on with it.
    fn end(&self, start: usize) -> usize {
        let mut at = start;
        while let Some(token) = self.tokens.get(at) {
            let goes_on = match &token.kind {
                Kind::Sign(',' | ';' | ')' | ']' | '}') => false,
                _ if !token.is_first || at == start => true,
                Kind::Sign(sign) => !matches!(sign, '{' | '@' | '…'),
                Kind::Word(word) => matches!(word.as_str(), "as" | "satisfies" | "in" | "instanceof"),
                _ => false,
            };
            let is_behind_operator = at > start
                && self.sign(at - 1).is_some_and(|sign| !matches!(sign, ')' | ']' | '}'))
                && !matches!(token.kind, Kind::Sign(',' | ';' | ')' | ']' | '}'));
            if !goes_on && !is_behind_operator {
                break;
            }
            at = token.partner.max(at) + 1;
        }
        at.min(self.tokens.len())
    }
}

/// Reads values, no more than are left.
struct Reader<'p> {
    program: &'p Program,
    left: usize,
}

mod reader;

#[cfg(test)]
mod tests;
