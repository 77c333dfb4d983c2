//! What can be written where the cursor is, out of what the site has: targets of links, anchors, terms. Every target that is offered
//! has been resolved, and leads to the post that it is offered for.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::cursor::{Target, Writing};
use super::position::Range;
use crate::corpus::{Corpus, Facts, LinkUse, Manner, Resolved, Speller, Style, Verdict, link_like};
use crate::fix::front_matter::quoted;
use crate::post::{Format, LinkKind};
use crate::site::Role;
use crate::site::address::path::encoded;
use crate::source::Span;

/// Most that are offered at once; with more, the client asks again when more is typed.
const MOST: usize = 500;

/// What is offered.
pub(super) struct Offer<'a> {
    pub(super) corpus: &'a Corpus<'a>,
    /// The post that is being written, by its index.
    pub(super) post: usize,
    /// Its text.
    pub(super) text: &'a str,
    /// The range of a span of it.
    pub(super) range: &'a (dyn Fn(Span) -> Range + Sync),
}

impl Offer<'_> {
    /// A list of completions.
    pub(super) fn list(&self, writing: &Writing) -> Value {
        let (items, is_incomplete) = match writing {
            Writing::Target(target) => self.targets(target),
            Writing::Anchor { link, typed } => (self.anchors(link, *typed), false),
            Writing::Term { key, typed, is_quoted, format } => (self.terms((key, *format), *typed, *is_quoted), false),
        };
        json!({"isIncomplete": is_incomplete, "items": items})
    }

    /// The posts that a link can lead to, and whether there are more.
    fn targets(&self, target: &Target) -> (Vec<Value>, bool) {
        let typed = self.text[target.typed.range()].to_lowercase();
        // What has been typed of a name; of a path, its last part.
        let word = typed.rsplit(['/', '@']).next().unwrap_or_default().trim_start_matches('.').to_owned();
        let is_like = |post: &Facts| {
            let title = post.title.as_ref().map(|title| title.text.to_lowercase()).unwrap_or_default();
            let address = post.links.as_ref().and_then(|links| links.place.address.as_deref()).unwrap_or_default();
            [&post.path.to_lowercase(), &title, &address.to_lowercase()].iter().any(|text| text.contains(&word))
        };
        let has_many = self.corpus.posts.len() > MOST;
        let mut posts: Vec<usize> = (0..self.corpus.posts.len()).filter(|post| *post != self.post).collect();
        posts.retain(|post| !has_many || is_like(&self.corpus.posts[*post]));
        // The newest are the likeliest.
        posts.sort_by_key(|post| std::cmp::Reverse(self.corpus.posts[*post].date));
        let is_incomplete = has_many;
        let speller = self.corpus.speller();
        let names = posts.into_iter().filter_map(|post| Some((post, self.name(&speller, target, post)?))).take(MOST);
        let items = names.enumerate().map(|(place, (post, name))| self.target((target.typed, place), post, &name));
        (items.collect(), is_incomplete)
    }

    /// How a post is named where the target is written.
    fn name(&self, speller: &Speller<'_>, target: &Target, post: usize) -> Option<String> {
        let typed = &self.text[target.typed.range()];
        let is_usual = typed.is_empty() && !speller.usual().has_ending;
        let is_address = target.before.is_empty() && target.kind != LinkKind::Wiki;
        let knows_sources = is_address && (is_usual || typed.starts_with('@'));
        let (before, style) = match speller.content_links().filter(|_| knows_sources) {
            Some(start) => (start, Style { has_ending: true, ..Style::default() }),
            None if typed.starts_with('@') => return None,
            None => (target.before, self.style(speller, typed)),
        };
        let link = link_like(target.kind, &format!("{before}x{}", target.after));
        let (manner, part) = Manner::of(&link)?;
        // Tags of posts know no pages.
        if matches!(manner, Manner::Post | Manner::Slug) && self.corpus.posts[post].role != Role::Post {
            return None;
        }
        let manner = match manner {
            Manner::Address(_) => Manner::Address(style),
            Manner::Page(_) => Manner::Page(style),
            named => named,
        };
        let leads_there = |_: &str, now: Resolved| {
            let is_there = matches!(now.verdict, Verdict::Found | Verdict::NotPublished(_));
            is_there && now.post.is_some_and(|found| found as usize == post)
        };
        let to = self.corpus.destination(post);
        let name = speller.spelled((self.post, &link), (manner, part), &to, &leads_there)?;
        Some(if target.before.is_empty() { format!("{before}{name}") } else { name })
    }

    /// The style in which the author has begun, or the usual one.
    fn style(&self, speller: &Speller<'_>, typed: &str) -> Style {
        let usual = speller.usual();
        match typed {
            "" => usual,
            _ if typed.starts_with('/') => Style { is_rooted: true, ..Style::default() },
            _ => Style { is_rooted: false, is_dotted: typed.starts_with("./"), ..usual },
        }
    }

    fn target(&self, (typed, place): (Span, usize), post: usize, name: &str) -> Value {
        let facts = &self.corpus.posts[post];
        let title = facts.title.as_ref().map_or("", |title| &*title.text);
        json!({
            "label": name,
            "kind": 17,
            "detail": if facts.is_draft { format!("draft: {title}") } else { title.to_owned() },
            "filterText": format!("{name} {title}"),
            "sortText": format!("{place:05}"),
            "textEdit": {"range": (self.range)(typed), "newText": name},
        })
    }

    /// The places on the page where a link leads.
    fn anchors(&self, link: &LinkUse, typed: Span) -> Vec<Value> {
        let post = match &*link.url {
            "" => Some(self.post),
            _ => self.corpus.speller().resolve(self.post, link).post.map(|post| post as usize),
        };
        let links = post.and_then(|post| self.corpus.posts[post].links.as_ref());
        let ids = links.map_or(&[][..], |links| &links.anchors.ids);
        let item = |id: &String| {
            let text = encoded(id);
            json!({"label": id, "kind": 18, "textEdit": {"range": (self.range)(typed), "newText": text}})
        };
        ids.iter().take(MOST).map(item).collect()
    }

    /// The terms that other posts have under a key, the commonest first.
    fn terms(&self, (key, format): (&str, Format), typed: Span, is_quoted: bool) -> Vec<Value> {
        let of = |post: &Facts| post.terms.clone().into_iter().filter(|term| term.taxonomy == key);
        let own: Vec<String> = of(&self.corpus.posts[self.post]).map(|term| term.text).collect();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let others = self.corpus.posts.iter().enumerate().filter(|(post, _)| *post != self.post);
        others.flat_map(|(_, post)| of(post)).for_each(|term| *counts.entry(term.text).or_default() += 1);
        let mut terms: Vec<(String, usize)> = counts.into_iter().filter(|(term, _)| !own.contains(term)).collect();
        terms.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let item = |(place, (term, count)): (usize, &(String, usize))| {
            let text = match format {
                _ if is_quoted => inner(term),
                Format::Yaml if is_plain(term) => term.clone(),
                _ => quoted(term),
            };
            json!({
                "label": term,
                "kind": 12,
                "detail": if *count == 1 { "1 post".to_owned() } else { format!("{count} posts") },
                "sortText": format!("{place:05}"),
                "textEdit": {"range": (self.range)(typed), "newText": text},
            })
        };
        terms.iter().take(MOST).enumerate().map(item).collect()
    }
}

/// A text as it stands between double quotes.
fn inner(text: &str) -> String {
    let quoted = quoted(text);
    quoted[1..quoted.len() - 1].to_owned()
}

/// Whether a text needs no quotes in YAML to be read as this text.
fn is_plain(text: &str) -> bool {
    let root = crate::spanned::yaml::parse(&format!("k: [{text}]"));
    let is_same = |root: crate::spanned::Node| {
        root.get("k").is_some_and(|list| matches!(list.items(), [one] if one.as_str() == Some(text)))
    };
    root.is_ok_and(is_same)
}
