//! Which files are posts, told on folders that the tests make.

use std::fs::File;

use globset::{Glob, GlobSetBuilder};
use tempfile::TempDir;

use super::*;
use crate::site::{jekyll, plain};
use crate::source::MAX_BYTES;

/// A folder with these files; a name that ends in `/` is an empty folder.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for (name, text) in files {
        let path = folder.path().join(name);
        if name.ends_with('/') {
            fs::create_dir_all(&path).expect("a folder can be made");
            continue;
        }
        fs::create_dir_all(path.parent().expect("it is below the folder")).expect("a folder can be made");
        fs::write(&path, text).expect("a file can be written");
    }
    folder
}

fn excluding(globs: &[&str]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        set.add(Glob::new(glob).expect("a glob of the test"));
    }
    set.build().expect("globs of the test")
}

fn paths(walked: &Walked) -> Vec<&str> {
    walked.files.iter().map(|found| &*found.path).collect()
}

fn found(path: &Path) -> Found {
    Found { path: "a.md".into(), file: path.to_owned(), role: Role::Post }
}

#[test]
fn finds_content_in_order_and_nothing_else() {
    let site = folder(&[
        ("_config.yml", ""),
        ("_posts/2020-01-02-b.md", ""),
        ("_posts/2020-01-02-a.MD", ""),
        ("_posts/x/2020-01-02-c.markdown", ""),
        ("_posts/2020-01-02-a.txt", ""),
        ("_site/a.md", ""),
        (".hidden/a.md", ""),
        ("about.md", ""),
        ("node_modules/x/README.md", ""),
        ("secret/a.md", ""),
        ("drafts/old/a.md", ""),
        (".gitignore", "secret/\n"),
        ("notes/a.md", ""),
        (".eleventyignore", "notes/\n"),
    ]);
    let opened = open_site(site.path(), None);
    let walked = find(site.path(), &opened, &excluding(&["drafts/**", "**/*-b.md"]), 1);
    let expected = ["_posts/2020-01-02-a.MD", "_posts/x/2020-01-02-c.markdown", "about.md"];
    assert_eq!(paths(&walked), expected);
    assert_eq!(walked.files[2].role, Role::Page);
    assert!(walked.failures.is_empty(), "{:?}", walked.failures);
}

#[test]
fn a_rendering_stands_for_its_r_markdown() {
    let site = folder(&[("a.Rmd", ""), ("a.md", ""), ("b.Rmd", "")]);
    let walked = find(site.path(), &Site::of(&plain::PLAIN), &GlobSet::empty(), 0);
    assert_eq!(paths(&walked), ["a.md", "b.Rmd"]);
}

#[test]
fn ignore_files_above_a_site_outside_git_do_not_count() {
    let all = folder(&[(".gitignore", "*\n"), ("site/a.md", "")]);
    let root = all.path().join("site");
    let site = Site::of(&plain::PLAIN);
    assert_eq!(paths(&find(&root, &site, &GlobSet::empty(), 0)), ["a.md"]);
    fs::create_dir(all.path().join(".git")).expect("a folder can be made");
    assert!(find(&root, &site, &GlobSet::empty(), 0).files.is_empty(), "in a repository they do");
}

#[test]
fn a_root_that_is_not_there_is_a_failure() {
    let all = folder(&[]);
    let walked = find(&all.path().join("none"), &Site::of(&plain::PLAIN), &GlobSet::empty(), 0);
    let failure = walked.failures.first().expect("one failure");
    assert_eq!((&*failure.path, walked.failures.len(), walked.files.len()), (".", 1, 0));
    assert_eq!(failure.error, "cannot read: there is no such file or folder (any more)");
}

#[test]
fn roots() {
    let all = folder(&[
        ("repo/.git/HEAD", ""),
        ("repo/docs/_config.yml", ""),
        ("repo/docs/_posts/2020-01-02-a.md", ""),
        ("repo/notes/deep/a.md", ""),
        ("desk/copydesk.yaml", ""),
        ("desk/a/b/", ""),
    ]);
    let root = |start: &str| {
        let (root, by) = find_root(&all.path().join(start));
        (root.strip_prefix(all.path()).expect("a folder of the test").to_string_lossy().into_owned(), by)
    };
    assert_eq!(root("repo/docs/_posts"), ("repo/docs".to_owned(), RootBy::Generator));
    assert_eq!(root("repo/docs/_posts/2020-01-02-a.md"), ("repo/docs".to_owned(), RootBy::Generator));
    assert_eq!(root("repo/notes/deep"), ("repo".to_owned(), RootBy::Repository));
    assert_eq!(root("desk/a/b"), ("desk".to_owned(), RootBy::Configuration));
    let opened = open_site(&all.path().join("repo"), None);
    assert_eq!((opened.profile.name, opened.base), ("jekyll", "docs"));
    let named = open_site(&all.path().join("desk"), Some(&jekyll::JEKYLL));
    assert_eq!((named.profile.name, named.has_content_folder), ("jekyll", false));
}

#[test]
fn reads_text() {
    let all = folder(&[("a.md", "银行\r\n")]);
    let source = read(&found(&all.path().join("a.md"))).expect("a readable file");
    assert_eq!((&*source.path, &*source.text), ("a.md", "银行\r\n"));
}

#[test]
fn what_cannot_be_read_is_a_failure() {
    let all = folder(&[("folder.md/", "")]);
    let error = |name: &str| read(&found(&all.path().join(name))).expect_err("a failure").error;
    assert_eq!(error("none.md"), "cannot read: there is no such file or folder (any more)");
    assert_eq!(error("folder.md"), "cannot read: this is a folder, not a file");
    let large = File::create(all.path().join("large.md")).expect("a file can be made");
    large.set_len(MAX_BYTES + 1).expect("a sparse file can be made");
    assert_eq!(error("large.md"), "too large to be a post: 65 MB, the limit is 64 MB");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_sockets_not_read() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    let all = folder(&[("a/b.md", "")]);
    symlink("..", all.path().join("a/loop")).expect("a link can be made");
    symlink("b.md", all.path().join("a/again.md")).expect("a link can be made");
    symlink("none.md", all.path().join("a/dangling.md")).expect("a link can be made");
    let _socket = UnixListener::bind(all.path().join("a/socket.md")).expect("a socket can be made");
    let walked = find(all.path(), &Site::of(&plain::PLAIN), &GlobSet::empty(), 0);
    assert_eq!(paths(&walked), ["a/b.md"]);
    assert!(walked.failures.is_empty(), "{:?}", walked.failures);
    let error = |name: &str| read(&found(&all.path().join(name))).expect_err("a failure").error;
    assert_eq!(error("a/dangling.md"), "cannot read: there is no such file or folder (any more)");
    assert_eq!(error("a/socket.md"), "cannot read: this is a pipe, socket or device, not a file");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_unicode_are_shown_and_read() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let all = folder(&[]);
    let name = OsStr::from_bytes(b"\xD6\xD0.md");
    fs::write(all.path().join(name), "text").expect("a file can be written");
    let walked = find(all.path(), &Site::of(&plain::PLAIN), &GlobSet::empty(), 0);
    assert_eq!(paths(&walked), ["\u{FFFD}\u{FFFD}.md"]);
    assert_eq!(&*read(&walked.files[0]).expect("a readable file").text, "text");
}

#[test]
fn a_site_may_be_a_folder_of_its_repository() {
    let outer =
        folder(&[("site/docs/a.md", ""), (".git/HEAD", ""), ("linked/.git", "gitdir: elsewhere"), ("linked/a/b/", "")]);
    for (site, expected) in
        [("", ""), ("site", "site/"), ("site/docs", "site/docs/"), ("linked", ""), ("linked/a/b", "a/b/")]
    {
        assert_eq!(below_repository(&outer.path().join(site)), expected, "{site}");
    }
    assert_eq!(below_repository(Path::new("src")), "", "a relative path tells nothing");
}
