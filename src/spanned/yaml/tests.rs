//! Places, kinds and bounds of YAML.

use super::*;

fn marked<'t>(text: &'t str, node: &Node) -> &'t str {
    &text[node.span.range()]
}

/// Keys and values of the outermost mapping, as written.
fn entries(text: &str) -> Vec<(&str, &str)> {
    let root = parse(text).unwrap_or_else(|error| panic!("{text:?}: {error:?}"));
    root.entries()
        .iter()
        .map(|(key, value)| (key.span, value.span))
        .map(|(k, v)| (&text[k.range()], &text[v.range()]))
        .collect()
}

#[test]
fn every_value_has_its_place() {
    let text = "a: 1\nb: 'x'  # c\nc: |  # > no\n  t\n  u\n\nd:\n  - 1\n  - e\nf: [a, {b: c}, d: e] # z\ng:\nh: !!str 3\ni: &x y\n\
                j: *x\nk: plain\n  more  \nl: >-\n\n  fold\nm:\n  n: \"o\\\"p\" #\n  q: 'it''s' # s\n";
    let expected = [
        ("a", "1"),
        ("b", "'x'"),
        ("c", "|  # > no\n  t\n  u"),
        ("d", "- 1\n  - e"),
        ("f", "[a, {b: c}, d: e]"),
        ("g", ""),
        ("h", "3"),
        ("i", "y"),
        ("j", "*x"),
        ("k", "plain\n  more"),
        ("l", ">-\n\n  fold"),
        ("m", "n: \"o\\\"p\" #\n  q: 'it''s'"),
    ];
    assert_eq!(entries(text), expected);
    let root = parse(text).expect("valid");
    let inner: Vec<_> = root.get("m").expect("there").entries().iter().map(|(_, value)| marked(text, value)).collect();
    assert_eq!(inner, ["\"o\\\"p\"", "'it''s'"]);
    assert_eq!(root.get("j").map(|node| &node.value), Some(&Value::Alias));
    assert_eq!(root.get("h").and_then(Node::as_str), Some("3"));
    assert_eq!(root.get("c").and_then(Node::as_str), Some("t\nu\n"));
    assert_eq!(marked(text, &root), text.trim_end_matches(" # s\n"));
}

#[test]
fn places_count_bytes() {
    assert_eq!(
        entries("标题: 银行\r\n键: \"值\"\r\nblock: |\r\n  文\r\n"),
        [("标题", "银行"), ("键", "\"值\""), ("block", "|\r\n  文")]
    );
    assert_eq!(entries("\u{feff}标题: 银行\n"), [("标题", "银行")]);
    let text = "\u{feff}标: \"题\"目\n";
    assert_eq!(&text[parse(text).expect_err("text after a quote").span.range()], "目");
}

#[test]
fn plain_scalars_are_what_serde_yaml_says() {
    let scalars = [
        "null",
        "Null",
        "NULL",
        "nULL",
        "~",
        "true",
        "True",
        "TRUE",
        "tRUE",
        "false",
        "no",
        "yes",
        "on",
        "off",
        "n",
        "y",
        "0",
        "-0",
        "+1",
        "1",
        "007",
        "0x1F",
        "0o17",
        "0b11",
        "-0x1",
        "1_000",
        "1.5",
        "-.5",
        ".5",
        "5.",
        "1e3",
        "1.e3",
        ".inf",
        "-.inf",
        ".INF",
        "inf",
        "nan",
        "1.2.3",
        "2024-01-02",
        "2022-05-17 18:30:43 +0800",
        "12:30",
        "18446744073709551615",
        "18446744073709551616",
        "9223372036854775808",
        "-9223372036854775808",
        "1e400",
        "+",
        "-",
        "...",
        "--",
        "text",
        "1a",
        "",
        "99999999999999999999999999999999999999999999",
    ];
    for scalar in scalars {
        let ours = parse(&format!("k: {scalar}\n")).map(|root| root.get("k").map(|node| node.value.clone()));
        let theirs: serde_yaml::Value = match serde_yaml::from_str(&format!("k: {scalar}\n")) {
            Ok(value) => value,
            Err(_) => continue,
        };
        let expected = match &theirs["k"] {
            serde_yaml::Value::Null => Value::Null,
            serde_yaml::Value::Bool(value) => Value::Bool(*value),
            serde_yaml::Value::Number(number) => {
                number.as_i64().map_or_else(|| Value::Float(number.as_f64().expect("a float")), Value::Int)
            }
            serde_yaml::Value::String(text) => Value::String(Scalar { text: text.clone(), style: Style::Plain }),
            other => panic!("{scalar}: {other:?}"),
        };
        assert_eq!(ours, Ok(Some(expected)), "{scalar}");
    }
    assert_eq!(plain("...".into()), Value::String(Scalar { text: "...".into(), style: Style::Plain }));
    assert_eq!(plain("---".into()), Value::String(Scalar { text: "---".into(), style: Style::Plain }));
}

#[test]
fn errors_are_at_the_character_at_fault() {
    for (text, marked, message) in [
        ("title: \"a\"b\" c\n", "b", "text follows the closing quote"),
        ("title: a: b\nx: y\n", ":", "a `:` is not allowed here"),
        ("a: 标题: 二\n", ":", "a `:` is not allowed here"),
        ("tags: [a, b\nx: y\n", "[a, b", "a bracket is not closed"),
        ("tags: [a, b", "[a, b", "a `]` or `,` is missing"),
        ("t: {a: b\n", "{a: b", "a `}` or `,` is missing"),
        ("title: \"abc\nx: y\n", "\"abc", "the quote is not closed"),
        ("a:\n\t- b\n", "\t", "a tab where spaces are needed"),
        ("a: b\n\tc: d\n", "\t", "a tab where spaces are needed"),
        ("t: @x\n", "@", "`@` cannot begin a value"),
        ("t: *x y\n", "*x y", "`*` stands for a name that is not defined"),
        ("title: [a] b\nx: 1\n", "b", "a key is expected here"),
        ("date: 1\ntitle:x\nx: 1\n", "title:x", "a `: ` is missing after this key"),
        ("title:x\ndate: 1\n", "title:x", "a `:` is not allowed here"),
        ("a: > x\n", "> x", "text is not allowed after `|` or `>`"),
        ("a: b\n}\n", "}", "a closing bracket that nothing opens"),
        ("a\0: b\n", "\0", "a control character is not allowed here"),
        ("a: 1\n---\nb: 2\n", "-", "a second document begins here"),
    ] {
        let error = parse(text).expect_err(text);
        assert_eq!((&text[error.span.range()], error.message.as_str()), (marked, message), "{text:?}");
    }
}

#[test]
fn tabs_are_blanks_after_a_colon() {
    assert_eq!(entries("title:\tA\nb: \t c\t\nd: x:\ty\n"[..16].trim_end()), [("title", "A"), ("b", "c")]);
    assert_eq!(parse("a:\t\"b\tc\"\n").expect("valid").get("a").and_then(Node::as_str), Some("b\tc"));
}

#[test]
fn repeated_keys_stay() {
    let text = "a: 1\nb: 2\na: 3\n";
    assert_eq!(entries(text).len(), 3);
    assert_eq!(parse(text).expect("valid").get("a").map(|node| node.value.clone()), Some(Value::Int(3)));
}

#[test]
fn nothing_is_a_null() {
    for text in ["", "\n", "# only this\n", "---\n"] {
        assert_eq!(parse(text).expect(text).value, Value::Null, "{text:?}");
    }
}

#[test]
fn bombs_do_nothing() {
    let mut laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, of) in ('b'..='i').zip('a'..) {
        laughs += &format!("{name}: &{name} [{}]\n", vec![format!("*{of}"); 9].join(", "));
    }
    assert_eq!(parse(&laughs).expect("valid").entries().len(), 9);

    let deep: String = (0..3000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert_eq!(parse(&deep).expect_err("deep").message, words::TOO_DEEP);
    assert!(parse(&"[".repeat(10_000)).is_err());
    assert!(parse(&"{a: ".repeat(10_000)).is_err());
    assert!(parse(&"- ".repeat(10_000)).is_err());
    assert!(parse(&"? ".repeat(10_000)).is_err());
    assert_eq!(parse(&"- a\n".repeat(MAX_NODES)).expect_err("long").message, words::TOO_MANY);
}

#[test]
fn depth_up_to_the_bound_is_read() {
    let text = format!("{}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH));
    assert!(parse(&text).is_ok());
    assert!(parse(&format!("[{text}]")).is_err());
}
