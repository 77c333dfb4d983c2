//! The links of a site as a graph: its pages, what each leads to, and the hosts that the site links to.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cut::cut;
use super::{Resolved, Verdict};
use crate::corpus::{Corpus, LinkUse};
use crate::post::Written;
use crate::site::address::Absence;

/// The links of a site. Needs facts that hold external links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// The pages, sorted by path.
    pub pages: Vec<PageLinks>,
    /// The hosts that links lead to, the most frequent first.
    pub hosts: Vec<HostLinks>,
}

/// A page and its links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLinks {
    /// Its path.
    pub path: Arc<str>,
    /// Its title, if it has one.
    pub title: Option<Box<str>>,
    /// Its address on the site, where that is known.
    pub address: Option<Box<str>>,
    /// Why it is not on the site, if it is not.
    pub absent: Option<Absence>,
    /// How many other pages link to it.
    pub linked_from: usize,
    /// The links on it, in order of position.
    pub links: Vec<Edge>,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The address as written; a template tag where one names it.
    pub url: Box<str>,
    /// Where it leads.
    pub verdict: Verdict,
    /// Index of the page it leads to.
    pub to: Option<usize>,
    /// The host of a link that leads away, in small letters.
    pub host: Option<Box<str>>,
    /// Whether it shows an image.
    pub image: bool,
}

/// A host that is linked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostLinks {
    /// Its name, in small letters.
    pub host: Box<str>,
    /// How many links lead to it.
    pub links: usize,
    /// On how many pages they stand.
    pub pages: usize,
}

impl PageLinks {
    /// Whether the page is on the site and no other one links to it.
    pub fn is_orphan(&self) -> bool {
        self.linked_from == 0 && self.absent.is_none() && self.address.is_some()
    }

    /// Indices of the pages that it links to, other than itself, sorted, each once.
    pub fn leads_to(&self, own: usize) -> Vec<usize> {
        let mut to: Vec<usize> = self.links.iter().filter_map(|edge| edge.to).filter(|to| *to != own).collect();
        to.sort_unstable();
        to.dedup();
        to
    }
}

impl Graph {
    /// The graph of a corpus.
    pub(in crate::corpus) fn of(corpus: &Corpus<'_>) -> Self {
        let resolved = corpus.every_link();
        let mut pages: Vec<PageLinks> = corpus
            .posts
            .iter()
            .enumerate()
            .map(|(index, post)| {
                let place = post.links.as_ref().map(|links| &links.place);
                PageLinks {
                    path: post.path.clone(),
                    title: post.title.as_ref().map(|title| title.text.clone()),
                    address: place.and_then(|place| place.address.clone()),
                    absent: place.and_then(|place| place.absent),
                    linked_from: 0,
                    links: corpus.uses(index).iter().zip(&resolved[index]).map(|(link, at)| edge(link, at)).collect(),
                }
            })
            .collect();
        let ends: Vec<Vec<usize>> = pages.iter().enumerate().map(|(own, page)| page.leads_to(own)).collect();
        ends.into_iter().flatten().for_each(|to| pages[to].linked_from += 1);
        let hosts = hosts(&pages);
        Self { pages, hosts }
    }
}

fn edge(link: &LinkUse, resolved: &Resolved) -> Edge {
    let host = match link.written() {
        Written::Address { text, .. } if resolved.verdict == Verdict::External => {
            cut(&text).and_then(|cut| Some(cut.host?.to_lowercase().into()))
        }
        _ => None,
    };
    Edge {
        url: link.url.clone(),
        verdict: resolved.verdict,
        to: resolved.post.map(|post| post as usize),
        host,
        image: link.image,
    }
}

fn hosts(pages: &[PageLinks]) -> Vec<HostLinks> {
    let mut all: BTreeMap<&str, HostLinks> = BTreeMap::new();
    for page in pages {
        let mut own: Vec<&str> = page.links.iter().filter_map(|edge| edge.host.as_deref()).collect();
        own.sort_unstable();
        for same in own.chunk_by(|a, b| a == b) {
            let host = all.entry(same[0]).or_insert_with(|| HostLinks { host: same[0].into(), links: 0, pages: 0 });
            host.links += same.len();
            host.pages += 1;
        }
    }
    let mut all: Vec<HostLinks> = all.into_values().collect();
    all.sort_by(|a, b| b.links.cmp(&a.links).then_with(|| a.host.cmp(&b.host)));
    all
}
