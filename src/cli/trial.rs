//! Examples of lints on the command line: drawn as diagnostics for `explain`, tried for `test`.

use std::path::Path;
use std::sync::Arc;

use super::{Screen, lints, pipeline};
use crate::desk::{Mismatch, Trial};
use crate::diagnostic::Notice;
use crate::emit;
use crate::lint::{Example, Lint, Loader};
use crate::source::Source;
use crate::spanned::yaml;

use super::stop::Mistakes;

/// What came of the examples of one lint.
#[derive(Debug)]
pub(super) struct Tried {
    /// The lint.
    pub(super) name: String,
    /// How many examples it has.
    pub(super) examples: usize,
    /// Those that came out otherwise than the record says.
    pub(super) wrong: Vec<Notice>,
}

/// An example as the lint reports it.
///
/// # Errors
/// When the lint cannot be run.
pub(super) fn reported(lint: &Arc<Lint>, example: &Example, screen: &Screen) -> anyhow::Result<String> {
    let outcome = Trial::new(std::slice::from_ref(lint)).map_err(Mistakes)?.run(example).map_err(anyhow::Error::msg)?;
    let sources: Vec<Source> = outcome.sources.into_values().collect();
    let mut text = vec![];
    for diagnostic in &outcome.diagnostics {
        emit::diagnostic(diagnostic, &sources, pipeline::options(screen, screen.color), &mut text)?;
    }
    Ok(String::from_utf8(text)?)
}

/// Runs the lints of a folder over their examples.
///
/// # Errors
/// When a record cannot be read.
pub(super) fn try_folder(folder: &Path) -> anyhow::Result<Vec<Tried>> {
    let mut loader = Loader::default();
    lints::read_folder(&mut loader, folder)?;
    let lints = loader.finish().map_err(Mistakes)?;
    lints.into_iter().map(|lint| try_lint(&Arc::new(lint))).collect()
}

fn try_lint(lint: &Arc<Lint>) -> anyhow::Result<Tried> {
    let examples = &lint.record.examples;
    let trial = Trial::new(std::slice::from_ref(lint)).map_err(Mistakes)?;
    let sides = [("bad", &examples.bad, true), ("good", &examples.good, false)];
    let mut wrong = vec![];
    for (side, list, is_bad) in sides {
        if list.is_empty() {
            let help = Some("a lint is its examples: one post that it marks, one that it leaves alone".to_owned());
            wrong.push(notice(lint, (side, None), format!("no {side} example"), help));
        }
        for (number, example) in list.iter().enumerate() {
            if let Err(mismatch) = trial.check(&lint.name, example, is_bad) {
                let (message, help) = words(&mismatch);
                wrong.push(notice(lint, (side, Some(number)), message, help));
            }
        }
    }
    Ok(Tried { name: lint.name.to_string(), examples: examples.bad.len() + examples.good.len(), wrong })
}

/// A notice about an example, or about the list where it should stand.
fn notice(lint: &Lint, (side, number): (&str, Option<usize>), message: String, help: Option<String>) -> Notice {
    let root = yaml::parse(&lint.text).ok();
    let examples = root.as_ref().and_then(|root| root.entry("examples"));
    let list = examples.and_then(|(_, examples)| examples.entry(side));
    let example = number.and_then(|number| list?.1.items().get(number)).map(|example| example.span);
    let span = example.or(list.map(|(key, _)| key.span)).or(examples.map(|(key, _)| key.span)).unwrap_or_default();
    Notice { message, help, path: lint.path.clone(), text: lint.text.clone(), span }
}

fn words(mismatch: &Mismatch) -> (String, Option<String>) {
    let quoted = |texts: &[String]| texts.iter().map(|text| format!("{text:?}")).collect::<Vec<_>>().join(", ");
    match mismatch {
        Mismatch::Silent => ("the lint finds nothing in this bad example".into(), None),
        Mismatch::Noisy(found) => (format!("the lint marks {} in this good example", quoted(found)), None),
        Mismatch::Marks { expected, found } => {
            let help = format!("if that is right, write `marks: [{}]`", quoted(found));
            (format!("the lint marks {}, the example says {}", quoted(found), quoted(expected)), Some(help))
        }
        Mismatch::Fixed(found) => {
            let help = "if that is right, it is what `fixed` should say".to_owned();
            (format!("the fix makes {found:?} of this example"), Some(help))
        }
        Mismatch::Message(found) => (format!("the message is {found:?}"), None),
        Mismatch::Unusable(why) => (format!("this example cannot be tried: {why}"), None),
    }
}
