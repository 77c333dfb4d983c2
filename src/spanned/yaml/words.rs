//! The parser's words for its errors, in plain ones.

/// A second document begins.
pub(super) const SECOND_DOCUMENT: &str = "a second document begins here";
/// More than `MAX_DEPTH` levels.
pub(super) const TOO_DEEP: &str = "nested too deeply";
/// More than `MAX_NODES` nodes.
pub(super) const TOO_MANY: &str = "too many values";

/// What the parser says, by its beginning or a part of it, and what a person would say.
const PLAIN: &[(&str, &str)] = &[
    ("invalid trailing content after double-quoted", "text follows the closing quote"),
    ("mapping values are not allowed", "a `:` is not allowed here"),
    ("illegal placement of ':'", "a bracket is not closed"),
    ("parsing a flow sequence", "a `]` or `,` is missing"),
    ("parsing a flow mapping", "a `}` or `,` is missing"),
    ("invalid indentation in flow", "a bracket is not closed"),
    ("invalid indentation in quoted", "the quote is not closed"),
    ("found unexpected end of stream", "the quote is not closed"),
    ("found unexpected document indicator", "the quote is not closed"),
    ("tabs disallowed", "a tab where spaces are needed"),
    ("tab cannot", "a tab where spaces are needed"),
    ("found a tab", "a tab where spaces are needed"),
    ("unknown anchor", "`*` stands for a name that is not defined"),
    ("did not find expected key", "a key is expected here"),
    ("simple key", "a `: ` is missing after this key"),
    ("unprintable", "a control character is not allowed here"),
    ("unknown escape character", "an unknown escape after `\\` in double quotes"),
    ("hexadecimal", "an escape in double quotes needs hexadecimal digits"),
    ("escape code", "an escape in double quotes stands for no character"),
    ("block sequence entries are not allowed", "a list item is not allowed here"),
    ("expected '-' indicator", "a list item is expected here"),
    ("a block scalar content", "a tab where spaces are needed"),
    ("scanning a block scalar", "text is not allowed after `|` or `>`"),
    ("misplaced bracket", "a closing bracket that nothing opens"),
    ("recursion limit", TOO_DEEP),
    ("mapping keys are not allowed", "a `?` is not allowed here"),
    ("anchor or alias", "`&` and `*` need a name after them"),
    ("a byte order mark", "a byte order mark inside the text"),
    ("the handle wasn't declared", "`!` begins a tag that is not defined"),
    ("tag", "`!` begins a tag that is not valid"),
    ("directive", "`%` begins a directive that is not valid"),
];

/// The parser's words for an error at `text`, in plain words.
pub(super) fn plain(info: &str, text: &str) -> String {
    if info.starts_with("unexpected character") {
        return format!("`{}` cannot begin a value", text.chars().next().unwrap_or(' '));
    }
    if let Some((_, plain)) = PLAIN.iter().find(|(part, _)| info.contains(part)) {
        return (*plain).to_owned();
    }
    info.rsplit(", ").next().unwrap_or(info).to_owned()
}
