//! What else is served: files, and pages that Hugo makes without a source.

use super::Known;
use super::naming::rooted;
use super::permalink::{Filling, pattern, title};
use super::settings::{as_bool, as_text, at, switch, texts};
use super::source::{Kind, Source};
use crate::site::address::config::below;
use crate::site::address::{AddsBase, Habits, Makes, Relative, Sources, Terms};
use crate::site::anchor::Engine;
use crate::site::detect::Files;
use crate::spanned::Node;

/// Endings of files that templates make.
const MADE: [&str; 7] = ["css", "js", "mjs", "map", "json", "webmanifest", "txt"];

/// Folders of files, and lists.
#[derive(Debug)]
pub(super) struct Served {
    /// Folders whose files are served, and below what: `static`, the themes' own.
    folders: Vec<(String, String)>,
    /// Folders that files may be taken from: `assets`.
    assets: Vec<String>,
    /// Keys of front matter with a page for each term, in lower case: `tags`.
    taxonomies: Vec<String>,
    /// `page` of `/page/2/`.
    pages: String,
    /// Kinds of pages that are not made, in lower case.
    without: Vec<String>,
    has_robots: bool,
    has_not_found: bool,
    /// There is a theme or a module that cannot be looked into.
    is_unseen: bool,
    /// Folders of layouts: the site's own and the themes'.
    layouts: Vec<String>,
}

impl Served {
    pub(super) fn read(files: &Files<'_>, folder: &str, config: &Node) -> Self {
        let text = |key: &str, usual: &str| config.get(key).and_then(as_text).unwrap_or_else(|| usual.to_owned());
        let themes_folder = text("themesdir", "themes");
        let themes: Vec<String> = config.get("theme").map(texts).unwrap_or_default();
        let themes: Vec<String> =
            themes.iter().map(|theme| below(folder, &format!("{themes_folder}/{theme}"))).collect();
        let is_imported = at(config, &["module", "imports"]).is_some();
        let own = |name: &str| below(folder, name.trim_matches('/'));
        let mut folders: Vec<(String, String)> =
            static_folders(config).iter().map(|name| (own(name), String::new())).collect();
        for mount in at(config, &["module", "mounts"]).map_or(&[][..], Node::items) {
            let part = |key: &str| mount.get(key).and_then(Node::as_str);
            if let (Some(source), Some(target)) =
                (part("source"), part("target").and_then(|it| it.strip_prefix("static")))
            {
                folders.push((own(source), target.trim_end_matches('/').to_owned()));
            }
        }
        folders.extend(themes.iter().map(|theme| (format!("{theme}/static"), String::new())));
        let mut layouts = vec![own(&text("layoutdir", "layouts"))];
        layouts.extend(themes.iter().map(|theme| format!("{theme}/layouts")));
        let mut assets = vec![own(&text("assetdir", "assets"))];
        assets.extend(themes.iter().map(|theme| format!("{theme}/assets")));
        let has = |name: &str| layouts.iter().any(|layouts| (files.read)(&format!("{layouts}/{name}")).is_some());
        Served {
            folders,
            assets,
            taxonomies: taxonomies(config),
            pages: at(config, &["pagination", "path"])
                .or_else(|| config.get("paginatepath"))
                .and_then(as_text)
                .unwrap_or_else(|| "page".to_owned()),
            without: without(config),
            has_robots: switch(config, &["enablerobotstxt"]).unwrap_or_default(),
            has_not_found: has("404.html") || has("_default/404.html"),
            is_unseen: is_imported || themes.iter().any(|theme| !(files.is_folder)(theme)),
            layouts,
        }
    }

    /// How links are read: by templates of the site, if it has some for links and headings.
    pub(super) fn habits(&self, files: &Files<'_>, folder: &str, config: &Node) -> Habits {
        let hook = |name: &str| {
            let places = ["_default/_markup", "_markup"].map(|place| format!("{place}/{name}.html"));
            let mut paths = self.layouts.iter().flat_map(|layouts| places.iter().map(move |place| (layouts, place)));
            paths.find_map(|(layouts, place)| (files.read)(&format!("{layouts}/{place}")))
        };
        let embedded = at(config, &["markup", "goldmark", "renderhooks", "link", "useembedded"]).and_then(as_text);
        let enabled = switch(config, &["markup", "goldmark", "renderhooks", "link", "enabledefault"]);
        let is_multilingual = config.get("languages").is_some_and(|languages| languages.entries().len() > 1);
        let own = hook("render-link");
        let sources = match embedded.as_deref() {
            Some("always") => Sources::Resolved,
            _ if own.is_some() || self.is_unseen => Sources::Perhaps,
            Some("fallback") => Sources::Resolved,
            Some("never") => Sources::Kept,
            _ if enabled == Some(true) => Sources::Resolved,
            _ if is_multilingual && enabled.is_none() => Sources::Perhaps,
            _ => Sources::Kept,
        };
        let heading =
            hook("render-heading").or_else(|| (files.read)(&below(folder, "layouts/_markup/render-heading.html")));
        let keeps_anchors = heading.is_none_or(|template| template.contains(".Anchor"));
        let anchors = if keeps_anchors { engine(config) } else { Engine::Unknown };
        let is_canonical = config.get("canonifyurls").is_some_and(|node| as_bool(node) == Some(true));
        let adds_base = if is_canonical { AddsBase::Always } else { AddsBase::Never };
        Habits { relative: Relative::Page, sources, adds_base, content_links: None, anchors }
    }

    /// Whether lists have feeds.
    pub(super) fn has_feeds(&self) -> bool {
        !self.is_without("rss")
    }

    fn is_without(&self, kind: &str) -> bool {
        self.without.iter().any(|other| other == kind)
    }

    /// Files that are served at a path.
    pub(super) fn files(&self, path: &str) -> Vec<String> {
        let file = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        let within = |(folder, below): &(String, String)| Some(format!("{folder}{}", file.strip_prefix(&**below)?));
        self.folders.iter().filter_map(within).filter(|file| !file.ends_with('/')).collect()
    }

    /// Files that templates may serve at a path.
    pub(super) fn assets(&self, path: &str) -> Vec<String> {
        self.assets.iter().map(|folder| format!("{folder}{path}")).collect()
    }
}

/// Not the kinds alone that `disableKinds` leaves out, but feeds that `outputs` leaves out of every list.
fn without(config: &Node) -> Vec<String> {
    let mut without: Vec<String> = config.get("disablekinds").map(texts).unwrap_or_default();
    without.iter_mut().for_each(|kind| *kind = kind.to_lowercase());
    if switch(config, &["disablerss"]) == Some(true) {
        without.push("rss".to_owned());
    }
    without
}

/// `staticDir`, also as a list, as `staticDir1` and of each language.
fn static_folders(config: &Node) -> Vec<String> {
    let is_it = |key: &Node| key.as_str().is_some_and(|key| key.starts_with("staticdir"));
    let of = |node: &Node| -> Vec<String> {
        node.entries().iter().filter(|(key, _)| is_it(key)).flat_map(|(_, value)| texts(value)).collect()
    };
    let mut folders = of(config);
    folders
        .extend(config.get("languages").map_or(&[][..], Node::entries).iter().flat_map(|(_, language)| of(language)));
    if folders.is_empty() { vec!["static".to_owned()] } else { folders }
}

fn taxonomies(config: &Node) -> Vec<String> {
    match config.get("taxonomies") {
        Some(node) => node.entries().iter().filter_map(|(_, plural)| Some(as_text(plural)?.to_lowercase())).collect(),
        None => vec!["tags".to_owned(), "categories".to_owned()],
    }
}

/// `markup.goldmark.parser`: the newer names of these settings, and the older.
fn engine(config: &Node) -> Engine {
    let parser = at(config, &["markup", "goldmark", "parser"]);
    let setting = |names: [&str; 2]| parser.and_then(|parser| names.iter().find_map(|name| parser.get(name)));
    let handler = at(config, &["markup", "defaultmarkdownhandler"]).and_then(as_text);
    if handler.is_some_and(|handler| handler != "goldmark") {
        return Engine::Unknown;
    }
    if setting(["autoheadingid", "autoids"]).and_then(as_bool) == Some(false) {
        return Engine::Written;
    }
    match setting(["autoidtype", "autoheadingidtype"]).and_then(as_text).as_deref() {
        None | Some("github") => Engine::HugoGitHub,
        Some("github-ascii") => Engine::HugoAscii,
        Some("blackfriday") => Engine::HugoBlackfriday,
        Some(_) => Engine::Unknown,
    }
}

/// What of a list a path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Feed,
    Further,
}

impl Known {
    /// The prefix of the language that a path stands below, and what follows it.
    pub(super) fn language_of<'p>(&self, path: &'p str) -> (&str, &'p str) {
        let below = |prefix: &str| path.strip_prefix(prefix).filter(|rest| rest.starts_with('/') || rest.is_empty());
        let mut prefixes = self.languages.iter().map(|language| &*language.prefix).filter(|prefix| !prefix.is_empty());
        prefixes.find_map(|prefix| Some((prefix, below(prefix)?))).unwrap_or(("", path))
    }

    pub(super) fn makes(&self, path: &str, terms: &Terms<'_>) -> Makes {
        let (_, below) = self.language_of(path);
        let is_on = |kind: &str| if self.served.is_without(kind) { Makes::No } else { Makes::Yes };
        match below {
            "" | "/" | "/index.html" => return is_on("home"),
            "/sitemap.xml" => return is_on("sitemap"),
            "/robots.txt" if self.served.has_robots => return Makes::Yes,
            "/404.html" if self.served.has_not_found => return is_on("404"),
            "/404.html" => return Makes::Perhaps,
            _ => {}
        }
        // `/en/` leads to `/` where that is the home of English.
        let usual = &self.languages[0];
        let at_usual = path.strip_prefix('/').and_then(|path| path.strip_prefix(&*usual.name));
        if self.languages.len() > 1 && usual.prefix.is_empty() && matches!(at_usual, Some("" | "/" | "/sitemap.xml")) {
            return Makes::Yes;
        }
        let (list, part) = self.part(below);
        let whole = match self.list(list, terms) {
            _ if part == Part::Feed && !self.served.has_feeds() => return Makes::No,
            Some(makes) => makes,
            None if part == Part::Further => Makes::Perhaps,
            None => return self.made_by_template(below),
        };
        // How many pages a list has is for the template to say, and a term need not be used in each language.
        let is_sure = part != Part::Further && (self.languages.len() == 1 || whole == Makes::No);
        if is_sure || whole == Makes::No { whole } else { Makes::Perhaps }
    }

    fn part<'p>(&self, path: &'p str) -> (&'p str, Part) {
        if let Some(list) = path.strip_suffix("index.xml").filter(|list| list.ends_with('/')) {
            return (list, Part::Feed);
        }
        let trimmed = path.strip_suffix('/').or_else(|| path.strip_suffix(".html")).unwrap_or(path);
        let numbered = trimmed
            .rsplit_once('/')
            .filter(|(_, number)| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
        let list =
            numbered.and_then(|(above, _)| above.strip_suffix(&*self.served.pages)).filter(|it| it.ends_with('/'));
        list.map_or((path, Part::Whole), |list| (list, Part::Further))
    }

    /// The list of all terms, or of one; `None` for what is neither.
    fn list(&self, path: &str, terms: &Terms<'_>) -> Option<Makes> {
        if path == "/" {
            return Some(Makes::Yes);
        }
        let trimmed = path.strip_suffix("/index.html").or_else(|| path.strip_suffix(".html"));
        let trimmed = trimmed.unwrap_or(path).trim_end_matches('/');
        for taxonomy in &self.served.taxonomies {
            let root = format!("/{}", self.naming.path(taxonomy));
            let kind_is_off = self.served.is_without("taxonomy") || self.served.is_without("taxonomyterm");
            if trimmed == root && pattern(&self.rules, "taxonomy", &root) == Ok(None) {
                return Some(if kind_is_off { Makes::No } else { Makes::Yes });
            }
            let rule = pattern(&self.rules, "term", &format!("{root}/x"));
            let is_below = trimmed.strip_prefix(&*root).is_some_and(|rest| rest.starts_with('/'));
            let is_asked = is_below || rule != Ok(None);
            if !is_asked {
                continue;
            }
            let is_used = || terms.have(&[taxonomy], "", trimmed, |term| self.term(taxonomy, term, rule));
            if !self.served.is_without("term") && is_used() {
                return Some(Makes::Yes);
            }
            if is_below && rule == Ok(None) {
                // Which terms there are is not known of every taxonomy: keys are read in any case, and cascade.
                return Some(if terms.under(taxonomy).next().is_some() { Makes::No } else { Makes::Perhaps });
            }
        }
        None
    }

    /// Where the page of a term is, without a slash at its end.
    fn term(&self, taxonomy: &str, term: &str, rule: Result<Option<&str>, ()>) -> Option<String> {
        let path = match rule.ok()? {
            None => format!("/{}/{}", self.naming.path(taxonomy), self.naming.path(term)),
            Some(rule) => {
                let date = super::dates::Found::Missing;
                let source = Source {
                    kind: Kind::Section,
                    folder: taxonomy,
                    name: term,
                    language: 0,
                    below: "",
                    own_folder: "",
                };
                let title = title(None).map(|_| term.to_owned());
                let filling =
                    Filling { source: &source, title: title.as_deref(), slug: None, date: &date, naming: self.naming };
                self.naming.sanitised(&filling.fill(rule)?.path)
            }
        };
        Some(rooted(&path))
    }

    /// Files that a template may make, and anything with an ending that a theme out of sight may bring.
    fn made_by_template(&self, path: &str) -> Makes {
        let name = path.rsplit('/').next().unwrap_or_default();
        let Some((_, ending)) = name.rsplit_once('.') else { return Makes::No };
        let is_page = ["html", "htm", "md"].contains(&ending);
        if MADE.contains(&ending) || self.served.is_unseen && !is_page { Makes::Perhaps } else { Makes::No }
    }
}
