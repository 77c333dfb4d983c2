//! Lists `lints/<family>/<name>.yaml` for embedding, so that a new lint is one file and nothing else. Each record is embedded
//! twice: as it is written, for pages and for what the configuration lays over it, and as JSON, which a run without any of
//! that reads ten times faster. Whether a record makes sense is for the test suite to say. And gives the sources a name by
//! which results of one build are told from those of another.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What the program is built of. Packages come without the lock file.
const SOURCES: [&str; 3] = ["src", "lints", "Cargo.lock"];

fn main() -> io::Result<()> {
    for part in SOURCES {
        println!("cargo:rerun-if-changed={part}");
    }
    let package = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    println!("cargo:rustc-env=COPYDESK_SOURCES={}", sources(&package)?);
    let root = package.join("lints");
    let mut rows = String::from("&[\n");
    for family in sorted(&root)?.into_iter().filter(|path| path.is_dir()) {
        for record in sorted(&family)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "yaml")) {
            let (family, name) = (stem(&family), stem(&record));
            let (json, text) = (json(&record)?, record.display().to_string());
            writeln!(rows, "    ({family:?}, {name:?}, include_str!({text:?}), {json:?}),")
                .expect("writing to a string");
        }
    }
    rows.push_str("]\n");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("records.rs"), rows)
}

/// The version, and a hash of all that the program is built of.
fn sources(package: &Path) -> io::Result<String> {
    let mut hasher = DefaultHasher::new();
    let mut open: Vec<PathBuf> = SOURCES.iter().rev().map(|part| package.join(part)).collect();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(sorted(&path)?);
        } else if path.is_file() {
            path.strip_prefix(package).unwrap_or(&path).hash(&mut hasher);
            fs::read(&path)?.hash(&mut hasher);
        }
    }
    for setting in ["TARGET", "CARGO_CFG_FEATURE"] {
        env::var(setting).unwrap_or_default().hash(&mut hasher);
    }
    Ok(format!("{}-{:016x}", env::var("CARGO_PKG_VERSION").unwrap_or_default(), hasher.finish()))
}

fn json(record: &Path) -> io::Result<String> {
    let value: serde_json::Value = serde_yaml::from_str(&fs::read_to_string(record)?)
        .map_err(|error| io::Error::other(format!("{}: {error}", record.display())))?;
    Ok(value.to_string())
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}
