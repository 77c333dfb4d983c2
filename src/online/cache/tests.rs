//! The cache and its file.

use std::{fs, thread};

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder can be made")
}

fn hop(status: u16, to: &str) -> Hop {
    Hop { status, to: to.to_owned() }
}

/// A cache on disk with this text as its file.
fn written(text: &[u8]) -> (tempfile::TempDir, Cache) {
    let folder = folder();
    fs::write(folder.path().join(FILE), text).expect("written");
    let cache = Cache::open(folder.path());
    (folder, cache)
}

#[test]
fn what_is_kept_is_read_again() {
    let folder = folder();
    let path = folder.path().join("made/.copydesk_cache");
    let mut cache = Cache::open(&path);
    assert!(!path.exists(), "nothing is made before there is something to write");
    cache.keep("https://a.test/", at("2024-05-01T10:00:00Z"), 200, &[hop(301, "https://b.test/字")], true);
    cache.fail("https://c.test/", at("2024-05-01T10:00:00Z"));
    let entries = cache.entries.clone();
    drop(cache);
    let mut again = Cache::open(&path);
    assert_eq!((again.entries.clone(), again.take_notes()), (entries, vec![]));
    assert_eq!(fs::read_to_string(path.join(".gitignore")).expect("there"), "*\n");
    let text = fs::read_to_string(path.join(FILE)).expect("there");
    assert_eq!(
        text.lines().nth(2),
        Some(
            r#"{"address":"https://c.test/","checked":"2024-05-01T10:00:00Z","first_failed":"2024-05-01T10:00:00Z","failing_runs":1}"#
        )
    );
}

#[test]
fn failures_are_counted_from_the_first_to_the_next_good_answer() {
    let mut cache = Cache::in_memory();
    let [one, two, three] = [1, 2, 3].map(|day| at(&format!("2024-05-0{day}T10:00:00Z")));
    assert_eq!(cache.fail("a", one), (one, 1));
    assert_eq!(cache.fail("a", three), (one, 2));
    cache.keep("a", three, 200, &[], false);
    assert_eq!(cache.fail("a", three), (three, 1));
    assert_eq!(cache.fail("a", two), (two, 2), "the clock was wrong");
}

#[test]
fn two_runs_share_a_file() {
    let folder = folder();
    let [one, two] = [1, 2].map(|day| at(&format!("2024-05-0{day}T10:00:00Z")));
    let mut first = Cache::open(folder.path());
    let mut second = Cache::open(folder.path());
    first.keep("only-first", one, 200, &[], false);
    first.keep("older", one, 200, &[], false);
    first.fail("both-fail", one);
    first.fail("recovered", one);
    first.save();
    second.keep("only-second", one, 200, &[], false);
    second.keep("older", two, 204, &[], false);
    second.fail("both-fail", two);
    second.keep("recovered", two, 200, &[], false);
    second.save();
    // The first run saves once more, and must not undo what the second wrote.
    first.keep("late", one, 200, &[], false);
    first.save();

    let found = Cache::open(folder.path());
    let names: Vec<_> = found.entries.keys().map(String::as_str).collect();
    assert_eq!(names, ["both-fail", "late", "older", "only-first", "only-second", "recovered"]);
    assert_eq!(found.get("older"), Some(&Entry { checked: two, state: State::Good(204, vec![], false) }));
    assert_eq!(found.get("both-fail"), Some(&Entry { checked: two, state: State::Failing { first: one, runs: 1 } }));
    assert_eq!(found.get("recovered"), Some(&Entry { checked: two, state: State::Good(200, vec![], false) }));
}

#[test]
fn many_runs_at_once_lose_nothing() {
    let folder = folder();
    let now = at("2024-05-01T10:00:00Z");
    thread::scope(|scope| {
        for run in 0..4 {
            let path = folder.path();
            scope.spawn(move || {
                let mut cache = Cache::open(path);
                for number in 0..5 {
                    cache.keep(&format!("{run}/{number}"), now, 200, &[], false);
                    cache.save();
                }
                assert_eq!(cache.take_notes(), Vec::<String>::new());
            });
        }
    });
    assert_eq!(Cache::open(folder.path()).entries.len(), 20);
}

#[test]
fn a_damaged_file_is_rebuilt_and_told_once() {
    let good = r#"{"address":"a","checked":"2024-05-01T10:00:00Z","status":200}"#;
    let head = r#"{"copydesk":"links","version":1}"#;
    for (text, kept, told) in [
        (format!("{head}\n{good}\n{{\"address\":\"b\",\"chec"), 1, "1 line is damaged"),
        (format!("{head}\nx\n{good}\n{{}}\n"), 1, "2 lines are damaged"),
        (format!("{head}\n{}\n", good.replace("2024", "soon")), 0, "1 line is damaged"),
        (format!("{head}\n{}\n", good.replace("200}", "70000}")), 0, "1 line is damaged"),
        (format!("{good}\n"), 0, "no cache of links"),
        ("%PDF-1.7\n\u{0}\u{1}".to_owned(), 0, "no cache of links"),
        (head.replace('1', "2"), 0, "no cache of links"),
        (String::new(), 0, "no cache of links"),
    ] {
        let (folder, mut cache) = written(text.as_bytes());
        assert_eq!(cache.entries.len(), kept, "{text}");
        let notes = cache.take_notes();
        assert!(notes.len() == 1 && notes[0].contains(told), "{text}: {notes:?}");
        drop(cache);
        let mut again = Cache::open(folder.path());
        assert_eq!((again.entries.len(), again.take_notes()), (kept, vec![]), "{text}");
    }
    let (_folder, mut cache) = written(&[head.as_bytes(), b"\n\xff\xfe\n"].concat());
    assert_eq!(cache.take_notes().len(), 1);
}

#[test]
fn a_cache_that_cannot_be_written_is_a_note() {
    let folder = folder();
    fs::write(folder.path().join("file"), "").expect("written");
    let mut cache = Cache::open(&folder.path().join("file"));
    cache.keep("a", Timestamp::UNIX_EPOCH, 200, &[], false);
    cache.save();
    let notes = cache.take_notes();
    assert!(notes.iter().any(|note| note.contains("cannot write")), "{notes:?}");
}

#[test]
fn what_nobody_asks_for_any_more_is_forgotten() {
    let folder = folder();
    let mut cache = Cache::open(folder.path());
    cache.keep("old", at("2023-01-01T00:00:00Z"), 200, &[], false);
    cache.keep("new", at("2024-01-01T00:00:00Z"), 200, &[], false);
    cache.save();
    let names: Vec<_> = cache.entries.keys().map(String::as_str).collect();
    assert_eq!(names, ["new"]);
}
