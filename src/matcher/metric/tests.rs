//! What the quantities count and leave out, on texts that no record's example shows.

use super::*;
use crate::matcher::{Demands, Hit};
use crate::post::Post;
use crate::site::{Role, Site, jekyll::JEKYLL, plain::PLAIN};
use crate::source::{Source, Span};
use crate::spanned::yaml;

fn context(site: Site) -> Context {
    Context { site, now: jiff::Timestamp::UNIX_EPOCH, demands: Demands::default() }
}

fn matcher(spec: &str) -> Box<dyn PostMatcher> {
    let spec: Spec = yaml::from_str(spec).expect("a spec");
    spec.build(&context(Site::of(&PLAIN))).expect("it works")
}

fn post_at(path: &str, text: &str) -> Post {
    Post::parse(Source::from_text(path, text), &Site::of(&JEKYLL), Role::Post)
}

fn post(text: &str) -> Post {
    post_at("a.md", text)
}

fn hits(spec: &str, post: &Post) -> Vec<Hit> {
    let mut hits = vec![];
    matcher(spec).hits(post, &mut hits);
    hits
}

fn marked<'a>(post: &'a Post, hits: &[Hit]) -> Vec<&'a str> {
    hits.iter().map(|hit| post.source.slice(hit.span)).collect()
}

const SHORT: &str = "post: {words: {at-least: 1, at-most: 5}, media: {at-most: 0}}";
const EMPTY: &str = "post: {words: {at-most: 0}, media: {at-most: 0}}";
const ENDING: &str = "ending: {words: {at-least: 5}, patterns: ['(?<mark>\\S+ (?:the|and))$', '、$']}";

#[test]
fn what_was_set_aside_is_no_text() {
    let footer = "[back to the news](//a.example/) and the";
    let mut post = post(&format!("One two three four five six.\n\n{footer}\n"));
    assert_eq!(marked(&post, &hits(ENDING, &post)), ["and the"]);
    assert!(hits(SHORT, &post).is_empty(), "twelve words");
    let at = post.source.text.find(footer).expect("there");
    post.set_aside(Span::new(at, at + footer.len()));
    assert!(hits(ENDING, &post).is_empty(), "the text ends before the footer");
    assert!(hits(SHORT, &post).is_empty(), "six words");
    post.set_aside(Span::new(0, at));
    assert_eq!(hits(EMPTY, &post).len(), 1, "nothing is left");
}

#[test]
fn images_that_were_set_aside_are_no_content() {
    let mut post = post("![qr](code.png)\n");
    assert!(hits(EMPTY, &post).is_empty());
    post.set_aside(Span::new(0, 15));
    assert_eq!(hits(EMPTY, &post).len(), 1);
}

#[test]
fn whatever_readers_see_is_content() {
    for text in [
        "![a](b.png)\n",
        "<img src=a.png>\n",
        "<iframe src=a></iframe>\n",
        "<my-gallery></my-gallery>\n",
        "<Gallery />\n",
        "<script src=gist.js></script>\n",
        "<div id=map></div>\n",
        "{% include a.html %}\n",
        "{{ page.table }}\n",
        "```\ncode\n```\n",
        "    code\n",
    ] {
        assert!(hits(EMPTY, &post(text)).is_empty(), "{text}");
    }
    for text in ["", "\n\n", "<p><br></p>\n", "<!-- more -->\n", "***\n", "{% comment %} later {% endcomment %}\n"] {
        assert_eq!(hits(EMPTY, &post(text)).len(), 1, "{text:?}");
    }
    assert_eq!(hits(EMPTY, &post("<p style=\"display:none\">hidden words</p>\n")).len(), 1);
}

#[test]
fn drafts_are_not_measured() {
    for text in ["---\ndraft: true\n---\n", "---\npublished: false\n---\n"] {
        assert!(hits(EMPTY, &post(text)).is_empty(), "{text}");
    }
    assert_eq!(hits(EMPTY, &post("---\ndraft: false\n---\n")).len(), 1);
    let spec: Spec = yaml::from_str(EMPTY).expect("a spec");
    let matcher = spec.build(&context(Site::of(&JEKYLL))).expect("it works");
    let mut found = vec![];
    matcher.hits(&post_at("_drafts/a.md", ""), &mut found);
    assert!(found.is_empty());
}

#[test]
fn keys_are_known_however_they_are_spelled() {
    let spec = "post: {words: {at-most: 0}, without-keys: [external-url], layouts: [post]}";
    for key in ["externalUrl: a", "external_url: a", "extra: {external-url: a}", "layout: talk", "template: talk.html"]
    {
        assert!(hits(spec, &post(&format!("---\n{key}\n---\n"))).is_empty(), "{key}");
    }
    for key in ["external_url: ''", "external_url: false", "layout: post", "template: a/post.html"] {
        assert_eq!(hits(spec, &post(&format!("---\n{key}\n---\n"))).len(), 1, "{key}");
    }
    let records = "---\ntalks:\n  - {name: a}\n---\n";
    assert!(hits(spec, &post(records)).is_empty());
    assert_eq!(hits(spec, &post(&records.replace("talks", "authors"))).len(), 1);
}

#[test]
fn paragraphs_and_headings_are_counted() {
    let text = "# One\n\ntwo\n\nthree\n";
    assert_eq!(hits("post: {headings: {at-least: 1, at-most: 1}}", &post(text)).len(), 1);
    assert_eq!(hits("post: {paragraphs: {at-least: 2, at-most: 2}}", &post(text)).len(), 1);
    assert!(hits("post: {paragraphs: {at-least: 3}}", &post(text)).is_empty());
}

#[test]
fn the_end_of_a_text_is_its_last_block() {
    let long = "one two three four five six and";
    for text in [
        format!("> {long}\n"),
        format!("# {long}\n"),
        format!("| {long} |\n|---|\n"),
        format!("{long}\n\n    code\n"),
        format!("{long}\n\n![](a.png)\n"),
        format!("{long}\n\n<iframe src=a></iframe>\n"),
        format!("{long}\n\n{{% include a.html %}}\n"),
        format!("{long}\n\nThe end.\n"),
    ] {
        assert!(hits(ENDING, &post(&text)).is_empty(), "{text}");
    }
    let text = post(&format!("{long}\n\n<!-- end -->\n"));
    assert_eq!(marked(&text, &hits(ENDING, &text)), ["six and"]);
    let list = post("- 一二三四五六七八九、\n");
    assert_eq!(marked(&list, &hits(ENDING, &list)), ["、"]);
}

#[test]
fn tags_of_one_line_alone_count() {
    let spec = "line: {characters: {at-least: 20}, tags: {at-least: 4}}";
    let text = post("<p>x</p>\n<p>x</p>\n\n<p>one and two</p><p>three</p>\n");
    let found = hits(spec, &text);
    assert_eq!(marked(&text, &found), ["<p>"]);
    assert_eq!(found[0].span.start, 19);
    assert!(hits(spec, &post("a line with <b>two tags</b> in it\n")).is_empty());
}

#[test]
fn runs_of_fragments_end_where_the_text_goes_on() {
    let spec = "fragments: {max-chars: 6, at-least: 3, among: 4}";
    let text = post("a long line\n\none\n\ntwo\n\na long line\n\nthree\n\nanother long line\n\nyet another\n\nfour\n");
    let found = hits(spec, &text);
    assert_eq!(marked(&text, &found), ["one\n\ntwo\n\na long line\n\nthree"]);
    assert!(hits(spec, &post("one\n\ntwo\n\n# three\n\nfour\n\nfive\n")).is_empty(), "a heading parts the run");
}

#[test]
fn repetition_is_a_share_of_the_text() {
    let spec = "repetition: {words: {run: 3, percent: {at-least: 50}}, characters: {run: 4, percent: {at-least: 50}}}";
    let twice = post("red green blue\n\nred green blue\n");
    assert_eq!(hits(spec, &twice)[0].vars, [("share".into(), "50".into())]);
    assert_eq!(hits(spec, &twice)[0].span, Span::new(16, 30));
    assert!(hits(spec, &post("red green blue\n\nred green blue. And more words stand here.\n")).is_empty());
    let chinese = post("红绿蓝白红绿蓝白\n");
    assert_eq!(hits(spec, &chinese).len(), 1);
}

#[test]
fn bad_input_takes_no_longer_than_good() {
    let specs = [
        SHORT,
        EMPTY,
        ENDING,
        "line: {characters: {at-least: 9}, tags: {at-least: 2}}",
        "fragments: {max-chars: 9, at-least: 3, among: 9}",
        "repetition: {words: {run: 9, percent: {at-least: 1}}, characters: {run: 9, percent: {at-least: 1}}}",
    ];
    let started = std::time::Instant::now();
    for piece in
        ["a\n\n", "<p>\n", "<b id=a><i id=b>", "的", "a ", "![](a)\n", "{% a %}\n\n", "\u{FFFC}", "1\n", "<p>a</p>"]
    {
        let text = post(&piece.repeat(20_000));
        specs.iter().for_each(|spec| _ = hits(spec, &text));
    }
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn limits_that_say_nothing_are_refused() {
    let limit = |at_least, at_most| Some(Limit { at_least, at_most });
    assert!(limits(&[None, limit(1, None)]).is_ok());
    assert!(limits(&[limit(0, Some(0))]).is_ok());
    assert!(limits(&[None]).is_err());
    assert!(limits(&[limit(0, None)]).is_err());
    assert!(limits(&[limit(3, Some(2))]).is_err());
}

#[test]
fn counting_stops_where_it_changes_nothing() {
    assert_eq!(Limit { at_least: 0, at_most: Some(49) }.enough(), 50);
    assert_eq!(Limit { at_least: 7, at_most: None }.enough(), 7);
}
