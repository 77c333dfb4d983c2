//! How headings get their anchors, by the settings of Python-Markdown's `toc`.

use crate::site::address::config::{below, program};
use crate::site::anchor::Engine;
use crate::site::detect::Files;
use crate::spanned::Node;

/// Names of the extension.
const NAMES: [&str; 2] = ["toc", "markdown.extensions.toc"];

/// The engine that the configuration names. Functions stand in tags of YAML (`!!python/name:…`), which trees do not keep.
pub(super) fn engine(config: &Node, files: &Files<'_>, folder: &str) -> Engine {
    let extensions = config.get("markdown_extensions");
    let entries = extensions.map_or(&[][..], Node::items).iter().chain(extensions).flat_map(Node::entries);
    let settings: Vec<&Node> = entries
        .filter(|(name, _)| name.as_str().is_some_and(|name| NAMES.contains(&name)))
        .map(|(_, node)| node)
        .collect();
    if settings.iter().any(|settings| settings.get("separator").is_some()) {
        return Engine::Unknown;
    }
    if !settings.iter().any(|settings| settings.get("slugify").is_some()) {
        return Engine::PythonMarkdown;
    }
    let text = program(files, folder, &["mkdocs.yml", "mkdocs.yaml"]);
    let inherited =
        config.get("INHERIT").and_then(Node::as_str).map(|parent| below(folder, parent.trim_start_matches("./")));
    let inherited = inherited.and_then(|parent| (files.read)(&parent));
    let mut functions = text.iter().chain(&inherited).flat_map(|text| text.lines()).filter_map(function);
    match (functions.next(), functions.next()) {
        (Some("markdown.extensions.toc.slugify_unicode"), None) => Engine::PythonMarkdownUnicode,
        (Some("markdown.extensions.toc.slugify"), None) => Engine::PythonMarkdown,
        _ => Engine::Unknown,
    }
}

/// The function of a line `slugify: !!python/name:module.function`.
fn function(line: &str) -> Option<&str> {
    let value = line.trim_start().strip_prefix("slugify:")?.trim_start();
    Some(value.strip_prefix("!!python/name:").unwrap_or(value).trim_end())
}
