//! Links to source files: what a generator or a plug-in turns into the address of the page.

use super::Verdict;
use super::resolve::{Resolver, Target};
use crate::site::address::{AddsBase, Relative, Sources, path};

/// Endings of source files that a generator makes pages of.
const SOURCES: [&str; 5] = [".md", ".markdown", ".mdx", ".Rmd", ".html"];

impl Resolver<'_> {
    /// The page whose source a path from the root names, where the generator looks for sources there.
    pub(super) fn rooted_source(&self, decoded: &str) -> Option<Target> {
        let is_left = self.habits.sources == Sources::Kept
            || self.habits.sources == Sources::ResolvedByFile && self.habits.adds_base == AddsBase::Never;
        if is_left || !is_source(decoded) {
            return None;
        }
        let paths = self.addresses.sources(decoded.trim_start_matches('/'));
        let named =
            paths.iter().find_map(|path| self.table.post(path)).map(|post| self.by_plugin(self.to_source(post)));
        named.or_else(|| self.moved_source("/", &format!("{}{decoded}", self.addresses.home().base)))
    }

    /// The page whose source a path without `./` names, where the generator looks for it in the folders of sources, too.
    pub(super) fn source_of_content(&self, decoded: &str) -> Option<Target> {
        let looks = self.habits.sources == Sources::ResolvedByFile && !decoded.starts_with('.');
        if looks { self.rooted_source(decoded) } else { None }
    }

    /// The page at the address that is left where the generator takes the ending off a link to a source: the source itself may
    /// stand elsewhere.
    pub(super) fn moved_source(&self, from: &str, decoded: &str) -> Option<Target> {
        let takes_off = self.habits.sources == Sources::Resolved && self.habits.adds_base != AddsBase::Never;
        let stem = decoded.strip_suffix(".md").filter(|_| takes_off)?;
        Some(self.lookup(&path::followed(from, stem), true)).filter(|target| target.post.is_some())
    }

    /// A link to a source file that the generator, or a plug-in, turns into the page's address.
    pub(super) fn by_plugin(&self, found: Target) -> Target {
        match (self.habits.sources, found.verdict) {
            (Sources::Perhaps, Verdict::Found) => Target { verdict: Verdict::Unverified, ..found },
            _ => found,
        }
    }

    /// The page or file whose source lies at a path relative to the folder of another source.
    pub(super) fn source(&self, from: &str, relative: &str) -> Option<Target> {
        let joined = path::joined(&format!("/{from}"), relative)?;
        let path = joined.trim_start_matches('/');
        if let Some(post) = self.table.post(path) {
            return Some(self.to_source(post));
        }
        let stem = path.trim_end_matches('/');
        let with_ending = SOURCES.iter().map(|ending| format!("{stem}{ending}"));
        let as_folder = ["index.md", "README.md", "_index.md"].iter().map(|name| format!("{stem}/{name}"));
        let named = if self.habits.sources == Sources::Resolved && self.habits.relative == Relative::Source {
            let stem = stem.strip_suffix(".html").unwrap_or(stem);
            let page = format!("{stem}.md");
            std::iter::once(page).chain(with_ending).chain(as_folder).find_map(|path| self.table.post(&path))
        } else {
            None
        };
        if let Some(post) = named {
            return Some(self.to_source(post));
        }
        let (folders, texts) = self.folders();
        let is_left = self.habits.sources == Sources::ResolvedByFile && folders.names(texts, stem).is_some();
        (folders.has(texts, path) && !is_left).then(|| Target::of(Verdict::Found))
    }

    /// A link to a page by its source.
    pub(super) fn to_source(&self, post: u32) -> Target {
        let place = self.corpus.posts[post as usize].links.as_ref().map(|links| &links.place);
        match place.and_then(|place| place.absent) {
            Some(absence) => Target::post(Verdict::NotPublished(absence), post),
            None => Target::post(Verdict::Found, post),
        }
    }
}

/// Whether a path names a source of a page.
pub(super) fn is_source(path: &str) -> bool {
    [".md", ".markdown", ".mdx"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending))
}
