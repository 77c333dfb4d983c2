//! Hugo: `resources/page/page_paths.go`, `permalinks.go`, `hugolib/page__paths.go`, `alias.go`; run at 0.168 and, where it
//! differed, at 0.111. Sections are given a `slug` by their own `_index.md`, and pages are made resources by an `index.md`
//! above them: both stand in other files and are not seen here.

use jiff::Timestamp;

use super::{Addressing, AddsBase, Habits, Home, Makes, Page, Place, Relative, Sources, Terms};
use crate::site::anchor::Engine;
use crate::site::detect::Files;
use dates::DateKeys;
use naming::Naming;
use permalink::Rule;
use serve::Served;
use source::{Language, Root};

mod dates;
mod layout;
mod naming;
mod permalink;
mod place;
mod serve;
mod settings;
mod source;

/// A site of Hugo's.
#[derive(Debug)]
pub(super) struct Hugo {
    home: Home,
    habits: Habits,
    /// `None` where the configuration cannot be read, or decides in a way that is not followed here.
    known: Option<Known>,
}

/// What the configuration says.
#[derive(Debug)]
struct Known {
    base: Box<str>,
    /// The longest folder first.
    roots: Vec<Root>,
    languages: Vec<Language>,
    naming: Naming,
    ugly: Ugly,
    rules: Vec<Rule>,
    dates: DateKeys,
    builds: Builds,
    served: Served,
}

/// Where addresses end in `.html` (`uglyURLs`).
#[derive(Clone, Debug, PartialEq, Eq)]
enum Ugly {
    Everywhere(bool),
    Sections(Vec<String>),
}

impl Ugly {
    fn is(&self, section: &str) -> bool {
        match self {
            Ugly::Everywhere(is) => *is,
            Ugly::Sections(sections) => sections.iter().any(|ugly| ugly == section),
        }
    }
}

/// What is built besides what is published and current.
#[derive(Clone, Copy, Debug, Default)]
struct Builds {
    drafts: bool,
    future: bool,
    expired: bool,
    /// No pages at all (`disableKinds`).
    no_pages: bool,
    no_sections: bool,
}

impl Hugo {
    pub(super) fn read(files: &Files<'_>, folder: &str) -> Self {
        let config = settings::read(files, folder);
        let base_url = config.as_ref().and_then(|config| config.get("baseurl")).and_then(settings::as_text);
        let url = base_url.as_deref().unwrap_or_default().trim();
        let below_host =
            url.split_once("//").map_or(url, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
        let mut home = Home::of(Some(url), below_host.split(['?', '#']).next().unwrap_or_default());
        let Some(config) = config else {
            let habits = Habits {
                relative: Relative::Page,
                sources: Sources::Perhaps,
                adds_base: AddsBase::Never,
                content_links: None,
                anchors: Engine::Unknown,
            };
            return Hugo { home, habits, known: None };
        };
        layout::hosts(&config).into_iter().for_each(|host| home.add(host));
        let served = Served::read(files, folder, &config);
        let habits = served.habits(files, folder, &config);
        let known = layout::known(files, folder, &config, &home.base, served);
        Hugo { home, habits, known }
    }
}

impl Addressing for Hugo {
    fn home(&self) -> &Home {
        &self.home
    }

    fn habits(&self) -> Habits {
        self.habits
    }

    fn place(&self, page: &Page<'_>, now: Timestamp) -> Place {
        let place = self.known.as_ref().and_then(|known| known.place(page, now)).unwrap_or_default();
        // Of a leaf bundle; `_index.md` has pages beside it.
        let is_leaf = page.path.rsplit('/').next().is_some_and(|name| name.starts_with("index."));
        Place { is_leaf: is_leaf && place.bundle.is_some(), ..place }
    }

    fn files(&self, path: &str) -> Vec<String> {
        let Some(known) = &self.known else { return vec![] };
        let mut files = known.served.files(path);
        // What lies in a section is served where it lies.
        let (prefix, below) = known.language_of(path);
        let of_language = |root: &&Root| known.languages[root.language].prefix == prefix;
        let inside = |root: &Root| Some(format!("{}{}", root.folder, below.strip_prefix(&*root.prefix())?));
        files.extend(known.roots.iter().filter(of_language).filter_map(inside));
        files.extend(known.served.assets(path));
        files
    }

    fn sources(&self, path: &str) -> Vec<String> {
        let roots = self.known.iter().flat_map(|known| &known.roots);
        roots.map(|root| format!("{}/{path}", root.folder.trim_end_matches('/'))).collect()
    }

    fn makes(&self, path: &str, terms: &Terms<'_>) -> Makes {
        self.known.as_ref().map_or(Makes::Perhaps, |known| known.makes(path, terms))
    }
}

#[cfg(test)]
mod tests;
