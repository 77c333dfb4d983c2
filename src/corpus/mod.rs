//! All posts of a site together, as facts. Facts know no lint: a fact is described by what it is, not by who asks for it.

use std::sync::Arc;

use crate::post::Post;
use crate::source::Span;

/// What the corpus keeps of one post after the post itself is dropped.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The post's path.
    pub path: Arc<str>,
    /// Top-level keys of the front matter, in order.
    pub keys: Vec<(String, Span)>,
    /// Terms under `tags`, `categories` and the like: the taxonomy, the term, where it stands.
    pub terms: Vec<(&'static str, String, Span)>,
}

/// The facts of all posts, sorted by path.
#[derive(Debug, Default)]
pub struct Corpus {
    /// One for each post.
    pub posts: Vec<Facts>,
}

impl Facts {
    /// The facts of a post.
    pub fn of(_post: &Post) -> Self {
        unreachable!()
    }
}
