//! Changes to front matter that touch only the key at stake: comments, order, quotes, line endings and all other bytes stay.
//! Every change is checked by reading the result anew; one that would do anything else is refused.

use jiff::civil;

use super::{Edit, Refused, apply};
use crate::post::FrontMatter;
use crate::post::front_matter::{self, Format};
use crate::site::{Dialect, Role, Site};
use crate::source::{Source, Span};
use crate::spanned::{Node, Value};

mod json;
mod quote;
mod toml;
mod yaml;

pub use quote::quoted;

/// What becomes of a key at the top level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change<'a> {
    /// It gets this value, in place of the one it has.
    Set(&'a str, Scalar<'a>),
    /// Its list gets these texts at its end, but for those it has; one text becomes a list.
    Append(&'a str, &'a [String]),
}

/// A value that is no collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar<'a> {
    /// `true` or `false`.
    Bool(bool),
    /// Text.
    Text(&'a str),
    /// A day.
    Date(civil::Date),
}

impl Change<'_> {
    /// The key at stake.
    pub fn key(&self) -> &str {
        match self {
            Change::Set(key, _) | Change::Append(key, _) => key,
        }
    }
}

/// The text of a post after a change to its front matter, which is made if there is none.
///
/// # Errors
/// When the post is not UTF-8, its front matter does not parse, or the key holds what cannot be changed without harm.
pub fn changed(source: &Source, site: &Site, change: Change<'_>) -> Result<String, Refused> {
    checked(source, site, change).map(|(text, _)| text)
}

/// The edit that makes a change; `None` where there is nothing to change.
///
/// # Errors
/// As those of `changed`.
pub fn edit(source: &Source, site: &Site, change: Change<'_>) -> Result<Option<Edit>, Refused> {
    checked(source, site, change).map(|(_, edits)| edits.into_iter().next())
}

/// The text after a change, and the edits that make it.
fn checked(source: &Source, site: &Site, change: Change<'_>) -> Result<(String, Vec<Edit>), Refused> {
    if source.decoded.encoding != encoding_rs::UTF_8 || source.decoded.first_bad_byte.is_some() {
        let help = "convert it to UTF-8 first";
        return Err(Refused::new(format!("it is {}, not UTF-8", source.decoded.encoding.name())).help(help));
    }
    let before = read(source, site);
    let edits = edits(&source.text, &before, site, change)?;
    let text = apply(&source.text, &edits)?;
    let after = Source::from_text(&source.path, &text);
    let is_as_meant = is_as_meant((source, &before), (&after, &read(&after, site)), change);
    let unclear = || Refused::new(format!("`{}` cannot be written without changing something else", change.key()));
    if is_as_meant { Ok((text, edits)) } else { Err(unclear().help("change it by hand")) }
}

fn read(source: &Source, site: &Site) -> FrontMatter {
    front_matter::read(source, site.profile, Role::Post, &mut Vec::new())
}

/// A front matter in its text, with what an edit needs to know.
struct Place<'a> {
    text: &'a str,
    front: &'a FrontMatter,
    /// How lines end here.
    newline: &'static str,
}

impl Place<'_> {
    fn content(&self) -> &str {
        &self.text[self.front.content.range()]
    }

    /// A line of its own at the end of the front matter.
    fn last_line(&self, line: &str) -> Edit {
        let content = self.content();
        let before = if content.is_empty() || content.ends_with('\n') { "" } else { self.newline };
        Edit::insert(self.front.content.end as usize, format!("{before}{line}{}", self.newline))
    }

    /// What stands on the line of the byte `at` before it.
    fn before(&self, at: usize) -> &str {
        let start = self.front.content.start as usize;
        let line = self.text[start..at].rfind('\n').map_or(start, |end| start + end + 1);
        &self.text[line..at]
    }

    /// The end of the line that the byte `at` is on, inside of the front matter.
    fn line_end(&self, at: usize) -> usize {
        let end = self.front.content.end as usize;
        let length = self.text[at..end].find('\n').unwrap_or(end - at);
        at + self.text[at..at + length].trim_end_matches('\r').len()
    }
}

/// What is written for a value.
enum Written {
    /// In place of the value: a scalar.
    Scalar(String),
    /// Further items of a list, each as it is written.
    Items(Vec<String>),
}

fn edits(text: &str, front: &FrontMatter, site: &Site, change: Change<'_>) -> Result<Vec<Edit>, Refused> {
    let newline = if text.find('\n').is_some_and(|at| text[..at].ends_with('\r')) { "\r\n" } else { "\n" };
    let Some(format) = front.format else {
        let is_none = front.span.is_empty() && front.parsed;
        let unread = || Refused::new("its front matter is in a language that is not read").help("change it by hand");
        return if is_none { Ok(fresh(text, newline, site, change)) } else { Err(unread()) };
    };
    if !front.parsed || !matches!(front.root.value, Value::Mapping(_)) {
        let message = format!("its front matter is not valid {}", format.name());
        return Err(Refused::new(message).help("`copydesk check` says where"));
    }
    let key = change.key();
    if front.root.entries().iter().filter(|(name, _)| name.as_str() == Some(key)).count() > 1 {
        return Err(Refused::new(format!("`{key}` is set twice")).help("remove one of the two"));
    }
    let place = Place { text, front, newline };
    let Some(written) = written(front.root.entry(key), format, change)? else { return Ok(vec![]) };
    let edit = match (format, front.root.entry(key)) {
        (Format::Yaml, Some(entry)) => yaml::change(&place, entry, &written),
        (Format::Yaml, None) => yaml::insert(&place, key, &written),
        (Format::Toml, Some(entry)) => toml::change(&place, entry, &written),
        (Format::Toml, None) => toml::insert(&place, key, &written),
        (Format::Json, Some(entry)) => json::change(&place, entry, &written),
        (Format::Json, None) => json::insert(&place, key, &written),
    };
    let stuck =
        || Refused::new(format!("`{key}` is written in a way that cannot be added to")).help("change it by hand");
    edit.map(|edit| vec![edit]).ok_or_else(stuck)
}

/// What is to be written, `None` if it stands there already.
fn written(entry: Option<&(Node, Node)>, format: Format, change: Change<'_>) -> Result<Option<Written>, Refused> {
    let in_format = |text: &str| if format == Format::Yaml { yaml::text(text) } else { quoted(text) };
    let old = entry.map(|(_, value)| value);
    let holds = |key: &str, value: &Value| Refused::new(format!("`{key}` holds {value}")).help("change it by hand");
    match change {
        Change::Set(key, new) => match old {
            Some(node) if equals(node, new) => Ok(None),
            Some(Node { value: value @ (Value::Sequence(_) | Value::Mapping(_) | Value::Alias), .. }) => {
                Err(holds(key, value))
            }
            _ => Ok(Some(Written::Scalar(match new {
                Scalar::Bool(value) => value.to_string(),
                Scalar::Text(text) => in_format(text),
                // JSON knows no days.
                Scalar::Date(day) if format == Format::Json => quoted(&day.to_string()),
                Scalar::Date(day) => day.to_string(),
            }))),
        },
        Change::Append(key, texts) => {
            let has = match old.map(|node| &node.value) {
                None | Some(Value::Null) => vec![],
                Some(Value::String(scalar)) => vec![scalar.text.as_str()],
                Some(Value::Sequence(items)) => {
                    let texts: Option<Vec<&str>> = items.iter().map(Node::as_str).collect();
                    texts.ok_or_else(|| {
                        Refused::new(format!("`{key}` holds more than texts")).help("change it by hand")
                    })?
                }
                Some(other) => return Err(holds(key, other)),
            };
            let new: Vec<&str> = texts.iter().map(String::as_str).filter(|text| !has.contains(text)).collect();
            let new: Vec<String> = new.into_iter().map(in_format).collect();
            Ok((!new.is_empty()).then_some(Written::Items(new)))
        }
    }
}

fn equals(node: &Node, scalar: Scalar<'_>) -> bool {
    match (&node.value, scalar) {
        (Value::Bool(is), Scalar::Bool(new)) => *is == new,
        (Value::String(is), Scalar::Text(new)) => is.text == new,
        (Value::String(is), Scalar::Date(day)) => is.text == day.to_string(),
        (Value::Date(is), Scalar::Date(day)) => *is == day.to_string(),
        _ => false,
    }
}

/// Front matter for a post that has none, as its generator likes it.
fn fresh(text: &str, newline: &str, site: &Site, change: Change<'_>) -> Vec<Edit> {
    let is_toml = site.profile.front_matter == Dialect::Zola;
    let (fence, between) = if is_toml { ("+++", " = ") } else { ("---", ": ") };
    let in_format = |text: &str| if is_toml { quoted(text) } else { yaml::text(text) };
    let value = match change {
        Change::Set(_, Scalar::Bool(value)) => value.to_string(),
        Change::Set(_, Scalar::Text(text)) => in_format(text),
        Change::Set(_, Scalar::Date(day)) => day.to_string(),
        Change::Append(_, []) => return vec![],
        Change::Append(_, texts) => {
            format!("[{}]", texts.iter().map(|text| in_format(text)).collect::<Vec<_>>().join(", "))
        }
    };
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let key = change.key();
    vec![Edit::insert(start, format!("{fence}{newline}{key}{between}{value}{newline}{fence}{newline}"))]
}

/// Whether only the key at stake has changed, and to what was meant.
fn is_as_meant(before: (&Source, &FrontMatter), after: (&Source, &FrontMatter), change: Change<'_>) -> bool {
    let body = |(source, front): (&Source, &FrontMatter)| {
        let start = if front.span.is_empty() {
            source.text.len() - source.text.trim_start_matches('\u{feff}').len()
        } else {
            front.span.end as usize
        };
        source.text[start..].to_owned()
    };
    let key = change.key();
    let others = |front: &FrontMatter| -> Vec<(Node, Node)> {
        front.root.entries().iter().filter(|(name, _)| name.as_str() != Some(key)).cloned().collect()
    };
    let value = |front: &FrontMatter| front.root.get(key).cloned();
    let texts = |node: Option<Node>| -> Vec<String> {
        let Some(node) = node else { return vec![] };
        let one = node.as_str().map(str::to_owned);
        one.map_or_else(
            || node.items().iter().filter_map(|item| item.as_str().map(str::to_owned)).collect(),
            |one| vec![one],
        )
    };
    let has_value = match change {
        Change::Set(_, new) => value(after.1).is_some_and(|node| equals(&node, new)),
        Change::Append(_, new) => {
            let mut expected = texts(value(before.1));
            let added: Vec<String> = new.iter().filter(|text| !expected.contains(text)).cloned().collect();
            expected.extend(added);
            texts(value(after.1)) == expected
        }
    };
    let (old, new) = (others(before.1), others(after.1));
    let are_same = old.len() == new.len() && old.iter().zip(&new).all(|(a, b)| same(&a.0, &b.0) && same(&a.1, &b.1));
    after.1.parsed && has_value && are_same && body(before) == body(after)
}

/// Whether two values are the same, wherever they stand. As deep as `spanned::MAX_DEPTH` at most.
fn same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Sequence(a), Value::Sequence(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Mapping(a), Value::Mapping(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(&a.0, &b.0) && same(&a.1, &b.1))
        }
        // A number that is none is not equal to itself.
        (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
        (a, b) => a == b,
    }
}

/// Adds items to a list in brackets.
fn into_brackets(list: &Node, items: &str) -> Edit {
    match list.items().last() {
        Some(last) => Edit::insert(last.span.end as usize, format!(", {items}")),
        None => Edit::insert(list.span.start as usize + 1, items),
    }
}

/// Puts a text in place of a value.
fn replace(span: Span, text: impl Into<String>) -> Edit {
    Edit { span, text: text.into() }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
