//! `--fix`, `--unsafe-fixes`, `--diff`: repairs what lints marked in the files that were asked for, or shows what that would be.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use clap::Args;
use similar::TextDiff;

use super::changed::Changed;
use super::check::Scope;
use super::site::Site;
use super::stop::{self, Stop};
use super::{Screen, Status, output};
use crate::desk::{Desk, Mended, MendedPost};
use crate::diagnostic::{Diagnostic, Failure};
use crate::emit;
use crate::fix::write::{Folder, plain};
use crate::source::Source;

/// Arguments that ask for repairs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub(super) struct FixArgs {
    /// Repair what can be repaired without a doubt, and report what is left
    #[arg(long, help_heading = "Repairs")]
    fix: bool,

    /// Make repairs, too, that a person should look at
    #[arg(long, help_heading = "Repairs")]
    unsafe_fixes: bool,

    /// Show the repairs as a patch, and change nothing; exit with status 1 if there are any
    #[arg(long, help_heading = "Repairs")]
    diff: bool,

    /// Repair only what this lint or family finds; may be repeated
    #[arg(long, value_name = "LINT", help_heading = "Repairs")]
    fix_only: Vec<String>,
}

impl FixArgs {
    /// The arguments of `copydesk fix`.
    pub(super) fn asked_for(mut self) -> Self {
        self.fix = true;
        self
    }

    /// Whether repairs are asked for. `--unsafe-fixes` and `--fix-only` ask for them by themselves.
    pub(super) fn asks(&self) -> bool {
        self.fix || self.unsafe_fixes || self.diff || !self.fix_only.is_empty()
    }

    /// Repairs what lies in `scope`. With `--diff` the patch is written out, and how the run ends is told; else the run goes on
    /// with what is left, and says on the screen, if there is one, what was repaired.
    ///
    /// # Errors
    /// When a name is unknown, or the folder of the site cannot be read.
    pub(super) fn run(
        &self,
        desk: &mut Desk,
        site: &Site,
        scope: &Scope,
        screen: Option<&Screen>,
    ) -> anyhow::Result<Option<Status>> {
        let names = self.names(desk)?;
        if scope.unsaved().is_some() && !self.diff {
            let help = "write `--diff` for a patch, or name the file";
            return Err(Stop::new("what is read from standard input cannot be repaired in place").help(help).into());
        }
        if let Some(changed) = scope.changed().filter(|_| !self.diff) {
            changed.check_repairs(desk, &|path| scope.contains(path))?;
        }
        let wants = |one: &Diagnostic| {
            let is_safe = one.fix.as_ref().is_some_and(|fix| fix.is_safe);
            (is_safe || self.unsafe_fixes)
                && scope.contains(&one.place.path)
                && (names.is_empty() || names.contains(&one.lint) || names.contains(&one.family))
        };
        let mended = desk.mend(&wants);
        if self.diff {
            return patch(&mended).map(Some);
        }
        let told = write(desk, site, mended)?;
        if let Some(screen) = screen.filter(|_| !told.is_empty()) {
            let then = scope.changed().map_or("", Changed::after_repairs);
            stop::note(screen, &format!("{told}{then}"));
        }
        Ok(None)
    }

    fn names(&self, desk: &Desk) -> anyhow::Result<BTreeSet<Arc<str>>> {
        let known: Vec<[Arc<str>; 2]> =
            desk.plan().lints.iter().map(|one| [one.lint.name.clone(), one.lint.family.clone()]).collect();
        let name = |written: &String| -> anyhow::Result<Arc<str>> {
            let found = known.iter().flatten().find(|known| known.as_ref() == written);
            let missing = || {
                Stop::new(format!("no lint or family `{written}` runs here, so it cannot be repaired"))
                    .help("`copydesk list` names all, with the level that each has")
            };
            Ok(found.cloned().ok_or_else(missing)?)
        };
        self.fix_only.iter().map(name).collect()
    }
}

/// Writes what was repaired. What cannot be written is a failure of the report; what was done is told.
fn write(desk: &mut Desk, site: &Site, mended: Mended) -> anyhow::Result<String> {
    let folder = Folder::open(&site.root)
        .map_err(|error| Stop::new(format!("cannot open {}: {}", site.root.display(), plain(&error))))?;
    mended.refused.into_iter().for_each(|failure| desk.fail(failure));
    let (mut files, mut fixed): (BTreeSet<Arc<str>>, BTreeMap<Arc<str>, usize>) = Default::default();
    for post in mended.posts {
        match write_post(&folder, &post) {
            Ok(()) => {
                files.insert(post.before.path.clone());
                post.fixed.iter().for_each(|(lint, count)| *fixed.entry(lint.clone()).or_default() += count);
            }
            Err(failure) => {
                // What is said of the post is to be said of the file.
                desk.update(post.before, post.role);
                desk.fail(failure);
            }
        }
    }
    for one in mended.renamed {
        match folder.rename(&one.from, &one.to) {
            Ok(()) => {
                files.insert(one.from);
                *fixed.entry(one.lint).or_default() += 1;
            }
            Err(error) => {
                desk.rename(&one.to, &one.from);
                let error = format!("not renamed to {}: {}", one.to, plain(&error));
                desk.fail(Failure { path: one.from, error, help: "the file has the name that it had".into() });
            }
        }
    }
    let total: usize = fixed.values().sum();
    if total == 0 {
        return Ok(String::new());
    }
    let by_lint: Vec<String> = fixed.iter().map(|(lint, count)| format!("{count} {lint}")).collect();
    let places = emit::plural(total, "place");
    Ok(format!("repaired {places} in {}: {}", emit::plural(files.len(), "file"), by_lint.join(", ")))
}

/// Writes one post, unless it is not what was read.
fn write_post(folder: &Folder, post: &MendedPost) -> Result<(), Failure> {
    let path = &post.before.path;
    let failure = |error: String, help: &str| Failure { path: path.clone(), error, help: help.to_owned() };
    let now = folder.read(path).map_err(|error| failure(format!("not fixed: {}", plain(&error)), ""))?;
    if Source::from_bytes(path, &now).text != post.before.text {
        return Err(failure("not fixed: it was changed while it was checked".to_owned(), "run copydesk again"));
    }
    let bytes = encoded(&post.after).ok_or_else(|| {
        let encoding = post.after.decoded.encoding.name();
        failure(format!("not fixed: its text cannot be written in {encoding}"), "save the file as UTF-8 first")
    })?;
    folder
        .write(path, &bytes)
        .map_err(|error| failure(format!("not fixed: cannot write: {}", plain(&error)), "the file is as it was"))
}

/// The bytes of a text in the encoding that it was read in; `None` where that loses something.
fn encoded(source: &Source) -> Option<Vec<u8>> {
    let encoding = source.decoded.encoding;
    let (bytes, used, is_lossy) = encoding.encode(&source.text);
    (used == encoding && !is_lossy && !source.decoded.lossy).then(|| bytes.into_owned())
}

/// Writes the patch.
fn patch(mended: &Mended) -> anyhow::Result<Status> {
    let mut text = String::new();
    let names: BTreeMap<&str, &str> = mended.renamed.iter().map(|one| (&*one.from, &*one.to)).collect();
    for post in &mended.posts {
        let path = &*post.before.path;
        let diff = TextDiff::from_lines(&*post.before.text, &*post.after.text);
        let (old, new) = (quoted("a", path), quoted("b", names.get(path).unwrap_or(&path)));
        text.push_str(&head(path, names.get(path).unwrap_or(&path)));
        text.push_str(&diff.unified_diff().header(&old, &new).to_string());
    }
    let has_text = |path: &str| mended.posts.iter().any(|post| &*post.before.path == path);
    for (from, to) in names.iter().filter(|(from, _)| !has_text(from)) {
        text.push_str(&head(from, to));
    }
    output::print(text.as_bytes())?;
    let is_clean = mended.posts.is_empty() && mended.renamed.is_empty();
    Ok(if is_clean { Status::Clean } else { Status::Found })
}

/// The lines that begin the patch of one file. How much of a renamed file stays, git reads and does not need.
fn head(from: &str, to: &str) -> String {
    let (old, new) = (quoted("a", from), quoted("b", to));
    let first = format!("diff --git {old} {new}\n");
    if from == to {
        return first;
    }
    let bare = |quoted: String| quoted.replacen("a/", "", 1);
    format!(
        "{first}similarity index 90%\nrename from {}\nrename to {}\n",
        bare(quoted("a", from)),
        bare(quoted("a", to))
    )
}

/// A path as git writes it into patches: in quotes where a line could not hold it otherwise.
fn quoted(side: &str, path: &str) -> String {
    if !path.contains(|c: char| c.is_control() || matches!(c, '"' | '\\')) {
        return format!("{side}/{path}");
    }
    let mut out = format!("\"{side}/");
    for byte in path.bytes() {
        match byte {
            b'"' | b'\\' => out.extend(['\\', char::from(byte)]),
            0x20..=0x7E => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\{byte:03o}")),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Role;
    use crate::source::Decoded;

    #[test]
    fn a_post_that_was_changed_meanwhile_is_left_alone() {
        let root = tempfile::tempdir().expect("a folder");
        std::fs::write(root.path().join("a.md"), "now").expect("written");
        let folder = Folder::open(root.path()).expect("it is there");
        let post = |before: &str| MendedPost {
            role: Role::Post,
            before: Source::from_text("a.md", before),
            after: Source::from_text("a.md", "after"),
            fixed: BTreeMap::new(),
        };
        let failure = write_post(&folder, &post("before")).expect_err("it is another text");
        assert_eq!(failure.error, "not fixed: it was changed while it was checked");
        assert_eq!(std::fs::read(root.path().join("a.md")).expect("readable"), b"now");
        write_post(&folder, &post("now")).expect("it is the text that was read");
        assert_eq!(std::fs::read(root.path().join("a.md")).expect("readable"), b"after");
    }

    #[test]
    fn what_an_encoding_lacks_is_not_written() {
        let decoded = Decoded { encoding: encoding_rs::GBK, lossy: false, first_bad_byte: Some(0) };
        let gbk = |text: &str| Source { decoded, ..Source::from_text("a.md", text) };
        assert_eq!(encoded(&gbk("你")).as_deref(), Some(&b"\xC4\xE3"[..]));
        assert_eq!(encoded(&gbk("🎉")), None);
    }

    #[test]
    fn paths_are_quoted_as_git_does() {
        for (path, expected) in [
            ("a b.md", "a/a b.md"),
            ("港.md", "a/港.md"),
            ("a\"b.md", "\"a/a\\\"b.md\""),
            ("a\n.md", "\"a/a\\012.md\""),
        ] {
            assert_eq!(quoted("a", path), expected);
        }
    }
}
