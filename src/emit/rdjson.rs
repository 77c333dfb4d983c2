//! Reviewdog's diagnostic format, as one `DiagnosticResult`. Its columns count bytes of UTF-8 from 1, and the end of a range
//! is exclusive.

use std::io;
use std::sync::Arc;

use serde::Serialize;

use super::sanitise::line;
use super::text::Texts;
use super::{Run, said};
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Span;

#[derive(Serialize)]
struct Message<'a> {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code<'a>,
    // Reviewdog takes edits as `suggestions`, beside these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Second>,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Second {
    message: String,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    /// Left out if the file can no longer be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: u32,
}

/// Writes the reported diagnostics and what failed.
pub(super) fn report(run: &Run<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut texts = Texts::new(run.backdrop);
    out.write_all(b"{\"source\":{\"name\":\"copydesk\"},\"severity\":\"WARNING\",\"diagnostics\":[")?;
    let mut between: &[u8] = b"\n";
    for diagnostic in run.reported() {
        out.write_all(std::mem::replace(&mut between, b",\n"))?;
        serde_json::to_writer(&mut *out, &Message::of(diagnostic, run, &mut texts))?;
    }
    for failure in &run.report.failures {
        let message = Message {
            message: said::failure(failure),
            location: Location { path: run.in_repository(&failure.path), range: None },
            severity: severity(Level::Error),
            code: Code { value: "copydesk", url: None },
            related_locations: vec![],
        };
        out.write_all(std::mem::replace(&mut between, b",\n"))?;
        serde_json::to_writer(&mut *out, &message)?;
    }
    out.write_all(b"\n]}\n")
}

impl<'a> Message<'a> {
    fn of(diagnostic: &'a Diagnostic, run: &Run<'_>, texts: &mut Texts<'_>) -> Self {
        let path = &diagnostic.place.path;
        let related =
            diagnostic.related.iter().map(|related| (&related.place.path, related.place.span, &*related.message));
        let also = diagnostic.also.iter().map(|span| (path, *span, "also here"));
        let second = |(path, span, message): (&Arc<str>, Span, &str)| Second {
            message: line(message, false),
            location: Location::of(path, span, run, texts),
        };
        let related_locations = related.chain(also).map(second).collect();
        let lint = run.backdrop.lint(&diagnostic.lint);
        Self {
            message: said::advice(diagnostic),
            location: Location::of(path, diagnostic.place.span, run, texts),
            severity: severity(diagnostic.level),
            code: Code { value: &diagnostic.lint, url: lint.and_then(|lint| lint.address()) },
            related_locations,
        }
    }
}

impl Location {
    fn of(path: &Arc<str>, span: Span, run: &Run<'_>, texts: &mut Texts<'_>) -> Self {
        let range = texts.get(path).map(|text| {
            let span = text.clamp(span);
            let at = |byte: u32| Position { line: text.index.line(byte), column: text.byte_column(byte) };
            Range { start: at(span.start), end: at(span.end) }
        });
        Self { path: run.in_repository(path), range }
    }
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "ERROR",
        Level::Warn => "WARNING",
        Level::Info => "INFO",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::specimen::{Specimen, warn};
    use super::super::{Format, Options};
    use super::*;

    #[test]
    fn columns_are_bytes_and_ends_are_exclusive() {
        // Reviewdog's own example: "14" in "haya14busa" is 5 to 7; and in 'a𐐀b' the column of b is 6.
        let specimen = Specimen::new(&[("a.md", "haya«14»busa"), ("b.md", "x\na𐐀«b»\n"), ("c.md", "«x\n»")])
            .in_folder("docs/")
            .with(warn(0, "bad").related(1, "there\x1b"))
            .with(warn(1, "hidden").suppressed("a comment says so"))
            .with(warn(2, "whole line").also(0..1).level(Level::Error))
            .failing("d.md", "gone");
        let value: Value = serde_json::from_str(&specimen.emit(Format::Rdjson, Options::PLAIN)).expect("JSON");
        let range = |start: (usize, usize), end: (usize, usize)| json!({ "start": { "line": start.0, "column": start.1 }, "end": { "line": end.0, "column": end.1 } });
        let code = json!({ "value": "sample", "url": "https://example.org/pears" });
        let expected = json!({ "source": { "name": "copydesk" }, "severity": "WARNING", "diagnostics": [
            { "message": "bad (help: mend it)", "severity": "WARNING", "code": code,
              "location": { "path": "docs/a.md", "range": range((1, 5), (1, 7)) },
              "related_locations": [
                { "message": "there␛", "location": { "path": "docs/b.md", "range": range((2, 6), (2, 7)) } },
              ] },
            { "message": "whole line (and 1 more) (help: mend it)", "severity": "ERROR", "code": code,
              "location": { "path": "docs/c.md", "range": range((1, 1), (2, 1)) },
              "related_locations": [
                { "message": "also here", "location": { "path": "docs/c.md", "range": range((1, 1), (1, 2)) } },
              ] },
            { "message": "gone (help: look for it)", "severity": "ERROR", "code": { "value": "copydesk" },
              "location": { "path": "docs/d.md" } },
        ] });
        assert_eq!(value, expected);
    }
}
