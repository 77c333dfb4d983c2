//! Where links lead, on a site in memory whose pages say in their front matter where they are.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::*;
use crate::corpus::{Facts, Texts, Wanted};
use crate::post::Post;
use crate::site::address::{
    Addresses, Addressing, AddsBase, Habits, Home, Makes, Page, Place, Relative, Sources, Terms,
};
use crate::site::anchor::Engine;
use crate::site::plain::PLAIN;
use crate::site::{Role, Site};
use crate::source::Source;
use crate::spanned::{Node, Value};

/// Addresses as the front matter says: `at`, `alias`, `perhaps`, `draft`. Files are served from `static/`.
#[derive(Debug)]
struct Told {
    home: Home,
    habits: Habits,
}

impl Addressing for Told {
    fn home(&self) -> &Home {
        &self.home
    }

    fn habits(&self) -> Habits {
        self.habits
    }

    fn place(&self, page: &Page<'_>, _now: Timestamp) -> Place {
        let told = |key: &str| page.front.get(key).and_then(Node::as_str).map(Box::from);
        let is_draft = page.front.get("draft").is_some_and(|node| node.value == Value::Bool(true));
        Place {
            address: told("at"),
            perhaps: told("perhaps").into_iter().collect(),
            aliases: told("alias").into_iter().collect(),
            absent: is_draft.then_some(Absence::Draft),
            bundle: told("bundle"),
            ..Place::default()
        }
    }

    fn files(&self, path: &str) -> Vec<String> {
        vec![format!("static{path}")]
    }

    fn makes(&self, path: &str, _terms: &Terms<'_>) -> Makes {
        match path {
            "/feed.xml" => Makes::Yes,
            path if path.starts_with("/tags/") => Makes::Perhaps,
            _ => Makes::No,
        }
    }
}

struct InMemory(BTreeMap<String, Source>);

impl Texts for InMemory {
    fn source(&self, path: &str) -> Option<Source> {
        self.0.get(path).cloned()
    }

    fn folder(&self, path: &str) -> Option<Vec<String>> {
        let below = |file: &String| {
            let rest = if path.is_empty() { file } else { file.strip_prefix(path)?.strip_prefix('/')? };
            rest.split('/').next().map(str::to_owned)
        };
        let names: Vec<String> = self.0.keys().filter_map(below).collect();
        (!names.is_empty()).then_some(names)
    }
}

const RELATIVE_TO_PAGE: Habits = Habits {
    relative: Relative::Page,
    sources: Sources::Kept,
    adds_base: AddsBase::Never,
    content_links: None,
    anchors: Engine::GitHub,
};
const RELATIVE_TO_SOURCE: Habits =
    Habits { relative: Relative::Source, sources: Sources::Resolved, ..RELATIVE_TO_PAGE };

/// The pages and files beside the page that the links stand on.
const FILES: &[(&str, &str)] = &[
    ("posts/weir.md", "---\nat: /2024/weir/\nalias: /old-weir/\n---\n# The weir\n\n## High water\n"),
    ("posts/lock.md", "---\nat: /2024/lock.html\n---\nNo heading.\n"),
    ("posts/fog.md", "---\nat: /2024/fog/\ndraft: true\n---\nNot yet.\n"),
    ("posts/ice.md", "---\nat: /2024/ice/\nperhaps: /2023/ice/\n---\nCold.\n"),
    ("posts/Big.md", "---\nat: /2024/Big/\n---\nLarge.\n"),
    ("posts/sea/index.md", "---\nat: /2024/sea/\nbundle: posts/sea\n---\nWide.\n"),
    ("posts/sea/wave.png", ""),
    ("posts/lost.md", "---\ntitle: x\n---\nNobody knows where.\n"),
    ("static/images/a b.png", ""),
    ("static/files/index.html", ""),
    ("static/robots.txt", ""),
];

/// Looks at a site with a page at `/2024/own/` (source `posts/own.md`) that holds links to these addresses, and the page's index.
fn on_page<T>(base: &str, habits: Habits, urls: &[&str], look: impl FnOnce(&Corpus<'_>, usize) -> T) -> T {
    let text: String = urls.iter().map(|url| format!("[x](<{url}>)\n")).collect();
    let own = format!("---\nat: {base}/2024/own/\n---\n## Own place\n\n{text}");
    let with_base =
        |text: &str| text.replace("at: /", &format!("at: {base}/")).replace("alias: /", &format!("alias: {base}/"));
    let mut sources: BTreeMap<String, Source> =
        FILES.iter().map(|(path, text)| ((*path).to_owned(), Source::from_text(path, &with_base(text)))).collect();
    sources.insert("posts/own.md".to_owned(), Source::from_text("posts/own.md", &own));
    // Nine in ten pages have an address: one more without would leave everything open.
    for number in 0..20 {
        let path = format!("posts/more-{number}.md");
        let text = format!("---\nat: {base}/more/{number}/\n---\nMore.\n");
        sources.insert(path.clone(), Source::from_text(&path, &text));
    }
    let home = Home { hosts: vec!["a.example".into()], base: base.into(), ..Home::default() };
    let addresses: Addresses = Arc::new(Told { home, habits });
    let site = Site::of(&PLAIN);
    let linking = Linking { addresses: addresses.clone(), now: Timestamp::UNIX_EPOCH, external: true };
    let wanted = Wanted { texts: false, links: Some(linking) };
    let pages = sources.values().filter(|source| source.path.ends_with(".md"));
    let facts = pages.map(|source| {
        let post = Post::parse(source.clone(), &site, Role::Post);
        Arc::new(Facts::of(&post, &site, &wanted))
    });
    let facts: Vec<Arc<Facts>> = facts.collect();
    let own = facts.iter().position(|facts| &*facts.path == "posts/own.md").expect("it is there");
    let texts = InMemory(sources);
    let corpus = Corpus::new(facts, &texts, addresses);
    look(&corpus, own)
}

/// Holds the verdicts of links against what is expected.
fn check(base: &str, habits: Habits, cases: &[(&str, Verdict)]) {
    let urls: Vec<&str> = cases.iter().map(|(url, _)| *url).collect();
    let verdicts = on_page(base, habits, &urls, |corpus, own| {
        corpus.links()[own].iter().map(|resolved| resolved.verdict).collect::<Vec<_>>()
    });
    let found: Vec<(&str, Verdict)> = urls.into_iter().zip(verdicts).collect();
    assert_eq!(found, cases);
}

#[test]
fn what_a_link_should_be() {
    let cases = [
        ("/2024/weir", "/2024/weir/"),
        ("../weir?a=b#high-water", "../weir/?a=b#high-water"),
        ("/2024/lock.html/", "/2024/lock.html"),
        ("/2024/big/", "/2024/Big/"),
        ("/old-weir/?a#high-water", "/2024/weir/?a#high-water"),
        ("https://a.example/old-weir/", "https://a.example/2024/weir/"),
        ("//A.example/2024/weir#high-water", "//A.example/2024/weir/#high-water"),
    ];
    let urls = cases.map(|(url, _)| url);
    let found = on_page("", RELATIVE_TO_PAGE, &urls, |corpus, own| {
        (0..urls.len()).map(|at| corpus.advice(own, at).instead.unwrap_or_default()).collect::<Vec<_>>()
    });
    assert_eq!(found, cases.map(|(_, instead)| instead));
}

#[test]
fn addresses_of_pages_and_files() {
    use Verdict::{Broken, External, Found, NotPublished, Other, Redirected, Unverified, WrongForm};
    check(
        "",
        RELATIVE_TO_PAGE,
        &[
            ("/2024/weir/", Found),
            ("../weir/", Found),
            ("/2024/weir/index.html", Found),
            ("/2024/lock.html", Found),
            // A server finds it so.
            ("/2024/lock", Found),
            ("/2024/weir", WrongForm(Form::Slash)),
            ("/2024/lock.html/", WrongForm(Form::Slash)),
            ("/2024/big/", WrongForm(Form::Case)),
            ("/old-weir/", Redirected),
            ("/2024/fog/", NotPublished(Absence::Draft)),
            ("/2023/ice/", Unverified),
            ("/2024/nothing/", Broken),
            ("nothing", Broken),
            ("../../../../2024/weir/", Found),
            ("/images/a%20b.png", Found),
            ("/images/a b.png", Found),
            ("/images/A b.png", Broken),
            ("/files/", Found),
            ("/robots.txt", Found),
            ("/nothing.txt", Broken),
            ("/2024/sea/wave.png", Found),
            ("/2024/sea/tide.png", Broken),
            ("/feed.xml", Found),
            ("/tags/x/", Unverified),
            // Nothing of the site begins so: another site of the host may.
            ("/forum/", Unverified),
            ("/forum/thread/1", Unverified),
            // The page whose address nobody knows may be there.
            ("/2024/lost/", Unverified),
            ("https://b.example/x", External),
            ("https://a.example/2024/weir/", Found),
            ("//A.example/2024/nothing/", Broken),
            ("mailto:a@b.example", Other),
            ("tel:123", Other),
            ("?page=2", Found),
            ("/2024/weir/?a=b", Found),
            // It stays as it is written, and nothing is there.
            ("weir.md", Broken),
        ],
    );
}

#[test]
fn places_on_pages() {
    use Verdict::{BrokenAnchor, Found, Unverified};
    check(
        "",
        RELATIVE_TO_PAGE,
        &[
            ("#own-place", Found),
            ("#own-plaice", BrokenAnchor),
            ("#", Found),
            ("#top", Found),
            ("#:~:text=water", Found),
            ("/2024/weir/#high-water", Found),
            ("/2024/weir/#High-water", BrokenAnchor),
            ("/2024/weir/#low-water", BrokenAnchor),
            ("/2024/lock.html#any", BrokenAnchor),
            // Scripts number elements.
            ("/2024/lock.html#li-22", Unverified),
            ("/2024/lock.html#fig:3", Unverified),
            ("/2024/lock.html#L20", Unverified),
            ("/2024/lock.html#section-3", BrokenAnchor),
            ("/2024/lock.html#li-x", BrokenAnchor),
            ("/2024/lock.html#22", BrokenAnchor),
        ],
    );
}

#[test]
fn a_site_in_a_folder_of_its_host() {
    use Verdict::{Broken, Found, Unverified, WrongForm};
    check(
        "/blog",
        RELATIVE_TO_PAGE,
        &[
            ("/blog/2024/weir/", Found),
            ("/blog/2024/nothing/", Broken),
            ("/2024/weir/", WrongForm(Form::Base)),
            // Another site of the same host.
            ("/2024/nothing/", Unverified),
            ("/blog/images/a b.png", Found),
            ("../weir/", Found),
        ],
    );
    let adds_base = Habits { adds_base: AddsBase::Always, ..RELATIVE_TO_PAGE };
    check("/blog", adds_base, &[("/2024/weir/", Found), ("/2024/nothing/", Broken)]);
    let where_missing = Habits { adds_base: AddsBase::WhereMissing, ..RELATIVE_TO_PAGE };
    check(
        "/blog",
        where_missing,
        &[("/2024/weir/", Found), ("/blog/2024/weir/", Found), ("/blog/2024/nothing/", Broken)],
    );
    // These are links, and no images.
    let to_images = Habits { adds_base: AddsBase::ToImages, ..RELATIVE_TO_PAGE };
    check("/blog", to_images, &[("/2024/weir/", WrongForm(Form::Base)), ("/blog/2024/weir/", Found)]);
}

#[test]
fn links_to_sources() {
    use Verdict::{Broken, BrokenAnchor, Found, NotPublished, Unverified};
    check(
        "",
        RELATIVE_TO_SOURCE,
        &[
            ("weir.md", Found),
            ("./weir.md#high-water", Found),
            ("weir.md#low-water", BrokenAnchor),
            ("fog.md", NotPublished(Absence::Draft)),
            ("nothing.md", Broken),
            ("sea/wave.png", Found),
            ("sea", Found),
            ("../static/robots.txt", Found),
            ("weir", Found),
        ],
    );
    let by_file = Habits { sources: Sources::ResolvedByFile, ..RELATIVE_TO_SOURCE };
    check(
        "",
        by_file,
        &[
            ("weir.md", Found),
            ("../weir/", Found),
            ("sea/wave.png", Found),
            ("../static/robots.txt", Found),
            // They stay as they are, and lead to nothing below this page.
            ("weir", Broken),
            ("sea", Broken),
            ("sea/", Broken),
        ],
    );
    let perhaps = Habits { sources: Sources::Perhaps, ..RELATIVE_TO_PAGE };
    check("", perhaps, &[("weir.md", Unverified), ("nothing.md", Broken)]);
}

#[test]
fn odd_addresses() {
    use Verdict::{Broken, External, Other};
    let long = format!("/2024/{}", "x".repeat(10_000));
    check(
        "",
        RELATIVE_TO_PAGE,
        &[
            (&long, Broken),
            ("/2024/%FF%FE", Broken),
            ("/2024/%E5%A", Broken),
            ("https://例子.网站/路径", External),
            ("at://x.y/z", Other),
            ("javascript:void(0)", Other),
            ("http://", External),
            ("https:///a", External),
        ],
    );
}
