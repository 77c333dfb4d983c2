//! Properties: whatever stands in a post, a suppression hides what it reaches and changes nothing else.

use proptest::prelude::*;

use super::{run, shown, trial};

/// Lines of posts: words that the lints mark, directives good and bad, and what could confuse them.
fn line() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "a ship",
        "a sail",
        "",
        "words",
        "- a ship",
        "> a sail",
        "```",
        "    a ship",
        "# a sail",
        "<div>",
        "</div>",
        "| ship | sail |",
        "|---|---|",
        "---",
        "title: a ship",
        "key: | # a",
        "+++",
        "<!--",
        "-->",
        "`a",
        "<!-- copydesk-disable-line vessel: x --> a ship",
        "<!-- copydesk-disable-next-line canvas -->",
        "<!-- copydesk-disable -->",
        "<!-- copydesk-disable vessel: x; expires: 2020-01-01 -->",
        "<!-- copydesk-enable -->",
        "<!-- copydesk-enable vessel -->",
        "<!-- copydesk-disable-file canvas: x -->",
        "<!-- copydesk-disable-file nothing, vessel -->",
        "<!-- copydesk-disable-nothing",
        "# copydesk-disable-line: x",
        "name: a sail # copydesk-disable-next-line canvas: x",
        "copydesk: {disable: [vessel]}",
        "{/* copydesk-disable-line */} a ship",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// A directive that is added at the end for the whole post hides one lint, and leaves the diagnostics of the other alone.
    #[test]
    fn a_suppression_changes_no_other_diagnostic(
        lines in prop::collection::vec(line(), 0..24),
        newline in prop::sample::select(vec!["\n", "\r\n"]),
        path in prop::sample::select(vec!["a.md", "a.html", "a.mdx"]),
    ) {
        let trial = trial();
        let words = |post: &str, lint: &str, reported: bool| -> Vec<(u32, u32)> {
            let said = run(&trial, path, post);
            let said = said.iter().filter(|one| &*one.lint == lint && (one.is_reported() || !reported));
            said.map(|one| (one.place.span.start, one.place.span.end)).collect()
        };
        let post = lines.join(newline);
        // Behind a blank line and outside of everything, if anything is outside there.
        let with = format!("{post}{newline}{newline}<!-- copydesk-disable-file vessel: x -->{newline}");
        prop_assert_eq!(words(&with, "canvas", true), words(&post, "canvas", true));
        // What is hidden stays in the report.
        prop_assert_eq!(words(&with, "vessel", false), words(&post, "vessel", false));
    }

    /// Any text: nothing panics, and every place can be shown.
    #[test]
    fn any_text(post in "(\\PC|\n|<!-- copydesk-(disable|enable|x)|-->|:|,|expires: |2027-01-0[0-9]|# copydesk-disable-file|---\n|\\{/\\*|\\*/\\}){0,40}") {
        for path in ["a.md", "a.mdx", "a.html"] {
            shown(&trial(), path, &post);
        }
    }
}
