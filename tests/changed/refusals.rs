//! What cannot be done is said: which flag or revision is meant, and what to do. Status 2, and nothing on standard output.

use std::path::Path;
use std::process::Command;

use crate::repository::{BELL, Repository, post};

/// A repository with a commit.
fn committed() -> Repository {
    let repo = Repository::new();
    repo.write("a.md", &post("a", &[BELL]));
    repo.commit("first");
    repo
}

/// The message of a run that must stop.
fn stopped(mut command: Command) -> String {
    let output = command.output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{said}");
    said
}

#[test]
fn flags_that_contradict_each_other() {
    let repo = committed();
    for (arguments, error, help) in [
        (&["--since", "HEAD", "--staged"][..], "`--since` and `--staged` are two questions", "ask `--staged` before"),
        (&["--lines"], "`--lines` does not say what the lines differ from", "write `--since REV --lines`"),
        (&["--since", "-x"], "`--since` wants a revision, and `-x` cannot be one", "`--since origin/main`"),
        (&["--since=--output=x"], "`--since` wants a revision, and `--output=x` cannot be one", "name a commit"),
        (&["--since", "--lines"], "`--since` wants a revision, and `--lines` cannot be one", "name a commit"),
        (&["--since", ""], "`--since` wants a revision, and `` cannot be one", "name a commit"),
        (&["--since", "HEAD", "-"], "`--since` does not go with `-`", "leave out `--since`, or name files"),
        (&["--staged", "-"], "`--staged` does not go with `-`", "leave out `--staged`, or name files"),
        (&["--staged", "--update-baseline"], "a baseline is not written with `--staged`", "leave out `--staged`"),
        (&["--since", "HEAD", "--prune-baseline"], "a baseline is not written with `--since`", "paths restrict"),
        (&["--since", "HEAD", "--lines", "--fix"], "`--lines` does not go with repairs", "leave out `--lines`"),
        (&["--staged", "--lines", "--diff"], "`--lines` does not go with repairs", "leave out `--lines`"),
    ] {
        let said = stopped(repo.command("", arguments));
        assert!(said.starts_with(&format!("error: {error}")), "{arguments:?}: {said}");
        assert!(said.contains("\nhelp: ") && said.contains(help), "{arguments:?}: {said}");
    }
    assert!(!repo.path().join("x").exists(), "no revision is an option");
}

#[test]
fn revisions_that_are_not_there() {
    let repo = committed();
    repo.git(&["tag", "-a", "-m", "a tag", "v1"]);
    for revision in ["nowhere", "HEAD~7", "HEAD:a.md", "HEAD^{tree}", "a..b", "@{99 years ago", "a\u{1b}[2J"] {
        let said = stopped(repo.command("", &["--since", revision]));
        let shown = revision.replace('\u{1b}', "␛");
        assert!(said.starts_with(&format!("error: git knows no commit `{shown}` here\nhelp: `git branch")), "{said}");
    }
    assert_eq!(repo.told(&["--since", "v1"]), [""; 0], "a tag is a commit");
    repo.git(&["checkout", "-q", "--orphan", "other"]);
    let said = stopped(repo.command("", &["--since", "main"]));
    let error = "error: nothing can differ from `main`: there is no commit here yet\nhelp: `--staged` tells";
    assert!(said.starts_with(error), "{said}");
    repo.commit("another first");
    let said = stopped(repo.command("", &["--since", "main"]));
    assert!(
        said.starts_with("error: `main` and this branch have no commit in common\nhelp: name a revision"),
        "{said}"
    );
}

#[test]
fn where_there_is_no_repository() {
    let site = tempfile::tempdir().expect("a folder");
    std::fs::write(site.path().join("copydesk.yaml"), "").expect("written");
    let repo = committed();
    for arguments in [&["--since", "HEAD"][..], &["--staged"], &["--staged", "--lines"]] {
        let mut command = repo.command("", arguments);
        command.current_dir(site.path()).env("GIT_CEILING_DIRECTORIES", site.path());
        let said = stopped(command);
        let expected =
            format!("error: `{}` asks git, and . lies in no git repository\nhelp: name the posts", arguments[0]);
        assert!(said.starts_with(&expected), "{said}");
    }
    // A folder that only looks like one.
    std::fs::create_dir(site.path().join(".git")).expect("made");
    let mut command = repo.command("", &["--staged"]);
    command.current_dir(site.path()).env("GIT_CEILING_DIRECTORIES", site.path());
    let said = stopped(command);
    assert!(said.contains("lies in no git repository"), "{said}");
}

#[test]
fn where_there_is_no_git() {
    let repo = committed();
    for flag in [&["--since", "HEAD"][..], &["--staged"]] {
        let mut command = repo.command("", flag);
        command.env("PATH", repo.path());
        let said = stopped(command);
        let expected = format!("error: `{}` asks git, and there is no program `git` here\nhelp: install git", flag[0]);
        assert!(said.starts_with(&expected), "{said}");
    }
}

#[test]
fn a_clone_without_its_history() {
    let repo = committed();
    repo.git(&["checkout", "-q", "-b", "work"]);
    for name in ["b", "c"] {
        repo.write(&format!("{name}.md"), &post(name, &[BELL]));
        repo.commit(name);
    }
    let clone = Repository::new();
    let url = format!("file://{}", repo.path().display());
    clone.git(&["clone", "-q", "--depth", "1", "--branch", "work", &url, "shallow"]);
    let help = "help: this clone is shallow, as those of CI jobs are: `git fetch --unshallow` brings the history; on GitHub, \
                give actions/checkout `fetch-depth: 0`, on GitLab set the variable `GIT_DEPTH: 0`\n";
    let said = stopped(clone.command("shallow", &["--since", "origin/main"]));
    assert_eq!(said, format!("error: git knows no commit `origin/main` here\n{help}"));
    clone.git(&["-C", "shallow", "fetch", "-q", "--depth", "1", "origin", "main:refs/remotes/origin/main"]);
    let said = stopped(clone.command("shallow", &["--since", "origin/main"]));
    assert_eq!(said, format!("error: `origin/main` and this branch have no commit in common\n{help}"));
    clone.git(&["-C", "shallow", "fetch", "-q", "--unshallow"]);
    assert_eq!(clone.told_in("shallow", &["--since", "origin/main"]), ["b.md:4", "c.md:4"]);
}

/// What git says itself is passed on.
#[test]
fn what_git_complains_of_is_told() {
    let repo = committed();
    std::fs::write(repo.path().join(".git/index"), "no index").expect("written");
    let said = stopped(repo.command("", &["--staged"]));
    assert!(said.starts_with("error: git cannot tell what has changed: "), "{said}");
    assert!(said.contains("index file") && said.contains("\nhelp: `git status`"), "{said}");
}

/// A run asks git three times at most, however much has changed.
#[cfg(unix)]
#[test]
fn git_is_started_three_times_at_most() {
    use std::os::unix::fs::PermissionsExt;

    let repo = committed();
    let tools = tempfile::tempdir().expect("a folder");
    let path = std::env::var_os("PATH").expect("there is one");
    let real = std::env::split_paths(&path).map(|folder| folder.join("git")).find(|git| git.is_file()).expect("git");
    let log = tools.path().join("log");
    let script = format!("#!/bin/sh\necho x >> '{}'\nexec '{}' \"$@\"\n", log.display(), real.display());
    std::fs::write(tools.path().join("git"), script).expect("written");
    std::fs::set_permissions(tools.path().join("git"), PermissionsExt::from_mode(0o755)).expect("made a program");
    for number in 0..9 {
        repo.write(&format!("{number}.md"), &post(&format!("No. {number}"), &[BELL]));
    }
    repo.git(&["add", "-A"]);
    for number in 0..5 {
        repo.write(&format!("{number}.md"), &post("Another text", &[&number.to_string()]));
    }
    for (arguments, count) in [(&["--since", "HEAD", "--lines"][..], 3), (&["--staged", "--lines"], 3)] {
        let mut all: Vec<_> = vec![tools.path().to_path_buf()];
        all.extend(std::env::split_paths(&path).map(|folder| Path::new(&folder).to_path_buf()));
        let mut command = repo.command("", arguments);
        let output = command.env("PATH", std::env::join_paths(all).expect("a path")).output().expect("it runs");
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        let started = std::fs::read_to_string(&log).expect("it was started").lines().count();
        assert_eq!(started, count, "{arguments:?}");
        std::fs::remove_file(&log).expect("removed");
    }
}
