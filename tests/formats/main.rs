//! The program on a site whose names of files, titles and texts are hostile, in all formats at once: each report is valid,
//! holds what the JSON holds, and nothing that a post says acts in it. The formats themselves are tried in `src/emit`.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The file that each format is written into.
const FILES: [(&str, &str); 8] = [
    ("json", "all.json"),
    ("sarif", "all.sarif"),
    ("gitlab", "gitlab.json"),
    ("junit", "junit.xml"),
    ("checkstyle", "checkstyle.xml"),
    ("rdjson", "rdjson.json"),
    ("markdown", "summary.md"),
    ("github", "log.txt"),
];

/// What names, titles and texts hold. No `/`: these are names of files too.
const HOSTILE: [&str; 6] = [
    "::error file=a.md::owned",
    "##[add-mask]100%0A::add-mask::x",
    "]]><script>alert('1')&amp;",
    "\u{1b}[31mred\u{7}",
    "\u{202e}dm.txt\u{2066}",
    "a|b `c` [d](e) \"f\", g",
];

/// A site in the folder `docs` of a repository, and the reports on it.
struct Reported {
    made: TempDir,
    out: String,
}

impl Reported {
    fn new() -> Self {
        let made = tempfile::tempdir().expect("a folder can be made");
        fs::create_dir_all(made.path().join(".git")).expect("made");
        let posts = made.path().join("docs/_posts");
        fs::create_dir_all(&posts).expect("made");
        fs::write(made.path().join("docs/_config.yml"), "title: Test\n").expect("written");
        for (day, words) in HOSTILE.iter().enumerate() {
            let name = format!("2024-01-{:02}-{words}.md", day + 1);
            fs::write(posts.join(name), post(words)).expect("written");
        }
        // A file that cannot be read: larger than any post.
        let big = fs::File::create(posts.join("2024-02-01-::error::big.md")).expect("made");
        big.set_len(65 * 1024 * 1024).expect("grown");
        let mut arguments =
            vec!["check".to_owned(), "--root".into(), "docs".into(), "--preset".into(), "strict".into()];
        for (format, file) in FILES {
            arguments.extend(["--format".into(), format!("{format}={file}")]);
        }
        let output = copydesk(made.path(), &arguments);
        assert_eq!(output.status.code(), Some(2), "a file could not be read");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        Self { out: String::from_utf8(output.stdout).expect("UTF-8"), made }
    }

    fn text(&self, format: &str) -> String {
        let (_, file) = FILES.iter().find(|(name, _)| *name == format).expect("a format of the list");
        fs::read_to_string(self.made.path().join(file)).expect("the report was written")
    }

    fn value(&self, format: &str) -> Value {
        serde_json::from_str(&self.text(format)).expect("JSON")
    }

    /// The diagnostics that are shown, as the JSON has them.
    fn shown(&self) -> Vec<Value> {
        let all = self.value("json")["diagnostics"].take();
        let all = all.as_array().expect("an array").iter();
        all.filter(|one| one["verdict"] == "reported").cloned().collect()
    }
}

/// A post with many faults, in a line of 10,000 characters.
fn post(words: &str) -> String {
    let title = words.replace('\\', "\\\\").replace('"', "\\\"").replace('\u{1b}', "\\e").replace('\u{7}', "\\a");
    let faults = format!(
        "<p style=\"display:none\"><br></p> Fran\u{fffd}ois {words} [go](<gone {words}>) ![]({}) [](#x)\n\n",
        "x".repeat(10_000)
    );
    let same =
        "The harbour was quiet that morning, and nobody on the quay had seen the ferry leave before dawn. ".repeat(8);
    format!("---\ntitle: \"{title}\"\n---\n{}\n\n{same}\n", faults.repeat(4))
}

fn copydesk(folder: &Path, arguments: &[String]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.args(arguments).current_dir(folder).env("LC_ALL", "C.UTF-8").env("NO_COLOR", "1");
    command.stdin(Stdio::null()).output().expect("the program can be started")
}

fn array(value: &Value) -> &[Value] {
    value.as_array().expect("an array")
}

#[track_caller]
fn is_valid(schema: &str, document: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(schema);
    let schema = serde_json::from_str(&fs::read_to_string(path).expect("the schema is there")).expect("JSON");
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
    let faults: Vec<String> = validator.iter_errors(document).map(|fault| fault.to_string()).collect();
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn every_report_holds_what_the_json_holds() {
    let reported = Reported::new();
    assert_eq!(reported.out, "", "all reports go into files");
    let shown = reported.shown();
    assert!(shown.len() > HOSTILE.len() * 3, "only {} diagnostics", shown.len());
    let failures = array(&reported.value("json")["failures"]).len();
    assert_eq!(failures, 1);

    let sarif = reported.value("sarif");
    is_valid("sarif-2.1.0.json", &sarif);
    assert_eq!(array(&sarif["runs"][0]["results"]).len(), shown.len());
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);

    let gitlab = reported.value("gitlab");
    is_valid("gitlab.json", &gitlab);
    assert_eq!(array(&gitlab).len(), shown.len() + failures);

    let rdjson = reported.value("rdjson");
    is_valid("rdjson.json", &rdjson);
    assert_eq!(array(&rdjson["diagnostics"]).len(), shown.len() + failures);

    for (format, element, more) in [("checkstyle", "error", failures), ("junit", "testcase", failures)] {
        let text = reported.text(format);
        let document = roxmltree::Document::parse(&text).expect("well-formed XML");
        let count = document.descendants().filter(|node| node.has_tag_name(element)).count();
        assert_eq!(count, shown.len() + more, "{format}");
    }
}

#[test]
fn places_are_those_of_the_json() {
    let reported = Reported::new();
    let (sarif, rdjson, gitlab) = (reported.value("sarif"), reported.value("rdjson"), reported.value("gitlab"));
    for (at, one) in reported.shown().iter().enumerate() {
        let path = format!("docs/{}", one["path"].as_str().expect("a path"));
        let result = &sarif["runs"][0]["results"][at];
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("a URI");
        assert_eq!(decoded(uri), path);
        let (start, end) = (&one["range"]["start"], &one["range"]["end"]);
        let region = &place["region"];
        assert_eq!((&region["startLine"], &region["startColumn"]), (&start["line"], &start["column"]), "{result}");
        assert_eq!((&region["endLine"], &region["endColumn"]), (&end["line"], &end["column"]), "{result}");
        assert_eq!(result["partialFingerprints"]["copydesk/v1"], one["fingerprint"]);
        let rule =
            &sarif["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().expect("a number") as usize];
        assert_eq!((&result["ruleId"], &rule["id"]), (&one["lint"], &one["lint"]));
        assert!(rule["help"]["markdown"].as_str().is_some_and(|help| help.contains("## What to do")), "{rule}");

        let place = &rdjson["diagnostics"][at]["location"];
        assert_eq!((place["path"].as_str(), &place["range"]["start"]["line"]), (Some(&*path), &start["line"]));
        // The column counts the bytes between the start of the line and the place.
        let text = fs::read_to_string(reported.made.path().join(&path)).expect("readable");
        let span = one["span"]["start"].as_u64().expect("a number") as usize;
        let column = span - text[..span].rfind('\n').map_or(0, |end| end + 1) + 1;
        assert_eq!(place["range"]["start"]["column"], column, "{one}");

        let place = &gitlab[at]["location"];
        assert_eq!((place["path"].as_str(), &place["lines"]["begin"]), (Some(&*path), &start["line"]));
    }
}

/// What a relative reference stands for.
fn decoded(uri: &str) -> String {
    let mut bytes = vec![];
    let mut rest = uri.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let digits = std::str::from_utf8(&after[..2]).expect("two digits");
            bytes.push(u8::from_str_radix(digits, 16).expect("hexadecimal"));
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn copies_point_at_each_other() {
    let reported = Reported::new();
    let sarif = reported.value("sarif");
    let results = array(&sarif["runs"][0]["results"]);
    let elsewhere = results.iter().filter(|result| {
        let own = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        let related = result["relatedLocations"].as_array().into_iter().flatten();
        let others = related.filter(|one| one["physicalLocation"]["artifactLocation"]["uri"] != *own).count();
        others > 0 && result["message"]["text"].as_str().is_some_and(|text| text.contains("](1)"))
    });
    assert!(elsewhere.count() > 0, "no result tells of another post");
}

#[test]
fn the_log_of_github_obeys_copydesk_alone() {
    let reported = Reported::new();
    let log = reported.text("github");
    let mut stopped: Option<&str> = None;
    let mut kinds = [("error", 0), ("warning", 0), ("notice", 0)];
    let mut logged = 0;
    for line in log.lines() {
        assert!(!line.contains(char::is_control), "{line:?}");
        let command = line.trim_start().strip_prefix("::");
        match (stopped, command) {
            (None, Some(command)) => match command.strip_prefix("stop-commands::") {
                Some(token) => stopped = Some(token),
                None => {
                    let kind = kinds.iter_mut().find(|(name, _)| command.starts_with(&format!("{name} file=docs/")));
                    kind.unwrap_or_else(|| panic!("{line}")).1 += 1;
                }
            },
            (Some(token), Some(command)) => {
                assert_eq!(command, format!("{token}::"));
                stopped = None;
            }
            (Some(_), None) => logged += 1,
            (None, None) => assert!(line.starts_with("6 posts: "), "{line}"),
        }
        // A command of the older form may stand anywhere in a line that is none of the newer form.
        assert!(command.is_some() || !line.contains("##["), "{line}");
    }
    assert_eq!(stopped, None);
    assert!(kinds.iter().all(|(_, count)| *count <= 10), "{kinds:?}");
    let annotated: usize = kinds.iter().map(|(_, count)| count).sum();
    assert_eq!(annotated + logged, reported.shown().len() + 1);
    assert!(logged > 0);
}

#[test]
fn the_summary_counts_what_is_shown() {
    let reported = Reported::new();
    let summary = reported.text("markdown");
    let items = summary.lines().filter(|line| line.starts_with("* ")).count();
    assert_eq!(items, reported.shown().len() + 1);
    let own = ["<code>", "</code>", "<details>", "</details>", "<summary>", "</summary>"];
    let bare = own.iter().fold(summary, |text, tag| text.replace(tag, ""));
    assert!(!bare.contains('<') && !bare.contains('`') && !bare.contains("]("), "{bare}");
}

#[test]
fn equal_runs_write_equal_reports() {
    let (one, other) = (Reported::new(), Reported::new());
    for (format, _) in FILES.iter().filter(|(format, _)| !["json", "markdown", "github"].contains(format)) {
        assert_eq!(one.text(format), other.text(format), "{format}");
    }
}
