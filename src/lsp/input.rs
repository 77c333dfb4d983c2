//! What the server waits for: messages of the client, its end, and news of sites. Messages are cut here and not by `lsp-server`,
//! which takes any length on trust.

use std::io::{self, BufRead, Read};
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use lsp_server::Message;

use super::server::Answer;
use super::waiting::Ticket;
use super::worker::Said;

/// How often it is looked whether the editor is still there.
const HEARTBEAT: Duration = Duration::from_secs(2);

/// So many messages that are none, one after the other, come from no client.
const MOST_MALFORMED: usize = 100;

/// The longest message, in bytes: several times as many as a post can have, since JSON may need six for one.
const LONGEST: usize = 512 << 20;

/// The longest line of a header, in bytes.
const LONGEST_LINE: u64 = 4096;

/// What the server waits for.
pub(super) enum Event {
    Message(Message),
    Malformed(String),
    /// The client is gone.
    Closed,
    /// The worker of a site says something; with the number of the site, since another may have its root by now.
    Said(PathBuf, u64, Said),
    /// A worker answers a request.
    Answer(Ticket, Answer),
}

/// Reads messages in a thread of its own, which ends with the input.
pub(super) fn read(mut input: impl BufRead + Send + 'static, events: Sender<Event>) {
    thread::spawn(move || {
        let mut malformed = 0;
        loop {
            let event = match message(&mut input) {
                Ok(Some(message)) => {
                    malformed = 0;
                    Event::Message(message)
                }
                Err(error) if error.kind() == io::ErrorKind::InvalidData && malformed < MOST_MALFORMED => {
                    malformed += 1;
                    Event::Malformed(error.to_string().chars().take(200).collect())
                }
                Ok(None) => Event::Closed,
                Err(error) => {
                    let _ = events.send(Event::Malformed(error.to_string()));
                    Event::Closed
                }
            };
            let is_last = matches!(event, Event::Closed);
            if events.send(event).is_err() || is_last {
                return;
            }
        }
    });
}

/// The next message; `None` at the end of the input.
///
/// # Errors
/// `InvalidData` of what is no message, when the next one may follow; any other where nothing can be read any more.
fn message(input: &mut impl BufRead) -> io::Result<Option<Message>> {
    let malformed = |text: &str| io::Error::new(io::ErrorKind::InvalidData, text.to_owned());
    let mut length = None;
    loop {
        let mut line = vec![];
        if input.take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(": ").ok_or_else(|| malformed(&format!("no header: {line:?}")))?;
        if name.eq_ignore_ascii_case("Content-Length") {
            let number = value.trim().parse::<usize>();
            length = Some(number.map_err(|_| malformed(&format!("no length: {value:?}")))?);
        }
    }
    let length = length.ok_or_else(|| malformed("no Content-Length"))?;
    if length > LONGEST {
        // All that follows would be part of it.
        return Err(io::Error::other(format!("a message of {length} bytes")));
    }
    let mut text = vec![];
    input.take(length as u64).read_to_end(&mut text)?;
    if text.len() < length {
        return Ok(None);
    }
    serde_json::from_slice(&text).map(Some).map_err(|error| malformed(&error.to_string()))
}

/// Tells when a process is there no more, where the system shows processes as files.
pub(super) fn watch(process: u64, events: Sender<Event>) {
    let file = PathBuf::from(format!("/proc/{process}"));
    if file.exists() {
        thread::spawn(move || {
            while file.exists() {
                thread::sleep(HEARTBEAT);
            }
            let _ = events.send(Event::Closed);
        });
    }
}
