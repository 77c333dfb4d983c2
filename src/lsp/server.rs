//! The server itself: what the client says, one message after the other, and what it is answered.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

use super::action::FIX_ALL;
use super::client::Client;
use super::document::{Change, Document};
use super::input::{Event, read, watch};
use super::navigate::Question;
use super::report::Teller;
use super::site::Site;
use super::uri;
use super::worker::{News, Opened};
use crate::source::{MAX_BYTES, Source};
use crate::walk::{self, Found};

/// Opens the site around a file or folder; the error is in words for the user.
pub type Open<'a> = &'a dyn Fn(&Path) -> Result<Opened, String>;

/// Files by which a site is opened anew when they change; and all below `.copydesk`.
const SETTINGS: [&str; 2] = [crate::config::FILE_NAME, "copydesk.baseline.yaml"];

/// Serves a client until it says `exit` or is gone. Whether it ended as the protocol wants: after `shutdown`.
///
/// # Errors
/// When nothing can be written to it any more.
pub fn serve(input: impl BufRead + Send + 'static, output: &mut dyn Write, open: Open<'_>) -> io::Result<bool> {
    let (sender, events) = channel();
    read(input, sender.clone());
    Server::new(output, open, sender).run(&events)
}

pub(super) struct Server<'a> {
    output: &'a mut dyn Write,
    open: Open<'a>,
    pub(super) events: Sender<Event>,
    pub(super) client: Option<Client>,
    is_shut_down: bool,
    pub(super) sites: BTreeMap<PathBuf, Site>,
    pub(super) documents: BTreeMap<String, Document>,
    /// How many changes there were.
    turn: u64,
    requests: i32,
}

/// The answer to a request.
pub(super) type Answer = Result<Value, (ErrorCode, String)>;

impl<'a> Server<'a> {
    fn new(output: &'a mut dyn Write, open: Open<'a>, events: Sender<Event>) -> Self {
        let (sites, documents) = Default::default();
        Self { output, open, events, client: None, is_shut_down: false, sites, documents, turn: 0, requests: 0 }
    }

    fn run(mut self, events: &Receiver<Event>) -> io::Result<bool> {
        while let Ok(event) = events.recv() {
            match event {
                Event::Message(Message::Notification(one)) if one.method == "exit" => return Ok(self.is_shut_down),
                Event::Closed => return Ok(self.is_shut_down),
                Event::Message(Message::Request(request)) => self.answer(request)?,
                Event::Message(Message::Notification(one)) => self.hear(one)?,
                Event::Message(Message::Response(_)) => {}
                Event::Malformed(error) => self.log(&format!("a message that cannot be read: {error}"))?,
                Event::Answer(id, answer) => self.reply(id, answer)?,
                Event::News(root, news) => self.take_news(&root, news)?,
            }
        }
        Ok(self.is_shut_down)
    }

    fn send(&mut self, message: impl Into<Message>) -> io::Result<()> {
        message.into().write(&mut self.output)
    }

    fn notify(&mut self, method: &str, params: Value) -> io::Result<()> {
        self.send(Notification { method: method.to_owned(), params })
    }

    fn request(&mut self, method: &str, params: Value) -> io::Result<()> {
        self.requests += 1;
        self.send(Request { id: RequestId::from(self.requests), method: method.to_owned(), params })
    }

    fn log(&mut self, text: &str) -> io::Result<()> {
        self.notify("window/logMessage", json!({"type": 2, "message": text}))
    }

    /// Answers a request. A panic in one is its answer, and the server lives on.
    fn answer(&mut self, request: Request) -> io::Result<()> {
        let Request { id, method, params } = request;
        let run = AssertUnwindSafe(|| {
            let answer = self.answer_to(&method, &params);
            match Question::of(&method) {
                // What is not known here, the worker may know.
                Some(question) if matches!(answer, Ok(Value::Null)) => self.ask(question, &id, &params),
                _ => Some(answer),
            }
        });
        let answer = catch_unwind(run).unwrap_or_else(|_| {
            let error = format!("internal error in {method}; this is a bug in copydesk, please report it");
            Some(Err((ErrorCode::InternalError, error)))
        });
        answer.map_or(Ok(()), |answer| self.reply(id, answer))
    }

    fn reply(&mut self, id: RequestId, answer: Answer) -> io::Result<()> {
        let response_result =
            answer.map_err(|(code, message)| lsp_server::ResponseError { code: code as i32, message, data: None });
        self.send(Response { id, response_result })
    }

    fn answer_to(&mut self, method: &str, params: &Value) -> Answer {
        match (method, &self.client) {
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
            ("textDocument/completion", _) => Ok(self.completions(params).into()),
            ("textDocument/hover", _) => Ok(self.hover(params).unwrap_or(Value::Null)),
            ("textDocument/definition" | "textDocument/references" | "textDocument/documentLink", _) => Ok(Value::Null),
            _ => Err((ErrorCode::MethodNotFound, format!("`{method}` is not served"))),
        }
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
            "textDocument/didOpen" => self.opened(params),
            "textDocument/didChange" => self.changed(params),
            "textDocument/didClose" => self.closed(params),
            "workspace/didChangeWatchedFiles" => self.watched(params),
            "workspace/didChangeConfiguration" => self.reopen_all(),
            _ => Ok(()),
        }
    }

    fn initialize(&mut self, params: &Value) -> Value {
        let client = Client::of(params);
        self.client = Some(client);
        if let Some(parent) = params.get("processId").and_then(Value::as_u64) {
            watch(parent, self.events.clone());
        }
        let folders = params.get("workspaceFolders").and_then(Value::as_array);
        let folders: Vec<PathBuf> =
            folders.into_iter().flatten().filter_map(|folder| uri::to_path(folder.get("uri")?.as_str()?)).collect();
        folders.iter().for_each(|folder| self.open_around(folder));
        let mut capabilities = json!({
            "positionEncoding": client.encoding.name(),
            "textDocumentSync": {"openClose": true, "change": 2, "save": false},
            "codeActionProvider": {"codeActionKinds": ["quickfix", FIX_ALL]},
            "hoverProvider": true,
            "completionProvider": {},
            "definitionProvider": true,
            "referencesProvider": true,
            "documentLinkProvider": {},
            "workspace": {"workspaceFolders": {"supported": true}},
        });
        if client.pulls {
            capabilities["diagnosticProvider"] =
                json!({"identifier": "copydesk", "interFileDependencies": true, "workspaceDiagnostics": true});
        }
        json!({
            "capabilities": capabilities,
            "serverInfo": {"name": "copydesk", "version": env!("CARGO_PKG_VERSION")},
        })
    }

    fn begin(&mut self) -> io::Result<()> {
        if !self.client.unwrap_or_default().watches {
            return Ok(());
        }
        let watchers = json!({"watchers": [{"globPattern": "**/*"}]});
        let registration =
            json!({"id": "files", "method": "workspace/didChangeWatchedFiles", "registerOptions": watchers});
        self.request("client/registerCapability", json!({"registrations": [registration]}))
    }

    /// Opens the site around a file or folder, if it is not open yet.
    fn open_around(&mut self, path: &Path) {
        let root = canonical(&walk::find_root(path).0);
        if !self.sites.contains_key(&root) {
            self.open_anew(path, root);
        }
    }

    /// Opens a site in place of what is there. What keeps it from being opened is shown, and what was there stays.
    fn open_anew(&mut self, path: &Path, root: PathBuf) {
        match (self.open)(path) {
            Ok(opened) => {
                let (events, key) = (self.events.clone(), root.clone());
                let tell = move |news| _ = events.send(Event::News(key.clone(), news));
                self.sites.insert(
                    root.clone(),
                    Site::open(Opened { root, ..opened }, self.client.unwrap_or_default().pulls, tell),
                );
            }
            Err(error) => {
                // Whether it can be shown is for the next message to tell.
                let _ = self.notify("window/showMessage", json!({"type": 1, "message": format!("copydesk: {error}")}));
            }
        }
    }

    /// The site that an open document is a post of, and its path there.
    pub(super) fn post(&self, uri: &str) -> Option<(&Site, Arc<str>, &Document)> {
        let document = self.documents.get(uri)?;
        let sites = self.sites.values().filter(|site| document.path.starts_with(&site.root));
        let site = sites.max_by_key(|site| site.root.as_os_str().len())?;
        Some((site, site.post(&document.path)?, document))
    }

    pub(super) fn diagnostics(&self, uri: &str) -> Vec<Value> {
        let Some((site, path, document)) = self.post(uri) else { return vec![] };
        self.told(site, |teller| teller.all(document, &site.diagnostics(&path, document)))
    }

    pub(super) fn told<T>(&self, site: &Site, tell: impl FnOnce(&Teller<'_>) -> T) -> T {
        let source = |path: &str| self.source(site, path);
        let encoding = self.client.unwrap_or_default().encoding;
        tell(&Teller { root: &site.root, encoding, source: &source })
    }

    /// The text of a post: what is in the editor, else what is in its file.
    pub(super) fn source(&self, site: &Site, path: &str) -> Option<Source> {
        let file = site.root.join(path);
        match self.documents.values().find(|document| document.path == file) {
            Some(document) => Some(Source::from_text(path, &document.text)),
            None => walk::read(&Found { path: path.into(), file, role: crate::site::Role::Post }).ok(),
        }
    }

    fn publish(&mut self, uri: &str) -> io::Result<()> {
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

    fn opened(&mut self, params: &Value) -> io::Result<()> {
        let item = &params["textDocument"];
        let (Some(uri), Some(text)) = (item["uri"].as_str(), item["text"].as_str()) else { return Ok(()) };
        let Some(path) = uri::to_path(uri).map(|path| canonical(&path)) else { return Ok(()) };
        self.turn += 1;
        let version = item["version"].as_i64().unwrap_or(0);
        self.documents.insert(uri.to_owned(), Document::new(path.clone(), version, text.to_owned(), self.turn));
        self.open_around(&path);
        self.wrote(uri)
    }

    fn changed(&mut self, params: &Value) -> io::Result<()> {
        let Some(uri) = params["textDocument"]["uri"].as_str() else { return Ok(()) };
        let version = params["textDocument"]["version"].as_i64();
        let changes: Result<Vec<Change>, _> = serde_json::from_value(params["contentChanges"].clone());
        let encoding = self.client.unwrap_or_default().encoding;
        let Some(document) = self.documents.get_mut(uri) else { return Ok(()) };
        let (Ok(changes), false) = (changes, version.is_some_and(|version| version <= document.version)) else {
            return self.log("a change that cannot be read, or is older than the text, was passed over");
        };
        self.turn += 1;
        document.change(changes, encoding);
        (document.version, document.turn) = (version.unwrap_or(document.version + 1), self.turn);
        self.wrote(uri)
    }

    /// Lets the site know the text of a document, and says what is to be said of it.
    fn wrote(&mut self, uri: &str) -> io::Result<()> {
        let Some((site, path, document)) = self.post(uri) else { return Ok(()) };
        if document.text.len() as u64 > MAX_BYTES {
            return self.log(&format!("{path} is too large to be a post"));
        }
        let (root, document) = (site.root.clone(), document.clone());
        if let Some(site) = self.sites.get_mut(&root) {
            site.write(&path, &document);
        }
        self.publish(uri)
    }

    fn closed(&mut self, params: &Value) -> io::Result<()> {
        let Some(uri) = params["textDocument"]["uri"].as_str() else { return Ok(()) };
        let at = self.post(uri).map(|(site, path, _)| (site.root.clone(), path));
        self.documents.remove(uri);
        if let Some((root, path)) = at {
            self.turn += 1;
            let turn = self.turn;
            self.sites.get_mut(&root).into_iter().for_each(|site| site.reread(&path, turn));
        }
        if self.client.unwrap_or_default().pulls {
            return Ok(());
        }
        self.notify("textDocument/publishDiagnostics", json!({"uri": uri, "diagnostics": []}))
    }

    fn watched(&mut self, params: &Value) -> io::Result<()> {
        let changes = params["changes"].as_array().cloned().unwrap_or_default();
        let paths = changes.iter().filter_map(|change| uri::to_path(change["uri"].as_str()?));
        let paths: Vec<PathBuf> = paths.map(|path| canonical(&path)).collect();
        if paths.iter().any(|path| is_setting(path)) {
            return self.reopen_all();
        }
        self.turn += 1;
        let turn = self.turn;
        let is_open = |path: &PathBuf| self.documents.values().any(|document| document.path == *path);
        for path in paths.iter().filter(|path| !is_open(path)) {
            for site in self.sites.values_mut() {
                if let Some(post) = site.post(path) {
                    site.reread(&post, turn);
                }
            }
        }
        Ok(())
    }

    /// Opens all sites anew, with the settings that hold now.
    fn reopen_all(&mut self) -> io::Result<()> {
        let roots: Vec<PathBuf> = self.sites.keys().cloned().collect();
        roots.into_iter().for_each(|root| self.open_anew(&root.clone(), root));
        let uris: Vec<String> = self.documents.keys().cloned().collect();
        for uri in uris {
            let path = self.documents[&uri].path.clone();
            self.open_around(&path);
            self.turn += 1;
            let turn = self.turn;
            self.documents.entry(uri.clone()).and_modify(|document| document.turn = turn);
            self.wrote(&uri)?;
        }
        Ok(())
    }

    /// Takes in what a worker says, and passes it on to whoever it concerns.
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
        let client = self.client.unwrap_or_default();
        if client.pulls && client.refreshes {
            self.request("workspace/diagnostic/refresh", Value::Null)?;
        }
        Ok(())
    }
}

/// Whether a change of the file is a change of settings.
fn is_setting(path: &Path) -> bool {
    let is_named = path.file_name().is_some_and(|name| SETTINGS.iter().any(|setting| name == *setting));
    is_named || path.iter().any(|part| part == ".copydesk")
}

/// The real path of a file that may not be there yet.
fn canonical(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    match (path.parent().and_then(|folder| folder.canonicalize().ok()), path.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}
