//! What stands beside the program and must agree with it: the hooks.

use std::fs;
use std::path::PathBuf;

use copydesk::site::PROFILES;
use regex::Regex;
use serde_json::Value;

/// A file of the checkout, read as YAML.
fn yaml(path: &str) -> Value {
    let text = fs::read_to_string(root().join(path)).expect("readable");
    serde_yaml::from_str(&text).expect("valid YAML")
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
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
    assert_eq!(patterns.len(), 2, "hooks that are given the files of a commit");
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
