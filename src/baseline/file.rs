//! `copydesk.baseline.yaml`: a line for each fault, sorted, so that versions of it merge like text.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;

use super::{Baseline, Fault};
use crate::diagnostic::Notice;
use crate::source::Span;
use crate::spanned::de::{Located, from_node};
use crate::spanned::{Error, yaml};

/// Name of the file in the site root.
pub const FILE_NAME: &str = "copydesk.baseline.yaml";

/// The version of the format that is written and read.
const VERSION: u32 = 1;

/// The first lines.
const HEAD: &str = "# Faults that are known and not told of. `copydesk --update-baseline` writes this file anew,\n\
                    # `copydesk --prune-baseline` takes out what is mended.\n";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: Located<u32>,
    #[serde(default)]
    faults: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    post: String,
    lint: String,
    text: String,
    of: String,
    #[serde(default = "once")]
    count: usize,
}

fn once() -> usize {
    1
}

/// Reads a baseline; `path` is the file as the user would name it.
///
/// # Errors
/// Where the file is no baseline, or one of a newer version. Nothing of it is used then.
pub fn read(path: &str, text: &str) -> Result<Baseline, Notice> {
    let notice = |error: Error| Notice {
        message: error.message,
        help: error.help,
        path: path.into(),
        text: text.into(),
        span: error.span,
    };
    let wrong = |message: &str, help: &str, span: Span| {
        notice(Error { message: message.to_owned(), help: Some(help.to_owned()), span, layer: 0 })
    };
    if let Some(at) = conflict(text) {
        let help = "keep the lines of both sides, or take one and run `copydesk --update-baseline`";
        return Err(wrong("a merge left its marks here", help, at));
    }
    let file: File = yaml::parse(text).and_then(|root| from_node(&root)).map_err(notice)?;
    if file.version.value != VERSION {
        let help = "update copydesk, or write the baseline anew with `--update-baseline` after moving this file away";
        return Err(wrong("this baseline was written by another version of copydesk", help, file.version.span));
    }
    let mut entries: BTreeMap<Fault, usize> = BTreeMap::new();
    for Line { post, lint, text, of, count } in file.faults {
        *entries.entry(Fault { post, lint, text, of }).or_default() += count;
    }
    Ok(Baseline { entries })
}

/// The line at which a merge stopped.
fn conflict(text: &str) -> Option<Span> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if ["<<<<<<< ", "=======", ">>>>>>> "].iter().any(|mark| line.starts_with(mark)) {
            return Some(Span::new(at, at + line.trim_end().len()));
        }
        at += line.len();
    }
    None
}

/// The text of a baseline.
pub fn written(baseline: &Baseline) -> String {
    let mut out = format!("{HEAD}version: {VERSION}\nfaults:");
    if baseline.is_empty() {
        out.push_str(" []");
    }
    out.push('\n');
    for (fault, count) in &baseline.entries {
        // A text in JSON is one in YAML.
        let post = serde_json::Value::from(&*fault.post);
        let Fault { lint, text, of, .. } = fault;
        let count = if *count == 1 { String::new() } else { format!(", count: {count}") };
        let _ = writeln!(out, "  - {{post: {post}, lint: {lint}, text: \"{text}\", of: \"{of}\"{count}}}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let fault = |post: &str, text: &str| Fault::new(post, "A title", "soft-pear", text);
        let faults = [fault("a \"b\" 港.md", "x"), fault("a.md", "x"), fault("a.md", "x"), fault("a.md", "y")];
        let baseline = Baseline::of(faults);
        let text = written(&baseline);
        assert_eq!(text.lines().count(), 4 + 3, "a line for each: {text}");
        assert_eq!(read("b.yaml", &text), Ok(baseline));
        assert_eq!(read("b.yaml", &written(&Baseline::default())), Ok(Baseline::default()));
    }

    #[test]
    fn what_is_no_baseline_is_told_of() {
        let line = "  - {post: a.md, lint: b, text: c, of: d}\n";
        for (text, message, marked) in [
            ("version: 2\nfaults: []\n".to_owned(), "this baseline was written by another version of copydesk", "2"),
            (format!("version: 1\nfaults:\n<<<<<<< ours\n{line}"), "a merge left its marks here", "<<<<<<< ours"),
            (format!("version: 1\nfaults:\n{line}=======\n"), "a merge left its marks here", "======="),
            ("version: 1\nfalts: []\n".to_owned(), "unknown key `falts`", "falts"),
            ("version: 1\nfaults: [{post: a}]\n".to_owned(), "`lint` is missing", "post"),
            ("version: 1\nfaults: [1]\n".to_owned(), "expected a mapping, found a number", "1"),
        ] {
            let notice = read("b.yaml", &text).expect_err(&text);
            assert_eq!((notice.message.as_str(), &text[notice.span.range()]), (message, marked), "{text}");
        }
        assert!(read("b.yaml", "version: [").is_err());
    }
}
