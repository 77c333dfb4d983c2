//! What the text matcher finds: scopes, ends of a post, qualifiers, counts and marks.

use super::*;
use crate::matcher::{Demands, Hit};
use crate::post::Post;
use crate::site::plain::PLAIN;
use crate::site::{Role, Site};
use crate::source::Source;
use crate::spanned::yaml;

fn patterns(spec: &str) -> Result<Patterns, SpecError> {
    let spec: Spec = yaml::from_str(spec).expect("a well-formed spec");
    let now = jiff::Timestamp::UNIX_EPOCH;
    spec.build(&Context { site: Site::of(&PLAIN), now, demands: Demands::default() })
}

fn post(text: &str) -> Post {
    Post::parse(Source::from_text("a.md", text), &Site::of(&PLAIN), Role::Post)
}

fn hits(spec: &str, text: &str) -> Vec<Hit> {
    let mut out = vec![];
    Engine::new(vec![(7, patterns(spec).expect("builds"))]).hits(&post(text), &mut out);
    assert!(out.iter().all(|(number, _)| *number == 7));
    out.into_iter().map(|(_, hit)| hit).collect()
}

/// What is marked, as it stands in the source.
fn marks<'a>(spec: &str, text: &'a str) -> Vec<&'a str> {
    hits(spec, text).iter().map(|hit| &text[hit.span.range()]).collect()
}

#[test]
fn blocks_end_at_block_tags_and_spans_cover_markup() {
    let text = "<p>before</p><p>one <b>two</b> three</p><p>after</p>";
    assert_eq!(marks("patterns: ['^one two three$']", text), ["one <b>two</b> three"]);
    assert_eq!(marks("patterns: ['before.*after']", text), Vec::<&str>::new());
    assert_eq!(marks("phrases: [two three]", "one\ntwo\nthree"), ["two\nthree"]);
    assert_eq!(marks("phrases: [two]", "`two` and\n\n```\ntwo\n```\n"), Vec::<&str>::new());
}

#[test]
fn lines_are_searched_one_by_one() {
    let text = "ad\nthe ad\nad\n\nad<br>ad\n";
    assert_eq!(marks("{in: line, patterns: ['^ad$'], max-chars: 9}", text).len(), 4);
    assert_eq!(marks("{in: block, patterns: ['^ad'], max-chars: 99}", text).len(), 2);
    // Without a literal, too.
    assert_eq!(marks("{in: line, patterns: ['^\\w\\w$'], max-chars: 9}", text).len(), 4);
}

#[test]
fn scopes_outside_the_prose() {
    let text =
        "---\ntitle: \"red fox\"\ntags: [fox]\n---\n# A fox\n\n[fox](/fox.html) ![a fox](fox.png)\n\n<!-- fox -->\n";
    let mark = |scope: &str| marks(&format!("{{in: {scope}, phrases: [fox]}}"), text);
    assert_eq!(mark("title"), ["fox"]);
    assert_eq!(mark("front-matter"), ["fox", "fox"]);
    assert_eq!(mark("heading"), ["fox"]);
    assert_eq!(mark("link-text"), ["fox"]);
    assert_eq!(mark("comment"), ["<!-- fox -->"]);
    assert_eq!(mark("image-alt"), ["fox"]);
    assert_eq!(mark("source").len(), 8);
    assert_eq!(marks("{in: link-target, patterns: ['fox\\.(?<mark>html)$']}", text), ["html"]);
    assert_eq!(marks("{in: image-target, patterns: ['png$']}", text), ["png"]);
    assert_eq!(hits("{in: filename, patterns: ['^a\\.md$']}", text).len(), 1);
}

#[test]
fn source_lines_end_before_the_carriage_return() {
    assert_eq!(marks("{in: source, patterns: ['fox$']}", "a fox\r\nfox b\r\nfox"), ["fox", "fox"]);
    assert_eq!(marks("{in: source, patterns: ['^\\d+$'], max-chars: 5}", "12\r\na1\r\n34"), ["12", "34"]);
}

#[test]
fn ends_of_the_post() {
    let text = (1..=12).map(|n| format!("word {n}")).collect::<Vec<_>>().join("\n\n```\ncode\n```\n\n");
    let numbers = |at: &str| marks(&format!("{{at: {at}, patterns: ['word \\d+']}}"), &text).join(" ");
    assert_eq!(numbers("head"), "word 1 word 2 word 3");
    assert_eq!(numbers("tail"), "word 7 word 8 word 9 word 10 word 11 word 12");
    assert_eq!(numbers("last"), "word 12");
    assert_eq!(numbers("either"), "word 1 word 2 word 3 word 7 word 8 word 9 word 10 word 11 word 12");
    assert_eq!(marks("{at: last, phrases: [only]}", "only"), ["only"]);
}

#[test]
fn long_regions_are_left_alone() {
    let spec = "{in: line, phrases: [fox], max-chars: 5}";
    assert_eq!(marks(spec, "a fox\nthe fox\n狐狸 fox\n狐fox\n"), ["fox", "fox"]);
}

#[test]
fn unless_leaves_the_whole_region_alone() {
    let spec = "{in: line, phrases: [fox], unless: ['\\?$']}";
    assert_eq!(marks(spec, "fox or dog?\nfox\n"), ["fox"]);
}

#[test]
fn neighbours_before_and_behind() {
    let after =
        |kind: &str, text: &str| marks(&format!("{{in: line, phrases: [fox], not-after: [{kind}]}}"), text).len();
    let before =
        |kind: &str, text: &str| marks(&format!("{{in: line, phrases: [fox], not-before: [{kind}]}}"), text).len();
    assert_eq!(after("image", "![](a.png)\n\nfox"), 0);
    assert_eq!(after("image", "![](a.png)\nfox"), 0);
    assert_eq!(after("image", "[![](a.png)](/b)\n\nfox"), 0);
    assert_eq!(after("image", "text ![](a.png) text\n\nfox"), 1);
    assert_eq!(after("image", "`code`\n\nfox"), 1);
    assert_eq!(before("image", "fox\n\n![](a.png)"), 0);
    assert_eq!(before("list", "fox\n\n- a\n- b\n"), 0);
    assert_eq!(before("list", "fox\nline\n\n- a\n"), 1);
    assert_eq!(after("heading", "# a\n\nfox"), 0);
    assert_eq!(before("code", "fox\n\n```\na\n```\n"), 0);
    assert_eq!(after("quote", "> a\n\nfox"), 0);
    assert_eq!(after("quote", "fox"), 1);
}

#[test]
fn containers_around_a_hit() {
    let inside = |kind: &str, text: &str| marks(&format!("{{phrases: [fox], not-in: [{kind}]}}"), text).len();
    assert_eq!(inside("quote", "> a fox"), 0);
    assert_eq!(inside("quote", "he said “a fox” and left"), 0);
    assert_eq!(inside("quote", "he said \"no\" to a fox \"twice\""), 1);
    assert_eq!(inside("quote", "“closed” fox"), 1);
    assert_eq!(inside("list", "- fox"), 0);
    assert_eq!(inside("table", "| fox |\n|---|\n| b |\n"), 0);
    assert_eq!(inside("heading", "# fox"), 0);
    assert_eq!(inside("link", "a [fox](/b) c"), 0);
    assert_eq!(inside("link", "[a](/b) fox [c](/d)"), 1);
}

#[test]
fn counts_of_hits_and_of_different_hits() {
    assert_eq!(marks("{phrases: [fox], min-count: 3}", "fox fox").len(), 0);
    assert_eq!(marks("{phrases: [fox], min-count: 3}", "fox\n\nfox Fox").len(), 3);
    assert_eq!(marks("{phrases: [fox, dog], min-distinct: 2}", "fox Fox FOX").len(), 0);
    let found = hits("{phrases: [fox, dog], min-distinct: 2}", "Fox fox dog");
    assert_eq!(found.len(), 3);
    assert!(found.iter().all(|hit| hit.vars.contains(&("words".into(), "fox, dog".to_owned()))), "{found:?}");
}

#[test]
fn marks_of_matches_groups_and_regions() {
    assert_eq!(marks("patterns: ['a (?<mark>red) fox']", "see a red fox run"), ["red"]);
    assert_eq!(marks("{patterns: ['red'], mark: region}", "see a *red* fox\n"), ["see a *red* fox"]);
    let linked = "[red](/a) or [fox](/b)\n";
    assert_eq!(marks("{patterns: ['red'], mark: region}", linked), [linked.trim()]);
    let found = hits("{patterns: ['red'], mark: region}", linked);
    assert_eq!(found[0].vars, [("text".into(), "red or fox".to_owned())]);
}

#[test]
fn a_hit_inside_another_is_dropped() {
    assert_eq!(marks("phrases: [red fox, fox, red]", "a red fox"), ["red fox"]);
}

#[test]
fn hits_of_several_lints_keep_their_numbers() {
    let engine = Engine::new(vec![
        (3, patterns("phrases: [fox]").expect("builds")),
        (1, patterns("{in: line, phrases: [fox]}").expect("builds")),
    ]);
    let mut out = vec![];
    engine.hits(&post("a fox"), &mut out);
    let mut numbers: Vec<usize> = out.iter().map(|(number, _)| *number).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 3]);
}

#[test]
fn specs_that_cannot_work_are_refused() {
    let message = |spec: &str| patterns(spec).expect_err(spec).message;
    assert!(message("in: block").contains("no phrase"));
    assert!(message("patterns: ['\\w+']").contains("neither a literal"));
    assert!(message("patterns: ['(']").contains("does not work"));
    assert!(message("{in: source, at: tail, phrases: [fox]}").contains("this scope has none"));
    assert!(patterns("{patterns: ['\\w+'], max-chars: 10}").is_ok());
}

/// Hidden blocks, links and images around hits are looked at a bounded number of times.
#[test]
fn many_hits_beside_many_links_take_no_time() {
    let lines = "fox [a](/b) ![](c.png)<span hidden>x</span>\n".repeat(20_000);
    let spec = "{in: line, at: either, phrases: [fox], not-after: [image], not-before: [image], not-in: [link, quote]}";
    let clock = std::time::Instant::now();
    let post = post(&lines);
    let parsed = clock.elapsed();
    let mut out = vec![];
    Engine::new(vec![(0, patterns(spec).expect("builds"))]).hits(&post, &mut out);
    let searched = clock.elapsed() - parsed;
    assert!(searched < parsed + std::time::Duration::from_secs(2), "{searched:?} after {parsed:?}");
}
