//! Typed values from spanned ones, through serde, with the place of every mistake.

use serde::Deserialize;

use crate::source::Span;

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

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = T::deserialize(deserializer)?;
        Ok(Located { value, span: Span::default(), layer: 0 })
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
/// x
pub fn from_node<T: serde::de::DeserializeOwned>(_node: &super::Node) -> Result<T, super::Error> {
    unreachable!()
}
