//! A generator's own configuration as a tree, and the few settings of a configuration in JavaScript that can be read without
//! running it.

use super::home::ascii;
use crate::site::detect::Files;
use crate::spanned::{Node, json, toml, yaml};

/// The first of these files that is there and can be read, as a tree: YAML, TOML or JSON by its name.
pub fn tree(files: &Files<'_>, base: &str, names: &[&str]) -> Option<Node> {
    names.iter().find_map(|name| {
        let text = (files.read)(&below(base, name))?;
        match name.rsplit('.').next()? {
            "yml" | "yaml" => yaml::parse(&text).ok(),
            "toml" => toml::parse(&text).ok(),
            "json" => json::parse(&text).ok(),
            _ => None,
        }
    })
}

/// The text of the first of these files that is there, for configurations that are programs.
pub fn program(files: &Files<'_>, base: &str, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| (files.read)(&below(base, name)))
}

/// The path of a file of the folder that the generator works in.
pub fn below(base: &str, name: &str) -> String {
    if base.is_empty() { name.to_owned() } else { format!("{base}/{name}") }
}

/// The host that a `CNAME` file names.
pub fn cname(files: &Files<'_>, path: &str) -> Option<Box<str>> {
    ascii((files.read)(path)?.lines().next()?.trim())
}

/// Most names that are listed below one folder.
const MOST_NAMES: usize = 50_000;

/// The files below a folder at any depth, with their paths relative to the site root, sorted: those that are wanted by their
/// names, in folders that are wanted by theirs (which end in `/`). Hidden ones never are. No more than a bounded number; whether
/// they are all is told.
pub fn listed(files: &Files<'_>, folder: &str, wants: &dyn Fn(&str) -> bool) -> (Vec<String>, bool) {
    let mut found = vec![];
    let mut folders = vec![folder.to_owned()];
    let mut left = MOST_NAMES;
    while let Some(folder) = folders.pop() {
        for name in (files.names)(&folder) {
            if name.starts_with('.') || !wants(&name) {
                continue;
            }
            if left == 0 {
                return (found, false);
            }
            left -= 1;
            let path = below(&folder, name.trim_end_matches('/'));
            if name.ends_with('/') { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort_unstable();
    (found, true)
}
