//! What the judge decides: the level, which lint speaks where two mark the same bytes, and which hits become one diagnostic.

use std::sync::Arc;

use copydesk::desk::Trial;
use copydesk::diagnostic::{Diagnostic, Level, Verdict};
use copydesk::lint::{Example, Levels, Lint, Loader, Preset, Setting};
use copydesk::post::Language;

/// A lint that marks a word; `more` are further lines of its record.
fn lint(name: &str, word: &str, more: &str) -> (String, String) {
    let record = format!(
        "summary: the word\nlevel: warn\nsince: 0.1.0\nmatch: {{text: {{phrases: [{word}]}}}}\n\
         message: \"{{count}} times {{text}}\"\nhelp: none\nwhy: It is so.\nexamples: {{}}\n{more}"
    );
    (name.to_owned(), record)
}

fn run(lints: &[(String, String)], post: &str) -> Vec<Diagnostic> {
    let mut loader = Loader::default();
    for (name, record) in lints {
        loader.own("own", name, &format!("{name}.yaml"), record);
    }
    let lints: Vec<Arc<Lint>> = loader.finish().expect("well-formed").into_iter().map(Arc::new).collect();
    let trial = Trial::new(&lints).unwrap_or_else(|notices| panic!("{notices:?}"));
    let example = Example { post: Some(post.to_owned()), ..Example::default() };
    trial.run(&example).expect("no failure").diagnostics
}

#[test]
fn the_specific_lint_wins_on_the_same_bytes_and_the_general_one_stays_in_the_report() {
    let lints = [lint("general", "ship", "yields-to: [specific]\n"), lint("specific", "grey ship", "")];
    let said = run(&lints, "A grey ship came in.\n\nA white ship went out.\n");
    let rows: Vec<_> = said.iter().map(|d| (&*d.lint, d.place.span.range(), d.is_reported())).collect();
    assert_eq!(rows, [("specific", 2..11, true), ("general", 7..11, false), ("general", 30..34, true)]);
    assert_eq!(said[1].verdict, Verdict::Yielded { reason: "`specific` says more about the same text".into() });
}

#[test]
fn hits_in_one_block_become_one_diagnostic() {
    let post = "A ship, a ship and a ship.\n\nA ship.\n";
    let counts = |merge: &str| -> Vec<(String, usize)> {
        let said = run(&[lint("word", "ship", &format!("merge: {merge}\n"))], post);
        said.iter().map(|d| (d.message.clone(), d.also.len())).collect()
    };
    let row = |message: &str, also| (message.to_owned(), also);
    assert_eq!(counts("block"), [row("3 times ship", 2), row("1 times ship", 0)]);
    assert_eq!(counts("post"), [row("4 times ship", 3)]);
    assert_eq!(counts("never"), vec![row("1 times ship", 0); 4]);
}

#[test]
fn the_same_text_has_the_same_fingerprint_wherever_it_moves() {
    let lints = [lint("word", "ship", "merge: never\n")];
    let prints = |post: &str| run(&lints, post).into_iter().map(|d| d.fingerprint).collect::<Vec<_>>();
    let before = prints("A ship.\n\nAnother ship.\n");
    assert_eq!(prints("First of all:\n\nA ship.\n\nAnother ship.\n"), before);
    assert_ne!(before[0], before[1]);
    assert!(before.iter().all(|print| print.len() == 16));
}

#[test]
fn the_narrower_condition_decides_the_level() {
    let levels: Levels =
        serde_json::from_str(r#"{"default":"info","scraped":"off","jekyll":"error","ar":"warn"}"#).expect("levels");
    let setting = |preset, generator, language| levels.setting(preset, generator, language).level();
    assert_eq!(setting(Preset::Recommended, "plain", Language::En), Some(Level::Info));
    assert_eq!(setting(Preset::Scraped, "plain", Language::En), None);
    assert_eq!(setting(Preset::Scraped, "jekyll", Language::En), Some(Level::Error));
    assert_eq!(setting(Preset::Scraped, "jekyll", Language::Ar), Some(Level::Warn));
    assert!(!levels.is_off(Preset::Scraped, "plain"));
    assert!(Levels::always(Setting::Off).is_off(Preset::Strict, "hugo"));
}
