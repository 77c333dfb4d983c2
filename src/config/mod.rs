//! `copydesk.yaml`: what a user wrote, read once, with the place of every mistake. Knows which settings exist and what each
//! may hold; does not know which lints exist (names are handed in), the command line, or what the settings do.
//!
//! A file becomes a tree of spanned values (`spanned`), the tree becomes a `File` (`file`), and `Settings` (`settings`)
//! lays it over the defaults and under the command line.

use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::Notice;
use crate::source::Span;
use crate::spanned::{self, Node};

pub mod file;
pub mod glob;
pub mod level;
pub mod online;
pub mod read;
pub mod routes;
pub mod schema;
pub mod settings;

pub use crate::lint::Known;
pub use file::{File, FrontMatter, GENERATORS, KeyType, Override};
pub use glob::Glob;
pub use level::Change;
pub use online::Online;
pub use routes::Routes;
pub use settings::{Detected, Origin, Request, Settings, Sourced};

/// Name of the configuration file in the site root.
pub const FILE_NAME: &str = "copydesk.yaml";
/// The largest configuration file that is read, in bytes.
const MAX_BYTES: usize = 1024 * 1024;

/// One configuration file, read and checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file, as the user would name it.
    pub path: Arc<str>,
    /// The file's text: spans of this configuration point into it.
    pub text: Arc<str>,
    /// The settings as written.
    pub file: File,
    /// The tree the settings were read from: the place of every key.
    pub tree: Node,
    /// Changes to lints, in order of position.
    pub lints: Vec<Change>,
    /// The JSON Schema that `front-matter.schema` names.
    pub schema: Option<serde_json::Value>,
}

impl Config {
    /// Reads and checks a file; a schema it names is looked for beside it.
    ///
    /// # Errors
    /// All mistakes, in order of position. Lint names are checked later, by `check_names`.
    pub fn load(path: &Path) -> Result<Config, Vec<Notice>> {
        let name: Arc<str> = path.to_string_lossy().into();
        let text = std::fs::read(path).map_err(|error| vec![unreadable(&name, &error.to_string())])?;
        if text.len() > MAX_BYTES {
            return Err(vec![unreadable(&name, "it holds more than 1 MB")]);
        }
        let text = String::from_utf8(text).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            vec![unreadable(&name, &format!("byte {at} is not UTF-8"))]
        })?;
        Config::from_text(&name, &text, path.parent().unwrap_or(Path::new("")))
    }

    /// Reads and checks the text of a file that lies in `folder`.
    ///
    /// # Errors
    /// As `load`.
    pub fn from_text(path: &str, text: &str, folder: &Path) -> Result<Config, Vec<Notice>> {
        let mut config = Config {
            path: path.into(),
            text: text.into(),
            file: File::default(),
            tree: Node { value: spanned::Value::Mapping(Vec::new()), span: Span::default(), layer: 0 },
            lints: Vec::new(),
            schema: None,
        };
        let tree = read::tree(text).map_err(|error| vec![config.notice(error)])?;
        let (file, tree, mut errors) = read::file(tree);
        let (lints, more) = level::changes(tree.get("lints"));
        errors.extend(more);
        let mut notices: Vec<Notice> = errors.into_iter().map(|error| config.notice(error)).collect();
        if let Some(schema) = &file.front_matter.schema {
            match schema::load(&folder.join(&schema.value)) {
                Ok(value) => config.schema = Some(value),
                Err(wrong) => notices.push(wrong.notice(&config, schema.span)),
            }
        }
        notices.extend(routes::missing(&config, &tree, folder));
        notices.sort_by_key(|notice| (notice.path != config.path, notice.span));
        config.file = file;
        config.tree = tree;
        config.lints = lints;
        if notices.is_empty() { Ok(config) } else { Err(notices) }
    }

    /// A mistake in this file.
    pub fn notice(&self, error: spanned::Error) -> Notice {
        Notice {
            message: error.message,
            help: error.help,
            path: self.path.clone(),
            text: self.text.clone(),
            span: error.span,
        }
    }

    /// The mistakes in the lint names of this file, each with the nearest name there is.
    pub fn check_names(&self, known: &Known<'_>) -> Vec<Notice> {
        let overridden = self.file.overrides.iter().flat_map(|over| &over.changes);
        self.lints
            .iter()
            .chain(overridden)
            .filter_map(|change| Some((change, known.missing_lint(&change.lint)?)))
            .map(|(change, (message, help))| {
                self.notice(spanned::Error { message, help: Some(help), span: change.at, layer: 0 })
            })
            .collect()
    }

    /// Where the value of a top-level setting stands, if it was written.
    pub fn place(&self, key: &str) -> Option<Span> {
        self.tree.get(key).map(|node| node.span)
    }
}

/// A file of which there is nothing to show.
fn unreadable(path: &Arc<str>, why: &str) -> Notice {
    Notice {
        message: format!("cannot read `{path}`: {why}"),
        help: None,
        path: path.clone(),
        text: "".into(),
        span: Span::default(),
    }
}

#[cfg(test)]
mod tests;
