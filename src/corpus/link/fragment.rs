//! Whether a page has the place that a fragment names.

use super::LinkFacts;
use crate::site::anchor;

/// Anchors that layouts of themes make.
const LAYOUTS: [&str; 14] = [
    "more",
    "comments",
    "comment",
    "disqus_thread",
    "respond",
    "content",
    "main",
    "footer",
    "header",
    "toc",
    "nav",
    "gitalk-container",
    "related",
    "archive",
];

/// Elements that scripts and plug-ins number: `li-22`, `fig:3`, `L20`. No heading gets such an anchor, so whoever links to one
/// has seen it made by something else.
const NUMBERED: [&str; 9] = ["li", "p", "fig", "figure", "table", "eq", "line", "L", "LC"];

/// Whether an anchor is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Yes,
    No,
    /// Something on the page makes anchors that its source does not show.
    Perhaps,
}

/// Whether the page of these facts has the anchor.
pub(super) fn is_there(links: &LinkFacts, fragment: &str) -> Answer {
    // An empty one and `top` lead to the top; a text fragment is looked for by the browser.
    let named = fragment.split(":~:").next().unwrap_or_default();
    if named.is_empty() || named.eq_ignore_ascii_case("top") {
        return Answer::Yes;
    }
    // Of themes, of footnotes, of the place up to which an excerpt goes: no source shows them.
    let is_of_layout = LAYOUTS.contains(&named)
        || ["fn", "user-content-fn", "footnote", "comment", "disqus"].iter().any(|start| named.starts_with(start));
    if links.anchors.ids.iter().any(|id| anchor::same(named, id)) {
        Answer::Yes
    } else if links.anchors.may_have_more || is_of_layout || is_numbered(named) {
        Answer::Perhaps
    } else {
        Answer::No
    }
}

/// Whether an anchor is that of an element that scripts number.
fn is_numbered(named: &str) -> bool {
    let element = named.trim_end_matches(|c: char| c.is_ascii_digit());
    element.len() < named.len() && NUMBERED.contains(&element.trim_end_matches(['-', ':', '_']))
}
