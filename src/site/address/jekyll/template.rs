//! Pages that nobody reads for their words: HTML, XML and other files with front matter, whose `permalink` may put them
//! anywhere.

use std::collections::BTreeSet;

use super::settings::Settings;
use super::{Makes, aliases, page};
use crate::site::address::config::listed;
use crate::site::detect::Files;
use crate::spanned::{Node, Value, yaml};

/// Endings of such files.
const ENDINGS: [&str; 8] = ["html", "htm", "xml", "json", "txt", "js", "css", "webmanifest"];

/// Most of them that are read.
const MOST: usize = 2_000;

/// Where such pages are.
#[derive(Debug, Default)]
pub(super) struct Templates {
    /// Their addresses without the base path and without a slash or `index.html` at the end.
    addresses: BTreeSet<String>,
    /// Their paths below the folder that Jekyll works in.
    sources: BTreeSet<String>,
    /// Whether they are all.
    are_all: bool,
}

impl Templates {
    /// Reads those of the site.
    pub(super) fn read(files: &Files<'_>, settings: &Settings) -> Self {
        // Layouts, posts and collections stand in folders that begin with `_`.
        let is_template = |name: &str| name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending));
        let wants = |name: &str| match name.strip_suffix('/') {
            Some(folder) => !folder.starts_with('_') && folder != "node_modules",
            None => is_template(name),
        };
        let (paths, are_all) = listed(files, settings.source_file("").trim_end_matches('/'), &wants);
        let inside = paths.iter().filter_map(|path| Some((path, settings.below(path)?)));
        let mut read = inside.filter(|(_, inside)| settings.entries.reads(inside));
        let mut templates = Self { are_all, ..Self::default() };
        for (path, inside) in read.by_ref().take(MOST) {
            if let Some(front) = (files.read)(path).as_deref().and_then(front_matter) {
                templates.add(settings, inside, &front);
            }
        }
        templates.are_all &= read.next().is_none();
        templates
    }

    fn add(&mut self, settings: &Settings, inside: &str, front: &Node) {
        let place = page::place(settings, inside, front);
        match place.address {
            // A permalink that is no text.
            None => self.are_all = false,
            Some(_) if place.absent.is_some() => {}
            Some(address) => {
                self.sources.insert(inside.to_owned());
                let all = aliases(settings, front).into_iter().chain([address]);
                self.addresses.extend(all.map(|address| bare(&address[settings.home.base.len()..]).to_owned()));
            }
        }
    }

    /// Whether a file is such a page, and nothing is served where it lies.
    pub(super) fn has(&self, source: &str) -> bool {
        self.sources.contains(source)
    }

    /// Whether such a page is at a path.
    pub(super) fn makes(&self, path: &str) -> Makes {
        let bare = bare(path);
        let is_there = self.addresses.contains(bare) || self.addresses.contains(&format!("{bare}.html"));
        match (is_there, self.are_all) {
            (true, _) => Makes::Yes,
            (false, true) => Makes::No,
            (false, false) => Makes::Perhaps,
        }
    }
}

/// A path as a server finds it, however its end is written.
fn bare(path: &str) -> &str {
    path.strip_suffix("/index.html").unwrap_or(path).trim_end_matches('/')
}

/// The front matter of a template; `None` for a file that is copied as it is.
fn front_matter(text: &str) -> Option<Node> {
    let rest = text.trim_start_matches('\u{FEFF}').strip_prefix("---")?;
    let rest = rest.strip_prefix('\n').or_else(|| rest.strip_prefix("\r\n"))?;
    let end = if rest.starts_with("---") { 0 } else { rest.find("\n---")? };
    let nothing = Node { value: Value::Null, span: Default::default(), layer: 0 };
    Some(yaml::parse(&rest[..end]).unwrap_or(nothing))
}
