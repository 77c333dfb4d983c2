//! Addresses in front matter: the image of a post, where the page really is, where it leads on. Keys as generators and widely
//! used themes have them. Addresses of the page itself (`permalink`, `aliases`, `redirect_from`) are none of these.

use super::{Link, LinkKind};
use crate::post::FrontMatter;
use crate::source::Span;
use crate::spanned::{Node, Style, Value};

/// A key whose value is an address or a list of them, and whether it is an image.
const KEYS: &[(&str, bool)] = &[
    ("banner", true),
    ("canonical", false),
    ("canonicalURL", false),
    ("canonical_url", false),
    ("cover", true),
    ("image", true),
    ("images", true),
    ("redirect_to", false),
    ("thumbnail", true),
];

/// Keys of mappings, and the keys in them that hold the address of an image.
const WITHIN: &[(&str, &[&str])] = &[
    ("banner", &["image", "src", "url"]),
    ("cover", &["image", "src", "url"]),
    ("header", &["image", "teaser"]),
    ("image", &["path", "src", "url"]),
];

/// The addresses in the front matter.
pub(super) fn links(text: &str, front: &FrontMatter) -> Vec<Link> {
    let mut links = Vec::new();
    for (key, image) in KEYS {
        let Some(value) = front.root.get(key) else { continue };
        links.extend(link(text, value, *image));
        links.extend(value.items().iter().filter_map(|item| link(text, item, *image)));
    }
    for (outer, inner) in WITHIN {
        let Some(mapping) = front.root.get(outer) else { continue };
        links.extend(inner.iter().filter_map(|key| link(text, mapping.get(key)?, true)));
    }
    links
}

fn link(text: &str, node: &Node, image: bool) -> Option<Link> {
    let Value::String(scalar) = &node.value else { return None };
    if scalar.style == Style::Block || !looks_like_address(&scalar.text) {
        return None;
    }
    let target = without_quotes(text, node.span)?;
    let url = scalar.text.trim().to_owned();
    Some(Link { kind: LinkKind::FrontMatter, image, span: node.span, target, url, ..Link::default() })
}

/// The text of a value between its quotes.
fn without_quotes(text: &str, span: Span) -> Option<Span> {
    let written = text.get(span.range())?;
    let quote = written.chars().next().filter(|quote| matches!(quote, '"' | '\''));
    match quote {
        // Three of them: texts of several lines.
        Some(quote) if written[1..].starts_with(quote) => None,
        Some(quote) if written[1..].ends_with(quote) => Some(Span { start: span.start + 1, end: span.end - 1 }),
        Some(_) => None,
        None => Some(span),
    }
}

/// Whether a value is an address and not the name of something: it has a scheme, a slash or a file extension, and blanks at
/// most where it is a path beyond doubt.
fn looks_like_address(value: &str) -> bool {
    let value = value.trim();
    let is_path = ["/", "./", "../"].iter().any(|start| value.starts_with(start));
    let has_extension = value.rsplit_once('.').is_some_and(|(name, extension)| {
        let is_short = (2..=5).contains(&extension.len());
        !name.is_empty() && is_short && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    match value {
        "" | "/" => false,
        _ if value.contains(['\n', '\r']) => false,
        _ if value.contains(char::is_whitespace) => is_path || has_extension && value.contains('/'),
        _ => is_path || has_extension || value.contains('/'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_names() {
        for value in ["/a.png", "a.png", "https://a.example/b", "//a.example/b", "./a b.png", "img/a b.webp", "a/b"] {
            assert!(looks_like_address(value), "{value}");
        }
        for value in ["", "/", "none", "true", "The sea, 1.5 miles", "The end.", "v1.5", "sea and / or tide", "a\n/b"] {
            assert!(!looks_like_address(value), "{value:?}");
        }
    }
}
