//! Duplicates: the labelled set is what it says, what is found in it, and that the result depends on the posts alone.

#[path = "labelled/mod.rs"]
mod labelled;

use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::process::Command;

use copydesk::corpus::{Keep, PassageRule, Thresholds};
use labelled::measured::{Measured, desk, share};
use labelled::table::{END, START, tables};
use labelled::{Apart, Edit, Kind, Language, Length, Pair, Post, Random, Set};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

/// Pairs for each edit, language and length in these tests. The tables in `docs/duplicates.md` are of a larger set.
const PAIRS: usize = 6;

/// Not the one of the tables.
const SEED: u64 = 7;

/// Cases of each property.
const CASES: u32 = 12;

/// Overlapping runs of three characters or two words: a plain measure of its own, to judge the set by.
fn shingles(language: Language, text: &str) -> HashSet<String> {
    match language {
        Language::Chinese => {
            let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
            letters.windows(3).map(|run| run.iter().collect()).collect()
        }
        Language::English => {
            let is_part = |c: char| !c.is_alphanumeric();
            let words: Vec<String> =
                text.split(is_part).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
            words.windows(2).map(|run| run.join(" ")).collect()
        }
    }
}

fn jaccard(set: &Set, pair: &Pair) -> f64 {
    let shingles = |post: usize| shingles(pair.language, &set.posts[post].body);
    let (a, b) = (shingles(pair.a), shingles(pair.b));
    let shared = a.intersection(&b).count();
    shared as f64 / (a.len() + b.len() - shared).max(1) as f64
}

#[test]
fn a_seed_gives_one_set() {
    let sources = |seed| Set::new(1, seed).posts.into_iter().map(|post| post.source).collect::<Vec<_>>();
    assert_eq!(sources(1), sources(1));
    assert_ne!(sources(1), sources(2));
}

#[test]
fn every_kind_of_pair_is_in_every_length() {
    let mut counts: BTreeMap<(Kind, Language, Length), usize> = BTreeMap::new();
    for pair in Set::new(2, SEED).pairs {
        *counts.entry((pair.kind, pair.language, pair.length)).or_default() += 1;
    }
    for language in Language::ALL {
        for length in Length::ALL {
            for edit in labelled::EDITS {
                assert_eq!(counts[&(Kind::Copy(edit), language, length)], 2, "{edit:?}, {language:?}, {length:?}");
            }
        }
        for why in Apart::ALL {
            assert!(counts.keys().any(|(kind, of, _)| (*kind, *of) == (Kind::Apart(why), language)), "{why:?}");
        }
    }
}

/// Unrelated texts must be as different as they are in life, or the set would prove nothing about precision.
#[test]
fn unrelated_texts_share_little() {
    let set = Set::new(4, SEED);
    let mut unrelated = 0;
    for pair in set.pairs.iter().filter(|pair| pair.kind == Kind::Apart(Apart::SameSite)) {
        let similarity = jaccard(&set, pair);
        assert!(similarity < 0.12, "{similarity}: {} and {}", set.posts[pair.a].body, set.posts[pair.b].body);
        unrelated += 1;
    }
    assert!(unrelated > 50, "{unrelated} pairs");
}

/// Each edit takes away as much as it says: of a share x deleted, 1 - x is left; of a share replaced, (1 - x) / (1 + x).
#[test]
fn edits_are_as_large_as_they_say() {
    let set = Set::new(4, SEED);
    let is_long = |pair: &&Pair| pair.length == Length::Long;
    for pair in set.pairs.iter().filter(is_long) {
        let Kind::Copy(edit) = pair.kind else { continue };
        let expected = match edit {
            Edit::Repost => 1.0,
            Edit::Insert(share) => 100.0 / (100 + share) as f64,
            Edit::Delete(share) => (100 - share) as f64 / 100.0,
            Edit::Replace(share) => (100 - share) as f64 / (100 + share) as f64,
            Edit::Truncate(share) => share as f64 / 100.0,
            Edit::Frame => 1.0 / 1.2,
            // A character is in three runs, a word in two; markup and width are no words, but part the plain ones.
            Edit::Typos(_) | Edit::Reorder | Edit::Width | Edit::Markup => continue,
        };
        let similarity = jaccard(&set, pair);
        // New text is by the same voice: some of its words stood in the old one.
        let is_right = similarity > expected - 0.05 && similarity < expected + 0.1;
        assert!(is_right, "{edit:?}: {similarity}, expected about {expected}");
    }
}

#[test]
fn what_is_found_in_the_labelled_set() {
    let set = Set::new(PAIRS, SEED);
    let measured = Measured::of(&set);
    let report = tables(&set, &measured);
    let (precision, members) = (share(measured.called), share(measured.members));
    assert!(precision >= 0.99, "precision {precision}\n{report}");
    assert!(members >= 0.99, "of clusters {members}\n{report}");
    assert!(share(measured.alike) >= 0.98, "candidates\n{report}");
    assert!(share(measured.small_edits()) >= 0.97, "copies and small edits\n{report}");
    // What the shares are of: nothing found would be precise, too.
    assert!(measured.called.0 > PAIRS * 18 * 4 && measured.members.0 > PAIRS * 18, "{report}");
    assert!(measured.alike.0 > PAIRS * 18 * 5, "{report}");
}

/// The document shows the tables as they are printed now, row by row; the numbers are of the larger set.
#[test]
fn the_document_has_the_tables() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/duplicates.md");
    let document = std::fs::read_to_string(path).expect("readable");
    let shown = document.split_once(START).and_then(|(_, rest)| rest.split_once(END)).expect("the tables are marked").0;
    let words = |text: &str| -> Vec<String> {
        let first = |line: &str| line.split('|').nth(1).unwrap_or_default().trim().to_owned();
        text.lines().map(first).filter(|cell| !cell.is_empty()).collect()
    };
    let empty = tables(&Set::default(), &Measured::default());
    assert_eq!(words(shown), words(&empty), "`UPDATE=1 cargo bench --bench duplicates` writes them anew");
    assert!(words(shown).len() > 40);
}

/// Two dozen pairs, short and long, with all that belongs to them.
fn small_set(seed: u64) -> Set {
    Set::new(1, seed).sample(14)
}

/// All that the corpus says of these posts.
fn everything<'a>(posts: impl Iterator<Item = &'a Post>) -> String {
    desk(posts).with_corpus(|corpus| {
        let passages = corpus.passages(PassageRule { words: 50, characters: 120 });
        let clusters = corpus.clusters(&Thresholds::default(), Keep::default());
        format!("{:#?}\n{clusters:#?}\n{:#?}\n{passages:#?}", corpus.pairs(), corpus.recurring(0))
    })
}

#[test]
fn the_order_of_posts_does_not_matter() {
    let mut runner = TestRunner::new(Config { cases: CASES, failure_persistence: None, ..Config::default() });
    // Of a few sets, chance takes no copies at all.
    let with_copies = Cell::new(0);
    let run = runner.run(&(any::<u64>(), any::<u64>()), |(seed, order)| {
        let set = small_set(seed);
        let clusters =
            desk(set.posts.iter()).with_corpus(|corpus| corpus.clusters(&Thresholds::default(), Keep::default()));
        with_copies.set(with_copies.get() + u32::from(!clusters.is_empty()));
        let mut shuffled: Vec<&Post> = set.posts.iter().collect();
        Random::new(order).shuffle(&mut shuffled);
        prop_assert_eq!(everything(set.posts.iter()), everything(shuffled.into_iter()));
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{error}"));
    assert!(with_copies.get() > CASES / 2, "only {} of {CASES} sets had copies", with_copies.get());
}

fn write(set: &Set, root: &Path) {
    // Else the folder that is named would be the root.
    std::fs::write(root.join("copydesk.yaml"), "preset: recommended\n").expect("written");
    std::fs::create_dir(root.join("posts")).expect("a folder");
    for post in &set.posts {
        std::fs::write(root.join(&post.path), &post.source).expect("written");
    }
}

fn report(root: &Path, arguments: &[&str]) -> Vec<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.args(["check", "--only", "duplicates", "-f", "json"]).args(arguments).current_dir(root);
    let output = command.output().expect("the command runs");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    report["diagnostics"].as_array().expect("an array").clone()
}

#[test]
fn the_number_of_threads_does_not_matter() {
    for seed in [1, 2] {
        let site = tempfile::tempdir().expect("a folder");
        write(&Set::new(1, seed).sample(5), site.path());
        let one = report(site.path(), &["--jobs", "1"]);
        assert!(one.len() > 20, "{} diagnostics", one.len());
        for jobs in ["2", "7"] {
            assert_eq!(report(site.path(), &["--jobs", jobs]), one, "{jobs} threads");
        }
    }
}

/// Paths restrict what is reported, never what it is compared with.
#[test]
fn some_posts_are_reported_as_in_the_whole_site() {
    let site = tempfile::tempdir().expect("a folder");
    let set = small_set(3);
    write(&set, site.path());
    let whole = report(site.path(), &["."]);
    let mut random = Random::new(3);
    let mut reported = 0;
    for _ in 0..8 {
        let paths: Vec<&str> = (0..3).map(|_| random.pick(&set.posts).path.as_str()).collect();
        let expected: Vec<&Value> =
            whole.iter().filter(|diagnostic| paths.iter().any(|path| diagnostic["path"] == *path)).collect();
        let some = report(site.path(), &[&["--root", "."], &paths[..]].concat());
        assert_eq!(some.iter().collect::<Vec<_>>(), expected, "{paths:?}");
        reported += some.len();
    }
    assert!(reported > 0);
}
