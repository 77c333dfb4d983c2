//! The site behind the editor: a thread that has the desk, takes in what changed, and says what is to be said of all posts. The
//! newest text wins: whatever came while it was at work is taken in together.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use globset::GlobSet;

use super::changed::Files;
use super::progress::Pace;
use crate::baseline::Baseline;
use crate::desk::{Desk, Load};
use crate::diagnostic::Diagnostic;
use crate::plan::Plan;
use crate::source::Source;
use crate::walk::Walked;

/// How long it is waited whether more changes come.
const PAUSE: Duration = Duration::from_millis(20);

/// The longest that a change waits for others.
const PATIENCE: Duration = Duration::from_millis(100);

/// A site as it is opened.
pub struct Opened {
    /// Its folder.
    pub root: PathBuf,
    /// What is looked for.
    pub plan: Arc<Plan>,
    /// Finds its files.
    pub walk: Box<dyn Fn() -> Walked + Send>,
    /// What the configuration leaves out.
    pub exclude: GlobSet,
    /// What nobody wants to hear of any more.
    pub baseline: Option<Baseline>,
    /// Files that its configuration was read from, wherever they are.
    pub settings: Vec<PathBuf>,
}

/// What the worker is told.
pub(super) enum Task {
    /// The text of a post is this one now; `turn` counts changes.
    Text {
        /// The text with the post's path.
        source: Source,
        /// The number of the change.
        turn: u64,
    },
    /// The text of a post is what its file holds, if there is one.
    File {
        /// The post's path, relative to the root.
        path: Arc<str>,
        /// The number of the change.
        turn: u64,
    },
    /// The text of a post is none that can be read.
    Lost {
        /// The post's path, relative to the root.
        path: Arc<str>,
        /// The number of the change.
        turn: u64,
    },
    /// These files changed.
    Files {
        /// Their paths, relative to the root, and whether each came or went.
        files: Vec<(Arc<str>, bool)>,
        /// The number of the change.
        turn: u64,
    },
    /// Something is asked, which changes nothing.
    Ask(Box<dyn FnOnce(&Desk) + Send>),
}

/// What the worker tells.
#[derive(Debug)]
pub(super) enum Said {
    /// So many posts are read, of so many. It is told from time to time.
    Read {
        /// Those that are read.
        done: usize,
        /// All of them.
        total: usize,
    },
    /// What is to be said of the site now.
    News(News),
    /// The site has to be opened anew: what its generator is told is not what it was.
    Outdated,
    /// Nothing more, ever: something in it went wrong.
    Gone,
}

/// What is to be said of a site.
#[derive(Debug, Default)]
pub(super) struct News {
    /// Up to which change everything is in it.
    pub turn: u64,
    /// Reported diagnostics by post.
    pub found: BTreeMap<Arc<str>, Vec<Diagnostic>>,
    /// What could not be read, in words for the log.
    pub failures: Vec<String>,
}

/// Starts the worker of a site. It tells of open posts, or, if it `tells_all`, of all posts; it ends when nobody can tell it anything
/// any more.
pub(super) fn start(
    opened: Opened,
    tells_all: bool,
    is_over: Arc<AtomicBool>,
    tell: impl Fn(Said) + Send + Sync + 'static,
) -> Sender<Task> {
    let (sender, tasks) = channel();
    thread::spawn(move || {
        let work = AssertUnwindSafe(|| {
            let mut site = Worker::load(opened, tells_all, &tell);
            // A site that was opened anew while it was read need not be compared with itself.
            if is_over.load(Ordering::Relaxed) {
                return;
            }
            tell(Said::News(site.news()));
            while let Some(is_news) = site.take_in(&tasks) {
                if std::mem::take(&mut site.files.are_outdated) {
                    tell(Said::Outdated);
                }
                if is_news {
                    tell(Said::News(site.news()));
                }
            }
        });
        let is_gone = catch_unwind(work).is_err();
        // Nobody can ask it any more before it is said that it is gone.
        drop(tasks);
        if is_gone {
            tell(Said::Gone);
        }
    });
    sender
}

struct Worker {
    desk: Desk,
    files: Files,
    turn: u64,
    tells_all: bool,
    /// The posts that are open.
    open: BTreeSet<Arc<str>>,
}

impl Worker {
    fn load(opened: Opened, tells_all: bool, tell: &(dyn Fn(Said) + Sync)) -> Self {
        let (since, pace, done) = (Instant::now(), Pace::new(), AtomicUsize::new(0));
        let Opened { root, plan, walk, baseline, exclude, .. } = opened;
        let resolves = plan.resolves_links();
        let desk = Desk::new(plan, root.clone());
        // It is asked where links lead, whether or not lints ask.
        let desk = if resolves { desk } else { desk.linking(false) };
        let mut desk = desk.remembering();
        let walked = walk();
        let total = walked.files.len();
        let step = || {
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            if pace.is_due(since.elapsed()) {
                tell(Said::Read { done, total });
            }
        };
        desk.load(&Load { files: walked.files, links: walked.links, jobs: 0, progress: &step });
        if pace.has_told() {
            tell(Said::Read { done: total, total });
        }
        let files = Files::new(root, exclude, &desk);
        walked.failures.into_iter().for_each(|failure| desk.fail(failure));
        baseline.into_iter().for_each(|baseline| desk.know(baseline));
        Self { desk, files, turn: 0, tells_all, open: BTreeSet::new() }
    }

    /// Waits for changes, and takes in all that come together; whether something else may be to be said. `None` when it is over.
    fn take_in(&mut self, tasks: &Receiver<Task>) -> Option<bool> {
        let mut task = tasks.recv().ok()?;
        while let Task::Ask(ask) = task {
            // What has been asked of texts that have been taken in waits for no others.
            ask(&self.desk);
            task = tasks.recv().ok()?;
        }
        let since = Instant::now();
        let mut is_news = false;
        loop {
            is_news |= self.take(task);
            if since.elapsed() > PATIENCE {
                break;
            }
            match tasks.recv_timeout(PAUSE) {
                Ok(next) => task = next,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        // However many files changed, it is looked at them once.
        Some(self.look() | is_news)
    }

    fn look(&mut self) -> bool {
        self.files.look(&mut self.desk, &|path| self.open.contains(path))
    }

    /// Takes in one change; whether something else may be to be said.
    fn take(&mut self, task: Task) -> bool {
        match task {
            Task::Ask(ask) => {
                let is_news = self.look();
                ask(&self.desk);
                is_news
            }
            Task::Files { files, turn } => {
                self.turn = turn;
                files.into_iter().for_each(|(path, comes_or_goes)| self.files.note(path, comes_or_goes));
                false
            }
            Task::Text { source, turn } => {
                self.turn = turn;
                self.open.insert(source.path.clone());
                if let Some(role) = self.desk.plan().site.role(&source.path) {
                    self.desk.update(source, role);
                }
                true
            }
            Task::Lost { path, turn } => {
                self.turn = turn;
                self.open.insert(path.clone());
                self.desk.remove(&path);
                true
            }
            Task::File { path, turn } => {
                self.turn = turn;
                self.open.remove(&path);
                match self.files.find(&self.desk, &path) {
                    Some(found) => self.desk.reread(&found),
                    None => self.desk.remove(&path),
                }
                true
            }
        }
    }

    fn news(&mut self) -> News {
        // Where links lead in posts that nobody looks at need not be found out.
        let report = self.desk.report(&|path| self.tells_all || self.open.contains(path));
        let mut found: BTreeMap<Arc<str>, Vec<Diagnostic>> = BTreeMap::new();
        for one in report.diagnostics.into_iter().filter(Diagnostic::is_reported) {
            found.entry(one.place.path.clone()).or_default().push(one);
        }
        let failures = report.failures.iter().map(|failure| format!("{}: {}", failure.path, failure.error));
        let notes = self.desk.take_notes();
        News { turn: self.turn, found, failures: failures.chain(notes).collect() }
    }
}
