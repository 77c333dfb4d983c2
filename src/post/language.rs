//! The language that most of a text is in, as far as its script tells.

use serde::{Deserialize, Serialize};

/// A language, or a group of languages that copydesk does not tell apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// Chinese: Han characters, hardly any kana.
    Zh,
    /// Japanese: Han characters and kana.
    Ja,
    /// Korean: Hangul.
    Ko,
    /// Arabic script.
    Ar,
    /// Hebrew script.
    He,
    /// English, and every other language in Latin letters.
    #[default]
    En,
    /// Any other script.
    Other,
}

impl Language {
    /// All languages, as records name them.
    pub const ALL: [(&'static str, Language); 7] = [
        ("zh", Language::Zh),
        ("ja", Language::Ja),
        ("ko", Language::Ko),
        ("ar", Language::Ar),
        ("he", Language::He),
        ("en", Language::En),
        ("other", Language::Other),
    ];

    /// The language's name in records.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, language)| *language == self).map_or("", |(name, _)| name)
    }
}
