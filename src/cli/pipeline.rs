//! Where the command line meets the library: finds the site, loads the desk, writes the report.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::check::Scope;
use super::output::Output;
use super::site::Site;
use super::stop::Stop;
use super::{Screen, lints};
use crate::config::{Detected, Glob};
use crate::desk::{Backdrop, Desk, Load, Report};
use crate::diagnostic::{Failure, Level, Notice};
use crate::site::{self as generator, Mark, Role, plain};
use crate::source::Source;
use crate::{emit, walk};

/// What a run yields.
pub(super) struct Outcome {
    /// Paths of the posts that were looked at, relative to the root.
    pub(super) posts: Vec<Arc<str>>,
    /// What was found in those that were asked for.
    pub(super) report: Report,
    /// The texts behind the report.
    pub(super) backdrop: Box<dyn Backdrop>,
}

impl Outcome {
    /// The highest level that is reported.
    pub(super) fn worst(&self) -> Option<Level> {
        self.report.diagnostics.iter().filter(|one| one.is_reported()).map(|one| one.level).max()
    }
}

/// The root of the site that `folder` belongs to.
pub(super) fn find_root(folder: &Path) -> PathBuf {
    walk::find_root(folder).0
}

/// The generator that the files of the root give away.
pub(super) fn detect(root: &Path) -> Option<Detected> {
    let site = walk::open_site(root, None);
    let profile = site.profile;
    let gives_away = |mark: &&Mark| {
        let text = std::fs::read_to_string(root.join(site.base).join(mark.file));
        text.is_ok_and(|text| text.to_ascii_lowercase().contains(&mark.contains.to_ascii_lowercase()))
    };
    let file = profile.marks.iter().find(gives_away).map(|mark| match site.base {
        "" => mark.file.to_owned(),
        base => format!("{base}/{}", mark.file),
    });
    let is_known = profile.name != plain::PLAIN.name;
    is_known.then(|| Detected { generator: profile.name.to_owned(), file })
}

/// The site's generator with what the site's own files change.
pub(super) fn opened(site: &Site) -> generator::Site {
    let name = site.settings.generator.value.as_deref();
    walk::open_site(&site.root, Some(name.and_then(generator::profile).unwrap_or(&plain::PLAIN)))
}

/// What counts as a post here, to follow "no posts found under x; ".
pub(super) fn looked_for(site: &Site) -> String {
    let opened = opened(site);
    let endings: Vec<String> = opened.profile.extensions.iter().map(|ending| format!(".{ending}")).collect();
    let folders = if opened.profile.posts.is_empty() { opened.profile.content } else { opened.profile.posts };
    let folders: Vec<&str> = folders.iter().copied().filter(|folder| !folder.is_empty()).collect();
    let endings = endings.join(", ");
    if opened.has_content_folder && !folders.is_empty() {
        format!("{} keeps them in {} ({endings})", opened.profile.title, folders.join(", "))
    } else {
        format!("looked for {endings}")
    }
}

/// Checks the site and reports what lies in `scope` (a text there that is not saved takes the place of its file); `progress`
/// is told how many posts are done, of how many.
///
/// # Errors
/// When a record, a name or a setting is wrong. What cannot be read is a failure in the report.
pub(super) fn check(
    site: &Site,
    scope: &Scope,
    jobs: Option<usize>,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> anyhow::Result<Outcome> {
    let since = Instant::now();
    let plan = Arc::new(lints::plan(site, &lints::load(site)?)?);
    let exclude = Glob::set(site.settings.exclude.iter().map(|glob| &glob.value)).map_err(Stop::new)?;
    let walked = walk::find(&site.root, &plan.site, &exclude);
    let is_wanted = |path: &str| scope.contains(path);
    let unsaved = scope.unsaved().map(|(path, text)| Source::from_bytes(path, text.to_vec()));
    let mut files = walked.files;
    files.retain(|file| {
        let is_replaced = unsaved.as_ref().is_some_and(|source| source.path == file.path);
        !is_replaced && (plan.needs_corpus() || is_wanted(&file.path))
    });

    let (done, total) = (AtomicUsize::new(0), files.len());
    let step = || progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
    let role = |path: &str| plan.site.role(path).unwrap_or(Role::Post);
    let unsaved = unsaved.map(|source| (role(&source.path), source));
    let mut desk = Desk::new(plan.clone(), site.root.clone());
    desk.load(&Load { files, jobs: jobs.unwrap_or(0), progress: &step });
    walked.failures.into_iter().for_each(|failure| desk.fail(failure));
    if let Some((role, source)) = unsaved {
        desk.update(source, role);
    }
    let report = Report { elapsed: since.elapsed(), ..desk.report(&is_wanted) };
    Ok(Outcome { posts: desk.paths().collect(), report, backdrop: Box::new(desk) })
}

/// The posts of the whole site on a desk, with nothing to say about them, and what could not be read. `progress` is told as
/// by `check`.
///
/// # Errors
/// When a setting is wrong.
pub(super) fn desk(
    site: &Site,
    jobs: Option<usize>,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> anyhow::Result<(Desk, Vec<Failure>)> {
    let plan = Arc::new(lints::plan(site, &[])?);
    let exclude = Glob::set(site.settings.exclude.iter().map(|glob| &glob.value)).map_err(Stop::new)?;
    let walked = walk::find(&site.root, &plan.site, &exclude);
    let (done, total) = (AtomicUsize::new(0), walked.files.len());
    let step = || progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
    let mut desk = Desk::new(plan, site.root.clone());
    desk.load(&Load { files: walked.files, jobs: jobs.unwrap_or(0), progress: &step });
    walked.failures.into_iter().for_each(|failure| desk.fail(failure));
    let failures = desk.report(&|_| true).failures;
    Ok((desk, failures))
}

/// A report, written out.
///
/// # Errors
/// When it cannot be written.
pub(super) fn emit(outcome: &Outcome, output: &Output, screen: &Screen, quiet: bool) -> anyhow::Result<Vec<u8>> {
    let options = emit::Options { summary: !quiet, ..options(screen, output.file.is_none() && screen.color) };
    let mut text = Vec::new();
    emit::emit(output.format.into(), &outcome.report, &*outcome.backdrop, options, &mut text)?;
    Ok(text)
}

/// Writes a mistake of the user's own files to standard error, with its place.
///
/// # Errors
/// When `out` does.
pub(super) fn show_notice(notice: &Notice, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    emit::notice(notice, options(screen, screen.stderr_color), out)
}

pub(super) fn options(screen: &Screen, color: bool) -> emit::Options {
    emit::Options { color, ascii: !screen.unicode, width: screen.width, summary: true }
}
