//! VitePress, as read in `src/node/` (`config.ts`, `plugins/{rewritesPlugin,dynamicRoutesPlugin}.ts`,
//! `markdown/plugins/link.ts`), and its elder VuePress, which shares the profile.

use std::sync::Arc;

use globset::{Glob, GlobSet, GlobSetBuilder};
use jiff::Timestamp;

use super::config::{below, cname, listed, program};
use super::path::joined;
use super::program::{Program, Value};
use super::{Absence, Addresses, Addressing, Habits, Home, Makes, Page, Place, Terms};
use crate::site::anchor::Engine;
use crate::site::detect::Files;
use rewrites::{Rewrites, Rewritten};

mod rewrites;
mod vuepress;

/// Names of the configuration.
const CONFIGS: [&str; 12] = [
    ".vitepress/config.js",
    ".vitepress/config.ts",
    ".vitepress/config.mjs",
    ".vitepress/config.mts",
    ".vitepress/config.cjs",
    ".vitepress/config.cts",
    ".vitepress/config/index.js",
    ".vitepress/config/index.ts",
    ".vitepress/config/index.mjs",
    ".vitepress/config/index.mts",
    ".vitepress/config/index.cjs",
    ".vitepress/config/index.cts",
];

/// The site of either whose configuration is in the folder `base`.
pub(super) fn read(files: &Files<'_>, base: &str) -> Addresses {
    match program(files, base, &CONFIGS) {
        Some(text) => Arc::new(VitePress::read(files, &Program::read(&text), base)),
        None if (files.is_folder)(&below(base, ".vuepress")) => Arc::new(vuepress::VuePress::read(files, base)),
        None => Arc::new(VitePress::read(files, &Program::default(), base)),
    }
}

/// A VitePress site.
#[derive(Debug)]
struct VitePress {
    home: Home,
    /// Whether the base path is known.
    is_known: bool,
    /// The folder of the sources, relative to the site root; `None` where it is computed.
    sources: Option<String>,
    /// Whether addresses are without `.html`; `None` where it is computed.
    is_clean: Option<bool>,
    /// `None` where they are computed.
    rewrites: Option<Rewrites>,
    /// What the addresses of pages begin with that a source with parameters in its name makes.
    beginnings: Vec<String>,
    /// Sources that are left out.
    excluded: GlobSet,
    anchors: Engine,
}

impl VitePress {
    /// The site with this configuration in the folder `base`.
    fn read(files: &Files<'_>, program: &Program, base: &str) -> Self {
        let config = program.exported();
        let folder = config.get("base").text_or("/");
        let slash = if base.is_empty() { "" } else { "/" };
        let sources = config.get("srcDir").text_or(".");
        let sources = sources.and_then(|sources| joined(&format!("/{base}{slash}"), sources));
        let mut excluded = GlobSetBuilder::new();
        for pattern in config.get("srcExclude").items().iter().filter_map(Value::text) {
            if let Ok(glob) = Glob::new(pattern) {
                excluded.add(glob);
            }
        }
        let mut home = Home::of(config.at(&["sitemap", "hostname"]).text(), folder.unwrap_or_default());
        let sources = sources.map(|sources| sources.trim_matches('/').to_owned());
        let root = sources.as_deref().unwrap_or_default();
        home.add(cname(files, &below(root, "public/CNAME")));
        let (paths, are_all) = listed(files, root, &|name| !["node_modules/", "public/", "dist/"].contains(&name));
        let inside = |path: &String| path[root.len()..].trim_start_matches('/').to_owned();
        let dynamic = paths.iter().map(inside).filter(|path| is_dynamic(path));
        let beginnings = dynamic.filter_map(|path| Some(format!("/{}", path.split_once('[')?.0)));
        Self {
            home,
            is_known: folder.is_some(),
            beginnings: beginnings.chain((!are_all).then(|| "/".to_owned())).collect(),
            sources,
            is_clean: config.get("cleanUrls").switch_or(false),
            rewrites: Rewrites::read(config.get("rewrites")),
            excluded: excluded.build().unwrap_or_else(|_| GlobSet::empty()),
            anchors: match config.get("markdown") {
                Value::Object(_)
                    if config.at(&["markdown", "anchor"]) == &Value::Unset && !program.mentions("slugify") =>
                {
                    Engine::VitePress
                }
                Value::Unset => Engine::VitePress,
                _ => Engine::Unknown,
            },
        }
    }

    fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        match self.sources.as_deref()? {
            "" => Some(path),
            folder => path.strip_prefix(folder)?.strip_prefix('/'),
        }
    }

    fn address(&self, inside: &str) -> Option<Box<str>> {
        let written = match self.rewrites.as_ref().filter(|_| !is_dynamic(inside))?.apply(inside) {
            Rewritten::Kept => inside.to_owned(),
            Rewritten::To(path) => path,
            Rewritten::Unknown => return None,
        };
        let stem = written.strip_suffix(".md")?;
        let folder =
            if stem == "index" { Some("") } else { stem.strip_suffix("index").filter(|folder| folder.ends_with('/')) };
        let path = match (folder, self.is_clean?) {
            (Some(folder), _) => folder.to_owned(),
            (None, true) => stem.to_owned(),
            (None, false) => format!("{stem}.html"),
        };
        self.is_known.then(|| format!("{}/{path}", self.home.base).into())
    }
}

impl Addressing for VitePress {
    fn home(&self) -> &Home {
        &self.home
    }

    fn habits(&self) -> Habits {
        Habits::resolving(self.anchors)
    }

    fn place(&self, page: &Page<'_>, _now: Timestamp) -> Place {
        let Some(inside) = self.inside(page.path) else {
            // Outside the folder of the sources nothing becomes a page.
            let absent = self.sources.as_ref().map(|_| Absence::Unpublished);
            return Place { absent, ..Place::default() };
        };
        let is_left_out = self.excluded.is_match(inside) || is_hidden(inside);
        let absent = is_left_out.then_some(Absence::Unpublished);
        Place { address: self.address(inside), absent, ..Place::default() }
    }

    fn files(&self, path: &str) -> Vec<String> {
        let path = path.trim_start_matches('/');
        vec![below(self.sources.as_deref().unwrap_or_default(), &format!("public/{path}"))]
    }

    fn sources(&self, path: &str) -> Vec<String> {
        vec![below(self.sources.as_deref().unwrap_or_default(), path.trim_start_matches('/'))]
    }

    fn makes(&self, path: &str, _terms: &Terms<'_>) -> Makes {
        match path {
            "/404.html" | "/404" => Makes::Yes,
            _ if !self.is_known || self.rewrites.is_none() || self.sources.is_none() => Makes::Perhaps,
            // Rewrites may move pages that are made of one source.
            _ if self.beginnings.iter().any(|beginning| path.starts_with(beginning.as_str())) => Makes::Perhaps,
            _ if path.starts_with("/assets/") || path.ends_with(".xml") || path.ends_with(".txt") => Makes::Perhaps,
            _ => Makes::No,
        }
    }
}

/// Whether a file or a folder on its way begins with a dot: globs do not find these.
fn is_hidden(path: &str) -> bool {
    path.split('/').any(|segment| segment.starts_with('.'))
}

/// Whether a source has a parameter in its name, and makes as many pages as a program says.
fn is_dynamic(path: &str) -> bool {
    path.contains('[') && path.contains(']')
}
