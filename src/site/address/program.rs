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
    /// Functions that stand for what they are given.
    transparent: Vec<&'static str>,
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

    /// The same program, where a call of one of these functions stands for what it is given: `defineCollection({…})`.
    pub fn transparent(self, functions: &[&'static str]) -> Self {
        Self { transparent: functions.to_vec(), ..self }
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
            [at] => self.reader().exported(at, 0),
            _ => Value::Computed,
        }
    }

    /// What the program exports by a name: `export const config = {…}`, `module.exports.config = {…}`.
    pub fn exported_as(&self, name: &str) -> Value {
        let exported = |at: &usize| self.words(*at, &["export", "const", name]);
        if (0..self.tokens.len()).any(|at| exported(&at)) {
            return self.reader().name(name, 0);
        }
        let set = (0..self.tokens.len()).find(|at| self.words(*at, &["exports", ".", name, "="]));
        set.map_or(Value::Unset, |at| self.reader().exported(at + 4, 0))
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

    /// What each `key: value` of the program says, wherever it stands; `None` for what is no text.
    pub fn texts_of(&self, key: &str) -> Vec<Option<String>> {
        let is_key = |at: &usize| match &self.tokens[*at].kind {
            Kind::Word(name) | Kind::Text(name) => name == key && self.sign(at + 1) == Some(':'),
            _ => false,
        };
        let value = |at: usize| self.reader().value(at + 2, self.end(at + 2), 0).text().map(str::to_owned);
        (0..self.tokens.len()).filter(is_key).map(value).collect()
    }

    /// What each object behind `key:` takes from others, by the names of their members: `["id"]` of `params: { slug: post.id }`.
    /// A value that is no member leaves its object out.
    pub fn members_of(&self, key: &str) -> Vec<Vec<&str>> {
        let opens =
            |at: &usize| self.is_word(*at, key) && self.sign(at + 1) == Some(':') && self.sign(at + 2) == Some('{');
        let members = |at: usize| {
            let close = self.tokens[at + 2].partner;
            let mut members = vec![];
            let mut at = at + 3;
            while at < close {
                let end = self.end(at).min(close);
                let is_member = end == at + 5 && self.sign(at + 1) == Some(':') && self.sign(at + 3) == Some('.');
                members.push(self.word(at + 4).filter(|_| is_member)?);
                at = end.max(at) + 1;
            }
            Some(members)
        };
        (0..self.tokens.len()).filter(opens).filter_map(members).collect()
    }

    /// Whether all modules that the program imports have names that begin with one of these.
    pub fn imports_only(&self, names: &[&str]) -> bool {
        (0..self.tokens.len()).all(|at| match self.tokens.get(at + 1).map(|token| &token.kind) {
            Some(Kind::Text(module)) if matches!(self.word(at), Some("from" | "import")) => {
                names.iter().any(|name| module.starts_with(name))
            }
            _ => true,
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
