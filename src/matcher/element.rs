//! The matcher `element`: elements of the embedded HTML, by CSS selector, by what hides them, and by what they hold.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use scraper::Selector;
use serde::Deserialize;

use super::{Context, Hit, PostMatcher, SpecError, Vars};
use crate::post::{Element, Hiding, OBJECT, Post};
use crate::source::Span;
use crate::spanned::de::Located;

mod gate;

use gate::Gate;

/// The most hits in one post. Nobody reads more, and a file of megabytes may hold millions.
const MOST_HITS: usize = 10_000;

/// The most characters of an element's text that a message repeats.
const EXCERPT: usize = 60;

/// Properties that an inner element may set anew, so that it shows again what the outer one hides.
const OVERRIDABLE: [&str; 2] = ["font-size", "visibility"];

/// What to look for. An element must meet all that is said.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Spec {
    /// The elements: a CSS selector, or several with names for the placeholder `{name}`.
    pub select: Selectors,
    /// Declarations that the element's `style` must hold, property and value in lower case.
    #[serde(default)]
    pub style: BTreeMap<String, String>,
    /// Whether the element's own attributes hide it from readers.
    #[serde(default)]
    pub hidden: Option<bool>,
    /// What readers would see of it, were it not hidden.
    #[serde(default)]
    pub visible_text: Option<Amount>,
    /// A CSS selector: the element must stand in one of these.
    #[serde(default)]
    pub within: Option<Located<String>>,
    /// A CSS selector: the element must neither stand in one of these nor be one.
    #[serde(default)]
    pub not_within: Option<Located<String>>,
    /// A CSS selector: posts that hold such an element are left alone.
    #[serde(default)]
    pub unless: Option<Located<String>>,
    /// What is marked.
    #[serde(default)]
    pub mark: Mark,
}

/// One selector, or several with names.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Selectors {
    /// A CSS selector.
    One(String),
    /// CSS selectors by the name of what they betray.
    Named(BTreeMap<String, String>),
}

/// How much readers would see of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Amount {
    /// No text, no image, no control.
    None,
    /// Some text or a link.
    Some,
}

/// What is marked of an element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// All of it, from the start tag to the end tag. Elements inside a marked one are not marked again.
    #[default]
    Element,
    /// The start tag.
    StartTag,
    /// The declaration that hides it, or the first that `style` asks for; the start tag when there is none.
    Declaration,
}

impl Spec {
    /// The placeholders that hits of this spec fill.
    pub fn vars(&self) -> &'static [&'static str] {
        &["tag", "name", "declaration", "excerpt"]
    }

    /// Builds the matcher.
    ///
    /// # Errors
    /// On a bad selector.
    pub fn build(&self, _context: &Context) -> Result<Box<dyn PostMatcher>, SpecError> {
        let named: Vec<(&str, &str)> = match &self.select {
            Selectors::One(selector) => vec![("", selector.as_str())],
            Selectors::Named(named) => named.iter().map(|(name, selector)| (&**name, &**selector)).collect(),
        };
        let all: Vec<&str> = named.iter().map(|(_, selector)| *selector).collect();
        let names = named.iter().map(|(name, selector)| Ok(((*name).to_owned(), parse(selector)?)));
        let names = names.collect::<Result<Vec<_>, SpecError>>()?;
        let located = |selector: &Option<Located<String>>| {
            let parsed = selector.as_ref().map(|selector| {
                parse(&selector.value).map_err(|error| SpecError { at: Some((selector.span, selector.layer)), ..error })
            });
            parsed.transpose()
        };
        Ok(Box::new(Elements {
            gate: Gate::of(&all.join(", ")),
            any: parse(&all.join(", "))?,
            names,
            within: located(&self.within)?,
            not_within: located(&self.not_within)?,
            unless: located(&self.unless)?,
            spec: self.clone(),
        }))
    }
}

fn parse(selector: &str) -> Result<Selector, SpecError> {
    Selector::parse(selector).map_err(|error| SpecError {
        message: format!("`{selector}` is no CSS selector: {error}"),
        help: None,
        at: None,
    })
}

struct Elements {
    spec: Spec,
    gate: Gate,
    /// What any of the names selects: one look at most elements.
    any: Selector,
    names: Vec<(String, Selector)>,
    within: Option<Selector>,
    not_within: Option<Selector>,
    unless: Option<Selector>,
}

impl PostMatcher for Elements {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        if post.markup.is_empty() {
            return;
        }
        let first = out.len();
        let mut reach = 0;
        for element in post.markup.elements() {
            // Cheap questions first: most elements are neither styled nor selected.
            if self.spec.mark == Mark::Element && element.span().end <= reach || !self.is_meant(&element, post) {
                continue;
            }
            let Some(hit) = self.hit(&element, post) else { continue };
            reach = reach.max(element.span().end);
            out.push(hit);
            if out.len() - first == MOST_HITS {
                break;
            }
        }
        if let Some(unless) = &self.unless
            && out.len() > first
            && post.markup.select(unless).next().is_some()
        {
            out.truncate(first);
        }
    }
}

impl Elements {
    /// Whether the element's tag and surroundings are as asked.
    fn is_meant(&self, element: &Element<'_>, post: &Post) -> bool {
        let text = &post.source.text;
        let is_styled = || {
            self.spec.style.iter().all(|(property, value)| {
                element.style(property, text).is_some_and(|declaration| declaration.value == *value)
            })
        };
        let stands_in = |selector: &Selector| element.ancestors().any(|around| selector.matches(&around.node()));
        (self.spec.hidden != Some(true) || element.attribute("style").or(element.attribute("hidden")).is_some())
            && self.gate.admits(element)
            && self.any.matches(&element.node())
            && is_styled()
            && self.within.as_ref().is_none_or(stands_in)
            && self.not_within.as_ref().is_none_or(|s| !s.matches(&element.node()) && !stands_in(s))
    }

    /// The hit, if what the element holds is as asked.
    fn hit(&self, element: &Element<'_>, post: &Post) -> Option<Hit> {
        let text = &post.source.text;
        let hiding = element.hiding().filter(|hiding| !is_overridden(element, hiding));
        if self.spec.hidden.is_some_and(|hidden| hidden != hiding.is_some()) {
            return None;
        }
        match self.spec.visible_text {
            Some(Amount::None) if element.holds_text() || element.holds_media() => return None,
            Some(Amount::Some) if !element.holds_text() => return None,
            _ => {}
        }
        let declared = self.spec.style.keys().find_map(|property| element.style(property, text));
        let declared = declared.map(|d| (format!("{}:{}", d.property, d.value), d.span));
        let telling = hiding.map(|hiding| (hiding.declaration, hiding.span)).or(declared);
        let span = match (self.spec.mark, &telling) {
            (Mark::Element, _) => element.span(),
            (Mark::Declaration, Some((_, span))) => *span,
            (Mark::Declaration | Mark::StartTag, _) => element.start_tag(),
        };
        let name = self.names.iter().find(|(_, selector)| selector.matches(&element.node()));
        let vars: Vars = vec![
            (Cow::Borrowed("tag"), element.name().to_owned()),
            (Cow::Borrowed("name"), name.map(|(name, _)| name.clone()).unwrap_or_default()),
            (Cow::Borrowed("declaration"), telling.map(|(declaration, _)| declaration).unwrap_or_default()),
            (Cow::Borrowed("excerpt"), excerpt(post, element.content())),
        ];
        Some(Hit { span, vars, ..Hit::default() })
    }
}

/// Whether an element inside sets the hiding property anew.
fn is_overridden(element: &Element<'_>, hiding: &Hiding) -> bool {
    let Some((property, value)) = hiding.declaration.split_once(':') else { return false };
    OVERRIDABLE.contains(&property)
        && element.node().descendants().skip(1).filter_map(|node| node.value().as_element()).any(|inner| {
            inner.attr("style").is_some_and(|style| {
                style.split(';').filter_map(|declaration| declaration.split_once(':')).any(|(name, set)| {
                    name.trim().eq_ignore_ascii_case(property) && !set.trim().eq_ignore_ascii_case(value)
                })
            })
        })
}

/// The first words that stand in `span`.
fn excerpt(post: &Post, span: Span) -> String {
    let range = post.prose.range_of_source(span);
    let shown = &post.prose.text[range.start as usize..range.end as usize];
    shown.trim().chars().filter(|c| *c != OBJECT).take(EXCERPT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matcher::Demands;
    use crate::site::plain::PLAIN;
    use crate::site::{Role, Site};
    use crate::source::Source;
    use crate::spanned::yaml;

    fn matcher(spec: &str) -> Result<Box<dyn PostMatcher>, SpecError> {
        let spec: Spec = yaml::from_str(spec).expect("a well-formed spec");
        let now = jiff::Timestamp::UNIX_EPOCH;
        spec.build(&Context { site: Site::of(&PLAIN), now, demands: Demands::default() })
    }

    fn hits(spec: &str, text: &str) -> Vec<Hit> {
        let post = Post::parse(Source::from_text("a.md", text), &Site::of(&PLAIN), Role::Post);
        let mut out = vec![];
        matcher(spec).expect("builds").hits(&post, &mut out);
        out
    }

    fn marks<'a>(spec: &str, text: &'a str) -> Vec<&'a str> {
        hits(spec, text).iter().map(|hit| &text[hit.span.range()]).collect()
    }

    fn var<'a>(hit: &'a Hit, name: &str) -> &'a str {
        hit.vars.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    #[test]
    fn selectors_with_names_and_what_is_marked() {
        let text = "<div class=\"a\"><p class=\"b\">x</p></div>";
        assert_eq!(marks("select: .b", text), ["<p class=\"b\">x</p>"]);
        // The inner element is part of the outer one that is marked already.
        assert_eq!(marks("select: '.a, .b'", text), [text]);
        let named = "{select: {First: .a, Second: .b}, mark: start-tag}";
        assert_eq!(marks(named, text), ["<div class=\"a\">", "<p class=\"b\">"]);
        assert_eq!(hits(named, text).iter().map(|hit| var(hit, "name")).collect::<Vec<_>>(), ["First", "Second"]);
    }

    #[test]
    fn surroundings() {
        let text = "<details><p>x</p></details><p>y</p>";
        assert_eq!(marks("{select: p, within: details}", text), ["<p>x</p>"]);
        assert_eq!(marks("{select: p, not-within: details}", text), ["<p>y</p>"]);
        assert_eq!(marks("{select: 'p, details', not-within: details}", text), ["<p>y</p>"]);
        assert_eq!(marks("{select: p, unless: details}", text), Vec::<&str>::new());
        assert_eq!(marks("{select: p, unless: table}", text).len(), 2);
    }

    #[test]
    fn declarations_and_hiding() {
        let text = "<p style=\"color:red; display: none\">x</p><p style=\"color:red\">y</p>";
        assert_eq!(marks("{select: p, style: {display: none}, mark: declaration}", text), ["display: none"]);
        assert_eq!(marks("{select: p, style: {color: red}, hidden: false}", text), ["<p style=\"color:red\">y</p>"]);
        let found = hits("{select: p, hidden: true}", text);
        assert_eq!((found.len(), var(&found[0], "declaration"), var(&found[0], "excerpt")), (1, "display:none", "x"));
        assert_eq!(marks("{select: p, hidden: true}", "<p hidden>x</p>"), ["<p hidden>x</p>"]);
    }

    #[test]
    fn an_inner_element_may_show_again_what_the_outer_one_hides() {
        let spec = "{select: div, hidden: true}";
        assert_eq!(marks(spec, "<div style=\"font-size:0\"><b style=\"FONT-SIZE: 9px\">x</b></div>").len(), 0);
        assert_eq!(marks(spec, "<div style=\"font-size:0\"><b style=\"color:red\">x</b></div>").len(), 1);
        assert_eq!(
            marks(spec, "<div style=\"visibility:hidden\"><b style=\"visibility:visible\">x</b></div>").len(),
            0
        );
        assert_eq!(marks(spec, "<div style=\"display:none\"><b style=\"display:inline\">x</b></div>").len(), 1);
    }

    #[test]
    fn what_an_element_holds() {
        let text = "<p>x</p><p><img src=\"a\"></p><p><br> </p><p><script>x</script></p>";
        assert_eq!(marks("{select: p, visible-text: some}", text), ["<p>x</p>"]);
        assert_eq!(marks("{select: p, visible-text: none}", text), ["<p><br> </p>", "<p><script>x</script></p>"]);
    }

    #[test]
    fn bad_selectors_are_refused() {
        let message = |spec: &str| matcher(spec).err().expect(spec).message;
        assert!(message("select: 'p['").contains("`p[`"));
        assert!(message("{select: p, within: '::'}").contains("no CSS selector"));
        assert!(message("{select: {A: p, B: 'q('}}").contains("`q(`"));
    }
}
