//! Every form of a suppression, in every kind of file, and what each reaches.

use super::{reasons, run, shown, trial, trial_of, word};

fn check(path: &str, cases: &[(&str, &str)]) {
    let trial = trial();
    for (post, expected) in cases {
        assert_eq!(shown(&trial, path, post), *expected, "{post}");
    }
}

#[test]
fn markdown() {
    check(
        "a.md",
        &[
            ("<!-- copydesk-disable-next-line vessel: x -->\na ship\na ship\n", "ship 3"),
            ("a ship <!-- copydesk-disable-line vessel: x -->\na ship\n", "ship 2"),
            ("<!-- copydesk-disable-line vessel, canvas: x --> a ship, a sail\n", ""),
            (
                "a ship\n\n<!-- copydesk-disable vessel: x -->\n\na ship\n\n<!-- copydesk-enable vessel -->\n\na ship\n",
                "ship 1, ship 9",
            ),
            ("<!-- copydesk-disable vessel: x -->\n\na ship\n\na sail\n", "sail 5"),
            ("a ship\n\na sail\n\n<!-- copydesk-disable-file vessel: x -->\n", "sail 3"),
            // Without names all lints are meant.
            ("<!-- copydesk-disable-next-line: x -->\na ship, a sail\n", ""),
            ("<!--copydesk-disable-next-line-->\na ship, a sail\n", ""),
            // What is blank is no line to speak of, and directives stack.
            ("<!-- copydesk-disable-next-line vessel: x -->\n\n  \na ship\na ship\n", "ship 5"),
            (
                "<!-- copydesk-disable-next-line vessel: x -->\n<!-- copydesk-disable-next-line canvas: x -->\n\na ship, a sail\n",
                "",
            ),
            ("<!-- copydesk-disable-next-line vessel:\n  a long\n  reason -->\na ship\na ship\n", "ship 5"),
            // In a list, a quotation, a table and an HTML block.
            ("* a ship <!-- copydesk-disable-line vessel: x -->\n* a ship\n", "ship 2"),
            ("> a ship <!-- copydesk-disable-line vessel: x -->\n> a ship\n", "ship 2"),
            ("|a|b|\n|-|-|\n|ship|<!-- copydesk-disable-line vessel: x -->|\n", ""),
            ("<div>\n<p>a ship <!-- copydesk-disable-line vessel: x --></p>\n<p>a ship</p>\n</div>\n", "ship 3"),
        ],
    );
}

#[test]
fn what_stands_in_code_is_text() {
    check(
        "a.md",
        &[
            ("```html\n<!-- copydesk-disable-file vessel: x -->\n```\n\na ship\n", "ship 5"),
            ("    <!-- copydesk-disable-file vessel: x -->\n\na ship\n", "ship 3"),
            ("Write `<!-- copydesk-disable-line vessel: x -->`, a ship\n", "ship 1"),
            ("<script>\n// <!-- copydesk-disable-file vessel: x -->\n</script>\n\na ship\n", "ship 5"),
            ("\\<!-- copydesk-disable-line vessel: x --> a ship\n", "ship 1"),
        ],
    );
}

#[test]
fn html() {
    check(
        "a.html",
        &[
            ("<p>a ship</p> <!-- copydesk-disable-line vessel: x -->\n<p>a ship</p>\n", "ship 2"),
            ("<!-- copydesk-disable-next-line vessel: x -->\n<p>a ship</p>\n<p>a ship</p>\n", "ship 3"),
            ("<p>a ship</p>\n<!-- copydesk-disable-file vessel: x -->\n", ""),
            ("<!-- copydesk-disable vessel: x --><p>a ship</p><!-- copydesk-enable --><p>a ship</p>\n", "ship 1"),
        ],
    );
}

#[test]
fn mdx() {
    check(
        "a.mdx",
        &[
            ("{/* copydesk-disable-next-line vessel: x */}\n\na ship\na ship\n", "ship 4"),
            ("a ship {/* copydesk-disable-line vessel: x */}\na ship\n", "ship 2"),
            ("{ /* copydesk-disable-file vessel: x */ }\n\na ship\n", ""),
            ("{/* copydesk-disable vessel: x */}\n\na ship\n\n{/* copydesk-enable */}\n\na ship\n", "ship 7"),
            ("```js\n{/* copydesk-disable-file vessel: x */}\n```\n\na ship\n", "ship 5"),
            ("Write `{/* copydesk-disable-line vessel: x */}`, a ship\n", "ship 1"),
        ],
    );
    // Elsewhere braces are text.
    check("a.md", &[("a ship {/* copydesk-disable-line vessel: x */}\n", "ship 1")]);
}

#[test]
fn yaml() {
    check(
        "a.md",
        &[
            ("---\ntitle: a ship # copydesk-disable-line vessel: x\nname: a ship\n---\n", "ship 3"),
            ("---\n# copydesk-disable-next-line vessel: x\ntitle: a ship\nname: a ship\n---\n", "ship 4"),
            ("---\n# copydesk-disable-file vessel: x\ntitle: a ship\n---\na ship\n", ""),
            ("---\ntags:\n  # copydesk-disable-next-line vessel: x\n  - a ship\n  - a ship\n---\n", "ship 5"),
            ("---\ntitle: a\ncopydesk: {disable: [vessel]}\n---\na ship, a sail\n", "sail 5"),
            ("---\ncopydesk:\n  disable:\n    - vessel\n    - canvas\n---\na ship, a sail\n", ""),
            ("---\ncopydesk:\n  disable:\n    vessel: x\n---\na ship, a sail\n", "sail 6"),
            // What is quoted or in a block is text.
            ("---\ntitle: \"a ship # copydesk-disable-line vessel: x\"\n---\n", "ship 2"),
            ("---\ntitle: 'a ship # copydesk-disable-line vessel: x'\n---\n", "ship 2"),
            ("---\ntext: |\n  # copydesk-disable-file vessel: x\n---\na ship\n", "ship 5"),
            ("---\ntext: >-\n  words\n  # copydesk-disable-file vessel: x\nmore: b\n---\na ship\n", "ship 7"),
            ("---\ntitle: a ship#copydesk-disable-line vessel\n---\n", "ship 2"),
            ("---\n# not # copydesk-disable-line vessel\ntitle: a\n---\na ship\n", "ship 5"),
            // Of front matter that does not parse, whole lines are read.
            ("---\n# copydesk-disable-file vessel: x\ntitle: \"a\" b\n---\na ship\n", ""),
        ],
    );
}

#[test]
fn toml() {
    check(
        "a.md",
        &[
            ("+++\ntitle = 'a ship' # copydesk-disable-line vessel: x\nname = 'a ship'\n+++\n", "ship 3"),
            ("+++\n# copydesk-disable-next-line vessel: x\ntitle = 'a ship'\nname = 'a ship'\n+++\n", "ship 4"),
            ("+++\n# copydesk-disable-file vessel: x\ntitle = 'a ship'\n+++\na ship\n", ""),
            ("+++\ntags = [\n  'a ship', # copydesk-disable-line vessel: x\n  'a ship',\n]\n+++\n", "ship 4"),
            ("+++\n[copydesk]\ndisable = ['vessel']\n+++\na ship, a sail\n", "sail 5"),
            ("+++\n[extra.copydesk]\ndisable = ['canvas']\n+++\na ship, a sail\n", "ship 5"),
            ("+++\ntext = '''\n# copydesk-disable-file vessel: x\n'''\n+++\na ship\n", "ship 6"),
            ("+++\ntitle = \"a ship # copydesk-disable-line vessel: x\"\n+++\n", "ship 2"),
        ],
    );
}

#[test]
fn json_has_the_key() {
    let example = copydesk::lint::Example {
        post: Some("{\"title\": \"a\", \"copydesk\": {\"disable\": [\"canvas\"]}}\n\na sail, a ship\n".into()),
        generator: Some("hugo".into()),
        ..Default::default()
    };
    let said = trial().run(&example).expect("no failure").diagnostics;
    assert_eq!(said.iter().filter(|one| one.is_reported()).map(|one| &*one.lint).collect::<Vec<_>>(), ["vessel"]);
}

#[test]
fn nested() {
    let directive = |words: &[&str]| {
        let line = |word: &&str| match word.split_once(' ') {
            None if *word == "+" => "<!-- copydesk-enable -->\n\n".to_owned(),
            None if *word == "-" => "<!-- copydesk-disable: x -->\n\n".to_owned(),
            Some(("+", lint)) => format!("<!-- copydesk-enable {lint} -->\n\n"),
            Some(("-", lint)) => format!("<!-- copydesk-disable {lint}: x -->\n\n"),
            _ => format!("{word}\n\n"),
        };
        words.iter().map(line).collect::<String>()
    };
    for (words, expected) in [
        (&["-", "ship", "+ vessel", "ship", "sail", "+", "sail"][..], "ship 7, sail 13"),
        (&["-", "+ vessel", "ship", "- vessel", "ship", "+ vessel", "ship", "sail", "+"], "ship 5, ship 13"),
        (&["- vessel", "- canvas", "ship", "sail", "+ vessel", "ship", "sail", "+", "sail"], "ship 11, sail 17"),
        (&["- vessel", "-", "ship", "sail", "+ vessel", "ship", "sail", "+ canvas", "sail"], "ship 11, sail 17"),
        (&["-", "ship", "-", "sail", "+", "ship"], "ship 11"),
        (&["- vessel", "ship", "- vessel", "ship", "+ vessel", "ship"], "ship 11"),
    ] {
        assert_eq!(shown(&trial(), "a.md", &directive(words)), expected, "{words:?}");
    }
}

#[test]
fn the_reason_is_in_the_authors_words() {
    let trial = trial();
    for (post, expected) in [
        ("a ship <!-- copydesk-disable-line vessel: it is so -->\n", "it is so"),
        ("a ship <!-- copydesk-disable-line: 一艘船 -->\n", "一艘船"),
        ("a ship <!-- copydesk-disable-line -->\n", "no reason given"),
        (
            "a ship <!-- copydesk-disable-line vessel: until they mend it; expires: 2026-01-01 -->\n",
            "until they mend it",
        ),
        ("---\ntitle: a\ncopydesk: {disable: {vessel: the name of a pub}}\n---\na ship\n", "the name of a pub"),
        // The nearest speaks.
        ("<!-- copydesk-disable-file vessel: all -->\n\na ship <!-- copydesk-disable-line vessel: this -->\n", "this"),
    ] {
        let found = reasons(&trial, "a.md", post);
        assert_eq!(found.last().map(String::as_str), Some(expected), "{post}");
    }
}

#[test]
fn of_merged_places_those_that_are_meant_are_hidden() {
    let trial = trial_of(&[word("vessel", "ship", "merge: post\n")]);
    let post =
        "a ship\n\na ship <!-- copydesk-disable-line: x -->\n\na ship\n\na ship <!-- copydesk-disable-line: y -->\n";
    let said = run(&trial, "a.md", post);
    let rows: Vec<_> = said.iter().map(|one| (&*one.message, one.also.len(), one.is_reported())).collect();
    assert_eq!(rows, [("2 times ship", 1, true), ("1 times ship", 0, false), ("1 times ship", 0, false)]);
}

#[test]
fn what_is_wrong_with_suppressions_is_said() {
    check(
        "a.md",
        &[
            ("<!-- copydesk-disable-next-line vessel: x -->\nnothing\n", "unused: vessel"),
            ("nothing <!-- copydesk-disable-line: x -->\n", "unused: copydesk-disable-line: x"),
            ("<!-- copydesk-disable-next-line canvas, vesesl: x -->\na sail\n", "unknown: vesesl"),
            ("a sail <!-- copydesk-enable -->\n", "sail 1, unused: copydesk-enable"),
            ("<!-- copydesk-disable-next-line -->\n", "unused: copydesk-disable-next-line"),
            ("a sail <!-- copydesk-disable-line: x; expires: 2025-12-31 -->\n", "sail 1, expired: expires: 2025-12-31"),
            ("a sail <!-- copydesk-disable-line: x; expires: 2026-01-01 -->\n", ""),
            // One that could not be read leaves its end without a beginning; that is said once.
            (
                "<!-- copydesk-disabel: x -->\n\na sail\n\n<!-- copydesk-enable -->\n",
                "malformed: copydesk-disabel, sail 3",
            ),
            // A wish for all lints does not hide what is wrong with itself.
            (
                "nothing <!-- copydesk-disable-line: x --> <!-- copydesk-disable-file: y -->\n",
                "unused: copydesk-disable-line: x, unused: copydesk-disable-file: y",
            ),
            ("nothing <!-- copydesk-disable-line: x --> <!-- copydesk-disable-line unused-suppression: kept -->\n", ""),
            ("<!-- copydesk-disable-file unused-suppression: kept -->\n", "unused: unused-suppression"),
            // A built-in lint that does not run here is not judged.
            ("<!-- copydesk-disable-file link-insecure: x -->\n", ""),
        ],
    );
}

#[test]
fn a_typo_is_told_with_what_was_meant() {
    for (post, message, help) in [
        (
            "<!-- copydesk-disable-file link-insecrue: x -->\n",
            "no lint is called `link-insecrue`, so this hides nothing",
            "did you mean `link-insecure`?",
        ),
        (
            "<!-- copydesk-disable-file no-such-thing-at-all: x -->\n",
            "no lint is called `no-such-thing-at-all`, so this hides nothing",
            "`copydesk list` shows all lints",
        ),
        (
            "<!-- copydesk-disable-file suppression: x -->\n",
            "no lint is called `suppression`, so this hides nothing",
            "`suppression` is a family; name each of its lints (`copydesk list`)",
        ),
        (
            "<!-- copydesk-disable-lines x: y -->\n",
            "this suppression hides nothing: there is no `copydesk-disable-lines`",
            "did you mean `copydesk-disable-line`?",
        ),
    ] {
        let said = run(&trial(), "a.md", post);
        let rows: Vec<_> = said.iter().map(|one| (&*one.message, &*one.help)).collect();
        assert_eq!(rows, [(message, help)], "{post}");
    }
}
