//! `copydesk report`: a page for those who answer for the whole site, not for one post of it.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint, value_parser};

use super::baseline::BaselineArgs;
use super::check::{self, Scope};
use super::names::LintArgs;
use super::pipeline::{self, How, Outcome};
use super::progress::{POSTS, Progress};
use super::site::{Site, SiteArgs};
use super::stop::{self, Stop};
use super::{Screen, Status, lints, output};
use crate::desk::{Desk, Report};
use crate::emit::html;
use crate::fix::write::{Folder, plain};
use crate::survey::{Question, Survey};

/// Bytes of a file by which it is known as a report.
const HEAD: u64 = 1024;

/// Arguments of `report`.
#[derive(Clone, Debug, Args)]
#[command(long_about = LONG_ABOUT)]
pub struct ReportArgs {
    /// Posts or folders to tell of [default: the whole site]
    ///
    /// Posts are compared with the whole site all the same.
    #[arg(value_name = "PATHS", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,

    /// File to write the page into; `-` is standard output
    ///
    /// An earlier report is replaced, any other file is left alone.
    #[arg(long, value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    html: PathBuf,

    #[command(flatten)]
    lints: LintArgs,

    #[command(flatten)]
    site: SiteArgs,

    /// Tell of what the baseline knows, too
    #[arg(long, help_heading = "Baseline")]
    no_baseline: bool,

    /// Also ask for the addresses outside of the site, over the network
    ///
    /// As `copydesk check --online` does.
    #[arg(long)]
    online: bool,

    /// No notes, no progress
    #[arg(short, long, help_heading = "Output")]
    quiet: bool,

    /// Neither use nor write what was found out about posts before
    #[arg(long)]
    no_cache: bool,

    /// Number of threads [default: one for each core]
    #[arg(short, long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

const LONG_ABOUT: &str = "\
Write a page for those who answer for the whole site.

The page tells how much was found, over time, by post and by lint; it shows copies side by side, broken links by what they \
lead to, and the findings with filters. It is one file that needs no other and no network, and no text of a post acts in it. \
Lints, levels, paths, suppressions and the baseline hold as they do for `copydesk check`.

Exit status: 0 if the page was written, whatever it tells (`copydesk check` is the gate), 2 if it could not be or if a post \
could not be read.";

/// Writes the page.
pub(super) fn run(mut args: ReportArgs, screen: &Screen) -> anyhow::Result<Status> {
    let typed = std::mem::take(&mut args.paths);
    if typed.iter().any(|path| path.as_os_str() == "-") {
        let help = "name the posts to tell of, or none for all; `--html -` writes to standard output";
        return Err(Stop::new("a report is on posts of a site, not on standard input").help(help).into());
    }
    let asked = typed.iter().map(|path| path.display().to_string()).collect();
    let request = args.lints.clone().add_to(args.site.request());
    let (site, scope) = check::saved(&args.site, typed, request)?;
    let target = Target::of(&args.html, &site)?;
    let (outcome, page) = surveyed(&args, (&site, &scope), asked, screen)?;
    target.write(&page)?;
    if !args.quiet {
        outcome.notes.iter().for_each(|note| stop::note(screen, note));
        check::note_paths_without_posts(&site, &scope, &outcome, screen);
    }
    stop::tell_failures(&outcome.report.failures, screen);
    Ok(if outcome.report.failures.is_empty() { Status::Clean } else { Status::Stopped })
}

/// Reads the site, and makes the page.
fn surveyed(
    args: &ReportArgs,
    (site, scope): (&Site, &Scope),
    asked: Vec<String>,
    screen: &Screen,
) -> anyhow::Result<(Outcome, Vec<u8>)> {
    let thresholds = lints::thresholds(site)?;
    let progress = Progress::new(screen, !args.quiet, POSTS);
    let how =
        How { jobs: args.jobs.map(usize::from), external: args.online, is_timed: false, is_cached: !args.no_cache };
    let read = pipeline::read(site, scope, how, &|done, total| progress.tell(done, total));
    progress.finish();
    let (_, mut desk) = read?;
    if args.online {
        check::ask(&mut desk, site, screen, args.quiet)?;
    }
    BaselineArgs::unless(args.no_baseline).teach(&mut desk, site)?;
    let report = desk.report(&|path| scope.contains(path));
    let name = site.root.file_name().map(|name| name.to_string_lossy().into_owned());
    let is_wanted = |path: &str| scope.contains(path);
    let question = Question { site: name.unwrap_or_else(|| "/".to_owned()), thresholds, asked, is_wanted: &is_wanted };
    let page = page(&desk, &report, question)?;
    Ok((Outcome { posts: desk.paths().collect(), report, notes: desk.take_notes(), backdrop: Box::new(desk) }, page))
}

fn page(desk: &Desk, report: &Report, question: Question<'_>) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    html::page(&Survey::of(desk, report, question), desk, &mut page)?;
    Ok(page)
}

/// Where a page is written.
#[derive(Debug)]
enum Target {
    Stdout,
    /// A file by its name in a folder, and as it was typed.
    File(Folder, String, PathBuf),
}

impl Target {
    /// Looks at the file before the site is read: a run over a large site should not end with a complaint about its name.
    fn of(typed: &Path, site: &Site) -> Result<Self, Stop> {
        let shown = typed.display();
        if typed.as_os_str() == "-" {
            return Ok(Self::Stdout);
        }
        let name = typed.file_name().and_then(|name| name.to_str()).filter(|_| !typed.is_dir());
        let Some(name) = name else {
            let message = format!("no file to write the page into: {shown}");
            return Err(Stop::new(message).help("name a file, such as `--html report.html`"));
        };
        let parent = typed.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let cannot = |why: String| Stop::new(format!("cannot write {shown}: {why}"));
        if !parent.is_dir() {
            return Err(cannot(format!("there is no folder {}", parent.display())));
        }
        let folder = Folder::open(parent).map_err(|error| cannot(plain(&error)))?;
        let full = std::path::absolute(typed).unwrap_or_else(|_| typed.to_path_buf());
        let full = parent.canonicalize().map_or(full, |parent| parent.join(name));
        if is_post(site, &full) {
            let help = "write it into a folder that holds no posts, or outside of the site";
            return Err(cannot("it would be a post of the site".to_owned()).help(help));
        }
        match fs::symlink_metadata(&full) {
            Ok(old) if !old.is_file() => return Err(cannot("it is a link or a folder, not a file".to_owned())),
            Ok(_) if !is_ours(&full).map_err(|error| cannot(plain(&error)))? => {
                let help = "remove it or name another file; only an earlier report is replaced";
                return Err(cannot("another file is there already".to_owned()).help(help));
            }
            _ => {}
        }
        Ok(Self::File(folder, name.to_owned(), typed.to_path_buf()))
    }

    fn write(&self, page: &[u8]) -> anyhow::Result<()> {
        match self {
            Self::Stdout => output::print(page),
            Self::File(folder, name, typed) => {
                let cannot = |error| Stop::new(format!("cannot write {}: {}", typed.display(), plain(&error)));
                Ok(folder.write(name, page).map_err(cannot)?)
            }
        }
    }
}

/// Whether a file with this path would be read as a post.
fn is_post(site: &Site, full: &Path) -> bool {
    let Ok(inside) = full.strip_prefix(&site.root) else { return false };
    let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let inside = parts.join("/");
    let is_left_out = parts.iter().any(|part| part.starts_with('.'))
        || site.settings.exclude.iter().any(|glob| glob.value.matches(&inside));
    !is_left_out && pipeline::opened(site).role(&inside).is_some()
}

/// Whether a file is an earlier report, or holds nothing yet.
fn is_ours(path: &Path) -> io::Result<bool> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    Ok(head.is_empty() || String::from_utf8_lossy(&head).contains(html::MARK))
}
