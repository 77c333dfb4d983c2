//! Copies, each group with some of them beside the post that stays; what both say is marked.

use super::markup::{Markup, number, plural};
use super::{card, note};
use crate::survey::Survey;
use crate::survey::copies::{Cluster, Copies, Member};
use crate::survey::sides::{MOST_CHARACTERS, Side};

/// Most bytes of this part; texts in two columns are large.
const MOST_BYTES: usize = 1_500_000;

/// The part about copies.
pub(super) fn clusters(page: &mut Markup, survey: &Survey<'_>) {
    let Some(copies) = &survey.copies else {
        return note(page, "No lint of this run compares posts with each other.");
    };
    if copies.clusters.is_empty() {
        return note(page, "No post is a copy of another.");
    }
    let groups = plural(copies.clusters.len() + copies.left, "group");
    let all = if copies.copies == 1 { "1 copy".to_owned() } else { format!("{} copies", number(copies.copies)) };
    note(
        page,
        &format!(
            "{all} in {groups}, the largest first. Marked is what stands in both texts, in runs of six words or fifteen \
             characters and more. Of each text at most {} characters are shown. `copydesk dedup` takes copies out of the site.",
            number(MOST_CHARACTERS)
        ),
    );
    let start = page.len();
    let mut left = copies.left;
    for (at, cluster) in copies.clusters.iter().enumerate() {
        let mut markup = Markup::default();
        group(&mut markup, at, cluster);
        if page.len() + markup.len() - start > MOST_BYTES {
            left += copies.clusters.len() - at;
            break;
        }
        page.join(markup);
    }
    rest(page, copies, left);
}

fn rest(page: &mut Markup, copies: &Copies, left: usize) {
    if left > 0 {
        let shown = number(copies.clusters.len() + copies.left - left);
        let more = plural(left, "more group");
        note(page, &format!("{shown} are shown; {more} are not. `copydesk dedup` lists them all."));
    }
}

fn group(page: &mut Markup, at: usize, cluster: &Cluster) {
    let attributes: &[_] = if at == 0 { &[("class", "cluster"), ("open", "open")] } else { &[("class", "cluster")] };
    page.element("details", attributes, |page| {
        let copies = match cluster.members.len() + cluster.left {
            1 => "1 copy".to_owned(),
            copies => format!("{} copies", number(copies)),
        };
        let name = cluster.kept.title.as_deref().unwrap_or(&cluster.kept.path);
        page.element("summary", &[], |page| {
            page.leaf("h3", &[("dir", "auto")], &super::shortened(name));
            page.own(" ").leaf("span", &[("class", "meta")], &copies);
        });
        page.ln().element("p", &[], |page| {
            page.own("Stays, because ").text(cluster.because).own(": ");
            super::path(page, &cluster.kept.path);
        });
        page.leaf("h4", &[], "Its copies");
        page.element("ul", &[], |page| cluster.members.iter().for_each(|member| named(page, member)));
        if cluster.left > 0 {
            note(page, &format!("{} more copies are not named.", number(cluster.left)));
        }
        cluster.members.iter().for_each(|member| beside(page, cluster, member));
    });
    page.ln();
}

fn named(page: &mut Markup, member: &Member) {
    page.element("li", &[], |page| {
        card(page, &member.card);
        let (class, per_cent) = (member.relation.class.name(), member.relation.per_cent());
        page.own(" ").leaf("span", &[("class", "meta")], &format!("{class}, {per_cent} % the same"));
    });
    page.ln();
}

fn beside(page: &mut Markup, group: &Cluster, member: &Member) {
    let Some(sides) = &member.sides else { return };
    let (kept, copy) = (&*group.kept.path, &*member.card.path);
    let named = [
        (&sides.kept, kept, "The post that stays: ", format!("The post that stays, beside {copy}")),
        (&sides.copy, copy, "The copy: ", format!("The copy {copy}")),
    ];
    page.element("div", &[("class", "sides")], |page| {
        for (side, post, what, name) in named {
            // Named, so that those who do not see them can tell them apart; scrolled by keyboard.
            page.element("section", &[("aria-label", &name), ("tabindex", "0")], |page| {
                page.element("p", &[("class", "meta")], |page| super::path(page.own(what), post));
                column(page, side);
            });
        }
    });
    page.ln();
}

fn column(page: &mut Markup, side: &Side) {
    if side.before > 0 {
        note(page, &format!("… {} before", plural(side.before, "character")));
    }
    for block in &side.blocks {
        let class = if block.is_heading { "heading" } else { "" };
        page.element("p", &[("class", class), ("dir", "auto")], |page| {
            for (text, is_common) in &block.pieces {
                if *is_common {
                    page.leaf("mark", &[], text);
                } else {
                    page.text(text);
                }
            }
        });
    }
    if side.behind > 0 {
        note(page, &format!("… {} behind", plural(side.behind, "character")));
    }
}
