//! Mini-sites for tests: a folder of its own for each, and what the program says about it.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A mini-site of `tests/sites`, away from this repository: its own `.gitignore` and configuration must not matter.
pub(crate) fn site(name: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    copy_folder(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(name), copy.path());
    copy
}

/// Copies what a folder holds into another, over what may be there.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("readable") {
        let path = entry.expect("readable").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(&path, &target)
        } else {
            std::fs::copy(&path, target).map(|_| ()).expect("copied")
        }
    }
}

/// What `copydesk check -f json` says in a folder; the time that it took is left out.
pub(crate) fn report(root: &Path, arguments: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    let output =
        command.args(["check", "-f", "json"]).args(arguments).current_dir(root).output().expect("the command runs");
    let mut report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    report["summary"]["seconds"] = Value::Null;
    report
}
