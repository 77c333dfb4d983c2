//! All lints over broken input: cut, joined and garbled examples of all lints, and random bytes. Nothing panics, every place
//! that is marked lies inside the text, on character boundaries, and what is repaired stays repaired.

use std::sync::Arc;

use copydesk::desk::Trial;
use copydesk::diagnostic::Diagnostic;
use copydesk::lint::{Example, Lint, Loader};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};

/// Cases of each property.
const CASES: u32 = 128;

const GENERATORS: [&str; 5] = ["plain", "jekyll", "hexo", "hugo", "zola"];

/// What garbles a text: characters that mean something to some parser.
const GARBLE: [&str; 16] = [
    "\0", "\r\n", "\u{FEFF}", "---\n", "```", "<p>", "</div>", "{{", "%}", "[", "](", "\"", "：", "\u{202E}", "&amp;",
    "🎉",
];

fn lints() -> Vec<Arc<Lint>> {
    let mut loader = Loader::default();
    loader.builtin();
    loader.finish().expect("the built-in lints load").into_iter().map(Arc::new).collect()
}

fn texts(lints: &[Arc<Lint>]) -> Vec<String> {
    let examples = lints.iter().flat_map(|lint| lint.record.examples.bad.iter().chain(&lint.record.examples.good));
    examples
        .flat_map(|example| example.post.iter().chain(example.site.iter().flat_map(|site| site.values())))
        .cloned()
        .collect()
}

/// Runs all lints; the places of every diagnostic must slice the text.
fn examine(trial: &Trial, text: String, generator: &str) {
    let example = Example { post: Some(text), generator: Some(generator.to_owned()), ..Example::default() };
    let outcome = trial.run(&example).expect("no failure");
    [true, false].into_iter().for_each(|safely| mend(trial, &example, safely));
    for diagnostic in &outcome.diagnostics {
        let text = &outcome.sources[&diagnostic.place.path].text;
        let related = diagnostic.related.iter().map(|related| related.place.span);
        for span in diagnostic.also.iter().copied().chain([diagnostic.place.span]).chain(related) {
            assert!(text.get(span.range()).is_some(), "{}: {span:?} in {text:?}", diagnostic.lint);
        }
    }
}

/// What is repaired stays repaired: a second time nothing is left to do. What a repair would damage is refused.
fn mend(trial: &Trial, example: &Example, safely: bool) {
    let wants = |one: &Diagnostic| one.fix.as_ref().is_some_and(|fix| fix.is_safe || !safely);
    let Ok(fixed) = trial.fixed(&wants, example) else { return };
    let again = Example { post: Some(fixed.clone()), ..example.clone() };
    assert_eq!(trial.fixed(&wants, &again), Ok(fixed), "{:?}", example.post);
}

#[test]
fn mutated_examples_are_marked_inside_their_text() {
    let lints = lints();
    let trial = Trial::new(&lints).unwrap_or_else(|notices| panic!("{notices:?}"));
    let texts = texts(&lints);
    let piece = (select(texts), any::<Index>(), any::<Index>(), select(GARBLE.to_vec()));
    let strategy = (prop::collection::vec(piece, 1..4), select(GENERATORS.to_vec()));
    let mut runner = TestRunner::new(Config { cases: CASES, failure_persistence: None, ..Config::default() });
    let run = runner.run(&strategy, |(pieces, generator)| {
        let mut text = String::new();
        for (piece, start, end, garble) in pieces {
            let start = piece.floor_char_boundary(start.index(piece.len() + 1));
            let end = piece.ceil_char_boundary(end.index(piece.len() + 1)).max(start);
            text.push_str(&piece[..start]);
            text.push_str(garble);
            text.push_str(&piece[end..]);
        }
        examine(&trial, text, generator);
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn any_text_is_marked_inside_itself() {
    let trial = Trial::new(&lints()).unwrap_or_else(|notices| panic!("{notices:?}"));
    let strategy = (prop::collection::vec(any::<u8>(), 0..400), select(GENERATORS.to_vec()));
    let mut runner = TestRunner::new(Config { cases: CASES, failure_persistence: None, ..Config::default() });
    let run = runner.run(&strategy, |(bytes, generator)| {
        examine(&trial, String::from_utf8_lossy(&bytes).into_owned(), generator);
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{error}"));
}
