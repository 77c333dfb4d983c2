//! The matcher `character`: characters that should not stand in a text, alone or beside their neighbours. The spec stands
//! here; each kind of search has its file. Knows scripts and encodings, and no language.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Context, PostMatcher, SpecError, Vars};
use crate::source::Span;

mod class;
mod decoding;
mod misread;
mod one_of;
mod pair;
mod spacing;

pub use class::Class;
pub use misread::Misread;
pub use one_of::{OneOf, Place, Range};
pub use pair::EmptyPair;
pub use spacing::{HalfWidth, InnerSpace};

/// What to look for: one of these.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Spec {
    /// Characters of a class, wherever they mean nothing.
    OneOf(OneOf),
    /// Text that was decoded in an encoding that it was not written in.
    Misread(Misread),
    /// Blanks inside Chinese words.
    InnerSpace(InnerSpace),
    /// Half-width punctuation between Chinese characters.
    HalfWidth(HalfWidth),
    /// Quotation marks or brackets with nothing inside, amid Chinese text.
    EmptyPair(EmptyPair),
}

impl Spec {
    /// The placeholders that hits of this spec fill.
    pub fn vars(&self) -> &'static [&'static str] {
        match self {
            Spec::OneOf(_) => &["code", "name", "excerpt"],
            Spec::Misread(_) => &["encoding", "repair", "excerpt"],
            Spec::InnerSpace(_) | Spec::HalfWidth(_) => &["percent", "excerpt"],
            Spec::EmptyPair(_) => &["excerpt"],
        }
    }

    /// Builds the matcher.
    ///
    /// # Errors
    /// When a class has no character, a range is upside down, or a pair is not made of two characters.
    pub fn build(&self, _context: &Context) -> Result<Box<dyn PostMatcher>, SpecError> {
        Ok(match self {
            Spec::OneOf(spec) => Box::new(spec.build()?),
            Spec::Misread(_) => Box::new(misread::Matcher::new()),
            Spec::InnerSpace(spec) => Box::new(spec.clone()),
            Spec::HalfWidth(spec) => Box::new(spec.clone()),
            Spec::EmptyPair(spec) => Box::new(spec.build()?),
        })
    }
}

/// The most hits of one matcher in one post. A file with more is no text, and each hit more would only cost memory.
const MOST_HITS: usize = 1000;

/// How many characters an excerpt shows on each side.
const EXCERPT: usize = 10;

/// Whether `c` is a Chinese character.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// The line around a range of a text, a few characters each way, with `shown` in place of the range.
fn excerpt(text: &str, (start, end): (usize, usize), shown: &str) -> String {
    let before = text[..start].char_indices().rev().take_while(|(_, c)| *c != '\n').take(EXCERPT).last();
    let from = before.map_or(start, |(at, _)| at);
    let behind = text[end..].chars().take_while(|c| *c != '\n').take(EXCERPT);
    let to = end + behind.map(char::len_utf8).sum::<usize>();
    [text[from..start].trim_start(), shown, text[end..to].trim_end()].concat()
}

/// Values of placeholders, each with its name.
fn vars<const N: usize>(values: [(&'static str, String); N]) -> Vars {
    values.into_iter().map(|(name, value)| (name.into(), value)).collect()
}

/// A mistake in the spec as a whole or at a place in the record.
fn mistake(message: String, at: Option<(Span, u8)>) -> SpecError {
    SpecError { message, help: None, at }
}

#[cfg(test)]
mod tests;
