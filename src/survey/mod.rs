//! What a site comes to, for those who answer for the whole of it: counts over time, by post and by lint, copies side by side,
//! targets of broken links. Counts and chooses; knows no format. Everything that grows with the site is bounded here, and what
//! is left out is counted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{Timestamp, civil};

use crate::corpus::{Facts, Thresholds};
use crate::desk::{Desk, Report};
use crate::diagnostic::{Diagnostic, Failure, Level, Verdict};

pub mod copies;
pub mod links;
pub mod lints;
pub mod posts;
pub mod sides;
pub mod time;

/// What a site comes to.
pub struct Survey<'a> {
    /// The name of the site's folder.
    pub site: String,
    /// The site's generator, as people write it.
    pub generator: &'static str,
    /// The time of the run.
    pub now: Timestamp,
    /// What was asked for, as typed; empty for the whole site.
    pub asked: Vec<String>,
    /// How many posts are told of.
    pub posts: usize,
    /// How many of them something is said about.
    pub affected: usize,
    /// How much is said.
    pub counts: Counts,
    /// Of that: what `copydesk fix` puts right.
    pub fixable: usize,
    /// What is hidden because authors wish so, and because the baseline knows it.
    pub hidden: (usize, usize),
    /// Posts over time.
    pub time: time::Time,
    /// The worst posts.
    pub worst: posts::Worst,
    /// What lints found, by family.
    pub families: Vec<lints::Family<'a>>,
    /// Copies; `None` where no lint of the run compares texts.
    pub copies: Option<copies::Copies>,
    /// Broken links; `None` where no lint of the run asks where links lead.
    pub links: Option<links::Links>,
    /// What could not be read.
    pub failures: &'a [Failure],
}

/// How many diagnostics there are of each level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Infos.
    pub infos: usize,
}

/// What is told of a post wherever it is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// Its path.
    pub path: Arc<str>,
    /// Its title in the front matter.
    pub title: Option<Box<str>>,
    /// Its day.
    pub date: Option<civil::Date>,
}

/// What a survey is made for.
pub struct Question<'a> {
    /// The name of the site's folder.
    pub site: String,
    /// From where on posts are copies.
    pub thresholds: Thresholds,
    /// What was asked for, as typed.
    pub asked: Vec<String>,
    /// Whether a post was asked for.
    pub is_wanted: &'a (dyn Fn(&str) -> bool + Sync),
}

impl Counts {
    /// Counts one of this level.
    pub fn add(&mut self, level: Level) {
        match level {
            Level::Error => self.errors += 1,
            Level::Warn => self.warnings += 1,
            Level::Info => self.infos += 1,
        }
    }

    /// All of them.
    pub fn all(self) -> usize {
        self.errors + self.warnings + self.infos
    }
}

impl Card {
    fn of(facts: &Facts) -> Self {
        let title = facts.title.as_ref().map(|title| title.text.clone());
        Self { path: facts.path.clone(), title, date: facts.date }
    }
}

/// What is shown of a report, by post.
type ByPost<'a> = BTreeMap<&'a str, Vec<&'a Diagnostic>>;

impl<'a> Survey<'a> {
    /// What the site on a desk comes to, of which `report` tells.
    pub fn of(desk: &Desk, report: &'a Report, question: Question<'_>) -> Self {
        let plan = desk.plan();
        let shown = || report.diagnostics.iter().filter(|one| one.is_reported());
        let mut by_post = ByPost::new();
        shown().for_each(|one| by_post.entry(&one.place.path).or_default().push(one));
        let mut counts = Counts::default();
        shown().for_each(|one| counts.add(one.level));
        let is_safe = |one: &&Diagnostic| one.fix.as_ref().is_some_and(|fix| fix.is_safe);
        let is_hidden =
            |wanted: fn(&Verdict) -> bool| report.diagnostics.iter().filter(|one| wanted(&one.verdict)).count();
        let all: Vec<Arc<Facts>> = desk.with_corpus(|corpus| corpus.posts.clone());
        let wanted: Vec<Arc<Facts>> = all.iter().filter(|facts| (question.is_wanted)(&facts.path)).cloned().collect();
        let copies = plan.compares_texts().then(|| copies::Copies::of(desk, &all, &question));
        Self {
            site: question.site,
            generator: plan.site.profile.title,
            now: plan.now,
            posts: wanted.len(),
            affected: by_post.len(),
            counts,
            fixable: shown().filter(is_safe).count(),
            hidden: (
                is_hidden(|verdict| matches!(verdict, Verdict::Suppressed { .. })),
                is_hidden(|verdict| matches!(verdict, Verdict::Baselined)),
            ),
            time: time::Time::of(&wanted, &by_post),
            worst: posts::Worst::of(&wanted, &by_post),
            families: lints::families(shown()),
            copies,
            links: plan.resolves_links().then(|| links::Links::of(desk, report)),
            failures: &report.failures,
            asked: question.asked,
        }
    }
}

/// How many different posts diagnostics are about.
fn distinct<'a>(diagnostics: impl Iterator<Item = &'a Diagnostic>) -> usize {
    diagnostics.map(|one| &*one.place.path).collect::<BTreeSet<_>>().len()
}
