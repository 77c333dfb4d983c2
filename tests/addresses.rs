//! Where pages are: what copydesk tells from the sources of each mini-site, held against what the real generator made of them.
//! The tables are printed by `tests/sites/rebuild.sh`: source, address (`-` for what is not published), ids of headings.

use std::fs;
use std::path::{Path, PathBuf};

use copydesk::post::Post;
use copydesk::site::Role;
use copydesk::site::address::{Page, Place};
use copydesk::source::Source;
use copydesk::walk;
use jiff::Timestamp;

/// Sources of which it is right not to know where they are: a program decides.
const UNTOLD: &[&str] = &[
    // A permalink with a date in it, and one that is a function.
    "eleventy/posts/table.md",
    "eleventy/log/outboard.md",
    // As many pages as a program says, and a pattern with a date in it.
    "vitepress/boats/[boat].md",
    "vuepress/ferry.md",
];

/// When the sites were built.
const BUILT: &str = "2026-06-01T00:00:00Z";

/// A row of a table.
struct Row {
    source: String,
    address: Option<String>,
}

/// The folders of all mini-sites that have a table.
fn sites() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let entries = fs::read_dir(folder).expect("readable").map(|entry| entry.expect("readable").path());
    let mut sites: Vec<PathBuf> = entries.filter(|site| site.join("addresses.tsv").is_file()).collect();
    sites.sort();
    sites
}

fn rows(site: &Path) -> Vec<Row> {
    let table = fs::read_to_string(site.join("addresses.tsv")).expect("readable");
    let row = |line: &str| {
        let mut fields = line.split('\t').map(str::to_owned);
        let source = fields.next().expect("a field");
        let address = fields.next().unwrap_or_else(|| panic!("{}: no address: {line}", site.display()));
        Row { source, address: Some(address).filter(|address| address != "-") }
    };
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(row).collect()
}

/// Where copydesk says that the page is.
fn place(root: &Path, path: &str) -> Place {
    let site = walk::open_site(root, None);
    let bytes = fs::read(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let role = site.role(path).unwrap_or(Role::Page);
    let post = Post::parse(Source::from_bytes(path, bytes), &site, role);
    let page = Page { path, role, front: &post.front.root };
    walk::addresses(root, &site).place(&page, BUILT.parse::<Timestamp>().expect("a time"))
}

#[test]
fn pages_are_where_the_generator_puts_them() {
    let mut wrong = vec![];
    for site in sites() {
        let name = site.file_name().expect("a name").to_string_lossy().into_owned();
        for Row { source, address } in rows(&site) {
            let place = place(&site, &source);
            let is_untold = UNTOLD.contains(&&*format!("{name}/{source}"));
            let is_right = match &address {
                None => place.absent.is_some(),
                Some(_) if is_untold => place.address.is_none() && place.absent.is_none(),
                Some(address) => place.address.as_deref() == Some(address) && place.absent.is_none(),
            };
            if !is_right {
                wrong.push(format!(
                    "{name}/{source}: {} told, {} true",
                    shown(&place),
                    address.as_deref().unwrap_or("-")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn shown(place: &Place) -> String {
    let address = place.address.as_deref().unwrap_or("?");
    place.absent.map_or_else(|| address.to_owned(), |absent| format!("{address} ({absent:?})"))
}

#[test]
fn what_is_not_told_is_in_a_table() {
    for path in UNTOLD {
        let (name, source) = path.split_once('/').expect("a site and a source");
        let site = sites().into_iter().find(|site| site.ends_with(name)).unwrap_or_else(|| panic!("no site {name}"));
        assert!(rows(&site).iter().any(|row| row.source == source && row.address.is_some()), "{path}");
    }
}
