//! Every lint over its own examples, every lint over every other lint's examples, and the hygiene of the records.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use copydesk::desk::Trial;
use copydesk::diagnostic::Level;
use copydesk::lint::{Example, Lint, Loader};

fn lints() -> Vec<Arc<Lint>> {
    let mut loader = Loader::default();
    loader.builtin();
    let lints = loader.finish().unwrap_or_else(|notices| panic!("{}", describe(&notices)));
    lints.into_iter().map(Arc::new).collect()
}

fn trial_of(lints: &[Arc<Lint>]) -> Trial {
    Trial::new(lints).unwrap_or_else(|notices| panic!("{}", describe(&notices)))
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
        let trial = trial_of(std::slice::from_ref(&lint));
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
    let trial = trial_of(&lints);
    let mut matrix: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for lint in &lints {
        let examples = &lint.record.examples;
        let sides = [("bad", &examples.bad), ("good", &examples.good)];
        for (side, number, example) in
            sides.iter().flat_map(|(s, list)| list.iter().enumerate().map(move |(n, e)| (s, n, e)))
        {
            let outcome = trial.run(example).unwrap_or_else(|error| panic!("{}: {error}", lint.path));
            let others = outcome.diagnostics.iter().filter(|d| d.lint != lint.name && d.is_reported());
            // Infos are remarks: most examples are too short for a post and have no front matter.
            let others = others.filter(|d| d.level > Level::Info);
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
    let expected = [
        "Character",
        "Duplicate",
        "Element",
        "Frequency",
        "FrontMatter",
        "Link",
        "Metric",
        "Repeat",
        "Structure",
        "Suppression",
        "Text",
    ];
    assert_eq!(used.keys().map(String::as_str).collect::<Vec<_>>(), expected, "{used:?}");
}

/// `UPDATE=1 cargo test --test lints` rewrites the pages.
#[test]
fn the_pages_of_the_lints_are_fresh() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/lints");
    let lints = lints();
    let mut pages: BTreeMap<String, String> =
        lints.iter().map(|lint| (format!("{}.md", lint.name), lint.page())).collect();
    pages.insert("README.md".to_owned(), copydesk::lint::index(lints.iter().map(|lint| &**lint)));
    let update = std::env::var_os("UPDATE").is_some();
    let written = std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path());
    for path in written {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match (pages.contains_key(&name), update) {
            (true, _) => {}
            (false, true) => std::fs::remove_file(&path).expect("removed"),
            (false, false) => panic!("docs/lints/{name} belongs to no lint; run `UPDATE=1 cargo test --test lints`"),
        }
    }
    for (name, page) in pages {
        let path = folder.join(&name);
        if update {
            std::fs::create_dir_all(&folder).expect("a folder");
            std::fs::write(&path, &page).expect("written");
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(written == page, "docs/lints/{name} is stale; run `UPDATE=1 cargo test --test lints`");
    }
}

fn guide() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("lints/README.md");
    std::fs::read_to_string(path).expect("the guide is there")
}

/// Keys and words that may stand below a node of a JSON Schema, references followed.
fn vocabulary(
    node: &serde_json::Value,
    root: &serde_json::Value,
    seen: &mut Vec<String>,
    words: &mut BTreeSet<String>,
) {
    use serde_json::Value;
    let strings =
        |value: &Value| value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    match node {
        Value::Object(map) => {
            words.extend(map.get("const").and_then(Value::as_str).map(str::to_owned));
            words.extend(map.get("enum").map_or(vec![], strings));
            words.extend(
                map.get("properties").and_then(Value::as_object).into_iter().flat_map(|keys| keys.keys().cloned()),
            );
            if let Some(target) =
                map.get("$ref").and_then(Value::as_str).filter(|target| !seen.iter().any(|s| s == target))
            {
                seen.push(target.to_owned());
                vocabulary(root.pointer(&target[1..]).expect("the reference leads somewhere"), root, seen, words);
            }
            map.values().for_each(|child| vocabulary(child, root, seen, words));
        }
        Value::Array(items) => items.iter().for_each(|child| vocabulary(child, root, seen, words)),
        _ => {}
    }
}

#[test]
fn the_guide_names_every_field_key_and_word() {
    let schema = serde_json::to_value(schemars::schema_for!(copydesk::lint::Record)).expect("plain JSON");
    let mut words = BTreeSet::new();
    vocabulary(&schema["properties"]["match"], &schema, &mut vec![], &mut words);
    for expected in ["must-be", "not-after", "repeated-keywords", "unescaped-quote", "two-slips-from", "min-entropy"] {
        assert!(words.contains(expected), "the walk over the schema misses `{expected}`");
    }
    let guide = guide();
    let fields = schema["properties"].as_object().expect("an object").keys().map(|field| format!("{field}:"));
    let missing: Vec<String> =
        words.iter().map(|word| format!("`{word}`")).filter(|word| !guide.contains(word)).collect();
    assert!(missing.is_empty(), "not in lints/README.md: {}", missing.join(", "));
    let shown = |field: &String| guide.contains(field) || guide.contains(&format!("`{}`", field.trim_end_matches(':')));
    let missing: Vec<String> = fields.filter(|field| !shown(field)).collect();
    assert!(missing.is_empty(), "not in lints/README.md: {}", missing.join(", "));
}

#[test]
fn the_guide_names_every_placeholder() {
    let guide = guide();
    for lint in lints() {
        let spec = &lint.record.matcher.value;
        // Those of `text` are the groups of its own patterns.
        let vars = if matches!(spec, copydesk::matcher::Spec::Text(_)) { vec![] } else { spec.vars() };
        for var in vars {
            assert!(guide.contains(&format!("`{{{var}}}`")), "lints/README.md lacks `{{{var}}}` of {}", lint.name);
        }
    }
}

/// `tests/cases/guide.trycmd` tries the record; this holds that it is the very one of the guide.
#[test]
fn the_record_that_opens_the_guide_is_the_one_that_is_tried() {
    let guide = guide();
    let record = guide.split("```yaml\n").nth(1).and_then(|rest| rest.split("```\n").next());
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases/guide.in/.copydesk/lints/boilerplate/empty-promise.yaml");
    assert_eq!(record, Some(&*std::fs::read_to_string(path).expect("readable")));
}

#[test]
fn every_fix_is_shown_does_no_damage_and_leaves_nothing_to_fix() {
    let mut wrong = String::new();
    for lint in lints().iter().filter(|lint| lint.record.fix.is_some()) {
        let trial = trial_of(std::slice::from_ref(lint));
        let bad = &lint.record.examples.bad;
        if bad.iter().all(|example| example.fixed.is_none() && example.renamed.is_none()) {
            let _ = writeln!(wrong, "{}: no bad example says what is `fixed`", lint.path);
        }
        for (number, example) in bad.iter().enumerate() {
            match trial.fixed(&|_| true, example) {
                Err(error) => _ = writeln!(wrong, "{}, example {}: {error}", lint.path, number + 1),
                Ok(fixed) if example.post.is_some() => {
                    let again = Example { post: Some(fixed.clone()), ..example.clone() };
                    let again = trial.fixed(&|_| true, &again);
                    if again.as_ref() != Ok(&fixed) {
                        let _ = writeln!(wrong, "{}, example {}: again {again:?}", lint.path, number + 1);
                    }
                }
                Ok(_) => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
