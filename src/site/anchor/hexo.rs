//! Hexo, by hexo-renderer-marked 7 and `slugize` of hexo-util.

use super::character::is_javascript_blank;
use super::diacritics::plain;
use super::heading::{Heading, Kind};
use super::taken::Taken;

/// What becomes a hyphen, besides blanks.
const PUNCTUATION: &str = "~`!@#$%^&*()-_+=[]{}|\\;:\"'<>,.?/";

/// Entities that Hexo reads; any other stays as it is written (`unescapeHTML` of hexo-util).
const ENTITIES: [(&str, char); 8] = [
    ("&amp;", '&'),
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&quot;", '"'),
    ("&#39;", '\''),
    ("&#96;", '`'),
    ("&#x2F;", '/'),
    ("&#x3D;", '='),
];

/// Ids are kept in an object of JavaScript, which has these from its birth.
const INHERITED: [&str; 7] = [
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// Makes an id unique. Counting what was inherited gives no number, which shows; from then on it counts like others.
pub(super) fn next(id: String, taken: &mut Taken) -> String {
    if INHERITED.contains(&&*id) && !taken.has(&format!("{id}-NaN")) {
        let odd = format!("{id}-NaN");
        taken.take(&odd);
        return odd;
    }
    taken.count(id)
}

/// The id before it is made unique, and before `modifyAnchors`.
pub(super) fn slug(heading: &Heading<'_>) -> String {
    let text = without_tags(&text(heading));
    let mut id = String::with_capacity(text.len());
    for c in text.trim_matches(is_javascript_blank).chars() {
        if is_javascript_blank(c) && c >= ' ' || PUNCTUATION.contains(c) {
            if !id.is_empty() && !id.ends_with('-') {
                id.push('-');
            }
        } else if c >= ' ' {
            match plain(c) {
                Some(letters) => id.push_str(letters),
                None => id.push(c),
            }
        }
    }
    if id.ends_with('-') {
        id.pop();
    }
    id
}

/// The words behind typographic replacements. Code and escaped characters have none.
fn text(heading: &Heading<'_>) -> String {
    let mut text = String::with_capacity(heading.raw.len());
    let mut stretch = String::new();
    let mut run = None;
    for piece in heading.pieces.iter().filter(|piece| !piece.is_description && piece.kind != Kind::Html) {
        let is_prose = matches!(piece.kind, Kind::Text | Kind::Entity);
        if !is_prose || run != Some(piece.run) {
            push_typographic(&mut stretch, &mut text);
        }
        run = is_prose.then_some(piece.run);
        match (piece.kind, heading.source(piece)) {
            (Kind::Entity, entity) => match ENTITIES.iter().find(|(written, _)| *written == entity) {
                Some((_, c)) => stretch.push(*c),
                None => stretch.push_str(entity),
            },
            (Kind::Text, words) => stretch.push_str(words),
            (_, words) => text.push_str(words),
        }
    }
    push_typographic(&mut stretch, &mut text);
    text
}

/// Empties `stretch` into `text`: dashes, dots and quotes as `smartypants` of the renderer writes them.
fn push_typographic(stretch: &mut String, text: &mut String) {
    let mut before = None;
    let mut rest = &stretch[..];
    while let Some(c) = rest.chars().next() {
        let (length, written) = match c {
            '-' if rest.starts_with("---") => (3, '—'),
            '-' if rest.starts_with("--") => (2, '–'),
            '.' if rest.starts_with("...") => (3, '…'),
            // A quote opens at the start, behind a blank, a dash, a slash, an opening bracket or a quote of the other kind.
            '\'' if opens(before, '"') => (1, '‘'),
            '\'' => (1, '’'),
            '"' if opens(before, '‘') => (1, '“'),
            '"' => (1, '”'),
            _ => (c.len_utf8(), c),
        };
        text.push(written);
        // Single quotes are replaced before double ones, which are still there as they were.
        before = Some(if c == '"' { c } else { written });
        rest = &rest[length..];
    }
    stretch.clear();
}

fn opens(before: Option<char>, other: char) -> bool {
    before.is_none_or(|c| c == other || matches!(c, '-' | '—' | '/' | '(' | '[' | '{') || is_javascript_blank(c))
}

/// `stripHTML` of hexo-util 3: what looks like a tag is gone, in code too (`` `<div>` `` leaves nothing), and what is never
/// closed takes the rest with it.
fn without_tags(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut place = Place::Text;
    // What was read of the tag, as far as the rules below look at it.
    let mut tag = String::new();
    let mut depth = 0_usize;
    let mut quote = None;
    for c in text.chars() {
        match (place, c) {
            (Place::Text, '<') => {
                place = Place::Tag;
                tag.push(c);
            }
            (Place::Text, _) => kept.push(c),
            (Place::Tag, '<' | '>') if quote.is_some() => {}
            (Place::Tag, '<') => depth += 1,
            (Place::Tag, '>') if depth > 0 => depth -= 1,
            (Place::Tag, '>') => {
                place = Place::Text;
                tag.clear();
            }
            (Place::Tag, ' ' | '\n') if tag == "<" => {
                place = Place::Text;
                kept.push_str("< ");
                tag.clear();
            }
            (Place::Tag, _) => {
                if c == '-' && tag == "<!-" {
                    place = Place::Comment;
                }
                if matches!(c, '"' | '\'') {
                    quote = if quote == Some(c) { None } else { quote.or(Some(c)) };
                }
                tag.push(c);
            }
            (Place::Comment, '>') => {
                if tag.ends_with("--") {
                    place = Place::Text;
                }
                tag.clear();
            }
            (Place::Comment, _) => tag.push(c),
        }
    }
    kept
}

/// Where `without_tags` is.
#[derive(Clone, Copy)]
enum Place {
    Text,
    Tag,
    Comment,
}
