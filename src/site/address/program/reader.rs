//! From tokens to values.

use super::token::Kind;
use super::value::{Entry, Value};
use super::{DEEPEST, Reader};

/// Words before a round bracket whose block is no function's.
const STATEMENTS: [&str; 6] = ["if", "for", "while", "switch", "catch", "with"];

impl Reader<'_> {
    /// The value of the expression from `start` to `end`.
    pub(super) fn value(&mut self, start: usize, end: usize, depth: usize) -> Value {
        if depth > DEEPEST || self.left == 0 {
            return Value::Computed;
        }
        self.left -= 1;
        let program = self.program;
        let end = self.without_type(start, end);
        let Some(token) = program.tokens.get(start).filter(|_| start < end) else { return Value::Computed };
        let is_whole = token.partner + 1 == end;
        match &token.kind {
            Kind::Text(text) if is_whole => Value::Text(text.clone()),
            Kind::Word(word) if is_whole => match word.as_str() {
                "true" => Value::Switch(true),
                "false" => Value::Switch(false),
                "undefined" | "null" => Value::Unset,
                name => self.name(name, depth + 1),
            },
            Kind::Sign('(' | '[' | '{') if token.partner == start => Value::Computed,
            Kind::Sign('(') if is_whole => self.value(start + 1, end - 1, depth + 1),
            Kind::Sign('[') if is_whole => Value::List(self.list(start, depth + 1)),
            Kind::Sign('{') if is_whole => Value::Object(self.object(start, depth + 1)),
            // What a module is found by is its name.
            Kind::Word(_) if program.words(start, &["require", ".", "resolve", "("]) && start + 6 == end => {
                self.value(start + 4, start + 5, depth + 1)
            }
            Kind::Word(word)
                if program.transparent.contains(&word.as_str()) && program.sign(start + 1) == Some('(') =>
            {
                self.given(start + 1, end, depth)
            }
            _ => Value::Computed,
        }
    }

    /// What a call is given whose bracket opens here, if that is one thing and the call ends the expression.
    fn given(&mut self, open: usize, end: usize, depth: usize) -> Value {
        let close = self.program.tokens[open].partner;
        let argument = self.program.end(open + 1).min(close);
        let is_whole = close + 1 == end && argument + 1 >= close;
        if is_whole { self.value(open + 1, argument, depth + 1) } else { Value::Computed }
    }

    /// What a name stands for, if that is a literal.
    pub(super) fn name(&mut self, name: &str, depth: usize) -> Value {
        let Some(Some(start)) = self.program.names.get(name).copied() else { return Value::Computed };
        let mut value = self.value(start, self.program.end(start), depth);
        if let Value::Object(entries) = &mut value
            && self.program.changed.iter().any(|changed| changed == name)
        {
            entries.push(Entry::Others);
        }
        value
    }

    /// The items between a bracket and its partner.
    pub(super) fn list(&mut self, open: usize, depth: usize) -> Vec<Value> {
        let program = self.program;
        let close = program.tokens.get(open).map_or(open, |token| token.partner);
        let mut items = vec![];
        let mut at = open + 1;
        while at < close {
            let end = program.end(at).min(close);
            items.push(match program.sign(at) {
                Some(',') => Value::Unset,
                Some('…') => Value::Computed,
                _ => self.value(at, end, depth),
            });
            at = end.max(at) + 1;
        }
        items
    }

    /// The entries of the object that opens at a brace.
    fn object(&mut self, open: usize, depth: usize) -> Vec<Entry> {
        let program = self.program;
        let close = program.tokens[open].partner;
        let mut entries = vec![];
        let mut at = open + 1;
        while at < close {
            let end = program.end(at).min(close);
            self.entry(at, end, depth, &mut entries);
            at = end.max(at) + 1;
        }
        entries
    }

    /// `key: value`, `key`, `key() {…}`, `...others`.
    fn entry(&mut self, at: usize, end: usize, depth: usize, entries: &mut Vec<Entry>) {
        let program = self.program;
        if program.sign(at) == Some('…') {
            match self.value(at + 1, end, depth) {
                Value::Object(others) => entries.extend(others),
                Value::Unset => {}
                _ => entries.push(Entry::Others),
            }
            return;
        }
        let key = match program.tokens.get(at).map(|token| &token.kind) {
            Some(Kind::Word(key) | Kind::Text(key)) => key.clone(),
            // Two commas in a row are no entry.
            _ if at >= end => return,
            _ => return entries.push(Entry::Others),
        };
        let value = match program.sign(at + 1) {
            Some(':') => self.value(at + 2, end, depth),
            Some(',' | '}') => self.name(&key, depth),
            Some('(') => Value::Computed,
            // `async key() {…}`, `get key() {…}`.
            _ => match program.word(at + 1) {
                Some(key) => return entries.push(Entry::Named(key.to_owned(), Value::Computed)),
                None => return entries.push(Entry::Others),
            },
        };
        entries.push(Entry::Named(key, value));
    }

    /// The end of the expression without `as Type`, `satisfies Type` and an exclamation mark.
    fn without_type(&self, start: usize, end: usize) -> usize {
        let program = self.program;
        let mut at = start;
        while at < end {
            if at > start && matches!(program.word(at), Some("as" | "satisfies")) {
                return at;
            }
            at = program.tokens[at].partner.max(at) + 1;
        }
        end
    }

    /// The object that an expression comes to: itself, what a call is given, what a function returns.
    pub(super) fn exported(&mut self, start: usize, depth: usize) -> Value {
        let end = self.program.end(start);
        self.exported_in(start, end, depth)
    }

    fn exported_in(&mut self, start: usize, end: usize, depth: usize) -> Value {
        let program = self.program;
        let end = self.without_type(start, end);
        if depth > DEEPEST || start >= end {
            return Value::Computed;
        }
        if program.is_word(start, "function") || program.words(start, &["async", "function"]) {
            return self.returned_by(start, depth + 1);
        }
        if let Some(arrow) = self.arrow(start, end) {
            let opens_block = program.sign(arrow + 1) == Some('{');
            return if opens_block {
                self.returned(arrow + 1, depth + 1)
            } else {
                self.exported_in(arrow + 1, end, depth + 1)
            };
        }
        if let Some(name) = program.word(start).filter(|_| start + 1 == end) {
            return self.exported_name(name, depth);
        }
        let last = end - 1;
        let open = program.tokens[last].partner;
        let is_call = program.sign(last) == Some(')') && open > start && self.is_callee(start, open);
        if program.sign(start) == Some('(') && program.tokens[start].partner == last {
            return self.exported_in(start + 1, last, depth + 1);
        }
        if is_call {
            return self.argument(open, depth + 1);
        }
        self.value(start, end, depth)
    }

    fn exported_name(&mut self, name: &str, depth: usize) -> Value {
        let program = self.program;
        let Some(meaning) = program.names.get(name) else {
            let declared = (0..program.tokens.len()).find(|at| program.words(*at, &["function", name]));
            return declared.map_or(Value::Computed, |at| self.returned_by(at, depth + 1));
        };
        let Some(start) = *meaning else { return Value::Computed };
        let mut value = self.exported(start, depth + 1);
        if let Value::Object(entries) = &mut value
            && program.changed.iter().any(|changed| changed == name)
        {
            entries.push(Entry::Others);
        }
        value
    }

    /// Whether the tokens name a function: `defineConfig`, `theme.with`, `await define<Type>`.
    fn is_callee(&self, start: usize, end: usize) -> bool {
        let is_part = |at: usize| match self.program.word(at) {
            Some(word) => word != "new",
            None => matches!(self.program.sign(at), Some('.' | '<' | '>')),
        };
        (start..end).all(is_part)
    }

    /// What the argument of a call comes to. Of several arguments each may change the others.
    fn argument(&mut self, open: usize, depth: usize) -> Value {
        let program = self.program;
        let close = program.tokens[open].partner;
        let end = program.end(open + 1).min(close);
        // A comma may stand behind the last argument.
        if end + 1 < close { Value::Computed } else { self.exported_in(open + 1, end, depth) }
    }

    /// The arrow of a function that an expression is.
    fn arrow(&self, start: usize, end: usize) -> Option<usize> {
        let program = self.program;
        let start = if program.is_word(start, "async") { start + 1 } else { start };
        let behind = program.tokens.get(start)?.partner.max(start) + 1;
        (behind < end && program.sign(behind) == Some('⇒')).then_some(behind)
    }

    /// What the function that is declared at a token returns.
    fn returned_by(&mut self, function: usize, depth: usize) -> Value {
        let program = self.program;
        let parameters = (function..function + 5).find(|at| program.sign(*at) == Some('('));
        let body = parameters.and_then(|open| {
            let behind = program.tokens[open].partner + 1;
            (behind..behind + 12).find(|at| program.sign(*at) == Some('{'))
        });
        body.map_or(Value::Computed, |open| self.returned(open, depth))
    }

    /// What a function with this body returns, if it returns in one place.
    fn returned(&mut self, open: usize, depth: usize) -> Value {
        let program = self.program;
        let close = program.tokens[open].partner;
        let mut returns = vec![];
        let mut at = open + 1;
        while at < close {
            if program.is_word(at, "return") && program.sign(at + 1) != Some(';') {
                returns.push(at + 1);
            }
            let is_block = program.sign(at) == Some('{') && self.is_statement(at);
            at = if is_block { at + 1 } else { program.tokens[at].partner.max(at) + 1 };
        }
        match returns[..] {
            [] => Value::Unset,
            [at] => self.exported(at, depth + 1),
            _ => Value::Computed,
        }
    }

    /// Whether the block that opens here belongs to a statement, so that a `return` in it is the function's.
    fn is_statement(&self, open: usize) -> bool {
        let program = self.program;
        let Some(before) = open.checked_sub(1) else { return false };
        if matches!(program.word(before), Some("else" | "try" | "finally" | "do")) {
            return true;
        }
        let condition = program.tokens[before].partner;
        program.sign(before) == Some(')')
            && condition > 0
            && program.word(condition - 1).is_some_and(|word| STATEMENTS.contains(&word))
    }
}
