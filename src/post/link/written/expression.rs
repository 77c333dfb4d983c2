//! Values between `{{` and `}}`, as far as they can be told: texts, what the site says of its own address, and the filters
//! that put one before the other. Filters as in Jekyll's `url_filters.rb` and Eleventy's `Url.js`.

use std::borrow::Cow;

use super::Written;
use crate::post::link::call::quoted;

/// A text with what stands before it.
#[derive(Default)]
pub(in crate::post::link) struct Text<'a> {
    pub(in crate::post::link) text: Cow<'a, str>,
    /// The base path stands before it.
    pub(in crate::post::link) base: bool,
    /// The origin stands before that.
    pub(in crate::post::link) origin: bool,
}

impl<'a> Text<'a> {
    fn literal(text: &'a str) -> Self {
        Text { text: Cow::Borrowed(text), base: false, origin: false }
    }

    pub(super) fn push(&mut self, more: &'a str) {
        if self.text.is_empty() {
            self.text = Cow::Borrowed(more);
        } else if !more.is_empty() {
            self.text.to_mut().push_str(more);
        }
    }

    /// Adds another text behind; `false` where the result is none: a base path in the middle of an address.
    pub(super) fn join(&mut self, more: Text<'a>) -> bool {
        let is_in_middle = !self.text.is_empty() && (more.base || more.origin);
        let is_twice = self.base && (more.base || more.origin) || self.origin && more.origin;
        if is_in_middle || is_twice {
            return false;
        }
        self.base |= more.base;
        self.origin |= more.origin;
        if self.text.is_empty() {
            self.text = more.text;
        } else {
            self.text.to_mut().push_str(&more.text);
        }
        true
    }

    /// What stands before a query or a fragment; `None` without one.
    pub(super) fn up_to_query(self) -> Option<Self> {
        let end = self.text.find(['?', '#'])?;
        let text = match self.text {
            Cow::Borrowed(text) => Cow::Borrowed(&text[..end]),
            Cow::Owned(mut text) => {
                text.truncate(end);
                Cow::Owned(text)
            }
        };
        Some(Text { text, ..self })
    }

    pub(super) fn written(self) -> Written<'a> {
        Written::Address { text: self.text, says_base: self.base, says_origin: self.origin }
    }

    fn is_absolute(&self) -> bool {
        self.text.contains("://") || self.text.starts_with("mailto:") || self.text.starts_with("tel:")
    }

    fn with_slash(mut self) -> Self {
        if !self.text.is_empty() && !self.text.starts_with('/') {
            self.text = Cow::Owned(format!("/{}", self.text));
        }
        self
    }
}

/// The value of an expression, where it can be told.
pub(super) fn value(expression: &str) -> Option<Text<'_>> {
    let mut parts = Parts(Some(expression));
    let mut text = operand(parts.next()?)?;
    for filter in parts {
        let (name, argument) = filter.split_once(':').unwrap_or((filter, ""));
        text = apply(text, name.trim(), argument.trim())?;
    }
    Some(text)
}

/// A text in quotes, or what the site says of its address.
fn operand(text: &str) -> Option<Text<'_>> {
    if let Some((inside, length)) = quoted(text) {
        return (length == text.len() && length == inside.len() + 2).then(|| Text::literal(inside));
    }
    let (base, origin) = match text {
        "site.baseurl" => (true, false),
        "site.url" => (false, true),
        // Of GitHub Pages' metadata: with the base path.
        "site.github.url" => (true, true),
        _ => return None,
    };
    Some(Text { text: Cow::Borrowed(""), base, origin })
}

fn apply<'a>(text: Text<'a>, filter: &str, argument: &'a str) -> Option<Text<'a>> {
    match filter {
        "relative_url" | "absolute_url" if text.is_absolute() => Some(text),
        "relative_url" | "absolute_url" if text.base || text.origin => None,
        "relative_url" => Some(Text { base: true, ..text.with_slash() }),
        "absolute_url" => Some(Text { base: true, origin: true, ..text.with_slash() }),
        // Eleventy leaves relative addresses as they are.
        "url" | "htmlBaseUrl" if text.base || text.origin => None,
        "url" | "htmlBaseUrl" => {
            Some(Text { base: text.text.starts_with('/') && !text.text.starts_with("//"), ..text })
        }
        "prepend" => {
            let mut front = operand(argument)?;
            front.join(text).then_some(front)
        }
        "append" => {
            let mut text = text;
            text.join(operand(argument)?).then_some(text)
        }
        // So that no address has two slashes where the base path is one.
        "replace" if !text.origin && argument.split_once(',').is_some_and(|(from, to)| is_two_slashes(from, to)) => {
            Some(Text { text: Cow::Owned(text.text.replace("//", "/")), ..text })
        }
        "strip" | "escape" | "escape_once" | "uri_escape" | "xml_escape" => Some(text),
        _ => None,
    }
}

fn is_two_slashes(from: &str, to: &str) -> bool {
    let inside = |text| quoted(text).map(|(inside, _)| inside);
    inside(from.trim()) == Some("//") && inside(to.trim()) == Some("/")
}

/// The parts of an expression between bars that stand in no quotes.
struct Parts<'a>(Option<&'a str>);

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.0?;
        let mut quote = None;
        let bar = rest.bytes().position(|byte| {
            match (quote, byte) {
                (None, b'"' | b'\'') => quote = Some(byte),
                (Some(open), _) if open == byte => quote = None,
                _ => {}
            }
            byte == b'|' && quote.is_none()
        });
        self.0 = bar.map(|at| &rest[at + 1..]);
        Some(rest[..bar.unwrap_or(rest.len())].trim())
    }
}
