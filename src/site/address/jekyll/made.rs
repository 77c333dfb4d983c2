//! Pages that plug-ins and themes make.

use super::settings::{Settings, texts};
use super::{Makes, Terms, page, slug};
use crate::site::address::permalink::is_dated;
use crate::spanned::{Node, Value};

/// Plug-ins that make no pages, or none but those below.
const KNOWN: &[&str] = &[
    "jekyll-archives",
    "jekyll-avatar",
    "jekyll-coffeescript",
    "jekyll-commonmark",
    "jekyll-commonmark-ghpages",
    "jekyll-default-layout",
    "jekyll-email-protect",
    "jekyll-feed",
    "jekyll-gist",
    "jekyll-github-metadata",
    "jekyll-include-cache",
    "jekyll-last-modified-at",
    "jekyll-mentions",
    "jekyll-optional-front-matter",
    "jekyll-paginate",
    "jekyll-readme-index",
    "jekyll-redirect-from",
    "jekyll-relative-links",
    "jekyll-remote-theme",
    "jekyll-sass-converter",
    "jekyll-seo-tag",
    "jekyll-sitemap",
    "jekyll-spaceship",
    "jekyll-target-blank",
    "jekyll-titles-from-headings",
    "jekyll-toc",
    "jekyll-watch",
    "jemoji",
    "kramdown-parser-gfm",
    "webrick",
];

/// Files of jekyll-feed, jekyll-sitemap, jekyll-redirect-from and jekyll-readme-index, each with its plug-in and its address.
#[derive(Debug)]
pub(super) struct Feeds([(&'static str, Option<Box<str>>); 4]);

impl Feeds {
    pub(super) fn of(settings: &Settings) -> Self {
        let own = settings.setting("feed").and_then(|feed| feed.get("path")).and_then(Node::as_str);
        let made = [
            ("jekyll-feed", own.unwrap_or("feed.xml")),
            ("jekyll-sitemap", "sitemap.xml"),
            ("jekyll-sitemap", "robots.txt"),
            ("jekyll-redirect-from", "redirects.json"),
        ];
        let nothing = Node { value: Value::Null, span: Default::default(), layer: 0 };
        // They are pages like others, and `defaults` may move them.
        let address = |file: &str| page::place(settings, file.trim_start_matches('/'), &nothing).address;
        Self(made.map(|(plugin, file)| (plugin, address(file))))
    }
}

/// Whether there is a page at this path that has no source.
pub(super) fn makes(settings: &Settings, feeds: &Feeds, path: &str, terms: &Terms<'_>) -> Makes {
    let known = [feed(settings, feeds, path), list(settings, path), archive(settings, path, terms)];
    if let Some(made) = known.into_iter().flatten().max_by_key(|made| *made == Makes::Yes) {
        return made;
    }
    let is_unknown = !settings.is_readable
        || settings.has_own_plugins
        || settings.plugins().iter().any(|plugin| !KNOWN.contains(&&**plugin));
    // Each site has the assets of a theme: without one GitHub Pages takes its own.
    let is_asset = path.starts_with("/assets/");
    if (is_unknown && !is_dated(path)) || is_asset { Makes::Perhaps } else { Makes::No }
}

/// The answer of a plug-in that makes this page if it is active.
fn by(settings: &Settings, plugin: &str, made: Makes) -> Option<Makes> {
    match settings.plugin(plugin) {
        Makes::No => None,
        Makes::Perhaps => Some(Makes::Perhaps),
        Makes::Yes => Some(made),
    }
}

fn feed(settings: &Settings, feeds: &Feeds, path: &str) -> Option<Makes> {
    let asked = settings.on_host(path);
    if let Some((plugin, _)) = feeds.0.iter().find(|(_, address)| address.as_ref() == Some(&asked)) {
        return by(settings, plugin, Makes::Yes);
    }
    match path {
        // GitHub Pages turns it on for everyone.
        "/" => Some(Makes::Perhaps),
        _ if path.starts_with("/feed/") && path.ends_with(".xml") => by(settings, "jekyll-feed", Makes::Perhaps),
        _ => None,
    }
}

/// Pages of jekyll-paginate, and of jekyll-paginate-v2, which paginates what it is told to.
fn list(settings: &Settings, path: &str) -> Option<Makes> {
    settings.setting("paginate")?;
    let is_page = |template: &str| {
        let (before, after) = template.split_once(":num")?;
        let number = page::sanitized(path).strip_prefix(&page::sanitized(before))?.strip_suffix(after)?.to_owned();
        let number = number.trim_end_matches('/');
        (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(())
    };
    let own = settings.setting("paginate_path").and_then(Node::as_str).unwrap_or("/page:num");
    is_page(own.trim_end_matches('/')).or_else(|| is_page(own))?;
    // How many there are depends on how many posts there are.
    by(settings, "jekyll-paginate", Makes::Perhaps)
}

/// Archives of jekyll-archives.
fn archive(settings: &Settings, path: &str, terms: &Terms<'_>) -> Option<Makes> {
    let config = settings.setting("jekyll-archives");
    let enabled = config.and_then(|config| config.get("enabled"));
    let all = enabled.is_some_and(|node| super::data::is_true(node) || node.as_str() == Some("all"));
    let kinds = [
        ("tag", "tags", "/tag/:name/"),
        ("category", "categories", "/category/:name/"),
        ("year", "year", "/:year/"),
        ("month", "month", "/:year/:month/"),
        ("day", "day", "/:year/:month/:day/"),
    ];
    let names = enabled.map(texts).unwrap_or_default();
    kinds.iter().filter(|(_, name, _)| all || names.iter().any(|one| one == name)).find_map(|(kind, name, usual)| {
        let own = config.and_then(|config| config.get("permalinks")).and_then(|links| links.get(kind));
        let template = page::sanitized(own.and_then(Node::as_str).unwrap_or(usual));
        let made = match *kind {
            "tag" | "category" => named(settings, &template, path, (*kind, *name), terms),
            _ => is_period(&template, path).then_some(Makes::Perhaps),
        };
        by(settings, "jekyll-archives", made?)
    })
}

/// Whether the path is the page of a term. Posts have categories of folders too, and defaults may add terms.
fn named(settings: &Settings, template: &str, path: &str, keys: (&str, &str), terms: &Terms<'_>) -> Option<Makes> {
    let (before, after) = template.split_once(":name")?;
    let name = path.strip_prefix(before)?.strip_suffix(after).filter(|name| !name.contains('/'))?;
    let is_used = terms.have(&[keys.0, keys.1], "", name, |term| Some(slug::default(term)));
    let has_more = keys.0 == "category" || settings.defaults.set(&["tags", "tag"]);
    match (is_used, has_more) {
        (true, _) => Some(Makes::Yes),
        (false, true) => Some(Makes::Perhaps),
        (false, false) => None,
    }
}

/// Whether the path has numbers where the template has parts of a date.
fn is_period(template: &str, path: &str) -> bool {
    let (wanted, found): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    wanted.len() == found.len()
        && wanted.iter().zip(&found).all(|(wanted, found)| match *wanted {
            ":year" => found.len() == 4 && found.bytes().all(|byte| byte.is_ascii_digit()),
            ":month" | ":day" => found.len() == 2 && found.bytes().all(|byte| byte.is_ascii_digit()),
            other => other == *found,
        })
}
