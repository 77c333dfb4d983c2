//! What else is served: files, and pages that Zola makes without a source.

use super::names::Slugify;
use crate::site::address::config::below;
use crate::site::address::{Makes, Terms};
use crate::site::detect::Files;
use crate::spanned::{Node, Value};

/// A taxonomy in a language.
#[derive(Debug)]
struct Taxonomy {
    /// Its key in front matter.
    name: String,
    /// `/fr/tags`
    root: String,
    has_feeds: bool,
    is_paginated: bool,
    is_rendered: bool,
}

/// Folders of files, lists and feeds.
#[derive(Debug)]
pub(super) struct Served {
    folders: Vec<String>,
    sass: Vec<String>,
    /// All languages but the first.
    languages: Vec<String>,
    taxonomies: Vec<Taxonomy>,
    slugify: Slugify,
    /// `atom.xml`
    feeds: Vec<String>,
    /// The prefixes of languages with feeds; empty is the first.
    with_feeds: Vec<String>,
    /// Of whole sites.
    single: Vec<&'static str>,
    has_search: bool,
    /// There is a theme that cannot be looked into.
    is_unseen: bool,
}

fn is_on(node: &Node, keys: &[&str], usual: bool) -> bool {
    keys.iter().find_map(|key| node.get(key)).map_or(usual, |node| node.value == Value::Bool(true))
}

impl Served {
    pub(super) fn read(files: &Files<'_>, folder: &str, config: &Node, slugify: Slugify) -> Self {
        let theme = config.get("theme").and_then(Node::as_str).map(|theme| below(folder, &format!("themes/{theme}")));
        let with_theme = |name: &str| {
            let own = std::iter::once(below(folder, name));
            own.chain(theme.iter().map(|theme| format!("{theme}/{name}"))).collect()
        };
        let usual = config.get("default_language").and_then(Node::as_str).unwrap_or("en");
        let others = config.get("languages").map_or(&[][..], Node::entries);
        let others = others.iter().filter_map(|(name, node)| Some((name.as_str()?, node)));
        let others: Vec<(&str, &Node)> = others.filter(|(name, _)| *name != usual).collect();
        let has_feeds = |node: &Node| is_on(node, &["generate_feeds", "generate_feed"], false);
        let mut taxonomies = read_taxonomies(config, "", slugify);
        let mut with_feeds = if has_feeds(config) { vec![String::new()] } else { vec![] };
        for (name, node) in &others {
            taxonomies.extend(read_taxonomies(node, &format!("/{name}"), slugify));
            with_feeds.extend(has_feeds(node).then(|| format!("/{name}")));
        }
        let feeds = config.get("feed_filenames").map(|node| node.items().iter().filter_map(Node::as_str).collect());
        let former = || vec![config.get("feed_filename").and_then(Node::as_str).unwrap_or("atom.xml")];
        let feeds: Vec<&str> = feeds.unwrap_or_else(former);
        let single = [("generate_sitemap", "/sitemap.xml"), ("generate_robots_txt", "/robots.txt")];
        Served {
            folders: with_theme("static"),
            sass: if is_on(config, &["compile_sass"], false) { with_theme("sass") } else { vec![] },
            languages: others.iter().map(|(name, _)| (*name).to_owned()).collect(),
            taxonomies,
            slugify,
            feeds: feeds.into_iter().map(str::to_owned).collect(),
            with_feeds,
            single: single.iter().filter(|(key, _)| is_on(config, &[key], true)).map(|(_, path)| *path).collect(),
            has_search: is_on(config, &["build_search_index"], false),
            is_unseen: theme.is_some_and(|theme| !(files.is_folder)(&theme)),
        }
    }

    /// The prefix of the language that a path stands below, and what follows it.
    pub(super) fn language_of<'p>(&self, path: &'p str) -> (&'p str, &'p str) {
        let rest = |language: &str| path.strip_prefix('/')?.strip_prefix(language).filter(|rest| rest.starts_with('/'));
        let found = self.languages.iter().find_map(|language| rest(language));
        found.map_or(("", path), |rest| (&path[..path.len() - rest.len()], rest))
    }

    pub(super) fn files(&self, path: &str) -> Vec<String> {
        let file = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        let mut files: Vec<String> = self.folders.iter().map(|folder| format!("{folder}{file}")).collect();
        if let Some(stem) = file.strip_suffix(".css") {
            let sources = |folder: &String| [format!("{folder}{stem}.scss"), format!("{folder}{stem}.sass")];
            files.extend(self.sass.iter().flat_map(sources));
        }
        files
    }

    /// The feeds of a section.
    pub(super) fn lists(&self, path: &str, front: &Node) -> Vec<String> {
        let has_feeds = is_on(front, &["generate_feeds", "generate_feed"], false);
        self.feeds.iter().filter(|_| has_feeds).map(|feed| format!("{path}{feed}")).collect()
    }

    pub(super) fn makes(&self, path: &str, terms: &Terms<'_>) -> Makes {
        let (prefix, below) = self.language_of(path);
        if matches!(below, "/" | "/index.html" | "/404.html") || self.single.contains(&path) {
            return Makes::Yes;
        }
        if self.languages.iter().any(|language| path.strip_prefix('/') == Some(language)) {
            return Makes::Yes;
        }
        let is_feed = |feed: &String| below.strip_prefix('/') == Some(feed);
        if self.feeds.iter().any(is_feed) && self.with_feeds.iter().any(|with| with == prefix) {
            return Makes::Yes;
        }
        for taxonomy in &self.taxonomies {
            let Some(rest) = path.strip_prefix(&*taxonomy.root).filter(|rest| rest.starts_with('/')) else { continue };
            return if taxonomy.is_rendered { self.term(taxonomy, rest, terms) } else { Makes::No };
        }
        self.made_by_template(path)
    }

    /// A page below a taxonomy. Which languages use a term is not told, so with several it is not sure.
    fn term(&self, taxonomy: &Taxonomy, rest: &str, terms: &Terms<'_>) -> Makes {
        let sure = if self.languages.is_empty() { Makes::Yes } else { Makes::Perhaps };
        let is_used = terms.under(&taxonomy.name).next().is_some();
        if rest == "/" {
            return if is_used { sure } else { Makes::Perhaps };
        }
        let Some((term, after)) = rest[1..].split_once('/') else { return Makes::No };
        if !is_used {
            // Which terms there are is not known of every taxonomy.
            return Makes::Perhaps;
        }
        if !terms.have(&[&taxonomy.name], "", term, |written| Some(self.slugify.path(written))) {
            return Makes::No;
        }
        match after {
            "" => sure,
            feed if self.feeds.iter().any(|name| name == feed) => {
                if taxonomy.has_feeds {
                    sure
                } else {
                    Makes::No
                }
            }
            _ if taxonomy.is_paginated => Makes::Perhaps,
            _ => Makes::No,
        }
    }

    /// Pages of lists by numbers, whose word is a section's to choose, and files that templates make.
    fn made_by_template(&self, path: &str) -> Makes {
        let name = path.rsplit('/').next().unwrap_or_default();
        let mut parts = path.trim_end_matches('/').rsplit('/');
        let is_number = parts.next().is_some_and(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
        let is_numbered = is_number
            && parts.next().is_some_and(|word| !word.is_empty() && !word.starts_with(|c: char| c.is_ascii_digit()));
        let is_search = self.has_search && (name.starts_with("search_index.") || name == "elasticlunr.min.js");
        let is_made = path.starts_with("/processed_images/") || name.ends_with(".css") || name.ends_with(".js");
        let is_page = name.is_empty() || !name.contains('.') || name.ends_with(".html");
        match is_search {
            true => Makes::Yes,
            false if is_numbered || is_made || self.is_unseen && !is_page => Makes::Perhaps,
            false => Makes::No,
        }
    }
}

fn read_taxonomies(node: &Node, prefix: &str, slugify: Slugify) -> Vec<Taxonomy> {
    let items = node.get("taxonomies").map_or(&[][..], Node::items).iter();
    items
        .filter_map(|item| {
            let name = item.get("name")?.as_str()?;
            Some(Taxonomy {
                name: name.to_owned(),
                root: format!("{prefix}/{}", slugify.path(name)),
                has_feeds: is_on(item, &["feed", "rss"], false),
                is_paginated: item.get("paginate_by").is_some(),
                is_rendered: is_on(item, &["render"], true),
            })
        })
        .collect()
}
