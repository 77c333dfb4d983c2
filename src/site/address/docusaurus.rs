//! Docusaurus 3, as read in `packages/docusaurus-plugin-content-{docs,blog,pages}/src` and
//! `docusaurus-utils-common/src/applyTrailingSlash.ts`.

use jiff::Timestamp;
use regex::Regex;

use super::config::{below, listed, tree};
use super::path::squeezed;
use super::program::Program;
use super::{Absence, Addressing, AddsBase, Habits, Home, Makes, Page, Place, Sources, Terms};
use crate::site::anchor::Engine;
use crate::site::detect::Files;
use crate::spanned::{Node, Value};
use root::{Kind, Root, dates};
use settings::Settings;

mod root;
mod settings;

/// A Docusaurus site.
#[derive(Debug)]
pub(super) struct Docusaurus {
    /// The folder of the configuration.
    base: String,
    settings: Settings,
    dates: Regex,
    /// Addresses of categories of documents that have one of their own, below the route of the documents; empty for any.
    categories: Vec<String>,
}

impl Docusaurus {
    /// The site whose configuration is in the folder `base`.
    pub(super) fn read(files: &Files<'_>, base: &str) -> Self {
        let settings = Settings::read(files, base);
        let mut categories = vec![];
        for text in settings.sidebars.iter().filter(|text| text.contains("generated-index")) {
            let program = Program::read(text);
            let written = program.texts_of("slug");
            categories.extend(written.into_iter().map(Option::unwrap_or_default));
        }
        for root in settings.roots.iter().filter(|root| root.kind == Kind::Docs) {
            let (paths, _) = listed(files, &root.folder, &|name| name != "node_modules/");
            for path in
                paths.iter().filter(|path| path.rsplit('/').next().is_some_and(|name| name.starts_with("_category_.")))
            {
                let tree = tree(files, "", &[path]);
                let slug = tree.as_ref().and_then(|tree| tree.get("link")?.get("slug")?.as_str());
                categories.extend(slug.map(|slug| slug.trim_matches('/').to_owned()));
            }
        }
        Self { base: base.to_owned(), settings, dates: dates(), categories }
    }

    /// The folder that a source stands in: the innermost of those that hold it.
    fn root<'p>(&self, path: &'p str) -> Option<(&Root, &'p str)> {
        let holding = self.settings.roots.iter().filter_map(|root| Some((root, root.inside(path)?)));
        holding.max_by_key(|(root, _)| root.folder.len())
    }

    /// The address with the slash at its end that the site wants.
    fn with_slash(&self, address: &str, slash: Option<bool>) -> Box<str> {
        let bare = address.trim_end_matches('/');
        match slash {
            _ if bare == &*self.settings.home.base => format!("{bare}/").into(),
            Some(true) => format!("{bare}/").into(),
            Some(false) => bare.into(),
            None => address.into(),
        }
    }

    /// The path without the segment of a language, and whether there was one.
    fn without_language<'p>(&self, path: &'p str) -> (&'p str, bool) {
        let rest = self.settings.languages.iter().find_map(|code| {
            let rest = path.strip_prefix('/')?.strip_prefix(code.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then_some(rest)
        });
        rest.map_or((path, false), |rest| (if rest.is_empty() { "/" } else { rest }, true))
    }

    /// What a plug-in makes at a path below its route, beside the pages of its sources.
    fn makes_below(&self, kind: Kind, rest: &str) -> Makes {
        let rest = rest.trim_matches('/');
        let first = rest.split('/').next().unwrap_or_default();
        match kind {
            Kind::Blog => match first {
                "" | "archive" | "tags" if !rest.contains('/') => Makes::Yes,
                "tags" | "page" | "authors" | "rss.xml" | "atom.xml" | "feed.json" | "rss.xsl" | "atom.xsl" => {
                    Makes::Perhaps
                }
                _ => Makes::No,
            },
            Kind::Docs => {
                let is_category = |slug: &String| slug.is_empty() || slug.trim_matches('/') == rest;
                let is_made = matches!(first, "tags" | "category") || self.categories.iter().any(is_category);
                if is_made { Makes::Perhaps } else { Makes::No }
            }
            Kind::Pages => Makes::No,
        }
    }
}

impl Addressing for Docusaurus {
    fn home(&self) -> &Home {
        &self.settings.home
    }

    fn habits(&self) -> Habits {
        Habits {
            // `useBaseUrl`.
            adds_base: AddsBase::WhereMissing,
            // `markdownLinks.ts`.
            sources: Sources::ResolvedByFile,
            content_links: Some("@site/"),
            ..Habits::resolving(Engine::Docusaurus)
        }
    }

    fn place(&self, page: &Page<'_>, _now: Timestamp) -> Place {
        let Some((root, inside)) = self.root(page.path) else { return Place::default() };
        // `GlobExcludeDefault`; globs do not find hidden files.
        let is_left_out = inside.split('/').any(|segment| segment.starts_with(['_', '.']));
        let is_draft = page.front.get("draft").is_some_and(|draft: &Node| draft.value == Value::Bool(true));
        let absent = match (is_left_out, is_draft) {
            (true, _) => Some(Absence::Unpublished),
            (false, true) => Some(Absence::Draft),
            (false, false) => None,
        };
        let slug = root.slug(inside, page.front, &self.dates);
        let whole = root.route.as_ref().zip(slug).map(|(route, slug)| squeezed(&format!("/{route}/{slug}")));
        match (whole, self.settings.slash) {
            (Some(whole), Some(slash)) => {
                Place { address: Some(self.with_slash(&whole, slash)), absent, ..Place::default() }
            }
            (Some(whole), None) => {
                let perhaps = [true, false].map(|slash| self.with_slash(&whole, Some(slash))).into();
                Place { perhaps, absent, ..Place::default() }
            }
            (None, _) => Place { absent, ..Place::default() },
        }
    }

    fn files(&self, path: &str) -> Vec<String> {
        let path = self.without_language(path).0.trim_start_matches('/');
        let mut all: Vec<String> = self.settings.statics.iter().map(|folder| below(folder, path)).collect();
        let stem = path.trim_end_matches('/').trim_end_matches(".html");
        for root in self.settings.roots.iter().filter(|root| root.kind == Kind::Pages) {
            let index = below(stem, "index");
            let names = if stem.is_empty() { vec![&*index] } else { vec![stem, &*index] };
            all.extend(names.iter().flat_map(|name| {
                ["js", "jsx", "ts", "tsx"].map(|ending| below(&root.folder, &format!("{name}.{ending}")))
            }));
        }
        all
    }

    fn sources(&self, path: &str) -> Vec<String> {
        let path = path.trim_start_matches('/');
        let roots = self.settings.roots.iter().map(|root| below(&root.folder, path));
        std::iter::once(below(&self.base, path)).chain(roots).collect()
    }

    fn makes(&self, path: &str, _terms: &Terms<'_>) -> Makes {
        let (path, is_translated) = self.without_language(path);
        let bare = path.trim_end_matches('/');
        let whole = squeezed(&format!("{}/{bare}/", self.settings.home.base));
        if path == "/404.html" {
            return Makes::Yes;
        }
        // What is not translated is there in the main language.
        let is_loose = is_translated
            || self.settings.makes_more
            || matches!(bare, "/sitemap.xml" | "/search" | "/manifest.json")
            || self.settings.redirects.iter().any(|from| from == bare);
        let made = self.settings.roots.iter().map(|root| {
            let Some(route) = &root.route else { return Makes::Perhaps };
            let route = squeezed(&format!("/{route}/"));
            whole.strip_prefix(route.as_str()).map_or(Makes::No, |rest| self.makes_below(root.kind, rest))
        });
        let made: Vec<Makes> = made.collect();
        if made.contains(&Makes::Yes) {
            Makes::Yes
        } else if is_loose || made.contains(&Makes::Perhaps) {
            Makes::Perhaps
        } else {
            Makes::No
        }
    }
}
