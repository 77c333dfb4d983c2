//! The findings, lint by lint, each with the line that it is about; and the form that filters them.

use std::collections::BTreeSet;

use super::markup::{Markup, number, plural};
use super::{lint_id, note, path};
use crate::diagnostic::{Diagnostic, Level};
use crate::emit::excerpt::{Lens, Role, Row, rows};
use crate::emit::said;
use crate::emit::text::Texts;
use crate::survey::Survey;
use crate::survey::lints::{Family, Found};

/// Most bytes of this part.
const MOST_BYTES: usize = 2_000_000;
/// Most other posts that are named with a finding.
const MOST_OTHERS: usize = 3;
/// Columns of a line that are shown.
const LENS: Lens = Lens { columns: 200, ascii: false };
/// The levels, as the form lists them.
const LEVELS: [Level; 3] = [Level::Error, Level::Warn, Level::Info];

/// The part with all findings.
pub(super) fn all(page: &mut Markup, survey: &Survey<'_>, texts: &mut Texts<'_>) {
    if survey.families.is_empty() {
        return note(page, "Nothing was found.");
    }
    let (mut groups, mut listed, mut unlisted) = (Markup::default(), 0, 0);
    for (at, family) in survey.families.iter().enumerate() {
        for (number_of_lint, found) in family.lints.iter().enumerate() {
            // Once something had no room, nothing behind it is tried.
            let mut markup = Markup::default();
            if unlisted == 0 {
                group(&mut markup, &lint_id(at, number_of_lint), family, found, texts);
            }
            if unlisted > 0 || groups.len() + markup.len() > MOST_BYTES {
                unlisted += 1;
            } else {
                groups.join(markup);
                listed += found.shown.len();
            }
        }
    }
    let all = survey.counts.all();
    let listed = match all == listed {
        true => "All are listed".to_owned(),
        false => format!("Of {} {} are listed", plural(all, "finding"), number(listed)),
    };
    note(page, &format!("{listed}, lint by lint, of each lint the most serious first."));
    form(page, &survey.families);
    page.join(groups);
    if unlisted > 0 {
        note(page, &format!("There is no room here for what {} found.", plural(unlisted, "more lint")));
    }
}

/// The form: hidden until the script is there to answer it.
fn form(page: &mut Markup, families: &[Family<'_>]) {
    let attributes = [
        ("id", "filters"),
        ("class", "filters"),
        ("role", "search"),
        ("aria-label", "Filter the findings"),
        ("hidden", ""),
    ];
    page.element("form", &attributes, |page| {
        page.element("label", &[], |page| {
            page.own("Path or message");
            let search = [("type", "search"), ("id", "filter-text"), ("autocomplete", "off"), ("spellcheck", "false")];
            page.void("input", &search);
        });
        page.ln().element("label", &[], |page| {
            page.own("Family");
            page.element("select", &[("id", "filter-family")], |page| {
                page.leaf("option", &[("value", "")], "All families");
                families.iter().for_each(|family| {
                    page.leaf("option", &[("value", &family.name)], &family.name);
                });
            });
        });
        page.ln().element("label", &[], |page| {
            page.own("Lint");
            page.element("select", &[("id", "filter-lint")], |page| {
                page.leaf("option", &[("value", "")], "All lints");
                for family in families {
                    for found in &family.lints {
                        let attributes = [("value", &*found.name), ("data-family", &*family.name)];
                        page.leaf("option", &attributes, &found.name);
                    }
                }
            });
        });
        page.ln().element("fieldset", &[], |page| {
            page.own("<legend>Level</legend>");
            for level in LEVELS.map(Level::name) {
                page.element("label", &[], |page| {
                    page.void("input", &[("type", "checkbox"), ("name", "level"), ("value", level), ("checked", "")]);
                    page.text(level);
                });
            }
        });
        page.ln().own("<button type=\"reset\">Show all again</button>");
    });
    page.ln().own("<p id=\"filter-count\" class=\"meta\" role=\"status\"></p>\n");
}

fn group(page: &mut Markup, id: &str, family: &Family<'_>, found: &Found<'_>, texts: &mut Texts<'_>) {
    let attributes = [("class", "lint"), ("id", id), ("data-family", &*family.name), ("data-lint", &*found.name)];
    page.element("details", &attributes, |page| {
        page.element("summary", &[], |page| {
            page.element("h3", &[], |page| _ = page.leaf("code", &[], &found.name));
            let (count, posts) = (number(found.counts.all()), plural(found.posts, "post"));
            page.own(" ").leaf("span", &[("class", "meta")], &format!("{count} in {posts}"));
        });
        // Help that names what to write differs from place to place, and stands there.
        let first = found.shown.first().filter(|first| found.shown.iter().all(|one| one.help == first.help));
        if let Some(first) = first.filter(|first| !first.help.is_empty()) {
            note(page, &format!("What to do: {}.", said::help(first)));
        }
        page.ln().element("ol", &[("class", "findings")], |page| {
            found.shown.iter().for_each(|one| finding(page, one, first.is_none(), texts));
        });
        if found.left > 0 {
            let (listed, all) = (number(found.shown.len()), number(found.counts.all()));
            note(page, &format!("{listed} of {all} are listed."));
        }
    });
    page.ln();
}

fn finding(page: &mut Markup, one: &Diagnostic, tells_help: bool, texts: &mut Texts<'_>) {
    let level = one.level.name();
    page.element("li", &[("data-level", level)], |page| {
        page.element("div", &[("class", "said")], |page| {
            page.element("p", &[], |page| {
                page.leaf("span", &[("class", &format!("level {level}"))], level).own(" ");
                path(page, &one.place.path);
                if let Some((start, _)) = texts.range(&one.place.path, one.place.span) {
                    page.leaf("span", &[("class", "path")], &format!(":{}:{}", start.line, start.column));
                }
            });
            page.element("p", &[("dir", "auto")], |page| _ = page.words(&said::message(one, false)));
        });
        excerpt(page, one, texts);
        elsewhere(page, one);
        if tells_help && !one.help.is_empty() {
            page.element("p", &[("class", "meta")], |page| _ = page.own("What to do: ").words(&said::help(one)));
        }
    });
    page.ln();
}

/// The other posts that it is about, the first of them by name.
fn elsewhere(page: &mut Markup, one: &Diagnostic) {
    let others: BTreeSet<&str> = one.related.iter().map(|related| &*related.place.path).collect();
    let others: Vec<&str> = others.into_iter().filter(|other| *other != &*one.place.path).collect();
    for other in others.iter().take(MOST_OTHERS) {
        page.element("p", &[("class", "meta")], |page| path(page.own("See also "), other));
    }
    if others.len() > MOST_OTHERS {
        let more = plural(others.len() - MOST_OTHERS, "more post");
        page.leaf("p", &[("class", "meta")], &format!("and {more}"));
    }
}

/// The lines that it is about, as far as they fit, with the place marked.
fn excerpt(page: &mut Markup, one: &Diagnostic, texts: &mut Texts<'_>) {
    let Some(text) = texts.get(&one.place.path) else { return };
    let rows = rows(&text, text.clamp(one.place.span), (Role::Main, ""), LENS);
    page.element("pre", &[("class", "excerpt"), ("dir", "auto")], |page| {
        for (at, row) in rows.iter().enumerate() {
            if at > 0 {
                page.ln();
            }
            page.leaf("span", &[("class", "line")], &format!("{} ", row.line));
            marked(page, row);
        }
    });
}

fn marked(page: &mut Markup, row: &Row) {
    let chars: Vec<char> = row.text.trim_end().chars().collect();
    let piece = |from: usize, to: usize| chars[from.min(chars.len())..to.min(chars.len())].iter().collect::<String>();
    let mut at = 0;
    for mark in &row.marks {
        page.text(&piece(at, mark.chars.start));
        let marked = piece(mark.chars.start.max(at), mark.chars.end);
        // What is marked may be the end of a line, where nothing stands.
        page.leaf("mark", &[], if marked.is_empty() { " " } else { &marked });
        at = mark.chars.end.max(at);
    }
    page.text(&piece(at, chars.len()));
}
