//! The matcher `front-matter`: keys that are missing, empty, of the wrong type, or no date, and titles that
//! are no titles. The spec and the choice of keys
//! stand here; each demand has its file.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Context, PostMatcher, SpecError, Vars};
use crate::post::Post;
use crate::spanned::Node;

mod dates;
mod presence;
mod schema;
mod title;
mod types;

/// What to demand of which keys.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Spec {
    /// The keys; all that the demand can be made of when empty.
    #[serde(default)]
    pub keys: Vec<String>,
    /// Keys that are left alone.
    #[serde(default)]
    pub except: Vec<String>,
    /// The demand.
    pub must_be: Demand,
}

/// What a key must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Demand {
    /// Present, if the generator or the configuration needs it.
    Present,
    /// One that the generator knows, where it drops all others.
    Known,
    /// Not empty.
    Filled,
    /// Of the type that the generator or the configuration gives it.
    Typed,
    /// A list, where a string would be read as something else.
    List,
    /// A date that the generator reads.
    Date,
    /// The year of the date in the file's name.
    YearOfFileName,
    /// The day in the file's name, give or take one for time zones.
    DayOfFileName,
    /// Text, and not a list of keywords.
    Prose,
    /// Not said again by the first block of the text.
    SaidOnce,
    /// In the past, where the generator leaves future posts out.
    Past,
    /// As the JSON Schema of the configuration says.
    Schema,
}

impl Spec {
    /// The placeholders that hits of this spec fill.
    pub fn vars(&self) -> &'static [&'static str] {
        match self.must_be {
            Demand::Present => &["key", "by", "value"],
            Demand::Known | Demand::Filled | Demand::SaidOnce => &["key"],
            Demand::Prose => &["key", "parts"],
            Demand::Typed => &["key", "type", "found"],
            Demand::List => &["key", "value", "read-as", "list"],
            Demand::Date => &["key", "value", "why"],
            Demand::YearOfFileName | Demand::DayOfFileName => &["key", "date", "name-date"],
            Demand::Past => &["key", "days"],
            Demand::Schema => &["key", "why"],
        }
    }

    /// Builds the matcher.
    ///
    /// # Errors
    /// When the configuration's JSON Schema is none.
    pub fn build(&self, context: &Context) -> Result<Box<dyn PostMatcher>, SpecError> {
        let keys = Keys { only: self.keys.clone(), except: self.except.clone() };
        Ok(match self.must_be {
            Demand::Present => Box::new(presence::Present::new(keys, context)),
            Demand::Known => Box::new(presence::Known { keys, profile: context.site.profile }),
            Demand::Filled => Box::new(presence::Filled { keys }),
            Demand::Typed => Box::new(types::Typed::new(keys, context)),
            Demand::List => Box::new(types::Lists { keys, site: context.site }),
            Demand::Date => Box::new(dates::Readable::new(keys, context)),
            Demand::YearOfFileName => Box::new(dates::LikeFileName::new(keys, context, dates::Unit::Year)),
            Demand::DayOfFileName => Box::new(dates::LikeFileName::new(keys, context, dates::Unit::Day)),
            Demand::Prose => Box::new(title::Prose { keys }),
            Demand::SaidOnce => Box::new(title::Said { keys }),
            Demand::Past => Box::new(dates::Past::new(keys, context)),
            Demand::Schema => Box::new(schema::Conforming::new(context)?),
        })
    }
}

/// Which keys a demand is made of.
struct Keys {
    only: Vec<String>,
    except: Vec<String>,
}

impl Keys {
    fn contains(&self, key: &str) -> bool {
        (self.only.is_empty() || self.only.iter().any(|only| only == key)) && !self.except.iter().any(|e| e == key)
    }

    /// The top-level entries of a post's front matter under these keys.
    fn entries<'a>(&'a self, post: &'a Post) -> impl Iterator<Item = (&'a str, &'a Node, &'a Node)> {
        let named = post.front.root.entries().iter().filter_map(|(key, value)| Some((key.as_str()?, key, value)));
        named.filter(|(name, _, _)| self.contains(name))
    }
}

/// Values of placeholders.
fn vars<const N: usize>(pairs: [(&'static str, String); N]) -> Vars {
    pairs.into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect()
}

/// The value as it is written, or the name of its kind when it is no scalar.
fn written(post: &Post, value: &Node) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None => post.source.slice(value.span).to_owned(),
    }
}

/// Whether the value is filled in by a template when the post is made.
fn is_template(value: &str) -> bool {
    value.contains("{{") || value.contains("{%") || value.contains("<%")
}
