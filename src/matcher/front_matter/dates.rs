//! Dates: readable by the generator, like the one in the file's name, and not in the future.

use jiff::civil;
use jiff::tz::TimeZone;

use super::{Keys, vars, written};
use crate::matcher::{Context, Hit, PostMatcher};
use crate::post::Post;
use crate::site::date::{self, Date};
use crate::site::{Kind, Role, Site, file_name};
use crate::spanned::{Node, Value};

/// The date of a value, or why it is none. `None` for values that are not there or not scalars.
fn read(post: &Post, value: &Node, site: Site) -> Option<Result<Date, String>> {
    match &value.value {
        Value::Null | Value::Alias | Value::Sequence(_) | Value::Mapping(_) => None,
        Value::String(scalar) if scalar.text.trim().is_empty() => None,
        _ => Some(date::parse(&written(post, value), site.profile.dates).map_err(|error| error.why)),
    }
}

/// Finds values that the generator cannot read as a date.
pub(super) struct Readable {
    keys: Keys,
    site: Site,
    dated: Vec<String>,
}

impl Readable {
    pub(super) fn new(keys: Keys, context: &Context) -> Self {
        let profile = context.site.profile.keys.iter().map(|key| (key.name.to_owned(), key.kind));
        let all = context.demands.types.iter().cloned().chain(profile);
        let dated = all.filter(|(_, kind)| *kind == Kind::Date).map(|(key, _)| key).collect();
        Self { keys, site: context.site, dated }
    }
}

impl PostMatcher for Readable {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        for (name, _, value) in self.keys.entries(post).filter(|(name, _, _)| self.dated.iter().any(|key| key == name))
        {
            if let Some(Err(why)) = read(post, value, self.site) {
                let vars = vars([("key", name.to_owned()), ("value", written(post, value)), ("why", why)]);
                out.push(Hit { span: value.span, vars, ..Hit::default() });
            }
        }
    }
}

/// How far two dates may be apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Year,
    Day,
}

/// Finds dates that differ from the one in the file's name.
pub(super) struct LikeFileName {
    keys: Keys,
    site: Site,
    unit: Unit,
}

impl LikeFileName {
    pub(super) fn new(keys: Keys, context: &Context, unit: Unit) -> Self {
        Self { keys, site: context.site, unit }
    }

    /// One day more or less is a time zone; around New Year it is that too.
    fn differ(&self, one: civil::Date, other: civil::Date) -> bool {
        let days = one.until(other).map_or(0, |span| span.get_days().abs());
        days > 1 && (one.year() != other.year()) == (self.unit == Unit::Year)
    }
}

impl PostMatcher for LikeFileName {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        let Some(named) = file_name::parse(&post.source.path, self.site.file_name(&post.source.path)).date else {
            return;
        };
        for (key, _, value) in self.keys.entries(post) {
            let Some(Ok(Date { civil: Some(date), .. })) = read(post, value, self.site) else { continue };
            if self.differ(date, named) {
                let dates = [("key", key.to_owned()), ("date", date.to_string()), ("name-date", named.to_string())];
                out.push(Hit { span: value.span, vars: vars(dates), ..Hit::default() });
            }
        }
    }
}

/// Finds dates in the future, where the generator leaves such posts out.
pub(super) struct Past {
    keys: Keys,
    site: Site,
    today: civil::Date,
}

impl Past {
    pub(super) fn new(keys: Keys, context: &Context) -> Self {
        Self { keys, site: context.site, today: TimeZone::UTC.to_datetime(context.now).date() }
    }
}

impl PostMatcher for Past {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        if self.site.publishes_future || post.role != Role::Post {
            return;
        }
        for (key, _, value) in self.keys.entries(post) {
            let Some(Ok(Date { civil: Some(date), .. })) = read(post, value, self.site) else { continue };
            let days = self.today.until(date).map_or(0, |span| span.get_days());
            if days > 1 {
                let vars = vars([("key", key.to_owned()), ("days", days.to_string())]);
                out.push(Hit { span: value.span, vars, ..Hit::default() });
            }
        }
    }
}
