//! The cache as a file: a line that says what it is, then an address in each line, as JSON.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Entry, State};
use crate::online::visit::Hop;

/// The first line. Another version is another file: it is not read, and written anew.
const HEAD: &str = r#"{"copydesk":"links","version":1}"#;

/// What stands in a file.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) entries: BTreeMap<String, Entry>,
    /// What is wrong with it.
    pub(super) damage: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    address: String,
    checked: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    chain: Vec<(u16, String)>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    upgrade: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_failed: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    failing_runs: Option<u32>,
}

/// Reads whatever can be read.
pub(super) fn read(bytes: &[u8]) -> Content {
    let mut lines = bytes.split(|&byte| byte == b'\n');
    if lines.next().is_none_or(|head| head.trim_ascii_end() != HEAD.as_bytes()) {
        let damage = "this is no cache of links, or one of another version; it is written anew".to_owned();
        return Content { entries: BTreeMap::new(), damage: Some(damage) };
    }
    let mut content = Content::default();
    let mut damaged = 0;
    for line in lines.filter(|line| !line.trim_ascii().is_empty()) {
        match entry(line) {
            Some((address, entry)) => _ = content.entries.insert(address, entry),
            None => damaged += 1,
        }
    }
    if damaged > 0 {
        let lines = if damaged == 1 { "line is" } else { "lines are" };
        content.damage = Some(format!("{damaged} {lines} damaged; the addresses are checked again"));
    }
    content
}

fn entry(line: &[u8]) -> Option<(String, Entry)> {
    let line: Line = serde_json::from_slice(line).ok()?;
    let checked = line.checked.parse().ok()?;
    let state = match (line.status, line.first_failed) {
        (Some(status), None) => {
            let chain = line.chain.into_iter().map(|(status, to)| Hop { status, to }).collect();
            State::Good(status, chain, line.upgrade)
        }
        (None, Some(first)) => State::Failing { first: first.parse().ok()?, runs: line.failing_runs? },
        _ => return None,
    };
    Some((line.address, Entry { checked, state }))
}

/// The text of a file.
pub(super) fn text(entries: &BTreeMap<String, Entry>) -> String {
    let mut text = format!("{HEAD}\n");
    for (address, entry) in entries {
        let mut line = Line {
            address: address.clone(),
            checked: whole(entry.checked),
            status: None,
            chain: vec![],
            upgrade: false,
            first_failed: None,
            failing_runs: None,
        };
        match &entry.state {
            State::Good(status, chain, upgrade) => {
                line.status = Some(*status);
                line.chain = chain.iter().map(|hop| (hop.status, hop.to.clone())).collect();
                line.upgrade = *upgrade;
            }
            State::Failing { first, runs } => {
                line.first_failed = Some(whole(*first));
                line.failing_runs = Some(*runs);
            }
        }
        text.push_str(&serde_json::to_string(&line).expect("strings and numbers are always JSON"));
        text.push('\n');
    }
    text
}

/// A moment to the second; no more is needed, and it reads better.
fn whole(moment: Timestamp) -> String {
    Timestamp::from_second(moment.as_second()).unwrap_or(moment).to_string()
}
