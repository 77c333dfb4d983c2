//! The worst posts.

use super::markup::{Markup, number, plural};
use super::table::{Column, row, table};
use super::{card, count_cells, note};
use crate::survey::Survey;
use crate::survey::posts::Bad;

const COLUMNS: [Column; 5] =
    [("post", false), ("errors", true), ("warnings", true), ("infos", true), ("most of it", false)];

/// The part about the worst posts.
pub(super) fn worst(page: &mut Markup, survey: &Survey<'_>) {
    let worst = &survey.worst;
    if worst.posts.is_empty() {
        return note(page, "Nothing was found in any post.");
    }
    table(page, "posts-table", "Posts with most errors, then with most warnings", &COLUMNS, |page| {
        for bad in &worst.posts {
            row(
                page,
                |page| card(page, &bad.card),
                |page| {
                    count_cells(page, bad.counts);
                    page.element("td", &[("class", "wide")], |page| lints(page, bad));
                },
            );
        }
    });
    if worst.left > 0 {
        let more = plural(worst.left, "more post");
        note(page, &format!("{} are listed; {more} with findings are not.", number(worst.posts.len())));
    }
}

fn lints(page: &mut Markup, bad: &Bad) {
    page.element("ul", &[("class", "plain")], |page| {
        for (lint, count) in &bad.lints {
            page.element("li", &[], |page| {
                page.leaf("code", &[], lint);
                if *count > 1 {
                    page.own(" × ").text(&number(*count));
                }
            });
        }
        if bad.more_lints > 0 {
            page.leaf("li", &[("class", "none")], &format!("and {}", plural(bad.more_lints, "more lint")));
        }
    });
}
