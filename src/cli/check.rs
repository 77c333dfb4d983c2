//! `copydesk [check]`: reads the site, reports what the lints found in the posts that were asked for.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::{Args, ValueEnum, ValueHint, value_parser};

use super::baseline::{self, BaselineArgs};
use super::changed::{Beside, Changed, ChangedArgs};
use super::fix::FixArgs;
use super::names::LintArgs;
use super::output::{self, OutputArgs};
use super::pipeline::{self, How, Outcome};
use super::progress::{POSTS, Progress};
use super::site::{Site, SiteArgs};
use super::stop::{self, Stop};
use super::{Screen, Status, watch};
use crate::config::Request;
use crate::desk::Desk;
use crate::diagnostic::Level;
use crate::emit::statistics::{profile, statistics};
use crate::source::MAX_BYTES;

/// Arguments of `check`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub(super) struct CheckArgs {
    /// Posts or folders to report; `-` reads one post from standard input [default: the whole site]
    ///
    /// Paths restrict what is reported. Posts are compared with the whole site all the same.
    #[arg(value_name = "PATHS", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,

    /// Path that the post read by `-` has or will have [default: stdin.md]
    ///
    /// The text takes the place of that file, which need not exist.
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    stdin_filename: Option<PathBuf>,

    /// Lowest level that makes copydesk exit with status 1 [default: warn]
    #[arg(long, value_name = "LEVEL")]
    fail_on: Option<FailOn>,

    #[command(flatten)]
    lints: LintArgs,

    #[command(flatten)]
    changed: ChangedArgs,

    #[command(flatten)]
    site: SiteArgs,

    #[command(flatten)]
    fix: FixArgs,

    #[command(flatten)]
    baseline: BaselineArgs,

    #[command(flatten)]
    output: OutputArgs,

    /// Write diagnostics only: no notes, no progress, no summary
    #[arg(short, long, help_heading = "Output")]
    quiet: bool,

    /// Do not show progress
    #[arg(long, help_heading = "Output")]
    no_progress: bool,

    /// Also ask for the addresses outside of the site, over the network
    ///
    /// Each address is asked for once, politely: two requests at a time for one host. What was found is kept in
    /// .copydesk_cache/. Settings stand under `online` in copydesk.yaml.
    #[arg(long)]
    online: bool,

    /// Count what was found by lint, with the time that each took, in place of the diagnostics
    #[arg(long, help_heading = "Output")]
    statistics: bool,

    /// Tell where the time went, by stage and by lint, on standard error
    #[arg(long, help_heading = "Output")]
    profile: bool,

    /// Check again whenever a file of the site changes, until Ctrl-C
    #[arg(long, help_heading = "Output")]
    watch: bool,

    /// Neither use nor write what was found out about posts before
    ///
    /// It is kept in .copydesk_cache/ below the root of the site, by the content of posts, and does not change what is found.
    #[arg(long)]
    no_cache: bool,

    /// Number of threads [default: one for each core]
    #[arg(short, long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

/// The levels, as words of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Fail on errors only
    Error,
    /// Fail on warnings and errors
    Warn,
    /// Fail on anything
    Info,
}

impl From<FailOn> for Level {
    fn from(level: FailOn) -> Level {
        match level {
            FailOn::Error => Level::Error,
            FailOn::Warn => Level::Warn,
            FailOn::Info => Level::Info,
        }
    }
}

/// What is to be checked, as typed.
#[derive(Debug, PartialEq, Eq)]
enum Input {
    /// These files and folders; none is the whole site.
    Paths(Vec<PathBuf>),
    /// The text on standard input, under this name.
    Stdin(PathBuf),
}

/// What is to be reported. The corpus is the whole site, whatever is asked for.
#[derive(Debug)]
pub(super) struct Scope {
    /// Files and folders, at least one, sorted by what they are inside of the root.
    asked: Vec<Asked>,
    /// The text that takes the place of the one file that is asked for.
    unsaved: Option<Vec<u8>>,
    /// Where nothing else is to be reported: what has changed.
    changed: Option<Changed>,
}

impl CheckArgs {
    /// Judges what is on the desk, and writes the reports. `since` is when the run began, `read` how long reading took.
    fn report(
        &self,
        desk: Desk,
        scope: &Scope,
        (since, read): (Instant, Duration),
        screen: &Screen,
    ) -> anyhow::Result<Outcome> {
        let mut stages = vec![("find, read and examine posts", read)];
        let plan = desk.plan().clone();
        let compared = Instant::now();
        let outcome = pipeline::report(desk, scope, since);
        stages.push(("compare them, and judge", compared.elapsed()));

        let written = Instant::now();
        if self.statistics {
            output::print(statistics(&outcome.report, &plan.times()).as_bytes())?;
        } else {
            for output in self.output.clone().outputs() {
                output.write(&pipeline::emit(&outcome, &output, screen, self.quiet)?)?;
            }
        }
        stages.push(("write", written.elapsed()));
        if self.profile {
            // A reader of standard error who went away does not change how the run ended.
            let _ = std::io::stderr().lock().write_all(profile(&stages, &plan.times()).as_bytes());
        }
        Ok(outcome)
    }

    /// How the site is found.
    pub(super) fn site(&self) -> &SiteArgs {
        &self.site
    }

    /// What is to be reported.
    pub(super) fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// The files that reports are written into.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        self.output.clone().outputs().into_iter().filter_map(|output| output.file).collect()
    }

    /// The same with repairs: `copydesk fix`.
    pub(super) fn fixing(self) -> Self {
        Self { fix: self.fix.asked_for(), ..self }
    }
}

impl Scope {
    fn new(mut asked: Vec<Asked>, unsaved: Option<Vec<u8>>) -> Scope {
        asked.sort_by(|a, b| a.inside.cmp(&b.inside));
        Scope { asked, unsaved, changed: None }
    }

    /// Whether the file `path` (relative to the root) or a folder it lies in was asked for. A hook may ask for thousands.
    pub(super) fn contains(&self, path: &str) -> bool {
        let is_asked = |inside: &str| self.asked.binary_search_by(|asked| asked.inside.as_str().cmp(inside)).is_ok();
        let is_in = is_asked("") || is_asked(path) || path.match_indices('/').any(|(end, _)| is_asked(&path[..end]));
        is_in && self.changed.as_ref().is_none_or(|changed| changed.contains(path))
    }

    /// What has changed, where nothing else is to be reported.
    pub(super) fn changed(&self) -> Option<&Changed> {
        self.changed.as_ref()
    }

    /// The text on standard input, with the path of the file that it takes the place of.
    pub(super) fn unsaved(&self) -> Option<(&str, &[u8])> {
        Some((self.asked.first()?.inside.as_str(), self.unsaved.as_deref()?))
    }
}

/// A file or folder that was asked for.
#[derive(Debug)]
pub(super) struct Asked {
    /// As it was typed.
    pub typed: PathBuf,
    /// Relative to the root, with `/`; the root itself is empty.
    pub inside: String,
}

/// Checks, once or whenever something changes.
pub(super) fn run(args: CheckArgs, screen: &Screen) -> anyhow::Result<Status> {
    if !args.watch {
        return once(args, screen);
    }
    if args.baseline.writes() || args.paths.iter().any(|path| path.as_os_str() == "-") {
        let help = "check once, without `--watch`";
        return Err(Stop::new("`--watch` goes neither with `-` nor with what writes the baseline").help(help).into());
    }
    watch::run(&args, screen)
}

/// Checks once.
pub(super) fn once(mut args: CheckArgs, screen: &Screen) -> anyhow::Result<Status> {
    let request = Request { fail_on: args.fail_on.map(Into::into), ..args.site.request() };
    let request = args.lints.clone().add_to(request);
    let input = input(std::mem::take(&mut args.paths), args.stdin_filename.take())?;
    let stdin = matches!(input, Input::Stdin(_));
    args.changed.check(Beside { stdin, repairs: args.fix.asks(), baseline: args.baseline.writes() })?;
    let (site, mut scope) = match input {
        Input::Paths(paths) => saved(&args.site, paths, request)?,
        Input::Stdin(name) => unsaved(&args.site, name, request)?,
    };
    scope.changed = args.changed.ask(&site)?;

    let progress = Progress::new(screen, !args.quiet && !args.no_progress, POSTS);
    let is_timed = args.statistics || args.profile;
    let how = How { jobs: args.jobs.map(usize::from), external: args.online, is_timed, is_cached: !args.no_cache };
    let read = pipeline::read(&site, &scope, how, &|done, total| {
        progress.tell(done, total);
    });
    progress.finish();
    let (since, mut desk) = read?;
    let read = since.elapsed();
    if args.online {
        ask(&mut desk, &site, screen, args.quiet || args.no_progress)?;
    }
    args.baseline.teach(&mut desk, &site)?;
    if args.fix.asks()
        && let Some(status) = args.fix.run(&mut desk, &site, &scope, (!args.quiet).then_some(screen))?
    {
        return Ok(status);
    }
    if args.baseline.writes() {
        return args.baseline.write(&desk, (&site, &scope), screen);
    }
    let outcome = args.report(desk, &scope, (since, read), screen)?;
    if !args.quiet {
        outcome.notes.iter().for_each(|note| stop::note(screen, note));
        baseline::tell(&outcome, screen);
        match scope.changed() {
            Some(changed) => changed.tell(&outcome, screen),
            None => note_paths_without_posts(&site, &scope, &outcome, screen),
        }
    }
    let status = status(&site, &outcome);
    if !args.watch {
        // The process ends: to give back a large site piece by piece would take a tenth of the time of the run.
        std::mem::forget(outcome);
    }
    Ok(status)
}

#[cfg(feature = "online")]
pub(super) use super::online::ask;

#[cfg(not(feature = "online"))]
pub(super) fn ask(_: &mut crate::desk::Desk, _: &Site, _: &Screen, _: bool) -> anyhow::Result<()> {
    Err(Stop::new("this build of copydesk cannot ask the network")
        .help("build it with the feature `online`, which is on by default")
        .into())
}

/// What the paths mean. `-` stands alone, and only it has a name.
fn input(paths: Vec<PathBuf>, name: Option<PathBuf>) -> Result<Input, Stop> {
    let reads_stdin = paths.iter().any(|path| path.as_os_str() == "-");
    match (reads_stdin, name) {
        (true, _) if paths.len() > 1 => Err(Stop::new("`-` cannot be checked together with other paths")),
        (true, name) => Ok(Input::Stdin(name.unwrap_or_else(|| PathBuf::from("stdin.md")))),
        (false, None) => Ok(Input::Paths(paths)),
        (false, Some(_)) => Err(Stop::new("`--stdin-filename` goes with the path `-`")
            .help("write `copydesk - --stdin-filename PATH < TEXT`")),
    }
}

/// The site around the paths, and the paths in it.
pub(super) fn saved(args: &SiteArgs, paths: Vec<PathBuf>, request: Request) -> anyhow::Result<(Site, Scope)> {
    let site = args.site(&paths, request)?;
    let asked = if paths.is_empty() {
        vec![Asked { typed: site.root_as_named(), inside: String::new() }]
    } else {
        let inside = |typed: PathBuf| Ok(Asked { inside: site.inside(&typed)?, typed });
        paths.into_iter().map(inside).collect::<anyhow::Result<_>>()?
    };
    Ok((site, Scope::new(asked, None)))
}

/// The site around a file that need not be there, and the text on standard input as its content.
fn unsaved(args: &SiteArgs, typed: PathBuf, request: Request) -> anyhow::Result<(Site, Scope)> {
    let folder = typed.parent().filter(|folder| folder.is_dir()).map(Path::to_path_buf);
    let site = args.site(folder.as_slice(), request)?;
    let inside = site.inside_unsaved(&typed)?;
    let mut text = Vec::new();
    std::io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut text).context("cannot read standard input")?;
    if text.len() as u64 > MAX_BYTES {
        return Err(Stop::new(format!("standard input holds more than {} MB", MAX_BYTES / 1024 / 1024)).into());
    }
    Ok((site, Scope::new(vec![Asked { typed, inside }], Some(text))))
}

/// A path under which nothing was looked at is more often a slip than meant.
pub(super) fn note_paths_without_posts(site: &Site, scope: &Scope, outcome: &Outcome, screen: &Screen) {
    let is_empty = |asked: &&Asked| !holds_posts(&outcome.posts, &asked.inside);
    for asked in scope.asked.iter().filter(is_empty) {
        let typed = asked.typed.display();
        let message = match excluding(site, &asked.inside) {
            Some(glob) => format!("{typed} is left out: the configuration excludes `{glob}`"),
            None if asked.typed.is_dir() => format!("no posts found under {typed}; {}", pipeline::looked_for(site)),
            None => format!("{typed} is no post of this site; {}", pipeline::looked_for(site)),
        };
        stop::note(screen, &message);
    }
}

/// The glob of the configuration that leaves out a file, or all that a folder holds.
fn excluding<'a>(site: &'a Site, inside: &str) -> Option<&'a str> {
    let anything_in_it = format!("{inside}/-");
    let globs = site.settings.exclude.iter().map(|glob| &glob.value);
    globs.into_iter().find(|glob| glob.matches(inside) || glob.matches(&anything_in_it)).map(|glob| glob.as_str())
}

/// Whether one of the posts, sorted by path, is `inside` or lies in it.
fn holds_posts(posts: &[Arc<str>], inside: &str) -> bool {
    let is_in = |folder: &str| {
        let first = posts.partition_point(|post| **post < *folder);
        posts.get(first).is_some_and(|post| post.starts_with(folder))
    };
    posts.binary_search_by(|post| (**post).cmp(inside)).is_ok()
        || if inside.is_empty() { !posts.is_empty() } else { is_in(&format!("{inside}/")) }
}

fn status(site: &Site, outcome: &Outcome) -> Status {
    if !outcome.report.failures.is_empty() {
        Status::Stopped
    } else if outcome.worst().is_some_and(|worst| worst >= site.settings.fail_on.value) {
        Status::Found
    } else {
        Status::Clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_stands_alone() {
        let paths = |names: &[&str]| names.iter().map(PathBuf::from).collect::<Vec<_>>();
        assert_eq!(input(paths(&["a", "b"]), None), Ok(Input::Paths(paths(&["a", "b"]))));
        assert_eq!(input(paths(&["-"]), None), Ok(Input::Stdin("stdin.md".into())));
        assert_eq!(input(paths(&["-"]), Some("a.md".into())), Ok(Input::Stdin("a.md".into())));
        assert!(input(paths(&["-", "a"]), None).is_err());
        assert!(input(paths(&["a"]), Some("a.md".into())).is_err());
        assert!(input(paths(&[]), Some("a.md".into())).is_err());
    }

    #[test]
    fn a_folder_holds_its_files_and_not_those_of_its_namesakes() {
        let scope = |inside: &str| Scope::new(vec![Asked { typed: PathBuf::new(), inside: inside.to_owned() }], None);
        let posts = ["posts-old/a.md", "posts/a.md", "posts/b/c.md", "poststwo.md"].map(Arc::<str>::from);
        for (inside, expected) in [
            ("posts", vec!["posts/a.md", "posts/b/c.md"]),
            ("posts/a.md", vec!["posts/a.md"]),
            ("posts/b", vec!["posts/b/c.md"]),
            ("post", vec![]),
            ("", vec!["posts-old/a.md", "posts/a.md", "posts/b/c.md", "poststwo.md"]),
        ] {
            let found: Vec<&str> =
                posts.iter().map(|post| &**post).filter(|post| scope(inside).contains(post)).collect();
            assert_eq!(found, expected, "{inside}");
            assert_eq!(holds_posts(&posts, inside), !expected.is_empty(), "{inside}");
        }
    }
}
