//! What the configuration of a Hugo site says about addresses. Keys are the same in any case.

use super::{Engine, Files, Node, Value, below};
use crate::spanned::{json, toml, yaml};

/// Endings of configuration files, in the order in which they are looked for.
const ENDINGS: [&str; 4] = ["toml", "yaml", "yml", "json"];

/// Files of a configuration folder that hold the part of their name.
const PARTS: [&str; 5] = ["permalinks", "languages", "markup", "taxonomies", "module"];

/// What the configuration says.
#[derive(Debug)]
pub(super) struct Settings {
    /// Whether the configuration could be read.
    pub(super) is_known: bool,
    pub(super) keeps_case: bool,
    /// Whether the names of files give pages their dates.
    pub(super) dates_from_names: bool,
    /// Whether a theme or the site itself may turn links to sources into addresses.
    pub(super) may_have_link_hook: bool,
    pub(super) anchors: Engine,
    base: String,
    whole: Vec<Node>,
    parts: Vec<(&'static str, Node)>,
    content: String,
    languages: Vec<Language>,
    /// The language whose pages have no prefix, if there is one.
    bare: Option<String>,
    themes: Vec<String>,
}

#[derive(Debug)]
struct Language {
    code: String,
    content: Option<String>,
}

/// A value by its key in any case.
pub(super) fn get<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let is_it = |name: &Node| name.as_str().is_some_and(|name| name.eq_ignore_ascii_case(key));
    node.entries().iter().rev().find(|(name, _)| is_it(name)).map(|(_, value)| value)
}

/// The tree in a file of this name, whatever its ending.
fn tree(files: &Files<'_>, base: &str, name: &str) -> Option<Result<Node, ()>> {
    ENDINGS.iter().find_map(|ending| {
        let text = (files.read)(&below(base, &format!("{name}.{ending}")))?;
        Some(match *ending {
            "toml" => toml::parse(&text).map_err(|_| ()),
            "json" => json::parse(&text).map_err(|_| ()),
            _ => yaml::parse(&text).map_err(|_| ()),
        })
    })
}

impl Settings {
    pub(super) fn read(files: &Files<'_>, base: &str) -> Self {
        let names = ["hugo", "config", "config/_default/hugo", "config/_default/config"];
        let found: Vec<Result<Node, ()>> = names.iter().filter_map(|name| tree(files, base, name)).collect();
        let is_known = !found.is_empty() && found.iter().all(Result::is_ok);
        let whole: Vec<Node> = found.into_iter().flatten().collect();
        let part = |name: &&'static str| Some((*name, tree(files, base, &format!("config/_default/{name}"))?.ok()?));
        let parts: Vec<(&str, Node)> = PARTS.iter().filter_map(part).collect();
        let mut settings = Self {
            is_known,
            keeps_case: false,
            dates_from_names: false,
            may_have_link_hook: false,
            anchors: Engine::HugoGitHub,
            base: base.to_owned(),
            whole,
            parts,
            content: String::new(),
            languages: vec![],
            bare: None,
            themes: vec![],
        };
        settings.keeps_case = settings.is_on("disablePathToLower");
        settings.content = settings.text("contentDir").unwrap_or_else(|| "content".to_owned());
        settings.languages = settings.read_languages();
        let default = settings.text("defaultContentLanguage").unwrap_or_else(|| "en".to_owned());
        settings.bare = (!settings.is_on("defaultContentLanguageInSubdir")).then_some(default);
        settings.themes = settings.value("theme").map(texts).unwrap_or_default();
        settings.anchors = settings.read_anchors();
        settings.dates_from_names = settings
            .value("frontmatter")
            .and_then(|node| get(node, "date"))
            .is_some_and(|dates| texts(dates).iter().any(|date| date.eq_ignore_ascii_case(":filename")));
        settings.may_have_link_hook = settings.has_hook(files);
        settings
    }

    /// A value of the configuration.
    pub(super) fn value(&self, key: &str) -> Option<&Node> {
        let part = self.parts.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, node)| node);
        part.or_else(|| self.whole.iter().rev().find_map(|node| get(node, key)))
    }

    /// A text of the configuration.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.value(key)?.as_str().map(str::to_owned)
    }

    /// Whether a switch is on.
    pub(super) fn is_on(&self, key: &str) -> bool {
        self.value(key).is_some_and(|node| node.value == Value::Bool(true))
    }

    fn read_languages(&self) -> Vec<Language> {
        let entries = self.value("languages").map_or(&[][..], Node::entries);
        let language = |(code, settings): &(Node, Node)| {
            let content = get(settings, "contentDir").and_then(Node::as_str).map(str::to_owned);
            Some(Language { code: code.as_str()?.to_lowercase(), content })
        };
        entries.iter().filter_map(language).collect()
    }

    fn read_anchors(&self) -> Engine {
        let markup = self.value("markup");
        let handler = markup.and_then(|node| get(node, "defaultMarkdownHandler")?.as_str()).unwrap_or("goldmark");
        let parser = markup.and_then(|node| get(get(node, "goldmark")?, "parser"));
        let setting = |key: &str| parser.and_then(|parser| get(parser, key));
        if !handler.eq_ignore_ascii_case("goldmark") {
            return Engine::Unknown;
        }
        if setting("autoHeadingID").is_some_and(|node| node.value == Value::Bool(false)) {
            return Engine::Written;
        }
        match setting("autoHeadingIDType").and_then(Node::as_str).unwrap_or("github") {
            "github" => Engine::HugoGitHub,
            "github-ascii" => Engine::HugoAscii,
            "blackfriday" => Engine::HugoBlackfriday,
            _ => Engine::Unknown,
        }
    }

    /// Whether something may turn links to sources into addresses: a hook of the site or of a theme, or a theme that is not
    /// here to be looked into.
    fn has_hook(&self, files: &Files<'_>) -> bool {
        let has = |folder: &str| {
            let hooks = ["layouts/_default/_markup/render-link.html", "layouts/_markup/render-link.html"];
            hooks.iter().any(|hook| (files.read)(&below(&self.base, &format!("{folder}{hook}"))).is_some())
        };
        let of_theme = |theme: &String| {
            let folder = format!("themes/{theme}/");
            !(files.is_folder)(&below(&self.base, &format!("{folder}layouts"))) || has(&folder)
        };
        let has_modules = self.value("module").is_some_and(|module| get(module, "imports").is_some());
        let is_multilingual = self.languages.len() > 1;
        has("") || has_modules || is_multilingual || self.themes.iter().any(of_theme)
    }

    /// Whether a code is that of a language of the site.
    pub(super) fn has_language(&self, code: &str) -> bool {
        self.languages.iter().any(|language| language.code.eq_ignore_ascii_case(code))
    }

    /// The segment that the pages of a language have in front.
    pub(super) fn prefix<'a>(&'a self, code: Option<&'a str>) -> &'a str {
        match (code, &self.bare) {
            (Some(code), Some(bare)) if code.eq_ignore_ascii_case(bare) => "",
            (None, _) if self.languages.len() < 2 || self.bare.is_some() => "",
            (None, _) => self.languages.first().map_or("", |language| &language.code),
            (Some(code), _) => code,
        }
    }

    /// The folders that content is read from, relative to the site root.
    pub(super) fn content_folders(&self) -> impl Iterator<Item = String> {
        let of_languages = self.languages.iter().filter_map(|language| language.content.as_deref());
        of_languages.chain([self.content.as_str()]).map(|folder| below(&self.base, folder.trim_matches('/')))
    }

    /// The language that the folder of a source says, and the path below the folder.
    pub(super) fn content<'p>(&'p self, path: &'p str) -> Option<(Option<&'p str>, &'p str)> {
        let inside = |folder: &str| path.strip_prefix(&below(&self.base, folder.trim_matches('/')))?.strip_prefix('/');
        let of_language =
            |language: &'p Language| Some((Some(language.code.as_str()), inside(language.content.as_deref()?)?));
        self.languages.iter().find_map(of_language).or_else(|| Some((None, inside(&self.content)?)))
    }

    /// The template of pages of a section, or of the section itself.
    pub(super) fn permalink(&self, section: &str, is_section: bool) -> Option<String> {
        let all = self.value("permalinks")?;
        let by_kind = get(all, if is_section { "section" } else { "page" }).filter(|node| !node.entries().is_empty());
        let of_section = |node: &Node| get(node, section)?.as_str().map(str::to_owned);
        match by_kind {
            Some(node) => of_section(node),
            None if is_section => None,
            None => of_section(all),
        }
    }

    /// Whether pages of a section are files with an ending.
    pub(super) fn is_ugly(&self, section: &str) -> bool {
        self.value("uglyURLs").is_some_and(|node| {
            node.value == Value::Bool(true) || get(node, section).is_some_and(|node| node.value == Value::Bool(true))
        })
    }

    /// Whether a segment begins the addresses of a taxonomy.
    pub(super) fn is_taxonomy(&self, segment: &str) -> bool {
        match self.value("taxonomies") {
            Some(node) => node.entries().iter().any(|(_, plural)| plural.as_str() == Some(segment)),
            None => matches!(segment, "tags" | "categories"),
        }
    }

    /// Files that may be served at a path.
    pub(super) fn files(&self, path: &str) -> Vec<String> {
        let path = path.trim_start_matches('/');
        let statics = self.value("staticDir").map_or_else(|| vec!["static".to_owned()], texts);
        let themes = self.themes.iter().map(|theme| format!("themes/{theme}/static"));
        let mut all: Vec<String> =
            statics.into_iter().chain(themes).map(|folder| below(&self.base, &format!("{folder}/{path}"))).collect();
        for folder in self.content_folders() {
            all.push(format!("{folder}/{path}"));
            // Each folder at the top of the content has a page that lists what is in it.
            let listed = path.strip_suffix("/index.html").unwrap_or(path).trim_matches('/');
            if !listed.is_empty() && !listed.contains('/') {
                all.push(format!("{folder}/{listed}"));
            }
        }
        all
    }
}

/// The texts of a list, or the one text.
fn texts(node: &Node) -> Vec<String> {
    let items = if node.as_str().is_some() { std::slice::from_ref(node) } else { node.items() };
    items.iter().filter_map(Node::as_str).map(str::to_owned).collect()
}
