//! Front matter with what `defaults:` of the configuration adds to it (`FrontmatterDefaults`).

use globset::{GlobBuilder, GlobMatcher};

use crate::spanned::{Node, Value};

/// The sets of `defaults:`, in their order.
#[derive(Debug, Default)]
pub(super) struct Defaults {
    sets: Vec<Set>,
}

/// One set: values, and where they hold.
#[derive(Debug)]
struct Set {
    /// As written, which decides which set is closer.
    path: String,
    /// Without the folder of collections.
    start: String,
    kind: Option<String>,
    glob: Option<GlobMatcher>,
    values: Node,
}

impl Defaults {
    /// Reads the sets that can be read. Paths are those below `dir`, the folder of collections.
    pub(super) fn read(node: Option<&Node>, dir: &str) -> Self {
        let sets = node.map(Node::items).unwrap_or_default().iter().filter_map(|set| Set::read(set, dir));
        Defaults { sets: sets.collect() }
    }

    /// Whether any set holds one of these keys.
    pub(super) fn set(&self, keys: &[&str]) -> bool {
        self.sets.iter().any(|set| keys.iter().any(|key| set.values.get(key).is_some()))
    }

    /// The value of a key for a document of this kind: later and closer sets win, nothing never does
    /// (`FrontmatterDefaults#all`, whose sets are merged with `Utils.deep_merge_hashes`).
    pub(super) fn merged(&self, path: &str, kind: &str, key: &str) -> Option<&Node> {
        let (mut value, mut former) = (None, None);
        for set in self.sets.iter().filter(|set| set.applies(path, kind)) {
            let found = set.values.get(key).filter(|node| node.value != Value::Null);
            if former.is_none_or(|former| set.precedes(former)) {
                value = found.or(value);
                former = Some(set);
            } else {
                value = value.or(found);
            }
        }
        value
    }

    /// The value of a key for a page (`FrontmatterDefaults#find`).
    pub(super) fn found(&self, path: &str, kind: &str, key: &str) -> Option<&Node> {
        let (mut value, mut former) = (None, None);
        for set in self.sets.iter().filter(|set| set.applies(path, kind)) {
            let found = set.values.get(key);
            if found.is_some() && former.is_none_or(|former| set.precedes(former)) {
                value = found;
                former = Some(set);
            }
        }
        value
    }
}

impl Set {
    fn read(node: &Node, dir: &str) -> Option<Self> {
        let values = node.get("values").filter(|values| matches!(values.value, Value::Mapping(_)))?.clone();
        let scope = node.get("scope");
        let text = |key: &str| scope.and_then(|scope| scope.get(key)).and_then(Node::as_str);
        let path = text("path").unwrap_or_default().to_owned();
        let kind = text("type").map(|kind| match kind {
            // Names of Jekyll 2 (`update_deprecated_types`).
            "page" | "post" | "draft" => format!("{kind}s"),
            other => other.to_owned(),
        });
        let start = path.strip_prefix(dir).and_then(|rest| rest.strip_prefix('/')).filter(|_| !dir.is_empty());
        let start = start.unwrap_or(&path).to_owned();
        let glob = start.contains('*').then(|| GlobBuilder::new(&start).literal_separator(true).build().ok()).flatten();
        Some(Set { glob: glob.map(|glob| glob.compile_matcher()), path, start, kind, values })
    }

    fn applies(&self, path: &str, kind: &str) -> bool {
        if self.kind.as_deref().is_some_and(|wanted| wanted != kind) {
            return false;
        }
        match &self.glob {
            // The pattern may match a folder that the file is in.
            Some(glob) => {
                path.match_indices('/').map(|(at, _)| at).chain([path.len()]).any(|end| glob.is_match(&path[..end]))
            }
            None => path.starts_with(&self.start),
        }
    }

    /// `has_precedence?`.
    fn precedes(&self, former: &Set) -> bool {
        let length = |set: &Set| set.path.strip_prefix('/').unwrap_or(&set.path).chars().count();
        match length(self).cmp(&length(former)) {
            std::cmp::Ordering::Equal => self.kind.is_some() || former.kind.is_none(),
            order => order.is_gt(),
        }
    }
}

/// What a value is when it is turned into text (`to_s`); `None` for what is no single value.
pub(super) fn text(node: &Node) -> Option<String> {
    match &node.value {
        Value::Null => Some(String::new()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Int(number) => Some(number.to_string()),
        Value::Float(number) => Some(format!("{number:?}")),
        Value::String(scalar) => Some(scalar.text.clone()),
        Value::Date(text) => Some(text.clone()),
        Value::Sequence(_) | Value::Mapping(_) | Value::Alias => None,
    }
}

/// Whether a value is `false` to Psych, which reads words of YAML 1.1.
pub(super) fn is_false(node: &Node) -> bool {
    match &node.value {
        Value::Bool(flag) => !flag,
        Value::String(scalar) => {
            scalar.style == crate::spanned::Style::Plain
                && ["no", "off", "false"].iter().any(|word| scalar.text.eq_ignore_ascii_case(word))
        }
        _ => false,
    }
}

/// The same for `true`.
pub(super) fn is_true(node: &Node) -> bool {
    match &node.value {
        Value::Bool(flag) => *flag,
        Value::String(scalar) => {
            scalar.style == crate::spanned::Style::Plain
                && ["yes", "on", "true"].iter().any(|word| scalar.text.eq_ignore_ascii_case(word))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spanned::yaml;

    #[test]
    fn closer_and_later_sets_win() {
        let config = "
- values: {permalink: /all/}
- scope: {path: '', type: posts}
  values: {permalink: /posts/, layout: post}
- scope: {path: _posts/a}
  values: {permalink: /a/}
- scope: {path: ''}
  values: {permalink: /late/}
- scope: {path: _posts/*/deep, type: posts}
  values: {permalink: /deep/}
- scope: {path: x, type: page}
  values: {permalink: null}
- scope: {path: y}
";
        let defaults = Defaults::read(Some(&yaml::parse(config).expect("valid")), "");
        for (path, kind, expected) in [
            ("_posts/b.md", "posts", Some("/posts/")),
            ("_posts/a-c.md", "posts", Some("/a/")),
            ("_posts/a/deep/d.md", "posts", Some("/deep/")),
            ("_docs/a.md", "docs", Some("/late/")),
        ] {
            assert_eq!(defaults.merged(path, kind, "permalink").and_then(Node::as_str), expected, "{path}");
            assert_eq!(defaults.found(path, kind, "permalink").and_then(Node::as_str), expected, "{path}");
        }
        assert_eq!(defaults.found("x.md", "pages", "permalink").map(|node| &node.value), Some(&Value::Null));
        assert_eq!(defaults.merged("_posts/b.md", "posts", "layout").and_then(Node::as_str), Some("post"));
        assert_eq!(defaults.merged("_docs/b.md", "docs", "layout"), None);
    }
}
