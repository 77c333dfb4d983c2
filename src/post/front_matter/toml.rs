//! TOML front matter to values, past its mistakes.

use std::ops::Range;

use super::diagnose::{Outcome, rounds, syntax};
use super::draft::Draft;
use super::{Format, cause, entry};
use crate::post::{Defect, DefectKind};
use crate::source::Span;
use crate::spanned::{self, toml};

/// Reads what stands between the delimiters.
pub(super) fn read(content: &str) -> Outcome {
    let mut outcome = Outcome::default();
    let mut draft = Draft::new(content);
    let mut silent = false;
    for _ in 0..rounds(content) {
        let error = match toml::parse(&draft.text) {
            Ok(mut root) => {
                draft.restore(&mut root);
                outcome.root = root;
                return outcome;
            }
            Err(error) => error,
        };
        let line = entry::line(&draft.text, error.span.start as usize);
        let last = entry::line(&draft.text, error.span.end as usize);
        let (defect, repair) = mistake(&draft.text, &error, &line);
        outcome.parsed = false;
        if !silent {
            let with = defect.repair.map(|(span, with)| (draft.original(span), with));
            outcome.defects.push(Defect { span: draft.original(defect.span), repair: with, ..defect });
        }
        match repair {
            Some((range, with)) => draft.replace(range, &with),
            None if draft.text[line.start..last.end].trim().is_empty() => break,
            None => {
                silent = true;
                draft.blank(line.start..last.end);
            }
        }
    }
    outcome
}

/// What is wrong with a line of TOML, and how to repair it.
fn mistake(text: &str, error: &spanned::Error, line: &Range<usize>) -> (Defect, Option<(Range<usize>, String)>) {
    let at = error.span.start as usize;
    if error.message.contains("duplicate key") {
        let vars = vec![("key", text[error.span.range()].trim_matches(['"', '\'']).to_owned())];
        let defect = Defect::new(DefectKind::DuplicateKey, error.span, vars);
        return (defect, Some((line.clone(), String::new())));
    }
    let plain = (syntax(Format::Toml, error), None);
    let Some(equals) = text[line.clone()].find('=') else { return plain };
    let key = text[line.start..line.start + equals].trim();
    let value = text[line.start + equals + 1..line.end].trim();
    let start = line.start + text[line.clone()].find(value).unwrap_or_default();
    let range = start..start + value.len();
    let Some(end) = cause::closing_quote(value).filter(|end| value.starts_with('"') && at > start + end) else {
        return plain;
    };
    let rest = value[end + 1..].trim_start();
    if rest.is_empty() || rest.starts_with(['#', '"']) && end == 1 {
        return plain;
    }
    let with = cause::requoted(value, end);
    let mut repaired = text.to_owned();
    repaired.replace_range(range.clone(), &with);
    if toml::parse(&repaired).is_err_and(|next| (next.span.start as usize) < start + with.len()) {
        return plain;
    }
    let vars = vec![("key", key.to_owned()), ("quoted", with.clone())];
    let quote = Span::new(start + end, start + end + 1);
    let written = Some((Span::new(range.start, range.end), with.clone()));
    let defect = Defect { repair: written, ..Defect::new(DefectKind::UnescapedQuote, quote, vars) };
    (defect, Some((range, with)))
}
