//! A repository in a folder of its own, with a site in it, and copydesk run there. Git must be there: without it, these tests
//! fail.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A fault that one lint finds, in one line.
pub(crate) const BELL: &str = "A bell\u{7} rang.";

/// A post that has a title and these lines, of which the first is line 4.
pub(crate) fn post(title: &str, lines: &[&str]) -> String {
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    format!("---\ntitle: {title}\n---\n{lines}")
}

pub(crate) struct Repository {
    folder: TempDir,
}

impl Repository {
    /// A repository without a commit, with the configuration of a site.
    pub(crate) fn new() -> Self {
        let repository = Self { folder: tempfile::tempdir().expect("a folder") };
        repository.git(&["init", "-q", "-b", "main"]);
        repository.write("copydesk.yaml", "");
        repository
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path().join(path)).expect("removed");
    }

    /// Copies a folder of this project.
    pub(crate) fn import(&self, folder: &str) {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut folders = vec![from.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("readable") {
                let path = entry.expect("readable").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let to = self.path().join(path.strip_prefix(&from).expect("below"));
                    fs::create_dir_all(to.parent().expect("it lies in a folder")).expect("made");
                    fs::copy(path, to).expect("copied");
                }
            }
        }
    }

    /// The Markdown files in `_posts`, sorted.
    pub(crate) fn posts(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.path().join("_posts")).expect("readable");
        let mut posts: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
        posts.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
        posts.sort();
        posts
    }

    /// Runs git, which must succeed.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let output = self.try_git(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {said}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    pub(crate) fn try_git(&self, arguments: &[&str]) -> Output {
        let mut git = Command::new("git");
        alone(&mut git).args(arguments).current_dir(self.path());
        git.output().expect("these tests need git")
    }

    /// Commits all that is there.
    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    /// copydesk, in a folder of the repository.
    pub(crate) fn command(&self, folder: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        alone(&mut command).args(["check", "--no-progress"]).args(arguments).current_dir(self.path().join(folder));
        command.env("LC_ALL", "C.UTF-8");
        command
    }

    pub(crate) fn run(&self, folder: &str, arguments: &[&str]) -> Output {
        self.command(folder, arguments).output().expect("it runs")
    }

    /// What is reported, as `path:line`, sorted.
    pub(crate) fn told(&self, arguments: &[&str]) -> Vec<String> {
        self.told_in("", arguments)
    }

    pub(crate) fn told_in(&self, folder: &str, arguments: &[&str]) -> Vec<String> {
        let at = arguments.iter().position(|one| *one == "--").unwrap_or(arguments.len());
        let (flags, paths) = arguments.split_at(at);
        found(&self.run(folder, &[flags, &["-f", "json"], paths].concat()))
    }

    /// Copydesk as the hook `name`, with these arguments; what it says goes into the file `said` of the repository.
    #[cfg(unix)]
    pub(crate) fn hook(&self, name: &str, arguments: &str) {
        use std::os::unix::fs::PermissionsExt;

        let program = env!("CARGO_BIN_EXE_copydesk");
        let said = self.path().join(".git/said");
        let script =
            format!("#!/bin/sh\n'{program}' check --no-progress -q -f json {arguments} > '{0}' 2>&1\n", said.display());
        let path = self.path().join(".git/hooks").join(name);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("made");
        fs::write(&path, script).expect("written");
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("made a program");
    }

    /// What the hook reported last.
    #[cfg(unix)]
    pub(crate) fn said(&self) -> Vec<String> {
        let said = fs::read(self.path().join(".git/said")).expect("the hook ran");
        self.remove(".git/said");
        listed(&said)
    }
}

/// What a run with `-f json` reported, as `path:line`, sorted.
pub(crate) fn found(output: &Output) -> Vec<String> {
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    listed(&output.stdout)
}

fn listed(json: &[u8]) -> Vec<String> {
    let report: Value = serde_json::from_slice(json).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(json)));
    let all = report["diagnostics"].as_array().expect("an array");
    let shown = all.iter().filter(|one| one["verdict"] == "reported");
    let mut found: Vec<String> = shown
        .map(|one| format!("{}:{}", one["path"].as_str().expect("a path"), one["range"]["start"]["line"]))
        .collect();
    found.sort();
    found
}

/// Nothing of the machine's own settings, and nothing of a hook that runs these tests.
fn alone(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        command.env_remove(name);
    }
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "Ann").env(format!("GIT_{who}_EMAIL"), "ann@quay.example");
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("NO_COLOR", "1")
}
