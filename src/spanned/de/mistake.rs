//! What serde says when a value does not fit a type, in words for people who never heard of serde.

use std::fmt::{self, Display};

use serde::de::{self, Unexpected};

use super::super::{Error, Node, nearest};
use crate::source::Span;

/// How many names a help text lists.
const MAX_LISTED: usize = 40;

/// A mistake on its way up: the first node that it passes becomes its place.
#[derive(Debug)]
pub(super) struct Mistake {
    message: String,
    help: Option<String>,
    place: Option<(Span, u8)>,
    missing_key: bool,
}

impl Mistake {
    fn new(message: String, help: Option<String>) -> Self {
        Self { message, help, place: None, missing_key: false }
    }

    /// A key that is set twice.
    pub(super) fn repeated(name: &str) -> Self {
        Self::new(format!("`{name}` is set twice"), Some("keep one of the two".to_owned()))
    }

    /// Whether it is about a key that is not there.
    pub(super) fn is_missing_key(&self) -> bool {
        self.missing_key
    }

    /// Puts it at a node, if it has no place yet.
    pub(super) fn at(mut self, node: &Node) -> Self {
        self.place.get_or_insert((node.span, node.layer));
        self
    }

    /// Says what to do, if nothing is said yet.
    pub(super) fn with_help(mut self, help: &str) -> Self {
        self.help.get_or_insert_with(|| help.to_owned());
        self
    }

    /// Names what could stand there, if nothing is said yet.
    pub(super) fn with_choice(mut self, names: &[&str]) -> Self {
        self.help = self.help.or_else(|| choice(names));
        self
    }

    /// The same for a word that was written as a key.
    pub(super) fn about_a_key(mut self) -> Self {
        self.message = self.message.replacen("unknown value", "unknown key", 1);
        self
    }

    /// The finished error; `root` is the place of what has no other.
    pub(super) fn into_error(self, root: &Node) -> Error {
        let (span, layer) = self.place.unwrap_or((root.span, root.layer));
        Error { message: self.message, help: self.help, span, layer }
    }
}

impl Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Mistake {}

impl de::Error for Mistake {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(message.to_string(), None)
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let expected = plain(&expected.to_string());
        let help = match found {
            _ if expected != "text" => None,
            Unexpected::Bool(value) => Some(format!("quote it: \"{value}\"")),
            Unexpected::Signed(value) => Some(format!("quote it: \"{value}\"")),
            Unexpected::Unsigned(value) => Some(format!("quote it: \"{value}\"")),
            Unexpected::Float(_) => Some("quote it".to_owned()),
            _ => None,
        };
        Self::new(format!("expected {expected}, found {}", kind(&found)), help)
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let found = match found {
            Unexpected::Unsigned(value) => value.to_string(),
            Unexpected::Signed(value) => value.to_string(),
            Unexpected::Float(value) => value.to_string(),
            Unexpected::Str(text) => format!("`{text}`"),
            other => kind(&other),
        };
        Self::new(format!("expected {}, found {found}", plain(&expected.to_string())), None)
    }

    fn invalid_length(length: usize, expected: &dyn de::Expected) -> Self {
        Self::new(format!("expected {}, found {length} items", plain(&expected.to_string())), None)
    }

    fn unknown_variant(name: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("unknown value `{name}`"), meant(name, expected).or_else(|| choice(expected)))
    }

    fn unknown_field(name: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("unknown key `{name}`"), meant(name, expected).or_else(|| choice(expected)))
    }

    fn missing_field(name: &'static str) -> Self {
        Self { missing_key: true, ..Self::new(format!("`{name}` is missing"), None) }
    }

    fn duplicate_field(name: &'static str) -> Self {
        Self::repeated(name)
    }
}

/// The known name that was most likely meant, as a question.
fn meant(name: &str, known: &[&str]) -> Option<String> {
    nearest(name, known).map(|best| format!("did you mean `{best}`?"))
}

/// The names that could stand there.
fn choice(names: &[&str]) -> Option<String> {
    match names {
        [] => None,
        [only] => Some(format!("only `{only}` can stand here")),
        _ => {
            let listed: Vec<String> = names.iter().take(MAX_LISTED).map(|name| format!("`{name}`")).collect();
            Some(format!("one of {}", listed.join(", ")))
        }
    }
}

/// What a person calls a value of this kind.
fn kind(found: &Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(value) => format!("`{value}`"),
        Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "a number".to_owned(),
        Unexpected::Char(_) | Unexpected::Str(_) | Unexpected::Bytes(_) => "text".to_owned(),
        Unexpected::Unit | Unexpected::Option => "nothing".to_owned(),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "a mapping".to_owned(),
        Unexpected::Other(name) => (*name).to_owned(),
        _ => "one word".to_owned(),
    }
}

/// What a person calls what serde's visitors expect.
fn plain(expected: &str) -> String {
    let expected = match expected {
        "a string" | "a borrowed string" | "string" | "str" => "text",
        "a boolean" => "`true` or `false`",
        "a character" => "one character",
        "unit" => "nothing",
        "u8" => "a whole number from 0 to 255",
        "u16" | "u32" | "u64" | "usize" => "a whole number, not below 0",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "f32" | "f64" => "a number",
        "a sequence" => "a list",
        "a map" => "a mapping",
        other if other.starts_with("a nonzero ") => "a whole number, not 0",
        other if other.starts_with("struct ") || other.starts_with("struct variant ") => "a mapping",
        other if other.starts_with("tuple ") || other.starts_with("a tuple") => "a list",
        other if other.starts_with("enum ") => "a word, or a mapping with one key",
        other => other,
    };
    expected.to_owned()
}
