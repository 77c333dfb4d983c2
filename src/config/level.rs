//! A change to a lint in configuration: a level, or a part of its record. A change keeps its place in the file; what it means is found out when it is laid over the record.

use std::collections::HashSet;

use super::read;
use crate::lint::Setting;
use crate::source::Span;
use crate::spanned::{Error, Node, Scalar, Style, Value};

/// A change to one lint.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The lint's name, as written.
    pub lint: String,
    /// Where the name stands.
    pub at: Span,
    /// A mapping to lay over the lint's record; a bare level is written out as `level: …`.
    pub overlay: Node,
}

impl Change {
    /// The change that sets the level and nothing else; `at` is the place of the level's word.
    pub fn to_level(lint: &str, level: Setting, at: Span) -> Change {
        let value = Scalar { text: level.name().to_owned(), style: Style::Plain };
        let value = Node { value: Value::String(value), span: at, layer: 0 };
        Change { lint: lint.to_owned(), at, overlay: level_overlay(value) }
    }

    /// The level this change sets, if it sets one for every generator.
    pub fn level(&self) -> Option<Setting> {
        self.overlay.get("level")?.as_str()?.parse().ok()
    }
}

/// The changes that a mapping of lint names holds, and what is wrong with it.
pub(super) fn changes(lints: Option<&Node>) -> (Vec<Change>, Vec<Error>) {
    let (mut changes, mut errors) = (Vec::new(), Vec::new());
    for (name, value) in lints.map_or(&[][..], Node::entries) {
        let Some(lint) = name.as_str() else { continue };
        errors.extend(repeated_keys(value));
        match overlay(value) {
            Ok(overlay) => changes.push(Change { lint: lint.to_owned(), at: name.span, overlay }),
            Err(error) => errors.push(error),
        }
    }
    (changes, errors)
}

fn overlay(value: &Node) -> Result<Node, Error> {
    match &value.value {
        Value::Mapping(_) => Ok(value.clone()),
        Value::String(_) => read::typed::<Setting>(value).map(|_| level_overlay(value.clone())),
        other => Err(Error {
            message: format!("expected a level or a part of the lint's record, found {other}"),
            help: Some("levels are `off`, `info`, `warn` and `error`".to_owned()),
            span: value.span,
            layer: value.layer,
        }),
    }
}

fn level_overlay(level: Node) -> Node {
    let key = Scalar { text: "level".to_owned(), style: Style::Plain };
    let key = Node { value: Value::String(key), span: level.span, layer: level.layer };
    Node { span: level.span, layer: level.layer, value: Value::Mapping(vec![(key, level)]) }
}

/// Keys that are set twice in a part of a record: laid over the record, the last one would silently win. Elsewhere the typed
/// reading sees them.
fn repeated_keys(part: &Node) -> Vec<Error> {
    let mut errors = Vec::new();
    let mut open = vec![part];
    while let Some(node) = open.pop() {
        let mut seen = HashSet::new();
        for (key, value) in node.entries() {
            if let Some(name) = key.as_str().filter(|name| !seen.insert(*name)) {
                errors.push(Error {
                    message: format!("`{name}` is set twice"),
                    help: Some("keep one of the two".to_owned()),
                    span: key.span,
                    layer: key.layer,
                });
            }
            open.push(value);
        }
        open.extend(node.items());
    }
    errors
}
