//! Which posts the hits stand on, and what they say, on sites that no record's example shows.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::corpus::{Facts, Texts, Wanted};
use crate::matcher::Demands;
use crate::post::Post;
use crate::site::{Role, Site, address, plain::PLAIN};
use crate::source::Source;
use crate::spanned::yaml;

struct InMemory(BTreeMap<String, Source>);

impl Texts for InMemory {
    fn source(&self, path: &str) -> Option<Source> {
        self.0.get(path).cloned()
    }

    fn folder(&self, _path: &str) -> Option<Vec<String>> {
        None
    }
}

/// The hits of a spec: marked text, placeholders, and the paths of the places elsewhere.
fn hits(spec: &str, posts: &[(&str, String)]) -> Vec<(String, String, Vec<String>)> {
    let site = Site::of(&PLAIN);
    let source = |(path, text): &(&str, String)| ((*path).to_owned(), Source::from_text(path, text));
    let texts = InMemory(posts.iter().map(source).collect());
    let facts = |source: &Source| {
        let post = Post::parse(source.clone(), &site, Role::Post);
        Arc::new(Facts::of(&post, &site, &Wanted { texts: true, links: None }))
    };
    let corpus = Corpus::new(texts.0.values().map(facts).collect(), &texts, address::none());
    let context = Context { site, now: jiff::Timestamp::UNIX_EPOCH, demands: Demands::default() };
    let spec: Spec = yaml::from_str(spec).expect("a spec");
    let mut found = vec![];
    spec.build(&context).expect("it works").hits(&corpus, &mut found);
    let path = |post: usize| corpus.posts[post].path.to_string();
    let told = |hit: SiteHit| {
        let source = &texts.0[&path(hit.post)];
        let vars: Vec<String> = hit.hit.vars.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let elsewhere = hit.elsewhere.iter().map(|(post, ..)| path(*post)).collect();
        (format!("{}: {}", source.path, source.slice(hit.hit.span)), vars.join(" "), elsewhere)
    };
    found.into_iter().map(told).collect()
}

/// Sentences that differ with the seed in every word.
fn sentences(seed: usize, count: usize) -> String {
    let word = |number: usize| {
        let mut number = (number * 7919 + seed * 104_729) % 456_976;
        let mut letter = || {
            number /= 26;
            char::from(b'a' + u8::try_from(number % 26).expect("a letter"))
        };
        [letter(), letter(), letter()].iter().collect::<String>()
    };
    let sentence = |number: usize| (0..10).map(|place| word(number * 10 + place)).collect::<Vec<_>>().join(" ") + ".";
    (0..count).map(sentence).collect::<Vec<_>>().join("\n\n")
}

fn titled(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\n---\n{text}\n")
}

#[test]
fn the_copy_is_marked_and_the_post_that_stays_is_shown() {
    let text = sentences(1, 10);
    let posts = [("a.md", titled("A", &text)), ("b.md", titled("B", &text)), ("c.md", text.clone())];
    let found = hits("copy: {class: identical}", &posts);
    let reason = "its path comes first, all else being equal";
    let vars = format!("path=a.md similarity=100 class=identical reason={reason}");
    let first_line = text.lines().next().expect("a line");
    assert_eq!(
        found,
        [
            ("b.md: B".to_owned(), vars.clone(), vec!["a.md".to_owned()]),
            (format!("c.md: {first_line}"), vars, vec!["a.md".to_owned()]),
        ]
    );
    assert_eq!(hits("copy: {class: near}", &posts), []);
}

#[test]
fn near_duplicates_are_told_with_their_first_difference() {
    let text = sentences(2, 20);
    let last = text.lines().last().expect("a line");
    let posts = [("a.md", titled("A", &text)), ("b.md", titled("B", &text.replace(last, &sentences(3, 1))))];
    let found = hits("copy: {class: near}", &posts);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].2, ["a.md", "a.md"]);
    // Two words make a shingle, and none reaches over a paragraph: 19 · 9 of (21 · 9) are the same.
    assert!(found[0].1.starts_with("path=a.md similarity=90 class=near-duplicate"), "{}", found[0].1);
    assert_eq!(hits("copy: {class: identical}", &posts), []);
    assert_eq!(hits("copy: {class: near, similarity: 0.95}", &posts), []);
}

#[test]
fn editions_and_short_posts_share_their_form() {
    let near = |one: &str, other: &str, count: usize| {
        let text = sentences(50, count);
        let last = text.lines().last().expect("a line");
        let changed = text.replace(last, &sentences(51, 1));
        hits("copy: {class: near}", &[("a.md", titled(one, &text)), ("b.md", titled(other, &changed))]).len()
    };
    // Of 8 sentences 7 are the same: 63 of 81 shingles, 78 %; of 20, 90 %; of 60, 96 %.
    assert_eq!(near("Pumps", "Valves", 8), 0);
    assert_eq!(near("Pumps", "Valves", 20), 1);
    assert_eq!(near("Pumps 2023", "Pumps 2024", 20), 0);
    assert_eq!(near("Pumps 2023", "Pumps 2024", 60), 1);
    let short = |title: &str| {
        hits(
            "copy: {class: identical}",
            &[("a.md", titled("A", &sentences(52, 3))), ("b.md", titled(title, &sentences(52, 3)))],
        )
        .len()
    };
    assert_eq!((short("A"), short("B")), (1, 0));
}

#[test]
fn the_shorter_post_is_contained() {
    let posts = [("long.md", titled("L", &sentences(4, 20))), ("short.md", titled("S", &sentences(4, 8)))];
    let found = hits("contained: {share: 0.9}", &posts);
    assert_eq!(found, [("short.md: S".to_owned(), "path=long.md share=100".to_owned(), vec!["long.md".to_owned()])]);
}

#[test]
fn a_series_is_told_once() {
    let report = |seed: usize| {
        let cell = |number: usize| (seed * 7919 + number * 104_729) % 9973 + 11;
        let sentence = |number: usize| format!("{} {}", sentences(100 + number, 1), cell(number));
        titled("R", &(0..12).map(sentence).collect::<Vec<_>>().join("\n\n"))
    };
    let posts = [("a.md", report(1)), ("b.md", report(2)), ("c.md", report(3))];
    let found = hits("templated: {}", &posts);
    let others = vec!["b.md".to_owned(), "c.md".to_owned()];
    assert_eq!(found, [("a.md: R".to_owned(), "path=b.md posts=3".to_owned(), others)]);
    assert_eq!(hits("copy: {class: near}", &posts), []);
}

#[test]
fn the_text_in_the_wrong_script_waits_for_its_translation() {
    let text = "这家工厂由两兄弟创办，他们早年在海上学的手艺。从那以后，他们一直用黄铜做阀门和水泵，起初供给轮船，后来供给自来水厂。";
    let posts = [("en/a.md", titled("A", text)), ("zh/a.md", titled("A", text))];
    let found = hits("variant: {}", &posts);
    let expected = "path=zh/a.md similarity=100 language=en";
    assert_eq!(found, [("en/a.md: A".to_owned(), expected.to_owned(), vec!["zh/a.md".to_owned()])]);
    assert_eq!(hits("copy: {class: identical}", &posts), []);
    let text = sentences(5, 10);
    let found = hits("variant: {}", &[("de/a.md", titled("A", &text)), ("en/a.md", titled("A", &text))]);
    assert_eq!(found[0].0, "de/a.md: A");
}

#[test]
fn a_passage_is_told_at_the_younger_post() {
    let dated = |day: u32, text: &str| format!("---\ntitle: T\ndate: 2024-01-0{day}\n---\n{text}\n");
    let (one, other) = (sentences(6, 30), sentences(7, 30));
    let shared = sentences(8, 6);
    let posts =
        [("a.md", dated(2, &format!("{one}\n\n{shared}"))), ("b.md", dated(1, &format!("{shared}\n\n{other}")))];
    let found = hits("passage: {words: 50, characters: 120}", &posts);
    let expected = (format!("a.md: {}", shared.trim_end_matches('.')), "path=b.md length=60 words".to_owned());
    assert_eq!(found, [(expected.0, expected.1, vec!["b.md".to_owned()])]);
    let unless = format!("passage: {{words: 50, characters: 120, unless: ['{}']}}", &shared[..20]);
    assert_eq!(hits(&unless, &posts), []);
    assert_eq!(hits("passage: {words: 61, characters: 120}", &posts), []);
}

#[test]
fn boilerplate_is_told_once_unless_it_is_allowed() {
    let paths: Vec<String> = (0..9).map(|number| format!("{number}.md")).collect();
    let line = sentences(9, 1);
    let post = |number: usize| titled("T", &format!("{}\n\n{line}", sentences(20 + number, 6)));
    let posts: Vec<(&str, String)> = paths.iter().enumerate().map(|(at, path)| (&**path, post(at))).collect();
    let spec = |more: &str| format!("boilerplate: {{min-posts: 8, min-words: 10, min-characters: 24{more}}}");
    let others = vec!["1.md".to_owned(), "2.md".to_owned()];
    assert_eq!(hits(&spec(""), &posts), [(format!("0.md: {line}"), "posts=9".to_owned(), others)]);
    let allowed = line.trim_end_matches('.').to_uppercase();
    assert_eq!(hits(&spec(&format!(", allow: ['{allowed}!']")), &posts), []);
    assert_eq!(hits(&spec(&format!(", unless: ['^{}']", &line[..5])), &posts), []);
    assert_eq!(hits(&spec("").replace("posts: 8", "posts: 10"), &posts), []);
    assert_eq!(hits(&spec("").replace("words: 10", "words: 11"), &posts), []);
}

#[test]
fn titles_are_equal_but_for_case_width_and_blanks() {
    let text = |seed: usize| sentences(40 + seed, 4);
    let dated = |title: &str, date: &str, seed| format!("---\ntitle: {title}\ndate: {date}\n---\n{}\n", text(seed));
    let posts = [
        ("a.md", dated("Brass  Valves", "2024-03-01", 0)),
        ("b.md", dated("brass ｖalves", "2024-01-01", 1)),
        ("c.md", dated("Brass valves", "2019-01-01", 2)),
        ("d.md", dated("Brass, valves", "2024-01-01", 3)),
    ];
    let paths = |spec: &str, posts: &[(&str, String)]| -> Vec<String> {
        hits(spec, posts).into_iter().map(|(at, _, elsewhere)| format!("{at} <- {}", elsewhere.join(" "))).collect()
    };
    assert_eq!(paths("title: {}", &posts), ["a.md: Brass  Valves <- b.md", "b.md: brass ｖalves <- c.md"]);
    assert_eq!(paths("title: {within-days: 300}", &posts), ["a.md: Brass  Valves <- b.md"]);
    assert_eq!(paths("title: {unless: ['(?i)^brass']}", &posts), [""; 0]);
    let undated =
        [("x/a.md", titled("A", &text(0))), ("x/b.md", titled("A", &text(1))), ("y/a.md", titled("A", &text(2)))];
    assert_eq!(paths("title: {within-days: 300}", &undated), ["x/b.md: A <- x/a.md"]);
    let variants = [("en/a.md", dated("A", "2024-01-01", 0)), ("de/a.md", dated("A", "2024-01-01", 1))];
    assert_eq!(paths("title: {}", &variants), [""; 0]);
    let copies = [("a.md", dated("A", "2024-01-01", 0)), ("b.md", dated("A", "2024-01-02", 0))];
    assert_eq!(paths("title: {}", &copies), [""; 0]);
}

#[test]
fn specs_that_say_nothing_are_refused() {
    let context = Context { site: Site::of(&PLAIN), now: jiff::Timestamp::UNIX_EPOCH, demands: Demands::default() };
    for spec in [
        "copy: {class: near, similarity: 0.3}",
        "copy: {class: near, similarity-with-equal-numbers: 1.5}",
        "contained: {share: 0}",
        "passage: {words: 0, characters: 1}",
        "passage: {words: 1, characters: 1, unless: ['(']}",
        "boilerplate: {min-posts: 8, min-words: 0, min-characters: 1}",
        "boilerplate: {min-posts: 8, min-words: 1, min-characters: 1, allow: ['…']}",
        "title: {unless: ['(']}",
    ] {
        let built = yaml::from_str::<Spec>(spec).expect("a spec").build(&context);
        assert!(built.is_err(), "{spec}");
    }
}
