//! What is front matter to which generator, and what is wrong with it.

use super::*;
use crate::site::{Dates, FileName, Key, Kind, Need, StringList};

const fn profile(front_matter: Dialect) -> Profile {
    Profile {
        name: "test",
        title: "Test",
        marks: &[],
        content: &[],
        posts: &[],
        output: "",
        skip: &[],
        index: &[],
        extensions: &[],
        pages_need_front_matter: false,
        front_matter,
        without_front_matter: "",
        duplicate_key: "",
        keys: &[
            Key { name: "title", kind: Kind::Text, need: Need::Expected },
            Key { name: "date", kind: Kind::Date, need: Need::Expected },
            Key { name: "tags", kind: Kind::List, need: Need::Optional },
            Key { name: "layout", kind: Kind::Text, need: Need::Optional },
            Key { name: "draft", kind: Kind::Bool, need: Need::Optional },
        ],
        closed_keys: false,
        file_name: FileName::Free,
        dates: Dates::Any,
        hides_future: false,
        string_list: StringList::Unknown,
        templates: &[],
    }
}

fn front(path: &str, text: &str, dialect: Dialect) -> (FrontMatter, Vec<Defect>) {
    let mut defects = Vec::new();
    let front = read(&Source::from_text(path, text), &profile(dialect), Role::Post, &mut defects);
    (front, defects)
}

/// Kind and marked text of every defect.
fn defects(text: &str, dialect: Dialect) -> Vec<(DefectKind, &str)> {
    let (_, defects) = front("a.md", text, dialect);
    defects.iter().map(|defect| (defect.kind, &text[defect.span.range()])).collect()
}

fn var(defect: &Defect, name: &str) -> String {
    defect.vars.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

use Dialect::*;

/// Dialects, text, the format found if any, and what follows the front matter.
#[test]
fn delimiters_of_each_generator() {
    let every = &[Jekyll, Hexo, Hugo, Zola, GrayMatter, MkDocs, Any][..];
    let table: &[(&[Dialect], &str, Option<Format>, &str)] = &[
        (every, "---\ntitle: A\n---\nText\n", Some(Format::Yaml), "Text\n"),
        (every, "---\r\ntitle: A\r\n---\r\nText\r\n", Some(Format::Yaml), "Text\r\n"),
        (every, "---\ntitle: A\n---", Some(Format::Yaml), ""),
        (every, "Text\n\n---\n\nMore\n", None, ""),
        (&[Jekyll, MkDocs, Any], "---\ntitle: A\n...\nText\n", Some(Format::Yaml), "Text\n"),
        (&[Jekyll, Hugo, GrayMatter, MkDocs, Any], "---  \ntitle: A\n---  \nText\n", Some(Format::Yaml), "Text\n"),
        (&[Hexo, Zola], "---  \ntitle: A\n---\nText\n", None, ""),
        (&[Hugo, Zola], "\n\n---\ntitle: A\n---\nText\n", Some(Format::Yaml), "Text\n"),
        (&[Jekyll, Hexo, GrayMatter, MkDocs, Any], "\n\n---\ntitle: A\n---\nText\n", None, ""),
        (&[Hugo, Zola, GrayMatter, Any], "+++\ntitle = \"A\"\n+++\nText\n", Some(Format::Toml), "Text\n"),
        (&[Jekyll, Hexo, MkDocs], "+++\ntitle = \"A\"\n+++\nText\n", None, ""),
        (&[Hexo], "-----\ntitle: A\n-----\nText\n", Some(Format::Yaml), "Text\n"),
        (&[Hugo], "------\ntitle: A\n---\nText\n", Some(Format::Yaml), "Text\n"),
        (&[Jekyll, Hugo, Zola, GrayMatter, MkDocs, Any], "-----\ntitle: A\n-----\nText\n", None, ""),
        (&[Hexo, Any], ";;;\n\"title\": \"A\"\n;;;\nText\n", Some(Format::Json), "Text\n"),
        (&[Hugo], "{\n\"title\": \"A}\"\n}\nText\n", Some(Format::Json), "Text\n"),
        (&[Hugo], "{{< figure >}}\n", None, ""),
        (&[Hexo], "title: A\ntags:\n- a\n---\nText\n", Some(Format::Yaml), "Text\n"),
        (&[Hexo], "Note: this post is old.\n\n---\n\nText\n", None, ""),
        (&[Hexo], "title: A\n\nProse.\n\n---\n\nText\n", None, ""),
        (&[Jekyll, Hugo, Zola, GrayMatter, MkDocs, Any], "title: A\n---\nText\n", None, ""),
        (&[Zola], "+++\ntitle = \"A\" +++\nText\n", Some(Format::Toml), "Text\n"),
        (&[Hugo, GrayMatter], "---\ntitle: A\n----\nText\n", Some(Format::Yaml), "-\nText\n"),
        (&[GrayMatter], "---json\n{\"title\": \"A\"}\n---\nText\n", Some(Format::Json), "Text\n"),
        (&[Any, Hexo], "---\nA quotation, and not a key.\n---\nText\n", None, ""),
        (every, "", None, ""),
    ];
    for (dialects, text, format, body) in table {
        for dialect in *dialects {
            let (front, _) = front("a.md", text, *dialect);
            assert_eq!(front.format, *format, "{dialect:?} {text:?}");
            if format.is_some() {
                assert_eq!(&text[front.span.end as usize..], *body, "{dialect:?} {text:?}");
                assert_eq!(
                    front.root.get("title").map(|t| t.as_str().is_some_and(|t| t.starts_with('A'))),
                    Some(true),
                    "{text:?}"
                );
            } else {
                assert!(front.span.is_empty() && front.root.entries().is_empty());
            }
        }
    }
}

#[test]
fn other_languages_are_not_read() {
    let text = "---js\n{ title: 'A' }\n---\nText\n";
    let (front, defects) = front("a.md", text, GrayMatter);
    assert_eq!((front.format, &text[front.span.end as usize..], defects.len()), (None, "Text\n", 0));
}

#[test]
fn empty_front_matter_is_front_matter() {
    for text in ["---\n---\nText\n", "---\n\n---\nText\n", "---\n# only a comment\n---\nText\n"] {
        for dialect in [Jekyll, Hexo, Hugo, Zola, GrayMatter, MkDocs, Any] {
            let (front, defects) = front("a.md", text, dialect);
            assert_eq!(
                (front.format, defects.len(), front.parsed),
                (Some(Format::Yaml), 0, true),
                "{dialect:?} {text:?}"
            );
        }
    }
}

#[test]
fn missing_front_matter_marks_the_first_line() {
    assert_eq!(defects("\n  # Hi there \n\nText\n", Jekyll), [(DefectKind::FrontMatterMissing, "# Hi there")]);
    assert_eq!(defects("", Jekyll), [(DefectKind::FrontMatterMissing, "")]);
    assert_eq!(defects("\u{feff}Hi\n", Jekyll), [(DefectKind::FrontMatterMissing, "Hi")]);
    assert_eq!(defects("#+title: A\n", Hugo), []);
    let mut none = Vec::new();
    read(&Source::from_text("a.md", "# Hi\n"), &profile(Jekyll), Role::Page, &mut none);
    assert_eq!(none, []);
}

#[test]
fn unclosed_front_matter_marks_its_fence() {
    for (text, fence, body) in [
        ("---\ntitle: A\ntags:\n  - a\n\nText\n", "---", "\nText\n"),
        ("---\ntitle: A\nText goes on.\n", "---", "Text goes on.\n"),
        ("---\ntitle：A\n\nText\n", "---", "\nText\n"),
    ] {
        assert_eq!(defects(text, Jekyll), [(DefectKind::FrontMatterUnclosed, fence)], "{text:?}");
        let (front, _) = front("a.md", text, Jekyll);
        assert_eq!(&text[front.span.end as usize..], body);
        assert_eq!(front.root.get("title").and_then(Node::as_str), Some("A"));
        assert!(!front.parsed);
    }
    assert_eq!(defects("+++\ntitle = \"A\"\n\nText\n", Zola), [(DefectKind::FrontMatterUnclosed, "+++")]);
    assert_eq!(defects("{\n\"title\": \"A\",\n\nText\n", Hugo), [(DefectKind::FrontMatterUnclosed, "{")]);
    for dialect in [Jekyll, Hexo, Any, GrayMatter] {
        let text = "---\n\nA thematic break opens this.\n";
        assert_eq!(defects(text, dialect), [(DefectKind::FrontMatterMissing, "---")], "{dialect:?}");
    }
}

#[test]
fn a_byte_order_mark_is_named() {
    let text = "\u{feff}---\ntitle: 标题\n---\nText\n";
    assert_eq!(defects(text, Jekyll), [(DefectKind::ByteOrderMark, "\u{feff}")]);
    let (front, _) = front("a.md", text, Jekyll);
    assert_eq!(&text[front.root.get("title").expect("there").span.range()], "标题");
    assert_eq!(&text[front.fence.range()], "---");
}

/// The inside of YAML front matter; for each defect its kind, the marked text, `key` or `reason`, and `quoted`; then the title.
type Row = (&'static str, &'static [(DefectKind, &'static str, &'static str, &'static str)], Option<&'static str>);

#[test]
fn mistakes_in_yaml_are_named_and_placed() {
    use DefectKind::*;
    let table: &[Row] = &[
        ("title: A\n", &[], Some("A")),
        ("title:\tA\t\ndate: 1\n", &[], Some("A")),
        ("title: http://a.org/b:c\n", &[], Some("http://a.org/b:c")),
        ("title: A % @ ` b\nother: |\n  a: b: c\n  \"d\"e\"\n", &[], Some("A % @ ` b")),
        ("title: Rust: a tour\ndate: 1\n", &[(UnquotedColon, ":", "title", "\"Rust: a tour\"")], Some("Rust: a tour")),
        ("title: 银行: \"好\"\n", &[(UnquotedColon, ":", "title", "'银行: \"好\"'")], Some("银行: \"好\"")),
        ("title: Rust:\n", &[(UnquotedColon, ":", "title", "\"Rust:\"")], Some("Rust:")),
        (
            "title: It's: a \"b\" # c\n",
            &[(UnquotedColon, ":", "title", "\"It's: a \\\"b\\\"\"")],
            Some("It's: a \"b\""),
        ),
        ("title: A\ntags:\n  - b: c: d\n", &[(UnquotedColon, ":", "b", "\"c: d\"")], Some("A")),
        ("desc: a: b\n  c\ntitle: A\n", &[(UnquotedColon, ":", "desc", "\"a: b\n  c\"")], Some("A")),
        ("title: \"他说\"好\"\"\ndate: 1\n", &[(UnescapedQuote, "\"", "title", "'他说\"好\"'")], Some("他说\"好\"")),
        ("title: \"A\" b: c\n", &[(UnescapedQuote, "\"", "title", "'\"A\" b: c'")], Some("\"A\" b: c")),
        ("title: \"\"a\" b\"\n", &[(UnescapedQuote, "\"", "title", "'\"a\" b'")], Some("\"a\" b")),
        (
            "title: \"a \\\"b\\\" \"c\"\"\n",
            &[(UnescapedQuote, "\"", "title", "\"a \\\"b\\\" \\\"c\\\"\"")],
            Some("a \"b\" \"c\""),
        ),
        ("title: 'It's so'\n", &[(UnescapedQuote, "'", "title", "\"It's so\"")], Some("It's so")),
        ("title: \"A\" and \"B\"\n", &[(UnescapedQuote, "\"", "title", "'\"A\" and \"B\"'")], Some("\"A\" and \"B\"")),
        (
            "title: \"a\n  b \"c\" d\"\ndate: 1\n",
            &[(UnescapedQuote, "\"", "title", "'a\n  b \"c\" d'")],
            Some("a b \"c\" d"),
        ),
        ("title: [轉] IDA\n", &[(SpecialStart, "[", "title", "\"[轉] IDA\"")], Some("[轉] IDA")),
        ("title: [轉]\n", &[(SpecialStart, "[", "title", "\"[轉]\"")], None),
        ("title: {a}\n", &[(SpecialStart, "{", "title", "\"{a}\"")], None),
        ("title: [a, b\n", &[(SpecialStart, "[", "title", "\"[a, b\"")], Some("[a, b")),
        ("title: @home\ndate: 1\n", &[(SpecialStart, "@", "title", "\"@home\"")], Some("@home")),
        ("title: `a` b\n", &[(SpecialStart, "`", "title", "\"`a` b\"")], Some("`a` b")),
        ("title: %a\n", &[(SpecialStart, "%", "title", "\"%a\"")], Some("%a")),
        ("title: *a* b\n", &[(SpecialStart, "*", "title", "\"*a* b\"")], Some("*a* b")),
        ("title: > a\n", &[(SpecialStart, ">", "title", "\"> a\"")], Some("> a")),
        ("title: - a\n", &[(SpecialStart, "-", "title", "\"- a\"")], Some("- a")),
        ("tags:\n  - @a\n  - b\ntitle: A\n", &[(SpecialStart, "@", "tags", "\"@a\"")], Some("A")),
        ("layout: post\ntitle：你好\ndate: 1\n", &[(FullWidthColon, "：", "title", "")], Some("你好")),
        ("title：你好\ndate: 1\n", &[(FullWidthColon, "：", "title", "")], Some("你好")),
        ("title：你好\n", &[(FullWidthColon, "：", "title", "")], Some("你好")),
        (
            "title： 你好\ndate：1\n",
            &[(FullWidthColon, "：", "title", ""), (FullWidthColon, "：", "date", "")],
            Some("你好"),
        ),
        ("title:Hi\ndate: 1\n", &[(NoSpaceAfterColon, ":", "title", "")], Some("Hi")),
        ("date: 1\ntitle:Hi\n", &[(NoSpaceAfterColon, ":", "title", "")], Some("Hi")),
        ("title:Hi\n", &[(NoSpaceAfterColon, ":", "title", "")], Some("Hi")),
        ("tags:[a, b]\ntitle: A\n", &[(NoSpaceAfterColon, ":", "tags", "")], Some("A")),
        ("tags:\n\t- a\n\t- b\ntitle: A\n", &[(TabIndent, "\t", "", ""), (TabIndent, "\t", "", "")], Some("A")),
        ("tags:\n  \t- a\ntitle: A\n", &[(TabIndent, "\t", "", "")], Some("A")),
        ("title: A\ntags: [a]\ntitle: B\n", &[(DuplicateKey, "title", "title", "")], Some("B")),
        ("title: A\nextra:\n  - b: 1\n    b: 2\n", &[(DuplicateKey, "b", "b", "")], Some("A")),
        ("title: A\ntags: [a, b\ndate: 1\n", &[(FrontMatterSyntax, "[a, b", "a bracket is not closed", "")], Some("A")),
        ("title: \"A\ndate: 1\n", &[(FrontMatterSyntax, "\"A", "the quote is not closed", "")], Some("A")),
        (
            "title: A\njust some words\ndate: 1\n",
            &[(FrontMatterSyntax, "just some words", "a `: ` is missing after this key", "")],
            Some("A"),
        ),
        ("title: A\ncategories: - a\n", &[(FrontMatterSyntax, "-", "a list item is not allowed here", "")], Some("A")),
        ("title: A\ntags: - a\n", &[(FrontMatterSyntax, "-", "a list item is not allowed here", "")], Some("A")),
        ("some words\n", &[(FrontMatterSyntax, "some words", "keys with values are expected, found text", "")], None),
        ("- a\n- b\n", &[(FrontMatterSyntax, "- a", "keys with values are expected, found a list", "")], None),
        (
            "title: a: b\nsub: \"c\"d\"\nx: @y\ndate: 1\n",
            &[
                (UnquotedColon, ":", "title", "\"a: b\""),
                (UnescapedQuote, "\"", "sub", "'c\"d'"),
                (SpecialStart, "@", "x", "\"@y\""),
            ],
            Some("a: b"),
        ),
    ];
    for (yaml, expected, title) in table {
        for end in ["\n", "\r\n"] {
            let text = format!("---\n{yaml}---\nText\n").replace('\n', end);
            let (front, defects) = front("a.md", &text, Jekyll);
            let found: Vec<_> = defects
                .iter()
                .map(|defect| {
                    let word = var(defect, "key") + &var(defect, "reason");
                    (defect.kind, &text[defect.span.range()], word, var(defect, "quoted").replace("\r\n", "\n"))
                })
                .collect();
            let expected: Vec<_> = expected
                .iter()
                .map(|(kind, marked, word, quoted)| (*kind, *marked, word.to_string(), quoted.to_string()))
                .collect();
            assert_eq!(found, expected, "{text:?}");
            assert_eq!(front.root.get("title").and_then(Node::as_str), *title, "{text:?}");
        }
    }
}

#[test]
fn the_quote_that_ends_the_value_early_is_marked() {
    let text = "---\ntitle: \"他说\"好\"\"\n---\n";
    let (front, defects) = front("a.md", text, Hexo);
    let before = text.find("\"好").expect("there");
    assert_eq!(defects[0].span, Span::new(before, before + 1));
    assert_eq!(&text[front.root.get("title").expect("there").span.range()], "\"他说\"好\"\"");
    assert!(!front.parsed);
}

#[test]
fn the_second_of_two_keys_is_marked() {
    let (front, defects) = front("a.md", "---\na: 1\nb: 2\na: 3\n---\n", Jekyll);
    assert_eq!((defects[0].span, front.parsed), (Span::new(14, 15), true));
}

#[test]
fn what_stops_no_build_is_parsed() {
    let text = "---\ntags:\n\t- a\n---\n";
    assert!(front("a.md", text, Hexo).0.parsed);
    assert!(!front("a.md", text, Jekyll).0.parsed);
    assert_eq!(defects(text, Hexo), [(DefectKind::TabIndent, "\t")]);
}

#[test]
fn templates_for_posts_are_no_mistakes() {
    let text = "---\ntitle: \"{{ replace .Name \"-\" \" \" }}\"\ndate: {{ .Date }}\n---\n";
    assert_eq!(front("archetypes/default.md", text, Hugo).1, []);
    assert_eq!(front("posts/a.md", text, Hugo).1, []);
    assert_eq!(front("scaffolds/post.md", "---\ntitle: {{ title }}\nx: a: b\n---\n", Hexo).1, []);
}

#[test]
fn mistakes_in_toml_and_json() {
    use DefectKind::*;
    let toml = |inside: &str| format!("+++\n{inside}+++\n");
    for (text, expected) in [
        (toml("title = \"A\"\ntags = [\"a\"]\n[extra]\nx = 1\n"), vec![]),
        (toml("title = \"他说\"好\"\"\ndate = 1\n"), vec![(UnescapedQuote, "\"", "'他说\"好\"'")]),
        (toml("a = 1\na = 2\n"), vec![(DuplicateKey, "a", "")]),
        (toml("title: A\n"), vec![(FrontMatterSyntax, "title: A", "")]),
    ] {
        let (_, defects) = front("a.md", &text, Zola);
        let found: Vec<_> = defects.iter().map(|d| (d.kind, &text[d.span.range()], var(d, "quoted"))).collect();
        let expected: Vec<_> =
            expected.into_iter().map(|(kind, marked, quoted)| (kind, marked, quoted.to_owned())).collect();
        assert_eq!(found, expected, "{text:?}");
    }
    assert_eq!(defects("{\"a\": 1,\n\"a\": 2}\nText\n", Hugo), [(DuplicateKey, "\"a\"")]);
    assert_eq!(defects("{\"a\": b}\nText\n", Hugo), [(FrontMatterSyntax, "b")]);
    assert_eq!(defects(";;;\n\"a\": 1,\n\"a\": 2\n;;;\n", Hexo), [(DuplicateKey, "\"a\"")]);
    assert_eq!(defects(";;;\n\"a\": b\n;;;\n", Hexo), [(FrontMatterSyntax, "b")]);
}

#[test]
fn whatever_parsed_is_saved() {
    let (front, _) = front("a.md", "+++\ntitle = \"A\"\nx = y z\n[extra]\nb = 1\n+++\n", Zola);
    assert_eq!(front.root.get("title").and_then(Node::as_str), Some("A"));
    assert!(front.root.get("extra").is_some() && !front.parsed);
}

#[test]
fn long_or_hostile_front_matter_is_bounded() {
    let long = format!("---\ntitle: A\nx: {}\n---\nText\n", "y".repeat(MAX_LENGTH));
    assert_eq!(defects(&long, Jekyll), [(DefectKind::FrontMatterSyntax, "---")]);
    for inside in ["[".repeat(60_000), "a: b: c\n".repeat(7_000), "\"".repeat(60_000), "- ".repeat(30_000)] {
        let text = format!("---\nt: {inside}\n---\n");
        assert!(!front("a.md", &text, Jekyll).0.parsed);
    }
    for text in ["---\n\0: a\n---\n", "---", "---\n", "---\n---", "+++", ";;;", "{", "{\"", "\u{feff}", "\u{feff}---\n"]
    {
        for dialect in [Jekyll, Hexo, Hugo, Zola, GrayMatter, MkDocs, Any] {
            let (front, defects) = front("a.md", text, dialect);
            assert!(text.get(front.span.range()).is_some());
            assert!(defects.iter().all(|defect| text.get(defect.span.range()).is_some()));
        }
    }
}
