//! Broken links by what they lead to.

use super::markup::{Markup, number, plural};
use super::table::{Column, row, table};
use super::{note, path, shortened};
use crate::survey::Survey;
use crate::survey::links::Target;

const COLUMNS: [Column; 4] = [("target", false), ("links", true), ("posts", true), ("in", false)];

/// Most bytes of this part: addresses may be long.
const MOST_BYTES: usize = 500_000;

/// The part about links.
pub(super) fn targets(page: &mut Markup, survey: &Survey<'_>) {
    let Some(links) = &survey.links else {
        return note(page, "No lint of this run asks where links lead.");
    };
    if links.targets.is_empty() {
        return note(page, "No link was found that leads to nothing.");
    }
    let targets = plural(links.targets.len() + links.left, "target");
    let caption = format!("{} to {targets}, that from most posts first", plural(links.links, "broken link"));
    let mut rows = Markup::default();
    let mut listed = 0;
    for target in &links.targets {
        let mut markup = Markup::default();
        named(&mut markup, target);
        if rows.len() + markup.len() > MOST_BYTES {
            break;
        }
        rows.join(markup);
        listed += 1;
    }
    table(page, "links-table", &caption, &COLUMNS, |page| _ = page.join(rows));
    let left = links.left + links.targets.len() - listed;
    if left > 0 {
        note(page, &format!("{} are listed; {} are not.", number(listed), plural(left, "more target")));
    }
}

fn named(page: &mut Markup, target: &Target) {
    row(
        page,
        |page| {
            page.element("bdi", &[], |page| _ = page.leaf("code", &[], &shortened(&target.address)));
            page.own("<br>").leaf("span", &[("class", "meta")], target.what);
        },
        |page| {
            page.leaf("td", &[("class", "number")], &number(target.links));
            page.leaf("td", &[("class", "number")], &number(target.posts.len() + target.left));
            page.element("td", &[("class", "wide")], |page| posts(page, target));
        },
    );
}

fn posts(page: &mut Markup, target: &Target) {
    page.element("ul", &[("class", "plain")], |page| {
        target.posts.iter().for_each(|post| _ = page.element("li", &[], |page| path(page, post)));
        if target.left > 0 {
            page.leaf("li", &[("class", "none")], &format!("and {}", plural(target.left, "more post")));
        }
    });
}
