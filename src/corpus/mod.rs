//! All posts of a site together, as facts. Facts know no lint: a fact is described by what it is, not by who asks for it.

use std::sync::Arc;

use crate::post::{Language, Post};
use crate::site::Role;
use crate::source::Span;
use crate::spanned::{Node, Value};

/// Keys of front matter whose values sort posts into groups.
const TAXONOMIES: [&str; 4] = ["tags", "categories", "tag", "category"];

/// What the corpus keeps of one post after the post itself is dropped.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The post's path.
    pub path: Arc<str>,
    /// Article or page.
    pub role: Role,
    /// The language most of it is in.
    pub language: Language,
    /// Top-level keys of the front matter, in order.
    pub keys: Vec<(String, Span)>,
    /// Terms that sort the post into groups, in order.
    pub terms: Vec<Term>,
}

/// A tag or category of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The key it stands under.
    pub taxonomy: &'static str,
    /// The term as written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// The facts of all posts, sorted by path.
#[derive(Debug, Default)]
pub struct Corpus {
    /// One for each post.
    pub posts: Vec<Facts>,
}

impl Facts {
    /// The facts of a post.
    pub fn of(post: &Post) -> Self {
        let entries = post.front.root.entries();
        let keys = entries.iter().filter_map(|(key, _)| Some((key.as_str()?.to_owned(), key.span))).collect();
        let path = post.source.path.clone();
        Self { path, role: post.role, language: post.language, keys, terms: terms(&post.front.root) }
    }
}

/// The terms at the top level, and under Zola's `taxonomies`.
fn terms(root: &Node) -> Vec<Term> {
    let places = [Some(root), root.get("taxonomies")];
    let mut terms = vec![];
    for (taxonomy, place) in places.into_iter().flatten().flat_map(|place| TAXONOMIES.map(|taxonomy| (taxonomy, place)))
    {
        let Some(value) = place.get(taxonomy) else { continue };
        let items = if matches!(value.value, Value::String(_)) { std::slice::from_ref(value) } else { value.items() };
        for (text, span) in items.iter().filter_map(|item| Some((item.as_str()?, item.span))) {
            terms.push(Term { taxonomy, text: text.to_owned(), span });
        }
    }
    terms
}
