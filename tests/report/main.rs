//! The page of `copydesk report` on sites whose names, titles and texts are hostile, and on a large one: what it holds, that
//! nothing a post says is more than text in it, and that its size is bounded. `run.sh` beside this opens pages in a browser.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use tempfile::TempDir;

/// What names of files hold. No `/`.
const HOSTILE: [&str; 6] = [
    "<script>alert(1)<",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "\u{202e}dm.txt\u{2066}",
    "\u{1b}[31mred\u{7}",
    "]]><![CDATA[ --> <!--",
];

/// What titles and texts hold besides.
const MORE: [&str; 4] = [
    "</style></script></title><script>alert(1)</script>",
    "[go](javascript:alert(1))",
    "<a href='javascript:alert(1)'>go</a><svg onload=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
];

fn copydesk(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.args(arguments).current_dir(folder).env("LC_ALL", "C.UTF-8").env("NO_COLOR", "1");
    command.stdin(Stdio::null()).output().expect("the program can be started")
}

/// The page on a site, with the moment of the run taken out.
fn page(site: &TempDir, more: &[&str]) -> String {
    let arguments = [&["report", "--html", "-", "--preset", "strict"], more].concat();
    let output = copydesk(site.path(), &arguments);
    assert_eq!((output.status.code(), &*String::from_utf8_lossy(&output.stderr)), (Some(0), ""));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn without_time(page: &str) -> String {
    let (before, rest) = page.split_once("<time datetime=").expect("the time of the run");
    format!("{before}{}", rest.split_once("</time>").expect("closed").1)
}

fn quoted(text: &str) -> String {
    // JSON is YAML, too.
    serde_json::to_string(text).expect("a text")
}

fn site() -> TempDir {
    let made = tempfile::tempdir().expect("a folder can be made");
    fs::write(made.path().join("_config.yml"), "title: Test\n").expect("written");
    fs::create_dir_all(made.path().join("_posts")).expect("made");
    made
}

fn hostile() -> TempDir {
    let made = site();
    let same: String = (0..120).map(|at| format!("Nobody on quay {at} saw ferry {} leave. ", at * 7)).collect();
    for (at, words) in HOSTILE.iter().enumerate() {
        let faults = format!(
            "<p style=\"display:none\"><br></p>\n\nFran\u{fffd}ois {words} [go](gone{at}.html) ![]({}) [](#x)\n\n{}\n\n",
            "x".repeat(10_000),
            MORE.join("\n\n"),
        );
        let title = quoted(&format!("{words} {}", MORE[at % MORE.len()]));
        let text = format!("---\ntitle: {title}\n---\n{same}\n\n{}\n\n{words}\n", faults.repeat(2));
        fs::write(made.path().join(format!("_posts/202{}-05-1{at}-{words}.md", at % 2)), text).expect("written");
    }
    made
}

fn select<'a>(document: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    document.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}

/// The number in the head of the page.
fn figure(document: &Html, name: &str) -> usize {
    let figure = select(document, ".figures > div").into_iter().find(|figure| text(*figure).starts_with(name));
    let figure = text(figure.unwrap_or_else(|| panic!("{name}")));
    figure[name.len()..].replace(',', "").parse().unwrap_or_else(|_| panic!("{figure}"))
}

#[test]
fn nothing_of_a_post_is_more_than_text() {
    let document = Html::parse_document(&page(&hostile(), &[]));
    let own = [
        "html head meta title link style body a header p h1 h2 h3 h4 time dl div dt dd nav ul ol li main section figure",
        "svg g rect table caption thead tbody tr th td details summary bdi span code mark pre form label input select",
        "option fieldset legend button footer script br",
    ];
    let own: BTreeSet<&str> = own.iter().flat_map(|names| names.split(' ')).collect();
    for element in select(&document, "*") {
        let element = element.value();
        assert!(own.contains(element.name()), "{element:?}");
        for (name, value) in element.attrs() {
            assert!(!name.starts_with("on") && !["style", "src", "srcset", "action"].contains(&name), "{element:?}");
            assert!(name != "href" || value.starts_with('#') || value == "data:,", "{element:?}");
        }
    }
    assert_eq!((select(&document, "script").len(), select(&document, "style").len()), (1, 1));
    assert_eq!(select(&document, "body > script").len(), 1, "the script is the last of the page, not a post's");
    let shown = text(select(&document, "main")[0]);
    for words in [HOSTILE[0], HOSTILE[1], HOSTILE[2], MORE[0], MORE[1]] {
        assert!(shown.contains(words), "{words}");
    }
    assert!(shown.contains("<U+202E>dm.txt<U+2066>") && shown.contains("␛[31mred␇"));
    let acts = |c: char| c != '\n' && c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
    assert!(!document.html().contains(acts));
}

#[test]
fn the_page_is_whole() {
    let document = Html::parse_document(&page(&hostile(), &[]));
    let ids: Vec<&str> = select(&document, "[id]").into_iter().filter_map(|element| element.attr("id")).collect();
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(known.len(), ids.len(), "ids are unique");
    for attribute in ["aria-labelledby", "href"] {
        for element in select(&document, &format!("body [{attribute}]")) {
            let target = element.attr(attribute).unwrap_or_default().trim_start_matches('#');
            assert!(known.contains(target), "{attribute} {target}");
        }
    }
    let policy = select(&document, "meta[http-equiv=Content-Security-Policy]")[0].attr("content").unwrap_or_default();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    let mut above = 0;
    for heading in select(&document, "h1, h2, h3, h4") {
        let level: usize = heading.value().name()[1..].parse().expect("a digit");
        assert!(level <= above + 1, "{}", heading.html());
        above = level;
    }
    for table in select(&document, "table") {
        assert!(table.html().contains("<caption"), "{}", table.html());
    }
    let scopes = select(&document, "th").into_iter().map(|th| th.attr("scope"));
    assert!(scopes.into_iter().all(|scope| matches!(scope, Some("col" | "row"))));
    assert_eq!(select(&document, "html[lang=en] > head > title").len(), 1);
}

#[test]
fn it_counts_what_a_check_counts() {
    let site = hostile();
    let document = Html::parse_document(&page(&site, &[]));
    let checked = copydesk(site.path(), &["check", "--format", "json", "--preset", "strict"]);
    let json: Value = serde_json::from_slice(&checked.stdout).expect("JSON");
    for (name, key) in [("posts", "posts"), ("errors", "errors"), ("warnings", "warnings"), ("infos", "infos")] {
        assert_eq!(Some(figure(&document, name) as u64), json["summary"][key].as_u64(), "{name}");
    }
    let diagnostics = json["diagnostics"].as_array().expect("an array");
    let reported = diagnostics.iter().filter(|one| one["verdict"] == "reported").count();
    assert_eq!(select(&document, ".findings > li").len(), reported, "few enough to be listed all");
    let targets = select(&document, "#links tbody th").into_iter().map(text).filter(|text| text.contains("/gone"));
    assert_eq!(targets.count(), HOSTILE.len(), "each post links to a page of its own that is not there");
}

#[test]
fn copies_stand_beside_what_stays() {
    let document = Html::parse_document(&page(&hostile(), &[]));
    let pairs = select(&document, "#copies .sides");
    assert!(!pairs.is_empty());
    for pair in pairs {
        let marks = pair.select(&Selector::parse("section mark").expect("a selector")).map(text).collect::<String>();
        assert_eq!(marks.matches("Nobody on quay 3 saw ferry 21 leave").count(), 2);
    }
}

#[test]
fn equal_runs_write_equal_pages() {
    let site = hostile();
    let [one, two] = ["1", "7"].map(|jobs| without_time(&page(&site, &["--jobs", jobs])));
    assert_eq!(one, two);
}

#[test]
fn paths_and_lints_restrict_what_is_told() {
    let site = hostile();
    let path = format!("_posts/2020-05-10-{}.md", HOSTILE[0]);
    let document = Html::parse_document(&page(&site, &[&path, "--skip", "links,duplicates"]));
    assert_eq!(figure(&document, "posts with findings"), 1);
    assert!(text(select(&document, "header")[0]).contains(&format!("only {path}")));
    assert_eq!(select(&document, "#links tbody, #copies details").len(), 0);
    assert!(text(select(&document, "#links")[0]).contains("No lint of this run asks where links lead"));
    assert!(text(select(&document, "#copies")[0]).contains("No lint of this run compares posts"));
}

#[test]
fn a_large_site_makes_no_large_page() {
    let site = site();
    let words =
        |at: usize| (0..150).map(|word| format!("quay{} ", (at / 3 * 977 + word * 31) % 7919)).collect::<String>();
    for at in 0..1500 {
        let body = format!(
            "<p style=\"display:none\"><br></p>\n\n![]({at}.png)\n\n[gone](/2001/gone-{}/)\n\n{}",
            at % 400,
            words(at)
        );
        let name = format!("_posts/{}-0{}-{:02}-{at}.md", 1990 + at % 30, 1 + at % 9, 1 + at % 28);
        fs::write(site.path().join(name), format!("---\ntitle: Post {at}\n---\n{body}\n")).expect("written");
    }
    let page = page(&site, &[]);
    assert!(page.len() < 1_500_000, "{} bytes", page.len());
    let document = Html::parse_document(&page);
    for (part, cut) in [
        ("#posts", "50 are listed; 1,450 more posts with findings are not."),
        ("#copies", "more groups are not."),
        ("#links", "200 are listed; "),
        ("#findings", "40 of 1,500 are listed."),
    ] {
        let shown = text(select(&document, part)[0]);
        assert!(shown.contains(cut), "{part} {}", &shown[shown.len().saturating_sub(300)..]);
    }
}

#[test]
fn an_earlier_report_is_replaced_and_nothing_else() {
    let site = hostile();
    let written = |name: &str| copydesk(site.path(), &["report", "--quiet", "--html", name]);
    assert_eq!(written("report.html").status.code(), Some(0));
    let first = fs::read(site.path().join("report.html")).expect("written");
    fs::write(site.path().join("report.html"), &first[..2000]).expect("cut");
    assert_eq!(written("report.html").status.code(), Some(0));
    assert_eq!(fs::read(site.path().join("report.html")).expect("written").len(), first.len());

    fs::write(site.path().join("index.html"), "<!doctype html>mine").expect("written");
    std::os::unix::fs::symlink("index.html", site.path().join("link.html")).expect("linked");
    for (name, why) in [
        ("index.html", "another file is there already"),
        ("link.html", "it is a link or a folder, not a file"),
        ("_posts/report.html", "it would be a post of the site"),
        ("gone/report.html", "there is no folder gone"),
        ("_posts", "no file to write the page into"),
    ] {
        let output = written(name);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && told.contains(why), "{name}: {told}");
    }
    assert_eq!(fs::read_to_string(site.path().join("index.html")).expect("there"), "<!doctype html>mine");
    let left = fs::read_dir(site.path()).expect("readable").filter_map(Result::ok);
    let left: Vec<_> = left.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    assert!(!left.iter().any(|name| name.ends_with(".tmp")), "{left:?}");
}

#[test]
fn what_cannot_be_read_is_told() {
    let site = hostile();
    let big = fs::File::create(site.path().join("_posts/2024-02-01-<b>big.md")).expect("made");
    big.set_len(65 * 1024 * 1024).expect("grown");
    let output = copydesk(site.path(), &["report", "--html", "-"]);
    assert_eq!(output.status.code(), Some(2), "the page is there, but not of all posts");
    let document = Html::parse_document(&String::from_utf8_lossy(&output.stdout));
    assert!(text(select(&document, "#failures")[0]).contains("_posts/2024-02-01-<b>big.md"));
}
