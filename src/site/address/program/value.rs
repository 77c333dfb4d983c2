//! What a program says of a setting, as far as it can be read without running it.

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing is said: the default holds.
    Unset,
    /// A text.
    Text(String),
    /// `true` or `false`.
    Switch(bool),
    /// A list.
    List(Vec<Value>),
    /// An object.
    Object(Vec<Entry>),
    /// Something that only running the program would tell.
    Computed,
}

/// A part of an object.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A key with its value.
    Named(String, Value),
    /// Others, which only running the program would tell; they may set anything that stands before them anew.
    Others,
}

/// What is not there.
const UNSET: &Value = &Value::Unset;
/// What is not known.
const COMPUTED: &Value = &Value::Computed;

impl Value {
    /// What an object says of a key.
    pub fn get(&self, key: &str) -> &Value {
        match self {
            Value::Object(entries) => {
                let said = entries.iter().rev().find_map(|entry| match entry {
                    Entry::Named(name, value) if name == key => Some(value),
                    Entry::Named(..) => None,
                    Entry::Others => Some(COMPUTED),
                });
                said.unwrap_or(UNSET)
            }
            Value::Computed => COMPUTED,
            _ => UNSET,
        }
    }

    /// What stands at the end of a path of keys.
    pub fn at(&self, path: &[&str]) -> &Value {
        path.iter().fold(self, |value, key| value.get(key))
    }

    /// The text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text, or the default where nothing is said; `None` where it is not known.
    pub fn text_or<'v>(&'v self, default: &'v str) -> Option<&'v str> {
        match self {
            Value::Unset => Some(default),
            other => other.text(),
        }
    }

    /// The switch, or the default where nothing is said; `None` where it is not known.
    pub fn switch_or(&self, default: bool) -> Option<bool> {
        match self {
            Value::Unset => Some(default),
            Value::Switch(switch) => Some(*switch),
            _ => None,
        }
    }

    /// The items of a list; of one text, that text; none of anything else.
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            Value::Text(_) => std::slice::from_ref(self),
            _ => &[],
        }
    }

    /// The keys of an object that are known, with their values.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Value)> {
        let entries = match self {
            Value::Object(entries) => entries.as_slice(),
            _ => &[],
        };
        entries.iter().filter_map(|entry| match entry {
            Entry::Named(key, value) => Some((key.as_str(), value)),
            Entry::Others => None,
        })
    }

    /// Whether all of it is known: no part of it is computed.
    pub fn is_literal(&self) -> bool {
        match self {
            Value::Computed => false,
            Value::List(items) => items.iter().all(Value::is_literal),
            Value::Object(entries) => entries.iter().all(|entry| match entry {
                Entry::Named(_, value) => value.is_literal(),
                Entry::Others => false,
            }),
            _ => true,
        }
    }
}
