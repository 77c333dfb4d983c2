//! What the client can do, as it says when it starts.

use serde_json::Value;

use super::position::Encoding;

/// What the client can do.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    /// It asks for diagnostics, so none are pushed.
    pub(super) pulls: bool,
    /// It shows where a diagnostic is explained.
    pub(super) describes: bool,
    /// It can be told to ask again.
    pub(super) refreshes: bool,
    /// It can rename files.
    pub(super) renames: bool,
    /// It can be asked to watch files.
    pub(super) watches: bool,
    /// It can show a document that it is asked to.
    pub(super) shows: bool,
    /// It shows how far something is that takes long.
    pub(super) progresses: bool,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub(super) fn of(params: &Value) -> Self {
        let capability = |pointer: &str| params.pointer(&format!("/capabilities/{pointer}"));
        let is_on = |pointer: &str| capability(pointer).and_then(Value::as_bool).unwrap_or(false);
        let offered = capability("general/positionEncodings").and_then(Value::as_array);
        let offered: Vec<&str> = offered.into_iter().flatten().filter_map(Value::as_str).collect();
        let operations = capability("workspace/workspaceEdit/resourceOperations").and_then(Value::as_array);
        let pulls = capability("textDocument/diagnostic").is_some_and(Value::is_object);
        Self {
            encoding: Encoding::among(&offered),
            pulls,
            describes: pulls || is_on("textDocument/publishDiagnostics/codeDescriptionSupport"),
            refreshes: is_on("workspace/diagnostics/refreshSupport"),
            renames: operations.is_some_and(|all| all.iter().any(|one| one == "rename")),
            watches: is_on("workspace/didChangeWatchedFiles/dynamicRegistration"),
            shows: is_on("window/showDocument/support"),
            progresses: is_on("window/workDoneProgress"),
        }
    }
}
