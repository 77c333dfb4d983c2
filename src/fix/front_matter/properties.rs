//! Whatever the front matter: a change to it leaves every line of the others and the whole body as they were.

use proptest::prelude::*;

use super::*;
use crate::site::{hugo, jekyll};

/// One entry as it may be written in a format: the lines of it, without their endings.
fn entry(format: Format, number: usize) -> BoxedStrategy<Vec<String>> {
    let line = move |text: String| vec![text];
    match format {
        Format::Yaml => prop_oneof![
            "[a-z 银行]{0,8}".prop_map(move |text| line(format!("k{number}: {}", text.trim()))),
            "[ -~银]{0,8}".prop_map(move |text| line(format!("k{number}:  {} # note", quoted(&text)))),
            "[a-z]{1,5}".prop_map(move |text| vec![
                format!("k{number}: |"),
                format!("  {text}"),
                String::new(),
                "  b".into()
            ]),
            "[a-z]{1,5}".prop_map(move |text| vec![format!("k{number}:"), format!("- {text}"), "- '2'".into()]),
            "[a-z]{1,5}".prop_map(move |text| line(format!("k{number}: {{a: [{text}, 1.50], b: ~}}"))),
            Just(vec!["# a comment".to_owned(), String::new()]),
        ]
        .boxed(),
        Format::Toml => prop_oneof![
            "[ -~银]{0,8}".prop_map(move |text| line(format!("k{number} = {} # note", quoted(&text)))),
            Just(vec![format!("k{number} = 2024-01-02T03:04:05Z")]),
            Just(vec![format!("k{number} = ["), "  1,".into(), "]".into()]),
            Just(vec![format!("k{number}.a = 'x'")]),
            Just(vec!["# a comment".to_owned(), String::new()]),
        ]
        .boxed(),
        Format::Json => {
            "[ -~银]{0,8}".prop_map(move |text| line(format!("  \"k{number}\": {},", quoted(&text)))).boxed()
        }
    }
}

/// A post in a format, as its lines: the lines of the front matter, the ending of lines, the body.
fn post(format: Format) -> impl Strategy<Value = (Vec<String>, &'static str, String)> {
    let entries = (0_usize..6).prop_flat_map(move |count| (0..count).map(|at| entry(format, at)).collect::<Vec<_>>());
    let body = "[ -~银\n]{0,40}".prop_map(|text| format!("\n{text}"));
    let alias = prop_oneof![Just(0), Just(1), Just(2), Just(3)];
    (entries, prop_oneof![Just("\n"), Just("\r\n")], body, alias).prop_map(move |(entries, newline, body, alias)| {
        let mut lines: Vec<String> = entries.into_iter().flatten().collect();
        match (format, alias) {
            (Format::Yaml, 1) => lines.push("aliases: [/a/]".into()),
            (Format::Yaml, 2) => lines.extend(["aliases:".into(), "  - /a/ # b".into()]),
            (Format::Yaml, 3) => lines.insert(0, "aliases: /a/".into()),
            (Format::Toml, 1) => lines.insert(0, "aliases = ['/a/']".into()),
            (Format::Toml, 2) => lines.extend(["[t]".into(), "aliases = 1".into()]),
            (Format::Json, 1..) => lines.push("  \"aliases\": [\"/a/\"],".into()),
            _ => {}
        }
        if format == Format::Json
            && let Some(last) = lines.last_mut()
        {
            last.pop();
        }
        (lines, newline, body)
    })
}

fn text(format: Format, lines: &[String], newline: &str, body: &str) -> String {
    let (open, close) = match format {
        Format::Yaml => ("---", "---"),
        Format::Toml => ("+++", "+++"),
        Format::Json => ("{", "}"),
    };
    let mut all = vec![open];
    all.extend(lines.iter().map(String::as_str));
    all.push(close);
    all.join(newline) + newline + body
}

fn site(format: Format) -> Site {
    if format == Format::Yaml { Site::of(&jekyll::JEKYLL) } else { Site::of(&hugo::HUGO) }
}

/// The texts that both have in common at their ends leave only the change.
fn holds_all_but_one_place(before: &str, after: &str) -> bool {
    let start = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let rest = before.len() - start;
    let end = before.bytes().rev().zip(after.bytes().rev()).take_while(|(a, b)| a == b).count().min(rest);
    let changed = &before[before.floor_char_boundary(start)..before.ceil_char_boundary(before.len() - end)];
    // At most the old value of the key itself.
    changed.len() <= "/a/".len()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_change_touches_one_place(
        format in prop_oneof![Just(Format::Yaml), Just(Format::Toml), Just(Format::Json)],
        seed in any::<prop::sample::Index>(),
        (yaml, toml, json) in (post(Format::Yaml), post(Format::Toml), post(Format::Json)),
    ) {
        let (lines, newline, body) = match format { Format::Yaml => yaml, Format::Toml => toml, Format::Json => json };
        let before = text(format, &lines, newline, &body);
        let aliases = vec!["/old/银 #1/".to_owned()];
        let changes = [
            Change::Append("aliases", &aliases),
            Change::Set("draft", Scalar::Bool(true)),
            Change::Set("canonical", Scalar::Text("https://a.example/?x=\"1\"#b")),
        ];
        let change = *seed.get(&changes);
        let source = Source::from_text("a.md", &before);
        let after = changed(&source, &site(format), change);
        prop_assert!(after.is_ok(), "{after:?} {before:?}");
        let after = after.expect("just seen");
        prop_assert!(holds_all_but_one_place(&before, &after), "{before:?} {after:?}");
        prop_assert!(after.ends_with(&body));
        let front = &after[..after.len() - body.len()];
        let crlf = front.matches("\r\n").count();
        prop_assert_eq!(crlf, if newline == "\r\n" { front.matches('\n').count() } else { 0 });
        let again = changed(&Source::from_text("a.md", &after), &site(format), change);
        prop_assert_eq!(again.as_deref(), Ok(after.as_str()));
    }

    #[test]
    fn any_text_is_changed_soundly_or_refused(before in "(---|\\+\\+\\+|\\{)?\r?\n?[a-z:= \\[\\]{}\"'|>&*#,\n-]{0,60}(\n---\n|\n\\+\\+\\+\n|\\})?[a-z\n]{0,9}") {
        let aliases = vec!["/old/".to_owned()];
        for profile in crate::site::PROFILES {
            let source = Source::from_text("a.md", &before);
            if let Ok(after) = changed(&source, &Site::of(profile), Change::Append("a", &aliases)) {
                let front = read(&Source::from_text("a.md", &after), &Site::of(profile));
                prop_assert!(front.parsed);
            }
        }
    }
}
