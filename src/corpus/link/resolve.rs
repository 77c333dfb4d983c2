//! One link, resolved: the address as written becomes a path of the site, and that is looked up.

use super::LinkUse;
use super::cut::{composed, cut};
use super::files::Folders;
use super::source::is_source;
use super::table::{Entry, Table, head};
use super::{Form, Resolved, Verdict, fragment, reference};
use crate::corpus::{Corpus, Texts};
use crate::post::{LinkKind, Written};
use crate::site::address::{Addresses, AddsBase, Habits, Makes, Relative, Sources, Terms, home, path};

/// Endings that a server adds without being asked: `x` is found at `x.html`, `x/` at `x/index.html`.
const ADDED: [&str; 2] = [".html", "/index.html"];

/// What links of a site are resolved with.
pub(super) struct Resolver<'a> {
    pub(super) corpus: &'a Corpus<'a>,
    pub(super) table: &'a Table,
    pub(super) addresses: &'a Addresses,
    pub(super) habits: Habits,
    terms: Terms<'a>,
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
        let terms = corpus.posts.iter().flat_map(|post| post.terms.iter().map(|term| (term.taxonomy, &*term.text)));
        let terms = Terms::new(terms);
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
                    self.path(post, cut.path, self.reading(link, cut.host.is_some(), *says_base || *says_origin))
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
        let verdict = match self.with_fragment(target, fragment) {
            Verdict::Broken | Verdict::BrokenReference if self.may_be_linked(link) => Verdict::Unverified,
            verdict => verdict,
        };
        Resolved { verdict, post: target.post, names_host }
    }

    /// Whether the page that a link means may be made of a source that is not read here.
    fn may_be_linked(&self, link: &LinkUse) -> bool {
        self.corpus.linked.may_have(&self.corpus.posts, self.corpus.texts, link)
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

    /// Whether the generator knows what this begins with as a path from the folder of the sources.
    pub(super) fn knows_content_link(&self, url: &str) -> bool {
        self.habits.content_links.is_some_and(|start| url.starts_with(start))
    }

    /// The habits by which one link is read: the base path is added where a tag says so, and never behind a host; what is
    /// done with images is done with those in Markdown.
    fn reading(&self, link: &LinkUse, has_host: bool, says_base: bool) -> Habits {
        let is_rendered = link.image && matches!(link.kind, LinkKind::Inline | LinkKind::Reference);
        let adds_base = match self.habits.adds_base {
            _ if says_base => AddsBase::Always,
            _ if has_host => AddsBase::Never,
            AddsBase::ToImages if !is_rendered => AddsBase::Never,
            habit => habit,
        };
        let relative = match self.habits.relative {
            Relative::PageButImages if !is_rendered => Relative::Page,
            habit => habit,
        };
        Habits { adds_base, relative, ..self.habits }
    }

    /// Where a path leads from a page.
    fn path(&self, post: usize, written: &str, reading: Habits) -> Target {
        let from = &self.corpus.posts[post];
        if written.is_empty() {
            return Target::post(Verdict::Found, u32::try_from(post).unwrap_or(u32::MAX));
        }
        let decoded = composed(path::decoded(written));
        if decoded.starts_with('/') {
            let found = self.rooted(&decoded, reading.adds_base);
            return if is_nowhere(found) { self.rooted_source(&decoded).unwrap_or(found) } else { found };
        }
        if reading.adds_base == AddsBase::ToImages {
            // A plug-in may take it from the folder of the post all the same.
            let rooted = self.rooted(&decoded, reading.adds_base);
            if rooted.verdict == Verdict::Found {
                return rooted;
            }
        }
        let in_source = || self.source(&from.path, &decoded);
        let place = from.links.as_ref().map(|links| &links.place);
        let Some(address) = place.and_then(|place| place.address.as_deref()) else {
            // Where the page is, is not known: what lies beside its source may lie beside it on the site.
            let is_by_source = reading.relative == Relative::Source
                && (reading.sources == Sources::Resolved
                    || reading.sources == Sources::ResolvedByFile && is_source(&decoded));
            return match in_source() {
                Some(found) => found,
                None if is_by_source => self.missing(&decoded),
                None => Target::of(Verdict::Unverified),
            };
        };
        let on_site = || self.lookup(&path::followed(address, &decoded), true);
        match reading.relative {
            Relative::Source => in_source().unwrap_or_else(|| match on_site() {
                broken if is_nowhere(broken) => {
                    let moved = || self.moved_source(address, &decoded);
                    self.source_of_content(&decoded).or_else(moved).unwrap_or(broken)
                }
                found => found,
            }),
            // What else than a path begins an address, a bundler knows.
            Relative::PageButImages => in_source().unwrap_or(Target::of(if decoded.starts_with('.') {
                Verdict::Broken
            } else {
                Verdict::Unverified
            })),
            Relative::Page => match on_site() {
                found if !is_nowhere(found) => found,
                broken if self.works_from_elsewhere(place.map_or(&[][..], |place| &place.perhaps), &decoded) => {
                    Target { verdict: Verdict::Unverified, ..broken }
                }
                broken if reading.sources == Sources::Kept => broken,
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

    /// A path from the root of the host.
    fn rooted(&self, decoded: &str, adds_base: AddsBase) -> Target {
        let base = &*self.addresses.home().base;
        let cleaned = path::followed("/", decoded);
        if base.is_empty() {
            return self.lookup(&cleaned, false);
        }
        let with_base = format!("{base}{cleaned}");
        let has_base = cleaned == base || cleaned.strip_prefix(base).is_some_and(|rest| rest.starts_with('/'));
        match adds_base {
            AddsBase::Always | AddsBase::ToImages => return self.lookup(&with_base, false),
            AddsBase::WhereMissing if !has_base => return self.lookup(&with_base, false),
            AddsBase::WhereMissing | AddsBase::Never => {}
        }
        if has_base {
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

    /// What is at an address: decoded, from the root of the host. A relative link stays inside of the site; another one may
    /// lead to what else the host has.
    pub(super) fn lookup(&self, address: &str, is_relative: bool) -> Target {
        if let Some(target) = self.page(address) {
            return target;
        }
        let base = &*self.addresses.home().base;
        let path = address.strip_prefix(base).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        let Some(path) = path.map(|path| if path.is_empty() { "/" } else { path }) else {
            return Target::of(Verdict::Unverified);
        };
        // Every site has a front page. In a folder that is served a page may stand that is meant.
        if path == "/" || self.table.has_list(address) || self.is_file(address, path) {
            return self.other_form(address).filter(|_| self.is_folder(path)).unwrap_or(Target::of(Verdict::Found));
        }
        let makes = self.addresses.makes(path, &self.terms);
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

    /// Whether what may be served at a path is a folder.
    fn is_folder(&self, path: &str) -> bool {
        let (folders, texts) = self.folders();
        !path.ends_with('/') && self.addresses.files(path).iter().any(|folder| folders.names(texts, folder).is_some())
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
            // A folder in it is not served as such.
            let is_file = |file: &str| folders.has(texts, file) && folders.names(texts, file).is_none();
            let names_file = !rest.is_empty() && !rest.ends_with('/');
            names_file && bundle.is_some_and(|bundle| is_file(&format!("{bundle}/{rest}")))
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
            // The generator lists something there: tags, archives.
            || self.addresses.makes(&format!("/{head}/"), &self.terms) == Makes::Yes
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

/// Whether nothing is where a link leads.
fn is_nowhere(target: Target) -> bool {
    target.verdict == Verdict::Broken
}
