//! The cache, with the real command: a run that finds one says exactly what a run without one says, whatever happened in
//! between.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Fewer posts are not worth a cache.
const POSTS: usize = 140;

/// A source of numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

const WORDS: [&str; 24] = [
    "weir", "barge", "lock", "keeper", "tide", "gauge", "mooring", "towpath", "sluice", "quay", "ferry", "pilot",
    "current", "flood", "bridge", "landing", "rope", "lantern", "harbour", "silt", "reed", "heron", "winch", "ledger",
];

/// A paragraph: the same for the same number.
fn paragraph(number: usize) -> String {
    let mut dice = Dice(number as u64 + 1);
    let words: Vec<&str> = (0..60).map(|_| WORDS[dice.roll(WORDS.len())]).collect();
    format!("{}.", words.join(" "))
}

/// A post of three paragraphs, with something to find in it.
fn post(dice: &mut Dice, number: usize) -> String {
    let date = match dice.roll(20) {
        0 => "date: 2999-01-01\n".to_owned(),
        1 => String::new(),
        day => format!("date: 2024-03-{day:02}\n"),
    };
    let link = match dice.roll(4) {
        0 => format!("See [another](./{}.md).", dice.roll(2 * POSTS)),
        1 => "See [nothing]().".to_owned(),
        2 => format!("See [a place](./{}.md#no-such-place).", dice.roll(POSTS)),
        _ => "Lorem ipsum dolor sit amet, consectetur adipiscing elit.".to_owned(),
    };
    let wish = match dice.roll(6) {
        0 => "<!-- copydesk-disable-file link-empty-address: on purpose -->\n\n",
        1 => "<!-- copydesk-disable-next-line placeholder-text: a sample; expires: 2999-01-01 -->\n",
        _ => "",
    };
    let body: Vec<String> = (0..3).map(|_| paragraph(dice.roll(40))).collect();
    format!("---\ntitle: Post {number}\n{date}---\n\n# Post {number}\n\n{}\n\n{wish}{link}\n", body.join("\n\n"))
}

fn site() -> (TempDir, Dice) {
    let (site, mut dice) = (tempfile::tempdir().expect("a folder can be made"), Dice(7));
    fs::write(site.path().join("copydesk.yaml"), "generator: plain\npreset: strict\n").expect("written");
    fs::create_dir(site.path().join("posts")).expect("made");
    for number in 0..POSTS {
        write(&site, number, &post(&mut dice, number));
    }
    (site, dice)
}

fn write(site: &TempDir, number: usize, text: &str) {
    fs::write(file(site, number), text).expect("written");
}

fn file(site: &TempDir, number: usize) -> PathBuf {
    site.path().join(format!("posts/{number}.md"))
}

fn command(site: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(site).args(["check", "-q", "-f", "json"]).args(arguments);
    command.stdin(Stdio::null()).env("NO_COLOR", "1");
    command
}

/// What a run says, but for how long it took; and what it says of itself.
fn said(site: &Path, arguments: &[&str]) -> (String, String) {
    let output = command(site, arguments).output().expect("it runs");
    let text = String::from_utf8(output.stdout).expect("text");
    let timeless = timeless(&text);
    assert!(output.status.code() == Some(1), "{:?} {text}", output.status);
    (timeless, String::from_utf8_lossy(&output.stderr).into_owned())
}

/// A report without the seconds that it took, which stand at its end.
fn timeless(text: &str) -> String {
    let (timeless, _) = text.rsplit_once(",\"seconds\"").expect("a whole report");
    timeless.to_owned()
}

/// That a run with the cache says what one without says.
fn assert_same(site: &TempDir, what: &str) {
    let (cold, _) = said(site.path(), &["--no-cache"]);
    let (warm, notes) = said(site.path(), &[]);
    assert!(cold == warm, "{what}: a cache changed what is found");
    assert_eq!(notes, "", "{what}");
}

fn cache(site: &TempDir) -> PathBuf {
    site.path().join(".copydesk_cache")
}

#[test]
fn a_warm_run_says_what_a_cold_one_says_whatever_was_edited() {
    let (site, mut dice) = site();
    for round in 0..30 {
        assert_same(&site, &format!("round {round}"));
        assert!(cache(&site).is_dir());
        for _ in 0..=dice.roll(4) {
            let (number, other) = (dice.roll(POSTS + 10), dice.roll(POSTS));
            match dice.roll(6) {
                0 => _ = fs::remove_file(file(&site, number)),
                1 => _ = fs::rename(file(&site, number), file(&site, other)),
                2 => _ = fs::copy(file(&site, number), file(&site, other)),
                3 => {
                    let text = fs::read_to_string(file(&site, number)).unwrap_or_default();
                    write(&site, number, &text.replacen("weir", "dam", 1 + dice.roll(3)));
                }
                4 => write(&site, number, &format!("{}\n{}\n", post(&mut dice, number), paragraph(other))),
                _ => write(&site, number, &post(&mut dice, number)),
            }
        }
    }
}

#[test]
fn settings_are_part_of_what_is_remembered() {
    let (site, _) = site();
    let settings = [
        "generator: plain\n",
        "generator: plain\nlints: {placeholder-text: error}\n",
        "generator: plain\nlints: {placeholder-text: off}\n",
        "generator: hugo\n",
        "generator: plain\nfront-matter: {required: [author]}\n",
    ];
    for text in settings.iter().chain(&settings) {
        fs::write(site.path().join("copydesk.yaml"), text).expect("written");
        assert_same(&site, text);
    }
    for arguments in [["--only", "link-empty-address"], ["--preset", "strict"], ["--preset", "scraped"]] {
        let with = |more: &str| said(site.path(), &[&arguments[..], &[more]].concat()).0;
        let warm = || said(site.path(), &arguments).0;
        let cold = with("--no-cache");
        assert!(cold == warm() && cold == warm(), "{arguments:?}");
    }
}

#[test]
fn a_part_of_the_site_is_reported_the_same() {
    let (site, _) = site();
    assert_same(&site, "all of it");
    for number in [3, 30, 77] {
        let path = format!("posts/{number}.md");
        let run = |arguments: &[&str]| {
            let output = command(site.path(), arguments).output().expect("it runs");
            timeless(&String::from_utf8(output.stdout).expect("text"))
        };
        assert!(run(&[&path, "--no-cache"]) == run(&[&path]), "{path}");
    }
    assert_same(&site, "all of it again");
}

#[test]
fn a_cache_that_is_damaged_is_told_of_and_made_anew() {
    let (site, _) = site();
    assert_same(&site, "first");
    let (cold, _) = said(site.path(), &["--no-cache"]);
    let stores: Vec<PathBuf> = fs::read_dir(cache(&site))
        .expect("there")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.is_dir())
        .collect();
    assert_eq!(stores.len(), 2, "{stores:?}");
    for store in stores {
        let shard = fs::read_dir(&store).expect("there").next().expect("not empty").expect("readable").path();
        let whole = fs::read(&shard).expect("readable");
        let mut flipped = whole.clone();
        flipped[whole.len() / 2] ^= 1;
        for damage in [&whole[..whole.len() / 2], &flipped, b"", b"copydesk cache 2 of a later version"] {
            fs::write(&shard, damage).expect("written");
            let (warm, notes) = said_loudly(site.path());
            assert!(warm == cold);
            assert!(notes.contains("it is made anew"), "{notes}");
            assert_same(&site, "mended");
        }
    }
}

/// The same with notes.
fn said_loudly(site: &Path) -> (String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    let output = command.current_dir(site).args(["check", "-f", "json", "--no-progress"]).output().expect("it runs");
    let text = String::from_utf8(output.stdout).expect("text");
    (timeless(&text), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn neither_two_runs_at_once_nor_fifty_kills_do_harm() {
    let (site, mut dice) = site();
    let (cold, _) = said(site.path(), &["--no-cache"]);
    let start = |site: &TempDir| {
        command(site.path(), &[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs")
    };
    let began = Instant::now();
    start(&site).wait().expect("it ends");
    let usual = began.elapsed();
    for kill in 0..50 {
        // Half of the kills meet a cache that is not there yet.
        if kill % 2 == 0 {
            fs::remove_dir_all(cache(&site))
                .or_else(|error| if cache(&site).exists() { Err(error) } else { Ok(()) })
                .expect("removed");
        }
        let (mut one, mut other) = (start(&site), start(&site));
        std::thread::sleep(usual.mul_f64(dice.roll(120) as f64 / 100.0).max(Duration::from_millis(1)));
        one.kill().expect("killed");
        one.wait().expect("it ends");
        if dice.roll(2) == 0 {
            other.kill().expect("killed");
        }
        other.wait().expect("it ends");
        let (warm, notes) = said_loudly(site.path());
        assert!(warm == cold, "after kill {kill}");
        assert_eq!(notes, "", "after kill {kill}");
    }
}

#[test]
fn a_small_site_is_left_without_a_cache_unless_it_has_one() {
    let site = tempfile::tempdir().expect("a folder can be made");
    fs::write(site.path().join("copydesk.yaml"), "generator: plain\n").expect("written");
    fs::write(site.path().join("a.md"), "---\ntitle: A\n---\n\nSee [nothing]().\n").expect("written");
    said(site.path(), &[]);
    assert!(!site.path().join(".copydesk_cache").exists());
    fs::create_dir(site.path().join(".copydesk_cache")).expect("made");
    let (cold, warm) = (said(site.path(), &[]).0, said(site.path(), &[]).0);
    assert!(cold == warm && site.path().join(".copydesk_cache/CACHEDIR.TAG").is_file());
    assert_eq!(fs::read_to_string(site.path().join(".copydesk_cache/.gitignore")).expect("there"), "*\n");
}

#[test]
fn a_repair_is_never_made_of_what_is_remembered_of_another_text() {
    let (site, _) = site();
    assert_same(&site, "first");
    write(&site, 1, "---\ntitle: One\ndate: 2024-03-01\n---\n\nA word \u{200b}with nothing in it.\n");
    let output = command(site.path(), &["--fix", "--fix-only", "invisible-character"]).output().expect("it runs");
    assert!(output.status.code() == Some(1), "{output:?}");
    let text = fs::read_to_string(file(&site, 1)).expect("there");
    assert!(!text.contains('\u{200b}'), "{text}");
    assert_same(&site, "after the repair");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_a_note() {
    let (site, _) = site();
    let (cold, _) = said(site.path(), &["--no-cache"]);
    fs::write(cache(&site), "a file").expect("written");
    let (warm, notes) = said_loudly(site.path());
    assert!(cold == warm);
    assert!(notes.contains("cannot write the cache: a file stands where a folder is needed"), "{notes}");
}

#[test]
fn clean_removes_it() {
    let (site, _) = site();
    assert_same(&site, "first");
    let clean = || {
        let output = Command::new(env!("CARGO_BIN_EXE_copydesk")).current_dir(site.path()).arg("clean").output();
        let output = output.expect("it runs");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert!(clean().starts_with("removed "));
    assert!(!cache(&site).exists());
    assert!(clean().starts_with("there is no cache"));
}
