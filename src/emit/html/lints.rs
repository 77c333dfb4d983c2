//! What lints found, a table for each family.

use super::markup::{Markup, number, plural};
use super::table::{Column, row, table};
use super::{count_cells, lint_id, note, shortened};
use crate::desk::Backdrop;
use crate::survey::Survey;

const COLUMNS: [Column; 7] = [
    ("lint", false),
    ("what it finds", false),
    ("errors", true),
    ("warnings", true),
    ("infos", true),
    ("posts", true),
    ("repairable", true),
];

/// Most lints of a family that are told: more than there are, and a bound on what own records may add.
const MOST: usize = 100;

/// The part about lints.
pub(super) fn families(page: &mut Markup, survey: &Survey<'_>, backdrop: &dyn Backdrop) {
    if survey.families.is_empty() {
        return note(page, "Nothing was found.");
    }
    note(page, "What is repairable, `copydesk fix` repairs at once. The name of a lint leads to what it found.");
    for (at, family) in survey.families.iter().enumerate() {
        page.leaf("h3", &[], &family.name).ln();
        let caption = format!("{} of the family {}", plural(family.counts.all(), "finding"), family.name);
        table(page, &format!("family-{at}"), &caption, &COLUMNS, |page| {
            for (number_of_lint, found) in family.lints.iter().enumerate().take(MOST) {
                row(
                    page,
                    |page| {
                        let findings = format!("#{}", lint_id(at, number_of_lint));
                        page.element("a", &[("href", &findings)], |page| _ = page.leaf("code", &[], &found.name));
                    },
                    |page| {
                        page.element("td", &[("class", "wide")], |page| meaning(page, &found.name, backdrop));
                        count_cells(page, found.counts);
                        page.leaf("td", &[("class", "number")], &number(found.posts));
                        page.leaf("td", &[("class", "number")], &number(found.fixable));
                    },
                );
            }
        });
        if family.lints.len() > MOST {
            note(page, &format!("{} more lints of this family are not listed.", number(family.lints.len() - MOST)));
        }
    }
}

/// What a lint finds, and why that matters.
fn meaning(page: &mut Markup, lint: &str, backdrop: &dyn Backdrop) {
    if let Some(lint) = backdrop.lint(lint) {
        page.words(&shortened(&lint.record.summary.value));
    }
    if let Some(why) = backdrop.why(lint) {
        page.element("details", &[], |page| {
            page.leaf("summary", &[("class", "meta")], "Why it matters");
            note(page, &unwrapped(&why));
        });
    }
}

/// Running text: its line breaks are only where its author's editor wrapped.
fn unwrapped(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}
