//! The key of front matter that hides lints in its whole post: `copydesk: {disable: [LINT]}`, or with reasons
//! `copydesk: {disable: {LINT: reason}}`.

use super::directive::{Malformed, Wish, read_wish};
use crate::source::Span;
use crate::spanned::{Node, Value};

/// The key, and the one below it.
const KEY: (&str, &str) = ("copydesk", "disable");
/// Where generators that drop keys of one's own keep them (Zola).
const BELOW: &str = "extra";

/// A lint that the front matter names.
pub(super) type Named = (String, Span, Wish);

/// The lints that the front matter names, and what cannot be read.
pub(super) fn read(root: &Node, text: &str) -> (Vec<Named>, Vec<Malformed>) {
    let (mut named, mut wrong) = (Vec::new(), Vec::new());
    let below = root.get(BELOW).and_then(|extra| extra.entry(KEY.0));
    for (key, value) in [root.entry(KEY.0), below].into_iter().flatten() {
        match value.get(KEY.1) {
            Some(disabled) => one(disabled, text, &mut named, &mut wrong),
            None => wrong.push(malformed(key, format!("`{}` holds no `{}`", KEY.0, KEY.1))),
        }
    }
    (named, wrong)
}

fn malformed(node: &Node, why: String) -> Malformed {
    let advice = "list lints (`disable: [LINT]`), or lints with reasons (`disable: {LINT: reason}`)".to_owned();
    Malformed { span: node.span, why, advice }
}

fn one(disabled: &Node, text: &str, named: &mut Vec<Named>, wrong: &mut Vec<Malformed>) {
    let refuse = |node: &Node| malformed(node, format!("{} is no lint", node.value));
    match &disabled.value {
        Value::Sequence(items) => {
            for item in items {
                match item.as_str() {
                    Some(lint) => named.push((lint.to_owned(), item.span, Wish::default())),
                    None => wrong.push(refuse(item)),
                }
            }
        }
        Value::Mapping(entries) => {
            for (key, value) in entries {
                let reason = match &value.value {
                    Value::Null => Ok(Wish::default()),
                    // What is in quotes or in a block reads otherwise than it is written: its places are those of the whole.
                    Value::String(scalar) if text[value.span.range()] != scalar.text => read_wish(&scalar.text, 0)
                        .map(|wish| Wish { expires: wish.expires.map(|(date, _)| (date, value.span)), ..wish })
                        .map_err(|error| Malformed { span: value.span, ..error }),
                    Value::String(scalar) => read_wish(&scalar.text, value.span.range().start),
                    _ => Err(refuse(value)),
                };
                match (key.as_str(), reason) {
                    (Some(lint), Ok(wish)) => named.push((lint.to_owned(), key.span, wish)),
                    (None, _) => wrong.push(refuse(key)),
                    (_, Err(error)) => wrong.push(error),
                }
            }
        }
        other => wrong.push(malformed(disabled, format!("`{}` holds {other}", KEY.1))),
    }
}
