//! The program as a user meets it: arguments in, text and exit status out. Each file in `cases/` is a session in a shell,
//! run in the folder of the same name that ends in `.in`. `TRYCMD=overwrite cargo test --test cli` rewrites the outputs; read
//! what changed before committing it.

use std::process::{Command, Output, Stdio};

#[test]
fn sessions() {
    trycmd::TestCases::new()
        .env("NO_COLOR", "1")
        .env("CLICOLOR_FORCE", "0")
        .env("LC_ALL", "C.UTF-8")
        .env("TERM", "xterm")
        .case("tests/cases/*.trycmd")
        .case("tests/cases/*.toml");
}

fn copydesk(arguments: &[&str], stdout: Stdio) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.args(arguments).stdin(Stdio::null()).stdout(stdout).stderr(Stdio::piped());
    command.output().expect("the program can be started")
}

/// `copydesk man | head -1` must not end with a complaint.
#[test]
fn a_reader_who_went_away_is_no_error() {
    for arguments in [&["man"][..], &["completions", "zsh"], &["list"], &["config"], &["--help"], &["--version"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe can be made");
        drop(reader);
        let output = copydesk(arguments, writer.into());
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_is_lost_is_an_error() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the device is there");
    let output = copydesk(&["man"], full.into());
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: cannot write to standard output: "));
    assert_eq!(output.status.code(), Some(2));
}
