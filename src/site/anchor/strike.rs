//! Tildes that strike out. marked and goldmark read single ones inside of words too, where our own parser does not:
//! `3~5天，2~4天` loses both.

use super::character::is_javascript_blank;

/// Adds words to a text without the tildes that strike something out.
pub(super) fn push_without_tildes(words: &str, text: &mut String) {
    let mut rest = words;
    while let Some(open) = rest.find('~') {
        text.push_str(&rest[..open]);
        let behind = &rest[open + 1..];
        let is_open = behind.starts_with(|c| c != '~' && !is_javascript_blank(c));
        let Some(close) = behind.find('~').filter(|_| is_open) else {
            let tildes = rest.len() - open - behind.trim_start_matches('~').len();
            text.push_str(&rest[open..open + tildes]);
            rest = &rest[open + tildes..];
            continue;
        };
        let is_closed = !behind[..close].ends_with(is_javascript_blank) && !behind[close + 1..].starts_with('~');
        if is_closed {
            text.push_str(&behind[..close]);
            rest = &behind[close + 1..];
        } else {
            text.push('~');
            rest = behind;
        }
    }
    text.push_str(rest);
}
