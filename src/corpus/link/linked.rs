//! Sources behind symbolic links: the walk does not follow these, but a generator does, so a page of such a name may be there.

use std::collections::{BTreeSet, HashSet};
use std::sync::OnceLock;

use super::LinkUse;
use super::cut::cut;
use super::table::name_of;
use crate::corpus::{Facts, Texts};
use crate::post::Written;
use crate::site::address::path;

/// The names of these sources, looked for when a link first seems to lead nowhere.
#[derive(Debug, Default)]
pub(in crate::corpus) struct Linked {
    names: OnceLock<HashSet<Box<str>>>,
}

impl Linked {
    /// Whether the page that a link means may be made of such a source.
    pub(super) fn may_have(&self, posts: &[impl AsRef<Facts>], texts: &dyn Texts, link: &LinkUse) -> bool {
        let names = self.names.get_or_init(|| names(posts, texts));
        !names.is_empty() && meant(link).is_some_and(|name| names.contains(&name))
    }
}

/// The names of sources that links beside the posts, or in a folder on the way to them, lead to.
fn names(posts: &[impl AsRef<Facts>], texts: &dyn Texts) -> HashSet<Box<str>> {
    let mut folders = BTreeSet::from([""]);
    for post in posts {
        let path = &*post.as_ref().path;
        folders.extend(path.match_indices('/').map(|(at, _)| &path[..at]));
    }
    texts.linked(&folders).into_iter().filter_map(|path| name_of(&path)).collect()
}

/// The name of the page that a link means, as `name_of` tells it.
fn meant(link: &LinkUse) -> Option<Box<str>> {
    match link.written() {
        Written::Address { text, .. } => name_of(&path::decoded(cut(&text)?.path)),
        Written::Source { path, .. } => name_of(&path::decoded(path)),
        Written::Post { name, .. }
        | Written::Page { name, .. }
        | Written::Slug { name }
        | Written::Wiki { name, .. } => name_of(name),
        Written::Asset { .. } | Written::Template => None,
    }
}
