//! `copydesk explain`: all there is to know about one lint, from its record.

use std::fmt::Write;

use clap::Args;

use super::lints::{self, Card};
use super::site::SiteArgs;
use super::stop::Stop;
use super::{Screen, Status, output, trial};
use crate::lint::in_general;
use crate::spanned::nearest;

/// Arguments of `explain`.
#[derive(Clone, Debug, Args)]
pub struct ExplainArgs {
    /// Name of the lint
    #[arg(value_name = "LINT")]
    lint: String,

    #[command(flatten)]
    site: SiteArgs,
}

/// Explains.
pub(super) fn run(args: &ExplainArgs, screen: &Screen) -> anyhow::Result<Status> {
    let site = args.site.site(&[], args.site.request())?;
    let cards = lints::cards(&site)?;
    let Some(card) = cards.iter().find(|card| *card.lint.name == *args.lint) else {
        return Err(unknown(&args.lint, &cards).into());
    };
    let shown = card.lint.record.examples.bad.iter().map(|example| trial::reported(&card.lint, example, screen));
    let shown = shown.collect::<anyhow::Result<Vec<_>>>()?;
    output::print(page(card, &shown, screen).as_bytes())?;
    Ok(Status::Clean)
}

fn unknown(name: &str, cards: &[Card]) -> Stop {
    let names: Vec<&str> = cards.iter().map(|card| &*card.lint.name).collect();
    let help = match nearest(name, &names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`copydesk list` shows all lints".to_owned(),
    };
    Stop::new(format!("no lint is called `{name}`")).help(help)
}

/// The page about a lint; `shown` are its failing examples as it reports them.
fn page(card: &Card, shown: &[String], screen: &Screen) -> String {
    let record = &card.lint.record;
    let mut page = String::new();
    let _ = writeln!(page, "{} ({}, {})", screen.bold(&card.lint.name), card.lint.family, card.level.name());
    let _ = writeln!(page, "{}", record.summary.value);
    section(&mut page, screen, "Why", &wrapped(&in_general(&record.why), screen));
    section(&mut page, screen, "What to do", &wrapped(&in_general(&record.help.value), screen));
    for report in shown {
        section(&mut page, screen, "Reported", report);
    }
    for example in &record.examples.good {
        let posts = example.post.iter().map(|text| indented(text));
        let site = example.site.iter().flatten().map(|(path, text)| format!("  {path}:\n{}", indented(text)));
        let answers = example.answers.iter().map(|(address, answer)| format!("  {address}: {}", answer.in_words()));
        section(&mut page, screen, "Not reported", &posts.chain(site).chain(answers).collect::<Vec<_>>().join("\n"));
    }
    let references = record.references.iter().map(|reference| format!("  {reference}"));
    section(&mut page, screen, "Read on", &references.collect::<Vec<_>>().join("\n"));
    page
}

/// A heading with its text, unless there is none.
fn section(page: &mut String, screen: &Screen, heading: &str, text: &str) {
    let text = text.trim_end();
    if !text.is_empty() {
        let _ = writeln!(page, "\n{}\n{text}", screen.bold(&format!("{heading}:")));
    }
}

/// Paragraphs as wide as the screen; lines of one paragraph are joined.
fn wrapped(text: &str, screen: &Screen) -> String {
    let options = textwrap::Options::new(screen.width).initial_indent("  ").subsequent_indent("  ");
    let paragraphs = text.trim().split("\n\n").map(|paragraph| {
        let line = paragraph.lines().map(str::trim).collect::<Vec<_>>().join(" ");
        textwrap::fill(&line, &options)
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::Setting;

    fn card() -> Card {
        let text = "\
summary: pear too soft to sell
level: warn
since: 0.1.0
match: {text: {phrases: [soft]}}
message: soft
help: eat it
why: |
  Nobody buys them.
  Not even
  the neighbours.

  Truly.
references: [https://example.org/pears]
examples:
  bad: [{post: soft}]
  good: [{post: \"hard\\nand green\\n\"}]
";
        Card { lint: crate::lint::specimen_of("fruit", "soft-pear", text), level: Setting::Warn }
    }

    #[test]
    fn the_page_tells_everything_in_order() {
        let expected = "\
soft-pear (fruit, warn)
pear too soft to sell

Why:
  Nobody buys them. Not even the neighbours.

  Truly.

What to do:
  eat it

Reported:
warn: soft

Not reported:
  hard
  and green

Read on:
  https://example.org/pears
";
        assert_eq!(page(&card(), &["warn: soft\n".to_owned()], &Screen::plain()), expected);
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_nearest() {
        let stop = unknown("soft-paer", &[card()]);
        assert_eq!(stop, Stop::new("no lint is called `soft-paer`").help("did you mean `soft-pear`?"));
        assert_eq!(unknown("x", &[]).help.as_deref(), Some("`copydesk list` shows all lints"));
    }
}
