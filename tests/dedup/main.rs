//! `copydesk dedup` as it is run: listing, plans, each action under each generator, undoing, kills and full disks.

#[cfg(unix)]
mod accidents;
mod actions;
#[path = "../fresh_program/mod.rs"]
mod fresh_program;
mod listing;
mod mistakes;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The text of each file below a folder, by path, without what copydesk keeps for itself.
type Files = BTreeMap<String, Vec<u8>>;

/// A site in a folder of its own.
struct Site {
    made: TempDir,
}

/// How a run ended, and what it said.
struct Run {
    status: Option<i32>,
    out: String,
    error: String,
}

impl Site {
    fn new(files: &[(&str, &str)]) -> Site {
        Site::made(tempfile::tempdir().expect("a folder can be made"), files)
    }

    /// A site in memory where the system has a disk there: a kill is a kill on any disk, and this one does not keep the test
    /// waiting.
    #[cfg(unix)]
    fn in_memory(files: &[(&str, &str)]) -> Site {
        let made = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        Site::made(made.expect("a folder can be made"), files)
    }

    fn made(made: TempDir, files: &[(&str, &str)]) -> Site {
        let site = Site { made };
        for (path, text) in files {
            site.write(path, text);
        }
        site
    }

    fn root(&self) -> &Path {
        self.made.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("below the root")).expect("a folder can be made");
        fs::write(path, text).expect("it can be written");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn has(&self, path: &str) -> bool {
        self.root().join(path).exists()
    }

    fn files(&self) -> Files {
        files(self.root(), false)
    }

    /// `copydesk dedup` with these arguments, in the root.
    fn dedup(&self, arguments: &[&str]) -> Run {
        run(dedup(self.root(), arguments))
    }

    /// Applies a plan of one cluster.
    fn apply(&self, kept: &str, members: &[(&str, &str)]) -> Run {
        self.plan("plan.yaml", kept, members);
        self.dedup(&["--apply", "plan.yaml"])
    }

    /// Writes a plan of one cluster: each member with its action and, after a blank, its address.
    fn plan(&self, file: &str, kept: &str, members: &[(&str, &str)]) {
        let mut text = format!("version: 1\nclusters:\n{}", self.keep(kept));
        for (path, action) in members {
            text.push_str(&self.member(path, action));
        }
        self.write(file, &text);
    }

    fn keep(&self, kept: &str) -> String {
        format!("  - keep: {{path: {kept}, hash: {}}}\n    members:\n", self.hash(kept))
    }

    fn member(&self, path: &str, action: &str) -> String {
        let (action, address) = action.split_once(' ').unwrap_or((action, ""));
        let address = if address.is_empty() { String::new() } else { format!(", address: {address}") };
        format!("      - {{path: {path}, hash: {}, action: {action}{address}}}\n", self.hash(path))
    }

    fn hash(&self, path: &str) -> String {
        let bytes = fs::read(self.root().join(path)).unwrap_or_default();
        format!("\"{}\"", blake3::hash(&bytes).to_hex())
    }
}

fn dedup(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.arg("dedup").args(arguments).current_dir(root).env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
    command
}

fn run(mut command: Command) -> Run {
    let Output { status, stdout, stderr } = fresh_program::output(&mut command);
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Run { status: status.code(), out: text(stdout), error: text(stderr) }
}

/// The files below a folder; with `hidden`, also those in `.copydesk`.
fn files(root: &Path, hidden: bool) -> Files {
    let mut found = Files::new();
    let mut open: Vec<PathBuf> = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("readable") {
            let path = entry.expect("readable").path();
            let name = path.strip_prefix(root).expect("below").to_str().expect("Unicode").to_owned();
            if path.is_dir() {
                if hidden || name != ".copydesk" {
                    open.push(path);
                }
            } else {
                found.insert(name, fs::read(&path).expect("readable"));
            }
        }
    }
    found
}

/// A text of a few sentences about `subject`, long enough to be compared.
fn prose(subject: &str) -> String {
    format!(
        "The {subject} was built on the northern shore by two brothers who had sailed together for thirty years.\n\n\
         They asked every neighbour for one stone, and wrote each name with the day and the weather in a green ledger.\n\n\
         When the {subject} burned down in a dry autumn the ledger survived, and the grandchildren of the neighbours \
         brought new stones in the order of the old list. Visitors may read the {subject} register on Sunday mornings.\n"
    )
}
