//! `copydesk suppress` by the program itself: what it writes where, that it hides just that, and that it does so once.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use proptest::prelude::*;
use serde_json::Value;

use super::word;

/// A site with these posts, and lints of its own about the words `ship` and `sail`.
fn site(posts: &[(&str, &str)]) -> tempfile::TempDir {
    let site = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = site.path().join(path);
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("made");
        std::fs::write(path, text).expect("written");
    };
    write("copydesk.yaml", "generator: plain\n");
    for (name, record) in [word("vessel", "ship", "merge: post\n"), word("canvas", "sail", "merge: never\n")] {
        write(&format!(".copydesk/lints/own/{name}.yaml"), &record);
    }
    posts.iter().for_each(|(path, text)| write(path, text));
    site
}

fn copydesk(site: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.args(arguments).current_dir(site).env("LC_ALL", "C.UTF-8").env("NO_COLOR", "1");
    command.output().expect("it runs")
}

fn suppress(site: &Path) -> String {
    let output = copydesk(site, &["suppress", "--only", "own", "--reason", "it is so"]);
    String::from_utf8(output.stdout).expect("UTF-8") + &String::from_utf8(output.stderr).expect("UTF-8")
}

fn text(site: &Path, path: &str) -> String {
    String::from_utf8(std::fs::read(site.join(path)).expect("readable")).expect("UTF-8")
}

/// What is reported, as (path, lint, message); with `own`, by the lints of the site alone, else by all others.
fn reported(site: &Path, own: bool) -> Vec<(String, String, String)> {
    let output = copydesk(site, &["-f", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let word = |one: &Value, key: &str| one[key].as_str().unwrap_or_default().to_owned();
    let all = report["diagnostics"].as_array().expect("a list").iter();
    let reported = all.filter(|one| one["verdict"] == "reported" && (one["family"] == "own") == own);
    let mut rows: Vec<_> = reported.map(|one| (word(one, "path"), word(one, "lint"), word(one, "message"))).collect();
    rows.sort();
    rows
}

/// What becomes of a post.
fn check(path: &str, before: &str, after: &str) {
    let site = site(&[(path, before)]);
    let others = reported(site.path(), false);
    let told = suppress(site.path());
    assert_eq!(text(site.path(), path), after, "{told}");
    assert_eq!(reported(site.path(), true), [], "{before}");
    assert_eq!(reported(site.path(), false), others, "{before}");
    let again = suppress(site.path());
    assert_eq!(again, "0 diagnostics suppressed in 0 posts\n");
    assert_eq!(text(site.path(), path), after);
}

const LINE: &str = "<!-- copydesk-disable-line vessel: it is so -->";
const NEXT: &str = "<!-- copydesk-disable-next-line vessel: it is so -->";
const FILE: &str = "<!-- copydesk-disable-file vessel: it is so -->";

#[test]
fn beside_what_is_reported() {
    for (before, after) in [
        ("A ship.\n", format!("{NEXT}\n\nA ship.\n")),
        ("A ship.", format!("{NEXT}\n\nA ship.")),
        ("\u{feff}A ship.\n", format!("\u{feff}{NEXT}\n\nA ship.\n")),
        ("---\ntitle: a\n---\nA ship.\n", format!("---\ntitle: a\n---\n{NEXT}\n\nA ship.\n")),
        ("# A ship\n\nWords.\n", format!("{NEXT}\n\n# A ship\n\nWords.\n")),
        ("Words,\nand a ship  \nand more.\n", format!("Words,\nand a ship {LINE}  \nand more.\n")),
        ("Words,\nand a ship\\\nand more.\n", format!("Words,\nand a ship {LINE}\\\nand more.\n")),
        (
            "Words,\r\nand a ship\r\n\r\nA ship.\r\n",
            format!("Words,\r\nand a ship {LINE}\r\n\r\n{NEXT}\r\n\r\nA ship.\r\n"),
        ),
        ("* words\n* a ship\n* words\n", format!("* words\n* a ship {LINE}\n* words\n")),
        ("> a ship\n> words\n", format!("> a ship {LINE}\n> words\n")),
        ("<div>\n<p>a ship</p>\n</div>\n", format!("<div>\n<p>a ship</p> {LINE}\n</div>\n")),
        ("A ship, a ship and a ship.\n", format!("{NEXT}\n\nA ship, a ship and a ship.\n")),
    ] {
        check("a.md", before, &after);
    }
    let both = "<!-- copydesk-disable-next-line canvas, vessel: it is so -->\n\nA ship with one sail.\n";
    check("a.md", "A ship with one sail.\n", both);
    check("a.html", "<p>A ship.</p>\n", &format!("{NEXT}\n\n<p>A ship.</p>\n"));
    let mdx = "{/* copydesk-disable-next-line vessel: it is so */}\n\nA ship.\n\n* a ship {/* copydesk-disable-line vessel: it is so */}\n";
    check("a.mdx", "A ship.\n\n* a ship\n", mdx);
}

#[test]
fn in_front_matter() {
    let line = "# copydesk-disable-next-line vessel: it is so";
    for (before, after) in [
        ("---\ntitle: A ship\n---\nWords.\n", format!("---\n{line}\ntitle: A ship\n---\nWords.\n")),
        ("---\r\ntitle: A ship\r\n---\r\nWords.\r\n", format!("---\r\n{line}\r\ntitle: A ship\r\n---\r\nWords.\r\n")),
        (
            "---\ntags:\n  - sea\n  - a ship\n---\nWords.\n",
            format!("---\ntags:\n  - sea\n  {line}\n  - a ship\n---\nWords.\n"),
        ),
        ("+++\ntitle = \"A ship\"\n+++\nWords.\n", format!("+++\n{line}\ntitle = \"A ship\"\n+++\nWords.\n")),
        // In a block of text a comment would be text.
        (
            "---\ntext: |\n  words\n  a ship\n---\nWords.\n",
            format!("---\ntext: |\n  words\n  a ship\n---\n{FILE}\n\nWords.\n"),
        ),
        (
            "---\ntext: \"words\n  a ship\"\n---\n\nWords.\n",
            format!("---\ntext: \"words\n  a ship\"\n---\n{FILE}\n\nWords.\n"),
        ),
        ("---\ntitle: A ship\n---", format!("---\n{line}\ntitle: A ship\n---")),
    ] {
        check("a.md", before, &after);
    }
}

#[test]
fn where_no_comment_can_stand() {
    for (before, after) in [
        ("Words.\n\n```\na ship\n```\n", format!("{FILE}\n\nWords.\n\n```\na ship\n```\n")),
        ("Words.\n\n    a ship\n", format!("{FILE}\n\nWords.\n\n    a ship\n")),
        ("Words.\n\n| a | ship |\n|---|---|\n", format!("{FILE}\n\nWords.\n\n| a | ship |\n|---|---|\n")),
        (
            "Words.\n\n<script>\na = 'ship'\n</script>\n",
            format!("{FILE}\n\nWords.\n\n<script>\na = 'ship'\n</script>\n"),
        ),
        (
            "Words.\n\n<p class='a\nship\nb'>words</p>\n",
            format!("{FILE}\n\nWords.\n\n<p class='a\nship\nb'>words</p>\n"),
        ),
        ("Words `code\nship\ncode` words.\n", format!("{FILE}\n\nWords `code\nship\ncode` words.\n")),
        ("---\ntext: |\n  a ship\n---", format!("---\ntext: |\n  a ship\n---\n{FILE}\n")),
    ] {
        check("a.md", before, &after);
    }
    // All of the post is a comment that never ends: only the front matter has room.
    let never = "---\ntitle: a\n---\n<!--\na ship\n";
    check("a.md", never, "---\ntitle: a\n---\n<!-- copydesk-disable-file vessel: it is so -->\n\n<!--\na ship\n");
}

#[test]
fn json_takes_no_comments() {
    let site = site(&[("content/a.md", "{\"title\": \"A ship\"}\n\nWords.\n")]);
    std::fs::write(site.path().join("copydesk.yaml"), "generator: hugo\n").expect("written");
    let told = suppress(site.path());
    let after = format!("{{\"title\": \"A ship\"}}\n{FILE}\n\nWords.\n");
    assert_eq!(text(site.path(), "content/a.md"), after, "{told}");
    assert_eq!(reported(site.path(), true), []);
}

/// What every built-in lint marks can be suppressed, each in the post that its record gives for an example.
#[test]
fn what_every_lint_marks_can_be_suppressed() {
    let mut loader = copydesk::lint::Loader::default();
    loader.builtin();
    let lints = loader.finish().expect("well-formed");
    let about = |lint: &&copydesk::lint::Lint| &*lint.family != "suppression";
    let examples = lints.iter().filter(about).flat_map(|lint| {
        let plain = |example: &&copydesk::lint::Example| example.generator.is_none() && example.encoding.is_none();
        lint.record.examples.bad.iter().filter(plain).map(move |example| (lint, example))
    });
    let posts: Vec<(String, String)> = examples
        .enumerate()
        .filter_map(|(at, (lint, example))| Some((format!("{at}-{}.md", lint.name), example.post.clone()?)))
        .collect();
    assert!(posts.len() > 100);
    let site = site(&posts.iter().map(|(path, text)| (&**path, &**text)).collect::<Vec<_>>());
    let config = "generator: plain\npreset: strict\n";
    std::fs::write(site.path().join("copydesk.yaml"), config).expect("written");
    assert!(reported(site.path(), false).len() > 200);
    let output = copydesk(site.path(), &["suppress", "--reason", "it is so"]);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!([reported(site.path(), false), reported(site.path(), true)].concat(), []);
}

#[test]
fn a_reason_that_would_end_a_comment_is_refused() {
    let site = site(&[("a.md", "A ship.\n")]);
    for reason in ["", " ", "a -- b", "a */ b", "a\nb"] {
        let output = copydesk(site.path(), &["suppress", "--reason", reason]);
        assert_eq!(output.status.code(), Some(2), "{reason:?}");
        assert_eq!(text(site.path(), "a.md"), "A ship.\n");
    }
}

#[test]
fn posts_that_cannot_be_written_are_named_and_left_alone() {
    let site = site(&[("a.md", "A ship.\n"), ("b.md", "A ship.\n")]);
    let gbk = [&b"\xd2\xbb\xcb\xd2\xb4\xac a ship \xd2\xbb\xcb\xd2\xb4\xac\xd2\xbb\xcb\xd2\xb4\xac"[..]].concat();
    std::fs::write(site.path().join("c.md"), &gbk).expect("written");
    let dry = copydesk(site.path(), &["suppress", "--only", "own", "--reason", "x", "--dry-run", "a.md"]);
    assert_eq!(
        String::from_utf8_lossy(&dry.stdout),
        "a.md: 1 diagnostic\n1 diagnostic would be suppressed in 1 post\n"
    );
    assert_eq!(text(site.path(), "a.md"), "A ship.\n");
    let output = copydesk(site.path(), &["suppress", "--only", "own", "--reason", "x", "a.md", "c.md"]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("c.md: it is GBK, not UTF-8"), "{told}");
    assert_ne!(text(site.path(), "a.md"), "A ship.\n");
    assert_eq!(text(site.path(), "b.md"), "A ship.\n");
    assert_eq!(std::fs::read(site.path().join("c.md")).expect("readable"), gbk);
}

fn post() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "a ship",
        "a sail",
        "",
        "",
        "words",
        "- a ship",
        "  more, a sail",
        "1. a ship",
        "> a sail",
        "```",
        "    a ship",
        "# a sail",
        "a ship\n===",
        "<div>",
        "</div>",
        "<p title='ship'>",
        "| ship | sail |",
        "|---|---|",
        "---",
        "title: a ship",
        "text: |",
        "  ship",
        "tags: [ship,",
        "  sail]",
        "+++",
        "name = '''",
        "<!-- ship",
        "-->",
        "`ship",
        "[a ship](ship.md)",
        "![sail](",
        "ship.png)",
        "[1]: ship",
        "$ship",
        "<pre>",
        "ship  ",
        "ship\\",
        "<!-- copydesk-disable-next-line vessel: x -->",
        "<!-- copydesk-enable -->",
        "一艘 ship",
        "{% ship %}",
        "{{ sail }}",
        "* * *",
    ]);
    let newline = prop::sample::select(vec!["\n", "\r\n"]);
    (prop::collection::vec(line, 0..16), newline, any::<bool>(), any::<bool>()).prop_map(
        |(lines, newline, mark, last)| {
            let mark = if mark { "\u{feff}" } else { "" };
            format!("{mark}{}{}", lines.join(newline), if last { newline } else { "" })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the posts hold: afterwards nothing is reported of those that were written, everything else is reported as
    /// before, and a second time changes nothing.
    #[test]
    fn what_is_written_hides_that_and_nothing_else(posts in prop::collection::vec(post(), 24)) {
        let ending = ["md", "md", "html", "mdx"];
        let named: Vec<(String, String)> =
            posts.into_iter().enumerate().map(|(at, text)| (format!("{at}.{}", ending[at % 4]), text)).collect();
        let site = site(&named.iter().map(|(path, text)| (&**path, &**text)).collect::<Vec<_>>());
        let texts = || -> BTreeMap<&str, String> { named.iter().map(|(path, _)| (&**path, text(site.path(), path))).collect() };
        let others = reported(site.path(), false);
        let told = suppress(site.path());
        let refused = |path: &str| told.contains(&format!("error: {path}: "));
        let left: Vec<_> = reported(site.path(), true).into_iter().filter(|(path, ..)| !refused(path)).collect();
        prop_assert_eq!(left, vec![], "{}", told);
        prop_assert_eq!(reported(site.path(), false), others);
        let once = texts();
        for (path, before) in &named {
            prop_assert!(!refused(path) || once[&**path] == *before);
        }
        suppress(site.path());
        prop_assert_eq!(texts(), once);
    }
}
