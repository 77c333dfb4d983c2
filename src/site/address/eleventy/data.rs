//! What data files and layouts of Eleventy say of permalinks: `posts/posts.json`, `posts/a.11tydata.js`, `_includes/post.njk`.

use std::collections::{BTreeMap, BTreeSet};

use super::super::config::below;
use super::super::program::{Program, Value};
use crate::site::detect::Files;
use crate::spanned::{self, Node, json, yaml};

/// Most data files and layouts that are read.
const MOST: usize = 2_000;

/// A permalink, as it is said somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Permalink {
    /// A template.
    Text(String),
    /// No page is written.
    Nowhere,
    /// Only the program knows.
    Computed,
}

/// What one file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// The permalink, if one is said.
    pub(super) permalink: Option<Permalink>,
    /// The layout, if one is said; `Some(None)` where only the program knows which.
    pub(super) layout: Option<Option<String>>,
}

/// What all files say, by the path without endings that they are for: `posts/a` of a page, `posts/` of a folder; layouts by
/// their path.
#[derive(Clone, Debug, Default)]
pub(super) struct Data(BTreeMap<String, Said>);

impl Data {
    /// Reads the data files among these files, which are sorted, and the front matter of those that are layouts.
    pub(super) fn read(files: &Files<'_>, paths: &[String], is_layout: &dyn Fn(&str) -> bool) -> Self {
        let pages: BTreeSet<&str> = paths.iter().filter_map(|path| path.strip_suffix(".md")).collect();
        let mut data = Self::default();
        let mut left = MOST;
        for path in paths {
            let is_layout = is_layout(path);
            let subject = if is_layout { Some(path.clone()) } else { subject(path, &pages) };
            let Some(subject) = subject else { continue };
            let said = match (left.checked_sub(1), is_layout) {
                (None, _) => Said { permalink: Some(Permalink::Computed), layout: Some(None) },
                (_, true) => (files.read)(path).map(|text| of_template(&text)).unwrap_or_default(),
                (_, false) => (files.read)(path).map(|text| of_data(path, &text)).unwrap_or_default(),
            };
            left = left.saturating_sub(1);
            // Of several files for one subject, that in `.11tydata.` comes first, and `.js` before `.json`: as sorted, but for
            // the plain `.json`, which says only what the others do not.
            let known = data.0.entry(subject).or_default();
            let (strong, weak) =
                if path.contains(".11tydata.") { (said, known.clone()) } else { (known.clone(), said) };
            *known = Said { permalink: strong.permalink.or(weak.permalink), layout: strong.layout.or(weak.layout) };
        }
        data
    }

    /// What is said for the page at this path without its ending, nearest first: by its own file, then by those of the folders
    /// above, up to the input folder.
    fn nearest<'d, T>(&'d self, stem: &str, input: &str, pick: impl Fn(&'d Said) -> Option<T>) -> Option<T> {
        let own = self.0.get(stem).and_then(&pick);
        let folders = stem.rmatch_indices('/').map(|(slash, _)| &stem[..=slash]);
        let inside = folders.take_while(|folder| folder.len() > input.len());
        own.or_else(|| inside.filter_map(|folder| self.0.get(folder)).find_map(&pick))
    }

    /// The permalink that data files say for a page.
    pub(super) fn permalink(&self, stem: &str, input: &str) -> Option<&Permalink> {
        self.nearest(stem, input, |said| said.permalink.as_ref())
    }

    /// The layout that data files say for a page.
    pub(super) fn layout(&self, stem: &str, input: &str) -> Option<&Option<String>> {
        self.nearest(stem, input, |said| said.layout.as_ref())
    }

    /// The permalink that a layout says, or the layouts it stands in. `folders` are those that hold layouts.
    pub(super) fn permalink_of_layout(&self, layout: &str, folders: &[String]) -> Option<Permalink> {
        let mut name = layout.to_owned();
        // Layouts that stand in each other would be an error.
        for _ in 0..10 {
            let found = folders.iter().find_map(|folder| {
                let path = below(folder, &name);
                self.0.get(&path).or_else(|| {
                    let dotted = format!("{path}.");
                    let (found, said) = self.0.range(dotted.clone()..).next()?;
                    found.starts_with(&dotted).then_some(said)
                })
            });
            match found {
                Some(Said { permalink: Some(permalink), .. }) => return Some(permalink.clone()),
                Some(Said { layout: Some(Some(outer)), .. }) => name = outer.clone(),
                _ => return None,
            }
        }
        None
    }

    /// Whether any layout says a permalink.
    pub(super) fn has_layout_with_permalink(&self, folders: &[String]) -> bool {
        let is_layout = |path: &str| folders.iter().any(|folder| path.starts_with(&format!("{folder}/")));
        self.0.iter().any(|(path, said)| said.permalink.is_some() && is_layout(path))
    }
}

/// What a data file is for: a page, or a folder that has its name.
fn subject(path: &str, pages: &BTreeSet<&str>) -> Option<String> {
    let endings = [".11tydata.js", ".11tydata.cjs", ".11tydata.mjs", ".11tydata.json", ".json"];
    let stem = endings.iter().find_map(|ending| path.strip_suffix(ending))?;
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    if !folder.is_empty() && folder.rsplit('/').next() == Some(name) {
        return Some(format!("{folder}/"));
    }
    pages.contains(stem).then(|| stem.to_owned())
}

fn of_data(path: &str, text: &str) -> Said {
    if path.ends_with(".json") {
        return json::parse(text).map(|tree| of_tree(&tree)).unwrap_or_default();
    }
    let exported = Program::read(text).exported();
    if exported == Value::Computed {
        return Said { permalink: Some(Permalink::Computed), layout: Some(None) };
    }
    let permalink = match (exported.get("permalink"), exported.at(&["eleventyComputed", "permalink"])) {
        (Value::Unset, Value::Unset) => None,
        (Value::Text(text), Value::Unset) => Some(Permalink::Text(text.clone())),
        (Value::Switch(false), Value::Unset) => Some(Permalink::Nowhere),
        _ => Some(Permalink::Computed),
    };
    let layout = match exported.get("layout") {
        Value::Unset => None,
        other => Some(other.text().map(str::to_owned)),
    };
    Said { permalink, layout }
}

/// What the front matter of a template says.
pub(super) fn of_template(text: &str) -> Said {
    let Some(rest) = text.strip_prefix("---") else { return Said::default() };
    let Some(end) = rest.find("\n---") else { return Said::default() };
    match rest.as_bytes().first() {
        Some(b'\n' | b'\r') => yaml::parse(&rest[..end]).map(|tree| of_tree(&tree)).unwrap_or_default(),
        // `---js` and `---json`.
        _ if rest[..end].contains("permalink") => Said { permalink: Some(Permalink::Computed), layout: Some(None) },
        _ => Said::default(),
    }
}

/// What data in a tree say, front matter too.
pub(super) fn of_tree(tree: &Node) -> Said {
    let computed = tree.get("eleventyComputed").and_then(|node| node.get("permalink"));
    let permalink = match tree.get("permalink").map(|node| &node.value) {
        _ if computed.is_some() => Some(Permalink::Computed),
        None => None,
        Some(spanned::Value::String(text)) if text.text.is_empty() => None,
        Some(spanned::Value::String(text)) => Some(Permalink::Text(text.text.clone())),
        Some(spanned::Value::Bool(false)) => Some(Permalink::Nowhere),
        Some(spanned::Value::Mapping(entries)) if !entries.is_empty() => {
            match tree.get("permalink").and_then(|node| node.get("build")).map(|node| &node.value) {
                None | Some(spanned::Value::Bool(false)) => Some(Permalink::Nowhere),
                Some(spanned::Value::String(text)) => Some(Permalink::Text(text.text.clone())),
                Some(_) => Some(Permalink::Computed),
            }
        }
        Some(_) => Some(Permalink::Computed),
    };
    let layout = tree.get("layout").map(|node| node.as_str().map(str::to_owned));
    Said { permalink, layout }
}
