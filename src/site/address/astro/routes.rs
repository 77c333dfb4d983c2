//! Where pages of Astro put the entries of a collection: told by the page with a parameter in its name, as far as it says
//! `getCollection("blog")` and `params: { slug: entry.id }`, and by the configuration of the content.

use super::super::config::{below, program};
use super::super::program::{Program, Value};
use crate::site::detect::Files;

/// Names of the configuration of content, in the source folder.
const CONFIGS: [&str; 8] = [
    "content.config.ts",
    "content.config.mts",
    "content.config.js",
    "content.config.mjs",
    "content/config.ts",
    "content/config.mts",
    "content/config.js",
    "content/config.mjs",
];
/// Most pages with parameters that are read.
const MOST: usize = 200;

/// A collection with the address of its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Route {
    /// The folder of the entries, relative to the site root.
    pub(super) folder: String,
    /// The address with `{id}` for the entry's, without base path and slash at the end: `/blog/{id}`.
    pub(super) address: String,
    /// Whether this is sure, or a guess by names.
    pub(super) is_sure: bool,
}

/// A collection.
struct Collection {
    name: String,
    /// The folder; `None` where it is computed.
    folder: Option<String>,
    /// Whether entries have ids in Astro 5's way: by a loader.
    has_loader: bool,
}

/// The routes of a site with these pages below the source folder, of which those with parameters are read.
pub(super) fn routes(files: &Files<'_>, base: &str, source: &str, pages: &[String]) -> Vec<Route> {
    let collections = collections(files, base, source);
    let mut routes = vec![];
    let root = below(source, "pages/");
    let dynamic = pages.iter().filter(|page| page.contains('[') && page.ends_with(".astro"));
    for page in dynamic.take(MOST) {
        let Some(inside) = page.strip_prefix(&root) else { continue };
        let Some((folder, is_whole)) = beginning(inside) else { continue };
        let address = if folder.is_empty() { "/{id}".to_owned() } else { format!("/{folder}/{{id}}") };
        let text = (files.read)(page).unwrap_or_default();
        let read = is_whole.then(|| said(&text, &collections)).flatten();
        match read {
            Some(folder) => routes.push(Route { folder, address, is_sure: true }),
            None => {
                let name = folder.rsplit('/').next().filter(|name| !name.is_empty());
                let named = name.map(|name| below(source, &format!("content/{name}")));
                routes.extend(named.map(|folder| Route { folder, address, is_sure: false }));
            }
        }
    }
    routes
}

/// The folder of a page with one parameter as its name; whether nothing else is a parameter.
fn beginning(inside: &str) -> Option<(&str, bool)> {
    let stem = inside.strip_suffix(".astro")?;
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let is_whole = name.starts_with('[') && name.find(']') == Some(name.len() - 1);
    (!folder.contains('[')).then_some((folder, is_whole))
}

/// The folder of the collection whose entries a page shows by their ids.
fn said(text: &str, collections: &[Collection]) -> Option<String> {
    let script = text.strip_prefix("---").and_then(|rest| rest.split_once("\n---")).map(|(script, _)| script)?;
    let program = Program::read(script);
    let asked = program.calls("getCollection");
    let [arguments] = asked.as_slice() else { return None };
    let name = arguments.first()?.text()?;
    let collection = collections.iter().find(|collection| collection.name == name)?;
    let wanted = if collection.has_loader { "id" } else { "slug" };
    let is_by_id = program.members_of("params").iter().any(|members| members.len() == 1 && members[0] == wanted);
    collection.folder.clone().filter(|_| is_by_id)
}

/// The collections that the site's configuration defines.
fn collections(files: &Files<'_>, base: &str, source: &str) -> Vec<Collection> {
    let Some(text) = program(files, source, &CONFIGS) else { return vec![] };
    let defined = Program::read(&text).transparent(&["defineCollection", "glob"]).exported_as("collections");
    let collection = |(name, value): (&str, &Value)| {
        let loader = value.get("loader");
        let folder = match (value, loader) {
            (Value::Object(_), Value::Unset) => Some(below(source, &format!("content/{name}"))),
            (_, Value::Object(_)) if *loader.get("generateId") == Value::Unset => {
                loader.get("base").text_or(".").and_then(|folder| super::beside(base, folder))
            }
            _ => None,
        };
        Collection { name: name.to_owned(), folder, has_loader: *loader != Value::Unset }
    };
    defined.entries().map(collection).collect()
}
