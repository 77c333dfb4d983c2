//! What git knows of a site: which files and lines differ from a revision or are staged, and staged texts. Git runs as a
//! program, in the folder of the site and never through a shell; what it says is read with NUL between names, so that any
//! name will do. Knows no lint, and not what is done with a change.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

mod blobs;
mod diff;
mod hook;
mod lines;

pub use blobs::{Blobs, Unread};
pub use hook::Variables;
pub use lines::Lines;

use diff::{Entry, Kind};

/// How git is to compare, whatever its configuration says: no other programs, no colours, no lines around a change.
const PLAINLY: [&str; 13] = [
    "--raw",
    "-z",
    "--no-abbrev",
    "--relative",
    "--find-renames",
    "--no-prefix",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--submodule=short",
    "--ignore-submodules=none",
    "--diff-algorithm=myers",
    "--inter-hunk-context=0",
];

/// Asks whether a part of the history is missing, and so whether there is a repository at all.
const IN_REPOSITORY: [&str; 2] = ["rev-parse", "--is-shallow-repository"];

/// The repository that a folder lies in.
#[derive(Clone, Debug)]
pub struct Git {
    folder: PathBuf,
    variables: Vec<(OsString, Option<OsString>)>,
}

/// What has changed in a folder. Paths are relative to it, with `/`; what is not Unicode in them is replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that are new or not as they were, and where.
    files: BTreeMap<String, Touched>,
    /// Folders of which git only knows that something in them has changed: repositories in the repository.
    folders: BTreeSet<String>,
    /// Files that are gone, or have another name now.
    gone: BTreeSet<String>,
}

/// How much of a file has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// All of it: it is new, no text to git, or nobody asked for lines.
    Whole,
    /// These lines.
    Lines(Lines),
}

/// What the next commit will change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staged {
    /// What differs from the last commit.
    pub changes: Changes,
    /// The texts of the files that are new or changed, by path: names of blobs.
    pub blobs: BTreeMap<String, String>,
    /// Files that are not in the folder as they are staged.
    pub partly: BTreeSet<String>,
}

/// Why git could not tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no program `git`.
    NotInstalled,
    /// The folder lies in no repository.
    NoRepository,
    /// There is no commit yet.
    NoCommit,
    /// The revision names no commit.
    Unknown {
        /// Whether a part of the history is missing.
        is_shallow: bool,
    },
    /// The revision and the last commit have no commit in common.
    Unrelated {
        /// Whether a part of the history is missing.
        is_shallow: bool,
    },
    /// What git says itself.
    Failed(String),
}

impl Changes {
    /// How a file has changed; `None` if it has not.
    pub fn of(&self, path: &str) -> Option<&Touched> {
        let in_folder = || path.match_indices('/').any(|(end, _)| self.folders.contains(&path[..end]));
        self.files.get(path).or_else(|| in_folder().then_some(&Touched::Whole))
    }

    /// Whether something in a folder has changed.
    pub fn is_any_in(&self, folder: &str) -> bool {
        let inside = format!("{folder}/");
        let first = |name: Option<&String>| name.is_some_and(|name| name.starts_with(&inside));
        let files = self.files.range(inside.clone()..).next().map(|(name, _)| name);
        first(files) || first(self.folders.range(inside.clone()..).next())
    }

    /// Whether a file was taken away, or has another name now.
    pub fn is_gone(&self, path: &str) -> bool {
        self.gone.contains(path) && !self.files.contains_key(path)
    }

    fn add(&mut self, entry: &Entry, lines: Option<Lines>) {
        if let Some(before) = &entry.renamed_from {
            self.gone.insert(before.clone());
        }
        match entry.kind {
            Kind::Gone => _ = self.gone.insert(entry.path.clone()),
            Kind::Repository => _ = self.folders.insert(entry.path.clone()),
            Kind::Link => {}
            Kind::File => {
                let touched = lines.map_or(Touched::Whole, Touched::Lines);
                // A file in conflict has several entries.
                let known = self.files.entry(entry.path.clone());
                known.and_modify(|known| *known = Touched::Whole).or_insert(touched);
            }
        }
    }
}

impl Git {
    /// The repository that `folder` lies in. `variables` are those of git's own that hold there.
    pub fn at(folder: &Path, variables: &Variables<'_>) -> Self {
        Self { folder: folder.to_owned(), variables: variables.settled(folder) }
    }

    /// What differs from where this branch left `revision`: in commits, staged or not, and files that git does not know. With
    /// `by_line`, where in each file.
    ///
    /// # Errors
    /// When git cannot tell.
    pub fn since(&self, revision: &str, by_line: bool) -> Result<Changes, Refusal> {
        let found = self.run(&["merge-base", "--end-of-options", revision, "HEAD"])?;
        let base = String::from_utf8_lossy(&found.stdout).trim().to_owned();
        if !found.status.success() || base.is_empty() {
            return Err(self.why_no_base(&found)?);
        }
        let mut changes = Changes::default();
        for (entry, lines) in self.differing(&[base.as_str()], by_line)? {
            changes.add(&entry, lines);
        }
        // The same files that a walk finds: what only this user or this clone ignores is part of the site.
        let others = ["ls-files", "-z", "--others", "--exclude-per-directory=.gitignore", "--", "."];
        for name in self.told(&others)?.split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
            let name = String::from_utf8_lossy(name);
            match name.strip_suffix('/') {
                Some(repository) => _ = changes.folders.insert(repository.to_owned()),
                None => _ = changes.files.insert(name.into_owned(), Touched::Whole),
            }
        }
        Ok(changes)
    }

    /// What differs between the last commit, if there is one, and what is staged. With `by_line`, where in each file.
    ///
    /// # Errors
    /// When git cannot tell.
    pub fn staged(&self, by_line: bool) -> Result<Staged, Refusal> {
        let mut staged = Staged::default();
        let all = self.differing(&["--cached"], by_line);
        // Outside of a repository, `git diff` compares any two files, and complains of its arguments.
        let why = |refusal| self.told(&IN_REPOSITORY).err().unwrap_or(refusal);
        for (entry, lines) in all.map_err(why)? {
            if entry.kind == Kind::File && !entry.is_unmerged {
                staged.blobs.insert(entry.path.clone(), entry.blob.clone());
            }
            staged.changes.add(&entry, lines);
        }
        if !staged.blobs.is_empty() {
            let unstaged = self.differing(&["--ignore-submodules=all"], false)?;
            staged.partly = unstaged.into_iter().map(|(entry, _)| entry.path).collect();
            staged.partly.retain(|path| staged.blobs.contains_key(path));
        }
        Ok(staged)
    }

    /// A reader of blobs.
    ///
    /// # Errors
    /// When git cannot be started.
    pub fn blobs(&self) -> Result<Blobs, Refusal> {
        Blobs::start(self.command().args(["cat-file", "--batch"])).map_err(|error| not_started(&error))
    }

    /// What `git diff` tells of the folder, with the lines of each file that has any to tell.
    fn differing(&self, arguments: &[&str], by_line: bool) -> Result<Vec<(Entry, Option<Lines>)>, Refusal> {
        let patch: &[&str] = if by_line { &["--patch", "--unified=0"] } else { &[] };
        let said = self.told(&[&["diff"][..], &PLAINLY, patch, arguments, &["--", "."]].concat())?;
        let unclear = || Refusal::Failed("`git diff` says what copydesk cannot read".to_owned());
        diff::read(&said, by_line).ok_or_else(unclear)
    }

    /// What git says, if it succeeds.
    fn told(&self, arguments: &[&str]) -> Result<Vec<u8>, Refusal> {
        let output = self.run(arguments)?;
        if output.status.success() { Ok(output.stdout) } else { Err(refusal(&output)) }
    }

    fn run(&self, arguments: &[&str]) -> Result<Output, Refusal> {
        self.command().args(arguments).output().map_err(|error| not_started(&error))
    }

    fn command(&self) -> Command {
        let mut git = Command::new("git");
        git.args(["--no-pager", "-c", "core.quotePath=false", "-c", "diff.autoRefreshIndex=true"]);
        // A lock that is only nice to have must not stop what the user does beside; words that are looked for are English.
        git.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
        git.env_remove("GIT_DIFF_OPTS").env_remove("GIT_EXTERNAL_DIFF");
        for (name, value) in &self.variables {
            match value {
                Some(value) => git.env(name, value),
                None => git.env_remove(name),
            };
        }
        git.current_dir(&self.folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        git
    }

    /// Why there is no commit to compare with. Costs a question or two, which only a run that stops has to pay.
    fn why_no_base(&self, found: &Output) -> Result<Refusal, Refusal> {
        let said = self.told(&IN_REPOSITORY)?;
        let is_shallow = said.starts_with(b"true");
        if found.status.code() == Some(1) {
            return Ok(Refusal::Unrelated { is_shallow });
        }
        let has_commit = self.run(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])?.status.success();
        Ok(if has_commit { Refusal::Unknown { is_shallow } } else { Refusal::NoCommit })
    }
}

fn not_started(error: &std::io::Error) -> Refusal {
    match error.kind() {
        ErrorKind::NotFound => Refusal::NotInstalled,
        _ => Refusal::Failed(format!("cannot start it: {error}")),
    }
}

/// What a failure of git means.
fn refusal(output: &Output) -> Refusal {
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains("not a git repository") {
        return Refusal::NoRepository;
    }
    let first = said.lines().find_map(|line| line.strip_prefix("fatal: ").or_else(|| line.strip_prefix("error: ")));
    let last = || said.lines().last().filter(|line| !line.is_empty()).unwrap_or("it gives no reason");
    Refusal::Failed(first.unwrap_or_else(last).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_have_changed_with_what_is_in_them() {
        let mut changes = Changes::default();
        for path in ["a-b/x.md", "a/b/c.md", "ab.md"] {
            changes.files.insert(path.to_owned(), Touched::Whole);
        }
        changes.folders.insert("m/n".to_owned());
        let folders = ["a", "a/b", "a-b", "ab", "m", "b", "a/b/c.md"];
        assert_eq!(folders.map(|folder| changes.is_any_in(folder)), [true, true, true, false, true, false, false]);
        let files = ["a/b/c.md", "a/b/d.md", "m/n", "m/n/x/y.md", "m/x.md"];
        assert_eq!(files.map(|file| changes.of(file).is_some()), [true, false, false, true, false]);
    }
}
