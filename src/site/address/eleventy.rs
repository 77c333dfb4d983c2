//! Eleventy 3, as read in `TemplatePermalink.js`, `TemplateFileSlug.js`, `Template.js`, `Data/TemplateData.js` and
//! `EleventyFiles.js`. Programs and templates decide much here: what is not literal is not known.

use globset::{Glob, GlobSet, GlobSetBuilder};
use jiff::Timestamp;

use super::config::{below, listed};
use super::{Absence, Addressing, Habits, Home, Makes, Page, Place, Relative, Terms};
use crate::site::detect::Files;
use crate::spanned::{Node, Value};
use data::{Data, Permalink, of_tree};
use made::Made;
use permalink::Scope;
use settings::Settings;

mod data;
mod made;
mod permalink;
mod settings;

/// Endings of templates that may write a page beside the posts.
const TEMPLATES: [&str; 5] = ["njk", "liquid", "html", "11ty.js", "webc"];

/// An Eleventy site.
#[derive(Debug)]
pub(super) struct Eleventy {
    /// The folder of the configuration.
    base: String,
    settings: Settings,
    /// The input folder, relative to the site root.
    input: String,
    /// Folders of layouts and data, relative to the site root.
    apart: Vec<String>,
    data: Data,
    /// Whether data that are common to all pages may say a permalink.
    has_common_data: bool,
    made: Made,
    ignored: GlobSet,
}

impl Eleventy {
    /// The site whose configuration is in the folder `base`.
    pub(super) fn read(files: &Files<'_>, base: &str) -> Self {
        let settings = Settings::read(files, base);
        let input = below(base, settings.input.as_deref().unwrap_or_default()).trim_matches('/').to_owned();
        let apart: Vec<String> = settings
            .apart
            .iter()
            .filter_map(|folder| Some(super::path::joined(&format!("/{input}/"), folder)?.trim_matches('/').to_owned()))
            .collect();
        let (mut paths, are_all) = listed(files, &input, &|name| !["node_modules/", "_site/"].contains(&name));
        // Layouts may stand outside the input folder.
        for folder in apart.iter().filter(|folder| !is_in(&format!("{folder}/"), &input)) {
            paths.extend(listed(files, folder, &|_| true).0);
        }
        let is_apart = |path: &str| apart.iter().any(|folder| is_in(path, folder));
        let data = Data::read(files, &paths, &is_apart);
        let templates = paths.iter().filter(|path| !is_apart(path));
        let inputs = templates.filter_map(|path| Some((path.as_str(), inside(path, &input)?)));
        let made = Made::read(files, inputs);
        let common = paths.iter().filter(|path| is_apart(path) && path.contains("eleventyComputed"));
        let has_permalink = |path: &String| (files.read)(path).is_none_or(|text| text.contains("permalink"));
        let has_common_data = settings.has_own_data || !are_all || common.into_iter().any(has_permalink);
        let ignored = ignored(files, base, &input);
        Self { base: base.to_owned(), settings, input, apart, data, has_common_data, made, ignored }
    }

    /// The permalink that holds for a page; `None` where none is said.
    fn permalink(&self, page: &Page<'_>, stem: &str) -> Option<Permalink> {
        let own = of_tree(page.front);
        if own.permalink.is_some() {
            return own.permalink;
        }
        if self.has_common_data {
            return Some(Permalink::Computed);
        }
        if let Some(said) = self.data.permalink(stem, &self.input) {
            return Some(said.clone());
        }
        match own.layout.as_ref().or_else(|| self.data.layout(stem, &self.input)) {
            Some(Some(layout)) => self.data.permalink_of_layout(layout, &self.apart),
            Some(None) => self.data.has_layout_with_permalink(&self.apart).then_some(Permalink::Computed),
            None => None,
        }
    }

    fn address(&self, page: &Page<'_>, stem: &str, permalink: Option<&Permalink>) -> Option<Box<str>> {
        let inside = inside(stem, &self.input)?;
        let is_known = self.settings.input.is_some()
            && !self.settings.moves_pages
            && page.path.ends_with(".md")
            && page.front.get("pagination").is_none()
            && page.front.get("templateEngineOverride").is_none();
        let scope = Scope { stem: inside, front: page.front, is_slugify_own: self.settings.is_slugify_own };
        let path = match permalink.filter(|_| is_known) {
            Some(Permalink::Text(text)) => permalink::rendered(text, &scope)?,
            None if is_known => permalink::default(inside),
            _ => return None,
        };
        Some(format!("{}{path}", self.settings.home.base).into())
    }
}

impl Addressing for Eleventy {
    fn home(&self) -> &Home {
        &self.settings.home
    }

    fn habits(&self) -> Habits {
        Habits {
            relative: Relative::Page,
            sources: self.settings.sources,
            adds_base: self.settings.adds_base,
            content_links: None,
            anchors: self.settings.anchors,
        }
    }

    fn place(&self, page: &Page<'_>, _now: Timestamp) -> Place {
        let stem = page.path.rsplit_once('.').map_or(page.path, |(stem, _)| stem);
        let is_draft = self.settings.hides_drafts
            && page.front.get("draft").is_some_and(|draft: &Node| draft.value == Value::Bool(true));
        let is_left_out = self.ignored.is_match(page.path)
            || self.apart.iter().any(|folder| is_in(page.path, folder))
            || self.settings.input.is_some() && inside(stem, &self.input).is_none();
        let permalink = self.permalink(page, stem);
        let absent = match permalink {
            _ if is_left_out => Some(Absence::Unpublished),
            _ if is_draft => Some(Absence::Draft),
            Some(Permalink::Nowhere) => Some(Absence::Unpublished),
            _ => None,
        };
        Place { address: self.address(page, stem, permalink.as_ref()), absent, ..Place::default() }
    }

    fn files(&self, path: &str) -> Vec<String> {
        let path = path.trim_start_matches('/');
        let mut all = vec![];
        for (from, to) in &self.settings.copied {
            if let Some(rest) = to.strip_prefix('/').and_then(|to| if path == to { Some("") } else { inside(path, to) })
            {
                all.push(below(&self.base, &format!("{from}/{rest}")).trim_end_matches('/').to_owned());
            }
        }
        // What is copied by its own name keeps its path below the input folder; which names those are may be computed.
        all.extend([below(&self.input, path), below(&self.base, path)]);
        let stem = path.trim_end_matches('/').trim_end_matches("index.html").trim_end_matches('/');
        let named = |name: &str| TEMPLATES.map(|ending| below(&self.input, &format!("{name}.{ending}")));
        if !stem.is_empty() {
            all.extend(named(stem));
        }
        all.extend(named(&below(stem, "index")));
        all
    }

    fn sources(&self, path: &str) -> Vec<String> {
        vec![below(&self.base, path.trim_start_matches('/')), below(&self.input, path.trim_start_matches('/'))]
    }

    fn makes(&self, path: &str, _terms: &Terms<'_>) -> Makes {
        let is_file = path
            .rsplit('/')
            .next()
            .is_some_and(|last| last.contains('.') && ![".html", ".md"].iter().any(|ending| last.ends_with(ending)));
        let made = self.made.makes(path);
        // Plug-ins write feeds, pictures and styles.
        let is_known = self.settings.input.is_some() && !self.settings.makes_pages && !self.settings.moves_pages;
        if made == Makes::No && (is_file || !is_known) { Makes::Perhaps } else { made }
    }
}

/// What `.eleventyignore` leaves out, beside the configuration and in the input folder.
fn ignored(files: &Files<'_>, base: &str, input: &str) -> GlobSet {
    let mut globs = GlobSetBuilder::new();
    let mut folders = vec![base, input];
    folders.dedup();
    for folder in folders {
        let text = (files.read)(&below(folder, ".eleventyignore")).unwrap_or_default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['#', '!'])) {
            let pattern = below(folder, line.trim_start_matches("./").trim_matches('/'));
            for pattern in [format!("{pattern}/**"), pattern] {
                if let Ok(glob) = Glob::new(&pattern) {
                    globs.add(glob);
                }
            }
        }
    }
    globs.build().unwrap_or_else(|_| GlobSet::empty())
}

/// The path below a folder.
fn inside<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}

/// Whether a path is in a folder that has a name.
fn is_in(path: &str, folder: &str) -> bool {
    !folder.is_empty() && inside(path, folder).is_some()
}
