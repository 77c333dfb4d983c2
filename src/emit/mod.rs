//! Output formats: a report goes in, bytes come out. Knows no lint and decides nothing: what is hidden was hidden
//! before. Each format has one file; lines and columns come into being in `text`, and nothing else counts them.

use std::io;

use crate::desk::{Backdrop, Report};
use crate::diagnostic::{Level, Verdict};

mod checkstyle;
pub mod copies;
mod excerpt;
mod frame;
mod github;
mod gitlab;
pub mod html;
mod json;
mod junit;
pub mod links;
mod markdown;
mod pretty;
mod rdjson;
mod said;
mod sanitise;
mod sarif;
mod short;
pub mod similar;
pub mod statistics;
mod text;
mod wrap;
mod xml;

pub use pretty::{diagnostic, notice};

/// So many of them, in the plural if there are.
pub fn plural(count: usize, noun: &str) -> String {
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
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions, and the rest in its log.
    Github,
    /// A code quality report of GitLab.
    Gitlab,
    /// Test results, as JUnit writes them.
    Junit,
    /// Checkstyle's XML.
    Checkstyle,
    /// Reviewdog's diagnostic format.
    Rdjson,
    /// A summary of a job, for people.
    Markdown,
}

/// Writes all of a report in one format.
type Emitter = fn(&Run<'_>, &mut dyn io::Write) -> io::Result<()>;

/// Every format: its name on the command line, and what writes it.
const FORMATS: &[(&str, Format, Emitter)] = &[
    ("pretty", Format::Pretty, pretty::report),
    ("short", Format::Short, short::report),
    ("json", Format::Json, json::report),
    ("jsonl", Format::Jsonl, json::report_lines),
    ("sarif", Format::Sarif, sarif::report),
    ("github", Format::Github, github::report),
    ("gitlab", Format::Gitlab, gitlab::report),
    ("junit", Format::Junit, junit::report),
    ("checkstyle", Format::Checkstyle, checkstyle::report),
    ("rdjson", Format::Rdjson, rdjson::report),
    ("markdown", Format::Markdown, markdown::report),
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
    /// See `Backdrop::site_folder`.
    site_folder: String,
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
    emitter(&Run { report, backdrop, options, site_folder: backdrop.site_folder() }, out)
}

/// How many diagnostics of a report are shown, by level, and how many their authors wish to be hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    errors: usize,
    warnings: usize,
    infos: usize,
    suppressed: usize,
    /// Of those shown: how many `--fix` puts right, and how many only `--unsafe-fixes` does.
    fixable: usize,
    fixable_unsafely: usize,
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
            match diagnostic.fix.as_ref().filter(|_| diagnostic.is_reported()) {
                Some(fix) if fix.is_safe => tally.fixable += 1,
                Some(_) => tally.fixable_unsafely += 1,
                None => {}
            }
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
        for (name, format, _) in FORMATS {
            assert_eq!(FORMATS.iter().filter(|(_, known, _)| known == format).count(), 1, "{format:?}");
            assert_eq!(Format::named(name), Some(*format));
        }
        assert_eq!(Format::named("jsonl"), Some(Format::Jsonl));
        assert_eq!(Format::named("yaml"), None);
    }

    /// What a schema says against a document; nothing if it is valid.
    fn faults(schema: &str, document: &str) -> Vec<String> {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(schema);
        let schema = std::fs::read_to_string(path).expect("the schema is there");
        let schema = serde_json::from_str(&schema).expect("JSON");
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
        let document = serde_json::from_str(document).expect("JSON");
        validator.iter_errors(&document).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
    }

    #[test]
    fn hostile_words_leave_every_document_valid() {
        let hidden = || {
            let one = specimen::Specimen::new(&[("a.md", "«x»")]).with(specimen::warn(0, "bad").suppressed("so"));
            one.with(specimen::warn(0, "bad").baselined()).with(specimen::warn(0, "bad"))
        };
        for specimen in [specimen::hostile(), specimen::hostile().in_folder("::docs, 100%/"), hidden()] {
            for (format, schema) in
                [(Format::Sarif, "sarif-2.1.0.json"), (Format::Gitlab, "gitlab.json"), (Format::Rdjson, "rdjson.json")]
            {
                let document = specimen.emit(format, Options::PLAIN);
                assert_eq!(faults(schema, &document), Vec::<String>::new(), "{format:?}");
            }
        }
    }

    #[test]
    fn the_schemas_refuse_what_is_wrong() {
        let run = |level: &str, line: u32| {
            let region = format!(r#""region":{{"startLine":{line}}}"#);
            let place = format!(r#"{{"physicalLocation":{{"artifactLocation":{{"uri":"a"}},{region}}}}}"#);
            let result = format!(r#"{{"level":"{level}","message":{{"text":"x"}},"locations":[{place}]}}"#);
            format!(r#"{{"version":"2.1.0","runs":[{{"tool":{{"driver":{{"name":"x"}}}},"results":[{result}]}}]}}"#)
        };
        assert_eq!(faults("sarif-2.1.0.json", &run("error", 1)), Vec::<String>::new());
        assert_eq!(faults("sarif-2.1.0.json", &run("fatal", 0)).len(), 2);
        assert_eq!(faults("gitlab.json", r#"[{"description":"x"}]"#).len(), 4);
        assert_eq!(
            faults("rdjson.json", r#"{"diagnostics":[{"message":"x","location":{"path":""}}],"more":1}"#).len(),
            2
        );
    }

    #[test]
    fn hostile_words_come_back_out_of_xml() {
        let specimen = specimen::hostile();
        let shown: Vec<String> =
            specimen::HOSTILE.iter().map(|words| sanitise::line(words, false) + " (and 1 more)").collect();
        for (format, element) in [(Format::Checkstyle, "error"), (Format::Junit, "failure")] {
            let text = specimen.emit(format, Options::PLAIN);
            let document = roxmltree::Document::parse(&text).expect("well-formed");
            let elements = document.descendants().filter(|node| node.has_tag_name(element));
            let messages: Vec<&str> = elements.filter_map(|node| node.attribute("message")).collect();
            for shown in &shown {
                assert!(messages.iter().any(|message| message.starts_with(shown)), "{format:?}: {shown}");
            }
        }
    }
}
