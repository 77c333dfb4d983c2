//! What stands around the parts of the page: its metadata, the site with its totals, what could not be read, the last line.

use super::markup::{Markup, number, plural};
use super::{MARK, POLICY, STYLE, note, path};
use crate::emit::said;
use crate::survey::Survey;

/// Most files that could not be read which are named.
const MOST_FAILURES: usize = 50;

/// The head of the document.
pub(super) fn metadata(page: &mut Markup, survey: &Survey<'_>) {
    page.ln().void("meta", &[("charset", "utf-8")]).ln().own(MARK).ln();
    page.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", POLICY)]).ln();
    page.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]).ln();
    page.void("meta", &[("name", "color-scheme"), ("content", "light dark")]).ln();
    page.void("meta", &[("name", "referrer"), ("content", "no-referrer")]).ln();
    page.void("meta", &[("name", "robots"), ("content", "noindex")]).ln();
    page.leaf("title", &[], &format!("{}: report of copydesk", survey.site)).ln();
    // Without an icon of its own, a browser asks the server for one.
    page.void("link", &[("rel", "icon"), ("href", "data:,")]).ln();
    page.own("<style>").own(STYLE).own("</style>\n");
}

/// The site, and what it comes to.
pub(super) fn banner(page: &mut Markup, survey: &Survey<'_>) {
    page.ln().leaf("p", &[("class", "eyebrow")], "Report of copydesk").ln();
    page.leaf("h1", &[("dir", "auto")], &survey.site).ln();
    page.leaf("p", &[("class", "lead")], &sentence(survey)).ln();
    page.element("p", &[("class", "meta")], |page| {
        let (exact, shown) = (survey.now.strftime("%Y-%m-%dT%H:%MZ"), survey.now.strftime("%Y-%m-%d, %H:%M UTC"));
        page.text(survey.generator).own(" · ");
        page.leaf("time", &[("datetime", &exact.to_string())], &shown.to_string());
        if !survey.asked.is_empty() {
            page.own(" · only ").text(&asked(&survey.asked));
        }
    });
    let figures = [
        ("posts", survey.posts, ""),
        ("posts with findings", survey.affected, ""),
        ("errors", survey.counts.errors, "error"),
        ("warnings", survey.counts.warnings, "warn"),
        ("infos", survey.counts.infos, "info"),
        ("can be repaired at once", survey.fixable, ""),
    ];
    page.ln().element("dl", &[("class", "figures")], |page| {
        for (name, count, class) in figures {
            page.element("div", &[], |page| {
                page.leaf("dt", &[], name).leaf("dd", &[("class", class)], &number(count));
            });
        }
    });
    hidden(page, survey);
}

/// What it comes to, in words.
fn sentence(survey: &Survey<'_>) -> String {
    let posts = plural(survey.posts, "post");
    match (survey.posts, survey.affected) {
        (0, _) => "No posts were found.".to_owned(),
        (_, 0) => format!("Nothing was found in {posts}."),
        (all, affected) => {
            // Rounded down: what is not all is never called so.
            let per_cent = affected * 100 / all;
            let share = if per_cent == 0 { "less than 1 %".to_owned() } else { format!("{per_cent} %") };
            let of = if all == 1 {
                "the only post".to_owned()
            } else {
                format!("{} of {posts} ({share})", number(affected))
            };
            format!("Something was found in {of}: {}.", plural(survey.counts.all(), "finding"))
        }
    }
}

/// The first of the paths that were asked for.
fn asked(paths: &[String]) -> String {
    let shown = paths.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
    if paths.len() > 3 { format!("{shown} and {} more paths", number(paths.len() - 3)) } else { shown }
}

fn hidden(page: &mut Markup, survey: &Survey<'_>) {
    let (suppressed, known) = survey.hidden;
    let parts = [(suppressed, "their authors wish so"), (known, "the baseline knows them")];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, why)| format!("{} because {why}", number(*count)))
        .collect();
    if !parts.is_empty() {
        page.ln();
        note(page, &format!("Not counted: {}.", parts.join(", and ")));
    }
}

/// What could not be read; nothing where all was.
pub(super) fn failures(page: &mut Markup, survey: &Survey<'_>) {
    if survey.failures.is_empty() {
        return;
    }
    page.ln().element("section", &[("id", "failures"), ("aria-labelledby", "failures-heading")], |page| {
        page.leaf("h2", &[("id", "failures-heading")], "Could not be read").ln();
        note(page, "These files are not counted anywhere in this report.");
        page.element("ul", &[], |page| {
            for failure in survey.failures.iter().take(MOST_FAILURES) {
                page.element("li", &[], |page| {
                    path(page, &failure.path);
                    page.own(" ").text(&said::failure(failure));
                });
                page.ln();
            }
        });
        if survey.failures.len() > MOST_FAILURES {
            note(page, &format!("{} more are not listed.", number(survey.failures.len() - MOST_FAILURES)));
        }
    });
}

/// The last line.
pub(super) fn colophon(page: &mut Markup) {
    page.element("p", &[], |page| {
        page.own("Written by copydesk ").text(env!("CARGO_PKG_VERSION"));
        page.own(". This page loads nothing from elsewhere. Where a list is cut, it says by how much; <code>copydesk -f json</code> has everything.");
    });
}
