//! `_config.yml` and `package.json`, as far as addresses depend on them.

use std::collections::BTreeSet;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use regex::Regex;

use super::{Home, Makes};
use crate::site::address::config::{below, tree};
use crate::site::address::day::Zone;
use crate::site::address::home;
use crate::site::address::path::{decoded, split_extension};
use crate::site::anchor::Engine;
use crate::site::anchor::hexo::slugize;
use crate::site::detect::Files;
use crate::spanned::{Node, Value};

/// Names of the configuration (`load_config.ts`).
const CONFIG: [&str; 3] = ["_config.yml", "_config.yaml", "_config.json"];

/// The settings of a site.
#[derive(Debug)]
pub(super) struct Settings {
    /// Whether the configuration is there and makes sense.
    pub(super) is_readable: bool,
    pub(super) home: Home,
    source: String,
    /// The folders of the theme that are served, the one in the repository first.
    pub(super) themes: [String; 2],
    pub(super) permalink: String,
    /// Reads file names (`new_post_name`); `None` where the pattern is none.
    pub(super) name: Option<NamePattern>,
    pub(super) zone: Option<Zone>,
    pub(super) publishes_future: bool,
    pub(super) publishes_drafts: bool,
    pub(super) has_asset_folders: bool,
    keeps_html: bool,
    pub(super) case: i64,
    pub(super) skip_render: GlobSet,
    pub(super) exclude: GlobSet,
    pub(super) include: GlobSet,
    pub(super) anchors: Engine,
    /// Names of the packages; `None` where package.json cannot be read.
    pub(super) packages: Option<BTreeSet<String>>,
    /// Whether scripts of the site or of the theme may make pages.
    pub(super) has_scripts: bool,
    config: Node,
}

/// A pattern of file names, and the names of its groups.
#[derive(Debug)]
pub(super) struct NamePattern {
    pub(super) regex: Regex,
    pub(super) groups: Vec<String>,
    /// The ending of posts, without its dot.
    pub(super) extension: String,
}

impl Settings {
    /// Reads them from the folder `base`.
    pub(super) fn read(files: &Files<'_>, base: &str) -> Self {
        let config = tree(files, base, &CONFIG);
        let is_readable = config.is_some();
        let config = config.unwrap_or_else(|| Node { value: Value::Null, span: Default::default(), layer: 0 });
        let get = |key: &str| config.get(key).filter(|node| node.value != Value::Null);
        let string = |key: &str, usual: &'static str| get(key).and_then(Node::as_str).unwrap_or(usual).to_owned();
        let flag = |key: &str, usual: bool| match get(key).map(|node| &node.value) {
            Some(Value::Bool(flag)) => *flag,
            _ => usual,
        };
        let source = below(base, string("source_dir", "source").trim_matches('/'));
        let url = string("url", "");
        // The path of `url` counts only where `root` is empty (`load_config.ts`).
        let root = match config.get("root").map(|root| root.as_str().unwrap_or_default()) {
            Some("") => url.split_once("//").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path),
            root => root.unwrap_or("/"),
        };
        let mut home = Home::of(Some(&*url), root);
        (files.read)(&below(&source, "CNAME"))
            .unwrap_or_default()
            .lines()
            .for_each(|line| home.add(home::ascii(line.trim())));
        let theme = string("theme", "landscape");
        let folder = below(base, &format!("themes/{theme}"));
        let packages = packages(files, base);
        // A theme that is a package may have scripts; the one that Hexo starts with has none.
        let is_opaque = !(files.is_folder)(&folder) && theme != "landscape" && !matches!(&*theme, "false" | "");
        let has_scripts =
            [below(base, "scripts"), format!("{folder}/scripts")].iter().any(|folder| (files.is_folder)(folder));
        Settings {
            is_readable,
            home,
            themes: [format!("{folder}/source"), below(base, &format!("node_modules/hexo-theme-{theme}/source"))],
            permalink: string("permalink", ":year/:month/:day/:title/"),
            name: NamePattern::new(&string("new_post_name", ":title.md")),
            zone: get("timezone").and_then(Node::as_str).filter(|zone| !zone.is_empty()).map(Zone::of_name),
            publishes_future: flag("future", true),
            publishes_drafts: flag("render_drafts", false),
            has_asset_folders: flag("post_asset_folder", false),
            keeps_html: !get("pretty_urls")
                .and_then(|pretty| pretty.get("trailing_html"))
                .is_some_and(|node| node.value == Value::Bool(false)),
            case: match get("filename_case").map(|node| &node.value) {
                Some(Value::Int(case)) => *case,
                _ => 0,
            },
            skip_render: globs(get("skip_render")),
            exclude: globs(get("exclude")),
            include: globs(get("include")),
            anchors: anchors(packages.as_ref(), get("marked")),
            packages,
            has_scripts: has_scripts || is_opaque,
            source,
            config,
        }
    }

    /// The path below the folder of sources.
    pub(super) fn below_source<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(&*self.source)?.strip_prefix('/')
    }

    /// The path, relative to the site root, of a file of that folder.
    pub(super) fn source_file(&self, name: &str) -> String {
        format!("{}/{name}", self.source)
    }

    /// A setting, unless it is empty.
    pub(super) fn setting(&self, key: &str) -> Option<&Node> {
        self.config.get(key).filter(|node| node.value != Value::Null)
    }

    /// Whether hexo-renderer-marked takes the addresses of images from the root of the site.
    pub(super) fn prepends_root(&self) -> bool {
        let is_off = |node: Option<&Node>| node.is_some_and(|node| node.value == Value::Bool(false));
        let is_on = |node: Option<&Node>| node.is_some_and(|node| node.value == Value::Bool(true));
        let marked = self.setting("marked");
        !is_off(marked.and_then(|marked| marked.get("prependRoot"))) && !is_on(self.setting("relative_link"))
    }

    /// An address with the base path, without `index.html` (`url_for`, `pretty_urls`).
    pub(super) fn on_host(&self, path: &str) -> Box<str> {
        let whole = format!("{}/{}", self.home.base, decoded(path));
        let mut out = String::with_capacity(whole.len());
        for c in whole.chars() {
            if c != '/' || !out.ends_with('/') {
                out.push(c);
            }
        }
        let kept = match out.strip_suffix("index.html") {
            Some(folder) if folder.ends_with('/') => folder,
            _ if self.keeps_html => &out,
            _ => out.strip_suffix(".html").unwrap_or(&out),
        };
        kept.into()
    }

    /// Whether a plug-in is there: Hexo loads what package.json names.
    pub(super) fn plugin(&self, name: &str) -> Makes {
        match &self.packages {
            None => Makes::Perhaps,
            Some(packages) if packages.contains(name) => Makes::Yes,
            Some(_) => Makes::No,
        }
    }

    /// The name of a tag or category in addresses, with the map of this name.
    pub(super) fn term(&self, map: &str, term: &str) -> String {
        let mapped = self.setting(map).and_then(|map| map.get(term)).and_then(scalar);
        self.cased(&slugize(mapped.as_deref().filter(|mapped| !mapped.is_empty()).unwrap_or(term)))
    }

    fn cased(&self, slug: &str) -> String {
        match self.case {
            1 => slug.to_lowercase(),
            2 => slug.to_uppercase(),
            _ => slug.to_owned(),
        }
    }
}

impl NamePattern {
    /// `parseFilename` with `Permalink` of hexo-util.
    fn new(pattern: &str) -> Option<Self> {
        let (rule, extension) = split_extension(pattern);
        let (mut regex, mut groups, mut rest) = (String::from("^"), vec![], rule);
        while let Some(colon) = rest.find(':') {
            let length = name_length(&rest[colon + 1..]);
            let end = colon + 1 + length;
            regex.push_str(&regex::escape(&rest[..if length == 0 { end } else { colon }]));
            if length > 0 {
                let name = &rest[colon + 1..end];
                regex.push_str(match name {
                    "year" => "([0-9]{4})",
                    "month" | "day" => "([0-9]{2})",
                    "i_month" | "i_day" => "([0-9]{1,2})",
                    "hash" => "([0-9a-f]{12})",
                    _ => "(.+?)",
                });
                groups.push(name.to_owned());
            }
            rest = &rest[end..];
        }
        regex.push_str(&regex::escape(rest));
        regex.push('$');
        Some(NamePattern { regex: Regex::new(&regex).ok()?, groups, extension: extension.to_owned() })
    }
}

/// How many bytes of a text are the name of a placeholder: `\w*[^_\W]`.
pub(super) fn name_length(text: &str) -> usize {
    let length = text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    text[..length].trim_end_matches('_').len()
}

/// A single value as JavaScript turns it into text; `None` for anything else.
pub(super) fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Int(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::String(scalar) => Some(scalar.text.clone()),
        _ => None,
    }
}

fn globs(node: Option<&Node>) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    let all = node.into_iter().flat_map(|node| std::iter::once(node).chain(node.items())).filter_map(Node::as_str);
    for glob in all.filter_map(|pattern| GlobBuilder::new(pattern).literal_separator(true).build().ok()) {
        set.add(glob);
    }
    set.build().unwrap_or_else(|_| GlobSet::empty())
}

/// What package.json depends on.
fn packages(files: &Files<'_>, base: &str) -> Option<BTreeSet<String>> {
    let package = tree(files, base, &["package.json"])?;
    let lists = ["dependencies", "devDependencies"].map(|key| package.get(key).map(Node::entries).unwrap_or_default());
    Some(lists.iter().flat_map(|list| list.iter()).filter_map(|(name, _)| Some(name.as_str()?.to_owned())).collect())
}

/// How headings get their anchors: by hexo-renderer-marked, if that is the one renderer of Markdown.
fn anchors(packages: Option<&BTreeSet<String>>, marked: Option<&Node>) -> Engine {
    const OTHERS: [&str; 8] = ["markdown", "pandoc", "kramed", "mathjax", "remark", "asciidoc", "mdx", "org"];
    let Some(packages) = packages else { return Engine::Unknown };
    let is_other = |name: &String| {
        name.split_once("hexo-renderer-").is_some_and(|(_, kind)| OTHERS.iter().any(|other| kind.contains(other)))
    };
    let setting = |key: &str| marked.and_then(|marked| marked.get(key)).map(|node| &node.value);
    // These change the text that anchors are made of.
    let is_changed = setting("smartypants") == Some(&Value::Bool(false)) || setting("quotes").is_some();
    if !packages.contains("hexo-renderer-marked") || packages.iter().any(is_other) || setting("<<").is_some() {
        return Engine::Unknown;
    }
    match setting("modifyAnchors") {
        _ if setting("headerIds") == Some(&Value::Bool(false)) => Engine::Written,
        _ if is_changed || marked.is_some_and(|marked| marked.value == Value::Alias) => Engine::Unknown,
        None | Some(Value::Int(0)) => Engine::Hexo,
        Some(Value::Int(1)) => Engine::HexoLower,
        Some(Value::Int(2)) => Engine::HexoUpper,
        Some(_) => Engine::Unknown,
    }
}
