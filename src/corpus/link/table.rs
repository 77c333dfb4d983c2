//! The pages of a site by their addresses, and what is to be known of pages without one.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use crate::corpus::Facts;

/// From one page in so many on whose address is not known, any address may be a page.
const MANY_UNKNOWN: usize = 10;

/// What is at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::corpus) enum Entry {
    /// A page that is on the site.
    Page(u32),
    /// A redirect to a page.
    Alias(u32),
    /// A page, if the build decides so.
    Perhaps(u32),
    /// A page that is not on the site.
    Absent(u32),
}

/// The pages of a site by their addresses.
#[derive(Debug, Default)]
pub(in crate::corpus) struct Table {
    entries: HashMap<Box<str>, Entry>,
    /// The first of several pages at one address, and the others; sorted.
    collisions: Vec<(u32, u32)>,
    /// Addresses in small letters, where that changes them.
    by_small_letters: OnceLock<HashMap<String, Box<str>>>,
    /// First segments of all addresses.
    heads: HashSet<Box<str>>,
    /// Names of the sources whose address is not known, in small letters.
    nameless: HashSet<Box<str>>,
    /// Whether so many addresses are unknown that any may be a page.
    is_open: bool,
    /// Pages that are made because there are others: lists, feeds.
    lists: HashSet<Box<str>>,
    /// Sources that are no pages, but files of one.
    parts: HashSet<u32>,
    /// Posts by their paths.
    by_path: HashMap<Arc<str>, u32>,
    /// Posts by the names of their sources without folders and endings; of an index, by that of its folder.
    by_name: HashMap<Box<str>, Vec<u32>>,
    /// The first post of each title.
    by_title: HashMap<Box<str>, u32>,
    /// The only post of each name (`name_of`); `None` where several have it.
    only: OnceLock<HashMap<Box<str>, Option<u32>>>,
    /// Addresses of pages by the folder they are in and by their last segments.
    neighbours: OnceLock<Neighbours>,
}

/// Addresses of pages that are on the site, where those that were meant are looked for.
#[derive(Debug, Default)]
pub(in crate::corpus) struct Neighbours {
    /// By the address of the folder, with a slash at its end; sorted.
    pub(super) by_folder: HashMap<Box<str>, Vec<Sibling>>,
    /// By the last segment without ending and day, in small letters; sorted.
    pub(super) by_name: HashMap<Box<str>, Vec<Box<str>>>,
}

/// A page in a folder.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::corpus) struct Sibling {
    /// The last segment of its address.
    pub(super) name: Box<str>,
    /// How many characters it has.
    pub(super) length: usize,
}

impl Table {
    /// The table of these posts, of a site in the folder `base` of its host.
    pub(in crate::corpus) fn of(posts: &[Arc<Facts>], base: &str) -> Self {
        let mut table = Self::default();
        let (mut placed, mut unknown) = (0, 0);
        let leaves: HashSet<&str> = posts.iter().filter_map(|post| leaf(post)).collect();
        for (index, post) in (0..).zip(posts) {
            table.by_path.insert(post.path.clone(), index);
            table.by_name.entry(source_name(&post.path).into()).or_default().push(index);
            if let Some(title) = &post.title {
                table.by_title.entry(title.text.clone()).or_insert(index);
            }
            let Some(place) = post.links.as_ref().map(|links| &links.place) else { continue };
            if is_part_of_leaf(post, &leaves) {
                table.parts.insert(index);
                continue;
            }
            placed += 1;
            let Some(address) = &place.address else {
                unknown += 1;
                table.nameless.extend(name_of(&post.path));
                continue;
            };
            if let Some(head) = address.strip_prefix(base).and_then(head) {
                table.heads.insert(head.into());
            }
            table.add(address, if place.absent.is_some() { Entry::Absent(index) } else { Entry::Page(index) });
            if place.absent.is_none() {
                place.lists.iter().for_each(|address| table.lists.extend([address.clone()]));
            }
            place.perhaps.iter().for_each(|address| table.add(address, Entry::Perhaps(index)));
            if place.absent.is_none() {
                place.aliases.iter().for_each(|address| table.add(address, Entry::Alias(index)));
            }
        }
        table.is_open = unknown * MANY_UNKNOWN > placed;
        table.collisions.sort_unstable();
        table
    }

    fn add(&mut self, address: &str, entry: Entry) {
        match self.entries.get_mut(address) {
            Some(known) => {
                if let (Entry::Page(first), Entry::Page(other)) = (*known, entry) {
                    self.collisions.push((first, other));
                }
                *known = entry.min(*known);
            }
            None => _ = self.entries.insert(address.into(), entry),
        }
    }

    /// Whether a source is no page, but a file of one.
    pub(super) fn is_part(&self, post: usize) -> bool {
        u32::try_from(post).is_ok_and(|post| self.parts.contains(&post))
    }

    /// What is at an address.
    pub(super) fn get(&self, address: &str) -> Option<Entry> {
        self.entries.get(address).copied()
    }

    /// Whether a page without a source is at an address.
    pub(super) fn has_list(&self, address: &str) -> bool {
        self.lists.contains(address)
    }

    /// The post at a path.
    pub(super) fn post(&self, path: &str) -> Option<u32> {
        self.by_path.get(path).copied()
    }

    /// Posts by the name of their source; of `a/b` those whose path ends so, without its ending.
    pub(super) fn named(&self, name: &str) -> &[u32] {
        self.by_name.get(name.rsplit('/').next().unwrap_or(name)).map_or(&[], Vec::as_slice)
    }

    /// The post that alone has a name (`name_of`).
    pub(super) fn only(&self, name: &str) -> Option<u32> {
        let only = self.only.get_or_init(|| {
            let mut only = HashMap::new();
            for (path, post) in &self.by_path {
                let Some(name) = name_of(path) else { continue };
                only.entry(name).and_modify(|post| *post = None).or_insert(Some(*post));
            }
            only
        });
        only.get(name).copied().flatten()
    }

    /// The first post with a title.
    pub(super) fn titled(&self, title: &str) -> Option<u32> {
        self.by_title.get(title).copied()
    }

    /// Where to look for the address that was meant.
    pub(in crate::corpus) fn neighbours(&self) -> &Neighbours {
        self.neighbours.get_or_init(|| {
            let mut all = Neighbours::default();
            for (address, _) in self.entries.iter().filter(|(_, entry)| matches!(entry, Entry::Page(_))) {
                let (folder, name) = parent(address);
                let sibling = Sibling { name: name.into(), length: name.chars().count() };
                all.by_folder.entry(folder.into()).or_default().push(sibling);
                if let Some(name) = name_of(address) {
                    all.by_name.entry(name).or_default().push(address.clone());
                }
            }
            all.by_folder.values_mut().for_each(|some| some.sort_unstable());
            all.by_name.values_mut().for_each(|some| some.sort_unstable());
            all
        })
    }

    /// The address that differs from this one in case alone.
    pub(super) fn in_other_case(&self, address: &str) -> Option<&str> {
        let small = self.by_small_letters.get_or_init(|| {
            let mut all: Vec<&Box<str>> = self.entries.keys().collect();
            // Of several, the same one in every run.
            all.sort_unstable_by(|a, b| b.cmp(a));
            all.into_iter().map(|address| (address.to_lowercase(), address.clone())).collect()
        });
        small.get(&address.to_lowercase()).map(|address| &**address).filter(|other| *other != address)
    }

    /// Whether a page may be at an address although the table does not know it: one of unknown address may be there.
    pub(super) fn may_have(&self, address: &str) -> bool {
        self.is_open || name_of(address).is_some_and(|name| self.nameless.contains(&name))
    }

    /// Whether some page's address begins with this segment.
    pub(super) fn has_head(&self, segment: &str) -> bool {
        self.heads.contains(segment)
    }

    /// Pages of which several have one address: the first of them and each other one.
    pub(in crate::corpus) fn collisions(&self) -> &[(u32, u32)] {
        &self.collisions
    }
}

/// The folder of a page whose other sources are its files.
fn leaf(post: &Facts) -> Option<&str> {
    let place = &post.links.as_ref()?.place;
    place.bundle.as_deref().filter(|_| place.is_leaf)
}

/// Whether a source lies in such a folder without being its page.
fn is_part_of_leaf(post: &Facts, leaves: &HashSet<&str>) -> bool {
    let is_in = |path: &str| path.match_indices('/').any(|(at, _)| leaves.contains(&path[..at]));
    leaf(post).is_none() && is_in(&post.path)
}

/// The first segment of an address.
pub(super) fn head(address: &str) -> Option<&str> {
    address.trim_start_matches('/').split('/').next().filter(|head| !head.is_empty())
}

/// An address cut before its last segment: the folder with its slash, and the segment.
pub(super) fn parent(address: &str) -> (&str, &str) {
    address.split_at(address.trim_end_matches('/').rfind('/').map_or(0, |slash| slash + 1))
}

/// The name of a source without folders and ending; of an index, that of its folder: all indices together would be one name
/// of half the site.
fn source_name(path: &str) -> &str {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let stem = stem.strip_suffix("/index").or(stem.strip_suffix("/_index")).unwrap_or(stem);
    stem.rsplit('/').next().unwrap_or(stem)
}

/// The last segment of a path without its ending and a day in front, in small letters; that of the folder of an index.
pub(super) fn name_of(path: &str) -> Option<Box<str>> {
    let mut segments = path.trim_end_matches('/').rsplit('/');
    let stem = |segment: &str| segment.rsplit_once('.').map_or(segment, |(stem, _)| stem).to_lowercase();
    let name = segments.next().map(stem)?;
    let name = if matches!(name.as_str(), "index" | "_index") { segments.next().map(stem)? } else { name };
    let is_of_day = |c: char| c.is_ascii_digit() || matches!(c, '-' | '_');
    let slug = name.trim_start_matches(is_of_day);
    let name = if slug.is_empty() { name.as_str() } else { slug };
    (!name.is_empty()).then(|| name.into())
}
