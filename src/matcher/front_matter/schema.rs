//! Front matter against the JSON Schema of the configuration, each error at the value or key it is about.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::Value as Json;

use super::vars;
use crate::matcher::{Context, Hit, PostMatcher, SpecError};
use crate::post::Post;
use crate::site::Role;
use crate::source::Span;
use crate::spanned::{Node, Value};

/// Finds what disagrees with the schema.
pub(super) struct Conforming {
    validator: Option<Validator>,
}

impl Conforming {
    pub(super) fn new(context: &Context) -> Result<Self, SpecError> {
        let validator = context.demands.schema.as_ref().map(jsonschema::validator_for).transpose();
        let error = |error: ValidationError<'_>| SpecError {
            message: format!("the JSON Schema for front matter does not work: {error}"),
            help: None,
            at: None,
        };
        Ok(Self { validator: validator.map_err(error)? })
    }
}

impl PostMatcher for Conforming {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        let Some(validator) = &self.validator else { return };
        if post.front.format.is_none() || !post.front.parsed || post.role != Role::Post {
            return;
        }
        for error in validator.iter_errors(&json(&post.front.root)) {
            let path = error.instance_path().to_string();
            let (key, span) = place(post, &error, &path);
            let vars = vars([("key", key), ("why", error.to_string())]);
            out.push(Hit { span, vars, ..Hit::default() });
        }
        out.sort_by_key(|hit| hit.span);
    }
}

/// The key and the place that an error is about: an unknown key itself, the opening fence for a missing one, else the value.
fn place(post: &Post, error: &ValidationError<'_>, path: &str) -> (String, Span) {
    let node = descend(&post.front.root, path);
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let entry = unexpected.first().and_then(|key| node.entry(key));
            entry.map_or((path.to_owned(), node.span), |(key, _)| {
                (key.as_str().unwrap_or_default().to_owned(), key.span)
            })
        }
        ValidationErrorKind::Required { property } if path.is_empty() => {
            (property.as_str().unwrap_or_default().to_owned(), post.front.fence)
        }
        _ => (path.trim_start_matches('/').replace('/', "."), node.span),
    }
}

/// The node at a JSON pointer, or the last one on the way to it.
fn descend<'a>(root: &'a Node, path: &str) -> &'a Node {
    let mut node = root;
    for step in path.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")) {
        let next = match &node.value {
            Value::Sequence(items) => step.parse().ok().and_then(|index: usize| items.get(index)),
            _ => node.get(&step),
        };
        node = next.unwrap_or(node);
    }
    node
}

/// The value as JSON, dates as text. Trees are bounded in depth, so the recursion is.
fn json(node: &Node) -> Json {
    match &node.value {
        Value::Null | Value::Alias => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Int(value) => Json::from(*value),
        Value::Float(value) => Json::from(*value),
        Value::String(scalar) => Json::from(scalar.text.as_str()),
        Value::Date(text) => Json::from(text.as_str()),
        Value::Sequence(items) => items.iter().map(json).collect(),
        Value::Mapping(entries) => {
            let named = entries.iter().filter_map(|(key, value)| Some((key.as_str()?.to_owned(), json(value))));
            Json::Object(named.collect())
        }
    }
}
