//! What MDX adds to Markdown: lines of JavaScript and expressions in braces. Neither is prose.

use crate::source::Span;

/// How deeply braces may nest, and how long an expression may be, in bytes. What goes beyond is left as text.
const DEEPEST: u32 = 64;
const LONGEST: usize = 16 * 1024;

/// The spans of JavaScript in `body`, in order of position.
pub(super) fn find(text: &str, body: Span) -> Vec<Span> {
    let mut finder = Finder { text, spans: Vec::new(), fence: None };
    let mut at = body.range().start;
    let mut starts_paragraph = true;
    while at < body.range().end {
        let rest = &text[at..body.range().end];
        let line = rest.split_inclusive('\n').next().unwrap_or(rest);
        let end = at + line.len();
        let is_module = starts_paragraph && finder.fence.is_none() && is_module(line);
        at = if is_module { finder.module(at, body.range().end) } else { finder.line(at, end, body.range().end) };
        starts_paragraph = is_module || line.trim_ascii().is_empty();
    }
    finder.spans
}

/// Whether a paragraph that begins with `line` is JavaScript.
fn is_module(line: &str) -> bool {
    let follows = |rest: &str| {
        rest.starts_with(['{', '*', '"', '\'', '_']) || rest.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    let import = line
        .strip_prefix("import ")
        .filter(|rest| follows(rest) && (rest.contains(" from ") || rest.contains(['"', '\'', '{'])));
    let export = line.strip_prefix("export ");
    let words = ["const ", "let ", "var ", "default ", "function ", "async ", "class ", "{", "*"];
    import.is_some() || export.is_some_and(|rest| words.iter().any(|word| rest.starts_with(word)))
}

struct Finder<'a> {
    text: &'a str,
    spans: Vec<Span>,
    /// The fence of the code block at hand.
    fence: Option<&'a str>,
}

impl<'a> Finder<'a> {
    /// Takes the paragraph at `at` for JavaScript; where the next begins.
    fn module(&mut self, at: usize, end: usize) -> usize {
        let mut past = at;
        for line in self.text[at..end].split_inclusive('\n') {
            if line.trim_ascii().is_empty() {
                break;
            }
            past += line.len();
        }
        self.spans.push(Span::new(at, past));
        past
    }

    /// Finds the expressions that begin in the line `at..end`; where to go on.
    fn line(&mut self, at: usize, end: usize, limit: usize) -> usize {
        let line = &self.text[at..end];
        let trimmed = line.trim_start_matches([' ', '\t', '>']);
        let mark = trimmed.bytes().next().filter(|mark| matches!(mark, b'`' | b'~'));
        let length = trimmed.bytes().take_while(|byte| Some(*byte) == mark).count();
        match self.fence {
            Some(fence) if trimmed.starts_with(fence) && trimmed.trim_ascii_end().len() == length => self.fence = None,
            Some(_) => {}
            None if length >= 3 => self.fence = Some(&trimmed[..length]),
            None => return self.expressions(at, end, limit),
        }
        end
    }

    fn expressions(&mut self, from: usize, end: usize, limit: usize) -> usize {
        let bytes = &self.text.as_bytes()[..limit];
        let mut at = from;
        while let Some(found) = memchr::memchr2(b'{', b'`', &bytes[at..end]) {
            at += found;
            if bytes[at] == b'`' {
                at = past_code(bytes, at, end);
                continue;
            }
            let Some(close) = closing(&bytes[at..limit.min(at + LONGEST)]) else { return end };
            self.spans.push(Span::new(at, at + close));
            at += close;
            if at > end {
                return at;
            }
        }
        end
    }
}

/// Where the inline code ends that begins at `at`, or the backticks that begin none.
fn past_code(bytes: &[u8], at: usize, end: usize) -> usize {
    let end = end.min(at + LONGEST);
    let ticks = bytes[at..end].iter().take_while(|byte| **byte == b'`').count();
    let inside = at + ticks;
    let close = memchr::memmem::find(&bytes[inside..end], &bytes[at..inside]);
    close.map_or(inside, |close| inside + close + ticks).min(end)
}

/// The length of the braces that `bytes` begins with and all in them; they close in their own paragraph.
fn closing(bytes: &[u8]) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' if depth == DEEPEST => return None,
            b'{' => depth += 1,
            b'}' if depth == 1 => return Some(at + 1),
            b'}' => depth -= 1,
            b'\n' if bytes.get(at + 1) == Some(&b'\n') => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found = find(text, Span::new(0, text.len()));
        assert_eq!(found.iter().map(|span| &text[span.range()]).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn finds_modules_and_expressions() {
        check(
            "import A from 'a';\nimport {\n  B } from 'b';\n\nText {x.y} and {{a: 1}}.\n",
            &["import A from 'a';\nimport {\n  B } from 'b';\n", "{x.y}", "{{a: 1}}"],
        );
        check("export const meta = {\n  a: 1\n};\n\n# T\n", &["export const meta = {\n  a: 1\n};\n"]);
        check("<A b={\n  c\n} />\n", &["{\n  c\n}"]);
    }

    #[test]
    fn leaves_prose_and_code() {
        check("import duties rose.\n\nSee `{a}` and {open\n\nb}\n", &[]);
        check("```js\nimport a from 'a';\nconst a = {};\n```\n\n{x}\n", &["{x}"]);
    }
}
