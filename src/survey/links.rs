//! Broken links by what they lead to. A link is broken here if a lint says so, and what authors wish not to be told or the
//! baseline knows does not count: the numbers are those of the report.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::corpus::{Corpus, LinkUse, Resolved, Verdict};
use crate::desk::{Backdrop, Desk, Report};
use crate::post::Written;
use crate::site::address::{Absence, path};
use crate::source::Span;

/// Most targets that are named.
const MOST: usize = 200;
/// Most posts that are named with each.
const MOST_POSTS: usize = 10;

/// The broken links of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// What they lead to: that from most posts first.
    pub targets: Vec<Target>,
    /// How many targets are not named.
    pub left: usize,
    /// How many links are broken.
    pub links: usize,
}

/// What broken links lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The address: of a page of the site from its root, else as it is written.
    pub address: String,
    /// What is wrong with it.
    pub what: &'static str,
    /// How many links lead to it.
    pub links: usize,
    /// The posts that they stand in, sorted.
    pub posts: Vec<Arc<str>>,
    /// How many more there are.
    pub left: usize,
}

/// The links of one target: how many, and where they stand.
type Found = (usize, BTreeSet<Arc<str>>);

impl Links {
    pub(super) fn of(desk: &Desk, report: &Report) -> Self {
        let said = broken(desk, report);
        let mut targets: BTreeMap<(String, &'static str), Found> = BTreeMap::new();
        desk.with_corpus(|corpus| {
            for (post, facts) in corpus.posts.iter().enumerate() {
                let Some(spans) = said.get(&*facts.path) else { continue };
                let links = corpus.uses(post).iter().zip(&corpus.links()[post]);
                for (link, resolved) in links.filter(|(link, _)| spans.contains(&link.target)) {
                    let found = targets.entry((address(corpus, post, link, resolved), what(resolved))).or_default();
                    found.0 += 1;
                    found.1.insert(facts.path.clone());
                }
            }
        });
        Self::sorted(targets)
    }

    fn sorted(targets: BTreeMap<(String, &'static str), Found>) -> Self {
        let links = targets.values().map(|(links, _)| links).sum();
        let mut targets: Vec<Target> = targets
            .into_iter()
            .map(|((address, what), (links, posts))| {
                let left = posts.len().saturating_sub(MOST_POSTS);
                Target { address, what, links, posts: posts.into_iter().take(MOST_POSTS).collect(), left }
            })
            .collect();
        targets.sort_by_key(|target| (Reverse(target.posts.len() + target.left), Reverse(target.links)));
        let left = targets.len().saturating_sub(MOST);
        targets.truncate(MOST);
        Self { targets, left, links }
    }
}

/// The places of links that a lint says are broken, by post.
fn broken<'a>(desk: &Desk, report: &'a Report) -> BTreeMap<&'a str, BTreeSet<Span>> {
    let mut lints: BTreeMap<&str, bool> = BTreeMap::new();
    let mut said: BTreeMap<&str, BTreeSet<Span>> = BTreeMap::new();
    for one in report.diagnostics.iter().filter(|one| one.is_reported()) {
        let is_meant = || desk.lint(&one.lint).is_some_and(|lint| lint.record.matcher.value.finds_broken_links());
        if *lints.entry(&one.lint).or_insert_with(is_meant) {
            let spans = said.entry(&one.place.path).or_default();
            spans.insert(one.place.span);
            spans.extend(&one.also);
        }
    }
    said
}

/// The address that a link leads to, from the root of the site where it is one of the site: links of several pages that mean
/// one page are written in several ways.
fn address(corpus: &Corpus<'_>, post: usize, link: &LinkUse, resolved: &Resolved) -> String {
    let is_of_site = matches!(resolved.verdict, Verdict::Broken | Verdict::BrokenAnchor | Verdict::NotPublished(_));
    let Written::Address { text, .. } = link.written() else { return link.url.to_string() };
    let from = corpus.posts[post].links.as_ref().and_then(|links| links.place.address.as_deref());
    match from.filter(|_| is_of_site) {
        None => text.to_string(),
        Some(from) => from_root(from, &text),
    }
}

/// The path that an address on the page `from` means, without a query.
fn from_root(from: &str, address: &str) -> String {
    let (before, fragment) = address.split_once('#').map_or((address, ""), |(before, fragment)| (before, fragment));
    let written = before.split('?').next().unwrap_or_default();
    let behind_host = written.split_once("//").filter(|(scheme, _)| scheme.is_empty() || scheme.ends_with(':'));
    let path = behind_host.map_or(written, |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]));
    let page = if path.is_empty() { from.to_owned() } else { path::followed(from, &path::decoded(path)) };
    if fragment.is_empty() { page } else { format!("{page}#{fragment}") }
}

fn what(resolved: &Resolved) -> &'static str {
    match resolved.verdict {
        Verdict::BrokenAnchor => "the page has no such place",
        Verdict::BrokenReference => "the template tag names nothing",
        Verdict::NotPublished(Absence::Draft) => "it is a draft",
        Verdict::NotPublished(Absence::Future) => "its date is in the future",
        Verdict::NotPublished(Absence::Unpublished) => "its front matter keeps it out",
        Verdict::NotPublished(Absence::Expired) => "it has expired",
        Verdict::External => "nothing is there any more",
        _ => "no page and no file is there",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_begin_at_the_root() {
        for (address, expected) in [
            ("b", "/a/b"),
            ("../b/?q=1#c", "/b/#c"),
            ("#c", "/a/#c"),
            ("/b c", "/b c"),
            ("/b%20c", "/b c"),
            ("https://own.test/b/#c", "/b/#c"),
            ("//own.test", "/"),
            ("/see//twice", "/see/twice"),
        ] {
            assert_eq!(from_root("/a/", address), expected, "{address}");
        }
    }
}
