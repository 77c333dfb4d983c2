//! What counts as the same and what stands between, on texts that no record's example shows.

use super::*;
use crate::matcher::{Demands, Hit};
use crate::post::Post;
use crate::site::{Role, Site, jekyll::JEKYLL, plain::PLAIN};
use crate::source::{Source, Span};
use crate::spanned::yaml;

fn post(text: &str) -> Post {
    Post::parse(Source::from_text("a.md", text), &Site::of(&JEKYLL), Role::Post)
}

fn hits(spec: &str, post: &Post) -> Vec<Hit> {
    let context = Context { site: Site::of(&PLAIN), now: jiff::Timestamp::UNIX_EPOCH, demands: Demands::default() };
    let spec: Spec = yaml::from_str(spec).expect("a spec");
    let mut hits = vec![];
    spec.build(&context).expect("it works").hits(post, &mut hits);
    hits
}

/// What is marked in a text.
fn marked(spec: &str, text: &str) -> Vec<String> {
    let post = post(text);
    hits(spec, &post).iter().map(|hit| post.source.slice(hit.span).to_owned()).collect()
}

const DOUBLED: &str = "doubled: {max-chars: 20, min-weight: 4}";
const GLUED: &str = "glued: {max-chars: 20, min-weight: 4}";
const PASSAGE: &str = "passage: {words: 4, characters: 10}";
const NUMBERED: &str = "numbered: {at-least: 3, anywhere: ['^p(?<number>\\d+)$'], adjacent: ['^\\d+$']}";

#[test]
fn the_first_of_two_is_related() {
    let post = post("Brass\n\nbrass\n");
    let found = hits(DOUBLED, &post);
    assert_eq!(found[0].span, Span::new(7, 12));
    assert_eq!(found[0].related, [(Span::new(0, 5), "stands here first".to_owned())]);
    let found = hits("doubled: {max-chars: 20, min-weight: 4, mark: first}", &post);
    assert_eq!((found[0].span, found[0].related[0].0), (Span::new(0, 5), Span::new(7, 12)));
}

#[test]
fn headings_are_doubled_only_side_by_side() {
    assert_eq!(marked(DOUBLED, "Brass\n-----\n\nBrass\n"), ["Brass"]);
    assert_eq!(marked(DOUBLED, "Brass\n\nBrass\n\nBrass\n"), ["Brass", "Brass"]);
    assert_eq!(marked(DOUBLED, "<div>黄铜</div><div>黄铜</div>\n"), ["<div>黄铜</div>"]);
    for text in [
        "Brass\n\niron\n\nBrass\n",
        "Brass\n\n---\n\nBrass\n",
        "Brass\n\n![](a.png)\n\nBrass\n",
        "Brass\n\n    code\n\nBrass\n",
        "Brass\n\n{% include a.html %}\n\nBrass\n",
        "Brass\n\n<iframe src=a></iframe>\n\nBrass\n",
        "Brass.\n\nBrass.\n",
        "`a` brass\n\n`b` brass\n",
        "No\n\nNo\n",
        "A heading of more than twenty letters\n\nA heading of more than twenty letters\n",
    ] {
        assert_eq!(marked(DOUBLED, text), [""; 0], "{text}");
    }
}

#[test]
fn what_was_set_aside_is_not_compared() {
    let mut post = post("Brass valves and pumps\n\nBrass valves and pumps\n");
    post.set_aside(Span::new(24, 46));
    assert!(hits("doubled: {max-chars: 30, min-weight: 4}", &post).is_empty());
    assert!(hits("passage: {words: 2, characters: 5}", &post).is_empty());
}

#[test]
fn a_heading_is_glued_only_without_a_blank() {
    assert_eq!(marked(GLUED, "Brass\n\nBrass\n\nBrassIt is a metal.\n"), ["Brass"]);
    assert_eq!(marked(GLUED, "黄铜\n\n黄铜\n\n黄铜:一种合金。\n"), ["黄铜"]);
    for text in [
        "Brass\n\nBrassIt is a metal.\n",
        "Brass\n\nBrass\n\nBrass is a metal.\n",
        "Brass\n\nBrass\n\nBrass: a metal.\n",
    ] {
        assert_eq!(marked(GLUED, text), [""; 0], "{text}");
    }
}

#[test]
fn short_blocks_are_a_passage_in_the_same_order_only() {
    let (one, two) = ("Twelve letters.", "Another dozen.");
    assert_eq!(marked(PASSAGE, &format!("{one}\n\n{two}\n\nx\n\n{one}\n\n{two}\n")), [format!("{one}\n\n{two}")]);
    assert!(marked(PASSAGE, &format!("{one}\n\n{two}\n\nx\n\n{two}\n\n{one}\n")).is_empty());
    assert!(marked(PASSAGE, &format!("{one}\n\n{one}\n")).is_empty());
    let with = |between: &str| format!("{one}\n\n- {between}\n\n{two}");
    assert_eq!(marked(PASSAGE, &format!("{}\n\nx\n\n{}\n", with("y"), with("y"))), [with("y")]);
    assert!(marked(PASSAGE, &format!("{}\n\nx\n\n{}\n", with("y"), with("z"))).is_empty());
}

#[test]
fn passages_end_where_the_words_part() {
    let same = "these six words are the same";
    let text = format!("First of all {same}, one.\n\nAnd then *{same}* -- two!\n");
    assert_eq!(marked(PASSAGE, &text), [same]);
    let text = format!("{same}, one.\n\n- {same} -- One!\n");
    assert!(marked(PASSAGE, &text).is_empty());
    assert_eq!(marked(PASSAGE, &format!("{same}.\n\n# x\n\n*{same}!*\n")), [format!("*{same}!*")]);
    assert!(marked(PASSAGE, &format!("{same}.\n\n> {same}.\n")).is_empty());
    assert_eq!(marked(PASSAGE, &format!("# Old days\n\n{same}\n\n- x\n\n# New days\n\n{same}\n\n- x\n")), [same]);
    assert!(marked(PASSAGE, "these six `a` words are the same\n\nx\n\nthese six `b` words are the\n").is_empty());
    let shown = "these six `a` words are the same";
    assert_eq!(marked(PASSAGE, &format!("{shown}\n\nx\n\n{shown}\n")), [shown]);
    assert_eq!(
        marked("passage: {words: 99, characters: 6}", "一二三四五六七\n\nx\n\n又一二三四五六\n"),
        ["一二三四五六"]
    );
    assert!(marked("passage: {words: 99, characters: 7}", "一二三四五六七\n\nx\n\n又一二三四五六\n").is_empty());
}

#[test]
fn numbers_count_up_by_one() {
    assert_eq!(marked(NUMBERED, "09\n10\n11\n12\n"), ["09\n10\n11\n12"]);
    assert_eq!(marked(NUMBERED, "1\n\n2\n\n3\n"), ["1\n\n2\n\n3"]);
    assert_eq!(marked(NUMBERED, "p1\n\ntext\n\np2\n\n> quote\n\np3\n"), ["p1", "p2", "p3"]);
    for text in [
        "1\n3\n5\n",
        "3\n2\n1\n",
        "1\n2\n",
        "1\ntext\n2\n3\n",
        "1\n\n    code\n\n2\n\n3\n",
        "99999999999999999999999\n",
    ] {
        assert_eq!(marked(NUMBERED, text), [""; 0], "{text}");
    }
}

#[test]
fn specs_that_say_nothing_are_refused() {
    let context = Context { site: Site::of(&PLAIN), now: jiff::Timestamp::UNIX_EPOCH, demands: Demands::default() };
    for spec in [
        "doubled: {max-chars: 0, min-weight: 4}",
        "passage: {words: 0, characters: 5}",
        "numbered: {at-least: 3}",
        "numbered: {at-least: 3, adjacent: ['(']}",
    ] {
        let built = yaml::from_str::<Spec>(spec).expect("a spec").build(&context);
        assert!(built.is_err(), "{spec}");
    }
}

#[test]
fn bad_input_takes_no_longer_than_good() {
    let started = std::time::Instant::now();
    for piece in ["abcd\n\n", "<p>abcd</p>", "<p>abcd", "1\n", "1\n\n", "p1\n\n", "的", "abcd <b>", "{: a}\n\nabcd\n\n"]
    {
        let text = post(&piece.repeat(20_000));
        [DOUBLED, GLUED, PASSAGE, NUMBERED].iter().for_each(|spec| _ = hits(spec, &text));
    }
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
