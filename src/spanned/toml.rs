//! TOML to spanned values. The parser bounds nesting itself, so the walk over its tree is a short recursion.

use std::ops::Range;

use toml_edit::{Document, Item, TableLike, TomlError};

use super::{Error, MAX_DEPTH, MAX_NODES, Node, Scalar, Style, Value};
use crate::source::Span;

/// Longest list of what the parser expected that is worth showing, in bytes.
const MAX_EXPECTED: usize = 40;

/// Reads a document. A repeated key is an error: TOML has no other answer.
///
/// # Errors
/// When the text is not TOML, is nested deeper than `MAX_DEPTH` or has more than `MAX_NODES` nodes.
pub fn parse(whole: &str) -> Result<Node, Error> {
    let text = whole.strip_prefix('\u{feff}').unwrap_or(whole);
    let base = whole.len() - text.len();
    let document = Document::parse(text).map_err(|error| plain(text, &error).shifted(base))?;
    let mut root = Walk { text, count: 0 }.table(document.as_table(), 0).map_err(|error| error.shifted(base))?;
    root.span = Span::new(0, text.trim_end().len());
    if base > 0 {
        root.shift(base);
    }
    Ok(root)
}

struct Walk<'t> {
    text: &'t str,
    count: usize,
}

impl Walk<'_> {
    fn table(&mut self, table: &dyn TableLike, depth: usize) -> Result<Node, Error> {
        let mut entries = Vec::with_capacity(table.len());
        for (name, item) in table.iter() {
            let value = self.item(item, depth + 1)?;
            let span = table.key(name).and_then(|key| key.span()).map_or(value.span, exact);
            let key = Value::String(Scalar { text: name.to_owned(), style: self.style(span) });
            entries.push((Node { value: key, span, layer: 0 }, value));
        }
        let span =
            entries.iter().map(|(key, value)| key.span.cover(value.span)).reduce(Span::cover).unwrap_or_default();
        self.node(Value::Mapping(entries), span, depth)
    }

    fn item(&mut self, item: &Item, depth: usize) -> Result<Node, Error> {
        let span = item.span().map(exact);
        let mut node = match item {
            Item::None => self.node(Value::Null, Span::default(), depth)?,
            Item::Value(value) => self.value(value, depth)?,
            Item::Table(table) => self.table(table, depth)?,
            Item::ArrayOfTables(tables) => {
                let items: Vec<Node> =
                    tables.iter().map(|table| self.table(table, depth + 1)).collect::<Result<_, _>>()?;
                let span = items.iter().map(|item| item.span).reduce(Span::cover).unwrap_or_default();
                self.node(Value::Sequence(items), span, depth)?
            }
        };
        if node.span == Span::default() {
            node.span = span.unwrap_or_default();
        }
        Ok(node)
    }

    fn value(&mut self, value: &toml_edit::Value, depth: usize) -> Result<Node, Error> {
        let span = value.span().map(exact).unwrap_or_default();
        let value = match value {
            toml_edit::Value::String(text) => {
                Value::String(Scalar { text: text.value().clone(), style: self.style(span) })
            }
            toml_edit::Value::Integer(number) => Value::Int(*number.value()),
            toml_edit::Value::Float(number) => Value::Float(*number.value()),
            toml_edit::Value::Boolean(value) => Value::Bool(*value.value()),
            toml_edit::Value::Datetime(_) => Value::Date(self.text[span.range()].to_owned()),
            toml_edit::Value::Array(items) => {
                Value::Sequence(items.iter().map(|item| self.value(item, depth + 1)).collect::<Result<_, _>>()?)
            }
            toml_edit::Value::InlineTable(table) => self.table(table, depth)?.value,
        };
        self.node(value, span, depth)
    }

    fn style(&self, span: Span) -> Style {
        let written = &self.text[span.range()];
        match written.as_bytes().first() {
            _ if written.starts_with("\"\"\"") || written.starts_with("'''") => Style::Block,
            Some(b'"') => Style::Double,
            Some(b'\'') => Style::Single,
            _ => Style::Plain,
        }
    }

    fn node(&mut self, value: Value, span: Span, depth: usize) -> Result<Node, Error> {
        self.count += 1;
        let message = match () {
            () if depth > MAX_DEPTH => "nested too deeply",
            () if self.count > MAX_NODES => "too many values",
            () => return Ok(Node { value, span, layer: 0 }),
        };
        Err(Error { message: message.to_owned(), help: None, span, layer: 0 })
    }
}

fn exact(range: Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

/// The parser's error in one line, at text that can be underlined.
fn plain(text: &str, error: &TomlError) -> Error {
    let message = error.message().lines().next().unwrap_or("not valid TOML");
    let range = error.span().unwrap_or(text.len()..text.len());
    let (start, end) = (text.floor_char_boundary(range.start), text.ceil_char_boundary(range.end));
    let mut span = super::visible(text, start, end);
    let value = &text[span.range()];
    let message = match message.split_once(", expected ") {
        _ if message.starts_with("key with no value") => {
            let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
            let length = text[line..].find('\n').unwrap_or(text.len() - line);
            span = Span::new(line, line + text[line..line + length].trim_end().len());
            "a key and a value need `=` between them"
        }
        Some(("invalid float" | "string values must be quoted", _)) if value.starts_with(char::is_alphabetic) => {
            "text must be in quotes"
        }
        Some((cause, expected)) if expected.len() > MAX_EXPECTED => cause,
        _ => message,
    };
    Error { message: message.to_owned(), help: None, span, layer: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_keys_have_their_places() {
        let text =
            "title = \"A 标题\"\ndate = 2024-01-02T03:04:05Z\ndraft = false\n[taxonomies]\ntags = ['a', 1, 2.5]\n";
        let root = parse(text).expect("valid");
        let marked = |node: &Node| &text[node.span.range()];
        let (key, title) = root.entry("title").expect("there");
        assert_eq!((marked(key), marked(title), title.as_str()), ("title", "\"A 标题\"", Some("A 标题")));
        assert_eq!(root.get("date").map(|n| &n.value), Some(&Value::Date("2024-01-02T03:04:05Z".into())));
        assert_eq!(root.get("draft").map(|n| &n.value), Some(&Value::Bool(false)));
        let tags = root.get("taxonomies").and_then(|t| t.get("tags")).expect("there");
        assert_eq!(marked(tags), "['a', 1, 2.5]");
        assert_eq!(tags.items().iter().map(marked).collect::<Vec<_>>(), ["'a'", "1", "2.5"]);
    }

    #[test]
    fn errors_are_at_the_fault() {
        for (text, marked) in [
            ("a = 1\na = 2\n", "a"),
            ("a = \"x\"y\"\n", "y"),
            ("title = A title\n", "A title"),
            ("tags = [1, 2\nb = 3\n", "b"),
            ("a = \n", "a ="),
        ] {
            let error = parse(text).expect_err("not valid");
            assert_eq!(&text[error.span.range()], marked, "{error:?}");
        }
    }

    #[test]
    fn a_byte_order_mark_moves_the_places() {
        let text = "\u{feff}a = 1\n";
        let root = parse(text).expect("valid");
        assert_eq!(&text[root.get("a").expect("there").span.range()], "1");
    }

    #[test]
    fn depth_is_bounded() {
        assert!(parse(&format!("a = {}", "[".repeat(10_000))).is_err());
        assert!(parse(&format!("a = {}{}", "[".repeat(70), "]".repeat(70))).is_err());
        assert!(parse(&format!("{} = 1", vec!["a"; 10_000].join("."))).is_err());
        assert!(parse(&format!("[{}]\n", vec!["a"; 10_000].join("."))).is_err());
    }
}
