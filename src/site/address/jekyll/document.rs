//! Posts, drafts and the documents of collections (`Document`, `Drops::UrlDrop`).

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::data::{is_false, text};
use super::settings::{Collection, Settings};
use super::{Absence, Place, page, slug, unpublished};
use crate::site::address::day::{self, Clock, Shown};
use crate::site::address::path::{decoded, split_extension};
use crate::site::address::permalink::filled;
use crate::site::{Dates, FileName, date, file_name};
use crate::spanned::{Node, Value};

/// Front matter of a document, with defaults.
struct Data<'a> {
    settings: &'a Settings,
    /// The path by which defaults know it.
    path: &'a str,
    kind: &'a str,
    front: &'a Node,
}

/// A file of a collection; posts are one.
pub(super) struct Document<'a> {
    collection: &'a Collection,
    /// Below the folder that holds the collections.
    path: &'a str,
    is_draft: bool,
    /// Whether Jekyll comes upon it.
    is_read: bool,
}

/// What may stand for each placeholder but those of the date.
struct Parts {
    path: String,
    name: String,
    title: Option<String>,
    slug: Option<String>,
    categories: Option<Vec<String>>,
    ending: String,
}

impl<'a> Document<'a> {
    /// The document at a path below the site's folder; `None` for a page.
    pub(super) fn at(settings: &'a Settings, path: &'a str) -> Option<Self> {
        // Where collections have a folder of their own, there are none outside of it.
        let dir = &settings.collections_dir;
        let below =
            if dir.is_empty() { Some(path) } else { path.strip_prefix(&**dir).and_then(|rest| rest.strip_prefix('/')) };
        let (inner, outside) = (below.unwrap_or(path), below.is_none());
        let base = path.len() - inner.len();
        for (start, segment) in segments(inner) {
            let (label, is_draft) = match segment {
                "_posts" => ("posts", false),
                "_drafts" => ("posts", true),
                _ if start == 0 && !outside => (segment.strip_prefix('_').unwrap_or_default(), false),
                _ => continue,
            };
            let is_ours = |one: &&Collection| !label.is_empty() && label != "data" && one.label == label;
            let Some(collection) = settings.collections.iter().find(is_ours) else { continue };
            let folder = start + segment.len();
            let above = path[..base + start].trim_end_matches('/');
            let is_read = !outside
                && (above.is_empty() || settings.entries.enters(above))
                && settings.entries.takes(path, base + folder);
            return Some(Document { collection, path: inner, is_draft, is_read });
        }
        None
    }

    /// Where it is.
    pub(super) fn place(&self, settings: &Settings, front: &Node, now: Timestamp) -> Place {
        let data = Data { settings, path: self.path, kind: &self.collection.label, front };
        let is_post = self.collection.label == "posts";
        let named = file_name::parse(self.path, FileName::DateRequired);
        if is_post && !self.is_draft && named.date.is_none() {
            // Jekyll does not take it for a post.
            return unpublished(Place::default());
        }
        let Ok(shown) = data.date(named.date) else { return Place::default() };
        let parts = self.parts(&data, &self.path[named.slug_range.clone()], &named);
        let own = data.get("permalink");
        let template = match own.map(|node| &node.value) {
            None => Some(self.template(settings)),
            Some(Value::String(own)) => Some(own.text.clone()),
            Some(_) => None,
        };
        let Some(template) = template else { return Place::default() };
        let found = day::over_days(shown.as_ref(), |clock| parts.fill(&template, clock));
        let host = |path: String| settings.on_host(&path);
        // A file name that agrees with the address is what its author sees.
        let shift = shown.filter(|_| found.is_dated).and_then(|shown| shown.shift());
        let place = Place {
            is_undated: found.is_dated && shown.is_none(),
            address: found.address.map(host),
            perhaps: found.perhaps.into_iter().map(host).collect(),
            shift: shift.filter(|(_, day)| named.date != Some(*day)),
            ..Place::default()
        };
        Place { absent: self.absence(&data, shown.as_ref(), now), ..place }
    }

    fn absence(&self, data: &Data<'_>, shown: Option<&Shown>, now: Timestamp) -> Option<Absence> {
        let settings = data.settings;
        if self.is_draft && !settings.publishes_drafts {
            return Some(Absence::Draft);
        }
        let is_off = data.get("published").is_some_and(is_false) && !settings.publishes_unpublished;
        if is_off || !self.is_read || !self.collection.is_written {
            return Some(Absence::Unpublished);
        }
        let is_future = !settings.publishes_future && shown.is_some_and(|shown| shown.soonest > now);
        is_future.then_some(Absence::Future)
    }

    /// The template of its collection.
    fn template(&self, settings: &Settings) -> String {
        let own = self.collection.permalink.clone();
        own.unwrap_or_else(|| page::with_suffix("/:collection/:path", &settings.permalink))
            .replace(":collection", &self.collection.label)
    }

    fn parts(&self, data: &Data<'_>, slug_of_name: &str, named: &file_name::FileDate) -> Parts {
        let (stem, extension) = split_extension(self.path);
        let name = stem.rsplit('/').next().unwrap_or(stem);
        // Without a date the name is the slug, whatever file it is (`DATELESS_FILENAME_MATCHER`).
        let slug_of_name = if named.date.is_some() { slug_of_name } else { name };
        let slug = match data.get("slug").map(|node| &node.value) {
            None => Some(slug_of_name.trim_end_matches('.').to_owned()),
            Some(Value::String(own)) => Some(own.text.clone()),
            // Jekyll stops.
            Some(_) => None,
        };
        let own_ending = data.get("permalink").and_then(Node::as_str).filter(|own| !own.ends_with('/'));
        let own_ending = own_ending.map(|own| split_extension(own).1).filter(|ending| !ending.is_empty());
        Parts {
            path: stem.replacen(&format!("_{}", self.collection.label), "", 1).trim_end_matches('.').to_owned(),
            name: slug::default(name),
            title: slug.as_deref().map(slug::pretty),
            slug: slug.as_deref().map(slug::default),
            categories: self.categories(data),
            ending: own_ending.map_or_else(|| data.settings.output_ending(extension), |ending| format!(".{ending}")),
        }
    }

    /// The folders above the posts folder, then those of defaults and front matter, each once; `None` where Jekyll stops.
    fn categories(&self, data: &Data<'_>) -> Option<Vec<String>> {
        let special = if self.is_draft { "_drafts" } else { "_posts" };
        let above = self.path.split_once(special).map_or("", |(above, _)| above);
        let is_post = self.collection.label == "posts";
        let folders = above.split('/').filter(|folder| is_post && !folder.is_empty()).map(str::to_owned);
        let mut all: Vec<String> = folders.collect();
        for source in [data.default("categories"), data.front.get("categories")].into_iter().flatten() {
            match &source.value {
                Value::Null => {}
                Value::String(list) => all.extend(list.text.split_whitespace().map(str::to_owned)),
                Value::Sequence(items) => all.extend(items.iter().map(text).collect::<Option<Vec<_>>>()?),
                _ => return None,
            }
        }
        match data.get("category") {
            Some(one) if !one.items().is_empty() => {
                all.extend(one.items().iter().map(text).collect::<Option<Vec<_>>>()?);
            }
            Some(one) => all.push(text(one)?),
            None => {}
        }
        Some(all)
    }
}

impl Data<'_> {
    /// The value of a key, unless it is empty.
    fn get(&self, key: &str) -> Option<&Node> {
        self.front.get(key).filter(|node| node.value != Value::Null).or_else(|| self.default(key))
    }

    fn default(&self, key: &str) -> Option<&Node> {
        self.settings.defaults.merged(self.path, self.kind, key)
    }

    /// The date as the site shows it; `None` if there is none.
    ///
    /// # Errors
    /// When there is one that Jekyll stops at, or that cannot be read here.
    fn date(&self, named: Option<jiff::civil::Date>) -> Result<Option<Shown>, ()> {
        let zone = &self.settings.zone;
        let Some(node) = self.front.get("date").or_else(|| self.default("date")) else {
            let midnight = named.map(|day| day.to_datetime(jiff::civil::Time::midnight()));
            return Ok(midnight.and_then(|wall| Shown::wall(wall, zone)));
        };
        let (text, is_plain) = day::written(node).ok_or(())?;
        let parsed = date::parse(&text, Dates::Ruby).map_err(|_| ())?;
        // Without an offset it is UTC to Psych if it has seconds and no quotes, else local time.
        let is_utc = is_plain && day::after_yaml_timestamp(&text) == Some("");
        let shown = match (parsed.instant, date::wall(&text)) {
            (Some(instant), wall) => {
                Shown::moment(instant, wall.or(parsed.civil.map(|day| day.at(12, 0, 0, 0))).ok_or(())?, zone)
            }
            (None, Some(wall)) if is_utc => {
                let instant = jiff::tz::Offset::UTC.to_timestamp(wall).map_err(|_| ())?;
                Shown::moment(instant, wall, zone)
            }
            (None, Some(wall)) => Shown::wall(wall, zone).ok_or(())?,
            (None, None) => Shown::about(parsed.civil.ok_or(())?).ok_or(())?,
        };
        Ok(Some(shown))
    }
}

impl Parts {
    /// The template filled in. A name may have an underscore behind it that is text (`generate_url_from_drop`).
    fn fill(&self, template: &str, clock: &mut Clock) -> Option<String> {
        let length = |text: &str| text.bytes().take_while(|byte| byte.is_ascii_lowercase() || *byte == b'_').count();
        let plain = |text: &str| decoded(text).into_owned();
        let url = filled(template, length, plain, |name| match name.strip_suffix('_') {
            Some(shorter) => Some(self.part(shorter, clock)? + "_"),
            None => self.part(name, clock),
        })?;
        Some(page::sanitized(&url))
    }

    /// What a placeholder stands for; `None` where Jekyll knows no such one, or it is not known here.
    fn part(&self, name: &str, clock: &mut Clock) -> Option<String> {
        match name {
            "title" => self.title.clone(),
            "slug" => self.slug.clone(),
            "name" => Some(self.name.clone()),
            "path" => Some(self.path.clone()),
            "output_ext" => Some(self.ending.clone()),
            "categories" => Some(each_once(self.categories.as_ref()?.iter().map(|one| one.to_lowercase()))),
            "slugified_categories" => Some(each_once(self.categories.as_ref()?.iter().map(|one| slug::default(one)))),
            _ => clock.part(date_format(name)?),
        }
    }
}

/// The `strftime` format of a placeholder.
fn date_format(name: &str) -> Option<&'static str> {
    Some(match name {
        "year" => "%Y",
        "month" => "%m",
        "day" => "%d",
        "hour" => "%H",
        "minute" => "%M",
        "second" => "%S",
        "i_day" => "%-d",
        "i_month" => "%-m",
        "short_month" => "%b",
        "long_month" => "%B",
        "short_year" => "%y",
        "w_year" => "%G",
        "week" => "%V",
        "w_day" => "%u",
        "short_day" => "%a",
        "long_day" => "%A",
        "y_day" => "%j",
        _ => return None,
    })
}

fn each_once(all: impl Iterator<Item = String>) -> String {
    let mut seen = BTreeSet::new();
    let kept: Vec<String> = all.filter(|one| seen.insert(one.clone())).collect();
    kept.join("/")
}

/// The segments of a path's folders, each with where it starts.
fn segments(path: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    path.rsplit_once('/').map_or("", |(folder, _)| folder).split('/').map(move |segment| {
        let at = start;
        start += segment.len() + 1;
        (at, segment)
    })
}
