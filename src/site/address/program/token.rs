//! JavaScript and TypeScript cut into tokens: comments go, texts are read, brackets find their partners. No grammar: what is
//! not looked for is not understood.

/// A token, with what its reader has to know of its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// Whether it is the first of its line.
    pub(super) is_first: bool,
    /// Of a bracket, where its partner is; of others, and of brackets without one, where it is itself.
    pub(super) partner: usize,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, a keyword or a number.
    Word(String),
    /// A text without anything computed in it.
    Text(String),
    /// One character that is none of the above; `=>` is `⇒`, and `...` is `…`.
    Sign(char),
    /// A text with something computed in it, or a regular expression.
    Computed,
}

/// The tokens of a program. Any text gives some.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { text, at: 0, is_first: true, tokens: vec![], open: vec![] };
    while lexer.step() {}
    lexer.tokens
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    is_first: bool,
    tokens: Vec<Token>,
    open: Vec<usize>,
}

impl Lexer<'_> {
    /// Reads one token, or what is none; `false` at the end.
    fn step(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let Some(first) = rest.chars().next() else { return false };
        match first {
            '\n' | '\u{2028}' | '\u{2029}' => {
                self.is_first = true;
                self.at += first.len_utf8();
            }
            c if c.is_whitespace() || c == '\u{FEFF}' => self.at += c.len_utf8(),
            '/' if rest.starts_with("//") => self.at += rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => {
                let end = rest[2..].find("*/").map_or(rest.len(), |end| end + 4);
                self.is_first |= rest[..end].contains('\n');
                self.at += end;
            }
            '\'' | '"' => self.quoted(first),
            '`' => self.template(),
            '/' if self.may_be_regular_expression() => self.regular_expression(),
            c if c.is_alphanumeric() || matches!(c, '_' | '$' | '#' | '@') => {
                let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
                let end = rest[c.len_utf8()..].find(|c| !is_part(c)).map_or(rest.len(), |end| end + c.len_utf8());
                self.push(Kind::Word(rest[..end].to_owned()), end);
            }
            _ if rest.starts_with("=>") => self.push(Kind::Sign('⇒'), 2),
            _ if rest.starts_with("...") => self.push(Kind::Sign('…'), 3),
            // So that `==` is not taken for an assignment.
            _ if rest.starts_with("==") => self.push(Kind::Sign('≡'), 2),
            c => self.push(Kind::Sign(c), c.len_utf8()),
        }
        true
    }

    fn push(&mut self, kind: Kind, length: usize) {
        let index = self.tokens.len();
        let mut partner = index;
        match kind {
            Kind::Sign('(' | '[' | '{') => self.open.push(index),
            Kind::Sign(close @ (')' | ']' | '}')) => {
                let fits = |open: &usize| self.tokens[*open].kind == Kind::Sign(opening(close));
                if let Some(open) = self.open.pop_if(|open| fits(open)) {
                    partner = open;
                    self.tokens[open].partner = index;
                }
            }
            _ => {}
        }
        self.tokens.push(Token { kind, is_first: std::mem::take(&mut self.is_first), partner });
        self.at += length;
    }

    fn quoted(&mut self, mark: char) {
        let rest = &self.text[self.at + 1..];
        let mut said = String::new();
        let mut is_plain = true;
        let mut chars = rest.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some((_, c @ ('\\' | '\'' | '"' | '`' | '/'))) => said.push(c),
                    _ => is_plain = false,
                },
                c if c == mark || c == '\n' => {
                    return self.push(if is_plain { Kind::Text(said) } else { Kind::Computed }, at + 2);
                }
                c => said.push(c),
            }
        }
        self.push(Kind::Computed, rest.len() + 1);
    }

    /// Text in backquotes. What is computed in it may hold texts in backquotes again: their marks are counted, no more.
    fn template(&mut self) {
        let rest = &self.text[self.at + 1..];
        let (mut braces, mut is_plain, mut escaped) = (0_usize, true, false);
        let mut before = ' ';
        for (at, c) in rest.char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' => (escaped, is_plain) = (true, false),
                '{' if braces > 0 || before == '$' => (braces, is_plain) = (braces + 1, false),
                '}' => braces = braces.saturating_sub(1),
                '`' if braces == 0 => {
                    let said = rest[..at].to_owned();
                    return self.push(if is_plain { Kind::Text(said) } else { Kind::Computed }, at + 2);
                }
                _ => {}
            }
            before = c;
        }
        self.push(Kind::Computed, rest.len() + 1);
    }

    /// Whether a slash stands where a value may begin, so that it does not divide.
    fn may_be_regular_expression(&self) -> bool {
        match self.tokens.last().map(|token| &token.kind) {
            None => true,
            Some(Kind::Sign(sign)) => !matches!(sign, ')' | ']' | '}'),
            Some(Kind::Word(word)) => matches!(word.as_str(), "return" | "typeof" | "case"),
            Some(_) => false,
        }
    }

    fn regular_expression(&mut self) {
        let rest = &self.text[self.at + 1..];
        let (mut in_class, mut escaped) = (false, false);
        for (at, c) in rest.char_indices() {
            match c {
                '\n' => break,
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '[' => in_class = true,
                ']' => in_class = false,
                '/' if !in_class => return self.push(Kind::Computed, at + 2),
                _ => {}
            }
        }
        self.push(Kind::Sign('/'), 1);
    }
}

fn opening(close: char) -> char {
    match close {
        ')' => '(',
        ']' => '[',
        _ => '{',
    }
}
