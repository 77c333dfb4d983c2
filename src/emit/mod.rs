//! Output formats: a report goes in, bytes come out. Knows no lint and decides nothing: what is hidden was hidden
//! before. Each format has one file; lines and columns come into being in `text`, and nothing else counts them.

use std::io;

use crate::desk::{Backdrop, Report};
use crate::diagnostic::{Level, Verdict};

pub mod copies;
mod excerpt;
mod frame;
mod json;
pub mod links;
mod pretty;
mod sanitise;
mod short;
pub mod similar;
mod text;
mod wrap;

pub use pretty::{diagnostic, notice};

/// So many of them, in the plural if there are.
fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Text that may go to a terminal, line by line: for messages that are no part of a report.
pub fn printable(text: &str, ascii: bool) -> String {
    text.lines().map(|line| sanitise::line(line, ascii)).collect::<Vec<_>>().join("\n")
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Excerpts for people.
    Pretty,
    /// One line a diagnostic, as compilers do.
    Short,
    /// One JSON object.
    Json,
    /// One JSON object a line.
    Jsonl,
}

/// Writes all of a report in one format.
type Emitter = fn(&Run<'_>, &mut dyn io::Write) -> io::Result<()>;

/// Every format: its name on the command line, and what writes it.
const FORMATS: &[(&str, Format, Emitter)] = &[
    ("pretty", Format::Pretty, pretty::report),
    ("short", Format::Short, short::report),
    ("json", Format::Json, json::report),
    ("jsonl", Format::Jsonl, json::report_lines),
];

impl Format {
    /// The names of all formats, in the order in which help lists them.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FORMATS.iter().map(|(name, ..)| *name)
    }

    /// The format with this name.
    pub fn named(name: &str) -> Option<Self> {
        FORMATS.iter().find(|(known, ..)| *known == name).map(|(_, format, _)| *format)
    }
}

/// What the terminal can show. Formats for machines ignore it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether to colour.
    pub color: bool,
    /// Whether frames are drawn with ASCII alone. The text of posts stays as it is.
    pub ascii: bool,
    /// Columns of the terminal. Less than 32 counts as 32.
    pub width: usize,
    /// Whether a last line sums up.
    pub summary: bool,
}

impl Options {
    /// Plain text as wide as most terminals: for files, pipes and tests.
    pub const PLAIN: Self = Self { color: false, ascii: false, width: 80, summary: true };

    fn columns(&self) -> usize {
        self.width.max(32)
    }
}

/// One act of writing a report: all that a format may use.
struct Run<'a> {
    report: &'a Report,
    backdrop: &'a dyn Backdrop,
    options: Options,
}

/// Writes `report` to `out`. Errors are those of `out`; a broken pipe is for the caller to judge.
///
/// # Errors
/// When `out` cannot be written to.
pub fn emit(
    format: Format,
    report: &Report,
    backdrop: &dyn Backdrop,
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let (.., emitter) = FORMATS.iter().find(|(_, known, _)| *known == format).expect("every format has its row");
    emitter(&Run { report, backdrop, options }, out)
}

/// How many diagnostics of a report are shown, by level, and how many their authors wish to be hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    errors: usize,
    warnings: usize,
    infos: usize,
    suppressed: usize,
}

impl Tally {
    fn of(report: &Report) -> Self {
        let mut tally = Self::default();
        for diagnostic in &report.diagnostics {
            let count = match diagnostic.level {
                _ if matches!(diagnostic.verdict, Verdict::Suppressed { .. }) => &mut tally.suppressed,
                _ if !diagnostic.is_reported() => continue,
                Level::Error => &mut tally.errors,
                Level::Warn => &mut tally.warnings,
                Level::Info => &mut tally.infos,
            };
            *count += 1;
        }
        tally
    }
}

#[cfg(test)]
mod specimen;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_one_row() {
        for format in [Format::Pretty, Format::Short, Format::Json, Format::Jsonl] {
            assert_eq!(FORMATS.iter().filter(|(_, known, _)| *known == format).count(), 1, "{format:?}");
        }
        assert_eq!(Format::named("jsonl"), Some(Format::Jsonl));
        assert_eq!(Format::named("yaml"), None);
    }
}
