//! The JSON contract, version 1, as one object or as an object a line. Streams: a report of any length needs the memory
//! of one diagnostic. Columns count Unicode scalar values; spans count bytes of the decoded text.

use std::io;
use std::sync::Arc;

use serde::Serialize;

use super::text::Texts;
use super::{Run, Tally};
use crate::diagnostic::{self, Diagnostic, Failure, Level, Place, Verdict};
use crate::source;

/// Version of the contract. Fields may be added within a version, never renamed or removed.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Record<'a> {
    lint: &'a str,
    family: &'a str,
    level: Level,
    message: &'a str,
    help: &'a str,
    #[serde(flatten)]
    place: Position<'a>,
    related: Vec<Second<'a>>,
    fix: Option<Fix<'a>>,
    fingerprint: &'a str,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct Fix<'a> {
    safety: &'static str,
    edits: Vec<Edit<'a>>,
    /// The path that the file gets, where it gets another name.
    #[serde(skip_serializing_if = "Option::is_none")]
    rename: Option<&'a str>,
}

#[derive(Serialize)]
struct Edit<'a> {
    span: Span,
    text: &'a str,
}

#[derive(Serialize)]
struct Second<'a> {
    #[serde(flatten)]
    place: Position<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct Position<'a> {
    path: &'a str,
    span: Span,
    /// `null` if the file can no longer be read.
    range: Option<Range>,
}

#[derive(Serialize)]
struct Span {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct Range {
    start: LineColumn,
    end: LineColumn,
}

#[derive(Serialize)]
struct LineColumn {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Failed<'a> {
    path: &'a str,
    error: &'a str,
    help: &'a str,
}

#[derive(Serialize)]
struct Summary {
    posts: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    fixable: usize,
    seconds: f64,
}

/// Writes the report as one object, with a line for each diagnostic.
pub(super) fn report(run: &Run<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut texts = Texts::new(run.backdrop);
    write!(out, "{{\"version\":{VERSION},\"diagnostics\":[")?;
    for (at, diagnostic) in run.report.diagnostics.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &Record::of(diagnostic, &mut texts))?;
    }
    out.write_all(b"\n],\"failures\":")?;
    let failures: Vec<Failed<'_>> = run.report.failures.iter().map(Failed::of).collect();
    serde_json::to_writer(&mut *out, &failures)?;
    out.write_all(b",\n\"summary\":")?;
    serde_json::to_writer(&mut *out, &Summary::of(run))?;
    out.write_all(b"}\n")
}

/// Writes an object a line: the diagnostics as in `report`, `{"failure":…}` for what failed, and `{"summary":…}` at the
/// end.
pub(super) fn report_lines(run: &Run<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut texts = Texts::new(run.backdrop);
    for diagnostic in &run.report.diagnostics {
        serde_json::to_writer(&mut *out, &Record::of(diagnostic, &mut texts))?;
        out.write_all(b"\n")?;
    }
    for failure in &run.report.failures {
        let failure = serde_json::to_string(&Failed::of(failure))?;
        writeln!(out, "{{\"failure\":{failure}}}")?;
    }
    let summary = serde_json::to_string(&Summary::of(run))?;
    writeln!(out, "{{\"version\":{VERSION},\"summary\":{summary}}}")
}

impl<'a> Record<'a> {
    fn of(diagnostic: &'a Diagnostic, texts: &mut Texts<'_>) -> Self {
        let place = Position::of(&diagnostic.place.path, diagnostic.place.span, texts);
        let related = diagnostic.related.iter().map(|related| {
            let Place { path, span } = &related.place;
            (path, *span, &*related.message)
        });
        let also = diagnostic.also.iter().map(|span| (&diagnostic.place.path, *span, "also here"));
        let related = related
            .chain(also)
            .map(|(path, span, message)| Second { place: Position::of(path, span, texts), message })
            .collect();
        let (verdict, reason) = match &diagnostic.verdict {
            Verdict::Reported => ("reported", None),
            Verdict::Yielded { reason } | Verdict::Suppressed { reason } => ("suppressed", Some(&**reason)),
            Verdict::Baselined => ("baselined", None),
        };
        Self {
            lint: &diagnostic.lint,
            family: &diagnostic.family,
            level: diagnostic.level,
            message: &diagnostic.message,
            help: &diagnostic.help,
            place,
            related,
            fix: diagnostic.fix.as_ref().map(Fix::of),
            fingerprint: &diagnostic.fingerprint,
            verdict,
            reason,
        }
    }
}

impl<'a> Fix<'a> {
    fn of(fix: &'a diagnostic::Fix) -> Self {
        let edit = |edit: &'a diagnostic::Edit| Edit {
            span: Span { start: edit.span.start, end: edit.span.end },
            text: &edit.text,
        };
        let safety = if fix.is_safe { "safe" } else { "unsafe" };
        Self { safety, edits: fix.edits.iter().map(edit).collect(), rename: fix.rename.as_deref() }
    }
}

impl<'a> Position<'a> {
    fn of(path: &'a Arc<str>, span: source::Span, texts: &mut Texts<'_>) -> Self {
        let range = texts.get(path).map(|text| {
            let span = text.clamp(span);
            let at = |byte: u32| {
                let source::LineColumn { line, column } = text.position(byte);
                LineColumn { line, column }
            };
            Range { start: at(span.start), end: at(span.end) }
        });
        Self { path, span: Span { start: span.start, end: span.end }, range }
    }
}

impl<'a> Failed<'a> {
    fn of(failure: &'a Failure) -> Self {
        Self { path: &failure.path, error: &failure.error, help: &failure.help }
    }
}

impl Summary {
    fn of(run: &Run<'_>) -> Self {
        let Tally { errors, warnings, infos, fixable, .. } = Tally::of(run.report);
        let seconds = run.report.elapsed.as_secs_f64();
        Self { posts: run.report.posts.len(), errors, warnings, infos, fixable, seconds }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::specimen::{Specimen, warn};
    use super::super::{Format, Options};

    fn specimen() -> Specimen {
        Specimen::new(&[("a.md", "---\n中文 «标题» x\n"), ("b.md", "«x»")])
            .with(warn(0, "bad \u{1b}\"").also(4..7).related(1, "there"))
            .with(warn(1, "hidden").suppressed("a comment says so"))
            .failing("c.md", "gone")
    }

    fn expected() -> Value {
        let at = |line: usize, column: usize| json!({ "line": line, "column": column });
        json!({
            "lint": "sample", "family": "specimens", "level": "warn", "message": "bad \u{1b}\"", "help": "mend it",
            "path": "a.md", "span": { "start": 11, "end": 17 }, "range": { "start": at(2, 4), "end": at(2, 6) },
            "related": [
                { "path": "b.md", "span": { "start": 0, "end": 1 },
                  "range": { "start": at(1, 1), "end": at(1, 2) }, "message": "there" },
                { "path": "a.md", "span": { "start": 4, "end": 7 },
                  "range": { "start": at(2, 1), "end": at(2, 2) }, "message": "also here" },
            ],
            "fix": null, "fingerprint": "0123456789abcdef", "verdict": "reported",
        })
    }

    #[test]
    fn one_object() {
        let json: Value = serde_json::from_str(&specimen().emit(Format::Json, Options::PLAIN)).expect("valid JSON");
        assert_eq!(json["version"], 1);
        assert_eq!(json["diagnostics"][0], expected());
        assert_eq!(json["diagnostics"][1]["verdict"], "suppressed");
        assert_eq!(json["diagnostics"][1]["reason"], "a comment says so");
        assert_eq!(json["failures"], json!([{ "path": "c.md", "error": "gone", "help": "look for it" }]));
        let summary = json!({ "posts": 2, "errors": 0, "warnings": 1, "infos": 0, "fixable": 0, "seconds": 0.02 });
        assert_eq!(json["summary"], summary);
    }

    #[test]
    fn an_object_a_line() {
        let text = specimen().emit(Format::Jsonl, Options::PLAIN);
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("valid JSON")).collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[0], expected());
        assert_eq!(lines[2]["failure"]["path"], "c.md");
        assert_eq!(lines[3]["summary"]["warnings"], 1);
    }

    #[test]
    fn an_empty_report_is_valid() {
        let text = Specimen::new(&[]).emit(Format::Json, Options::PLAIN);
        let json: Value = serde_json::from_str(&text).expect("valid JSON");
        assert_eq!(json["diagnostics"], json!([]));
    }

    #[test]
    fn a_file_that_is_gone_has_no_lines() {
        let mut specimen = specimen();
        specimen.sources.clear();
        let json: Value = serde_json::from_str(&specimen.emit(Format::Json, Options::PLAIN)).expect("valid JSON");
        assert_eq!(json["diagnostics"][0]["range"], Value::Null);
        assert_eq!(json["diagnostics"][0]["span"]["start"], 11);
    }
}
