//! What is wrong with where a page is: two pages at one address, a day that the time zone moved, a day that is none, a page to
//! which no link leads.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::corpus::Corpus;
use crate::matcher::{CorpusMatcher, Hit, SiteHit};
use crate::site::Role;

/// What is wrong with where a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// Another page has the same address, and only one of them is on the site.
    SharedAddress,
    /// The day in the address is not the one that was written: the time zone moves it.
    ShiftedDay,
    /// The address asks for a day, and the page has none.
    NoDay,
    /// No other page links to it.
    Orphan,
}

pub(super) struct Pages {
    pub(super) trouble: Trouble,
}

impl CorpusMatcher for Pages {
    fn hits(&self, corpus: &Corpus<'_>, out: &mut Vec<SiteHit>) {
        match self.trouble {
            Trouble::SharedAddress => {
                let hits = corpus.shared_addresses().iter().map(|(first, other)| {
                    let (first, other) = (*first as usize, *other as usize);
                    let mut hit = on(corpus, other, &[("path", corpus.posts[first].path.to_string())]);
                    hit.elsewhere.push((first, corpus.posts[first].lead, "the other page at this address".to_owned()));
                    hit
                });
                out.extend(hits);
            }
            Trouble::ShiftedDay => out.extend(pages(corpus).filter_map(|post| {
                let (written, shown) = corpus.posts[post].links.as_ref()?.place.shift?;
                Some(on(corpus, post, &[("written", written.to_string()), ("shown", shown.to_string())]))
            })),
            Trouble::NoDay => out.extend(
                pages(corpus)
                    .filter(|post| {
                        corpus.posts[*post]
                            .links
                            .as_ref()
                            .is_some_and(|links| links.place.is_undated && links.place.absent.is_none())
                    })
                    .map(|post| on(corpus, post, &[])),
            ),
            Trouble::Orphan => out.extend(
                corpus
                    .orphans()
                    .filter(|post| corpus.posts[*post].role == Role::Post)
                    .map(|post| on(corpus, post, &[])),
            ),
        }
        out.sort_by_key(|hit| hit.post);
    }
}

fn pages(corpus: &Corpus<'_>) -> std::ops::Range<usize> {
    0..corpus.posts.len()
}

fn on(corpus: &Corpus<'_>, post: usize, vars: &[(&'static str, String)]) -> SiteHit {
    let facts = &corpus.posts[post];
    let address = facts.links.as_ref().and_then(|links| links.place.address.as_deref()).unwrap_or_default();
    let mut all = vec![(Cow::Borrowed("address"), address.to_owned())];
    all.extend(vars.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())));
    SiteHit { post, hit: Hit { span: facts.lead, vars: all, ..Hit::default() }, elsewhere: vec![] }
}
