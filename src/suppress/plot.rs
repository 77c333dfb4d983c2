//! From directives to the stretches of a post that they reach. `disable` reaches on to the `enable` that ends it, or to the end
//! of the post; an `enable` that names a lint lets it speak within a `disable` that names none.

use std::collections::HashMap;

use super::lines::Lines;
use super::reach::Stretch;
use super::{Directive, Fault, Reader, Verb};
use crate::source::Span;

/// What is open at some point of the post.
#[derive(Default)]
struct Open {
    /// Wishes for lints by name. A later one takes over from an earlier one.
    named: HashMap<String, Stretch>,
    /// The wish for all lints.
    all: Option<Stretch>,
    /// Lints that speak again within those for all: since where.
    speaking: HashMap<String, u32>,
}

/// Plots directives, which come in order of position with the spans of their comments; `whole` is the whole post.
pub(super) fn directives(reader: &mut Reader<'_>, lines: &Lines<'_>, directives: Vec<(Span, Directive)>, whole: Span) {
    let next = lines.next(&directives);
    let mut open = Open::default();
    for ((span, directive), next) in directives.into_iter().zip(next) {
        if directive.verb == Verb::End {
            end(reader, &mut open, &directive, span.start);
            continue;
        }
        if !reader.holds(directive.span, &directive.wish) {
            // What has expired is told; what it names is left for the day when it is mended.
            continue;
        }
        let (first, last) = lines.touched(span);
        let stretch = match directive.verb {
            Verb::File => whole,
            Verb::Line => lines.span(first, last),
            Verb::NextLine => next.map_or(Span::at(0), |line| lines.span(line, line)),
            Verb::Begin | Verb::End => Span { start: span.start, end: whole.end },
        };
        let is_range = directive.verb == Verb::Begin;
        if directive.lints.is_empty() {
            let wish = reader.wish(None, directive.span, &directive.wish);
            if is_range {
                silence(reader, &mut open, span.start);
                let before = open.all.replace((stretch, wish));
                reader.plot.ranges.extend(before.map(|before| cut(before, span.start)));
            } else {
                reader.plot.others.push((stretch, wish));
            }
        }
        for (lint, at) in &directive.lints {
            if !reader.knows(lint, *at) {
                continue;
            }
            let wish = reader.wish(Some(lint.clone()), *at, &directive.wish);
            if is_range {
                hush(reader, &mut open, lint, span.start);
                let before = open.named.insert(lint.clone(), (stretch, wish));
                shut(reader, lint, before, span.start);
            } else {
                reader.plot.named.entry(lint.clone()).or_default().push((stretch, wish));
            }
        }
    }
    close(reader, &mut open, whole.end);
    // An `enable` may belong to a `disable` that could not be read, and the reader has been told of that one.
    if reader.faults.iter().any(|(fault, _)| *fault != Fault::WithoutReason) {
        reader.own.idle.clear();
    }
}

/// Plots an `enable` that stands at byte `at`.
fn end(reader: &mut Reader<'_>, open: &mut Open, directive: &Directive, at: u32) {
    if directive.lints.is_empty() {
        if open.all.is_none() && open.named.is_empty() {
            reader.own.idle.push(directive.span);
        }
        close(reader, open, at);
    }
    for (lint, place) in &directive.lints {
        if !reader.knows(lint, *place) {
            continue;
        }
        let ended = open.named.remove(lint);
        let speaks = open.all.is_some() && !open.speaking.contains_key(lint);
        if ended.is_none() && !speaks {
            reader.own.idle.push(*place);
        }
        shut(reader, lint, ended, at);
        if speaks {
            open.speaking.insert(lint.clone(), at);
        }
    }
}

/// Ends everything.
fn close(reader: &mut Reader<'_>, open: &mut Open, at: u32) {
    silence(reader, open, at);
    let Open { named, all, .. } = std::mem::take(open);
    named.into_iter().for_each(|(lint, stretch)| shut(reader, &lint, Some(stretch), at));
    reader.plot.ranges.extend(all.map(|stretch| cut(stretch, at)));
}

fn shut(reader: &mut Reader<'_>, lint: &str, open: Option<Stretch>, at: u32) {
    let Some(open) = open else { return };
    reader.plot.named.entry(lint.to_owned()).or_default().push(cut(open, at));
}

/// A stretch that ends at byte `at`.
fn cut((span, wish): Stretch, at: u32) -> Stretch {
    (Span { end: at, ..span }, wish)
}

/// Makes a lint that spoke within a wish for all silent again.
fn hush(reader: &mut Reader<'_>, open: &mut Open, lint: &str, at: u32) {
    if let Some(since) = open.speaking.remove(lint) {
        reader.plot.holes.entry(lint.to_owned()).or_default().push(Span { start: since, end: at });
    }
}

/// The same for all lints.
fn silence(reader: &mut Reader<'_>, open: &mut Open, at: u32) {
    for (lint, since) in std::mem::take(&mut open.speaking) {
        reader.plot.holes.entry(lint).or_default().push(Span { start: since, end: at });
    }
}
