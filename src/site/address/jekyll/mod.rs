//! Jekyll's addresses, as read in `lib/jekyll/` (url, document, page, static_file, drops/url_drop, utils, configuration,
//! frontmatter_defaults, entry_filter) of 4.3 and in the plug-ins that GitHub Pages runs, and held against what Jekyll itself
//! makes of `tests/sites/jekyll*`.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Absence, Addresses, Addressing, AddsBase, Habits, Home, Makes, Page, Place, Relative, Sources, Terms};
use crate::site::detect::Files;
use crate::spanned::Node;
use document::Document;
use made::Feeds;
use settings::Settings;
use template::Templates;

mod data;
mod document;
mod entry;
mod made;
mod page;
mod settings;
mod slug;
mod template;

/// A site of Jekyll's.
#[derive(Debug)]
struct Jekyll {
    settings: Settings,
    feeds: Feeds,
    templates: Templates,
}

/// The addresses of the site with this configuration.
pub(super) fn read(files: &Files<'_>, base: &str) -> Addresses {
    let settings = Settings::read(files, base);
    let templates = Templates::read(files, &settings);
    Arc::new(Jekyll { feeds: Feeds::of(&settings), settings, templates })
}

impl Addressing for Jekyll {
    fn home(&self) -> &Home {
        &self.settings.home
    }

    fn habits(&self) -> Habits {
        Habits {
            relative: Relative::Page,
            sources: self.links_to_sources(),
            adds_base: AddsBase::Never,
            content_links: None,
            anchors: self.settings.anchors,
        }
    }

    fn place(&self, page: &Page<'_>, now: Timestamp) -> Place {
        let Some(path) = self.settings.below(page.path).filter(|_| self.settings.is_readable) else {
            return Place::default();
        };
        let mut place = match Document::at(&self.settings, path) {
            Some(document) => document.place(&self.settings, page.front, now),
            None => page::place(&self.settings, path, page.front),
        };
        place.aliases = aliases(&self.settings, page.front);
        place
    }

    fn files(&self, path: &str) -> Vec<String> {
        let names = page::files(path.trim_start_matches('/'));
        let is_served = |name: &String| self.settings.entries.reads(name) && !self.templates.has(name);
        let served = names.into_iter().filter(is_served);
        served.map(|name| self.settings.source_file(&name)).collect()
    }

    fn sources(&self, path: &str) -> Vec<String> {
        vec![self.settings.source_file(path)]
    }

    fn makes(&self, path: &str, terms: &Terms<'_>) -> Makes {
        match self.templates.makes(path) {
            Makes::No => made::makes(&self.settings, &self.feeds, path, terms),
            made => made,
        }
    }
}

impl Jekyll {
    /// jekyll-relative-links; GitHub Pages turns it on for everyone. Without `collections: true` it leaves posts as they are,
    /// so that no one answer holds for all pages.
    fn links_to_sources(&self) -> Sources {
        let (is_on, has_collections) = self.settings.relative_links;
        match (is_on, self.settings.plugin("jekyll-relative-links")) {
            (false, _) => Sources::Kept,
            (true, Makes::Yes) if has_collections => Sources::Resolved,
            _ => Sources::Perhaps,
        }
    }
}

/// `redirect_from`, where the plug-in may be there.
fn aliases(settings: &Settings, front: &Node) -> Vec<Box<str>> {
    let Some(from) = front.get("redirect_from") else { return vec![] };
    if settings.plugin("jekyll-redirect-from") == Makes::No {
        return vec![];
    }
    let written = std::iter::once(from).chain(from.items()).filter_map(|node| node.as_str());
    written.map(|path| settings.on_host(&page::sanitized(&super::path::decoded(path)))).collect()
}

/// Says that a page is not published.
fn unpublished(place: Place) -> Place {
    Place { absent: Some(Absence::Unpublished), ..place }
}

#[cfg(test)]
mod tests;
