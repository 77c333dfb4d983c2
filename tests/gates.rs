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
fn the_extension_of_vs_code_has_this_version() {
    let lock = yaml("editors/vscode/package-lock.json");
    let manifest = yaml("editors/vscode/package.json");
    for version in [&manifest["version"], &lock["version"], &lock["packages"][""]["version"]] {
        assert_eq!(version, env!("CARGO_PKG_VERSION"));
    }
    let heading = format!("\n## {}", env!("CARGO_PKG_VERSION"));
    assert!(
        text("editors/vscode/CHANGELOG.md").contains(&heading),
        "editors/vscode/CHANGELOG.md has no section{heading}"
    );
}

#[test]
fn the_extension_of_vs_code_knows_every_site_and_every_post() {
    let manifest = yaml("editors/vscode/package.json");
    let events = manifest["activationEvents"].as_array().expect("a list").iter().filter_map(Value::as_str);
    let woken = sorted(events.filter_map(|event| event.strip_prefix("workspaceContains:")).map(str::to_owned));
    // A file that many a workspace has, whatever it is, wakes nobody: the first post does.
    let marks = PROFILES.iter().flat_map(|profile| profile.marks).filter(|mark| mark.contains.is_empty());
    let mut wanted = sorted(marks.map(|mark| mark.file).chain(["copydesk.yaml"]).map(str::to_owned));
    wanted.dedup();
    assert_eq!(woken, wanted, "editors/vscode/package.json: activationEvents");

    let mut endings = sorted(PROFILES.iter().flat_map(|profile| profile.extensions).map(|&ending| ending.to_owned()));
    endings.dedup();
    let served = text("editors/vscode/src/posts.ts");
    let served = between(&served, "EXTENSIONS = [", "]").split(", ").map(|ending| ending.trim_matches('"').to_owned());
    assert_eq!(sorted(served), endings, "editors/vscode/src/posts.ts");
    for item in manifest["contributes"]["menus"]["commandPalette"].as_array().expect("a list") {
        let when = item["when"].as_str().expect("a condition");
        let shown = between(when, "(", ")").split('|').map(str::to_owned);
        assert_eq!(sorted(shown), endings, "editors/vscode/package.json: {when}");
    }
}

#[test]
fn settings_for_editors_can_be_read() {
    let readme = text("editors/README.md");
    let blocks = |language: &str| -> Vec<String> {
        let fence = format!("```{language}\n");
        readme.split(&fence).skip(1).map(|rest| rest.split("```").next().expect("it ends").to_owned()).collect()
    };
    let (toml, json) = (blocks("toml"), blocks("json"));
    assert_eq!((toml.len(), json.len()), (3, 2));
    for block in &toml {
        block.parse::<toml_edit::DocumentMut>().unwrap_or_else(|error| panic!("{error}\n{block}"));
    }
    for block in &json {
        let value: Value = serde_json::from_str(block).unwrap_or_else(|error| panic!("{error}\n{block}"));
        assert!(value.to_string().contains(r#""command":["copydesk","lsp"]"#), "{value}");
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

/// What stands between two words.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).expect("the first word");
    rest.split_once(to).expect("the second word").0
}

fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}
