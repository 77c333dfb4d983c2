//! A look at the other place that a diagnostic is about: an action that has the editor show another post.

use lsp_server::ErrorCode;
use serde_json::{Value, json};

use super::action::Place;
use super::position::{Lines, Range};
use super::server::{Answer, Server};
use super::uri;
use crate::diagnostic::Diagnostic;

/// The command that shows a post, with its URI and what is selected in it.
pub(super) const OPEN: &str = "copydesk.open";

/// Most posts that are offered for one diagnostic.
const MOST: usize = 3;

impl Place<'_> {
    /// The posts that a diagnostic names besides this one, to be opened.
    pub(super) fn others(&self, one: &Diagnostic) -> Vec<Value> {
        let mut seen = vec![self.path];
        let mut actions = vec![];
        for related in one.related.iter().filter(|_| self.shows) {
            let path = &*related.place.path;
            if seen.contains(&path) || actions.len() == MOST {
                continue;
            }
            seen.push(path);
            let Some(source) = (self.source)(path) else { continue };
            let range = Lines::of(&source.text).range(&source.text, related.place.span, self.encoding);
            let title = format!("{}: open {path}", one.lint);
            let at = json!({"uri": uri::of_path(&self.root.join(path)), "range": range});
            let command = json!({"title": title, "command": OPEN, "arguments": [at]});
            actions.push(json!({"title": title, "kind": "quickfix", "command": command}));
        }
        actions
    }
}

impl Server<'_> {
    /// Does what an action of ours says. It shows posts, and nothing else that there is on the machine.
    pub(super) fn execute(&mut self, params: &Value) -> Answer {
        let wrong = |text: &str| Err((ErrorCode::InvalidParams, text.to_owned()));
        if params["command"] != OPEN {
            return wrong("there is no such command");
        }
        let at = &params["arguments"][0];
        let (Some(uri), Ok(range)) = (at["uri"].as_str(), serde_json::from_value::<Range>(at["range"].clone())) else {
            return wrong("a URI and a range are needed");
        };
        let is_post = |path: &std::path::Path| self.site_around(path).is_some_and(|site| site.post(path).is_some());
        if !uri::to_path(uri).is_some_and(|path| is_post(&path)) {
            return wrong("this is none of the posts");
        }
        let params = json!({"uri": uri, "takeFocus": true, "selection": range});
        // Whether it can be written is for the answer to tell.
        let _ = self.request("window/showDocument", params);
        Ok(Value::Null)
    }
}
