//! What the judge hides because the author of a post wishes so, and what it says of wishes that hid nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::{Judged, diagnostic, number};
use crate::corpus::Facts;
use crate::diagnostic::{Diagnostic, Verdict};
use crate::matcher::suppression::Spec as Fault;
use crate::matcher::{Hit, Spec};
use crate::plan::Plan;
use crate::post::Post;
use crate::source::{Source, Span};
use crate::suppress::{Asked, Faulty, Manner, Suppressions};

/// The wishes of a post, and hits of the lints about what is wrong with them.
pub(in crate::desk) fn read(plan: &Plan, post: &Post) -> (Suppressions, Vec<(usize, Hit)>) {
    let known = || plan.known();
    let today = jiff::tz::Offset::UTC.to_datetime(plan.now).date();
    let (wishes, faults) = Suppressions::read(post, &Manner::new(&known, today, plan.asks_reasons));
    (wishes, faults.into_iter().flat_map(|faulty| spoken_of(plan, faulty)).collect())
}

/// A hit for each of the lints about such a fault.
fn spoken_of(plan: &Plan, (fault, hit): Faulty) -> Vec<(usize, Hit)> {
    lints_about(plan, fault).map(|lint| (lint, hit.clone())).collect()
}

fn lints_about(plan: &Plan, fault: Fault) -> impl Iterator<Item = usize> {
    let all = plan.first.suppressions().iter().chain(plan.second.suppressions());
    all.filter(move |(_, about)| *about == fault).map(|(lint, _)| *lint)
}

/// Hides what the author wishes not to be told. Each hit is judged by itself, before hits become one diagnostic: of a
/// diagnostic with several places those are hidden that a wish reaches, and the rest is reported.
pub(super) fn hide(plan: &Plan, wishes: &Suppressions, judged: &mut [Judged]) {
    for one in judged.iter_mut().filter(|one| one.verdict == Verdict::Reported) {
        let is_meant_by_all = !plan.is_about_suppressions(one.lint);
        let reason = wishes.reason(&plan.lints[one.lint].lint.name, is_meant_by_all, one.hit.span);
        if let Some(reason) = reason {
            one.verdict = Verdict::Suppressed { reason: reason.to_owned() };
        }
    }
}

/// What is known of a post when everything else about it is judged.
pub(in crate::desk) struct Sentenced<'a> {
    pub(in crate::desk) facts: &'a Facts,
    pub(in crate::desk) wishes: &'a Suppressions,
    /// Its diagnostics that are suppressed.
    pub(in crate::desk) hidden: Vec<&'a Diagnostic>,
    /// Whether the network was asked about links that lead away.
    pub(in crate::desk) has_answers: bool,
}

/// What is to be said of wishes that hid nothing. Those that hide what is said of others are looked at last.
pub(in crate::desk) fn unused(
    plan: &Plan,
    post: &Sentenced<'_>,
    source: &dyn Fn() -> Option<Source>,
) -> Vec<Diagnostic> {
    let about: BTreeSet<usize> = lints_about(plan, Fault::Unused).collect();
    let mut hidden: BTreeMap<&str, (Vec<Span>, bool)> = BTreeMap::new();
    for diagnostic in &post.hidden {
        let Some(lint) = plan.number(&diagnostic.lint) else { continue };
        let (places, is_meant) = hidden.entry(&diagnostic.lint).or_default();
        *is_meant = !plan.is_about_suppressions(lint);
        places.extend(std::iter::once(diagnostic.place.span).chain(diagnostic.also.iter().copied()));
    }
    hidden.values_mut().for_each(|(places, _)| places.sort_unstable());
    let is_last =
        |asked: Asked<'_>| asked.lint.and_then(|lint| plan.number(lint)).is_some_and(|it| about.contains(&it));
    let first = post.wishes.unused(&hidden, &|asked| !is_last(asked) && post.is_judged(plan, asked));
    let mut judged = post.judged(plan, &about, first);
    hide(plan, post.wishes, &mut judged);
    for one in judged.iter().filter(|one| one.verdict != Verdict::Reported) {
        hidden.entry(&plan.lints[one.lint].lint.name).or_default().0.push(one.hit.span);
    }
    let last = post.wishes.unused(&hidden, &|asked| is_last(asked) && post.is_judged(plan, asked));
    judged.extend(post.judged(plan, &about, last));
    if judged.is_empty() {
        return vec![];
    }
    let Some(source) = source() else { return vec![] };
    let one = |judged: Judged| diagnostic(plan, &source, None, source.slice(judged.hit.span), vec![judged]);
    let mut diagnostics: Vec<Diagnostic> = judged.into_iter().map(one).collect();
    number(&source, &mut diagnostics);
    diagnostics
}

impl Sentenced<'_> {
    /// Whether what a wish names was looked for, so that it could have hidden something.
    fn is_judged(&self, plan: &Plan, asked: Asked<'_>) -> bool {
        let Some(lint) = asked.lint else {
            return !plan.is_partial && (self.has_answers || !asked.leads_away);
        };
        let Some(number) = plan.number(lint) else { return false };
        let spec: &Spec = &plan.lints[number].lint.record.matcher.value;
        plan.level_of_facts(number, self.facts).is_some() && (self.has_answers || !spec.asks_network())
    }

    fn judged(&self, plan: &Plan, about: &BTreeSet<usize>, hits: Vec<Hit>) -> Vec<Judged> {
        let one = |hit: Hit| {
            let lints = about.iter().filter_map(|lint| Some((*lint, plan.level_of_facts(*lint, self.facts)?)));
            let judged = |(lint, level)| Judged { lint, level, hit: hit.clone(), verdict: Verdict::Reported };
            lints.map(judged).collect::<Vec<_>>()
        };
        hits.into_iter().flat_map(one).collect()
    }
}
