//! How far a site is read, for clients that show it: nothing of what is over at once, and not more than a person can follow.

use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::HumanCount;
use lsp_server::{RequestId, Response};
use serde_json::{Value, json};

use super::server::Server;

/// Nothing is told of a site that is read sooner.
const FIRST: Duration = Duration::from_millis(200);

/// How much later the next thing is told.
const NEXT: Duration = Duration::from_millis(100);

/// When something is to be told, of what happens all the time in any thread.
#[derive(Debug)]
pub(super) struct Pace {
    /// In milliseconds from the beginning.
    due: AtomicU64,
}

impl Pace {
    pub(super) fn new() -> Self {
        Self { due: AtomicU64::new(millis(FIRST)) }
    }

    /// Whether something is to be told so long after the beginning; only one of those who ask at once tells it.
    pub(super) fn is_due(&self, elapsed: Duration) -> bool {
        let (now, due) = (millis(elapsed), self.due.load(Ordering::Relaxed));
        let next = now + millis(NEXT);
        now >= due && self.due.compare_exchange(due, next, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }

    /// Whether anything was told.
    pub(super) fn has_told(&self) -> bool {
        self.due.load(Ordering::Relaxed) != millis(FIRST)
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX / 2)
}

/// What a client is shown of the reading of a site.
#[derive(Debug)]
pub(super) struct Progress {
    token: String,
    /// The request that asks whether it may be shown.
    asked: RequestId,
    state: State,
    done: usize,
    total: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Asked,
    Begun,
    Refused,
}

impl Progress {
    fn message(&self, kind: &str) -> Value {
        let (done, total) = (HumanCount(self.done as u64), HumanCount(self.total as u64));
        let percentage = 100 * self.done / self.total.max(1);
        let text = format!("{done} of {total} posts");
        json!({"token": self.token, "value": {"kind": kind, "message": text, "percentage": percentage}})
    }
}

impl Server<'_> {
    /// So many posts of a site are read. The first time, the client is asked whether it will show that.
    pub(super) fn is_reading(&mut self, root: &Path, number: u64, done: usize, total: usize) -> io::Result<()> {
        if !self.client.unwrap_or_default().progresses {
            return Ok(());
        }
        let Some(progress) = self.progress.get_mut(root) else {
            let token = format!("copydesk/reading/{number}");
            let asked = self.request("window/workDoneProgress/create", json!({"token": token}))?;
            self.progress.insert(root.to_owned(), Progress { token, asked, state: State::Asked, done, total });
            return Ok(());
        };
        if done <= progress.done {
            // Threads that read posts overtake each other.
            return Ok(());
        }
        progress.done = done;
        let report = (progress.state == State::Begun).then(|| progress.message("report"));
        report.map_or(Ok(()), |report| self.notify("$/progress", report))
    }

    /// The client answers: what it has not agreed to is not shown.
    pub(super) fn heard(&mut self, response: &Response) -> io::Result<()> {
        let Some(progress) = self.progress.values_mut().find(|progress| progress.asked == response.id) else {
            return Ok(());
        };
        if response.response_result.is_err() {
            progress.state = State::Refused;
            return Ok(());
        }
        progress.state = State::Begun;
        let mut begin = progress.message("begin");
        begin["value"]["title"] = "copydesk: reading the site".into();
        self.notify("$/progress", begin)
    }

    /// A site is read, or there is no need to any more.
    pub(super) fn is_read(&mut self, root: &Path) -> io::Result<()> {
        match self.progress.remove(root).filter(|progress| progress.state == State::Begun) {
            Some(Progress { token, .. }) => {
                self.notify("$/progress", json!({"token": token, "value": {"kind": "end"}}))
            }
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lsp::client::Client;
    use crate::lsp::server::Sites;

    /// At which of these milliseconds something is told.
    fn told(times: &[u64]) -> Vec<u64> {
        let pace = Pace::new();
        let told = times.iter().copied().filter(|time| pace.is_due(Duration::from_millis(*time))).collect::<Vec<_>>();
        assert_eq!(pace.has_told(), !told.is_empty());
        told
    }

    #[test]
    fn the_first_moments_are_silent_and_the_others_few() {
        assert!(told(&[0, 1, 100, 199]).is_empty());
        assert_eq!(told(&[0, 199, 200, 201, 299, 300, 1000, 1001, 1099, 1100]), [200, 300, 1000, 1100]);
        let all: Vec<u64> = (0..10_000).collect();
        assert_eq!(told(&all).len(), 98);
    }

    /// What a client hears while a site is read.
    fn heard(read: impl FnOnce(&mut Server<'_>)) -> Vec<Value> {
        let mut output = vec![];
        let sites = Sites { root: None, open: &|_| Err(String::new()) };
        let mut server = Server::new(&mut output, sites, std::sync::mpsc::channel().0);
        server.client = Some(Client { progresses: true, ..Client::default() });
        read(&mut server);
        let mut output = &*output;
        let next = || lsp_server::Message::read(&mut output).expect("well-formed");
        std::iter::from_fn(next).map(|message| serde_json::to_value(message).expect("JSON")).collect()
    }

    fn answer(is_welcome: bool) -> Response {
        let refusal = || lsp_server::ResponseError { code: -32601, message: String::new(), data: None };
        Response { id: 1.into(), response_result: is_welcome.then_some(Value::Null).ok_or_else(refusal) }
    }

    #[test]
    fn what_is_begun_is_ended() {
        let root = Path::new("/site");
        let all = heard(|server| {
            server.is_reading(root, 7, 1, 400).expect("written");
            server.is_reading(root, 7, 100, 400).expect("written");
            server.heard(&answer(true)).expect("written");
            for done in [300, 200, 400] {
                server.is_reading(root, 7, done, 400).expect("written");
            }
            server.is_read(root).expect("written");
            server.is_read(root).expect("written");
        });
        assert_eq!((&all[0]["method"], all.len()), (&json!("window/workDoneProgress/create"), 5));
        assert!(all.iter().all(|one| one["params"]["token"] == "copydesk/reading/7"), "{all:?}");
        let told = |at: usize| all[at]["params"]["value"].clone();
        assert_eq!((&told(1)["kind"], &told(1)["percentage"]), (&json!("begin"), &json!(25)));
        assert_eq!((&told(2)["percentage"], &told(3)["percentage"]), (&json!(75), &json!(100)), "never back");
        assert_eq!(told(4), json!({"kind": "end"}));
    }

    #[test]
    fn what_is_not_welcome_is_not_shown() {
        let root = Path::new("/site");
        let all = heard(|server| {
            server.is_reading(root, 7, 1, 400).expect("written");
            server.heard(&answer(false)).expect("written");
            server.is_reading(root, 7, 100, 400).expect("written");
            server.is_read(root).expect("written");
        });
        assert_eq!(all.len(), 1, "{all:?}");
    }

    #[test]
    fn numbers_are_written_for_people() {
        let (token, asked) = ("t".to_owned(), 1.into());
        let progress = Progress { token, asked, state: State::Begun, done: 1200, total: 12_000 };
        let value = json!({"kind": "report", "message": "1,200 of 12,000 posts", "percentage": 10});
        assert_eq!(progress.message("report"), json!({"token": "t", "value": value}));
    }
}
