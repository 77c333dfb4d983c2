//! Where links lead in the whole site. What leads away from it, and what cannot be told from the sources, is never a hit.

use std::borrow::Cow;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{LONGEST_URL, shortened};
use crate::corpus::{Advice, Answer, Corpus, LinkUse, Reach, Resolved, Verdict};
use crate::matcher::{CorpusMatcher, Hit, SiteHit};
use crate::post::LinkKind;
use crate::site::address::Absence;

/// Where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Lead {
    /// To no page and no file of the site.
    Nowhere,
    /// To a page without the place that is named.
    NoAnchor,
    /// To nothing, by a template tag that names a post, a page or a file.
    NoReference,
    /// To a page that is not on the site: a draft, one of the future, one that is said not to be published.
    Unpublished,
    /// To a page, but not by the address that the generator writes.
    WrongForm,
    /// To a redirect to a page of the site.
    Redirect,
    /// To a page of the site by the name of its host.
    OwnHost,
    /// Away from the site to nothing: the network was asked, and has said so for longer than the grace.
    Dead,
    /// Away from the site to an address that has moved for good.
    Moved,
    /// Away from the site by `http:`, where `https:` answers too.
    Insecure,
}

pub(super) struct Leads {
    pub(super) lead: Lead,
    pub(super) image: Option<bool>,
}

impl CorpusMatcher for Leads {
    fn hits(&self, corpus: &Corpus<'_>, out: &mut Vec<SiteHit>) {
        let is_meant = |resolved: &Resolved, link: &LinkUse| {
            self.is_meant(resolved, corpus.answer(link)) && self.image.is_none_or(|image| image == link.image)
        };
        let in_post = |(post, links): (usize, &Vec<Resolved>)| {
            let uses = links.iter().zip(corpus.uses(post)).enumerate();
            let meant = uses.filter(|(_, (resolved, link))| is_meant(resolved, link));
            let hit = |(at, (resolved, link))| hit(corpus, (post, link), resolved, &corpus.advice(post, at));
            meant.map(hit).collect::<Vec<_>>()
        };
        // What a link should be is looked for among many addresses.
        out.par_extend(corpus.links().par_iter().enumerate().flat_map_iter(in_post));
    }
}

impl Leads {
    fn is_meant(&self, resolved: &Resolved, answer: Option<&Answer>) -> bool {
        let is =
            |reach: Reach| resolved.verdict == Verdict::External && answer.is_some_and(|answer| answer.is == reach);
        match self.lead {
            Lead::Nowhere => resolved.verdict == Verdict::Broken,
            Lead::NoAnchor => resolved.verdict == Verdict::BrokenAnchor,
            Lead::NoReference => resolved.verdict == Verdict::BrokenReference,
            Lead::Unpublished => matches!(resolved.verdict, Verdict::NotPublished(_)),
            Lead::WrongForm => matches!(resolved.verdict, Verdict::WrongForm(_)),
            Lead::Redirect => resolved.verdict == Verdict::Redirected,
            Lead::OwnHost => resolved.names_host && resolved.verdict == Verdict::Found,
            Lead::Dead => is(Reach::Dead),
            Lead::Moved => is(Reach::MovedPermanently),
            Lead::Insecure => is(Reach::InsecureUpgrade),
        }
    }
}

fn hit(corpus: &Corpus<'_>, (post, link): (usize, &LinkUse), resolved: &Resolved, advice: &Advice) -> SiteHit {
    let var = |name: &'static str, value: String| (Cow::Borrowed(name), value);
    let target = resolved.post.map(|post| corpus.posts[post as usize].path.to_string());
    let answer = corpus.answer(link).filter(|_| resolved.verdict == Verdict::External);
    let fragment = link.url.split_once('#').map(|(_, fragment)| format!("#{fragment}")).unwrap_or_default();
    let told = answer.and_then(|answer| answer.instead.as_ref()).map(|instead| format!("{instead}{fragment}"));
    let instead = match (told.as_ref().or(advice.instead.as_ref()), told.is_some() || advice.is_certain) {
        (Some(instead), true) => format!("write `{instead}`"),
        (Some(instead), false) => format!("did you mean `{instead}`?"),
        (None, _) if resolved.verdict == Verdict::BrokenAnchor => {
            "write the anchor of a place that the page has, or leave it out".to_owned()
        }
        (None, _) => "write the address of a page that is there, or take the link out".to_owned(),
    };
    let address = told.clone().or_else(|| advice.instead.clone());
    let mut vars = vec![
        var("url", shortened(&link.url, LONGEST_URL)),
        var("path", target.unwrap_or_default()),
        var("instead", instead),
        var("what", answer.map_or_else(|| what(resolved).to_owned(), |answer| answer.reason.clone())),
    ];
    // What a template makes of it is not to be written out by hand.
    let is_literal = !link.url.contains("{{") && !link.url.contains("{%");
    // Between `<` and `>` stand whole addresses only.
    let is_whole =
        |address: &String| !matches!(link.kind, LinkKind::Autolink | LinkKind::Bare) || address.contains("://");
    vars.extend(address.filter(|address| is_literal && is_whole(address)).map(|address| var("address", address)));
    SiteHit { post, hit: Hit { span: link.target, vars, ..Hit::default() }, elsewhere: vec![] }
}

/// What is to be said of where a link leads, besides that it does.
fn what(resolved: &Resolved) -> &'static str {
    match resolved.verdict {
        Verdict::NotPublished(Absence::Draft) => "it is a draft",
        Verdict::NotPublished(Absence::Future) => "its date is in the future",
        Verdict::NotPublished(Absence::Unpublished) => "its front matter keeps it out",
        Verdict::NotPublished(Absence::Expired) => "it has expired",
        Verdict::WrongForm(form) => form.what(),
        _ => "",
    }
}
