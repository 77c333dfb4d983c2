//! Posts and drafts (`processor/post.ts`, `filter/post_permalink.ts`).

use jiff::Timestamp;
use jiff::civil::Date;

use super::page::{is_hidden, is_rendered};
use super::settings::{Settings, name_length, scalar};
use super::{Page, Place, date};
use crate::site::address::Absence;
use crate::site::address::day::{self, Clock, Shown};
use crate::site::address::path::split_extension;
use crate::site::address::permalink::filled;
use crate::site::anchor::hexo::slugize;
use crate::spanned::{Node, Value};

/// What may stand for the placeholders.
struct Parts<'a> {
    settings: &'a Settings,
    front: &'a Node,
    /// What the file's name says, by group.
    named: Vec<(&'a str, &'a str)>,
    slug: String,
    shown: Option<Shown>,
    /// Whether there surely is none.
    has_no_date: bool,
}

/// Where a post is; `below` is its path below the folder of posts or drafts.
pub(super) fn place(settings: &Settings, page: &Page<'_>, below: &str, is_draft: bool, now: Timestamp) -> Place {
    let (stem, extension) = split_extension(below);
    let named = names(settings, stem);
    let get = |group: &str| named.iter().find(|(name, _)| *name == group).map(|(_, text)| *text);
    let slug = get("title").map_or_else(|| slugize(stem), str::to_owned);
    let number = |group: &str| get(group).and_then(|text| text.parse::<i16>().ok());
    let day = (|| {
        let month = number("month").or_else(|| number("i_month"))?;
        let day = number("day").or_else(|| number("i_day"))?;
        Date::new(number("year")?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    })();
    let date = date::shown(settings, page.front, day);
    let shown = date.ok().flatten();
    let parts = Parts { settings, front: page.front, named, slug, shown, has_no_date: date == Ok(None) };
    let place = parts.place();
    let bundle = settings.has_asset_folders && place.address.as_ref().is_none_or(|address| address.ends_with('/'));
    let is_post_file =
        !settings.has_asset_folders || settings.name.as_ref().is_none_or(|name| name.extension == extension);
    let is_skipped = is_hidden(below)
        || !is_rendered(extension)
        || !is_post_file
        || settings.below_source(page.path).is_some_and(|path| settings.skip_render.is_match(path));
    let is_off = page
        .front
        .get("published")
        .is_some_and(|node| node.value == Value::Bool(false) || matches!(node.as_str(), Some("false" | "0")));
    let is_future = !settings.publishes_future && shown.is_some_and(|shown| shown.soonest > now);
    let absent = match settings.publishes_drafts {
        _ if is_skipped => Some(Absence::Unpublished),
        false if is_draft => Some(Absence::Draft),
        false if is_off => Some(Absence::Unpublished),
        _ => is_future.then_some(Absence::Future),
    };
    Place { absent, bundle: bundle.then(|| split_extension(page.path).0.into()), ..place }
}

/// What the pattern of file names finds in a path without its ending.
fn names<'a>(settings: &'a Settings, stem: &'a str) -> Vec<(&'a str, &'a str)> {
    let Some(pattern) = &settings.name else { return vec![] };
    let Some(found) = pattern.regex.captures(stem) else { return vec![] };
    let texts = found.iter().skip(1).map(|group| group.map_or("", |group| group.as_str()));
    pattern.groups.iter().map(String::as_str).zip(texts).collect()
}

impl Parts<'_> {
    fn place(&self) -> Place {
        let written = match self.front.get("permalink").map(|node| &node.value) {
            None | Some(Value::Null) => None,
            Some(Value::String(own)) if own.text.is_empty() => None,
            Some(Value::String(own)) => Some(own.text.clone()),
            // Hexo stops.
            Some(_) => return Place::default(),
        };
        if let Some(own) = written {
            return Place { address: Some(self.address(own)), ..Place::default() };
        }
        let found = day::over_days(self.shown.as_ref(), |clock| {
            filled(&self.settings.permalink, name_length, str::to_owned, |name| self.part(name, clock))
        });
        Place {
            address: found.address.map(|path| self.address(path)),
            perhaps: found.perhaps.into_iter().map(|path| self.address(path)).collect(),
            is_undated: found.is_dated && self.has_no_date,
            shift: self.shown.filter(|_| found.is_dated).and_then(|shown| shown.shift()),
            ..Place::default()
        }
    }

    /// The address at a path: a folder where posts have folders of their own.
    fn address(&self, path: String) -> Box<str> {
        let is_folder = self.settings.has_asset_folders && !path.ends_with('/') && !path.ends_with(".html");
        self.settings.on_host(&if is_folder { path + "/" } else { path })
    }

    /// What a placeholder stands for; `None` where the post does not tell.
    fn part(&self, name: &str, clock: &mut Clock) -> Option<String> {
        let format = match name {
            "year" => "%Y",
            "month" => "%m",
            "day" => "%d",
            "hour" => "%H",
            "minute" => "%M",
            "second" => "%S",
            "i_month" => "%-m",
            "i_day" => "%-d",
            "title" => return Some(self.slug.clone()),
            "name" => return Some(self.slug.rsplit('/').next().unwrap_or_default().to_owned()),
            "post_title" => {
                let title = self.front.get("title").map_or(Some(String::new()), scalar)?;
                return Some(slugize(&title).to_lowercase());
            }
            "category" => return self.category(),
            // Made of the moment, which depends on the machine; or made up by Hexo.
            "hash" | "timestamp" => {
                clock.part("%s")?;
                return None;
            }
            _ => return self.key(name),
        };
        clock.part(format)
    }

    /// A key of the file's name, of the front matter, or of `permalink_defaults`.
    fn key(&self, name: &str) -> Option<String> {
        if let Some((_, text)) = self.named.iter().find(|(group, _)| *group == name) {
            return Some((*text).to_owned());
        }
        let usual = || self.settings.setting("permalink_defaults").and_then(|usual| usual.get(name));
        scalar(self.front.get(name).or_else(usual)?)
    }

    /// The deepest category. Where there are several paths of them, it depends on which post was read first.
    fn category(&self) -> Option<String> {
        let written = |key: &str| self.front.get(key).filter(|node| node.value != Value::Null);
        let usual = || match self.settings.setting("default_category") {
            Some(usual) => scalar(usual),
            None => Some("uncategorized".to_owned()),
        };
        let Some(node) = written("categories").or_else(|| written("category")) else { return usual() };
        let mut path: Vec<String> = vec![];
        let items = if node.items().is_empty() { std::slice::from_ref(node) } else { node.items() };
        let is_path = |item: &Node| matches!(item.value, Value::Sequence(_));
        let items = match items {
            [one] if is_path(one) => one.items(),
            items if items.iter().any(is_path) => return None,
            items => items,
        };
        for item in items.iter().filter(|item| item.value != Value::Null) {
            let name = scalar(item)?;
            if !name.is_empty() {
                path.push(self.settings.term("category_map", &name));
            }
        }
        if path.is_empty() { usual() } else { Some(path.join("/")) }
    }
}
