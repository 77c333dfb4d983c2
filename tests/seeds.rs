//! Four real posts, three scraped and one assembled from documents of a download site: what copydesk must say about them,
//! line by line, and nothing at `warn` or above that is not listed here with its reason.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

const SCRAPED: [&str; 3] = ["000_a5d8383b549ab0e6.md", "001_21f8c62d6ea12de8.md", "002_8e5239ca2f79c0ce.md"];
const ASSEMBLED: &str = "003_aa6463bdf7e123f5.md";

/// File, lint, line, number of places.
type Row = (String, String, u64, usize);

/// What the command says with all lints on and Jekyll's habits, places of one diagnostic counted by line.
fn said() -> Vec<(Row, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/seeds");
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    let command = command.args(["check", "--generator", "jekyll", "--preset", "strict", "-f", "json", "--root"]);
    let output = command.arg(&folder).output().expect("the command runs");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let mut rows: BTreeMap<(String, String, u64), (usize, String)> = BTreeMap::new();
    for diagnostic in report["diagnostics"].as_array().expect("an array") {
        if diagnostic["verdict"] != "reported" {
            continue;
        }
        let own = std::iter::once(&diagnostic["range"]);
        let related = diagnostic["related"].as_array().expect("an array").iter();
        let also = related.filter(|place| place["message"] == "also here").map(|place| &place["range"]);
        for range in own.chain(also) {
            let text = |key: &str| diagnostic[key].as_str().expect("text").to_owned();
            let line = range["start"]["line"].as_u64().expect("a line");
            let row = rows.entry((text("path"), text("lint"), line)).or_insert((0, text("level")));
            row.0 += 1;
        }
    }
    rows.into_iter().map(|((path, lint, line), (count, level))| ((path, lint, line, count), level)).collect()
}

/// File, lint, lines with numbers of places.
type Expected = (&'static str, &'static str, Vec<(u64, usize)>);

/// What must be said.
fn golden() -> Vec<Expected> {
    let mut rows = vec![
        (SCRAPED[0], "hidden-empty-element", vec![(8, 2)]),
        (SCRAPED[0], "widget-comment", vec![(8, 4)]),
        (SCRAPED[0], "image-hotlink", vec![(8, 2)]),
        (SCRAPED[0], "link-token-in-url", vec![(8, 2)]),
        (SCRAPED[0], "image-alt-debris", vec![(8, 2)]),
        (ASSEMBLED, "front-matter-missing", vec![(1, 1)]),
        (ASSEMBLED, "navigation-footer", vec![(3, 1), (427, 1), (428, 1)]),
        (ASSEMBLED, "heading-repeated", [7, 49, 85, 117, 153, 191, 287, 317].map(|line| (line, 1)).to_vec()),
        (ASSEMBLED, "heading-glued-to-paragraph", [9, 51, 87, 155, 289, 319].map(|line| (line, 1)).to_vec()),
        (ASSEMBLED, "empty-quotation", vec![(289, 1)]),
        (ASSEMBLED, "document-farm-notice", vec![(347, 1), (348, 1), (349, 1)]),
    ];
    for post in SCRAPED {
        rows.push((post, "single-line-html", vec![(8, 1)]));
        rows.push((post, "source-attribution", vec![(8, 1)]));
        rows.push((post, "source-share-link", vec![(10, 1)]));
        rows.push((post, "navigation-footer", vec![(12, 1)]));
        rows.push((post, "link-protocol-relative", vec![(12, 2)]));
    }
    rows
}

#[test]
fn everything_on_the_golden_list_is_said_at_its_line() {
    let said = said();
    let find = |path: &str, lint: &str| -> Vec<(u64, usize)> {
        let rows = said.iter().filter(|((p, l, ..), _)| p == path && l == lint);
        rows.map(|((_, _, line, count), _)| (*line, *count)).collect()
    };
    for (path, lint, lines) in golden() {
        assert_eq!(find(path, lint), lines, "{path}: {lint}");
    }
    for post in SCRAPED {
        assert!(find(post, "foreign-cms-markup").iter().all(|(line, _)| *line == 8), "{post}");
        assert!(!find(post, "foreign-cms-markup").is_empty(), "{post}");
    }
    let lines = |lint: &str| find(ASSEMBLED, lint).into_iter().map(|(line, _)| line).collect::<Vec<_>>();
    assert_eq!(lines("placeholder-text"), [289, 291, 295, 297, 299, 319, 337, 343, 345]);
    // One place that covers the three lines 119 to 121.
    assert_eq!(lines("page-number-debris"), [119]);
    assert!(lines("cjk-inner-space").iter().any(|line| (119..=149).contains(line)), "{:?}", lines("cjk-inner-space"));
    assert!(lines("cjk-inner-space").contains(&263), "{:?}", lines("cjk-inner-space"));
    assert!(!lines("mixed-width-punctuation").is_empty());
    assert!(!lines("concatenated-documents").is_empty());
}

/// Errors and warnings beyond the golden list, each with the reason why a careful editor agrees.
const MORE: &[(&str, &str, &str)] = &[];

#[test]
fn nothing_else_is_said_at_warn_or_above() {
    let golden = golden();
    let by_hand =
        ["foreign-cms-markup", "placeholder-text", "page-number-debris", "cjk-inner-space", "concatenated-documents"];
    for ((path, lint, line, _), level) in said() {
        let is_listed = golden.iter().any(|(p, l, _)| *p == path && *l == lint) || by_hand.contains(&&*lint);
        let is_explained = MORE.iter().any(|(p, l, _)| *p == path && *l == lint);
        assert!(level == "info" || is_listed || is_explained, "{path}:{line}: {level}[{lint}]");
    }
}

/// The site that the three posts came from gives `url` its own host, so what their last lines link to is on the site: its front
/// page is there, and the pages of categories are made by a plug-in that the sources do not show.
#[test]
fn the_last_lines_link_to_the_site_itself() {
    let site = tempfile::tempdir().expect("a folder can be made");
    let posts = site.path().join("_posts");
    std::fs::create_dir(&posts).expect("a folder can be made");
    std::fs::write(site.path().join("_config.yml"), "url: https://finews.withounder.com\ntimezone: Asia/Shanghai\n")
        .expect("written");
    let seeds = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/seeds");
    for (day, name) in (1..).zip(SCRAPED) {
        std::fs::copy(seeds.join(name), posts.join(format!("2022-06-0{day}-{name}"))).expect("copied");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    let output = command.args(["links", "-f", "csv", "--root"]).arg(site.path()).output().expect("the command runs");
    let table = String::from_utf8(output.stdout).expect("UTF-8");
    let verdicts = |address: &str| {
        let rows = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
        rows.filter(|row| row[1] == address).map(|row| row[2].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(verdicts("//finews.withounder.com/"), ["ok"; 3], "{table}");
    assert_eq!(verdicts("//finews.withounder.com/category/zhongguowangcaijing.html"), ["unverified"; 2], "{table}");
    assert_eq!(verdicts("//finews.withounder.com/category/zhongguoyinxingbaoxianbao.html"), ["unverified"], "{table}");
}
