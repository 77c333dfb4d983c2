//! Code fences that are never closed. CommonMark closes them silently where their container or the post ends.

use crate::post::{Defect, DefectKind};
use crate::source::Span;

/// The defect of a fenced block without a closing fence. `block` is the block's text, `span` where it stands.
pub(super) fn defect(block: &str, span: Span) -> Option<Defect> {
    let first = block.lines().next().unwrap_or_default();
    let mark = first.bytes().next().filter(|mark| matches!(mark, b'`' | b'~'))?;
    let length = first.bytes().take_while(|byte| *byte == mark).count();
    let body = block.trim_ascii_end();
    if let Some(newline) = body.rfind('\n') {
        // Before a closing fence stand at most blanks and the marks of quotations.
        let last = body[newline + 1..].trim_start_matches([' ', '\t', '>']);
        if last.len() >= length && last.bytes().all(|byte| byte == mark) {
            return None;
        }
    }
    let start = span.range().start;
    let fence = first[..length].to_owned();
    Some(Defect::new(DefectKind::FenceUnclosed, Span::new(start, start + length), vec![("fence", fence)]))
}
