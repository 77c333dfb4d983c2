//! A site that the editor has posts of: a desk for single posts, which answers at once, and a worker for the whole site, which
//! answers when it can.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use globset::GlobSet;

use super::document::Document;
use super::watched::Change;
use super::worker::{self, News, Opened, Said, Task};
use crate::baseline::Baseline;
use crate::desk::Desk;
use crate::diagnostic::Diagnostic;
use crate::matcher::Spec;
use crate::plan::Plan;
use crate::source::{Source, Span};
use crate::walk;

/// Folders of other programs, and our own, that no link leads into.
const FOREIGN: [&str; 3] = [".git", "node_modules", ".copydesk_cache"];

/// A site, as the server has it.
pub(super) struct Site {
    /// Its folder.
    pub(super) root: PathBuf,
    /// Its number, which no other has.
    pub(super) number: u64,
    /// What is looked for.
    pub(super) plan: Arc<Plan>,
    /// Posts by themselves: those that are open.
    pub(super) desk: Desk,
    /// What the worker said last.
    pub(super) news: News,
    /// Whether it said anything yet.
    pub(super) is_read: bool,
    /// Files that its configuration was read from.
    pub(super) settings: Vec<PathBuf>,
    baseline: Option<Baseline>,
    exclude: GlobSet,
    tasks: Sender<Task>,
    /// Tells the worker that nobody listens any more.
    is_over: Arc<AtomicBool>,
}

/// From this length on, in bytes, the worker alone examines a text: it takes so long that whoever types would notice.
const LONG: usize = 1 << 20;

impl Drop for Site {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
    }
}

impl Site {
    /// Opens a site, and begins to read it.
    pub(super) fn open(
        opened: Opened,
        number: u64,
        tells_all: bool,
        tell: impl Fn(Said) + Send + Sync + 'static,
    ) -> Self {
        let settings = opened.settings.clone();
        let (root, plan, exclude) = (opened.root.clone(), opened.plan.clone(), opened.exclude.clone());
        let mut desk = Desk::in_memory(plan.clone(), Default::default(), None);
        let baseline = opened.baseline.clone();
        baseline.iter().for_each(|baseline| desk.know(baseline.clone()));
        let is_over = Arc::<AtomicBool>::default();
        let tasks = worker::start(opened, tells_all, is_over.clone(), tell);
        Self {
            root,
            number,
            plan,
            desk,
            news: News::default(),
            is_read: false,
            settings,
            baseline,
            exclude,
            tasks,
            is_over,
        }
    }

    /// The path of a file relative to the root, if it is below it.
    pub(super) fn below(&self, path: &Path) -> Option<String> {
        let below = path.strip_prefix(&self.root).ok()?;
        let parts: Vec<String> = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        Some(parts.join("/"))
    }

    /// The same, if it is a post of this site by its name.
    pub(super) fn post(&self, path: &Path) -> Option<Arc<str>> {
        let path = self.below(path)?;
        walk::role(&path, &self.plan.site, &self.exclude).map(|_| path.into())
    }

    /// Whether a walk leaves a post out all the same: by ignore files, which takes a look at its folders.
    pub(super) fn leaves_out(&self, path: &str) -> bool {
        walk::find_one(&self.root, path, &self.plan.site, &self.exclude).is_none()
    }

    /// Takes in the text of an open post.
    pub(super) fn write(&mut self, path: &Arc<str>, document: &Document) {
        let Some(role) = self.plan.site.role(path) else { return };
        let source = Source { path: path.clone(), ..Source::from_text(path, &document.text) };
        if document.text.len() < LONG {
            self.desk.update(source.clone(), role);
        } else {
            self.desk.remove(path);
        }
        self.send(Task::Text { source, turn: document.turn });
    }

    /// The text of an open post with all safe repairs made, also of what comes up then, if that is another text.
    pub(super) fn repaired(&self, path: &Arc<str>, document: &Document) -> Option<Source> {
        let mut desk = Desk::in_memory(self.plan.clone(), Default::default(), None);
        self.baseline.iter().for_each(|baseline| desk.know(baseline.clone()));
        desk.update(Source::from_text(path, &document.text), self.plan.site.role(path)?);
        let is_safe = |one: &Diagnostic| one.fix.as_ref().is_some_and(|fix| fix.is_safe);
        desk.mend_alone(path, &self.diagnostics(path, document), &is_safe)
    }

    /// Takes in that the text of an open post is none that can be read.
    pub(super) fn lose(&mut self, path: &Arc<str>, turn: u64) {
        self.desk.remove(path);
        self.send(Task::Lost { path: path.clone(), turn });
    }

    /// Takes in what the file of a post holds, once it is not open any more.
    pub(super) fn reread(&mut self, path: &Arc<str>, turn: u64) {
        self.desk.remove(path);
        self.send(Task::File { path: path.clone(), turn });
    }

    /// Takes in changes of files, of which it has to be looked what they mean.
    pub(super) fn watched(&self, changes: &[Change], turn: u64) {
        let seen = changes.iter().filter_map(|change| Some((self.seen(&change.path)?, change.comes_or_goes)));
        let files: Vec<(Arc<str>, bool)> = seen.collect();
        if !files.is_empty() {
            self.send(Task::Files { files, turn });
        }
    }

    /// The path relative to the root of a file that the site may have to do with: not what the generator writes, or others for
    /// themselves.
    fn seen(&self, path: &Path) -> Option<Arc<str>> {
        let path = self.below(path).filter(|path| !path.is_empty())?;
        let is_foreign = path.split('/').any(|part| FOREIGN.contains(&part));
        let (base, profile) = (self.plan.site.base, self.plan.site.profile);
        let inside = path.strip_prefix(base).map(|inside| inside.trim_start_matches('/'));
        let is_written =
            inside.is_some_and(|inside| !profile.output.is_empty() && inside.split('/').next() == Some(profile.output));
        (!is_foreign && !is_written).then(|| path.into())
    }

    /// Asks the worker something; `false` when it is gone.
    pub(super) fn ask(&self, task: Task) -> bool {
        self.tasks.send(task).is_ok()
    }

    fn send(&self, task: Task) {
        // A worker that is gone has said so.
        let _ = self.tasks.send(task);
    }

    /// What is to be said of an open post. Until the worker knows the present text, that is what its own text tells, and of what
    /// the rest of the site told of the last one, what did not change.
    pub(super) fn diagnostics(&self, path: &Arc<str>, document: &Document) -> Vec<Diagnostic> {
        let known = self.news.found.get(path).map_or(&[][..], Vec::as_slice);
        if self.is_read && self.news.turn >= document.turn {
            return known.to_vec();
        }
        let mut all = self.desk.alone(path);
        if let Some(before) = &document.told {
            let is_long = document.text.len() >= LONG;
            let of_others = known.iter().filter(|one| is_long || self.looks_beyond(&one.lint));
            all.extend(of_others.filter_map(|one| moved(one, before, &document.text)));
        }
        all.sort_by(|a, b| (a.place.span, &a.lint).cmp(&(b.place.span, &b.lint)));
        all
    }

    /// Whether a lint looks at more than the post.
    fn looks_beyond(&self, lint: &str) -> bool {
        let Some(number) = self.plan.number(lint) else { return false };
        let spec = &self.plan.lints[number].lint.record.matcher.value;
        spec.compares_texts() || spec.resolves_links() || matches!(spec, Spec::Frequency(_) | Spec::Suppression(_))
    }
}

/// A diagnostic of a text in the one that came of it by one change somewhere; `None` if the change touched it.
fn moved(one: &Diagnostic, before: &str, after: &str) -> Option<Diagnostic> {
    let same = |(a, b): &(u8, u8)| a == b;
    let start = before.bytes().zip(after.bytes()).take_while(same).count();
    let rest = before.len().min(after.len()) - start;
    let end = before.bytes().rev().zip(after.bytes().rev()).take(rest).take_while(same).count();
    let shift = |span: Span| {
        let range = span.range();
        if range.end <= start {
            Some(span)
        } else {
            (range.start >= before.len() - end)
                .then(|| Span::new(range.start + after.len() - before.len(), range.end + after.len() - before.len()))
        }
    };
    let mut one = one.clone();
    one.place.span = shift(one.place.span)?;
    one.also = one.also.iter().filter_map(|span| shift(*span)).collect();
    // Where it is repaired may have moved as well; the worker will tell.
    one.fix = None;
    let path = one.place.path.clone();
    for related in one.related.iter_mut().filter(|related| related.place.path == path) {
        related.place.span = shift(related.place.span)?;
    }
    Some(one)
}
