//! VitePress, as read in `markdown/plugins/link.ts` and `markdownToVue.ts`; and VuePress, which does much the same. Not run.

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use jiff::Timestamp;
use regex::Regex;

use super::config::{below, program};
use super::path::squeezed;
use super::program::{Program, Setting};
use super::{Absence, Addressing, Habits, Home, Makes, Page, Place, Relative, Sources, Terms};
use crate::site::anchor::Engine;
use crate::site::detect::Files;
use crate::spanned::Node;

/// A VitePress or VuePress site.
#[derive(Debug)]
pub(super) struct VitePress {
    home: Home,
    /// The folder of the sources, relative to the site root.
    source: String,
    is_known: bool,
    is_clean: bool,
    is_vuepress: bool,
    anchors: Engine,
    /// Patterns of sources that are no part of the site.
    excluded: Gitignore,
    /// Patterns of sources, and where they stand in their stead.
    rewrites: Vec<(Regex, String)>,
}

const ENDINGS: [&str; 6] = ["ts", "mts", "js", "mjs", "cts", "cjs"];

impl VitePress {
    /// The site whose configuration is in the folder `base`.
    pub(super) fn read(files: &Files<'_>, base: &str) -> Self {
        // The folder of the configuration is that of the site; it may be one of the usual ones below the root.
        let folders = [base.to_owned(), below(base, "docs"), below(base, "src"), below(base, "website")];
        let found = folders.iter().find_map(|folder| {
            let read = |name: &str| {
                let names = ENDINGS.map(|ending| format!("{name}/config.{ending}"));
                program(files, folder, &names.each_ref().map(String::as_str))
            };
            read(".vitepress").map(|text| (folder, text, false)).or_else(|| Some((folder, read(".vuepress")?, true)))
        });
        let (folder, text, is_vuepress) = found.unwrap_or((&folders[0], String::new(), false));
        let program = Program::new(&text);
        let site_base = program.setting("base").text_or("/");
        let source = program.setting("srcDir").text_or(".");
        let rewrites: Option<Vec<(Regex, String)>> =
            program.pairs("rewrites").and_then(|pairs| pairs.iter().map(|(from, to)| rewrite(from, to)).collect());
        let url = program.setting("hostname").text_or("");
        let has_anchor_settings = program.mentions("slugify") || program.mentions("permalink: ");
        Self {
            home: Home::of(url.as_deref(), site_base.as_deref().unwrap_or_default()),
            source: below(folder, source.as_deref().unwrap_or(".").trim_start_matches("./").trim_matches(['/', '.']))
                .trim_matches('/')
                .to_owned(),
            is_known: !text.is_empty()
                && site_base.is_some()
                && source.is_some()
                && rewrites.is_some()
                && !(is_vuepress && program.mentions("permalink")),
            is_clean: program.setting("cleanUrls") == Setting::Switch(true),
            is_vuepress,
            excluded: excluded(&program),
            rewrites: rewrites.unwrap_or_default(),
            anchors: if has_anchor_settings || is_vuepress { Engine::Unknown } else { Engine::VitePress },
        }
    }

    fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        match self.source.as_str() {
            "" => Some(path),
            folder => path.strip_prefix(folder)?.strip_prefix('/'),
        }
    }
}

/// A pattern with `:name` for parts of segments, and what takes its place; `None` where it says more than that.
fn rewrite(from: &str, to: &str) -> Option<(Regex, String)> {
    let (mut pattern, mut rest) = (String::from("^"), from);
    let mut place = to.replace('$', "$$");
    while let Some((before, behind)) = rest.split_once(':') {
        pattern.push_str(&regex::escape(before));
        let end = behind.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(behind.len());
        let (name, after) = behind.split_at(end);
        let (inside, after) = match after.strip_prefix("(.*)").or(after.strip_prefix('*')) {
            Some(after) => (".*", after),
            None => ("[^/]+?", after),
        };
        pattern.push_str(&format!("(?P<{name}>{inside})"));
        place = place.replace(&format!(":{name}"), &format!("${{{name}}}"));
        rest = after;
    }
    if rest.contains(['(', '*', '+', '?']) {
        return None;
    }
    pattern.push_str(&regex::escape(rest));
    Some((Regex::new(&format!("{pattern}$")).ok()?, place))
}

fn excluded(program: &Program) -> Gitignore {
    let mut builder = GitignoreBuilder::new("");
    for pattern in program.list("srcExclude") {
        // A pattern that is none matches nothing.
        let _ = builder.add_line(None, &format!("/{pattern}"));
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

impl Addressing for VitePress {
    fn home(&self) -> &Home {
        &self.home
    }

    fn habits(&self) -> Habits {
        Habits {
            relative: Relative::Source,
            sources: Sources::Resolved,
            adds_base: true,
            content_links: false,
            anchors: self.anchors,
        }
    }

    fn place(&self, page: &Page<'_>, _now: Timestamp) -> Place {
        let Some(inside) = self.inside(page.path).filter(|inside| self.is_known && !inside.contains('[')) else {
            return Place::default();
        };
        if self.is_vuepress && page.front.get("permalink").and_then(Node::as_str).is_some() {
            return Place::default();
        }
        let is_left_out = inside.split('/').any(|segment| segment.starts_with('.'))
            || self.excluded.matched_path_or_any_parents(inside, false).is_ignore();
        let moved = self.rewrites.iter().find(|(from, _)| from.is_match(inside));
        let moved = moved.map_or(inside.into(), |(from, to)| from.replace(inside, to.as_str()));
        let stem = moved.rsplit_once('.').map_or(&*moved, |(stem, _)| stem);
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let is_index = name == "index" || self.is_vuepress && name.eq_ignore_ascii_case("readme");
        let address = match (is_index, self.is_clean) {
            (true, _) => format!("{folder}/"),
            (false, true) => stem.to_owned(),
            (false, false) => format!("{stem}.html"),
        };
        Place {
            address: Some(squeezed(&format!("{}/{address}", self.home.base)).into()),
            absent: is_left_out.then_some(Absence::Unpublished),
            ..Place::default()
        }
    }

    fn files(&self, path: &str) -> Vec<String> {
        let path = path.trim_start_matches('/');
        let public = if self.is_vuepress { ".vuepress/public" } else { "public" };
        vec![below(&self.source, &format!("{public}/{path}")), below(&self.source, path)]
    }

    fn sources(&self, path: &str) -> Vec<String> {
        vec![below(&self.source, path)]
    }

    fn makes(&self, path: &str, _terms: &Terms<'_>) -> Makes {
        match path {
            "/" | "/404.html" | "/404" => Makes::Yes,
            "/sitemap.xml" => Makes::Perhaps,
            _ if !self.is_known || path.starts_with("/assets/") => Makes::Perhaps,
            _ => Makes::No,
        }
    }
}
