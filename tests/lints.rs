//! Every lint over its own examples, every lint over every other lint's examples, and the hygiene of the records.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use copydesk::desk::Trial;
use copydesk::lint::{Lint, Loader};

fn lints() -> Vec<Arc<Lint>> {
    let mut loader = Loader::default();
    loader.builtin();
    let lints = loader.finish().unwrap_or_else(|notices| panic!("{}", describe(&notices)));
    lints.into_iter().map(Arc::new).collect()
}

fn describe(notices: &[copydesk::diagnostic::Notice]) -> String {
    notices.iter().fold(String::new(), |mut out, notice| {
        let line = copydesk::source::LineIndex::new(&notice.text).line(notice.span.start);
        let _ = writeln!(out, "{}:{line}: {} ({:?})", notice.path, notice.message, notice.help);
        out
    })
}

#[test]
fn every_lint_marks_its_bad_examples_and_leaves_the_good_ones_alone() {
    let mut wrong = String::new();
    for lint in lints() {
        let trial = Trial::new(vec![lint.clone()]);
        let examples = &lint.record.examples;
        let bad = examples.bad.iter().map(|example| (example, true));
        for (number, (example, is_bad)) in bad.chain(examples.good.iter().map(|example| (example, false))).enumerate() {
            if let Err(mismatch) = trial.check(&lint.name, example, is_bad) {
                let side = if is_bad { "bad" } else { "good" };
                let _ = writeln!(wrong, "{}, example {} ({side}): {mismatch:#?}", lint.path, number + 1);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Over-reach shows the day it appears: who else speaks on an example is a reviewed snapshot.
#[test]
fn every_lint_over_every_other_lints_examples() {
    let lints = lints();
    let trial = Trial::new(lints.clone());
    let mut matrix: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for lint in &lints {
        let examples = &lint.record.examples;
        let sides = [("bad", &examples.bad), ("good", &examples.good)];
        for (side, number, example) in
            sides.iter().flat_map(|(s, list)| list.iter().enumerate().map(move |(n, e)| (s, n, e)))
        {
            let outcome = trial.run(example).unwrap_or_else(|error| panic!("{}: {error}", lint.path));
            let others = outcome.diagnostics.iter().filter(|d| d.lint != lint.name && d.is_reported());
            let mut names: Vec<String> = others.map(|d| d.lint.to_string()).collect();
            names.sort();
            names.dedup();
            if !names.is_empty() {
                matrix.insert(format!("{} {side} {}", lint.name, number + 1), names);
            }
        }
    }
    let table = matrix.iter().fold(String::new(), |mut out, (example, names)| {
        let _ = writeln!(out, "{example}: {}", names.join(", "));
        out
    });
    insta::assert_snapshot!(table);
}

#[test]
fn records_are_written_as_the_guide_says() {
    let mut wrong = vec![];
    for lint in lints() {
        let record = &lint.record;
        let summary = &record.summary.value;
        let mut expect = |holds: bool, what: &str| {
            if !holds {
                wrong.push(format!("{}: {what}", lint.path));
            }
        };
        expect(summary.chars().next().is_some_and(|c| !c.is_uppercase()), "the summary begins with a capital");
        expect(!summary.ends_with('.'), "the summary ends with a full stop");
        expect(!record.message.value.ends_with('.'), "the message ends with a full stop");
        expect(!record.help.value.trim().is_empty(), "no help");
        expect(record.why.trim().ends_with('.'), "`why` is not made of sentences");
        expect(record.why.split_whitespace().count() >= 8, "`why` gives no reason");
        expect(!record.examples.bad.is_empty(), "no bad example");
        expect(!record.examples.good.is_empty(), "no good example");
        expect(lint.text.lines().count() <= 120, "longer than 120 lines");
        expect(
            lint.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "name is not kebab-case",
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_matcher_is_used_by_a_lint() {
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for lint in lints() {
        let kind = format!("{:?}", lint.record.matcher.value);
        *used.entry(kind.split('(').next().unwrap_or_default().to_owned()).or_default() += 1;
    }
    let expected =
        ["Character", "Element", "Frequency", "FrontMatter", "Link", "Metric", "Repeat", "Structure", "Text"];
    assert_eq!(used.keys().map(String::as_str).collect::<Vec<_>>(), expected, "{used:?}");
}
