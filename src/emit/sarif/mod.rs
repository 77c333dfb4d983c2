//! SARIF 2.1.0, for code scanning: one run with its rules and results. Hidden results stay in it with the reason, so that a
//! service knows them as dismissed; what yielded to another result says nothing of its own and is left out.

use std::io;

use serde::Serialize;
use serde_json::{Value, json};

use super::sanitise::prose;
use super::text::Texts;
use super::{Run, said};
use crate::diagnostic::{Diagnostic, Failure, Level, Verdict};

mod fix;
mod place;
mod rule;

use place::{Location, artifact, locations};
use rule::Rules;

/// The schema that the OASIS committee publishes with the standard.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// Most results of a run: GitHub refuses files with more.
const MOST_RESULTS: usize = 25_000;
/// So many second places are named in a message. All that fit stand beside it.
const MOST_LINKS: usize = 3;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<Vec<Suppression<'a>>>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

/// Our own key, and not `primaryLocationLineHash`: GitHub's upload works that one out from the source, and complains of every
/// other value.
#[derive(Serialize)]
struct Fingerprints<'a> {
    #[serde(rename = "copydesk/v1")]
    own: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Suppression<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<&'a str>,
}

/// Writes the run.
pub(super) fn report(run: &Run<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let (kept, left_out) = kept(&run.report.diagnostics);
    let rules = Rules::of(run, &kept);
    write!(out, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":")?;
    serde_json::to_writer(&mut *out, &rules.driver())?;
    write!(out, "}},\"automationDetails\":{}", json!({ "id": format!("copydesk/{}", run.site_folder) }))?;
    // No address: a report says nothing of the machine it was made on.
    let bases = json!({ place::ROOT: { "description": { "text": "The root of the repository." } } });
    write!(out, ",\"originalUriBaseIds\":{bases},\"columnKind\":\"unicodeCodePoints\"")?;
    write!(out, ",\"invocations\":[{}],\"results\":[", invocation(run, left_out))?;
    let mut texts = Texts::new(run.backdrop);
    // The standard wants `suppressions` on all results or on none.
    let hides = kept.iter().any(|diagnostic| !diagnostic.is_reported());
    for (at, diagnostic) in kept.into_iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &Outcome::of(diagnostic, &rules, hides, run, &mut texts))?;
    }
    out.write_all(b"\n]}]}\n")
}

/// The diagnostics that there is room for, in their order, and how many are left out. The least serious go first.
fn kept(diagnostics: &[Diagnostic]) -> (Vec<&Diagnostic>, usize) {
    let is_result = |diagnostic: &&Diagnostic| !matches!(diagnostic.verdict, Verdict::Yielded { .. });
    let mut kept: Vec<(usize, &Diagnostic)> = diagnostics.iter().filter(is_result).enumerate().collect();
    let left_out = kept.len().saturating_sub(MOST_RESULTS);
    if left_out > 0 {
        kept.sort_by_key(|(at, diagnostic)| (!diagnostic.is_reported(), std::cmp::Reverse(diagnostic.level), *at));
        kept.truncate(MOST_RESULTS);
        kept.sort_by_key(|(at, _)| *at);
    }
    (kept.into_iter().map(|(_, diagnostic)| diagnostic).collect(), left_out)
}

/// Whether the run came through, and what it could not do.
fn invocation(run: &Run<'_>, left_out: usize) -> Value {
    let failed = |failure: &Failure| {
        let place = artifact(&run.in_repository(&failure.path));
        json!({
            "level": "error",
            "message": { "text": said::failure(failure) },
            "locations": [{ "physicalLocation": { "artifactLocation": place } }],
        })
    };
    let mut notifications: Vec<Value> = run.report.failures.iter().map(failed).collect();
    if left_out > 0 {
        let text =
            format!("{left_out} results are left out: a run may hold {MOST_RESULTS}. The most serious are here.");
        notifications.push(json!({ "level": "warning", "message": { "text": text } }));
    }
    let mut invocation = json!({ "executionSuccessful": run.report.failures.is_empty() });
    if !notifications.is_empty() {
        invocation["toolExecutionNotifications"] = notifications.into();
    }
    invocation
}

impl<'a> Outcome<'a> {
    fn of(diagnostic: &'a Diagnostic, rules: &Rules<'_>, hides: bool, run: &Run<'_>, texts: &mut Texts<'_>) -> Self {
        let (location, related_locations) = locations(diagnostic, run, texts);
        let links = diagnostic.related.len().min(related_locations.len()).min(MOST_LINKS);
        Self {
            rule_id: &diagnostic.lint,
            rule_index: rules.index(&diagnostic.lint),
            level: level(diagnostic.level),
            message: Message { text: text(diagnostic, &related_locations[..links]) },
            locations: [location],
            related_locations,
            partial_fingerprints: Fingerprints { own: &diagnostic.fingerprint },
            fixes: fix::fixes(diagnostic, run, texts),
            suppressions: hides.then(|| suppression(&diagnostic.verdict).into_iter().collect()),
        }
    }
}

/// What is wrong, with links to the second places, and what to do.
fn text(diagnostic: &Diagnostic, linked: &[Location]) -> String {
    let mut text = escaped(&said::message(diagnostic, false));
    let links: Vec<String> = linked.iter().filter_map(|place| place.link(&diagnostic.place.path)).collect();
    if !links.is_empty() {
        text.push_str(&format!("; see {}", links.join(", ")));
    }
    let help = prose(&diagnostic.help, false);
    if help.is_empty() { text } else { format!("{text}\nhelp: {}", escaped(&help)) }
}

/// Plain text in which nothing is a link (§3.11.6). Braces stay: they are placeholders only beside `arguments`.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn suppression(verdict: &Verdict) -> Option<Suppression<'_>> {
    match verdict {
        Verdict::Suppressed { reason } => Some(Suppression { kind: "inSource", justification: Some(reason) }),
        Verdict::Baselined => Some(Suppression { kind: "external", justification: None }),
        Verdict::Reported | Verdict::Yielded { .. } => None,
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Info => "note",
    }
}

#[cfg(test)]
mod tests;
