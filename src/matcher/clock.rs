//! How long matchers take, where somebody asks: summed over all threads.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Times of the matchers of a set.
#[derive(Debug, Default)]
pub struct Clock {
    /// Nanoseconds by the number of the matcher.
    times: Vec<AtomicU64>,
    /// Those of the search for all text patterns, which is one for all lints.
    text: AtomicU64,
}

impl Clock {
    /// A clock for matchers with numbers below `count`.
    pub fn new(count: usize) -> Self {
        Self { times: (0..count).map(|_| AtomicU64::new(0)).collect(), text: AtomicU64::new(0) }
    }

    /// Does what a matcher does, and adds the time it takes; `None` is the search for text patterns.
    pub(super) fn time<T>(&self, matcher: Option<usize>, work: impl FnOnce() -> T) -> T {
        let since = Instant::now();
        let result = work();
        let took = u64::try_from(since.elapsed().as_nanos()).unwrap_or(u64::MAX);
        if let Some(sum) = matcher.map_or(Some(&self.text), |number| self.times.get(number)) {
            sum.fetch_add(took, Ordering::Relaxed);
        }
        result
    }

    /// How long a matcher took.
    pub fn of(&self, matcher: usize) -> Duration {
        Duration::from_nanos(self.times.get(matcher).map_or(0, |sum| sum.load(Ordering::Relaxed)))
    }

    /// How long the search for text patterns took.
    pub fn text(&self) -> Duration {
        Duration::from_nanos(self.text.load(Ordering::Relaxed))
    }
}
