//! Where the generator puts what it makes of a source, and what else it serves: told from the source's path, its front matter
//! and the site's own configuration, without building the site. One file for each generator; what is common to them stands
//! in `config` and `path`. What cannot be known is said not to be known, never guessed.

use std::fmt;
use std::sync::Arc;

use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};

use super::anchor::Engine;
use super::detect::Files;
use super::{Profile, Role};
use crate::spanned::Node;

pub mod config;
pub mod home;
pub mod path;
pub mod program;

mod astro;
mod day;
mod docusaurus;
mod eleventy;
mod hexo;
mod hugo;
mod jekyll;
mod mkdocs;
mod permalink;
mod plain;
mod redirects;
mod routed;
mod terms;
mod vitepress;
mod zola;

pub use routed::Route;
pub use terms::Terms;

/// The addresses of one site. Cheap to clone.
pub type Addresses = Arc<dyn Addressing>;

/// What a site's generator does with addresses, as its configuration says.
pub trait Addressing: fmt::Debug + Send + Sync {
    /// Where the whole site is.
    fn home(&self) -> &Home;

    /// How links are read.
    fn habits(&self) -> Habits;

    /// Where the generator puts a page. `now` decides what is in the future.
    fn place(&self, page: &Page<'_>, now: Timestamp) -> Place;

    /// Files that may be served at a path, relative to the site root, the likeliest first. The path is decoded, begins with
    /// `/` and is without the base path. Not among them: what lies beside a page in its bundle, which `Place` tells.
    fn files(&self, path: &str) -> Vec<String>;

    /// Sources that a reference to this path may mean (`{% link %}`, `@/`, `ref`), relative to the site root, the likeliest
    /// first.
    fn sources(&self, path: &str) -> Vec<String> {
        vec![path.to_owned()]
    }

    /// Whether the generator, a plug-in or a theme makes a page at this path that has no source: lists, feeds, archives. The
    /// path is decoded, begins with `/` and is without the base path.
    fn makes(&self, path: &str, terms: &Terms<'_>) -> Makes;
}

/// Where the whole site is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Home {
    /// Hosts that are the site, in lower case, in ASCII (IDNA), with a port other than the usual one: `a.example`.
    pub hosts: Vec<Box<str>>,
    /// Scheme and host of its pages, where the configuration tells: `https://a.example`.
    pub origin: Option<Box<str>>,
    /// The folder of the host that the site is in: empty, or with a slash before it and none behind it: `/blog`.
    pub base: Box<str>,
}

/// A source, as far as its address depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Its path relative to the site root, with `/`.
    pub path: &'a str,
    /// Article or page.
    pub role: Role,
    /// Its front matter.
    pub front: &'a Node,
}

/// Where a page is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its address as the generator writes it into links: decoded, from the root of the host, with the base path:
    /// `/blog/2024/05/06/sea.html`. `None` where the source does not tell.
    pub address: Option<Box<str>>,
    /// Addresses where it may be instead, depending on what the source does not tell (the time zone of the build).
    pub perhaps: Vec<Box<str>>,
    /// Addresses that lead to it by a redirect (aliases), in the same form.
    pub aliases: Vec<Box<str>>,
    /// Why the page is not on the site, if it is not. `address` is where it would be.
    pub absent: Option<Absence>,
    /// The day that was written, and the one in the address, where the time zone moved it.
    pub shift: Option<(civil::Date, civil::Date)>,
    /// The address wants a day and there is none.
    pub is_undated: bool,
    /// The folder whose other files are served beside the page, relative to the site root.
    pub bundle: Option<Box<str>>,
    /// Pages without a source that the generator makes because there is this one: the list of its section, feeds.
    pub lists: Vec<Box<str>>,
    /// Whether other sources in the bundle are files of this page, and no pages of their own.
    pub is_leaf: bool,
}

/// Why a page is not on the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Absence {
    /// A draft.
    Draft,
    /// Dated in the future.
    Future,
    /// Said not to be published (`published: false`, `build.render: never`, `permalink: false`).
    Unpublished,
    /// Past the day on which it expires.
    Expired,
}

/// How links are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Habits {
    /// What a relative address is relative to.
    pub relative: Relative,
    /// What becomes of a link to a source file (`b.md`).
    pub sources: Sources,
    /// Before which links that begin with `/` the generator writes the base path.
    pub adds_base: AddsBase,
    /// What begins a path from the folder of the sources: `@/`.
    pub content_links: Option<&'static str>,
    /// How headings get their anchors.
    pub anchors: Engine,
}

impl Habits {
    /// Those of generators that turn links to source files into addresses.
    const fn resolving(anchors: Engine) -> Self {
        Habits {
            relative: Relative::Source,
            sources: Sources::Resolved,
            adds_base: AddsBase::Always,
            content_links: None,
            anchors,
        }
    }
}

/// Before which links that begin with `/` the generator writes the base path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddsBase {
    /// None: links stay as they are.
    Never,
    /// All.
    Always,
    /// Those that do not begin with it.
    WhereMissing,
    /// Images in Markdown; relative ones are taken from the root of the site as well.
    ToImages,
}

/// What a relative address is relative to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relative {
    /// The address of the page: the generator leaves links as they are, and the browser follows them.
    Page,
    /// The same, but images in Markdown are taken in from beside the source file.
    PageButImages,
    /// The source file: the generator turns links into addresses.
    Source,
}

/// What becomes of a link to a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sources {
    /// The generator writes the page's address in its place.
    Resolved,
    /// The same, but only where the file is named with its ending; any other relative link stays as it is.
    ResolvedByFile,
    /// A plug-in or a theme may do so; the configuration does not tell.
    Perhaps,
    /// Nothing: the link stays as it is.
    Kept,
}

/// Whether there is a page without a source of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Makes {
    /// The generator surely makes it.
    Yes,
    /// A plug-in or a theme may make it.
    Perhaps,
    /// No part of the generator makes such a page.
    No,
}

/// The addresses of a site of this generator. `base` is the folder of its configuration, relative to the site root; `routes`
/// are what its owner tells of its folders.
pub fn read(files: &Files<'_>, profile: &'static Profile, base: &str, routes: &[Route]) -> Addresses {
    let site: Addresses = match profile.name {
        "jekyll" => jekyll::read(files, base),
        "hugo" => Arc::new(hugo::Hugo::read(files, base)),
        "hexo" => hexo::read(files, base),
        "zola" => Arc::new(zola::Zola::read(files, base)),
        "eleventy" => Arc::new(eleventy::Eleventy::read(files, base)),
        "mkdocs" => Arc::new(mkdocs::MkDocs::read(files, base)),
        "docusaurus" => Arc::new(docusaurus::Docusaurus::read(files, base)),
        "vitepress" => vitepress::read(files, base),
        "astro" => Arc::new(astro::Astro::read(files, base)),
        _ => none(),
    };
    let id = if profile.name == "astro" { astro::id } else { routed::by_file };
    redirects::Redirected::around(routed::Routed::around(site, routes, id), files, base)
}

/// The addresses of a folder of posts that no generator is known of.
pub fn none() -> Addresses {
    Arc::new(plain::Plain::default())
}

#[cfg(test)]
mod tests;
