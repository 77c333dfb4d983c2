//! A well-kept mini-site for each generator: it is recognised by its files, all its posts are found, and not one of them is
//! found fault with, whatever the preset. Whether one thread reads them or many, and in which order, makes no difference.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use mini_site::{report, site};
use serde_json::Value;

mod mini_site;

/// Folder and number of posts and pages; the folder has the generator's name, with a word behind it where one configuration
/// cannot show all.
const SITES: [(&str, u64); 15] = [
    ("jekyll", 13),
    ("hugo", 8),
    ("hexo", 6),
    ("zola", 7),
    ("eleventy", 19),
    ("eleventy-prefix", 5),
    ("astro", 12),
    ("astro-file", 4),
    ("docusaurus", 24),
    ("docusaurus-versions", 3),
    ("vitepress", 11),
    ("vitepress-clean", 4),
    ("vuepress", 7),
    ("mkdocs", 5),
    ("plain", 4),
];

#[test]
fn every_generator_is_recognised() {
    for (name, _) in SITES {
        let folder = site(name);
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        let output = command.args(["config", "--root"]).arg(folder.path()).output().expect("the command runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let row = text.lines().find(|line| line.starts_with("generator")).unwrap_or_default();
        let expected = match name.split('-').next().unwrap_or(name) {
            "plain" => "none",
            "vuepress" => "vitepress",
            generator => generator,
        };
        assert_eq!(row.split_whitespace().nth(1), Some(expected), "{text}");
    }
}

#[test]
fn nothing_is_found_on_well_kept_sites() {
    for (name, posts) in SITES {
        let folder = site(name);
        // Some generators do without front matter, and so do some of these posts: strictly seen, that is worth a remark.
        let strict = ["--preset", "strict", "--level", "front-matter-missing=off"];
        for arguments in [&["--preset", "recommended"][..], &strict, &["--preset", "scraped"]] {
            let report = report(folder.path(), arguments);
            assert_eq!(report["diagnostics"], Value::Array(vec![]), "{name}, {arguments:?}");
            assert_eq!(report["summary"]["posts"], posts, "{name}");
        }
    }
}

#[test]
fn threads_and_paths_do_not_change_what_is_said() {
    let blog = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/blog");
    let whole = report(&blog, &["--preset", "strict"]);
    assert!(!whole["diagnostics"].as_array().expect("an array").is_empty());
    for jobs in ["1", "2", "7"] {
        assert_eq!(report(&blog, &["--preset", "strict", "--jobs", jobs]), whole, "{jobs} threads");
    }
    let some: Vec<&Value> = whole["diagnostics"].as_array().expect("an array").iter().collect();
    let path = some[0]["path"].as_str().expect("a path");
    let one = report(&blog, &["--preset", "strict", path]);
    let expected: Vec<Value> = some.into_iter().filter(|d| d["path"] == path).cloned().collect();
    assert_eq!(one["diagnostics"], Value::Array(expected));
}

/// The blog to try copydesk on shows what every family is good for, and what a good post looks like.
#[test]
fn every_family_finds_something_on_the_example() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let families =
        std::fs::read_dir(root.join("lints")).expect("readable").map(|entry| entry.expect("readable").path());
    let families: BTreeSet<String> = families
        .filter(|path| path.is_dir())
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .collect();
    let report = report(&root.join("examples/blog"), &[]);
    let diagnostics = report["diagnostics"].as_array().expect("an array");
    let texts = |key: &str| -> BTreeSet<String> {
        diagnostics.iter().map(|diagnostic| diagnostic[key].as_str().expect("a text").to_owned()).collect()
    };
    assert_eq!(texts("family"), families);
    let posts = std::fs::read_dir(root.join("examples/blog/_posts")).expect("readable");
    let posts = posts.map(|entry| format!("_posts/{}", entry.expect("readable").file_name().to_string_lossy()));
    let spared: Vec<String> = posts.filter(|post| !texts("path").contains(post)).collect();
    assert_eq!(spared, ["_posts/2026-03-20-harbour-walk.md"]);
}
