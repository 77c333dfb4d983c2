//! The editor says what the command line says: of a text while it is written, what `copydesk - --stdin-filename` says of it; of
//! the whole site, what `copydesk check` says once all is saved. For random sites and random edits, lints of the corpus included.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::client::Client;
use super::{long, post, pulling, site, uri};

const NAMES: [&str; 4] = ["a.md", "b.md", "c.md", "港 d.md"];

/// What is said: file, lint, and how many characters stand before the place. The protocol ends lines at CR, too, where the command
/// line does not: neither counts lines as the other does.
type Said = BTreeSet<(String, String, usize)>;

/// What posts are made of, and what is typed into them.
fn pieces() -> Vec<String> {
    let short = [
        "See [nothing]() and [a place](./b.md#nowhere), 港🎉 and [more]().",
        "See [another](./c.md) and [one](./none.md).",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
        "The set\u{200B}tings, and 今天的港口🎉很安\u{200B}静。",
        "<!-- copydesk-disable-next-line link-empty-address: on purpose -->\nSee [nothing]().",
        "<!-- copydesk-disable-file placeholder-text: not there -->",
        "# The lock",
        "---\ntitle: again\n---",
        "\r\n",
        "",
    ];
    [long("It rained."), long("Snow fell.")].into_iter().chain(short.map(str::to_owned)).collect()
}

/// One thing that a writer does.
#[derive(Clone, Debug)]
enum Step {
    /// Takes out so many characters at a place (in thousandths of the text), and types a piece.
    Type { at: usize, out: usize, piece: usize },
    /// Saves, and goes to another post.
    Turn { to: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let count = pieces().len();
    prop_oneof![
        5 => (0..=1000_usize, 0..40_usize, 0..count).prop_map(|(at, out, piece)| Step::Type { at, out, piece }),
        1 => (0..NAMES.len()).prop_map(|to| Step::Turn { to }),
    ]
}

/// What the program says of the site with these texts, one of which may take the place of its file.
fn checked(site: &TempDir, texts: &[String], unsaved: Option<usize>) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(site.path()).args(["check", "-f", "json", "-q", "--no-cache"]);
    if let Some(at) = unsaved {
        command.args(["-", "--stdin-filename", NAMES[at]]);
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
    let text = unsaved.map_or("", |at| &texts[at]);
    child.stdin.take().expect("piped").write_all(text.as_bytes()).expect("it reads");
    let report: Value = serde_json::from_slice(&child.wait_with_output().expect("it ends").stdout).expect("JSON");
    let all = report["diagnostics"].as_array().expect("a list").iter();
    let word = |one: &Value, key: &str| one[key].as_str().expect("a word").to_owned();
    let place = |one: &Value| {
        let number = |key: &str| one["range"]["start"][key].as_u64().expect("a number") as usize - 1;
        let path = word(one, "path");
        let text = &texts[NAMES.iter().position(|name| *name == path).expect("a post")];
        let before: usize = text.split_inclusive('\n').take(number("line")).map(|line| line.chars().count()).sum();
        (path, word(one, "lint"), before + number("column"))
    };
    all.filter(|one| one["verdict"] == "reported").map(place).collect()
}

/// The same of diagnostics in an answer about a text.
fn told(name: &str, text: &str, items: &Value) -> Said {
    let starts = starts(text);
    let place = |one: &Value| {
        let number = |key: &str| one["range"]["start"][key].as_u64().expect("a number") as usize;
        let before = text[..starts[number("line")]].chars().count();
        (name.to_owned(), one["code"].as_str().expect("a name").to_owned(), before + number("character"))
    };
    items.as_array().into_iter().flatten().map(place).collect()
}

/// A writer at work.
struct Writer {
    site: TempDir,
    client: Client,
    texts: Vec<String>,
    at: usize,
    version: i64,
}

impl Writer {
    fn new(bodies: &[(usize, usize)]) -> Self {
        let pieces = pieces();
        let text = |(index, (one, other)): (usize, &(usize, usize))| {
            post(["A", "The lock", "C", "The lock"][index], &format!("{}\n\n{}", pieces[*one], pieces[*other]))
        };
        let texts: Vec<String> = bodies.iter().enumerate().map(text).collect();
        let site = site(&[]);
        let files = NAMES.iter().zip(&texts);
        files.for_each(|(name, text)| fs::write(site.path().join(name), text).expect("written"));
        let mut capabilities = pulling();
        capabilities["general"] = json!({"positionEncodings": ["utf-32"]});
        let (client, _) = Client::initialized(site.path(), capabilities);
        let mut writer = Self { site, client, texts, at: 0, version: 0 };
        writer.open();
        writer
    }

    fn uri(&self) -> String {
        uri(&self.site, NAMES[self.at])
    }

    fn open(&mut self) {
        let (uri, text) = (self.uri(), self.texts[self.at].clone());
        self.client.open(&uri, &text);
        self.version = 1;
    }

    fn save(&self) {
        fs::write(self.site.path().join(NAMES[self.at]), &self.texts[self.at]).expect("written");
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Turn { to } => {
                self.save();
                let uri = self.uri();
                self.client.tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
                self.at = *to;
                self.open();
            }
            Step::Type { at, out, piece } => {
                let text = &self.texts[self.at];
                let characters: Vec<char> = text.chars().collect();
                // Between CR and LF is no place, to the protocol.
                let place = |at: usize| at + usize::from(at > 0 && characters[at - 1..].starts_with(&['\r', '\n']));
                let start = place(at * characters.len() / 1000);
                let end = place((start + out).min(characters.len()));
                let before: String = characters[..start].iter().collect();
                let removed: String = characters[start..end].iter().collect();
                let after: String = characters[end..].iter().collect();
                let inserted = pieces()[*piece].clone();
                let (from, to) = (position(&before), position(&format!("{before}{removed}")));
                self.texts[self.at] = format!("{before}{inserted}{after}");
                self.version += 1;
                let changes = json!([{"range": {"start": from, "end": to}, "text": inserted}]);
                let uri = self.uri();
                let document = json!({"uri": uri, "version": self.version});
                let params = json!({"textDocument": document, "contentChanges": changes});
                self.client.tell("textDocument/didChange", params);
            }
        }
    }

    /// Waits until the server says what is expected: what the site says comes later, and a refresh tells that it has.
    fn expect(&mut self, expected: &Said, mut ask: impl FnMut(&mut Self) -> Said) {
        loop {
            let found = ask(self);
            if found == *expected {
                return;
            }
            let what = format!("{found:?}\nwhere\n{expected:?}\nwas expected of {:?}", self.texts[self.at]);
            self.client.wait(&what, |message| message["method"] == "workspace/diagnostic/refresh");
        }
    }

    fn expect_post(&mut self) {
        let expected = checked(&self.site, &self.texts, Some(self.at));
        self.expect(&expected, |writer| {
            let params = json!({"textDocument": {"uri": writer.uri()}});
            let answer = writer.client.ask("textDocument/diagnostic", params);
            told(NAMES[writer.at], &writer.texts[writer.at], &answer["result"]["items"])
        });
    }

    fn expect_site(&mut self) {
        self.save();
        let expected = checked(&self.site, &self.texts, None);
        self.expect(&expected, |writer| {
            let answer = writer.client.ask("workspace/diagnostic", json!({"previousResultIds": []}))["result"].clone();
            let of_post = |(name, text): (&&str, &String)| {
                let uri = uri(&writer.site, name);
                let items = answer["items"].as_array().expect("a list").iter();
                let report = items.filter(|one| one["uri"] == uri).map(|one| told(name, text, &one["items"]));
                report.flatten().collect::<Vec<_>>()
            };
            NAMES.iter().zip(&writer.texts).flat_map(of_post).collect()
        });
    }
}

/// Where lines begin, as the protocol has them.
fn starts(text: &str) -> Vec<usize> {
    let ends = text.char_indices().filter(|(at, c)| *c == '\n' || *c == '\r' && !text[at + 1..].starts_with('\n'));
    std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
}

/// The position behind a text, in characters.
fn position(text: &str) -> Value {
    let starts = starts(text);
    let last = &text[starts[starts.len() - 1]..];
    json!({"line": starts.len() - 1, "character": last.chars().count()})
}

proptest! {
    // A case takes a server, and a run of the program for each step.
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_editor_says_what_the_command_line_says(
        bodies in prop::collection::vec((0..12_usize, 0..12_usize), NAMES.len()),
        steps in prop::collection::vec(step(), 1..10),
    ) {
        let mut writer = Writer::new(&bodies);
        writer.expect_site();
        for step in &steps {
            writer.take(step);
            writer.expect_post();
        }
        writer.expect_site();
        prop_assert_eq!(writer.client.end(), Some(0));
    }
}
