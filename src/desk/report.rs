//! What a run yields.

use std::sync::Arc;
use std::time::Duration;

use crate::baseline::Fault;
use crate::diagnostic::{Diagnostic, Failure};
use crate::lint::Lint;
use crate::source::Source;

/// What a run yields.
#[derive(Debug)]
pub struct Report {
    /// Sorted by path, start, lint; hidden ones included.
    pub diagnostics: Vec<Diagnostic>,
    /// What could not be done, sorted by path.
    pub failures: Vec<Failure>,
    /// Entries of the baseline that nothing answers to any more, with how often.
    pub stale: Vec<(Fault, usize)>,
    /// Paths of the posts that were read, sorted.
    pub posts: Vec<Arc<str>>,
    /// Wall time of the run.
    pub elapsed: Duration,
}

/// What emitters see behind a report: texts, and what lints have to say for themselves. A report does not keep the text of
/// every post; it is read again where a diagnostic is shown.
pub trait Backdrop {
    /// The source at a path, if it is still there.
    fn source(&self, path: &str) -> Option<Source>;
    /// Why the lint matters.
    fn why(&self, lint: &str) -> Option<String>;
    /// The lint with this name, if it ran.
    fn lint(&self, name: &str) -> Option<Arc<Lint>>;
    /// The folder of the site below the root of its repository, with a `/` at its end; empty if the site is the repository,
    /// or in none. What services show of a repository, they find by paths from there.
    fn site_folder(&self) -> String;
}

/// Sorts by path, start, end, lint: the order of every report.
pub(super) fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| (&a.place.path, a.place.span, &a.lint).cmp(&(&b.place.path, b.place.span, &b.lint)));
}
