//! How headings get their anchors: the algorithm of each engine, one file for each family. All of them are held against what
//! the engines themselves make of the headings in `tests/anchors`.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::address::path::decoded;
use taken::Taken;

pub use attributes::{attribute_line, split_attributes};
pub use heading::Heading;

mod attributes;
pub(in crate::site) mod character;
mod diacritics;
mod github;
mod heading;
mod hexo;
pub(in crate::site) mod hugo;
mod kramdown;
mod python_markdown;
mod taken;
mod vitepress;
pub(in crate::site) mod zola;

/// A program that makes anchors of headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// github-slugger, and GitHub itself.
    GitHub,
    /// Docusaurus: github-slugger, with `{#id}` in the heading.
    Docusaurus,
    /// Astro: github-slugger; before version 6 without one hyphen at the end.
    Astro,
    /// kramdown with `input: GFM`, as Jekyll uses it.
    KramdownGfm,
    /// kramdown by itself.
    Kramdown,
    /// Hugo's `autoHeadingIDType: github`.
    HugoGitHub,
    /// Hugo's `github-ascii`.
    HugoAscii,
    /// Hugo's `blackfriday`.
    HugoBlackfriday,
    /// Zola's `slugify.anchors: on`.
    ZolaOn,
    /// Zola's `slugify.anchors: safe` and `off`.
    ZolaSafe,
    /// hexo-renderer-marked, with the case kept.
    Hexo,
    /// The same with `modifyAnchors: 1`.
    HexoLower,
    /// The same with `modifyAnchors: 2`.
    HexoUpper,
    /// VitePress.
    VitePress,
    /// Python-Markdown's `toc` (MkDocs).
    PythonMarkdown,
    /// The same with `slugify_unicode`.
    PythonMarkdownUnicode,
    /// Headings get no anchors but those that are written (Eleventy).
    Written,
    /// Not known: any anchor may exist.
    Unknown,
}

/// Makes the ids of the headings of one page, one after the other: remembers which are taken.
#[derive(Debug)]
pub struct Ids {
    engine: Engine,
    is_former: bool,
    taken: Taken,
}

impl Ids {
    /// Those of the engine's newest version.
    pub fn new(engine: Engine) -> Self {
        Ids { engine, is_former: false, taken: Taken::default() }
    }

    /// Those of each version that is in use, the newest first. Which one a site is built with does not stand in its files, so
    /// an anchor exists if it exists by one of them.
    pub fn versions(engine: Engine) -> Vec<Self> {
        let mut versions = vec![Ids::new(engine)];
        if matches!(engine, Engine::Astro | Engine::HugoGitHub | Engine::HugoAscii | Engine::HugoBlackfriday) {
            versions.push(Ids { is_former: true, ..Ids::new(engine) });
        }
        versions
    }

    /// Says that an author wrote this id somewhere on the page. Zola and Python-Markdown never give it to a heading then, not
    /// even further up; so it must be said of all headings before the first is asked for. To other engines it says nothing.
    pub fn reserve(&mut self, id: &str) {
        use Engine::*;
        if matches!(self.engine, ZolaOn | ZolaSafe | PythonMarkdown | PythonMarkdownUnicode) {
            self.taken.take(id);
        }
    }

    /// The id of the next heading; `None` where it gets none, or an empty one, which no link can name.
    pub fn next(&mut self, heading: &Heading<'_>) -> Option<String> {
        let id = match heading.id {
            Some(id) => {
                self.note(id);
                id.to_owned()
            }
            None => self.make(heading)?,
        };
        if id.is_empty() { None } else { Some(id) }
    }

    /// Takes an id of the author's from those that are free, where the engine does.
    fn note(&mut self, id: &str) {
        use Engine::*;
        let is_noted =
            matches!(self.engine, HugoGitHub | HugoAscii | HugoBlackfriday | ZolaOn | ZolaSafe | VitePress)
                || matches!(self.engine, PythonMarkdown | PythonMarkdownUnicode);
        if is_noted {
            self.taken.take(id);
        }
    }

    fn make(&mut self, heading: &Heading<'_>) -> Option<String> {
        let taken = &mut self.taken;
        Some(match self.engine {
            Engine::GitHub => taken.next_free(github::slug(&heading.without_descriptions())),
            Engine::Docusaurus => {
                let text = github::docusaurus_text(heading);
                match github::docusaurus_id(&text) {
                    Some(id) => id.to_owned(),
                    None => taken.next_free(github::slug(&text)),
                }
            }
            Engine::Astro => {
                let id = taken.next_free(github::slug(&github::astro_text(heading)));
                if self.is_former { github::without_last_hyphen(id) } else { id }
            }
            Engine::KramdownGfm => taken.count(kramdown::gfm(heading)),
            Engine::Kramdown => taken.count(kramdown::native(heading)),
            Engine::HugoGitHub => taken.next_free(hugo::github(&hugo_text(heading, self.is_former))),
            Engine::HugoAscii => taken.next_free(hugo::ascii(&hugo_text(heading, self.is_former))),
            Engine::HugoBlackfriday => taken.next_free(hugo::blackfriday(&hugo_text(heading, self.is_former))),
            Engine::ZolaOn => taken.next_free(zola::on(&heading.text)),
            Engine::ZolaSafe => taken.next_free(zola::safe(&heading.text)),
            Engine::Hexo => hexo::next(hexo::slug(heading), taken),
            Engine::HexoLower => hexo::next(hexo::slug(heading).to_lowercase(), taken),
            Engine::HexoUpper => hexo::next(hexo::slug(heading).to_uppercase(), taken),
            Engine::VitePress => taken.next_free(vitepress::slug(&vitepress::text(heading))),
            Engine::PythonMarkdown => taken.next_underscored(python_markdown::ascii(&heading.without_descriptions())),
            Engine::PythonMarkdownUnicode => {
                taken.next_underscored(python_markdown::unicode(&heading.without_descriptions()))
            }
            Engine::Written | Engine::Unknown => return None,
        })
    }
}

fn hugo_text<'h>(heading: &'h Heading<'_>, is_former: bool) -> Cow<'h, str> {
    if is_former { Cow::Borrowed(hugo::former_text(heading)) } else { hugo::text(heading) }
}

/// Whether a link's fragment, without its `#`, names an id. Either may be percent-encoded; letters with accents may be one
/// character or two. Browsers tell apart the two ways to write `é`, but authors cannot see which one they typed.
pub fn same(fragment: &str, id: &str) -> bool {
    if fragment == id {
        return true;
    }
    let (fragment, id) = (decoded(fragment), decoded(id));
    fragment == id || !(fragment.is_ascii() && id.is_ascii()) && composed(&fragment) == composed(&id)
}

fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

#[cfg(test)]
mod tests;
