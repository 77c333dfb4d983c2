//! Where things stand in YAML text, exactly: the parser's own places include comments after quoted text, leave out the header
//! of block text, and point behind the mistake more often than at it.

use crate::source::Span;

/// Where a scalar begins after its anchor and tag.
pub(super) fn properties(text: &str, start: usize, end: usize) -> usize {
    let mut rest = &text[start..end];
    while rest.starts_with(['&', '!']) {
        let word = rest.find([' ', '\t', '\n', '\r']).unwrap_or(rest.len());
        rest = rest[word..].trim_start();
    }
    end - rest.len()
}

/// Quoted text with its quotes, without the blanks and the comment behind it.
pub(super) fn quoted(text: &str, start: usize, end: usize) -> Span {
    let bytes = &text.as_bytes()[start..end];
    let quote = bytes.first().copied().unwrap_or_default();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 1,
            byte if byte == quote => return Span::new(start, start + at + 1),
            _ => {}
        }
        at += 1;
    }
    Span::new(start, start + text[start..end].trim_end().len())
}

/// Block text from its `|` or `>` to its last line that is not blank. Its header stands between `from` and its text.
pub(super) fn block(text: &str, from: usize, start: usize, end: usize) -> Span {
    let mut header = start;
    for line in text[from..start].split_inclusive('\n').rev() {
        header -= line.len();
        let code = line.find(" #").map_or(line, |comment| &line[..comment]);
        if let Some(at) = code.find(['|', '>']) {
            let content = text[start..end].trim_end();
            let last = if content.is_empty() { header + code.trim_end().len() } else { start + content.len() };
            return Span::new(header + at, last);
        }
    }
    Span::new(start, start + text[start..end].trim_end().len())
}

/// The text that has to be changed, given where the parser stopped and what was open there.
pub(super) fn fault(text: &str, info: &str, at: usize, open: Option<usize>) -> Span {
    let at = at.min(text.len());
    let flow = info.contains("flow") || info.starts_with("illegal placement of ':'");
    if let Some(open) = open.filter(|_| flow) {
        return Span::new(open, line_end(text, open));
    }
    if info.starts_with("simple key") {
        return previous_line(text, at);
    }
    if info.starts_with("invalid indentation in quoted") || info.starts_with("while scanning a quoted") {
        return Span::new(at, line_end(text, at));
    }
    if info.starts_with("mapping values are not allowed") && first_colon(text, at) {
        let above = previous_line(text, line_start(text, at));
        let same_depth = indent(text, above.start as usize) == indent(text, at);
        if !above.is_empty() && same_depth && !text[above.range()].contains(": ") {
            return above;
        }
    }
    if info.contains("scanning a block scalar") || info.contains("unknown anchor") {
        return Span::new(at, line_end(text, at));
    }
    if info.starts_with("tab") || info.ends_with(" a tab") {
        return tabs(text, at);
    }
    character(text, at)
}

/// The character at `at`; at the end of a line, the last one before.
fn character(text: &str, at: usize) -> Span {
    match text[at..].chars().next() {
        Some(found) if found != '\n' && found != '\r' => Span::new(at, at + found.len_utf8()),
        _ => {
            let before = text[..at].trim_end();
            let last = before.chars().next_back().map_or(0, char::len_utf8);
            Span::new(before.len() - last, before.len())
        }
    }
}

/// The indentation with a tab in it: on the line of `at`, or on one below, for text that a tab continues.
fn tabs(text: &str, at: usize) -> Span {
    let mut start = line_start(text, at);
    for line in text[start..].split_inclusive('\n') {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..blank].find('\t') {
            return Span::new(start + tab, start + blank);
        }
        start += line.len();
    }
    character(text, at)
}

/// The last line above `at` that is not blank, without its indentation.
fn previous_line(text: &str, at: usize) -> Span {
    let above = text[..at].trim_end();
    let start = line_start(text, above.len());
    Span::new(start + indent(text, start), above.len())
}

/// Whether no other `:` stands before `at` in its line.
fn first_colon(text: &str, at: usize) -> bool {
    !text[line_start(text, at)..at].contains(':')
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |found| found + 1)
}

/// The end of the line of `at` without blanks.
fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |found| at + found);
    at + text[at..end].trim_end().len()
}

/// How many blanks begin the line of `at`.
fn indent(text: &str, at: usize) -> usize {
    let line = &text[line_start(text, at)..];
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
