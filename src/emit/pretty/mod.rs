//! Reports for people: each diagnostic with an excerpt of its post, what to do about it, and the first time why it
//! matters.

use std::collections::HashSet;
use std::io;
use std::rc::Rc;
use std::sync::Arc;

use super::excerpt::{Role, Row, rows};
use super::frame::{Frame, level_word};
use super::sanitise::{line, prose};
use super::text::{Text, Texts};
use super::wrap::wrap;
use super::{Options, Run, Tally};
use crate::desk::{Backdrop, Report};
use crate::diagnostic::{Diagnostic, Failure, Level, Notice, Place, Related, says_count};
use crate::source::{Source, Span};

/// Most second places that are drawn; the others are counted.
const MOST_RELATED: usize = 4;

/// Writes the reported diagnostics, what failed, and a line that sums up.
pub(super) fn report(run: &Run<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut texts = Texts::new(run.backdrop);
    let mut explained: HashSet<&str> = HashSet::new();
    for diagnostic in run.report.diagnostics.iter().filter(|diagnostic| diagnostic.is_reported()) {
        let why = if explained.insert(&diagnostic.lint) { texts.why(&diagnostic.lint) } else { None };
        let why = why.as_deref().map(first_sentence).unwrap_or_default();
        let saying = Saying { why, ..Saying::of(diagnostic) };
        writeln!(out, "{}", saying.draw(&mut texts, run.options))?;
    }
    for failure in &run.report.failures {
        writeln!(out, "{}", failed(failure, run.options))?;
    }
    if run.options.summary {
        writeln!(out, "{}", sum(run.report, run.options))?;
        repairs(run.report).map_or(Ok(()), |repairs| writeln!(out, "{repairs}"))?;
    }
    Ok(())
}

/// What `why` begins with: the reason. Thresholds, exceptions and sources follow it, for those who ask.
fn first_sentence(why: &str) -> &str {
    let ends = why.char_indices().filter(|(at, c)| {
        let rest = &why[at + c.len_utf8()..];
        let begins_anew = || rest.trim_start().starts_with(|c: char| c.is_uppercase() || !c.is_ascii() || c == '`');
        let word = why[..*at].rsplit(char::is_whitespace).next().unwrap_or_default();
        let is_short_form = || word.contains('.') || word.chars().count() == 1;
        matches!(c, '.' | '?' | '!') && rest.starts_with(char::is_whitespace) && begins_anew() && !is_short_form()
            || *c == '。'
    });
    let mut ends = ends.map(|(at, c)| at + c.len_utf8());
    ends.next().map_or(why, |end| &why[..end])
}

/// Writes one diagnostic without saying why its lint exists: for examples.
///
/// # Errors
/// When `out` cannot be written to.
pub fn diagnostic(
    diagnostic: &Diagnostic,
    backdrop: &dyn Backdrop,
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    out.write_all(Saying::of(diagnostic).draw(&mut Texts::new(backdrop), options).as_bytes())
}

/// Writes what is wrong in a file that steers copydesk.
///
/// # Errors
/// When `out` cannot be written to.
pub fn notice(notice: &Notice, options: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let mut source = Source::from_text("", &notice.text);
    source.path = notice.path.clone();
    let backdrop = if notice.text.is_empty() { vec![] } else { vec![source] };
    let saying = Saying {
        word: "error".to_owned(),
        level: Level::Error,
        message: &notice.message,
        place: &Place { path: notice.path.clone(), span: notice.span },
        label: "",
        also: &[],
        related: &[],
        help: notice.help.as_deref().unwrap_or_default(),
        why: "",
    };
    out.write_all(saying.draw(&mut Texts::new(&backdrop), options).as_bytes())
}

/// Something to be said about a place.
struct Saying<'a> {
    word: String,
    level: Level,
    message: &'a str,
    place: &'a Place,
    label: &'a str,
    also: &'a [Span],
    related: &'a [Related],
    help: &'a str,
    why: &'a str,
}

/// A file of which something is shown.
struct Pane {
    path: Arc<str>,
    location: String,
    text: Option<Rc<Text>>,
    rows: Vec<Row>,
}

impl<'a> Saying<'a> {
    fn of(diagnostic: &'a Diagnostic) -> Self {
        Self {
            word: format!("{}[{}]", diagnostic.level.name(), diagnostic.lint),
            level: diagnostic.level,
            message: &diagnostic.message,
            place: &diagnostic.place,
            label: &diagnostic.label,
            also: &diagnostic.also,
            related: &diagnostic.related,
            help: &diagnostic.help,
            why: "",
        }
    }

    fn draw(&self, texts: &mut Texts<'_>, options: Options) -> String {
        let shown = &self.related[..self.related.len().min(MOST_RELATED)];
        let places = std::iter::once(self.place).chain(shown.iter().map(|related| &related.place));
        let last_line = places.map(|place| last_line(place, texts)).max().unwrap_or(0);
        let mut frame = Frame::new(self.level, last_line, options);
        let mut main = pane(self.place, texts, options);
        let more = self.fill(&mut main, &frame);
        let mut panes = vec![main];
        for related in shown {
            relate(&mut panes, related, texts, &frame, options);
        }
        frame.head(&line(&self.word, options.ascii), &self.message_with(more, options));
        for pane in &mut panes {
            pane.rows.sort_by_key(Row::order);
            frame.pane(&pane.location, &pane.rows);
        }
        if self.related.len() > shown.len() {
            frame.say("note", &format!("{} more places belong to this", self.related.len() - shown.len()));
        }
        for (word, text) in [("help", self.help), ("note", self.why)] {
            if !text.is_empty() {
                frame.say(word, &prose(text, options.ascii));
            }
        }
        frame.close()
    }

    /// Puts the main place into its pane. Returns how many places of the same kind are not shown.
    fn fill(&self, main: &mut Pane, frame: &Frame) -> usize {
        let Some(text) = &main.text else {
            return self.also.len();
        };
        let label = line(self.label, frame.lens().ascii);
        main.rows = rows(text, text.clamp(self.place.span), (Role::Main, &label), frame.lens());
        let mut is_hidden = |span: Span| !main.rows.iter_mut().any(|row| row.mark(text, span, Role::Also, ""));
        self.also.iter().filter(|span| is_hidden(text.clamp(**span))).count()
    }

    fn message_with(&self, more: usize, options: Options) -> String {
        let message = line(self.message, options.ascii);
        let is_said = more == 0 || says_count(self.message, 1 + self.also.len());
        if is_said { message } else { format!("{message} (and {more} more)") }
    }
}

/// The number of the last line of a place; 1 if its file cannot be read.
fn last_line(place: &Place, texts: &mut Texts<'_>) -> usize {
    texts.get(&place.path).map_or(1, |text| text.index.line(text.clamp(place.span).end))
}

/// An empty pane that names a place.
fn pane(place: &Place, texts: &mut Texts<'_>, options: Options) -> Pane {
    let text = texts.get(&place.path);
    let mut location = line(&place.path, options.ascii);
    if let Some(text) = &text {
        let at = text.position(text.clamp(place.span).start);
        location.push_str(&format!(":{}:{}", at.line, at.column));
    }
    Pane { path: place.path.clone(), location, text, rows: vec![] }
}

/// Shows a second place: in a row that is there already, in a row of its own, or in a file of its own.
fn relate(panes: &mut Vec<Pane>, related: &Related, texts: &mut Texts<'_>, frame: &Frame, options: Options) {
    let at = panes.iter().position(|pane| pane.path == related.place.path).unwrap_or_else(|| {
        panes.push(pane(&related.place, texts, options));
        panes.len() - 1
    });
    let Pane { text: Some(text), rows: shown, .. } = &mut panes[at] else {
        return;
    };
    let span = text.clamp(related.place.span);
    let label = line(&related.message, options.ascii);
    if !shown.iter_mut().any(|row| row.mark(text, span, Role::Related, &label)) {
        shown.extend(rows(text, span, (Role::Related, &label), frame.lens()));
    }
}

fn failed(failure: &Failure, options: Options) -> String {
    let width = options.columns();
    let message = format!("{}: {}", failure.path, failure.error);
    let mut frame = Frame::new(Level::Error, 1, options);
    frame.head("error", &line(&message, options.ascii));
    let mut out = frame.close();
    for (at, text) in wrap(&prose(&failure.help, options.ascii), width - 8, width - 8).iter().enumerate() {
        if !text.is_empty() {
            out.push_str(if at == 0 { "  help: " } else { "        " });
            out.push_str(text);
            out.push('\n');
        }
    }
    out
}

/// The last line.
pub(super) fn sum(report: &Report, options: Options) -> String {
    let tally = Tally::of(report);
    let counted = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let mut parts: Vec<String> = [
        (tally.errors, "error", Level::Error),
        (tally.warnings, "warning", Level::Warn),
        (tally.infos, "info", Level::Info),
        (report.failures.len(), "failure", Level::Error),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, word, level)| level_word(level, &counted(count, word), options))
    .collect();
    if parts.is_empty() {
        parts.push("no problems found".to_owned());
    }
    if tally.suppressed > 0 {
        parts.push(format!("{} suppressed", tally.suppressed));
    }
    format!("{}: {} in {:.2} s", counted(report.posts.len(), "post"), parts.join(", "), report.elapsed.as_secs_f64())
}

/// How much of it a program can repair; `None` where it can repair nothing.
fn repairs(report: &Report) -> Option<String> {
    let tally = Tally::of(report);
    match (tally.fixable, tally.fixable_unsafely) {
        (0, 0) => None,
        (safe, 0) => Some(format!("{safe} can be repaired with `--fix`")),
        (0, more) => Some(format!("{more} can be repaired with `--unsafe-fixes`")),
        (safe, more) => Some(format!("{safe} can be repaired with `--fix`, {more} more with `--unsafe-fixes`")),
    }
}

#[cfg(test)]
mod tests;
