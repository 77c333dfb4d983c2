//! `_config.yml`, as far as addresses depend on it.

use super::data::{Defaults, is_false, is_true, text};
use super::entry::Entries;
use super::{Home, Makes};
use crate::site::address::config::{below, tree};
use crate::site::address::day::Zone;
use crate::site::address::home;
use crate::site::anchor::Engine;
use crate::site::detect::Files;
use crate::spanned::{Node, Value};

/// Names of the configuration (`Configuration#config_files`).
const CONFIG: [&str; 3] = ["_config.yml", "_config.yaml", "_config.toml"];

/// The settings of a site.
#[derive(Debug)]
pub(super) struct Settings {
    /// Whether the configuration is there and makes sense, or is not there.
    pub(super) is_readable: bool,
    pub(super) home: Home,
    /// The folder that Jekyll works in, relative to the site root.
    source: String,
    /// `permalink`, the name of a style or a template.
    pub(super) permalink: String,
    pub(super) collections: Vec<Collection>,
    pub(super) collections_dir: String,
    pub(super) defaults: Defaults,
    pub(super) entries: Entries,
    pub(super) zone: Zone,
    pub(super) publishes_future: bool,
    pub(super) publishes_unpublished: bool,
    pub(super) publishes_drafts: bool,
    markdown: Vec<String>,
    pub(super) anchors: Engine,
    /// Whether jekyll-relative-links is not turned off, and whether it is for collections.
    pub(super) relative_links: (bool, bool),
    plugins: Vec<String>,
    /// Whether something beside `plugins` brings plug-ins along.
    has_more_plugins: bool,
    gemfile: String,
    /// Whether the site has plug-ins of its own.
    pub(super) has_own_plugins: bool,
    /// The rest, for what plug-ins make.
    pub(super) config: Node,
}

/// A collection.
#[derive(Debug)]
pub(super) struct Collection {
    /// Its name, `docs` for `_docs/`.
    pub(super) label: String,
    pub(super) is_written: bool,
    /// `None` where the site's style decides.
    pub(super) permalink: Option<String>,
}

impl Settings {
    /// Reads them from the folder `base`.
    pub(super) fn read(files: &Files<'_>, base: &str) -> Self {
        let config = tree(files, base, &CONFIG);
        let is_there =
            CONFIG.iter().any(|name| (files.read)(&below(base, name)).is_some_and(|text| !text.trim().is_empty()));
        let is_readable = config.is_some() || !is_there;
        let config = config.unwrap_or_else(|| Node { value: Value::Null, span: Default::default(), layer: 0 });
        let get = |key: &str| config.get(key).filter(|node| node.value != Value::Null);
        let string = |key: &str| get(key).and_then(Node::as_str).unwrap_or_default();
        let is_on = |key: &str| get(key).is_some_and(is_true);
        let mut home = Home::of(Some(string("url")), string("baseurl"));
        let named = (files.read)(&below(base, "CNAME")).unwrap_or_default();
        named.lines().for_each(|line| home.add(home::ascii(line.trim())));
        let source = string("source").trim_start_matches("./").trim_matches('/');
        let source = if source.is_empty() || source == "." { base.to_owned() } else { below(base, source) };
        let permalink = get("permalink").map_or("date", |node| node.as_str().unwrap_or_default()).to_owned();
        let markdown = get("markdown_ext").and_then(Node::as_str).unwrap_or("markdown,mkdown,mkdn,mkd,md");
        let zone =
            get("timezone").map_or(Zone::Unknown, |zone| Zone::of_environment(zone.as_str().unwrap_or_default()));
        let collections_dir = string("collections_dir").trim_matches('/');
        let relative = get("relative_links");
        let relative = |key: &str| relative.and_then(|settings| settings.get(key));
        Settings {
            is_readable,
            home,
            permalink,
            collections: collections(get("collections"), string("permalink")),
            defaults: Defaults::read(get("defaults"), collections_dir),
            collections_dir: collections_dir.to_owned(),
            entries: Entries::read(get("include"), get("exclude")),
            zone,
            publishes_future: is_on("future"),
            publishes_unpublished: is_on("unpublished"),
            publishes_drafts: is_on("show_drafts"),
            markdown: markdown.split(',').map(|extension| extension.trim().to_lowercase()).collect(),
            anchors: anchors(get("markdown"), get("kramdown")),
            relative_links: (!relative("enabled").is_some_and(is_false), relative("collections").is_some_and(is_true)),
            plugins: ["plugins", "gems"].iter().filter_map(|key| get(key)).flat_map(texts).collect(),
            // A theme brings the plug-ins that its gem depends on (`PluginManager#require_theme_deps`).
            has_more_plugins: get("theme").or_else(|| get("remote_theme")).is_some(),
            gemfile: (files.read)(&below(base, "Gemfile")).unwrap_or_default(),
            has_own_plugins: (files.is_folder)(&below(&source, "_plugins")) || get("plugins_dir").is_some(),
            source,
            config,
        }
    }

    /// The path below the folder that Jekyll works in.
    pub(super) fn below<'p>(&self, path: &'p str) -> Option<&'p str> {
        if self.source.is_empty() { Some(path) } else { path.strip_prefix(&*self.source)?.strip_prefix('/') }
    }

    /// The path, relative to the site root, of a file of that folder.
    pub(super) fn source_file(&self, name: &str) -> String {
        below(&self.source, name)
    }

    /// An address with the base path.
    pub(super) fn on_host(&self, path: &str) -> Box<str> {
        format!("{}{path}", self.home.base).into()
    }

    /// What stands for `:output_ext` of a file with this ending, with the dot.
    pub(super) fn output_ending(&self, extension: &str) -> String {
        let lower = extension.to_lowercase();
        match lower.as_str() {
            "scss" | "sass" => ".css".to_owned(),
            "coffee" => ".js".to_owned(),
            _ if self.markdown.contains(&lower) => ".html".to_owned(),
            "" => String::new(),
            _ => format!(".{extension}"),
        }
    }

    /// Whether a plug-in is active.
    pub(super) fn plugin(&self, name: &str) -> Makes {
        match self.plugins.iter().any(|plugin| plugin == name) {
            true => Makes::Yes,
            // Those of the Gemfile's group `jekyll_plugins` are, and those that other plug-ins load.
            false if self.has_more_plugins || self.has_own_plugins || self.gemfile.contains(name) => Makes::Perhaps,
            false => Makes::No,
        }
    }

    /// The plug-ins that the configuration names.
    pub(super) fn plugins(&self) -> &[String] {
        &self.plugins
    }

    /// A setting, unless it is empty.
    pub(super) fn setting(&self, key: &str) -> Option<&Node> {
        self.config.get(key).filter(|node| node.value != Value::Null)
    }
}

/// The texts of a list; that of a single one.
pub(super) fn texts(node: &Node) -> Vec<String> {
    let all = std::iter::once(node).filter(|node| node.as_str().is_some()).chain(node.items());
    all.filter_map(text).collect()
}

/// `collections`, a list of names or a mapping.
fn collections(node: Option<&Node>, style: &str) -> Vec<Collection> {
    let named = |label: &str, settings: Option<&Node>| Collection {
        label: label.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')).collect(),
        is_written: label == "posts" || settings.and_then(|all| all.get("output")).is_some_and(is_true),
        permalink: settings.and_then(|all| all.get("permalink")).and_then(text),
    };
    let mut all: Vec<Collection> = match node {
        Some(node) if !node.items().is_empty() => texts(node).iter().map(|label| named(label, None)).collect(),
        Some(node) => node.entries().iter().filter_map(|(key, value)| Some(named(&text(key)?, Some(value)))).collect(),
        None => vec![],
    };
    if all.iter().all(|collection| collection.label != "posts") {
        all.push(named("posts", None));
    }
    for posts in all.iter_mut().filter(|collection| collection.label == "posts") {
        let style = if style.is_empty() { "date" } else { style };
        posts.permalink.get_or_insert_with(|| template(style).to_owned());
    }
    all
}

/// The template of a style (`STYLE_TO_PERMALINK`); anything else is one itself.
fn template(style: &str) -> &str {
    match style {
        "none" => "/:categories/:title:output_ext",
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        other => other,
    }
}

/// How headings get their anchors: by kramdown, as far as its settings leave no doubt.
fn anchors(markdown: Option<&Node>, kramdown: Option<&Node>) -> Engine {
    let is_kramdown =
        markdown.is_none_or(|name| name.as_str().is_some_and(|name| name.eq_ignore_ascii_case("kramdown")));
    let setting = |key: &str| kramdown.and_then(|settings| settings.get(key)).filter(|node| node.value != Value::Null);
    let is_merged = kramdown.is_some_and(|settings| settings.value == Value::Alias || settings.get("<<").is_some());
    let changes = ["auto_id_prefix", "transliterated_header_ids", "auto_id_stripping"];
    let is_changed =
        changes.iter().any(|key| setting(key).is_some_and(|node| !is_false(node) && node.as_str() != Some("")));
    match setting("input").map(|input| input.as_str().unwrap_or_default()) {
        _ if !is_kramdown || is_merged => Engine::Unknown,
        _ if setting("auto_ids").is_some_and(is_false) => Engine::Written,
        _ if is_changed => Engine::Unknown,
        None | Some("GFM") => Engine::KramdownGfm,
        Some("kramdown" | "Kramdown") => Engine::Kramdown,
        Some(_) => Engine::Unknown,
    }
}
