//! The links of a site: for people, as JSON, as CSV, and as a drawing for Graphviz.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::sanitise::line;
use super::{Options, plural};
use crate::corpus::{Edge, Graph, PageLinks, Verdict};
use crate::site::address::Absence;

/// Version of the JSON form.
const VERSION: u32 = 1;

/// Names of the columns of the CSV form.
const COLUMNS: &str = "from,url,verdict,to,host,image\r\n";

/// How many pages and hosts people are shown.
const SHOWN: usize = 10;

/// Writes a summary for people: how many links lead where, the pages that most others link to, the hosts.
///
/// # Errors
/// When `out` does.
pub fn pretty(graph: &Graph, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let shown = |text: &str| line(text, options.ascii);
    let mut most: Vec<&PageLinks> = graph.pages.iter().filter(|page| page.linked_from > 0).collect();
    most.sort_by(|a, b| b.linked_from.cmp(&a.linked_from).then_with(|| a.path.cmp(&b.path)));
    if !most.is_empty() {
        writeln!(out, "most linked pages")?;
        for page in most.iter().take(SHOWN) {
            writeln!(out, "{:>7}  {}", page.linked_from, shown(&page.path))?;
        }
        writeln!(out)?;
    }
    if !graph.hosts.is_empty() {
        writeln!(out, "hosts")?;
        for host in graph.hosts.iter().take(SHOWN) {
            writeln!(out, "{:>7}  {}", host.links, shown(&host.host))?;
        }
        writeln!(out)?;
    }
    let orphans = graph.pages.iter().filter(|page| page.is_orphan()).count();
    let links = |is_meant: &dyn Fn(&Edge) -> bool| edges(graph).filter(|edge| is_meant(edge)).count();
    let broken = links(&|edge| {
        matches!(edge.verdict, Verdict::Broken | Verdict::BrokenAnchor | Verdict::BrokenReference)
            || matches!(edge.verdict, Verdict::NotPublished(_))
    });
    let external = links(&|edge| edge.verdict == Verdict::External);
    writeln!(
        out,
        "{}, {}: {external} to {}, {broken} broken; no page links to {orphans} of the pages",
        plural(graph.pages.len(), "page"),
        plural(edges(graph).count(), "link"),
        plural(graph.hosts.len(), "host"),
    )
}

fn edges(graph: &Graph) -> impl Iterator<Item = &Edge> {
    graph.pages.iter().flat_map(|page| &page.links)
}

/// Writes one JSON object.
///
/// # Errors
/// When `out` does.
pub fn json(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    let link = |edge: &Edge| {
        json!({
            "url": &*edge.url,
            "verdict": verdict(edge.verdict),
            "to": edge.to.map(|to| &*graph.pages[to].path),
            "host": edge.host.as_deref(),
            "image": edge.image,
        })
    };
    let page = |page: &PageLinks| {
        json!({
            "path": &*page.path,
            "title": page.title.as_deref(),
            "address": page.address.as_deref(),
            "state": state(page.absent),
            "in": page.linked_from,
            "out": page.links.len(),
            "orphan": page.is_orphan(),
            "links": page.links.iter().map(link).collect::<Vec<Value>>(),
        })
    };
    let hosts = graph.hosts.iter().map(|host| json!({"host": &*host.host, "links": host.links, "pages": host.pages}));
    let value = json!({
        "version": VERSION,
        "pages": graph.pages.iter().map(page).collect::<Vec<Value>>(),
        "hosts": hosts.collect::<Vec<Value>>(),
    });
    writeln!(out, "{value}")
}

/// Writes a line of names, then one for each link, as RFC 4180 has it.
///
/// # Errors
/// When `out` does.
pub fn csv(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(COLUMNS.as_bytes())?;
    for page in &graph.pages {
        for edge in &page.links {
            let to = edge.to.map_or("", |to| &graph.pages[to].path);
            let fields = [
                super::copies::field(&page.path),
                super::copies::field(&edge.url),
                verdict(edge.verdict).to_owned(),
                super::copies::field(to),
                super::copies::field(edge.host.as_deref().unwrap_or_default()),
                edge.image.to_string(),
            ];
            write!(out, "{}\r\n", fields.join(","))?;
        }
    }
    Ok(())
}

/// Writes the pages and the links between them in the language of Graphviz.
///
/// # Errors
/// When `out` does.
pub fn dot(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "digraph links {{\n  rankdir=LR;\n  node [shape=box];")?;
    for (index, page) in graph.pages.iter().enumerate() {
        let style = if page.absent.is_some() { ", style=dashed" } else { "" };
        writeln!(
            out,
            "  {} [label={}{style}];",
            quoted(&page.path),
            quoted(page.title.as_deref().unwrap_or(&page.path))
        )?;
        for to in page.leads_to(index) {
            writeln!(out, "  {} -> {};", quoted(&page.path), quoted(&graph.pages[to].path))?;
        }
    }
    writeln!(out, "}}")
}

/// A text in quotation marks, as Graphviz reads it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", line(text, false).replace('\\', "\\\\").replace('"', "\\\""))
}

/// The word for where a link leads.
fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Found => "ok",
        Verdict::Redirected => "redirected",
        Verdict::WrongForm(_) => "wrong-form",
        Verdict::NotPublished(_) => "not-published",
        Verdict::Broken => "broken",
        Verdict::BrokenAnchor => "broken-anchor",
        Verdict::BrokenReference => "broken-reference",
        Verdict::External => "external",
        Verdict::Other => "other",
        Verdict::Unverified => "unverified",
    }
}

/// The word for whether a page is on the site.
fn state(absent: Option<Absence>) -> &'static str {
    match absent {
        None => "published",
        Some(Absence::Draft) => "draft",
        Some(Absence::Future) => "future",
        Some(Absence::Unpublished) => "unpublished",
        Some(Absence::Expired) => "expired",
    }
}
