//! Jekyll, as read in `lib/jekyll/{url,document,page,utils,drops/url_drop,configuration,collection}.rb` and run at 4.3.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil};
use unicode_normalization::char::is_combining_mark;

use super::config::{below, tree};
use super::day::{Day, Zone};
use super::permalink::{expand, part_of_day, squeezed, wants_day};
use super::{Absence, Addressing, Habits, Home, Makes, Page, Place, Relative, Sources, Terms};
use crate::site::anchor::Engine;
use crate::site::detect::Files;
use crate::site::{Dates, FileName, file_name};
use crate::spanned::{Node, Value};

mod settings;

use settings::Settings;

/// A Jekyll site.
#[derive(Debug)]
pub(super) struct Jekyll {
    settings: Settings,
    home: Home,
}

/// What a source is to Jekyll.
enum What<'a> {
    /// A post, with the folders above its posts folder.
    Post { above: &'a str, is_draft: bool },
    /// A document of a collection, with its path in it.
    Document { collection: &'a str, inside: &'a str },
    /// A page.
    Page,
}

impl Jekyll {
    /// The site whose configuration is in the folder `base`.
    pub(super) fn read(files: &Files<'_>, base: &str) -> Self {
        let settings = Settings::read(files, base);
        let home = settings.home(files, base);
        Self { settings, home }
    }

    /// The path below the folder that Jekyll reads.
    fn inside<'p>(&self, path: &'p str) -> &'p str {
        let base = &*self.settings.base;
        path.strip_prefix(base).map_or(path, |rest| rest.trim_start_matches('/'))
    }

    fn what<'p>(&'p self, path: &'p str) -> What<'p> {
        for (folder, is_draft) in [("_posts/", false), ("_drafts/", true)] {
            let at = if path.starts_with(folder) { Some(0) } else { path.find(&format!("/{folder}")).map(|at| at + 1) };
            if let Some(at) = at {
                return What::Post { above: path[..at].trim_matches('/'), is_draft };
            }
        }
        let in_collections = path.strip_prefix(&*self.settings.collections_folder).unwrap_or(path);
        let collection = in_collections.trim_start_matches('/').strip_prefix('_').and_then(|rest| rest.split_once('/'));
        match collection {
            Some((collection, inside)) if self.settings.collections.contains_key(collection) => {
                What::Document { collection, inside }
            }
            _ => What::Page,
        }
    }

    /// A value of the front matter, or what the configuration says for such sources.
    fn value<'n>(&'n self, page: &Page<'n>, kind: &str, key: &str) -> Option<&'n Node> {
        page.front.get(key).or_else(|| self.settings.default(self.inside(page.path), kind, key))
    }

    fn absence(
        &self,
        page: &Page<'_>,
        kind: &str,
        is_draft: bool,
        day: Option<&Day>,
        now: Timestamp,
    ) -> Option<Absence> {
        let is_off = self.value(page, kind, "published").is_some_and(|node| node.value == Value::Bool(false));
        let is_future = !self.settings.publishes_future && day.is_some_and(|day| day.is_after(now));
        if is_off {
            Some(Absence::Unpublished)
        } else if is_draft {
            Some(Absence::Draft)
        } else {
            is_future.then_some(Absence::Future)
        }
    }

    fn post(&self, page: &Page<'_>, above: &str, is_draft: bool, now: Timestamp) -> Place {
        let path = self.inside(page.path);
        let habit = if is_draft { FileName::Free } else { FileName::DateRequired };
        let named = file_name::parse(path, habit);
        let written = self.value(page, "posts", "date");
        let day = written
            .and_then(|node| Day::read(node, Dates::Ruby, &self.settings.zone, true))
            .or_else(|| named.date.map(Day::of));
        let kind = if is_draft { "drafts" } else { "posts" };
        let template = self.value(page, kind, "permalink").and_then(Node::as_str).unwrap_or(&self.settings.posts);
        let slug = self.value(page, kind, "slug").and_then(Node::as_str).unwrap_or(&path[named.slug_range.clone()]);
        let categories = categories(self, page, kind, above);
        let address = |day: civil::Date| {
            let fill = |name: &str| match name {
                "title" => slugified(slug, true),
                "slug" | "name" => slugified(slug, false).map(|slug| slug.to_lowercase()),
                "categories" => Some(categories.as_ref()?.join("/")),
                "slugified_categories" => {
                    let all: Option<Vec<String>> =
                        categories.as_ref()?.iter().map(|one| slugified(one, false)).collect();
                    Some(all?.join("/"))
                }
                "output_ext" => Some(".html".to_owned()),
                "collection" => Some("posts".to_owned()),
                name => part_of_day(name, day),
            };
            Some(self.at(&expand(template, &fill)?))
        };
        let (shown, others) = match &day {
            Some(day) => (address(day.shown), day.perhaps.iter().filter_map(|day| address(*day)).collect()),
            None if wants_day(template) => (None, vec![]),
            None => (address(civil::Date::ZERO), vec![]),
        };
        let has_day = wants_day(template);
        Place {
            address: shown,
            perhaps: if has_day { others } else { vec![] },
            aliases: self.aliases(page.front),
            absent: self.absence(page, kind, is_draft, day.as_ref(), now),
            shift: day.as_ref().and_then(Day::shift).filter(|_| has_day),
            ..Place::default()
        }
    }

    fn document(&self, page: &Page<'_>, collection: &str, inside: &str, now: Timestamp) -> Place {
        let settings = &self.settings.collections[collection];
        let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
        let base = stem.rsplit('/').next().unwrap_or(stem);
        let slug = page.front.get("slug").and_then(Node::as_str).unwrap_or(base);
        let written = self.value(page, collection, "date");
        let day = written.and_then(|node| Day::read(node, Dates::Ruby, &self.settings.zone, true));
        let own = self.value(page, collection, "permalink").and_then(Node::as_str);
        let template = own.or(settings.permalink.as_deref());
        let usual = format!("/:collection/:path{}", self.settings.ending);
        let fill = |name: &str| match name {
            "collection" => Some(collection.to_owned()),
            "path" => Some(stem.to_owned()),
            "title" => slugified(slug, true),
            "slug" => slugified(slug, false).map(|slug| slug.to_lowercase()),
            "name" => slugified(base, false).map(|slug| slug.to_lowercase()),
            "output_ext" => Some(".html".to_owned()),
            "categories" => Some(categories(self, page, collection, "")?.join("/")),
            name => part_of_day(name, day.as_ref()?.shown),
        };
        let absent = self.absence(page, collection, false, day.as_ref(), now);
        Place {
            address: expand(template.unwrap_or(&usual), &fill).map(|address| self.at(&address)),
            aliases: self.aliases(page.front),
            absent: if settings.is_written { absent } else { Some(Absence::Unpublished) },
            ..Place::default()
        }
    }

    fn page(&self, page: &Page<'_>, now: Timestamp) -> Place {
        let path = self.inside(page.path);
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let own = self.value(page, "pages", "permalink").and_then(Node::as_str);
        let usual = match name {
            "index" => "/:path/".to_owned(),
            // A page without an index of its own folder is its front page, as the plug-in of GitHub Pages has it.
            _ if self.is_front_page(name) => "/:path/".to_owned(),
            _ => format!("/:path/:basename{}", self.settings.ending),
        };
        let fill = |part: &str| match part {
            "path" => Some(folder.to_owned()),
            "basename" => Some(name.to_owned()),
            "output_ext" => Some(".html".to_owned()),
            // A page has no more.
            _ => None,
        };
        Place {
            address: expand(own.unwrap_or(&usual), &fill).map(|address| self.at(&address)),
            aliases: self.aliases(page.front),
            absent: self.absence(page, "pages", false, None, now),
            ..Place::default()
        }
    }

    fn is_front_page(&self, name: &str) -> bool {
        name.eq_ignore_ascii_case("readme") && self.settings.has_plugin("jekyll-readme-index")
    }

    /// An address with the base path, as the generator cleans it.
    fn at(&self, address: &str) -> Box<str> {
        format!("{}{}", self.home.base, squeezed(address)).into()
    }

    /// Addresses that jekyll-redirect-from makes pages at.
    fn aliases(&self, front: &Node) -> Vec<Box<str>> {
        let Some(node) = front.get("redirect_from") else { return vec![] };
        let texts = if node.as_str().is_some() { std::slice::from_ref(node) } else { node.items() };
        texts.iter().filter_map(Node::as_str).map(|text| self.at(&format!("/{text}"))).collect()
    }
}

impl Addressing for Jekyll {
    fn home(&self) -> &Home {
        &self.home
    }

    fn habits(&self) -> Habits {
        // GitHub Pages turns the plug-in on that resolves links to sources.
        let sources =
            if self.settings.has_plugin("jekyll-relative-links") { Sources::Resolved } else { Sources::Perhaps };
        Habits {
            relative: Relative::Page,
            sources,
            adds_base: false,
            content_links: false,
            anchors: self.settings.anchors,
        }
    }

    fn place(&self, page: &Page<'_>, now: Timestamp) -> Place {
        match self.what(self.inside(page.path)) {
            What::Post { above, is_draft } => self.post(page, above, is_draft, now),
            What::Document { collection, inside } => self.document(page, collection, inside, now),
            What::Page if self.settings.leaves_out(self.inside(page.path)) => {
                Place { absent: Some(Absence::Unpublished), ..Place::default() }
            }
            What::Page => self.page(page, now),
        }
    }

    fn files(&self, path: &str) -> Vec<String> {
        let path = path.trim_start_matches('/');
        let mut all = vec![below(&self.settings.base, path)];
        if let Some(stem) = path.strip_suffix(".css") {
            all.extend([".scss", ".sass"].map(|ending| below(&self.settings.base, &format!("{stem}{ending}"))));
        }
        // An HTML file outside the posts folders is a template; with front matter it is a page at this address.
        let stem = path.trim_end_matches('/').trim_end_matches(".html");
        if !stem.is_empty() && stem != path {
            all.extend(
                [".html", "/index.html", ".xml"].map(|ending| below(&self.settings.base, &format!("{stem}{ending}"))),
            );
        }
        all
    }

    fn sources(&self, path: &str) -> Vec<String> {
        vec![below(&self.settings.base, path)]
    }

    fn makes(&self, path: &str, terms: &Terms<'_>) -> Makes {
        self.settings.makes(path, terms)
    }
}

/// Jekyll's `slugify`: in the mode `pretty`, or in the usual one that keeps letters, marks and digits alone. `None` where
/// characters occur that Ruby sorts in another way.
fn slugified(text: &str, is_pretty: bool) -> Option<String> {
    let is_kept = |c: char| {
        c.is_alphabetic() || is_combining_mark(c) || c.is_ascii_digit() || is_pretty && "._~!$&'()+,;=@".contains(c)
    };
    // Of these, some are digits or letters to Ruby and some are not.
    if text.chars().any(|c| !c.is_ascii() && c.is_numeric() || matches!(c, '\u{24b6}'..='\u{24e9}')) {
        return None;
    }
    let words: Vec<&str> = text.split(|c| !is_kept(c)).filter(|word| !word.is_empty()).collect();
    Some(words.join("-"))
}

/// What Jekyll puts in for `:categories`: the folders above the posts folder, then both keys, each once.
fn categories(jekyll: &Jekyll, page: &Page<'_>, kind: &str, above: &str) -> Option<Vec<String>> {
    let mut all: Vec<String> = above.split('/').filter(|folder| !folder.is_empty()).map(str::to_lowercase).collect();
    for (key, splits) in [("categories", true), ("category", false)] {
        match jekyll.value(page, kind, key).map(|node| (&node.value, node)) {
            None | Some((Value::Null, _)) => {}
            Some((Value::String(text), _)) if splits => all.extend(text.text.split_whitespace().map(str::to_lowercase)),
            Some((Value::String(text), _)) => all.push(text.text.to_lowercase()),
            Some((Value::Int(number), _)) => all.push(number.to_string()),
            Some((Value::Sequence(items), _)) => {
                for item in items {
                    match &item.value {
                        Value::Int(number) => all.push(number.to_string()),
                        _ => all.push(item.as_str()?.to_lowercase()),
                    }
                }
            }
            Some(_) => return None,
        }
    }
    let mut seen = BTreeSet::new();
    all.retain(|category| seen.insert(category.clone()));
    Some(all)
}
