//! What is kept of an examined post from one run to the next, and when it holds good no more.

use std::sync::Arc;

use jiff::{Timestamp, ToSpan, civil};
use serde::{Deserialize, Serialize};

use super::Examined;
use crate::corpus::Facts;
use crate::diagnostic::{Diagnostic, Fix, Level, Place, Related, Verdict};
use crate::plan::Plan;
use crate::post::Post;
use crate::site::{Role, date};
use crate::source::Span;
use crate::spanned::{Node, Value};
use crate::suppress::Suppressions;

/// Nothing is told of a moment that is so long past: by then it is past in every time zone.
const SETTLED_DAYS: i64 = 3;

/// An examined post, as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// When it was examined, in seconds since 1970.
    made: i64,
    /// `None` where the file is no post.
    post: Option<KeptPost>,
}

#[derive(Serialize, Deserialize)]
struct KeptPost {
    diagnostics: Vec<KeptDiagnostic>,
    facts: Facts,
    wishes: Option<Box<Suppressions>>,
}

/// A diagnostic of a post by itself: all of its places are in that post.
#[derive(Serialize, Deserialize)]
struct KeptDiagnostic {
    /// The number of the lint in the plan.
    lint: u16,
    level: Level,
    message: String,
    help: String,
    span: Span,
    label: String,
    related: Vec<(Span, String)>,
    also: Vec<Span>,
    fix: Option<Fix>,
    fingerprint: String,
    verdict: Verdict,
}

/// The bytes that are kept of what was found in a file: nothing where it may be otherwise tomorrow.
pub(super) fn write(plan: &Plan, found: Option<&Examined>) -> Option<Vec<u8>> {
    let post = match found {
        Some(examined) if !examined.is_settled => return None,
        Some(examined) => Some(KeptPost {
            diagnostics: examined.diagnostics.iter().map(|one| keep(plan, one)).collect::<Option<_>>()?,
            facts: (*examined.facts).clone(),
            wishes: examined.wishes.clone(),
        }),
        None => None,
    };
    postcard::to_stdvec(&Kept { made: plan.now.as_second(), post }).ok()
}

/// What was found in the file at a path: `None` of bytes that hold good no more.
pub(super) fn read(plan: &Plan, (path, role): (&Arc<str>, Role), bytes: &[u8]) -> Option<Option<Examined>> {
    let Kept { made, post } = postcard::from_bytes(bytes).ok()?;
    if made > plan.now.as_second() {
        // The clock was put back: what was past then may be to come.
        return None;
    }
    let Some(post) = post else { return Some(None) };
    let facts = Facts { path: path.clone(), role, ..post.facts };
    let diagnostics = post.diagnostics.into_iter().map(|one| tell(plan, path, one)).collect::<Option<_>>()?;
    Some(Some(Examined { diagnostics, facts: facts.into(), wishes: post.wishes, is_settled: true, source: None }))
}

fn keep(plan: &Plan, one: &Diagnostic) -> Option<KeptDiagnostic> {
    Some(KeptDiagnostic {
        lint: u16::try_from(plan.number(&one.lint)?).ok()?,
        level: one.level,
        message: one.message.clone(),
        help: one.help.clone(),
        span: one.place.span,
        label: one.label.clone(),
        related: one.related.iter().map(|related| (related.place.span, related.message.clone())).collect(),
        also: one.also.clone(),
        fix: one.fix.clone(),
        fingerprint: one.fingerprint.clone(),
        verdict: one.verdict.clone(),
    })
}

fn tell(plan: &Plan, path: &Arc<str>, one: KeptDiagnostic) -> Option<Diagnostic> {
    let lint = &plan.lints.get(usize::from(one.lint))?.lint;
    let place = |span: Span| Place { path: path.clone(), span };
    let related = one.related.into_iter().map(|(span, message)| Related { place: place(span), message });
    Some(Diagnostic {
        lint: lint.name.clone(),
        family: lint.family.clone(),
        level: one.level,
        message: one.message,
        help: one.help,
        place: place(one.span),
        label: one.label,
        related: related.collect(),
        also: one.also,
        fix: one.fix,
        fingerprint: one.fingerprint,
        verdict: one.verdict,
    })
}

/// Whether what is found in a post stays the same whenever it is looked at from `now` on: it names no day to come, neither in
/// its front matter nor in its name nor where a wish expires.
pub(super) fn is_settled(plan: &Plan, post: &Post, facts: &Facts, wishes: &Suppressions) -> bool {
    let today = jiff::tz::Offset::UTC.to_datetime(plan.now).date();
    let Ok(settled) = today.checked_sub(SETTLED_DAYS.days()) else { return false };
    let is_to_come = |day: Option<civil::Date>| day.is_some_and(|day| day > settled);
    !is_to_come(facts.date)
        && !is_to_come(wishes.last_day())
        && !names_day_to_come(plan, post, &post.front.root, settled)
}

fn names_day_to_come(plan: &Plan, post: &Post, node: &Node, settled: civil::Date) -> bool {
    let inner = |node: &Node| names_day_to_come(plan, post, node, settled);
    match &node.value {
        Value::Mapping(entries) => entries.iter().any(|(_, value)| inner(value)),
        Value::Sequence(items) => items.iter().any(inner),
        Value::Null | Value::Alias | Value::Bool(_) => false,
        _ => {
            let text = node.as_str().unwrap_or_else(|| post.source.slice(node.span));
            may_be_date(text) && is_late(text, plan, settled)
        }
    }
}

/// A date has a year, and is no essay.
fn may_be_date(text: &str) -> bool {
    text.len() <= 64 && text.bytes().filter(u8::is_ascii_digit).count() >= 4
}

fn is_late(text: &str, plan: &Plan, settled: civil::Date) -> bool {
    let Ok(date) = date::parse(text, plan.site.profile.dates) else { return false };
    let by_instant = |instant: Timestamp| jiff::tz::Offset::UTC.to_datetime(instant).date();
    date.civil.or(date.instant.map(by_instant)).is_some_and(|day| day > settled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::{Site, plain};
    use crate::source::Source;

    /// Whether a post is settled on the day of examples.
    fn settled(path: &str, text: &str) -> bool {
        let plan =
            super::super::trial::plan(&[], Site::of(&plain::PLAIN), &Default::default()).expect("nothing to build");
        let mut post = Post::parse(Source::from_text(path, text), &plan.site, Role::Post);
        let (_, wishes) = super::super::examine::post(&plan, &mut post);
        let facts = Facts::of(&post, &plan.site, &Default::default());
        is_settled(&plan, &post, &facts, &wishes)
    }

    #[test]
    fn what_names_a_day_to_come_is_not_kept() {
        for (path, text) in [
            ("a.md", "---\ndate: 2020-01-02\n---\ntext\n"),
            ("a.md", "---\ntitle: The year 2999\n---\nSee you on 2999-01-01.\n"),
            ("a.md", "text\n\n<!-- copydesk-disable-line: known; expires: 2020-01-01 -->\n"),
        ] {
            assert!(settled(path, text), "{path} {text}");
        }
        for (path, text) in [
            ("a.md", "---\ndate: 2999-01-02\n---\ntext\n"),
            ("a.md", "---\nexpiryDate: 2999-01-02T10:00:00Z\n---\ntext\n"),
            ("a.md", "+++\npublishDate = 2999-01-02\n+++\ntext\n"),
            ("a.md", "---\nnews: [{on: 2999-01-02}]\n---\ntext\n"),
            ("a.md", "text\n\n<!-- copydesk-disable-line: known; expires: 2999-01-01 -->\n"),
            ("a.md", "---\ncopydesk: {disable: [{lint: all, expires: 2999-01-01}], note: 2999-01-01}\n---\ntext\n"),
        ] {
            assert!(!settled(path, text), "{path} {text}");
        }
    }
}
