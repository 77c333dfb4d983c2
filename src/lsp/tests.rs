//! The server in this process, with a site that is read when the test wants it.

use std::io::{self, BufReader, PipeWriter, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use globset::GlobSet;
use lsp_server::{Message, Notification, Request, Response};
use serde_json::{Value, json};

use super::worker::Opened;
use crate::plan::{Choices, Plan};
use crate::site::{Site, plain};
use crate::walk::{self, Walked};

/// How long a slow machine may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client, with the server that it talks to.
struct Editor {
    input: PipeWriter,
    said: Receiver<Value>,
    folder: tempfile::TempDir,
    /// Lets a site be read, or has it panic.
    go: Sender<bool>,
}

fn plan() -> Arc<Plan> {
    let choices = Choices {
        site: Site::of(&plain::PLAIN),
        preset: crate::lint::Preset::Strict,
        only: vec![],
        levels: vec![],
        by_path: vec![],
        routes: vec![],
        demands: Default::default(),
        is_partial: false,
        now: jiff::Timestamp::UNIX_EPOCH,
    };
    Arc::new(Plan::new(choices, &[], None).expect("nothing to build"))
}

impl Editor {
    /// One with two posts, the first of them open and with a link to the second.
    fn new(capabilities: Value) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let text = "See [b](./b.md).\n";
        for (name, text) in [("copydesk.yaml", ""), ("a.md", text), ("b.md", "Here.\n")] {
            std::fs::write(folder.path().join(name), text).expect("written");
        }
        let (output, input, (go, gone)) = (io::pipe().expect("a pipe"), io::pipe().expect("a pipe"), channel::<bool>());
        let gone = Arc::new(Mutex::new(gone));
        let (reader, mut writer) = (input.0, output.1);
        let open = move |path: &Path| {
            let root = walk::find_root(path).0;
            let (its_root, gone, plan) = (root.clone(), gone.clone(), plan());
            let its_plan = plan.clone();
            let walk = move || -> Walked {
                let is_well = gone.lock().unwrap_or_else(PoisonError::into_inner).recv();
                assert!(is_well != Ok(false), "on purpose");
                walk::find(&its_root, &its_plan.site, &GlobSet::empty(), 1)
            };
            let exclude = GlobSet::empty();
            Ok(Opened { root, plan, walk: Box::new(walk), exclude, baseline: None, settings: vec![] })
        };
        thread::spawn(move || {
            _ = super::serve(BufReader::new(reader), &mut writer, super::Sites { root: None, open: &open })
        });
        let (sender, said) = channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output.0);
            while let Ok(Some(message)) = Message::read(&mut output) {
                let message = serde_json::to_value(&message).expect("JSON");
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let mut editor = Self { input: input.1, said, folder, go };
        editor.ask(1, "initialize", json!({"capabilities": capabilities}));
        editor.wait(1);
        let item = json!({"uri": editor.uri(), "version": 1, "text": text});
        editor.tell("textDocument/didOpen", json!({"textDocument": item}));
        editor
    }

    fn uri(&self) -> String {
        super::uri::of_path(&self.folder.path().canonicalize().expect("it is there").join("a.md"))
    }

    fn send(&mut self, message: Message) {
        message.write(&mut self.input).expect("it reads");
        self.input.flush().expect("it reads");
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(Notification { method: method.to_owned(), params }.into());
    }

    fn ask(&mut self, id: i32, method: &str, params: Value) {
        self.send(Request { id: id.into(), method: method.to_owned(), params }.into());
    }

    fn ask_for_definition(&mut self, id: i32) {
        let params = json!({"textDocument": {"uri": self.uri()}, "position": {"line": 0, "character": 5}});
        self.ask(id, "textDocument/definition", params);
    }

    /// The next message that fits.
    fn wait_for(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.said.recv_timeout(PATIENCE).expect("a message");
            if fits(&message) {
                return message;
            }
        }
    }

    /// The next answer, which has to be that of this request.
    fn wait(&mut self, id: i32) -> Value {
        let answer = self.wait_for(|message| message.get("id").is_some() && message.get("method").is_none());
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }
}

#[test]
fn what_a_post_says_by_itself_does_not_wait_for_the_site() {
    let mut editor = Editor::new(json!({}));
    // Nobody has let the site be read.
    let told = editor.wait_for(|message| message["method"] == "textDocument/publishDiagnostics");
    assert_eq!((&told["params"]["uri"], &told["params"]["version"]), (&json!(editor.uri()), &json!(1)));
    editor.go.send(true).expect("it waits");
    editor.wait_for(|message| message["method"] == "textDocument/publishDiagnostics");
}

#[test]
fn a_panic_is_an_answer_and_the_server_lives_on() {
    let (output, input) = (io::pipe().expect("a pipe"), io::pipe().expect("a pipe"));
    let (reader, mut writer) = (input.0, output.1);
    let sites = || super::Sites { root: None, open: &|_| panic!("on purpose") };
    thread::spawn(move || _ = super::serve(BufReader::new(reader), &mut writer, sites()));
    let (mut input, mut output) = (input.1, BufReader::new(output.0));
    let mut ask = |id: i32, method: &str, params: Value| {
        let request: Message = Request { id: id.into(), method: method.to_owned(), params }.into();
        request.write(&mut input).expect("it reads");
        let answer = Message::read(&mut output).expect("a message").expect("no end");
        serde_json::to_value(answer).expect("JSON")
    };
    let folder = super::uri::of_path(&std::env::temp_dir());
    let params = json!({"capabilities": {}, "workspaceFolders": [{"uri": folder, "name": "all"}]});
    assert_eq!(ask(1, "initialize", params)["error"]["code"], -32603);
    assert_eq!(ask(2, "shutdown", Value::Null)["result"], Value::Null);
}

#[test]
fn a_cancelled_request_is_answered_at_once_and_once() {
    let mut editor = Editor::new(json!({}));
    editor.ask_for_definition(2);
    editor.ask_for_definition(3);
    for id in [json!(2), json!(2), json!("none"), json!(null), json!(1)] {
        editor.tell("$/cancelRequest", json!({"id": id}));
    }
    assert_eq!(editor.wait(2)["error"]["code"], -32800);
    // Its number may be used again, and the old request does not answer for the new one.
    editor.ask_for_definition(2);
    editor.go.send(true).expect("it waits");
    assert!(editor.wait(3)["result"]["uri"].as_str().is_some_and(|uri| uri.ends_with("/b.md")));
    assert!(editor.wait(2)["result"]["uri"].is_string());
    editor.ask(4, "shutdown", Value::Null);
    editor.wait(4);
}

#[test]
fn what_waits_for_a_site_that_is_opened_anew_is_answered() {
    let mut editor = Editor::new(json!({}));
    editor.ask_for_definition(2);
    editor.tell("workspace/didChangeConfiguration", json!({"settings": null}));
    assert_eq!(editor.wait(2)["error"]["code"], -32801);
    editor.ask_for_definition(3);
    editor.go.send(true).expect("it waits");
    editor.go.send(true).expect("it waits");
    assert!(editor.wait(3)["result"]["uri"].is_string());
}

#[test]
fn what_waits_for_a_worker_that_is_gone_is_answered() {
    let mut editor = Editor::new(json!({}));
    editor.ask_for_definition(2);
    // Once this is answered, the worker has the question.
    editor.ask(4, "textDocument/codeAction", Value::Null);
    editor.wait(4);
    editor.go.send(false).expect("it waits");
    assert_eq!(editor.wait(2)["error"]["code"], -32801);
    editor.ask_for_definition(3);
    assert_eq!(editor.wait(3)["result"], Value::Null);
}

#[test]
fn nothing_is_shown_that_the_client_agrees_to_when_it_is_over() {
    let mut editor = Editor::new(json!({"window": {"workDoneProgress": true}}));
    // Longer than what is passed over in silence.
    thread::sleep(Duration::from_millis(300));
    editor.go.send(true).expect("it waits");
    let asked = editor.wait_for(|message| message["method"] == "window/workDoneProgress/create");
    // This is answered when the site is read.
    editor.ask_for_definition(2);
    editor.wait(2);
    let id = serde_json::from_value(asked["id"].clone()).expect("a number");
    editor.send(Response { id, response_result: Ok(Value::Null) }.into());
    editor.ask(3, "shutdown", Value::Null);
    editor.wait_for(|message| {
        assert_ne!(message["method"], "$/progress");
        message["id"] == 3
    });
}

#[test]
fn however_many_files_come_it_is_looked_at_them_together() {
    let mut editor = Editor::new(json!({}));
    let a = editor.uri();
    for number in 0..1000 {
        let uri = a.replace("a.md", &format!("pictures/{number}.png"));
        let changes = json!([{"uri": uri, "type": 1}]);
        editor.tell("workspace/didChangeWatchedFiles", json!({"changes": changes}));
    }
    // The server has taken in all of them before the site is read.
    editor.ask(2, "textDocument/completion", json!({"textDocument": {"uri": a}}));
    editor.wait(2);
    editor.go.send(true).expect("it waits");
    editor.ask_for_definition(3);
    let told = std::cell::Cell::new(0);
    editor.wait_for(|message| {
        told.set(told.get() + usize::from(message["method"] == "textDocument/publishDiagnostics"));
        message["id"] == 3
    });
    editor.ask_for_definition(4);
    editor.wait_for(|message| {
        told.set(told.get() + usize::from(message["method"] == "textDocument/publishDiagnostics"));
        message["id"] == 4
    });
    assert!((1..=3).contains(&told.get()), "{}", told.get());
}
