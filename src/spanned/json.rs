//! JSON to spanned values: strict JSON, without comments or trailing commas. Repeated keys are kept. The parser bounds nesting
//! itself, so the walk over its tree is a short recursion.

use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, ast};

use super::{Error, MAX_DEPTH, MAX_NODES, Node, Scalar, Style, Value};
use crate::source::Span;

/// Everything that is not JSON, switched off.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads a document.
///
/// # Errors
/// When the text is not JSON, is nested deeper than `MAX_DEPTH` or has more than `MAX_NODES` nodes.
pub fn parse(whole: &str) -> Result<Node, Error> {
    let text = whole.strip_prefix('\u{feff}').unwrap_or(whole);
    let base = whole.len() - text.len();
    let parsed = jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &STRICT).map_err(|error| {
        let range = error.range();
        plain(text, &error.kind().to_string(), range.start, range.end).shifted(base)
    })?;
    let Some(value) = parsed.value else {
        return Ok(Node { value: Value::Null, span: Span::at(base), layer: 0 });
    };
    let mut root = Walk { count: 0 }.node(value, 0).map_err(|error| error.shifted(base))?;
    if base > 0 {
        root.shift(base);
    }
    Ok(root)
}

struct Walk {
    count: usize,
}

impl Walk {
    fn node(&mut self, value: ast::Value<'_>, depth: usize) -> Result<Node, Error> {
        let span = Span::new(value.start(), value.end());
        self.count += 1;
        if depth > MAX_DEPTH || self.count > MAX_NODES {
            let message = if depth > MAX_DEPTH { "nested too deeply" } else { "too many values" };
            return Err(Error { message: message.to_owned(), help: None, span, layer: 0 });
        }
        let value = match value {
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::BooleanLit(literal) => Value::Bool(literal.value),
            ast::Value::NumberLit(literal) => number(literal.value),
            ast::Value::StringLit(literal) => text(literal.value.into_owned()),
            ast::Value::Array(array) => Value::Sequence(
                array.elements.into_iter().map(|item| self.node(item, depth + 1)).collect::<Result<_, _>>()?,
            ),
            ast::Value::Object(object) => {
                let entries = object.properties.into_iter().map(|property| {
                    let span = Span::new(property.name.start(), property.name.end());
                    let key = Node { value: text(property.name.into_string()), span, layer: 0 };
                    Ok((key, self.node(property.value, depth + 1)?))
                });
                Value::Mapping(entries.collect::<Result<_, Error>>()?)
            }
        };
        Ok(Node { value, span, layer: 0 })
    }
}

fn text(text: String) -> Value {
    Value::String(Scalar { text, style: Style::Double })
}

fn number(digits: &str) -> Value {
    digits.parse().map(Value::Int).or_else(|_| digits.parse().map(Value::Float)).unwrap_or(Value::Float(f64::NAN))
}

/// The parser's error in our case. Where it points at nothing or at a line break, the text before is meant.
fn plain(text: &str, message: &str, start: usize, end: usize) -> Error {
    let (start, end) = (text.floor_char_boundary(start), text.ceil_char_boundary(end));
    let span = super::visible(text, start, end);
    let mut letters = message.chars();
    let message = letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default();
    Error { message, help: None, span, layer: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_keys_have_their_places() {
        let text = "{\"title\": \"A 标题\", \"n\": [1, -2.5, true, null], \"title\": {\"a\": \"\\u4e2d\"}}";
        let root = parse(text).expect("valid");
        let marked: Vec<_> =
            root.entries().iter().map(|(k, v)| (&text[k.span.range()], &text[v.span.range()])).collect();
        assert_eq!(
            marked,
            [("\"title\"", "\"A 标题\""), ("\"n\"", "[1, -2.5, true, null]"), ("\"title\"", "{\"a\": \"\\u4e2d\"}")]
        );
        let values: Vec<_> = root.get("n").expect("there").items().iter().map(|item| item.value.clone()).collect();
        assert_eq!(values, [Value::Int(1), Value::Float(-2.5), Value::Bool(true), Value::Null]);
        assert_eq!(root.get("title").and_then(|t| t.get("a")).and_then(Node::as_str), Some("中"));
    }

    #[test]
    fn only_json_is_json() {
        for text in [
            "{a: 1}",
            "{'a': 1}",
            "{\"a\": 1,}",
            "{\"a\": 1 // b\n}",
            "{\"a\": +1}",
            "{\"a\" 1}",
            "{\"a\": 1",
            "{\"a\": NaN}",
        ] {
            let error = parse(text).expect_err(text);
            assert!(!text[error.span.range()].is_empty(), "{text} {error:?}");
        }
    }

    #[test]
    fn errors_are_at_the_fault() {
        let text = "{\n  \"a\": 1\n  \"b\": 2\n}";
        let error = parse(text).expect_err("a comma is missing");
        assert_eq!((&text[error.span.range()], error.message.as_str()), ("\"a\": 1", "expected comma"));
    }

    #[test]
    fn depth_is_bounded() {
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse(&format!("{}{}", "[".repeat(70), "]".repeat(70))).is_err());
        assert!(parse(&format!("{}{}", "[".repeat(60), "]".repeat(60))).is_ok());
    }
}
