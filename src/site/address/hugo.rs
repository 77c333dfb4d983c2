//! Hugo, as read in `page_paths.go`, `permalinks.go`, `common/paths/path.go` and run at 0.111.

use jiff::{Timestamp, civil};

use super::config::below;
use super::path::squeezed;
use super::{Absence, Addressing, Habits, Home, Makes, Page, Place, Relative, Sources, Terms, path};
use crate::site::anchor::Engine;
use crate::site::detect::Files;
use crate::site::{Dates, FileName, file_name};
use crate::spanned::{Node, Value};

mod day;
mod permalink;
mod settings;

use day::{Day, Zone};
use permalink::{expand, part_of_day, wants_day};
use settings::{Settings, get};

/// The day that an undated page has.
const NO_DAY: civil::Date = civil::date(1, 1, 1);

/// A Hugo site.
#[derive(Debug)]
pub(super) struct Hugo {
    settings: Settings,
    home: Home,
}

/// A source, cut into what its address is made of.
struct Parts<'a> {
    /// The language that its name or folder says, if it is not the one without a prefix.
    prefix: &'a str,
    /// Folders below the content folder.
    folders: Vec<&'a str>,
    /// The name without ending, language and, for bundles, that of the folder; `None` for a section.
    name: Option<&'a str>,
    /// The folder of a bundle, relative to the site root.
    bundle: Option<&'a str>,
}

impl Hugo {
    /// The site whose configuration is in the folder `base`.
    pub(super) fn read(files: &Files<'_>, base: &str) -> Self {
        let settings = Settings::read(files, base);
        let home = Home::at(settings.text("baseURL").as_deref().unwrap_or_default());
        Self { settings, home }
    }

    fn parts<'a>(&'a self, page: &'a str) -> Option<Parts<'a>> {
        let (language, inside) = self.settings.content(page)?;
        let (folder, file) = inside.rsplit_once('/').unwrap_or(("", inside));
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let (stem, named) = match stem.rsplit_once('.') {
            Some((stem, code)) if self.settings.has_language(code) => (stem, Some(code)),
            _ => (stem, None),
        };
        let mut folders: Vec<&str> = folder.split('/').filter(|folder| !folder.is_empty()).collect();
        let own = page.rsplit_once('/').map(|(folder, _)| folder);
        let (name, bundle) = match stem {
            "_index" => (None, own),
            "index" => (folders.pop(), own),
            stem => (Some(stem), None),
        };
        Some(Parts { prefix: self.settings.prefix(named.or(language)), folders, name, bundle })
    }

    fn page(&self, page: &Page<'_>, parts: &Parts<'_>) -> Option<(String, bool)> {
        if let Some(url) = get(page.front, "url").and_then(Node::as_str) {
            // From 0.131 on it may be a template.
            return (!url.contains(':')).then(|| (self.own(parts, url), false));
        }
        let slug = get(page.front, "slug").and_then(Node::as_str).filter(|slug| !slug.is_empty());
        let section = parts.folders.first().copied().unwrap_or(parts.name.unwrap_or_default());
        let template = self.settings.permalink(section, parts.name.is_none());
        if let Some(template) = template {
            let day = self.day(page);
            let template = self.sliced(&template, parts);
            let address = expand(&template, &|name| self.token(name, page, parts, day.as_ref()))?;
            let is_undated = day.is_none() && wants_day(&template);
            return Some((self.in_language(parts, &address, true), is_undated));
        }
        let mut segments: Vec<String> = parts.folders.iter().map(|folder| self.segment(folder)).collect();
        segments.extend(parts.name.map(|name| self.segment(slug.unwrap_or(name))));
        Some((self.in_language(parts, &segments.join("/"), false), false))
    }

    /// The address that the front matter names: below that of the language, unless it begins with a slash.
    fn own(&self, parts: &Parts<'_>, url: &str) -> String {
        let prefix = if url.starts_with('/') { "" } else { parts.prefix };
        let last = url.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let end = if last.contains('.') { "" } else { "/" };
        squeezed(&format!("{}/{prefix}/{url}{end}", self.home.base))
    }

    /// The template with parts of the folders filled in: `:sections[1:]`, `:sections[last]`.
    fn sliced(&self, template: &str, parts: &Parts<'_>) -> String {
        let mut out = String::new();
        let mut rest = template;
        while let Some(at) = rest.find(":sections[") {
            let (before, behind) = (&rest[..at], &rest[at + ":sections[".len()..]);
            let Some((slice, after)) = behind.split_once(']') else { break };
            let all: Vec<String> = parts.folders.iter().map(|folder| self.segment(folder)).collect();
            let index = |text: &str, default: usize| match text {
                "" => default,
                "last" => all.len().saturating_sub(1),
                number => number.parse().unwrap_or(default),
            };
            let range = match slice.split_once(':') {
                Some((from, to)) => index(from, 0)..index(to, all.len()),
                None => index(slice, 0)..index(slice, 0) + 1,
            };
            out.push_str(before);
            out.push_str(&all.get(range.start..range.end.min(all.len())).unwrap_or_default().join("/"));
            rest = after;
        }
        out + rest
    }

    /// What a token of a permalink stands for.
    fn token(&self, name: &str, page: &Page<'_>, parts: &Parts<'_>, day: Option<&Day>) -> Option<String> {
        let text = |key: &str| get(page.front, key).and_then(Node::as_str).filter(|text| !text.is_empty());
        let (slug, title) = (text("slug"), text("title"));
        let file = parts.name.unwrap_or_default();
        let file = if self.settings.dates_from_names { undated(file) } else { file };
        let folders = || parts.folders.iter().map(|folder| self.segment(folder)).collect::<Vec<_>>();
        Some(match name {
            "title" => self.segment(title?),
            "slug" => self.segment(slug.or(title).unwrap_or(file)),
            "slugorfilename" | "slugorcontentbasename" => self.segment(slug.unwrap_or(file)),
            "filename" | "contentbasename" => self.segment(file),
            "section" => folders().first().cloned().unwrap_or_default(),
            "sections" => folders().join("/"),
            "weekday" => (day.map_or(NO_DAY, |day| day.written).weekday().to_sunday_zero_offset()).to_string(),
            "yearday" => day.map_or(NO_DAY, |day| day.written).day_of_year().to_string(),
            "year" => day.map_or(NO_DAY, |day| day.written).year().to_string(),
            name => part_of_day(name, day.map_or(NO_DAY, |day| day.written))?,
        })
    }

    fn day(&self, page: &Page<'_>) -> Option<Day> {
        let zone = Zone::named(Some("UTC"));
        let read = |key: &str| Day::read(get(page.front, key)?, Dates::Go, &zone, true);
        let named = || file_name::parse(page.path, FileName::DatePrefix).date.map(Day::of);
        let first = if self.settings.dates_from_names { named() } else { None };
        first.or_else(|| {
            ["date", "publishDate", "pubDate", "published", "lastmod", "modified"].into_iter().find_map(read)
        })
    }

    /// A segment as it stands in an address.
    fn segment(&self, text: &str) -> String {
        let clean = sanitised(text);
        if self.settings.keeps_case { clean } else { clean.to_lowercase() }
    }

    /// The address with base path, language and what stands at its end.
    fn in_language(&self, parts: &Parts<'_>, path: &str, is_whole: bool) -> String {
        let prefix = if is_whole && path.starts_with(&format!("/{}/", parts.prefix)) { "" } else { parts.prefix };
        let path = path.trim_matches('/');
        let last = path.rsplit('/').next().unwrap_or_default();
        let has_ending = is_whole && last.contains('.') && !path.is_empty();
        let is_ugly = self.settings.is_ugly(parts.folders.first().copied().unwrap_or_default());
        let end = match path {
            "" => "/",
            _ if has_ending => "",
            _ if is_ugly => ".html",
            _ => "/",
        };
        squeezed(&format!("{}/{prefix}/{path}{end}", self.home.base))
    }

    fn absence(&self, page: &Page<'_>, now: Timestamp) -> Option<Absence> {
        let is_set = |key: &str| get(page.front, key).is_some_and(|node| node.value == Value::Bool(true));
        let zone = Zone::named(Some("UTC"));
        let day = |key: &str| Day::read(get(page.front, key)?, Dates::Go, &zone, true);
        let render = ["build", "_build"].iter().find_map(|key| get(get(page.front, key)?, "render"));
        let is_off = render.is_some_and(|render| {
            render.value == Value::Bool(false) || matches!(render.as_str(), Some("never" | "link"))
        });
        if is_set("draft") && !self.settings.is_on("buildDrafts") {
            Some(Absence::Draft)
        } else if is_off || is_set("headless") {
            Some(Absence::Unpublished)
        } else if day("publishDate").or_else(|| day("date")).is_some_and(|day| day.is_after(now))
            && !self.settings.is_on("buildFuture")
        {
            Some(Absence::Future)
        } else {
            let has_expired = day("expiryDate").is_some_and(|day| day.moment < now);
            (has_expired && !self.settings.is_on("buildExpired")).then_some(Absence::Expired)
        }
    }

    fn aliases(&self, page: &Page<'_>, address: &str, prefix: &str) -> Vec<Box<str>> {
        let Some(node) = get(page.front, "aliases") else { return vec![] };
        let texts = if node.as_str().is_some() { std::slice::from_ref(node) } else { node.items() };
        let whole = |path: String| -> Box<str> {
            let is_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
            let end = if is_file || path.ends_with('/') { "" } else { "/" };
            format!("{path}{end}").into()
        };
        let alias = |text: &str| match text.starts_with('/') {
            // Older versions leave the language out of it, newer ones put it in.
            true => vec![
                whole(format!("{}{text}", self.home.base)),
                whole(squeezed(&format!("{}/{prefix}{text}", self.home.base))),
            ],
            // Beside the page, not below it.
            false => vec![whole(path::followed(address.trim_end_matches('/'), text))],
        };
        texts.iter().filter_map(Node::as_str).flat_map(alias).collect()
    }
}

impl Addressing for Hugo {
    fn home(&self) -> &Home {
        &self.home
    }

    fn habits(&self) -> Habits {
        Habits {
            relative: Relative::Page,
            sources: if self.settings.may_have_link_hook { Sources::Perhaps } else { Sources::Kept },
            adds_base: self.settings.is_on("canonifyURLs"),
            content_links: false,
            anchors: self.settings.anchors,
        }
    }

    fn place(&self, page: &Page<'_>, now: Timestamp) -> Place {
        let (true, Some(parts)) = (self.settings.is_known, self.parts(page.path)) else { return Place::default() };
        let found = self.page(page, &parts);
        // Which folders are sections, only the whole site knows: without `_index.md` they are part of the one above.
        let above = Parts { folders: parts.folders.iter().copied().take(1).collect(), ..parts };
        let perhaps = if parts.folders.len() > 1 { self.page(page, &above) } else { None };
        let uses_sections = self.settings.permalink(parts.folders.first().copied().unwrap_or_default(), false);
        let perhaps = perhaps.filter(|_| uses_sections.is_some_and(|template| template.contains(":sections")));
        let (address, is_undated) = found.map_or((None, false), |(address, is_undated)| (Some(address), is_undated));
        Place {
            aliases: address.as_deref().map(|address| self.aliases(page, address, parts.prefix)).unwrap_or_default(),
            address: address.map(Into::into),
            absent: self.absence(page, now),
            is_undated,
            perhaps: perhaps.map(|(address, _)| address.into()).into_iter().collect(),
            bundle: parts.bundle.map(Into::into),
            is_leaf: parts.bundle.is_some() && parts.name.is_some(),
            ..Place::default()
        }
    }

    fn files(&self, path: &str) -> Vec<String> {
        self.settings.files(path)
    }

    fn sources(&self, path: &str) -> Vec<String> {
        self.settings.content_folders().map(|folder| format!("{folder}/{path}")).collect()
    }

    fn makes(&self, path: &str, terms: &Terms<'_>) -> Makes {
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        let made = |name: &str| matches!(name, "index.xml" | "sitemap.xml" | "robots.txt" | "404.html" | "index.json");
        match segments[..] {
            [] => Makes::Yes,
            [name] if made(name) => Makes::Yes,
            [.., "index.xml" | "index.json"] | [.., "page", _] => Makes::Perhaps,
            [first, ..] if self.settings.has_language(first) => Makes::Perhaps,
            [taxonomy, term] if self.settings.is_taxonomy(taxonomy) => {
                let is_used = terms.0.iter().any(|(_, used)| self.segment(used) == term.to_lowercase());
                if is_used { Makes::Yes } else { Makes::Perhaps }
            }
            [taxonomy] if self.settings.is_taxonomy(taxonomy) => Makes::Yes,
            [taxonomy, ..] if self.settings.is_taxonomy(taxonomy) => Makes::Perhaps,
            _ if path.ends_with(".css") || path.ends_with(".js") => Makes::Perhaps,
            _ => Makes::No,
        }
    }
}

/// `paths.Sanitize`: letters, digits, marks and a few signs stay; blanks become one hyphen; the rest is dropped.
pub(super) fn sanitised(text: &str) -> String {
    let (mut out, mut is_blank, mut after_hyphen) = (String::with_capacity(text.len()), false, false);
    for (at, c) in text.char_indices() {
        let is_escape = c == '%' && text[at + 1..].chars().take(2).filter(char::is_ascii_hexdigit).count() == 2;
        let is_kept = c.is_alphanumeric()
            || "./\\_#+-~@".contains(c)
            || unicode_normalization::char::is_combining_mark(c)
            || is_escape;
        if is_kept {
            if is_blank && c != '-' {
                out.push('-');
            }
            is_blank = false;
            after_hyphen = c == '-';
            out.push(c);
        } else if !out.is_empty() && !after_hyphen && c.is_whitespace() {
            is_blank = true;
        }
    }
    out
}

/// A name without a day in front.
fn undated(name: &str) -> &str {
    let parsed = file_name::parse(name, FileName::DatePrefix);
    if parsed.date.is_some() { name.get(parsed.slug_range.start..).unwrap_or(name) } else { name }
}
