//! From text to typed settings, telling every mistake and not just the first: where a value cannot be read, the mistake is
//! noted, the smallest entry around it is cut out, and the rest is read again.

use serde::de::DeserializeOwned;

use super::File;
use super::level::changes;
use crate::source::Span;
use crate::spanned::{self, Error, Node, Value};

/// Most mistakes that are told of one file: reading anew costs time for each, and nobody mends more at once.
pub(super) const MAX_MISTAKES: usize = 50;

/// The tree of a file. An empty file is an empty mapping.
///
/// # Errors
/// When the text is no YAML, or no mapping.
pub(super) fn tree(text: &str) -> Result<Node, Error> {
    let tree = spanned::yaml::parse(text)?;
    match &tree.value {
        Value::Mapping(_) => Ok(tree),
        Value::Null => Ok(Node { value: Value::Mapping(Vec::new()), ..tree }),
        other => Err(Error {
            message: format!("expected settings, found {other}"),
            help: Some("settings look like `preset: strict`; `copydesk init` writes a file to start from".to_owned()),
            span: tree.span,
            layer: tree.layer,
        }),
    }
}

/// One value of a type.
///
/// # Errors
/// When the node holds something else.
pub(super) fn typed<T: DeserializeOwned>(node: &Node) -> Result<T, Error> {
    spanned::de::from_node(node)
}

/// The settings of a tree, the tree without what could not be read, and what was wrong with that.
pub(super) fn file(mut tree: Node) -> (File, Node, Vec<Error>) {
    let mut errors = Vec::new();
    while errors.len() < MAX_MISTAKES {
        match typed::<File>(&tree) {
            Ok(mut file) => {
                place_overrides(&mut file, &tree);
                return (file, tree, errors);
            }
            Err(error) => {
                let could_cut = cut(&mut tree, error.span);
                errors.push(error);
                if !could_cut {
                    break;
                }
            }
        }
    }
    (File::default(), tree, errors)
}

/// Gives the overrides the places of their lint names.
fn place_overrides(file: &mut File, tree: &Node) {
    let written = tree.get("overrides").map_or(&[][..], Node::items);
    for (entry, node) in file.overrides.iter_mut().zip(written) {
        entry.changes = changes(node.get("lints")).0;
    }
}

/// Cuts out the smallest entry or item of `node` that holds `span`. Depth is bounded by `spanned::MAX_DEPTH`.
fn cut(node: &mut Node, span: Span) -> bool {
    match &mut node.value {
        Value::Mapping(entries) => {
            let Some(at) = entries.iter().position(|(key, value)| holds(key.span, value.span, span)) else {
                return false;
            };
            let inside_value = !holds(entries[at].0.span, entries[at].0.span, span);
            if !(inside_value && cut(&mut entries[at].1, span)) {
                entries.remove(at);
            }
            true
        }
        // An item is cut out whole: half an item would be told of again as incomplete.
        Value::Sequence(items) => {
            let Some(at) = items.iter().position(|item| holds(item.span, item.span, span)) else { return false };
            items.remove(at);
            true
        }
        _ => false,
    }
}

fn holds(first: Span, last: Span, span: Span) -> bool {
    first.start <= span.start && span.end <= last.end
}
