//! Reports for the tests of emitters, made of texts with their marks in them.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use super::{Format, Options, emit};
use crate::desk::{Backdrop, Report};
use crate::diagnostic::{Diagnostic, Failure, Level, Place, Related, Verdict};
use crate::source::{Source, Span};

/// Files, the place marked with `«»` in each, and what is to be reported about them.
pub(super) struct Specimen {
    pub(super) sources: Vec<Source>,
    pub(super) places: Vec<Place>,
    pub(super) report: Report,
    pub(super) why: String,
}

impl Backdrop for Specimen {
    fn source(&self, path: &str) -> Option<Source> {
        self.sources.source(path)
    }

    fn why(&self, _lint: &str) -> Option<String> {
        Some(self.why.clone()).filter(|why| !why.is_empty())
    }
}

impl Specimen {
    pub(super) fn new(files: &[(&str, &str)]) -> Self {
        let report = Report {
            diagnostics: vec![],
            failures: vec![],
            stale: vec![],
            posts: files.len(),
            elapsed: Duration::from_millis(20),
        };
        let mut specimen = Self { sources: vec![], places: vec![], report, why: String::new() };
        for (path, marked) in files {
            let text = marked.replace(['«', '»'], "");
            let start = marked.find('«').unwrap_or(0);
            let end = marked.find('»').map_or(start, |end| end - '«'.len_utf8());
            specimen.sources.push(Source::from_text(path, &text));
            specimen.places.push(Place { path: Arc::from(*path), span: Span::new(start, end) });
        }
        specimen
    }

    pub(super) fn with(mut self, saying: Saying) -> Self {
        let related =
            |(file, message): &(usize, String)| Related { place: self.places[*file].clone(), message: message.clone() };
        self.report.diagnostics.push(Diagnostic {
            lint: "sample".into(),
            family: "specimens".into(),
            level: saying.level,
            message: saying.message,
            help: "mend it".to_owned(),
            place: self.places[saying.file].clone(),
            label: saying.label,
            related: saying.related.iter().map(related).collect(),
            also: saying.also.into_iter().map(|span| Span::new(span.start, span.end)).collect(),
            fix: None,
            fingerprint: "0123456789abcdef".to_owned(),
            verdict: saying.verdict,
        });
        self
    }

    pub(super) fn failing(mut self, path: &str, error: &str) -> Self {
        let help = "look for it".to_owned();
        self.report.failures.push(Failure { path: path.into(), error: error.to_owned(), help });
        self
    }

    pub(super) fn emit(&self, format: Format, options: Options) -> String {
        let mut out = Vec::new();
        emit(format, &self.report, self, options, &mut out).expect("a vector takes all that is written");
        String::from_utf8(out).expect("reports are UTF-8")
    }
}

/// What is said about the marked place of a file.
pub(super) struct Saying {
    file: usize,
    level: Level,
    message: String,
    label: String,
    also: Vec<Range<usize>>,
    related: Vec<(usize, String)>,
    verdict: Verdict,
}

pub(super) fn warn(file: usize, message: &str) -> Saying {
    Saying {
        file,
        level: Level::Warn,
        message: message.to_owned(),
        label: String::new(),
        also: vec![],
        related: vec![],
        verdict: Verdict::Reported,
    }
}

impl Saying {
    pub(super) fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    pub(super) fn label(mut self, label: &str) -> Self {
        self.label = label.to_owned();
        self
    }

    pub(super) fn also(mut self, span: Range<usize>) -> Self {
        self.also.push(span);
        self
    }

    pub(super) fn related(mut self, file: usize, message: &str) -> Self {
        self.related.push((file, message.to_owned()));
        self
    }

    pub(super) fn suppressed(mut self, reason: &str) -> Self {
        self.verdict = Verdict::Suppressed { reason: reason.to_owned() };
        self
    }
}
