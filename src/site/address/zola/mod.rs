//! Zola: `components/content/src/{page,section,file_info}.rs` and `components/site/src/lib.rs`; run at 0.22. A draft of a
//! section, which takes the pages below it with it, stands in another file and is not seen here.

use jiff::Timestamp;

use super::config::{below, tree};
use super::{Absence, Addressing, AddsBase, Habits, Home, Makes, Page, Place, Relative, Sources, Terms};
use crate::site::anchor::Engine;
use crate::site::detect::Files;
use crate::spanned::{Node, Value};
use names::{Slugify, without_date};
use serve::Served;

mod names;
mod serve;

/// A site of Zola's.
#[derive(Debug)]
pub(super) struct Zola {
    home: Home,
    /// `None` where the configuration cannot be read.
    known: Option<Known>,
}

/// What the configuration says.
#[derive(Debug)]
struct Known {
    base: Box<str>,
    content: String,
    /// `default_language`
    language: String,
    /// The other languages.
    languages: Vec<String>,
    paths: Slugify,
    anchors: Slugify,
    keeps_dates: bool,
    /// `ignored_content` is set, which is not followed here.
    ignores: bool,
    served: Served,
}

/// What the path of a source says.
struct Source<'p> {
    /// The folders above it; not its own, if it is the page of a folder.
    folders: Vec<&'p str>,
    name: &'p str,
    /// That of its folder, or of the file, which the slug is made of.
    named: &'p str,
    /// Empty for the default language.
    language: &'p str,
    own_folder: Option<&'p str>,
}

impl Zola {
    pub(super) fn read(files: &Files<'_>, folder: &str) -> Self {
        let config = tree(files, folder, &["zola.toml", "config.toml"]);
        let url = config.as_ref().and_then(|config| config.get("base_url")).and_then(Node::as_str).unwrap_or_default();
        let below_host = url.split_once("//").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        let home = Home::of(Some(url), below_host);
        let known = config.as_ref().and_then(|config| known(files, folder, config, &home.base));
        Zola { home, known }
    }
}

fn known(files: &Files<'_>, folder: &str, config: &Node, base: &str) -> Option<Known> {
    let slugify = |key: &str| match config.get("slugify").and_then(|node| node.get(key)) {
        None => Some(Slugify::On),
        Some(node) => Slugify::read(node),
    };
    let keeps_dates = config.get("slugify").and_then(|node| node.get("paths_keep_dates"));
    let language = config.get("default_language").and_then(Node::as_str).unwrap_or("en").to_owned();
    let languages = config.get("languages").map_or(&[][..], Node::entries);
    let languages = languages.iter().filter_map(|(name, _)| Some(name.as_str()?.to_owned()));
    let languages = languages.filter(|name| *name != language).collect();
    Some(Known {
        base: base.into(),
        content: below(folder, "content"),
        language,
        languages,
        paths: slugify("paths")?,
        anchors: slugify("anchors")?,
        keeps_dates: keeps_dates.is_some_and(|node| node.value == Value::Bool(true)),
        ignores: config.get("ignored_content").is_some_and(|node| !node.items().is_empty()),
        served: Served::read(files, folder, config, slugify("taxonomies")?),
    })
}

impl Addressing for Zola {
    fn home(&self) -> &Home {
        &self.home
    }

    fn habits(&self) -> Habits {
        let anchors = self.known.as_ref().map_or(Engine::Unknown, |known| match known.anchors {
            Slugify::On => Engine::ZolaOn,
            Slugify::Safe | Slugify::Off => Engine::ZolaSafe,
        });
        Habits {
            relative: Relative::Page,
            sources: Sources::Kept,
            adds_base: AddsBase::Never,
            content_links: Some("@/"),
            anchors,
        }
    }

    fn place(&self, page: &Page<'_>, _now: Timestamp) -> Place {
        self.known.as_ref().and_then(|known| known.place(page)).unwrap_or_default()
    }

    fn files(&self, path: &str) -> Vec<String> {
        let Some(known) = &self.known else { return vec![] };
        let mut files = known.served.files(path);
        // What lies in a section is served in each of its languages.
        let below = known.served.language_of(path).1;
        files.push(format!("{}{below}", known.content));
        files
    }

    fn sources(&self, path: &str) -> Vec<String> {
        self.known.iter().map(|known| below(&known.content, path)).collect()
    }

    fn makes(&self, path: &str, terms: &Terms<'_>) -> Makes {
        self.known.as_ref().map_or(Makes::Perhaps, |known| known.served.makes(path, terms))
    }
}

impl Known {
    fn place(&self, page: &Page<'_>) -> Option<Place> {
        let source = self.source(page.path)?;
        let front = |key: &str| page.front.get(key);
        let is = |key: &str, flag: bool| front(key).is_some_and(|node| node.value == Value::Bool(flag));
        let is_section = source.name == "_index";
        let absent = match (is("draft", true), is("render", false)) {
            (true, _) => Some(Absence::Draft),
            (_, true) => Some(Absence::Unpublished),
            _ => None,
        };
        let bundle = source.own_folder.map(Into::into);
        if self.ignores {
            return Some(Place { absent, bundle, ..Place::default() });
        }
        let prefix = if source.language.is_empty() { String::new() } else { format!("/{}", source.language) };
        let path = if is_section { folder(&prefix, &source.folders) } else { self.page(&source, page.front, &prefix)? };
        let aliases = front("aliases").map_or(&[][..], Node::items).iter().filter_map(Node::as_str);
        // The first of a section's pages by numbers leads to the section.
        let word = front("paginate_path").and_then(Node::as_str).unwrap_or("page");
        let first = front("paginate_by").filter(|_| is_section).map(|_| format!("{path}{word}/1/"));
        let lists = if is_section && absent.is_none() { self.served.lists(&path, page.front) } else { vec![] };
        Some(Place {
            aliases: aliases.map(redirect).chain(first).map(|alias| format!("{}{alias}", self.base).into()).collect(),
            lists: lists.into_iter().map(|list| format!("{}{list}", self.base).into()).collect(),
            address: Some(format!("{}{path}", self.base).into()),
            absent,
            bundle,
            ..Place::default()
        })
    }

    /// The path of a page: its own `path`, or folders, which are left as they are, and slug.
    fn page(&self, source: &Source<'_>, front: &Node, prefix: &str) -> Option<String> {
        let text = |key: &str| match front.get(key) {
            None => Some(None),
            Some(node) => node.as_str().map(Some),
        };
        if let Some(path) = text("path")? {
            let path = path.trim();
            let start = if path.starts_with('/') { "" } else { "/" };
            let end = if path.ends_with('/') { "" } else { "/" };
            return Some(format!("{start}{path}{end}"));
        }
        let dated = if self.keeps_dates { None } else { without_date(source.named) };
        let slug = self.paths.path(text("slug")?.or(dated).unwrap_or(source.named));
        let is_home = source.folders.is_empty() && source.name == "index" && source.own_folder.is_none();
        let folder = folder(prefix, &source.folders);
        let end = if slug.ends_with('/') { "" } else { "/" };
        Some(if is_home { folder } else { format!("{folder}{slug}{end}") })
    }

    fn source<'p>(&self, path: &'p str) -> Option<Source<'p>> {
        let inside = path.strip_prefix(&*self.content)?.strip_prefix('/')?;
        let (above, file) = inside.rsplit_once('/').unwrap_or(("", inside));
        let whole = file.strip_suffix(".md")?;
        let mut folders: Vec<&str> = above.split('/').filter(|folder| !folder.is_empty()).collect();
        let suffixed =
            whole.split_once('.').filter(|(_, suffix)| !self.languages.is_empty() && *suffix != self.language);
        let (name, language) = match suffixed {
            Some((_, suffix)) if !self.languages.iter().any(|language| language == suffix) => return None,
            Some((name, suffix)) => (name, suffix),
            None => (whole, ""),
        };
        let is_in_own = !folders.is_empty() && whole.split('.').next() == Some("index");
        let own = if is_in_own { folders.pop() } else { None };
        let named = if name == "index" { own.unwrap_or(name) } else { name };
        let own_folder =
            (is_in_own || name == "_index").then(|| path.rsplit_once('/').map_or("", |(folder, _)| folder));
        Some(Source { folders, name, named, language, own_folder })
    }
}

fn folder(prefix: &str, folders: &[&str]) -> String {
    let mut path = format!("{prefix}/");
    folders.iter().for_each(|folder| {
        path.push_str(folder);
        path.push('/');
    });
    path
}

/// Where an alias is: a file if it ends in `.html`, else a folder.
fn redirect(alias: &str) -> String {
    let path = alias.trim_matches('/');
    if path.ends_with(".html") { format!("/{path}") } else { format!("/{path}/") }
}

#[cfg(test)]
mod tests;
