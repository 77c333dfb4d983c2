//! `copydesk dedup`: lists posts that are copies of one another, writes a plan, carries one out, takes that back.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum, ValueHint, value_parser};

use super::check::{Scope, saved};
use super::progress::{POSTS, Progress};
use super::site::{Site, SiteArgs};
use super::stop::{self, Mistakes, Stop};
use super::{Screen, Status, lints, output, pipeline};
use crate::corpus::Keep;
use crate::dedup::{self, Action, CopyPlan, Listing, Order, Outcome, Store, Undone};
use crate::diagnostic::Failure;
use crate::emit::{self, copies};
use crate::fix::Refused;
use crate::fix::write::Folder;

/// Arguments of `dedup`.
#[derive(Clone, Debug, Args)]
pub struct DedupArgs {
    /// Posts or folders whose copies are listed and dealt with [default: the whole site]
    ///
    /// Posts are compared with the whole site all the same, so the post that stays may lie elsewhere.
    #[arg(value_name = "PATHS", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,

    /// Which of several copies stays [default: canonical]
    #[arg(long, value_name = "RULE")]
    keep: Option<Rule>,

    /// What is done with the copies [default: quarantine]
    #[arg(long, value_name = "ACTION")]
    action: Option<Deed>,

    /// Write what would be done to a file, to edit and to apply
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["apply", "undo"])]
    plan: Option<PathBuf>,

    /// Carry out a plan, or without FILE what the listing shows
    ///
    /// A file that has changed since the plan was made is left alone. `--undo` takes all of it back.
    #[arg(long, value_name = "FILE", num_args = 0..=1, value_hint = ValueHint::FilePath, conflicts_with = "undo")]
    apply: Option<Option<PathBuf>>,

    /// Take back the last apply, also one that was cut off
    #[arg(long, conflicts_with_all = ["paths", "keep", "action"])]
    undo: bool,

    /// With --apply: only tell what would be done
    #[arg(long, requires = "apply")]
    dry_run: bool,

    #[command(flatten)]
    site: SiteArgs,

    /// How to list
    #[arg(short, long, value_name = "FORMAT", default_value = "pretty", help_heading = "Output", conflicts_with_all = ["plan", "apply", "undo"])]
    format: Format,

    /// Write the list to this file
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output", conflicts_with_all = ["plan", "apply", "undo"])]
    output: Option<PathBuf>,

    /// No notes, no progress, no summary
    #[arg(short, long, help_heading = "Output")]
    quiet: bool,

    /// Number of threads [default: one for each core]
    #[arg(short, long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

/// Rules by which one of several copies stays, as words of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Rule {
    /// The one that names no other address as canonical, the published before the draft, then the longest, then the oldest
    Canonical,
    /// The longest
    Longest,
    /// The oldest
    Oldest,
    /// The newest
    Newest,
    /// The first by path
    Path,
}

impl From<Rule> for Keep {
    fn from(rule: Rule) -> Keep {
        match rule {
            Rule::Canonical => Keep::Canonical,
            Rule::Longest => Keep::Longest,
            Rule::Oldest => Keep::Oldest,
            Rule::Newest => Keep::Newest,
            Rule::Path => Keep::Path,
        }
    }
}

/// The actions, as words of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deed {
    /// Move the copies to .copydesk/quarantine/
    Quarantine,
    /// The same, and let their addresses lead to the post that stays
    Redirect,
    /// Leave the copies where they are, but unpublished
    Unpublish,
    /// Leave the copies, and name the post that stays as their canonical address
    Canonical,
    /// Delete the copies
    Delete,
}

impl From<Deed> for Action {
    fn from(deed: Deed) -> Action {
        match deed {
            Deed::Quarantine => Action::Quarantine,
            Deed::Redirect => Action::Redirect,
            Deed::Unpublish => Action::Unpublish,
            Deed::Canonical => Action::Canonical,
            Deed::Delete => Action::Delete,
        }
    }
}

/// Formats of the list, as words of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Pretty,
    /// One JSON object
    Json,
    /// One line for each copy
    Csv,
}

impl DedupArgs {
    /// What is done with the copies.
    fn action(&self) -> Action {
        self.action.map_or(Action::default(), Into::into)
    }
}

/// Does what was asked for.
pub(super) fn run(args: DedupArgs, screen: &Screen) -> anyhow::Result<Status> {
    let (site, scope) = saved(&args.site, args.paths.clone(), args.site.request())?;
    let folder = Folder::open(&site.root).with_context(|| format!("cannot read {}", site.root.display()))?;
    if args.undo {
        return undo(&folder, &args, screen);
    }
    if let Some(Some(file)) = &args.apply {
        if args.keep.is_some() || args.action.is_some() || !args.paths.is_empty() {
            let message = "the plan says which posts stay, and what is done with which others";
            let help = "edit the plan, or leave `--keep`, `--action` and paths out; `--root` names another site";
            return Err(Stop::new(message).help(help).into());
        }
        let plan = read_plan(file)?;
        return apply(&site, &folder, &plan, &args, screen);
    }
    let (listing, mut failures) = list(&site, &scope, &args, screen)?;
    if args.plan.is_none() && args.apply.is_none() {
        stop::tell_failures(&failures, screen);
        return show(&listing, &failures, &args, screen);
    }
    let (plan, unreadable) = CopyPlan::of(&listing, args.action(), &folder);
    failures.extend(unreadable);
    stop::tell_failures(&failures, screen);
    let status = match &args.plan {
        Some(file) => write_plan(file, &plan, &listing, &args, screen)?,
        None => apply(&site, &folder, &plan, &args, screen)?,
    };
    Ok(if failures.is_empty() { status } else { Status::Stopped })
}

/// The copies of the site, and what could not be read.
fn list(site: &Site, scope: &Scope, args: &DedupArgs, screen: &Screen) -> anyhow::Result<(Listing, Vec<Failure>)> {
    let thresholds = lints::thresholds(site)?;
    let progress = Progress::new(screen, !args.quiet, POSTS);
    let jobs = args.jobs.map(usize::from);
    let desk = pipeline::compare(site, None, jobs, &|done, total| progress.tell(done, total));
    progress.finish();
    let desk = desk?;
    let failures = desk.report(&|_| true).failures;
    let is_wanted = |path: &str| scope.contains(path);
    let keep = args.keep.map_or(Keep::default(), Into::into);
    let listing = Listing::of(&desk, &thresholds, keep, &is_wanted);
    Ok((listing, failures))
}

fn show(listing: &Listing, failures: &[Failure], args: &DedupArgs, screen: &Screen) -> anyhow::Result<Status> {
    let action = args.action();
    let mut text = Vec::new();
    match args.format {
        Format::Pretty => {
            let options = pipeline::options(screen, args.output.is_none() && screen.color);
            copies::pretty(listing, action, emit::Options { summary: !args.quiet, ..options }, &mut text)?;
        }
        Format::Json => copies::json(listing, action, &mut text)?,
        Format::Csv => copies::csv(listing, action, &mut text)?,
    }
    match &args.output {
        Some(file) => std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?,
        None => output::print(&text)?,
    }
    Ok(match (failures, listing.clusters.as_slice()) {
        ([], []) => Status::Clean,
        ([], _) => Status::Found,
        _ => Status::Stopped,
    })
}

/// Writes a plan where no file is: the one there may have been edited.
fn write_plan(
    file: &Path,
    plan: &CopyPlan,
    listing: &Listing,
    args: &DedupArgs,
    screen: &Screen,
) -> anyhow::Result<Status> {
    use std::io::Write;
    let text = plan.text();
    if file.as_os_str() == "-" {
        output::print(text.as_bytes())?;
        return Ok(Status::Clean);
    }
    let created = std::fs::File::create_new(file).and_then(|mut file| file.write_all(text.as_bytes()));
    match created {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let help = "it may have been edited; remove it or name another";
            return Err(Stop::new(format!("{} is there already", file.display())).help(help).into());
        }
        other => other.with_context(|| format!("cannot write {}", file.display()))?,
    }
    if !args.quiet {
        let (copies, file) = (listing.copies(), file.display());
        let message = format!("wrote {file} with {copies} copies; edit it, then `copydesk dedup --apply {file}`");
        stop::note(screen, &message);
    }
    Ok(Status::Clean)
}

fn read_plan(file: &Path) -> anyhow::Result<CopyPlan> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read the plan {}", file.display()))?;
    let not_utf8 = || Stop::new(format!("the plan {} is not UTF-8", file.display()));
    let text = String::from_utf8(bytes).map_err(|_| not_utf8())?;
    Ok(CopyPlan::read(&file.display().to_string(), &text).map_err(Mistakes)?)
}

fn apply(site: &Site, folder: &Folder, plan: &CopyPlan, args: &DedupArgs, screen: &Screen) -> anyhow::Result<Status> {
    let opened = pipeline::opened(site);
    let order = Order { site: &opened, routes: &site.settings.routes.0, plan };
    let outcome = if args.dry_run {
        dedup::rehearse(order, folder).map_err(stopped)?
    } else {
        let store = Store::lock(folder).map_err(stopped)?;
        dedup::apply(order, &store).map_err(stopped)?
    };
    // What was done is done: a reader who went away does not change how it ended.
    let _ = output::print(told(&outcome, args, screen).as_bytes());
    stop::tell_failures(&outcome.refused, screen);
    if !args.quiet {
        outcome.notes.iter().for_each(|note| stop::note(screen, note));
    }
    match outcome.cut_off {
        Some(refused) => Err(stopped(refused).into()),
        None if outcome.refused.is_empty() => Ok(Status::Clean),
        None => Ok(Status::Stopped),
    }
}

/// One line for each file, and a sum.
fn told(outcome: &Outcome, args: &DedupArgs, screen: &Screen) -> String {
    let mut text = String::new();
    for done in &outcome.done {
        let line = format!("{}: {}", done.path, done.words);
        text.push_str(&emit::printable(&line, !screen.unicode));
        text.push('\n');
    }
    if !args.quiet {
        let files = match outcome.done.len() {
            1 => "1 file".to_owned(),
            files => format!("{files} files"),
        };
        let undone = match outcome.refused.len() {
            0 => String::new(),
            refused => format!(", {refused} refused"),
        };
        let after = match (args.dry_run, outcome.done.is_empty()) {
            (true, _) => "; nothing was changed",
            (false, true) => "",
            (false, false) => "; `copydesk dedup --undo` takes this back",
        };
        text.push_str(&format!(
            "{files} {}{undone}{after}\n",
            if args.dry_run { "would be dealt with" } else { "dealt with" }
        ));
    }
    text
}

fn undo(folder: &Folder, args: &DedupArgs, screen: &Screen) -> anyhow::Result<Status> {
    let nothing = || Stop::new("there is nothing to undo").help("`copydesk dedup --apply` was not run here");
    if !Store::is_there(folder) {
        return Err(nothing().into());
    }
    let store = Store::lock(folder).map_err(stopped)?;
    let undone = dedup::undo(&store).map_err(stopped)?.ok_or_else(nothing)?;
    let Undone { number, restored, left } = undone;
    let mut text: String = restored.iter().map(|path| format!("{path}\n")).collect();
    text = emit::printable(&text, !screen.unicode);
    if !text.is_empty() {
        text.push('\n');
    }
    if !args.quiet {
        let files = if restored.len() == 1 { "1 file".to_owned() } else { format!("{} files", restored.len()) };
        text.push_str(&format!("{files} restored, {} left (apply {number})\n", left.len()));
    }
    let _ = output::print(text.as_bytes());
    stop::tell_failures(&left, screen);
    Ok(if left.is_empty() { Status::Clean } else { Status::Stopped })
}

fn stopped(refused: Refused) -> Stop {
    let stop = Stop::new(refused.message);
    if refused.help.is_empty() { stop } else { stop.help(refused.help) }
}
