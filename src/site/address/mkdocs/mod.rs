//! MkDocs: `structure/files.py`, with the plug-ins that move pages which are known here: the blog of Material for MkDocs and
//! redirects. Run at 1.6 and 9.7.

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use jiff::Timestamp;

use super::config::{below, tree};
use super::{Absence, Addressing, AddsBase, Habits, Home, Makes, Page, Place, Relative, Sources, Terms};
use crate::site::anchor::Engine;
use crate::site::detect::Files;
use crate::spanned::{Node, Value};
use blog::Blog;

mod blog;
mod toc;

/// Plug-ins that add nothing and move nothing that links could lead to.
const QUIET: [&str; 26] = [
    "search",
    "material/search",
    "tags",
    "material/tags",
    "meta",
    "material/meta",
    "info",
    "material/info",
    "offline",
    "material/offline",
    "optimize",
    "material/optimize",
    "privacy",
    "material/privacy",
    "minify",
    "macros",
    "autorefs",
    "glightbox",
    "git-revision-date",
    "git-revision-date-localized",
    "git-authors",
    "git-committers",
    "mermaid2",
    "awesome-pages",
    "literate-nav",
    "section-index",
];

/// Plug-ins by which addresses follow rules of their own.
const MOVING: [&str; 10] = [
    "i18n",
    "static-i18n",
    "monorepo",
    "multirepo",
    "techdocs-core",
    "same-dir",
    "simple",
    "publisher",
    "exclude",
    "file-filter",
];

/// A site of MkDocs'.
#[derive(Debug)]
pub(super) struct MkDocs {
    home: Home,
    anchors: Engine,
    /// `None` where the configuration cannot be read, or a plug-in decides.
    known: Option<Known>,
}

/// What the configuration says.
#[derive(Debug)]
struct Known {
    base: Box<str>,
    /// `docs_dir`
    docs: String,
    /// `theme.custom_dir`
    own_theme: Option<String>,
    /// `use_directory_urls`
    in_folders: bool,
    excluded: Gitignore,
    drafts: Gitignore,
    blogs: Vec<Blog>,
    /// Sources that are no more, and what they lead to.
    redirects: Vec<(String, String)>,
    has_search: bool,
    /// There is a plug-in that may make pages.
    is_extended: bool,
}

impl MkDocs {
    pub(super) fn read(files: &Files<'_>, folder: &str) -> Self {
        let config = whole(files, folder);
        let url = config.as_ref().and_then(|config| config.get("site_url")).and_then(Node::as_str).unwrap_or_default();
        let below_host = url.split_once("//").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        let home = Home::of(Some(url), below_host);
        let anchors = config.as_ref().map_or(Engine::Unknown, |config| toc::engine(config, files, folder));
        let known = config.as_ref().and_then(|config| known(folder, config, &home.base));
        MkDocs { home, anchors, known }
    }
}

/// The configuration with the one it is based on (`INHERIT`).
fn whole(files: &Files<'_>, folder: &str) -> Option<Node> {
    let own = tree(files, folder, &["mkdocs.yml", "mkdocs.yaml"])?;
    let Some(parent) = own.get("INHERIT") else { return Some(own) };
    let mut whole = tree(files, folder, &[parent.as_str()?.trim_start_matches("./")])?;
    // One step is what people do; a third file is not looked for.
    if whole.get("INHERIT").is_some() {
        return None;
    }
    whole.overlay(&own, 1);
    Some(whole)
}

fn known(folder: &str, config: &Node, base: &str) -> Option<Known> {
    let text = |key: &str| config.get(key).and_then(Node::as_str);
    let plugins = plugins(config);
    if plugins.iter().any(|(name, _)| MOVING.contains(name)) {
        return None;
    }
    let named = |names: &[&str]| plugins.iter().filter(|(name, _)| names.contains(name)).collect::<Vec<_>>();
    let blogs: Option<Vec<Blog>> =
        named(&["blog", "material/blog"]).iter().map(|(_, settings)| Blog::read(*settings)).collect();
    let maps = named(&["redirects"]);
    let maps = maps.iter().filter_map(|(_, settings)| settings.as_ref()?.get("redirect_maps"));
    let pairs =
        maps.flat_map(|maps| maps.entries().iter().filter_map(|(old, new)| Some((old.as_str()?, new.as_str()?))));
    let is_known = |name: &str| QUIET.contains(&name) || ["blog", "material/blog", "redirects"].contains(&name);
    Some(Known {
        base: base.into(),
        docs: below(folder, text("docs_dir").unwrap_or("docs").trim_start_matches("./").trim_end_matches('/')),
        own_theme: config
            .get("theme")
            .and_then(|theme| theme.get("custom_dir"))
            .and_then(Node::as_str)
            .map(|own| below(folder, own.trim_start_matches("./").trim_end_matches('/'))),
        in_folders: config.get("use_directory_urls").is_none_or(|node| node.value != Value::Bool(false)),
        excluded: patterns(&format!(".*\n/templates/\n{}", text("exclude_docs").unwrap_or_default()))?,
        drafts: patterns(text("draft_docs").unwrap_or_default())?,
        blogs: blogs?,
        redirects: pairs.map(|(old, new)| (old.to_owned(), new.to_owned())).collect(),
        has_search: config.get("plugins").is_none() || plugins.iter().any(|(name, _)| name.ends_with("search")),
        is_extended: plugins.iter().any(|(name, _)| !is_known(name)) || config.get("hooks").is_some(),
    })
}

/// Names of plug-ins with their settings, as a list or a mapping.
fn plugins(config: &Node) -> Vec<(&str, Option<&Node>)> {
    let plugins = config.get("plugins");
    let items = plugins.map_or(&[][..], Node::items);
    let alone = items.iter().filter_map(|item| Some((item.as_str()?, None)));
    let entries = items.iter().chain(plugins).flat_map(Node::entries);
    alone.chain(entries.filter_map(|(name, settings)| Some((name.as_str()?, Some(settings))))).collect()
}

/// Patterns in the form of `.gitignore`.
fn patterns(text: &str) -> Option<Gitignore> {
    let mut builder = GitignoreBuilder::new("");
    for line in text.lines() {
        builder.add_line(None, line).ok()?;
    }
    builder.build().ok()
}

impl Addressing for MkDocs {
    fn home(&self) -> &Home {
        &self.home
    }

    fn habits(&self) -> Habits {
        let sources = if self.known.is_some() { Sources::ResolvedByFile } else { Sources::Perhaps };
        Habits {
            relative: Relative::Source,
            sources,
            adds_base: AddsBase::Never,
            content_links: None,
            anchors: self.anchors,
        }
    }

    fn place(&self, page: &Page<'_>, now: Timestamp) -> Place {
        self.known.as_ref().and_then(|known| known.place(page, now)).unwrap_or_default()
    }

    fn files(&self, path: &str) -> Vec<String> {
        let Some(known) = &self.known else { return vec![] };
        let file = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        let folders = std::iter::once(&known.docs).chain(&known.own_theme);
        folders.map(|folder| format!("{folder}{file}")).collect()
    }

    fn sources(&self, path: &str) -> Vec<String> {
        self.known.iter().map(|known| below(&known.docs, path)).collect()
    }

    fn makes(&self, path: &str, terms: &Terms<'_>) -> Makes {
        self.known.as_ref().map_or(Makes::Perhaps, |known| known.makes(path, terms))
    }
}

impl Known {
    fn place(&self, page: &Page<'_>, now: Timestamp) -> Option<Place> {
        let source = page.path.strip_prefix(&*self.docs)?.strip_prefix('/')?;
        let is_matched =
            |patterns: &Gitignore| matches!(patterns.matched_path_or_any_parents(source, false), Match::Ignore(_));
        let blog = self.blogs.iter().find(|blog| blog.holds(source));
        let absent = match blog {
            Some(blog) => blog.is_draft(page.front, now).then_some(Absence::Draft),
            None if is_matched(&self.excluded) => Some(Absence::Unpublished),
            None => is_matched(&self.drafts).then_some(Absence::Draft),
        };
        let moved = match blog {
            Some(blog) => blog.source(source, page.front),
            None => Some(source.to_owned()),
        };
        let lists = blog.filter(|_| absent.is_none()).map_or(vec![], |blog| blog.lists(page.front));
        let old = self.redirects.iter().filter(|(_, new)| new.split('#').next() == Some(source)).map(|(old, _)| old);
        Some(Place {
            address: moved.as_deref().and_then(|source| self.address(source)),
            aliases: old.filter_map(|old| self.address(old)).collect(),
            absent,
            lists: lists.iter().filter_map(|list| self.address(list)).collect(),
            ..Place::default()
        })
    }

    /// Where a source at this path is: below the folder of its name, or named like it; `README` is `index`.
    fn address(&self, source: &str) -> Option<Box<str>> {
        let (folder, file) = source.rsplit_once('/').map_or(("", source), |(folder, file)| (folder, file));
        let stem = file.rsplit_once('.').map(|(stem, _)| stem).filter(|stem| !stem.is_empty())?;
        let start = if folder.is_empty() { format!("{}/", self.base) } else { format!("{}/{folder}/", self.base) };
        let is_index = ["index", "README"].contains(&stem);
        let end = match (self.in_folders, is_index) {
            (true, true) => String::new(),
            (true, false) => format!("{stem}/"),
            (false, true) => "index.html".to_owned(),
            (false, false) => format!("{stem}.html"),
        };
        Some(format!("{start}{end}").into())
    }

    fn makes(&self, path: &str, terms: &Terms<'_>) -> Makes {
        let inside = |source: &str| Some(self.address(source)?[self.base.len()..].to_owned());
        let at = |source: &str| inside(source).as_deref() == Some(path);
        let list = |blog: &Blog, name: &str| inside(&blog.category(name)?);
        let is_list = |blog: &Blog| terms.have(&["categories"], &blog.entry(), path, |name| list(blog, name));
        let is_made = matches!(path, "/404.html" | "/sitemap.xml" | "/sitemap.xml.gz")
            || self.has_search && path == "/search/search_index.json"
            || self.redirects.iter().any(|(old, _)| at(old))
            || self.blogs.iter().any(|blog| at(&blog.entry()) || is_list(blog));
        // Styles, scripts and pictures of the theme.
        let of_theme = ["/assets/", "/css/", "/js/", "/img/", "/webfonts/", "/fonts/", "/search/"];
        let may_be = self.is_extended
            || of_theme.iter().any(|folder| path.starts_with(folder))
            || self.blogs.iter().any(|blog| blog.may_list(path.trim_start_matches('/')));
        match is_made {
            true => Makes::Yes,
            false if may_be => Makes::Perhaps,
            false => Makes::No,
        }
    }
}

#[cfg(test)]
mod tests;
