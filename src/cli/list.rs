//! `copydesk list`: the lints by family, with the level each has here.

use std::fmt::Write;

use clap::{Args, ValueEnum};
use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::lints::{self, Card};
use super::site::SiteArgs;
use super::{Screen, Status, output};
use crate::lint::Setting;

/// Arguments of `list`.
#[derive(Clone, Debug, Args)]
pub struct ListArgs {
    /// How to list
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    #[command(flatten)]
    site: SiteArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for people
    Text,
    /// A JSON array of objects with name, family, level and summary
    Json,
}

/// Lists.
pub(super) fn run(args: &ListArgs, screen: &Screen) -> anyhow::Result<Status> {
    let site = args.site.site(&[], args.site.request())?;
    let cards = lints::cards(&site)?;
    let text = match args.format {
        Format::Text => table(&cards, screen),
        Format::Json => json_array(&cards)?,
    };
    output::print(text.as_bytes())?;
    Ok(Status::Clean)
}

fn table(cards: &[Card], screen: &Screen) -> String {
    let width = cards.iter().map(|card| card.lint.name.width()).max().unwrap_or(0);
    let mut text = String::new();
    for family in cards.chunk_by(|a, b| a.lint.family == b.lint.family) {
        if !text.is_empty() {
            text.push('\n');
        }
        let _ = writeln!(text, "{}", screen.bold(&family[0].lint.family));
        for card in family {
            let blanks = " ".repeat(width - card.lint.name.width());
            let row =
                format!("  {}{blanks}  {:<5}  {}", card.lint.name, card.level.name(), card.lint.record.summary.value);
            let _ = writeln!(text, "{}", if card.level == Setting::Off { screen.dim(&row) } else { row });
        }
    }
    let off = cards.iter().filter(|card| card.level == Setting::Off).count();
    let _ = writeln!(text, "\n{} lints, {off} of them off. `copydesk explain LINT` tells more of one.", cards.len());
    text
}

fn json_array(cards: &[Card]) -> serde_json::Result<String> {
    let rows = cards.iter().map(
        |card| json!({ "name": &*card.lint.name, "family": &*card.lint.family, "level": card.level.name(), "summary": card.lint.record.summary.value }),
    );
    Ok(serde_json::to_string_pretty(&rows.collect::<Vec<_>>())? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(family: &str, name: &str, level: Setting) -> Card {
        let summary = format!("what {name} looks for");
        Card { lint: crate::lint::specimen(family, name, &summary), level }
    }

    #[test]
    fn rows_stand_in_columns_below_their_family() {
        let cards = [
            card("apples", "red", Setting::Warn),
            card("apples", "very-green", Setting::Off),
            card("pears", "soft", Setting::Error),
        ];
        let expected = "\
apples
  red         warn   what red looks for
  very-green  off    what very-green looks for

pears
  soft        error  what soft looks for

3 lints, 1 of them off. `copydesk explain LINT` tells more of one.
";
        assert_eq!(table(&cards, &Screen::plain()), expected);
    }

    #[test]
    fn json_holds_one_object_for_each_lint() {
        let text = json_array(&[card("apples", "red", Setting::Info)]).expect("plain JSON");
        let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        let expected = json!([{ "name": "red", "family": "apples", "level": "info", "summary": "what red looks for" }]);
        assert_eq!(value, expected);
    }
}
