//! Lines that differ in a number alone, which counts up: page numbers that a conversion from PDF or slides left in the text.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Deserialize;

use super::SpecError;
use crate::matcher::text::{self, Pattern};
use crate::matcher::{Hit, PostMatcher};
use crate::post::{BlockKind, Post};
use crate::source::Span;
use crate::spanned::de::Located;

/// Longer lines are never tried, in bytes.
const LONGEST: usize = 60;

/// What such lines look like. Lists, tables, quotations and headings are left alone.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Numbered {
    /// Regular expressions for whole lines that count wherever they stand. A group `number` holds the number.
    #[serde(default)]
    pub anywhere: Vec<Located<String>>,
    /// Regular expressions for whole lines that count only where one follows the other with nothing between.
    #[serde(default)]
    pub adjacent: Vec<Located<String>>,
    /// Fewer lines that count up are none.
    pub at_least: usize,
}

impl Numbered {
    pub(super) fn build(&self) -> Result<Counters, SpecError> {
        super::limits(&[self.at_least])?;
        let patterns = |patterns: &[Located<String>], is_adjacent| {
            patterns.iter().map(|p| Ok((text::read(p)?, is_adjacent))).collect::<Result<Vec<_>, SpecError>>()
        };
        let mut all = patterns(&self.anywhere, false)?;
        all.extend(patterns(&self.adjacent, true)?);
        if all.is_empty() {
            return Err(SpecError { message: "no pattern to look for".into(), help: None, at: None });
        }
        Ok(Counters { patterns: all, at_least: self.at_least })
    }
}

pub(super) struct Counters {
    /// Each pattern, and whether its lines must follow each other.
    patterns: Vec<(Pattern, bool)>,
    at_least: usize,
}

/// Lines of one pattern that count up so far.
#[derive(Default)]
struct Series {
    lines: Vec<Span>,
    next: u64,
    /// The line that must come next, where lines must follow each other.
    line: usize,
}

impl PostMatcher for Counters {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        let mut series: Vec<Series> = self.patterns.iter().map(|_| Series::default()).collect();
        let before = out.len();
        // Counts lines of running text, and each other block as one line, so that it parts those around it.
        let mut line_number = 0;
        for block in &post.prose.blocks {
            let is_text = block.is_visible_text() && block.kind == BlockKind::Paragraph;
            if !is_text || block.in_list || block.in_table || block.in_quote {
                line_number += 1;
                continue;
            }
            for (range, line) in post.prose.lines(block) {
                line_number += 1;
                if line.len() > LONGEST || !line.bytes().any(|byte| byte.is_ascii_digit()) {
                    continue;
                }
                let Some((which, number)) = self.number(line) else { continue };
                let open = &mut series[which];
                if number != open.next || self.patterns[which].1 && line_number != open.line {
                    self.close(which, open, out);
                }
                open.lines.push(post.prose.source_span(range));
                (open.next, open.line) = (number.saturating_add(1), line_number + 1);
            }
        }
        for (which, open) in series.iter_mut().enumerate() {
            self.close(which, open, out);
        }
        out[before..].sort_by_key(|hit| hit.span);
    }
}

impl Counters {
    /// Which pattern a line matches, and its number.
    fn number(&self, line: &str) -> Option<(usize, u64)> {
        self.patterns.iter().enumerate().find_map(|(which, (pattern, _))| {
            let found = pattern.regex()?.captures(line)?;
            let digits = found.name("number").or_else(|| found.get(0))?.as_str();
            Some((which, digits.parse().ok()?))
        })
    }

    /// One hit for lines that follow each other, one for each line where they are scattered.
    fn close(&self, which: usize, open: &mut Series, out: &mut Vec<Hit>) {
        let lines = std::mem::take(&mut open.lines);
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
        if lines.len() < self.at_least {
            return;
        }
        let whole = [Span { start: first.start, end: last.end }];
        let marked = if self.patterns[which].1 { &whole } else { &*lines };
        let vars = vec![(Cow::Borrowed("lines"), lines.len().to_string())];
        out.extend(marked.iter().map(|span| Hit { span: *span, vars: vars.clone(), ..Hit::default() }));
    }
}
