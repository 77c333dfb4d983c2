//! What each kind of search finds, and what it leaves alone.

use super::decoding::{Latin, backward, forward};
use super::*;
use crate::matcher::Hit;
use crate::post::Post;
use crate::site::plain::PLAIN;
use crate::site::{Role, Site};
use crate::source::Source;

const SITE: Site = Site { profile: &PLAIN, publishes_future: false, has_content_folder: true, base: "" };

fn matcher(spec: &str) -> Result<Box<dyn PostMatcher>, SpecError> {
    let spec: Spec = serde_yaml::from_str(spec).expect("the spec is well-formed");
    spec.build(&Context { site: SITE, now: jiff::Timestamp::UNIX_EPOCH, demands: crate::matcher::Demands::default() })
}

fn hits(spec: &str, text: &str) -> (Post, Vec<Hit>) {
    let source = Source::from_bytes("a.md", text.as_bytes());
    let post = Post::parse(source, &SITE, Role::Post);
    let mut out = vec![];
    matcher(spec).expect("the spec can be built").hits(&post, &mut out);
    (post, out)
}

/// Checks which texts are marked.
fn check(spec: &str, text: &str, marks: &[&str]) {
    let (post, hits) = hits(spec, text);
    let found: Vec<&str> = hits.iter().map(|hit| post.source.slice(hit.span)).collect();
    assert_eq!(found, marks, "{text:?}");
    assert!(hits.is_sorted_by_key(|hit| hit.span.start), "{text:?}");
}

fn value<'a>(hit: &'a Hit, name: &str) -> &'a str {
    hit.vars.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

const INVISIBLE: &str = "!one-of { in: text, classes: [invisible] }";
const MISREAD: &str = "!misread {}";
const PAIRS: &str = "!empty-pair { pairs: ['\"\"', '“”'] }";
const SPACE: &str = "!inner-space { min-count: 2, min-percent: 10 }";

#[test]
fn ranges_of_the_user_are_searched_too() {
    check("!one-of { in: source, ranges: ['2603', '1F600-1F64F'] }", "a ☃ b 😀 `😁` ☄\n", &["☃", "😀", "😁"]);
    check("!one-of { in: source, ranges: ['U+41'] }", "---\nA: a\n---\nBAB\n", &["A", "A"]);
    for wrong in ["2603-2600", "x", "D800", "", "110000"] {
        assert!(matcher(&format!("!one-of {{ in: source, ranges: ['{wrong}'] }}")).is_err(), "{wrong}");
    }
    assert!(matcher("!one-of { in: source }").is_err());
}

#[test]
fn characters_come_with_number_name_and_excerpt() {
    let (_, found) = hits(INVISIBLE, "before\u{200B}\u{200B}behind\n");
    assert_eq!(value(&found[0], "code"), "U+200B");
    assert_eq!(value(&found[0], "name"), "zero-width space");
    assert_eq!(value(&found[0], "excerpt"), "before<U+200B>behind");
}

#[test]
fn every_class_has_characters_that_are_found() {
    let classes = [
        (Class::Invisible, "invisible", '\u{AD}'),
        (Class::Bidi, "bidi", '\u{2069}'),
        (Class::Control, "control", '\u{9F}'),
        (Class::PrivateUse, "private-use", '\u{10FFFD}'),
    ];
    for (class, name, c) in classes {
        assert!(class.ranges().iter().all(|range| !range.is_empty()));
        check(&format!("!one-of {{ in: source, classes: [{name}] }}"), &format!("a{c}b"), &[c.to_string().as_str()]);
    }
}

#[test]
fn what_is_written_as_an_entity_is_meant() {
    check(INVISIBLE, "extra&shy;ordinary &#x200B; \u{200B}\n", &["\u{200B}"]);
}

#[test]
fn joiners_work_only_between_what_they_join() {
    check(INVISIBLE, "a\u{200D}b 👩\u{200D}💻 👩\u{200D}x\n", &["\u{200D}", "\u{200D}"]);
    check(INVISIBLE, "\u{E0041}x 🏴\u{E0067}\u{E007F}\n", &["\u{E0041}"]);
}

#[test]
fn undoes_wrong_decodings() {
    let latin = Latin::new();
    assert_eq!(latin.character("Ã©t"), Some(('é', "Ã©".len())));
    assert_eq!(latin.character("â\u{80}\u{99}s"), Some(('’', "â\u{80}\u{99}".len())));
    assert_eq!(latin.character("ðŸ˜€"), Some(('😀', "ðŸ˜€".len())));
    for not in ["é", "Ã", "Ãx", "À©", "", "中文"] {
        assert_eq!(latin.character(not), None, "{not}");
    }
    let (written, _) = encoding_rs::GBK.decode_without_bom_handling("，今天出发".as_bytes());
    let repair = forward(encoding_rs::GBK, &written).expect("it was UTF-8");
    assert!("，今天出发".starts_with(&repair.text) && repair.text.chars().count() >= 4, "{repair:?}");
    assert_eq!(forward(encoding_rs::GBK, "锛"), None);
    assert_eq!(backward(encoding_rs::GBK, "abc"), None);
}

/// Whatever a text is, read in a wrong encoding it is found, and the repair is part of the text.
#[test]
fn repairs_are_what_was_written() {
    let texts = ["他说，今天出发。我们也去。", "Das wäre schön für Müller", "It’s a “word” — yes", "これはペンです。"];
    for text in texts {
        for encoding in [encoding_rs::WINDOWS_1252, encoding_rs::GBK, encoding_rs::SHIFT_JIS] {
            let (written, _) = encoding.decode_without_bom_handling(text.as_bytes());
            let (_, found) = hits(MISREAD, &written);
            let is_kana = text.contains('れ');
            // Letters in double-byte encodings have no trigger, and kana are looked for in Shift_JIS.
            let is_known = encoding == encoding_rs::WINDOWS_1252
                || encoding == encoding_rs::SHIFT_JIS && is_kana
                || encoding == encoding_rs::GBK && !text.contains('ä') && !is_kana;
            assert!(!is_known || !found.is_empty(), "{written} in {}", encoding.name());
            for hit in &found {
                assert!(text.contains(value(hit, "repair")), "{} in {text}", value(hit, "repair"));
                assert_eq!(value(hit, "encoding"), encoding.name());
            }
            check(MISREAD, text, &[]);
        }
    }
}

#[test]
fn straight_quotation_marks_are_told_by_parity() {
    check(PAIRS, "他说\"\"，我说\"甲\"\"乙\"的\"\"，好。\n", &["\"\"", "\"\""]);
    check(PAIRS, "他说“”，我说“”。\n", &["“”"]);
    check(PAIRS, "他说“”，我说\"\"，都是空的。\n", &[]);
    assert!(matcher("!empty-pair { pairs: ['x'] }").is_err());
}

#[test]
fn blanks_beside_markup_and_in_other_scripts_are_meant() {
    check(SPACE, "深 入分 析，了解。\n", &[" ", " "]);
    check(SPACE, "深 **入** 分 [析](/a)，了解。\n", &[]);
    check(SPACE, "深 a 入 b 分，的。\n", &[]);
    check(SPACE, "深 入分 析\n", &[]);
    check(SPACE, "深 入分 析，这是一段很长很长很长很长很长很长的话。\n", &[]);
}

#[test]
fn a_file_that_is_no_text_gives_a_bounded_number_of_hits() {
    let control = "!one-of { in: source, classes: [control] }";
    for (spec, piece) in [
        (control, "\u{1}a"),
        (INVISIBLE, "\u{200B}a"),
        (MISREAD, "xÃ©x"),
        (MISREAD, "锛"),
        (MISREAD, "鈥淎 "),
        (PAIRS, "中\"\"中"),
        (SPACE, "中 中，"),
        ("!half-width { min-count: 5, min-percent: 0.5 }", "中,"),
    ] {
        let (_, found) = hits(spec, &piece.repeat(20_000));
        assert!(found.len() <= MOST_HITS, "{spec}");
    }
}
