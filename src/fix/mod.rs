//! Changes to the files of a site, and the only place that makes any: edits of texts, edits of front matter, writing and
//! moving. Knows how to change a thing without harm to the rest, and nothing of why.

use std::fmt;

pub use crate::diagnostic::Edit;

pub mod front_matter;
pub mod hit;
pub mod write;

/// Why a file is not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The reason, in plain words.
    pub message: String,
    /// What to do about it; may be empty.
    pub help: String,
}

impl Refused {
    /// A refusal that explains itself.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: String::new() }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: help.into(), ..self }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// The text with the edits made, in whatever order they are given.
///
/// # Errors
/// When two of them overlap, or one is not on character boundaries of the text.
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, Refused> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut at = 0;
    for edit in sorted {
        let range = edit.span.range();
        let kept = text.get(at..range.start).filter(|_| text.get(range.clone()).is_some());
        out.push_str(kept.ok_or_else(|| Refused::new("two edits overlap"))?);
        out.push_str(&edit.text);
        at = range.end;
    }
    out.push_str(&text[at..]);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn edits_are_made_from_front_to_back_and_never_overlap() {
        let edit = |start, end, text: &str| Edit { span: Span::new(start, end), text: text.to_owned() };
        assert_eq!(apply("abcdef", &[edit(4, 5, "E"), edit(0, 1, ""), edit(2, 2, "-")]).as_deref(), Ok("b-cdEf"));
        assert_eq!(apply("abc", &[]).as_deref(), Ok("abc"));
        assert!(apply("abc", &[edit(0, 2, "x"), edit(1, 3, "y")]).is_err());
        assert!(apply("银行", &[edit(1, 3, "x")]).is_err());
        assert!(apply("abc", &[edit(3, 4, "x")]).is_err());
    }
}
