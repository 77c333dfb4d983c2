//! A survey of a site as one page of HTML, for people: it needs no other file and no network, works without its script, and
//! nothing that a site says acts in it. The policy in its head forbids every script and style but the page's own.

use std::io;

use super::text::Texts;
use crate::desk::Backdrop;
use crate::survey::{Card, Counts, Survey};

mod chart;
mod copies;
mod findings;
mod head;
mod links;
mod lints;
mod markup;
mod posts;
mod table;

use markup::{Markup, number};

/// The look of the page.
const STYLE: &str = include_str!("style.css");
/// What filters the findings.
const SCRIPT: &str = include_str!("script.js");

/// What a browser lets the page do: show these styles and run this script, and nothing else. The hashes are those of the two
/// files; a test says what they have to be.
const POLICY: &str = "default-src 'none'; \
    style-src 'sha256-i7kpA/co67cwi6B6Y5eJ4qwR4FZnqjs8tQRet4NzKo4='; \
    script-src 'sha256-x98soVseP4/lPgcjwDS4IoqNY8cRp9v5i8Y+qNwChh0='; \
    img-src data:; base-uri 'none'; form-action 'none'";

/// The line by which a page of ours is known.
pub const MARK: &str = "<meta name=\"generator\" content=\"copydesk\">";

/// The parts of the page: their ids, and the words for them in the navigation and above them.
const PARTS: [(&str, &str, &str); 6] = [
    ("time", "Over time", "Posts over time"),
    ("posts", "Worst posts", "Worst posts"),
    ("lints", "By family", "What was found, by family"),
    ("copies", "Copies", "Copies side by side"),
    ("links", "Broken links", "Broken links by target"),
    ("findings", "Findings", "All findings"),
];

/// Writes the page.
///
/// # Errors
/// When `out` cannot be written to.
pub fn page(survey: &Survey<'_>, backdrop: &dyn Backdrop, out: &mut dyn io::Write) -> io::Result<()> {
    let mut page = Markup::default();
    page.own("<!doctype html>\n");
    page.element("html", &[("lang", "en")], |page| {
        page.ln().element("head", &[], |page| head::metadata(page, survey)).ln();
        page.element("body", &[], |page| body(page, survey, backdrop)).ln();
    });
    page.ln();
    out.write_all(page.finish().as_bytes())
}

fn body(page: &mut Markup, survey: &Survey<'_>, backdrop: &dyn Backdrop) {
    page.ln().leaf("a", &[("class", "skip"), ("href", "#main")], "Skip to the report").ln();
    page.element("header", &[], |page| head::banner(page, survey)).ln();
    page.element("nav", &[("aria-label", "Parts of the report")], |page| {
        page.element("ul", &[], |page| {
            for (id, short, _) in PARTS {
                page.element("li", &[], |page| _ = page.leaf("a", &[("href", &format!("#{id}"))], short));
            }
        });
    });
    page.ln().element("main", &[("id", "main"), ("tabindex", "-1")], |page| {
        head::failures(page, survey);
        part(page, 0, |page| chart::time(page, survey));
        part(page, 1, |page| posts::worst(page, survey));
        part(page, 2, |page| lints::families(page, survey, backdrop));
        part(page, 3, |page| copies::clusters(page, survey));
        part(page, 4, |page| links::targets(page, survey));
        part(page, 5, |page| findings::all(page, survey, &mut Texts::new(backdrop)));
        page.ln();
    });
    page.ln().element("footer", &[], head::colophon).ln();
    // Texts of this program alone: neither holds the end of its own element.
    page.own("<script>").own(SCRIPT).own("</script>\n");
}

/// A part of the page with its heading.
fn part(page: &mut Markup, at: usize, fill: impl FnOnce(&mut Markup)) {
    let (id, _, heading) = PARTS[at];
    let heading_id = format!("{id}-heading");
    page.ln().element("section", &[("id", id), ("aria-labelledby", &heading_id)], |page| {
        page.ln().leaf("h2", &[("id", &heading_id)], heading).ln();
        fill(page);
    });
}

/// A post: its title if it has one, its path, its day.
fn card(page: &mut Markup, card: &Card) {
    if let Some(title) = &card.title {
        page.leaf("span", &[("class", "title"), ("dir", "auto")], &shortened(title));
    }
    path(page, &card.path);
    if let Some(date) = card.date {
        let date = date.to_string();
        page.own(" ").leaf("time", &[("class", "meta"), ("datetime", &date)], &date);
    }
}

fn path(page: &mut Markup, path: &str) {
    page.leaf("bdi", &[("class", "path")], &shortened(path));
}

/// A paragraph that says something about what is shown.
fn note(page: &mut Markup, text: &str) {
    page.element("p", &[("class", "note")], |page| _ = page.words(text)).ln();
}

/// Cells with the number of errors, warnings and infos.
fn count_cells(page: &mut Markup, counts: Counts) {
    for (count, class) in [(counts.errors, "error"), (counts.warnings, "warn"), (counts.infos, "info")] {
        let class = if count == 0 { "number none".to_owned() } else { format!("number {class}") };
        page.leaf("td", &[("class", &class)], &number(count));
    }
}

/// Most characters of what stands in a line of the page.
const LONGEST: usize = 300;

/// The text, as far as it fits.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// The id of a lint's findings: names of lints need not be words.
fn lint_id(family: usize, lint: usize) -> String {
    format!("lint-{family}-{lint}")
}

#[cfg(test)]
mod tests;
