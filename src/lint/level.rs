//! At which level a lint speaks: one level, or one by preset, generator and language of the post.

use std::str::FromStr;

use schemars::JsonSchema;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::diagnostic::Level;
use crate::post::Language;
use crate::site;

/// A choice of lints and levels for a kind of site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// What is wrong on any site: errors and warnings.
    #[default]
    Recommended,
    /// All that is worth knowing: infos too.
    Strict,
    /// For sites of imported or scraped posts: with the lints that are too noisy for an author's own blog.
    Scraped,
}

impl Preset {
    /// All presets, as they are named in configuration.
    pub const ALL: [(&'static str, Preset); 3] =
        [("recommended", Preset::Recommended), ("strict", Preset::Strict), ("scraped", Preset::Scraped)];

    /// The preset's name in configuration.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, preset)| *preset == self).map_or("", |(name, _)| name)
    }

    /// The least level that this preset shows of lints whose level nobody chose.
    pub fn floor(self) -> Level {
        if self == Preset::Strict { Level::Info } else { Level::Warn }
    }
}

/// A level, or none: `off`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// The lint does not run.
    Off,
    /// `info`
    Info,
    /// `warn`
    Warn,
    /// `error`
    Error,
}

impl Setting {
    /// All of them, from weakest to strongest.
    pub const ALL: [Setting; 4] = [Setting::Off, Setting::Info, Setting::Warn, Setting::Error];

    /// The level, unless it is off.
    pub fn level(self) -> Option<Level> {
        match self {
            Setting::Off => None,
            Setting::Info => Some(Level::Info),
            Setting::Warn => Some(Level::Warn),
            Setting::Error => Some(Level::Error),
        }
    }

    /// The setting as records and configuration write it.
    pub fn name(self) -> &'static str {
        self.level().map_or("off", Level::name)
    }
}

impl From<Option<Level>> for Setting {
    fn from(level: Option<Level>) -> Self {
        match level {
            None => Setting::Off,
            Some(Level::Info) => Setting::Info,
            Some(Level::Warn) => Setting::Warn,
            Some(Level::Error) => Setting::Error,
        }
    }
}

impl FromStr for Setting {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let known = Setting::ALL.into_iter().find(|setting| setting.name() == word);
        known.ok_or_else(|| format!("`{word}` is not a level; levels are off, info, warn, error"))
    }
}

/// The levels of a lint: `level: warn`, or `level: {default: info, jekyll: error, ar: warn, scraped: warn}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Levels {
    /// Where nothing below applies.
    pub default: Setting,
    /// What applies under a condition, in the order written.
    pub by: Vec<(Condition, Setting)>,
}

/// When a level applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Under this preset.
    Preset(Preset),
    /// On sites of this generator.
    Generator(&'static str),
    /// In posts of this language.
    Language(Language),
}

impl Levels {
    /// One level everywhere.
    pub fn always(setting: Setting) -> Self {
        Self { default: setting, by: Vec::new() }
    }

    /// The level in a post of `language`, on a site of `generator`, under `preset`. The narrower condition wins:
    /// language before generator before preset before default.
    pub fn setting(&self, preset: Preset, generator: &str, language: Language) -> Setting {
        let of = |wanted: &dyn Fn(&Condition) -> bool| self.by.iter().find(|(c, _)| wanted(c)).map(|(_, s)| *s);
        of(&|c| *c == Condition::Language(language))
            .or_else(|| of(&|c| matches!(c, Condition::Generator(name) if *name == generator)))
            .or_else(|| of(&|c| *c == Condition::Preset(preset)))
            .unwrap_or(self.default)
    }

    /// Whether the lint is off for every post of such a site.
    pub fn is_off(&self, preset: Preset, generator: &str) -> bool {
        Language::ALL.iter().all(|(_, language)| self.setting(preset, generator, *language) == Setting::Off)
    }
}

impl Condition {
    fn parse(word: &str) -> Option<Self> {
        let preset = Preset::ALL.iter().find(|(name, _)| *name == word).map(|(_, p)| Condition::Preset(*p));
        let language = || Language::ALL.iter().find(|(name, _)| *name == word).map(|(_, l)| Condition::Language(*l));
        preset.or_else(|| site::profile(word).map(|p| Condition::Generator(p.name))).or_else(language)
    }

    /// The word for the condition, as records write it.
    pub fn name(&self) -> &'static str {
        match self {
            Condition::Preset(preset) => preset.name(),
            Condition::Generator(name) => name,
            Condition::Language(language) => language.name(),
        }
    }
}

impl<'de> Deserialize<'de> for Levels {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LevelsVisitor;
        impl<'de> Visitor<'de> for LevelsVisitor {
            type Value = Levels;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a level (error, warn, info, off), or levels by preset, generator and language")
            }

            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Levels, E> {
                Setting::deserialize(serde::de::value::StrDeserializer::new(word)).map(Levels::always)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Levels, A::Error> {
                let mut levels = Levels::always(Setting::Off);
                while let Some(word) = map.next_key::<String>()? {
                    if word == "default" {
                        levels.default = map.next_value()?;
                    } else if let Some(condition) = Condition::parse(&word) {
                        levels.by.push((condition, map.next_value()?));
                    } else {
                        return Err(A::Error::custom(format!("`{word}` is no preset, generator or language")));
                    }
                }
                Ok(levels)
            }
        }
        deserializer.deserialize_any(LevelsVisitor)
    }
}

impl JsonSchema for Levels {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Levels".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let setting = generator.subschema_for::<Setting>();
        schemars::json_schema!({"anyOf": [setting, {"type": "object", "additionalProperties": setting}]})
    }
}
