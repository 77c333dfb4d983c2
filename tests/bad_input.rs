//! Bad input is normal input: the real command on files that no author ever meant, with the message and the exit status.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

#[cfg(unix)]
mod fresh_program;

/// A Jekyll site with these posts.
fn site(posts: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("_posts")).expect("a folder");
    fs::write(folder.path().join("_config.yml"), "title: Test\n").expect("written");
    for (name, bytes) in posts {
        fs::write(folder.path().join("_posts").join(name), bytes).expect("written");
    }
    folder
}

fn post(body: &str) -> Vec<u8> {
    format!("---\ntitle: A day at sea\n---\n{body}").into_bytes()
}

fn copydesk(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.args(arguments).current_dir(folder).env_remove("NO_COLOR").env("LC_ALL", "C.UTF-8");
    command.stdin(Stdio::null()).output().expect("the command runs")
}

/// Runs `copydesk -f short` over the site: exit status, standard output, standard error.
fn short(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let mut all = vec!["-f", "short"];
    all.extend(arguments);
    let output = copydesk(folder.path(), &all);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (output.status.code().expect("not killed"), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_missing_path_is_named() {
    let folder = site(&[]);
    let (status, _, error) = short(&folder, &["_posts/none.md"]);
    assert_eq!((status, error.as_str()), (2, "error: no such file or folder: _posts/none.md\n"));
}

#[test]
fn a_folder_without_posts_is_said_to_be_one() {
    let folder = site(&[]);
    let (status, out, error) = short(&folder, &[]);
    assert_eq!((status, out.as_str()), (0, ""));
    assert!(error.starts_with("note: no posts found under "), "{error}");
}

#[test]
fn a_file_of_200_megabytes_is_refused_by_name() {
    let folder = site(&[("2024-01-01-fine.md", &post("The sea was calm.\n"))]);
    let big = fs::File::create(folder.path().join("_posts/2024-01-02-big.md")).expect("created");
    big.set_len(200 * 1024 * 1024).expect("sparse");
    let (status, out, error) = short(&folder, &[]);
    let all = out + &error;
    assert_eq!(status, 2, "{all}");
    assert!(all.contains("_posts/2024-01-02-big.md"), "{all}");
    assert!(all.contains("200 MB, the limit is 64 MB"), "{all}");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_named_and_the_run_goes_on() {
    use std::os::unix::fs::PermissionsExt;
    let folder = site(&[("2024-01-01-fine.md", &post("The sea was \u{FFFD} calm.\n"))]);
    let locked = folder.path().join("_posts/2024-01-02-locked.md");
    fs::write(&locked, post("x")).expect("written");
    let rights = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("changed");
    rights(&locked, 0o000);
    let output = if fs::read(&locked).is_err() {
        copydesk(folder.path(), &["-f", "short"])
    } else {
        // Nothing is locked to the superuser: the command runs as nobody, from a place that nobody may enter.
        rights(folder.path(), 0o755);
        let program = folder.path().join("copydesk");
        fs::copy(env!("CARGO_BIN_EXE_copydesk"), &program).expect("copied");
        rights(&program, 0o755);
        as_nobody(&program, folder.path())
    };
    let text = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains("_posts/2024-01-01-fine.md:4:13"), "{text}");
    assert!(text.contains("2024-01-02-locked.md: error: cannot read: permission denied"), "{text}");
}

/// The user and group that own nothing.
#[cfg(unix)]
const NOBODY: u32 = 65_534;

#[cfg(unix)]
fn as_nobody(program: &Path, folder: &Path) -> Output {
    use std::os::unix::process::CommandExt;
    let mut command = Command::new(program);
    command.args(["-f", "short"]).current_dir(folder).stdin(Stdio::null()).uid(NOBODY).gid(NOBODY);
    fresh_program::output(&mut command)
}

#[test]
fn one_line_of_fifty_megabytes_is_read() {
    let body = "word and more words, ".repeat(2_500_000);
    let folder = site(&[("2024-01-01-long.md", &post(&body))]);
    let (status, out, error) = short(&folder, &["--fail-on", "error"]);
    assert_eq!((status, error.as_str()), (0, ""), "{out}");
    assert!(out.len() < 100_000, "{} bytes of output", out.len());
}

#[test]
fn elements_nested_twenty_thousand_deep_are_read() {
    let folder = site(&[("2024-01-01-deep.md", &post(&"<div>".repeat(20_000)))]);
    let (status, out, error) = short(&folder, &["--fail-on", "error", "--preset", "strict"]);
    assert_ne!(status, 2, "{out}{error}");
}

#[test]
fn front_matter_nested_three_thousand_deep_is_an_error_of_that_post() {
    let deep = "[".repeat(3_000);
    let folder = site(&[("2024-01-01-deep.md", format!("---\ntitle: {deep}\n---\nText.\n").as_bytes())]);
    let (status, out, error) = short(&folder, &[]);
    assert_eq!(status, 1, "{out}{error}");
    assert!(out.starts_with("_posts/2024-01-01-deep.md:2:"), "{out}");
}

#[test]
fn an_alias_bomb_is_not_expanded() {
    let mut bomb = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (name, inner) in ('b'..='i').zip('a'..='h') {
        bomb += &format!("{name}: &{name} [{}]\n", vec![format!("*{inner}"); 9].join(", "));
    }
    let text = format!("---\ntitle: A day at sea\n{bomb}---\nThe sea was calm.\n");
    let folder = site(&[("2024-01-01-bomb.md", text.as_bytes())]);
    let (status, out, error) = short(&folder, &["--fail-on", "error"]);
    assert_eq!((status, error.as_str()), (0, ""), "{out}");
}

#[test]
fn a_nul_and_a_lone_delimiter_are_text_like_any_other() {
    let folder = site(&[("2024-01-01-nul.md", &post("The sea\0was calm.\n")), ("2024-01-02-lone.md", b"---\n")]);
    let (status, out, error) = short(&folder, &[]);
    assert_eq!(status, 1, "{out}{error}");
    assert!(out.contains("_posts/2024-01-01-nul.md:4:8"), "{out}");
    assert!(!out.contains('\0'), "a NUL reached the terminal");
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_ends() {
    let folder = site(&[("2024-01-01-fine.md", &post("The sea was calm, and we had the whole day before us.\n"))]);
    std::os::unix::fs::symlink(folder.path().join("_posts"), folder.path().join("_posts/again")).expect("linked");
    let (status, out, error) = short(&folder, &["--fail-on", "error"]);
    assert_eq!(status, 0, "{out}{error}");
}

#[test]
fn a_broken_configuration_is_shown_with_its_place() {
    let folder = site(&[]);
    fs::write(folder.path().join("copydesk.yaml"), "preset: strikt\nlints:\n  no-such-lint: error\n").expect("written");
    let (status, _, error) = short(&folder, &[]);
    assert_eq!(status, 2, "{error}");
    assert!(error.contains("copydesk.yaml:1:9"), "{error}");
    fs::write(folder.path().join("copydesk.yaml"), "lints:\n  control-charakter: error\n").expect("written");
    let (status, _, error) = short(&folder, &[]);
    assert_eq!(status, 2, "{error}");
    assert!(error.contains("copydesk.yaml:2:3") && error.contains("did you mean `control-character`"), "{error}");
}

/// A lint record that is good but for what `change` does to it, and what `copydesk test` says about it.
fn own_lint(change: impl FnOnce(String) -> String) -> (i32, String) {
    let record = "\
summary: promise of a sequel
level: warn
since: 0.1.0
match:
  text: {phrases: [to be continued]}
message: the post promises a sequel
help: link it
why: Readers look for it and do not find it anywhere.
examples:
  bad: [{post: To be continued, marks: [To be continued]}]
  good: [{post: The end}]
";
    let folder = site(&[]);
    let own = folder.path().join(".copydesk/lints/promises");
    fs::create_dir_all(&own).expect("a folder");
    fs::write(own.join("sequel.yaml"), change(record.to_owned())).expect("written");
    let output = copydesk(folder.path(), &["test"]);
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().expect("not killed"), String::from_utf8(text).expect("UTF-8"))
}

#[test]
fn own_lints_are_tried_and_their_mistakes_shown_with_their_place() {
    let (status, text) = own_lint(|record| record);
    assert_eq!((status, text.as_str()), (0, "1 lint, 2 examples: all come out as their records say\n"));
    let cases: [(&str, &str, i32, &[&str]); 5] = [
        ("phrases:", "phrasen:", 2, &["sequel.yaml:5:10", "unknown key `phrasen`", "did you mean `phrases`?"]),
        ("  bad: [{post: To be continued, marks: [To be continued]}]\n", "", 1, &["no bad example"]),
        ("The end", "To be continued", 1, &["sequel.yaml:11", "marks \"To be continued\" in this good example"]),
        ("post: To be continued,", "post: The end,", 1, &["sequel.yaml:10", "finds nothing in this bad example"]),
        ("phrases: [to be continued]", r"patterns: ['\d+']", 2, &["sequel.yaml:5", "neither a literal text"]),
    ];
    for (from, to, expected, parts) in cases {
        let (status, text) = own_lint(|record| record.replace(from, to));
        assert_eq!(status, expected, "{to}: {text}");
        for part in parts {
            assert!(text.contains(part), "{to}: no {part:?} in {text}");
        }
    }
}

#[test]
fn a_closed_pipe_is_success() {
    let folder = site(&[("2024-01-01-many.md", &post(&"A \u{FFFD} was here.\n\n".repeat(3_000)))]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    let child = command.current_dir(folder.path()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = child.spawn().expect("the command runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn forty_columns_are_enough() {
    let folder = site(&[(
        "2024-01-01-narrow.md",
        &post(&format!("{} \u{FFFD} {}\n", "银行 ".repeat(400), "服务 ".repeat(400))),
    )]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    let output = command.current_dir(folder.path()).env("COLUMNS", "40").stdin(Stdio::null()).output().expect("runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.contains("_posts/2024-01-01-narrow.md"), "{text}");
    for line in text.lines().filter(|line| !line.contains("_posts/") && !line.contains("error[")) {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 40, "{line}");
    }
}

/// A post with these links, one below the other, from its fourth line on.
fn links(addresses: &[&str]) -> Vec<u8> {
    post(&addresses.iter().map(|address| format!("- [x]({address})\n")).collect::<String>())
}

/// The numbers, from 0, of the links in the post `name` that `lint` finds fault with.
fn found(folder: &TempDir, name: &str, lint: &str) -> Vec<usize> {
    let (status, out, error) = short(folder, &["--only", lint, "--fail-on", "error"]);
    assert_ne!(status, 2, "{error}");
    let ours = out.lines().filter_map(|line| line.strip_prefix("_posts/")?.strip_prefix(name)?.strip_prefix(':'));
    ours.map(|line| line.split(':').next().and_then(|line| line.parse::<usize>().ok()).expect("a line") - 4).collect()
}

#[test]
fn an_address_of_ten_thousand_characters_is_one_like_any_other() {
    let long = "x".repeat(10_000);
    let up = "../".repeat(3_000);
    let addresses = [
        format!("/2024/{long}"),
        format!("/2024/{}", "x/".repeat(5_000)),
        format!("/2024/{}", "%e6%b5%b7".repeat(1_200)),
        format!("{up}2024/01/01/long.html"),
        format!("{up}2024/01/01/none.html"),
        format!("https://{long}.example/"),
        format!("#{long}"),
    ];
    let addresses = addresses.each_ref().map(String::as_str);
    let folder = site(&[("2024-01-01-long.md", &links(&addresses))]);
    assert_eq!(found(&folder, "2024-01-01-long.md", "link-broken-local"), [0, 1, 2, 4]);
    assert_eq!(found(&folder, "2024-01-01-long.md", "link-broken-anchor"), [6]);
}

#[cfg(unix)]
#[test]
fn what_lies_behind_symbolic_links_is_there() {
    use std::os::unix::fs::symlink;
    let addresses = [
        "/images/far/quay.png",
        "/images/one.png",
        "/images/again/again/one.png",
        "/2023/01/01/old.html",
        "{% post_url 2023-01-01-old %}",
        "{% link _posts/far/2023-01-01-old.md %}",
        "/2023/01/02/alone.html",
        // From here on nothing is there.
        "/images/far/none.png",
        "/images/again/none.png",
        "/images/self/one.png",
        "/2023/01/01/none.html",
    ];
    // A year of its own, so that the site is known to have pages there.
    let post_of_2023 = post("The sea was calm.\n");
    let folder = site(&[("2024-01-01-links.md", &links(&addresses)), ("2023-05-05-calm.md", &post_of_2023)]);
    let far = tempfile::tempdir().expect("a folder");
    fs::write(far.path().join("quay.png"), "").expect("written");
    fs::write(far.path().join("2023-01-01-old.md"), post("Old.\n")).expect("written");
    fs::write(far.path().join("alone.md"), post("Alone.\n")).expect("written");
    let images = folder.path().join("images");
    fs::create_dir(&images).expect("a folder");
    for (target, link) in [
        (far.path(), images.join("far")),
        (&far.path().join("quay.png"), images.join("one.png")),
        (&images, images.join("again")),
        (Path::new("self"), images.join("self")),
        (far.path(), folder.path().join("_posts/far")),
        (&folder.path().join("_posts"), far.path().join("back")),
        (&far.path().join("alone.md"), folder.path().join("_posts/2023-01-02-alone.md")),
    ] {
        symlink(target, link).expect("linked");
    }
    assert_eq!(found(&folder, "2024-01-01-links.md", "link-broken-local"), [7, 8, 9, 10]);
    assert!(found(&folder, "2024-01-01-links.md", "link-broken-reference").is_empty());
}
