//! No generator known: what a link leads to is a file beside the one it stands in. No page has an address of its own.

use jiff::Timestamp;

use super::{Addressing, Habits, Home, Makes, Page, Place, Relative, Sources, Terms};
use crate::site::anchor::Engine;

/// A folder of posts.
#[derive(Debug, Default)]
pub(super) struct Plain {
    home: Home,
}

impl Addressing for Plain {
    fn home(&self) -> &Home {
        &self.home
    }

    fn habits(&self) -> Habits {
        Habits { relative: Relative::Source, sources: Sources::Resolved, anchors: Engine::GitHub }
    }

    fn place(&self, _page: &Page<'_>, _now: Timestamp) -> Place {
        Place::default()
    }

    fn files(&self, path: &str) -> Vec<String> {
        vec![path.trim_start_matches('/').to_owned()]
    }

    fn makes(&self, _path: &str, _terms: &Terms<'_>) -> Makes {
        Makes::Perhaps
    }
}
