//! Repairs by the program itself: what is written, what is left alone, and that a patch is one that git takes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

mod fresh_program;

/// A post with faults that are repaired without a doubt, in every part of it.
const FAULTY: &str = "---\ntitle: \"They say \"not before May\" again\" # as told\ntags: [quay]\n---\n\
                      The set\u{200B}tings, and a bell\u{7} from [the quay](https://quay.example/a?utm_source=feed&b=1#top).\n\n\
                      <p style=\"display:none\"></p>\n\nThe end of it all, with nothing left to say about ships.\n";

/// The same, repaired.
const REPAIRED: &str = "---\ntitle: 'They say \"not before May\" again' # as told\ntags: [quay]\n---\n\
                        The settings, and a bell from [the quay](https://quay.example/a?b=1#top).\n\n\
                        The end of it all, with nothing left to say about ships.\n";

/// A site with these files.
fn site(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("in the folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }
    folder
}

fn run(site: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.args(arguments).args(["--level", "link-tracking-params=warn", "--no-progress"]);
    command.current_dir(site.path()).output().expect("the program runs")
}

fn text(site: &TempDir, path: &str) -> String {
    String::from_utf8(fs::read(site.path().join(path)).expect("readable")).expect("UTF-8")
}

#[test]
fn what_is_safe_is_repaired_and_nothing_else() {
    let site =
        site(&[("copydesk.yaml", b""), ("a.md", FAULTY.as_bytes()), ("b.md", b"---\ntitle: B\n---\nAnother one.\n")]);
    let output = run(&site, &["--fix"]);
    assert_eq!(text(&site, "a.md"), REPAIRED);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("repaired 5 places in 1 file"), "{told}");
    let before = fs::metadata(site.path().join("a.md")).expect("there").modified().expect("known");
    assert!(run(&site, &["fix"]).stderr.is_empty(), "there is nothing left to do");
    assert_eq!(fs::metadata(site.path().join("a.md")).expect("there").modified().expect("known"), before);
}

#[test]
fn line_ends_and_permissions_stay() {
    let site = site(&[("copydesk.yaml", b""), ("a.md", FAULTY.replace('\n', "\r\n").as_bytes())]);
    let path = site.path().join("a.md");
    set_mode(&path, 0o640);
    run(&site, &["--fix"]);
    assert_eq!(text(&site, "a.md"), REPAIRED.replace('\n', "\r\n"));
    assert_eq!(mode(&path), 0o640);
}

#[test]
fn an_encoding_stays() {
    let text = "---\ntitle：港口\n---\n码头从五月起开放，汽笛响过之后，人们才慢慢地散去，天也黑了。\n";
    let (bytes, ..) = encoding_rs::GBK.encode(text);
    let site = site(&[("copydesk.yaml", b""), ("a.md", &bytes)]);
    run(&site, &["--fix"]);
    let expected = text.replace("title：", "title: ");
    let (expected, ..) = encoding_rs::GBK.encode(&expected);
    assert_eq!(fs::read(site.path().join("a.md")).expect("readable"), &*expected);
}

#[test]
fn only_what_is_named_is_repaired() {
    let site = site(&[("copydesk.yaml", b""), ("a.md", FAULTY.as_bytes()), ("b.md", FAULTY.as_bytes())]);
    run(&site, &["--fix-only", "control-character", "a.md"]);
    assert_eq!(text(&site, "a.md"), FAULTY.replace('\u{7}', ""));
    assert_eq!(text(&site, "b.md"), FAULTY);
    let output = run(&site, &["--fix-only", "no-such-lint"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no lint or family `no-such-lint` runs here"));
}

#[test]
fn a_patch_is_one_that_git_takes() {
    let name = "a \"b\" 港.md";
    let site = site(&[("copydesk.yaml", b""), (name, FAULTY.as_bytes()), ("c.md", FAULTY.trim_end().as_bytes())]);
    let output = run(&site, &["--diff"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&site, name), FAULTY);
    fs::write(site.path().join("repairs.patch"), &output.stdout).expect("written");
    let git = |arguments: &[&str]| {
        let status = Command::new("git").args(arguments).current_dir(site.path()).status().expect("git is there");
        assert!(status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
    };
    git(&["init", "--quiet"]);
    git(&["apply", "repairs.patch"]);
    assert_eq!(text(&site, name), REPAIRED);
    assert_eq!(text(&site, "c.md"), REPAIRED.trim_end());
    assert_eq!(run(&site, &["--diff"]).status.code(), Some(0));
}

#[test]
fn doubtful_repairs_are_made_when_they_are_asked_for() {
    let post = "---\ntitle: A\n---\nThe river rose for ten days.\n\n[Back to home](/)\n";
    let site = site(&[("copydesk.yaml", b""), ("a.md", post.as_bytes())]);
    run(&site, &["--fix"]);
    assert_eq!(text(&site, "a.md"), post);
    run(&site, &["--unsafe-fixes"]);
    assert_eq!(text(&site, "a.md"), "---\ntitle: A\n---\nThe river rose for ten days.\n");
}

#[test]
fn standard_input_is_not_repaired_in_place() {
    let site = site(&[("copydesk.yaml", b"")]);
    let output = run(&site, &["-", "--fix"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--diff"));
}

/// The user without any rights, as which a command runs that nothing is locked to otherwise.
#[cfg(unix)]
#[test]
fn what_cannot_be_written_is_named_and_stays() {
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;
    let site = site(&[("copydesk.yaml", b""), ("posts/a.md", FAULTY.as_bytes()), ("b.md", FAULTY.as_bytes())]);
    set_mode(site.path(), 0o777);
    set_mode(&site.path().join("posts"), 0o555);
    let program = tempfile::tempdir().expect("a folder");
    set_mode(program.path(), 0o755);
    let copy = program.path().join("copydesk");
    fs::copy(env!("CARGO_BIN_EXE_copydesk"), &copy).expect("copied");
    let mut command = Command::new(&copy);
    command.args(["--fix", "--no-progress", "-f", "short"]).current_dir(site.path());
    if fs::write(site.path().join("posts/probe"), "").is_ok() {
        fs::remove_file(site.path().join("posts/probe")).expect("removed");
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = fresh_program::output(&mut command);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("posts/a.md: error: not fixed: cannot write: permission denied"), "{told}");
    assert!(told.contains("posts/a.md:2:18: error[front-matter-unescaped-quote]"), "what is left is told of: {told}");
    assert_eq!(text(&site, "posts/a.md"), FAULTY);
    assert!(!text(&site, "b.md").contains('\u{7}'), "the other post is repaired all the same");
    set_mode(&site.path().join("posts"), 0o755);
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("its owner may");
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).expect("there").permissions().mode() & 0o777
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) {}

#[cfg(not(unix))]
fn mode(_: &Path) -> u32 {
    0o640
}

/// A post that Jekyll passes over for its name, with a fault in its text.
const NAMELESS: &str = "---\ntitle: A walk\ndate: 2024-05-06 10:00:00 +0800\n---\nThe set\u{200B}tings of the lock, and what the keeper said of them.\n";

#[test]
fn a_file_gets_the_name_that_makes_a_post_of_it() {
    let site = site(&[("_config.yml", b"title: T\n"), ("_posts/-rain.md", NAMELESS.as_bytes())]);
    run(&site, &["--fix"]);
    assert!(site.path().join("_posts/-rain.md").exists(), "a name is given when it is asked for");
    fs::write(site.path().join("_posts/-rain.md"), NAMELESS).expect("written");
    let patch = run(&site, &["--unsafe-fixes", "--diff"]).stdout;
    let output = run(&site, &["--unsafe-fixes"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("repaired 2 places in 1 file: 1 filename-pattern, 1 invisible-character"), "{told}");
    assert!(!site.path().join("_posts/-rain.md").exists());
    let repaired = text(&site, "_posts/2024-05-06-rain.md");
    assert_eq!(repaired, NAMELESS.replace('\u{200B}', ""));
    assert!(run(&site, &["fix", "--unsafe-fixes"]).stderr.is_empty(), "there is nothing left to do");

    let other = self::site(&[("_posts/-rain.md", NAMELESS.as_bytes()), ("names.patch", &patch)]);
    for arguments in [&["init", "--quiet"][..], &["apply", "names.patch"]] {
        let status = Command::new("git").args(arguments).current_dir(other.path()).status().expect("git is there");
        assert!(status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&patch));
    }
    assert_eq!(text(&other, "_posts/2024-05-06-rain.md"), repaired);
    assert!(!other.path().join("_posts/-rain.md").exists());
}

#[test]
fn a_name_that_another_file_has_is_not_given() {
    let taken = b"---\ntitle: Another one\n---\nIt rained.\n";
    let files = [
        ("_config.yml", &b"title: T\n"[..]),
        ("_posts/-rain.md", NAMELESS.as_bytes()),
        ("_posts/2024-05-06-rain.md", taken),
    ];
    let site = site(&files);
    let output = run(&site, &["--unsafe-fixes", "--fix-only", "filename-pattern"]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(told.contains("not renamed: _posts/2024-05-06-rain.md is there already"), "{told}");
    assert_eq!(text(&site, "_posts/2024-05-06-rain.md").as_bytes(), taken);
    assert_eq!(text(&site, "_posts/-rain.md"), NAMELESS);
}

#[test]
fn a_key_is_set_and_all_else_stays() {
    let post = "---\r\n# by hand\r\ntitle:   'Rain'   # as told\r\n---\r\nIt rained on the quay, and the keeper went home.\r\n";
    let site = site(&[
        ("mkdocs.yml", b"site_name: T\nplugins: [blog]\n"),
        ("docs/blog/posts/2024-01-02-rain.md", post.as_bytes()),
    ]);
    run(&site, &["--unsafe-fixes", "--fix-only", "front-matter-missing-key"]);
    let expected = post.replace("# as told\r\n", "# as told\r\ndate: 2024-01-02\r\n");
    assert_eq!(text(&site, "docs/blog/posts/2024-01-02-rain.md"), expected);
}
