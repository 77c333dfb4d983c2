//! Pages of Eleventy that no post makes: those of templates in Nunjucks, Liquid and the like, as their permalinks say.

use super::super::Makes;
use super::super::program::{Program, Value};
use super::data::{Permalink, of_template};
use super::permalink;
use crate::site::detect::Files;

/// Endings of templates.
const ENDINGS: [&str; 10] = ["njk", "liquid", "html", "11ty.js", "11ty.cjs", "11ty.mjs", "webc", "hbs", "pug", "vto"];
/// Most templates that are read.
const MOST: usize = 2_000;

/// Where templates write.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// Addresses of pages.
    pages: Vec<String>,
    /// What the addresses of pages begin with that only the program knows the rest of.
    beginnings: Vec<String>,
}

impl Made {
    /// Reads the templates among these files of the input folder. `inside` gives the path below it.
    pub(super) fn read<'p>(files: &Files<'_>, paths: impl Iterator<Item = (&'p str, &'p str)>) -> Self {
        let mut made = Self::default();
        let templates = paths.filter_map(|(path, inside)| Some((path, inside, stem(inside)?)));
        for (at, (path, _, stem)) in templates.enumerate() {
            let text = if at < MOST { (files.read)(path) } else { None };
            match text {
                Some(text) => made.add(path, stem, &text),
                None => made.beginnings.push("/".to_owned()),
            }
        }
        made
    }

    fn add(&mut self, path: &str, stem: &str, text: &str) {
        let said = if path.contains(".11ty.") { of_program(text) } else { of_template(text).permalink };
        let has_pages = text.contains("pagination");
        match said {
            None if has_pages => {
                let first = permalink::default(stem);
                self.beginnings.push(first.clone());
                self.pages.push(first);
            }
            None => self.pages.push(permalink::default(stem)),
            Some(Permalink::Text(text)) => match text.find(['{', '<', '$']) {
                Some(at) => self.beginnings.push(format!("/{}", text[..at].trim_start_matches('/'))),
                None => {
                    let address = permalink::address(&text);
                    if has_pages {
                        self.beginnings.extend(address.clone());
                    }
                    self.pages.extend(address);
                }
            },
            Some(Permalink::Nowhere) => {}
            Some(Permalink::Computed) => self.beginnings.push("/".to_owned()),
        }
    }

    /// Whether a template writes there.
    pub(super) fn makes(&self, path: &str) -> Makes {
        let is_page =
            |page: &String| page.trim_end_matches('/') == path.trim_end_matches('/').trim_end_matches("/index.html");
        if self.pages.iter().any(is_page) {
            Makes::Yes
        } else if self.beginnings.iter().any(|beginning| path.starts_with(beginning.as_str())) {
            Makes::Perhaps
        } else {
            Makes::No
        }
    }
}

/// The path of a template without its ending.
fn stem(inside: &str) -> Option<&str> {
    ENDINGS.iter().find_map(|ending| inside.strip_suffix(ending)?.strip_suffix('.'))
}

/// The permalink of a template in JavaScript, if it has one.
fn of_program(text: &str) -> Option<Permalink> {
    if !text.contains("permalink") {
        return None;
    }
    let exported = Program::read(text).exported();
    match exported.at(&["data", "permalink"]) {
        Value::Text(text) => Some(Permalink::Text(text.clone())),
        _ => Some(Permalink::Computed),
    }
}
