//! Addresses and anchors as the generators themselves make them, against what is told without building. The tables
//! (`addresses.tsv` beside each mini-site) are written by `tests/addresses/rebuild.sh`, which builds the site with its generator.
//!
//! A row is source, address (`-` for what is not published) and the ids of headings, between tabs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use copydesk::post::Post;
use copydesk::site::Role;
use copydesk::site::address::{Addresses, Makes, Page, Place, Terms};
use copydesk::site::anchor::same;
use copydesk::source::Source;
use copydesk::spanned::{Node, Value};
use copydesk::walk;
use jiff::Timestamp;

/// Rows on which the generators of two versions differ, or that a time zone of the build decides, with the reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("hugo", "content/docs/a/b.md", "which folders are sections, only the whole site tells: unknown, not wrong"),
    ("hugo", "content/posts/bundle/part.md", "a file of a bundle: known from the whole site only"),
    (
        "hexo-dated",
        "source/_posts/2022-06-04-two-lists.md",
        "lists of categories in a list are not read: unknown, not wrong",
    ),
    ("jekyll", "notes.md", "copied as it is: no page of the site"),
    ("mkdocs", "docs/both/README.md", "an index stands beside it: known from the whole site only"),
    ("mkdocs-files", "docs/both/README.md", "an index stands beside it: known from the whole site only"),
];

/// Rows that nothing is told of, not even wrongly, with what decides.
const UNTOLD: &[(&str, &str, &str)] = &[
    ("eleventy", "log/outboard.md", "a permalink that is a function"),
    ("eleventy", "posts/table.md", "a filter for days"),
    ("vitepress", "boats/[boat].md", "a program says which pages there are"),
    ("vuepress", "ferry.md", "a pattern with a day in it"),
];

/// A mini-site with its table.
struct Table {
    folder: PathBuf,
    text: String,
    site: copydesk::site::Site,
    addresses: Addresses,
}

/// What is told of a source.
struct Told {
    addresses: Vec<String>,
    is_absent: bool,
    /// No page is read out of it: it is copied as it is, or a template.
    is_unread: bool,
    anchors: Vec<String>,
    may_have_more: bool,
}

/// The address of a folder in place of that of its index.
fn as_folder(address: &str) -> &str {
    address.strip_suffix("index.html").filter(|folder| folder.ends_with('/')).unwrap_or(address)
}

fn tables() -> Vec<Table> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let folders = ["sites", "addresses"].iter().flat_map(|name| fs::read_dir(tests.join(name)).expect("readable"));
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.expect("readable").path()).collect();
    folders.sort();
    let with_text = |folder: PathBuf| Some((fs::read_to_string(folder.join("addresses.tsv")).ok()?, folder));
    folders.into_iter().filter_map(with_text).map(table).collect()
}

fn table((text, folder): (String, PathBuf)) -> Table {
    let site = walk::open_site(&folder, None);
    let addresses = walk::addresses(&folder, &site, &[]).0;
    Table { text, site, addresses, folder }
}

impl Table {
    fn name(&self) -> String {
        self.folder.file_name().expect("a name").to_string_lossy().into_owned()
    }

    /// Rows: source, address, ids.
    fn rows(&self) -> impl Iterator<Item = (&str, &str, Vec<&str>)> {
        self.text.lines().filter(|row| !row.starts_with('#') && !row.is_empty()).map(|row| {
            let mut cells = row.split('\t');
            let mut cell = || cells.next().unwrap_or_default();
            (cell(), cell(), cell().split_whitespace().collect())
        })
    }

    fn post(&self, path: &str) -> Post {
        let bytes = fs::read(self.folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        let role = self.site.role(path).unwrap_or(Role::Page);
        Post::parse(Source::from_bytes(path, &bytes), &self.site, role)
    }

    fn place(&self, post: &Post) -> Place {
        let now: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a moment");
        let page = Page { path: &post.source.path, role: post.role, front: &post.front.root };
        self.addresses.place(&page, now)
    }

    fn told(&self, path: &str) -> Told {
        let post = self.post(path);
        let role = self.site.role(path);
        let is_copied = self.site.profile.pages_need_front_matter
            && role == Some(Role::Page)
            && !post.source.text.trim_start_matches('\u{FEFF}').starts_with("---");
        let place = self.place(&post);
        let anchors = post.anchors(self.addresses.habits().anchors);
        Told {
            // A folder is its index.
            addresses: place.address.iter().chain(&place.perhaps).map(|one| as_folder(one).to_owned()).collect(),
            is_absent: place.absent.is_some() || place.address.is_none(),
            is_unread: role.is_none() || is_copied,
            anchors: anchors.ids,
            may_have_more: anchors.may_have_more,
        }
    }

    /// Tags and categories of all posts.
    fn terms(&self) -> Vec<(&'static str, String)> {
        let mut terms = vec![];
        for (path, ..) in self.rows() {
            let post = self.post(path);
            for (key, name) in [("tags", "tags"), ("categories", "categories"), ("categories", "category")] {
                let Some(node) = post.front.root.get(name) else { continue };
                let written =
                    std::iter::once(node).chain(node.items()).chain(node.items().iter().flat_map(Node::items));
                for text in written.filter_map(Node::as_str) {
                    // One or several, as the generator splits them.
                    terms.extend(text.split_whitespace().map(|word| (key, word.to_owned())));
                    terms.push((key, text.to_owned()));
                }
                terms.extend(node.items().iter().filter_map(|item| match item.value {
                    Value::Int(number) => Some((key, number.to_string())),
                    _ => None,
                }));
            }
        }
        terms.sort();
        terms
    }
}

#[test]
fn every_page_is_where_its_generator_puts_it() {
    let mut wrong = vec![];
    let mut rows = 0;
    for table in tables() {
        for (path, expected, _) in table.rows() {
            rows += 1;
            if EXCEPTIONS.iter().any(|(site, known, _)| *site == table.name() && *known == path) {
                continue;
            }
            let told = table.told(path);
            let is_untold = UNTOLD.iter().any(|(site, known, _)| *site == table.name() && *known == path);
            let is_right = match expected {
                _ if is_untold => expected != "-" && told.addresses.is_empty(),
                "-" => told.is_absent || told.is_unread,
                address => !told.is_absent && told.addresses.iter().any(|one| one == as_folder(address)),
            };
            if !is_right {
                wrong.push(format!(
                    "{}: {path}: {expected}, told {:?} {}",
                    table.name(),
                    told.addresses,
                    told.is_absent
                ));
            }
        }
    }
    assert!(rows > 100, "only {rows} rows");
    assert!(wrong.is_empty(), "{} of {rows}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_heading_has_the_anchor_that_its_engine_makes() {
    let mut wrong = vec![];
    for table in tables() {
        for (path, address, ids) in table.rows().filter(|(_, address, _)| *address != "-") {
            let told = table.told(path);
            let missing: Vec<&str> =
                ids.into_iter().filter(|id| !told.anchors.iter().any(|own| same(id, own))).collect();
            if !missing.is_empty() && !told.may_have_more {
                wrong.push(format!("{}: {path} ({address}): {missing:?}, told {:?}", table.name(), told.anchors));
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn aliases_lead_where_the_generator_lets_them() {
    let mut rows = 0;
    for table in tables() {
        for row in table.text.lines().filter_map(|row| row.strip_prefix("# alias\t")) {
            let (path, alias) = row.split_once('\t').expect("a source and an address");
            let place = table.place(&table.post(path));
            assert!(place.aliases.iter().any(|told| **told == *alias), "{path}: {alias}, told {place:?}");
            rows += 1;
        }
        // `# also: ADDRESS -> TARGET`: the page at the target has it for an alias.
        for row in table.text.lines().filter_map(|row| row.strip_prefix("# also: ")) {
            let (alias, target) = row.split_once(" -> ").expect("an address and where it leads");
            let pages = table.rows().filter(|(_, address, _)| *address == target);
            let places: Vec<Place> = pages.map(|(path, ..)| table.place(&table.post(path))).collect();
            let is_told = places.iter().any(|place| place.aliases.iter().any(|told| **told == *alias));
            let path = alias.strip_prefix(&*table.addresses.home().base).unwrap_or(alias);
            let is_made = table.addresses.makes(path, &Terms::default()) != Makes::No;
            assert!(is_told || is_made || places.is_empty(), "{}: {alias} -> {target}, told {places:?}", table.name());
            rows += 1;
        }
    }
    assert!(rows > 10, "only {rows} rows");
}

#[test]
fn what_the_generator_makes_is_not_missed() {
    let mut rows = 0;
    for table in tables() {
        let terms = table.terms();
        let terms: Vec<(&str, &str)> = terms.iter().map(|(key, term)| (*key, &**term)).collect();
        let places = table.rows().map(|(path, ..)| table.place(&table.post(path)));
        let lists: BTreeSet<Box<str>> = places.flat_map(|place| place.lists).collect();
        for address in table.text.lines().filter_map(|row| row.strip_prefix("# made\t")) {
            let path = address.strip_prefix(&*table.addresses.home().base).expect("below the base path");
            let made = table.addresses.makes(path, &Terms::new(terms.iter().copied()));
            assert!(made != Makes::No || lists.contains(address), "{}: {address}", table.folder.display());
            rows += 1;
        }
    }
    assert!(rows > 0);
}
