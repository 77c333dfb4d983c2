//! Hexo's addresses, as read in `lib/` of Hexo 8 (processors, filters, models, hexo-util) and its generators, and held
//! against what Hexo itself makes of `tests/sites/hexo*`.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Addresses, Addressing, AddsBase, Habits, Home, Makes, Page, Place, Relative, Sources, Terms};
use crate::site::anchor::Engine;
use crate::site::detect::Files;
use settings::Settings;

mod date;
mod made;
mod page;
mod post;
mod settings;

/// A site of Hexo's.
#[derive(Debug)]
struct Hexo {
    settings: Settings,
}

/// The addresses of the site with this configuration.
pub(super) fn read(files: &Files<'_>, base: &str) -> Addresses {
    Arc::new(Hexo { settings: Settings::read(files, base) })
}

impl Addressing for Hexo {
    fn home(&self) -> &Home {
        &self.settings.home
    }

    fn habits(&self) -> Habits {
        let anchors = self.settings.anchors;
        let is_marked = matches!(anchors, Engine::Hexo | Engine::HexoLower | Engine::HexoUpper);
        let adds_base = if is_marked && self.settings.prepends_root() { AddsBase::ToImages } else { AddsBase::Never };
        Habits { relative: Relative::Page, sources: Sources::Kept, adds_base, content_links: None, anchors }
    }

    fn place(&self, page: &Page<'_>, now: Timestamp) -> Place {
        let Some(path) = self.settings.below_source(page.path).filter(|_| self.settings.is_readable) else {
            return Place::default();
        };
        let below = |folder: &str| path.strip_prefix(folder);
        let mut place = match (below("_posts/"), below("_drafts/")) {
            (Some(below), _) => post::place(&self.settings, page, below, false, now),
            (None, Some(below)) => post::place(&self.settings, page, below, true, now),
            (None, None) => page::place(&self.settings, path, page.front, now),
        };
        place.aliases = self.aliases(page);
        place
    }

    fn files(&self, path: &str) -> Vec<String> {
        page::files(&self.settings, path.trim_start_matches('/'))
    }

    fn makes(&self, path: &str, terms: &Terms<'_>) -> Makes {
        made::makes(&self.settings, path, terms)
    }
}

impl Hexo {
    /// `alias` or `aliases`, where hexo-generator-alias may be there.
    fn aliases(&self, page: &Page<'_>) -> Vec<Box<str>> {
        let Some(from) = page.front.get("alias").or_else(|| page.front.get("aliases")) else { return vec![] };
        if self.settings.plugin("hexo-generator-alias") == Makes::No {
            return vec![];
        }
        let written = std::iter::once(from).chain(from.items()).filter_map(|node| node.as_str());
        written.map(|path| self.settings.on_host(path)).collect()
    }
}

#[cfg(test)]
mod tests;
