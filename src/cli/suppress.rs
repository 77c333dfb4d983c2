//! `copydesk suppress`: writes a comment for each thing that is reported, for a person who wants to keep it as it is.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::{Args, ValueHint, value_parser};

use super::check::saved;
use super::progress::{POSTS, Progress};
use super::site::{Site, SiteArgs};
use super::stop::{self, Stop};
use super::{Screen, Status, lints, output, pipeline};
use crate::config::Request;
use crate::desk::{Rewritten, Suppressing};
use crate::diagnostic::Failure;
use crate::emit;
use crate::fix::write::{Folder, plain};
use crate::suppress::insert;

/// Arguments of `suppress`.
#[derive(Clone, Debug, Args)]
pub struct SuppressArgs {
    /// Posts or folders [default: the whole site]
    #[arg(value_name = "PATHS", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,

    /// Why all of this may stay; stands in each comment
    ///
    /// `expires: 2027-01-31` in it gives the comments a last day.
    #[arg(long, value_name = "TEXT")]
    reason: String,

    /// Suppress only these lints or families
    ///
    /// Several are separated by commas, or the flag is repeated.
    #[arg(long, value_name = "LINT", value_delimiter = ',')]
    only: Vec<String>,

    /// Only tell what would be written
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    site: SiteArgs,

    /// No progress, no summary
    #[arg(short, long, help_heading = "Output")]
    quiet: bool,

    /// Number of threads [default: one for each core]
    #[arg(short, long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

/// Suppresses.
pub(super) fn run(args: &SuppressArgs, screen: &Screen) -> anyhow::Result<Status> {
    if !insert::is_writable(&args.reason) {
        let help = "give a reason of one line without `--` and `*/`, which would end the comments";
        return Err(Stop::new("this reason cannot stand in every comment").help(help).into());
    }
    let request = Request { ..args.site.request() };
    let (site, scope) = saved(&args.site, args.paths.clone(), request)?;
    let meant = meant(&site, &args.only)?;
    let folder = Folder::open(&site.root).with_context(|| format!("cannot read {}", site.root.display()))?;

    let progress = Progress::new(screen, !args.quiet, POSTS);
    let jobs = args.jobs.map(usize::from);
    let read = pipeline::read(
        &site,
        &scope,
        pipeline::How { jobs, external: false, is_timed: false, is_cached: true },
        &|done, total| progress.tell(done, total),
    );
    progress.finish();
    let (_, mut desk) = read?;
    let mut failures: Vec<Failure> =
        desk.failures().iter().filter(|failure| scope.contains(&failure.path)).cloned().collect();
    let is_meant = |lint: &str| meant.is_empty() || meant.iter().any(|name| **name == *lint);
    let is_wanted = |path: &str| scope.contains(path);
    let order = Suppressing { is_wanted: &is_wanted, is_meant: &is_meant, reason: &args.reason };
    let suppressed = desk.suppress(&order);
    failures.extend(suppressed.failures);

    let (mut text, mut posts, mut hidden) = (String::new(), 0, 0);
    for (path, post) in &suppressed.written {
        match if args.dry_run { Ok(()) } else { write(&folder, path, post) } {
            Ok(()) => {
                let line = format!("{path}: {}", counted(post.hidden, "diagnostic"));
                text.push_str(&emit::printable(&line, !screen.unicode));
                text.push('\n');
                (posts, hidden) = (posts + 1, hidden + post.hidden);
            }
            Err(failure) => failures.push(failure),
        }
    }
    if !args.quiet {
        let done = if args.dry_run { "would be suppressed" } else { "suppressed" };
        let (hidden, posts) = (counted(hidden, "diagnostic"), counted(posts, "post"));
        text.push_str(&format!("{hidden} {done} in {posts}\n"));
    }
    failures.sort();
    // What was written is written: a reader who went away does not change how it ended.
    let _ = output::print(text.as_bytes());
    stop::tell_failures(&failures, screen);
    Ok(if failures.is_empty() { Status::Clean } else { Status::Stopped })
}

/// The lints that names of lints and families mean; all when empty.
fn meant(site: &Site, names: &[String]) -> anyhow::Result<Vec<Arc<str>>> {
    let lints = lints::load(site)?;
    let known = lints::known(&lints);
    if let Some((message, help)) = names.iter().find_map(|name| known.missing(name)) {
        return Err(Stop::new(message).help(help).into());
    }
    let is_named = |name: &str| names.iter().any(|named| *named == *name);
    let named = lints.iter().filter(|lint| is_named(&lint.name) || is_named(&lint.family));
    Ok(named.map(|lint| lint.name.clone()).collect())
}

/// Writes a post, unless its file has changed since it was read.
fn write(folder: &Folder, path: &Arc<str>, post: &Rewritten) -> Result<(), Failure> {
    let failure = |error: String, help: &str| Failure { path: path.clone(), error, help: help.to_owned() };
    let system = |error: std::io::Error| failure(plain(&error), "the post is as it was");
    if folder.read(path).map_err(system)? != post.before.text.as_bytes() {
        return Err(failure("it changed while it was being read".to_owned(), "run `copydesk suppress` again"));
    }
    folder.write(path, post.text.as_bytes()).map_err(system)
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
