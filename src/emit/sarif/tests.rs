//! The whole document, with values from the standard: https://docs.oasis-open.org/sarif/sarif/v2.1.0/.

use serde_json::{Value, json};

use super::super::specimen::{HOSTILE, Specimen, hostile, warn};
use super::super::{Format, Options};
use super::*;
use crate::diagnostic::{Edit, Fix};

fn sarif(specimen: &Specimen) -> Value {
    serde_json::from_str(&specimen.emit(Format::Sarif, Options::PLAIN)).expect("valid JSON")
}

fn at(uri: &str, start: (usize, usize), end: (usize, usize)) -> Value {
    json!({
        "artifactLocation": { "uri": uri, "uriBaseId": "%SRCROOT%" },
        "region": { "startLine": start.0, "startColumn": start.1, "endLine": end.0, "endColumn": end.1 },
    })
}

#[test]
fn a_result_points_at_all_of_its_places() {
    let specimen = Specimen::new(&[("a b.md", "中文\n👍 «标题» x\n"), ("c[1].md", "\n\n«x»")])
        .in_folder("docs/")
        .with(warn(0, "copy of [c] and \\more").level(Level::Error).also(0..3).related(1, "the other [copy]"));
    let run = &sarif(&specimen)["runs"][0];
    assert_eq!(run["automationDetails"]["id"], "copydesk/docs/");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"], json!([{ "executionSuccessful": true }]));
    // Lines and columns from 1; the end of a region is exclusive (§3.30); brackets are escaped (§3.11.6).
    let expected = json!([{
        "ruleId": "sample",
        "ruleIndex": 0,
        "level": "error",
        "message": {
            "text": "copy of \\[c\\] and \\\\more (and 1 more); see [c\\[1\\].md:3](1)\nhelp: mend it",
        },
        "locations": [{ "physicalLocation": at("docs/a%20b.md", (2, 3), (2, 5)) }],
        "relatedLocations": [
            { "id": 1, "physicalLocation": at("docs/c%5B1%5D.md", (3, 1), (3, 2)),
              "message": { "text": "the other \\[copy\\]" } },
            { "id": 2, "physicalLocation": at("docs/a%20b.md", (1, 1), (1, 2)), "message": { "text": "also here" } },
        ],
        "partialFingerprints": { "copydesk/v1": "0123456789abcdef" },
    }]);
    assert_eq!(run["results"], expected);
}

#[test]
fn hidden_results_say_who_hides_them() {
    let specimen = Specimen::new(&[("a.md", "«x»")])
        .with(warn(0, "shown"))
        .with(warn(0, "asked for").suppressed("a quotation"))
        .with(warn(0, "known").baselined())
        .with(warn(0, "said elsewhere").yielded());
    let results = sarif(&specimen)["runs"][0]["results"].take();
    let suppressions: Vec<&Value> = results.as_array().into_iter().flatten().map(|one| &one["suppressions"]).collect();
    let in_source = json!([{ "kind": "inSource", "justification": "a quotation" }]);
    assert_eq!(suppressions, [&json!([]), &in_source, &json!([{ "kind": "external" }])]);
}

#[test]
fn a_rule_is_what_the_record_says() {
    let specimen = Specimen::new(&[("a.md", "«x»")]).with(warn(0, "bad").level(Level::Info));
    let driver = sarif(&specimen)["runs"][0]["tool"]["driver"].take();
    assert_eq!((&driver["name"], &driver["semanticVersion"]), (&json!("copydesk"), &env!("CARGO_PKG_VERSION").into()));
    let expected = json!([{
        "id": "sample",
        "name": "Sample",
        "shortDescription": { "text": "A `sample` | of <all> lints." },
        "fullDescription": { "text": "It is soft. It will not keep." },
        "help": {
            "text": "It is soft. It will not keep.\n\nWhat to do: Eat it on the site generator.\n\
                     The book of <pears>\nhttps://example.org/pears",
            "markdown": "It is soft. It will not keep.\n\n## What to do\n\nEat it on the site generator.\n\n\
                         ## Read on\n\n* The book of \\<pears>\n* <https://example.org/pears>\n",
        },
        "defaultConfiguration": { "enabled": true, "level": "warning" },
        "properties": { "tags": ["specimens"], "precision": "high", "problem.severity": "warning" },
        "helpUri": "https://example.org/pears",
    }]);
    assert_eq!(driver["rules"], expected);
}

#[test]
fn a_repair_is_what_a_viewer_can_make() {
    let mut specimen = Specimen::new(&[("a.md", "one\n«two» three\n")]).with(warn(0, "said"));
    let place = specimen.report.diagnostics[0].place.span;
    let edit = Edit { span: place, text: "zwei".to_owned() };
    specimen.report.diagnostics[0].fix = Some(Fix { is_safe: false, edits: vec![edit], rename: None });
    let expected = json!([{
        "description": { "text": "mend it (unsafe: look at the result)" },
        "artifactChanges": [{
            "artifactLocation": { "uri": "a.md", "uriBaseId": "%SRCROOT%" },
            "replacements": [{
                "deletedRegion": { "startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 4 },
                "insertedContent": { "text": "zwei" },
            }],
        }],
    }]);
    assert_eq!(sarif(&specimen)["runs"][0]["results"][0]["fixes"], expected);
}

#[test]
fn what_failed_is_a_notification() {
    let run = sarif(&Specimen::new(&[("a.md", "x")]).failing("b c.md", "gone"))["runs"][0].take();
    let expected = json!([{
        "executionSuccessful": false,
        "toolExecutionNotifications": [{
            "level": "error",
            "message": { "text": "gone (help: look for it)" },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": "b%20c.md", "uriBaseId": "%SRCROOT%" },
            } }],
        }],
    }]);
    assert_eq!(run["invocations"], expected);
    assert_eq!((&run["results"], &run["automationDetails"]["id"]), (&json!([]), &json!("copydesk/")));
}

#[test]
fn more_than_github_takes_is_left_out_and_said() {
    let mut specimen = Specimen::new(&[("a.md", "«x»")]);
    for at in 0..MOST_RESULTS + 2 {
        let level = if at % 2 == 0 { Level::Info } else { Level::Error };
        specimen = specimen.with(warn(0, &format!("{at}")).level(level));
    }
    let run = sarif(&specimen)["runs"][0].take();
    let results = run["results"].as_array().expect("an array");
    let errors = results.iter().filter(|result| result["level"] == "error").count();
    assert_eq!((results.len(), errors), (MOST_RESULTS, MOST_RESULTS / 2 + 1));
    let text = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str();
    assert!(text.is_some_and(|text| text.starts_with("2 results are left out")), "{text:?}");
    // What is kept stands in the order of the report, the most serious or not.
    let of = |at: usize| results[at]["message"]["text"].as_str().and_then(|text| text.split('\n').next());
    assert_eq!((of(0), of(1), of(MOST_RESULTS - 1)), (Some("0"), Some("1"), Some("25001")));
}

#[test]
fn second_places_have_a_bound() {
    let many = (0..200).fold(warn(0, "bad"), |saying, _| saying.also(0..1));
    let results = sarif(&Specimen::new(&[("a.md", "«x»")]).with(many))["runs"][0]["results"].take();
    assert_eq!(results[0]["relatedLocations"].as_array().map(Vec::len), Some(99));
}

#[test]
fn words_of_posts_are_no_links() {
    // A link is a bracketed text before a number in parentheses; nothing that is escaped opens or closes one.
    let results = sarif(&hostile())["runs"][0]["results"].take();
    for result in results.as_array().expect("an array") {
        let text = result["message"]["text"].as_str().expect("a text");
        let plain = text.replace("\\\\", "").replace("\\[", "").replace("\\]", "");
        assert_eq!((plain.matches('[').count(), plain.matches("](1)").count()), (1, 1), "{text}");
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("a URI");
        assert!(uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte)), "{uri}");
    }
    assert_eq!(results.as_array().map(Vec::len), Some(HOSTILE.len() * 5));
}
