//! Redirects that a site asks its host for: Netlify's and Cloudflare's `_redirects`, and `netlify.toml`. Where they lead is not
//! followed: an address that is redirected is not broken.

use jiff::Timestamp;

use super::config::below;
use super::{Addresses, Addressing, Habits, Home, Makes, Page, Place, Terms};
use crate::site::detect::Files;
use crate::spanned::{Node, toml};

/// Folders whose files are served as they are, where the list may lie.
const FOLDERS: [&str; 8] = ["", "static", "public", "source", "src", "docs", "docs/public", "content"];

/// Most rules that are read.
const MOST: usize = 20_000;

/// A site whose host redirects some paths.
#[derive(Debug)]
pub(super) struct Redirected {
    site: Addresses,
    /// Paths, or what paths begin with where the rule ends in `*`; sorted.
    exact: Vec<String>,
    prefixes: Vec<String>,
}

impl Redirected {
    /// The site with the redirects that its files ask for; as it is, where there are none.
    pub(super) fn around(site: Addresses, files: &Files<'_>, base: &str) -> Addresses {
        let mut rules: Vec<String> = vec![];
        for folder in FOLDERS {
            if let Some(text) = (files.read)(&below(base, &below(folder, "_redirects"))) {
                rules.extend(text.lines().filter_map(rule));
            }
        }
        let netlify = (files.read)(&below(base, "netlify.toml")).and_then(|text| toml::parse(&text).ok());
        let listed = netlify.as_ref().and_then(|tree| tree.get("redirects")).map_or(&[][..], Node::items);
        rules.extend(listed.iter().filter_map(|rule| Some(rule.get("from")?.as_str()?.to_owned())));
        rules.truncate(MOST);
        let (mut exact, mut prefixes) = (vec![], vec![]);
        let home = &site.home().base;
        let below_home =
            |rule: &str| rule.strip_prefix(&**home).filter(|rest| rest.starts_with('/')).map(str::to_owned);
        let paths = rules.iter().map(|rule| path_of(rule)).filter(|rule| rule.starts_with('/'));
        for rule in paths.map(|rule| below_home(rule).unwrap_or_else(|| rule.to_owned())) {
            // `:placeholder` stands for a segment; what comes before it is enough to say that the path may be redirected.
            match rule.find(['*', ':']) {
                // A rule for every path says nothing of any.
                Some(at) if at > 1 => prefixes.push(rule[..at].to_owned()),
                Some(_) => {}
                None => exact.push(rule.trim_end_matches('/').to_owned()),
            }
        }
        exact.sort_unstable();
        if exact.is_empty() && prefixes.is_empty() { site } else { std::sync::Arc::new(Self { site, exact, prefixes }) }
    }
}

/// The path that a line of `_redirects` is about.
fn rule(line: &str) -> Option<String> {
    let line = line.split('#').next().unwrap_or_default();
    let from = line.split_whitespace().next()?;
    Some(from.to_owned())
}

/// The path of an address.
fn path_of(rule: &str) -> &str {
    let behind = rule.split_once("//").map(|(_, rest)| rest);
    behind.map_or(rule, |rest| rest.find('/').map_or("", |slash| &rest[slash..]))
}

impl Addressing for Redirected {
    fn home(&self) -> &Home {
        self.site.home()
    }

    fn habits(&self) -> Habits {
        self.site.habits()
    }

    fn place(&self, page: &Page<'_>, now: Timestamp) -> Place {
        self.site.place(page, now)
    }

    fn files(&self, path: &str) -> Vec<String> {
        self.site.files(path)
    }

    fn sources(&self, path: &str) -> Vec<String> {
        self.site.sources(path)
    }

    fn makes(&self, path: &str, terms: &Terms<'_>) -> Makes {
        let bare = path.trim_end_matches('/');
        let is_redirected = self.exact.binary_search_by(|rule| rule.as_str().cmp(bare)).is_ok()
            || self.prefixes.iter().any(|prefix| path.starts_with(prefix.as_str()));
        if is_redirected { Makes::Yes } else { self.site.makes(path, terms) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::address::none;

    #[test]
    fn redirected_paths_are_there() {
        let list = "# comment\n/old /new 301\n/a/* /b/:splat\n/c/:id/x /d\n/* /404 404\nhttps://a.example/host/* /y\n";
        let read = |path: &str| match path {
            "static/_redirects" => Some(list.to_owned()),
            "netlify.toml" => Some("[[redirects]]\nfrom = \"/t\"\nto = \"/u\"\n".to_owned()),
            _ => None,
        };
        let site = Redirected::around(none(), &Files { read: &read, is_folder: &|_| false, names: &|_| vec![] }, "");
        let makes = |path: &str| site.makes(path, &Terms::default()) == Makes::Yes;
        for (path, is_redirected) in [
            ("/old", true),
            ("/old/", true),
            ("/a/x/y", true),
            ("/c/1/x", true),
            ("/t", true),
            ("/new", false),
            ("/older", false),
        ] {
            assert_eq!(makes(path), is_redirected, "{path}");
        }
        assert!(makes("/host/x"));
    }
}
