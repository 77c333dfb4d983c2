//! The settings that `copydesk.yaml` may hold, as types. Their doc comments are the descriptions in the published JSON Schema
//! (`docs/copydesk.schema.json`), so they speak to the writer of that file.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer, Serialize};

use super::{Change, Glob, Online, Routes};
use crate::diagnostic::Level;
use crate::lint::{Preset, Setting};
use crate::site::{Kind, PROFILES};
use crate::spanned::de::Located;

/// Names of the site generators, as `generator` takes them, in the order in which they are detected.
pub const GENERATORS: &[&str] = &{
    let mut names = [""; PROFILES.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = PROFILES[at].name;
        at += 1;
    }
    names
};

/// Settings of copydesk for one site. Every key is optional; `copydesk config` shows what holds and why.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[schemars(title = "copydesk.yaml")]
pub struct File {
    /// The site generator. Without this key it is detected from the files of the site root.
    #[serde(deserialize_with = "generator")]
    #[schemars(schema_with = "generator_schema")]
    pub generator: Option<String>,
    /// Which lints run, and how strictly, before `lints` changes them.
    pub preset: Option<Preset>,
    /// The lowest level that makes copydesk exit with status 1.
    pub fail_on: Option<Level>,
    /// Files and folders that are not posts, as globs relative to the site root. They are not compared with either.
    pub exclude: Vec<Located<Glob>>,
    /// Changes to lints, by name: a level, or any part of the lint's record, which is laid over it key by key.
    #[schemars(schema_with = "lints_schema")]
    pub lints: IgnoredEntries,
    /// Levels of lints for some paths only; later entries win.
    pub overrides: Vec<Override>,
    /// What the front matter of every post must hold, beyond what the site generator asks for.
    pub front_matter: FrontMatter,
    /// Whether each suppression has to give a reason: `<!-- copydesk-disable-line LINT: reason -->`.
    pub require_reason: Option<bool>,
    /// Where the posts of a folder are shown, where the site generator does not tell: the folder, and the address of its posts
    /// with `{id}` for the name of a post: `src/content/blog: /blog/{id}/`.
    pub routes: Routes,
    /// How external addresses are checked by `copydesk --online`.
    pub online: Online,
}

/// Levels of lints for some paths.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Override {
    /// The files that are meant, as globs relative to the site root.
    pub paths: Vec<Located<Glob>>,
    /// The level of each lint in these files.
    pub lints: BTreeMap<String, Setting>,
    /// The same with the place of each name, in order of position.
    #[serde(skip)]
    pub changes: Vec<Change>,
}

/// What front matter must hold.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct FrontMatter {
    /// Keys that every post must have, with a value.
    pub required: Vec<Located<String>>,
    /// What the values of keys must be, where they are present.
    pub types: BTreeMap<String, KeyType>,
    /// A JSON Schema for the front matter of posts: a file, relative to this one.
    pub schema: Option<Located<String>>,
}

/// What the value of a key must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyType {
    /// Text; a number or a date needs quotes.
    Text,
    /// `true` or `false`.
    Bool,
    /// A date that the site generator understands.
    Date,
    /// A number.
    Number,
    /// A list of texts.
    List,
}

impl From<KeyType> for Kind {
    fn from(kind: KeyType) -> Kind {
        match kind {
            KeyType::Text => Kind::Text,
            KeyType::Bool => Kind::Bool,
            KeyType::Date => Kind::Date,
            KeyType::Number => Kind::Number,
            KeyType::List => Kind::List,
        }
    }
}

/// Entries whose values are read elsewhere (`level::changes`), because they are parts of records: accepts any mapping.
#[derive(Clone, Debug, Default)]
pub struct IgnoredEntries;

impl<'de> Deserialize<'de> for IgnoredEntries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::<String, IgnoredAny>::deserialize(deserializer).map(|_| IgnoredEntries)
    }
}

fn generator<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let name = String::deserialize(deserializer)?;
    if GENERATORS.contains(&name.as_str()) { Ok(Some(name)) } else { Err(D::Error::unknown_variant(&name, GENERATORS)) }
}

fn generator_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["string", "null"], "enum": GENERATORS.iter().copied().map(Some).chain([None]).collect::<Vec<_>>() })
}

fn lints_schema(generator: &mut SchemaGenerator) -> Schema {
    let level = generator.subschema_for::<Setting>();
    let record = json_schema!({ "type": "object", "description": "Keys of the lint's record." });
    json_schema!({ "type": "object", "additionalProperties": { "anyOf": [level, record] } })
}
