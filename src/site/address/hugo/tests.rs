//! What the tables in `tests/sites` do not show: settings that cannot be read, links, files, and what is not made.

use super::*;
use crate::site::address::tests::Site;
use crate::site::hugo::HUGO;
use crate::site::{Role, address};
use crate::spanned::yaml;

fn site(present: &[(&str, &str)]) -> address::Addresses {
    Site(present).addresses(&HUGO)
}

fn place(site: &address::Addresses, path: &str, front: &str) -> Place {
    let front = yaml::parse(front).expect("valid");
    let now: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a moment");
    site.place(&Page { path, role: Role::Post, front: &front }, now)
}

#[test]
fn what_cannot_be_known_is_not_told() {
    for files in [
        &[("hugo.toml", "baseURL = ")][..],
        &[],
        &[("hugo.toml", "baseURL = 'https://a.example'"), ("config/_default/permalinks.toml", "x = ")],
        &[("hugo.toml", "[[module.mounts]]\nsource = 'content'\ntarget = 'content'\nexcludeFiles = 'a'")],
        &[("hugo.toml", "[permalinks]\nposts = 1")],
        &[("hugo.toml", "[permalinks]\nposts = '/:unknown/'")],
        &[("hugo.toml", "[permalinks]\nposts = '/:sectionslug/'")],
        &[("hugo.yaml", "cascade: [{_target: {path: /posts/**}, slug: x}]")],
        &[("hugo.yaml", "languages: {en: {baseURL: https://a.example}, fr: {baseURL: https://b.example}}")],
        &[("hugo.toml", "[frontmatter]\ndate = [':git']\n[permalinks]\nposts = '/:year/'")],
        // Which of the two comes first is not said.
        &[("hugo.toml", "[permalinks]\nposts = '/:title/'\n'posts/b' = '/b/:title/'")],
    ] {
        let path = "content/posts/b/a.md";
        assert_eq!(place(&site(files), path, "title: x\ndate: 2024-05-06").address, None, "{files:?}");
    }
    let plain = site(&[("hugo.toml", "baseURL = 'https://a.example'")]);
    for front in ["url: https://b.example/x/", "url: /a?b/", "url: [a]", "slug: {a: b}"] {
        assert_eq!(place(&plain, "content/posts/a.md", front).address, None, "{front}");
    }
    assert_eq!(place(&plain, "themes/x/content/a.md", "title: x"), Place::default());
}

#[test]
fn versions_differ() {
    let plain = site(&[("hugo.toml", "baseURL = 'https://a.example/b'")]);
    let ugly = site(&[("hugo.toml", "uglyURLs = true")]);
    // The second is what 0.111 made.
    for (site, path, front, expected, former) in [
        (&plain, "content/n/a - b.md", "title: x", "/b/n/a---b/", &["/b/n/a-b/"][..]),
        (&plain, "content/n/a@b.md", "title: x", "/b/n/a@b/", &["/b/n/ab/"]),
        (&plain, "content/n/a.md", "url: /X Y/", "/b/X Y/", &["/b/x-y/"]),
        (&plain, "content/n/_index.md", "slug: m", "/b/m/", &["/b/n/"]),
        (&ugly, "content/posts/_index.md", "title: x", "/posts/index.html", &["/posts.html", "/posts/"]),
    ] {
        let place = place(site, path, front);
        assert_eq!(place.address.as_deref(), Some(expected), "{path}");
        let perhaps: Vec<&str> = place.perhaps.iter().map(|other| &**other).collect();
        assert_eq!(perhaps, former, "{path}");
    }
}

#[test]
fn pages_that_want_a_date() {
    let site = site(&[("hugo.toml", "[permalinks]\nposts = '/:year/:slug/'")]);
    assert!(place(&site, "content/posts/a.md", "slug: a").is_undated);
    assert!(!place(&site, "content/posts/a.md", "slug: a\nlastmod: 2024-05-06").is_undated);
    assert!(!place(&site, "content/notes/a.md", "slug: a").is_undated);
}

#[test]
fn bundles() {
    let site = site(&[("hugo.toml", "")]);
    for (path, expected) in [
        ("content/posts/a/index.md", Some("content/posts/a")),
        ("content/posts/_index.md", Some("content/posts")),
        ("content/posts/a.md", None),
    ] {
        assert_eq!(place(&site, path, "title: x").bundle.as_deref(), expected, "{path}");
    }
    // blogdown knits `a.Rmd` to a page of the same name.
    assert_eq!(place(&site, "content/posts/A.Rmd", "title: x").address.as_deref(), Some("/posts/a/"));
}

#[test]
fn homes() {
    for (config, hosts, base) in [
        ("baseURL = 'https://A.example/b/c/'", &["a.example"][..], "/b/c"),
        ("BaseUrl = '//a.example'", &["a.example"], ""),
        ("baseurl = '/b/'", &[], "/b"),
        ("title = 'x'", &[], ""),
        (
            "[languages.en]\nbaseURL = 'https://en.example'\n[languages.fr]\nbaseURL = 'https://fr.example'",
            &["en.example", "fr.example"],
            "",
        ),
    ] {
        let site = site(&[("hugo.toml", config)]);
        let found: Vec<&str> = site.home().hosts.iter().map(|host| &**host).collect();
        assert_eq!((found, &*site.home().base), (hosts.to_vec(), base), "{config}");
    }
}

#[test]
fn links_and_anchors() {
    use Engine::*;
    let hook = "layouts/_default/_markup/render-link.html";
    for (files, sources, anchors) in [
        (&[("hugo.toml", "")][..], Sources::Kept, HugoGitHub),
        (&[("hugo.toml", ""), (hook, "<a>")], Sources::Perhaps, HugoGitHub),
        (&[("hugo.toml", ""), ("layouts/_markup/render-link.html", "<a>")], Sources::Perhaps, HugoGitHub),
        (&[("hugo.toml", "theme = 'x'"), ("themes/x/", "")], Sources::Kept, HugoGitHub),
        (&[("hugo.toml", "theme = 'x'")], Sources::Perhaps, HugoGitHub),
        (
            &[("hugo.yaml", "markup: {goldmark: {renderHooks: {link: {useEmbedded: always}}}}")],
            Sources::Resolved,
            HugoGitHub,
        ),
        (&[("hugo.yaml", "languages: {en: {weight: 1}, fr: {weight: 2}}")], Sources::Perhaps, HugoGitHub),
        (&[("hugo.yaml", "markup: {goldmark: {parser: {autoHeadingIDType: github-ascii}}}")], Sources::Kept, HugoAscii),
        (&[("hugo.yaml", "markup: {goldmark: {parser: {autoIDType: blackfriday}}}")], Sources::Kept, HugoBlackfriday),
        (&[("hugo.yaml", "markup: {goldmark: {parser: {autoHeadingID: false}}}")], Sources::Kept, Written),
        (&[("config/_default/markup.toml", "defaultMarkdownHandler = 'pandoc'")], Sources::Kept, Unknown),
        (&[("hugo.toml", ""), ("layouts/_markup/render-heading.html", "<h2>")], Sources::Kept, Unknown),
        (
            &[("hugo.toml", ""), ("layouts/_markup/render-heading.html", "<h2 id='{{ .Anchor }}'>")],
            Sources::Kept,
            HugoGitHub,
        ),
    ] {
        let expected =
            Habits { relative: Relative::Page, sources, adds_base: AddsBase::Never, content_links: None, anchors };
        assert_eq!(site(files).habits(), expected, "{files:?}");
    }
}

#[test]
fn files_that_are_served() {
    let languages =
        "theme = 'x'\nstaticDir = ['static', 'more']\n[languages.en]\nweight = 1\n[languages.zh]\nweight = 2";
    let site = site(&[("hugo.toml", languages), ("themes/x/", "")]);
    let files = site.files("/zh/img/a.png");
    for file in ["static/zh/img/a.png", "more/zh/img/a.png", "themes/x/static/zh/img/a.png", "assets/zh/img/a.png"] {
        assert!(files.iter().any(|found| found == file), "{file}: {files:?}");
    }
    assert!(site.files("/posts/a.png").contains(&"content/posts/a.png".to_owned()));
    assert_eq!(site.files("/old/")[0], "static/old/index.html");
}

/// Each path is one that Hugo 0.168 makes nothing at, in sites like those in `tests/sites`, or one that a template decides on.
#[test]
fn what_is_not_made() {
    let site = site(&[("hugo.toml", "disableKinds = ['RSS']\n[taxonomies]\ntag = 'tags'")]);
    let terms = Terms::new([("categories", "Notes"), ("tags", "A b"), ("tags", "c/d")]);
    for (path, expected) in [
        ("/", Makes::Yes),
        ("/tags/", Makes::Yes),
        ("/tags/a-b/", Makes::Yes),
        ("/tags/a-b", Makes::Yes),
        ("/tags/c/d/", Makes::Yes),
        ("/tags/A b/", Makes::No),
        ("/tags/e/", Makes::No),
        ("/tags/a-b/page/2/", Makes::Perhaps),
        ("/tags/e/page/2/", Makes::No),
        ("/page/2/", Makes::Perhaps),
        ("/posts/page/3/", Makes::Perhaps),
        ("/categories/", Makes::No),
        ("/categories/notes/", Makes::No),
        ("/index.xml", Makes::No),
        ("/tags/index.xml", Makes::No),
        ("/posts/", Makes::No),
        ("/2024/05/x/", Makes::No),
        ("/img/a.png", Makes::No),
        ("/css/main.css", Makes::Perhaps),
        ("/404.html", Makes::Perhaps),
        ("/robots.txt", Makes::Perhaps),
        ("/sitemap.xml", Makes::Yes),
    ] {
        assert_eq!(site.makes(path, &terms), expected, "{path}");
    }
}

#[test]
fn any_path_is_survived() {
    let config =
        "[permalinks]\nposts = ':[x:year[:sections[99999999999999999999:last]:\\:::'\n[uglyURLs]\nposts = true";
    let site = site(&[("hugo.toml", config)]);
    let odd = [
        "",
        "/",
        "content",
        "content/",
        "content/.md",
        "content/a",
        "content/%.md",
        "content/posts/é/_index..md",
        "content//x.md",
    ];
    for path in odd.iter().flat_map(|path| [(*path).to_owned(), path.repeat(2000)]) {
        place(&site, &path, "slug: ../..\nurl: ''\naliases: ['', /, .., '%', é]");
        site.files(&path);
        site.makes(&path, &Terms::new([("tags", ""), ("tags", "/"), ("tags", "%")]));
    }
}
