//! What a diagnostic says, where a format has one line for it; and at which path of the repository. Messages are sanitised:
//! people read them, on pages and in logs. Paths are as they are: programs look for them.

use super::Run;
use super::sanitise::{line, prose};
use crate::diagnostic::{Diagnostic, Failure, says_count};

impl<'a> Run<'a> {
    /// The diagnostics that are shown.
    pub(super) fn reported(&self) -> impl Iterator<Item = &'a Diagnostic> + use<'a> {
        self.report.diagnostics.iter().filter(|diagnostic| diagnostic.is_reported())
    }

    /// Where a file of the site is in its repository.
    pub(super) fn in_repository(&self, path: &str) -> String {
        format!("{}{path}", self.site_folder)
    }
}

/// What is wrong, and in how many places, unless the message says so itself.
pub(super) fn message(diagnostic: &Diagnostic, ascii: bool) -> String {
    let is_said = diagnostic.also.is_empty() || says_count(&diagnostic.message, diagnostic.count());
    let more = if is_said { String::new() } else { format!(" (and {} more)", diagnostic.also.len()) };
    line(&diagnostic.message, ascii) + &more
}

/// What to do.
pub(super) fn help(diagnostic: &Diagnostic) -> String {
    prose(&diagnostic.help, false)
}

/// What is wrong and what to do.
pub(super) fn advice(diagnostic: &Diagnostic) -> String {
    with_help(message(diagnostic, false), &help(diagnostic))
}

/// What could not be done and what to do.
pub(super) fn failure(failure: &Failure) -> String {
    with_help(line(&failure.error, false), &prose(&failure.help, false))
}

fn with_help(message: String, help: &str) -> String {
    if help.is_empty() { message } else { format!("{message} (help: {help})") }
}

#[cfg(test)]
mod tests {
    use super::super::specimen::{Specimen, warn};
    use super::*;

    #[test]
    fn one_line_with_the_number_of_places() {
        let specimen = Specimen::new(&[("a.md", "«x» y z")])
            .with(warn(0, "bad\n`\x1b`").also(2..3).also(4..5))
            .with(warn(0, "3 of them").also(2..3).also(4..5))
            .failing("b.md", "gone\x07");
        let said: Vec<String> = specimen.report.diagnostics.iter().map(advice).collect();
        assert_eq!(said, ["bad⏎`␛` (and 2 more) (help: mend it)", "3 of them (help: mend it)"]);
        assert_eq!(failure(&specimen.report.failures[0]), "gone␇ (help: look for it)");
        assert_eq!(with_help("bad".to_owned(), ""), "bad");
    }
}
