//! GitLab's code quality report: one JSON array. GitLab shows one issue for a fingerprint and drops the others, so each is
//! given out once.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::text::Texts;
use super::{Run, said};
use crate::diagnostic::Level;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// Fingerprints, and how often each was asked for.
#[derive(Default)]
struct Fingerprints<'a> {
    given: BTreeMap<&'a str, usize>,
}

/// Writes the reported diagnostics and what failed.
pub(super) fn report(run: &Run<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut texts = Texts::new(run.backdrop);
    let mut fingerprints = Fingerprints::default();
    let mut between: &[u8] = b"[\n";
    for diagnostic in run.reported() {
        let start = texts.range(&diagnostic.place.path, diagnostic.place.span).map_or(1, |(start, _)| start.line);
        let issue = Issue {
            description: said::advice(diagnostic),
            check_name: &diagnostic.lint,
            fingerprint: fingerprints.give(&diagnostic.fingerprint),
            severity: severity(diagnostic.level),
            location: Location::new(run, &diagnostic.place.path, start),
        };
        out.write_all(std::mem::replace(&mut between, b",\n"))?;
        serde_json::to_writer(&mut *out, &issue)?;
    }
    for failure in &run.report.failures {
        let words = format!("failure\0{}\0{}", failure.path, failure.error);
        let issue = Issue {
            description: said::failure(failure),
            check_name: "copydesk",
            fingerprint: blake3::hash(words.as_bytes()).to_hex()[..32].to_owned(),
            severity: "blocker",
            location: Location::new(run, &failure.path, 1),
        };
        out.write_all(std::mem::replace(&mut between, b",\n"))?;
        serde_json::to_writer(&mut *out, &issue)?;
    }
    out.write_all(if between == b"[\n" { b"[]\n" } else { b"\n]\n" })
}

impl Location {
    fn new(run: &Run<'_>, path: &str, begin: usize) -> Self {
        Self { path: run.in_repository(path), lines: Lines { begin } }
    }
}

impl<'a> Fingerprints<'a> {
    /// A fingerprint that was not given out before: the diagnostic's own, or one that follows from it. Neither depends on the
    /// line.
    fn give(&mut self, own: &'a str) -> String {
        let nth = self.given.entry(own).or_default();
        *nth += 1;
        if *nth == 1 {
            return own.to_owned();
        }
        blake3::hash(format!("{own}\0{nth}").as_bytes()).to_hex()[..32].to_owned()
    }
}

/// GitLab's levels are info, minor, major, critical, blocker. The upper two are for what stops a release: no post does.
fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "major",
        Level::Warn => "minor",
        Level::Info => "info",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::specimen::{Specimen, hostile, warn};
    use super::super::{Format, Options};
    use super::*;

    #[test]
    fn an_issue_for_each_diagnostic() {
        let specimen = Specimen::new(&[("a.md", "中文\n«标题»\n"), ("b.md", "«x»")])
            .in_folder("docs/")
            .with(warn(0, "bad").level(Level::Error))
            .with(warn(1, "hidden").suppressed("a comment says so"))
            .failing("c.md", "gone");
        let mut value: Value = serde_json::from_str(&specimen.emit(Format::Gitlab, Options::PLAIN)).expect("JSON");
        let fingerprint = value[1]["fingerprint"].take();
        assert_eq!(fingerprint.as_str().map(str::len), Some(32));
        let expected = json!([
            { "description": "bad (help: mend it)", "check_name": "sample", "fingerprint": "0123456789abcdef",
              "severity": "major", "location": { "path": "docs/a.md", "lines": { "begin": 2 } } },
            { "description": "gone (help: look for it)", "check_name": "copydesk", "fingerprint": null,
              "severity": "blocker", "location": { "path": "docs/c.md", "lines": { "begin": 1 } } },
        ]);
        assert_eq!(value, expected);
    }

    #[test]
    fn no_issues_are_an_empty_array() {
        assert_eq!(Specimen::new(&[("a.md", "x")]).emit(Format::Gitlab, Options::PLAIN), "[]\n");
    }

    #[test]
    fn no_fingerprint_is_given_twice() {
        // All diagnostics of the specimen bring the same one.
        let text = hostile().emit(Format::Gitlab, Options::PLAIN);
        let issues: Vec<Value> = serde_json::from_str(&text).expect("JSON");
        let different: std::collections::BTreeSet<&str> =
            issues.iter().filter_map(|issue| issue["fingerprint"].as_str()).collect();
        assert!(issues.len() > 30);
        assert_eq!(different.len(), issues.len());
    }
}
