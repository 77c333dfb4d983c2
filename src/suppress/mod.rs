//! Suppressions: what the author of a post wishes not to be told, in comments and in front matter. Knows what is wished and
//! where; whether a diagnostic is hidden is for the judge to say.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::lint::Known;
use crate::matcher::Hit;
use crate::matcher::suppression::Spec as Fault;
use crate::post::Post;
use crate::source::Span;

mod comment;
mod directive;
pub mod insert;
mod key;
mod lines;
mod plot;
mod reach;

use directive::{Directive, Malformed, Verb, Wish};
use lines::Lines;
use reach::{Plot, Reach};

/// What a post can hold for wishes to be in it: the directives begin with it, and the key of front matter is it.
const SIGN: &[u8] = b"copydesk";

/// Said of a diagnostic that is hidden without a reason.
const NO_REASON: &str = "no reason given";

/// How many different names that do not exist are compared with those that do, in one post: nobody mends more at once.
const MOST_ADVICE: usize = 100;

/// What the reading of wishes depends on.
#[derive(Clone, Copy)]
pub struct Manner<'a> {
    /// The lints there are.
    known: &'a dyn Fn() -> Known<'a>,
    /// The day of the run.
    today: Date,
    /// Whether each wish has to give a reason.
    reasons: bool,
}

impl<'a> Manner<'a> {
    /// Wishes are read on this day; `reasons` says whether each has to give one.
    pub fn new(known: &'a dyn Fn() -> Known<'a>, today: Date, reasons: bool) -> Self {
        Self { known, today, reasons }
    }
}

/// The wishes of one post, and what they reach.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Suppressions {
    wishes: Vec<Wished>,
    reach: Reach,
    /// Directives that end what nothing began.
    idle: Vec<Span>,
    /// The last day on which one of them expires.
    last_day: Option<Date>,
}

/// A wish for one lint, or for all of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Wished {
    /// The lint; all when `None`.
    lint: Option<String>,
    /// Its name where it is named, else the directive.
    span: Span,
    reason: Option<String>,
    /// Whether links that lead away from the site are in what it reaches.
    leads_away: bool,
}

/// A wish, for the question whether it could have hidden something.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The lint; all when `None`.
    pub lint: Option<&'a str>,
    /// Whether links that lead away from the site are in what it reaches.
    pub leads_away: bool,
}

/// Something wrong with a wish, for a lint to speak of.
pub type Faulty = (Fault, Hit);

impl Suppressions {
    /// The wishes of a post, and what is wrong with them by themselves.
    pub fn read(post: &Post, manner: &Manner<'_>) -> (Self, Vec<Faulty>) {
        if memchr::memmem::find(post.source.text.as_bytes(), SIGN).is_none() {
            return Default::default();
        }
        let mut reader = Reader {
            today: manner.today,
            reasons: manner.reasons,
            known: (manner.known)(),
            advice: HashMap::new(),
            own: Self::default(),
            plot: Plot::default(),
            faults: vec![],
        };
        reader.read(post);
        reader.faults.sort_by_key(|(_, hit)| hit.span);
        let Reader { own, plot, faults, .. } = reader;
        (Self { reach: Reach::new(plot), ..own }, faults)
    }

    /// Whether nothing is wished.
    pub fn is_empty(&self) -> bool {
        self.wishes.is_empty() && self.idle.is_empty()
    }

    /// The last day on which one of them expires, also of those that did.
    pub fn last_day(&self) -> Option<Date> {
        self.last_day
    }

    /// Why a lint is silent about a place, in the author's words; `None` if it is not. Wishes that name no lint mean those
    /// alone for which `is_meant_by_all` holds: a wish does not hide what is wrong with it.
    pub fn reason(&self, lint: &str, is_meant_by_all: bool, place: Span) -> Option<&str> {
        let wish = self.reach.at(lint, is_meant_by_all, place)?;
        Some(self.wishes[wish].reason.as_deref().unwrap_or(NO_REASON))
    }

    /// The wishes that hid nothing of what was `hidden` (by lint: places in order of position, and whether wishes without
    /// names mean the lint), of those that `is_judged` holds for.
    pub fn unused(
        &self,
        hidden: &BTreeMap<&str, (Vec<Span>, bool)>,
        is_judged: &dyn Fn(Asked<'_>) -> bool,
    ) -> Vec<Hit> {
        let mut used = vec![false; self.wishes.len()];
        for (lint, (places, is_meant_by_all)) in hidden {
            self.reach.mark(lint, *is_meant_by_all, places, &mut used);
        }
        let hit = |span: Span, why: String| Hit { span, vars: vec![("why".into(), why)], ..Hit::default() };
        let wishes = self.wishes.iter().zip(used).filter(|(wish, used)| !used && is_judged(wish.asked()));
        let mut hits: Vec<Hit> = wishes
            .map(|(wish, _)| match &wish.lint {
                Some(lint) => hit(wish.span, format!("`{lint}` finds nothing there")),
                None => hit(wish.span, "no lint finds anything there".to_owned()),
            })
            .collect();
        let anything = Asked { lint: None, leads_away: false };
        let idle = self.idle.iter().filter(|_| is_judged(anything));
        hits.extend(idle.map(|span| hit(*span, "there is nothing disabled to end".to_owned())));
        hits.sort_by_key(|hit| hit.span);
        hits
    }
}

impl Wished {
    fn asked(&self) -> Asked<'_> {
        Asked { lint: self.lint.as_deref(), leads_away: self.leads_away }
    }
}

/// The wishes of a post while they are collected.
struct Reader<'a> {
    today: Date,
    reasons: bool,
    known: Known<'a>,
    /// What was said of names that do not exist.
    advice: HashMap<String, (String, String)>,
    own: Suppressions,
    plot: Plot,
    faults: Vec<Faulty>,
}

impl Reader<'_> {
    fn read(&mut self, post: &Post) {
        let text = &*post.source.text;
        let (named, wrong) = key::read(&post.front.root, text);
        wrong.into_iter().for_each(|wrong| self.malformed(wrong));
        let mut directives = Vec::new();
        for comment in comment::find(post) {
            match directive::read(&text[comment.content.range()], comment.content.range().start) {
                _ if !comment.is_closed => self.malformed(unclosed(text, comment.span)),
                Some(Ok(directive)) => directives.push((comment.span, directive)),
                Some(Err(wrong)) => self.malformed(wrong),
                None => {}
            }
        }
        let whole = Span::new(0, text.len() + 1);
        for (lint, span, wish) in named {
            if self.holds(span, &wish) && self.knows(&lint, span) {
                let wish = self.wish(Some(lint.clone()), span, &wish);
                self.plot.named.entry(lint).or_default().push((whole, wish));
            }
        }
        let away = Away::of(post);
        plot::directives(self, &Lines::new(text), directives, whole);
        let stretches = self.plot.ranges.iter().chain(&self.plot.others);
        for (span, wish) in stretches {
            self.own.wishes[*wish].leads_away |= away.touches(*span);
        }
    }

    /// Notes a wish; its number.
    fn wish(&mut self, lint: Option<String>, span: Span, wish: &Wish) -> usize {
        self.own.wishes.push(Wished { lint, span, reason: wish.reason.clone(), leads_away: false });
        self.own.wishes.len() - 1
    }

    /// Whether a wish still holds; says what it lacks.
    fn holds(&mut self, span: Span, wish: &Wish) -> bool {
        if self.reasons && wish.reason.is_none() {
            self.faults.push((Fault::WithoutReason, Hit { span, ..Hit::default() }));
        }
        self.own.last_day = self.own.last_day.max(wish.expires.as_ref().map(|(date, _)| *date));
        match &wish.expires {
            Some((date, at)) if *date < self.today => {
                let vars = vec![("date".into(), date.to_string())];
                self.faults.push((Fault::Expired, Hit { span: *at, vars, ..Hit::default() }));
                false
            }
            _ => true,
        }
    }

    /// Whether there is such a lint; says so if not.
    fn knows(&mut self, lint: &str, span: Span) -> bool {
        if self.known.lints.contains(&lint) {
            return true;
        }
        let is_full = self.advice.len() >= MOST_ADVICE;
        let (_, advice) = match self.advice.get(lint) {
            Some(said) => said.clone(),
            None if is_full => Default::default(),
            None => {
                let said = self.known.missing_lint(lint).unwrap_or_default();
                self.advice.insert(lint.to_owned(), said.clone());
                said
            }
        };
        let advice = if advice.is_empty() { "`copydesk list` shows all lints".to_owned() } else { advice };
        let vars = vec![("name".into(), lint.to_owned()), ("instead".into(), advice)];
        self.faults.push((Fault::Unknown, Hit { span, vars, ..Hit::default() }));
        false
    }

    fn malformed(&mut self, wrong: Malformed) {
        let vars = vec![("why".into(), wrong.why), ("instead".into(), wrong.advice)];
        self.faults.push((Fault::Malformed, Hit { span: wrong.span, vars, ..Hit::default() }));
    }
}

/// The first line of a comment that goes on to the end of the post.
fn unclosed(text: &str, span: Span) -> Malformed {
    let line = text[span.range()].lines().next().unwrap_or_default();
    let start = span.range().start;
    let span = Span::new(start, start + line.trim_end().len());
    Malformed { advice: "close it with `-->`".to_owned(), ..Malformed::new(span, "its comment is never closed") }
}

/// Where links lead away from the site.
struct Away(Vec<u32>);

impl Away {
    fn of(post: &Post) -> Self {
        let is_away = |url: &str| ["http://", "https://", "//"].iter().any(|start| url.starts_with(start));
        let mut starts: Vec<u32> =
            post.every_link().filter(|link| is_away(&link.url)).map(|link| link.span.start).collect();
        starts.sort_unstable();
        Self(starts)
    }

    fn touches(&self, span: Span) -> bool {
        self.0.get(self.0.partition_point(|start| *start < span.start)).is_some_and(|start| *start < span.end)
    }
}
