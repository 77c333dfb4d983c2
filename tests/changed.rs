//! `--since`, `--staged`, `--lines`, with the real git in repositories that each test makes: which posts and lines count as
//! changed, whose text is judged, and what is said where git cannot tell.

#[path = "changed/refusals.rs"]
mod refusals;
#[path = "changed/repository.rs"]
mod repository;
#[path = "changed/staged.rs"]
mod staged;

use std::fs;

use repository::{BELL, Repository, found, post};

#[test]
fn what_a_branch_adds_is_told() {
    let repo = Repository::new();
    for name in ["committed", "staged", "unstaged", "same", "chmod"] {
        repo.write(&format!("{name}.md"), &post(name, &[BELL]));
    }
    repo.commit("first");
    repo.git(&["checkout", "-q", "-b", "work"]);
    repo.write("committed.md", &post("committed", &["More.", BELL]));
    repo.write("new.md", &post("new", &[BELL]));
    repo.commit("on the branch");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("same.md", &post("same", &["Main has moved on.", BELL]));
    repo.write("of-main.md", &post("of main", &[BELL]));
    repo.commit("on main");
    repo.git(&["checkout", "-q", "work"]);
    repo.write("staged.md", &post("staged", &["More.", BELL]));
    repo.git(&["add", "staged.md"]);
    repo.write("unstaged.md", &post("unstaged", &["More.", BELL]));
    repo.write("untracked.md", &post("untracked", &[BELL]));
    repo.write("promised.md", &post("promised", &[BELL]));
    repo.git(&["add", "-N", "promised.md"]);
    repo.write(".gitignore", "ignored.md\n");
    repo.write("ignored.md", &post("ignored", &[BELL]));
    let expected = ["committed.md:5", "new.md:4", "promised.md:4", "staged.md:5", "unstaged.md:5", "untracked.md:4"];
    assert_eq!(repo.told(&["--since", "main"]), expected);
    let on_top = ["promised.md:4", "staged.md:5", "unstaged.md:5", "untracked.md:4"];
    assert_eq!(repo.told(&["--since", "HEAD"]), on_top);
    assert_eq!(
        repo.told(&["--since", "main", "committed.md", "same.md"]),
        ["committed.md:5"],
        "paths and changes meet"
    );
    assert_eq!(repo.told(&["--since", "main", "--lines", "committed.md", "untracked.md"]), ["untracked.md:4"]);
}

#[test]
fn lines_are_those_that_changed() {
    let repo = Repository::new();
    let faults = |name: &str, lines: &[usize]| -> String {
        let line = |at: usize| match at {
            at if lines.contains(&at) => format!("Line {at}. {BELL}\n"),
            at if at % 2 == 0 => format!("Line {at}.\n"),
            _ => "\n".to_owned(),
        };
        post(name, &[]) + &(4..=20).map(line).collect::<String>()
    };
    repo.write("a.md", &faults("a", &[6, 10, 18]));
    repo.write("old name.md", &faults("b", &[6, 10, 18]));
    repo.commit("first");
    repo.write("a.md", &faults("a", &[6, 8, 18]).replace("Line 12.\n", "Another line.\nAnd one more.\n\n"));
    repo.git(&["mv", "old name.md", "new name.md"]);
    repo.write("new name.md", &faults("b", &[6, 10, 14, 18]));
    assert_eq!(repo.told(&["--since", "HEAD"]).len(), 7);
    assert_eq!(repo.told(&["--since", "HEAD", "--lines"]), ["a.md:8", "new name.md:14"]);
    repo.git(&["add", "-A"]);
    assert_eq!(repo.told(&["--staged", "--lines"]), ["a.md:8", "new name.md:14"]);
    repo.commit("second");
    repo.git(&["mv", "new name.md", "other name.md"]);
    assert_eq!(repo.told(&["--staged", "--lines"]), [""; 0], "a new name changes no line");
    assert_eq!(repo.told(&["--staged"]).len(), 4, "but the post");
}

/// What a deletion does is seen beside it: here a key of the front matter, and what stood before a heading.
#[test]
fn what_is_missing_is_told_where_something_was_deleted() {
    let repo = Repository::new();
    repo.write("_config.yml", "title: Site\n");
    repo.write("copydesk.yaml", "front-matter: {required: [title, author]}\n");
    let text =
        "---\ntitle: Sea\nauthor: Ann\n---\nThe sea is calm today, and the boats lie still in it.\n\nMore of it.\n";
    repo.write("_posts/2024-01-01-sea.md", text);
    repo.write("_posts/2024-01-02-other.md", &text.replace("author: Ann\n", "").replace("calm", "rough"));
    repo.commit("first");
    repo.write("_posts/2024-01-01-sea.md", &text.replace("author: Ann\n", ""));
    repo.write("_posts/2024-01-02-other.md", &text.replace("author: Ann\n", "").replace("calm", "high"));
    let missing = ["_posts/2024-01-01-sea.md:1"];
    assert_eq!(repo.told(&["--since", "HEAD", "--lines"]), missing);
    assert_eq!(repo.told(&["--since", "HEAD"]), ["_posts/2024-01-01-sea.md:1", "_posts/2024-01-02-other.md:1"]);
}

/// Names that options, path patterns, quotes or lines of output could be taken for.
#[test]
fn any_name_of_a_file_will_do() {
    let repo = Repository::new();
    let names = vec![
        "-n.md",
        "--since.md",
        "a b.md",
        " lead.md",
        "tab\there.md",
        "line\nbreak.md",
        "q\"uote'.md",
        "back\\slash.md",
        "港口/船 只.md",
        "[ab]*?.md",
        ":(top)x.md",
        "b/+++ b.md",
        "日本.md",
        "$(id).md",
        "é.md",
    ];
    let write = |lines: &[&str]| {
        names.iter().enumerate().for_each(|(number, name)| repo.write(name, &post(&format!("No. {number}"), lines)));
    };
    write(&[BELL]);
    repo.commit("first");
    write(&[BELL, "", BELL]);
    let mut names = names.clone();
    names.sort_unstable();
    let expected: Vec<String> = names.iter().map(|name| format!("{name}:6")).collect();
    assert_eq!(repo.told(&["--since", "HEAD", "--lines"]), expected);
    repo.git(&["add", "-A"]);
    write(&[]);
    assert_eq!(repo.told(&["--staged", "--lines"]), expected, "the staged texts");
    assert_eq!(repo.told(&["--staged", "--", "--since.md"]), ["--since.md:4", "--since.md:6"]);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_unicode_count() {
    use std::os::unix::ffi::OsStrExt;

    let repo = Repository::new();
    repo.write("a.md", &post("a", &[BELL]));
    repo.commit("first");
    let name = std::ffi::OsStr::from_bytes(b"\xD6\xD0 x.md");
    fs::write(repo.path().join(name), post("b", &[BELL])).expect("written");
    assert_eq!(repo.told(&["--since", "HEAD", "--lines"]), ["\u{FFFD}\u{FFFD} x.md:4"]);
    repo.git(&["add", "-A"]);
    assert_eq!(repo.told(&["--staged", "--lines"]), ["\u{FFFD}\u{FFFD} x.md:4"]);
}

#[test]
fn a_site_may_be_a_folder_of_the_repository() {
    let repo = Repository::new();
    for folder in ["site", "other", "site/deep"] {
        repo.write(&format!("{folder}/a.md"), &post(folder, &["One."]));
    }
    repo.write("other/b.md", &post("outside", &["Some", "words", "of", "it", BELL]));
    fs::rename(repo.path().join("copydesk.yaml"), repo.path().join("site/copydesk.yaml")).expect("moved");
    repo.commit("first");
    for folder in ["site", "other", "site/deep"] {
        repo.write(&format!("{folder}/a.md"), &post(folder, &["", BELL]));
    }
    repo.git(&["mv", "other/b.md", "site/from-outside.md"]);
    let expected = ["a.md:5", "deep/a.md:5", "from-outside.md:8"];
    for (folder, arguments) in
        [("", &["--root", "site"][..]), ("site", &[]), ("site/deep", &[]), ("other/..", &["site"])]
    {
        fs::create_dir_all(repo.path().join("other")).expect("made");
        let all = [arguments, &["--since", "HEAD", "--lines"]].concat();
        assert_eq!(repo.told_in(folder, &all), expected, "{folder} {arguments:?}");
    }
    repo.git(&["add", "-A"]);
    repo.write("site/a.md", &post("site", &[]));
    assert_eq!(repo.told_in("site/deep", &["--staged", "--lines"]), expected);
}

/// What a user or a repository has set for people to read changes nothing.
#[test]
fn the_configuration_of_git_does_not_matter() {
    let repo = Repository::new();
    repo.write("a b.md", &post("a", &["One.", "", BELL, "", "Two.", "", "Three.", "", BELL]));
    repo.commit("first");
    repo.write("a b.md", &post("a", &["One.", "", BELL, "", "Changed.", "", "Three.", "", BELL, "", BELL]));
    for (key, value) in [
        ("diff.external", "false"),
        ("diff.noprefix", "true"),
        ("diff.mnemonicPrefix", "true"),
        ("diff.context", "9"),
        ("diff.interHunkContext", "9"),
        ("diff.renames", "copies"),
        ("diff.relative", "false"),
        ("color.ui", "always"),
        ("color.diff", "always"),
        ("core.pager", "false"),
        ("core.quotePath", "true"),
        ("diff.algorithm", "patience"),
        ("diff.ignoreSubmodules", "all"),
        ("diff.submodule", "log"),
        ("diff.autoRefreshIndex", "false"),
        ("diff.wordRegex", "."),
        ("diff.suppressBlankEmpty", "true"),
        ("diff.bad.textconv", "false"),
        ("diff.srcPrefix", "x/"),
        ("diff.dstPrefix", "y/"),
        ("diff.stat", "false"),
    ] {
        repo.git(&["config", key, value]);
    }
    repo.write(".gitattributes", "*.md diff=bad\n");
    let set =
        [("GIT_DIFF_OPTS", "-u9"), ("GIT_EXTERNAL_DIFF", "false"), ("GIT_PAGER", "false"), ("LANG", "de_DE.UTF-8")];
    let output = repo.command("", &["--since", "HEAD", "--lines", "-f", "json"]).envs(set).output().expect("it runs");
    assert_eq!(found(&output), ["a b.md:14"]);
}

/// Lines end at LF, on either side of what git does to line ends and encodings.
#[test]
fn line_ends_and_encodings_keep_their_lines() {
    let repo = Repository::new();
    repo.git(&["config", "core.autocrlf", "true"]);
    repo.git(&["config", "core.safecrlf", "false"]);
    let text = post("a", &["One.", "Two.\rstill two", "", BELL, "", "Three."]);
    let windows = |text: &str| text.replace('\n', "\r\n");
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let chinese = post("b", &["港口扩建工程今日开工。", "", BELL, "", "船只都停在港里。"]);
    repo.write("crlf.md", &windows(&text));
    fs::write(repo.path().join("gbk.md"), gbk(&chinese)).expect("written");
    fs::write(repo.path().join("wide.md"), wide(&format!("\u{FEFF}{chinese}"))).expect("written");
    repo.commit("first");
    assert_eq!(repo.told(&["--since", "HEAD"]), [""; 0], "line ends alone are no change");
    let more = |text: &str| text.replace(&format!("{BELL}\n"), &format!("{BELL}\n\nMore.\n\n{BELL}\n"));
    repo.write("crlf.md", &windows(&more(&text)));
    fs::write(repo.path().join("gbk.md"), gbk(&more(&chinese))).expect("written");
    let told = |arguments: &[&str]| -> Vec<String> {
        let all = repo.told(arguments);
        all.into_iter().filter(|one| !one.ends_with(":1")).collect()
    };
    assert_eq!(told(&["--since", "HEAD", "--lines", "--only", "control-character"]), ["crlf.md:11", "gbk.md:10"]);
    repo.git(&["add", "-A"]);
    assert_eq!(told(&["--staged", "--lines", "--only", "control-character"]), ["crlf.md:11", "gbk.md:10"]);
    // To git this is no text, so there is no telling which lines have changed.
    fs::write(repo.path().join("wide.md"), wide(&format!("\u{FEFF}{}", more(&chinese)))).expect("written");
    assert_eq!(
        told(&["--since", "HEAD", "--lines", "--only", "control-character", "wide.md"]),
        ["wide.md:10", "wide.md:6"]
    );
}

/// A copy is told whichever of the two is new: the one that can go is named, and it names the other.
#[test]
fn a_copy_of_a_post_that_has_not_changed_is_told() {
    let words = "The harbour froze in the second week of January, and the ferries stayed at the quay. Men walked across the \
         ice with lanterns to reach the market on the other side, and the baker carried his bread on a sledge. When the thaw \
         came at last, the first boat brought oranges, letters, and a clock that had been ordered in autumn of that year.";
    let dated = |day: &str| format!("---\ntitle: The winter\ndate: {day}\n---\n{words}\n");
    for (new, old) in [("2024-02-02", "2024-01-01"), ("2023-01-01", "2024-01-01")] {
        let repo = Repository::new();
        repo.write("old.md", &dated(old));
        repo.write("unrelated.md", &post("unrelated", &[BELL]));
        repo.commit("first");
        repo.write("new.md", &dated(new));
        let younger = if new > old { "new.md:2" } else { "old.md:2" };
        assert_eq!(repo.told(&["--since", "HEAD"]), [younger]);
        assert_eq!(repo.told(&["--since", "HEAD", "--lines"]), [younger]);
        repo.git(&["add", "-A"]);
        assert_eq!(repo.told(&["--staged"]), [younger]);
        repo.commit("second");
        repo.write("unrelated.md", &post("unrelated", &["More.", BELL]));
        assert_eq!(repo.told(&["--since", "HEAD"]), ["unrelated.md:5"], "none of the two has changed");
    }
}

#[test]
fn where_nothing_has_changed_that_is_said() {
    let repo = Repository::new();
    repo.write("a.md", &post("a", &[BELL]));
    repo.write("b.txt", "no post");
    repo.commit("first");
    repo.write("b.txt", "no post either");
    fs::remove_file(repo.path().join("a.md")).expect("removed");
    for (arguments, note) in [
        (&["--since", "HEAD"][..], "note: no posts changed since HEAD\n"),
        (&["--since", "HEAD", "--lines", "."], "note: no posts changed since HEAD\n"),
        (&["--staged"], "note: no posts are staged\n"),
        (&["--staged", "-q"], ""),
    ] {
        let output = repo.run("", arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), note, "{arguments:?}");
        let summary = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(summary.starts_with("0 posts: no problems found in "), !note.is_empty(), "{summary}");
    }
}

/// A folder that cannot be read could hold anything; it is told if git knows of a change in it, and only then.
#[test]
fn what_cannot_be_read_is_told_of_changes_alone() {
    let repo = Repository::new();
    for name in ["a", "b"] {
        repo.write(&format!("{name}.md"), &post(name, &["Text."]));
    }
    repo.commit("first");
    for name in ["a", "b"] {
        // More than a post can have; no byte of it is on the disk.
        let file = fs::File::create(repo.path().join(format!("{name}.md"))).expect("made");
        file.set_len(65 << 20).expect("grown");
        let output = repo.run("", &["--since", "HEAD", "--lines"]);
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        assert!(said.contains(&format!("{name}.md")) && said.contains("too large to be a post: 65 MB"), "{said}");
        if name == "a" {
            repo.git(&["checkout", "-q", "a.md"]);
        } else {
            assert!(!said.contains("a.md"), "{said}");
        }
    }
    repo.git(&["add", "b.md"]);
    repo.write("b.md", &post("b", &["Text."]));
    let output = repo.run("", &["--staged"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(output.status.code() == Some(2) && said.contains("b.md: too large to be a post: 65 MB"), "{said}");
}

/// Repositories in the repository are looked at as a whole, and links are followed no more than elsewhere.
#[cfg(unix)]
#[test]
fn submodules_and_links() {
    let theme = Repository::new();
    theme.write("notes/a.md", &post("a", &[BELL]));
    theme.commit("theme");
    let repo = Repository::new();
    let url = theme.path().display().to_string();
    repo.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &url, "content/notes"]);
    repo.write("b.md", &post("b", &[BELL]));
    std::os::unix::fs::symlink("b.md", repo.path().join("link.md")).expect("linked");
    repo.commit("first");
    assert_eq!(repo.told(&["--since", "HEAD"]), [""; 0]);
    repo.write("content/notes/notes/b.md", &post("c", &[BELL]));
    fs::remove_file(repo.path().join("link.md")).expect("removed");
    std::os::unix::fs::symlink("./b.md", repo.path().join("link.md")).expect("linked");
    let in_module = ["content/notes/notes/a.md:4", "content/notes/notes/b.md:4"];
    assert_eq!(repo.told(&["--since", "HEAD", "--lines"]), in_module);
    repo.git(&["-C", "content/notes", "checkout", "-q", "-b", "more"]);
    repo.git(&["-C", "content/notes", "add", "-A"]);
    repo.git(&["-C", "content/notes", "commit", "-q", "-m", "more"]);
    repo.git(&["add", "content/notes"]);
    assert_eq!(repo.told(&["--staged", "--lines"]), in_module);
    // A link that becomes a file is a new file; a repository that git does not know is looked at as a whole.
    fs::remove_file(repo.path().join("link.md")).expect("removed");
    repo.write("link.md", &post("d", &[BELL]));
    repo.git(&["init", "-q", "unknown"]);
    repo.write("unknown/e.md", &post("e", &[BELL]));
    let told = repo.told(&["--since", "HEAD", "--lines", "link.md", "unknown"]);
    assert_eq!(told, ["link.md:4", "unknown/e.md:4"]);
}

/// Posts in conflict are looked at as a whole, as they stand.
#[test]
fn conflicts_are_looked_at() {
    let repo = Repository::new();
    repo.write("a.md", &post("a", &["One.", BELL]));
    repo.commit("first");
    repo.git(&["checkout", "-q", "-b", "work"]);
    repo.write("a.md", &post("a", &["Two.", BELL]));
    repo.commit("second");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("a.md", &post("a", &["Three.", BELL]));
    repo.commit("third");
    assert_ne!(repo.try_git(&["merge", "-q", "work"]).status.code(), Some(0));
    for arguments in [&["--since", "HEAD"][..], &["--staged"], &["--staged", "--lines"]] {
        let told = repo.told(&[arguments, &["--only", "control-character"]].concat());
        assert_eq!(told, ["a.md:9"], "{arguments:?}");
    }
    assert_eq!(repo.told(&["--since", "HEAD", "--lines", "--only", "control-character"]), [""; 0]);
}

/// What an author wishes not to be told, and what the baseline knows, is judged by whole posts; only what is said is less.
#[test]
fn nothing_is_said_of_what_was_not_looked_at() {
    let repo = Repository::new();
    let hidden = "<!-- copydesk-disable-next-line control-character: kept -->\nA bell\u{7} rang.";
    let unused = "<!-- copydesk-disable-next-line control-character: kept -->\nNothing.";
    for name in ["a", "b"] {
        repo.write(&format!("{name}.md"), &post(name, &[hidden, "", unused, "", "Known.", "", BELL, "", "Mended."]));
    }
    repo.run("", &["--update-baseline"]);
    let baseline = fs::read_to_string(repo.path().join("copydesk.baseline.yaml")).expect("it was written");
    assert!(baseline.contains("a.md") && baseline.contains("b.md"), "{baseline}");
    repo.commit("first");
    for arguments in [&["--since", "HEAD"][..], &["--since", "HEAD", "--lines"]] {
        repo.write("a.md", &post("a", &[hidden, "", unused, "", "Known.", "", BELL, "", "Changed."]));
        let output = repo.run("", arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!said.contains("mended"), "{arguments:?}: {said}");
        assert_eq!(found(&repo.run("", &[arguments, &["-f", "json"]].concat())), [""; 0], "{arguments:?}");
        // Of a post that was looked at, what is mended is told: of this one and no other.
        repo.write("b.md", &post("b", &[hidden, "", unused, "", "Mended."]));
        let said = String::from_utf8_lossy(&repo.run("", arguments).stderr).into_owned();
        assert!(
            said.contains("1 fault of the baseline is mended (control-character in b.md)"),
            "{arguments:?}: {said}"
        );
        repo.git(&["checkout", "-q", "b.md"]);
    }
    let counts = |output: std::process::Output| {
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        report["summary"]["posts"].clone()
    };
    assert_eq!(counts(repo.run("", &["--since", "HEAD", "-f", "json"])), 1);
}

/// One report and its `--lines`: a part of the same.
#[test]
fn what_is_told_of_changes_is_told_of_the_site() {
    let repo = Repository::new();
    repo.import("examples/blog");
    repo.commit("first");
    for (number, path) in repo.posts().into_iter().enumerate() {
        let text = fs::read_to_string(&path).expect("readable");
        let mut lines: Vec<&str> = text.lines().collect();
        match number % 3 {
            0 => lines.insert(lines.len() / 2, "A line more."),
            1 => _ = lines.remove(lines.len() / 2),
            _ => {}
        }
        fs::write(&path, lines.join("\n") + "\n").expect("written");
    }
    let whole = repo.told(&[]);
    let since = repo.told(&["--since", "HEAD"]);
    let lines = repo.told(&["--since", "HEAD", "--lines"]);
    let is_part = |part: &[String], of: &[String]| part.iter().all(|one| of.contains(one));
    assert!(!since.is_empty() && since.len() < whole.len() && is_part(&since, &whole), "{since:?}\n{whole:?}");
    assert!(lines.len() < since.len() && is_part(&lines, &since), "{lines:?}\n{since:?}");
}

/// Lines that git calls the same are the same: of files whose lines are all different, the unchanged ones of the new file
/// stand in the old one in the same order, and where lines between two of them are gone, there is a cut.
#[test]
fn changed_lines_and_cuts_are_all_that_differs() {
    use copydesk::git::{Git, Touched, Variables};
    use copydesk::source::{LineIndex, Span};

    let repo = Repository::new();
    // Enough of chance: a multiplicative sequence, the same in each run.
    let mut state = 7_u64;
    let mut below = |limit: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % limit
    };
    let texts: Vec<(Vec<String>, Vec<String>)> = (0..60)
        .map(|file| {
            let old: Vec<String> = (0..below(40)).map(|line| format!("{file} {line}")).collect();
            let mut new = vec![];
            for line in &old {
                match below(6) {
                    0 => {}
                    1 => new.push(format!("changed {line}")),
                    2 => new.extend([line.clone(), format!("behind {line}")]),
                    _ => new.push(line.clone()),
                }
            }
            (old, new)
        })
        .collect();
    let name = |file: usize| format!("{file}.md");
    texts.iter().enumerate().for_each(|(file, (old, _))| repo.write(&name(file), &old.join("\n")));
    repo.commit("first");
    texts.iter().enumerate().for_each(|(file, (_, new))| repo.write(&name(file), &new.join("\n")));
    let variables = Variables { here: repo.path(), get: &|_| None };
    let changes = Git::at(repo.path(), &variables).since("HEAD", true).expect("git tells");
    for (file, (old, new)) in texts.iter().enumerate() {
        let text = new.join("\n");
        let index = LineIndex::new(&text);
        let Some(Touched::Lines(lines)) = changes.of(&name(file)) else {
            assert_eq!(old, new, "{file}");
            continue;
        };
        // The middle of a line touches no cut.
        let is_changed = |line: usize| {
            let span = index.line_span(&text, line);
            lines.touch(Span::at((span.start + span.end) as usize / 2), &text, &index)
        };
        let mut before = None;
        for (at, line) in new.iter().enumerate() {
            let here = old.iter().position(|one| one == line).filter(|_| !is_changed(at + 1));
            assert!(is_changed(at + 1) || here.is_some(), "{file}: `{line}` is new");
            if let (Some(here), Some((last, there))) = (here, before) {
                assert!(here > there, "{file}: `{line}` has another place");
                let gap = Span::at(index.line_span(&text, at + 1).start as usize);
                let is_cut = last + 1 == at && lines.touch(gap, &text, &index);
                assert!(here == there + 1 || is_cut || last + 1 < at, "{file}: nothing is told before `{line}`");
            }
            before = here.map(|here| (at, here)).or(before);
        }
    }
}
