//! How the configuration lays a site out: languages, folders of content, and the rest that pages depend on.

use super::dates::DateKeys;
use super::naming::Naming;
use super::permalink::rules;
use super::serve::Served;
use super::settings::{as_bool, as_text, at, switch, texts};
use super::source::{Language, Root};
use super::{Builds, Known, Ugly};
use crate::site::address::config::below;
use crate::site::address::home::host_of;
use crate::site::detect::Files;
use crate::spanned::{Node, Value};

/// Keys by which a `cascade` in the configuration changes addresses, or whether there is one.
const CASCADING: [&str; 13] = [
    "url",
    "slug",
    "draft",
    "date",
    "publishdate",
    "expirydate",
    "build",
    "_build",
    "headless",
    "aliases",
    "outputs",
    "title",
    "cascade",
];

/// The hosts of languages that have one each.
pub(super) fn hosts(config: &Node) -> Vec<Option<Box<str>>> {
    let languages = config.get("languages").map_or(&[][..], Node::entries);
    languages.iter().map(|(_, language)| host_of(language.get("baseurl")?.as_str()?)).collect()
}

/// Everything, or nothing where some of it is not followed here.
pub(super) fn known(files: &Files<'_>, folder: &str, config: &Node, base: &str, served: Served) -> Option<Known> {
    let is_set = |node: &Node| CASCADING.iter().any(|key| node.get(key).is_some());
    let cascade = config.get("cascade");
    if cascade.is_some_and(|cascade| is_set(cascade) || cascade.items().iter().any(is_set)) {
        return None;
    }
    let has_host = |(_, language): &(Node, Node)| language.get("baseurl").is_some();
    if config.get("languages").is_some_and(|languages| languages.entries().iter().any(has_host)) {
        return None;
    }
    let languages = languages(config);
    let roots = roots(files, folder, config, &languages)?;
    let flag = |key: &str| switch(config, &[key]).unwrap_or_default();
    let kinds = config.get("disablekinds").map(texts).unwrap_or_default();
    let is_without = |kind: &str| kinds.iter().any(|name| name.eq_ignore_ascii_case(kind));
    let rules = match config.get("permalinks") {
        Some(permalinks) => rules(permalinks)?,
        None => vec![],
    };
    Some(Known {
        base: base.into(),
        roots,
        languages,
        naming: Naming { keeps_case: flag("disablepathtolower"), removes_accents: flag("removepathaccents") },
        ugly: ugly(config.get("uglyurls"))?,
        rules,
        dates: DateKeys::read(config),
        builds: Builds {
            drafts: flag("builddrafts"),
            future: flag("buildfuture"),
            expired: flag("buildexpired"),
            no_pages: is_without("page"),
            no_sections: is_without("section"),
        },
        served,
    })
}

fn ugly(node: Option<&Node>) -> Option<Ugly> {
    let Some(node) = node else { return Some(Ugly::Everywhere(false)) };
    if let Value::Mapping(entries) = &node.value {
        let is_on = |(_, value): &&(Node, Node)| as_bool(value) == Some(true);
        let names = entries.iter().filter(is_on).filter_map(|(section, _)| section.as_str().map(str::to_owned));
        return Some(Ugly::Sections(names.collect()));
    }
    as_bool(node).map(Ugly::Everywhere)
}

/// The languages, the one of files that name none first.
fn languages(config: &Node) -> Vec<Language> {
    let usual =
        config.get("defaultcontentlanguage").and_then(as_text).unwrap_or_else(|| "en".to_owned()).to_lowercase();
    let in_subfolder = switch(config, &["defaultcontentlanguageinsubdir"]).unwrap_or_default();
    let disabled = config.get("disablelanguages").map(texts).unwrap_or_default();
    let entries = config.get("languages").map_or(&[][..], Node::entries);
    let language = |name: &str, node: Option<&Node>| Language {
        prefix: if name == usual && !in_subfolder { String::new() } else { format!("/{name}") },
        is_disabled: node.and_then(|node| switch(node, &["disabled"])).unwrap_or_default()
            || disabled.iter().any(|other| other.eq_ignore_ascii_case(name)),
        name: name.to_owned(),
    };
    let node_of = |name: &str| entries.iter().find(|(key, _)| key.as_str() == Some(name)).map(|(_, node)| node);
    let others = entries.iter().filter_map(|(key, node)| Some((key.as_str()?, node)));
    let others = others.filter(|(name, _)| *name != usual).map(|(name, node)| language(name, Some(node)));
    std::iter::once(language(&usual, node_of(&usual))).chain(others).collect()
}

/// The folders of content, the longest first; `None` where a mount leaves out some of its files.
fn roots(files: &Files<'_>, folder: &str, config: &Node, languages: &[Language]) -> Option<Vec<Root>> {
    let mut roots = mounted(folder, config, languages)?;
    if roots.is_empty() {
        roots = of_languages(files, folder, config, languages);
    }
    roots.sort_by_key(|root| std::cmp::Reverse(root.folder.len()));
    Some(roots)
}

fn root(folder: &str, source: &str, target: &str, language: usize) -> Root {
    let source = below(folder, source.trim_start_matches("./").trim_matches('/'));
    Root { folder: source, below: target.trim_matches('/').to_owned(), language }
}

/// `module.mounts` of content; `None` where they cannot be followed.
fn mounted(folder: &str, config: &Node, languages: &[Language]) -> Option<Vec<Root>> {
    let mut roots = vec![];
    for mount in at(config, &["module", "mounts"]).map_or(&[][..], Node::items) {
        let text = |key: &str| mount.get(key).and_then(Node::as_str);
        let Some(target) = text("target").and_then(|target| target.strip_prefix("content")) else { continue };
        if ["includefiles", "excludefiles", "files", "sites"].iter().any(|key| mount.get(key).is_some()) {
            return None;
        }
        let named = |lang: &str| languages.iter().position(|language| language.name == lang);
        let language = text("lang").map_or(Some(0), named)?;
        roots.push(root(folder, text("source")?, target, language));
    }
    Some(roots)
}

/// `contentDir` of the site and of each language.
fn of_languages(files: &Files<'_>, folder: &str, config: &Node, languages: &[Language]) -> Vec<Root> {
    let usual = config.get("contentdir").and_then(as_text).unwrap_or_else(|| "content".to_owned());
    let own = |language: &Language| at(config, &["languages", &language.name, "contentdir"]).and_then(as_text);
    let mut roots = vec![];
    for (at, language) in languages.iter().enumerate() {
        match own(language) {
            Some(own) => roots.push(root(folder, &own, "", at)),
            None if at == 0 => roots.push(root(folder, &usual, "", at)),
            None => {}
        }
    }
    // Files of languages without a folder of their own stand in the common one.
    let is_shared = languages.iter().any(|language| own(language).is_none());
    let common = root(folder, &usual, "", 0);
    if is_shared && !roots.contains(&common) && (files.is_folder)(&common.folder) {
        roots.push(common);
    }
    roots
}
