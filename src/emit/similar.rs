//! What `copydesk similar` shows: the posts most like one post, as a table for people or as JSON, version 1.

use std::io;
use std::sync::Arc;

use serde_json::{Value, json};

use super::Options;
use super::sanitise::line;
use super::text::Texts;
use crate::corpus::{Corpus, Similar};
use crate::desk::Backdrop;
use crate::source::Span;

/// Version of the JSON. Fields may be added within a version, never renamed or removed.
const VERSION: u32 = 1;

/// Most common passages that are shown of one post.
const MOST_PASSAGES: usize = 5;

/// The posts most like one post.
pub struct Neighbours<'a> {
    /// The post that was asked about.
    pub path: &'a Arc<str>,
    /// The corpus that `found` points into.
    pub corpus: &'a Corpus<'a>,
    /// What was found, most alike first.
    pub found: &'a [Similar],
}

/// Writes what was found for people.
///
/// # Errors
/// When `out` cannot be written to.
pub fn pretty(
    neighbours: &Neighbours<'_>,
    backdrop: &dyn Backdrop,
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut texts = Texts::new(backdrop);
    let show = |text: &str| line(text, options.ascii);
    if neighbours.found.is_empty() {
        return writeln!(out, "{}: nothing like it on this site", show(neighbours.path));
    }
    for one in neighbours.found {
        let facts = &neighbours.corpus.posts[one.post];
        let title = facts.title.as_ref().map(|title| format!("  {}", show(&title.text))).unwrap_or_default();
        writeln!(out, "{}  {}{title}", show(&said(one)), show(&facts.path))?;
        for (here, there) in one.passages.iter().take(MOST_PASSAGES) {
            let (here, there) = (lines(&mut texts, neighbours.path, *here), lines(&mut texts, &facts.path, *there));
            writeln!(out, "       lines {here} here are lines {there} there")?;
        }
        if one.passages.len() > MOST_PASSAGES {
            writeln!(out, "       and {} more passages", one.passages.len() - MOST_PASSAGES)?;
        }
    }
    Ok(())
}

/// Writes what was found as one JSON object.
///
/// # Errors
/// When `out` cannot be written to.
pub fn json(neighbours: &Neighbours<'_>, backdrop: &dyn Backdrop, out: &mut dyn io::Write) -> io::Result<()> {
    let mut texts = Texts::new(backdrop);
    let mut similar = vec![];
    for one in neighbours.found {
        let facts = &neighbours.corpus.posts[one.post];
        let passages: Vec<Value> = one
            .passages
            .iter()
            .map(|(here, there)| {
                let (here, there) = (place(&mut texts, neighbours.path, *here), place(&mut texts, &facts.path, *there));
                json!({ "here": here, "there": there })
            })
            .collect();
        similar.push(json!({
            "path": &*facts.path,
            "title": facts.title.as_ref().map(|title| &*title.text),
            "class": one.relation.map_or("passages", |relation| relation.class.name()),
            "similarity": one.relation.map(|relation| relation.similarity()),
            "containment": one.relation.map(|relation| relation.containment()),
            "passages": passages,
        }));
    }
    let whole = json!({ "version": VERSION, "path": &**neighbours.path, "similar": similar });
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}

/// How alike, in the width of a column.
fn said(one: &Similar) -> String {
    match one.relation {
        Some(relation) => format!("{:>3} %  {:<14}", relation.per_cent(), relation.class.name()),
        None => format!("{:>5}  {:<14}", "", "passages"),
    }
}

/// The lines of a span: `12` or `12–15`.
fn lines(texts: &mut Texts<'_>, path: &Arc<str>, span: Span) -> String {
    let Some(text) = texts.get(path) else { return "?".to_owned() };
    let span = text.clamp(span);
    let (first, last) = (text.index.line(span.start), text.index.line(span.end));
    if first == last { first.to_string() } else { format!("{first}-{last}") }
}

fn place(texts: &mut Texts<'_>, path: &Arc<str>, span: Span) -> Value {
    let range = texts.get(path).map(|text| {
        let span = text.clamp(span);
        let (start, end) = (text.position(span.start), text.position(span.end));
        json!({
            "start": { "line": start.line, "column": start.column },
            "end": { "line": end.line, "column": end.column },
        })
    });
    json!({ "span": { "start": span.start, "end": span.end }, "range": range })
}
