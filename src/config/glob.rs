//! A glob as configuration writes it: relative to the site root, with `/`. `*` stays within one folder, `**` does not; a
//! pattern that matches a folder means everything in it.

use globset::{GlobBuilder, GlobMatcher, GlobSet, GlobSetBuilder};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// A pattern over paths.
#[derive(Clone, Debug)]
pub struct Glob {
    written: String,
    pattern: globset::Glob,
    matcher: GlobMatcher,
}

impl Glob {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// What is wrong with the pattern, in words for its writer.
    pub fn new(written: &str) -> Result<Glob, String> {
        let trimmed = written.strip_prefix("./").unwrap_or(written).trim_matches('/');
        if trimmed.is_empty() {
            return Err("an empty glob matches nothing".to_owned());
        }
        if trimmed.split('/').any(|part| part == "..") {
            return Err(format!("the glob `{written}` leaves the site root"));
        }
        let pattern = GlobBuilder::new(trimmed)
            .literal_separator(true)
            .empty_alternates(true)
            .build()
            .map_err(|error| format!("the glob `{written}` cannot be read: {}", error.kind()))?;
        Ok(Glob { written: written.to_owned(), matcher: pattern.compile_matcher(), pattern })
    }

    /// Whether `path` (relative to the site root, with `/`) or a folder it lies in matches.
    pub fn matches(&self, path: &str) -> bool {
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        self.matcher.is_match(path) || folders.into_iter().any(|folder| self.matcher.is_match(folder))
    }

    /// One set of several globs, for a walk that asks it about every folder on its way down.
    ///
    /// # Errors
    /// When the globs are too large together.
    pub fn set<'a>(globs: impl IntoIterator<Item = &'a Glob>) -> Result<GlobSet, String> {
        let mut set = GlobSetBuilder::new();
        for glob in globs {
            set.add(glob.pattern.clone());
        }
        set.build().map_err(|error| format!("the globs cannot be read together: {}", error.kind()))
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.written
    }
}

impl<'de> Deserialize<'de> for Glob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Glob::new(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl JsonSchema for Glob {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Glob".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1 })
    }
    fn inline_schema() -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        Glob::new(pattern).expect("the pattern is well-formed").matches(path)
    }

    #[test]
    fn a_star_stays_in_its_folder() {
        assert!(matches("_drafts/*.md", "_drafts/a.md"));
        assert!(!matches("_drafts/*.md", "_drafts/old/a.md"));
        assert!(matches("_drafts/**/*.md", "_drafts/old/a.md"));
        assert!(!matches("*.md", "posts/a.md"));
    }

    #[test]
    fn a_folder_means_what_is_in_it() {
        for pattern in ["archive", "archive/", "./archive", "arch*"] {
            assert!(matches(pattern, "archive/2010/a.md"), "{pattern}");
            assert!(!matches(pattern, "posts/archive.md"), "{pattern}");
        }
    }

    #[test]
    fn names_in_any_script_match() {
        assert!(matches("文章/{旧,稿}/*", "文章/旧/a.md"));
        assert!(!matches("文章/{旧,稿}/*", "文章/新/a.md"));
    }

    #[test]
    fn a_set_matches_what_one_of_its_globs_does() {
        let globs = ["drafts", "*.tmp.md"].map(|pattern| Glob::new(pattern).expect("the pattern is well-formed"));
        let set = Glob::set(&globs).expect("they are small");
        assert!(set.is_match("drafts") && set.is_match("a.tmp.md") && !set.is_match("a.md"));
    }

    #[test]
    fn says_what_is_wrong_with_a_pattern() {
        for (pattern, part) in [("", "empty"), ("/", "empty"), ("../x", "leaves the site root"), ("a[", "`a[`")] {
            let error = Glob::new(pattern).expect_err(pattern);
            assert!(error.contains(part), "{pattern}: {error}");
        }
    }
}
