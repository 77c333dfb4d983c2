//! What facts keep of a page for its links: where it is, which places it has, where it leads.

use std::ops::Range;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::cut::cut;
use super::resolve::is_own;
use crate::post::{Anchors, Link, LinkKind, Post, Written};
use crate::site::address::{Addresses, Page, Place};
use crate::source::Span;

/// What is kept of a post for links to it and from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkFacts {
    /// Where the page is.
    pub place: Place,
    /// Which places it has.
    pub anchors: Anchors,
    /// The links on it, in order of position.
    pub uses: Box<[LinkUse]>,
}

/// A link, as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkUse {
    /// The whole.
    pub span: Span,
    /// The address alone.
    pub target: Span,
    /// How it is written.
    pub kind: LinkKind,
    /// Whether it shows an image.
    pub image: bool,
    /// The address with escapes and entities resolved, template tags as written.
    pub url: Box<str>,
}

/// With what pages are placed, and which of their links are kept.
#[derive(Clone, Debug)]
pub struct Linking {
    /// The addresses of the site.
    pub addresses: Addresses,
    /// The time of the run: posts dated later are not on the site.
    pub now: Timestamp,
    /// Whether links that lead away from the site are kept too.
    pub external: bool,
}

impl LinkFacts {
    /// What is kept of a post.
    pub(in crate::corpus) fn of(post: &Post, linking: &Linking) -> Self {
        let page = Page { path: &post.source.path, role: post.role, front: &post.front.root };
        let leads_away = |link: &LinkUse| match link.written() {
            Written::Address { text, .. } => {
                cut(&text).is_some_and(|cut| cut.host.is_some_and(|host| !is_own(&linking.addresses, host)))
            }
            _ => false,
        };
        let mut uses: Vec<LinkUse> = post.every_link().map(LinkUse::of).collect();
        uses.retain(|link| linking.external || !leads_away(link));
        Self {
            place: linking.addresses.place(&page, linking.now),
            anchors: post.anchors(linking.addresses.habits().anchors),
            uses: uses.into(),
        }
    }
}

impl LinkUse {
    fn of(link: &Link) -> Self {
        // Of an address in running text, what makes a link of it writes the scheme.
        let has_scheme = link.kind != LinkKind::Bare || link.url.contains("://");
        let url = if has_scheme { link.url.as_str().into() } else { format!("http://{}", link.url).into() };
        Self { span: link.span, target: link.target, kind: link.kind, image: link.image, url }
    }

    /// The same link with another name in a part of its address.
    #[must_use]
    pub fn renamed(&self, part: &Range<usize>, name: &str) -> Self {
        let url = format!("{}{name}{}", &self.url[..part.start], &self.url[part.end..]);
        Self { url: url.into(), ..self.clone() }
    }

    /// What the address says.
    pub fn written(&self) -> Written<'_> {
        Written::of(self.kind, &self.url)
    }
}
