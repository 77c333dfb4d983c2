//! Lists `lints/<family>/<name>.yaml` for embedding, so that a new lint is one file and nothing else. Each record is embedded
//! twice: as it is written, for pages and for what the configuration lays over it, and as JSON, which a run without any of
//! that reads ten times faster. Whether a record makes sense is for the test suite to say.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=lints");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("lints");
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
