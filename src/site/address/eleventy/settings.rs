//! What an Eleventy configuration says, as far as it can be read without running it.

use super::super::config::program;
use super::super::program::{Program, Value};
use super::super::{AddsBase, Home, Sources};
use crate::site::anchor::Engine;
use crate::site::detect::Files;

/// Names of the configuration, in the order in which Eleventy looks for them.
const CONFIGS: [&str; 5] =
    [".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts"];
/// What gives headings ids.
const ANCHORS: [&str; 8] =
    ["IdAttributePlugin", "anchor", "markdownItAnchor", "attrs", "Attrs", "toc", "TableOfContents", "addTransform"];

/// The settings.
#[derive(Debug)]
pub(super) struct Settings {
    /// The input folder below that of the configuration; `None` where it is computed.
    pub(super) input: Option<String>,
    /// Folders of layouts and of data, below the input folder.
    pub(super) apart: Vec<String>,
    /// Where the site is.
    pub(super) home: Home,
    /// Files that are copied, from and to.
    pub(super) copied: Vec<(String, String)>,
    /// Whether drafts are left out.
    pub(super) hides_drafts: bool,
    /// Whether `slugify` is Eleventy's own.
    pub(super) is_slugify_own: bool,
    /// Whether something in the program moves pages in a way that is not read.
    pub(super) moves_pages: bool,
    /// Whether the program names data files in its own way, or puts permalinks into its data.
    pub(super) has_own_data: bool,
    /// Whether the program makes pages or files by itself.
    pub(super) makes_pages: bool,
    /// Whether links get the prefix.
    pub(super) adds_base: AddsBase,
    /// What becomes of links to sources.
    pub(super) sources: Sources,
    /// How headings get their anchors.
    pub(super) anchors: Engine,
}

impl Settings {
    /// Those of the site whose configuration is in the folder `base`.
    pub(super) fn read(files: &Files<'_>, base: &str) -> Self {
        let text = program(files, base, &CONFIGS);
        let program = Program::read(text.as_deref().unwrap_or_default());
        // A site may do without a configuration.
        let settings = if text.is_some() { settings(&program) } else { [Value::Unset, Value::Unset] };
        let scripts = program_arguments(files, base);
        let folder = |key: &str, call: &str, default: &str| {
            let set = program.calls(call);
            let said = match set.first().and_then(|arguments| arguments.first()) {
                Some(said) => said.text(),
                None => at(&settings, &["dir", key]).text_or(default),
            };
            said.map(tidy)
        };
        let has_input_argument = scripts.iter().any(|script| script.contains("--input"));
        let input = folder("input", "setInputDirectory", "").filter(|_| !has_input_argument);
        let apart = [
            folder("includes", "setIncludesDirectory", "_includes"),
            folder("layouts", "setLayoutsDirectory", "_layouts"),
            folder("data", "setDataDirectory", "_data"),
        ];
        let prefix = match at(&settings, &["pathPrefix"]) {
            Value::Unset => scripts.iter().find_map(|script| argument(script, "--pathprefix=")).unwrap_or_default(),
            other => other.text().unwrap_or_default().to_owned(),
        };
        let mentions = |parts: &[&str]| parts.iter().any(|part| program.mentions(part));
        let filters = ["addFilter", "addAsyncFilter", "addLiquidFilter", "addNunjucksFilter", "addNunjucksAsyncFilter"];
        let own_filters = filters.iter().flat_map(|filter| program.calls(filter));
        let global = program.calls("addGlobalData");
        let is_about_permalinks = |value: Option<&Value>| match value.and_then(Value::text) {
            Some(name) => name == "permalink" || name.starts_with("eleventyComputed") || name == "layout",
            None => true,
        };
        Self {
            input,
            apart: apart.into_iter().flatten().collect(),
            home: Home::of(None, &prefix),
            copied: copied(&program),
            hides_drafts: program.has_call_with("addPreprocessor", &["draft", "false"]),
            is_slugify_own: own_filters
                .into_iter()
                .all(|filter| filter[..].first().and_then(Value::text) != Some("slugify")),
            moves_pages: mentions(&["addUrlTransform", "setDynamicPermalinks", "dynamicPermalinks"]),
            has_own_data: mentions(&["setDataFileSuffixes", "setDataFileBaseName", "jsDataFileSuffix"])
                || global.iter().any(|arguments| is_about_permalinks(arguments.first())),
            makes_pages: mentions(&["addTemplate", "addExtension"])
                || *at(&settings, &["pathPrefix"]) == Value::Computed,
            adds_base: if mentions(&["HtmlBasePlugin"]) { AddsBase::Always } else { AddsBase::Never },
            sources: if mentions(&["InputPathToUrlTransformPlugin", "InputPathToUrl"]) {
                Sources::Resolved
            } else {
                Sources::Kept
            },
            anchors: if mentions(&ANCHORS) || *at(&settings, &["dir"]) == Value::Computed {
                Engine::Unknown
            } else {
                Engine::Written
            },
        }
    }
}

/// What the program exports, by one way or the other.
fn settings(program: &Program) -> [Value; 2] {
    let returned = match program.exported() {
        // A function that returns nothing.
        Value::Object(entries) => Value::Object(entries),
        Value::Unset => Value::Unset,
        _ => Value::Computed,
    };
    [program.exported_as("config"), returned]
}

/// What the first of the two says that says anything.
fn at<'v>(settings: &'v [Value; 2], path: &[&str]) -> &'v Value {
    let first = settings[0].at(path);
    if matches!(first, Value::Unset) { settings[1].at(path) } else { first }
}

/// A folder without `./` and slashes around it.
fn tidy(folder: &str) -> String {
    let folder = folder.strip_prefix("./").unwrap_or(folder).trim_matches('/');
    if folder == "." { String::new() } else { folder.to_owned() }
}

/// Literal arguments of `addPassthroughCopy`: `"img"`, `{ "from": "to" }`.
fn copied(program: &Program) -> Vec<(String, String)> {
    let mut found = vec![];
    for arguments in program.calls("addPassthroughCopy") {
        match arguments.first() {
            Some(Value::Text(path)) => found.push((tidy(path), String::new())),
            Some(object) => {
                found.extend(
                    object.entries().filter_map(|(from, to)| Some((tidy(from), format!("/{}", tidy(to.text()?))))),
                );
            }
            None => {}
        }
    }
    found
}

/// The scripts of `package.json` that call Eleventy: arguments there come before the configuration.
fn program_arguments(files: &Files<'_>, base: &str) -> Vec<String> {
    let tree = super::super::config::tree(files, base, &["package.json"]);
    let scripts = tree.as_ref().and_then(|tree| tree.get("scripts"));
    let texts = scripts.map_or(&[][..], |scripts| scripts.entries()).iter().filter_map(|(_, text)| text.as_str());
    texts.filter(|text| text.contains("eleventy")).map(str::to_owned).collect()
}

fn argument(script: &str, name: &str) -> Option<String> {
    let (_, rest) = script.split_once(name)?;
    rest.split_whitespace().next().map(|value| value.trim_matches(['"', '\'']).to_owned())
}
