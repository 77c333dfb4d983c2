//! A client of the language server, as small as it can be: what it says goes to the real program, what that says comes back.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long a slow machine may take to say something.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client with its server.
pub(crate) struct Client {
    child: Child,
    input: Option<ChildStdin>,
    said: Receiver<Value>,
    /// What was said while something else was waited for.
    kept: VecDeque<Value>,
    requests: i64,
}

impl Client {
    /// Starts a server in a folder.
    pub(crate) fn start(folder: &Path) -> Self {
        Self::start_with(folder, &[])
    }

    /// The same with further arguments.
    pub(crate) fn start_with(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        command
            .arg("lsp")
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().expect("it runs");
        let mut output = BufReader::new(child.stdout.take().expect("piped"));
        let (sender, said) = channel();
        thread::spawn(move || while read(&mut output).is_some_and(|message| sender.send(message).is_ok()) {});
        let input = child.stdin.take();
        Self { child, input, said, kept: VecDeque::new(), requests: 0 }
    }

    /// The same, initialized with these capabilities; what the server can do.
    pub(crate) fn initialized(folder: &Path, capabilities: Value) -> (Self, Value) {
        let mut client = Self::start(folder);
        let answer = client
            .ask("initialize", json!({"processId": null, "capabilities": capabilities, "workspaceFolders": null}));
        client.tell("initialized", json!({}));
        (client, answer["result"].clone())
    }

    /// Sends bytes as they are.
    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        self.input.as_mut().expect("open").write_all(bytes).expect("it reads");
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.send_raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// Sends a notification.
    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request; its answer.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.begin_to_ask(method, params);
        self.answer(id)
    }

    /// Sends a request, and does not wait; its number.
    pub(crate) fn begin_to_ask(&mut self, method: &str, params: Value) -> i64 {
        self.requests += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.requests, "method": method, "params": params}));
        self.requests
    }

    /// Waits for the answer to a request.
    pub(crate) fn answer(&mut self, id: i64) -> Value {
        self.wait(&format!("request {id}"), |message| message["id"] == id && message.get("method").is_none())
    }

    /// Answers a request of the server.
    pub(crate) fn reply(&mut self, request: &Value, result: Value) {
        self.send(&json!({"jsonrpc": "2.0", "id": request["id"], "result": result}));
    }

    /// Waits for the first message that fits, and keeps the others for later.
    pub(crate) fn wait(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&fits) {
            return self.kept.remove(at).expect("it is there");
        }
        let since = Instant::now();
        loop {
            let left = PATIENCE.saturating_sub(since.elapsed());
            let message = self.said.recv_timeout(left).unwrap_or_else(|_| panic!("{what}: nothing was said of it"));
            if fits(&message) {
                return message;
            }
            self.kept.push_back(message);
        }
    }

    /// Whether something fits of what was said and not waited for.
    pub(crate) fn has_said(&mut self, fits: impl Fn(&Value) -> bool) -> bool {
        self.kept.extend(self.said.try_iter());
        self.kept.iter().any(fits)
    }

    /// Passes over what was said so far and not waited for.
    pub(crate) fn forget(&mut self) {
        self.kept.clear();
        self.said.try_iter().for_each(drop);
    }

    /// Says that a file or folder was created (1), changed (2) or deleted (3).
    pub(crate) fn changed(&mut self, uri: &str, kind: u32) {
        let changes = json!([{"uri": uri, "type": kind}]);
        self.tell("workspace/didChangeWatchedFiles", json!({"changes": changes}));
    }

    /// Whether nothing of this kind is said for a while.
    pub(crate) fn is_silent_about(&mut self, method: &str) -> bool {
        let since = Instant::now();
        while let Some(left) = Duration::from_millis(1500).checked_sub(since.elapsed()) {
            if let Ok(message) = self.said.recv_timeout(left) {
                self.kept.push_back(message);
            }
        }
        !self.kept.iter().any(|message| message["method"] == method)
    }

    /// Waits until the diagnostics that are pushed for a document fit.
    pub(crate) fn pushed(&mut self, uri: &str, fits: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let all = |message: &Value| message["params"]["diagnostics"].as_array().cloned().unwrap_or_default();
        let is_it = |message: &Value| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && fits(&all(message))
        };
        let message = self.wait(uri, is_it);
        all(&message)
    }

    /// Asks for the diagnostics of a document until they fit, whenever the server says that there may be others.
    pub(crate) fn pulled(&mut self, uri: &str, fits: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        loop {
            let params = json!({"textDocument": {"uri": uri}});
            let answer = self.ask("textDocument/diagnostic", params)["result"]["items"].clone();
            let all = answer.as_array().cloned().unwrap_or_default();
            if fits(&all) {
                return all;
            }
            self.wait(&format!("{uri}: {all:?}"), |message| message["method"] == "workspace/diagnostic/refresh");
        }
    }

    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        let item = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": item}));
    }

    pub(crate) fn write(&mut self, uri: &str, version: i64, text: &str) {
        let changes = json!([{"text": text}]);
        self.tell(
            "textDocument/didChange",
            json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": changes}),
        );
    }

    /// Ends as the protocol wants; the exit status.
    pub(crate) fn end(mut self) -> Option<i32> {
        assert_eq!(self.ask("shutdown", Value::Null)["result"], Value::Null);
        self.tell("exit", Value::Null);
        self.child.wait().expect("it ends").code()
    }

    /// Whether the server has not ended.
    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("it is our child").is_none()
    }

    /// Waits until the server ends by itself, its input open; the exit status.
    pub(crate) fn wait_for_end(mut self) -> Option<i32> {
        let since = Instant::now();
        while self.is_running() {
            assert!(since.elapsed() < PATIENCE, "it does not end");
            thread::sleep(Duration::from_millis(50));
        }
        self.child.wait().expect("it ended").code()
    }

    /// Goes away without a word; the exit status of the server.
    pub(crate) fn vanish(mut self) -> Option<i32> {
        drop(self.input.take());
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        output.read_line(&mut line).ok().filter(|read| *read > 0)?;
        match line.trim_end() {
            "" => break,
            line => {
                length =
                    line.strip_prefix("Content-Length: ").map_or(length, |number| number.parse().expect("a number"))
            }
        }
    }
    let mut text = vec![0; length];
    output.read_exact(&mut text).ok()?;
    Some(serde_json::from_slice(&text).expect("JSON"))
}

/// What edits make of a text; columns are those of UTF-16.
pub(crate) fn edited(text: &str, edits: &[Value]) -> String {
    let at = |position: &Value| {
        let (line, column) =
            (position["line"].as_u64().expect("a line"), position["character"].as_u64().expect("a column"));
        let start: usize = text.split_inclusive('\n').take(line as usize).map(str::len).sum();
        let mut left = column as usize;
        let inside = text[start..].chars().take_while(|c| {
            let goes_on = left > 0;
            left = left.saturating_sub(c.len_utf16());
            goes_on
        });
        start + inside.map(char::len_utf8).sum::<usize>()
    };
    let mut edits: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| (at(&edit["range"]["start"]), at(&edit["range"]["end"]), edit["newText"].as_str().expect("a text")))
        .collect();
    edits.sort();
    let mut out = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        out.replace_range(start..end, new);
    }
    out
}
