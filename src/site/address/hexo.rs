//! Hexo, as read in `plugins/{processor/post,filter/post_permalink}.ts` and `default_config.ts` and run at 8.1.

use jiff::{Timestamp, civil};

use super::config::{below, origin_and_base, tree};
use super::day::{Day, Zone};
use super::permalink::{expand, part_of_day, squeezed, wants_day};
use super::{Absence, Addressing, Habits, Home, Makes, Page, Place, Relative, Sources, Terms};
use crate::site::anchor::Engine;
use crate::site::detect::Files;
use crate::site::{Dates, FileName, file_name};
use crate::spanned::{Node, Value, json};

/// A Hexo site.
#[derive(Debug)]
pub(super) struct Hexo {
    base: String,
    home: Home,
    config: Option<Node>,
    /// What `package.json` depends on.
    packages: Vec<String>,
    source: String,
    zone: Zone,
}

impl Hexo {
    /// The site whose configuration is in the folder `base`.
    pub(super) fn read(files: &Files<'_>, base: &str) -> Self {
        let config = tree(files, base, &["_config.yml", "_config.yaml", "_config.json"]);
        let text = |key: &str| config.as_ref()?.get(key)?.as_str();
        let (hosts, origin, of_url) = origin_and_base(text("url").unwrap_or_default());
        let root = text("root").map(|root| root.trim_matches('/').to_owned());
        let folder = match root {
            Some(root) if root.is_empty() => "".into(),
            Some(root) => format!("/{root}").into(),
            None => of_url,
        };
        let packages = (files.read)(&below(base, "package.json")).and_then(|text| json::parse(&text).ok());
        let names = |key: &str| packages.as_ref().and_then(|packages| packages.get(key)).map_or(&[][..], Node::entries);
        let packages = names("dependencies").iter().chain(names("devDependencies"));
        Self {
            base: base.to_owned(),
            home: Home { hosts, origin, base: folder },
            packages: packages.filter_map(|(name, _)| name.as_str().map(str::to_owned)).collect(),
            source: text("source_dir").unwrap_or("source").trim_matches('/').to_owned(),
            zone: Zone::named(text("timezone").filter(|zone| !zone.is_empty())),
            config,
        }
    }

    fn setting(&self, key: &str) -> Option<&Node> {
        self.config.as_ref()?.get(key)
    }

    fn is_on(&self, key: &str) -> bool {
        self.setting(key).is_some_and(|node| node.value == Value::Bool(true))
    }

    fn has_package(&self, name: &str) -> bool {
        self.packages.iter().any(|package| package == name)
    }

    fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(&below(&self.base, &self.source))?.strip_prefix('/')
    }

    /// A path of the site with the base path before it, as `pretty_urls` has it.
    fn at(&self, path: &str) -> Box<str> {
        let whole = squeezed(&format!("{}/{path}", self.home.base));
        let pretty = |key: &str| self.setting("pretty_urls").and_then(|pretty| pretty.get(key)).map(|node| &node.value);
        let whole = match whole.strip_suffix("index.html") {
            Some(folder) if folder.ends_with('/') => folder,
            _ => &whole,
        };
        match whole.strip_suffix(".html") {
            Some(stem) if pretty("trailing_html") == Some(&Value::Bool(false)) => stem.into(),
            _ => whole.into(),
        }
    }

    fn post(&self, page: &Page<'_>, inside: &str, is_draft: bool, now: Timestamp) -> Place {
        let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
        let pattern = self.setting("new_post_name").and_then(Node::as_str).unwrap_or(":title.md");
        let named = if pattern.starts_with(":year") { file_name::parse(stem, FileName::DatePrefix).date } else { None };
        let written = page.front.get("date").and_then(|node| Day::read(node, Dates::JavaScript, &self.zone, false));
        let day = written.or_else(|| named.map(Day::of));
        let has_bundle = self.is_on("post_asset_folder");
        let template = self.setting("permalink").and_then(Node::as_str).unwrap_or(":year/:month/:day/:title/");
        let title = match named {
            Some(_) => undated(stem),
            None => stem.to_owned(),
        };
        let own = page.front.get("permalink").and_then(Node::as_str).map(|own| {
            let end = if has_bundle && !own.ends_with(".html") && !own.ends_with('/') { "/" } else { "" };
            format!("{own}{end}")
        });
        let address = |day: Option<civil::Date>| {
            let fill = |name: &str| match name {
                "title" => Some(title.clone()),
                "name" => Some(title.rsplit('/').next().unwrap_or(&title).to_owned()),
                "category" if self.setting("category_map").is_none_or(|map| map.entries().is_empty()) => {
                    category(page.front)
                }
                name => day.and_then(|day| part_of_day(name, day)).or_else(|| of_front(page.front, name)),
            };
            expand(template, &fill).map(|address| self.at(&address))
        };
        let (address, perhaps) = match (&own, &day) {
            (Some(own), _) => (Some(self.at(own)), vec![]),
            (None, Some(day)) if wants_day(template) => {
                (address(Some(day.shown)), day.perhaps.iter().filter_map(|day| address(Some(*day))).collect())
            }
            // Without a date it is the day on which the file was made.
            (None, _) => (address(None), vec![]),
        };
        let is_off = page.front.get("published").is_some_and(|node| node.value == Value::Bool(false));
        let is_future = self.setting("future").is_some_and(|node| node.value == Value::Bool(false))
            && day.as_ref().is_some_and(|day| day.is_after(now));
        Place {
            shift: day.as_ref().and_then(Day::shift).filter(|_| own.is_none() && wants_day(template)),
            is_undated: own.is_none() && day.is_none() && wants_day(template),
            address,
            perhaps,
            aliases: self.aliases(page.front),
            absent: if is_draft && !self.is_on("render_drafts") {
                Some(Absence::Draft)
            } else if is_off {
                Some(Absence::Unpublished)
            } else {
                is_future.then_some(Absence::Future)
            },
            is_leaf: false,
            bundle: has_bundle.then(|| page.path.rsplit_once('.').map_or(page.path, |(stem, _)| stem).into()),
        }
    }

    fn aliases(&self, front: &Node) -> Vec<Box<str>> {
        let nodes = ["alias", "aliases"].into_iter().filter_map(|key| front.get(key));
        let texts =
            nodes.flat_map(|node| if node.as_str().is_some() { std::slice::from_ref(node) } else { node.items() });
        let is_there = self.has_package("hexo-generator-alias");
        texts.filter_map(Node::as_str).filter(|_| is_there).map(|text| self.at(text)).collect()
    }

    fn dir<'a>(&'a self, key: &str, default: &'a str) -> &'a str {
        self.setting(key).and_then(Node::as_str).unwrap_or(default)
    }
}

/// The last of the first path of categories.
fn category(front: &Node) -> Option<String> {
    let node = front.get("categories").or_else(|| front.get("category"));
    let Some(node) = node else { return Some("uncategorized".to_owned()) };
    match node.as_str() {
        Some(one) => Some(one.to_owned()),
        // Hexo cleans names that hold more than words.
        None => node.items().last()?.as_str().map(str::to_owned),
    }
}

/// A text of the front matter, for a template that names its key.
fn of_front(front: &Node, key: &str) -> Option<String> {
    match &front.get(key)?.value {
        Value::String(text) if !matches!(key, "tags" | "categories" | "date") => Some(text.text.clone()),
        Value::Int(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The path without a day before its last segment.
fn undated(stem: &str) -> String {
    let (folder, name) = stem.rsplit_once('/').map_or(("", stem), |(folder, name)| (folder, name));
    let parsed = file_name::parse(name, FileName::DatePrefix);
    let name = name.get(parsed.slug_range.start..).unwrap_or(name);
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

impl Addressing for Hexo {
    fn home(&self) -> &Home {
        &self.home
    }

    fn habits(&self) -> Habits {
        let renderers = [
            "hexo-renderer-markdown-it",
            "hexo-renderer-markdown-it-plus",
            "hexo-renderer-kramed",
            "hexo-renderer-pandoc",
        ];
        let is_other = renderers.iter().any(|name| self.has_package(name)) || self.packages.is_empty();
        let modify = self.setting("marked").and_then(|marked| marked.get("modifyAnchors")).map(|node| &node.value);
        let has_ids = self.setting("marked").and_then(|marked| marked.get("headerIds")?.value.clone().into());
        let anchors = match modify {
            _ if is_other => Engine::Unknown,
            _ if has_ids == Some(Value::Bool(false)) => Engine::Written,
            Some(Value::Int(1)) => Engine::HexoLower,
            Some(Value::Int(2)) => Engine::HexoUpper,
            _ => Engine::Hexo,
        };
        let prepends = self.setting("marked").and_then(|marked| marked.get("prependRoot"));
        Habits {
            relative: Relative::Page,
            sources: Sources::Kept,
            // The renderer does so by default.
            adds_base: !is_other && prepends.is_none_or(|node| node.value != Value::Bool(false)),
            content_links: false,
            anchors,
        }
    }

    fn place(&self, page: &Page<'_>, now: Timestamp) -> Place {
        let (Some(inside), Some(_)) = (self.inside(page.path), &self.config) else { return Place::default() };
        if let Some(post) = inside.strip_prefix("_posts/") {
            return self.post(page, post, false, now);
        }
        if let Some(draft) = inside.strip_prefix("_drafts/") {
            return self.post(page, draft, true, now);
        }
        let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
        let own = page.front.get("permalink").and_then(Node::as_str);
        let path = own.map_or_else(|| format!("{stem}.html"), str::to_owned);
        Place { address: Some(self.at(&path)), aliases: self.aliases(page.front), ..Place::default() }
    }

    fn files(&self, path: &str) -> Vec<String> {
        let path = path.trim_start_matches('/');
        let mut all = vec![below(&self.base, &format!("{}/{path}", self.source))];
        if let Some(theme) = self.setting("theme").and_then(Node::as_str) {
            all.push(below(&self.base, &format!("themes/{theme}/source/{path}")));
        }
        all
    }

    fn sources(&self, path: &str) -> Vec<String> {
        vec![
            below(&self.base, &format!("{}/_posts/{path}", self.source)),
            below(&self.base, &format!("{}/{path}", self.source)),
        ]
    }

    fn makes(&self, path: &str, _terms: &Terms<'_>) -> Makes {
        let first = path.split('/').find(|segment| !segment.is_empty()).unwrap_or_default();
        let lists =
            [self.dir("tag_dir", "tags"), self.dir("category_dir", "categories"), self.dir("archive_dir", "archives")];
        let feeds =
            ["atom.xml", "rss2.xml", "sitemap.xml", "search.xml", "search.json", "baidusitemap.xml", "content.json"];
        match first {
            "" => Makes::Yes,
            first if lists.iter().any(|dir| dir.trim_matches('/') == first) => Makes::Perhaps,
            first if feeds.contains(&first) || first == "page" => Makes::Perhaps,
            // Files of a theme that is a package.
            "css" | "js" | "lib" | "images" | "img" | "fonts" | "assets" => Makes::Perhaps,
            _ => Makes::No,
        }
    }
}
