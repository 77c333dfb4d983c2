//! Template tags: found by the generator's delimiters and masked with same-length placeholders, so that Markdown and HTML
//! are read as if the tags were plain words. CommonMark otherwise loses every link whose address holds a tag.
//! Knows the delimiters and a few words of Liquid, Nunjucks and Hugo; knows no Markdown but a thematic break.

use std::borrow::Cow;

use memchr::memmem;

use super::entity;
use crate::site::Delimiters;
use crate::source::Span;

/// Fills a tag inside a line: a letter takes part in no Markdown or HTML syntax.
const WORD: u8 = b'x';

/// Fills tags that have their lines for themselves: such a line is a thematic break, which shows no text and parts blocks.
const LINE: u8 = b'_';

/// Tags whose inside, up to `end…` or `/…`, is code or commentary and not the post's Markdown. (`raw` is absent on purpose:
/// whole articles stand in it, and what it protects looks like tags and is masked as such.)
const OPAQUE: &[(&str, TagKind)] = &[
    ("highlight", TagKind::Code),
    ("codeblock", TagKind::Code),
    ("code", TagKind::Code),
    ("comment", TagKind::Silent),
];

/// Statements that show nothing by themselves.
const SILENT: &[&str] = &[
    "if",
    "elsif",
    "elif",
    "else",
    "endif",
    "unless",
    "endunless",
    "for",
    "endfor",
    "case",
    "when",
    "endcase",
    "assign",
    "set",
    "capture",
    "endcapture",
    "raw",
    "endraw",
    "break",
    "continue",
    "increment",
    "decrement",
    "comment",
    "endcomment",
];

/// A template tag that the generator renders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The whole tag with its delimiters; for code and comments up to the end of the closing tag.
    pub span: Span,
    /// What it shows.
    pub kind: TagKind,
    /// Whether it and other such tags have their lines for themselves.
    pub alone: bool,
}

/// What a template tag shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagKind {
    /// Something that only the generator knows.
    Output,
    /// Nothing: a condition, an assignment, a comment, an attribute list.
    Silent,
    /// A block of code.
    Code,
}

/// A text whose tags are masked.
pub(super) struct Masked<'a> {
    /// As long as the original, line breaks in the same places. Borrowed when there was nothing to mask.
    pub(super) text: Cow<'a, str>,
    /// The tags in order of position; they do not overlap.
    pub(super) tags: Vec<Tag>,
}

/// Masks the tags in `body`, and the spans of `extra`, which are sorted (what another syntax found: MDX).
pub(super) fn mask<'a>(text: &'a str, body: Span, delimiters: &[Delimiters], extra: Vec<Span>) -> Masked<'a> {
    let mut tags = Finder::new(text, body, delimiters).tags();
    if !extra.is_empty() {
        tags.extend(extra.into_iter().map(|span| Tag { span, kind: TagKind::Silent, alone: false }));
        tags.sort_by_key(|tag| (tag.span.start, std::cmp::Reverse(tag.span.end)));
        let mut end = 0;
        tags.retain(|tag| {
            tag.span.start >= end && {
                end = tag.span.end;
                true
            }
        });
    }
    if tags.is_empty() {
        return Masked { text: Cow::Borrowed(text), tags };
    }
    mark_alone(text, body, &mut tags);
    let mut bytes = text.as_bytes().to_vec();
    for tag in &tags {
        let fill = if tag.alone { LINE } else { WORD };
        for byte in &mut bytes[tag.span.range()] {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = fill;
            }
        }
    }
    let text = String::from_utf8(bytes).expect("tags begin and end with ASCII delimiters or at line ends");
    Masked { text: Cow::Owned(text), tags }
}

/// The address at `span` with the tags in it as they are written; `None` when it holds none.
pub(super) fn unmasked(text: &str, tags: &[Tag], span: Span) -> Option<String> {
    let first = tags.partition_point(|tag| tag.span.end <= span.start);
    let mut url = String::new();
    let mut at = span.start;
    for tag in tags[first..].iter().take_while(|tag| tag.span.start < span.end) {
        let start = tag.span.start.max(at);
        url.push_str(&entity::decode(&text[Span { start: at, end: start }.range()]));
        let end = tag.span.end.min(span.end).max(start);
        url.push_str(&text[Span { start, end }.range()]);
        at = end;
    }
    if at == span.start {
        return None;
    }
    url.push_str(&entity::decode(&text[Span { start: at, end: span.end }.range()]));
    Some(url.trim().to_owned())
}

/// Marks the tags that share their lines with nothing but blanks and other tags. One pass: a line may hold a million tags.
fn mark_alone(text: &str, body: Span, tags: &mut [Tag]) {
    let is_blank = |gap: &str| gap.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
    let mut group = 0; // first tag of the lines at hand
    let mut clean = true; // nothing else in those lines so far
    let mut end = body.range().start;
    for at in 0..tags.len() {
        let gap = &text[end..tags[at].span.range().start];
        match gap.split_once('\n') {
            Some((before, _)) => {
                tags[group..at].iter_mut().for_each(|tag| tag.alone = clean && is_blank(before));
                group = at;
                clean = is_blank(&gap[gap.rfind('\n').map_or(0, |newline| newline + 1)..]);
            }
            None => clean = clean && is_blank(gap),
        }
        end = tags[at].span.range().end;
    }
    let rest = &text[end..body.range().end];
    let clean = clean && is_blank(rest.split_once('\n').map_or(rest, |(before, _)| before));
    tags[group..].iter_mut().for_each(|tag| tag.alone = clean);
}

/// Searches a body from left to right. Every search that failed is remembered, so that a million unclosed tags cost one
/// search and not a million.
struct Finder<'a> {
    text: &'a str,
    end: usize,
    /// Longest opening first: `{{<` before `{{`.
    delimiters: Vec<Delimiters>,
    /// For each of `delimiters`, where its closing text stands next; `None` before the first search.
    closes: Vec<Option<usize>>,
    /// Where the next blank line begins.
    blank_line: usize,
    /// Which of `OPAQUE` have no closing tag ahead.
    hopeless: [bool; OPAQUE.len()],
    at: usize,
}

impl<'a> Finder<'a> {
    fn new(text: &'a str, body: Span, delimiters: &[Delimiters]) -> Self {
        let mut delimiters = delimiters.to_vec();
        delimiters.retain(|pair| !pair.open.is_empty() && !pair.close.is_empty());
        delimiters.sort_by_key(|pair| std::cmp::Reverse(pair.open.len()));
        let closes = vec![None; delimiters.len()];
        let Span { start, end } = body;
        let (at, end) = (start as usize, end as usize);
        Self { text, end, delimiters, closes, blank_line: at, hopeless: [false; OPAQUE.len()], at }
    }

    fn tags(mut self) -> Vec<Tag> {
        let mut tags = Vec::new();
        let mut initials: Vec<u8> = self.delimiters.iter().map(|pair| pair.open.as_bytes()[0]).collect();
        initials.sort_unstable();
        initials.dedup();
        while let Some(at) = self.next_initial(&initials) {
            self.at = at;
            match self.tag() {
                Some(tag) => {
                    self.at = tag.span.range().end;
                    tags.push(tag);
                }
                None => self.at += 1,
            }
        }
        tags
    }

    /// Where one of the opening delimiters may begin next. In practice all of them begin with `{` or `<`.
    fn next_initial(&self, initials: &[u8]) -> Option<usize> {
        let rest = &self.text.as_bytes()[self.at..self.end];
        let found = match *initials {
            [] => None,
            [one] => memchr::memchr(one, rest),
            [one, two] => memchr::memchr2(one, two, rest),
            [one, two, three] => memchr::memchr3(one, two, three, rest),
            _ => rest.iter().position(|byte| initials.contains(byte)),
        };
        found.map(|found| self.at + found)
    }

    /// The tag that begins at `self.at`.
    fn tag(&mut self) -> Option<Tag> {
        let rest = &self.text.as_bytes()[self.at..self.end];
        let which = self.delimiters.iter().position(|pair| rest.starts_with(pair.open.as_bytes()))?;
        let pair = self.delimiters[which];
        let inside = self.at + pair.open.len();
        let close = self.close_after(which, inside)?;
        // A tag ends in its own paragraph, an attribute list in its own line: what does not is text with stray braces.
        if close > self.blank_line_after(inside) {
            return None;
        }
        let content = &self.text[inside..close];
        // kramdown's `{: .class}` and Python-Markdown's `{ .class }`, `{ #id }`
        let is_list = ["{:", "{ .", "{ #"].contains(&pair.open);
        if is_list && content.contains('\n') {
            return None;
        }
        let end = close + pair.close.len();
        let word = content.trim_start_matches(['-', '~', '+', ' ', '\t', '\r', '\n']);
        let word = &word[..word.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count()];
        let is_statement = pair.open == "{%";
        let is_shortcode = pair.open.starts_with("{{<") || pair.open.starts_with("{{%");
        if (is_statement || is_shortcode)
            && let Some((end, kind)) = self.opaque(word, end)
        {
            return Some(Tag { span: Span::new(self.at, end), kind, alone: false });
        }
        let is_silent = is_list || pair.open.starts_with("{#") || is_statement && SILENT.contains(&word);
        let kind = if is_silent { TagKind::Silent } else { TagKind::Output };
        Some(Tag { span: Span::new(self.at, end), kind, alone: false })
    }

    fn close_after(&mut self, which: usize, from: usize) -> Option<usize> {
        let known = self.closes[which].filter(|close| *close >= from);
        let close = known.unwrap_or_else(|| {
            let rest = &self.text.as_bytes()[from..self.end];
            memmem::find(rest, self.delimiters[which].close.as_bytes()).map_or(usize::MAX, |found| from + found)
        });
        self.closes[which] = Some(close);
        (close != usize::MAX).then_some(close)
    }

    fn blank_line_after(&mut self, from: usize) -> usize {
        if self.blank_line < from {
            let bytes = self.text.as_bytes();
            let mut lines = memchr::memchr_iter(b'\n', &bytes[from..self.end]).map(|found| from + found);
            self.blank_line = lines
                .find(|newline| {
                    let next = &bytes[newline + 1..self.end];
                    let blanks =
                        next.iter().take(LONGEST_BLANKS).take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
                    matches!(next.get(blanks.count()), Some(b'\n'))
                })
                .unwrap_or(usize::MAX);
        }
        self.blank_line
    }

    /// Where the closing tag of the opaque tag `word` ends, which itself ends at `from`, and what the whole is.
    fn opaque(&mut self, word: &str, from: usize) -> Option<(usize, TagKind)> {
        let which = OPAQUE.iter().position(|(name, _)| *name == word)?;
        if self.hopeless[which] {
            return None;
        }
        let rest = &self.text[from..self.end];
        for found in memmem::find_iter(rest.as_bytes(), word.as_bytes()) {
            let before = rest[..found].strip_suffix("end").or_else(|| rest[..found].strip_suffix('/'));
            let before = before.map(|before| before.trim_end_matches(['-', ' ', '<', '%']));
            let opens = before.is_some_and(|before| before.ends_with('{'));
            let after = &rest[found + word.len()..];
            let close = after.bytes().take(LONGEST_BLANKS).position(|byte| byte == b'}');
            if opens && let Some(close) = close {
                let close = close + usize::from(after.as_bytes().get(close + 1) == Some(&b'}')) + 1;
                return Some((from + found + word.len() + close, OPAQUE[which].1));
            }
        }
        self.hopeless[which] = true;
        None
    }
}

/// How many blanks are looked through where more would be nobody's text.
const LONGEST_BLANKS: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    const LIQUID: &[Delimiters] = &[
        Delimiters { open: "{{", close: "}}" },
        Delimiters { open: "{%", close: "%}" },
        Delimiters { open: "{:", close: "}" },
    ];
    const HUGO: &[Delimiters] = &[
        Delimiters { open: "{{<", close: ">}}" },
        Delimiters { open: "{{%", close: "%}}" },
        Delimiters { open: "{{", close: "}}" },
    ];

    fn check(text: &str, delimiters: &[Delimiters], masked: &str, kinds: &[TagKind]) {
        let found = mask(text, Span::new(0, text.len()), delimiters, Vec::new());
        assert_eq!(found.text, masked);
        assert_eq!(found.tags.iter().map(|tag| tag.kind).collect::<Vec<_>>(), kinds);
    }

    #[test]
    fn masks_tags_inside_lines_with_letters() {
        use TagKind::{Output, Silent};
        check("[a]({% link b.md %}) 中{{ x }}", LIQUID, "[a](xxxxxxxxxxxxxxx) 中xxxxxxx", &[Output, Output]);
        check("see [a](b){: .c} ok", LIQUID, "see [a](b)xxxxxx ok", &[Silent]);
        check("x {{< ref \"a.md\" >}}", HUGO, "x xxxxxxxxxxxxxxxxxx", &[Output]);
    }

    #[test]
    fn masks_lines_of_tags_as_thematic_breaks() {
        use TagKind::{Output, Silent};
        check("a\n{% if x %} {{ y }}\nb", LIQUID, "a\n__________ _______\nb", &[Silent, Output]);
        check("* toc\n{:toc}\n", LIQUID, "* toc\n______\n", &[Silent]);
        check("{{< figure\n  src=a >}}\n", HUGO, "__________\n___________\n", &[Output]);
    }

    #[test]
    fn masks_the_inside_of_code_but_not_of_raw() {
        use TagKind::{Code, Silent};
        check(
            "{% highlight c %}\n# x\n{% endhighlight %}\nb",
            LIQUID,
            &format!("{}\n___\n{}\nb", "_".repeat(17), "_".repeat(18)),
            &[Code],
        );
        check(
            "{{< highlight go >}}\na\n{{< /highlight >}}",
            HUGO,
            &format!("{}\n_\n{}", "_".repeat(20), "_".repeat(18)),
            &[Code],
        );
        check("a {% raw %}b{% endraw %}", LIQUID, "a xxxxxxxxxbxxxxxxxxxxxx", &[Silent, Silent]);
    }

    #[test]
    fn leaves_tags_that_never_close() {
        check("a {{ b\n\nc }}", LIQUID, "a {{ b\n\nc }}", &[]);
        check("a {: b\nc }", LIQUID, "a {: b\nc }", &[]);
        check("{% highlight c %} a", LIQUID, "xxxxxxxxxxxxxxxxx a", &[TagKind::Output]);
        check("{ a } {", LIQUID, "{ a } {", &[]);
    }

    #[test]
    fn masks_what_other_syntax_found() {
        let found = mask("import a\n\nb", Span::new(0, 11), &[], vec![Span::new(0, 8)]);
        assert_eq!(found.text, "________\n\nb");
    }
}
