//! Where comments stand in a post: in its HTML, between the braces of MDX, behind the `#` of front matter. What stands in code
//! or in quotes is text.

use memchr::memmem;

use super::directive::PREFIX;
use crate::post::{Format, Post};
use crate::source::Span;
use crate::spanned::{Node, Style, Value};

/// A comment that may hold a directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Comment {
    /// With its delimiters.
    pub(super) span: Span,
    /// Without them.
    pub(super) content: Span,
    /// Whether it ends before the post does.
    pub(super) is_closed: bool,
}

/// The comments of a post that begin as directives do, in order of position.
pub(super) fn find(post: &Post) -> Vec<Comment> {
    let text = &*post.source.text;
    let mut comments = in_front_matter(post);
    comments.extend(post.markup.comments().iter().map(|comment| Comment {
        span: comment.span,
        content: comment.content,
        is_closed: comment.content.end < comment.span.end,
    }));
    if post.source.path.ends_with(".mdx") {
        comments.extend(post.tags.iter().filter_map(|tag| in_braces(text, tag.span)));
    }
    comments.retain(|comment| text[comment.content.range()].trim_start().starts_with(PREFIX));
    comments.sort_by_key(|comment| comment.span);
    comments
}

/// The comment of MDX that a tag is: `{/* … */}`, with blanks where JavaScript allows them.
fn in_braces(text: &str, span: Span) -> Option<Comment> {
    let inside = text[span.range()].strip_prefix('{')?.strip_suffix('}')?;
    let content = inside.trim().strip_prefix("/*")?.strip_suffix("*/")?;
    let start = span.range().start + 1 + (inside.len() - inside.trim_start().len()) + 2;
    let content = Span::new(start, start + content.len());
    Some(Comment { span, content, is_closed: true })
}

/// The comments of front matter in YAML and TOML. Of front matter that cannot be read nothing is known of quotes and blocks,
/// but what begins a line without indentation is inside of neither, as people write them.
fn in_front_matter(post: &Post) -> Vec<Comment> {
    let (front, text) = (&post.front, &*post.source.text);
    if !matches!(front.format, Some(Format::Yaml | Format::Toml)) {
        return vec![];
    }
    let base = front.content.range().start;
    let content = &text[front.content.range()];
    let quoted = if front.parsed { quoted(&front.root) } else { vec![] };
    let mut comments = Vec::new();
    for found in memmem::find_iter(content.as_bytes(), PREFIX) {
        let before = content[..found].trim_end_matches([' ', '\t']);
        let Some(lead) = before.strip_suffix('#') else { continue };
        let at = base + lead.len();
        let starts = match (front.format, front.parsed) {
            (_, false) => lead.is_empty() || lead.ends_with('\n'),
            (Some(Format::Yaml), true) => lead.is_empty() || lead.ends_with([' ', '\t', '\n']),
            (_, true) => true,
        };
        let is_text = quoted.get(quoted.partition_point(|span| span.range().end <= at));
        let line = content[found..].find('\n').map_or(content.len(), |end| found + end);
        if starts && !is_text.is_some_and(|span| span.range().contains(&at)) && !is_in_comment(content, lead.len()) {
            let end = base + found + content[found..line].trim_end().len();
            comments.push(Comment { span: Span::new(at, end), content: Span::new(at + 1, end), is_closed: true });
        }
    }
    comments
}

/// Whether what stands before `at` in its line has begun a comment already: `# not # a comment`. Quotes are not looked into,
/// so a line with both is read as its writer most likely meant it: as a comment of its own.
fn is_in_comment(content: &str, at: usize) -> bool {
    let line = content[..at].rfind('\n').map_or(0, |end| end + 1);
    content[line..at].trim_start().starts_with('#')
}

/// The spans of text in quotes and blocks, in order of position. No recursion: a tree may be as deep as its reader allows.
pub(super) fn quoted(root: &Node) -> Vec<Span> {
    let (mut spans, mut open) = (Vec::new(), vec![root]);
    while let Some(node) = open.pop() {
        match &node.value {
            Value::String(scalar) if scalar.style != Style::Plain => spans.push(node.span),
            Value::Sequence(items) => open.extend(items),
            Value::Mapping(entries) => open.extend(entries.iter().flat_map(|(key, value)| [key, value])),
            _ => {}
        }
    }
    spans.sort_unstable();
    spans
}
