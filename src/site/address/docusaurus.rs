//! Docusaurus, as read in `plugin-content-blog/src/blogUtils.ts`, `plugin-content-docs/src/{slug,numberPrefix,docs}.ts` and
//! `utils-common/src/applyTrailingSlash.ts`.

use jiff::Timestamp;

use super::config::{below, program};
use super::path::followed;
use super::path::squeezed;
use super::program::{Program, Setting};
use super::{Absence, Addressing, Habits, Home, Makes, Page, Place, Relative, Sources, Terms};
use crate::site::anchor::Engine;
use crate::site::detect::Files;
use crate::spanned::{Node, Value, json};

/// Names of the configuration.
const CONFIGS: [&str; 5] = [
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "docusaurus.config.mjs",
    "docusaurus.config.cjs",
    "docusaurus.config.mts",
];

/// A Docusaurus site.
#[derive(Debug)]
pub(super) struct Docusaurus {
    base: String,
    home: Home,
    /// Whether all settings that decide about addresses are literals.
    is_known: bool,
    /// Whether a slash ends every address, or none; `None` where the route says so.
    slash: Option<bool>,
    docs: Part,
    blog: Part,
    /// Versions of the documents, the newest first.
    versions: Vec<String>,
    /// Whether several instances of a plug-in, or plug-ins of others, make pages.
    has_more: bool,
}

/// A plug-in that makes pages of a folder.
#[derive(Debug)]
struct Part {
    /// The folder, relative to that of the configuration.
    folder: String,
    /// The first segments of its addresses.
    route: String,
}

impl Part {
    /// `None` where something is computed.
    fn read(program: &Program, name: &str) -> Option<Self> {
        let start = format!("{name}:");
        let folder = program.setting_of(&start, "path").text_or(name)?;
        let route = program.setting_of(&start, "routeBasePath").text_or(name)?;
        Some(Self {
            folder: folder.trim_start_matches("./").trim_matches('/').to_owned(),
            route: route.trim_matches('/').to_owned(),
        })
    }
}

impl Docusaurus {
    /// The site whose configuration is in the folder `base`.
    pub(super) fn read(files: &Files<'_>, base: &str) -> Self {
        let text = program(files, base, &CONFIGS).unwrap_or_default();
        let program = Program::new(&text);
        let folder = program.setting("baseUrl").text_or("/");
        let url = program.setting("url").text_or("").unwrap_or_default();
        let slash = program.setting("trailingSlash");
        let parts = (Part::read(&program, "docs"), Part::read(&program, "blog"));
        let is_known = !text.is_empty()
            && folder.is_some()
            && slash != Setting::Computed
            && parts.0.is_some()
            && parts.1.is_some();
        let named = |name: &str| Part { folder: name.to_owned(), route: name.to_owned() };
        let versions = (files.read)(&below(base, "versions.json")).and_then(|text| json::parse(&text).ok());
        let versions = versions.as_ref().map_or(&[][..], Node::items).iter().filter_map(Node::as_str);
        Self {
            base: base.to_owned(),
            home: Home::of(Some(&url), folder.as_deref().unwrap_or_default()),
            is_known,
            slash: match slash {
                Setting::Switch(slash) => Some(slash),
                _ => None,
            },
            docs: parts.0.unwrap_or_else(|| named("docs")),
            blog: parts.1.unwrap_or_else(|| named("blog")),
            versions: versions.map(str::to_owned).collect(),
            has_more: program.mentions("plugin-content-") || program.mentions("plugin-client-redirects"),
        }
    }

    /// The address with the base path, and the slash at its end that the site wants.
    fn at(&self, path: &str) -> Box<str> {
        let whole = squeezed(&format!("{}/{path}", self.home.base));
        let bare = whole.trim_end_matches('/');
        match self.slash {
            _ if bare == &*self.home.base => format!("{bare}/").into(),
            Some(true) => format!("{bare}/").into(),
            Some(false) => bare.into(),
            None => whole.into(),
        }
    }

    fn document(&self, page: &Page<'_>, route: &str, inside: &str) -> Box<str> {
        let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
        let mut segments: Vec<&str> = stem.split('/').map(unnumbered).collect();
        let name = segments.pop().unwrap_or_default();
        let folder = segments.join("/");
        let text = |key: &str| page.front.get(key).and_then(Node::as_str);
        let own = text("slug");
        let is_named_so = segments.last().is_some_and(|folder| folder.to_lowercase() == name.to_lowercase());
        let is_index = is_named_so || matches!(name.to_ascii_lowercase().as_str(), "index" | "readme");
        let path = match own {
            Some(slug) if slug.starts_with('/') => slug.to_owned(),
            Some(slug) => followed(&format!("/{folder}/"), slug),
            None if is_index => format!("{folder}/"),
            None => format!("{folder}/{}", text("id").unwrap_or(name)),
        };
        self.at(&format!("{route}/{path}"))
    }

    fn post(&self, page: &Page<'_>, inside: &str) -> Box<str> {
        let own = page.front.get("slug").and_then(Node::as_str);
        let path = match own {
            Some(slug) => slug.to_owned(),
            None => dated(inside).unwrap_or_else(|| {
                let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
                stem.strip_suffix("/index").unwrap_or(stem).to_owned()
            }),
        };
        self.at(&format!("{}/{path}", self.blog.route))
    }

    fn page(&self, page: &Page<'_>, inside: &str) -> Box<str> {
        if let Some(slug) = page.front.get("slug").and_then(Node::as_str) {
            let folder = inside.rsplit_once('/').map_or("", |(folder, _)| folder);
            return self.at(&followed(&format!("/{folder}/"), slug));
        }
        let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
        let path = match stem.strip_suffix("index") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => stem,
        };
        self.at(path)
    }

    fn address(&self, page: &Page<'_>) -> Option<Box<str>> {
        let inside = |folder: &str| page.path.strip_prefix(&below(&self.base, folder))?.strip_prefix('/');
        if let Some(inside) = inside(&self.docs.folder) {
            // The newest version has no name in its address; what is being written is the next one.
            let route =
                if self.versions.is_empty() { self.docs.route.clone() } else { format!("{}/next", self.docs.route) };
            return Some(self.document(page, &route, inside));
        }
        if let Some((version, inside)) = inside("versioned_docs").and_then(|path| path.split_once('/')) {
            let version = version.strip_prefix("version-")?;
            let is_newest = self.versions.first().is_some_and(|newest| newest == version);
            let route = if is_newest { self.docs.route.clone() } else { format!("{}/{version}", self.docs.route) };
            return Some(self.document(page, &route, inside));
        }
        if let Some(inside) = inside(&self.blog.folder) {
            return Some(self.post(page, inside));
        }
        inside("src/pages").map(|inside| self.page(page, inside))
    }
}

/// A segment without the number that sorts it: `01-intro`, `2. setup`. What is a date or a version stays.
fn unnumbered(segment: &str) -> &str {
    let rest = segment.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = segment.len() - rest.len();
    let behind = rest.trim_start_matches(|c: char| matches!(c, '-' | '_' | '.' | ' '));
    let has_mark = rest.trim_start().starts_with(['-', '_', '.']);
    // `2024-05-06-x`, `1.2.x`, `7.0-x`.
    let is_other = behind.starts_with(|c: char| c.is_ascii_digit());
    if digits == 0 || !has_mark || behind.is_empty() || is_other { segment } else { behind }
}

/// `2024/05/06/name` of a post whose path begins with a day.
fn dated(inside: &str) -> Option<String> {
    let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
    let stem = stem.strip_suffix("/index").unwrap_or(stem);
    // The day may stand in a folder below others.
    let starts = std::iter::once(0).chain(stem.match_indices('/').map(|(at, _)| at + 1));
    starts.into_iter().find_map(|start| {
        let (folder, rest) = stem.split_at(start);
        let bytes = rest.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mark = |at: usize| matches!(bytes.get(at), Some(b'-' | b'/'));
        if !((0..4).all(digit) && mark(4) && digit(5)) {
            return None;
        }
        let month = if digit(6) { 7 } else { 6 };
        if !(mark(month) && digit(month + 1)) {
            return None;
        }
        let day = if digit(month + 2) { month + 3 } else { month + 2 };
        let name = rest[day..].trim_start_matches(['-', '/']);
        let numbers = rest[..day].replace('-', "/");
        (!name.is_empty()).then(|| format!("{numbers}/{folder}{name}"))
    })
}

impl Addressing for Docusaurus {
    fn home(&self) -> &Home {
        &self.home
    }

    fn habits(&self) -> Habits {
        Habits {
            relative: Relative::Source,
            sources: Sources::Resolved,
            adds_base: true,
            content_links: false,
            anchors: Engine::Docusaurus,
        }
    }

    fn place(&self, page: &Page<'_>, _now: Timestamp) -> Place {
        let is_draft = page.front.get("draft").is_some_and(|node| node.value == Value::Bool(true));
        let is_hidden = page.path.split('/').any(|segment| segment.starts_with('_'));
        Place {
            address: if self.is_known && !is_hidden { self.address(page) } else { None },
            absent: if is_draft { Some(Absence::Draft) } else { is_hidden.then_some(Absence::Unpublished) },
            ..Place::default()
        }
    }

    fn files(&self, path: &str) -> Vec<String> {
        let path = path.trim_start_matches('/');
        let stem = path.trim_end_matches('/').trim_end_matches("index.html").trim_end_matches('/');
        let mut all = vec![below(&self.base, &format!("static/{path}"))];
        for ending in ["js", "jsx", "tsx", "ts"] {
            let pages =
                if stem.is_empty() { vec!["index".to_owned()] } else { vec![stem.to_owned(), format!("{stem}/index")] };
            all.extend(pages.iter().map(|page| below(&self.base, &format!("src/pages/{page}.{ending}"))));
        }
        all
    }

    fn sources(&self, path: &str) -> Vec<String> {
        vec![below(&self.base, path)]
    }

    fn makes(&self, path: &str, _terms: &Terms<'_>) -> Makes {
        let below_route = |route: &str| -> Option<String> {
            let rest = path.trim_matches('/').strip_prefix(route)?;
            (rest.is_empty() || rest.starts_with('/')).then(|| rest.trim_matches('/').to_owned())
        };
        if let Some(rest) = below_route(&self.blog.route) {
            return match rest.split('/').next().unwrap_or_default() {
                "" | "archive" | "tags" | "page" | "authors" | "rss.xml" | "atom.xml" | "feed.json" => Makes::Yes,
                _ => Makes::No,
            };
        }
        if let Some(rest) = below_route(&self.docs.route) {
            // Indices of categories, and tags.
            let is_list = ["tags", "category"].contains(&rest.split('/').next().unwrap_or_default());
            return if is_list || self.has_more || !self.docs.route.is_empty() && rest.is_empty() {
                Makes::Perhaps
            } else {
                Makes::No
            };
        }
        match path {
            "/" | "/sitemap.xml" | "/404.html" | "/search" => Makes::Yes,
            _ if self.has_more || !self.is_known => Makes::Perhaps,
            _ => Makes::No,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_sort() {
        for (segment, expected) in [
            ("01-intro", "intro"),
            ("2. setup", "setup"),
            ("3_a", "a"),
            ("2024-05-06-x", "2024-05-06-x"),
            ("1.2.x", "1.2.x"),
            ("intro", "intro"),
            ("10", "10"),
        ] {
            assert_eq!(unnumbered(segment), expected);
        }
    }

    #[test]
    fn days_of_posts() {
        for (inside, expected) in [
            ("2024-05-06-sea.md", Some("2024/05/06/sea")),
            ("2024-05-06-sea/index.mdx", Some("2024/05/06/sea")),
            ("2024/05/06/sea.md", Some("2024/05/06/sea")),
            ("x/2024-5-6-sea.md", Some("2024/5/6/x/sea")),
            ("sea.md", None),
            ("2024-05.md", None),
        ] {
            assert_eq!(dated(inside).as_deref(), expected, "{inside}");
        }
    }
}
