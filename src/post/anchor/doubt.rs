//! Whether a page may have anchors that its source does not show: something on it is filled in by the generator, a component
//! or a plug-in.

use super::{is_attribute_list, is_python_markdown};
use crate::post::{BlockKind, Element, Link, LinkKind, Post, Tag, TagKind};
use crate::site::anchor::Engine;
use crate::source::Span;
use crate::spanned::Node;

/// Tags that put nothing on the page that has an anchor, beside those that link: images and players; quotations and remarks,
/// whose words stand in the source.
const HARMLESS: &[&str] = &[
    "blockquote",
    "centerquote",
    "cq",
    "figure",
    "gist",
    "highlight",
    "iframe",
    "img",
    "instagram",
    "jsfiddle",
    "note",
    "pullquote",
    "quote",
    "tweet",
    "vimeo",
    "x",
    "youtube",
];

/// Beginnings of lines that take in another file or what a program wrote: snippets of MkDocs and its reference pages.
const TAKES_IN: &[&str] = &["--8<--", "::: "];

/// Beginnings of comments that take in another file (VitePress).
const COMMENT_TAKES_IN: &str = "@include";

/// Whether there may be more anchors than the source shows.
pub(super) fn is_in_doubt(post: &Post, engine: Engine) -> bool {
    engine == Engine::Unknown
        || post.markup.too_deep.is_some()
        || post.markup.elements().any(|element| fills_in(post, &element))
        || holds_output(post)
        || names_script(&post.front.root, false)
        || post
            .markup
            .comments()
            .iter()
            .any(|comment| post.source.slice(comment.content).trim_start().starts_with(COMMENT_TAKES_IN))
        || is_python_markdown(engine) && takes_in(post)
        || (engine == Engine::Kramdown || is_python_markdown(engine)) && holds_tight_heading(post)
}

/// Whether an element is a component, holds Markdown that was not read, or has an id that is not known.
fn fills_in(post: &Post, element: &Element<'_>) -> bool {
    let name = post.source.slice(element.start_tag()).trim_start_matches('<');
    let name = &name[..name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(name.len())];
    // `<A>` is old HTML in a Markdown file and a component in MDX.
    let is_loud = name.len() > 1 && !name.bytes().any(|byte| byte.is_ascii_lowercase());
    let is_mdx = post.source.path.ends_with(".mdx");
    let is_component = name.starts_with(|c: char| c.is_ascii_uppercase()) && (is_mdx || !is_loud && name.len() > 1);
    let is_custom = name.contains(['-', '.']);
    let ids = [element.attribute("id"), element.attribute("name").filter(|_| element.name() == "a")];
    let is_unknown_id = ids.into_iter().flatten().any(|attribute| attribute.value.contains(['{', '}']));
    is_component || is_custom || is_unknown_id || element.attribute("markdown").is_some()
}

/// Whether a template tag or an expression shows something that is not known.
fn holds_output(post: &Post) -> bool {
    let mut known: Vec<Span> = post.every_link().flat_map(|link| [link.target, of_tag(link)]).collect();
    known.sort_unstable();
    let mut next = 0;
    let mut known_until = 0;
    post.tags.iter().any(|tag| {
        while let Some(span) = known.get(next).filter(|span| span.start <= tag.span.start) {
            known_until = known_until.max(span.end);
            next += 1;
        }
        tag.span.start >= known_until && is_output(post, tag)
    })
}

/// The whole of a tag that makes a link.
fn of_tag(link: &Link) -> Span {
    if link.kind == LinkKind::Tag { link.span } else { link.target }
}

fn is_output(post: &Post, tag: &Tag) -> bool {
    let text = post.source.slice(tag.span);
    match tag.kind {
        TagKind::Code => false,
        // Of MDX: expressions that call something or hold elements.
        TagKind::Silent => {
            let is_expression = text.starts_with('{') && !text.starts_with("{%") && !text.starts_with("{#");
            is_expression && !is_attribute_list(post, tag) && !text.starts_with("{/*") && text.contains(['<', '('])
        }
        TagKind::Output => !is_harmless(text) && !is_in_code(post, tag),
    }
}

/// Whether a tag puts at most a word, an image or a player on the page.
fn is_harmless(text: &str) -> bool {
    let inside = text.trim_start_matches(['{', '%', '<', '-', ' ', '/']);
    let name = &inside[..inside.find(|c: char| c.is_whitespace() || "|>}%".contains(c)).unwrap_or(inside.len())];
    let is_value = text.starts_with("{{") && !text.starts_with("{{<") && !text.starts_with("{{%");
    match is_value {
        // The site's and the page's own settings are words; data and contents may be anything.
        true => ["site.title", "site.url", "site.baseurl", "site.name", "page.title", "page.date"].contains(&name),
        // `{% endnote %}`, `{{< /highlight >}}`
        false => HARMLESS.contains(&name.strip_prefix("end").unwrap_or(name)),
    }
}

/// Whether a tag stands in code, where Hexo and Zola leave it as it is.
fn is_in_code(post: &Post, tag: &Tag) -> bool {
    let next = post.prose.segments.partition_point(|segment| segment.source.end <= tag.span.start);
    let segment = post.prose.segments.get(next).filter(|segment| segment.source.contains(tag.span));
    let block = post.prose.block_of_source(tag.span).map(|index| post.prose.blocks[index].kind);
    block == Some(BlockKind::Code) || segment.is_some_and(|segment| segment.source != tag.span && !segment.exact)
}

/// Whether the page asks for a script of its own, which may give ids to what is on it: `customJS: [faq.js]`. `is_asked` is
/// whether the key above says that it holds scripts. Depth is bounded by `spanned::MAX_DEPTH`.
fn names_script(node: &Node, is_asked: bool) -> bool {
    let is_script = |text: &str| {
        let path = text.split(['?', '#']).next().unwrap_or_default();
        path.ends_with(".js") && !path.contains(char::is_whitespace)
    };
    let asks = |key: &Node| {
        let key = key.as_str().unwrap_or_default().to_ascii_lowercase();
        key.contains("js") || key.contains("script")
    };
    is_asked && node.as_str().is_some_and(is_script)
        || node.items().iter().any(|item| names_script(item, is_asked))
        || node.entries().iter().any(|(key, value)| names_script(value, is_asked || asks(key)))
}

fn takes_in(post: &Post) -> bool {
    let lines = post.prose.text.lines();
    lines.map(str::trim_start).any(|line| TAKES_IN.iter().any(|start| line.starts_with(start)))
}

/// Whether a paragraph begins with `#` and no blank behind it: a heading to kramdown and Python-Markdown, though to no other.
fn holds_tight_heading(post: &Post) -> bool {
    let lines = post.prose.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
    lines.flat_map(|block| post.prose.str(block).lines()).any(|line| line.starts_with('#'))
}
