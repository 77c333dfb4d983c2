//! Posts that a site shows twice on purpose: one post in several languages, one page of documentation in several versions.
//! The path and the front matter tell.

use serde::{Deserialize, Serialize};

use crate::spanned::Node;

/// Keys of front matter that name the language of a post.
const LANGUAGE_KEYS: [&str; 3] = ["lang", "language", "locale"];

/// The two-letter codes of ISO 639-1 that sites are translated into.
const LANGUAGES: [&str; 44] = [
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id",
    "it", "ja", "ko", "lt", "lv", "ms", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "ta", "th",
    "tr", "uk", "ur", "uz", "vi", "zh",
];

/// Names of folders that hold the version a site shows by default.
const CURRENT: [&str; 7] = ["current", "dev", "latest", "main", "master", "next", "stable"];

/// Which variant of a post this is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// The language that the path or the front matter names, in lower case: `zh-cn`.
    pub language: Option<Box<str>>,
    /// The version that the path names: `1.2`, `version-2.x`.
    pub version: Option<Box<str>>,
    /// The path without both; the same for all variants of one post.
    pub stem: Box<str>,
}

/// What two posts are to each other, before their texts are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kinship {
    /// Nothing.
    None,
    /// The same post in two languages.
    Languages,
    /// The same page in two versions.
    Versions,
}

impl Variant {
    /// Reads the path and the front matter of a post.
    pub(super) fn of(path: &str, root: &Node) -> Self {
        let (mut language, mut version) = (None, None);
        let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
        let mut stem = String::with_capacity(path.len());
        for folder in folders.split('/').filter(|folder| !folder.is_empty()) {
            if language.is_none() && is_language(folder) {
                language = Some(tag(folder));
            } else if version.is_none() && is_version(folder) {
                version = Some(folder.into());
            } else {
                stem.push_str(folder);
                stem.push('/');
            }
        }
        let (name, extension) = file.rsplit_once('.').unwrap_or((file, ""));
        match name.rsplit_once('.') {
            Some((name, last)) if is_language(last) => {
                language = Some(tag(last));
                stem.push_str(name);
            }
            _ => stem.push_str(name),
        }
        stem.push('.');
        stem.push_str(extension);
        let by_key = LANGUAGE_KEYS.iter().find_map(|key| root.get(key)?.as_str()).filter(|text| is_language(text));
        Self { language: by_key.map(tag).or(language), version, stem: stem.into() }
    }

    /// What this post is to another one.
    pub(super) fn kinship(&self, other: &Variant) -> Kinship {
        let is_same_post = self.stem == other.stem;
        let are_named = self.language.is_some() && other.language.is_some();
        if self.language != other.language && (is_same_post || are_named) {
            Kinship::Languages
        } else if self.version != other.version && is_same_post {
            Kinship::Versions
        } else {
            Kinship::None
        }
    }
}

/// `zh`, `zh-CN`, `pt_BR`, `zh-hant-tw`.
fn is_language(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let language = parts.next().is_some_and(|first| LANGUAGES.iter().any(|known| known.eq_ignore_ascii_case(first)));
    let is_subtag = |part: &str| (2..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    language && text.len() <= 10 && parts.all(is_subtag)
}

fn tag(text: &str) -> Box<str> {
    text.to_ascii_lowercase().replace('_', "-").into()
}

/// `v1`, `1.2`, `2.x`, `version-3.0`, `latest`; not `2019`, which is a year.
fn is_version(folder: &str) -> bool {
    let number = folder.strip_prefix("version-").or_else(|| folder.strip_prefix('v')).unwrap_or(folder);
    let is_prefixed = number.len() < folder.len();
    let is_numeric = number.starts_with(|c: char| c.is_ascii_digit())
        && number
            .split('.')
            .all(|part| part == "x" || !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    CURRENT.contains(&folder) || is_numeric && (is_prefixed || number.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;
    use crate::spanned::Value;

    fn variant(path: &str) -> Variant {
        Variant::of(path, &Node { value: Value::Mapping(vec![]), span: Span::default(), layer: 0 })
    }

    fn check(one: &str, other: &str, expected: Kinship) {
        assert_eq!(variant(one).kinship(&variant(other)), expected, "{one} {other}");
        assert_eq!(variant(other).kinship(&variant(one)), expected, "{other} {one}");
    }

    #[test]
    fn paths_tell_languages() {
        check("content/en/a.md", "content/zh-cn/a.md", Kinship::Languages);
        check("posts/a.md", "posts/a.en.md", Kinship::Languages);
        check("posts/a/index.md", "posts/a/index.zh_TW.md", Kinship::Languages);
        check("docs/a.md", "i18n/fr/docs/a.md", Kinship::None);
        check("en/a.md", "fr/b.md", Kinship::Languages);
        check("en/a.md", "en/b.md", Kinship::None);
        check("a.md", "b.md", Kinship::None);
        check("english/a.md", "german/a.md", Kinship::None);
    }

    #[test]
    fn paths_tell_versions() {
        check("docs/v1/a.md", "docs/v2/a.md", Kinship::Versions);
        check("docs/1.0/a.md", "docs/latest/a.md", Kinship::Versions);
        check("versioned_docs/version-1.x/a.md", "versioned_docs/version-2.0/a.md", Kinship::Versions);
        check("docs/v1/a.md", "docs/v2/b.md", Kinship::None);
        check("2019/report.md", "2020/report.md", Kinship::None);
    }
}
