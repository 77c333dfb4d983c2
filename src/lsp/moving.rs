//! Files that are about to get other names in the editor: what has to be changed in posts so that links still lead where they do.

use std::collections::BTreeMap;
use std::path::PathBuf;

use lsp_server::{ErrorCode, RequestId};
use serde_json::{Value, json};

use super::position::{Encoding, Lines};
use super::server::{Answer, Server};
use super::site::Site;
use super::sync::canonical;
use super::uri;
use crate::desk::{Backdrop, Desk, Moves};

impl Server<'_> {
    /// Has the worker say what is to be changed before files are renamed; `None` where it will, else the answer.
    pub(super) fn will_rename(&mut self, id: &RequestId, params: &Value) -> Option<Answer> {
        let Some(files) = params["files"].as_array() else {
            return Some(Err((ErrorCode::InvalidParams, "no files are named".into())));
        };
        let path = |file: &Value, key: &str| Some(canonical(&uri::to_path(file[key].as_str()?)?));
        let moves: Vec<(PathBuf, PathBuf)> =
            files.iter().filter_map(|file| Some((path(file, "oldUri")?, path(file, "newUri")?))).collect();
        let Some(site) = moves.first().and_then(|(old, _)| self.site_around(old)) else { return Some(Ok(Value::Null)) };
        // What leaves the site takes its links with it, and nothing can be written in their place.
        let inside = moves.iter().filter_map(|(old, new)| Some((site.below(old)?, site.below(new)?)));
        let renaming = Renaming { moves: Moves::new(inside), uris: self.uris(site), encoding: self.encoding() };
        let root = site.root.clone();
        self.have_answered(&root, id, move |desk| renaming.edit(desk))
    }

    /// The URIs that the client has for open posts, by their paths.
    fn uris(&self, site: &Site) -> Uris {
        let open = self.documents.iter().filter_map(|(uri, document)| Some((site.below(&document.path)?, uri.clone())));
        Uris { root: site.root.clone(), open: open.collect() }
    }
}

/// How files of a site are named to the client.
struct Uris {
    root: PathBuf,
    open: BTreeMap<String, String>,
}

struct Renaming {
    moves: Moves,
    uris: Uris,
    encoding: Encoding,
}

impl Renaming {
    /// The edit of the workspace, in posts by the names that they have before; nothing where none is needed.
    fn edit(&self, desk: &Desk) -> Value {
        let mut changes = serde_json::Map::new();
        for (path, edits) in desk.moving(&self.moves) {
            let Some(source) = Backdrop::source(desk, &path) else { continue };
            let lines = Lines::of(&source.text);
            let range = |span| lines.range(&source.text, span, self.encoding);
            let edits = edits.iter().map(|edit| json!({"range": range(edit.span), "newText": edit.text}));
            let known = self.uris.open.get(&*path).cloned();
            let uri = known.unwrap_or_else(|| uri::of_path(&self.uris.root.join(&*path)));
            changes.insert(uri, edits.collect());
        }
        if changes.is_empty() { Value::Null } else { json!({ "changes": changes }) }
    }
}
