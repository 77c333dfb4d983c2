//! Searches the patterns of all lints in one pass over each scope: Aho-Corasick on the literals that patterns cannot match
//! without, then the regular expressions on the regions around them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind};
use regex::Regex;

use super::filter::Side;
use super::scope::{self, Anchor, Ends, Region, Scope};
use super::{Mark, Neighbour, Pattern, Patterns, WORDS, filter};
use crate::matcher::{Hit, Vars};
use crate::post::{OBJECT, Post};

/// The patterns of many lints.
#[derive(Default)]
pub struct Engine {
    lints: Vec<(usize, Patterns)>,
    /// Built when the first post is searched: a run without posts does not pay for it.
    texts: OnceLock<Vec<TextIndex>>,
}

/// The patterns that are searched in the same text: those of one scope, or of all scopes that are parts of the prose.
struct TextIndex {
    /// The scope, or any of those that share the text.
    scope: Scope,
    literals: Option<AhoCorasick>,
    /// For each literal, the patterns that need it.
    needles: Vec<Vec<Needle>>,
    /// Patterns without literals, tried on every region that is short enough.
    free: Vec<Needle>,
}

/// One pattern: index into `Engine::lints`, index of the pattern there.
type Needle = (usize, usize);

/// A post, and what qualifiers ask of it again and again.
struct View<'a> {
    post: &'a Post,
    ends: Ends,
}

impl std::ops::Deref for View<'_> {
    type Target = Post;

    fn deref(&self) -> &Post {
        self.post
    }
}

/// The most hits of one lint in one post. Nobody reads more, and a file of megabytes may hold millions.
const MOST_HITS: usize = 10_000;

/// The most characters of the marked text that a message gets to show.
const LONGEST_TEXT: usize = 80;

/// How many different matches `{words}` names.
const WORDS_NAMED: usize = 5;

/// What was found for each lint, by index into `Engine::lints`.
type Found = BTreeMap<usize, Vec<Hit>>;

impl Engine {
    /// An engine for the patterns of these lints; the number beside them comes back with their hits.
    pub fn new(lints: Vec<(usize, Patterns)>) -> Self {
        Self { lints, texts: OnceLock::new() }
    }

    /// The patterns by the text that they are searched in.
    fn texts(&self) -> &[TextIndex] {
        self.texts.get_or_init(|| {
            let prose = Scope::ALL.iter().copied().filter(|scope| scope.is_prose()).collect();
            let others = Scope::ALL.iter().copied().filter(|scope| !scope.is_prose()).map(|scope| vec![scope]);
            others.chain([prose]).filter_map(|scopes: Vec<Scope>| self.index(&scopes)).collect()
        })
    }

    /// The patterns of some scopes; `None` when there are none.
    fn index(&self, scopes: &[Scope]) -> Option<TextIndex> {
        let mut literals: BTreeMap<&str, Vec<Needle>> = BTreeMap::new();
        let mut free = vec![];
        for (index, (_, lint)) in self.lints.iter().enumerate().filter(|(_, (_, l))| scopes.contains(&l.spec.scope)) {
            for (number, pattern) in lint.patterns.iter().enumerate() {
                if pattern.literals.is_empty() {
                    free.push((index, number));
                }
                for literal in &pattern.literals {
                    literals.entry(literal).or_default().push((index, number));
                }
            }
        }
        let literals_automaton = automaton(literals.keys().copied());
        let is_needed = !literals.is_empty() || !free.is_empty();
        let needles = literals.into_values().collect();
        is_needed.then(|| TextIndex { scope: scopes[0], literals: literals_automaton, needles, free })
    }

    /// Adds the hits of all lints in `post`, by lint and position.
    pub fn hits(&self, post: &Post, out: &mut Vec<(usize, Hit)>) {
        let post = &View { post, ends: Ends::of(post) };
        let mut found = Found::new();
        for index in self.texts() {
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

    fn search_prose(&self, post: &View<'_>, index: &TextIndex, found: &mut Found) {
        let mut last_tried = BTreeMap::new();
        // Consecutive literals mostly stand in one region: finding its ends once for each scope keeps long lines linear.
        let mut current: BTreeMap<Scope, (Range<usize>, Option<Region<'_>>)> = BTreeMap::new();
        for literal in index.literals.iter().flat_map(|literals| literals.find_overlapping_iter(&post.prose.text)) {
            for needle in &index.needles[literal.pattern().as_usize()] {
                let scope = self.lints[needle.0].1.spec.scope;
                let known = current.entry(scope).or_insert((0..0, None));
                if !known.0.contains(&literal.start()) {
                    let Some(block) = post.prose.block_at(literal.start()) else { continue };
                    let reach = scope::reach(post, scope, block, literal.start());
                    *known = (reach.clone(), scope::prose_region(post, scope, block, reach));
                }
                let Some(region) = known.1 else { continue };
                if last_tried.insert(*needle, known.0.start) != Some(known.0.start) {
                    self.try_pattern(post, *needle, region, found);
                }
            }
        }
        for needle in &index.free {
            self.search_free(post, *needle, found);
        }
    }

    /// Tries a pattern without literals on every region of the prose.
    fn search_free(&self, post: &View<'_>, needle: Needle, found: &mut Found) {
        let scope = self.lints[needle.0].1.spec.scope;
        for (number, block) in post.prose.blocks.iter().enumerate() {
            let mut at = block.text.start as usize;
            while at < block.text.end as usize {
                let reach = scope::reach(post, scope, number, at);
                at = reach.end + 1;
                let Some(region) = scope::prose_region(post, scope, number, reach) else { break };
                self.try_pattern(post, needle, region, found);
            }
        }
    }

    fn search_source(&self, post: &View<'_>, index: &TextIndex, found: &mut Found) {
        let text = &*post.source.text;
        let region = |line: Range<usize>| {
            let shown = text[line.clone()].trim_end_matches('\r');
            Region { text: shown, anchor: Anchor::Exact(line.start), block: None }
        };
        let mut last_tried = BTreeMap::new();
        let mut line = 0..0;
        for literal in index.literals.iter().flat_map(|literals| literals.find_overlapping_iter(text)) {
            if !line.contains(&literal.start()) {
                let start = memchr::memrchr(b'\n', &text.as_bytes()[line.end..literal.start()]);
                let start = start.map_or(line.end, |feed| line.end + feed + 1);
                let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |feed| start + feed);
                line = start..end;
            }
            for needle in &index.needles[literal.pattern().as_usize()] {
                if last_tried.insert(*needle, line.start) != Some(line.start) {
                    self.try_pattern(post, *needle, region(line.clone()), found);
                }
            }
        }
        let mut start = 0;
        for feed in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]).filter(|_| !index.free.is_empty()) {
            for needle in &index.free {
                self.try_pattern(post, *needle, region(start..feed), found);
            }
            start = feed + 1;
        }
    }

    fn search_region(&self, post: &View<'_>, index: &TextIndex, region: Region<'_>, found: &mut Found) {
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
    fn try_pattern(&self, post: &View<'_>, (lint, number): Needle, region: Region<'_>, found: &mut Found) {
        let patterns = &self.lints[lint].1;
        if !patterns.admits(post, region) {
            return;
        }
        let Some(regex) = patterns.patterns[number].regex() else { return };
        let mut is_checked = false;
        for captures in regex.captures_iter(region.text) {
            let marked = captures.name("mark").or_else(|| captures.get(0)).map_or(0..0, |m| m.range());
            if !is_checked && patterns.leaves_alone(post, region) {
                return;
            }
            is_checked = true;
            if patterns.is_excluded(post, region, marked.clone()) {
                continue;
            }
            let span = match patterns.spec.mark {
                Mark::Match => region.span(post, marked.start, marked.end),
                Mark::Region if patterns.spec.scope.is_prose() => {
                    scope::with_links(post, region.span(post, 0, region.text.len()))
                }
                Mark::Region => region.span(post, 0, region.text.len()),
            };
            let hits = found.entry(lint).or_default();
            if hits.len() == MOST_HITS {
                return;
            }
            let mut vars = patterns.vars(regex, &captures);
            let shown = if patterns.spec.mark == Mark::Region { region.text } else { &region.text[marked] };
            if span.len() != shown.len() {
                // Markup stands in what is marked: the message shows what readers see.
                vars.push((Cow::Borrowed("text"), shown.chars().filter(|c| *c != OBJECT).take(LONGEST_TEXT).collect()));
            }
            hits.push(Hit { span, vars, ..Hit::default() });
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
        if hits.len() < patterns.spec.min_count.unwrap_or(1) {
            return;
        }
        if let Some(least) = patterns.spec.min_distinct {
            let words = hits.iter().flat_map(|hit| &hit.vars).filter(|(key, _)| key == WORDS).map(|(_, word)| &**word);
            let mut seen = BTreeSet::new();
            let words: Vec<&str> = words.filter(|word| seen.insert(*word)).collect();
            if words.len() < least {
                return;
            }
            let named = words[..words.len().min(WORDS_NAMED)].join(", ");
            for (_, value) in hits.iter_mut().flat_map(|hit| &mut hit.vars).filter(|(key, _)| key == WORDS) {
                value.clone_from(&named);
            }
        }
        out.extend(hits.into_iter().map(|hit| (*number, hit)));
    }
}

impl Patterns {
    /// Whether the region is searched at all.
    fn admits(&self, post: &View<'_>, region: Region<'_>) -> bool {
        let spec = &self.spec;
        if let Some(most) = spec.max_chars
            && (region.text.len() > 4 * most || region.text.chars().count() > most)
        {
            return false;
        }
        spec.at.is_none_or(|end| region.block.is_some_and(|block| post.ends.hold(block, end)))
    }

    /// Whether a region in which something was found is left alone for what it says or stands beside.
    fn leaves_alone(&self, post: &Post, region: Region<'_>) -> bool {
        let beside = |kinds: &[Neighbour], side| {
            let block = region.block;
            block.is_some_and(|block| kinds.iter().any(|kind| filter::is_neighbour(post, region, block, side, *kind)))
        };
        beside(&self.spec.not_after, Side::Before)
            || beside(&self.spec.not_before, Side::Behind)
            || self.unless.iter().filter_map(Pattern::regex).any(|unless| unless.is_match(region.text))
    }

    /// Whether a hit at `range` of the region stands where it must not.
    fn is_excluded(&self, post: &Post, region: Region<'_>, range: Range<usize>) -> bool {
        let Some(block) = region.block else { return false };
        self.spec.not_in.iter().any(|kind| filter::is_inside(post, region, block, range.clone(), *kind))
    }

    /// What the named groups caught. With `min-distinct:` also the match itself, which `settle` makes a list of.
    fn vars(&self, regex: &Regex, captures: &regex::Captures<'_>) -> Vars {
        let mut vars = vec![];
        if self.spec.min_distinct.is_some() {
            let whole = captures.get(0).map_or("", |whole| whole.as_str());
            vars.push((Cow::Borrowed(WORDS), whole.to_lowercase()));
        }
        for name in regex.capture_names().flatten() {
            if let Some(group) = captures.name(name) {
                vars.push((Cow::Owned(name.to_owned()), group.as_str().to_owned()));
            }
        }
        vars
    }
}

/// Literals of more bytes in all are searched with an automaton that is slower but smaller.
const LARGE: usize = 1 << 16;

fn automaton<'a>(literals: impl Iterator<Item = &'a str> + Clone) -> Option<AhoCorasick> {
    let kind = (literals.clone().map(str::len).sum::<usize>() <= LARGE).then_some(AhoCorasickKind::DFA);
    AhoCorasickBuilder::new().ascii_case_insensitive(true).kind(kind).build(literals).ok()
}
