//! Titles that several posts have. What says more about the same posts is said by other kinds: copies, series, translations
//! and versions are left alone.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::{Components, Pattern, SpecError, is_match, lead, path, patterns, var};
use crate::corpus::{Class, Corpus, Facts};
use crate::matcher::{CorpusMatcher, Hit, SiteHit};
use crate::site::Role;
use crate::spanned::de::Located;

/// Titles that are equal but for case, width and blanks; of posts without a day, only those of one folder.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Title {
    /// Posts whose days lie further apart are parts of a series; all are compared when it is left out.
    #[serde(default)]
    pub within_days: Option<u32>,
    /// Regular expressions: a title that one of them matches is left alone.
    #[serde(default)]
    pub unless: Vec<Located<String>>,
}

impl Title {
    pub(super) fn build(&self) -> Result<Titles, SpecError> {
        Ok(Titles { within_days: self.within_days, unless: patterns(&self.unless)? })
    }
}

pub(super) struct Titles {
    within_days: Option<u32>,
    unless: Vec<Pattern>,
}

impl CorpusMatcher for Titles {
    fn hits(&self, corpus: &Corpus<'_>, out: &mut Vec<SiteHit>) {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, post) in corpus.posts.iter().enumerate().filter(|(_, post)| post.role == Role::Post) {
            let title = post.title.as_ref().filter(|title| !is_match(&self.unless, &title.text));
            if let Some(title) = title {
                groups.entry(normal(&title.text)).or_default().push(index);
            }
        }
        groups.retain(|title, posts| !title.is_empty() && posts.len() > 1);
        if groups.is_empty() {
            return;
        }
        let mut alike = alike(corpus);
        for mut posts in groups.into_values() {
            posts.sort_by_key(|post| (corpus.posts[*post].date, *post));
            self.group(corpus, &posts, &mut alike, out);
        }
        out.sort_by_key(|hit| hit.post);
    }
}

impl Titles {
    /// One hit for each post of a group, by day, that shares its title with one before it, the nearest of them.
    fn group(&self, corpus: &Corpus<'_>, posts: &[usize], alike: &mut Components, out: &mut Vec<SiteHit>) {
        for (number, post) in posts.iter().enumerate() {
            let facts = &corpus.posts[*post];
            let mut before = posts[..number].iter().rev().take(MOST_COMPARED);
            let other = before.find(|other| {
                self.is_near(facts, &corpus.posts[**other])
                    && !are_variants(facts, &corpus.posts[**other])
                    && alike.first(*post) != alike.first(**other)
            });
            let (Some(other), Some(title)) = (other, &facts.title) else { continue };
            let vars = vec![path(corpus, *other), var("title", &title.text), var("posts", posts.len())];
            let hit = Hit { span: title.span, vars, ..Hit::default() };
            let elsewhere = vec![lead(corpus, *other, "this post has the title too".to_owned())];
            out.push(SiteHit { post: *post, hit, elsewhere });
        }
    }

    /// Whether the two ought to have titles of their own. Without days to tell, pages of other folders are parts of other
    /// wholes: each event has its schedule.
    fn is_near(&self, one: &Facts, other: &Facts) -> bool {
        let folder = |post: &Facts| post.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let (Some(day), Some(other_day)) = (one.date, other.date) else { return folder(one) == folder(other) };
        let days = day.since(other_day).map_or(u32::MAX, |span| span.get_days().unsigned_abs());
        self.within_days.is_none_or(|most| days <= most)
    }
}

/// With so many posts before it one is compared; thousands may be called by one name.
const MOST_COMPARED: usize = 32;

/// Posts of which other kinds say more than that their titles are the same.
fn alike(corpus: &Corpus<'_>) -> Components {
    let mut alike = Components::new(corpus.posts.len());
    for pair in corpus.pairs().iter().filter(|pair| pair.relation.class != Class::Similar) {
        alike.join(pair.a, pair.b);
    }
    alike
}

/// Whether a site shows both on purpose: one post in two languages, one page in two versions.
fn are_variants(one: &Facts, other: &Facts) -> bool {
    let (one, other) = (&one.variant, &other.variant);
    let is_translated = one.language != other.language;
    is_translated || one.version != other.version && one.stem == other.stem
}

/// A title without case, width and blanks.
fn normal(title: &str) -> String {
    title.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect()
}
