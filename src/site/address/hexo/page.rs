//! Pages (`processor/asset.ts`), and the files that may be served at a path.

use jiff::Timestamp;

use super::settings::Settings;
use super::{Place, date};
use crate::site::address::Absence;
use crate::site::address::path::split_extension;
use crate::spanned::{Node, Value};

/// Endings of what becomes a page: those of hexo-renderer-marked and of Hexo itself. Anything else is copied.
const RENDERED: [&str; 9] = ["md", "markdown", "mkd", "mkdn", "mdwn", "mdtxt", "mdtext", "html", "htm"];

/// Whether a file with this ending becomes a page.
pub(super) fn is_rendered(extension: &str) -> bool {
    RENDERED.contains(&extension)
}

/// Whether Hexo passes over the path: a segment begins with `_` or `.`, or the file is one of an editor's.
pub(super) fn is_hidden(path: &str) -> bool {
    path.split('/').any(|segment| segment.starts_with(['_', '.'])) || path.ends_with(['~', '%'])
}

/// Where the page at `path`, below the folder of sources, is.
pub(super) fn place(settings: &Settings, path: &str, front: &Node, now: Timestamp) -> Place {
    let is_excluded = path.ends_with(['~', '%'])
        || settings.exclude.is_match(path)
        || is_hidden(path) && !settings.include.is_match(path);
    let (stem, extension) = split_extension(path);
    if !is_rendered(extension) || settings.skip_render.is_match(path) {
        // Copied as it is.
        let absent = is_excluded.then_some(Absence::Unpublished);
        return Place { address: Some(settings.on_host(path)), absent, ..Place::default() };
    }
    let address = match front.get("permalink").map(|node| &node.value) {
        None | Some(Value::Null) => format!("{stem}.html"),
        Some(Value::String(own)) if own.text.is_empty() => format!("{stem}.html"),
        Some(Value::String(own)) if own.text.ends_with('/') => format!("{}index.html", own.text),
        Some(Value::String(own)) if split_extension(&own.text).1.is_empty() => format!("{}.html", own.text),
        Some(Value::String(own)) => own.text.clone(),
        Some(_) => return Place::default(),
    };
    let is_future = || {
        let shown = date::shown(settings, front, None).ok().flatten();
        !settings.publishes_future && shown.is_some_and(|shown| shown.soonest > now)
    };
    let absent = match is_excluded {
        true => Some(Absence::Unpublished),
        false => is_future().then_some(Absence::Future),
    };
    Place { address: Some(settings.on_host(&address)), absent, ..Place::default() }
}

/// The files that may be served at a path: of the site, then of its theme. Pages in HTML are no posts, so nobody else looks
/// for them.
pub(super) fn files(settings: &Settings, path: &str) -> Vec<String> {
    let mut names = vec![];
    match split_extension(path) {
        _ if path.is_empty() || path.ends_with('/') => {
            names.extend(["html", "md"].map(|kind| format!("{path}index.{kind}")))
        }
        (stem, extension) => {
            names.push(path.to_owned());
            let sources: &[&str] = match extension {
                "css" => &["styl", "scss", "sass", "less"],
                "js" => &["ts", "coffee"],
                "json" => &["yml", "yaml"],
                "html" => &["md", "markdown", "htm"],
                // `/about` is served from `about.html`, `/links` from `links/index.html`.
                "" => &["html", "md", "/index.html", "/index.md"],
                _ => &[],
            };
            names.extend(
                sources
                    .iter()
                    .map(|kind| if kind.starts_with('/') { format!("{stem}{kind}") } else { format!("{stem}.{kind}") }),
            );
        }
    }
    let is_served =
        |name: &&String| !settings.exclude.is_match(name) && (!is_hidden(name) || settings.include.is_match(name));
    let own: Vec<String> = names.iter().filter(is_served).map(|name| settings.source_file(name)).collect();
    let names: Vec<&String> = names.iter().filter(|name| !is_hidden(name)).collect();
    let of_theme = settings.themes.iter().flat_map(|theme| names.iter().map(move |name| format!("{theme}/{name}")));
    own.into_iter().chain(of_theme).collect()
}
