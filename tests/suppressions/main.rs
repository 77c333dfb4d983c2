//! Suppressions, as a run over posts shows them: which words are reported, which are hidden and why, and what is said of the
//! suppressions themselves. The lints here mark single words, so that each line of a post says what it expects.

use std::sync::Arc;

use copydesk::desk::Trial;
use copydesk::diagnostic::{Diagnostic, Verdict};
use copydesk::lint::{Example, Lint, Loader};

mod forms;
mod hostile;
mod properties;
mod whole_site;
mod writing;

/// A lint that marks a word, each place by itself.
fn word(name: &str, word: &str, more: &str) -> (String, String) {
    let record = format!(
        "summary: the word\nlevel: warn\nsince: 0.1.0\nmatch: {{text: {{in: source, phrases: [{word}]}}}}\n\
         message: \"{{count}} times {{text}}\"\nhelp: none\nwhy: It is so.\nexamples: {{}}\n{more}"
    );
    (name.to_owned(), record)
}

/// Lints about the words `ship` and `sail`, and the built-in ones about suppressions.
fn trial_of(words: &[(String, String)]) -> Trial {
    let mut loader = Loader::default();
    loader.builtin();
    for (name, record) in words {
        loader.own("own", name, &format!("{name}.yaml"), record);
    }
    let lints = loader.finish().unwrap_or_else(|notices| panic!("{notices:?}"));
    let meant = |lint: &Lint| lint.is_own || &*lint.family == "suppression";
    let lints: Vec<Arc<Lint>> = lints.into_iter().filter(|lint| meant(lint)).map(Arc::new).collect();
    Trial::new(&lints).unwrap_or_else(|notices| panic!("{notices:?}"))
}

fn trial() -> Trial {
    trial_of(&[word("vessel", "ship", "merge: never\n"), word("canvas", "sail", "merge: never\n")])
}

/// What is said of a post at this path.
fn run(trial: &Trial, path: &str, post: &str) -> Vec<Diagnostic> {
    let example = Example { post: Some(post.to_owned()), path: Some(path.to_owned()), ..Example::default() };
    trial.run(&example).expect("no failure").diagnostics
}

/// The words of `own` lints that are reported, each with its line from 1: `ship 3`; then what is said of suppressions, by the
/// name of the lint and the marked text.
fn shown(trial: &Trial, path: &str, post: &str) -> String {
    let row = |one: &Diagnostic| {
        let marked = &post[one.place.span.range()];
        match &*one.family {
            "own" => format!("{marked} {}", 1 + post[..one.place.span.range().start].matches('\n').count()),
            _ => format!("{}: {marked}", one.lint.trim_end_matches("-suppression")),
        }
    };
    let said = run(trial, path, post);
    said.iter().filter(|one| one.is_reported()).map(row).collect::<Vec<_>>().join(", ")
}

/// The reasons for which words are hidden, in order of position.
fn reasons(trial: &Trial, path: &str, post: &str) -> Vec<String> {
    let reason = |one: Diagnostic| match one.verdict {
        Verdict::Suppressed { reason } => Some(reason),
        _ => None,
    };
    run(trial, path, post).into_iter().filter_map(reason).collect()
}
