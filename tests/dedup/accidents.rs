//! Kills, full disks, folders that may not be written to, two at once: whatever happens, nothing is lost.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use crate::{Files, Site, dedup, files, run};

/// How often an apply is killed.
const KILLS: u32 = 50;
/// How many clusters the site has that is killed; each has five copies, one for each action.
const CLUSTERS: usize = 60;
/// The user and group that own nothing.
const NOBODY: u32 = 65_534;

/// A site with a plan of all actions.
fn large() -> Site {
    let site = Site::in_memory(&[("_config.yml", "url: https://a.example\n")]);
    let mut plan = String::from("version: 1\nclusters:\n");
    for at in 0..CLUSTERS {
        let path = |name: &str| format!("_posts/{}/2024-01-02-{name}-{at}.md", at % 7);
        site.write(&path("kept"), &format!("---\ntitle: Kept {at}\n---\nText {at}\n"));
        plan.push_str(&site.keep(&path("kept")));
        for action in ["quarantine", "redirect", "unpublish", "canonical", "delete"] {
            site.write(
                &path(action),
                &format!("---\r\ntitle: \"{action} {at}\" # x\r\n---\r\n{}", "Text\n".repeat(50)),
            );
            plan.push_str(&site.member(&path(action), action));
        }
    }
    site.write("plan.yaml", &plan);
    site
}

/// A sequence that is the same in every run: a linear congruential generator (Knuth's MMIX).
fn random(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 11) as f64 / (1_u64 << 53) as f64
}

fn started(root: &Path, arguments: &[&str]) -> Child {
    let mut command = dedup(root, arguments);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the command runs")
}

/// Each post is as it was or as planned, and what was moved is where it was moved to.
fn check_each(root: &Path, before: &Files, after: &Files) -> usize {
    let (now, hidden) = (files(root, false), files(root, true));
    let mut changed = 0;
    for (path, text) in before {
        let is_as_planned = now.get(path) == after.get(path);
        let is_as_it_was = now.get(path) == Some(text);
        assert!(is_as_it_was || is_as_planned, "{path} is neither as it was nor as planned");
        let is_somewhere = hidden.values().any(|other| other == text);
        assert!(is_somewhere, "{path} is lost");
        changed += usize::from(!is_as_it_was);
    }
    let strays: Vec<&String> = now.keys().filter(|path| !before.contains_key(*path)).collect();
    assert!(strays.iter().all(|path| path.ends_with(".tmp")), "{strays:?}");
    changed
}

#[test]
fn fifty_kills_and_nothing_lost() {
    let site = large();
    let before = site.files();
    let since = Instant::now();
    assert_eq!(site.dedup(&["--apply", "plan.yaml"]).status, Some(0));
    let whole = since.elapsed();
    let after = site.files();
    assert_eq!(before.len() - after.len(), 3 * CLUSTERS);
    assert_eq!(site.dedup(&["--undo"]).status, Some(0));
    assert_eq!(site.files(), before);

    let (mut seed, mut midway, mut blocked, mut span) = (42, 0, 0, whole);
    for kill in 0..KILLS {
        let mut child = started(site.root(), &["--apply", "plan.yaml"]);
        std::thread::sleep(span.mul_f64(random(&mut seed)));
        child.kill().expect("it can be killed");
        child.wait().expect("it is waited for");
        let changed = check_each(site.root(), &before, &after);
        midway += u32::from(changed > 0 && changed < 6 * CLUSTERS);
        // The machine may be faster now than it was, or slower: kills that come too late come sooner next time.
        span = match changed {
            0 => span.mul_f64(1.2),
            _ if changed == 6 * CLUSTERS => span.mul_f64(0.7),
            _ => span,
        };
        // What was cut off is undone before anything else is begun.
        if changed > 0 && kill % 5 == 0 {
            let again = site.dedup(&["--apply", "plan.yaml"]);
            blocked += u32::from(again.error.starts_with("error: an earlier apply was cut off"));
        }
        // An undo may be killed as well.
        if kill % 3 == 0 {
            let mut child = started(site.root(), &["--undo"]);
            std::thread::sleep(span.mul_f64(random(&mut seed) / 4.0));
            child.kill().expect("it can be killed");
            child.wait().expect("it is waited for");
            check_each(site.root(), &before, &after);
        }
        while site.dedup(&["--undo"]).status == Some(0) {}
        let undone = site.files();
        let differs = before.iter().find(|(path, text)| undone.get(*path) != Some(text));
        assert_eq!((undone.len(), differs), (before.len(), None), "after kill {kill}");
    }
    assert!(midway >= 10, "only {midway} of {KILLS} kills came midway");
    assert!(blocked >= 1, "no apply that was cut off was seen");
}

#[test]
fn one_apply_at_a_time() {
    let site = large();
    let before = site.files();
    fs::create_dir_all(site.root().join(".copydesk/undo")).expect("made");
    let lock = fs::File::create(site.root().join(".copydesk/undo/lock")).expect("made");
    lock.lock().expect("nobody has it");
    for arguments in [&["--apply", "plan.yaml"][..], &["--undo"]] {
        let run = site.dedup(arguments);
        assert_eq!(run.status, Some(2));
        assert!(run.error.starts_with("error: another `copydesk dedup` is changing this site"), "{}", run.error);
    }
    assert_eq!(site.files(), before);
    drop(lock);
    let two = [0, 1].map(|_| started(site.root(), &["--apply", "plan.yaml"]));
    let ended = two.map(|mut child| child.wait().expect("it is waited for").code());
    assert!(ended.contains(&Some(0)) && ended.contains(&Some(2)), "{ended:?}");
    assert_eq!(site.dedup(&["--undo"]).status, Some(0));
    assert_eq!(site.files(), before);
}

#[test]
fn a_folder_that_may_not_be_written_to() {
    let site = Site::new(&[
        ("_config.yml", ""),
        ("a.md", "---\n---\na"),
        ("locked/b.md", "---\n---\nb"),
        ("locked/c.md", "---\n---\nc"),
    ]);
    site.plan("plan.yaml", "a.md", &[("locked/b.md", "quarantine"), ("locked/c.md", "unpublish")]);
    let rights = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("changed");
    rights(site.root(), 0o777);
    rights(&site.root().join("locked"), 0o555);
    let before = site.files();
    let mut command = dedup(site.root(), &["--apply", "plan.yaml"]);
    let probe = site.root().join("locked/probe");
    if fs::write(&probe, "").is_ok() {
        // Nothing is locked to the superuser: the command runs as nobody, from a place that nobody may enter.
        fs::remove_file(&probe).expect("removed");
        let program = tempfile::tempdir().expect("a folder can be made");
        rights(program.path(), 0o755);
        let copy = program.path().join("copydesk");
        fs::copy(env!("CARGO_BIN_EXE_copydesk"), &copy).expect("copied");
        rights(&copy, 0o755);
        command = Command::new(&copy);
        command.args(["dedup", "--apply", "plan.yaml"]).current_dir(site.root()).uid(NOBODY).gid(NOBODY);
        check_locked(&site, command, &before);
        drop(program);
    } else {
        check_locked(&site, command, &before);
    }
    rights(&site.root().join("locked"), 0o755);
}

fn check_locked(site: &Site, command: Command, before: &Files) {
    let run = run(command);
    assert_eq!(run.status, Some(2), "{}{}", run.out, run.error);
    for path in ["locked/b.md", "locked/c.md"] {
        assert!(run.error.contains(&format!("error: {path}: permission denied\n")), "{}", run.error);
    }
    assert_eq!(&site.files(), before);
}

#[test]
fn a_file_where_a_folder_is_needed() {
    let site = Site::new(&[("_config.yml", ""), ("a.md", "---\n---\na"), ("b.md", "---\n---\nb")]);
    site.plan("plan.yaml", "a.md", &[("b.md", "quarantine")]);
    site.write(".copydesk", "not a folder");
    let run = site.dedup(&["--apply", "plan.yaml"]);
    assert_eq!(run.status, Some(2));
    assert!(run.error.starts_with("error: cannot write to .copydesk/undo: "), "{}", run.error);
    fs::remove_file(site.root().join(".copydesk")).expect("removed");
    site.write(".copydesk/quarantine", "not a folder");
    let run = site.dedup(&["--apply", "plan.yaml"]);
    assert_eq!((run.status, site.has("b.md")), (Some(2), true), "{}{}", run.out, run.error);
}

#[test]
fn a_journal_that_cannot_grow() {
    let site = large();
    let before = site.files();
    // Files may have 8 or 4 kB (shells count differently), which the journal soon has.
    let script =
        format!("trap '' XFSZ; ulimit -f 8; exec '{}' dedup --apply plan.yaml", env!("CARGO_BIN_EXE_copydesk"));
    let mut command = Command::new("sh");
    command.args(["-c", &script]).current_dir(site.root()).stdin(Stdio::null());
    let run = run(command);
    assert_eq!(run.status, Some(2), "{}", run.error);
    assert!(run.error.contains("error: cannot write the undo journal: "), "{}", run.error);
    assert!(site.files().len() < before.len(), "some of it was done: {}", run.out);
    let again = site.dedup(&["--apply", "plan.yaml"]);
    assert!(again.error.starts_with("error: an earlier apply was cut off (.copydesk/undo/1)\n"), "{}", again.error);
    assert_eq!(site.dedup(&["--undo"]).status, Some(0));
    assert_eq!(site.files(), before);
}

/// A small disk in memory, as long as it lives.
struct Disk<'a>(&'a Path);

impl<'a> Disk<'a> {
    fn mount(at: &'a Path, size: &str) -> Option<Self> {
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", &format!("size={size}"), "copydesk-test"]).arg(at);
        let is_mounted = command.output().is_ok_and(|output| output.status.success());
        is_mounted.then_some(Self(at))
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that cannot be done says so")]
fn a_full_disk() {
    let made = tempfile::tempdir().expect("a folder can be made");
    let Some(disk) = Disk::mount(made.path(), "512k") else {
        eprintln!("NOT TESTED: a full disk, for want of the right to mount a small one");
        return;
    };
    let text = format!("---\ntitle: x\n---\n{}", "Text\n".repeat(900));
    fs::create_dir(disk.0.join("_posts")).expect("made");
    fs::write(disk.0.join("_config.yml"), "title: x\n").expect("written");
    let path = |at: usize| format!("_posts/2024-01-02-{at}.md");
    let mut plan = String::from("version: 1\nclusters:\n");
    let hash = blake3::hash(text.as_bytes()).to_hex();
    for at in 0..20 {
        fs::write(disk.0.join(path(at)), &text).expect("written");
        let action = ["unpublish", "quarantine", "redirect", "delete"][at % 4];
        match at {
            0 => plan.push_str(&format!("  - keep: {{path: {}, hash: \"{hash}\"}}\n    members:\n", path(at))),
            _ => plan.push_str(&format!("      - {{path: {}, hash: \"{hash}\", action: {action}}}\n", path(at))),
        }
    }
    fs::write(disk.0.join("plan.yaml"), plan).expect("written");
    let before = files(disk.0, false);
    // The disk is filled to the last byte but for so many.
    for free in [0, 4 << 10, 16 << 10, 40 << 10] {
        let filler = disk.0.join(".filler");
        let mut room = vec![0; 512 << 10];
        let mut fill = fs::File::create(&filler).expect("made");
        use std::io::Write;
        while !room.is_empty() {
            if fill.write_all(&room).is_err() {
                room.truncate(room.len() / 2);
            }
        }
        let size = fill.metadata().expect("there").len();
        fill.set_len(size.saturating_sub(free)).expect("cut");
        drop(fill);
        let applied = run(dedup(disk.0, &["--apply", "plan.yaml"]));
        assert_eq!(applied.status, Some(2), "{free}: {}{}", applied.out, applied.error);
        assert!(applied.error.contains("the disk is full"), "{free}: {}", applied.error);
        // Undoing needs no room.
        let undone = run(dedup(disk.0, &["--undo"]));
        let nothing = undone.error.starts_with("error: there is nothing to undo");
        let no_room = undone.error.starts_with("error: cannot write to .copydesk/undo: the disk is full");
        assert!(undone.status == Some(0) || nothing || no_room, "{free}: {}", undone.error);
        fs::remove_file(&filler).expect("removed");
        assert!(files(disk.0, false) == before, "{free}: not as it was");
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that cannot be done says so")]
fn a_quarantine_on_another_disk() {
    let site = large();
    let before = site.files();
    let hidden = site.root().join(".copydesk");
    fs::create_dir(&hidden).expect("made");
    let Some(_disk) = Disk::mount(&hidden, "8m") else {
        eprintln!("NOT TESTED: moving between disks, for want of the right to mount a small one");
        return;
    };
    let applied = site.dedup(&["--apply", "plan.yaml"]);
    assert_eq!(applied.status, Some(0), "{}", applied.error);
    assert_eq!(before.len() - site.files().len(), 3 * CLUSTERS);
    let undone = site.dedup(&["--undo"]);
    assert_eq!(undone.status, Some(0), "{}", undone.error);
    assert_eq!(site.files(), before);
}
