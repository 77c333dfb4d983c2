//! When two texts are the same: letters and digits count, case, punctuation and blanks do not. What is shown but is no text
//! (inline code, an image) counts as it is written.

use crate::post::{Block, OBJECT, Post};

/// The characters of a block that count.
pub(super) fn characters<'a>(post: &'a Post, block: &Block) -> impl Iterator<Item = char> + 'a {
    let base = block.range().start;
    post.prose.text[block.range()].char_indices().flat_map(move |(at, c)| {
        let object = (c == OBJECT).then(|| {
            let span = post.prose.source_span(base + at..base + at + c.len_utf8());
            post.source.slice(span).chars()
        });
        let folded = (c != OBJECT && c.is_alphanumeric()).then(|| c.to_lowercase());
        object.into_iter().flatten().chain(folded.into_iter().flatten())
    })
}

/// How much of a block counts, with Chinese characters weighed double: 160 Latin letters say as much as 80 of them.
pub(super) fn weight(post: &Post, block: &Block) -> usize {
    post.prose.str(block).chars().map(weight_of).sum()
}

fn weight_of(c: char) -> usize {
    let is_cjk = matches!(c, '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}');
    if is_cjk { 2 } else { usize::from(c.is_alphanumeric()) }
}
