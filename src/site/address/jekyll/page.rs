//! Pages (`Page`), and the files that may be served at a path.

use super::data::is_false;
use super::settings::Settings;
use super::{Place, unpublished};
use crate::site::address::path::{decoded, split_extension};
use crate::spanned::{Node, Value};

/// Where the page at `path` is.
pub(super) fn place(settings: &Settings, path: &str, front: &Node) -> Place {
    let get = |key: &str| match front.get(key) {
        // A key without a value hides the default (`Hash#default_proc`).
        Some(node) => Some(node),
        None => settings.defaults.found(path, "pages", key),
    };
    let own = get("permalink").filter(|node| node.value != Value::Null);
    let (stem, extension) = split_extension(path);
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let name = name.trim_end_matches('.');
    let own_ending = own.and_then(Node::as_str).filter(|own| !own.ends_with('/')).map(|own| split_extension(own).1);
    let ending = match own_ending {
        Some(ending) if !ending.is_empty() => format!(".{ending}"),
        _ => settings.output_ending(extension),
    };
    let template = match own.map(Node::as_str) {
        Some(Some(own)) => own.to_owned(),
        Some(None) => return Place::default(),
        None if ![".html", ".xhtml", ".htm"].contains(&&*ending) => "/:path/:basename:output_ext".to_owned(),
        None if name == "index" => "/:path/".to_owned(),
        None => with_suffix("/:path/:basename", &settings.permalink),
    };
    // One after the other, wherever they stand, and no others (`generate_url_from_hash`).
    let url = decoded(&template).replace(":path", folder).replace(":basename", name).replace(":output_ext", &ending);
    let place = Place { address: Some(settings.on_host(&sanitized(&url))), ..Place::default() };
    // Of defaults, `published` counts for documents alone.
    let is_off = front.get("published").is_some_and(is_false) && !settings.publishes_unpublished;
    if is_off || !settings.entries.reads(path) { unpublished(place) } else { place }
}

/// The template with the ending that the site's style asks for (`Utils.add_permalink_suffix`).
pub(super) fn with_suffix(template: &str, style: &str) -> String {
    let suffix = match style {
        "pretty" => "/",
        "date" | "ordinal" | "none" => ":output_ext",
        _ if style.ends_with('/') => "/",
        _ if style.ends_with(":output_ext") => ":output_ext",
        _ => "",
    };
    format!("{template}{suffix}")
}

/// `URL#sanitize_url`.
pub(super) fn sanitized(url: &str) -> String {
    let mut out = String::with_capacity(url.len() + 1);
    for c in format!("/{url}").replace("..", "/").replace("./", "").chars() {
        if c != '/' || !out.ends_with('/') {
            out.push(c);
        }
    }
    out
}

/// The files that may be served at a path. Pages in HTML are no posts, so nobody else looks for them.
pub(super) fn files(path: &str) -> Vec<String> {
    if path.is_empty() || path.ends_with('/') {
        let name = path.trim_end_matches('/');
        let mut files = vec![format!("{path}index.html"), format!("{path}index.md")];
        if !name.is_empty() {
            files.extend(named_pages(name));
        }
        return files;
    }
    let mut files = vec![path.to_owned()];
    match split_extension(path) {
        (stem, "css") => files.extend(["scss", "sass"].map(|extension| format!("{stem}.{extension}"))),
        (stem, "js") => files.push(format!("{stem}.coffee")),
        (stem, "html") => files.push(format!("{stem}.md")),
        // `/about` is served from `about.html`, `/blog` from `blog/index.html`.
        (_, "") => {
            files.extend(named_pages(path));
            files.extend([format!("{path}/index.html"), format!("{path}/index.md")]);
        }
        _ => {}
    }
    files
}

/// Pages of this name; those in a folder of pages have a permalink of their own, by custom without that folder.
fn named_pages(name: &str) -> Vec<String> {
    let mut files = vec![format!("{name}.html"), format!("{name}.md")];
    if !name.contains('/') {
        files.extend(["_pages", "pages"].map(|folder| format!("{folder}/{name}.html")));
    }
    files
}
