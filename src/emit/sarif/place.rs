//! Places in SARIF: relative URIs, regions in lines and Unicode code points, and links to second places.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use super::super::Run;
use super::super::sanitise::line;
use super::super::text::Texts;
use super::escaped;
use crate::diagnostic::Diagnostic;
use crate::source::{LineColumn, Span};

/// The name that GitHub knows the root of the repository by.
pub(super) const ROOT: &str = "%SRCROOT%";
/// Most second places of a result: GitHub keeps a hundred places.
const MOST_RELATED: usize = 99;

/// A place: that of a result, or a numbered second one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<super::Message>,
    #[serde(skip)]
    path: Arc<str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Value,
    /// Left out if the file can no longer be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

impl Location {
    fn of(path: &Arc<str>, span: Span, run: &Run<'_>, texts: &mut Texts<'_>) -> Self {
        let region = texts.range(path, span).map(|(start, end)| Region::new(start, end));
        let physical_location = Physical { artifact_location: artifact(&run.in_repository(path)), region };
        Self { id: None, physical_location, message: None, path: path.clone() }
    }

    fn second(self, id: usize, message: &str) -> Self {
        let message = (!message.is_empty()).then(|| super::Message { text: escaped(&line(message, false)) });
        Self { id: Some(id), message, ..self }
    }

    /// A link to this second place in the message of a result in the file `from`.
    pub(super) fn link(&self, from: &Arc<str>) -> Option<String> {
        let id = self.id?;
        let path = escaped(&line(&self.path, false));
        let place = match self.physical_location.region.as_ref().map(|region| region.start_line) {
            Some(start) if self.path == *from => format!("line {start}"),
            Some(start) => format!("{path}:{start}"),
            None => path,
        };
        Some(format!("[{place}]({id})"))
    }
}

impl Region {
    /// From the first character to behind the last.
    pub(super) fn new(start: LineColumn, end: LineColumn) -> Self {
        Self { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
    }
}

/// The place of a diagnostic, and its second places: those that belong to it first, then where the same was found again.
pub(super) fn locations(diagnostic: &Diagnostic, run: &Run<'_>, texts: &mut Texts<'_>) -> (Location, Vec<Location>) {
    let path = &diagnostic.place.path;
    let related = diagnostic.related.iter().map(|related| (&related.place.path, related.place.span, &*related.message));
    let also = diagnostic.also.iter().map(|span| (path, *span, "also here"));
    let seconds = related.chain(also).take(MOST_RELATED).zip(1..);
    let first = Location::of(path, diagnostic.place.span, run, texts);
    let seconds =
        seconds.map(|((path, span, message), id)| Location::of(path, span, run, texts).second(id, message)).collect();
    (first, seconds)
}

/// A file of the repository.
pub(super) fn artifact(path: &str) -> Value {
    json!({ "uri": uri(path), "uriBaseId": ROOT })
}

/// A path as a relative reference (RFC 3986 §4.2): all but unreserved characters and `/` are percent-encoded. So no colon
/// makes a scheme of its first part.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(byte.into()),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_relative_references() {
        for (path, expected) in [
            ("_posts/2024-01-02-a~b.md", "_posts/2024-01-02-a~b.md"),
            ("a b/100%.md", "a%20b/100%25.md"),
            ("http://x?y#z", "http%3A//x%3Fy%23z"),
            ("中\u{1b}\"\\", "%E4%B8%AD%1B%22%5C"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }
}
