//! One line of input: an object with a name and a text. Whatever is wrong with it, the name is found if it can be.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

/// A text with its name.
#[derive(Debug, PartialEq)]
pub(super) struct Record {
    /// A string or an integer; null if it is not known.
    pub(super) id: Value,
    /// The text, or why there is none.
    pub(super) text: Result<String, String>,
}

impl Record {
    /// Reads a line. `id` and `text` are the names of its members; of members of one name the last counts.
    pub(super) fn read(line: &[u8], id: &str, text: &str) -> Record {
        let mut members = Members { id: (id, None), text: (text, None) };
        let outcome = members.read(line);
        let found = members.text.1.take();
        let text = outcome.and_then(|()| members.check_id()).and_then(|()| match found {
            Some(Value::String(text)) => Ok(text),
            Some(_) => Err(format!("member `{text}` is no string")),
            None => Err(format!("member `{text}` is missing")),
        });
        if text.is_err() && members.id.1.is_none() {
            // The text may be what cannot be read, and stand before the name.
            members.text.0 = id;
            let _ = members.read(line);
        }
        let id = members.id.1.filter(is_name).unwrap_or(Value::Null);
        Record { id, text }
    }
}

/// Whether a value names a text: a string or an integer.
fn is_name(value: &Value) -> bool {
    value.is_string() || value.is_i64() || value.is_u64()
}

/// The members that are looked for, with what was found so far. Others are stepped over.
struct Members<'a> {
    id: (&'a str, Option<Value>),
    text: (&'a str, Option<Value>),
}

impl Members<'_> {
    fn read(&mut self, line: &[u8]) -> Result<(), String> {
        let mut json = serde_json::Deserializer::from_slice(line);
        let outcome = self.deserialize(&mut json).and_then(|()| json.end());
        outcome.map_err(|error| format!("not a JSON object: {error}"))
    }

    fn check_id(&self) -> Result<(), String> {
        match &self.id.1 {
            Some(value) if is_name(value) => Ok(()),
            Some(_) => Err(format!("member `{}` is neither a string nor an integer", self.id.0)),
            None => Err(format!("member `{}` is missing", self.id.0)),
        }
    }
}

impl<'de> DeserializeSeed<'de> for &mut Members<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Members<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if name == self.id.0 {
                self.id.1 = Some(map.next_value()?);
            } else if name == self.text.0 {
                self.text.1 = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}
