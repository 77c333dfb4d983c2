//! What `git diff --raw -z` says, and the hunks of the patch behind it. Files are told by the raw part, where names stand as
//! they are; of the patch, only names and the numbers in `@@` lines are read, and what a hunk holds is stepped over by its
//! count, so no text of a post is taken for a header.

use std::collections::BTreeMap;

use super::Lines;

/// A file that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// What is there now.
    pub(super) kind: Kind,
    /// Its path.
    pub(super) path: String,
    /// The path it had, if that is another one.
    pub(super) renamed_from: Option<String>,
    /// The name of its text, all zeros where only the folder has it.
    pub(super) blob: String,
    /// Whether two branches disagree about it.
    pub(super) is_unmerged: bool,
}

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A file.
    File,
    /// A symbolic link.
    Link,
    /// A repository in the repository.
    Repository,
    /// Nothing any more.
    Gone,
}

/// Reads what git said; `None` where that has another form. Lines are told of files with a text of which a part has changed.
pub(super) fn read(said: &[u8], by_line: bool) -> Option<Vec<(Entry, Option<Lines>)>> {
    let mut rest = said;
    let mut entries = vec![];
    while rest.first() == Some(&b':') {
        let (entry, is_same_text) = entry(&mut rest)?;
        entries.push((entry, is_same_text));
    }
    let patch = rest.strip_prefix(b"\0").unwrap_or(rest);
    let mut hunks = if by_line { hunks(patch)? } else { BTreeMap::new() };
    let lines = |(entry, is_same_text): (Entry, bool)| {
        let known = hunks.remove(&entry.path).or_else(|| is_same_text.then(Lines::default));
        let is_renamed = entry.renamed_from.is_some();
        let lines = known.filter(|_| by_line).map(|lines| Lines { is_renamed, ..lines });
        (entry, lines)
    };
    Some(entries.into_iter().map(lines).collect())
}

/// The record at the start of `rest`, and whether it is about a name alone. `:100644 100644 BLOB BLOB R087 NUL PATH NUL PATH NUL`
fn entry(rest: &mut &[u8]) -> Option<(Entry, bool)> {
    let head = String::from_utf8_lossy(field(rest)?).into_owned();
    let words: Vec<&str> = head.trim_start_matches(':').split(' ').collect();
    let [_, mode, _, blob, status] = words[..] else { return None };
    let mut path = String::from_utf8_lossy(field(rest)?).into_owned();
    let mut renamed_from = None;
    if status.starts_with(['R', 'C']) {
        let now = String::from_utf8_lossy(field(rest)?).into_owned();
        let before = std::mem::replace(&mut path, now);
        renamed_from = status.starts_with('R').then_some(before);
    }
    let is_unmerged = status.starts_with('U');
    let kind = match mode {
        "160000" => Kind::Repository,
        "120000" => Kind::Link,
        "000000" if !is_unmerged => Kind::Gone,
        _ => Kind::File,
    };
    let is_same_text = matches!(status, "R100" | "C100");
    Some((Entry { kind, path, renamed_from, blob: blob.to_owned(), is_unmerged }, is_same_text))
}

/// What stands before the next NUL.
fn field<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let end = memchr::memchr(0, rest)?;
    let field = &rest[..end];
    *rest = &rest[end + 1..];
    Some(field)
}

/// The lines that a patch changes, by the path of the new file.
fn hunks(patch: &[u8]) -> Option<BTreeMap<String, Lines>> {
    let mut files: BTreeMap<String, Lines> = BTreeMap::new();
    let mut path: Option<String> = None;
    let mut lines = patch.split(|byte| *byte == b'\n');
    while let Some(line) = lines.next() {
        if line.starts_with(b"diff ") {
            path = None;
        } else if let Some(name) = line.strip_prefix(b"+++ ") {
            path = Some(unquoted(name.strip_suffix(b"\t").unwrap_or(name))?);
        } else if line.starts_with(b"@@ ") {
            let hunk = hunk(line)?;
            let mut left = hunk.old + hunk.new;
            while left > 0 {
                match lines.next()?.first()? {
                    b'+' | b'-' => left -= 1,
                    // `\ No newline at end of file` is no line of either file.
                    b'\\' => {}
                    _ => return None,
                }
            }
            let file = files.entry(path.clone()?).or_default();
            match hunk.new {
                0 => file.cuts.push(hunk.start),
                count => file.changed.push(hunk.start..hunk.start + count),
            }
        }
    }
    Some(files)
}

/// The numbers of a hunk: lines of the old file, first line and lines of the new one.
struct Hunk {
    old: usize,
    start: usize,
    new: usize,
}

/// `@@ -12,3 +12 @@ …`; a count that is left out is 1.
fn hunk(line: &[u8]) -> Option<Hunk> {
    let line = String::from_utf8_lossy(line);
    let mut words = line.split(' ').skip(1);
    let mut pair = |sign: char| -> Option<(usize, usize)> {
        let word = words.next()?.strip_prefix(sign)?;
        let (start, count) = word.split_once(',').unwrap_or((word, "1"));
        Some((start.parse().ok()?, count.parse().ok()?))
    };
    let ((_, old), (start, new)) = (pair('-')?, pair('+')?);
    Some(Hunk { old, start, new })
}

/// A name as git writes it in patches: in quotes, with escapes, where it holds something that a line cannot.
fn unquoted(name: &[u8]) -> Option<String> {
    let Some(quoted) = name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")) else {
        return Some(String::from_utf8_lossy(name).into_owned());
    };
    let mut out = vec![];
    let mut bytes = quoted.iter().copied();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'\\' => match bytes.next()? {
                b'a' => 0x07,
                b'b' => 0x08,
                b't' => b'\t',
                b'n' => b'\n',
                b'v' => 0x0B,
                b'f' => 0x0C,
                b'r' => b'\r',
                high @ b'0'..=b'3' => {
                    let digits = [high, bytes.next()?, bytes.next()?];
                    u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 8).ok()?
                }
                other => other,
            },
            other => other,
        });
    }
    Some(String::from_utf8_lossy(&out).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "4cb29ea38f70d7c61b2a3a25b02e3bdf44905402";
    const NEW: &str = "0000000000000000000000000000000000000000";

    fn raw(modes: &str, status: &str, paths: &[&str]) -> String {
        format!(":{modes} {OLD} {NEW} {status}\0{}\0", paths.join("\0"))
    }

    fn lines(changed: &[(usize, usize)], cuts: &[usize], is_renamed: bool) -> Option<Lines> {
        let changed = changed.iter().map(|(start, end)| *start..*end).collect();
        Some(Lines { is_renamed, changed, cuts: cuts.to_vec() })
    }

    #[test]
    fn records_are_read_whatever_the_names_are() {
        let said = [
            raw("100644 100644", "M", &["a \"b\"\n中.md"]),
            raw("000000 100644", "A", &[":new.md"]),
            raw("100644 000000", "D", &["gone.md"]),
            raw("100644 100644", "R087", &["old.md", "new name.md"]),
            raw("160000 160000", "M", &["theme"]),
            raw("100644 120000", "T", &["link.md"]),
            raw("000000 000000", "U", &["conflict.md"]),
        ];
        let read = read(said.concat().as_bytes(), false).expect("it has the form");
        let found: Vec<_> = read.iter().map(|(entry, _)| (entry.kind, entry.path.as_str())).collect();
        let expected = [
            (Kind::File, "a \"b\"\n中.md"),
            (Kind::File, ":new.md"),
            (Kind::Gone, "gone.md"),
            (Kind::File, "new name.md"),
            (Kind::Repository, "theme"),
            (Kind::Link, "link.md"),
            (Kind::File, "conflict.md"),
        ];
        assert_eq!(found, expected);
        assert_eq!(read[3].0.renamed_from.as_deref(), Some("old.md"));
        assert!(read[6].0.is_unmerged && read.iter().all(|(_, lines)| lines.is_none()));
    }

    #[test]
    fn hunks_tell_lines_and_their_texts_tell_nothing() {
        let said = [
            &raw("100644 100644", "M", &["a.md"]),
            &raw("100644 100644", "R087", &["b.md", "c\"\n中 d.md"]),
            &raw("100644 100644", "R100", &["e.md", "f.md"]),
            &raw("100644 100644", "M", &["binary.md"]),
            "\0diff --git a.md a.md\nindex 4cb29ea..33593eb 100644\n--- a.md\n+++ a.md\n",
            "@@ -2 +2,3 @@ one\n-two\n+++ evil.md\n+@@ -1 +1 @@\n+diff --git x x\n@@ -9,2 +11,0 @@\n--- -1\n-x\n",
            "\\ No newline at end of file\n",
            "diff --git b.md \"c\\\"\\n中 d.md\"\nsimilarity index 87%\n--- b.md\n+++ \"c\\\"\\n中 d.md\"\t\n",
            "@@ -0,0 +1 @@\n+x\n\\ No newline at end of file\n",
            "diff --git binary.md binary.md\nBinary files binary.md and binary.md differ\n",
        ];
        let read = read(said.concat().as_bytes(), true).expect("it has the form");
        let found: Vec<_> = read.into_iter().map(|(_, lines)| lines).collect();
        let renamed = lines(&[(1, 2)], &[], true);
        assert_eq!(found, [lines(&[(2, 5)], &[11], false), renamed, lines(&[], &[], true), None]);
    }

    #[test]
    fn what_has_another_form_is_not_guessed_at() {
        for said in [":100644 100644 1 2 M", ":100644 M\0a.md\0", "\0+++ a.md\n@@ -1 +1 @@\n-x\n", "\0@@ -1 +x @@\n"] {
            assert_eq!(read(said.as_bytes(), true), None, "{said:?}");
        }
        assert_eq!(read(b"", true), Some(vec![]));
    }

    #[test]
    fn escapes_in_names_are_undone() {
        assert_eq!(unquoted(b"a b.md").as_deref(), Some("a b.md"));
        assert_eq!(unquoted(br#""\tq\"\\\346\227\245\001""#).as_deref(), Some("\tq\"\\日\u{1}"));
        assert_eq!(unquoted(br#""\9""#).as_deref(), Some("9"));
        assert_eq!(unquoted(br#""\34""#), None);
    }
}
