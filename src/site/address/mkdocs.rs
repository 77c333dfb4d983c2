//! MkDocs, as read in `structure/{files,pages}.py` and run at 1.6.

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use jiff::Timestamp;

use super::config::{below, tree};
use super::path::squeezed;
use super::{Absence, Addressing, Habits, Home, Makes, Page, Place, Relative, Sources, Terms};
use crate::site::anchor::Engine;
use crate::site::detect::Files;
use crate::spanned::{Node, Value};

/// Plug-ins that change no address of a page.
const HARMLESS: &[&str] = &[
    "search",
    "tags",
    "minify",
    "git-revision-date",
    "git-revision-date-localized",
    "git-authors",
    "git-committers",
    "macros",
    "awesome-pages",
    "awesome-nav",
    "section-index",
    "literate-nav",
    "glightbox",
    "privacy",
    "social",
    "meta",
    "redirects",
    "offline",
    "autorefs",
    "mkdocstrings",
    "include-markdown",
    "exclude",
    "table-reader",
    "mermaid2",
    "optimize",
    "typeset",
    "group",
    "info",
    "rss",
    "print-site",
    "swagger-ui-tag",
    "markdownextradata",
    "open-in-new-tab",
    "projects",
    "exclude-search",
];

/// An MkDocs site.
#[derive(Debug)]
pub(super) struct MkDocs {
    base: String,
    home: Home,
    docs: String,
    is_known: bool,
    uses_folders: bool,
    anchors: Engine,
    custom: Option<String>,
    redirects: Vec<(String, String)>,
    /// Patterns of documents that are no part of the site, and of those that are no part of it yet.
    excluded: Gitignore,
    drafts: Gitignore,
}

impl MkDocs {
    /// The site whose configuration is in the folder `base`.
    pub(super) fn read(files: &Files<'_>, base: &str) -> Self {
        let config = tree(files, base, &["mkdocs.yml", "mkdocs.yaml"]);
        let text = |key: &str| config.as_ref()?.get(key)?.as_str();
        let plugins = config.as_ref().and_then(|config| config.get("plugins"));
        let theme = config.as_ref().and_then(|config| config.get("theme"));
        Self {
            base: base.to_owned(),
            home: Home::at(text("site_url").unwrap_or_default()),
            docs: text("docs_dir").unwrap_or("docs").trim_matches('/').to_owned(),
            is_known: config.is_some() && names(plugins).iter().all(|name| HARMLESS.contains(&&**name)),
            uses_folders: config
                .as_ref()
                .and_then(|config| config.get("use_directory_urls"))
                .is_none_or(|node| node.value != Value::Bool(false)),
            anchors: config.as_ref().map_or(Engine::PythonMarkdown, anchors),
            custom: theme.and_then(|theme| theme.get("custom_dir")?.as_str()).map(str::to_owned),
            redirects: redirects(plugins),
            excluded: patterns(text("exclude_docs"), true),
            drafts: patterns(text("draft_docs"), false),
        }
    }

    fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(&below(&self.base, &self.docs))?.strip_prefix('/')
    }

    /// The address of a source below the folder of documents.
    fn address(&self, inside: &str) -> Box<str> {
        let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let is_index = matches!(name, "index" | "README");
        let page = match (is_index, self.uses_folders) {
            (true, true) => format!("{folder}/"),
            // Written as `index.html`.
            (true, false) => format!("{folder}/"),
            (false, true) => format!("{stem}/"),
            (false, false) => format!("{stem}.html"),
        };
        squeezed(&format!("{}/{page}", self.home.base)).into()
    }
}

/// Patterns as in `.gitignore`; what is excluded always has those for names that begin with a dot and for templates.
fn patterns(text: Option<&str>, has_usual: bool) -> Gitignore {
    let mut builder = GitignoreBuilder::new("");
    let usual = if has_usual { ".*\n/templates/" } else { "" };
    for line in usual.lines().chain(text.unwrap_or_default().lines()) {
        // A pattern that is none matches nothing.
        let _ = builder.add_line(None, line);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// The names of plug-ins or extensions, in either of the two forms they are listed in.
fn names(node: Option<&Node>) -> Vec<String> {
    let Some(node) = node else { return vec![] };
    let of_item = |item: &Node| match item.entries() {
        [] => item.as_str().map(str::to_owned),
        [(name, _), ..] => name.as_str().map(str::to_owned),
    };
    let listed = node.items().iter().filter_map(of_item);
    let mapped = node.entries().iter().filter_map(|(name, _)| name.as_str().map(str::to_owned));
    // `material/blog` is the plug-in `blog` of a theme.
    listed.chain(mapped).map(|name| name.rsplit('/').next().unwrap_or(&name).to_owned()).collect()
}

/// The settings of one plug-in or extension.
fn settings<'n>(node: Option<&'n Node>, name: &str) -> Option<&'n Node> {
    let node = node?;
    let listed = node.items().iter().find_map(|item| item.get(name));
    listed.or_else(|| node.get(name))
}

fn anchors(config: &Node) -> Engine {
    let toc = settings(config.get("markdown_extensions"), "toc");
    match toc.and_then(|toc| toc.get("slugify")).map(|node| node.as_str().unwrap_or_default()) {
        None => Engine::PythonMarkdown,
        Some(name) if name.contains("slugify_unicode") => Engine::PythonMarkdownUnicode,
        Some(_) => Engine::Unknown,
    }
}

fn redirects(plugins: Option<&Node>) -> Vec<(String, String)> {
    let map = settings(plugins, "redirects").and_then(|redirects| redirects.get("redirect_maps"));
    let entries = map.map_or(&[][..], Node::entries).iter();
    entries.filter_map(|(from, to)| Some((from.as_str()?.to_owned(), to.as_str()?.to_owned()))).collect()
}

impl Addressing for MkDocs {
    fn home(&self) -> &Home {
        &self.home
    }

    fn habits(&self) -> Habits {
        Habits {
            relative: Relative::Source,
            sources: Sources::Resolved,
            adds_base: false,
            content_links: false,
            anchors: self.anchors,
        }
    }

    fn place(&self, page: &Page<'_>, _now: Timestamp) -> Place {
        let Some(inside) = self.inside(page.path).filter(|_| self.is_known) else { return Place::default() };
        let leads_here = |(_, to): &&(String, String)| to.split('#').next() == Some(inside);
        let aliases = self.redirects.iter().filter(leads_here).map(|(from, _)| self.address(from)).collect();
        let is_in = |patterns: &Gitignore| patterns.matched_path_or_any_parents(inside, false).is_ignore();
        Place {
            address: Some(self.address(inside)),
            aliases,
            absent: if is_in(&self.excluded) {
                Some(Absence::Unpublished)
            } else {
                is_in(&self.drafts).then_some(Absence::Draft)
            },
            ..Place::default()
        }
    }

    fn files(&self, path: &str) -> Vec<String> {
        let path = path.trim_start_matches('/');
        let mut all = vec![below(&self.base, &format!("{}/{path}", self.docs))];
        all.extend(self.custom.iter().map(|folder| below(&self.base, &format!("{folder}/{path}"))));
        all
    }

    fn sources(&self, path: &str) -> Vec<String> {
        vec![below(&self.base, &format!("{}/{path}", self.docs))]
    }

    fn makes(&self, path: &str, _terms: &Terms<'_>) -> Makes {
        match path {
            "/" | "/sitemap.xml" | "/404.html" | "/search.html" => Makes::Yes,
            _ if path.starts_with("/assets/") || path.starts_with("/search/") => Makes::Perhaps,
            _ if path.starts_with("/tags") || !self.is_known => Makes::Perhaps,
            _ => Makes::No,
        }
    }
}
