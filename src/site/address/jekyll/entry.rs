//! Which files Jekyll reads at all (`EntryFilter`): `include`, `exclude`, and names that begin with `.`, `_`, `#`, `~`.

use globset::{GlobBuilder, GlobMatcher};

use crate::spanned::Node;

/// What every site leaves out (`Configuration::DEFAULT_EXCLUDES`).
const EXCLUDED: [&str; 10] = [
    ".sass-cache",
    ".jekyll-cache",
    "gemfiles",
    "Gemfile",
    "Gemfile.lock",
    "node_modules",
    "vendor/bundle/",
    "vendor/cache/",
    "vendor/gems/",
    "vendor/ruby/",
];

/// `include` and `exclude`.
#[derive(Debug)]
pub(super) struct Entries {
    include: Vec<Pattern>,
    exclude: Vec<Pattern>,
}

/// A pattern: as the start of a path, or for `fnmatch`.
#[derive(Debug)]
struct Pattern {
    start: String,
    /// `None` where it has no special characters.
    glob: Option<GlobMatcher>,
}

impl Entries {
    /// Reads both lists.
    pub(super) fn read(include: Option<&Node>, exclude: Option<&Node>) -> Self {
        let texts = |node: Option<&Node>| -> Vec<String> {
            node.map(Node::items)
                .unwrap_or_default()
                .iter()
                .filter_map(|item| Some(item.as_str()?.to_owned()))
                .collect()
        };
        let include = if include.is_some() { texts(include) } else { vec![".htaccess".to_owned()] };
        let mut exclude = texts(exclude);
        exclude.extend(EXCLUDED.map(str::to_owned));
        exclude.retain(|pattern| !include.contains(pattern));
        let patterns = |list: Vec<String>| list.into_iter().map(Pattern::new).collect();
        Entries { include: patterns(include), exclude: patterns(exclude) }
    }

    /// Whether Jekyll comes upon the file at `path` when it walks from folder to folder.
    pub(super) fn reads(&self, path: &str) -> bool {
        let is_named = self.include.iter().any(|pattern| pattern.start == path);
        is_named || self.walks(path, 0)
    }

    /// Whether it goes into the folder `path`; the whole site's for an empty one.
    pub(super) fn enters(&self, path: &str) -> bool {
        path.is_empty() || self.walks(path, 0)
    }

    /// Whether it takes the file at `path` that it finds with all others below the folder of this length (posts,
    /// collections): folders on the way do not count.
    pub(super) fn takes(&self, path: &str, folder: usize) -> bool {
        self.passes(path, path[folder..].trim_start_matches('/'))
    }

    fn walks(&self, path: &str, from: usize) -> bool {
        let ends = path[from..].match_indices('/').map(|(at, _)| from + at).chain([path.len()]);
        let mut start = from;
        for end in ends {
            if !self.passes(&path[..end], &path[start..end]) {
                return false;
            }
            start = (end + 1).min(path.len());
        }
        true
    }

    /// Whether an entry is left in: `path` is all of it, `entry` the part that is looked at.
    fn passes(&self, path: &str, entry: &str) -> bool {
        let name = entry.rsplit('/').next().unwrap_or(entry);
        let is_included = self.include.iter().any(|pattern| pattern.matches(entry) || pattern.matches(name));
        if entry.ends_with('.') || !is_included && self.exclude.iter().any(|pattern| pattern.matches(path)) {
            return false;
        }
        let is_special = |text: &str| text.starts_with(['.', '_', '#', '~']);
        is_included || !is_special(entry) && !is_special(name) && !entry.ends_with('~')
    }
}

impl Pattern {
    fn new(text: String) -> Self {
        let start = text.trim_start_matches('/').to_owned();
        let glob = start.contains(['*', '?', '[', '\\']).then(|| GlobBuilder::new(&start).build().ok()).flatten();
        Pattern { glob: glob.map(|glob| glob.compile_matcher()), start }
    }

    fn matches(&self, path: &str) -> bool {
        let is_folder = self.start.strip_suffix('/') == Some(path);
        path.starts_with(&self.start) || is_folder || self.glob.as_ref().is_some_and(|glob| glob.is_match(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spanned::yaml;

    #[test]
    fn what_is_read() {
        let config =
            yaml::parse("include: [_pages, .well-known]\nexclude: [draft*.md, private/, scripts]\n").expect("valid");
        let entries = Entries::read(config.get("include"), config.get("exclude"));
        for (path, expected) in [
            ("a.md", true),
            ("a/b/c.png", true),
            ("_pages/a.md", true),
            ("x/_pages/a.md", true),
            ("_includes/a.md", false),
            (".well-known/a.txt", true),
            (".github/a.md", false),
            (".htaccess", false),
            ("draft-1.md", false),
            ("a/draft.md", true),
            ("private/a.md", false),
            ("scripts-of-plays/a.md", false),
            ("Gemfile", false),
            ("node_modules/a/b.md", false),
            ("a~", false),
            ("#a.md", false),
        ] {
            assert_eq!(entries.reads(path), expected, "{path}");
        }
        assert!(entries.takes("_posts/_x.md".replace("_x", "x").as_str(), 6));
        assert!(!entries.takes("_posts/_x.md", 6));
        assert!(entries.takes("_posts/a/_b/c.md", 6));
    }
}
