//! Suppressions of what only the whole site shows, and runs that do not look for everything.

use std::process::Command;

fn run(posts: &[(&str, &str)], arguments: &[&str]) -> String {
    let site = tempfile::tempdir().expect("a folder");
    posts.iter().for_each(|(path, text)| std::fs::write(site.path().join(path), text).expect("written"));
    std::fs::write(site.path().join("copydesk.yaml"), "generator: plain\n").expect("written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.args(["-f", "short", "-q"]).args(arguments).current_dir(site.path()).env("LC_ALL", "C.UTF-8");
    let output = command.output().expect("it runs");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let short = String::from_utf8(output.stdout).expect("UTF-8");
    let name = |line: &str| {
        let (place, rest) = line.split_once(": ").expect("a place");
        format!("{} {}", place, rest.split(['[', ']']).nth(1).expect("a lint"))
    };
    short.lines().map(name).collect::<Vec<_>>().join(", ")
}

const TEXT: &str =
    "The pilot has a boat with a green stripe, and a dog that can tell it from all others by its engine.";

#[test]
fn what_the_whole_site_shows() {
    let only = ["--only", "duplicate-title,duplicate-post,link-broken-local,suppression"];
    let post = |front: &str, text: &str| format!("---\n{front}title: The pilot's boat\n---\n{text}\n");
    let link = "See [the dog](dog.md).";
    for (first, second, expected) in [
        (post("", TEXT), post("", link), "b.md:2:8 duplicate-title, b.md:4:15 link-broken-local"),
        (
            post("", TEXT),
            post("# copydesk-disable-next-line duplicate-title: it is another boat\n", link),
            "b.md:5:15 link-broken-local",
        ),
        (post("", TEXT), post("copydesk: {disable: [duplicate-title, link-broken-local]}\n", link), ""),
        (
            post("", TEXT),
            post("", &format!("<!-- copydesk-disable-next-line: x -->\n{link}")),
            "b.md:2:8 duplicate-title",
        ),
        // The post that stays is not the one that is spoken of.
        (
            post("# copydesk-disable-next-line duplicate-title: x\n", TEXT),
            post("", ""),
            "a.md:2:30 unused-suppression, b.md:2:8 duplicate-title",
        ),
        (
            post("", TEXT),
            post("", &format!("{TEXT} <!-- copydesk-disable-line link-broken-local: x -->")),
            "b.md:2:8 duplicate-post, b.md:4:128 unused-suppression",
        ),
    ] {
        assert_eq!(run(&[("a.md", &first), ("b.md", &second)], &only), expected, "{second}");
    }
}

#[test]
fn what_was_not_looked_for_is_not_called_unused() {
    let named = "Words. <!-- copydesk-disable-line link-placeholder: x -->\n";
    let all = "Words. <!-- copydesk-disable-line: x -->\n";
    let away = "[Words](https://example.org/). <!-- copydesk-disable-line: x -->\n";
    let dead = "[Words](https://example.org/). <!-- copydesk-disable-line link-dead: x -->\n";
    for (post, arguments, expected) in [
        (named, &["--only", "link-placeholder,unused-suppression"][..], "a.md:1:35 unused-suppression"),
        (named, &["--only", "unused-suppression"], ""),
        (named, &["--only", "link-placeholder,unused-suppression", "--level", "link-placeholder=off"], ""),
        (all, &["--skip", "front-matter,links"], ""),
        (all, &["--skip", "post-too-short"], ""),
        // Only the network tells.
        (dead, &["--only", "link-dead,unused-suppression"], ""),
        (away, &["--level", "front-matter=off,structure=off,links=off"], ""),
        (all, &["--level", "front-matter=off,structure=off,links=off"], "a.md:1:13 unused-suppression"),
    ] {
        assert_eq!(run(&[("a.md", post)], arguments), expected, "{post} {arguments:?}");
    }
}

#[test]
fn levels_by_path_are_heeded() {
    let site = |config: &str| {
        let post = "---\ntitle: Words\n---\nWords. <!-- copydesk-disable-line link-placeholder: x -->\n";
        let site = tempfile::tempdir().expect("a folder");
        std::fs::write(site.path().join("a.md"), post).expect("written");
        std::fs::write(site.path().join("copydesk.yaml"), format!("generator: plain\n{config}")).expect("written");
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        let output = command.args(["-f", "short", "-q"]).current_dir(site.path()).output().expect("it runs");
        String::from_utf8_lossy(&output.stdout).contains("[unused-suppression]")
    };
    let over = |level: &str| site(&format!("overrides: [{{paths: [a.md], lints: {{link-placeholder: {level}}}}}]\n"));
    assert_eq!((over("warn"), over("off")), (true, false));
}
