//! Edits of YAML: block and flow style, as the text has them.

use super::{Edit, Place, Written, into_brackets, quoted, replace};
use crate::spanned::{Node, Style, Value};

/// A text as YAML: an address as it is, anything else in quotes, where no reader can take it for something else.
pub(super) fn text(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
    if text.starts_with('/') && text.chars().all(is_plain) { text.to_owned() } else { quoted(text) }
}

/// A key that is not there yet.
pub(super) fn insert(place: &Place<'_>, key: &str, written: &Written) -> Option<Edit> {
    let root = &place.front.root;
    let last = root.entries().last();
    if place.text[root.span.range()].starts_with('{') {
        let value = match written {
            Written::Scalar(value) => value.clone(),
            Written::Items(items) => format!("[{}]", items.join(", ")),
        };
        return Some(match last {
            Some((key_node, value_node)) => {
                let end = value_node.span.end.max(key_node.span.end) as usize;
                Edit::insert(end, format!(", {key}: {value}"))
            }
            None => Edit::insert(root.span.start as usize + 1, format!("{key}: {value}")),
        });
    }
    let indent = root.entries().first().map_or("", |(key, _)| place.before(key.span.start as usize));
    if !indent.chars().all(|c| c == ' ') {
        return None;
    }
    let line = match written {
        Written::Scalar(value) => format!("{indent}{key}: {value}"),
        Written::Items(items) => {
            let items: String = items.iter().map(|item| format!("{}{indent}  - {item}", place.newline)).collect();
            format!("{indent}{key}:{items}")
        }
    };
    Some(place.last_line(&line))
}

/// A key that is there.
pub(super) fn change(place: &Place<'_>, (key, old): &(Node, Node), written: &Written) -> Option<Edit> {
    match (&old.value, written) {
        (Value::Null, Written::Scalar(value)) => Some(fill(place, key, old, value)),
        (Value::Null, Written::Items(items)) => Some(fill(place, key, old, &format!("[{}]", items.join(", ")))),
        (Value::String(scalar), _) if scalar.style == Style::Block => None,
        (_, Written::Scalar(value)) => Some(replace(old.span, value)),
        (Value::String(scalar), Written::Items(items)) => {
            let as_written = &place.text[old.span.range()];
            let first = match scalar.style {
                Style::Plain => text(&scalar.text),
                _ => as_written.to_owned(),
            };
            Some(replace(old.span, format!("[{first}, {}]", items.join(", "))))
        }
        (Value::Sequence(_), Written::Items(items)) if place.text[old.span.range()].starts_with('[') => {
            Some(into_brackets(old, &items.join(", ")))
        }
        (Value::Sequence(list), Written::Items(items)) => below(place, list.last()?, items),
        _ => None,
    }
}

/// Gives a value to a key that has none.
fn fill(place: &Place<'_>, key: &Node, old: &Node, value: &str) -> Edit {
    if !old.span.is_empty() {
        return replace(old.span, value);
    }
    let end = key.span.end as usize;
    let colon = place.text[end..].find(':').map_or(end, |at| end + at + 1);
    Edit::insert(colon, format!(" {value}"))
}

/// Further items below the last one of a list in block style.
fn below(place: &Place<'_>, last: &Node, items: &[String]) -> Option<Edit> {
    let lead = place.before(last.span.start as usize);
    let is_block = matches!(&last.value, Value::String(scalar) if scalar.style == Style::Block);
    if is_block || lead.trim() != "-" {
        return None;
    }
    let lines: String = items.iter().map(|item| format!("{}{lead}{item}", place.newline)).collect();
    Some(Edit::insert(place.line_end(last.span.end as usize), lines))
}
