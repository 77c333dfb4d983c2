//! The judge: the one place that decides at which level a hit is reported, whether it is hidden, and which hits become one
//! diagnostic. What it hides stays in the report with the reason.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::diagnostic::{Diagnostic, Edit, Fix, Level, Place, Related, Verdict};
use crate::fix::hit::{self, Ground};
use crate::lint::{HELP_COLUMNS, Lint, MESSAGE_COLUMNS, Merge, Safety, clip};
use crate::matcher::{Hit, SiteHit};
use crate::plan::Plan;
use crate::post::{OBJECT, Post};
use crate::source::{Source, Span};
use crate::suppress::Suppressions;

pub(super) mod suppression;

/// The longest marked text that a message repeats, in columns.
const LONGEST_TEXT: usize = 40;

/// A hit with what was decided about it.
struct Judged {
    lint: usize,
    level: Level,
    hit: Hit,
    verdict: Verdict,
}

/// Judges the hits of one post.
pub(super) fn post(plan: &Plan, post: &Post, found: Vec<(usize, Hit)>, wishes: &Suppressions) -> Vec<Diagnostic> {
    let mut judged: Vec<Judged> = found
        .into_iter()
        .filter_map(|(lint, hit)| {
            let level = plan.level(lint, post)?;
            Some(Judged { lint, level, hit, verdict: Verdict::Reported })
        })
        .collect();
    judged.sort_by_key(|judged| (judged.hit.span, judged.lint));
    hide_the_general(plan, &mut judged);
    suppression::hide(plan, wishes, &mut judged);
    let groups = merge(plan, post, judged);
    let mut diagnostics: Vec<Diagnostic> = groups
        .into_iter()
        .map(|places| diagnostic(plan, &post.source, Some(post), &words(post, &places), places))
        .collect();
    super::report::sort(&mut diagnostics);
    number(&post.source, &mut diagnostics);
    diagnostics
}

/// What the judge of the corpus may ask of a desk.
pub(super) trait Desks: Sync {
    /// The source at a path.
    fn source(&self, path: &str) -> Option<Source>;

    /// What was said of the post at a path by itself.
    fn diagnostics(&self, path: &str) -> &[Diagnostic];

    /// What the author of the post at a path wishes not to be told.
    fn wishes(&self, path: &str) -> Option<&Suppressions>;
}

/// Judges the hits of the corpus.
pub(super) fn corpus(plan: &Plan, corpus: &Corpus<'_>, desk: &dyn Desks) -> Vec<Diagnostic> {
    corpus.prepare(plan.compares_texts(), plan.resolves_links());
    let mut found = [plan.first.in_corpus(corpus), plan.second.in_corpus(corpus)].concat();
    found.retain(|(_, hit)| corpus.is_asked(hit.post));
    found.sort_by_key(|(lint, hit)| (hit.post, hit.hit.span, *lint));
    let by_post = found.par_chunk_by(|(_, a), (_, b)| a.post == b.post);
    by_post.flat_map_iter(|found| in_post_of_corpus(plan, corpus, found, desk)).collect()
}

/// The same for the hits in one post.
fn in_post_of_corpus(
    plan: &Plan,
    corpus: &Corpus<'_>,
    found: &[(usize, SiteHit)],
    desk: &dyn Desks,
) -> Vec<Diagnostic> {
    let Some(facts) = found.first().map(|(_, hit)| &corpus.posts[hit.post]) else { return vec![] };
    let found: Vec<_> =
        found.iter().filter_map(|(lint, hit)| Some((*lint, hit, plan.level_of_facts(*lint, facts)?))).collect();
    if found.is_empty() {
        return vec![];
    }
    let Some(source) = desk.source(&facts.path) else { return vec![] };
    let judged = |(lint, hit, level): &(usize, &SiteHit, Level)| Judged {
        lint: *lint,
        level: *level,
        hit: hit.hit.clone(),
        verdict: Verdict::Reported,
    };
    let mut judged: Vec<Judged> = found.iter().map(judged).collect();
    hide_the_general(plan, &mut judged);
    hide_what_is_said(plan, &mut judged, desk.diagnostics(&facts.path));
    if let Some(wishes) = desk.wishes(&facts.path) {
        suppression::hide(plan, wishes, &mut judged);
    }
    let mut diagnostics = vec![];
    for (one, (_, hit, _)) in judged.into_iter().zip(&found) {
        let words = source.slice(one.hit.span).to_owned();
        let mut diagnostic = diagnostic(plan, &source, None, &words, vec![one]);
        diagnostic.related.extend(hit.elsewhere.iter().map(|(post, span, message)| Related {
            place: Place { path: corpus.posts[*post].path.clone(), span: *span },
            message: message.clone(),
        }));
        diagnostics.push(diagnostic);
    }
    number(&source, &mut diagnostics);
    diagnostics
}

/// A lint that yields to more specific ones is silent on bytes that one of them marks.
fn hide_the_general(plan: &Plan, judged: &mut [Judged]) {
    let mut taken: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
    for one in &*judged {
        taken.entry(one.lint).or_default().push(one.hit.span);
    }
    let rivals = rivals(plan, taken.keys().copied());
    let ends: BTreeMap<usize, Vec<u32>> =
        rivals.values().flatten().map(|lint| (*lint, running_ends(&taken[lint]))).collect();
    for one in judged {
        for specific in rivals.get(&one.lint).into_iter().flatten() {
            let before = taken[specific].partition_point(|span| span.start < one.hit.span.end);
            if before > 0 && ends[specific][before - 1] > one.hit.span.start {
                let name = &plan.lints[*specific].lint.name;
                one.verdict = Verdict::Yielded { reason: format!("`{name}` says more about the same text") };
            }
        }
    }
}

/// The same for hits of the corpus, where a more specific lint has spoken about the post by itself.
fn hide_what_is_said(plan: &Plan, judged: &mut [Judged], said: &[Diagnostic]) {
    for one in judged {
        let named = &plan.lints[one.lint].lint.record.yields_to;
        let overlaps = |span: &Span| span.start < one.hit.span.end && one.hit.span.start < span.end;
        let says_more = said.iter().find(|diagnostic| {
            named.iter().any(|name| *name.value == *diagnostic.lint)
                && (overlaps(&diagnostic.place.span) || diagnostic.also.iter().any(overlaps))
        });
        if let Some(diagnostic) = says_more {
            one.verdict = Verdict::Yielded { reason: format!("`{}` says more about the same text", diagnostic.lint) };
        }
    }
}

/// For each of the lints that yields to others of them: those others.
fn rivals(plan: &Plan, lints: impl Iterator<Item = usize> + Clone) -> BTreeMap<usize, Vec<usize>> {
    let name = |lint: usize| &*plan.lints[lint].lint.name;
    let specific = |general: usize| -> Vec<usize> {
        let named = &plan.lints[general].lint.record.yields_to;
        lints.clone().filter(|lint| named.iter().any(|other| other.value == name(*lint))).collect()
    };
    lints.clone().map(|general| (general, specific(general))).filter(|(_, others)| !others.is_empty()).collect()
}

/// For spans sorted by start: the furthest end up to each.
fn running_ends(spans: &[Span]) -> Vec<u32> {
    let mut furthest = 0;
    spans
        .iter()
        .map(|span| {
            furthest = furthest.max(span.end);
            furthest
        })
        .collect()
}

/// Hits that become one diagnostic, in order of position.
fn merge(plan: &Plan, post: &Post, judged: Vec<Judged>) -> Vec<Vec<Judged>> {
    let mut groups: Vec<Vec<Judged>> = vec![];
    let mut open: BTreeMap<(usize, usize, Verdict), usize> = BTreeMap::new();
    for one in judged {
        let block = || post.prose.block_of_source(one.hit.span);
        let key = match plan.lints[one.lint].lint.record.merge {
            Merge::Never => None,
            Merge::Block => block(),
            Merge::Post => Some(usize::MAX),
        };
        // What is hidden for one reason does not take along what is hidden for another.
        let key = key.map(|block| (one.lint, block, one.verdict.clone()));
        match key.as_ref().and_then(|key| open.get(key)) {
            Some(group) => groups[*group].push(one),
            None => {
                if let Some(key) = key {
                    open.insert(key, groups.len());
                }
                groups.push(vec![one]);
            }
        }
    }
    groups
}

/// What a reader sees at the first place, or what is written there if that is no text.
fn words(post: &Post, judged: &[Judged]) -> String {
    let span = judged[0].hit.span;
    let range = post.prose.range_of_source(span);
    match post.prose.text.get(range.start as usize..range.end as usize) {
        // The parts of an image (its address, its alternative text) all map to the one object that it is in the prose.
        Some(text) if text.chars().any(|c| c != OBJECT) => text.replace(OBJECT, "…"),
        _ => post.source.slice(span).to_owned(),
    }
}

/// The diagnostic of hits of one lint; the first is its primary place, `words` are its text for the message.
fn diagnostic(plan: &Plan, source: &Source, post: Option<&Post>, words: &str, judged: Vec<Judged>) -> Diagnostic {
    let count = judged.len();
    let also = judged[1..].iter().map(|one| one.hit.span).collect();
    let fix = fix(plan, Ground { text: &source.text, post, site: &plan.site }, &source.path, &judged);
    let first = judged.into_iter().next().expect("a group has a member");
    let lint: &Lint = &plan.lints[first.lint].lint;
    let value = |name: &str| match first.hit.vars.iter().find(|(key, _)| key == name) {
        Some((_, value)) => Some(value.clone()),
        None => match name {
            "text" => Some(clip(words, LONGEST_TEXT)),
            "generator" => Some(plan.site.profile.title.to_owned()),
            "count" => Some(count.to_string()),
            _ => None,
        },
    };
    let related = first.hit.related.iter().map(|(span, message)| Related {
        place: Place { path: source.path.clone(), span: *span },
        message: message.clone(),
    });
    Diagnostic {
        lint: lint.name.clone(),
        family: lint.family.clone(),
        level: first.level,
        message: lint.message.fill(MESSAGE_COLUMNS, &value),
        help: lint.help.fill(HELP_COLUMNS, &value),
        label: lint.label.fill(MESSAGE_COLUMNS, &value),
        related: related.collect(),
        place: Place { path: source.path.clone(), span: first.hit.span },
        also,
        fix,
        fingerprint: String::new(),
        verdict: first.verdict,
    }
}

/// How hits of one lint are put right together; `None` where one of them cannot be, or two of them are one.
fn fix(plan: &Plan, ground: Ground<'_>, path: &str, judged: &[Judged]) -> Option<Fix> {
    let lint: &Lint = &plan.lints[judged[0].lint].lint;
    let is_safe = lint.record.fix.as_ref()?.value.safety == Safety::Safe;
    let value = |hit: &Hit, name: &str| match name {
        "text" => Some(ground.text[hit.span.range()].to_owned()),
        "generator" => Some(plan.site.profile.title.to_owned()),
        _ => hit.vars.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()),
    };
    if lint.record.fix.as_ref().is_some_and(|fix| fix.value.rename.is_some()) {
        let hit = &judged[0].hit;
        let rename = hit::renamed(lint, path, &|name| value(hit, name))?;
        return Some(Fix { is_safe, edits: vec![], rename: Some(rename) });
    }
    let edit = |one: &Judged| hit::edit(lint, ground, &one.hit, &|name| value(&one.hit, name));
    let edits: Vec<Edit> = judged.iter().map(edit).collect::<Option<_>>()?;
    let is_apart = edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
    is_apart.then_some(Fix { is_safe, edits, rename: None })
}

/// Gives each diagnostic its fingerprint: lint, path, marked text, and which of the equal ones it is.
fn number(source: &Source, diagnostics: &mut [Diagnostic]) {
    let mut seen: BTreeMap<(Arc<str>, String), usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        let words: Vec<&str> = source.slice(diagnostic.place.span).split_whitespace().collect();
        let text = words.join(" ");
        let nth = seen.entry((diagnostic.lint.clone(), text.clone())).or_default();
        let mut hasher = blake3::Hasher::new();
        for part in [&*diagnostic.lint, &*source.path, &text, &nth.to_string()] {
            hasher.update(part.as_bytes()).update(&[0]);
        }
        diagnostic.fingerprint = hasher.finalize().to_hex()[..16].to_owned();
        *nth += 1;
    }
}
