//! What has to be written otherwise once files have moved: links that led to them, and relative links in those that moved.

use std::ops::Range;

use rayon::prelude::*;

use super::cut::cut;
use super::spelling::{Destination, Manner, Speller};
use super::{LinkUse, Resolved, Verdict};
use crate::corpus::Corpus;
use crate::post::Written;
use crate::site::address::path;

/// A link that needs another name for where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// The post that it stands in, by its index in the corpus before the move.
    pub post: usize,
    /// Its place in `Corpus::uses`.
    pub link: usize,
    /// Which part of its address (`LinkUse::url`) is replaced.
    pub part: Range<usize>,
    /// By what.
    pub name: String,
}

/// A site before and after some files have moved.
pub struct Move<'a> {
    /// Before.
    pub before: &'a Corpus<'a>,
    /// After: the same posts, those that moved by their new paths.
    pub after: &'a Corpus<'a>,
    /// The path that a file has afterwards.
    pub moved: &'a (dyn Fn(&str) -> String + Sync),
}

impl Move<'_> {
    /// The links that would no longer lead where they do, and can be written so that they will, by post and position.
    pub fn renamed(&self) -> Vec<Renamed> {
        let speller = self.after.speller();
        let (was, old) = (self.before.every_link(), self.before.speller());
        let of_post = |post: usize| {
            let Some(after) = self.place(post) else { return vec![] };
            let (uses, later) = (self.before.uses(post), self.after.uses(after));
            if uses.len() != later.len() {
                return vec![];
            }
            let links = uses.iter().zip(&was[post]).enumerate();
            let renamed = links.filter_map(|(index, (link, was))| {
                let link = Link { before: (post, &old), after: (after, &speller), link, was: *was };
                let (part, name) = self.other_name(&link)?;
                Some(Renamed { post, link: index, part, name })
            });
            renamed.collect()
        };
        (0..self.before.posts.len()).into_par_iter().flat_map_iter(of_post).collect()
    }

    /// Where a post is in the corpus afterwards; `None` if it is no post any more.
    fn place(&self, post: usize) -> Option<usize> {
        self.after.index(&(self.moved)(&self.before.posts[post].path))
    }

    /// The part of a link that needs another name, and the name.
    fn other_name(&self, link: &Link<'_>) -> Option<(Range<usize>, String)> {
        let Link { before, after: (from, speller), link: used, was } = link;
        let meant = match was.post {
            Some(post) => Some(u32::try_from(self.place(post as usize)?).ok()?),
            None if was.verdict == Verdict::Found => None,
            None => return None,
        };
        // Of a page that is there, an anchor may be in doubt.
        let is_good =
            |now: Verdict| now == was.verdict || now == Verdict::Found || now == Verdict::Unverified && meant.is_some();
        let is_as_before = |now: Resolved| now.post == meant && is_good(now.verdict);
        if is_as_before(speller.resolve(*from, used)) {
            return None;
        }
        let (manner, part) = Manner::of(used)?;
        let to = match meant {
            Some(post) => self.after.destination(post as usize),
            None => self.file(before.0, used)?,
        };
        // A file is found by trying its new path; what was there before is another one.
        let is_another = |name: &str| {
            let there = before.1.resolve(before.0, &used.renamed(&part, name));
            meant.is_none() && name.starts_with('/') && there.verdict == Verdict::Found
        };
        let is_meant = |name: &str, now: Resolved| is_as_before(now) && !is_another(name);
        let name = speller.spelled((*from, used), (manner, part.clone()), &to, &is_meant)?;
        Some((part, name))
    }

    /// Where a file of the site that a link leads to is afterwards.
    fn file(&self, post: usize, link: &LinkUse) -> Option<Destination> {
        let facts = &self.before.posts[post];
        let Written::Address { text, .. } = link.written() else { return None };
        let written = path::decoded(cut(&text)?.path).into_owned();
        let address = facts.links.as_ref().and_then(|links| links.place.address.as_deref());
        if written.starts_with('/') {
            let base = &*self.before.addresses.home().base;
            let below = written.strip_prefix(base).filter(|rest| rest.starts_with('/')).unwrap_or(&written);
            let files = self.before.addresses.files(below);
            let moved = files.iter().map(|file| (file, (self.moved)(file))).find(|(file, moved)| *file != moved)?;
            return Some(Destination { path: Some(moved.1), address: None });
        }
        let beside = path::joined(&format!("/{}", facts.path), &written);
        Some(Destination {
            path: beside.map(|path| (self.moved)(path.trim_start_matches('/'))),
            address: address.map(|address| path::followed(address, &written)),
        })
    }
}

/// A link, before and after.
struct Link<'a> {
    before: (usize, &'a Speller<'a>),
    after: (usize, &'a Speller<'a>),
    link: &'a LinkUse,
    was: Resolved,
}
