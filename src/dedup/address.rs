//! Where a post is on the finished site, as far as that is certain from its path, its front matter and the site's own
//! configuration. What is not certain is said not to be, with the likeliest address where there is one.

use std::collections::BTreeSet;

use jiff::civil;
use unicode_normalization::char::is_combining_mark;

use crate::fix::Refused;
use crate::fix::write::Folder;
use crate::site::{Dates, Site, date, file_name};
use crate::spanned::{Node, Value, json, toml, yaml};

/// A post whose address is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    /// Its path, relative to the root.
    pub(super) path: &'a str,
    /// Its front matter.
    pub(super) front: &'a Node,
}

/// A site's own configuration, as far as addresses depend on it.
#[derive(Debug)]
pub(super) struct Addresses<'a> {
    site: &'a Site,
    config: Option<Node>,
    /// Whether the configuration is spread over a folder, which is not read.
    is_spread: bool,
}

/// An address, or why it is not certain with the likeliest one.
type Found = Result<String, (String, Option<String>)>;

fn unknown(why: impl Into<String>) -> Found {
    Err((why.into(), None))
}

impl<'a> Addresses<'a> {
    /// Reads the configuration of the site in this folder.
    pub(super) fn read(site: &'a Site, folder: &Folder) -> Self {
        let below = |file: &str| if site.base.is_empty() { file.to_owned() } else { format!("{}/{file}", site.base) };
        let config = site.profile.marks.iter().find_map(|mark| {
            let text = String::from_utf8(folder.read(&below(mark.file)).ok()?).ok()?;
            match mark.file.rsplit('.').next()? {
                "yml" | "yaml" => yaml::parse(&text).ok(),
                "toml" => toml::parse(&text).ok(),
                "json" if mark.file != "package.json" => json::parse(&text).ok(),
                _ => None,
            }
        });
        Self { site, config, is_spread: folder.has(&below("config")).unwrap_or(true) }
    }

    /// The path of a post on the site, without the folder that the whole site may be served under.
    ///
    /// # Errors
    /// When it is not certain.
    pub(super) fn path(&self, asked: Asked<'_>) -> Result<String, Refused> {
        let found = match self.site.profile.name {
            "jekyll" => self.jekyll(asked),
            "hugo" => self.hugo(asked),
            "zola" => self.zola(asked),
            "hexo" => self.hexo(asked),
            "eleventy" => match asked.front.get("permalink").and_then(Node::as_str) {
                Some(written) if !written.contains("{{") && !written.contains("{%") => Ok(rooted(written)),
                _ => unknown("its templates decide"),
            },
            _ => unknown(format!("{} does not tell it from the post", self.site.profile.title)),
        };
        found.map_err(|(why, likely)| {
            let help = match likely {
                Some(likely) => format!("write `address:` into the plan, below the path; it may be {likely}"),
                None => "write `address:` with its address into the plan, below the path".to_owned(),
            };
            Refused::new(format!("its address is not certain: {why}")).help(help)
        })
    }

    /// The whole URL of a path on the site.
    ///
    /// # Errors
    /// When the configuration does not say where the site is.
    pub(super) fn whole(&self, path: &str) -> Result<String, Refused> {
        let key = match self.site.profile.name {
            "hugo" => "baseURL",
            "zola" => "base_url",
            _ => "url",
        };
        let url = self.setting(key).and_then(Node::as_str).filter(|url| url.starts_with("http"));
        let Some(url) = url else {
            let message = format!("the configuration does not say where the site is (`{key}`)");
            let help = "write `address:` with the whole URL of the post that stays into the plan, below its path";
            return Err(Refused::new(message).help(help));
        };
        let base = self.setting("baseurl").and_then(Node::as_str).filter(|_| self.site.profile.name == "jekyll");
        let base = base.unwrap_or_default().trim_matches('/');
        let base = if base.is_empty() { String::new() } else { format!("/{base}") };
        Ok(format!("{}{base}{path}", url.trim_end_matches('/')))
    }

    /// A setting; Hugo does not mind case.
    fn setting(&self, key: &str) -> Option<&Node> {
        let entries = self.config.as_ref()?.entries();
        let is_hugo = self.site.profile.name == "hugo";
        let is_it = |name: &str| name == key || is_hugo && name.eq_ignore_ascii_case(key);
        entries.iter().rev().find(|(name, _)| name.as_str().is_some_and(is_it)).map(|(_, value)| value)
    }

    fn below_base<'p>(&self, path: &'p str) -> &'p str {
        path.strip_prefix(self.site.base).map_or(path, |rest| rest.trim_start_matches('/'))
    }

    fn jekyll(&self, asked: Asked<'_>) -> Found {
        let path = self.below_base(asked.path);
        let own = asked.front.get("permalink").and_then(Node::as_str);
        let Some(config) = &self.config else { return unknown("the configuration cannot be read") };
        let elsewhere = config.entries().iter().any(|(_, value)| holds_key(value, "permalink"));
        if own.is_none() && elsewhere {
            return unknown("the configuration sets `permalink` for some of the posts");
        }
        let style = self.setting("permalink").and_then(Node::as_str).unwrap_or("date");
        let template = match style {
            "none" => "/:categories/:title:output_ext",
            "date" => "/:categories/:year/:month/:day/:title:output_ext",
            "pretty" => "/:categories/:year/:month/:day/:title/",
            other => other,
        };
        if self.site.is_draft(asked.path) {
            return unknown("it is a draft");
        }
        let Some((above, _)) = path.split_once("_posts/") else {
            return jekyll_page(path, own, template);
        };
        let named = file_name::parse(asked.path, self.site.file_name(asked.path));
        let slug = asked.front.get("slug").and_then(Node::as_str).unwrap_or(&asked.path[named.slug_range]);
        let parts = Parts {
            day: self.day(asked.front, named.date),
            title: jekyll_title(slug),
            categories: categories(asked.front, above),
        };
        parts.expand(own.unwrap_or(template))
    }

    /// The day in an address: certain if it has no time, or if the site says in which time zone it is shown.
    fn day(&self, front: &Node, named: Option<civil::Date>) -> Result<civil::Date, (String, Option<civil::Date>)> {
        let Some(node) = front.get("date") else {
            return named.ok_or_else(|| ("it has no date".to_owned(), None));
        };
        let Some(text) = node.as_str() else { return Err(("its date is no date".to_owned(), named)) };
        let Ok(date) = date::parse(text, self.site.profile.dates) else {
            return Err(("its date is no date".to_owned(), named));
        };
        let in_utc = self.setting("timezone").and_then(Node::as_str).is_some_and(|zone| zone.ends_with("UTC"));
        match (date.civil, date.instant) {
            (Some(day), _) if !text.contains(':') => Ok(day),
            (Some(day), None) if self.site.profile.dates == Dates::JavaScript => Ok(day),
            (_, Some(instant)) if in_utc => Ok(jiff::tz::Offset::UTC.to_datetime(instant).date()),
            (day, _) => Err(("its day depends on the time zone of the build".to_owned(), day.or(named))),
        }
    }

    fn hexo(&self, asked: Asked<'_>) -> Found {
        if let Some(own) = asked.front.get("permalink").and_then(Node::as_str) {
            return Ok(rooted(own));
        }
        let is_usual = self.setting("new_post_name").and_then(Node::as_str).is_none_or(|name| name == ":title.md");
        let below = self.below_base(asked.path).strip_prefix("source/_posts/");
        let (Some(below), true, true) = (below, is_usual, self.config.is_some()) else {
            return unknown("its path does not tell");
        };
        let title = below.rsplit_once('.').map_or(below, |(stem, _)| stem);
        let template = self.setting("permalink").and_then(Node::as_str).unwrap_or(":year/:month/:day/:title/");
        let day = match asked.front.get("date") {
            Some(_) => self.day(asked.front, None),
            None => Err(("it has no date".to_owned(), None)),
        };
        let parts = Parts { day, title: Some(title.to_owned()), categories: Err("Hexo maps categories".to_owned()) };
        parts.expand(template)
    }

    fn hugo(&self, asked: Asked<'_>) -> Found {
        if let Some(url) = asked.front.get("url").and_then(Node::as_str) {
            let is_plain = !url.contains(':') && !self.is_spread;
            return if is_plain { Ok(rooted(url)) } else { unknown("its `url` is a template") };
        }
        const DECIDE: [&str; 7] = [
            "permalinks",
            "uglyURLs",
            "languages",
            "defaultContentLanguageInSubdir",
            "disablePathToLower",
            "contentDir",
            "frontmatter",
        ];
        if self.config.is_none() || self.is_spread {
            return unknown("the configuration is spread over several files");
        }
        if let Some(key) = DECIDE.iter().find(|key| self.setting(key).is_some()) {
            return unknown(format!("the configuration sets `{key}`"));
        }
        let mut segments = segments(self.below_base(asked.path), asked.front)?;
        for segment in &mut segments {
            let is_known = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.' | '+' | '~');
            if !segment.chars().all(is_known) || segment.starts_with(['-', ' ']) || segment.ends_with(['-', ' ']) {
                return unknown(format!("Hugo rewrites `{segment}`"));
            }
            let words: Vec<&str> = segment.split(['-', ' ']).filter(|word| !word.is_empty()).collect();
            *segment = words.join("-").to_lowercase();
        }
        Ok(folder_address(&segments))
    }

    fn zola(&self, asked: Asked<'_>) -> Found {
        if let Some(path) = asked.front.get("path").and_then(Node::as_str) {
            return Ok(folder_address(&[path.trim_matches('/').to_owned()]));
        }
        if self.config.is_none() || self.setting("slugify").is_some() {
            return unknown("the configuration sets how names become addresses");
        }
        let mut segments = segments(self.below_base(asked.path), asked.front)?;
        if let Some(last) = segments.last_mut() {
            let named = asked.front.get("slug").and_then(Node::as_str).map(str::to_owned);
            let parsed = file_name::parse(asked.path, self.site.file_name(asked.path));
            let name = named.unwrap_or_else(|| asked.path[parsed.slug_range].to_owned());
            if !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' ')) {
                return unknown(format!("Zola rewrites `{name}`"));
            }
            let words: Vec<&str> = name.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect();
            *last = words.join("-").to_lowercase();
        }
        Ok(folder_address(&segments))
    }
}

/// The folders and the name of a post below `content/`; that of the folder for an `index`.
fn segments(path: &str, front: &Node) -> Result<Vec<String>, (String, Option<String>)> {
    let below = path.strip_prefix("content/").ok_or_else(|| ("it is not below content/".to_owned(), None))?;
    let (stem, _) = below.rsplit_once('.').unwrap_or((below, ""));
    let mut segments: Vec<String> = stem.split('/').map(str::to_owned).collect();
    if segments.last().is_some_and(|last| last == "index" || last == "_index") {
        segments.pop();
    }
    let Some(last) = segments.last_mut() else { return Ok(segments) };
    if last.contains('.') {
        return Err((format!("`{last}` may name a language"), None));
    }
    if let Some(slug) = front.get("slug").and_then(Node::as_str) {
        slug.clone_into(last);
    }
    Ok(segments)
}

fn folder_address(segments: &[String]) -> String {
    if segments.is_empty() { "/".to_owned() } else { format!("/{}/", segments.join("/")) }
}

fn rooted(path: &str) -> String {
    if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

/// Whether a key occurs anywhere in a value. As deep as `spanned::MAX_DEPTH` at most.
fn holds_key(node: &Node, key: &str) -> bool {
    let in_entries = node.entries().iter().any(|(name, value)| name.as_str() == Some(key) || holds_key(value, key));
    in_entries || node.items().iter().any(|item| holds_key(item, key))
}

/// A page that is no post: its own permalink, or its path with an ending that follows from the posts'.
fn jekyll_page(path: &str, own: Option<&str>, template: &str) -> Found {
    if let Some(own) = own {
        return if own.contains(':') { unknown("its `permalink` is a template") } else { Ok(rooted(own)) };
    }
    if path.starts_with('_') {
        return unknown("it belongs to a collection");
    }
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    if let Some(folder) = stem.strip_suffix("index").filter(|folder| folder.is_empty() || folder.ends_with('/')) {
        return Ok(format!("/{folder}"));
    }
    let ending = match template {
        _ if template.ends_with('/') => "/",
        _ if template.ends_with(":output_ext") => ".html",
        _ => "",
    };
    Ok(format!("/{stem}{ending}"))
}

/// Jekyll's `slugify` in the mode `pretty`, case kept.
fn jekyll_title(slug: &str) -> Option<String> {
    let is_kept =
        |c: char| c.is_alphabetic() || is_combining_mark(c) || c.is_ascii_digit() || "._~!$&'()+,;=@".contains(c);
    // Of these, some are digits or letters to Ruby and some are not.
    if slug.chars().any(|c| !c.is_ascii() && c.is_numeric() || matches!(c, '\u{24b6}'..='\u{24e9}')) {
        return None;
    }
    let words: Vec<&str> = slug.split(|c| !is_kept(c)).filter(|word| !word.is_empty()).collect();
    Some(words.join("-"))
}

/// What Jekyll puts in for `:categories`: the folders above `_posts`, then both keys, each once.
fn categories(front: &Node, above: &str) -> Result<String, String> {
    let mut all: Vec<String> = above.split('/').filter(|folder| !folder.is_empty()).map(str::to_lowercase).collect();
    for (key, splits) in [("categories", true), ("category", false)] {
        match front.get(key).map(|node| (&node.value, node)) {
            None | Some((Value::Null, _)) => {}
            Some((Value::String(text), _)) if splits => all.extend(text.text.split_whitespace().map(str::to_lowercase)),
            Some((Value::String(text), _)) => all.push(text.text.to_lowercase()),
            Some((Value::Sequence(items), _)) => {
                let texts: Option<Vec<String>> =
                    items.iter().map(|item| item.as_str().map(str::to_lowercase)).collect();
                all.extend(texts.ok_or_else(|| format!("`{key}` holds more than texts"))?);
            }
            Some(_) => return Err(format!("`{key}` is no list")),
        }
    }
    let mut seen = BTreeSet::new();
    all.retain(|category| seen.insert(category.clone()));
    Ok(all.join("/"))
}

/// What the placeholders of a permalink stand for.
struct Parts {
    day: Result<civil::Date, (String, Option<civil::Date>)>,
    title: Option<String>,
    categories: Result<String, String>,
}

impl Parts {
    /// The template filled in.
    fn expand(&self, template: &str) -> Found {
        let mut out = String::from("/");
        let (mut rest, mut doubt) = (template, None);
        while let Some(colon) = rest.find(':') {
            out.push_str(&rest[..colon]);
            let name = &rest[colon + 1..];
            let length = name.find(|c: char| !c.is_ascii_alphabetic() && c != '_').unwrap_or(name.len());
            out.push_str(&self.part(&name[..length], &mut doubt)?);
            rest = &name[length..];
        }
        out.push_str(rest);
        while out.contains("//") {
            out = out.replace("//", "/");
        }
        if out.contains("./") {
            return unknown("it holds dots");
        }
        match doubt {
            Some(why) => Err((why, Some(out))),
            None => Ok(out),
        }
    }

    fn part(&self, name: &str, doubt: &mut Option<String>) -> Found {
        let mut day = || match &self.day {
            Ok(day) => Ok(*day),
            Err((why, Some(likely))) => {
                doubt.get_or_insert_with(|| why.clone());
                Ok(*likely)
            }
            Err((why, None)) => Err((why.clone(), None)),
        };
        match name {
            "year" => Ok(format!("{:04}", day()?.year())),
            "month" => Ok(format!("{:02}", day()?.month())),
            "day" => Ok(format!("{:02}", day()?.day())),
            "i_month" => Ok(day()?.month().to_string()),
            "i_day" => Ok(day()?.day().to_string()),
            "short_year" => Ok(format!("{:02}", day()?.year() % 100)),
            "title" => self.title.clone().ok_or_else(|| ("its name holds unusual characters".to_owned(), None)),
            "categories" => self.categories.clone().map_err(|why| (why, None)),
            "output_ext" => Ok(".html".to_owned()),
            _ => unknown(format!("what `:{name}` stands for is not known here")),
        }
    }
}

#[cfg(test)]
mod tests;
