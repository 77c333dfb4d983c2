//! One link, resolved: the address as written becomes a path of the site, and that is looked up.

use super::LinkUse;
use super::cut::{composed, cut};
use super::files::Folders;
use super::table::{Entry, Table, head};
use super::{Form, Resolved, Verdict, fragment, reference};
use crate::corpus::{Corpus, Texts};
use crate::post::Written;
use crate::site::address::{Addresses, Habits, Makes, Relative, Sources, Terms, home, path};

/// Endings of source files that a generator makes pages of.
const SOURCES: [&str; 5] = [".md", ".markdown", ".mdx", ".Rmd", ".html"];

/// Endings that a server adds without being asked: `x` is found at `x.html`, `x/` at `x/index.html`.
const ADDED: [&str; 2] = [".html", "/index.html"];

/// What links of a site are resolved with.
pub(super) struct Resolver<'a> {
    pub(super) corpus: &'a Corpus<'a>,
    pub(super) table: &'a Table,
    pub(super) addresses: &'a Addresses,
    habits: Habits,
    terms: Vec<(&'a str, &'a str)>,
}

/// What a lookup yields, before the fragment is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) verdict: Verdict,
    pub(super) post: Option<u32>,
}

impl Target {
    pub(super) const fn of(verdict: Verdict) -> Self {
        Self { verdict, post: None }
    }

    pub(super) fn post(verdict: Verdict, post: u32) -> Self {
        Self { verdict, post: Some(post) }
    }
}

impl<'a> Resolver<'a> {
    pub(super) fn new(corpus: &'a Corpus<'a>) -> Self {
        let mut terms: Vec<(&str, &str)> =
            corpus.posts.iter().flat_map(|post| post.terms.iter().map(|term| (term.taxonomy, &*term.text))).collect();
        terms.sort_unstable();
        terms.dedup();
        let addresses = &corpus.addresses;
        Self { corpus, table: corpus.table(), addresses, habits: addresses.habits(), terms }
    }

    pub(super) fn folders(&self) -> (&Folders, &dyn Texts) {
        (&self.corpus.folders, self.corpus.texts)
    }

    /// Posts whose source has this name, with or without ending, perhaps below folders; with their paths.
    pub(super) fn sources_named(&self, name: &str) -> impl Iterator<Item = (&'a str, u32)> {
        let stem = name.strip_suffix(".md").unwrap_or(name).trim_matches('/').to_owned();
        let posts = self.table.named(&stem).iter().map(|post| (&*self.corpus.posts[*post as usize].path, *post));
        posts.filter(move |(path, _)| {
            let path = path.rsplit_once('.').map_or(*path, |(path, _)| path);
            let path = path.strip_suffix("/index").or(path.strip_suffix("/_index")).unwrap_or(path);
            path.strip_suffix(&*stem).is_some_and(|above| above.is_empty() || above.ends_with('/'))
        })
    }

    /// The first post with a title.
    pub(super) fn titled(&self, title: &str) -> Option<u32> {
        self.table.titled(title)
    }

    /// The paths, relative to the site root, of the source that a reference names.
    pub(super) fn source_paths(&self, path: &str) -> Vec<String> {
        self.addresses.sources(path)
    }

    /// Where a link of a post leads.
    pub(super) fn resolve(&self, post: usize, link: &LinkUse) -> Resolved {
        if self.table.is_part(post) {
            // What becomes of it, a template of its page decides.
            return Resolved { verdict: Verdict::Unverified, post: None, names_host: false };
        }
        let written = link.written();
        let (target, fragment, names_host) = match &written {
            Written::Address { text, says_base, says_origin } => {
                let cut = match cut(text) {
                    Some(cut) => cut,
                    None => return Resolved { verdict: Verdict::Other, post: None, names_host: false },
                };
                let is_own = cut.host.is_none_or(|host| self.is_own(host));
                let target = if is_own {
                    self.path(post, cut.path, *says_base || *says_origin)
                } else {
                    Target::of(Verdict::External)
                };
                (target, cut.fragment, is_own && cut.host.is_some())
            }
            written => {
                let (target, fragment) = reference::resolve(self, post, written, &link.url);
                (target, fragment, false)
            }
        };
        let verdict = self.with_fragment(target, fragment);
        Resolved { verdict, post: target.post, names_host }
    }

    fn is_own(&self, host: &str) -> bool {
        is_own(self.addresses, host)
    }

    /// What the fragment makes of a link that leads somewhere.
    fn with_fragment(&self, target: Target, fragment: Option<&str>) -> Verdict {
        let leads = matches!(target.verdict, Verdict::Found | Verdict::Redirected | Verdict::WrongForm(_));
        let (Some(fragment), Some(post), true) = (fragment, target.post, leads) else { return target.verdict };
        match self.corpus.posts[post as usize].links.as_ref().map(|links| fragment::is_there(links, fragment)) {
            Some(fragment::Answer::No) => Verdict::BrokenAnchor,
            Some(fragment::Answer::Yes) => target.verdict,
            Some(fragment::Answer::Perhaps) | None => match target.verdict {
                Verdict::Found => Verdict::Unverified,
                other => other,
            },
        }
    }

    /// Where a path leads from a page.
    fn path(&self, post: usize, written: &str, says_base: bool) -> Target {
        let from = &self.corpus.posts[post];
        if written.is_empty() {
            return Target::post(Verdict::Found, u32::try_from(post).unwrap_or(u32::MAX));
        }
        let decoded = composed(path::decoded(written));
        if decoded.starts_with('/') {
            return self.rooted(&decoded, says_base);
        }
        let in_source = || self.source(&from.path, &decoded);
        let place = from.links.as_ref().map(|links| &links.place);
        let Some(address) = place.and_then(|place| place.address.as_deref()) else {
            // Where the page is, is not known: what lies beside its source may lie beside it on the site.
            return match in_source() {
                Some(found) => found,
                None if self.habits.relative == Relative::Source && self.habits.sources == Sources::Resolved => {
                    self.missing(&decoded)
                }
                None => Target::of(Verdict::Unverified),
            };
        };
        let on_site = || self.lookup(&path::followed(address, &decoded), true);
        match self.habits.relative {
            Relative::Source => in_source().unwrap_or_else(|| match on_site() {
                found if found.verdict != Verdict::Broken => found,
                broken => broken,
            }),
            Relative::Page => match on_site() {
                found if found.verdict != Verdict::Broken => found,
                broken if self.works_from_elsewhere(place.map_or(&[][..], |place| &place.perhaps), &decoded) => {
                    Target { verdict: Verdict::Unverified, ..broken }
                }
                broken if self.habits.sources == Sources::Kept => broken,
                broken => match in_source() {
                    Some(found) if is_source(&decoded) => self.by_plugin(found),
                    _ => broken,
                },
            },
        }
    }

    /// Whether a relative link leads somewhere from an address where the page may be instead.
    fn works_from_elsewhere(&self, perhaps: &[Box<str>], relative: &str) -> bool {
        let lookup = |address: &str| self.lookup(&path::followed(address, relative), true).verdict;
        perhaps.iter().any(|address| lookup(address) != Verdict::Broken)
    }

    /// A link to a source file that the generator, or a plug-in, turns into the page's address.
    fn by_plugin(&self, found: Target) -> Target {
        match (self.habits.sources, found.verdict) {
            (Sources::Perhaps, Verdict::Found) => Target { verdict: Verdict::Unverified, ..found },
            _ => found,
        }
    }

    /// A path from the root of the host.
    fn rooted(&self, decoded: &str, says_base: bool) -> Target {
        let base = &*self.addresses.home().base;
        let cleaned = path::followed("/", decoded);
        if base.is_empty() {
            return self.lookup(&cleaned, false);
        }
        let with_base = format!("{base}{cleaned}");
        if says_base || self.habits.adds_base {
            return self.lookup(&with_base, false);
        }
        if cleaned == base || cleaned.strip_prefix(base).is_some_and(|rest| rest.starts_with('/')) {
            return self.lookup(&cleaned, false);
        }
        // Without the base it leads out of the site, to whatever else the host has.
        match self.lookup(&with_base, false) {
            found @ Target { verdict: Verdict::Found, post: Some(_) } => {
                Target { verdict: Verdict::WrongForm(Form::Base), ..found }
            }
            _ => Target::of(Verdict::Unverified),
        }
    }

    /// The page or file whose source lies at a path relative to the folder of another source.
    fn source(&self, from: &str, relative: &str) -> Option<Target> {
        let joined = path::joined(&format!("/{from}"), relative)?;
        let path = joined.trim_start_matches('/');
        if let Some(post) = self.table.post(path) {
            return Some(self.to_source(post));
        }
        let stem = path.trim_end_matches('/');
        let with_ending = SOURCES.iter().map(|ending| format!("{stem}{ending}"));
        let as_folder = ["index.md", "README.md", "_index.md"].iter().map(|name| format!("{stem}/{name}"));
        let named = if self.habits.sources == Sources::Resolved && self.habits.relative == Relative::Source {
            let stem = stem.strip_suffix(".html").unwrap_or(stem);
            let page = format!("{stem}.md");
            std::iter::once(page).chain(with_ending).chain(as_folder).find_map(|path| self.table.post(&path))
        } else {
            None
        };
        if let Some(post) = named {
            return Some(self.to_source(post));
        }
        let (folders, texts) = self.folders();
        folders.has(texts, path).then(|| Target::of(Verdict::Found))
    }

    /// A link to a page by its source.
    pub(super) fn to_source(&self, post: u32) -> Target {
        let place = self.corpus.posts[post as usize].links.as_ref().map(|links| &links.place);
        match place.and_then(|place| place.absent) {
            Some(absence) => Target::post(Verdict::NotPublished(absence), post),
            None => Target::post(Verdict::Found, post),
        }
    }

    /// What is at an address: decoded, from the root of the host. A relative link stays inside of the site; another one may
    /// lead to what else the host has.
    fn lookup(&self, address: &str, is_relative: bool) -> Target {
        if let Some(target) = self.page(address) {
            return target;
        }
        let base = &*self.addresses.home().base;
        let path = address.strip_prefix(base).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        let Some(path) = path.map(|path| if path.is_empty() { "/" } else { path }) else {
            return Target::of(Verdict::Unverified);
        };
        // Every site has a front page.
        if path == "/" || self.table.has_list(address) || self.is_file(address, path) {
            return Target::of(Verdict::Found);
        }
        let makes = self.addresses.makes(path, &Terms(&self.terms));
        match makes {
            Makes::Yes => return Target::of(Verdict::Found),
            Makes::Perhaps | Makes::No => {}
        }
        if let Some(target) = self.other_form(address) {
            return target;
        }
        let is_known_part = is_relative || self.is_known_part(path);
        if makes == Makes::Perhaps || !is_known_part || self.table.may_have(address) {
            return Target::of(Verdict::Unverified);
        }
        Target::of(Verdict::Broken)
    }

    fn missing(&self, address: &str) -> Target {
        Target::of(if self.table.may_have(address) { Verdict::Unverified } else { Verdict::Broken })
    }

    /// The page at an address, or at the one that a server tries next.
    fn page(&self, address: &str) -> Option<Target> {
        let entry = |address: &str| self.table.get(address);
        let shown = address.strip_suffix("index.html").filter(|folder| folder.ends_with('/'));
        let added = || ADDED.iter().find_map(|ending| entry(&format!("{address}{ending}")));
        let found =
            entry(address).or_else(|| entry(shown?)).or_else(|| if address.ends_with('/') { None } else { added() });
        Some(match found? {
            Entry::Page(post) => Target::post(Verdict::Found, post),
            Entry::Alias(post) => Target::post(Verdict::Redirected, post),
            Entry::Perhaps(post) => Target::post(Verdict::Unverified, post),
            Entry::Absent(post) => {
                let place = self.corpus.posts[post as usize].links.as_ref()?;
                Target::post(Verdict::NotPublished(place.place.absent?), post)
            }
        })
    }

    /// The page that an address means although it is written in another way.
    fn other_form(&self, address: &str) -> Option<Target> {
        let wrong = |form: Form, address: &str| match self.page(address)? {
            Target { verdict: Verdict::Found, post } => Some(Target { verdict: Verdict::WrongForm(form), post }),
            other => Some(other),
        };
        let turned = match address.strip_suffix('/') {
            Some(file) => file.to_owned(),
            None => format!("{address}/"),
        };
        let by_slash = wrong(Form::Slash, &turned);
        by_slash
            .or_else(|| wrong(Form::Case, self.table.in_other_case(address)?))
            .or_else(|| wrong(Form::Case, self.table.in_other_case(&turned)?))
    }

    /// Whether a file of the site is served at an address; `path` is the same without the base.
    fn is_file(&self, address: &str, path: &str) -> bool {
        let (folders, texts) = self.folders();
        let is_there = |file: &str| {
            let is_page = self.table.post(file).is_some();
            !is_page && folders.has(texts, file)
        };
        let index = if path.ends_with('/') { "index.html" } else { "" };
        self.addresses.files(&format!("{path}{index}")).iter().any(|file| is_there(file)) || self.in_bundle(address)
    }

    /// Whether the address is that of a file beside a page.
    fn in_bundle(&self, address: &str) -> bool {
        let (folders, texts) = self.folders();
        let slashes = address.match_indices('/').map(|(at, _)| at).collect::<Vec<_>>();
        // No bundle is deep.
        slashes.iter().rev().take(4).any(|slash| {
            let (folder, rest) = address.split_at(slash + 1);
            let Some(Entry::Page(post) | Entry::Absent(post)) = self.table.get(folder) else { return false };
            let place = self.corpus.posts[post as usize].links.as_ref().map(|links| &links.place);
            let bundle = place.and_then(|place| place.bundle.as_deref());
            !rest.is_empty() && bundle.is_some_and(|bundle| folders.has(texts, &format!("{bundle}/{rest}")))
        })
    }

    /// Whether the site has anything where the path leads: elsewhere the host may hold what is no part of the site.
    fn is_known_part(&self, path: &str) -> bool {
        let Some(head) = head(path) else { return true };
        let (folders, texts) = self.folders();
        let is_alone = path.trim_matches('/') == head;
        if is_alone {
            // A file at the root belongs to the site; a folder may be another site.
            return head.contains('.');
        }
        self.table.has_head(head)
            || self.addresses.files(&format!("/{head}")).iter().any(|folder| folders.has(texts, folder))
    }
}

/// Whether a host is that of the site.
pub(super) fn is_own(addresses: &Addresses, host: &str) -> bool {
    let hosts = &addresses.home().hosts;
    let host = host.strip_suffix('.').unwrap_or(host);
    hosts.iter().any(|own| own.eq_ignore_ascii_case(host))
        || !host.is_ascii() && home::ascii(host).is_some_and(|host| hosts.contains(&host))
}

/// Whether a path names a source of a page.
fn is_source(path: &str) -> bool {
    [".md", ".markdown", ".mdx"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending))
}
