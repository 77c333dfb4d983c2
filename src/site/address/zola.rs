//! Zola, as read in `content/{page,file_info}.rs` and `utils/slugs.rs`. Not run.

use jiff::Timestamp;

use super::config::{below, tree};
use super::path::squeezed;
use super::{Absence, Addressing, Habits, Home, Makes, Page, Place, Relative, Sources, Terms};
use crate::site::anchor::{Engine, transliterated};
use crate::site::detect::Files;
use crate::site::{FileName, file_name};
use crate::spanned::{Node, Value};

/// A Zola site.
#[derive(Debug)]
pub(super) struct Zola {
    base: String,
    home: Home,
    config: Option<Node>,
    languages: Vec<String>,
    slugs: Slugs,
    keeps_dates: bool,
    theme: Option<String>,
}

/// How names become segments of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slugs {
    /// In letters of ASCII.
    On,
    /// Without what file systems forbid.
    Safe,
    /// As they are.
    Off,
}

impl Slugs {
    fn named(name: Option<&str>) -> Self {
        match name {
            Some("safe") => Slugs::Safe,
            Some("off") => Slugs::Off,
            _ => Slugs::On,
        }
    }

    fn of(self, text: &str) -> String {
        match self {
            Slugs::On => transliterated(text),
            Slugs::Safe => {
                let kept: String =
                    text.chars().filter(|c| !r#"<>:"/\|?*#"#.contains(*c) && *c != '\n' && *c != '\r').collect();
                kept.trim_end_matches([' ', '.']).to_owned()
            }
            Slugs::Off => text.to_owned(),
        }
    }
}

impl Zola {
    /// The site whose configuration is in the folder `base`.
    pub(super) fn read(files: &Files<'_>, base: &str) -> Self {
        let config = tree(files, base, &["zola.toml", "config.toml"]);
        let text = |key: &str| config.as_ref()?.get(key)?.as_str();
        let slugify = config.as_ref().and_then(|config| config.get("slugify"));
        let languages = config.as_ref().and_then(|config| config.get("languages")).map_or(&[][..], Node::entries);
        Self {
            base: base.to_owned(),
            home: Home::at(text("base_url").unwrap_or_default()),
            languages: languages.iter().filter_map(|(code, _)| code.as_str().map(str::to_owned)).collect(),
            slugs: Slugs::named(slugify.and_then(|slugify| slugify.get("paths")?.as_str())),
            keeps_dates: slugify
                .and_then(|slugify| slugify.get("paths_keep_dates"))
                .is_some_and(|node| node.value == Value::Bool(true)),
            theme: text("theme").map(str::to_owned),
            config,
        }
    }

    /// The address of a source below the content folder, without the base path; and the folder of its bundle.
    fn address(&self, front: &Node, inside: &str) -> (String, bool) {
        let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
        let (stem, language) = match stem.rsplit_once('.') {
            Some((stem, code)) if self.languages.iter().any(|known| known == code) => (stem, Some(code)),
            _ => (stem, None),
        };
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let prefix = language.unwrap_or_default();
        if name == "_index" {
            return (format!("/{prefix}/{folder}/"), true);
        }
        if let Some(path) = front.get("path").and_then(Node::as_str) {
            return (format!("/{prefix}/{path}/"), name == "index");
        }
        // The page of a folder has its name, and stands where the folder does.
        let is_bundle = name == "index";
        let (folder, name) = if is_bundle { folder.rsplit_once('/').unwrap_or(("", folder)) } else { (folder, name) };
        let slug = match front.get("slug").and_then(Node::as_str) {
            Some(slug) => self.slugs.of(slug),
            None => self.slugs.of(if self.keeps_dates { name } else { undated(name) }),
        };
        (format!("/{prefix}/{folder}/{slug}/"), is_bundle)
    }
}

/// A name without a day in front: `2024-05-06-sea`, `2024-05-06_sea`.
fn undated(name: &str) -> &str {
    let parsed = file_name::parse(name, FileName::DatePrefix);
    let rest = name.get(parsed.slug_range.start..).filter(|_| parsed.date.is_some());
    rest.filter(|rest| !rest.is_empty()).unwrap_or(name)
}

impl Addressing for Zola {
    fn home(&self) -> &Home {
        &self.home
    }

    fn habits(&self) -> Habits {
        let anchors = self.config.as_ref().and_then(|config| config.get("slugify")?.get("anchors")?.as_str());
        let anchors = if Slugs::named(anchors) == Slugs::On { Engine::ZolaOn } else { Engine::ZolaSafe };
        Habits { relative: Relative::Page, sources: Sources::Kept, adds_base: false, content_links: true, anchors }
    }

    fn place(&self, page: &Page<'_>, _now: Timestamp) -> Place {
        let content = below(&self.base, "content");
        let inside = page.path.strip_prefix(&content).and_then(|path| path.strip_prefix('/'));
        let (Some(inside), Some(_)) = (inside, &self.config) else { return Place::default() };
        let (address, is_bundle) = self.address(page.front, inside);
        let is = |key: &str, to: bool| page.front.get(key).is_some_and(|node| node.value == Value::Bool(to));
        let at = |path: &str| -> Box<str> { squeezed(&format!("{}{path}", self.home.base)).into() };
        let aliases = page.front.get("aliases").map_or(&[][..], Node::items).iter().filter_map(Node::as_str);
        Place {
            address: Some(at(&address)),
            aliases: aliases
                .map(|alias| {
                    let end = if alias.ends_with('/') || alias.ends_with(".html") { "" } else { "/" };
                    at(&format!("/{alias}{end}"))
                })
                .collect(),
            absent: if is("draft", true) {
                Some(Absence::Draft)
            } else {
                is("render", false).then_some(Absence::Unpublished)
            },
            bundle: is_bundle.then(|| page.path.rsplit_once('/').map_or("", |(folder, _)| folder).into()),
            ..Place::default()
        }
    }

    fn files(&self, path: &str) -> Vec<String> {
        let path = path.trim_start_matches('/');
        let mut all = vec![below(&self.base, &format!("static/{path}")), below(&self.base, &format!("content/{path}"))];
        all.extend(self.theme.iter().map(|theme| below(&self.base, &format!("themes/{theme}/static/{path}"))));
        if let Some(stem) = path.strip_suffix(".css") {
            all.extend(["scss", "sass"].map(|ending| below(&self.base, &format!("sass/{stem}.{ending}"))));
        }
        all
    }

    fn sources(&self, path: &str) -> Vec<String> {
        vec![below(&self.base, &format!("content/{path}"))]
    }

    fn makes(&self, path: &str, _terms: &Terms<'_>) -> Makes {
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        let taxonomies = self.config.as_ref().and_then(|config| config.get("taxonomies")).map_or(&[][..], Node::items);
        let is_taxonomy =
            |segment: &str| taxonomies.iter().filter_map(|one| one.get("name")?.as_str()).any(|name| name == segment);
        match segments[..] {
            [] | ["404.html" | "sitemap.xml" | "robots.txt"] => Makes::Yes,
            [.., "atom.xml" | "rss.xml" | "feed.xml"] | [.., "page", _] => Makes::Perhaps,
            [first, ..] if is_taxonomy(first) || self.languages.iter().any(|code| code == first) => Makes::Perhaps,
            _ if path.ends_with(".css") || path.ends_with(".js") => Makes::Perhaps,
            _ => Makes::No,
        }
    }
}
