//! Where the command line meets the library: the only file of `cli` that knows lints, plan, desk and emit. Commands get from it
//! what they show, in words of their own.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Screen;
use super::check::Scope;
use super::output::Output;
use super::site::Site;
use super::stop::{self, Mistakes, Stop};
use crate::config::{Detected, FILE_NAME, Known, LintLevel, Settings};
use crate::diagnostic::{Level, Notice};
use crate::source::LineIndex;

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
#[derive(Debug)]
pub(super) struct Outcome {
    /// Paths of the posts that were looked at, relative to the root.
    pub(super) posts: Vec<String>,
    /// The highest level that is reported.
    pub(super) worst: Option<Level>,
    /// Whether something could not be done: the report says what.
    pub(super) failed: bool,
    // connects to desk::Report: a field `report` that `emit` writes.
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
// connects to walk::find_root, which also knows the generators' own files.
pub(super) fn find_root(folder: &Path) -> PathBuf {
    let is_root = |folder: &&Path| [FILE_NAME, ".git"].iter().any(|mark| folder.join(mark).exists());
    folder.ancestors().find(is_root).unwrap_or(folder).to_path_buf()
}

/// The generator that the files of the root give away.
// connects to site::detect.
pub(super) fn detect(_root: &Path) -> Option<Detected> {
    None
}

/// What counts as a post here, to follow "no posts found under x; ".
// connects to site::Profile: name the folders and endings of the generator that was settled on.
pub(super) fn looked_for(settings: &Settings) -> String {
    match &settings.generator.value {
        Some(generator) => format!("looked for the posts of a {generator} site"),
        None => "looked for Markdown files".to_owned(),
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
// connects to Plan::new(site.settings, lints) → Desk::open(plan) → desk.update(unsaved) → desk.report(scope).
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
// connects to emit::emit(Format::named(word), report, desk, options, out), with `quiet` for formats that add a summary; colour
// only if the output goes to a screen.
pub(super) fn emit(_outcome: &Outcome, output: &Output, screen: &Screen, quiet: bool) -> anyhow::Result<Vec<u8>> {
    let _options = (output.file.is_none() && screen.color, !screen.unicode, screen.width, quiet);
    Err(not_connected("the emitter"))
}

/// Writes a mistake of the user's own files, with its place.
///
/// # Errors
/// When `out` does.
// connects to emit::notice, which draws the excerpt.
pub(super) fn show_notice(notice: &Notice, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    stop::line(out, screen, "error", &notice.message)?;
    if !notice.text.is_empty() {
        let at = LineIndex::new(&notice.text).line_column(&notice.text, notice.span.start);
        writeln!(out, "  at {}:{}:{}", stop::printable(&notice.path), at.line, at.column)?;
    }
    notice.help.as_ref().map_or(Ok(()), |help| stop::line(out, screen, "help", help))
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
