//! One line a diagnostic, `path:line:col: level[lint] message`, as compilers write them and editors read them.

use std::io;

use super::frame::level_word;
use super::sanitise::line;
use super::text::Texts;
use super::{Run, said};
use crate::diagnostic::{Diagnostic, Level};

/// Writes the reported diagnostics and what failed.
pub(super) fn report(run: &Run<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut texts = Texts::new(run.backdrop);
    let options = run.options;
    for diagnostic in run.reported() {
        let location = location(diagnostic, &mut texts);
        let word = line(&format!("{}[{}]", diagnostic.level.name(), diagnostic.lint), options.ascii);
        let message = said::message(diagnostic, options.ascii);
        let location = line(&location, options.ascii);
        writeln!(out, "{location}: {} {message}", level_word(diagnostic.level, &word, options))?;
    }
    for failure in &run.report.failures {
        let (path, error) = (line(&failure.path, options.ascii), line(&failure.error, options.ascii));
        writeln!(out, "{path}: {} {error}", level_word(Level::Error, "error:", options))?;
    }
    Ok(())
}

/// Path, line and column; the path alone if the file can no longer be read.
fn location(diagnostic: &Diagnostic, texts: &mut Texts<'_>) -> String {
    let path = &diagnostic.place.path;
    match texts.get(path) {
        Some(text) => {
            let at = text.position(text.clamp(diagnostic.place.span).start);
            format!("{path}:{}:{}", at.line, at.column)
        }
        None => path.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::specimen::{Specimen, warn};
    use super::super::{Format, Options};

    #[test]
    fn one_line_each() {
        let specimen = Specimen::new(&[("a.md", "中文 «标题»\n"), ("b\u{202e}.md", "x «\x1b»")])
            .with(warn(0, "bad\n`\x1b`").also(0..3).also(0..3))
            .with(warn(1, "worse").suppressed("baseline"))
            .with(warn(1, "worst"))
            .failing("c.md", "gone");
        let expected = "a.md:1:4: warn[sample] bad⏎`␛` (and 2 more)\n\
                        b<U+202E>.md:1:3: warn[sample] worst\n\
                        c.md: error: gone\n";
        assert_eq!(specimen.emit(Format::Short, Options::PLAIN), expected);
        let says = Specimen::new(&[("a.md", "«x» 中2")]).with(warn(0, "3 blanks in a2").also(4..5).also(5..6));
        assert_eq!(says.emit(Format::Short, Options::PLAIN), "a.md:1:1: warn[sample] 3 blanks in a2\n");
        let color = Options { color: true, ..Options::PLAIN };
        assert!(specimen.emit(Format::Short, color).contains(": \x1b[33mwarn[sample]\x1b[0m worst\n"));
    }
}
