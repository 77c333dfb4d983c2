//! Lines of YAML that does not parse: which key and which value the mistake belongs to.

use std::ops::Range;

use super::shape;

/// How many lines above a mistake its key is looked for.
const MAX_LINES: usize = 100;

/// A key or a list item, and its value as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The key; for a list item, that of its list.
    pub(super) key: String,
    /// The value on the line of the key, without a comment behind it.
    pub(super) value: Range<usize>,
    /// The value with the lines that continue it.
    pub(super) whole: Range<usize>,
}

/// The entry that the byte `at` belongs to.
pub(super) fn entry(text: &str, at: usize) -> Option<Entry> {
    let mut start = line_start(text, at);
    for _ in 0..MAX_LINES {
        if let Some(found) = at_line(text, start) {
            return Some(found);
        }
        let line = &text[start..line_end(text, start)];
        if start == 0 || !(line.trim().is_empty() || line.starts_with([' ', '\t'])) {
            return None;
        }
        start = line_start(text, start - 1);
    }
    None
}

/// The line of `at`, without its end.
pub(super) fn line(text: &str, at: usize) -> Range<usize> {
    let start = line_start(text, at);
    start..start + text[start..line_end(text, at)].trim_end_matches('\r').len()
}

/// The last line above that of `at` that is not blank.
pub(super) fn line_above(text: &str, at: usize) -> Option<Range<usize>> {
    let above = text[..line_start(text, at)].trim_end();
    (!above.is_empty()).then(|| line_start(text, above.len())..above.len())
}

fn at_line(text: &str, start: usize) -> Option<Entry> {
    let end = line_end(text, start);
    let line = text[start..end].trim_end();
    let mut inner = line.trim_start_matches([' ', '\t']);
    let outer = line.len() - inner.len();
    let mut item = false;
    while let Some(rest) = inner.strip_prefix("- ") {
        inner = rest.trim_start();
        item = true;
    }
    let column = line.len() - inner.len();
    let (key, value) = match shape::key(inner) {
        Some((key, colon)) => (key.to_owned(), start + column + colon + 1),
        None if item => (list_key(text, start, outer)?, start + column),
        None => return None,
    };
    let value = (value + blanks(&text[value..end])).min(start + line.len());
    let written = &text[value..start + line.len()];
    let comment = if written.starts_with(['"', '\'']) { None } else { written.find(" #") };
    let short = written[..comment.unwrap_or(written.len())].trim_end().len();
    let depth = if shape::key(inner).is_some() { column } else { outer };
    let whole = continued(text, end, depth).unwrap_or(value + short);
    Some(Entry { key, value: value..value + short, whole: value..whole })
}

/// The end of the lines that continue a value: those below that are indented deeper than its key.
fn continued(text: &str, end: usize, depth: usize) -> Option<usize> {
    let mut last = None;
    let mut at = end;
    while at + 1 < text.len() {
        let start = at + 1;
        at = line_end(text, start);
        let line = &text[start..at];
        match blanks(line) {
            deep if deep == line.len() => {}
            deep if deep > depth => last = Some(start + line.trim_end().len()),
            _ => break,
        }
    }
    last
}

/// The key of the list whose item begins the line at `start`.
fn list_key(text: &str, start: usize, depth: usize) -> Option<String> {
    let mut at = start;
    for _ in 0..MAX_LINES {
        let above = line_above(text, at)?;
        let line = &text[above.clone()];
        if let Some((key, _)) = shape::key(line.trim_start()).filter(|_| blanks(line) <= depth) {
            return Some(key.to_owned());
        }
        at = above.start;
    }
    None
}

fn blanks(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t', '\r']).len()
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |found| found + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |found| at + found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, at: &str) -> Option<(String, String, String)> {
        let entry = entry(text, text.find(at).expect("there"))?;
        Some((entry.key, text[entry.value].to_owned(), text[entry.whole].to_owned()))
    }

    #[test]
    fn finds_the_value_at_fault() {
        let text = "title: a: b # c\r\nlong: x\n  y: z\n\n  last\ntags:\n  - k: v: w\n  - @p\n\"q r\": s\nplain\n";
        let three = |a: &str, b: &str, c: &str| Some((a.to_owned(), b.to_owned(), c.to_owned()));
        assert_eq!(parts(text, "b #"), three("title", "a: b", "a: b"));
        assert_eq!(parts(text, "x"), three("long", "x", "x\n  y: z\n\n  last"));
        assert_eq!(parts(text, "last"), three("y", "z", "z"));
        assert_eq!(parts(text, "w"), three("k", "v: w", "v: w"));
        assert_eq!(parts(text, "@p"), three("tags", "@p", "@p"));
        assert_eq!(parts(text, "s\nplain"), three("q r", "s", "s"));
        assert_eq!(parts(text, "plain"), None);
    }
}
