//! `check --watch`: checks again whenever a file of the site changes, until it is stopped.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::check::{self, CheckArgs};
use super::site::SiteArgs;
use super::stop;
use super::{Screen, Status};
use crate::config::Request;
use crate::walk;

/// The shortest time between two looks at the files.
const PAUSE: Duration = Duration::from_millis(300);

/// Looking takes one part in so many of the time: a large site is looked at less often.
const PARTS: u32 = 20;

/// Moves to the top of a cleared screen. What was scrolled out of it before stays to be scrolled to.
const CLEAR: &str = "\x1b[2J\x1b[H";

/// Checks whenever something changed. Mistakes in the configuration are shown and waited out, like any other.
///
/// # Errors
/// When nobody reads what is written any more.
pub(super) fn run(args: &CheckArgs, screen: &Screen) -> anyhow::Result<Status> {
    let is_terminal = std::io::stdout().is_terminal();
    loop {
        if is_terminal {
            clear()?;
        }
        let root = root(args.site(), args.paths());
        let written: Vec<PathBuf> = args.files().iter().filter_map(|file| std::path::absolute(file).ok()).collect();
        let before = walk::state(&root, &written);
        match check::once(args.clone(), screen) {
            Err(error) if stop::is_broken_pipe(&error) => return Ok(Status::Clean),
            Err(error) => stop::tell(&error, screen),
            Ok(_) => {}
        }
        if screen.stderr_is_terminal {
            stop::note(screen, "watching for changes; Ctrl-C ends it");
        }
        wait(&root, &written, before);
    }
}

/// The root of the site, as far as it can be told: a configuration that cannot be read has one all the same.
fn root(site: &SiteArgs, paths: &[PathBuf]) -> PathBuf {
    let start = paths.first().map_or(Path::new("."), PathBuf::as_path);
    let root = site.site(paths, Request::default()).map_or_else(|_| walk::find_root(start).0, |site| site.root);
    std::path::absolute(&root).unwrap_or(root)
}

/// Returns when a file of the site is not what it was.
fn wait(root: &Path, written: &[PathBuf], before: u128) {
    let mut pause = PAUSE;
    loop {
        thread::sleep(pause);
        let since = Instant::now();
        if walk::state(root, written) != before {
            return;
        }
        pause = PAUSE.max(since.elapsed() * PARTS);
    }
}

fn clear() -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(CLEAR.as_bytes())?;
    Ok(out.flush()?)
}
