//! `check --watch`, with the real command: it checks again when a file was changed, and at no other time.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// How long a slow machine may take to say something.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long nothing may be said when nothing happened: several looks at the files.
const QUIET: Duration = Duration::from_secs(3);

/// A run that watches, and the lines that it writes.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(site: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        command.current_dir(site).args(["check", "--watch", "-q", "-f", "short"]).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        let (sender, lines) = channel();
        let out = BufReader::new(child.stdout.take().expect("piped"));
        let errors = BufReader::new(child.stderr.take().expect("piped"));
        for stream in [Box::new(out) as Box<dyn BufRead + Send>, Box::new(errors)] {
            let sender = sender.clone();
            thread::spawn(move || stream.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        }
        Self { child, lines }
    }

    /// Waits for a line that holds these words.
    fn expect(&self, words: &str) {
        loop {
            let line = self.lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("nothing was said of `{words}`"));
            if line.contains(words) {
                return;
            }
        }
    }

    fn expect_quiet(&self) {
        assert_eq!(self.lines.recv_timeout(QUIET).ok(), None);
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn write(site: &Path, name: &str, text: &str) {
    fs::write(site.join(name), text).expect("written");
}

#[test]
fn a_change_is_checked_and_nothing_else_is() {
    let site = tempfile::tempdir().expect("a folder can be made");
    let site = site.path();
    write(site, "copydesk.yaml", "generator: plain\n");
    write(site, "a.md", "---\ntitle: A\n---\n\nSee [nothing]().\n");
    let watching = Watching::start(site, &["-f", "json=report.json"]);
    watching.expect("a.md:5:5: error[link-empty-address]");
    watching.expect_quiet();
    write(site, "b.md", "---\ntitle: B\n---\n\nText and again [nothing]().\n");
    watching.expect("b.md:5:16: error[link-empty-address]");
    watching.expect_quiet();
    fs::rename(site.join("b.md"), site.join("c.md")).expect("moved");
    watching.expect("c.md:5:16: error[link-empty-address]");
    write(site, "copydesk.yaml", "generator: [\n");
    watching.expect("error: ");
    write(site, "copydesk.yaml", "generator: plain\nlints: {link-empty-address: warn}\n");
    watching.expect("c.md:5:16: warn[link-empty-address]");
    watching.expect_quiet();
    let report = fs::read_to_string(site.join("report.json")).expect("it was written, too");
    assert!(report.contains("c.md"), "{report}");
}

#[test]
fn what_cannot_be_watched_is_refused() {
    for arguments in [&["-"][..], &["--update-baseline"]] {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        let output = command.current_dir(folder.path()).args(["check", "--watch"]).args(arguments).output();
        let output = output.expect("it runs");
        assert_eq!(output.status.code(), Some(2));
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(error.contains("`--watch` goes neither with `-`"), "{error}");
    }
}
