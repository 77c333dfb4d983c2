//! Pages that generators make: lists, feeds, maps.

use super::settings::Settings;
use super::{Makes, Terms};
use crate::site::address::permalink::is_dated;
use crate::spanned::{Node, Value};

/// Generators and the files that they make, without the settings that name others.
const FILES: &[(&str, &[&str])] = &[
    ("hexo-generator-sitemap", &["/sitemap.xml", "/sitemap.txt"]),
    ("hexo-generator-seo-friendly-sitemap", &["/sitemap.xml"]),
    ("hexo-generator-baidu-sitemap", &["/baidusitemap.xml"]),
    ("hexo-generator-feed", &["/atom.xml", "/rss2.xml"]),
    ("hexo-generator-search", &["/search.xml", "/search.json"]),
    ("hexo-generator-searchdb", &["/search.xml", "/search.json"]),
    ("hexo-generator-json-content", &["/content.json"]),
    ("hexo-generator-robotstxt", &["/robots.txt"]),
];

/// Settings that name such a file, of the same generators.
const PATHS: &[(&str, &str)] = &[
    ("hexo-generator-sitemap", "sitemap"),
    ("hexo-generator-baidu-sitemap", "baidusitemap"),
    ("hexo-generator-feed", "feed"),
    ("hexo-generator-search", "search"),
    ("hexo-generator-searchdb", "search"),
];

/// Generators that make what is told of below, and nothing else.
const LISTS: &[&str] = &[
    "hexo-generator-index",
    "hexo-generator-archive",
    "hexo-generator-category",
    "hexo-generator-tag",
    "hexo-generator-alias",
];

/// Whether there is a page at this path that has no source.
pub(super) fn makes(settings: &Settings, path: &str, terms: &Terms<'_>) -> Makes {
    if let Some(made) = file(settings, path).or_else(|| list(settings, path, terms)) {
        return made;
    }
    let is_known = |name: &String| LISTS.contains(&&**name) || FILES.iter().any(|(known, _)| known == name);
    let has_others = settings
        .packages
        .as_ref()
        .is_none_or(|packages| packages.iter().any(|name| name.contains("hexo-generator-") && !is_known(name)));
    let is_unknown = !settings.is_readable || settings.has_scripts || has_others;
    if is_unknown && !is_dated(path) { Makes::Perhaps } else { Makes::No }
}

/// The answer of a generator that makes this page if it is there.
fn by(settings: &Settings, plugin: &str, made: Makes) -> Option<Makes> {
    match settings.plugin(plugin) {
        Makes::No => None,
        Makes::Perhaps => Some(Makes::Perhaps),
        Makes::Yes => Some(made),
    }
}

/// Feeds, maps of the site, indexes for a search.
fn file(settings: &Settings, path: &str) -> Option<Makes> {
    let usual = FILES.iter().filter(|(_, files)| files.contains(&path)).map(|(plugin, _)| *plugin);
    let own = PATHS.iter().filter(|(_, key)| {
        let named = settings.setting(key).and_then(|setting| setting.get("path"));
        let all = named.into_iter().flat_map(|node| std::iter::once(node).chain(node.items()));
        all.filter_map(Node::as_str).any(|one| one.trim_start_matches('/') == path.trim_start_matches('/'))
    });
    // Of its files a generator may make one or all.
    usual.chain(own.map(|(plugin, _)| *plugin)).find_map(|plugin| by(settings, plugin, Makes::Yes))
}

/// The start page, archives, and the pages of tags and categories; `None` where no such list is asked for, or its generator
/// is not there.
fn list(settings: &Settings, path: &str, terms: &Terms<'_>) -> Option<Makes> {
    let folder = path.strip_suffix("index.html").unwrap_or(path);
    let (first, is_later) = without_number(settings, folder);
    // How many pages a list has depends on how many posts there are.
    let listed = |made: Makes| if is_later && made == Makes::Yes { Makes::Perhaps } else { made };
    let start = settings.setting("index_generator").and_then(|index| index.get("path")).and_then(Node::as_str);
    if first.trim_matches('/') == start.unwrap_or_default().trim_matches('/') {
        return by(settings, "hexo-generator-index", listed(Makes::Yes));
    }
    if let Some(period) = below(settings, "archive_dir", "archives", first) {
        let is_period = period.split('/').all(|part| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()));
        let made = match period {
            "" => Makes::Yes,
            _ if is_period => Makes::Perhaps,
            _ => Makes::No,
        };
        return by(settings, "hexo-generator-archive", listed(made));
    }
    if let Some(slug) = below(settings, "tag_dir", "tags", first) {
        let index = settings.setting("tag_generator").and_then(|tags| tags.get("enable_index_page"));
        let is_enabled = index.is_some_and(|node| node.value == Value::Bool(true));
        let is_used = || terms.have(&["tags", "tag"], "", slug, |term| Some(settings.term("tag_map", term)));
        let made = match slug {
            // A page of the site's own, or of a theme's.
            "" if is_enabled => Makes::Yes,
            "" => return None,
            _ if is_used() => Makes::Yes,
            _ => Makes::No,
        };
        return by(settings, "hexo-generator-tag", listed(made));
    }
    let names = below(settings, "category_dir", "categories", first).filter(|names| !names.is_empty())?;
    let keys = ["categories", "category"];
    let is_used = |name: &str| terms.have(&keys, "", name, |term| Some(settings.term("category_map", term)));
    let made = match names.split('/').all(is_used) {
        // Which category is below which one the terms alone do not tell.
        true if names.contains('/') => Makes::Perhaps,
        true => Makes::Yes,
        false => Makes::No,
    };
    by(settings, "hexo-generator-category", listed(made))
}

/// What stands below the folder that a setting names, without slashes around it; `None` for a path that is not below it.
fn below<'p>(settings: &Settings, key: &str, usual: &str, path: &'p str) -> Option<&'p str> {
    let folder = settings.setting(key).and_then(Node::as_str).unwrap_or(usual).trim_matches('/');
    let rest = path.trim_matches('/').strip_prefix(folder).filter(|_| !folder.is_empty())?;
    (rest.is_empty() || rest.starts_with('/')).then(|| rest.trim_matches('/'))
}

/// A path without `page/2/` at its end, and whether it had that.
fn without_number<'p>(settings: &Settings, path: &'p str) -> (&'p str, bool) {
    let folder = settings.setting("pagination_dir").and_then(Node::as_str).unwrap_or("page").trim_matches('/');
    let trimmed = path.trim_end_matches('/');
    let shorter =
        trimmed.rsplit_once('/').filter(|(_, number)| number.parse::<u32>().is_ok()).and_then(|(before, _)| {
            let before = before.strip_suffix(folder)?;
            (before.is_empty() || before.ends_with('/')).then_some(before)
        });
    shorter.map_or((path, false), |before| (before, true))
}
