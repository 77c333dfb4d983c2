//! The HTML skeleton of a post: a text of the same length in which HTML stands as it is, and everything else is blank but for
//! a mark where something is visible. So a `<div>` joins up with its `</div>` three paragraphs on. (The words of Markdown are
//! left out: `Prose` has them, and the tokenizer is fast over blanks only.)

use super::{Piece, PieceKind};

/// Stands for what is visible, so that an element around it does not look empty.
const VISIBLE: u8 = b'x';

/// The skeleton from the first piece of HTML to the end of `text`, and the byte at which it begins. `None` without HTML.
pub(in crate::post) fn skeleton(text: &str, pieces: &[Piece]) -> Option<(String, usize)> {
    let is_html = |piece: &&Piece| matches!(piece.kind, PieceKind::Html | PieceKind::InlineHtml);
    let base = pieces.iter().find(is_html)?.span.range().start;
    let source = text.as_bytes();
    let mut bytes = vec![b' '; text.len() - base];
    for piece in pieces.iter().filter(|piece| piece.span.range().start >= base) {
        let range = piece.span.range();
        let target = &mut bytes[range.start - base..range.end - base];
        match &piece.kind {
            PieceKind::Html | PieceKind::InlineHtml => target.copy_from_slice(&source[range]),
            PieceKind::Decoded(words) if words.trim().is_empty() => {}
            PieceKind::Text if source[range.clone()].trim_ascii().is_empty() => {}
            PieceKind::Text | PieceKind::Decoded(_) | PieceKind::Object | PieceKind::Code => {
                // The whole of the first character: no span may begin or end inside it.
                let first = text[range].chars().next().map_or(0, char::len_utf8);
                target.iter_mut().take(first).for_each(|byte| *byte = VISIBLE);
            }
            _ => {}
        }
    }
    Some((String::from_utf8(bytes).expect("pieces begin and end on character boundaries"), base))
}
