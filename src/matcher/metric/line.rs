//! Quantities of single lines of the source.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Limit, SpecError};
use crate::matcher::{Hit, PostMatcher};
use crate::post::Post;
use crate::source::Span;

/// What to measure of a line behind the front matter.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Line {
    /// Characters.
    pub characters: Limit,
    /// HTML tags.
    #[serde(default)]
    pub tags: Option<Limit>,
    /// Blocks of visible text that begin in the line, tables left out.
    #[serde(default)]
    pub blocks: Option<Limit>,
}

impl Line {
    pub(super) fn build(&self) -> Result<Lines, SpecError> {
        super::limits(&[Some(self.characters), self.tags, self.blocks])?;
        Ok(Lines { spec: self.clone() })
    }
}

pub(super) struct Lines {
    spec: Line,
}

impl PostMatcher for Lines {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        let (text, mut at) = (&*post.source.text, post.body.range().start);
        let mut tags = None;
        for line in text[at..].split_inclusive('\n') {
            let span = Span::new(at, at + line.trim_end().len());
            at += line.len();
            if span.len() < self.spec.characters.at_least {
                continue;
            }
            let characters = text[span.range()].chars().count();
            if !self.spec.characters.holds(characters) {
                continue;
            }
            let tags = tags.get_or_insert_with(|| Tags::of(post));
            let blocks = || {
                let first = post.prose.blocks.partition_point(|block| block.span.start < span.start);
                let inside = post.prose.blocks[first..].iter().take_while(|block| block.span.start < span.end);
                inside.filter(|block| block.is_visible_text() && !block.in_table).count()
            };
            let holds = self.spec.tags.is_none_or(|limit| limit.holds(tags.count(span)))
                && self.spec.blocks.is_none_or(|limit| limit.holds(blocks()));
            if holds {
                let vars = vec![(Cow::Borrowed("characters"), characters.to_string())];
                out.push(Hit { span: tags.first(span).unwrap_or(span), vars, ..Hit::default() });
            }
        }
    }
}

/// All tags of the embedded HTML, in order of position.
struct Tags {
    starts: Vec<Span>,
    ends: Vec<u32>,
}

impl Tags {
    fn of(post: &Post) -> Self {
        let starts = post.markup.elements().map(|element| element.start_tag()).collect();
        let mut ends: Vec<u32> =
            post.markup.elements().filter_map(|element| element.end_tag()).map(|tag| tag.start).collect();
        ends.sort_unstable();
        Self { starts, ends }
    }

    fn count(&self, line: Span) -> usize {
        let below = |at: u32| {
            self.starts.partition_point(|tag| tag.start < at) + self.ends.partition_point(|start| *start < at)
        };
        below(line.end) - below(line.start)
    }

    /// The first start tag of a line: a mark that does not run off the screen as the line itself does.
    fn first(&self, line: Span) -> Option<Span> {
        let first = self.starts.partition_point(|tag| tag.start < line.start);
        self.starts.get(first).copied().filter(|tag| tag.start < line.end)
    }
}
