//! The matcher `link`: what the address or the text of a link shows by itself, and where it leads in the whole site.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Context, Hit, Matcher, PostMatcher, SpecError};
use crate::post::{Link, LinkKind, Post};
use crate::source::Span;

mod address;
mod keywords;
mod lead;
mod page;
mod query;
mod void;

use address::{Address, Scheme};
use keywords::Keywords;
pub use lead::Lead;
pub use page::Trouble;
use query::{Parameters, Query};

/// The longest address that a message repeats, in characters.
const LONGEST_URL: usize = 60;

/// What to look for: links that every condition below holds for. At least one is needed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Spec {
    /// Only links written in one of these ways. When empty, all that are links by their own text: not `definition`,
    /// `attribute`, `tag` and `front-matter`.
    #[serde(default)]
    pub kinds: Vec<LinkKind>,
    /// Of links that HTML makes, only those of these elements; all when empty.
    #[serde(default)]
    pub elements: Vec<String>,
    /// Only images (`true`), or only what is no image (`false`).
    #[serde(default)]
    pub image: Option<bool>,
    /// Links without an address.
    #[serde(default)]
    pub target: Option<Absent>,
    /// Links that show nothing: no text, no code, no image, no icon.
    #[serde(default)]
    pub text: Option<Absent>,
    /// Images without an alternative text. HTML says `alt=""` of a decorative image, which is one.
    #[serde(default)]
    pub alt: Option<Absent>,
    /// How the address begins.
    #[serde(default)]
    pub scheme: Option<Scheme>,
    /// Hosts of the address, each with all hosts below it.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Hosts that do not count, each with all hosts below it.
    #[serde(default)]
    pub except_hosts: Vec<String>,
    /// Parameters in the address.
    #[serde(default)]
    pub query: Option<Query>,
    /// Addresses in running text that go on into the sentence behind them.
    #[serde(default)]
    pub swallows: bool,
    /// Many short links to one host.
    #[serde(default)]
    pub repeated_keywords: Option<Keywords>,
    /// Where it leads in the site. Goes with `image` and with no other condition.
    #[serde(default)]
    pub leads: Option<Lead>,
    /// What is wrong with where a page is, or with the links to it. Goes with no other condition.
    #[serde(default)]
    pub page: Option<Trouble>,
}

/// That something is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Absent {
    /// Nothing, or nothing but blanks.
    Empty,
}

impl Spec {
    /// Whether it finds nothing unless the network was asked.
    pub fn asks_network(&self) -> bool {
        matches!(self.leads, Some(Lead::Dead | Lead::Moved | Lead::Insecure))
    }

    /// Whether what it finds leads to nothing.
    pub fn finds_broken(&self) -> bool {
        let nothing = [Lead::Nowhere, Lead::NoAnchor, Lead::NoReference, Lead::Unpublished, Lead::Dead];
        self.leads.is_some_and(|lead| nothing.contains(&lead))
    }

    /// The placeholders that hits of this spec fill. `value` is shortened: it may be a credential.
    pub fn vars(&self) -> &'static [&'static str] {
        if self.leads.is_some() {
            return &["url", "path", "instead", "address", "what"];
        }
        match self.page {
            Some(Trouble::SharedAddress) => return &["address", "path"],
            Some(Trouble::ShiftedDay) => return &["address", "written", "shown"],
            Some(_) => return &["address"],
            None => {}
        }
        match (&self.query, &self.repeated_keywords) {
            (Some(_), _) => &["url", "host", "key", "value"],
            (None, Some(_)) => &["url", "host", "links", "words"],
            (None, None) => &["url", "host"],
        }
    }

    /// Builds the matcher.
    ///
    /// # Errors
    /// When there is no condition, or a pattern does not work.
    pub fn build(&self, _context: &Context) -> Result<Matcher, SpecError> {
        if let Some(matcher) = self.of_site()? {
            return Ok(matcher);
        }
        let asks = [
            self.target.is_some() || self.text.is_some() || self.alt.is_some() || self.scheme.is_some(),
            !self.hosts.is_empty() || self.query.is_some() || self.swallows || self.repeated_keywords.is_some(),
        ];
        if !asks.contains(&true) {
            let help = "say what the address, the text or the alternative text must show".to_owned();
            return Err(SpecError { message: "no condition on links".into(), help: Some(help), at: None });
        }
        let parameters = self.query.as_ref().map(Query::build).transpose()?;
        Ok(Matcher::Post(Box::new(Links { spec: self.clone(), parameters })))
    }

    /// Whether the spec asks for what only the whole site tells.
    pub fn resolves(&self) -> bool {
        self.leads.is_some() || self.page.is_some()
    }

    /// The matcher of a spec that looks at the whole site.
    fn of_site(&self) -> Result<Option<Matcher>, SpecError> {
        let others = Self { leads: None, page: None, image: None, ..self.clone() };
        let stands_alone = others.is_empty() && (self.leads.is_none() || self.page.is_none());
        if self.resolves() && !(stands_alone && (self.page.is_none() || self.image.is_none())) {
            let message = "`leads` goes with `image` alone, and `page` with no other condition".to_owned();
            return Err(SpecError { message, help: None, at: None });
        }
        Ok(match (self.leads, self.page) {
            (Some(lead), _) => Some(Matcher::Corpus(Box::new(lead::Leads { lead, image: self.image }))),
            (_, Some(trouble)) => Some(Matcher::Corpus(Box::new(page::Pages { trouble }))),
            (None, None) => None,
        })
    }

    /// Whether nothing is asked for.
    fn is_empty(&self) -> bool {
        self.kinds.is_empty()
            && self.elements.is_empty()
            && self.image.is_none()
            && (self.target.is_none() && self.text.is_none() && self.alt.is_none())
            && (self.scheme.is_none() && self.hosts.is_empty() && self.except_hosts.is_empty())
            && (self.query.is_none() && !self.swallows && self.repeated_keywords.is_none())
    }
}

struct Links {
    spec: Spec,
    parameters: Option<Parameters>,
}

impl PostMatcher for Links {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        let chosen = post.every_link().filter(|link| self.holds(post, link));
        match (&self.spec.repeated_keywords, &self.parameters) {
            (Some(keywords), _) => keywords.hits(post, &|link| self.holds(post, link), out),
            (None, Some(parameters)) => chosen.for_each(|link| {
                let from = out.len();
                parameters.hits(post.source.slice(link.target), link.target.range().start, out);
                out[from..].iter_mut().for_each(|hit| hit.vars.extend(self.vars(link)));
            }),
            (None, None) => out.extend(chosen.map(|link| {
                let span = self.mark(post, link);
                let mut vars = self.vars(link);
                if self.is_about_absence() {
                    // What is missing is seen in the markup alone.
                    vars.push((Cow::Borrowed("text"), shortened(post.source.slice(span), LONGEST_URL)));
                }
                Hit { span, vars, ..Hit::default() }
            })),
        }
    }
}

impl Links {
    /// Whether all conditions hold that can be told from one link and the text around it; those on parameters and repeated
    /// links come after.
    fn holds(&self, post: &Post, link: &Link) -> bool {
        let spec = &self.spec;
        let text = &*post.source.text;
        let is_kind = if spec.kinds.is_empty() { link.kind.is_of_text() } else { spec.kinds.contains(&link.kind) };
        is_kind
            && spec.image.is_none_or(|image| image == link.image)
            && (!spec.swallows || !link.swallowed.is_empty())
            && (spec.target.is_none() || void::has_no_address(text, link))
            && (spec.text.is_none() || void::shows_nothing(text, link))
            && (spec.alt.is_none() || void::has_no_alt(text, link))
            && self.is_addressed(&link.url)
            && (spec.elements.is_empty() || link.kind != LinkKind::Html || self.is_of_element(text, link))
    }

    fn is_addressed(&self, url: &str) -> bool {
        let spec = &self.spec;
        if spec.scheme.is_none() && spec.hosts.is_empty() && spec.except_hosts.is_empty() {
            return true;
        }
        let address = Address::of(url);
        spec.scheme.is_none_or(|scheme| address.scheme == Some(scheme))
            && (spec.hosts.is_empty() || address.is_below(&spec.hosts))
            && !address.is_below(&spec.except_hosts)
    }

    fn is_of_element(&self, text: &str, link: &Link) -> bool {
        let name = void::element_name(text, link);
        self.spec.elements.iter().any(|wanted| wanted.eq_ignore_ascii_case(name))
    }

    /// Whether what is asked for is that something is not there.
    fn is_about_absence(&self) -> bool {
        self.spec.target.is_some() || self.spec.text.is_some() || self.spec.alt.is_some()
    }

    /// What is wrong of a link: what is missing makes the whole link wrong, what is there is wrong by itself.
    fn mark(&self, post: &Post, link: &Link) -> Span {
        if self.spec.swallows {
            link.swallowed
        } else if self.is_about_absence() {
            void::visible_part(&post.source.text, link)
        } else {
            link.target
        }
    }

    fn vars(&self, link: &Link) -> super::Vars {
        let host = Address::of(&link.url).host.unwrap_or_default().to_owned();
        vec![(Cow::Borrowed("url"), shortened(&link.url, LONGEST_URL)), (Cow::Borrowed("host"), host)]
    }
}

/// The first `most` characters, with `…` where more follow.
fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
