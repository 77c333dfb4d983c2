//! Hugo's configuration: one file at the root or a folder of them, joined into one tree with its keys in lower case, since
//! Hugo does not mind case.

use crate::site::address::config::below;
use crate::site::detect::Files;
use crate::spanned::{Node, Value, json, toml, yaml};

/// `config/config.go`: the names and endings that are looked for, in this order.
const NAMES: [&str; 2] = ["hugo", "config"];
const ENDINGS: [&str; 4] = ["toml", "yaml", "yml", "json"];

/// Environments that a build for readers takes, the later over the earlier.
const ENVIRONMENTS: [&str; 2] = ["_default", "production"];

/// Files of a configuration folder that hold the section of their name, as far as addresses depend on them.
const SECTIONS: [&str; 16] = [
    "cascade",
    "disablekinds",
    "frontmatter",
    "frontMatter",
    "languages",
    "markup",
    "module",
    "outputs",
    "outputFormats",
    "outputformats",
    "pagination",
    "permalinks",
    "taxonomies",
    "uglyURLs",
    "uglyurls",
    "staticDir",
];

/// The whole configuration; `None` if there is none or a part of it cannot be read.
pub(super) fn read(files: &Files<'_>, base: &str) -> Option<Node> {
    let mut whole = None;
    lay(&mut whole, first(files, base, "", &NAMES)?);
    for environment in ENVIRONMENTS {
        let folder = format!("config/{environment}/");
        lay(&mut whole, first(files, base, &folder, &NAMES)?);
        for section in SECTIONS {
            let Some(node) = first(files, base, &folder, &[section])? else { continue };
            let key = Node { value: Value::String(text(section.to_lowercase())), span: node.span, layer: 0 };
            let span = node.span;
            lay(&mut whole, Some(Node { value: Value::Mapping(vec![(key, node)]), span, layer: 0 }));
        }
    }
    whole
}

fn text(text: String) -> crate::spanned::Scalar {
    crate::spanned::Scalar { text, style: crate::spanned::Style::Plain }
}

fn lay(whole: &mut Option<Node>, over: Option<Node>) {
    match (whole.as_mut(), over) {
        (Some(whole), Some(over)) => whole.overlay(&over, 0),
        (None, over) => *whole = over,
        (Some(_), None) => {}
    }
}

/// The first of these files that is there; nothing at all if it cannot be read.
fn first(files: &Files<'_>, base: &str, folder: &str, names: &[&str]) -> Option<Option<Node>> {
    for (name, ending) in names.iter().flat_map(|name| ENDINGS.iter().map(move |ending| (name, ending))) {
        let Some(text) = (files.read)(&below(base, &format!("{folder}{name}.{ending}"))) else { continue };
        let read = match *ending {
            "toml" => toml::parse(&text).ok(),
            "json" => json::parse(&text).ok(),
            _ => yaml::parse(&text).ok(),
        };
        return read.map(|node| Some(in_lower_case(node)));
    }
    Some(None)
}

/// The same with all keys in lower case. As deep as `spanned::MAX_DEPTH` at most.
fn in_lower_case(mut node: Node) -> Node {
    match &mut node.value {
        Value::Mapping(entries) => {
            for (key, value) in entries {
                if let Value::String(scalar) = &mut key.value {
                    scalar.text = scalar.text.to_lowercase();
                }
                *value = in_lower_case(std::mem::replace(value, nothing()));
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(|item| {
            *item = in_lower_case(std::mem::replace(item, nothing()));
        }),
        _ => {}
    }
    node
}

fn nothing() -> Node {
    Node { value: Value::Null, span: crate::source::Span::new(0, 0), layer: 0 }
}

/// The value below these keys.
pub(super) fn at<'n>(node: &'n Node, keys: &[&str]) -> Option<&'n Node> {
    keys.iter().try_fold(node, |node, key| node.get(key))
}

/// A switch; `None` where nothing is said.
pub(super) fn switch(node: &Node, keys: &[&str]) -> Option<bool> {
    as_bool(at(node, keys)?)
}

/// `true` and `false`, in quotes too (`cast.ToBool`).
pub(super) fn as_bool(node: &Node) -> Option<bool> {
    match &node.value {
        Value::Bool(flag) => Some(*flag),
        _ => match node.as_str()?.to_ascii_lowercase().as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        },
    }
}

/// A value as text, as `cast.ToString` makes it; `None` for what holds no single value.
pub(super) fn as_text(node: &Node) -> Option<String> {
    match &node.value {
        Value::String(scalar) => Some(scalar.text.clone()),
        Value::Int(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Date(text) => Some(text.clone()),
        Value::Null => Some(String::new()),
        Value::Sequence(_) | Value::Mapping(_) | Value::Alias => None,
    }
}

/// The texts of a list, or the one text that stands in its place.
pub(super) fn texts(node: &Node) -> Vec<String> {
    match &node.value {
        Value::Sequence(items) => items.iter().filter_map(as_text).collect(),
        Value::Null => vec![],
        _ => as_text(node).into_iter().collect(),
    }
}

/// A value of front matter, whatever the case of its key.
pub(super) fn front<'n>(front: &'n Node, key: &str) -> Option<&'n Node> {
    let is_it = |name: &Node| name.as_str().is_some_and(|name| name.eq_ignore_ascii_case(key));
    front.entries().iter().rev().find(|(name, _)| is_it(name)).map(|(_, value)| value)
}
