//! Why a job could not be done, told the way compilers do: `error: …`, then `help: …`.

use std::fmt;
use std::io::{self, Write};

use super::{Screen, pipeline};
use crate::diagnostic::{Failure, Notice};
use crate::emit;

/// Something that keeps the job from being done, with what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Stop {
    /// A stop that explains itself.
    pub fn new(message: impl Into<String>) -> Stop {
        Stop { message: message.into(), help: None }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Stop {
        Stop { help: Some(help.into()), ..self }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Stop {}

/// Mistakes in the user's configuration or lints, each with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes(pub Vec<Notice>);

impl Mistakes {
    /// Stops if there are any mistakes.
    ///
    /// # Errors
    /// The mistakes.
    pub fn none_in(notices: Vec<Notice>) -> Result<(), Mistakes> {
        if notices.is_empty() { Ok(()) } else { Err(Mistakes(notices)) }
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} mistakes in the configuration", self.0.len())
    }
}

impl std::error::Error for Mistakes {}

/// Whether the reader of the output went away: that is how `copydesk | head` ends, and no error.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// Tells the user on standard error. Where that cannot be written either, the exit status has to do.
pub fn tell(error: &anyhow::Error, screen: &Screen) {
    let mut out = io::stderr().lock();
    let _ = match error.downcast_ref() {
        Some(Mistakes(notices)) => tell_mistakes(notices, screen, &mut out),
        None => {
            let help = error.downcast_ref::<Stop>().and_then(|stop| stop.help.as_deref());
            line(&mut out, screen, "error", &format!("{error:#}"))
                .and_then(|()| help.map_or(Ok(()), |help| line(&mut out, screen, "help", help)))
        }
    };
}

pub(super) fn tell_mistakes(notices: &[Notice], screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    for (at, notice) in notices.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        pipeline::show_notice(notice, screen, out)?;
    }
    Ok(())
}

/// Tells what could not be done with single files.
pub(super) fn tell_failures(failures: &[Failure], screen: &Screen) {
    for failure in failures {
        let stop = Stop::new(format!("{}: {}", failure.path, failure.error));
        let stop = if failure.help.is_empty() { stop } else { stop.help(failure.help.clone()) };
        tell(&stop.into(), screen);
    }
}

/// A remark on standard error that changes nothing.
pub fn note(screen: &Screen, message: &str) {
    let _ = line(&mut io::stderr().lock(), screen, "note", message);
}

/// One line of the form `word: text`, the word in bold and in its colour.
pub(super) fn line(out: &mut dyn Write, screen: &Screen, word: &str, text: &str) -> io::Result<()> {
    let color = match word {
        "error" => "\x1b[1;31m",
        "help" => "\x1b[1;36m",
        _ => "\x1b[1m",
    };
    let text = emit::printable(text, !screen.unicode);
    if screen.stderr_color { writeln!(out, "{color}{word}\x1b[0m: {text}") } else { writeln!(out, "{word}: {text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_pipe_is_seen_through_what_was_said_about_it() {
        let pipe = anyhow::Error::new(io::Error::from(io::ErrorKind::BrokenPipe)).context("cannot write the report");
        assert!(is_broken_pipe(&pipe));
        let full = anyhow::Error::new(io::Error::from(io::ErrorKind::StorageFull));
        assert!(!is_broken_pipe(&full));
    }

    #[test]
    fn names_of_files_do_not_steer_the_terminal() {
        assert_eq!(emit::printable("a\x1b[2Jb\u{202e}.md", false), "a␛[2Jb<U+202E>.md");
        assert_eq!(emit::printable("文章/a.md", false), "文章/a.md");
    }
}
