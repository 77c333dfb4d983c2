//! Eleventy, as read in `TemplatePermalink.js` and `Template.js`. Templates decide much: what is not literal is not known.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::config::{below, program};
use super::path::squeezed;
use super::program::{Program, Setting};
use super::{Absence, Addressing, Habits, Home, Makes, Page, Place, Relative, Sources, Terms};
use crate::site::anchor::Engine;
use crate::site::detect::Files;
use crate::site::{FileName, file_name};
use crate::spanned::{Value, json};

/// Names of the configuration.
const CONFIGS: [&str; 5] =
    [".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts"];

/// An Eleventy site.
#[derive(Debug)]
pub(super) struct Eleventy {
    base: String,
    home: Home,
    /// The input folder, relative to the folder of the configuration; `None` where it is computed.
    input: Option<String>,
    copied: Vec<String>,
    anchors: Engine,
    has_inputpath_plugin: bool,
    /// Whether a preprocessor may leave drafts out.
    drops_drafts: bool,
    /// What data files of folders say of addresses, by the folder relative to the site root.
    folders: BTreeMap<String, Folder>,
}

/// What a data file says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Folder {
    /// A permalink for all in it.
    Permalink(String),
    /// Nothing in it becomes a page.
    Nowhere,
    /// Only the program knows.
    Computed,
}

impl Eleventy {
    /// The site whose configuration is in the folder `base`.
    pub(super) fn read(files: &Files<'_>, base: &str) -> Self {
        let text = program(files, base, &CONFIGS).unwrap_or_default();
        let program = Program::new(&text);
        let input = program
            .setting("input")
            .text_or("")
            .map(|input| input.trim_start_matches("./").trim_matches(['/', '.']).to_owned());
        let input = if program.mentions("setInputDirectory") {
            program
                .arguments("setInputDirectory")
                .into_iter()
                .next()
                .map(|input| input.trim_matches(['.', '/']).to_owned())
        } else {
            input
        };
        let prefix = program.setting("pathPrefix").text_or("/").unwrap_or_default();
        let ids = ["IdAttributePlugin", "markdown-it-anchor", "markdownItAnchor", "markdown-it-attrs"];
        let mut eleventy = Self {
            base: base.to_owned(),
            home: Home::of(None, &prefix),
            input,
            copied: program.arguments("addPassthroughCopy"),
            anchors: if ids.iter().any(|id| program.mentions(id)) || text.is_empty() {
                Engine::Unknown
            } else {
                Engine::Written
            },
            has_inputpath_plugin: program.mentions("InputPathToUrl"),
            drops_drafts: program.mentions("addPreprocessor") && program.mentions("draft"),
            folders: BTreeMap::new(),
        };
        let usual = [
            "",
            "posts",
            "blog",
            "post",
            "content",
            "content/blog",
            "content/posts",
            "articles",
            "notes",
            "docs",
            "pages",
            "features",
            "_posts",
        ];
        for folder in usual {
            let path = below(&below(base, eleventy.input.as_deref().unwrap_or_default()), folder);
            let path = path.trim_matches('/').to_owned();
            if let Some(said) = said_in(files, &path) {
                eleventy.folders.insert(path, said);
            }
        }
        eleventy
    }

    fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        let folder = below(&self.base, self.input.as_deref()?);
        match folder.trim_matches('/') {
            "" => Some(path),
            folder => path.strip_prefix(folder)?.strip_prefix('/'),
        }
    }

    /// What the nearest data file of the folders above says.
    fn said(&self, path: &str) -> Option<&Folder> {
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]).collect::<Vec<_>>();
        folders.iter().rev().find_map(|folder| self.folders.get(*folder)).or_else(|| self.folders.get(""))
    }
}

/// What a data file of a folder says: `posts/posts.json`, `posts/posts.11tydata.js`.
fn said_in(files: &Files<'_>, folder: &str) -> Option<Folder> {
    let name = folder.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("index");
    let read = |ending: &str| (files.read)(&below(folder, &format!("{name}.{ending}")));
    if let Some(text) = read("json").or_else(|| read("11tydata.json")) {
        let tree = json::parse(&text).ok()?;
        return match tree.get("permalink").map(|node| &node.value) {
            Some(Value::String(text)) => Some(Folder::Permalink(text.text.clone())),
            Some(Value::Bool(false)) => Some(Folder::Nowhere),
            Some(_) => Some(Folder::Computed),
            None => None,
        };
    }
    let text = read("11tydata.js").or_else(|| read("11tydata.mjs")).or_else(|| read("11tydata.cjs"))?;
    match Program::new(&text).setting("permalink") {
        Setting::Unset => None,
        Setting::Text(text) => Some(Folder::Permalink(text)),
        Setting::Switch(false) => Some(Folder::Nowhere),
        Setting::Switch(true) | Setting::Computed => Some(Folder::Computed),
    }
}

/// A permalink without templates, or with the few that the path alone tells.
fn literal(permalink: &str, inside: &str) -> Option<String> {
    let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
    let slug = |stem: &str| {
        let name = stem.strip_suffix("/index").unwrap_or(stem);
        let name = name.rsplit('/').next().unwrap_or(name);
        let parsed = file_name::parse(name, FileName::DatePrefix);
        let rest = name.get(parsed.slug_range.start..).filter(|_| parsed.date.is_some());
        rest.filter(|rest| !rest.is_empty()).unwrap_or(name).to_owned()
    };
    let mut out = permalink.to_owned();
    let path = stem.strip_suffix("/index").unwrap_or(stem);
    let path = path.rsplit_once('/').map_or_else(|| slug(path), |(folder, name)| format!("{folder}/{}", slug(name)));
    for (name, value) in
        [("page.fileSlug", slug(stem)), ("fileSlug", slug(stem)), ("page.filePathStem", format!("/{path}"))]
    {
        for tag in [format!("{{{{ {name} }}}}"), format!("{{{{{name}}}}}")] {
            out = out.replace(&tag, &value);
        }
    }
    (!["{{", "{%", "<%", "${"].iter().any(|open| out.contains(open))).then_some(out)
}

impl Addressing for Eleventy {
    fn home(&self) -> &Home {
        &self.home
    }

    fn habits(&self) -> Habits {
        let sources = if self.has_inputpath_plugin { Sources::Resolved } else { Sources::Kept };
        Habits { relative: Relative::Page, sources, adds_base: false, content_links: false, anchors: self.anchors }
    }

    fn place(&self, page: &Page<'_>, _now: Timestamp) -> Place {
        let Some(inside) = self.inside(page.path) else { return Place::default() };
        let own = page.front.get("permalink").map(|node| &node.value);
        let written = match (own, self.said(page.path)) {
            (Some(Value::String(text)), _) => Some(text.text.clone()),
            (Some(Value::Bool(false)), _) | (None, Some(Folder::Nowhere)) => {
                return Place { absent: Some(Absence::Unpublished), ..Place::default() };
            }
            (Some(_), _) | (None, Some(Folder::Computed)) => return Place::default(),
            (None, Some(Folder::Permalink(text))) => Some(text.clone()),
            (None, None) => None,
        };
        let path = match written {
            Some(text) => literal(&text, inside),
            None => Some(usual(inside)),
        };
        let at = |path: String| squeezed(&format!("{}/{}", self.home.base, path.trim_end_matches("index.html")));
        let is_draft = self.drops_drafts && page.front.get("draft").is_some_and(|node| node.value == Value::Bool(true));
        Place {
            address: path.map(|path| at(path).into()),
            absent: is_draft.then_some(Absence::Draft),
            ..Place::default()
        }
    }

    fn files(&self, path: &str) -> Vec<String> {
        let path = path.trim_start_matches('/');
        let input = below(&self.base, self.input.as_deref().unwrap_or_default());
        let mut all = vec![below(input.trim_matches('/'), path), below(&self.base, path)];
        for copied in &self.copied {
            // `src/img` is served at `/img`, with its folder's name or without.
            let folder = copied.trim_start_matches("./").trim_matches('/');
            all.push(below(&self.base, &format!("{folder}/{path}")));
        }
        let stem = path.trim_end_matches('/').trim_end_matches("index.html").trim_end_matches('/');
        // Pages that are templates of other languages.
        all.extend(["njk", "liquid", "html", "11ty.js", "hbs", "webc"].iter().flat_map(|ending| {
            let stem = if stem.is_empty() { "index" } else { stem };
            [format!("{stem}.{ending}"), format!("{stem}/index.{ending}")]
                .map(|file| below(input.trim_matches('/'), &file))
        }));
        all
    }

    fn sources(&self, path: &str) -> Vec<String> {
        vec![below(&self.base, path)]
    }

    fn makes(&self, path: &str, _terms: &Terms<'_>) -> Makes {
        // Collections and pagination make pages of any template.
        let is_asset = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
        let is_image =
            [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"].iter().any(|ending| path.ends_with(ending));
        if path == "/" {
            Makes::Yes
        } else if self.input.is_none() || is_asset && !is_image || path.contains("/tags/") || path.contains("/page/") {
            Makes::Perhaps
        } else {
            Makes::No
        }
    }
}

/// The address that a path has without a permalink.
fn usual(inside: &str) -> String {
    let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let is_folder = name == "index" || folder.rsplit('/').next() == Some(name) && !folder.is_empty();
    if is_folder { format!("{folder}/") } else { format!("{stem}/") }
}
