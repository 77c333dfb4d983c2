//! Astro, as read in `packages/astro/src/core/routing/` and `content/{utils,loaders/glob}.ts`. Entries of collections are
//! where a page with a parameter in its name puts them, which no entry tells; the page may be read, or the owner tell (`routed`).

use jiff::Timestamp;

use super::config::{below, cname, listed, program};
use super::path::joined;
use super::program::{Program, Value};
use super::{Absence, Addressing, AddsBase, Habits, Home, Makes, Page, Place, Relative, Sources, Terms};
use crate::site::anchor::{Engine, github_slug};
use crate::site::detect::Files;
use crate::spanned::{self, Node};
use routes::{Route, routes};

mod routes;

/// Names of the configuration, in the order in which Astro looks for them.
const CONFIGS: [&str; 6] = [
    "astro.config.mjs",
    "astro.config.js",
    "astro.config.ts",
    "astro.config.mts",
    "astro.config.cjs",
    "astro.config.cts",
];
/// Packages and parts of their names that make no pages.
const HARMLESS: [&str; 24] = [
    "astro/config",
    "@astrojs/mdx",
    "@astrojs/sitemap",
    "@astrojs/tailwind",
    "@astrojs/react",
    "@astrojs/preact",
    "@astrojs/vue",
    "@astrojs/svelte",
    "@astrojs/solid",
    "@astrojs/partytown",
    "@astrojs/markdown",
    "@astrojs/check",
    "@astrojs/rss",
    "@astrojs/cloudflare",
    "@astrojs/netlify",
    "@astrojs/vercel",
    "@astrojs/node",
    "@tailwindcss/",
    "astro-icon",
    "astro-expressive-code",
    "astro-compress",
    "remark-",
    "rehype-",
    "node:",
];

/// An Astro site.
#[derive(Debug)]
pub(super) struct Astro {
    home: Home,
    /// Whether the base path is known.
    is_known: bool,
    /// The folders of sources and of files that are served as they are, relative to the site root.
    source: String,
    public: String,
    form: Option<Form>,
    routes: Vec<Route>,
    /// What the addresses of pages with parameters begin with.
    beginnings: Vec<String>,
    redirects: Vec<String>,
    /// Whether integrations may make any page.
    makes_more: bool,
    habits: Habits,
}

/// How addresses of pages end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// In a slash.
    Slash,
    /// In nothing.
    Bare,
    /// In `.html`; of folders too (`file`), or not (`preserve`).
    Html { of_folders: bool },
}

impl Astro {
    /// The site whose configuration is in the folder `base`.
    pub(super) fn read(files: &Files<'_>, base: &str) -> Self {
        let text = program(files, base, &CONFIGS);
        let program = Program::read(text.as_deref().unwrap_or_default());
        let config = program.exported();
        let folder = config.get("base").text_or("/");
        let place = |key: &str, usual: &str| config.get(key).text_or(usual).and_then(|folder| beside(base, folder));
        let source = place("srcDir", "src").unwrap_or_else(|| below(base, "src"));
        let public = place("publicDir", "public").unwrap_or_else(|| below(base, "public"));
        let (pages, are_all) = listed(files, &below(&source, "pages"), &|_| true);
        let inside = |page: &String| page.strip_prefix(&below(&source, "pages/")).unwrap_or_default().to_owned();
        let beginnings = pages.iter().map(inside).filter_map(|page| Some(format!("/{}", page.split_once('[')?.0)));
        let mut home = Home::of(config.get("site").text(), folder.unwrap_or_default());
        home.add(cname(files, &below(&public, "CNAME")));
        let has_plugins = ["remarkPlugins", "rehypePlugins", "processor"].iter().any(|name| program.mentions(name));
        let redirects = config.get("redirects");
        Self {
            home,
            is_known: folder.is_some(),
            form: form(&config),
            routes: routes(files, base, &source, &pages),
            beginnings: beginnings.collect(),
            redirects: redirects.entries().map(|(from, _)| from.trim_end_matches('/').to_owned()).collect(),
            makes_more: !are_all || !redirects.is_literal() || !program.imports_only(&HARMLESS),
            habits: Habits {
                relative: Relative::PageButImages,
                adds_base: AddsBase::Never,
                content_links: None,
                sources: if has_plugins { Sources::Perhaps } else { Sources::Kept },
                anchors: if program.mentions("rehypeSlug") { Engine::Unknown } else { Engine::Astro },
            },
            source,
            public,
        }
    }

    /// The address of a page at this path, which may end in `/`, without the end that the site gives it.
    fn at(&self, path: &str) -> Option<Box<str>> {
        let bare = path.trim_end_matches('/');
        let end = match (self.form.filter(|_| self.is_known)?, path.ends_with('/')) {
            _ if bare.is_empty() => "/",
            (Form::Slash, _) | (Form::Html { of_folders: false }, true) => "/",
            (Form::Bare, _) => "",
            (Form::Html { .. }, _) => ".html",
        };
        Some(format!("{}{bare}{end}", self.home.base).into())
    }

    /// A page of its own: `src/pages/about.md`.
    fn page(&self, inside: &str) -> Place {
        let absent = inside.split('/').any(|segment| segment.starts_with(['_', '.'])).then_some(Absence::Unpublished);
        let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
        let path = match stem.strip_suffix("index") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
            _ => format!("/{stem}"),
        };
        let address = if inside.contains('[') { None } else { self.at(&path) };
        Place { address, absent, ..Place::default() }
    }

    /// An entry of a collection.
    fn entry(&self, page: &Page<'_>) -> Place {
        let is_draft = page.front.get("draft").is_some_and(|draft| draft.value == spanned::Value::Bool(true));
        // That drafts are left out is no more than a habit of themes; but nearly all have it.
        let absent = is_draft.then_some(Absence::Draft);
        let mut place = Place { absent, ..Place::default() };
        for route in &self.routes {
            let Some(inside) = inside(page.path, &route.folder) else { continue };
            let Some(address) = id(inside, page.front).and_then(|id| self.at(&route.address.replace("{id}", &id)))
            else {
                continue;
            };
            if route.is_sure && place.address.is_none() {
                place.address = Some(address);
            } else {
                place.perhaps.push(address);
            }
        }
        place
    }
}

impl Addressing for Astro {
    fn home(&self) -> &Home {
        &self.home
    }

    fn habits(&self) -> Habits {
        self.habits
    }

    fn place(&self, page: &Page<'_>, _now: Timestamp) -> Place {
        match inside(page.path, &below(&self.source, "pages")) {
            Some(inside) => self.page(inside),
            None => self.entry(page),
        }
    }

    fn files(&self, path: &str) -> Vec<String> {
        let path = path.trim_start_matches('/');
        let stem =
            path.trim_end_matches('/').trim_end_matches("index.html").trim_end_matches(".html").trim_end_matches('/');
        let index = below(stem, "index");
        let names = if stem.is_empty() { vec![index.as_str()] } else { vec![stem, &index] };
        let pages = names.iter().flat_map(|name| {
            ["astro", "html", "ts", "js"].map(|ending| below(&self.source, &format!("pages/{name}.{ending}")))
        });
        std::iter::once(below(&self.public, path)).chain(pages).collect()
    }

    fn makes(&self, path: &str, _terms: &Terms<'_>) -> Makes {
        let bare = path.trim_end_matches('/');
        if self.redirects.iter().any(|from| from == bare) {
            return Makes::Yes;
        }
        let is_made = self.makes_more
            || self
                .beginnings
                .iter()
                .any(|beginning| path.starts_with(beginning.as_str()) || format!("{path}/") == *beginning)
            || self.redirects.iter().any(|from| from.contains('['))
            || path.starts_with("/_astro/")
            || path.starts_with("/sitemap") && path.ends_with(".xml");
        if is_made { Makes::Perhaps } else { Makes::No }
    }
}

/// How addresses end; `None` where it is computed.
fn form(config: &Value) -> Option<Form> {
    let slash = config.get("trailingSlash").text_or("ignore")?;
    Some(match config.at(&["build", "format"]).text_or("directory")? {
        "file" => Form::Html { of_folders: true },
        "preserve" => Form::Html { of_folders: false },
        _ if slash == "never" => Form::Bare,
        _ => Form::Slash,
    })
}

/// The id of an entry (`generateIdDefault`); `None` where its front matter gives it in a way that is not read.
pub(super) fn id(inside: &str, front: &Node) -> Option<String> {
    if let Some(slug) = front.get("slug") {
        return slug.as_str().filter(|slug| !slug.is_empty()).map(str::to_owned);
    }
    let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
    let slugs: Vec<String> = stem.split('/').map(github_slug).collect();
    let id = slugs.join("/");
    Some(id.strip_suffix("/index").map(str::to_owned).unwrap_or(id))
}

/// The path below a folder.
fn inside<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    path.strip_prefix(folder)?.strip_prefix('/')
}

/// A path that is relative to the folder of the configuration, relative to the site root.
fn beside(base: &str, path: &str) -> Option<String> {
    let slash = if base.is_empty() { "" } else { "/" };
    Some(joined(&format!("/{base}{slash}"), path)?.trim_matches('/').to_owned())
}
