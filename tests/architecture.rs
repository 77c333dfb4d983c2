//! The architecture, held by tests: order of modules, sizes of files and functions, a first line that says what a file owns,
//! and no lint's name in Rust code.

use std::fs;
use std::path::{Path, PathBuf};

/// Each module may import only from those before it.
const ORDER: [&str; 24] = [
    "source",
    "diagnostic",
    "spanned",
    "site",
    "fingerprint",
    "post",
    "corpus",
    "matcher",
    "lint",
    "suppress",
    "baseline",
    "fix",
    "config",
    "plan",
    "walk",
    "cache",
    "git",
    "online",
    "desk",
    "dedup",
    "survey",
    "emit",
    "lsp",
    "cli",
];

/// Most lines of code in a file, tests not counted.
const LONGEST_FILE: usize = 400;
/// Most lines of a function.
const LONGEST_FUNCTION: usize = 60;

#[test]
fn modules_import_only_to_their_left() {
    let rank = |name: &str| ORDER.iter().position(|module| *module == name);
    for (path, text) in rust_files("src") {
        let Some(own) = rank(&module_of(&path)) else { continue };
        for used in text.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(imported_modules) {
            let Some(other) = rank(&used) else { continue };
            assert!(other <= own, "{}: must not know `{used}`", path.display());
        }
    }
}

#[test]
fn the_module_list_in_lib_is_the_order() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).expect("readable");
    let listed: Vec<_> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(listed, ORDER);
}

#[test]
fn every_file_says_first_what_it_owns() {
    for (path, text) in ["src", "tests", "benches"].iter().flat_map(|folder| rust_files(folder)) {
        assert!(text.starts_with("//! "), "{}: does not open with `//!`", path.display());
    }
}

#[test]
fn files_and_functions_are_short() {
    // A table of cases is as long as it is.
    let is_tests = |path: &Path| ["tests.rs", "properties.rs"].iter().any(|name| path.ends_with(name));
    for (path, text) in rust_files("src").into_iter().filter(|(path, _)| !is_tests(path)) {
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let lines = code.lines().count();
        assert!(lines <= LONGEST_FILE, "{}: {lines} lines", path.display());
        for (line, length) in functions(code) {
            assert!(length <= LONGEST_FUNCTION, "{}:{line}: a function of {length} lines", path.display());
        }
    }
}

#[test]
fn no_lint_is_named_in_rust_code() {
    let names: Vec<&str> = copydesk::lint::builtin_names().collect();
    assert!(!names.is_empty());
    for (path, text) in rust_files("src") {
        for name in &names {
            // A name of one word is also a word of the field; as a lint's name it would stand in quotes.
            let quoted = format!("\"{name}\"");
            let name = if name.contains('-') { name } else { &*quoted };
            assert!(!text.contains(name), "{}: names the lint `{name}`", path.display());
        }
    }
}

#[test]
fn no_drawer_modules_and_no_hidden_state() {
    for (path, text) in rust_files("src") {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        assert!(!["util", "utils", "common", "helpers", "misc"].contains(&&*stem), "{}", path.display());
        for line in text.lines() {
            let is_static = line.trim_start().starts_with("static ") || line.contains("thread_local!");
            let holds_state =
                ["Mutex", "Cell", "OnceLock", "LazyLock", "Atomic"].iter().any(|kind| line.contains(kind));
            assert!(!(is_static && (holds_state || line.contains("thread_local!"))), "{}: {line}", path.display());
        }
    }
}

#[test]
fn posts_are_changed_in_one_place() {
    for (path, text) in rust_files("src") {
        let is_the_place =
            ["fix/write.rs", "dedup/journal.rs", "cache/folder.rs"].iter().any(|place| path.ends_with(place));
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let changes = ["fs::rename", "fs::remove", "fs::hard_link", "fs::copy", "set_permissions"];
        let found = changes.iter().find(|change| code.contains(**change));
        assert!(is_the_place || found.is_none(), "{}: {found:?} belongs into fix/write.rs", path.display());
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut files = vec![];
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for path in entries.map(|entry| entry.expect("readable").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("readable");
                files.push((path, text));
            }
        }
    }
    files.sort();
    files
}

/// The top-level module that a file belongs to.
fn module_of(path: &Path) -> String {
    let below = path.strip_prefix(root().join("src")).expect("below src");
    let first = below.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned());
    first.unwrap_or_default().trim_end_matches(".rs").to_owned()
}

/// The modules after each `crate::` of a line.
fn imported_modules(line: &str) -> Vec<String> {
    let names = line.split("crate::").skip(1).flat_map(|rest| {
        let list = rest.strip_prefix('{').map_or(rest, |list| list.split('}').next().unwrap_or_default());
        let several = rest.starts_with('{');
        list.split(',')
            .take(if several { usize::MAX } else { 1 })
            .map(|item| item.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>())
    });
    names.collect()
}

/// Line and length of every function, told by the indentation that rustfmt gives.
fn functions(text: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = vec![];
    for (start, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let signature = line.trim_start().trim_start_matches("pub(super) ").trim_start_matches("pub(crate) ");
        let signature = signature.trim_start_matches("pub ").trim_start_matches("const ");
        if !signature.starts_with("fn ") {
            continue;
        }
        let body = lines[start..].iter().find(|line| line.ends_with(['{', ';', '}']));
        if body.is_none_or(|line| !line.ends_with('{')) {
            continue;
        }
        let close = format!("{}}}", " ".repeat(indent));
        if let Some(length) = lines[start..].iter().position(|line| **line == close) {
            found.push((start + 1, length + 1));
        }
    }
    found
}
