//! Inline styles: declarations with their places, and which of them hide an element from readers.

use super::{Attribute, Element};
use crate::source::Span;

/// One declaration of a `style` attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The property in lower case.
    pub property: String,
    /// The value in lower case, without `!important`.
    pub value: String,
    /// The declaration without the blanks and the semicolon around it. The whole style when that holds character references.
    pub span: Span,
}

/// What hides an element from readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hiding {
    /// The declaration or attribute as `property:value`, for messages.
    pub declaration: String,
    /// Where it stands.
    pub span: Span,
}

/// Distances beyond this many pixels, leftwards or upwards, leave every screen.
const OFF_SCREEN: f64 = -999.0;

/// The properties that may hide an element.
const TELLING: &[&str] = &["display", "visibility", "font-size", "opacity", "text-indent", "left", "top", "position"];

/// The declarations of a `style` attribute. `text` is the source's text.
pub(super) fn declarations(attribute: &Attribute, text: &str) -> Vec<Declaration> {
    let raw = &text[attribute.value_span.range()];
    let is_plain = raw == &*attribute.value;
    pieces(&attribute.value)
        .map(|(at, property, value)| {
            let start = attribute.value_span.range().start + at.start;
            let span = if is_plain { Span::new(start, start + at.len()) } else { attribute.value_span };
            Declaration { property, value, span }
        })
        .collect()
}

/// The declarations of a style: where, property, value.
fn pieces(style: &str) -> impl Iterator<Item = (std::ops::Range<usize>, String, String)> {
    let mut at = 0;
    split(style).filter_map(move |piece| {
        let start = at;
        at += piece.len() + 1;
        let (property, value) = piece.split_once(':')?;
        let value = value.trim().to_ascii_lowercase();
        let value = match value.rsplit_once('!') {
            Some((before, mark)) if mark.trim() == "important" => before.trim_end().to_owned(),
            _ => value,
        };
        let start = start + (piece.len() - piece.trim_start().len());
        Some((start..start + piece.trim().len(), property.trim().to_ascii_lowercase(), value))
    })
}

/// Splits at semicolons outside quotes and parentheses (`url(data:image/png;base64,…)`).
fn split(style: &str) -> impl Iterator<Item = &str> {
    let mut quote = None;
    let mut depth = 0_u32;
    style.split(move |c: char| {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, ';') => return depth == 0,
            (None, _) => {}
        }
        false
    })
}

/// What hides `element`, if its own attributes do.
pub(super) fn hiding(element: &Element<'_>) -> Option<Hiding> {
    if let Some(hidden) = element.attribute("hidden") {
        return Some(Hiding { declaration: "hidden".to_owned(), span: hidden.name_span });
    }
    let style = element.attribute("style")?;
    let mut telling: Vec<(std::ops::Range<usize>, String, String)> = Vec::new();
    for piece in pieces(&style.value).filter(|(_, property, _)| TELLING.contains(&property.as_str())) {
        // The last declaration of a property is the one that counts.
        telling.retain(|earlier| earlier.1 != piece.1);
        telling.push(piece);
    }
    let is_positioned = telling.iter().any(|(_, property, value)| property == "position" && value != "static");
    let hides = |property: &str, value: &str| match property {
        "display" => value == "none",
        "visibility" => matches!(value, "hidden" | "collapse"),
        "font-size" | "opacity" => amount(value) == Some(0.0),
        "text-indent" => amount(value).is_some_and(|amount| amount <= OFF_SCREEN),
        "left" | "top" => is_positioned && amount(value).is_some_and(|amount| amount <= OFF_SCREEN),
        _ => false,
    };
    let (at, property, value) = telling.iter().find(|(_, property, value)| hides(property, value))?;
    let start = style.value_span.range().start;
    let is_plain = style.value.len() == style.value_span.len();
    let span = if is_plain { Span::new(start + at.start, start + at.end) } else { style.value_span };
    Some(Hiding { declaration: format!("{property}:{value}"), span })
}

/// The number that a value begins with, whatever its unit.
fn amount(value: &str) -> Option<f64> {
    let end = value.find(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '+' | '.')).unwrap_or(value.len());
    value[..end].parse().ok()
}
