//! Astro, as read in `content/{utils,loaders/glob}.ts`. Pages of collections are where a page with parameters in its name puts
//! them, which the collection does not tell; a hint may.

use jiff::Timestamp;

use super::config::{below, program};
use super::path::squeezed;
use super::program::{Program, Setting};
use super::{Addressing, Habits, Home, Makes, Page, Place, Relative, Sources, Terms};
use crate::site::anchor::{Engine, github_slug};
use crate::site::detect::Files;
use crate::spanned::{Node, Value};

/// Names of the configuration.
const CONFIGS: [&str; 5] =
    ["astro.config.mjs", "astro.config.ts", "astro.config.js", "astro.config.mts", "astro.config.cjs"];

/// Names of pages that make a page of each entry of a collection.
const PARAMETERS: [&str; 5] = ["[...slug]", "[slug]", "[...id]", "[id]", "[...path]"];

/// An Astro site.
#[derive(Debug)]
pub(super) struct Astro {
    base: String,
    home: Home,
    is_known: bool,
    end: &'static str,
    /// Folders of collections, with the address of an entry: `src/content/blog`, `/blog/{id}/`.
    routes: Vec<(String, String)>,
}

impl Astro {
    /// The site whose configuration is in the folder `base`.
    pub(super) fn read(files: &Files<'_>, base: &str) -> Self {
        let text = program(files, base, &CONFIGS).unwrap_or_default();
        let program = Program::new(&text);
        let folder = program.setting("base").text_or("/");
        let site = program.setting("site").text_or("").unwrap_or_default();
        let is_file = program.setting("format") == Setting::Text("file".to_owned());
        let never = program.setting("trailingSlash") == Setting::Text("never".to_owned());
        let end = if is_file {
            ".html"
        } else if never {
            ""
        } else {
            "/"
        };
        let route = |name: &str| {
            let page =
                |parameter: &&str| (files.read)(&below(base, &format!("src/pages/{name}/{parameter}.astro"))).is_some();
            PARAMETERS
                .iter()
                .any(|parameter| page(&parameter))
                .then(|| (below(base, &format!("src/content/{name}")), format!("/{name}/{{id}}{end}")))
        };
        Self {
            base: base.to_owned(),
            home: Home::of(Some(&site), folder.as_deref().unwrap_or_default()),
            is_known: folder.is_some() && !text.is_empty(),
            end,
            routes: ["blog", "posts", "post", "docs", "articles", "notes", "news", "projects"]
                .iter()
                .filter_map(|name| route(name))
                .collect(),
        }
    }

    fn at(&self, path: &str) -> Box<str> {
        squeezed(&format!("{}/{path}", self.home.base)).into()
    }

    fn page(&self, path: &str) -> Option<Box<str>> {
        let inside = path.strip_prefix(&below(&self.base, "src/pages"))?.strip_prefix('/')?;
        let is_hidden = inside.split('/').any(|segment| segment.starts_with('_') || segment.contains('['));
        let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
        let page = match stem.strip_suffix("index") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.to_owned(),
            _ => format!("{stem}{}", self.end),
        };
        (!is_hidden).then(|| self.at(&page))
    }

    fn entry(&self, page: &Page<'_>) -> Option<Box<str>> {
        let (inside, route) = self
            .routes
            .iter()
            .find_map(|(folder, route)| Some((page.path.strip_prefix(&**folder)?.strip_prefix('/')?, route)))?;
        let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
        let id = match page.front.get("slug").and_then(Node::as_str) {
            Some(slug) => slug.to_owned(),
            None => {
                let slugs: Vec<String> = stem.split('/').map(github_slug).collect();
                let id = slugs.join("/");
                id.strip_suffix("/index").map(str::to_owned).unwrap_or(id)
            }
        };
        Some(self.at(&route.replace("{id}", &id)))
    }
}

impl Addressing for Astro {
    fn home(&self) -> &Home {
        &self.home
    }

    fn habits(&self) -> Habits {
        Habits {
            relative: Relative::Page,
            sources: Sources::Perhaps,
            adds_base: false,
            content_links: false,
            anchors: Engine::Astro,
        }
    }

    fn place(&self, page: &Page<'_>, _now: Timestamp) -> Place {
        let is_draft = page.front.get("draft").is_some_and(|node| node.value == Value::Bool(true));
        if !self.is_known {
            return Place::default();
        }
        if let Some(address) = self.page(page.path) {
            return Place { address: Some(address), ..Place::default() };
        }
        // Whether drafts of a collection become pages, the page that lists them decides.
        match self.entry(page) {
            Some(address) if is_draft => Place { perhaps: vec![address], ..Place::default() },
            address => Place { address, ..Place::default() },
        }
    }

    fn files(&self, path: &str) -> Vec<String> {
        let path = path.trim_start_matches('/');
        let stem =
            path.trim_end_matches('/').trim_end_matches("index.html").trim_end_matches(".html").trim_end_matches('/');
        let mut all = vec![below(&self.base, &format!("public/{path}"))];
        for ending in ["astro", "js", "ts", "html"] {
            let pages =
                if stem.is_empty() { vec!["index".to_owned()] } else { vec![stem.to_owned(), format!("{stem}/index")] };
            all.extend(pages.iter().map(|page| below(&self.base, &format!("src/pages/{page}.{ending}"))));
        }
        all
    }

    fn makes(&self, path: &str, _terms: &Terms<'_>) -> Makes {
        let is_image =
            [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"].iter().any(|ending| path.ends_with(ending));
        // Pages with parameters in their names make any page.
        if is_image && self.is_known { Makes::No } else { Makes::Perhaps }
    }
}
