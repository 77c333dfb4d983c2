//! Mistakes and their places.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::*;
use crate::spanned::yaml;

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Record {
    summary: String,
    #[serde(default)]
    level: Option<Level>,
    #[serde(default)]
    count: u8,
    #[serde(default)]
    patterns: Vec<Located<String>>,
    #[serde(default, rename = "match")]
    shape: Option<Shape>,
    #[serde(default)]
    nested: BTreeMap<String, Inner>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Level {
    Error,
    Warn,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Shape {
    Nothing,
    Text(Inner),
    Pair { left: f64, right: f64 },
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Inner {
    pattern: String,
}

fn fails(text: &str) -> (&str, String, String) {
    let error = yaml::from_str::<Record>(text).expect_err(text);
    (&text[error.span.range()], error.message, error.help.unwrap_or_default())
}

#[test]
fn reads_what_fits() {
    let text =
        "summary: s\nlevel: warn\ncount: 7\nmatch:\n  pair: {left: 1, right: -2.5}\nnested:\n  a: {pattern: x}\n";
    let record: Record = yaml::from_str(text).expect("fits");
    assert_eq!(record.level, Some(Level::Warn));
    assert_eq!(record.count, 7);
    assert_eq!(record.shape, Some(Shape::Pair { left: 1.0, right: -2.5 }));
    assert_eq!(record.nested["a"], Inner { pattern: "x".into() });
    let record: Record = yaml::from_str("summary: 's'\nmatch: nothing\nnested:\npatterns:\n").expect("fits");
    assert_eq!((record.shape, record.nested.len(), record.patterns.len()), (Some(Shape::Nothing), 0, 0));
    let record: Record = yaml::from_str("summary: s\nmatch: {text: {pattern: '1'}}\n").expect("fits");
    assert_eq!(record.shape, Some(Shape::Text(Inner { pattern: "1".into() })));
}

#[test]
fn located_values_know_their_place_and_layer() {
    let text = "summary: s\npatterns: [a, \"标\"]\n";
    let record: Record = yaml::from_str(text).expect("fits");
    let places: Vec<_> = record.patterns.iter().map(|p| (p.value.as_str(), &text[p.span.range()], p.layer)).collect();
    assert_eq!(places, [("a", "a", 0), ("标", "\"标\"", 0)]);

    let mut base = yaml::parse("summary: s\npatterns: [a]\n").expect("valid");
    base.overlay(&yaml::parse("patterns: [b]\n").expect("valid"), 1);
    let record: Record = from_node(&base).expect("fits");
    assert_eq!(record.patterns[0].layer, 1);

    let plain: Located<String> = serde_json::from_str("\"x\"").expect("fits");
    assert_eq!((plain.value.as_str(), plain.span), ("x", Span::default()));
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        One(Located<String>),
        Many(Vec<Located<String>>),
    }
    assert!(matches!(yaml::from_str("x").expect("fits"), Either::One(one) if one.value == "x"));
    assert!(matches!(yaml::from_str("[x, y]").expect("fits"), Either::Many(many) if many.len() == 2));
}

#[test]
fn mistakes_are_named_and_placed() {
    for (text, marked, message, help) in [
        ("sumary: s\n", "sumary", "unknown key `sumary`", "did you mean `summary`?"),
        (
            "summary: s\nzzz: 1\n",
            "zzz",
            "unknown key `zzz`",
            "one of `summary`, `level`, `count`, `patterns`, `match`, `nested`",
        ),
        ("summary: s\nnested:\n  a:\n    patern: x\n", "patern", "unknown key `patern`", "did you mean `pattern`?"),
        ("level: warn\ncount: 1\n", "level", "`summary` is missing", ""),
        ("summary: s\nnested:\n  a: {}\n", "a", "`pattern` is missing", ""),
        ("summary: s\nmatch:\n  text: {}\n", "text", "`pattern` is missing", ""),
        ("summary: 2024\n", "2024", "expected text, found a number", "quote it: \"2024\""),
        ("summary: true\n", "true", "expected text, found `true`", "quote it: \"true\""),
        ("summary:\n", "summary", "expected text, found nothing", ""),
        ("summary: [a]\n", "[a]", "expected text, found a list", ""),
        ("summary: s\ncount: x\n", "x", "expected a whole number from 0 to 255, found text", ""),
        ("summary: s\ncount: 300\n", "300", "expected a whole number from 0 to 255, found 300", ""),
        ("summary: s\npatterns: x\n", "x", "expected a list, found text", ""),
        ("summary: s\npatterns: [a, [b]]\n", "[b]", "expected text, found a list", ""),
        ("summary: s\nlevel: eror\n", "eror", "unknown value `eror`", "did you mean `error`?"),
        ("summary: s\nlevel: fatal\n", "fatal", "unknown value `fatal`", "one of `error`, `warn`"),
        ("summary: s\nmatch:\n  txt: {}\n", "txt", "unknown key `txt`", "did you mean `text`?"),
        (
            "summary: s\nmatch: {nothing: , text: }\n",
            "text",
            "only one key can stand here",
            "one of `nothing`, `text`, `pair`",
        ),
        ("summary: s\nmatch: text\n", "text", "`text` needs settings", "write `text:` with its settings below"),
        (
            "summary: s\nmatch: 3\n",
            "3",
            "expected a word, or a mapping with one key, found a number",
            "one of `nothing`, `text`, `pair`",
        ),
        ("summary: s\nsummary: t\n", "summary", "`summary` is set twice", "keep one of the two"),
        ("summary: s\nnested: {a: {pattern: x}, a: {pattern: y}}\n", "a", "`a` is set twice", "keep one of the two"),
        ("summary: &s x\nmatch: {text: {pattern: *s}}\n", "*s", "an alias cannot be used here", "write the value out"),
        ("- a\n", "- a", "expected a mapping, found a list", ""),
        ("just text\n", "just text", "expected a mapping, found text", ""),
    ] {
        assert_eq!(fails(text), (marked, message.to_owned(), help.to_owned()), "{text:?}");
    }
}

#[test]
fn the_second_of_two_keys_is_marked() {
    let text = "summary: s\nsummary: t\n";
    assert_eq!(yaml::from_str::<Record>(text).expect_err("twice").span, Span::new(11, 18));
}

#[test]
fn mistakes_in_an_upper_layer_say_so() {
    let mut base = yaml::parse("summary: s\nmatch:\n  text: {pattern: x}\n").expect("valid");
    base.overlay(&yaml::parse("match: {text: {pattern: 3}}").expect("valid"), 1);
    let error = from_node::<Record>(&base).expect_err("a number");
    assert_eq!((error.layer, error.span), (1, Span::new(24, 25)));
}

#[test]
fn any_value_can_be_read() {
    let text = "a: [1, -1, 1.5, true, null, x, 2024-01-02]\nb: {c: d}\n";
    let value: serde_json::Value = yaml::from_str(text).expect("fits");
    assert_eq!(value, serde_json::json!({"a": [1, -1, 1.5, true, null, "x", "2024-01-02"], "b": {"c": "d"}}));
}
