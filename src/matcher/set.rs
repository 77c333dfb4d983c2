//! All matchers of a run together: one call finds everything in a post.

use std::sync::Arc;

use super::clock::Clock;
use super::{CorpusMatcher, Hit, Matcher, PostMatcher, SiteHit, suppression, text};
use crate::corpus::Corpus;
use crate::post::Post;

/// Built matchers, each with the number that its hits come back with.
#[derive(Default)]
pub struct Set {
    posts: Vec<(usize, Box<dyn PostMatcher>)>,
    text: text::Engine,
    corpus: Vec<(usize, Box<dyn CorpusMatcher>)>,
    /// Where it is asked how long matchers take.
    clock: Option<Arc<Clock>>,
    suppressions: Vec<(usize, suppression::Spec)>,
}

impl Set {
    /// A set of matchers.
    pub fn new(matchers: impl IntoIterator<Item = (usize, Matcher)>) -> Self {
        let mut set = Self::default();
        let mut patterns = vec![];
        for (number, matcher) in matchers {
            match matcher {
                Matcher::Post(matcher) => set.posts.push((number, matcher)),
                Matcher::Text(lint) => patterns.push((number, *lint)),
                Matcher::Corpus(matcher) => set.corpus.push((number, matcher)),
                Matcher::Suppression(fault) => set.suppressions.push((number, fault)),
            }
        }
        set.text = text::Engine::new(patterns);
        set
    }

    /// The same, with its times told to a clock.
    #[must_use]
    pub fn on(self, clock: Arc<Clock>) -> Self {
        Self { clock: Some(clock), ..self }
    }

    fn timed(&self, matcher: Option<usize>, work: impl FnOnce()) {
        match &self.clock {
            Some(clock) => clock.time(matcher, work),
            None => work(),
        }
    }

    /// The hits in one post.
    pub fn in_post(&self, post: &Post) -> Vec<(usize, Hit)> {
        let mut found = vec![];
        let mut hits = vec![];
        for (number, matcher) in &self.posts {
            self.timed(Some(*number), || matcher.hits(post, &mut hits));
            found.extend(hits.drain(..).map(|hit| (*number, hit)));
        }
        self.timed(None, || self.text.hits(post, &mut found));
        found
    }

    /// Which faults of suppressions are looked for.
    pub fn suppressions(&self) -> &[(usize, suppression::Spec)] {
        &self.suppressions
    }

    /// Whether any matcher looks at all posts together.
    pub fn looks_at_corpus(&self) -> bool {
        !self.corpus.is_empty()
    }

    /// The hits in the whole site.
    pub fn in_corpus(&self, corpus: &Corpus<'_>) -> Vec<(usize, SiteHit)> {
        let mut found = vec![];
        let mut hits = vec![];
        for (number, matcher) in &self.corpus {
            self.timed(Some(*number), || matcher.hits(corpus, &mut hits));
            found.extend(hits.drain(..).map(|hit| (*number, hit)));
        }
        found
    }
}
