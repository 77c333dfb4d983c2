//! github-slugger and who uses it: GitHub itself, Docusaurus, Astro.

use std::borrow::Cow;

use super::character::is_word;
use super::heading::{Heading, Kind};

/// The id of GitHub before it is made unique: in lower case, spaces as hyphens, nothing but words and hyphens.
/// (github-slugger 2.0: `index.js`, and `script/generate-regex.js` for what is deleted.)
pub(super) fn slug(text: &str) -> String {
    // As a whole: the lower case of `Σ` depends on what stands behind it.
    let lower = if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() };
    lower.chars().filter(|c| *c == '-' || *c == ' ' || is_word(*c)).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Of an id of Astro, what is left: versions before 6 take one hyphen off its end.
pub(super) fn without_last_hyphen(mut id: String) -> String {
    if id.ends_with('-') {
        id.pop();
    }
    id
}

/// The text of a heading behind remark-smartypants, which Astro runs first: two hyphens, no more and no less, are a dash
/// then. What becomes of quotes and dots leaves no trace in an id.
pub(super) fn astro_text(heading: &Heading<'_>) -> String {
    let mut text = String::with_capacity(heading.text.len());
    let mut at = 0;
    while let Some(first) = heading.pieces.get(at) {
        let run = heading.pieces[at..].iter().take_while(|piece| piece.run == first.run).count();
        let start = text.len();
        for piece in heading.pieces[at..at + run].iter().filter(|piece| !piece.is_description) {
            text.push_str(heading.words(piece));
        }
        if first.kind != Kind::Code {
            delete_dashes(&mut text, start);
        }
        at += run;
    }
    text
}

/// Deletes each pair of hyphens behind `start` that is by itself.
fn delete_dashes(text: &mut String, start: usize) {
    if !text[start..].contains("--") {
        return;
    }
    let mut kept = String::with_capacity(text.len() - start);
    let mut rest = &text[start..];
    while let Some(at) = rest.find('-') {
        let hyphens = rest[at..].bytes().take_while(|byte| *byte == b'-').count();
        kept.push_str(&rest[..at]);
        if hyphens != 2 {
            kept.push_str(&rest[at..at + hyphens]);
        }
        rest = &rest[at + hyphens..];
    }
    kept.push_str(rest);
    text.truncate(start);
    text.push_str(&kept);
}

/// The text of a heading for Docusaurus: with descriptions of images and with HTML inside of emphasis and links
/// (mdast-util-to-string), without the names of directives (remark-directive).
pub(super) fn docusaurus_text<'h>(heading: &'h Heading<'_>) -> Cow<'h, str> {
    let is_plain = !heading.text.contains(':') && heading.pieces.iter().all(|piece| piece.kind != Kind::Html);
    if is_plain {
        return Cow::Borrowed(&heading.text);
    }
    let mut text = String::with_capacity(heading.raw.len());
    for piece in &heading.pieces {
        match piece.kind {
            Kind::Text => push_without_directives(heading.words(piece), &mut text),
            Kind::Html if !piece.is_nested => {}
            Kind::Html => text.push_str(heading.source(piece)),
            Kind::Escaped | Kind::Entity | Kind::Code => text.push_str(heading.words(piece)),
        }
    }
    Cow::Owned(text)
}

/// What Docusaurus takes for an id behind the words of a heading: `Words {#id}` (`parseMarkdownHeadingId`).
pub(super) fn docusaurus_id(text: &str) -> Option<&str> {
    let (_, id) = text.strip_suffix('}')?.rsplit_once("{#")?;
    if id.is_empty() || id.contains('}') { None } else { Some(id.trim()) }
}

/// `Chapter a:b` without `:b`: a colon, a letter, more letters, digits, hyphens and underscores, not one of these two last, no
/// further colon (micromark-extension-directive 3).
fn push_without_directives(words: &str, text: &mut String) {
    let mut rest = words;
    while let Some(at) = rest.find(':') {
        let behind = &rest[at + 1..];
        let name = behind.len() - behind.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "-_".contains(c)).len();
        let is_directive = behind.starts_with(|c: char| c.is_ascii_alphabetic())
            && !behind[..name].ends_with(['-', '_'])
            && !behind[name..].starts_with(':')
            && !rest[..at].ends_with(':')
            && !(at == 0 && text.ends_with(':'));
        text.push_str(&rest[..at]);
        if !is_directive {
            text.push(':');
            text.push_str(&behind[..name]);
        }
        rest = &behind[name..];
    }
    text.push_str(rest);
}
