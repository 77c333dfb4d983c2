//! Reports for the tests of emitters, made of texts with their marks in them.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use super::{Format, Options, emit};
use crate::desk::{Backdrop, Report};
use crate::diagnostic::{Diagnostic, Failure, Level, Place, Related, Verdict};
use crate::lint::{Lint, specimen_of};
use crate::source::{Source, Span};

/// Files, the place marked with `«»` in each, and what is to be reported about them.
pub(super) struct Specimen {
    pub(super) sources: Vec<Source>,
    pub(super) places: Vec<Place>,
    pub(super) report: Report,
    pub(super) why: String,
    site_folder: String,
    lint: Arc<Lint>,
}

/// The record behind every diagnostic of a specimen.
const RECORD: &str = "\
summary: a `sample` | of <all> lints
level: {default: warn, scraped: off}
since: 0.1.0
match: {text: {phrases: [soft]}}
message: soft
help: eat it on {generator}
why: It is soft. It will not keep.
references: ['The book of <pears>', 'https://example.org/pears']
examples: {}
";

impl Backdrop for Specimen {
    fn source(&self, path: &str) -> Option<Source> {
        self.sources.source(path)
    }

    fn why(&self, _lint: &str) -> Option<String> {
        Some(self.why.clone()).filter(|why| !why.is_empty())
    }

    fn lint(&self, name: &str) -> Option<Arc<Lint>> {
        Some(self.lint.clone()).filter(|lint| &*lint.name == name)
    }

    fn site_folder(&self) -> String {
        self.site_folder.clone()
    }
}

impl Specimen {
    pub(super) fn new(files: &[(&str, &str)]) -> Self {
        let mut posts: Vec<Arc<str>> = files.iter().map(|(path, _)| Arc::from(*path)).collect();
        posts.sort();
        let report =
            Report { diagnostics: vec![], failures: vec![], stale: vec![], posts, elapsed: Duration::from_millis(20) };
        let mut specimen = Self {
            sources: vec![],
            places: vec![],
            report,
            why: String::new(),
            site_folder: String::new(),
            lint: specimen_of("specimens", "sample", RECORD),
        };
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

    pub(super) fn in_folder(mut self, folder: &str) -> Self {
        self.site_folder = folder.to_owned();
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

    pub(super) fn baselined(mut self) -> Self {
        self.verdict = Verdict::Baselined;
        self
    }

    pub(super) fn yielded(mut self) -> Self {
        self.verdict = Verdict::Yielded { reason: "another says more".to_owned() };
        self
    }
}

/// What posts may hold that some format would read as its own.
pub(super) const HOSTILE: [&str; 9] = [
    "::error file=a.md::owned",
    " ::add-mask::secret",
    "##[set-env name=PATH]x",
    "100%0A::stop-commands::x%25",
    "]]><script>alert(\"1\")</script>&amp;",
    "\u{1b}[31mred\u{7}\u{9b}2J\0",
    "\u{202e}txt.\u{2066}evil",
    "it's \"quoted\", a|b `c` [d](e) ![f](g) *h* {0} \\\\",
    "two\r\nlines\u{2028}\u{fffe}",
];

/// A report in which names of files and messages are hostile, with more than ten diagnostics of each level, all with the same
/// fingerprint, in lines of 10,000 characters.
pub(super) fn hostile() -> Specimen {
    let texts = HOSTILE.map(|words| format!("{}«{words}»{}\nend", "中".repeat(5_000), "x".repeat(5_000)));
    let names = HOSTILE.map(|words| format!("{words}.md"));
    let files: Vec<(&str, &str)> = names.iter().zip(&texts).map(|(name, text)| (&**name, &**text)).collect();
    let mut specimen = Specimen::new(&files);
    for (file, words) in HOSTILE.iter().enumerate() {
        for level in [Level::Error, Level::Warn, Level::Warn, Level::Info, Level::Info] {
            specimen =
                specimen.with(warn(file, words).level(level).also(0..3).related((file + 1) % HOSTILE.len(), words));
        }
        specimen = specimen.failing(&format!("{words}/gone.md"), words);
    }
    specimen
}
