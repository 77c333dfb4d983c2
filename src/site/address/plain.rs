//! No generator known: what a link leads to is a file beside the one it stands in, and a page is where its source is.

use jiff::Timestamp;

use super::{Addressing, AddsBase, Habits, Home, Makes, Page, Place, Terms};
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
        Habits { adds_base: AddsBase::Never, ..Habits::resolving(Engine::GitHub) }
    }

    fn place(&self, page: &Page<'_>, _now: Timestamp) -> Place {
        Place { address: Some(format!("/{}", page.path).into()), ..Place::default() }
    }

    fn files(&self, path: &str) -> Vec<String> {
        vec![path.trim_start_matches('/').to_owned()]
    }

    fn makes(&self, path: &str, _terms: &Terms<'_>) -> Makes {
        // What is no file may be made by whatever shows the folder: `../../issues`.
        let is_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
        if is_file { Makes::No } else { Makes::Perhaps }
    }
}
