//! Plans with mistakes, and sites that are no longer what a plan was made for.

use std::fs;

use crate::{Files, Run, Site};

const A: &str = "_posts/2024-01-01-a.md";
const B: &str = "_posts/2024-01-02-b.md";
const C: &str = "_posts/2024-01-03-c.md";

fn site() -> Site {
    Site::new(&[("_config.yml", "title: x\n"), (A, "a"), (B, "b"), (C, "c")])
}

fn posts(site: &Site) -> Files {
    site.files().into_iter().filter(|(path, _)| path.starts_with("_posts")).collect()
}

/// Applies a plan in which `from` is `to`; nothing may change.
#[track_caller]
fn refused(from: &str, to: &str, expected: &[&str]) {
    let site = site();
    site.plan("plan.yaml", A, &[(B, "quarantine"), (C, "unpublish")]);
    let text = site.read("plan.yaml");
    assert!(text.contains(from));
    site.write("plan.yaml", &text.replacen(from, to, 1));
    let before = posts(&site);
    let run = site.dedup(&["--apply", "plan.yaml"]);
    assert_eq!(run.status, Some(2), "{}", run.out);
    for part in expected {
        assert!(run.error.contains(part), "{part}: {}", run.error);
    }
    assert_eq!((posts(&site), site.has(".copydesk")), (before, false), "nothing is touched");
}

#[test]
fn a_mistake_in_a_plan_is_shown_and_nothing_is_done() {
    refused(
        "action: quarantine",
        "action: quarantin",
        &["unknown value `quarantin`", "did you mean `quarantine`?", "plan.yaml:5:"],
    );
    refused(B, "../outside.md", &["`../outside.md` lies outside of the site", "plan.yaml:5:"]);
    refused(B, "/etc/passwd", &["`/etc/passwd` lies outside of the site"]);
    refused(C, B, &["is named twice"]);
    refused("members:", "member:", &["unknown key `member`", "did you mean `members`?"]);
    refused("version: 1", "version: 9", &["this is a plan of version 9, not 1"]);
    refused("clusters:", "clusters: [", &["error: "]);
}

#[test]
fn a_plan_that_is_not_there_or_no_text() {
    let site = site();
    let run = site.dedup(&["--apply", "none.yaml"]);
    assert_eq!(run.status, Some(2));
    assert!(run.error.starts_with("error: cannot read the plan none.yaml: "), "{}", run.error);
    fs::write(site.root().join("plan.yaml"), [0xff, 0xfe]).expect("written");
    assert_eq!(site.dedup(&["--apply", "plan.yaml"]).error, "error: the plan plan.yaml is not UTF-8\n");
    assert_eq!(site.dedup(&["--apply", "_posts"]).status, Some(2));
}

#[test]
fn a_post_that_changed_since_the_plan_is_left_alone_and_the_rest_is_done() {
    let site = site();
    site.plan("plan.yaml", A, &[(B, "quarantine"), (C, "quarantine")]);
    site.write(B, "b changed");
    let run = site.dedup(&["--apply", "plan.yaml"]);
    assert_eq!(run.status, Some(2));
    assert!(run.error.contains(&format!("error: {B}: it has changed since the plan was made\n")), "{}", run.error);
    assert!(
        run.out.ends_with("1 file dealt with, 1 refused; `copydesk dedup --undo` takes this back\n"),
        "{}",
        run.out
    );
    assert_eq!((site.read(B).as_str(), site.has(C)), ("b changed", false));
}

#[test]
fn copies_stay_when_the_post_to_keep_changed_or_went() {
    for gone in [false, true] {
        let site = site();
        site.plan("plan.yaml", A, &[(B, "delete"), (C, "quarantine")]);
        if gone {
            fs::remove_file(site.root().join(A)).expect("removed")
        } else {
            site.write(A, "a changed")
        }
        let before = site.files();
        let run = site.dedup(&["--apply", "plan.yaml"]);
        assert_eq!((run.status, site.files()), (Some(2), before));
        assert!(run.error.contains("what is planned for its 2 copies is not done"), "{}", run.error);
        assert_eq!(site.dedup(&["--undo"]).status, Some(2), "there is nothing to undo");
    }
}

#[test]
fn front_matter_that_cannot_be_changed_without_harm() {
    let site = site();
    site.write(B, "---\na: b: c\n---\n");
    let gbk =
        [&b"---\ntitle: "[..], &[0xd2, 0xf8, 0xd0, 0xd0, 0xb5, 0xc4, 0xb7, 0xfe, 0xce, 0xf1], &b"\n---\n"[..]].concat();
    fs::write(site.root().join(C), gbk).expect("written");
    let run = site.apply(A, &[(B, "unpublish"), (C, "unpublish")]);
    assert_eq!(run.status, Some(2));
    assert!(run.error.contains(&format!("error: {B}: its front matter is not valid YAML\n")), "{}", run.error);
    assert!(run.error.contains(&format!("error: {C}: it is GBK, not UTF-8\n")), "{}", run.error);
    assert_eq!(site.apply(A, &[(B, "quarantine"), (C, "delete")]).status, Some(0), "moving needs no reading");
    assert_eq!(site.dedup(&["--undo"]).status, Some(0));
}

#[test]
fn undo_leaves_alone_what_changed_after_the_apply() {
    let site = site();
    assert_eq!(site.apply(A, &[(B, "quarantine"), (C, "unpublish")]).status, Some(0));
    let unpublished = site.read(C);
    site.write(B, "a new post of that name");
    site.write(C, &format!("{unpublished}and more"));
    let run = site.dedup(&["--undo"]);
    assert_eq!(run.status, Some(2), "{}", run.out);
    assert!(run.error.contains(&format!("error: {B}: something else stands there now\n")), "{}", run.error);
    assert!(run.error.contains(&format!("error: {C}: it has changed after the apply\n")), "{}", run.error);
    assert_eq!(site.read(B), "a new post of that name");
    // Once the way is clear, the same undo comes to its end.
    fs::remove_file(site.root().join(B)).expect("removed");
    site.write(C, &unpublished);
    assert_eq!(site.dedup(&["--undo"]).status, Some(0));
    assert_eq!((site.read(B).as_str(), site.read(C).as_str()), ("b", "c"));
}

#[test]
fn flags_that_contradict_each_other() {
    for arguments in [&["--undo", "--apply"][..], &["--dry-run"], &["--plan", "x", "--apply"], &["--undo", "_posts"]] {
        let Run { status, error, .. } = site().dedup(arguments);
        assert_eq!(status, Some(2), "{arguments:?} {error}");
    }
    let error = site().dedup(&["--apply", "plan.yaml", "--action", "delete"]).error;
    assert!(error.starts_with("error: the plan says which posts stay"), "{error}");
}
