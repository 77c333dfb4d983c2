//! References that the generator resolves: template tags that name a post, a source or a file, and wiki links.

use super::Verdict;
use super::cut::composed;
use super::resolve::{Resolver, Target};
use super::table::head;
use crate::post::Written;
use crate::site::address::path;

/// Endings of sources that a reference may leave out.
const ENDINGS: [&str; 4] = [".md", ".markdown", ".mdx", ".html"];

/// Where a reference leads from a post, and the fragment that it names.
pub(super) fn resolve<'w>(
    resolver: &Resolver<'_>,
    post: usize,
    written: &Written<'w>,
    url: &str,
) -> (Target, Option<&'w str>) {
    let fragment = |rest: &'w str| rest.split_once('#').map(|(_, fragment)| fragment);
    match written {
        Written::Post { name, rest } => (by_name(resolver, name), fragment(rest)),
        // Where the generator does not know it, `@/` means what a bundler makes of it.
        Written::Source { path, rest } if !url.starts_with('@') || resolver.knows_content_link(url) => {
            (by_source(resolver, path), fragment(rest))
        }
        Written::Page { name, rest } => (by_page(resolver, post, name), fragment(rest)),
        Written::Slug { name } => (by_slug(resolver, name), None),
        Written::Asset { name } => (by_asset(resolver, post, name), None),
        Written::Wiki { name, heading } => (by_title(resolver, name), *heading),
        Written::Template | Written::Source { .. } | Written::Address { .. } => (Target::of(Verdict::Unverified), None),
    }
}

fn found(resolver: &Resolver<'_>, post: Option<u32>) -> Target {
    post.map_or(Target::of(Verdict::BrokenReference), |post| resolver.to_source(post))
}

/// Jekyll's `post_url`: a post by its file name, with folders below `_posts` if they are told.
fn by_name(resolver: &Resolver<'_>, name: &str) -> Target {
    found(resolver, resolver.sources_named(name).next().map(|(_, post)| post))
}

/// A source by its path: below the site root, or below the folder that the generator reads content from.
fn by_source(resolver: &Resolver<'_>, written: &str) -> Target {
    let path = composed(path::decoded(written.trim_start_matches('/')));
    let candidates = resolver.source_paths(&path);
    if candidates.is_empty() {
        // No such tag is known here.
        return Target::of(Verdict::Unverified);
    }
    if let Some(post) = candidates.iter().find_map(|path| resolver.table.post(path)) {
        return resolver.to_source(post);
    }
    let (folders, texts) = resolver.folders();
    let is_there = candidates.iter().any(|path| folders.has(texts, path));
    Target::of(if is_there { Verdict::Found } else { Verdict::BrokenReference })
}

/// Hugo's `ref`: a page by its path from the content folder or from the page, else by a name that only one has.
fn by_page(resolver: &Resolver<'_>, post: usize, name: &str) -> Target {
    if name.is_empty() {
        return found(resolver, u32::try_from(post).ok());
    }
    let own = &resolver.corpus.posts[post].path;
    let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
    let joined = |from: &str, name: &str| path::joined(&format!("/{from}/"), name).map(|path| path[1..].to_owned());
    let beside = if name.starts_with('/') { None } else { joined(folder, name) };
    let rooted = resolver.source_paths(name.trim_start_matches('/'));
    let paths = beside.into_iter().chain(rooted);
    let with_endings = paths.flat_map(|path| {
        let path = path.trim_end_matches('/').to_owned();
        let index = ["index.md", "_index.md"].map(|index| format!("{path}/{index}"));
        let named = ENDINGS.map(|ending| format!("{path}{ending}"));
        std::iter::once(path).chain(named).chain(index)
    });
    if let Some(post) = with_endings.into_iter().find_map(|path| resolver.table.post(&path)) {
        return resolver.to_source(post);
    }
    if name.starts_with('/') || name.contains('/') {
        return Target::of(Verdict::BrokenReference);
    }
    found(resolver, resolver.sources_named(name).next().map(|(_, post)| post))
}

/// Hexo's `post_link`: a post by its slug, which is its path below `_posts` without ending, or by its title.
fn by_slug(resolver: &Resolver<'_>, name: &str) -> Target {
    let by_path = || resolver.sources_named(name).next().map(|(_, post)| post);
    found(resolver, by_path().or_else(|| resolver.titled(name)))
}

/// Hexo's `asset_img`: a file of the post's own folder.
fn by_asset(resolver: &Resolver<'_>, post: usize, name: &str) -> Target {
    let facts = &resolver.corpus.posts[post];
    let bundle = facts.links.as_ref().and_then(|links| links.place.bundle.as_deref());
    // Without asset folders in the settings the tag makes nothing.
    let Some(bundle) = bundle else { return Target::of(Verdict::Unverified) };
    let (folders, texts) = resolver.folders();
    let is_there = folders.has(texts, &format!("{bundle}/{}", path::decoded(name)));
    Target::of(if is_there { Verdict::Found } else { Verdict::BrokenReference })
}

/// A wiki link: a page by its file name or its title; what makes links of these is a plug-in, and may know more.
fn by_title(resolver: &Resolver<'_>, name: &str) -> Target {
    let name = name.trim();
    if name.is_empty() || head(name).is_none() {
        return Target::of(Verdict::Unverified);
    }
    let post = resolver.sources_named(name).next().map(|(_, post)| post).or_else(|| resolver.titled(name));
    match post.map(|post| resolver.to_source(post)) {
        Some(target @ Target { verdict: Verdict::Found, .. }) => target,
        Some(target) => target,
        None => Target::of(Verdict::Unverified),
    }
}
