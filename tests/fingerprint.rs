//! `copydesk fingerprint` and the definition it follows: docs/fingerprint.md, whose vectors were computed from its text alone.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use copydesk::fingerprint::{Sketch, Words};
use serde_json::{Value, json};

const DEFINITION: &str = include_str!("../docs/fingerprint.md");
const VECTORS: &str = include_str!("fingerprint/vectors.json");

fn vectors() -> Vec<Value> {
    serde_json::from_str(VECTORS).expect("the vectors are JSON")
}

fn str_of<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().expect("the vectors are complete")
}

fn hex(values: &[u64]) -> Value {
    values.iter().map(|value| format!("{value:016x}")).collect()
}

/// The records that the program answers `input` with, and its exit status.
fn answers(arguments: &[&str], input: &[u8]) -> (Vec<Value>, Option<i32>) {
    let Output { stdout, status, .. } = run(arguments, input);
    let text = String::from_utf8(stdout).expect("the output is UTF-8");
    assert!(text.is_empty() || text.ends_with('\n'));
    (text.lines().map(|line| serde_json::from_str(line).expect(line)).collect(), status.code())
}

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.arg("fingerprint").args(arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program can be started");
    let mut stdin = child.stdin.take().expect("its input is a pipe");
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input).expect("it reads its input"));
        child.wait_with_output().expect("it ends")
    })
}

#[test]
fn the_vectors_hold() {
    for vector in vectors() {
        let words = Words::of_plain(str_of(&vector, "text"));
        let sketch = Sketch::of(&words, &|_| true);
        let is_empty = sketch.shingles == 0;
        let seen = json!({
            "text": vector["text"],
            "form": words.text,
            "exact": &blake3::hash(words.text.as_bytes()).to_hex()[..32],
            "tokens": words.tokens.len(),
            "shingles": sketch.shingles,
            "simhash": format!("{:016x}", sketch.simhash),
            "minima": if is_empty { vec![] } else { sketch.minima.0.to_vec() },
            "bands": if is_empty { json!([]) } else { hex(&sketch.minima.bands()) },
            "winnowed": hex(&sketch.winnowed),
        });
        assert_eq!(seen, vector);
    }
}

#[test]
fn the_definition_shows_the_short_vectors() {
    let quoted = |value: &Value| format!("`{value}`");
    let row = |vector: &Value| {
        let (text, form) = (quoted(&vector["text"]), quoted(&vector["form"]));
        let (tokens, shingles) = (&vector["tokens"], &vector["shingles"]);
        format!("| {text} | {form} | {tokens} | {shingles} | `{}` |", str_of(vector, "simhash"))
    };
    let short = vectors().into_iter().filter(|vector| str_of(vector, "text").chars().count() < 60);
    let rows: Vec<String> = short.map(|vector| row(&vector)).collect();
    let shown: Vec<&str> = DEFINITION.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(shown, rows);
}

#[test]
fn the_program_gives_what_the_definition_says() {
    let vectors = vectors();
    let input: String = vectors
        .iter()
        .enumerate()
        .map(|(id, vector)| format!("{}\n", json!({"id": id, "text": vector["text"]})))
        .collect();
    let (records, status) = answers(&["--markup", "plain"], input.as_bytes());
    assert_eq!((records.len(), status), (vectors.len(), Some(0)));
    for (id, (record, vector)) in records.iter().zip(&vectors).enumerate() {
        let signed = |hex: &Value| {
            let hex = hex.as_str().expect("the vectors hold hexadecimal digits");
            u64::from_str_radix(hex, 16).expect(hex).cast_signed()
        };
        let bands: Vec<i64> = vector["bands"].as_array().expect("bands are a list").iter().map(signed).collect();
        let expected = json!({
            "id": id, "algo": "copydesk-1", "exact": vector["exact"], "fp": signed(&vector["simhash"]),
            "n_tokens": vector["tokens"], "n_shingles": vector["shingles"], "bands": bands, "minima": vector["minima"],
            "error": null,
        });
        assert_eq!(*record, expected);
    }
    let (threaded, _) = answers(&["--markup", "plain", "--jobs", "3"], input.as_bytes());
    assert_eq!(threaded, records);
}

#[test]
fn markdown_counts_as_readers_see_it() {
    let post =
        json!({"id": "a", "text": "---\ntitle: x\n---\n# The *tide*\n\n```\ncode\n```\n\n[was](/x) out<!-- no -->\n"});
    let plain = json!({"id": "a", "text": "the tide\n\nwas out"});
    let markdown = answers(&[], format!("{post}\n").as_bytes());
    assert_eq!(markdown, answers(&["--markup=plain"], format!("{plain}\n").as_bytes()));
    assert_eq!(markdown.0[0]["n_tokens"], 4);
}

#[test]
fn every_line_is_answered_whatever_is_in_it() {
    let nested = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let stepped_over = format!("{{\"id\": 9, \"x\": {nested}, \"text\": \"a\"}}");
    let looked_for = format!("{{\"text\": {nested}, \"id\": 10}}");
    let cases: Vec<(&[u8], Value, &str)> = vec![
        (b"{\"id\": 1, \"text\": \"a\", \"other\": [1, {}]}", json!(1), ""),
        (b"{\"text\": \"a\", \"id\": \"\xe6\xb8\xaf\"}\r", json!("港"), ""),
        (b"", json!(null), "not a JSON object"),
        (b"nonsense", json!(null), "not a JSON object"),
        (b"[1]", json!(null), "not a JSON object"),
        (b"{\"id\": 3, \"text\": \"a\"} {}", json!(3), "not a JSON object"),
        (b"{\"id\": 4}", json!(4), "member `text` is missing"),
        (b"{\"id\": 5, \"text\": null}", json!(5), "member `text` is no string"),
        (b"{\"text\": \"a\"}", json!(null), "member `id` is missing"),
        (b"{\"id\": 1.5, \"text\": \"a\"}", json!(null), "member `id` is neither a string nor an integer"),
        (b"{\"text\": \"\\ud800\", \"id\": 6}", json!(6), "not a JSON object"),
        (b"{\"id\": 7, \"text\": \"\xff\"}", json!(7), "not a JSON object"),
        (b"{\"id\": 8, \"text\": \"a", json!(8), "not a JSON object"),
        (stepped_over.as_bytes(), json!(9), ""),
        (looked_for.as_bytes(), json!(10), "not a JSON object"),
        (b"{\"id\": 18446744073709551615, \"text\": \"\"}", json!(u64::MAX), ""),
    ];
    let input: Vec<&[u8]> = cases.iter().map(|(line, ..)| *line).collect();
    let (records, status) = answers(&[], &input.join(&b'\n'));
    assert_eq!((records.len(), status), (cases.len(), Some(1)));
    for (record, (line, id, error)) in records.iter().zip(&cases) {
        let line = String::from_utf8_lossy(&line[..line.len().min(80)]).into_owned();
        assert_eq!(record["id"], *id, "{line}");
        match record["error"].as_str() {
            Some(seen) => assert!(!error.is_empty() && seen.starts_with(error), "{line}: {seen}"),
            None => assert!(error.is_empty() && record["exact"].is_string(), "{line}: {record}"),
        }
        let names: Vec<&str> = record.as_object().expect("a record is an object").keys().map(String::as_str).collect();
        assert_eq!(names.join(" "), "id algo exact fp n_tokens n_shingles bands minima error", "{line}");
    }
}

#[test]
fn a_line_that_is_too_long_is_answered_and_stepped_over() {
    let mut input = b"{\"id\": 1, \"text\": \"".to_vec();
    input.resize(64 * 1024 * 1024 + 1, b'a');
    input.extend(b"\"}\n{\"id\": 2, \"text\": \"b\"}\n");
    let (records, status) = answers(&[], &input);
    assert_eq!((records.len(), status), (2, Some(1)));
    assert!(records[0]["error"].as_str().expect("it has an error").starts_with("the line is longer than"));
    assert_eq!((&records[1]["id"], &records[1]["error"]), (&json!(2), &Value::Null));
}

#[test]
fn empty_input_is_answered_with_nothing() {
    assert_eq!(answers(&[], b""), (vec![], Some(0)));
}

#[test]
fn each_line_is_answered_before_the_next_is_written() {
    use std::io::{BufRead, BufReader};
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    let mut child = command.arg("fingerprint").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("its input is a pipe");
    let mut lines = BufReader::new(child.stdout.take().expect("its output is a pipe")).lines();
    for id in 0..3 {
        writeln!(stdin, "{{\"id\": {id}, \"text\": \"a\"}}").expect("it reads its input");
        let line = lines.next().expect("it answers").expect("its output is text");
        assert!(line.starts_with(&format!("{{\"id\":{id},")), "{line}");
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn members_may_have_other_names() {
    let line = b"{\"url\": \"/a\", \"body\": \"a b\", \"id\": 1, \"text\": 2}\n";
    let (records, status) = answers(&["--id-field", "url", "--text-field", "body"], line);
    assert_eq!((&records[0]["id"], &records[0]["n_tokens"], status), (&json!("/a"), &json!(2), Some(0)));
}
