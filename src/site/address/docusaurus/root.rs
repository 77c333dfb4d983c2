//! A folder of sources of Docusaurus: which plug-in makes pages of it, where these are, and the slug of each of its files
//! (`plugin-content-docs/src/{slug,numberPrefix,docs}.ts`, `versions/`, `plugin-content-blog/src/blogUtils.ts`).

use regex::Regex;

use super::super::config::{below, tree};
use super::super::path::joined;
use super::super::program::Value;
use crate::site::detect::Files;
use crate::spanned::{self, Node};

/// The plug-ins that make pages of sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Documents.
    Docs,
    /// Blog posts.
    Blog,
    /// Other pages.
    Pages,
}

impl Kind {
    /// The end of the plug-in's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Docs => "docs",
            Kind::Blog => "blog",
            Kind::Pages => "pages",
        }
    }

    /// The folder, where none is said.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Kind::Pages => "src/pages",
            other => other.name(),
        }
    }

    /// The beginning of addresses, where none is said.
    pub(super) fn route(self) -> &'static str {
        match self {
            Kind::Pages => "/",
            other => other.name(),
        }
    }
}

/// A folder of sources.
#[derive(Debug)]
pub(super) struct Root {
    /// Whose it is.
    pub(super) kind: Kind,
    /// The folder, relative to the site root.
    pub(super) folder: String,
    /// What addresses begin with, base path and all; `None` where it is computed.
    pub(super) route: Option<String>,
    /// Whether numbers before names are taken off; `None` where it is computed.
    pub(super) numbers: Option<bool>,
}

/// A version of documents.
pub(super) struct Version {
    /// Its folder, relative to the site root.
    pub(super) folder: String,
    /// The folder of its translations; empty where there are no versions.
    pub(super) name: String,
    /// What it adds to addresses; `None` where it is computed.
    pub(super) route: Option<String>,
}

/// The versions of what a plug-in makes pages of: one of all but documents.
pub(super) fn versions(
    files: &Files<'_>,
    base: &str,
    kind: Kind,
    id: &str,
    options: &Value,
    folder: &str,
) -> Vec<Version> {
    if kind != Kind::Docs {
        return vec![Version { folder: folder.to_owned(), name: String::new(), route: Some(String::new()) }];
    }
    let before = if id == "default" { String::new() } else { format!("{id}_") };
    let list = match options.get("disableVersioning") {
        Value::Switch(true) => None,
        _ => tree(files, base, &[&format!("{before}versions.json")]),
    };
    let listed = list.as_ref().map_or(&[][..], Node::items).iter().filter_map(Node::as_str);
    let has_current = options.get("includeCurrentVersion").switch_or(true) != Some(false);
    let mut names: Vec<&str> = has_current.then_some("current").into_iter().chain(listed).collect();
    let chosen = options.get("onlyIncludeVersions");
    if *chosen != Value::Unset && chosen.is_literal() {
        names.retain(|name| chosen.items().iter().any(|item| item.text() == Some(name)));
    }
    let usual = names.iter().copied().find(|name| *name != "current").unwrap_or("current");
    let last = options.get("lastVersion").text_or(usual);
    let is_known = chosen.is_literal() && options.get("includeCurrentVersion").is_literal();
    let version = |name: &&str| {
        let own = options.at(&["versions", name, "path"]);
        let usual = last.map(|last| match *name {
            name if name == last => "",
            "current" => "next",
            name => name,
        });
        let is_current = *name == "current";
        Version {
            folder: if is_current {
                folder.to_owned()
            } else {
                below(base, &format!("{before}versioned_docs/version-{name}"))
            },
            name: if is_current { "current".to_owned() } else { format!("version-{name}") },
            route: match own {
                Value::Unset => usual.filter(|_| is_known).map(str::to_owned),
                own => own.text().map(str::to_owned),
            },
        }
    };
    names.iter().map(version).collect()
}

impl Root {
    /// The path below the folder.
    pub(super) fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(self.folder.as_str())?.strip_prefix('/')
    }

    /// What a file adds to the route; `None` where it cannot be told.
    pub(super) fn slug(&self, inside: &str, front: &Node, dates: &Regex) -> Option<String> {
        let own = match front.get("slug") {
            Some(slug) => Some(slug.as_str()?),
            None => None,
        };
        match self.kind {
            Kind::Docs => document(inside, front, own, self.numbers),
            Kind::Blog => Some(own.map_or_else(|| article(inside, dates), str::to_owned)),
            Kind::Pages => Some(own.map_or_else(|| page(inside), str::to_owned)),
        }
    }
}

/// How a blog post's path begins with a date; the last one counts.
pub(super) fn dates() -> Regex {
    let shape = r"^(.*)([0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2})[-/]?(.*?)(?:/index)?\.mdx?$";
    Regex::new(shape).expect("the expression is constant")
}

fn article(inside: &str, dates: &Regex) -> String {
    match dates.captures(inside) {
        Some(parts) => format!("/{}/{}{}", parts[2].replace('-', "/"), &parts[1], &parts[3]),
        None => {
            let stem = stem(inside);
            format!("/{}", stem.strip_suffix("/index").unwrap_or(stem))
        }
    }
}

fn page(inside: &str) -> String {
    let stem = stem(inside);
    let (folder, name) = stem.rsplit_once('/').map_or(("", stem), |(folder, name)| (folder, name));
    match (name.eq_ignore_ascii_case("index"), folder) {
        (true, "") => "/".to_owned(),
        (true, folder) => format!("/{folder}/"),
        (false, _) => format!("/{stem}"),
    }
}

fn document(inside: &str, front: &Node, own: Option<&str>, numbers: Option<bool>) -> Option<String> {
    if let Some(slug) = own.filter(|slug| slug.starts_with('/')) {
        return Some(slug.to_owned());
    }
    let stem = stem(inside);
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let is_numbered = stem.split('/').any(|segment| segment.starts_with(|c: char| c.is_ascii_digit()));
    let strips = match front.get("parse_number_prefixes").map(|node| &node.value) {
        Some(spanned::Value::Bool(false)) => false,
        _ => numbers.or((!is_numbered).then_some(false))?,
    };
    let bare = |segment| if strips { unnumbered(segment) } else { segment };
    let folders: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).map(bare).collect();
    let route = if folders.is_empty() { "/".to_owned() } else { format!("/{}/", folders.join("/")) };
    // The names are compared as they are written.
    let outer = folder.rsplit('/').next().unwrap_or_default();
    let is_index = ["index", "readme"].iter().any(|index| name.eq_ignore_ascii_case(index))
        || !outer.is_empty() && name.to_lowercase() == outer.to_lowercase();
    if own.is_none() && is_index {
        return Some(route);
    }
    let id = match front.get("id") {
        Some(id) => id.as_str()?,
        None => bare(name),
    };
    joined(&route, own.unwrap_or(id))
}

/// The name without a number before it: `01-name`, `2. name`; dates and versions are left alone.
fn unnumbered(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() == name.len() {
        return name;
    }
    let is_separator = |c: char| matches!(c, '-' | '_' | '.');
    let behind_one = rest.strip_prefix(is_separator);
    if behind_one.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        return name;
    }
    let separators = rest.trim_start();
    let behind = separators.trim_start_matches(is_separator);
    let suffix = behind.trim_start();
    let is_name = suffix.starts_with(|c: char| !is_separator(c));
    if behind.len() < separators.len() && is_name { suffix } else { name }
}

fn stem(inside: &str) -> &str {
    inside.strip_suffix(".md").or_else(|| inside.strip_suffix(".mdx")).unwrap_or(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `DefaultNumberPrefixParser` of Docusaurus 3.10 does.
    #[test]
    fn number_prefixes() {
        for (name, expected) in [
            ("1-My Doc", "My Doc"),
            ("001-My Doc", "My Doc"),
            ("01_My Doc", "My Doc"),
            ("1 - My Doc", "My Doc"),
            ("001 .  My Doc", "My Doc"),
            ("0.1-some", "0.1-some"),
            ("2021-01-31 - Some", "2021-01-31 - Some"),
            ("7.0-foo", "7.0-foo"),
            ("abc-Something", "abc-Something"),
            ("1Something", "1Something"),
            ("-1-My Doc", "-1-My Doc"),
            ("10", "10"),
            ("1-", "1-"),
            ("1 2-x", "1 2-x"),
            ("1--_x", "x"),
            ("3.  ", "3.  "),
        ] {
            assert_eq!(unnumbered(name), expected, "{name}");
        }
    }

    /// As `parseBlogFileName` of Docusaurus 3.10 does.
    #[test]
    fn blog_file_names() {
        let dates = dates();
        for (path, expected) in [
            ("some-post.md", "/some-post"),
            ("folder/some-post.md", "/folder/some-post"),
            ("2021-05-12-announcing-docusaurus.md", "/2021/05/12/announcing-docusaurus"),
            ("2021-05-12-announcing/index.mdx", "/2021/05/12/announcing"),
            ("team/2021/05/12/announcing.md", "/2021/05/12/team/announcing"),
            ("2021/05/12/announcing/index.md", "/2021/05/12/announcing"),
            ("2021/05-12/announcing.md", "/2021/05/12/announcing"),
            ("index.md", "/index"),
        ] {
            assert_eq!(article(path, &dates), expected, "{path}");
        }
    }
}
