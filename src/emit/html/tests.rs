//! The page on a survey whose words are hostile, and the policy in its head.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ring::digest::{SHA256, digest};

use super::*;
use crate::emit::specimen::{self, HOSTILE, Specimen};
use crate::survey::links::{Links, Target};
use crate::survey::lints::{Family, Found};
use crate::survey::posts::{Bad, Worst};
use crate::survey::time::Time;

/// What a browser computes of the text of an element, as a policy names it.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(digest(&SHA256, text.as_bytes())))
}

#[test]
fn the_policy_names_the_style_and_the_script() {
    for (file, text, directive) in [("style.css", STYLE, "style-src"), ("script.js", SCRIPT, "script-src")] {
        let expected = format!("{directive} {}", hash(text));
        assert!(POLICY.contains(&expected), "{file} has changed: the policy in mod.rs must say `{expected}`");
    }
}

#[test]
fn neither_the_style_nor_the_script_ends_its_element_or_reaches_out() {
    for text in [STYLE, SCRIPT] {
        for word in ["</", "<!--", "http", "url(", "@import", "innerHTML", "eval", "document.write", "fetch"] {
            assert!(!text.contains(word), "{word}");
        }
        assert!(text.is_ascii() && !text.contains('\r'));
    }
}

/// A survey of a hostile report, in which so many lints found all of it.
fn hostile(specimen: &Specimen, lints: usize) -> Survey<'_> {
    let shown: Vec<_> = specimen.report.diagnostics.iter().collect();
    let mut counts = Counts::default();
    shown.iter().for_each(|one| counts.add(one.level));
    let name = |at: usize| format!("{} {at}", HOSTILE[at % HOSTILE.len()]).into();
    let found = |at: usize| Found { name: name(at), counts, posts: 9, fixable: 0, shown: shown.clone(), left: 7 };
    let family = Family { name: HOSTILE[4].into(), counts, lints: (0..lints).map(found).collect() };
    let card = || Card { path: HOSTILE[4].into(), title: Some(HOSTILE[6].repeat(200).into()), date: None };
    let bad = || Bad { card: card(), counts, lints: vec![(HOSTILE[5].into(), 3)], more_lints: 2 };
    Survey {
        site: HOSTILE[4].to_owned(),
        generator: "Jekyll",
        now: "2024-05-01T12:00:00Z".parse().expect("a time"),
        asked: vec![HOSTILE[5].to_owned(); 5],
        posts: 9,
        affected: 9,
        counts,
        fixable: 0,
        hidden: (1, 2),
        time: Time::count([(Some(jiff::civil::date(2024, 5, 1)), None), (None, None)].into_iter()),
        worst: Worst { posts: (0..50).map(|_| bad()).collect(), left: 3 },
        families: vec![family],
        copies: None,
        links: Some(Links {
            targets: (0..200).map(|at| target(HOSTILE[at % HOSTILE.len()])).collect(),
            left: 1,
            links: 9,
        }),
        failures: &specimen.report.failures,
    }
}

fn target(words: &str) -> Target {
    Target {
        address: words.repeat(100),
        what: "nothing is there",
        links: 1,
        posts: vec![words.repeat(100).into(); 10],
        left: 1,
    }
}

fn written(survey: &Survey<'_>, specimen: &Specimen) -> String {
    let mut out = Vec::new();
    page(survey, specimen, &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn hostile_words_are_text() {
    let specimen = specimen::hostile();
    let html = written(&hostile(&specimen, 3), &specimen);
    let document = scraper::Html::parse_document(&html);
    let elements = |selector: &str| {
        let selector = scraper::Selector::parse(selector).expect("a selector");
        document.select(&selector).map(|element| element.text().collect::<String>()).collect::<Vec<_>>()
    };
    assert_eq!((elements("script"), elements("style")), (vec![SCRIPT.to_owned()], vec![STYLE.to_owned()]));
    assert_eq!(elements("h1"), ["]]><script>alert(\"1\")</script>&amp;"]);
    assert!(!html.contains(|c: char| c != '\n' && c.is_control() || "\u{202e}\u{2066}\u{2028}".contains(c)));
}

#[test]
fn own_lints_without_number_do_not_make_it_large() {
    let specimen = specimen::hostile();
    let html = written(&hostile(&specimen, 1000), &specimen);
    assert!(html.len() < 3_500_000, "{}", html.len());
    assert!(html.contains("more targets are not."));
    assert!(html.contains("more lints found.") && html.contains("900 more lints of this family are not listed."));
}
