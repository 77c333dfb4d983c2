//! What a run found, counted by lint, and where its time went: for people who tend a large site.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use super::sanitise::line;
use crate::desk::Report;
use crate::diagnostic::Level;

/// How long lints took; those that are searched for together have no name.
pub type Times = [(Option<Arc<str>>, Duration)];

/// What one lint found.
#[derive(Default)]
struct Row<'a> {
    level: Option<Level>,
    count: usize,
    posts: BTreeSet<&'a str>,
    fixable: usize,
}

/// A table of the lints that found something, the most frequent first.
pub fn statistics(report: &Report, times: &Times) -> String {
    let mut rows: BTreeMap<&str, Row<'_>> = BTreeMap::new();
    for one in report.diagnostics.iter().filter(|one| one.is_reported()) {
        let row = rows.entry(&one.lint).or_default();
        row.level = row.level.max(Some(one.level));
        row.count += 1;
        row.posts.insert(&one.place.path);
        row.fixable += usize::from(one.fix.as_ref().is_some_and(|fix| fix.is_safe));
    }
    let mut rows: Vec<(&str, Row<'_>)> = rows.into_iter().collect();
    rows.sort_by_key(|(lint, row)| (std::cmp::Reverse(row.count), *lint));
    let time = |lint: &str| {
        let own = times.iter().find(|(name, _)| name.as_deref() == Some(lint));
        own.map_or_else(|| "-".to_owned(), |(_, time)| seconds(*time))
    };
    let mut out = format!("{:>8} {:>8} {:>8} {:>9}  {:<5} lint\n", "count", "posts", "fixable", "seconds", "level");
    for (lint, row) in rows {
        let level = row.level.map_or("", Level::name);
        let (posts, time, lint) = (row.posts.len(), time(lint), line(lint, false));
        let _ = writeln!(out, "{:>8} {posts:>8} {:>8} {time:>9}  {level:<5} {lint}", row.count, row.fixable);
    }
    out
}

/// A table of the stages of a run, and of the lints that took longest; seconds of lints are summed over all threads.
pub fn profile(stages: &[(&str, Duration)], times: &Times) -> String {
    let mut out = format!("{:>9}  stage\n", "seconds");
    for (stage, time) in stages {
        let _ = writeln!(out, "{:>9}  {stage}", seconds(*time));
    }
    let mut times: Vec<_> = times.iter().collect();
    times.sort_by_key(|(name, time)| (std::cmp::Reverse(*time), name.clone()));
    let _ = writeln!(out, "\n{:>9}  lint", "seconds");
    for (name, time) in times {
        let name = name.as_deref().unwrap_or("all that look for phrases and patterns, in one pass");
        let _ = writeln!(out, "{:>9}  {}", seconds(*time), line(name, false));
    }
    out
}

fn seconds(time: Duration) -> String {
    format!("{:.3}", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::super::specimen::{Specimen, warn};
    use super::*;

    #[test]
    fn lints_are_counted_by_frequency() {
        let said = [("rare", 0), ("often", 0), ("often", 1), ("often", 1)];
        let specimen = Specimen::new(&[("a.md", "«x»"), ("b.md", "«y»")]);
        let mut specimen = said.iter().fold(specimen, |specimen, (_, file)| specimen.with(warn(*file, "said")));
        for (diagnostic, (lint, _)) in specimen.report.diagnostics.iter_mut().zip(said) {
            diagnostic.lint = lint.into();
        }
        let times = [(Some("often".into()), Duration::from_millis(12))];
        let expected = "   count    posts  fixable   seconds  level lint
       3        2        0     0.012  warn  often
       1        1        0         -  warn  rare
";
        assert_eq!(statistics(&specimen.report, &times), expected);
    }

    #[test]
    fn the_slowest_comes_first() {
        let times = [(Some("a".into()), Duration::from_millis(1)), (None, Duration::from_millis(30))];
        let expected = "  seconds  stage
    0.250  read

  seconds  lint
    0.030  all that look for phrases and patterns, in one pass
    0.001  a
";
        assert_eq!(profile(&[("read", Duration::from_millis(250))], &times), expected);
    }
}
