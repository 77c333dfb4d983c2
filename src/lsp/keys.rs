//! Keys of front matter, as the site's generator knows them: which can be written at a place, and what one means.

use serde_json::{Value, json};

use crate::post::Format;
use crate::post::front_matter;
use crate::site::{Key, Kind, Need, Profile, Role, date};
use crate::source::{Source, Span};

/// The keys that can be written at the byte `at`: at the start of a line of front matter, those that are not there yet.
pub(super) fn completions(source: &Source, profile: &Profile, at: usize) -> Vec<Value> {
    let front = front_matter::read(source, profile, Role::Post, &mut vec![]);
    let content = front.content.range();
    let between = match front.format {
        Some(Format::Yaml) => ": ",
        Some(Format::Toml) => " = ",
        _ => return vec![],
    };
    if !(content.start..=content.end).contains(&at) {
        return vec![];
    }
    let line = source.text[content.start..at].rsplit('\n').next().unwrap_or_default();
    if !line.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
        return vec![];
    }
    let is_there = |key: &Key| front.root.entry(key.name).is_some_and(|(name, _)| !name.span.contains(Span::at(at)));
    let item = |key: &Key| {
        let needed = if key.need == Need::Optional { "1" } else { "0" };
        json!({
            "label": key.name,
            "kind": 10,
            "detail": meaning(key, profile),
            "insertText": format!("{}{between}", key.name),
            "sortText": format!("{needed}{}", key.name),
        })
    };
    profile.keys.iter().filter(|key| !is_there(key)).map(item).collect()
}

/// What the key at the byte `at` means to the generator, in Markdown, with its place.
pub(super) fn explained(source: &Source, profile: &Profile, at: usize) -> Option<(String, Span)> {
    let front = front_matter::read(source, profile, Role::Post, &mut vec![]);
    let at = Span::at(at);
    let (name, value) = front.root.entries().iter().find(|(name, _)| name.span.overlaps(at))?;
    let key = profile.keys.iter().find(|key| Some(key.name) == name.as_str())?;
    let mut text = format!("`{}`: {}", key.name, meaning(key, profile));
    let written = value.as_str().unwrap_or_else(|| source.slice(value.span));
    if let (Kind::Date, Ok(date)) = (key.kind, date::parse(written, profile.dates))
        && let Some(day) = date.civil
    {
        text.push_str(&format!("\n\nIt is read as {day}."));
    }
    Some((text, name.span))
}

fn meaning(key: &Key, profile: &Profile) -> String {
    let kind = match key.kind {
        Kind::Text => "text",
        Kind::Bool => "`true` or `false`",
        Kind::Date => "a date",
        Kind::Number => "a number",
        Kind::List => "a list of texts",
        Kind::Any => "anything",
    };
    match key.need {
        Need::Optional => kind.to_owned(),
        Need::Expected => format!("{kind}, which {} expects", profile.title),
        Need::Required => format!("{kind}, without which {} stops", profile.title),
    }
}
