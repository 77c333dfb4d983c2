//! Staged texts, read from one process of git, one after the other: a question, then its answer, so that neither side waits
//! for the other with a full pipe.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A process of git that hands out blobs.
#[derive(Debug)]
pub struct Blobs {
    child: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// Why a blob could not be had.
#[derive(Debug)]
pub enum Unread {
    /// It has this many bytes, more than are wanted.
    TooLarge(u64),
    /// Git does not have it, or went away.
    Failed(String),
}

impl Blobs {
    pub(super) fn start(command: &mut Command) -> io::Result<Self> {
        // What git may say on the way has no one to read it.
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let lost = || io::Error::from(io::ErrorKind::BrokenPipe);
        let questions = Some(child.stdin.take().ok_or_else(lost)?);
        let answers = BufReader::new(child.stdout.take().ok_or_else(lost)?);
        Ok(Self { child, questions, answers })
    }

    /// The bytes of a blob, by its name, if they are no more than `most`.
    ///
    /// # Errors
    /// When there are more, or git does not hand them out.
    pub fn read(&mut self, name: &str, most: u64) -> Result<Vec<u8>, Unread> {
        self.ask(name, most).unwrap_or_else(|error| Err(Unread::Failed(error.to_string())))
    }

    fn ask(&mut self, name: &str, most: u64) -> io::Result<Result<Vec<u8>, Unread>> {
        let questions = self.questions.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        questions.write_all(format!("{name}\n").as_bytes())?;
        questions.flush()?;
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        // `NAME blob SIZE`, or `NAME missing`.
        let size = head.trim_end().rsplit_once(" blob ");
        let Some(size) = size.and_then(|(_, size)| size.parse::<u64>().ok()) else {
            return Ok(Err(Unread::Failed("git does not have the staged text".to_owned())));
        };
        let mut bytes = vec![];
        if size > most {
            io::copy(&mut self.answers.by_ref().take(size + 1), &mut io::sink())?;
            return Ok(Err(Unread::TooLarge(size)));
        }
        self.answers.by_ref().take(size + 1).read_to_end(&mut bytes)?;
        match bytes.pop() {
            Some(b'\n') if bytes.len() as u64 == size => Ok(Ok(bytes)),
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

impl Drop for Blobs {
    fn drop(&mut self) {
        // Without questions, git ends; a process that nobody waits for would stay in the list of the system.
        self.questions = None;
        let _ = self.child.wait();
    }
}
