//! YAML to spanned values: parser events in, a tree out, without recursion and without expanding anything. Knows nothing of
//! front matter; what a document means to a site generator is not its concern.

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, StrInput};
use serde::de::DeserializeOwned;

use super::{Error, MAX_DEPTH, MAX_NODES, Node, Scalar, Style, Value};
use crate::source::Span;

mod places;
mod words;

/// Reads one document.
///
/// # Errors
/// When the text is not YAML, is nested deeper than `MAX_DEPTH`, has more than `MAX_NODES` nodes or a second document.
pub fn parse(text: &str) -> Result<Node, Error> {
    parse_long(text, MAX_NODES)
}

/// Reads one document that may be as long as `most` nodes.
///
/// # Errors
/// As `parse`.
pub fn parse_long(text: &str, most: usize) -> Result<Node, Error> {
    let fault = match build(text, most) {
        Ok(node) => return Ok(node),
        Err(fault) => fault,
    };
    match without_tabs(text, &fault) {
        Some(blanked) => build(&blanked, most).map_err(|fault| fault.relocated(text)),
        None => Err(fault.relocated(text)),
    }
}

/// Reads one document into a type.
///
/// # Errors
/// As `parse`, and when the document does not fit the type.
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    super::de::from_node(&parse(text)?)
}

/// The text with blanks for the tabs between a `:` and its value, if such a tab made the parser fail: every other parser takes
/// them for blanks.
fn without_tabs(text: &str, fault: &Fault) -> Option<String> {
    if !fault.info.starts_with("':' must be followed by a valid YAML whitespace") {
        return None;
    }
    let mut blanked = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match line.find(":\t").filter(|colon| !line[..*colon].contains(['"', '\'', '#', ':'])) {
            Some(colon) => {
                let value = line.len() - line[colon + 1..].trim_start_matches(['\t', ' ']).len();
                blanked += &line[..=colon];
                blanked.extend(std::iter::repeat_n(' ', value - colon - 1));
                blanked += &line[value..];
            }
            None => blanked += line,
        }
    }
    Some(blanked)
}

/// What the parser said, before it is put in plain words.
struct Fault {
    /// The parser's words.
    info: String,
    /// The byte it stopped at.
    at: usize,
    /// The bracket of the innermost list or mapping that was still open there.
    open: Option<usize>,
}

impl Fault {
    /// The error in plain words, at the text that has to be changed.
    fn relocated(self, text: &str) -> Error {
        let span = places::fault(text, &self.info, self.at, self.open);
        let message = words::plain(&self.info, &text[span.range()]);
        Error { message, help: None, span, layer: 0 }
    }
}

/// Bytes of the character positions that the parser counts in.
struct Offsets {
    /// Empty when every character is one byte.
    starts: Vec<u32>,
    len: usize,
}

impl Offsets {
    fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { starts: Vec::new(), len: text.len() };
        }
        Self { starts: text.char_indices().map(|(at, _)| Span::at(at).start).collect(), len: text.len() }
    }

    fn byte(&self, marker: Marker) -> usize {
        if self.starts.is_empty() {
            return marker.index().min(self.len);
        }
        self.starts.get(marker.index()).map_or(self.len, |at| *at as usize)
    }
}

/// A list or mapping that is not yet closed.
struct Frame {
    mapping: bool,
    start: usize,
    /// Whether it is written with brackets.
    flow: bool,
    /// Items, or keys and values in turn.
    nodes: Vec<Node>,
}

/// The tree under construction.
struct Builder<'t> {
    text: &'t str,
    offsets: Offsets,
    open: Vec<Frame>,
    root: Option<Node>,
    count: usize,
    most: usize,
    /// End of the last node, from where block scalars look for their header.
    end: usize,
}

fn build(whole: &str, most: usize) -> Result<Node, Fault> {
    let text = whole.strip_prefix('\u{feff}').unwrap_or(whole);
    let base = whole.len() - text.len();
    let mut node = Builder::new(text, most).run().map_err(|mut fault| {
        fault.at += base;
        fault.open = fault.open.map(|at| at + base);
        fault
    })?;
    if base > 0 {
        node.shift(base);
    }
    Ok(node)
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, most: usize) -> Self {
        Self { text, offsets: Offsets::new(text), open: Vec::new(), root: None, count: 0, most, end: 0 }
    }

    fn run(mut self) -> Result<Node, Fault> {
        let mut parser: Parser<'t, StrInput<'t>> = Parser::new_from_str(self.text);
        while let Some(next) = parser.next_event() {
            match next {
                Ok((event, span)) => {
                    let (start, end) = (self.offsets.byte(span.start), self.offsets.byte(span.end));
                    self.event(event, start, end.max(start))?;
                }
                Err(error) => return Err(self.fault(error.info(), self.offsets.byte(*error.marker()))),
            }
        }
        Ok(self.root.unwrap_or(Node { value: Value::Null, span: Span::at(0), layer: 0 }))
    }

    fn fault(&self, info: &str, at: usize) -> Fault {
        let open = self.open.iter().rev().find(|frame| frame.flow).map(|frame| frame.start);
        let unseen = || self.text[self.end.min(at)..at].find(['[', '{']).map(|found| self.end + found);
        Fault { info: info.to_owned(), at, open: open.or_else(unseen) }
    }

    fn event(&mut self, event: Event<'t>, start: usize, end: usize) -> Result<(), Fault> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let bare = if anchor == 0 && tag.is_none() { start } else { places::properties(self.text, start, end) };
                let span = self.scalar_span(style, bare, end);
                let quoted_by_tag = tag.is_some_and(|tag| tag.suffix == "str" && tag.is_yaml_core_schema());
                let value = match style {
                    ScalarStyle::Plain if !quoted_by_tag => plain(text.into_owned()),
                    _ => Value::String(Scalar { text: text.into_owned(), style: style.into() }),
                };
                self.add(Node { value, span, layer: 0 })
            }
            Event::Alias(_) => self.add(Node { value: Value::Alias, span: Span::new(start, end), layer: 0 }),
            Event::SequenceStart(..) => self.enter(false, start, end),
            Event::MappingStart(..) => self.enter(true, start, end),
            Event::SequenceEnd | Event::MappingEnd => self.leave(start),
            Event::DocumentStart(_) if self.root.is_some() => Err(self.fault(words::SECOND_DOCUMENT, start)),
            _ => Ok(()),
        }
    }

    fn scalar_span(&self, style: ScalarStyle, start: usize, end: usize) -> Span {
        match style {
            ScalarStyle::Plain => Span::new(start, start + self.text[start..end].trim_end().len()),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => places::quoted(self.text, start, end),
            ScalarStyle::Literal | ScalarStyle::Folded => places::block(self.text, self.end.min(start), start, end),
        }
    }

    fn enter(&mut self, mapping: bool, start: usize, end: usize) -> Result<(), Fault> {
        if self.open.len() >= MAX_DEPTH {
            return Err(self.fault(words::TOO_DEEP, start));
        }
        self.open.push(Frame {
            mapping,
            start,
            flow: end > start && self.text[..end].ends_with(['[', '{']),
            nodes: Vec::new(),
        });
        Ok(())
    }

    /// Closes the innermost list or mapping; `close` is where its closing bracket stands, if it has one.
    fn leave(&mut self, close: usize) -> Result<(), Fault> {
        let Some(frame) = self.open.pop() else { return Ok(()) };
        let first = frame.nodes.first().map_or(frame.start, |node| node.span.start as usize);
        let last = frame.nodes.last().map_or(frame.start, |node| node.span.end as usize);
        let span = match (frame.flow, frame.mapping) {
            (true, _) => Span::new(frame.start, close + 1),
            (false, true) => Span::new(first, last.max(first)),
            (false, false) => Span::new(frame.start, last.max(frame.start)),
        };
        let value = if frame.mapping {
            let mut nodes = frame.nodes.into_iter();
            Value::Mapping(std::iter::from_fn(|| nodes.next().zip(nodes.next())).collect())
        } else {
            Value::Sequence(frame.nodes)
        };
        self.add(Node { value, span, layer: 0 })
    }

    fn add(&mut self, node: Node) -> Result<(), Fault> {
        self.count += 1;
        if self.count > self.most {
            return Err(self.fault(words::TOO_MANY, node.span.start as usize));
        }
        self.end = self.end.max(node.span.end as usize);
        match self.open.last_mut() {
            Some(frame) => frame.nodes.push(node),
            None => self.root = Some(node),
        }
        Ok(())
    }
}

impl From<ScalarStyle> for Style {
    fn from(style: ScalarStyle) -> Self {
        match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::Single,
            ScalarStyle::DoubleQuoted => Style::Double,
            ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
        }
    }
}

/// What an unquoted scalar is. `serde_yaml` decides whatever could be more than text, so that the two never disagree.
fn plain(text: String) -> Value {
    if text.is_empty() {
        return Value::Null;
    }
    resolve(&text).unwrap_or(Value::String(Scalar { text, style: Style::Plain }))
}

fn resolve(text: &str) -> Option<Value> {
    let first = *text.as_bytes().first()?;
    let word = matches!(first, b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F') && text.len() <= 5;
    let number = matches!(first, b'0'..=b'9' | b'+' | b'-' | b'.') && number_like(text);
    if !word && !number {
        return None;
    }
    match serde_yaml::from_str(text).ok()? {
        serde_yaml::Value::Null if word => Some(Value::Null),
        serde_yaml::Value::Bool(value) if word => Some(Value::Bool(value)),
        serde_yaml::Value::Number(value) if number => {
            Some(value.as_i64().map_or_else(|| Value::Float(value.as_f64().unwrap_or(f64::NAN)), Value::Int))
        }
        _ => None,
    }
}

/// Whether a text could be a number: spares dates, versions and prose the second parser.
fn number_like(text: &str) -> bool {
    let (mut dots, mut dashes) = (0, 0);
    text.bytes().skip(1).all(|byte| {
        dots += usize::from(byte == b'.');
        dashes += usize::from(byte == b'-');
        dots < 2 && dashes < 2 && (byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    })
}

#[cfg(test)]
mod tests;
