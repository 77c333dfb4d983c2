//! Input that nobody means: line ends of other systems, what never ends, very many directives, any bytes.

use std::fmt::Write;
use std::time::Instant;

use super::{run, shown, trial};

#[test]
fn line_ends_marks_and_ends_of_files() {
    let trial = trial();
    for (path, post, expected) in [
        ("a.md", "<!-- copydesk-disable-next-line vessel: x -->\r\na ship\r\na ship\r\n", "ship 3"),
        ("a.md", "a ship <!-- copydesk-disable-line vessel: x -->\r\na ship", "ship 2"),
        ("a.md", "---\r\ntitle: a ship # copydesk-disable-line vessel: x\r\n---\r\na ship\r\n", "ship 4"),
        ("a.md", "+++\r\n# copydesk-disable-next-line vessel: x\r\ntitle = 'a ship'\r\n+++\r\n", ""),
        ("a.md", "\u{feff}<!-- copydesk-disable-next-line vessel: x -->\na ship\na ship\n", "ship 3"),
        ("a.md", "\u{feff}---\n# copydesk-disable-file vessel: x\ntitle: a\n---\na ship\n", ""),
        ("a.md", "a ship\n<!-- copydesk-disable-next-line vessel: x -->", "ship 1, unused: vessel"),
        ("a.md", "<!-- copydesk-disable-next-line vessel: x -->\na ship", ""),
        ("a.md", "<!-- copydesk-disable-next-line vessel: x -->\n\n\n", "unused: vessel"),
        // A blank of another script is a blank.
        ("a.md", "<!-- copydesk-disable-next-line\u{3000}vessel: x -->\n\u{3000}\na ship\n", ""),
        ("a.md", "<!-- copydesk-disable vessel: x -->\n\na ship\n\na ship", ""),
        ("a.md", "---\ntitle: a\n# copydesk-disable-file vessel: x\n", ""),
    ] {
        assert_eq!(shown(&trial, path, post), expected, "{post:?}");
    }
}

#[test]
fn what_never_ends_hides_nothing() {
    let trial = trial();
    for post in ["<!-- copydesk-disable-file vessel: x\n\na ship\n", "a\n\n<!-- copydesk-disable vessel: x\n\na ship\n"]
    {
        let said = run(&trial, "a.md", post);
        let rows: Vec<_> = said.iter().map(|one| (&*one.lint, one.is_reported(), &*one.message)).collect();
        let message = "this suppression hides nothing: its comment is never closed";
        assert_eq!(rows, [("malformed-suppression", true, message), ("vessel", true, "1 times ship")], "{post}");
    }
    // Inside of a line it is no comment at all.
    assert_eq!(shown(&trial, "a.md", "a ship <!-- copydesk-disable-line vessel: x\n"), "ship 1");
    assert_eq!(shown(&trial, "a.mdx", "a ship {/* copydesk-disable-line vessel: x\n\nb\n"), "ship 1");
}

/// Four times the directives take about four times the time; sixteen times would be quadratic.
#[test]
fn very_many_directives() {
    let trial = trial();
    let kinds: &[(&str, &dyn Fn(usize) -> String)] = &[
        ("lines", &|_| "a ship <!-- copydesk-disable-line vessel: x -->\n\n".into()),
        ("one line", &|_| "ship <!-- copydesk-disable-line vessel: x --> ".into()),
        ("stacked", &|_| "<!-- copydesk-disable-next-line vessel: x -->\n".into()),
        ("blank lines", &|_| "<!-- copydesk-disable-next-line vessel: x -->\n\n\n".into()),
        ("opened", &|at| format!("<!-- copydesk-disable{}: x -->\n\na ship\n\n", ["", " vessel"][at % 2])),
        ("ended", &|at| {
            format!("<!-- copydesk-{} -->\n\na ship\n\n", ["disable", "enable vessel", "disable vessel"][at % 3])
        }),
        ("whole post", &|_| "<!-- copydesk-disable-file: x -->\n\na ship\n\n".into()),
        ("unknown", &|at| format!("<!-- copydesk-disable-file no-{at}: x -->\n\n")),
        ("expired", &|_| "<!-- copydesk-disable vessel: x; expires: 2020-01-01 -->\n\na ship\n\n".into()),
    ];
    for (name, kind) in kinds {
        let seconds = |count: usize| {
            let post = (0..count).fold(String::new(), |mut post, at| {
                let _ = write!(post, "{}", kind(at));
                post
            });
            let since = Instant::now();
            run(&trial, "a.md", &post);
            since.elapsed().as_secs_f64()
        };
        let (few, many) = (seconds(2_500), seconds(10_000));
        assert!(many < 8.0 * few + 1.0, "{name}: {few} s and {many} s");
    }
    let mut front = String::from("---\n");
    (0..1_200).for_each(|at| _ = writeln!(front, "key-{at}: a ship # copydesk-disable-line vessel: x"));
    assert_eq!(shown(&trial, "a.md", &format!("{front}---\n")), "");
}
