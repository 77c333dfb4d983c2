//! What stands beside the program and must agree with it, and with each other: hooks, the action, releases, packages, and what
//! the documents say of them.

use std::fs;
use std::path::PathBuf;

use copydesk::site::PROFILES;
use regex::Regex;
use serde_json::Value;

/// A file of the checkout, read as YAML.
fn yaml(path: &str) -> Value {
    serde_yaml::from_str(&text(path)).expect("valid YAML")
}

fn text(path: &str) -> String {
    fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)).expect("readable")
}

#[test]
fn hooks_are_given_every_file_that_may_be_a_post() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let patterns: Vec<Regex> = hooks
        .as_array()
        .expect("a list of hooks")
        .iter()
        .filter_map(|hook| hook["files"].as_str())
        .map(|files| Regex::new(files).expect("a regular expression"))
        .collect();
    assert_eq!(patterns.len(), 3, "hooks that are given the files of a commit");
    let endings = || PROFILES.iter().flat_map(|profile| profile.extensions);
    for pattern in &patterns {
        for ending in endings() {
            assert!(pattern.is_match(&format!("content/post.{ending}")), "{pattern} does not let .{ending} pass");
        }
        for other in ["_config.yml", "a.png", "md", "a.md.bak", "amd"] {
            assert!(!pattern.is_match(other), "{pattern} lets {other} pass");
        }
    }
}

#[test]
fn archives_are_what_the_action_and_npm_look_for() {
    let jobs = &yaml(".github/workflows/release.yml")["jobs"];
    let archives = jobs["archives"]["strategy"]["matrix"]["include"].as_array().expect("a matrix");
    let archives = sorted(archives.iter().map(|row| row["target"].as_str().expect("a target").to_owned()));
    assert!(!archives.is_empty());

    let npm = yaml("npm/copydesk/platforms.json");
    let npm = npm.as_array().expect("a list").iter().map(|row| row["target"].as_str().expect("a target").to_owned());
    assert_eq!(sorted(npm), archives, "npm/copydesk/platforms.json");

    let asked = Regex::new(r"archive=copydesk-([a-z0-9_-]+)\.tar\.gz").expect("a regular expression");
    let script = text("action/install.sh");
    let asked = asked.captures_iter(&script).map(|found| found[1].to_owned());
    assert_eq!(sorted(asked), archives, "action/install.sh");
}

#[test]
fn documents_name_this_version() {
    let named = Regex::new(r"(?:rev: v|copydesk@v|copydesk==)([0-9][0-9A-Za-z.-]*)").expect("a regular expression");
    for path in ["README.md", "docs/ci.md", "examples/ci/gitlab.yml"] {
        let text = text(path);
        let versions: Vec<&str> =
            named.captures_iter(&text).map(|found| found.get(1).expect("in the pattern").as_str()).collect();
        assert!(!versions.is_empty(), "{path}");
        assert!(versions.iter().all(|version| *version == env!("CARGO_PKG_VERSION")), "{path}: {versions:?}");
    }
}

#[test]
fn documents_know_all_hooks_and_all_inputs() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hooks = hooks.as_array().expect("a list of hooks").iter().map(|hook| hook["id"].as_str().expect("an id"));
    let action = yaml("action.yml");
    let inputs = action["inputs"].as_object().expect("inputs").keys().map(String::as_str);
    let document = text("docs/ci.md");
    for name in hooks.chain(inputs) {
        assert!(document.contains(&format!("| `{name}` |")), "docs/ci.md: no row for {name}");
    }
}

fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}
