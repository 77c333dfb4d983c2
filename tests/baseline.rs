//! A baseline on an old site: what was there is quiet, wherever it moves; what is new is told.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// Faults of ten kinds, each a line or key of a post, by the lint that finds it.
const FAULTS: [(&str, &str); 10] = [
    ("control-character", "A bell\u{7} rang."),
    ("replacement-character", "Fran\u{FFFD}ois came."),
    ("invisible-character", "The set\u{200B}tings."),
    ("private-use-character", "An icon \u{E000} of it."),
    ("link-without-scheme", "See [it](www.example.org/boats)."),
    ("link-undefined-reference", "See [it][nowhere]."),
    ("hidden-empty-element", "<p style=\"display:none\"></p>"),
    ("link-empty-text", "See [](https://quay.example/)."),
    ("html-entity-residue", "Fish &amp;amp; chips."),
    ("link-mangled", "See [it](http://http://quay.example/)."),
];

fn post(number: usize, faults: &[&str]) -> String {
    format!(
        "---\ntitle: \"Post number {number}\"\n---\nThe {number}th boat left the quay with {} crates of herring on board.\n\n{}\n",
        number * 7,
        faults.join("\n\n")
    )
}

/// A site of sixty posts; every second one has one of the faults.
fn site() -> TempDir {
    let site = tempfile::tempdir().expect("a folder");
    fs::write(site.path().join("copydesk.yaml"), "").expect("written");
    fs::create_dir(site.path().join("old")).expect("made");
    for number in 0..60 {
        let fault = FAULTS[number / 2 % FAULTS.len()].1;
        let faults: &[&str] = if number % 2 == 0 { &[fault] } else { &[] };
        fs::write(path(&site, number), post(number, faults)).expect("written");
    }
    site
}

fn path(site: &TempDir, number: usize) -> std::path::PathBuf {
    site.path().join(format!("old/post-{number:02}.md"))
}

fn run(site: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.args(arguments).arg("--no-progress").current_dir(site.path()).output().expect("the program runs")
}

/// The lints that are reported, with the paths; and what is said beside.
fn reported(site: &TempDir) -> (Vec<(String, String)>, String) {
    let output = run(site, &["-f", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let all = report["diagnostics"].as_array().expect("an array");
    let text = |one: &Value, key: &str| one[key].as_str().expect("a text").to_owned();
    let shown = all.iter().filter(|one| one["verdict"] == "reported");
    let found = shown.map(|one| (text(one, "lint"), text(one, "path"))).collect();
    (found, String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Puts ten lines behind the front matter.
fn insert_lines(path: &Path) {
    let text = fs::read_to_string(path).expect("readable");
    let lines: String = (0..10).map(|line| format!("Line {line} of a note on the tide.\n\n")).collect();
    fs::write(path, text.replacen("---\nThe ", &format!("---\n{lines}The "), 1)).expect("written");
}

#[test]
fn what_is_known_stays_quiet_wherever_it_moves() {
    let site = site();
    assert!(reported(&site).0.len() >= 30, "{:?}", reported(&site));
    let output = run(&site, &["--update-baseline"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let (found, told) = reported(&site);
    assert_eq!(found, []);
    assert!(told.contains("copydesk.baseline.yaml knows them"), "{told}");
    assert_eq!(run(&site, &[]).status.code(), Some(0));
    assert_eq!(run(&site, &["--no-baseline"]).status.code(), Some(1));

    fs::create_dir(site.path().join("new")).expect("made");
    for number in 0..60 {
        insert_lines(&path(&site, number));
        if number % 3 == 0 {
            let to = site.path().join(format!("new/{number}-moved.md"));
            fs::rename(path(&site, number), to).expect("moved");
        }
    }
    assert_eq!(reported(&site).0, []);

    // One fault more of each kind, in posts that had none, or another: these and no others are new.
    let mut expected = vec![];
    for (at, (lint, fault)) in FAULTS.iter().enumerate() {
        let number = [1, 5, 7, 11, 13, 17, 19, 23, 2, 4][at];
        let text = fs::read_to_string(path(&site, number)).expect("readable");
        fs::write(path(&site, number), format!("{text}\n{fault}\n")).expect("written");
        expected.push(((*lint).to_owned(), format!("old/post-{number:02}.md")));
    }
    let (mut found, _) = reported(&site);
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn what_is_mended_is_told_and_taken_out() {
    let site = site();
    run(&site, &["--update-baseline"]);
    fs::write(path(&site, 0), post(0, &[])).expect("written");
    fs::remove_file(path(&site, 2)).expect("removed");
    let (found, told) = reported(&site);
    assert_eq!(found, []);
    assert!(told.contains("2 faults of the baseline are mended"), "{told}");
    assert!(told.contains("control-character in old/post-00.md"), "{told}");
    assert!(told.contains("replacement-character in old/post-02.md"), "{told}");
    let lines =
        |site: &TempDir| fs::read_to_string(site.path().join("copydesk.baseline.yaml")).expect("there").lines().count();
    let before = lines(&site);
    assert_eq!(run(&site, &["--prune-baseline"]).status.code(), Some(0));
    assert_eq!(lines(&site), before - 2);
    assert!(!reported(&site).1.contains("mended"));
}

#[test]
fn an_update_of_a_part_leaves_the_rest() {
    let site = site();
    run(&site, &["--update-baseline"]);
    let before = fs::read_to_string(site.path().join("copydesk.baseline.yaml")).expect("there");
    run(&site, &["--update-baseline", "old/post-00.md"]);
    run(&site, &["--update-baseline", "--only", "link-mangled"]);
    assert_eq!(fs::read_to_string(site.path().join("copydesk.baseline.yaml")).expect("there"), before);
    fs::write(path(&site, 1), post(1, &[FAULTS[0].1])).expect("written");
    run(&site, &["--update-baseline", "old/post-00.md"]);
    assert_eq!(reported(&site).0, [("control-character".to_owned(), "old/post-01.md".to_owned())]);
    let output = run(&site, &["--update-baseline"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("1 added, 0 removed"));
}

#[test]
fn a_baseline_that_cannot_be_read_stops_the_run_and_stays() {
    let site = site();
    let file = site.path().join("copydesk.baseline.yaml");
    for (text, told) in [
        ("version: 7\nfaults: []\n", "another version of copydesk"),
        ("version: 1\nfaults:\n<<<<<<< HEAD\n", "a merge left its marks here"),
        ("version: [\n", "copydesk.baseline.yaml:"),
    ] {
        fs::write(&file, text).expect("written");
        for arguments in [&[][..], &["--update-baseline"], &["--prune-baseline"]] {
            let output = run(&site, arguments);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert!(
                String::from_utf8_lossy(&output.stderr).contains(told),
                "{}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
        assert_eq!(fs::read_to_string(&file).expect("there"), text);
    }
    fs::remove_file(&file).expect("removed");
    assert_eq!(run(&site, &["--prune-baseline"]).status.code(), Some(2));
}
