//! A summary of a job in GitHub-flavoured Markdown: what it comes to, the worst posts, the lints, then the diagnostics as far
//! as there is room. Words of posts are literal: every character that could be markup is written by number.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::sanitise::line;
use super::text::Texts;
use super::{Options, Run, plural, pretty, said};
use crate::diagnostic::{Diagnostic, Level};
use crate::lint::clip;

/// Most bytes. GitHub takes 1 MiB from a step, and of one byte more nothing at all; the rest is for what else the step says.
const MOST_BYTES: usize = 1_000_000;
/// Bytes that are kept free for the end.
const END: usize = 200;
/// Most posts in the table of the worst.
const MOST_POSTS: usize = 20;
/// Most lints in their table: more than there are, and a bound on what own records may add.
const MOST_LINTS: usize = 300;
/// Columns of the text in a cell or item.
const COLUMNS: usize = 200;

/// How many diagnostics of each level there are of one thing.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Counts {
    errors: usize,
    warnings: usize,
    infos: usize,
}

/// What one lint found.
#[derive(Default)]
struct Found<'a> {
    counts: Counts,
    posts: BTreeSet<&'a str>,
}

impl Counts {
    fn add(&mut self, level: Level) {
        match level {
            Level::Error => self.errors += 1,
            Level::Warn => self.warnings += 1,
            Level::Info => self.infos += 1,
        }
    }

    fn cells(self) -> String {
        format!("{} | {} | {}", self.errors, self.warnings, self.infos)
    }
}

/// Writes the summary.
pub(super) fn report(run: &Run<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut page = format!("# copydesk\n\n{}\n", pretty::sum(run.report, Options::PLAIN));
    add_failures(&mut page, run);
    if run.reported().next().is_some() {
        add_posts(&mut page, run);
        add_lints(&mut page, run);
        add_diagnostics(&mut page, run);
    }
    out.write_all(page.as_bytes())
}

fn add_failures(page: &mut String, run: &Run<'_>) {
    let failures = &run.report.failures;
    if failures.is_empty() {
        return;
    }
    page.push_str("\n## Could not be read\n\n");
    for failure in failures.iter().take(MOST_POSTS) {
        page.push_str(&format!("* {}: {}\n", path(run, &failure.path, ""), literal(&said::failure(failure))));
    }
    add_rest(page, failures.len(), MOST_POSTS, "file");
}

fn add_posts(page: &mut String, run: &Run<'_>) {
    let mut posts: BTreeMap<&str, Counts> = BTreeMap::new();
    run.reported().for_each(|diagnostic| posts.entry(&diagnostic.place.path).or_default().add(diagnostic.level));
    let mut posts: Vec<(&str, Counts)> = posts.into_iter().collect();
    posts.sort_by_key(|(_, counts)| Reverse(*counts));
    page.push_str("\n## Worst posts\n\n| post | errors | warnings | infos |\n|---|--:|--:|--:|\n");
    for (post, counts) in posts.iter().take(MOST_POSTS) {
        page.push_str(&format!("| {} | {} |\n", path(run, post, ""), counts.cells()));
    }
    add_rest(page, posts.len(), MOST_POSTS, "post");
}

fn add_lints(page: &mut String, run: &Run<'_>) {
    let mut lints: BTreeMap<&str, Found<'_>> = BTreeMap::new();
    for diagnostic in run.reported() {
        let found = lints.entry(&diagnostic.lint).or_default();
        found.counts.add(diagnostic.level);
        found.posts.insert(&diagnostic.place.path);
    }
    let mut lints: Vec<(&str, Found<'_>)> = lints.into_iter().collect();
    lints.sort_by_key(|(_, found)| Reverse(found.counts));
    page.push_str("\n## Lints\n\n| lint | errors | warnings | infos | posts | what it finds |\n");
    page.push_str("|---|--:|--:|--:|--:|---|\n");
    for (name, found) in lints.iter().take(MOST_LINTS) {
        let lint = run.backdrop.lint(name);
        let summary = lint.map_or_else(String::new, |lint| literal(&lint.record.summary.value));
        let (cells, posts) = (found.counts.cells(), found.posts.len());
        page.push_str(&format!("| {} | {cells} | {posts} | {summary} |\n", code(name)));
    }
    add_rest(page, lints.len(), MOST_LINTS, "lint");
}

/// The diagnostics themselves, the most serious first, until there is no more room.
fn add_diagnostics(page: &mut String, run: &Run<'_>) {
    let mut texts = Texts::new(run.backdrop);
    let mut diagnostics: Vec<&Diagnostic> = run.reported().collect();
    diagnostics.sort_by_key(|diagnostic| Reverse(diagnostic.level));
    page.push_str("\n<details>\n<summary>All diagnostics</summary>\n\n");
    let mut written = 0;
    for diagnostic in &diagnostics {
        let start = texts.range(&diagnostic.place.path, diagnostic.place.span).map(|(start, _)| start);
        let start = start.map_or_else(String::new, |start| format!(":{}:{}", start.line, start.column));
        let place = path(run, &diagnostic.place.path, &start);
        let (level, lint) = (diagnostic.level.name(), code(&diagnostic.lint));
        let item = format!("* {place} {level} {lint} {}\n", literal(&said::message(diagnostic, false)));
        if page.len() + item.len() + END > MOST_BYTES {
            break;
        }
        page.push_str(&item);
        written += 1;
    }
    add_rest(page, diagnostics.len(), written, "diagnostic");
    page.push_str("\n</details>\n");
}

/// Says how many of something are not shown.
fn add_rest(page: &mut String, all: usize, shown: usize, noun: &str) {
    if all > shown {
        page.push_str(&format!("\n… and {}\n", plural(all - shown, &format!("more {noun}"))));
    }
}

/// The path of a file with what stands behind it.
fn path(run: &Run<'_>, path: &str, behind: &str) -> String {
    code(&format!("{}{behind}", run.in_repository(path)))
}

/// Text as code. An element and no code span: a span may hold neither its own fence nor, in a table, a bar.
fn code(text: &str) -> String {
    format!("<code>{}</code>", literal(text))
}

/// Text that no Markdown is made of, on one line, clipped.
fn literal(text: &str) -> String {
    let text = clip(&line(text, false), COLUMNS);
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        // Addresses become links by their `://` or `www.`, and by an `@`, which also names people; `$` makes formulas.
        let is_address = c == ':' && chars.peek() == Some(&'/') || c == '.' && before.eq_ignore_ascii_case(&'w');
        if is_address || "\\`*_[]<>&#|~!@$".contains(c) {
            out.push_str(&format!("&#{};", u32::from(c)));
        } else {
            out.push(c);
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options as Syntax, Parser, Tag, TagEnd};

    use super::super::Format;
    use super::super::specimen::{HOSTILE, Specimen, hostile, warn};
    use super::*;

    /// The cells of all tables and the items of all lists, as a reader sees them.
    fn seen(page: &str) -> Vec<String> {
        let mut seen: Vec<String> = vec![];
        let mut is_open = false;
        for event in Parser::new_ext(page, Syntax::ENABLE_TABLES | Syntax::ENABLE_STRIKETHROUGH | Syntax::ENABLE_MATH) {
            match event {
                Event::Start(Tag::TableCell | Tag::Item) => {
                    seen.push(String::new());
                    is_open = true;
                }
                Event::End(TagEnd::TableCell | TagEnd::Item) => is_open = false,
                Event::Text(text) if is_open => {
                    seen.iter_mut().last().into_iter().for_each(|cell| cell.push_str(&text))
                }
                Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::List(_) | Tag::Heading { .. })
                | Event::Start(Tag::Paragraph | Tag::HtmlBlock)
                | Event::End(_)
                | Event::Text(_) => {}
                Event::InlineHtml(html) | Event::Html(html) => {
                    let own = ["<code>", "</code>", "<details>", "<summary>All diagnostics</summary>", "</details>"];
                    assert!(own.contains(&html.trim()), "{html}");
                }
                other => panic!("{other:?}"),
            }
        }
        seen
    }

    #[test]
    fn totals_and_tables() {
        let specimen = Specimen::new(&[("a.md", "«x»"), ("b.md", "y\n«x»"), ("c.md", "«x»")])
            .in_folder("docs/")
            .with(warn(0, "bad"))
            .with(warn(1, "worse").level(Level::Error))
            .with(warn(1, "to know").level(Level::Info))
            .with(warn(2, "hidden").suppressed("a comment says so"))
            .failing("d.md", "gone");
        let page = specimen.emit(Format::Markdown, Options::PLAIN);
        let sum = "3 posts: 1 error, 1 warning, 1 info, 1 failure, 1 suppressed in 0.02 s";
        assert_eq!(page.lines().take(3).collect::<Vec<_>>(), ["# copydesk", "", sum]);
        let expected = [
            "docs/d.md: gone (help: look for it)",
            "post",
            "errors",
            "warnings",
            "infos",
            "docs/b.md",
            "1",
            "0",
            "1",
            "docs/a.md",
            "0",
            "1",
            "0",
            "lint",
            "errors",
            "warnings",
            "infos",
            "posts",
            "what it finds",
            "sample",
            "1",
            "1",
            "1",
            "2",
            "a `sample` | of <all> lints",
            "docs/b.md:2:1 error sample worse",
            "docs/a.md:1:1 warn sample bad",
            "docs/b.md:2:1 info sample to know",
        ];
        assert_eq!(seen(&page), expected);
    }

    #[test]
    fn words_of_posts_are_no_markup() {
        let page = hostile().emit(Format::Markdown, Options::PLAIN);
        let seen = seen(&page);
        for words in HOSTILE {
            let shown = clip(&line(words, false), COLUMNS);
            assert!(seen.iter().any(|text| text.ends_with(&shown) || text.contains(&format!("{shown} "))), "{shown}");
        }
        assert!(page.chars().all(|c| c == '\n' || !c.is_control()));
        // What makes links of bare addresses sees none.
        let bare = literal("see https://example.org/a www.example.org @all a@b.c");
        assert!(["://", "www.", "@"].iter().all(|part| !bare.contains(part)), "{bare}");
    }

    #[test]
    fn a_clean_site_is_one_line() {
        let page = Specimen::new(&[("a.md", "x")]).emit(Format::Markdown, Options::PLAIN);
        assert_eq!(page, "# copydesk\n\n1 post: no problems found in 0.02 s\n");
    }

    #[test]
    fn never_more_than_github_takes() {
        let message = "<".repeat(150);
        let files: Vec<String> = (0..30).map(|at| format!("{at}.md")).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|name| (&**name, "«x»")).collect();
        let specimen = (0..3000).fold(Specimen::new(&files), |specimen, at| specimen.with(warn(at % 30, &message)));
        let page = specimen.emit(Format::Markdown, Options::PLAIN);
        assert!(page.len() <= 1_048_576 && page.len() > 900_000, "{}", page.len());
        let shown = page.lines().filter(|line| line.starts_with("* ")).count();
        assert!(page.contains(&format!("\n… and {} more diagnostics\n", 3000 - shown)));
        assert!(page.contains("\n… and 10 more posts\n"));
        assert!(page.ends_with("\n</details>\n"));
    }
}
