//! VuePress 1 and 2, as read in `packages/core/src/page/` (`inferPagePath.ts`, `resolvePagePermalink.ts`).

use jiff::Timestamp;

use super::super::config::{below, program, tree};
use super::super::program::{Program, Value};
use super::super::{Absence, Addressing, AddsBase, Habits, Home, Makes, Page, Place, Terms};
use crate::site::anchor::Engine;
use crate::site::detect::Files;
use crate::spanned::Node;

/// Endings of pages and images, which no plug-in adds.
const NEVER_MADE: [&str; 9] = [".html", ".md", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"];

/// A VuePress site.
#[derive(Debug)]
pub(super) struct VuePress {
    /// The folder of the sources: that of the configuration.
    base: String,
    home: Home,
    /// Whether the base path is known, and nothing else gives pages addresses of its own.
    is_known: bool,
    /// Whether addresses are without `.html`.
    is_clean: bool,
    anchors: Engine,
}

impl VuePress {
    /// The site whose `.vuepress` is in the folder `base`.
    pub(super) fn read(files: &Files<'_>, base: &str) -> Self {
        let names = ["ts", "mts", "cts", "js", "mjs", "cjs"].map(|ending| format!(".vuepress/config.{ending}"));
        let text = program(files, base, &names.each_ref().map(String::as_str));
        let program = text.map(|text| Program::read(&text));
        let config = program.as_ref().map_or(Value::Unset, Program::exported);
        let data = tree(files, base, &[".vuepress/config.yml", ".vuepress/config.toml"]);
        let said = |key: &str| data.as_ref().and_then(|data| data.get(key)).and_then(Node::as_str);
        let folder = match &program {
            Some(_) => config.get("base").text_or("/"),
            None => Some(said("base").unwrap_or("/")),
        };
        let mentions = |part: &str| program.as_ref().is_some_and(|program| program.mentions(part));
        // Blogs and themes that give pages permalinks.
        let moves =
            ["permalink", "plugin-blog", "pluginBlog", "plume", "autoFrontmatter", "extendsPage", "pagePatterns"];
        let is_moved = moves.iter().any(|part| mentions(part)) || said("permalink").is_some();
        let markdown = config.get("markdown");
        Self {
            base: base.to_owned(),
            is_known: folder.is_some() && !is_moved,
            home: Home::of(None, folder.unwrap_or_default()),
            is_clean: config.at(&["route", "cleanUrls"]) == &Value::Switch(true),
            anchors: match markdown {
                Value::Unset => Engine::VitePress,
                _ => Engine::Unknown,
            },
        }
    }

    fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        if self.base.is_empty() { Some(path) } else { path.strip_prefix(self.base.as_str())?.strip_prefix('/') }
    }

    fn address(&self, page: &Page<'_>) -> Option<Box<str>> {
        let inside = self.inside(page.path).filter(|_| self.is_known)?;
        if page.front.get("permalinkPattern").is_some() {
            return None;
        }
        if let Some(permalink) = page.front.get("permalink") {
            // Patterns with `:year` were understood by VuePress 1.
            let path = permalink.as_str().filter(|path| path.starts_with('/') && !path.contains(':'))?;
            return Some(format!("{}{path}", self.home.base).into());
        }
        let stem = inside.strip_suffix(".md")?;
        let (folder, name) = stem.rsplit_once('/').map_or(("", stem), |(folder, name)| (folder, name));
        let is_index = name.eq_ignore_ascii_case("readme") || name.eq_ignore_ascii_case("index");
        let path = match (is_index, folder) {
            (true, "") => "/".to_owned(),
            (true, folder) => format!("/{folder}/"),
            (false, _) if self.is_clean => format!("/{stem}"),
            (false, _) => format!("/{stem}.html"),
        };
        Some(format!("{}{path}", self.home.base).into())
    }
}

impl Addressing for VuePress {
    fn home(&self) -> &Home {
        &self.home
    }

    fn habits(&self) -> Habits {
        // VuePress 1 adds it to all, VuePress 2 to none that names no source; neither hinders who writes it.
        Habits { adds_base: AddsBase::WhereMissing, ..Habits::resolving(self.anchors) }
    }

    fn place(&self, page: &Page<'_>, _now: Timestamp) -> Place {
        let absent = super::is_hidden(page.path).then_some(Absence::Unpublished);
        Place { address: self.address(page), absent, ..Place::default() }
    }

    fn files(&self, path: &str) -> Vec<String> {
        let path = path.trim_start_matches('/');
        vec![below(&self.base, &format!(".vuepress/public/{path}"))]
    }

    fn sources(&self, path: &str) -> Vec<String> {
        vec![below(&self.base, path.trim_start_matches('/'))]
    }

    fn makes(&self, path: &str, _terms: &Terms<'_>) -> Makes {
        // Blogs make lists of tags, categories and years wherever their plug-in is told to.
        match path {
            "/404.html" => Makes::Yes,
            _ if self.is_known && NEVER_MADE.iter().any(|ending| path.ends_with(ending)) => Makes::No,
            _ => Makes::Perhaps,
        }
    }
}
