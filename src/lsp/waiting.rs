//! Requests that wait for a worker, and what ends the waiting of each: its answer, the client that wants none any more, the end of
//! the worker. Whichever comes first is told, and nothing after it.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use lsp_server::{ErrorCode, RequestId};
use serde_json::Value;

use super::server::{Answer, Server};

/// A request that waits, or waited. What is asked with it takes it along.
#[derive(Clone, Debug)]
pub(super) struct Ticket {
    id: RequestId,
    is_over: Arc<AtomicBool>,
}

impl Ticket {
    /// Whether the request has its answer, so that nobody need look for one.
    pub(super) fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }
}

/// The requests that wait, with the root of the site that each is about.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    tickets: BTreeMap<RequestId, (PathBuf, Ticket)>,
}

impl Waiting {
    /// Lets a request wait.
    pub(super) fn add(&mut self, id: RequestId, root: &Path) -> Ticket {
        let ticket = Ticket { id: id.clone(), is_over: Arc::default() };
        self.tickets.insert(id, (root.to_owned(), ticket.clone()));
        ticket
    }

    /// Ends the waiting of a request; whether it did wait.
    pub(super) fn end(&mut self, id: &RequestId) -> bool {
        let ticket = self.tickets.remove(id);
        ticket.is_some_and(|(_, ticket)| !ticket.is_over.swap(true, Ordering::Relaxed))
    }
}

impl Server<'_> {
    /// The client wants no answer any more. That of a request which does not wait is on its way already.
    pub(super) fn cancelled(&mut self, params: &Value) -> io::Result<()> {
        let Ok(id) = serde_json::from_value::<RequestId>(params["id"].clone()) else { return Ok(()) };
        if !self.waiting.end(&id) {
            return Ok(());
        }
        self.reply(id, Err((ErrorCode::RequestCanceled, "it was cancelled".into())))
    }

    /// Passes on what a worker found, unless the request has its answer.
    pub(super) fn answered(&mut self, ticket: &Ticket, answer: Answer) -> io::Result<()> {
        // A client may use the number of a cancelled request again: it is the ticket that tells.
        if ticket.is_over() || !self.waiting.end(&ticket.id) {
            return Ok(());
        }
        self.reply(ticket.id.clone(), answer)
    }

    /// Answers what waits for the worker of a site, which will not.
    pub(super) fn give_up(&mut self, root: &Path) -> io::Result<()> {
        let of_site = self.waiting.tickets.iter().filter(|(_, (of, _))| of == root);
        let ids: Vec<RequestId> = of_site.map(|(id, _)| id.clone()).collect();
        for id in ids {
            self.waiting.end(&id);
            self.reply(id, Err((ErrorCode::ContentModified, "the site is not the one that was asked".into())))?;
        }
        Ok(())
    }
}
