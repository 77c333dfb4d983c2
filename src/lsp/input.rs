//! What the server waits for: messages of the client, its end, and news of sites.

use std::io::{self, BufRead};
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
            let event = match Message::read(&mut input) {
                Ok(Some(message)) => {
                    malformed = 0;
                    Event::Message(message)
                }
                Err(error) if error.kind() == io::ErrorKind::InvalidData && malformed < MOST_MALFORMED => {
                    malformed += 1;
                    Event::Malformed(error.to_string().chars().take(200).collect())
                }
                _ => Event::Closed,
            };
            let is_last = matches!(event, Event::Closed);
            if events.send(event).is_err() || is_last {
                return;
            }
        }
    });
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
