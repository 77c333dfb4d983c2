//! Posts over time: a drawing, and the same as a table.

use super::markup::{Markup, number, plural};
use super::note;
use super::table::{row, table};
use crate::survey::Survey;
use crate::survey::time::{Period, Posts, Time};

/// Height of the drawing in its own units; its width is ten for each period.
const HEIGHT: usize = 1000;
/// Of ten units: how many a bar takes.
const BAR: usize = 8;
/// Names below the drawing, at most.
const MOST_NAMES: usize = 12;
/// A drawing has room for so many bars at least: few would be broad.
const LEAST_BARS: usize = 12;

/// The kinds of posts, from the bottom of a bar to its top: class, words, number.
type Kind = (&'static str, &'static str, fn(&Posts) -> usize);

const KINDS: [Kind; 4] = [
    ("bar-error", "with errors", |posts| posts.errors),
    ("bar-warn", "with warnings", |posts| posts.warnings),
    ("bar-info", "with infos only", |posts| posts.infos),
    ("bar-clean", "without findings", |posts| posts.clean),
];

/// The part about time.
pub(super) fn time(page: &mut Markup, survey: &Survey<'_>) {
    let time = &survey.time;
    if time.periods.is_empty() {
        return note(page, "No post has a date.");
    }
    let unit = if time.is_monthly { "month" } else { "year" };
    note(page, &format!("Posts by the {unit} of their date, and the worst that was found in each post."));
    drawing(page, time, unit);
    apart(page, time);
    page.element("details", &[], |page| {
        page.leaf("summary", &[], "The same as a table").ln();
        numbers(page, time, unit);
    });
}

fn drawing(page: &mut Markup, time: &Time, unit: &str) {
    let most = time.periods.iter().map(|period| period.posts.all()).max().unwrap_or(0).max(1);
    let width = time.periods.len().max(LEAST_BARS) * 10;
    page.element("figure", &[("class", "chart")], |page| {
        key(page, time, most);
        let label = told(time, unit);
        let size = format!("0 0 {width} {HEIGHT}");
        let attributes =
            [("viewBox", &*size), ("preserveAspectRatio", "none"), ("role", "img"), ("aria-label", &*label)];
        page.element("svg", &attributes, |page| {
            time.periods.iter().enumerate().for_each(|(at, period)| bar(page, at, period, most));
        });
        page.ln().element("div", &[("class", "axis"), ("aria-hidden", "true")], |page| {
            let step = time.periods.len().div_ceil(MOST_NAMES);
            for (at, period) in time.periods.iter().enumerate() {
                let name = if at % step == 0 { &*period.name } else { "" };
                page.leaf("span", &[], name);
            }
            (time.periods.len()..LEAST_BARS).for_each(|_| _ = page.leaf("span", &[], ""));
        });
    });
    page.ln();
}

/// What the colours stand for, as far as there are such posts.
fn key(page: &mut Markup, time: &Time, most: usize) {
    page.element("ul", &[("class", "key"), ("aria-hidden", "true")], |page| {
        let is_there = |count: fn(&Posts) -> usize| time.periods.iter().any(|period| count(&period.posts) > 0);
        for (class, words, _) in KINDS.iter().filter(|(_, _, count)| is_there(*count)) {
            page.element("li", &[], |page| {
                page.element("svg", &[("viewBox", "0 0 10 10")], |page| {
                    page.leaf("rect", &[("class", class), ("width", "10"), ("height", "10")], "");
                });
                page.text(words);
            });
        }
        page.leaf("li", &[], &format!("highest bar: {}", plural(most, "post")));
    });
}

fn bar(page: &mut Markup, at: usize, period: &Period, most: usize) {
    page.element("g", &[], |page| {
        page.leaf("title", &[], &in_words(period));
        let x = (at * 10 + (10 - BAR) / 2).to_string();
        let width = BAR.to_string();
        let mut below = 0;
        for (class, _, count) in KINDS {
            let (bottom, top) = (below * HEIGHT / most, (below + count(&period.posts)) * HEIGHT / most);
            below += count(&period.posts);
            if top > bottom {
                let (y, height) = ((HEIGHT - top).to_string(), (top - bottom).to_string());
                let place = [("class", class), ("x", &*x), ("y", &*y), ("width", &*width), ("height", &*height)];
                page.leaf("rect", &place, "");
            }
        }
    });
}

/// `2024: 12 posts, 3 with findings`
fn in_words(period: &Period) -> String {
    let (posts, affected) = (plural(period.posts.all(), "post"), number(period.posts.affected()));
    format!("{}: {posts}, {affected} with findings", period.name)
}

/// What the drawing shows, for those who do not see it.
fn told(time: &Time, unit: &str) -> String {
    let ends = (time.periods.first(), time.periods.last());
    let busiest = time.periods.iter().max_by_key(|period| period.posts.all()).map(in_words).unwrap_or_default();
    let name = |period: Option<&Period>| period.map(|period| period.name.clone()).unwrap_or_default();
    format!(
        "Bars of the posts of each {unit} from {} to {}. The {unit} with most posts is {busiest}. The table below has all numbers.",
        name(ends.0),
        name(ends.1)
    )
}

/// What stands in no bar.
fn apart(page: &mut Markup, time: &Time) {
    let first = time.periods.first().map(|period| &*period.name).unwrap_or_default();
    for (posts, what) in [(time.undated, "without a date".to_owned()), (time.earlier, format!("older than {first}"))] {
        if posts.all() > 0 {
            let (all, affected) = (plural(posts.all(), "post"), number(posts.affected()));
            note(page, &format!("Not drawn: {all} {what}, {affected} of them with findings."));
        }
    }
}

fn numbers(page: &mut Markup, time: &Time, unit: &'static str) {
    let columns = [
        (unit, false),
        ("posts", true),
        ("with findings", true),
        ("with errors", true),
        ("with warnings", true),
        ("with infos only", true),
    ];
    table(page, "time-table", &format!("Posts by {unit}, each counted by the worst found in it"), &columns, |page| {
        let periods = time.periods.iter().map(|period| (&*period.name, period.posts));
        let apart = [("earlier", time.earlier), ("without a date", time.undated)];
        let apart = apart.into_iter().filter(|(_, posts)| posts.all() > 0);
        for (name, posts) in periods.chain(apart) {
            let cells = [posts.all(), posts.affected(), posts.errors, posts.warnings, posts.infos];
            row(
                page,
                |page| _ = page.text(name),
                |page| cells.iter().for_each(|cell| _ = page.leaf("td", &[("class", "number")], &number(*cell))),
            );
        }
    });
}
