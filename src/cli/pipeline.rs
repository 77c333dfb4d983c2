//! Where the command line meets the library: the only file of `cli` that knows lints, plan, desk and emit. Commands get from it
//! what they show, in words of their own.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Screen;
use super::check::Scope;
use super::output::Output;
use super::site::Site;
use super::stop::{Mistakes, Stop};
use crate::config::{Detected, Known, LintLevel};
use crate::desk::{Backdrop, Report};
use crate::diagnostic::{Level, Notice};
use crate::site::{self as generator, Mark, plain};
use crate::{emit, walk};

/// Folder of a site's own lints, below its root.
pub(super) const OWN_LINTS: &str = ".copydesk/lints";

/// What `list` and `explain` show of a lint.
#[derive(Clone, Debug)]
pub(super) struct Card {
    /// Its name.
    pub(super) name: String,
    /// Its family.
    pub(super) family: String,
    /// The level it has with the settings of the site.
    pub(super) level: LintLevel,
    /// What it looks for, in one line.
    pub(super) summary: String,
    /// Why that matters.
    pub(super) why: String,
    /// What to do about it.
    pub(super) help: String,
    /// Where to read on.
    pub(super) references: Vec<String>,
    /// Posts it reports.
    pub(super) bad: Vec<Example>,
    /// Posts it does not.
    pub(super) good: Vec<Example>,
}

/// The files of one example: paths and texts.
#[derive(Clone, Debug)]
pub(super) struct Example {
    /// One post, or several that make a site.
    pub(super) files: Vec<(String, String)>,
}

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

/// What came of the examples of one lint.
#[derive(Debug)]
pub(super) struct Tried {
    /// The lint.
    pub(super) name: String,
    /// How many examples it has.
    pub(super) examples: usize,
    /// Those that came out otherwise than the record says.
    pub(super) wrong: Vec<Notice>,
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
fn opened(site: &Site) -> generator::Site {
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

/// All lints, the site's own included, with the levels they have there; checks the names the user wrote.
///
/// # Errors
/// When a record or a name is wrong.
// connects to lint::load(Some(&site.root.join(OWN_LINTS))) and to the levels of the plan.
pub(super) fn lints(site: &Site) -> anyhow::Result<Vec<Card>> {
    let cards = load(&site.root.join(OWN_LINTS)).map_err(Mistakes)?;
    site.check_names(&known(&cards))?;
    Ok(cards)
}

fn load(_own: &Path) -> Result<Vec<Card>, Vec<Notice>> {
    Ok(Vec::new())
}

fn known(cards: &[Card]) -> Known<'_> {
    let mut families: Vec<&str> = cards.iter().map(|card| card.family.as_str()).collect();
    families.sort_unstable();
    families.dedup();
    Known { lints: cards.iter().map(|card| card.name.as_str()).collect(), families }
}

/// Checks the site and reports what lies in `scope` (a text there that is not saved takes the place of its file); `progress` is told how many posts are done, of how many.
///
/// # Errors
/// When a record, a name or a setting is wrong. What cannot be read is a failure in the report.
// connects to Plan (site.settings, lints, `opened(site)`, `Glob::set` of the excluded) → Desk::open(plan) → the unsaved text →
// desk.report(paths of the scope); Outcome is made of the report, the desk as its backdrop, and the paths of the posts.
pub(super) fn check(
    site: &Site,
    _scope: &Scope,
    _jobs: Option<usize>,
    _progress: &(dyn Fn(usize, usize) + Sync),
) -> anyhow::Result<Outcome> {
    lints(site)?;
    Err(not_connected("the desk"))
}

/// A report, written out.
///
/// # Errors
/// When it cannot be written.
// connects to emit::Options: `quiet` is not known there yet; the summary of `pretty` is to be left out.
pub(super) fn emit(outcome: &Outcome, output: &Output, screen: &Screen, _quiet: bool) -> anyhow::Result<Vec<u8>> {
    let options = options(screen, output.file.is_none() && screen.color);
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

fn options(screen: &Screen, color: bool) -> emit::Options {
    emit::Options { color, ascii: !screen.unicode, width: screen.width }
}

/// An example as the lint reports it.
///
/// # Errors
/// When the lint cannot be run.
// connects to Desk over the example's files, with this lint only, and emit as `pretty`.
pub(super) fn reported(_card: &Card, _example: &Example, _screen: &Screen) -> anyhow::Result<String> {
    Err(not_connected("the desk"))
}

/// Runs the lints of a folder over their examples.
///
/// # Errors
/// When a record cannot be read.
// connects to lint::load(folder) and the same trial of examples that tests/lints.rs makes.
pub(super) fn try_examples(_folder: &Path) -> anyhow::Result<Vec<Tried>> {
    Err(not_connected("the trial of examples"))
}

fn not_connected(what: &str) -> anyhow::Error {
    Stop::new(format!("{what} is not connected to the command line in this build")).into()
}
