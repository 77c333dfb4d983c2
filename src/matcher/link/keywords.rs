//! Many short links to one host: keywords sold to a site that wants to rank for them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::address::Address;
use crate::matcher::Hit;
use crate::post::{BlockKind, Link, Post};

/// How many links, how short, and how large a part of all.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Keywords {
    /// Fewer links with different texts to one host are none.
    pub min_count: usize,
    /// A longer text is no keyword.
    pub max_chars: usize,
    /// The least part that they make of all links to hosts in running text, in percent.
    pub min_percent: usize,
}

impl Keywords {
    /// Adds the links to a host that has enough of them. Links that are not `meant` count among all.
    pub(super) fn hits(&self, post: &Post, meant: &dyn Fn(&Link) -> bool, out: &mut Vec<Hit>) {
        let from = out.len();
        let mut all = 0;
        let mut by_host: BTreeMap<String, Vec<(&Link, &str)>> = BTreeMap::new();
        for link in post.links.iter().filter(|link| is_in_running_text(post, link)) {
            let address = Address::of(&link.url);
            let (Some(_), Some(host)) = (address.scheme, address.host) else { continue };
            all += 1;
            let words = post.prose.text[link.text.start as usize..link.text.end as usize].trim();
            if self.is_keyword(words) && meant(link) {
                by_host.entry(host.to_ascii_lowercase()).or_default().push((link, words));
            }
        }
        for (host, links) in by_host {
            let distinct: BTreeSet<&str> = links.iter().map(|(_, words)| *words).collect();
            if distinct.len() < self.min_count || links.len() * 100 < all * self.min_percent {
                continue;
            }
            out.extend(links.iter().map(|(link, words)| Hit {
                span: link.span,
                vars: vec![
                    (Cow::Borrowed("url"), super::shortened(&link.url, super::LONGEST_URL)),
                    (Cow::Borrowed("host"), host.clone()),
                    (Cow::Borrowed("links"), links.len().to_string()),
                    (Cow::Borrowed("words"), (*words).to_owned()),
                ],
                ..Hit::default()
            }));
        }
        out[from..].sort_by_key(|hit| hit.span.start);
    }

    /// Whether a text is a word or two. Numbers of tickets and names of people are none, nor is code.
    fn is_keyword(&self, words: &str) -> bool {
        let letters = words.chars().filter(|c| c.is_alphabetic()).count();
        letters >= 2
            && words.chars().count() <= self.max_chars
            && words.starts_with(char::is_alphabetic)
            && !words.contains(crate::post::OBJECT)
    }
}

/// Lists, tables and headings are made of short links by nature.
fn is_in_running_text(post: &Post, link: &Link) -> bool {
    let Some(block) = post.prose.blocks.get(link.block as usize) else { return false };
    !link.image && block.kind == BlockKind::Paragraph && !block.in_list && !block.in_table && !block.hidden
}
