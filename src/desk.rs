//! The loaded site.

use std::time::Duration;

use crate::diagnostic::{Diagnostic, Failure};
use crate::source::Source;

/// What a run yields.
pub struct Report {
    /// Sorted by path, start, lint; hidden ones included.
    pub diagnostics: Vec<Diagnostic>,
    /// What could not be done, sorted by path.
    pub failures: Vec<Failure>,
    /// How many posts were read.
    pub posts: usize,
    /// Wall time of the run.
    pub elapsed: Duration,
}

/// What stands behind a report. Emitters ask for it, so that a report need not keep the text of every post.
pub trait Backdrop {
    /// The text of a file again; `None` if it can no longer be read. May be expensive.
    fn source(&self, path: &str) -> Option<Source>;

    /// Why the lint exists, as its record says.
    fn why(&self, lint: &str) -> Option<&str>;
}
