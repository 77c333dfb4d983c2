//! Names of HTML elements by what they do to the text that readers see.

/// Elements that part blocks.
pub(in crate::post) const BLOCK: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements that show something that is not text. What they hold is a fallback that readers do not see.
pub(in crate::post) const MEDIA: &[&str] =
    &["audio", "canvas", "embed", "iframe", "img", "image", "math", "object", "picture", "svg", "video"];

/// Elements that show a control. What they hold is not prose.
pub(in crate::post) const CONTROLS: &[&str] = &["button", "input", "meter", "progress", "select", "textarea"];

/// Elements that show nothing of what they hold.
pub(in crate::post) const SILENT: &[&str] = &[
    "datalist", "head", "noembed", "noframes", "noscript", "param", "script", "source", "style", "template", "title",
    "track",
];

/// Elements that hold code inside a line.
pub(in crate::post) const CODE: &[&str] = &["code", "samp", "tt"];

/// Elements without an end tag.
pub(super) const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img", "input", "keygen",
    "link", "meta", "param", "source", "track", "wbr",
];

/// Elements whose end tag is commonly left out: the next of the kind closes them, so they do not nest by themselves.
pub(super) const CLOSED_BY_NEXT: &[&str] = &[
    "a", "button", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "nobr", "optgroup", "option", "p", "tbody",
    "td", "tfoot", "th", "thead", "tr",
];
