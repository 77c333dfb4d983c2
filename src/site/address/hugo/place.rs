//! Where a page is.

use jiff::Timestamp;

use super::Known;
use super::dates::Found;
use super::naming::rooted;
use super::permalink::{Filling, pattern, title};
use super::settings::{as_bool, as_text, front, texts};
use super::source::{Kind, Language, Source};
use crate::site::address::path::decoded;
use crate::site::address::{Absence, Page, Place};
use crate::spanned::{Node, Value};

/// Where a page is within its language.
#[derive(Debug, Default)]
struct Located {
    /// From the root of the language, or of the whole site.
    path: String,
    /// Where former versions put it.
    former: Vec<String>,
    /// It wants a date and there is none.
    is_undated: bool,
    /// It stands at the root of the whole site, whatever its language.
    is_absolute: bool,
}

impl Known {
    pub(super) fn place(&self, page: &Page<'_>, now: Timestamp) -> Option<Place> {
        let source = self.roots.iter().find_map(|root| Source::read(page.path, root, &self.languages))?;
        let absent = self.absence(&source, page.front, now);
        let bundle = (source.kind != Kind::Page).then(|| source.own_folder.into());
        let Some(located) = self.located(&source, page.front) else {
            return Some(Place { absent, bundle, ..Place::default() });
        };
        let language = &self.languages[source.language];
        let prefix = if located.is_absolute { "" } else { &*language.prefix };
        let whole = |path: &String| -> Box<str> { decoded(&format!("{}{prefix}{path}", self.base)).into() };
        Some(Place {
            address: Some(whole(&located.path)),
            perhaps: located.former.iter().filter(|former| **former != located.path).map(whole).collect(),
            aliases: self.aliases(&source, page.front, &located.path),
            absent,
            shift: None,
            is_undated: located.is_undated,
            bundle,
            lists: if absent.is_none() { self.lists(&source, &located.path) } else { vec![] },
            is_leaf: false,
        })
    }

    fn located(&self, source: &Source<'_>, page: &Node) -> Option<Located> {
        let slug = self.slug(source, page)?;
        let date = self.dates.date(page, source.name);
        let title = title(front(page, "title"));
        let filling =
            Filling { source, title: title.as_deref(), slug: slug.as_deref(), date: &date, naming: self.naming };
        let is_ugly = self.ugly.is(&self.section(source));
        let url = front(page, "url").map(as_text).unwrap_or_else(|| Some(String::new()))?;
        if !url.is_empty() && source.kind != Kind::Home {
            return self.by_url(&url, &filling);
        }
        let (kind, path) = (if source.is_page() { "page" } else { "section" }, self.content_path(source));
        let rule = if source.kind == Kind::Home { None } else { pattern(&self.rules, kind, &path).ok()? };
        let Some(rule) = rule else {
            return Some(self.by_path(source, slug.as_deref(), is_ugly));
        };
        let filled = filling.fill(rule)?;
        let path = self.naming.sanitised(&rooted(&filled.path));
        Some(Located { is_undated: filled.is_undated, ..ending(&path, source, is_ugly) })
    }

    /// The slug of front matter or of a dated name; `None` at all where it is no text.
    fn slug(&self, source: &Source<'_>, page: &Node) -> Option<Option<String>> {
        let slug = match front(page, "slug") {
            Some(node) => Some(as_text(node)?.trim_matches('-').to_owned()),
            None => self.dates.slug(page, source.name),
        };
        Some(slug.filter(|slug| !slug.is_empty()))
    }

    /// `url`, which is taken as it is.
    fn by_url(&self, url: &str, filling: &Filling<'_>) -> Option<Located> {
        let is_odd = |c: char| c.is_control() || matches!(c, '?' | '#');
        if url.starts_with("http") || url.contains(is_odd) {
            return None;
        }
        let filled = if url.contains(':') { Some(filling.fill(url)?) } else { None };
        let url = filled.as_ref().map_or(url, |filled| &filled.path);
        let path = rooted(url);
        let is_folder = if url.contains("..") { !path.contains('.') } else { url.ends_with('/') || !url.contains('.') };
        let path = match path.strip_suffix("/index.html") {
            Some(folder) => format!("{folder}/"),
            None if is_folder => format!("{path}/"),
            None => path,
        };
        // Versions before 0.131 filled nothing in and sanitised all.
        let former = self.naming.sanitised(&path);
        Some(Located {
            path,
            former: vec![former],
            is_undated: filled.as_ref().is_some_and(|filled| filled.is_undated),
            is_absolute: url.starts_with('/'),
        })
    }

    /// Folders and name.
    fn by_path(&self, source: &Source<'_>, slug: Option<&str>, is_ugly: bool) -> Located {
        if source.kind == Kind::Home {
            return ending("", source, is_ugly);
        }
        let folders = source.folders().join("/");
        let by = |folder: &str, name: &str| rooted(&format!("{folder}/{name}"));
        let (folder, name) = (self.naming.path(&folders), self.naming.path(source.name));
        let former_name = self.naming.former_path(source.name);
        let mut former = by(&self.naming.former_path(&folders), &former_name);
        let path = match slug.map(|slug| self.naming.sanitised(slug)) {
            // It is then the file that its folder is named by.
            Some(slug) if slug == "index" && source.kind == Kind::Page => {
                return Located { path: format!("{}/", by(&folder, "")), ..Located::default() };
            }
            Some(slug) => {
                // Versions before 0.160 gave none to sections.
                if source.is_page() {
                    former = by(&self.naming.former_path(&folders), &slug);
                }
                by(&folder, &slug)
            }
            None => by(&folder, &name),
        };
        let mut located = ending(&path, source, is_ugly);
        if former != path {
            let former = ending(&former, source, is_ugly);
            located.former.push(former.path);
            located.former.extend(former.former);
        }
        located
    }

    /// The section of a page as `uglyURLs` names it.
    fn section(&self, source: &Source<'_>) -> String {
        let own = if source.kind == Kind::Section { source.name } else { "" };
        self.naming.path(source.folders().first().copied().unwrap_or(own))
    }

    /// `.Path`, which rules are matched with.
    fn content_path(&self, source: &Source<'_>) -> String {
        let mut parts = source.folders();
        parts.push(source.name);
        format!("/{}", parts.join("/").to_lowercase().replace(' ', "-"))
    }

    fn absence(&self, source: &Source<'_>, page: &Node, now: Timestamp) -> Option<Absence> {
        let is_set = |key: &str| front(page, key).and_then(as_bool);
        let is_past = |found: &Found| found.is_after(now) == Some(false);
        if is_set("draft") == Some(true) && !self.builds.drafts {
            return Some(Absence::Draft);
        }
        if self.dates.publish(page, source.name).is_after(now) == Some(true) && !self.builds.future {
            return Some(Absence::Future);
        }
        if is_past(&self.dates.expiry(page, source.name)) && !self.builds.expired {
            return Some(Absence::Expired);
        }
        let build = front(page, "build").or_else(|| front(page, "_build"));
        let render = build.and_then(|build| front(build, "render"));
        let is_rendered = render.and_then(as_text).is_none_or(|render| !["never", "link", "false"].contains(&&*render));
        let kind_is_off = if source.is_page() { self.builds.no_pages } else { self.builds.no_sections };
        let is_off = self.languages[source.language].is_disabled || kind_is_off && source.kind != Kind::Home;
        (is_off || !is_rendered || is_set("headless") == Some(true)).then_some(Absence::Unpublished)
    }

    /// Redirects to a page at `path`. Absolute ones have stood below the language since 0.160, and at the root before.
    fn aliases(&self, source: &Source<'_>, page: &Node, path: &str) -> Vec<Box<str>> {
        let Language { name, prefix, .. } = &self.languages[source.language];
        let mut all: Vec<Box<str>> = vec![];
        if source.kind == Kind::Home && prefix.is_empty() && self.languages.len() > 1 {
            all.push(format!("{}/{name}/", self.base).into());
        }
        let Some(aliases) = front(page, "aliases").or_else(|| front(page, "alias")) else { return all };
        let own = path.strip_suffix("/index.html").or_else(|| path.strip_suffix(".html")).unwrap_or(path);
        let is_ugly = self.ugly.is(&self.section(source));
        for alias in texts(aliases).iter().filter(|alias| !alias.is_empty()) {
            let above = own.trim_end_matches('/').rsplit_once('/').map_or("", |(above, _)| above);
            let whole = rooted(&if alias.starts_with('/') { alias.clone() } else { format!("{above}/{alias}") });
            let ending = match whole.ends_with(".html") {
                true => "",
                false if is_ugly => ".html",
                false => "/",
            };
            all.push(format!("{}{prefix}{whole}{ending}", self.base).into());
            if alias.starts_with('/') && !prefix.is_empty() {
                all.push(format!("{}{whole}{ending}", self.base).into());
            }
        }
        all
    }

    /// The lists that there are because of this page: that of its section, and feeds.
    fn lists(&self, source: &Source<'_>, path: &str) -> Vec<Box<str>> {
        let prefix = &self.languages[source.language].prefix;
        let mut lists = vec![];
        if !source.is_page() {
            lists.extend(path.strip_suffix("index.html").or(Some(path)).map(str::to_owned));
        }
        if let Some(first) = source.folders().first().filter(|_| !self.builds.no_sections) {
            let section = Source { kind: Kind::Section, folder: "", name: first, below: "", ..*source };
            let nothing = Node { value: Value::Null, span: crate::source::Span::new(0, 0), layer: 0 };
            if let Some(located) = self.located(&section, &nothing) {
                lists.extend(located.former.into_iter().chain([located.path]));
            }
        }
        let feeds = |list: &String| list.ends_with('/').then(|| format!("{list}index.xml"));
        let feeds: Vec<String> =
            if self.served.has_feeds() { lists.iter().filter_map(feeds).collect() } else { vec![] };
        lists.extend(feeds);
        lists.sort();
        lists.dedup();
        lists.iter().map(|list| format!("{}{prefix}{list}", self.base).into()).collect()
    }
}

/// A path with its ending: a folder, or `.html`. Where that is asked of lists, versions before 0.123 named the list, later
/// ones name a file in its folder.
fn ending(path: &str, source: &Source<'_>, is_ugly: bool) -> Located {
    let (path, former) = match (is_ugly, source.is_page()) {
        (false, _) => (format!("{path}/"), vec![]),
        (true, true) => (format!("{path}.html"), vec![]),
        (true, false) => {
            let former = if path.is_empty() { "/".to_owned() } else { format!("{path}.html") };
            (format!("{path}/index.html"), vec![former, format!("{path}/")])
        }
    };
    Located { path, former, ..Located::default() }
}
