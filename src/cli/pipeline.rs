//! Where the command line meets the library: finds the site, loads the desk, writes the report.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use globset::GlobSet;

use super::check::Scope;
use super::output::Output;
use super::site::Site;
use super::stop::Stop;
use super::{Screen, lints};
use crate::config::{Detected, Glob};
use crate::desk::{Backdrop, Desk, Load, Report};
use crate::diagnostic::{Level, Notice};
use crate::emit;
use crate::plan::Plan;
use crate::site::{self as generator, Mark, Role, plain};
use crate::source::Source;
use crate::walk::{self, Walked};

/// What a run yields.
pub(super) struct Outcome {
    /// Paths of the posts that were looked at, relative to the root.
    pub(super) posts: Vec<Arc<str>>,
    /// What was found in those that were asked for.
    pub(super) report: Report,
    /// What is to be said of the cache.
    pub(super) notes: Vec<String>,
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

/// Told how many posts are done, of how many.
pub(super) type Tell<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// How a site is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct How {
    /// Number of threads; as many as there are processors without it.
    pub(super) jobs: Option<usize>,
    /// Whether links that lead away from the site are kept.
    pub(super) external: bool,
    /// Whether it is told how long each lint takes.
    pub(super) is_timed: bool,
    /// Whether what earlier runs found out is used, and what this one does is kept.
    pub(super) is_cached: bool,
}

/// Reads the site for a check of what lies in `scope` (a text there that is not saved takes the place of its file); since when,
/// and the desk.
///
/// # Errors
/// When a record, a name or a setting is wrong. What cannot be read is a failure in the report.
pub(super) fn read(site: &Site, scope: &Scope, how: How, progress: Tell<'_>) -> anyhow::Result<(Instant, Desk)> {
    let since = Instant::now();
    let How { jobs, external, is_timed, is_cached } = how;
    let plan = planned(site)?;
    let plan = if is_timed { Arc::new(lints::plan(site, &lints::load(site)?)?.timed()) } else { plan };
    let is_wanted = |path: &str| scope.contains(path);
    let is_compared = plan.needs_corpus();
    let unsaved = scope.unsaved().map(|(path, text)| Source::from_bytes(path, text));
    let (desk, walked) = Desk::new_beside(plan.clone(), site.root.clone(), || walk(site, &plan, jobs));
    let desk = if external { desk.linking(true) } else { desk };
    let mut desk = if is_cached { desk.remembering() } else { desk };
    let mut files = walked?;
    files.files.retain(|file| is_compared || is_wanted(&file.path));
    let role = |source: &Source| desk.plan().site.role(&source.path).unwrap_or(Role::Post);
    let mut unsaved: Vec<_> = unsaved.into_iter().map(|source| (role(&source), source)).collect();
    if let Some(changed) = scope.changed() {
        unsaved = changed.put_in_place(&mut files, (&desk.plan().site, &excluded(site)?), &site.root)?;
        let mut texts = unsaved.iter().map(|(_, source)| &source.path);
        if !files.files.iter().map(|file| &file.path).any(|path| is_wanted(path)) && !texts.any(|path| is_wanted(path))
        {
            // Nothing is to be reported, so nothing needs to be compared.
            files.files.clear();
        }
    }
    fill(&mut desk, files, unsaved, jobs, progress);
    Ok((since, desk))
}

/// What is to be said of what lies in `scope`.
pub(super) fn report(desk: Desk, scope: &Scope, since: Instant) -> Outcome {
    let is_wanted = |path: &str| scope.contains(path);
    let report = match scope.changed() {
        None => desk.report(&is_wanted),
        Some(changed) => {
            let mut report = desk.report_about(&is_wanted);
            changed.narrow(&mut report, &desk);
            report
        }
    };
    let report = Report { elapsed: since.elapsed(), ..report };
    Outcome { posts: desk.paths().collect(), report, notes: desk.take_notes(), backdrop: Box::new(desk) }
}

/// All posts of the site, ready to be compared with each other; `unsaved` is one more, or takes the place of its file.
///
/// # Errors
/// When a record, a name or a setting is wrong.
pub(super) fn compare(
    site: &Site,
    unsaved: Option<(Role, Source)>,
    jobs: Option<usize>,
    progress: Tell<'_>,
) -> anyhow::Result<Desk> {
    let plan = Arc::new(lints::plan(site, &[])?);
    let mut desk = Desk::new(plan, site.root.clone()).comparing();
    let files = walk(site, desk.plan(), jobs)?;
    fill(&mut desk, files, unsaved.into_iter().collect(), jobs, progress);
    Ok(desk)
}

/// All posts of the site, with all of their links.
///
/// # Errors
/// When a record, a name or a setting is wrong.
pub(super) fn linked(site: &Site, jobs: Option<usize>, progress: Tell<'_>) -> anyhow::Result<Desk> {
    let plan = Arc::new(lints::plan(site, &[])?);
    let mut desk = Desk::new(plan, site.root.clone()).linking(true);
    let files = walk(site, desk.plan(), jobs)?;
    fill(&mut desk, files, vec![], jobs, progress);
    Ok(desk)
}

/// What a run over the site does.
///
/// # Errors
/// When a record, a name or a setting is wrong.
pub(super) fn planned(site: &Site) -> anyhow::Result<Arc<Plan>> {
    Ok(Arc::new(lints::plan(site, &lints::load(site)?)?))
}

/// The files of the site.
fn walk(site: &Site, plan: &Plan, jobs: Option<usize>) -> anyhow::Result<Walked> {
    Ok(walk::find(&site.root, &plan.site, &excluded(site)?, jobs.unwrap_or(0)))
}

/// What the configuration leaves out.
pub(super) fn excluded(site: &Site) -> anyhow::Result<GlobSet> {
    Ok(Glob::set(site.settings.exclude.iter().map(|glob| &glob.value)).map_err(Stop::new)?)
}

/// Puts files on the desk, and the texts that take the places of some.
fn fill(desk: &mut Desk, walked: Walked, unsaved: Vec<(Role, Source)>, jobs: Option<usize>, progress: Tell<'_>) {
    let mut files = walked.files;
    let places: BTreeSet<&str> = unsaved.iter().map(|(_, source)| &*source.path).collect();
    files.retain(|file| !places.contains(&*file.path));
    let (done, total) = (AtomicUsize::new(0), files.len());
    let step = || progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
    desk.load(&Load { files, links: walked.links, jobs: jobs.unwrap_or(0), progress: &step });
    walked.failures.into_iter().for_each(|failure| desk.fail(failure));
    unsaved.into_iter().for_each(|(role, source)| desk.update(source, role));
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
