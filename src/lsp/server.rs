//! The server itself: what the client says, one message after the other, and what it is answered.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

use super::client::Client;
use super::document::Document;
use super::input::{Event, read};
use super::navigate::Question;
use super::position::Encoding;
use super::progress::Progress;
use super::report::Teller;
use super::site::Site;
use super::waiting::Waiting;
use super::worker::{News, Opened, Said};
use crate::source::Source;
use crate::walk::{self, Found};

/// Where sites are, and how they are opened.
pub struct Sites<'a> {
    /// The root of the only one, where the user names it.
    pub root: Option<PathBuf>,
    /// Opens the site around a file or folder; the error is in words for the user.
    pub open: &'a dyn Fn(&Path) -> Result<Opened, String>,
}

/// Serves a client until it says `exit` or is gone. Whether it ended as the protocol wants: after `shutdown`.
///
/// # Errors
/// When nothing can be written to it any more.
pub fn serve(input: impl BufRead + Send + 'static, output: &mut dyn Write, sites: Sites<'_>) -> io::Result<bool> {
    let (sender, events) = channel();
    read(input, sender.clone());
    Server::new(output, sites, sender).run(&events)
}

pub(super) struct Server<'a> {
    output: &'a mut dyn Write,
    pub(super) opening: Sites<'a>,
    pub(super) events: Sender<Event>,
    pub(super) client: Option<Client>,
    is_shut_down: bool,
    pub(super) sites: BTreeMap<PathBuf, Site>,
    pub(super) documents: BTreeMap<String, Document>,
    /// The folders of the client, with the roots of their sites.
    pub(super) folders: BTreeMap<PathBuf, PathBuf>,
    pub(super) waiting: Waiting,
    /// What the client is shown of sites that are being read, by their roots.
    pub(super) progress: BTreeMap<PathBuf, Progress>,
    /// How many changes there were.
    pub(super) turn: u64,
    requests: i32,
}

/// The answer to a request.
pub(super) type Answer = Result<Value, (ErrorCode, String)>;

impl<'a> Server<'a> {
    pub(super) fn new(output: &'a mut dyn Write, opening: Sites<'a>, events: Sender<Event>) -> Self {
        let (sites, documents, folders, waiting, progress) = Default::default();
        let (client, is_shut_down, turn, requests) = Default::default();
        Self {
            output,
            opening,
            events,
            client,
            is_shut_down,
            sites,
            documents,
            folders,
            waiting,
            progress,
            turn,
            requests,
        }
    }

    fn run(mut self, events: &Receiver<Event>) -> io::Result<bool> {
        while let Ok(event) = events.recv() {
            match event {
                Event::Message(Message::Notification(one)) if one.method == "exit" => return Ok(self.is_shut_down),
                Event::Closed => return Ok(self.is_shut_down),
                Event::Message(Message::Request(request)) => self.answer(request)?,
                Event::Message(Message::Notification(one)) => self.hear(one)?,
                Event::Message(Message::Response(response)) => self.heard(&response)?,
                Event::Malformed(error) => self.log(&format!("a message that cannot be read: {error}"))?,
                Event::Answer(ticket, answer) => self.answered(&ticket, answer)?,
                Event::Said(root, number, said) => self.listen(&root, number, said)?,
            }
        }
        Ok(self.is_shut_down)
    }

    fn send(&mut self, message: impl Into<Message>) -> io::Result<()> {
        message.into().write(&mut self.output)
    }

    pub(super) fn notify(&mut self, method: &str, params: Value) -> io::Result<()> {
        self.send(Notification { method: method.to_owned(), params })
    }

    pub(super) fn request(&mut self, method: &str, params: Value) -> io::Result<RequestId> {
        self.requests += 1;
        let id = RequestId::from(self.requests);
        self.send(Request { id: id.clone(), method: method.to_owned(), params })?;
        Ok(id)
    }

    pub(super) fn log(&mut self, text: &str) -> io::Result<()> {
        self.notify("window/logMessage", json!({"type": 2, "message": text}))
    }

    /// Answers a request. A panic in one is its answer, and the server lives on.
    fn answer(&mut self, request: Request) -> io::Result<()> {
        let Request { id, method, params } = request;
        let run = AssertUnwindSafe(|| self.answer_to(&id, &method, &params));
        let answer = catch_unwind(run).unwrap_or_else(|_| {
            let error = format!("internal error in {method}; this is a bug in copydesk, please report it");
            Some(Err((ErrorCode::InternalError, error)))
        });
        answer.map_or(Ok(()), |answer| self.reply(id, answer))
    }

    pub(super) fn reply(&mut self, id: RequestId, answer: Answer) -> io::Result<()> {
        let response_result =
            answer.map_err(|(code, message)| lsp_server::ResponseError { code: code as i32, message, data: None });
        self.send(Response { id, response_result })
    }

    /// The answer to a request; `None` where a worker will answer it.
    fn answer_to(&mut self, id: &RequestId, method: &str, params: &Value) -> Option<Answer> {
        Some(match (method, &self.client) {
            ("initialize", None) => Ok(self.initialize(params)),
            ("initialize", Some(_)) => Err((ErrorCode::InvalidRequest, "it is initialized already".into())),
            (_, None) => Err((ErrorCode::ServerNotInitialized, "`initialize` comes first".into())),
            _ if self.is_shut_down => Err((ErrorCode::InvalidRequest, "it is shut down".into())),
            ("shutdown", _) => {
                self.is_shut_down = true;
                Ok(Value::Null)
            }
            ("textDocument/diagnostic", _) => Ok(self.pulled(params)),
            ("workspace/diagnostic", _) => Ok(self.all_pulled(params)),
            ("textDocument/codeAction", _) => self.actions(params),
            ("textDocument/completion", _) => match self.completions(params) {
                Some(keys) => Ok(keys),
                None => return self.ask(Question::Completion, id, params),
            },
            ("textDocument/hover", _) => match self.hover(params) {
                Some(text) => Ok(text),
                None => return self.ask(Question::Hover, id, params),
            },
            ("textDocument/definition", _) => return self.ask(Question::Definition, id, params),
            ("textDocument/references", _) => return self.ask(Question::References, id, params),
            ("textDocument/documentLink", _) => return self.ask(Question::Links, id, params),
            ("workspace/willRenameFiles", _) => return self.will_rename(id, params),
            ("workspace/executeCommand", _) => self.execute(params),
            _ => Err((ErrorCode::MethodNotFound, format!("`{method}` is not served"))),
        })
    }

    fn hear(&mut self, notification: Notification) -> io::Result<()> {
        let Notification { method, params } = notification;
        if self.client.is_none() || self.is_shut_down {
            return Ok(());
        }
        let heard = catch_unwind(AssertUnwindSafe(|| self.take_in(&method, &params)));
        heard.unwrap_or_else(|_| self.log(&format!("internal error in {method}; this is a bug in copydesk")))
    }

    fn take_in(&mut self, method: &str, params: &Value) -> io::Result<()> {
        match method {
            "initialized" => self.begin(),
            "$/cancelRequest" => self.cancelled(params),
            "textDocument/didOpen" => self.opened(params),
            "textDocument/didChange" => self.changed(params),
            "textDocument/didClose" => self.closed(params),
            "workspace/didChangeWatchedFiles" => self.watched(params),
            "workspace/didChangeWorkspaceFolders" => self.changed_folders(params),
            "workspace/didChangeConfiguration" => self.reopen_all(),
            _ => Ok(()),
        }
    }

    /// The units of columns that client and server agreed on.
    pub(super) fn encoding(&self) -> Encoding {
        self.client.unwrap_or_default().encoding
    }

    /// The innermost site that a file lies in.
    pub(super) fn site_around(&self, path: &Path) -> Option<&Site> {
        let sites = self.sites.values().filter(|site| path.starts_with(&site.root));
        sites.max_by_key(|site| site.root.as_os_str().len())
    }

    /// The site that an open document is a post of, and its path there.
    pub(super) fn post(&self, uri: &str) -> Option<(&Site, Arc<str>, &Document)> {
        let document = self.documents.get(uri).filter(|document| !document.is_left_out)?;
        let site = self.site_around(&document.path)?;
        Some((site, site.post(&document.path)?, document))
    }

    pub(super) fn diagnostics(&self, uri: &str) -> Vec<Value> {
        let Some((site, path, document)) = self.post(uri) else { return vec![] };
        self.told(site, |teller| teller.all(document, &site.diagnostics(&path, document)))
    }

    pub(super) fn told<T>(&self, site: &Site, tell: impl FnOnce(&Teller<'_>) -> T) -> T {
        let source = |path: &str| self.source(site, path);
        let client = self.client.unwrap_or_default();
        let address = |lint: &str| {
            let number = site.plan.number(lint).filter(|_| client.describes)?;
            site.plan.lints[number].lint.address()
        };
        tell(&Teller { root: &site.root, encoding: client.encoding, address: &address, source: &source })
    }

    /// The text of a post: what is in the editor, else what is in its file.
    pub(super) fn source(&self, site: &Site, path: &str) -> Option<Source> {
        let file = site.root.join(path);
        match self.documents.values().find(|document| document.path == file) {
            Some(document) => Some(Source::from_text(path, &document.text)),
            None => walk::read(&Found { path: path.into(), file, role: crate::site::Role::Post }).ok(),
        }
    }

    pub(super) fn publish(&mut self, uri: &str) -> io::Result<()> {
        if self.client.unwrap_or_default().pulls {
            return Ok(());
        }
        let version = self.documents.get(uri).map(|document| document.version);
        let diagnostics = self.diagnostics(uri);
        self.notify(
            "textDocument/publishDiagnostics",
            json!({"uri": uri, "version": version, "diagnostics": diagnostics}),
        )
    }

    /// Listens to the worker of a site, unless the site is another one by now.
    fn listen(&mut self, root: &Path, number: u64, said: Said) -> io::Result<()> {
        if self.sites.get(root).is_none_or(|site| site.number != number) {
            return Ok(());
        }
        match said {
            Said::Read { done, total } => self.is_reading(root, number, done, total),
            Said::News(news) => {
                self.is_read(root)?;
                self.take_news(root, news)
            }
            Said::Outdated => self.reopen(&[root.to_owned()]),
            Said::Gone => {
                self.is_read(root)?;
                self.log(&format!("internal error in {}; this is a bug in copydesk", root.display()))?;
                self.give_up(root)
            }
        }
    }

    /// Takes in the news of a site, and passes them on to whoever they concern.
    fn take_news(&mut self, root: &Path, news: News) -> io::Result<()> {
        for failure in &news.failures {
            self.log(failure)?;
        }
        let Some(site) = self.sites.get_mut(root) else { return Ok(()) };
        (site.news, site.is_read) = (news, true);
        let turn = site.news.turn;
        let uris: Vec<String> = self.documents.keys().cloned().collect();
        for uri in uris {
            if self.post(&uri).is_none_or(|(site, ..)| site.root != root) {
                continue;
            }
            if let Some(document) = self.documents.get_mut(&uri).filter(|document| document.turn <= turn) {
                document.told = Some(document.text.clone());
            }
            self.publish(&uri)?;
        }
        self.refresh()
    }

    /// Has a client that asks for diagnostics ask again.
    pub(super) fn refresh(&mut self) -> io::Result<()> {
        let client = self.client.unwrap_or_default();
        if client.pulls && client.refreshes {
            _ = self.request("workspace/diagnostic/refresh", Value::Null)?;
        }
        Ok(())
    }
}
