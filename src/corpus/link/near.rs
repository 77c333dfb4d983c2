//! What a link should be that leads nowhere, or not by its address: the page's own address where it is known which page is
//! meant, else the nearest one by its letters. Never more than a thousand are looked at for one link.

use super::LinkUse;
use super::cut::{Cut, cut};
use super::table::{name_of, parent};
use super::{Resolved, Verdict};
use crate::corpus::Corpus;
use crate::post::Written;
use crate::site::address::path;
use crate::spanned::{nearest, nearest_of};

/// Most addresses that one is compared with.
const MOST: usize = 1000;

/// What a link should be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advice {
    /// The address to write in its place, encoded.
    pub instead: Option<String>,
    /// Whether that is certain; else it is a guess by likeness.
    pub is_certain: bool,
}

/// What a link that was resolved should be.
pub(super) fn advice(corpus: &Corpus<'_>, post: usize, link: &LinkUse, resolved: &Resolved) -> Advice {
    let written = link.written();
    let Written::Address { text, .. } = &written else {
        return Advice { instead: reference(corpus, link, resolved), is_certain: false };
    };
    let Some(cut) = cut(text) else { return Advice::default() };
    let fragment = cut.fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
    let address = |post: u32| {
        let links = corpus.posts[post as usize].links.as_ref()?;
        links.place.address.as_deref().map(path::encoded)
    };
    match (resolved.verdict, resolved.post) {
        (Verdict::BrokenAnchor, Some(to)) => {
            let near = anchor(corpus, to, cut.fragment.unwrap_or_default());
            let before = text.split('#').next().unwrap_or_default();
            Advice { instead: near.map(|near| format!("{before}#{near}")), is_certain: false }
        }
        (Verdict::WrongForm(_) | Verdict::Redirected, Some(to)) => {
            let turned = turned(&cut).filter(|path| leads_to(corpus, post, path, to));
            // Whoever names the host may need to: mail and feeds know no other.
            let host = cut.host.and_then(|host| Some(&text[..text.find(host)? + host.len()])).unwrap_or_default();
            let query =
                text.split('#').next().and_then(|rest| rest.find('?').map(|at| &rest[at..])).unwrap_or_default();
            let instead = turned.or_else(|| address(to)).map(|path| format!("{host}{path}{query}{fragment}"));
            Advice { instead, is_certain: true }
        }
        (Verdict::Broken, _) if is_mail(text) => Advice { instead: Some(format!("mailto:{text}")), is_certain: true },
        (Verdict::Broken, _) => {
            let from =
                corpus.posts[post].links.as_ref().and_then(|links| links.place.address.as_deref()).unwrap_or("/");
            let near = nearest_address(corpus, &path::followed(from, &path::decoded(cut.path)));
            Advice { instead: near.map(|near| path::encoded(&near) + &fragment), is_certain: false }
        }
        _ if resolved.names_host => {
            Advice { instead: Some(path::encoded(&path::decoded(cut.path)) + &fragment), is_certain: true }
        }
        _ => Advice::default(),
    }
}

/// A path with a slash more or less at its end.
fn turned(cut: &Cut<'_>) -> Option<String> {
    let bare = cut.path.strip_suffix('/');
    (!cut.path.is_empty()).then(|| bare.map_or_else(|| format!("{}/", cut.path), str::to_owned))
}

/// Whether a path on a page leads to the very address of another.
fn leads_to(corpus: &Corpus<'_>, post: usize, path: &str, to: u32) -> bool {
    let address = |post: usize| corpus.posts[post].links.as_ref()?.place.address.as_deref();
    let from = address(post).unwrap_or("/");
    address(to as usize) == Some(&*path::followed(from, &path::decoded(path)))
}

/// Whether an address is that of a mailbox, without the scheme that would say so.
fn is_mail(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        let is_word = |word: &str| !word.is_empty() && !word.contains(['/', '@', '?', '#', ' ']);
        is_word(name) && is_word(host) && host.trim_end_matches('.').contains('.')
    })
}

/// The anchor of a page that is most like one that it has not.
fn anchor(corpus: &Corpus<'_>, post: u32, fragment: &str) -> Option<String> {
    let links = corpus.posts[post as usize].links.as_ref()?;
    let all: Vec<&str> = links.anchors.ids.iter().take(MOST).map(String::as_str).collect();
    nearest(&path::decoded(fragment), &all).map(str::to_owned)
}

/// The address of a page that is most like one where nothing is: in the same folder, else of the same name elsewhere.
fn nearest_address(corpus: &Corpus<'_>, address: &str) -> Option<String> {
    let neighbours = corpus.table().neighbours();
    let (folder, name) = parent(address);
    let siblings = neighbours.by_folder.get(folder).map_or(&[][..], Vec::as_slice);
    let names = siblings.iter().take(MOST).map(|sibling| (&*sibling.name, sibling.length));
    if let Some(near) = nearest_of(name.trim_end_matches('/'), names) {
        return Some(format!("{folder}{near}"));
    }
    // Only a page that alone has the name is meant by it.
    match neighbours.by_name.get(&*name_of(address)?).map(Vec::as_slice) {
        Some([one]) => Some(one.to_string()),
        _ => None,
    }
}

/// What a reference that names nothing should name.
fn reference(corpus: &Corpus<'_>, link: &LinkUse, resolved: &Resolved) -> Option<String> {
    let name = match (link.written(), resolved.verdict) {
        (
            Written::Post { name, .. } | Written::Page { name, .. } | Written::Slug { name },
            Verdict::BrokenReference,
        ) => name,
        (Written::Source { path, .. }, Verdict::BrokenReference) => path,
        _ => return None,
    };
    let post = corpus.table().only(&name_of(name)?)?;
    Some(corpus.posts[post as usize].path.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mailboxes_are_told_from_paths() {
        for (text, expected) in [
            ("a@b.example", true),
            ("first.last+tag@mail.b.example", true),
            ("@b.example", false),
            ("a@b", false),
            ("a@b.example/x", false),
            ("npm/a@1.2", false),
            ("a@b@c.example", false),
            ("weir.md", false),
        ] {
            assert_eq!(is_mail(text), expected, "{text}");
        }
    }
}
