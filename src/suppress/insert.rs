//! Directives for what was reported: what to write into a post, and where, so that nothing of it changes for its readers.
//! Changes nothing by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::comment::quoted;
use super::directive::{PREFIX, Verb};
use super::lines::Lines;
use crate::post::{Block, BlockKind, Format, Post};
use crate::source::Span;
use crate::spanned::{Node, Value};

/// Text to put into a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insertion {
    /// Before which byte.
    pub at: usize,
    /// What.
    pub text: String,
}

/// Where directives are put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// At the lines in question; what has no line that can hold a comment is disabled in the whole post.
    Beside,
    /// At the start of the text, for the whole post.
    Body,
    /// At the start of the front matter, for the whole post.
    FrontMatter,
}

impl Spot {
    /// All, in the order in which they are to be tried: the smaller the reach the better.
    pub const ALL: [Spot; 3] = [Spot::Beside, Spot::Body, Spot::FrontMatter];
}

/// Whether a reason can stand in every kind of comment.
pub fn is_writable(reason: &str) -> bool {
    let ends = ["--", "*/", "\n", "\r"];
    !reason.trim().is_empty() && !ends.iter().any(|end| reason.contains(end)) && !reason.contains(char::is_control)
}

/// What to put into a post so that `wanted` (lints with their places) is hidden for `reason`; `None` if that spot will not do.
pub fn directives(post: &Post, wanted: &[(&str, Span)], reason: &str, spot: Spot) -> Option<Vec<Insertion>> {
    let writer = Writer { post, lines: Lines::new(&post.source.text), quoted: quoted(&post.front.root), reason };
    let mut found: BTreeMap<(usize, Form), BTreeSet<&str>> = BTreeMap::new();
    for (lint, place) in wanted {
        let form = if spot == Spot::Beside { writer.beside(*place) } else { None };
        let whole = || if spot == Spot::FrontMatter { writer.atop_front_matter() } else { Some(writer.atop_body()) };
        found.entry(form.or_else(whole)?).or_default().insert(lint);
    }
    Some(found.into_iter().map(|((at, form), lints)| writer.insertion(at, form, &lints)).collect())
}

/// How a directive is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// `#` in a line of its own, above the line in question.
    FrontMatterLine,
    /// `#` in a line of its own, for the whole post.
    FrontMatterFile,
    /// A comment in a line of its own, for the whole post.
    BodyFile,
    /// A comment in a line of its own, and a blank line below: some engines take what follows right on for its rest.
    Above,
    /// A comment at the end of the line.
    Behind,
}

struct Writer<'a> {
    post: &'a Post,
    lines: Lines<'a>,
    /// Quoted text of the front matter, in order of position.
    quoted: Vec<Span>,
    reason: &'a str,
}

impl Writer<'_> {
    /// Where a directive about the line of a place can stand.
    fn beside(&self, place: Span) -> Option<(usize, Form)> {
        let (text, at) = (&*self.post.source.text, place.range().start);
        let line = self.lines.span(self.lines.of(at), self.lines.of(at)).range();
        let front = &self.post.front;
        if front.content.range().contains(&at) {
            let is_text = self.quoted.get(self.quoted.partition_point(|span| span.range().end <= line.start));
            let is_text = is_text.is_some_and(|span| span.range().start < line.start);
            let takes = matches!(front.format, Some(Format::Yaml | Format::Toml)) && front.parsed && !is_text;
            return takes.then_some((line.start, Form::FrontMatterLine));
        }
        let block = self.block(at)?;
        let is_first = block.span.range().start >= line.start;
        let above = text[..line.start].strip_suffix('\n').map(|above| above.lines().next_back().unwrap_or_default());
        let stands_free =
            line.start <= self.post.body.range().start || above.is_some_and(|line| line.trim().is_empty());
        let is_top = !block.in_list && !block.in_quote && !text[line.start..].starts_with([' ', '\t']);
        if is_first && stands_free && is_top {
            // A byte order mark stays in front.
            return Some((line.start.max(self.post.body.range().start), Form::Above));
        }
        let end = line.end.min(text.len());
        let kept = text[line.start..end].trim_end_matches(['\n', '\r', ' ', '\t', '\\']).len();
        (block.kind == BlockKind::Paragraph && line.start >= self.post.body.range().start)
            .then_some((line.start + kept, Form::Behind))
    }

    /// The block of running text that holds the byte `at`; in a table there is no room for a comment.
    fn block(&self, at: usize) -> Option<&Block> {
        let blocks = &self.post.prose.blocks;
        let block = blocks.get(blocks.partition_point(|block| block.span.range().end <= at))?;
        let holds = block.span.range().start <= at && !block.in_table && block.kind != BlockKind::Code;
        holds.then_some(block)
    }

    fn atop_body(&self) -> (usize, Form) {
        (self.post.body.range().start, Form::BodyFile)
    }

    fn atop_front_matter(&self) -> Option<(usize, Form)> {
        let front = &self.post.front;
        let content = front.content.range();
        let before = &self.post.source.text[..content.start];
        let takes = matches!(front.format, Some(Format::Yaml | Format::Toml));
        (takes && (before.is_empty() || before.ends_with('\n'))).then_some((content.start, Form::FrontMatterFile))
    }

    fn insertion(&self, at: usize, form: Form, lints: &BTreeSet<&str>) -> Insertion {
        let text = &*self.post.source.text;
        let lints = lints.iter().copied().collect::<Vec<_>>().join(", ");
        let verb = match form {
            Form::FrontMatterLine | Form::Above => Verb::NextLine,
            Form::FrontMatterFile | Form::BodyFile => Verb::File,
            Form::Behind => Verb::Line,
        };
        let said = format!("{PREFIX}{} {lints}: {}", verb.word(), self.reason.trim());
        let is_mdx = self.post.source.path.ends_with(".mdx");
        let (open, close) = if is_mdx { ("{/* ", " */}") } else { ("<!-- ", " -->") };
        let newline = if text.find('\n').is_some_and(|at| text[..at].ends_with('\r')) { "\r\n" } else { "\n" };
        let text = match form {
            Form::FrontMatterLine | Form::FrontMatterFile => {
                let indent = text[at..].len() - text[at..].trim_start_matches([' ', '\t']).len();
                let indent = if form == Form::FrontMatterLine { &text[at..at + indent] } else { "" };
                format!("{indent}# {said}{newline}")
            }
            Form::Above => format!("{open}{said}{close}{newline}{newline}"),
            Form::BodyFile => {
                let before = text[..at].trim_start_matches('\u{feff}');
                let lead = if before.is_empty() || before.ends_with('\n') { "" } else { newline };
                let is_free = text[at..].is_empty() || text[at..].starts_with(['\n', '\r']);
                let gap = if is_free { "" } else { newline };
                format!("{lead}{open}{said}{close}{newline}{gap}")
            }
            Form::Behind => format!(" {open}{said}{close}"),
        };
        Insertion { at, text }
    }
}

/// Whether a post reads as another does, comments aside: the same front matter, text, links, code and HTML.
pub fn reads_the_same(before: &Post, after: &Post) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let blocks = |post: &Post| -> Vec<_> {
        let code = |block: &Block| (block.kind == BlockKind::Code).then(|| post.source.slice(block.span).to_owned());
        let flags = |block: &Block| (block.kind, block.in_list, block.in_table, block.in_quote, block.hidden);
        let one = |block: &Block| (flags(block), words(post.prose.str(block)), code(block));
        post.prose.blocks.iter().map(one).collect()
    };
    let links =
        |post: &Post| -> Vec<_> { post.every_link().map(|link| (link.kind, link.image, link.url.clone())).collect() };
    let elements = |post: &Post| -> Vec<_> {
        post.markup
            .elements()
            .map(|one| (one.name().to_owned(), one.attributes().len(), one.end_tag().is_some()))
            .collect()
    };
    let defects = |post: &Post| -> Vec<_> { post.defects.iter().map(|defect| defect.kind).collect() };
    let front = |post: &Post| (post.front.format, post.front.parsed);
    front(before) == front(after)
        && same(&before.front.root, &after.front.root)
        && before.headings.len() == after.headings.len()
        && blocks(before) == blocks(after)
        && links(before) == links(after)
        && elements(before) == elements(after)
        && defects(before) == defects(after)
}

/// Whether two trees hold the same, wherever it stands. As deep as `spanned::MAX_DEPTH` allows.
fn same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Sequence(a), Value::Sequence(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Mapping(a), Value::Mapping(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(&a.0, &b.0) && same(&a.1, &b.1))
        }
        (a, b) => a == b,
    }
}
