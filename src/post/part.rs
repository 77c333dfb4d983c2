//! Where a part of a text stands in it, when only the part is at hand: parsers hand out slices without places.

use std::ops::Range;

/// The range of `part` in `whole`; `None` when it was not cut out of it.
pub(super) fn place(whole: &str, part: &str) -> Option<Range<usize>> {
    // Both lie in memory, the part inside the whole: the distance there is the distance in the text. The comparison that
    // follows makes an accident harmless.
    let start = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    let end = start.checked_add(part.len())?;
    (whole.get(start..end)? == part).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_parts_from_copies() {
        let text = "海 a b a".to_owned();
        assert_eq!(place(&text, &text[8..]), Some(8..9));
        assert_eq!(place(&text, &text[..3]), Some(0..3));
        assert_eq!(place(&text[4..], &text[..3]), None);
        assert_eq!(place(&text, "b"), None);
    }
}
