//! Where two texts part ways: shown with near-duplicates, so that a person sees at once what was changed.

use super::boilerplate::Kept;
use super::text::Text;
use crate::source::Span;

/// Most tokens of a difference that are marked.
const LONGEST: usize = 12;

/// A text and what of it is compared.
pub(super) type Side<'a> = (&'a Text, &'a Kept);

/// The words from the first difference on, in either text, as far as they go in one block.
pub(super) fn first_difference(a: Side<'_>, b: Side<'_>) -> Option<(Span, Span)> {
    let (one, other) = (tokens(a), tokens(b));
    let (at, to) = (|token: usize| a.0.words.str(token..token + 1), |token: usize| b.0.words.str(token..token + 1));
    let same = one.iter().zip(&other).take_while(|(i, j)| at(**i) == to(**j)).count();
    if same == one.len() && same == other.len() {
        return None;
    }
    Some((place(a.0, &one, same), place(b.0, &other, same)))
}

/// The tokens that are compared.
fn tokens((text, kept): Side<'_>) -> Vec<usize> {
    let blocks = text.words.blocks.iter().enumerate().filter(|(index, _)| kept.keeps(*index));
    blocks.flat_map(|(_, block)| block.range()).collect()
}

/// The words from `tokens[at]` on, at most to the end of their block; an empty span where the text ends.
fn place(text: &Text, tokens: &[usize], at: usize) -> Span {
    let Some(start) = tokens.get(at).copied() else {
        let end = tokens.last().map_or(Span::at(0), |last| text.span(*last..last + 1)).end;
        return Span { start: end, end };
    };
    let block = text.words.blocks.iter().find(|block| block.range().contains(&start));
    let end = block.map_or(start + 1, |block| block.range().end).min(start + LONGEST);
    text.span(start..end)
}
