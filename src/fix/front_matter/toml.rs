//! Edits of TOML: keys of the top level, which end where the first table begins.

use super::{Edit, Place, Written, into_brackets, replace};
use crate::spanned::{Node, Value};

/// A key that is not there yet.
pub(super) fn insert(place: &Place<'_>, key: &str, written: &Written) -> Option<Edit> {
    let line = match written {
        Written::Scalar(value) => format!("{key} = {value}"),
        Written::Items(items) => format!("{key} = [{}]", items.join(", ")),
    };
    let is_table = |node: &Node| {
        matches!(node.value, Value::Mapping(_))
            || node.items().iter().any(|item| matches!(item.value, Value::Mapping(_)))
    };
    let entries = place.front.root.entries();
    if !entries.iter().any(|(_, value)| is_table(value)) {
        return Some(place.last_line(&line));
    }
    // Whatever stands above the first table, be it a comment, stays above the new line if it belongs to a key.
    let above = entries.iter().take_while(|(_, value)| !is_table(value)).last();
    Some(match above {
        Some((_, value)) => Edit::insert(place.line_end(value.span.end as usize), format!("{}{line}", place.newline)),
        None => Edit::insert(place.front.content.start as usize, format!("{line}{}", place.newline)),
    })
}

/// A key that is there.
pub(super) fn change(place: &Place<'_>, (_, old): &(Node, Node), written: &Written) -> Option<Edit> {
    match (&old.value, written) {
        (_, Written::Scalar(value)) => Some(replace(old.span, value)),
        (Value::Sequence(_), Written::Items(items)) => Some(into_brackets(old, &items.join(", "))),
        (Value::String(_), Written::Items(items)) => {
            let first = &place.text[old.span.range()];
            Some(replace(old.span, format!("[{first}, {}]", items.join(", "))))
        }
        _ => None,
    }
}
