//! A progress bar on standard error, for runs that last long enough for a person to wonder.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Screen;

/// How long a run may last without a sign of life.
const PATIENCE: Duration = Duration::from_millis(500);

/// What a bar counts when a site is read.
pub const POSTS: &str = "{bar:30} {human_pos} of {human_len} posts";

/// What it counts when addresses are asked for: with the hosts that are asked at this moment.
pub const ADDRESSES: &str = "{bar:30} {human_pos} of {human_len} addresses  {wide_msg}";

/// Counts posts, and draws the count once a run has lasted longer than a person is patient. May be told from any thread.
#[derive(Debug)]
pub struct Progress {
    bar: Option<ProgressBar>,
    since: Instant,
    shown: AtomicBool,
}

impl Progress {
    /// A bar that will show on standard error, if `wanted` and somebody watches.
    pub fn new(screen: &Screen, wanted: bool, template: &str) -> Progress {
        let bar = (wanted && screen.stderr_is_terminal).then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
            let chars = if screen.unicode { "━╸ " } else { "=> " };
            bar.set_style(
                ProgressStyle::with_template(template).expect("the template is well-formed").progress_chars(chars),
            );
            bar
        });
        Progress { bar, since: Instant::now(), shown: AtomicBool::new(false) }
    }

    /// `done` of `total` posts are read.
    pub fn tell(&self, done: usize, total: usize) {
        let Some(bar) = &self.bar else { return };
        bar.set_length(total as u64);
        bar.set_position(done as u64);
        if self.since.elapsed() > PATIENCE && !self.shown.swap(true, Ordering::Relaxed) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// The same, with what is being done at this moment.
    pub fn tell_of(&self, done: usize, total: usize, what: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(what.to_owned());
        }
        self.tell(done, total);
    }

    /// Takes the bar away, before anything else is written.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_drawn_where_nobody_watches_or_the_run_is_short() {
        let watched = Screen { stderr_is_terminal: true, ..Screen::plain() };
        assert!(Progress::new(&Screen::plain(), true, POSTS).bar.is_none());
        assert!(Progress::new(&watched, false, POSTS).bar.is_none());

        let progress = Progress::new(&watched, true, POSTS);
        progress.tell(3, 10);
        let bar = progress.bar.as_ref().expect("somebody watches");
        assert!(bar.is_hidden());
        assert_eq!((bar.position(), bar.length()), (3, Some(10)));
        progress.finish();
    }

    #[test]
    fn a_long_run_gives_a_sign_of_life() {
        let watched = Screen { stderr_is_terminal: true, ..Screen::plain() };
        let progress = Progress { since: Instant::now() - 2 * PATIENCE, ..Progress::new(&watched, true, POSTS) };
        progress.tell(3, 10);
        assert!(progress.shown.load(Ordering::Relaxed));
        progress.finish();
    }
}
