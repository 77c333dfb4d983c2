//! What the configuration of a Jekyll site says about addresses.

use std::collections::BTreeMap;

use super::super::Terms;
use super::{Engine, Files, Home, Makes, Node, Value, Zone, tree};

/// Files that hold the configuration; the first that is there is read.
const FILES: [&str; 3] = ["_config.yml", "_config.yaml", "_config.toml"];

/// What the configuration says.
#[derive(Debug)]
pub(super) struct Settings {
    /// The folder that Jekyll reads, relative to the site root.
    pub(super) base: Box<str>,
    /// The template of posts.
    pub(super) posts: String,
    /// What stands behind the path of pages and documents.
    pub(super) ending: &'static str,
    /// The folder that collections are in; mostly empty.
    pub(super) collections_folder: String,
    /// Collections by their names; posts and drafts are not among them.
    pub(super) collections: BTreeMap<String, Collection>,
    /// In which time zone dates are shown.
    pub(super) zone: Zone,
    /// Whether posts of the future are written.
    pub(super) publishes_future: bool,
    /// How headings get their anchors.
    pub(super) anchors: Engine,
    defaults: Vec<Default>,
    plugins: Vec<String>,
    /// Whether the site has plug-ins of its own, or a theme of others, which may make any page.
    has_own_plugins: bool,
    has_theme: bool,
    config: Option<Node>,
}

/// A collection.
#[derive(Debug)]
pub(super) struct Collection {
    /// Whether its documents become pages.
    pub(super) is_written: bool,
    /// Its own template.
    pub(super) permalink: Option<String>,
}

/// Values of front matter for some sources.
#[derive(Debug)]
struct Default {
    path: String,
    kind: Option<String>,
    values: Node,
}

impl Settings {
    pub(super) fn read(files: &Files<'_>, base: &str) -> Self {
        let config = tree(files, base, &FILES);
        let text = |key: &str| config.as_ref()?.get(key)?.as_str().map(str::to_owned);
        let style = text("permalink").unwrap_or_else(|| "date".to_owned());
        let posts = match style.as_str() {
            "none" => "/:categories/:title:output_ext",
            "date" => "/:categories/:year/:month/:day/:title:output_ext",
            "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
            "pretty" => "/:categories/:year/:month/:day/:title/",
            "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
            other => other,
        };
        let ending = match style.as_str() {
            "pretty" => "/",
            "date" | "ordinal" | "none" | "weekdate" => ":output_ext",
            other if other.ends_with('/') => "/",
            other if other.ends_with(":output_ext") => ":output_ext",
            _ => "",
        };
        let of_posts =
            config.as_ref().and_then(|config| config.get("collections")?.get("posts")?.get("permalink")?.as_str());
        let folder = |name: &str| (files.is_folder)(&super::below(base, name));
        Self {
            base: base.into(),
            posts: of_posts.unwrap_or(posts).to_owned(),
            ending,
            collections_folder: text("collections_dir")
                .map_or(String::new(), |folder| folder.trim_matches('/').to_owned()),
            collections: config.as_ref().map(collections).unwrap_or_default(),
            zone: Zone::named(text("timezone").as_deref()),
            publishes_future: config.as_ref().and_then(|config| config.get("future")).is_some_and(is_true),
            anchors: config.as_ref().map_or(Engine::KramdownGfm, anchors),
            defaults: config.as_ref().map(defaults).unwrap_or_default(),
            plugins: config.as_ref().map(plugins).unwrap_or_default(),
            has_own_plugins: folder("_plugins"),
            has_theme: config
                .as_ref()
                .is_some_and(|config| config.get("theme").or(config.get("remote_theme")).is_some()),
            config,
        }
    }

    /// Where the site is.
    pub(super) fn home(&self, files: &Files<'_>, base: &str) -> Home {
        let text = |key: &str| self.config.as_ref()?.get(key)?.as_str();
        let url = text("url").unwrap_or_default().trim_end_matches('/');
        let host =
            |url: &str| url.split_once("//").map(|(_, rest)| rest.split('/').next().unwrap_or(rest).to_lowercase());
        let named = (files.read)(&super::below(base, "CNAME"));
        let named = named.and_then(|text| Some(text.split_whitespace().next()?.to_lowercase()));
        let mut hosts: Vec<Box<str>> = host(url).into_iter().chain(named).map(Into::into).collect();
        hosts.dedup();
        let folder = text("baseurl").unwrap_or_default().trim_matches('/').to_owned();
        Home {
            hosts,
            origin: (url.starts_with("http")).then(|| url.into()),
            base: if folder.is_empty() { "".into() } else { format!("/{folder}").into() },
        }
    }

    /// Whether Jekyll does not read a path: a folder of its own, or one that the configuration excludes.
    pub(super) fn leaves_out(&self, path: &str) -> bool {
        let named = |key: &str| {
            let items = self.config.as_ref().and_then(|config| config.get(key)).map_or(&[][..], Node::items);
            items.iter().filter_map(Node::as_str).any(|name| {
                let name = name.trim_matches('/');
                path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                    || is_like(path, name) && name.contains('*')
            })
        };
        let is_hidden = path.split('/').any(|segment| segment.starts_with(['_', '.', '#', '~']));
        !named("include") && (is_hidden || named("exclude"))
    }

    /// Whether a plug-in is turned on.
    pub(super) fn has_plugin(&self, name: &str) -> bool {
        self.plugins.iter().any(|plugin| plugin == name)
    }

    /// What the configuration sets in the front matter of a source.
    pub(super) fn default(&self, path: &str, kind: &str, key: &str) -> Option<&Node> {
        let holds = |default: &&Default| {
            let prefix = default.path.trim_matches('/');
            let is_below = prefix.is_empty()
                || path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                || prefix.contains('*') && is_like(path, prefix);
            is_below && default.kind.as_deref().is_none_or(|wanted| wanted == kind)
        };
        // The longest path wins, then what names a kind, then the later one.
        let all = self.defaults.iter().enumerate().filter(|(_, default)| holds(default));
        let all = all.filter_map(|(at, default)| {
            Some(((default.path.len(), default.kind.is_some(), at), default.values.get(key)?))
        });
        all.max_by_key(|(rank, _)| *rank).map(|(_, value)| value)
    }

    /// Whether something makes a page at a path that has no source.
    pub(super) fn makes(&self, path: &str, _terms: &Terms<'_>) -> Makes {
        let by_plugin = match path {
            "/feed.xml" => self.has_plugin("jekyll-feed"),
            "/sitemap.xml" => self.has_plugin("jekyll-sitemap"),
            "/redirects.json" => self.has_plugin("jekyll-redirect-from"),
            _ => false,
        };
        if by_plugin {
            return Makes::Yes;
        }
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        let is_list = segments.iter().any(|segment| {
            let is_page = segment.strip_prefix("page").is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()));
            is_page || matches!(*segment, "tag" | "tags" | "category" | "categories" | "archive" | "archives")
        });
        let makes_lists =
            ["jekyll-paginate", "jekyll-paginate-v2", "jekyll-archives", "jekyll-tagging", "jekyll-category-pages"];
        let by_list = is_list && makes_lists.iter().any(|plugin| self.has_plugin(plugin));
        let by_theme = self.has_theme && segments.first() == Some(&"assets");
        if self.has_own_plugins || by_list || by_theme { Makes::Perhaps } else { Makes::No }
    }
}

fn is_true(node: &Node) -> bool {
    node.value == Value::Bool(true)
}

fn collections(config: &Node) -> BTreeMap<String, Collection> {
    let Some(node) = config.get("collections") else { return BTreeMap::new() };
    let named = |name: &str, settings: Option<&Node>| {
        let collection = Collection {
            is_written: settings.and_then(|settings| settings.get("output")).is_some_and(is_true),
            permalink: settings.and_then(|settings| settings.get("permalink")?.as_str()).map(str::to_owned),
        };
        (name.to_owned(), collection)
    };
    let listed = node.items().iter().filter_map(|item| Some(named(item.as_str()?, None)));
    let mapped = node.entries().iter().filter_map(|(name, settings)| Some(named(name.as_str()?, Some(settings))));
    listed.chain(mapped).filter(|(name, _)| name != "posts" && name != "drafts").collect()
}

fn defaults(config: &Node) -> Vec<Default> {
    let Some(node) = config.get("defaults") else { return vec![] };
    let default = |item: &Node| {
        let scope = item.get("scope");
        let text = |key: &str| scope.and_then(|scope| scope.get(key)?.as_str()).map(str::to_owned);
        Some(Default {
            path: text("path").unwrap_or_default(),
            kind: text("type"),
            values: item.get("values")?.clone(),
        })
    };
    node.items().iter().filter_map(default).collect()
}

fn plugins(config: &Node) -> Vec<String> {
    let keys = ["plugins", "gems"];
    let nodes = keys.iter().filter_map(|key| config.get(key));
    nodes.flat_map(Node::items).filter_map(Node::as_str).map(str::to_owned).collect()
}

/// The engine of the site's Markdown.
fn anchors(config: &Node) -> Engine {
    let markdown = config.get("markdown").and_then(Node::as_str).unwrap_or("kramdown");
    let kramdown = config.get("kramdown");
    let setting = |key: &str| kramdown.and_then(|kramdown| kramdown.get(key));
    let has_ids = setting("auto_ids").is_none_or(|node| node.value != Value::Bool(false));
    let prefix = setting("auto_id_prefix").and_then(Node::as_str).unwrap_or_default();
    match setting("input").and_then(Node::as_str).unwrap_or("GFM") {
        _ if !markdown.eq_ignore_ascii_case("kramdown") || !prefix.is_empty() => Engine::Unknown,
        _ if !has_ids => Engine::Written,
        input if input.eq_ignore_ascii_case("gfm") => Engine::KramdownGfm,
        "kramdown" | "Kramdown" => Engine::Kramdown,
        _ => Engine::Unknown,
    }
}

/// Whether a path, or a folder above it, is like a pattern in which `*` stands for anything.
fn is_like(path: &str, pattern: &str) -> bool {
    let mut rest = path;
    let mut parts = pattern.split('*').filter(|part| !part.is_empty());
    parts.all(|part| match rest.find(part) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    })
}
