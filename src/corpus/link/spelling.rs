//! How a link names where it leads, and how it would name something else in the same manner: by an address from the root or from
//! the page, by a source, by a name in a template tag. What is proposed is resolved before anyone takes it.

use std::ops::Range;

use super::cut::cut;
use super::resolve::Resolver;
use super::source::is_source;
use super::{LinkUse, Resolved};
use crate::corpus::Corpus;
use crate::post::{LinkKind, Written};
use crate::site::address::{Relative, Sources, path};

/// Names of the sources that are the page of their folder.
const INDICES: [&str; 3] = ["index", "_index", "README"];

/// What a link is to lead to: a page, or another file of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Destination {
    /// The path of its source, relative to the site root.
    pub path: Option<String>,
    /// Its address, decoded, from the root of the host.
    pub address: Option<String>,
}

/// In which manner a link names where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// An address, or a source in its place.
    Address(Style),
    /// A post by the name of its file (`post_url`).
    Post,
    /// A source by its path, in a tag (`link`).
    Source(Style),
    /// The same, in an address (`@/`).
    Content(Style),
    /// A page by path or name (`ref`).
    Page(Style),
    /// A post by its slug (`post_link`).
    Slug,
    /// A page by its name (`[[…]]`).
    Wiki,
}

/// How a path is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether it begins with `/`.
    pub is_rooted: bool,
    /// Whether it begins with `./`, where it leads no folder up.
    pub is_dotted: bool,
    /// Whether it names a source with its ending.
    pub has_ending: bool,
    /// Whether it leaves out the `.html` that an address may end with: servers find the page all the same.
    pub is_bare: bool,
}

impl Style {
    /// The style of a path.
    pub fn of(path: &str) -> Self {
        Self {
            is_rooted: path.starts_with('/'),
            is_dotted: path.starts_with("./"),
            has_ending: is_source(path),
            is_bare: path::split_extension(path).1.is_empty() && !path.ends_with('/'),
        }
    }
}

impl Manner {
    /// The manner of a link, and which part of its address (`LinkUse::url`) names where it leads; `None` where a template decides
    /// it, or nothing is named.
    pub fn of(link: &LinkUse) -> Option<(Self, Range<usize>)> {
        let url = &*link.url;
        let (manner, name) = match link.written() {
            Written::Address { text, .. } => {
                // Behind tags, or in one: `{{ '/a/' | relative_url }}`.
                let mut found = url.match_indices(&*text).map(|(at, _)| at);
                let in_tag = || found.next().filter(|_| found.next().is_none());
                let tags = url.strip_suffix(&*text).map(str::len).or_else(in_tag)?;
                let part = cut(&text).and_then(|cut| within(&text, cut.path))?;
                let style = Style::of(&text[part.clone()]);
                return (!part.is_empty()).then(|| (Self::Address(style), tags + part.start..tags + part.end));
            }
            Written::Post { name, .. } => (Self::Post, name),
            Written::Source { path, .. } if url.starts_with('@') => (Self::Content(Style::of(path)), path),
            Written::Source { path, .. } => (Self::Source(Style::of(path)), path),
            Written::Page { name, .. } => (Self::Page(Style::of(name)), name),
            Written::Slug { name } => (Self::Slug, name),
            Written::Wiki { name, .. } => (Self::Wiki, name),
            // A file of the post itself moves with it.
            Written::Asset { .. } | Written::Template => return None,
        };
        let part = within(url, name).filter(|part| !part.is_empty())?;
        Some((manner, part))
    }
}

/// Where a part of a text stands in it; `None` where it is a copy.
fn within(text: &str, part: &str) -> Option<Range<usize>> {
    let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    (start + part.len() <= text.len()).then(|| start..start + part.len())
}

/// Tells how links are written. Made once for many links.
pub struct Speller<'a> {
    resolver: Resolver<'a>,
}

impl Corpus<'_> {
    /// What tells how links between the posts are written.
    pub fn speller(&self) -> Speller<'_> {
        Speller { resolver: self.resolver() }
    }

    /// What a link to a post is to lead to.
    pub fn destination(&self, post: usize) -> Destination {
        let facts = &self.posts[post];
        let address = facts.links.as_ref().and_then(|links| links.place.address.as_deref());
        Destination { path: Some(facts.path.to_string()), address: address.map(str::to_owned) }
    }
}

impl Speller<'_> {
    /// Where a link leads that stands in a post.
    pub fn resolve(&self, post: usize, link: &LinkUse) -> Resolved {
        self.resolver.resolve(post, link)
    }

    /// The first name for a destination with which the link leads where `is_meant` wants it; `part` of its address is the name
    /// that it has now.
    pub fn spelled(
        &self,
        (from, link): (usize, &LinkUse),
        (manner, part): (Manner, Range<usize>),
        to: &Destination,
        is_meant: &dyn Fn(&str, Resolved) -> bool,
    ) -> Option<String> {
        let leads = |name: &str| self.resolve(from, &link.renamed(&part, name));
        self.names(from, manner, to).into_iter().find(|name| is_meant(name, leads(name)))
    }

    /// The address that Markdown in a post has for a destination, where the author has chosen no manner yet: by the source where
    /// the generator knows it, else as it stands on the site.
    pub fn usual(&self) -> Style {
        let habits = self.resolver.habits;
        let by_source = habits.sources != Sources::Kept && habits.relative == Relative::Source;
        Style { is_rooted: !by_source, is_dotted: by_source, has_ending: by_source, is_bare: false }
    }

    /// What begins a path from the folder of the sources, where the generator knows such.
    pub fn content_links(&self) -> Option<&'static str> {
        self.resolver.habits.content_links
    }

    /// Names that a destination may have in a manner, the likeliest first.
    fn names(&self, from: usize, manner: Manner, to: &Destination) -> Vec<String> {
        let path = to.path.as_deref().unwrap_or_default();
        let own = &*self.resolver.corpus.posts[from].path;
        match manner {
            Manner::Address(style) if style.is_rooted => self.rooted(style, to),
            Manner::Address(style) => self.relative(from, style, to),
            Manner::Source(style) if style.is_rooted => tails(path).map(|tail| format!("/{tail}")).collect(),
            Manner::Source(_) => tails(path).map(str::to_owned).collect(),
            Manner::Content(_) => tails(path).map(path::encoded).collect(),
            Manner::Page(style) if style.is_rooted => {
                tails(path).flat_map(|tail| forms(tail, style)).map(|tail| format!("/{tail}")).collect()
            }
            Manner::Page(style) => {
                let beside = forms(&relative(own, path), style);
                let name = forms(path.rsplit('/').next().unwrap_or(path), style);
                beside.into_iter().chain(name).chain(tails(path).flat_map(|tail| forms(tail, style))).collect()
            }
            Manner::Post | Manner::Slug | Manner::Wiki => {
                let mut names: Vec<String> = tails(path).flat_map(named).map(str::to_owned).collect();
                // The shortest name that leads there alone.
                names.reverse();
                names
            }
        }
    }

    fn rooted(&self, style: Style, to: &Destination) -> Vec<String> {
        let path = to.path.as_deref().unwrap_or_default();
        let sources = tails(path).flat_map(|tail| forms(tail, style)).map(|tail| format!("/{tail}"));
        let base = &*self.resolver.addresses.home().base;
        let bare = to.address.as_deref().and_then(|address| address.strip_prefix(base)).filter(|_| !base.is_empty());
        let addresses = bare.into_iter().chain(to.address.as_deref()).flat_map(|address| served(address, style));
        let addresses = addresses.map(str::to_owned);
        let all: Vec<String> =
            if style.has_ending { sources.chain(addresses).collect() } else { addresses.chain(sources).collect() };
        all.iter().map(|name| path::encoded(name)).collect()
    }

    fn relative(&self, from: usize, style: Style, to: &Destination) -> Vec<String> {
        let post = &self.resolver.corpus.posts[from];
        let own = post.links.as_ref().and_then(|links| links.place.address.as_deref());
        let path = to.path.as_deref().map(|path| relative(&post.path, path));
        let sources = path.iter().flat_map(|path| forms(path, style)).collect::<Vec<_>>();
        let address = own.zip(to.address.as_deref()).map(|(own, address)| relative(own, address));
        let address = address.iter().flat_map(|address| served(address, style)).map(str::to_owned);
        let by_source = style.has_ending || self.resolver.habits.relative == Relative::Source;
        let all: Vec<String> = if by_source {
            sources.into_iter().chain(address).collect()
        } else {
            address.into_iter().chain(sources).collect()
        };
        let dotted = |name: String| match name {
            name if style.is_dotted && !name.starts_with('.') => format!("./{name}"),
            name => name,
        };
        all.into_iter().map(dotted).map(|name| path::encoded(&name)).collect()
    }
}

/// The link that has this address, for whoever wants to know where it would lead.
pub fn link_like(kind: LinkKind, url: &str) -> LinkUse {
    LinkUse { kind, url: url.into(), span: Default::default(), target: Default::default(), image: false }
}

/// The forms of an address under which a server finds it, the one of the style first.
fn served(address: &str, style: Style) -> impl Iterator<Item = &str> {
    let bare = address.strip_suffix(".html").filter(|_| style.is_bare);
    bare.into_iter().chain([address])
}

/// A path, and what is left of it when one folder after the other is taken from its front.
fn tails(path: &str) -> impl Iterator<Item = &str> {
    std::iter::once(path).chain(path.match_indices('/').map(|(at, _)| &path[at + 1..])).filter(|tail| !tail.is_empty())
}

/// The names of a source by its path: without ending, and of an index that of its folder.
fn named(path: &str) -> impl Iterator<Item = &str> {
    let stem = path::split_extension(path).0;
    let folder = INDICES.iter().find_map(|index| stem.strip_suffix(index)?.strip_suffix('/'));
    // By itself, that name is half the site's.
    let stem = Some(stem).filter(|stem| !INDICES.contains(stem));
    stem.into_iter().chain(folder)
}

/// A path with its ending, or, if the style has none, without it; of an index then the folder first.
fn forms(path: &str, style: Style) -> Vec<String> {
    let (stem, ending) = path::split_extension(path);
    if style.has_ending || !is_source(path) || ending.is_empty() {
        return vec![path.to_owned()];
    }
    let folder = INDICES.iter().find_map(|index| stem.strip_suffix(index).filter(|rest| rest.ends_with('/')));
    let folder = folder.into_iter().flat_map(|folder| [folder.trim_end_matches('/').to_owned(), folder.to_owned()]);
    folder.chain([stem.to_owned(), path.to_owned()]).collect()
}

/// How a page at `from` names one at `to`, both from the same root.
fn relative(from: &str, to: &str) -> String {
    let folder = &from[..from.rfind('/').map_or(0, |slash| slash + 1)];
    let same = folder.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    // Up to the end of the last folder that they share.
    let same = folder.as_bytes()[..same].iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    let up = "../".repeat(folder[same..].matches('/').count());
    match format!("{up}{}", &to[same..]) {
        name if name.is_empty() => "./".to_owned(),
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths() {
        for (from, to, expected) in [
            ("a.md", "b.md", "b.md"),
            ("a/b.md", "a/c.md", "c.md"),
            ("a/b.md", "c.md", "../c.md"),
            ("a.md", "b/c.md", "b/c.md"),
            ("ab/c.md", "a/d.md", "../a/d.md"),
            ("港/a.md", "海/b.md", "../海/b.md"),
            ("/a/b/", "/a/c/", "../c/"),
            ("/a/b/", "/a/b/", "./"),
            ("/a/b.html", "/", "../"),
        ] {
            let name = relative(from, to);
            assert_eq!(name, expected, "{from} to {to}");
            let (from, to) = (format!("/{}", from.trim_start_matches('/')), format!("/{}", to.trim_start_matches('/')));
            assert_eq!(path::joined(&from, &name), Some(to), "{name}");
        }
    }

    #[test]
    fn the_name_in_an_address() {
        let name = |kind, url: &str| Manner::of(&link_like(kind, url)).map(|(_, part)| url[part].to_owned());
        for (url, expected) in [
            ("./a.md#x", Some("./a.md")),
            ("https://a.example/b?c#d", Some("/b")),
            ("https://a.example", None),
            ("#x", None),
            ("mailto:a@b.example", None),
            ("{{ site.baseurl }}/a/", Some("/a/")),
            ("{{ '/a/' | relative_url }}", Some("/a/")),
            ("{% post_url 2024-01-02-post %}#x", Some("2024-01-02-post")),
            ("{% link _posts/link.md %}", Some("_posts/link.md")),
            ("@/a/b.md#c", Some("a/b.md")),
            (r#"{{< ref "ref.md#x" >}}"#, Some("ref.md")),
            ("{{ page.next }}", None),
        ] {
            assert_eq!(name(LinkKind::Inline, url).as_deref(), expected, "{url}");
        }
        assert_eq!(name(LinkKind::Wiki, "A page#x").as_deref(), Some("A page"));
        assert_eq!(name(LinkKind::Tag, "{% post_link post 'title' %}").as_deref(), Some("post"));
    }

    #[test]
    fn forms_of_a_path() {
        let bare = Style::default();
        assert_eq!(forms("a/index.md", bare), ["a", "a/", "a/index", "a/index.md"]);
        assert_eq!(forms("a.md", bare), ["a", "a.md"]);
        assert_eq!(forms("a.png", bare), ["a.png"]);
        assert_eq!(forms("a.md", Style { has_ending: true, ..bare }), ["a.md"]);
    }
}
