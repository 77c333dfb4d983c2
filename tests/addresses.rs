//! Addresses as the generators themselves make them: `tests/sites/*/addresses.tsv`, which `tests/sites/rebuild.sh` writes by
//! building each mini-site with its generator, against what is told without building.
//!
//! A row is source, address (`-` for what is not published) and the ids of headings, between tabs. `# alias` begins a row of
//! source and address of a page that leads to it, `# made` one of the address of a page without a source.

use std::fs;
use std::path::{Path, PathBuf};

use copydesk::post::Post;
use copydesk::site::address::{self, Addresses, Makes, Page, Place, Terms};
use copydesk::site::detect::{Files, detect};
use copydesk::site::{Role, Site};
use copydesk::source::Source;
use copydesk::spanned::{Node, Value};
use jiff::Timestamp;

/// A mini-site with its table.
struct Table {
    folder: PathBuf,
    text: String,
    site: Site,
    addresses: Addresses,
}

fn tables() -> Vec<Table> {
    let sites = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(sites).expect("readable").map(|entry| entry.expect("readable").path()).collect();
    folders.sort();
    folders
        .into_iter()
        .filter_map(|folder| Some((fs::read_to_string(folder.join("addresses.tsv")).ok()?, folder)))
        .map(table)
        .collect()
}

fn table((text, folder): (String, PathBuf)) -> Table {
    let read = |path: &str| fs::read_to_string(folder.join(path)).ok();
    let is_folder = |path: &str| folder.join(path).is_dir();
    let files = Files { read: &read, is_folder: &is_folder };
    let site = detect(&files);
    let addresses = address::read(&files, site.profile, site.base);
    Table { text, site, addresses, folder }
}

impl Table {
    fn post(&self, path: &str) -> Post {
        let bytes = fs::read(self.folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        let role = self.site.role(path).unwrap_or(Role::Page);
        Post::parse(Source::from_bytes(path, bytes), &self.site, role)
    }

    fn place(&self, path: &str) -> Place {
        let post = self.post(path);
        let now: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a moment");
        self.addresses.place(&Page { path, role: post.role, front: &post.front.root }, now)
    }

    /// The rows of pages with a source, split into cells.
    fn rows(&self) -> impl Iterator<Item = Vec<&str>> {
        self.text.lines().filter(|row| !row.starts_with('#')).map(|row| row.split('\t').collect())
    }

    /// The terms of all posts: what stands below the keys that usually hold some, and below `taxonomies`.
    fn terms(&self) -> Vec<(String, String)> {
        let mut terms = vec![];
        for row in self.rows() {
            let post = self.post(row[0]);
            let front = &post.front.root;
            let usual =
                [("tags", "tags"), ("categories", "categories"), ("categories", "category"), ("series", "series")];
            for (key, name) in usual {
                front.get(name).into_iter().for_each(|node| add_terms(key, node, &mut terms));
            }
            for (key, node) in front.get("taxonomies").map_or(&[][..], Node::entries) {
                add_terms(key.as_str().expect("a text"), node, &mut terms);
            }
        }
        terms.sort();
        terms
    }
}

fn add_terms(key: &str, node: &Node, terms: &mut Vec<(String, String)>) {
    let written = std::iter::once(node).chain(node.items()).chain(node.items().iter().flat_map(Node::items));
    for text in written.filter_map(Node::as_str) {
        // One or several, as the generator splits them.
        terms.extend(text.split_whitespace().map(|word| (key.to_owned(), word.to_owned())));
        terms.push((key.to_owned(), text.to_owned()));
    }
    terms.extend(node.items().iter().filter_map(|item| match item.value {
        Value::Int(number) => Some((key.to_owned(), number.to_string())),
        _ => None,
    }));
}

#[test]
fn every_page_is_where_its_generator_puts_it() {
    let mut rows = 0;
    for table in tables() {
        let mut wrong = vec![];
        for row in table.rows() {
            let (path, expected) = (row[0], row[1]);
            let place = table.place(path);
            let is_right = match (expected, place.absent) {
                ("-", absent) => absent.is_some(),
                (_, Some(_)) => false,
                (address, None) => {
                    // Where days depend on the time zone of the build, the table has those of one.
                    let is_zoned = ["jekyll", "hexo"].contains(&table.site.profile.name);
                    let perhaps = place.perhaps.iter().filter(|_| is_zoned).map(|other| &**other);
                    place.address.as_deref().into_iter().chain(perhaps).any(|told| told == address)
                }
            };
            rows += 1;
            if !is_right {
                wrong.push(format!("{path}: {expected}, told {place:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}:\n{}", table.folder.display(), wrong.join("\n"));
    }
    assert!(rows > 0);
}

#[test]
fn aliases_lead_where_the_generator_lets_them() {
    for table in tables() {
        for row in table.text.lines().filter_map(|row| row.strip_prefix("# alias\t")) {
            let (path, alias) = row.split_once('\t').expect("a source and an address");
            let place = table.place(path);
            assert!(place.aliases.iter().any(|told| **told == *alias), "{path}: {alias}, told {place:?}");
        }
    }
}

#[test]
fn what_the_generator_makes_is_not_missed() {
    let mut rows = 0;
    for table in tables() {
        let terms = table.terms();
        let terms: Vec<(&str, &str)> = terms.iter().map(|(key, term)| (&**key, &**term)).collect();
        let lists: Vec<Box<str>> = table.rows().flat_map(|row| table.place(row[0]).lists).collect();
        let mut missed = vec![];
        for address in table.text.lines().filter_map(|row| row.strip_prefix("# made\t")) {
            let path = address.strip_prefix(&*table.addresses.home().base).expect("below the base path");
            let made = table.addresses.makes(path, &Terms(&terms));
            if made == Makes::No && !lists.iter().any(|list| **list == *address) {
                missed.push(address);
            }
            rows += 1;
        }
        assert!(missed.is_empty(), "{}: {missed:?}", table.folder.display());
    }
    assert!(rows > 0);
}
