//! `--staged`: what the next commit holds is judged, not what stands in the folder; in a hook as git runs it, too.

use std::fs;

use crate::repository::{BELL, Repository, post};

#[test]
fn the_staged_text_is_judged() {
    let repo = Repository::new();
    for name in ["faulty-staged", "faulty-folder", "both", "unstaged", "untouched"] {
        repo.write(&format!("{name}.md"), &post(name, &["Nothing wrong."]));
    }
    repo.commit("first");
    let (good, bad) = (|name: &str| post(name, &["Nothing wrong, too."]), |name: &str| post(name, &["Now:", "", BELL]));
    repo.write("faulty-staged.md", &bad("faulty-staged"));
    repo.write("faulty-folder.md", &good("faulty-folder"));
    repo.write("both.md", &bad("both"));
    repo.write("gone-from-folder.md", &bad("gone"));
    repo.git(&["add", "-A"]);
    repo.write("faulty-staged.md", &good("faulty-staged"));
    repo.write("faulty-folder.md", &bad("faulty-folder"));
    repo.write("unstaged.md", &bad("unstaged"));
    repo.write("untracked.md", &bad("untracked"));
    repo.remove("gone-from-folder.md");
    let expected = ["both.md:6", "faulty-staged.md:6", "gone-from-folder.md:6"];
    assert_eq!(repo.told(&["--staged"]), expected);
    assert_eq!(repo.told(&["--staged", "--lines"]), expected);
    let shown = String::from_utf8(repo.run("", &["--staged", "faulty-staged.md"]).stdout).expect("UTF-8");
    assert!(shown.contains(" 6 │ A bell␇ rang."), "the excerpt is of the staged text: {shown}");
}

#[test]
fn before_the_first_commit_all_that_is_staged_counts() {
    let repo = Repository::new();
    repo.write("a.md", &post("a", &[BELL]));
    repo.write("b.md", &post("b", &[BELL]));
    assert_eq!(repo.told(&["--staged"]), [""; 0]);
    repo.git(&["add", "a.md"]);
    assert_eq!(repo.told(&["--staged"]), ["a.md:4"]);
    assert_eq!(repo.told(&["--staged", "--lines"]), ["a.md:4"]);
}

/// What the commit takes away is no part of the site: not to be told, not to be compared with, not to be linked to.
#[test]
fn what_is_taken_away_is_out() {
    let repo = Repository::new();
    repo.write("_config.yml", "title: Site\n");
    repo.write("_posts/2024-01-01-old.md", &post("Old", &["A post.", "", BELL]));
    repo.commit("first");
    repo.git(&["rm", "-q", "--cached", "_posts/2024-01-01-old.md"]);
    repo.write("_posts/2024-01-02-new.md", &post("New", &["See [it]({% post_url 2024-01-01-old %})."]));
    repo.git(&["add", "_posts/2024-01-02-new.md"]);
    assert_eq!(repo.told(&["--since", "HEAD"]), ["_posts/2024-01-01-old.md:6"], "in the folder it still is");
    assert_eq!(repo.told(&["--staged"]), ["_posts/2024-01-02-new.md:4"], "the link leads nowhere");
    repo.git(&["reset", "-q", "--hard"]);
    repo.git(&["mv", "_posts/2024-01-01-old.md", "_posts/2024-01-03-old.md"]);
    repo.write("_posts/2024-01-01-old.md", &post("Again", &["Another.", "", BELL]));
    assert_eq!(repo.told(&["--staged"]), ["_posts/2024-01-03-old.md:6"]);
}

/// Posts that are not staged take part as they stand in the folder.
#[test]
fn staged_posts_are_compared_with_the_folder() {
    let words = "The harbour froze in the second week of January, and the ferries stayed at the quay. Men walked across the \
         ice with lanterns to reach the market on the other side, and the baker carried his bread on a sledge. When the thaw \
         came at last, the first boat brought oranges, letters, and a clock that had been ordered in autumn of that year.";
    let dated = |day: u32, words: &str| format!("---\ntitle: The winter\ndate: 2024-01-0{day}\n---\n{words}\n");
    let repo = Repository::new();
    repo.write("old.md", &dated(1, words));
    repo.commit("first");
    repo.write("new.md", &dated(2, words));
    repo.git(&["add", "new.md"]);
    repo.write("new.md", &dated(2, "Something else."));
    assert_eq!(repo.told(&["--staged"]), ["new.md:2"], "the staged text is the copy");
    repo.write("old.md", &dated(1, "Something else."));
    assert_eq!(repo.told(&["--staged"]), [""; 0], "there is nothing any more that it is a copy of");
}

/// What is no post of the site is none by being staged.
#[test]
fn what_is_left_out_stays_out() {
    let repo = Repository::new();
    repo.write("copydesk.yaml", "exclude: [drafts]\n");
    repo.write(".gitignore", "ignored\n");
    for path in ["drafts/a.md", "ignored/a.md", ".hidden/a.md", "node_modules/a.md", "code.rs"] {
        repo.write(path, &post("left out", &[BELL]));
        repo.git(&["add", "-f", path]);
    }
    assert_eq!(repo.told(&["--staged"]), [""; 0]);
    // Nor where the folder does not have them any more.
    for path in ["drafts/a.md", ".hidden/a.md", "node_modules/a.md", "code.rs"] {
        repo.remove(path);
    }
    assert_eq!(repo.told(&["--staged"]), [""; 0]);
}

/// A fault of the file that is staged whole is repaired in the folder; of one that is staged in part, nothing is touched.
#[test]
fn repairs_are_made_of_what_stands_in_the_folder() {
    let repo = Repository::new();
    let bell = post("a", &["One.", "", BELL]);
    repo.write("whole.md", &bell);
    repo.write("other.md", &bell.replace("One", "Not staged"));
    repo.git(&["add", "whole.md"]);
    let output = repo.run("", &["--staged", "--fix"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(said, "note: repaired 1 place in 1 file: 1 control-character; `git add` stages the repairs\n");
    let read = |name: &str| fs::read_to_string(repo.path().join(name)).expect("readable");
    assert!(!read("whole.md").contains('\u{7}') && read("other.md").contains('\u{7}'));
    // Now what is staged has the fault, and what stands in the folder has not.
    let before = read("whole.md");
    for arguments in [&["--staged", "--fix"][..], &["--staged", "--unsafe-fixes"]] {
        let output = repo.run("", arguments);
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            said.starts_with("error: not repaired: what is staged is not what stands in whole.md\nhelp: "),
            "{said}"
        );
        assert_eq!(read("whole.md"), before);
    }
    let patch = repo.run("", &["--staged", "--diff"]);
    assert_eq!(patch.status.code(), Some(1));
    let file = repo.path().join("patch");
    fs::write(&file, patch.stdout).expect("written");
    repo.git(&["apply", "--cached", "patch"]);
    assert_eq!(repo.told(&["--staged"]), [""; 0], "the patch is one for the index");
}

#[test]
fn repairs_are_made_of_posts_that_have_changed() {
    let repo = Repository::new();
    let bell = |name: &str| post(name, &[&format!("{name}."), "", BELL]);
    ["a", "b"].iter().for_each(|name| repo.write(&format!("{name}.md"), &bell(name)));
    repo.commit("first");
    repo.write("a.md", &bell("changed"));
    let output = repo.run("", &["--since", "HEAD", "--fix"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |name: &str| fs::read_to_string(repo.path().join(name)).expect("readable");
    assert!(!read("a.md").contains('\u{7}'));
    assert_eq!(read("b.md"), bell("b"));
}

/// `git commit -a` and `git commit FILE` judge an index of their own, which only a variable names; a linked working tree has
/// its folder named by another one, and not the folder that belongs to it.
#[cfg(unix)]
#[test]
fn hooks_see_the_commit_that_is_made() {
    for (site, root) in [("", ""), ("site/", "--root site")] {
        let repo = Repository::new();
        fs::create_dir_all(repo.path().join(site)).expect("made");
        fs::rename(repo.path().join("copydesk.yaml"), repo.path().join(site).join("copydesk.yaml")).expect("moved");
        for name in ["a", "b", "c"] {
            repo.write(&format!("{site}{name}.md"), &post(name, &["Nothing wrong."]));
        }
        repo.commit("first");
        repo.hook("pre-commit", &format!("--staged {root}"));
        for name in ["a", "b"] {
            repo.write(&format!("{site}{name}.md"), &post(name, &[BELL]));
        }
        let file = |name: &str| format!("{site}{name}.md");
        assert_eq!(repo.try_git(&["commit", "-m", "x"]).status.code(), Some(1), "nothing is staged");
        assert_eq!(repo.said(), [""; 0]);
        assert_eq!(repo.try_git(&["commit", "-m", "x", "-a"]).status.code(), Some(1));
        assert_eq!(repo.said(), ["a.md:4", "b.md:4"]);
        assert_eq!(repo.try_git(&["commit", "-m", "x", &file("b")]).status.code(), Some(1));
        assert_eq!(repo.said(), ["b.md:4"]);
        repo.git(&["add", &file("a")]);
        repo.write(&file("a"), &post("a", &["Repaired."]));
        assert_eq!(repo.try_git(&["commit", "-m", "x"]).status.code(), Some(1));
        assert_eq!(repo.said(), ["a.md:4"], "a repair that is not staged does not help");
        // From a folder below, and with the repository named.
        fs::create_dir_all(repo.path().join("deep")).expect("made");
        assert_eq!(repo.try_git(&["-C", "deep", "commit", "-m", "x"]).status.code(), Some(1));
        assert_eq!(repo.said(), ["a.md:4"]);
        assert_eq!(repo.try_git(&["--git-dir=.git", "--work-tree=.", "commit", "-m", "x"]).status.code(), Some(1));
        assert_eq!(repo.said(), ["a.md:4"]);
        repo.git(&["add", &file("a")]);
        assert_eq!(repo.try_git(&["commit", "-m", "x"]).status.code(), Some(0));
        assert_eq!(repo.said(), [""; 0]);

        let tree = tempfile::tempdir().expect("a folder");
        let tree = tree.path().join("tree");
        let shown = tree.display().to_string();
        repo.git(&["worktree", "add", "-q", &shown, "-b", "other"]);
        fs::write(tree.join(file("c")), post("c", &[BELL])).expect("written");
        assert_eq!(repo.try_git(&["-C", &shown, "commit", "-m", "x", "-a"]).status.code(), Some(1));
        assert_eq!(repo.said(), ["c.md:4"]);
    }
}

/// What holds for the repository of a hook does not hold for a site in another one.
#[cfg(unix)]
#[test]
fn a_site_in_another_repository_has_its_own_index() {
    let site = Repository::new();
    site.write("a.md", &post("a", &["Nothing wrong."]));
    site.commit("first");
    site.write("a.md", &post("a", &[BELL]));
    let repo = Repository::new();
    repo.write("b.md", &post("b", &[BELL]));
    repo.hook("pre-commit", &format!("--since HEAD --root '{}'", site.path().display()));
    repo.git(&["add", "-A"]);
    assert_eq!(repo.try_git(&["commit", "-m", "x", "-a"]).status.code(), Some(1));
    assert_eq!(repo.said(), ["a.md:4"]);
}

#[test]
fn many_staged_texts_are_read_by_one_process() {
    let repo = Repository::new();
    let long = "Some words to fill a pipe with. ".repeat(200);
    for number in 0..200 {
        repo.write(
            &format!("{number:03}.md"),
            &post(&format!("No. {number}"), &[&format!("{number}"), &long, "", BELL]),
        );
    }
    repo.git(&["add", "-A"]);
    for number in 0..200 {
        repo.write(&format!("{number:03}.md"), "");
    }
    let told = repo.told(&["--staged", "--only", "control-character"]);
    assert_eq!(told.len(), 200);
    assert!(told.iter().all(|one| one.ends_with(".md:7")), "{told:?}");
}
