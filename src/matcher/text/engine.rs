//! Searches the patterns of all lints in one pass over each scope: Aho-Corasick on the literals that patterns cannot match
//! without, then the regular expressions on the regions around them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind};
use regex::Regex;

use super::scope::{self, Anchor, Region, Scope};
use super::{Mark, Pattern, Patterns, filter};
use crate::matcher::Hit;
use crate::post::Post;

/// The patterns of many lints, sorted by scope.
#[derive(Default)]
pub struct Engine {
    lints: Vec<(usize, Patterns)>,
    scopes: Vec<ScopeIndex>,
}

/// The patterns of one scope.
struct ScopeIndex {
    scope: Scope,
    literals: Option<AhoCorasick>,
    /// For each literal, the patterns that need it.
    needles: Vec<Vec<Needle>>,
    /// Patterns without literals, tried on every region that is short enough.
    free: Vec<Needle>,
}

/// One pattern: index into `Engine::lints`, index of the pattern there.
type Needle = (usize, usize);

/// What was found for each lint, by index into `Engine::lints`.
type Found = BTreeMap<usize, Vec<Hit>>;

impl Engine {
    /// An engine for the patterns of these lints; the number beside them comes back with their hits.
    pub fn new(lints: Vec<(usize, Patterns)>) -> Self {
        let mut scopes = vec![];
        for scope in Scope::ALL {
            let mut literals: BTreeMap<&str, Vec<Needle>> = BTreeMap::new();
            let mut free = vec![];
            for (index, (_, lint)) in lints.iter().enumerate().filter(|(_, (_, lint))| lint.spec.scope == scope) {
                for (number, pattern) in lint.patterns.iter().enumerate() {
                    if pattern.literals.is_empty() {
                        free.push((index, number));
                    }
                    for literal in &pattern.literals {
                        literals.entry(literal).or_default().push((index, number));
                    }
                }
            }
            if !literals.is_empty() || !free.is_empty() {
                let automaton = automaton(literals.keys().copied());
                scopes.push(ScopeIndex { scope, literals: automaton, needles: literals.into_values().collect(), free });
            }
        }
        Self { lints, scopes }
    }

    /// Adds the hits of all lints in `post`, by lint and position.
    pub fn hits(&self, post: &Post, out: &mut Vec<(usize, Hit)>) {
        let mut found = Found::new();
        for index in &self.scopes {
            match index.scope {
                Scope::Block | Scope::Line | Scope::Heading => self.search_prose(post, index, &mut found),
                Scope::Source => self.search_source(post, index, &mut found),
                scope => scope::regions(post, scope, &mut |region| self.search_region(post, index, region, &mut found)),
            }
        }
        for (lint, hits) in found {
            self.settle(lint, hits, out);
        }
    }

    fn search_prose(&self, post: &Post, index: &ScopeIndex, found: &mut Found) {
        let mut last_tried = BTreeMap::new();
        // Consecutive literals mostly stand in one region: finding its ends once keeps long lines linear.
        let mut current: (std::ops::Range<usize>, Option<Region<'_>>) = (0..0, None);
        for literal in index.literals.iter().flat_map(|literals| literals.find_overlapping_iter(&post.prose.text)) {
            if !current.0.contains(&literal.start()) {
                let Some(block) = post.prose.block_at(literal.start()) else { continue };
                let reach = scope::reach(post, index.scope, block, literal.start());
                current = (reach.clone(), scope::prose_region(post, index.scope, block, reach));
            }
            let Some(region) = current.1 else { continue };
            for needle in &index.needles[literal.pattern().as_usize()] {
                if last_tried.insert(*needle, current.0.start) != Some(current.0.start) {
                    self.try_pattern(post, *needle, region, found);
                }
            }
        }
        if !index.free.is_empty() {
            self.search_free(post, index, found);
        }
    }

    fn search_free(&self, post: &Post, index: &ScopeIndex, found: &mut Found) {
        for (number, block) in post.prose.blocks.iter().enumerate() {
            let mut at = block.text.start as usize;
            while at < block.text.end as usize {
                let reach = scope::reach(post, index.scope, number, at);
                at = reach.end + 1;
                let Some(region) = scope::prose_region(post, index.scope, number, reach) else { break };
                for needle in &index.free {
                    self.try_pattern(post, *needle, region, found);
                }
            }
        }
    }

    fn search_source(&self, post: &Post, index: &ScopeIndex, found: &mut Found) {
        let text = &*post.source.text;
        let mut last_tried = BTreeMap::new();
        let mut line = 0..0;
        for literal in index.literals.iter().flat_map(|literals| literals.find_overlapping_iter(text)) {
            if !line.contains(&literal.start()) {
                let start = memchr::memrchr(b'\n', &text.as_bytes()[line.end..literal.start()]);
                let start = start.map_or(line.end, |feed| line.end + feed + 1);
                let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |feed| start + feed);
                line = start..end;
            }
            let region = Region { text: &text[line.clone()], anchor: Anchor::Exact(line.start), block: None };
            for needle in &index.needles[literal.pattern().as_usize()] {
                if last_tried.insert(*needle, line.start) != Some(line.start) {
                    self.try_pattern(post, *needle, region, found);
                }
            }
        }
    }

    fn search_region(&self, post: &Post, index: &ScopeIndex, region: Region<'_>, found: &mut Found) {
        let mut tried: Vec<Needle> = index.free.clone();
        for literal in index.literals.iter().flat_map(|literals| literals.find_overlapping_iter(region.text)) {
            for needle in &index.needles[literal.pattern().as_usize()] {
                if !tried.contains(needle) {
                    tried.push(*needle);
                }
            }
        }
        for needle in tried {
            self.try_pattern(post, needle, region, found);
        }
    }

    /// Runs one pattern over one region, if the region passes the lint's qualifiers.
    fn try_pattern(&self, post: &Post, (lint, number): Needle, region: Region<'_>, found: &mut Found) {
        let patterns = &self.lints[lint].1;
        if !patterns.admits(post, region) {
            return;
        }
        let Some(regex) = patterns.patterns[number].regex() else { return };
        let mut is_checked = false;
        for captures in regex.captures_iter(region.text) {
            let marked = captures.name("mark").or_else(|| captures.get(0)).map_or(0..0, |m| m.range());
            if !is_checked
                && patterns.unless.iter().filter_map(Pattern::regex).any(|unless| unless.is_match(region.text))
            {
                return;
            }
            is_checked = true;
            if patterns.is_excluded(post, region, (marked.start, marked.end)) {
                continue;
            }
            let span = match patterns.spec.mark {
                Mark::Match => region.span(post, marked.start, marked.end),
                Mark::Region => region.span(post, 0, region.text.len()),
            };
            let vars = vars(regex, &captures);
            found.entry(lint).or_default().push(Hit { span, vars, related: vec![] });
        }
    }

    /// Sorts a lint's hits, drops those inside others, and applies the counts.
    fn settle(&self, lint: usize, mut hits: Vec<Hit>, out: &mut Vec<(usize, Hit)>) {
        let (number, patterns) = &self.lints[lint];
        hits.sort_by_key(|hit| (hit.span.start, std::cmp::Reverse(hit.span.end)));
        let mut reach = None;
        hits.retain(|hit| {
            let is_new = reach.is_none_or(|reach| hit.span.end > reach);
            reach = reach.max(Some(hit.span.end));
            is_new
        });
        let mut distinct: Vec<&str> =
            hits.iter().flat_map(|hit| &hit.vars).filter(|(k, _)| k == "match").map(|(_, v)| &**v).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let enough = hits.len() >= patterns.spec.min_count.unwrap_or(1)
            && distinct.len() >= patterns.spec.min_distinct.unwrap_or(1);
        if enough {
            out.extend(hits.into_iter().map(|hit| (*number, hit)));
        }
    }
}

impl Patterns {
    /// Whether the region is searched at all.
    fn admits(&self, post: &Post, region: Region<'_>) -> bool {
        let spec = &self.spec;
        if let Some(most) = spec.max_chars
            && (region.text.len() > 4 * most || region.text.chars().count() > most)
        {
            return false;
        }
        let Some(block) = region.block else { return spec.at.is_none() };
        spec.at.is_none_or(|end| scope::is_at(post, block, end))
            && !spec.not_after.iter().any(|kind| filter::is_neighbour(post, block.checked_sub(1), *kind))
            && !spec.not_before.iter().any(|kind| filter::is_neighbour(post, Some(block + 1), *kind))
    }

    /// Whether a hit at `start..end` of the region stands where it must not.
    fn is_excluded(&self, post: &Post, region: Region<'_>, (start, end): (usize, usize)) -> bool {
        let (Some(block), Anchor::Prose(at)) = (region.block, region.anchor) else { return false };
        let offset = at - post.prose.blocks[block].text.start as usize;
        let range = (start + offset, end + offset);
        self.spec.not_in.iter().any(|kind| filter::is_inside(post, block, range, *kind))
    }
}

fn vars(regex: &Regex, captures: &regex::Captures<'_>) -> crate::matcher::Vars {
    let whole = captures.get(0).map_or("", |m| m.as_str()).to_lowercase();
    let mut vars = vec![(Cow::Borrowed("match"), whole)];
    for name in regex.capture_names().flatten() {
        if let Some(group) = captures.name(name) {
            vars.push((Cow::Owned(name.to_owned()), group.as_str().to_owned()));
        }
    }
    vars
}

fn automaton<'a>(literals: impl Iterator<Item = &'a str>) -> Option<AhoCorasick> {
    AhoCorasickBuilder::new().ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).build(literals).ok()
}
