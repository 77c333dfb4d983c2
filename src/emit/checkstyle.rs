//! Checkstyle XML, version 4.3: an `error` for each diagnostic, by file. Read by Jenkins, reviewdog and most dashboards.

use std::io;

use super::text::Texts;
use super::xml::escaped;
use super::{Run, said};
use crate::diagnostic::{Diagnostic, Level};

/// Writes the reported diagnostics and what failed.
pub(super) fn report(run: &Run<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut texts = Texts::new(run.backdrop);
    out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n")?;
    let diagnostics: Vec<&Diagnostic> = run.reported().collect();
    for file in diagnostics.chunk_by(|a, b| a.place.path == b.place.path) {
        open(run, &file[0].place.path, out)?;
        for diagnostic in file {
            let start = texts.range(&diagnostic.place.path, diagnostic.place.span).map(|(start, _)| start);
            let (line, column) = start.map_or((1, 1), |start| (start.line, start.column));
            let severity = severity(diagnostic.level);
            let message = escaped(&said::advice(diagnostic));
            let source = escaped(&diagnostic.lint);
            writeln!(
                out,
                "    <error line=\"{line}\" column=\"{column}\" severity=\"{severity}\" message=\"{message}\" \
                 source=\"copydesk.{source}\"/>"
            )?;
        }
        out.write_all(b"  </file>\n")?;
    }
    for failure in &run.report.failures {
        open(run, &failure.path, out)?;
        let message = escaped(&said::failure(failure));
        writeln!(
            out,
            "    <error line=\"1\" severity=\"error\" message=\"{message}\" source=\"copydesk\"/>\n  </file>"
        )?;
    }
    out.write_all(b"</checkstyle>\n")
}

fn open(run: &Run<'_>, path: &str, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "  <file name=\"{}\">", escaped(&run.in_repository(path)))
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Info => "info",
    }
}

#[cfg(test)]
mod tests {
    use super::super::specimen::{Specimen, warn};
    use super::super::{Format, Options};
    use crate::diagnostic::Level;

    #[test]
    fn an_error_for_each_diagnostic_by_file() {
        let specimen = Specimen::new(&[("a<b>.md", "中文 «标题»\n"), ("c.md", "\n«x»")])
            .in_folder("docs/")
            .with(warn(0, "say \"no\" & `\x1b`").level(Level::Error))
            .with(warn(0, "too").level(Level::Info))
            .with(warn(1, "hidden").suppressed("a comment says so"))
            .with(warn(1, "here"))
            .failing("d.md", "gone");
        let expected = "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<checkstyle version=\"4.3\">
  <file name=\"docs/a&lt;b&gt;.md\">
    <error line=\"1\" column=\"4\" severity=\"error\" message=\"say &quot;no&quot; &amp; `␛` (help: mend it)\" source=\"copydesk.sample\"/>
    <error line=\"1\" column=\"4\" severity=\"info\" message=\"too (help: mend it)\" source=\"copydesk.sample\"/>
  </file>
  <file name=\"docs/c.md\">
    <error line=\"2\" column=\"1\" severity=\"warning\" message=\"here (help: mend it)\" source=\"copydesk.sample\"/>
  </file>
  <file name=\"docs/d.md\">
    <error line=\"1\" severity=\"error\" message=\"gone (help: look for it)\" source=\"copydesk\"/>
  </file>
</checkstyle>
";
        assert_eq!(specimen.emit(Format::Checkstyle, Options::PLAIN), expected);
    }

    #[test]
    fn a_clean_site_has_no_files() {
        let text = Specimen::new(&[("a.md", "x")]).emit(Format::Checkstyle, Options::PLAIN);
        assert_eq!(text.lines().nth(1), Some("<checkstyle version=\"4.3\">"));
        assert_eq!(text.lines().nth(2), Some("</checkstyle>"));
    }
}
