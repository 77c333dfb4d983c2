//! Where links lead: each is held against the addresses of all pages, the files of the site, and what its generator makes
//! besides. What cannot be known is `Unverified`, never `Broken`.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::Corpus;
use crate::site::address::Absence;

mod answer;
mod cut;
mod files;
mod fragment;
mod graph;
mod linked;
mod moved;
mod near;
mod reference;
mod resolve;
mod source;
mod spelling;
mod table;
mod uses;

pub use answer::{Answer, Answers, Reach};
pub(super) use files::Folders;
pub use graph::{Edge, Graph, HostLinks, PageLinks};
pub(super) use linked::Linked;
pub use moved::{Move, Renamed};
pub use near::Advice;
use resolve::Resolver;
pub use spelling::{Destination, Manner, Speller, Style, link_like};
pub(super) use table::Table;
pub use uses::{LinkFacts, LinkUse, Linking};

/// Where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// What is known of it.
    pub verdict: Verdict,
    /// The post it leads to or means, by its index in the corpus.
    pub post: Option<u32>,
    /// Whether the link names the site's own host where a path would do.
    pub names_host: bool,
}

/// What is known of where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// To a page or a file of the site.
    Found,
    /// To an address of the site that only redirects to a page.
    Redirected,
    /// To a page, but not by its address: it works by luck, or by a redirect of the server.
    WrongForm(Form),
    /// To a page that is not on the site.
    NotPublished(Absence),
    /// Nowhere.
    Broken,
    /// To a page, but to no place in it.
    BrokenAnchor,
    /// Nowhere: a template tag names no page or file.
    BrokenReference,
    /// Away from the site.
    External,
    /// To no page at all: mail, a telephone, a script, nothing.
    Other,
    /// That cannot be told from the sources.
    Unverified,
}

/// How an address differs from the one that the generator writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Capital letters where small ones are, or the other way round.
    Case,
    /// A slash at the end that is missing, or one too many.
    Slash,
    /// The source file in place of the page's address.
    Source,
    /// The folder that the whole site is in is missing.
    Base,
}

impl Form {
    /// What is wrong, to follow "leads to a page, but".
    pub fn what(self) -> &'static str {
        match self {
            Form::Case => "capital and small letters differ",
            Form::Slash => "the slash at the end differs",
            Form::Source => "names its source file",
            Form::Base => "leaves out the folder that the site is in",
        }
    }
}

impl Corpus<'_> {
    /// For each post that somebody wants to hear of: where its links lead, in the order of `Facts::links`. Empty where facts
    /// hold no links.
    pub fn links(&self) -> &[Vec<Resolved>] {
        self.links.get_or_init(|| self.resolved(&|post| self.is_asked(post)))
    }

    /// The same for all posts.
    pub fn every_link(&self) -> &[Vec<Resolved>] {
        match self.asked {
            None => self.links(),
            Some(_) => self.every_link.get_or_init(|| self.resolved(&|_| true)),
        }
    }

    fn resolved(&self, is_wanted: &(dyn Fn(usize) -> bool + Sync)) -> Vec<Vec<Resolved>> {
        let resolver = self.resolver();
        let of_post = |post: usize| match is_wanted(post) {
            true => self.uses(post).iter().map(|link| resolver.resolve(post, link)).collect(),
            false => vec![],
        };
        (0..self.posts.len()).into_par_iter().map(of_post).collect()
    }

    /// The links of a post, as they are written.
    pub fn uses(&self, post: usize) -> &[LinkUse] {
        self.posts[post].links.as_ref().map_or(&[], |links| &links.uses)
    }

    /// The pages of the site by their addresses.
    pub(super) fn table(&self) -> &Table {
        self.table.get_or_init(|| Table::of(&self.posts, &self.addresses.home().base))
    }

    /// The addresses that links lead to outside of the site, as they are written, sorted, each once. Needs facts that hold
    /// them.
    pub fn external(&self) -> BTreeSet<&str> {
        let links = (0..self.posts.len()).flat_map(|post| self.uses(post).iter().zip(&self.every_link()[post]));
        links.filter(|(_, resolved)| resolved.verdict == Verdict::External).map(|(link, _)| &*link.url).collect()
    }

    /// What the network said of a link, if it was asked.
    pub fn answer(&self, link: &LinkUse) -> Option<&Answer> {
        self.answers.get(&*link.url)
    }

    /// The links of the site as a graph.
    pub fn graph(&self) -> Graph {
        Graph::of(self)
    }

    /// Pages of which several have one address: the first of them and each other one, sorted.
    pub fn shared_addresses(&self) -> &[(u32, u32)] {
        self.table().collisions()
    }

    /// The posts that are on the site and that no other post links to, in order.
    pub fn orphans(&self) -> impl Iterator<Item = usize> {
        let mut is_linked = vec![false; self.posts.len()];
        for (from, links) in self.every_link().iter().enumerate() {
            for to in links.iter().filter_map(|link| link.post).map(|to| to as usize).filter(|to| *to != from) {
                is_linked[to] = true;
            }
        }
        let is_placed = |post: &usize| {
            let place = self.posts[*post].links.as_ref().map(|links| &links.place);
            place.is_some_and(|place| place.address.is_some() && place.absent.is_none())
        };
        (0..self.posts.len()).filter(is_placed).filter(move |post| !is_linked[*post])
    }

    fn resolver(&self) -> Resolver<'_> {
        Resolver::new(self)
    }

    /// What a link of a post that leads nowhere, or not by its address, should be; `link` is its place in `uses`.
    pub fn advice(&self, post: usize, link: usize) -> Advice {
        near::advice(self, post, &self.uses(post)[link], &self.links()[post][link])
    }
}

#[cfg(test)]
mod tests;
