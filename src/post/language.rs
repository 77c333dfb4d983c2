//! The language that most of a text is in, as far as its script tells.

use serde::{Deserialize, Serialize};

use super::prose::Prose;

/// How many characters of a post are looked at.
const SAMPLE: usize = 4_000;

/// How many Latin letters say as much as one Chinese character.
const LETTERS_PER_CHARACTER: usize = 3;

/// One kana among so many Chinese characters makes a text Japanese: Chinese texts quote Japanese names.
const CHARACTERS_PER_KANA: usize = 5;

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

    /// The language of the visible prose.
    pub fn of(prose: &Prose) -> Self {
        let blocks = prose.visible_blocks().flat_map(|(_, block)| prose.str(block).chars());
        Self::of_characters(blocks.take(SAMPLE))
    }

    fn of_characters(characters: impl Iterator<Item = char>) -> Self {
        let (mut latin, mut han, mut kana, mut hangul, mut arabic, mut hebrew, mut other) = (0, 0, 0, 0, 0, 0, 0);
        for c in characters {
            match c {
                'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' => latin += 1,
                // Known without a table: no letters, and frequent.
                '\0'..='\u{BF}' | '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => {}
                '\u{FF00}'..='\u{FF20}' => {}
                '\u{3041}'..='\u{30FF}' => kana += 1,
                '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' => han += 1,
                '\u{AC00}'..='\u{D7AF}' | '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' => hangul += 1,
                '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => {
                    arabic += 1
                }
                '\u{590}'..='\u{5FF}' => hebrew += 1,
                c if c.is_alphabetic() => other += 1,
                _ => {}
            }
        }
        let weighed = |characters: usize| characters * LETTERS_PER_CHARACTER;
        let cjk = if kana * CHARACTERS_PER_KANA > han { Language::Ja } else { Language::Zh };
        // Of equals the last counts, so that a text without letters is `En`.
        let scores = [
            (weighed(hangul), Language::Ko),
            (arabic, Language::Ar),
            (hebrew, Language::He),
            (other, Language::Other),
            (weighed(han + kana), cjk),
            (latin, Language::En),
        ];
        scores.into_iter().max_by_key(|(score, _)| *score).map_or(Language::En, |(_, language)| language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, language: Language) {
        assert_eq!(Language::of_characters(text.chars()), language, "{text}");
    }

    #[test]
    fn tells_scripts_apart() {
        check("服务群众无小事。", Language::Zh);
        check("これは日本語の文章です。", Language::Ja);
        check("한국어 문장입니다.", Language::Ko);
        check("هذا نص عربي", Language::Ar);
        check("זה טקסט בעברית", Language::He);
        check("Это русский текст", Language::Other);
        check("Ceci n’est pas une pipe, déjà.", Language::En);
        check("", Language::En);
        check("2022-05-17 · 100 %", Language::En);
    }

    #[test]
    fn weighs_characters_against_letters() {
        check("用 Rust 写一个 parser，先看 tokenizer 怎么工作", Language::Zh);
        check("The word 中文 means Chinese, and that is all there is to say about it.", Language::En);
        check("本文介绍游戏《ゼルダ》的攻略与全部神庙的位置，以及各种隐藏道具的获取办法", Language::Zh);
    }
}
