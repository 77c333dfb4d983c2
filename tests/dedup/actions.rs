//! Each action under the generators that know it: what is written, byte for byte, and that undoing leaves no trace.

use crate::{Run, Site};

/// A site with a kept post and one copy; what an action writes.
struct Case {
    /// The generator's own configuration: name and text.
    config: (&'static str, &'static str),
    /// The post that stays: path and front matter with its delimiters.
    kept: (&'static str, &'static str),
    /// The copy.
    copy: (&'static str, &'static str),
    action: &'static str,
    /// The front matter afterwards, of whichever of the two is changed.
    expected: (&'static str, &'static str),
}

const HUGO: (&str, &str) = ("hugo.toml", "baseURL = 'https://a.example/'\n");
const ZOLA: (&str, &str) = ("config.toml", "base_url = 'https://a.example'\n");
const JEKYLL: (&str, &str) = ("_config.yml", "url: https://a.example\nbaseurl: /b\n");
const HEXO: (&str, &str) = ("_config.yml", "source_dir: source\nurl: https://a.example\n");

const CASES: &[Case] = &[
    Case {
        config: JEKYLL,
        kept: ("_posts/2024-01-01-a.md", "---\r\ntitle: A # note\r\n---\r\n"),
        copy: ("_posts/2024-01-02-b.md", "---\ntitle: B\n---\n"),
        action: "redirect",
        expected: (
            "_posts/2024-01-01-a.md",
            "---\r\ntitle: A # note\r\nredirect_from:\r\n  - /2024/01/02/b.html\r\n---\r\n",
        ),
    },
    Case {
        config: JEKYLL,
        kept: ("_posts/2024-01-01-a.md", "---\nredirect_from: /old/\n---\n"),
        copy: ("_posts/2024-01-02-b.md", "---\ndate: 2024-01-02 01:00:00 +0800\n---\n"),
        action: "redirect /by/hand/",
        expected: ("_posts/2024-01-01-a.md", "---\nredirect_from: [/old/, /by/hand/]\n---\n"),
    },
    Case {
        config: HUGO,
        kept: ("content/posts/a.md", "+++\ntitle = 'A'\n[params]\nx = 1\n+++\n"),
        copy: ("content/posts/b.md", "+++\ntitle = 'B'\n+++\n"),
        action: "redirect",
        expected: ("content/posts/a.md", "+++\ntitle = 'A'\naliases = [\"/posts/b/\"]\n[params]\nx = 1\n+++\n"),
    },
    Case {
        config: HUGO,
        kept: ("content/posts/a.md", "{\n  \"title\": \"A\"\n}\n"),
        copy: ("content/posts/b.md", "---\nurl: /c/d.html\n---\n"),
        action: "redirect",
        expected: ("content/posts/a.md", "{\n  \"title\": \"A\",\n  \"aliases\": [\"/c/d.html\"]\n}\n"),
    },
    Case {
        config: ZOLA,
        kept: ("content/blog/a.md", "+++\ntitle = 'A'\naliases = ['x']\n+++\n"),
        copy: ("content/blog/2024-01-02-b.md", "+++\ntitle = 'B'\n+++\n"),
        action: "redirect",
        expected: ("content/blog/a.md", "+++\ntitle = 'A'\naliases = ['x', \"/blog/b/\"]\n+++\n"),
    },
    Case {
        config: HEXO,
        kept: ("source/_posts/a.md", "title: A\n---\n"),
        copy: ("source/_posts/b.md", "---\ndate: 2024-01-02 10:00:00\n---\n"),
        action: "redirect",
        expected: ("source/_posts/a.md", "title: A\nalias:\n  - /2024/01/02/b/\n---\n"),
    },
    Case {
        config: ("astro.config.mjs", "export default {}\n"),
        kept: ("src/content/blog/a.md", "---\ntitle: A\n---\n"),
        copy: ("src/content/blog/b.md", "---\ntitle: B\n---\n"),
        action: "redirect /blog/b/",
        expected: ("src/content/blog/a.md", "---\ntitle: A\naliases:\n  - /blog/b/\n---\n"),
    },
    Case {
        config: JEKYLL,
        kept: ("_posts/2024-01-01-a.md", "---\ntitle: A\n---\n"),
        copy: ("_posts/2024-01-02-b.md", "\u{feff}---\npublished: true # yes\ntitle: B\n---\n"),
        action: "unpublish",
        expected: ("_posts/2024-01-02-b.md", "\u{feff}---\npublished: false # yes\ntitle: B\n---\n"),
    },
    Case {
        config: HUGO,
        kept: ("content/posts/a.md", "+++\ntitle = 'A'\n+++\n"),
        copy: ("content/posts/b.md", ""),
        action: "unpublish",
        expected: ("content/posts/b.md", "---\ndraft: true\n---\n"),
    },
    Case {
        config: ("docusaurus.config.js", "module.exports = {}\n"),
        kept: ("blog/a.md", "---\ntitle: A\n---\n"),
        copy: ("blog/b.md", "---\ntitle: B\n---\n"),
        action: "unpublish",
        expected: ("blog/b.md", "---\ntitle: B\ndraft: true\n---\n"),
    },
    Case {
        config: JEKYLL,
        kept: ("_posts/2024-01-01-a.md", "---\ntitle: A\n---\n"),
        copy: ("_posts/2024-01-02-b.md", "---\ntitle: B\n---\n"),
        action: "canonical",
        expected: (
            "_posts/2024-01-02-b.md",
            "---\ntitle: B\ncanonical_url: \"https://a.example/b/2024/01/01/a.html\"\n---\n",
        ),
    },
    Case {
        config: HUGO,
        kept: ("content/posts/a/index.md", "+++\ntitle = 'A'\n+++\n"),
        copy: ("content/posts/b.md", "+++\ntitle = 'B'\n+++\n"),
        action: "canonical",
        expected: ("content/posts/b.md", "+++\ntitle = 'B'\ncanonicalURL = \"https://a.example/posts/a/\"\n+++\n"),
    },
];

const BODY: &str = "\nText of the post: {{ a }} <p>b</p>\r\n\r\n# End";

fn site(case: &Case) -> Site {
    let site = Site::new(&[case.config]);
    for (path, front) in [case.kept, case.copy] {
        site.write(path, &format!("{front}{BODY}"));
    }
    site
}

fn undone(site: &Site, run: &Run) {
    assert_eq!(run.status, Some(0), "{}{}", run.out, run.error);
    let undo = site.dedup(&["--undo"]);
    assert_eq!((undo.status, undo.error.as_str()), (Some(0), ""));
}

#[test]
fn what_is_written_is_what_the_generator_reads() {
    for case in CASES {
        let site = site(case);
        site.plan("plan.yaml", case.kept.0, &[(case.copy.0, case.action)]);
        let before = site.files();
        let run = site.dedup(&["--apply", "plan.yaml"]);
        let context = format!("{} {} {}{}", case.config.0, case.action, run.out, run.error);
        assert_eq!(run.status, Some(0), "{context}");
        assert_eq!(site.read(case.expected.0), format!("{}{BODY}", case.expected.1), "{context}");
        let goes = case.action.starts_with("redirect");
        assert_eq!(site.has(case.copy.0), !goes, "{context}");
        let quarantined = format!(".copydesk/quarantine/1/{}", case.copy.0);
        assert_eq!(site.has(&quarantined), goes, "{context}");
        undone(&site, &run);
        assert_eq!(site.files(), before, "{context}");
        assert!(!site.has(".copydesk/quarantine"), "{context}");
    }
}

#[test]
fn an_undo_where_nothing_was_done_leaves_no_trace() {
    let site = Site::new(&[JEKYLL]);
    assert_eq!(site.dedup(&["--undo"]).status, Some(2));
    assert!(!site.has(".copydesk"));
}

#[test]
fn several_actions_in_one_plan() {
    let site = Site::new(&[JEKYLL, ("_posts/2024-01-01-a.md", "---\ntitle: A\n---\n")]);
    let days = ["02", "03", "04", "05", "06"].map(|day| format!("_posts/2024-01-{day}-x.md"));
    for path in &days {
        site.write(path, "---\ntitle: X\n---\nText\n");
    }
    let before = site.files();
    let actions = ["redirect", "redirect", "unpublish", "delete", "quarantine"];
    let members: Vec<(&str, &str)> = days.iter().map(String::as_str).zip(actions).collect();
    let run = site.apply("_posts/2024-01-01-a.md", &members);
    assert_eq!(run.status, Some(0), "{}", run.error);
    let kept = "---\ntitle: A\nredirect_from:\n  - /2024/01/02/x.html\n  - /2024/01/03/x.html\n---\n";
    assert_eq!(site.read("_posts/2024-01-01-a.md"), kept);
    assert!(run.error.contains("note: the site needs the plugin jekyll-redirect-from\n"), "{}", run.error);
    assert!(run.out.contains("_posts/2024-01-05-x.md: deleted\n"), "{}", run.out);
    let manifest = site.read(".copydesk/quarantine/1/manifest.yaml");
    assert!(
        manifest.contains("2024-01-02-x") && manifest.contains("2024-01-06-x") && !manifest.contains("2024-01-05-x")
    );
    std::fs::remove_file(site.root().join("plan.yaml")).expect("removed");
    undone(&site, &run);
    assert_eq!(site.files(), before);
}

#[test]
fn what_is_so_already_is_left_as_it_is() {
    let site =
        Site::new(&[JEKYLL, ("_posts/2024-01-01-a.md", "x"), ("_posts/2024-01-02-b.md", "---\npublished: no\n---\n")]);
    site.write("_posts/2024-01-02-b.md", "---\npublished: false\n---\n");
    let run = site.apply("_posts/2024-01-01-a.md", &[("_posts/2024-01-02-b.md", "unpublish")]);
    assert_eq!(run.status, Some(0), "{}", run.error);
    assert!(run.out.starts_with("_posts/2024-01-02-b.md: is so already: `published: false`\n"), "{}", run.out);
    assert_eq!(site.dedup(&["--undo"]).status, Some(2), "there is nothing to undo");
}

#[test]
fn applies_are_undone_one_after_the_other() {
    let site = Site::new(&[
        JEKYLL,
        ("_posts/2024-01-01-a.md", "a"),
        ("_posts/2024-01-02-b.md", "b"),
        ("_posts/2024-01-03-c.md", "c"),
    ]);
    let before = site.files();
    assert_eq!(site.apply("_posts/2024-01-01-a.md", &[("_posts/2024-01-02-b.md", "quarantine")]).status, Some(0));
    assert_eq!(site.apply("_posts/2024-01-01-a.md", &[("_posts/2024-01-03-c.md", "unpublish")]).status, Some(0));
    std::fs::remove_file(site.root().join("plan.yaml")).expect("removed");
    assert!(site.dedup(&["--undo"]).out.starts_with("_posts/2024-01-03-c.md\n"));
    assert!(site.dedup(&["--undo"]).out.starts_with("_posts/2024-01-02-b.md\n"));
    assert_eq!(site.files(), before);
}

#[test]
fn what_a_generator_cannot_do_is_refused_with_advice() {
    for (config, post, action, error, help) in [
        (("mkdocs.yml", "site_name: x\n"), "docs/b.md", "redirect", "MkDocs cannot be told of it", "mkdocs-redirects"),
        ((".vitepress/config.ts", ""), "b.md", "unpublish", "it cannot be done for VitePress", "srcExclude"),
        (ZOLA, "content/b.md", "canonical", "it cannot be done for Zola", "[extra]"),
        (JEKYLL, "_posts/2024-01-02-b.md", "redirect", "its address is not certain", "/2024/01/02/b.html"),
    ] {
        let site = Site::new(&[config]);
        let folder = post.strip_suffix("b.md").unwrap_or_default().trim_end_matches("2024-01-02-");
        let kept = format!("{folder}2024-01-01-a.md");
        site.write(&kept, "---\ntitle: A\n---\n");
        site.write(post, "---\ndate: 2024-01-02T03:04:05+08:00\n---\n");
        let before = site.files();
        let run = site.apply(&kept, &[(post, action)]);
        std::fs::remove_file(site.root().join("plan.yaml")).expect("removed");
        assert_eq!(run.status, Some(2), "{}{}", run.out, run.error);
        assert!(run.error.contains(&format!("error: {post}: {error}")), "{}", run.error);
        assert!(run.error.lines().any(|line| line.starts_with("help: ") && line.contains(help)), "{}", run.error);
        assert_eq!(site.files(), before);
    }
}
