//! Addresses as they are written, sorted by what they say: an address, or a tag by which the generator looks one up. What a
//! tag is called tells what it does; whether a generator has that tag at all is not asked here.

use std::borrow::Cow;

use super::LinkKind;
use super::call::{Call, Syntax};
use expression::Text;

mod expression;

/// What an address says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written<'a> {
    /// An address.
    Address {
        /// What is left without what tags say of the base path and the origin: `/a/` of `{{ site.baseurl }}/a/`. Where a tag
        /// stands in the query or the fragment, what stands before those.
        text: Cow<'a, str>,
        /// Whether a tag puts the base path before it.
        says_base: bool,
        /// Whether a tag puts scheme and host before that.
        says_origin: bool,
    },
    /// `{% post_url NAME %}` of Jekyll: a post by its file name without extension.
    Post {
        /// The name, perhaps with folders before it.
        name: &'a str,
        /// What follows: a fragment.
        rest: &'a str,
    },
    /// `{% link PATH %}` of Jekyll, from the root of the site, `@/PATH` of Zola, from its content, and `@site/PATH`
    /// of Docusaurus: a source.
    Source {
        /// The path.
        path: &'a str,
        /// What follows: a fragment.
        rest: &'a str,
    },
    /// `{{< ref NAME >}}` and `relref` of Hugo: a page by path or name; no name is the page itself.
    Page {
        /// The name.
        name: &'a str,
        /// What follows, inside of the tag or behind it: a fragment.
        rest: &'a str,
    },
    /// `{% post_link NAME %}` and `post_path` of Hexo: a post by its slug or its title.
    Slug {
        /// The name. Whether a `#` in it begins a fragment depends on the version of Hexo.
        name: &'a str,
    },
    /// `{% asset_img NAME %}`, `asset_link` and `asset_path` of Hexo: a file beside the post.
    Asset {
        /// The name.
        name: &'a str,
    },
    /// `[[NAME#HEADING]]`: a page by its name; no name is the page itself.
    Wiki {
        /// The name.
        name: &'a str,
        /// The heading.
        heading: Option<&'a str>,
    },
    /// A template decides: nothing can be told.
    Template,
}

/// What a tag stands for.
pub(super) enum Said<'a> {
    Text(Text<'a>),
    Post(&'a str),
    Source(&'a str),
    Page(&'a str),
    Slug(&'a str),
    Asset(&'a str),
    /// Something that only the generator knows.
    Unknown,
}

impl<'a> Written<'a> {
    /// Reads an address (`Link::url`).
    pub fn of(kind: LinkKind, url: &'a str) -> Self {
        if kind == LinkKind::Wiki {
            let (name, heading) = url.split_once('#').map_or((url, None), |(name, heading)| (name, Some(heading)));
            return Written::Wiki { name: name.trim(), heading: heading.map(str::trim) };
        }
        match next_tag(url) {
            Some(_) => Self::templated(url),
            // Braces of JavaScript, in MDX.
            None if url.starts_with('{') || url.contains("${") => Written::Template,
            None => match url.strip_prefix("@/").or_else(|| url.strip_prefix("@site/")) {
                Some(path) => {
                    let (path, rest) = path.split_at(path.find(['#', '?']).unwrap_or(path.len()));
                    Written::Source { path, rest }
                }
                None => Written::Address { text: Cow::Borrowed(url), says_base: false, says_origin: false },
            },
        }
    }

    fn templated(url: &'a str) -> Self {
        let mut address = Text::default();
        let mut rest = url;
        while let Some(at) = next_tag(rest) {
            address.push(&rest[..at]);
            let Some((call, length)) = Call::read(&rest[at..]) else { return Written::Template };
            rest = &rest[at + length..];
            match said(&call) {
                Said::Text(text) => {
                    if !address.join(text) {
                        return Written::Template;
                    }
                }
                // Jekyll before version 4 left the base path to the author, so it may stand before these.
                _ if !address.text.is_empty() => return address.up_to_query().map_or(Written::Template, Text::written),
                Said::Unknown => return Written::Template,
                said => return looked_up(said, rest),
            }
        }
        address.push(rest);
        address.written()
    }
}

/// Where the next tag may begin.
fn next_tag(text: &str) -> Option<usize> {
    // One pass: `{` a million times is no tag.
    text.as_bytes().windows(2).position(|pair| pair == b"{{" || pair == b"{%")
}

/// What is looked up by the tag that `rest` follows.
fn looked_up<'a>(said: Said<'a>, rest: &'a str) -> Written<'a> {
    let rest = if next_tag(rest).is_some() { "" } else { rest };
    match said {
        Said::Post(name) => Written::Post { name, rest },
        Said::Source(path) => Written::Source { path, rest },
        Said::Page(name) => {
            let (name, inner) = name.split_at(name.find('#').unwrap_or(name.len()));
            Written::Page { name, rest: if rest.is_empty() { inner } else { rest } }
        }
        Said::Slug(name) => Written::Slug { name },
        Said::Asset(name) => Written::Asset { name },
        Said::Text(_) | Said::Unknown => Written::Template,
    }
}

/// What a tag stands for.
pub(super) fn said<'a>(call: &Call<'a>) -> Said<'a> {
    let first = || call.arguments().next().map(|argument| argument.value).filter(|value| !value.is_empty());
    // Liquid in Liquid: `{% link {{ page.next }} %}`.
    let whole = || Some(call.rest).filter(|rest| !rest.is_empty() && next_tag(rest).is_none());
    let found = match (call.syntax, call.name) {
        (Syntax::Expression, _) => return expression::value(call.rest).map_or(Said::Unknown, Said::Text),
        (Syntax::Statement, "post_url") => whole().map(Said::Post),
        (Syntax::Statement, "link") => whole().map(Said::Source),
        (Syntax::Statement, "post_link" | "post_path") => first().map(Said::Slug),
        (Syntax::Statement, "asset_link" | "asset_path") => first().map(Said::Asset),
        (Syntax::Statement, "asset_img") => image_file(call).or_else(first).map(Said::Asset),
        (Syntax::Shortcode, "ref" | "relref") => {
            let named = call.arguments().find(|argument| argument.name == Some("path"));
            let positional = || call.arguments().next().filter(|argument| argument.name.is_none());
            named.or_else(positional).map(|argument| argument.value).filter(|name| !name.is_empty()).map(Said::Page)
        }
        _ => None,
    };
    found.unwrap_or(Said::Unknown)
}

/// Class names may stand before the file; Hexo takes the first argument that is one.
fn image_file<'a>(call: &Call<'a>) -> Option<&'a str> {
    let is_file =
        |value: &str| value.rsplit_once('.').is_some_and(|(name, ending)| !name.is_empty() && !ending.is_empty());
    call.arguments().map(|argument| argument.value).find(|value| is_file(value))
}

#[cfg(test)]
mod tests;
