//! JSON front matter to values. What does not parse has no values: JSON has too little shape to be repaired line by line.

use super::diagnose::{Outcome, repeated_keys, syntax};
use super::{Format, empty};
use crate::post::Defect;
use crate::source::Span;
use crate::spanned::{Node, Value, json};

/// Reads what stands between the delimiters. `braceless` is the inside of an object without its braces (Hexo).
pub(super) fn read(content: &str, braceless: bool) -> Outcome {
    let mut outcome = Outcome::default();
    let parsed = if braceless { json::parse(&format!("{{{content}}}")) } else { json::parse(content) };
    let inside = |span: Span| match braceless {
        true => Span::new(
            (span.start as usize).saturating_sub(1).min(content.len()),
            (span.end as usize).saturating_sub(1).min(content.len()),
        ),
        false => span,
    };
    match parsed {
        Ok(mut root) => {
            if matches!(root.value, Value::Null) {
                root = empty();
            }
            move_spans(&mut root, &inside);
            repeated_keys(&root, &mut outcome.defects);
            outcome.root = root;
        }
        Err(error) => {
            let defect = syntax(Format::Json, &error);
            outcome.defects.push(Defect { span: inside(defect.span), ..defect });
            outcome.parsed = false;
        }
    }
    outcome
}

fn move_spans(node: &mut Node, to: &impl Fn(Span) -> Span) {
    node.span = to(node.span);
    match &mut node.value {
        Value::Sequence(items) => items.iter_mut().for_each(|item| move_spans(item, to)),
        Value::Mapping(entries) => entries.iter_mut().for_each(|(key, value)| {
            move_spans(key, to);
            move_spans(value, to);
        }),
        _ => {}
    }
}
