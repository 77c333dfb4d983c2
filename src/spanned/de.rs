//! Typed values from spanned ones, through serde, with the place of every mistake. Knows no format and no type of ours.

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{StrDeserializer, U8Deserializer, U32Deserializer};
use serde::de::{self, DeserializeOwned, DeserializeSeed, Error as _, IntoDeserializer, Unexpected, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use super::{Error, Node, Value};
use crate::source::Span;

mod mistake;

use mistake::Mistake;

/// Reads a node into a type.
///
/// # Errors
/// When the node does not fit the type; the span is that of the innermost key or value at fault.
pub fn from_node<T: DeserializeOwned>(node: &Node) -> Result<T, Error> {
    T::deserialize(NodeDeserializer { node, key: None }).map_err(|mistake| mistake.into_error(node))
}

/// A value with its place, for errors that are found after reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
    /// In which layer (see `Node::layer`).
    pub layer: u8,
}

/// The name under which `Located` asks for its place. No type in Rust can have it.
const LOCATED: &str = "$copydesk::Located";

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(LOCATED, LocatedVisitor(PhantomData))
    }
}

struct LocatedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for LocatedVisitor<T> {
    type Value = Located<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    /// From any other deserializer, which knows no places.
    fn visit_newtype_struct<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let value = T::deserialize(deserializer)?;
        Ok(Located { value, span: Span::default(), layer: 0 })
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut parts: A) -> Result<Self::Value, A::Error> {
        let lost = || A::Error::custom("a value without its place");
        let start = parts.next_element()?.ok_or_else(lost)?;
        let end = parts.next_element()?.ok_or_else(lost)?;
        let layer = parts.next_element()?.ok_or_else(lost)?;
        let value = parts.next_element()?.ok_or_else(lost)?;
        Ok(Located { value, span: Span { start, end }, layer })
    }
}

impl<T: schemars::JsonSchema> schemars::JsonSchema for Located<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
    fn inline_schema() -> bool {
        T::inline_schema()
    }
}

/// What `LocatedVisitor::visit_seq` reads: start, end, layer, value.
struct LocatedParts<'a> {
    of: NodeDeserializer<'a>,
    next: u8,
}

impl<'de> de::SeqAccess<'de> for LocatedParts<'de> {
    type Error = Mistake;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mistake> {
        self.next += 1;
        let node = self.of.node;
        match self.next {
            1 => seed.deserialize(U32Deserializer::new(node.span.start)).map(Some),
            2 => seed.deserialize(U32Deserializer::new(node.span.end)).map(Some),
            3 => seed.deserialize(U8Deserializer::new(node.layer)).map(Some),
            4 => seed.deserialize(self.of).map(Some),
            _ => Ok(None),
        }
    }
}

/// A node, and the key that holds it.
#[derive(Clone, Copy)]
struct NodeDeserializer<'a> {
    node: &'a Node,
    key: Option<&'a Node>,
}

impl<'a> NodeDeserializer<'a> {
    /// Gives a mistake without a place this one: a missing key has none, so the key that holds the mapping stands in for it;
    /// an empty value has no text, so its key does.
    fn locate<T>(self, result: Result<T, Mistake>) -> Result<T, Mistake> {
        result.map_err(|mistake| {
            let first = || self.node.entries().first().map(|(key, _)| key);
            let place = if mistake.is_missing_key() {
                self.key.or_else(first).unwrap_or(self.node)
            } else {
                self.key.filter(|_| self.node.span.is_empty()).unwrap_or(self.node)
            };
            mistake.at(place)
        })
    }

    fn mismatch<T>(self, visitor: &dyn de::Expected) -> Result<T, Mistake> {
        Err(match &self.node.value {
            Value::Alias => Mistake::custom("an alias cannot be used here").with_help("write the value out"),
            Value::Null => Mistake::invalid_type(Unexpected::Unit, visitor),
            Value::Bool(value) => Mistake::invalid_type(Unexpected::Bool(*value), visitor),
            Value::Int(value) => Mistake::invalid_type(Unexpected::Signed(*value), visitor),
            Value::Float(value) => Mistake::invalid_type(Unexpected::Float(*value), visitor),
            Value::String(scalar) => Mistake::invalid_type(Unexpected::Str(&scalar.text), visitor),
            Value::Date(_) => Mistake::invalid_type(Unexpected::Other("a date"), visitor),
            Value::Sequence(_) => Mistake::invalid_type(Unexpected::Seq, visitor),
            Value::Mapping(_) => Mistake::invalid_type(Unexpected::Map, visitor),
        })
    }

    fn visit_items<V: Visitor<'a>>(self, items: &'a [Node], visitor: V) -> Result<V::Value, Mistake> {
        let mut rest = Items(items.iter());
        let value = visitor.visit_seq(&mut rest)?;
        match rest.0.as_slice() {
            [] => Ok(value),
            [first, ..] => Err(Mistake::invalid_length(items.len(), &"fewer items").at(first)),
        }
    }

    fn visit_entries<V: Visitor<'a>>(self, entries: &'a [(Node, Node)], visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_map(Entries { rest: entries.iter(), current: None, seen: HashSet::new() })
    }
}

impl<'de> de::Deserializer<'de> for NodeDeserializer<'de> {
    type Error = Mistake;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        let result = match &self.node.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Int(value) => match u64::try_from(*value) {
                Ok(value) => visitor.visit_u64(value),
                Err(_) => visitor.visit_i64(*value),
            },
            Value::Float(value) => visitor.visit_f64(*value),
            Value::String(scalar) => visitor.visit_borrowed_str(&scalar.text),
            Value::Date(text) => visitor.visit_borrowed_str(text),
            Value::Sequence(items) => self.visit_items(items, visitor),
            Value::Mapping(entries) => self.visit_entries(entries, visitor),
            Value::Alias => self.mismatch(&visitor),
        };
        self.locate(result)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match &self.node.value {
            Value::Null => self.locate(visitor.visit_none()),
            _ => self.locate(visitor.visit_some(self)),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Mistake> {
        self.locate(if name == LOCATED {
            visitor.visit_seq(LocatedParts { of: self, next: 0 })
        } else {
            visitor.visit_newtype_struct(self)
        })
    }

    /// A list; nothing at all is an empty one.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match &self.node.value {
            Value::Null => self.locate(self.visit_items(&[], visitor)),
            Value::Sequence(_) => self.deserialize_any(visitor),
            _ => self.locate(self.mismatch(&visitor)),
        }
    }

    /// A mapping; nothing at all is an empty one.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match &self.node.value {
            Value::Null => self.locate(self.visit_entries(&[], visitor)),
            Value::Mapping(_) => self.deserialize_any(visitor),
            _ => self.locate(self.mismatch(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        self.deserialize_map(visitor)
    }

    /// A word, or a mapping with one key.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        let result = match &self.node.value {
            Value::String(scalar) => visitor.visit_enum(Variant { of: self, name: &scalar.text, content: None }),
            Value::Mapping(entries) => match entries.as_slice() {
                [(key, value)] => match key.as_str() {
                    Some(name) => {
                        let of = NodeDeserializer { node: key, key: None };
                        visitor.visit_enum(Variant { of, name, content: Some(value) })
                    }
                    None => NodeDeserializer { node: key, key: None }.mismatch(&"text"),
                },
                [] => Err(Mistake::custom("a key is missing").with_choice(variants)),
                [_, (key, _), ..] => Err(Mistake::custom("only one key can stand here").with_choice(variants).at(key)),
            },
            _ => self.mismatch(&visitor).map_err(|mistake: Mistake| mistake.with_choice(variants)),
        };
        self.locate(result)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        tuple tuple_struct identifier
    }
}

/// The items of a list that are still to be read.
struct Items<'a>(std::slice::Iter<'a, Node>);

impl<'de> de::SeqAccess<'de> for Items<'de> {
    type Error = Mistake;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mistake> {
        let Some(node) = self.0.next() else { return Ok(None) };
        let here = NodeDeserializer { node, key: None };
        here.locate(seed.deserialize(here)).map(Some)
    }
}

/// The entries of a mapping that are still to be read.
struct Entries<'a> {
    rest: std::slice::Iter<'a, (Node, Node)>,
    current: Option<&'a (Node, Node)>,
    seen: HashSet<&'a str>,
}

impl<'de> de::MapAccess<'de> for Entries<'de> {
    type Error = Mistake;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Mistake> {
        self.current = self.rest.next();
        let Some((key, _)) = self.current else { return Ok(None) };
        let here = NodeDeserializer { node: key, key: None };
        if let Some(name) = key.as_str()
            && !self.seen.insert(name)
        {
            return here.locate(Err(Mistake::repeated(name)));
        }
        here.locate(seed.deserialize(here)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mistake> {
        let (key, value) = self.current.ok_or_else(|| Mistake::custom("a value without a key"))?;
        let here = NodeDeserializer { node: value, key: Some(key) };
        here.locate(seed.deserialize(here))
    }
}

/// A variant of an enum, with its content if it was written as a mapping.
struct Variant<'a> {
    /// Where the name stands.
    of: NodeDeserializer<'a>,
    name: &'a str,
    content: Option<&'a Node>,
}

impl<'a> Variant<'a> {
    fn content(&self) -> Result<NodeDeserializer<'a>, Mistake> {
        let node = self.content.ok_or_else(|| {
            let help = format!("write `{}:` with its settings below", self.name);
            Mistake::custom(format_args!("`{}` needs settings", self.name)).with_help(&help).at(self.of.node)
        })?;
        Ok(NodeDeserializer { node, key: Some(self.of.node) })
    }
}

impl<'de> de::EnumAccess<'de> for Variant<'de> {
    type Error = Mistake;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Mistake> {
        let name: StrDeserializer<'de, Mistake> = self.name.into_deserializer();
        let result = seed.deserialize(name).map_err(|mistake| match self.content {
            Some(_) => mistake.about_a_key(),
            None => mistake,
        });
        Ok((self.of.locate(result)?, self))
    }
}

impl<'de> de::VariantAccess<'de> for Variant<'de> {
    type Error = Mistake;

    fn unit_variant(self) -> Result<(), Mistake> {
        match self.content {
            Some(node) => {
                let here = NodeDeserializer { node, key: Some(self.of.node) };
                here.locate(<()>::deserialize(here))
            }
            None => Ok(()),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Mistake> {
        let content = self.content()?;
        content.locate(seed.deserialize(content))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Mistake> {
        de::Deserializer::deserialize_seq(self.content()?, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        de::Deserializer::deserialize_map(self.content()?, visitor)
    }
}

#[cfg(test)]
mod tests;
