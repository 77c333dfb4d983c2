//! The program as a user meets it: arguments in, text and exit status out. Each file in `cases/` is a session in a shell,
//! run in the folder of the same name that ends in `.in`. `TRYCMD=overwrite cargo test --test cli` rewrites the outputs; read
//! what changed before committing it.

use std::process::{Command, Output, Stdio};

#[test]
fn sessions() {
    trycmd::TestCases::new()
        .env("NO_COLOR", "1")
        .env("CLICOLOR_FORCE", "0")
        .env("LC_ALL", "C.UTF-8")
        .env("TERM", "xterm")
        .case("tests/cases/*.trycmd")
        .case("tests/cases/*.toml");
}

fn copydesk(arguments: &[&str], stdout: Stdio) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.args(arguments).stdin(Stdio::null()).stdout(stdout).stderr(Stdio::piped());
    command.output().expect("the program can be started")
}

/// `copydesk man | head -1` must not end with a complaint.
#[test]
fn a_reader_who_went_away_is_no_error() {
    for arguments in [&["man"][..], &["completions", "zsh"], &["list"], &["config"], &["--help"], &["--version"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe can be made");
        drop(reader);
        let output = copydesk(arguments, writer.into());
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_is_lost_is_an_error() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the device is there");
    let output = copydesk(&["man"], full.into());
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: cannot write to standard output: "));
    assert_eq!(output.status.code(), Some(2));
}

/// What stands between two `…` is on the screen as it is in the README, in the same order; seconds aside.
#[test]
fn the_screen_in_the_readme_is_real() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("readable");
    let screen = readme.split("$ copydesk examples/blog\n").nth(1).and_then(|rest| rest.split("\n```").next());
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.arg("examples/blog").current_dir(root).env("LC_ALL", "C.UTF-8").env("NO_COLOR", "1");
    let output = command.output().expect("the program can be started");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let text = without_seconds(&text);
    let mut rest = text.as_str();
    for piece in without_seconds(screen.expect("the README shows a screen")).split("\n…\n") {
        let piece = piece.trim_matches('\n');
        let at = rest.find(piece).unwrap_or_else(|| panic!("not on the screen behind what stands before:\n{piece}"));
        rest = &rest[at + piece.len()..];
    }
    assert_eq!(rest.trim(), "", "the README leaves out the end");
}

/// The text without how long the run took.
fn without_seconds(text: &str) -> String {
    let is_seconds = |rest: &str| rest.strip_suffix(" s").is_some_and(|number| number.parse::<f64>().is_ok());
    let line = |line: &str| match line.rsplit_once(" in ") {
        Some((before, rest)) if is_seconds(rest) => format!("{before}\n"),
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

/// Every key of the configuration that the README shows, and every lint it names, is one that there is.
#[test]
fn the_configuration_in_the_readme_works() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("readable");
    let block = readme.split("```yaml\n").find(|block| block.starts_with("preset:"));
    let config = block.and_then(|block| block.split("```").next()).expect("the README shows a configuration");
    let site = tempfile::tempdir().expect("a folder");
    std::fs::write(site.path().join("copydesk.yaml"), config).expect("written");
    std::fs::write(site.path().join("post.schema.json"), "{}").expect("written");
    std::fs::create_dir_all(site.path().join("src/content/blog")).expect("made");
    let folder = site.path().to_str().expect("UTF-8");
    let output = copydesk(&["config", "--root", folder], Stdio::piped());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    for key in [
        "preset",
        "fail-on",
        "exclude",
        "lints.",
        "overrides[",
        "front-matter.required",
        "front-matter.schema",
        "routes.",
    ] {
        assert!(shown.lines().any(|line| line.starts_with(key) && line.contains("copydesk.yaml:")), "{key}:\n{shown}");
    }
}

#[test]
fn the_manual_and_the_completions_are_about_this_command() {
    let text = |arguments: &[&str]| {
        let output = copydesk(arguments, Stdio::piped());
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let manual = text(&["man"]);
    assert!(manual.contains(".TH copydesk 1") && manual.contains("fail\\-on"), "{manual}");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = text(&["completions", shell]);
        assert!(script.contains("copydesk") && script.contains("stdin-filename"), "{shell}:\n{script}");
    }
    assert!(text(&["list", "--color", "always"]).contains("\u{1b}["));
    assert!(!text(&["list", "--color", "auto"]).contains('\u{1b}'));
}

/// One pipeline: a page that Jekyll copies as it is, is no post on disk, and none on standard input.
#[test]
fn what_is_no_post_on_disk_is_none_on_standard_input() {
    let site = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(site.path().join(name), text).expect("written");
    std::fs::create_dir(site.path().join("notes")).expect("a folder");
    write("_config.yml", "title: Test\n");
    std::fs::create_dir(site.path().join("_posts")).expect("a folder");
    for (text, status) in [("A \u{FFFD} here.\n", 0), ("---\ntitle: Sea\n---\nA \u{FFFD} here.\n", 1)] {
        write("notes/sea.md", text);
        for arguments in [&["notes/sea.md"][..], &["-", "--stdin-filename", "notes/sea.md"]] {
            let file = std::fs::File::open(site.path().join("notes/sea.md")).expect("readable");
            let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
            let output = command.args(arguments).current_dir(site.path()).stdin(file).output().expect("it runs");
            assert_eq!(output.status.code(), Some(status), "{arguments:?}: {text}");
        }
    }
}
