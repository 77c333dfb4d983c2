//! The faults of a run, as a baseline knows them.

use super::Desk;
use crate::baseline::{Baseline, Fault};
use crate::diagnostic::{Diagnostic, Verdict};

impl Desk {
    /// Lets the judge hide what a baseline knows.
    pub fn know(&mut self, baseline: Baseline) {
        self.baseline = Some(baseline);
    }

    /// The baseline, if there is one.
    pub fn baseline(&self) -> Option<&Baseline> {
        self.baseline.as_ref()
    }

    /// The places of a diagnostic, as faults.
    pub fn faults(&self, diagnostic: &Diagnostic) -> Vec<Fault> {
        let path = &*diagnostic.place.path;
        let Some(source) = self.source(path) else { return vec![] };
        // A post without a title is known by the name of its file.
        let name = path.rsplit('/').next().unwrap_or(path);
        let title = self.posts.get(path).and_then(|post| post.facts.title.as_ref());
        let title = title.map_or(name, |title| &*title.text);
        let spans = std::iter::once(diagnostic.place.span).chain(diagnostic.also.iter().copied());
        spans.map(|span| Fault::new(path, title, &diagnostic.lint, source.slice(span))).collect()
    }

    /// Hides what the baseline knows; which of its entries nothing answers to, of those that could have been answered to.
    pub(super) fn hide_known(
        &self,
        diagnostics: &mut [Diagnostic],
        is_wanted: &dyn Fn(&str) -> bool,
    ) -> Vec<(Fault, usize)> {
        let Some(baseline) = &self.baseline else { return vec![] };
        let mut open: Vec<&mut Diagnostic> = diagnostics.iter_mut().filter(|one| one.is_reported()).collect();
        let groups: Vec<Vec<Fault>> = open.iter().map(|one| self.faults(one)).collect();
        let is_there = |path: &str| self.posts.contains_key(path) || self.root.join(path).exists();
        let matched = baseline.matched(&groups, &is_there);
        for (one, _) in open.iter_mut().zip(&matched.is_known).filter(|(_, is_known)| **is_known) {
            one.verdict = Verdict::Baselined;
        }
        let mut stale = matched.stale;
        stale.retain(|(fault, _)| self.is_looked_for(fault, is_wanted));
        stale
    }

    /// Whether this run would have found a fault that is still there.
    pub fn is_looked_for(&self, fault: &Fault, is_wanted: &dyn Fn(&str) -> bool) -> bool {
        let runs = self.plan.lints.iter().any(|planned| *planned.lint.name == *fault.lint);
        let has_failed = self.failures.iter().any(|failure| *failure.path == *fault.post);
        runs && !has_failed && is_wanted(&fault.post)
    }
}
