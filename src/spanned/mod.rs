//! Values with places: what stands in YAML, TOML and JSON that people write, each key and value with its span. Front matter,
//! lint records and configuration are all read through this one tree.

use crate::source::Span;

pub mod de;
pub mod json;
mod nearest;
pub mod toml;
pub mod yaml;

pub use nearest::{nearest, nearest_of};

/// Deepest nesting that is read; deeper documents are errors. Keeps every recursion over a tree short.
pub const MAX_DEPTH: usize = 64;
/// Most nodes of one document. An alias counts as one node: nothing is ever expanded.
pub const MAX_NODES: usize = 20_000;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where: a quoted scalar with its quotes, a collection from its first to its last item.
    pub span: Span,
    /// Which of the merged files the span belongs to: 0 for the first, 1 for what was laid over it.
    pub layer: u8,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing, `null` or `~`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    String(Scalar),
    /// A date or time that the format itself knows (TOML), as written.
    Date(String),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys with values, in order; a repeated key occurs repeatedly.
    Mapping(Vec<(Node, Node)>),
    /// A YAML alias, never followed.
    Alias,
}

/// Text and how it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Scalar {
    /// The text after unquoting.
    pub text: String,
    /// How it was written.
    pub style: Style,
}

/// How a text value was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes (YAML only).
    Plain,
    /// In single quotes.
    Single,
    /// In double quotes.
    Double,
    /// As a `|` or `>` block, or a multi-line string.
    Block,
}

/// Why a document could not be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What is wrong, in plain words.
    pub message: String,
    /// What to do about it ("did you mean …"), if there is something to say.
    pub help: Option<String>,
    /// Where.
    pub span: Span,
    /// Which layer the span belongs to (see `Node::layer`).
    pub layer: u8,
}

impl Error {
    /// The same error in a text that has `by` more bytes in front.
    pub fn shifted(self, by: usize) -> Self {
        Self { span: self.span.shifted(by), ..self }
    }
}

impl Node {
    /// The text of a string, or `None`.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// The items of a list; empty for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The entries of a mapping; empty for anything else.
    pub fn entries(&self) -> &[(Node, Node)] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The value of the last entry with this key: what every parser that allows repeated keys keeps.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|(_, value)| value)
    }

    /// The last entry with this key.
    pub fn entry(&self, key: &str) -> Option<&(Node, Node)> {
        self.entries().iter().rev().find(|(name, _)| name.as_str() == Some(key))
    }

    /// Lays `over` on this node: mappings are joined key by key, everything else is replaced. Spans of `over` get `layer`.
    pub fn overlay(&mut self, over: &Node, layer: u8) {
        if let (Value::Mapping(entries), Value::Mapping(new)) = (&mut self.value, &over.value) {
            for (key, value) in new {
                match entries.iter_mut().rev().find(|(name, _)| name.as_str() == key.as_str()) {
                    Some((_, old)) => old.overlay(value, layer),
                    None => entries.push((key.in_layer(layer), value.in_layer(layer))),
                }
            }
        } else {
            *self = over.in_layer(layer);
        }
    }

    /// Moves every span by `by` bytes: into the text that this one was cut out of.
    pub fn shift(&mut self, by: usize) {
        self.span = self.span.shifted(by);
        match &mut self.value {
            Value::Sequence(items) => items.iter_mut().for_each(|item| item.shift(by)),
            Value::Mapping(entries) => entries.iter_mut().for_each(|(key, value)| {
                key.shift(by);
                value.shift(by);
            }),
            _ => {}
        }
    }

    fn in_layer(&self, layer: u8) -> Node {
        let value = match &self.value {
            Value::Sequence(items) => Value::Sequence(items.iter().map(|item| item.in_layer(layer)).collect()),
            Value::Mapping(entries) => {
                Value::Mapping(entries.iter().map(|(k, v)| (k.in_layer(layer), v.in_layer(layer))).collect())
            }
            other => other.clone(),
        };
        Node { value, span: self.span, layer }
    }
}

impl std::fmt::Display for Value {
    /// What a user calls this kind of value: `a number`, `a list`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Int(_) | Value::Float(_) => "a number",
            Value::String(_) => "text",
            Value::Date(_) => "a date",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
            Value::Alias => "an alias",
        })
    }
}

/// The place of an error as text that can be underlined: `start..end`, the character there if that is empty, or the last line
/// before it if that is blank too.
fn visible(text: &str, start: usize, end: usize) -> Span {
    if !text[start..end].trim().is_empty() {
        return Span::new(start, start + text[start..end].trim_end().len());
    }
    match text[start..].chars().next() {
        Some(found) if !found.is_whitespace() => Span::new(start, start + found.len_utf8()),
        _ => {
            let before = text[..start].trim_end();
            let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
            Span::new(before.len() - line.trim_start().len(), before.len())
        }
    }
}
