//! A generator's own configuration as a tree, and the few settings of a configuration in JavaScript that can be read without
//! running it.

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
