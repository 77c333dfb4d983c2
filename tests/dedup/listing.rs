//! What is listed, in which format, and with which exit status.

use crate::{Site, prose};

/// Three copies, one of them longer, and a post of its own.
fn site() -> Site {
    let post = |title: &str, body: String| format!("---\ntitle: {title}\n---\n{body}");
    let site = Site::new(&[("_config.yml", "title: x\n")]);
    site.write("_posts/2024-01-01-mill.md", &post("Mill", prose("mill")));
    site.write("_posts/2024-01-02-again.md", &post("Mill again", prose("mill")));
    site.write("_posts/2024-01-03-more.md", &post("More", prose("mill") + "\nIt still stands.\n"));
    let other =
        "Bread needs flour, water, salt and time. Knead it in the evening, let it rise in the cold, bake it hot.\n";
    site.write(
        "_posts/2024-01-04-bread.md",
        &post("Bread", other.to_owned() + "\nEat it on the same day with butter.\n"),
    );
    site
}

#[test]
fn people_see_the_post_that_stays_and_why() {
    let run = site().dedup(&[]);
    assert_eq!(run.status, Some(1), "{}", run.error);
    assert!(run.out.starts_with("_posts/2024-01-03-more.md\n  kept: it has the longest text\n"), "{}", run.out);
    assert!(run.out.contains("%  quarantine  _posts/2024-01-01-mill.md\n"), "{}", run.out);
    assert!(run.out.contains("%  quarantine  _posts/2024-01-02-again.md\n"), "{}", run.out);
    assert!(run.out.ends_with("\n2 copies in 1 cluster among 4 posts\n"), "{}", run.out);
    assert!(!run.out.contains("bread"), "{}", run.out);
}

#[test]
fn the_rule_decides_which_post_stays() {
    for (rule, kept, reason) in [
        ("longest", "03-more", "it has the longest text"),
        ("oldest", "01-mill", "it is the oldest"),
        ("newest", "03-more", "it is the newest"),
        ("path", "01-mill", "its path comes first, all else being equal"),
    ] {
        let out = site().dedup(&["--keep", rule]).out;
        assert!(out.starts_with(&format!("_posts/2024-01-{kept}.md\n  kept: {reason}\n")), "{rule}: {out}");
    }
}

#[test]
fn what_the_site_calls_a_copy_is_one() {
    let site = site();
    let set = |similarity: &str| {
        let at = format!("lints:\n  near-duplicate-post:\n    match: {{duplicate: {{copy: {{similarity: {similarity}}}}}}}\n");
        site.write("copydesk.yaml", &at);
        site.dedup(&["_posts/2024-01-03-more.md", "--keep", "path"])
    };
    let run = set("0.8");
    assert_eq!(run.status, Some(1), "{}", run.error);
    assert!(run.out.contains("near-duplicate"), "{}", run.out);
    let run = set("0.99");
    assert_eq!((run.status, run.out.as_str()), (Some(0), "no copies among 4 posts\n"), "{}", run.error);
    let run = set("0.2");
    assert_eq!(run.status, Some(2));
    assert!(run.error.contains("copydesk.yaml:3:") && run.error.contains("between 0.5 and 1"), "{}", run.error);
}

#[test]
fn machines_get_json_and_csv() {
    let site = site();
    let run = site.dedup(&["--format", "json", "--action", "delete"]);
    let value: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!((run.status, &value["version"]), (Some(1), &serde_json::json!(1)));
    let cluster = &value["clusters"][0];
    assert_eq!(cluster["kept"], "_posts/2024-01-03-more.md");
    assert_eq!(cluster["members"][1]["path"], "_posts/2024-01-02-again.md");
    assert_eq!(cluster["members"][1]["action"], "delete");
    let run = site.dedup(&["-f", "csv", "-o", "copies.csv"]);
    assert_eq!((run.status, run.out.as_str()), (Some(1), ""));
    let csv = site.read("copies.csv");
    assert_eq!(csv.lines().count(), 3);
    assert!(csv.starts_with("cluster,kept,because,path,class,similarity,containment,action\r\n1,_posts/"), "{csv}");
}

#[test]
fn paths_restrict_what_is_listed_and_not_what_is_compared() {
    let site = site();
    let run = site.dedup(&["_posts/2024-01-02-again.md"]);
    assert_eq!(run.status, Some(1));
    assert!(run.out.starts_with("_posts/2024-01-03-more.md\n"), "{}", run.out);
    assert!(run.out.ends_with("1 copy in 1 cluster among 4 posts; 1 more outside of the paths named\n"), "{}", run.out);
    let run = site.dedup(&["_posts/2024-01-04-bread.md"]);
    assert_eq!((run.status, run.out.as_str()), (Some(0), "no copies among 4 posts\n"));
}

#[test]
fn a_plan_is_written_once_and_applied() {
    let site = site();
    let before = site.files();
    let run = site.dedup(&["--plan", "plan.yaml", "--action", "delete"]);
    assert_eq!((run.status, run.out.as_str()), (Some(0), ""), "{}", run.error);
    assert!(site.read("plan.yaml").contains("because: \"it has the longest text\"\n"));
    let again = site.dedup(&["--plan", "plan.yaml"]);
    assert_eq!(again.status, Some(2));
    assert!(again.error.starts_with("error: plan.yaml is there already\n"), "{}", again.error);
    let dry = site.dedup(&["--apply", "plan.yaml", "--dry-run"]);
    assert_eq!(dry.status, Some(0));
    assert!(dry.out.ends_with("2 files would be dealt with; nothing was changed\n"), "{}", dry.out);
    assert!(!site.has(".copydesk") && site.has("_posts/2024-01-01-mill.md"));
    let run = site.dedup(&["--apply", "plan.yaml"]);
    assert_eq!(run.status, Some(0), "{}", run.error);
    assert!(!site.has("_posts/2024-01-01-mill.md") && !site.has("_posts/2024-01-02-again.md"));
    assert_eq!(site.dedup(&[]).out, "no copies among 2 posts\n");
    std::fs::remove_file(site.root().join("plan.yaml")).expect("removed");
    assert_eq!(site.dedup(&["--undo"]).status, Some(0));
    assert_eq!(site.files(), before);
}

#[test]
fn without_a_plan_the_list_is_applied() {
    let site = site();
    let before = site.files();
    let run = site.dedup(&["--apply"]);
    assert_eq!(run.status, Some(0), "{}", run.error);
    let moved = "_posts/2024-01-01-mill.md: moved to .copydesk/quarantine/1/_posts/2024-01-01-mill.md\n";
    assert!(run.out.starts_with(moved), "{}", run.out);
    assert!(site.read(".copydesk/quarantine/1/manifest.yaml").contains("- path: \"_posts/2024-01-01-mill.md\"\n"));
    assert_eq!(site.dedup(&[]).out, "no copies among 2 posts\n");
    let run = site.dedup(&["--undo", "-q"]);
    assert_eq!((run.status, run.out.lines().count()), (Some(0), 2), "{}", run.out);
    assert_eq!(site.files(), before);
    let run = site.dedup(&["--undo"]);
    assert_eq!((run.status, run.error.lines().next()), (Some(2), Some("error: there is nothing to undo")));
}
