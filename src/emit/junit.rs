//! JUnit XML: a test suite for each post, a test case for each diagnostic. A post without any has one case that passes, so
//! that a service which counts tests sees that it was looked at. There is no official schema; this is what Jenkins and
//! GitLab read.

use std::collections::BTreeMap;
use std::io;

use super::text::Texts;
use super::xml::escaped;
use super::{Run, said};
use crate::diagnostic::{Diagnostic, Failure, Level};

/// What is said about one file.
#[derive(Default)]
struct Suite<'a> {
    diagnostics: Vec<&'a Diagnostic>,
    failures: Vec<&'a Failure>,
}

impl Suite<'_> {
    fn tests(&self) -> usize {
        (self.diagnostics.len() + self.failures.len()).max(1)
    }

    /// An info is worth knowing, and no reason for a test to fail.
    fn failed(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.level > Level::Info).count()
    }
}

/// Writes the posts with their reported diagnostics and what failed.
pub(super) fn report(run: &Run<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let suites = suites(run);
    let tests: usize = suites.values().map(Suite::tests).sum();
    let failures: usize = suites.values().map(Suite::failed).sum();
    let errors = run.report.failures.len();
    out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
    writeln!(out, "<testsuites name=\"copydesk\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">")?;
    let mut texts = Texts::new(run.backdrop);
    for (path, suite) in &suites {
        write_suite(&escaped(&run.in_repository(path)), suite, &mut texts, out)?;
    }
    out.write_all(b"</testsuites>\n")
}

/// All posts, and whatever else something is said about.
fn suites<'a>(run: &Run<'a>) -> BTreeMap<&'a str, Suite<'a>> {
    let mut suites: BTreeMap<&str, Suite<'_>> =
        run.report.posts.iter().map(|path| (&**path, Suite::default())).collect();
    for diagnostic in run.reported() {
        suites.entry(&diagnostic.place.path).or_default().diagnostics.push(diagnostic);
    }
    for failure in &run.report.failures {
        suites.entry(&failure.path).or_default().failures.push(failure);
    }
    suites
}

fn write_suite(path: &str, suite: &Suite<'_>, texts: &mut Texts<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let (tests, failures, errors) = (suite.tests(), suite.failed(), suite.failures.len());
    writeln!(
        out,
        "  <testsuite name=\"{path}\" package=\"copydesk\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">"
    )?;
    for diagnostic in &suite.diagnostics {
        write_case(path, diagnostic, texts, out)?;
    }
    for failure in &suite.failures {
        let message = escaped(&said::failure(failure));
        writeln!(
            out,
            "    <testcase name=\"read\" classname=\"{path}\" file=\"{path}\"><error message=\"{message}\"/></testcase>"
        )?;
    }
    if suite.diagnostics.is_empty() && suite.failures.is_empty() {
        writeln!(out, "    <testcase name=\"no diagnostics\" classname=\"{path}\" file=\"{path}\"/>")?;
    }
    out.write_all(b"  </testsuite>\n")
}

fn write_case(path: &str, diagnostic: &Diagnostic, texts: &mut Texts<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let start = texts.range(&diagnostic.place.path, diagnostic.place.span).map(|(start, _)| start);
    let (line, column) = start.map_or((1, 1), |start| (start.line, start.column));
    let (lint, message) = (escaped(&diagnostic.lint), escaped(&said::message(diagnostic, false)));
    let body = format!("{path}:{line}:{column}: {message}&#10;help: {}", escaped(&said::help(diagnostic)));
    write!(
        out,
        "    <testcase name=\"{lint} at {line}:{column}\" classname=\"{path}\" file=\"{path}\" line=\"{line}\" \
         column=\"{column}\">"
    )?;
    match diagnostic.level {
        Level::Info => write!(out, "<system-out>{body}</system-out>")?,
        level => write!(out, "<failure type=\"{}\" message=\"{message}\">{body}</failure>", level.name())?,
    }
    out.write_all(b"</testcase>\n")
}

#[cfg(test)]
mod tests {
    use super::super::specimen::{Specimen, warn};
    use super::super::{Format, Options};
    use crate::diagnostic::Level;

    #[test]
    fn a_suite_for_each_post() {
        let specimen = Specimen::new(&[("a.md", "中文 «标题»\n"), ("b.md", "«x»"), ("\"c\".md", "x")])
            .with(warn(0, "bad ]]>").level(Level::Error))
            .with(warn(0, "good to know").level(Level::Info))
            .with(warn(1, "hidden").suppressed("a comment says so"))
            .failing("d.md", "gone");
        let expected = "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<testsuites name=\"copydesk\" tests=\"5\" failures=\"1\" errors=\"1\">
  <testsuite name=\"&quot;c&quot;.md\" package=\"copydesk\" tests=\"1\" failures=\"0\" errors=\"0\">
    <testcase name=\"no diagnostics\" classname=\"&quot;c&quot;.md\" file=\"&quot;c&quot;.md\"/>
  </testsuite>
  <testsuite name=\"a.md\" package=\"copydesk\" tests=\"2\" failures=\"1\" errors=\"0\">
    <testcase name=\"sample at 1:4\" classname=\"a.md\" file=\"a.md\" line=\"1\" column=\"4\">\
<failure type=\"error\" message=\"bad ]]&gt;\">a.md:1:4: bad ]]&gt;&#10;help: mend it</failure></testcase>
    <testcase name=\"sample at 1:4\" classname=\"a.md\" file=\"a.md\" line=\"1\" column=\"4\">\
<system-out>a.md:1:4: good to know&#10;help: mend it</system-out></testcase>
  </testsuite>
  <testsuite name=\"b.md\" package=\"copydesk\" tests=\"1\" failures=\"0\" errors=\"0\">
    <testcase name=\"no diagnostics\" classname=\"b.md\" file=\"b.md\"/>
  </testsuite>
  <testsuite name=\"d.md\" package=\"copydesk\" tests=\"1\" failures=\"0\" errors=\"1\">
    <testcase name=\"read\" classname=\"d.md\" file=\"d.md\"><error message=\"gone (help: look for it)\"/></testcase>
  </testsuite>
</testsuites>
";
        assert_eq!(specimen.emit(Format::Junit, Options::PLAIN), expected);
    }
}
