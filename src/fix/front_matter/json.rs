//! Edits of JSON: an object, with its braces or (Hexo) without.

use super::{Edit, Place, Written, into_brackets, quoted, replace};
use crate::spanned::{Node, Value};

/// A key that is not there yet: after the last one, on a line of its own if that has one.
pub(super) fn insert(place: &Place<'_>, key: &str, written: &Written) -> Option<Edit> {
    let value = match written {
        Written::Scalar(value) => value.clone(),
        Written::Items(items) => format!("[{}]", items.join(", ")),
    };
    let entry = format!("{}: {value}", quoted(key));
    let Some((name, value)) = place.front.root.entries().last() else {
        let content = place.content();
        let open = content.find('{').map_or(0, |at| at + 1);
        let start = place.front.content.start as usize + open;
        let line_end = if content.is_empty() { place.newline } else { "" };
        return Some(Edit::insert(start, format!("{entry}{line_end}")));
    };
    let lead = place.before(name.span.start as usize);
    let between = if lead.trim().is_empty() { format!(",{}{lead}", place.newline) } else { ", ".to_owned() };
    Some(Edit::insert(value.span.end as usize, format!("{between}{entry}")))
}

/// A key that is there.
pub(super) fn change(place: &Place<'_>, (_, old): &(Node, Node), written: &Written) -> Option<Edit> {
    match (&old.value, written) {
        (_, Written::Scalar(value)) => Some(replace(old.span, value)),
        (Value::Null, Written::Items(items)) => Some(replace(old.span, format!("[{}]", items.join(", ")))),
        (Value::Sequence(_), Written::Items(items)) => Some(into_brackets(old, &items.join(", "))),
        (Value::String(_), Written::Items(items)) => {
            let first = &place.text[old.span.range()];
            Some(replace(old.span, format!("[{first}, {}]", items.join(", "))))
        }
        _ => None,
    }
}
