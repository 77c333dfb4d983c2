//! Addresses of Hexo, by its code and by what it made of such sites. What it made of whole sites stands in
//! `tests/addresses.rs`.

use super::*;
use crate::site::address::Absence;
use crate::site::anchor::Engine;
use crate::site::{Role, hexo::HEXO};
use crate::spanned::yaml;

const PACKAGE: (&str, &str) = ("package.json", r#"{"dependencies": {"hexo-renderer-marked": "^7"}}"#);

/// The addresses of a site of these files.
fn site(present: &[(&str, &str)]) -> Addresses {
    let read = |path: &str| present.iter().find(|(name, _)| *name == path).map(|(_, text)| (*text).to_owned());
    let is_folder = |path: &str| present.iter().any(|(name, _)| name.starts_with(&format!("{path}/")));
    super::super::read(&Files { read: &read, is_folder: &is_folder, names: &|_| vec![] }, &HEXO, "", &[])
}

fn configured(config: &str) -> Addresses {
    site(&[("_config.yml", config), PACKAGE])
}

fn place(addresses: &Addresses, path: &str, front: &str) -> Place {
    let front = yaml::parse(front).expect("valid");
    let now = "2024-06-01T00:00:00Z".parse().expect("a moment");
    addresses.place(&Page { path, role: Role::Post, front: &front }, now)
}

/// Each date by Hexo 8.1.2 on machines in UTC, Asia/Shanghai and America/New_York: the days it showed without `timezone`,
/// and with `timezone: Asia/Shanghai`.
#[test]
fn every_day_that_a_machine_shows_is_told() {
    let sites = ["title: x\n", "timezone: Asia/Shanghai\n"].map(configured);
    for (date, without, with) in [
        ("2024-05-06 01:05:33", [6, 6, 6], [5, 6, 5]),
        ("2024-05-06 23:05:33", [6, 6, 6], [6, 6, 6]),
        ("2024-05-06", [6, 6, 6], [5, 6, 5]),
        ("2024-05-06 01:05:33 +0800", [5, 6, 5], [5, 6, 5]),
        ("2024-05-06 01:05:33 +08:00", [5, 5, 5], [5, 5, 5]),
        ("'2024-05-06 01:05:33'", [6, 6, 6], [5, 6, 5]),
        ("'2024-05-06'", [6, 6, 5], [5, 6, 5]),
        ("2024-05-06 01:05", [6, 6, 6], [5, 6, 5]),
        ("2024/05/06", [6, 6, 6], [5, 6, 5]),
        ("2024-05-06T01:05:33Z", [6, 6, 6], [5, 6, 5]),
        ("2024-5-6", [6, 6, 6], [5, 6, 5]),
    ] {
        for (site, days) in sites.iter().zip([without, with]) {
            let place = place(site, "source/_posts/a.md", &format!("date: {date}"));
            let address = |day: i32| format!("/2024/05/{day:02}/a/");
            // The likeliest is that of a machine where the author is.
            assert_eq!(place.address.as_deref(), Some(&*address(days[1])), "{date}");
            for day in days {
                let mut told = place.address.iter().chain(&place.perhaps);
                assert!(told.any(|told| **told == *address(day)), "{date}: {place:?}");
            }
            let is_sure = place.perhaps.is_empty();
            assert!(!is_sure || days == [days[0]; 3], "{date}: {place:?}");
        }
    }
    let colon = place(&sites[0], "source/_posts/a.md", "date: 2024-05-06 01:05:33 +08:00");
    assert_eq!(colon.shift.map(|(written, shown)| (written.day(), shown.day())), Some((6, 5)));
    assert_eq!(colon.perhaps, []);
}

#[test]
fn posts_without_a_date() {
    let undated = place(&configured("title: x\n"), "source/_posts/a.md", "title: x");
    assert_eq!((undated.address, undated.is_undated), (None, true));
    let named = configured("new_post_name: :year-:month-:day-:title.md\n");
    let found = place(&named, "source/_posts/2024-05-06-a.md", "title: x");
    assert_eq!((found.address.as_deref(), found.is_undated), (Some("/2024/05/06/a/"), false));
    // No such day, no date.
    assert!(place(&named, "source/_posts/2024-13-06-a.md", "title: x").is_undated);
    let free = configured("permalink: posts/:title/\n");
    assert_eq!(place(&free, "source/_posts/x/B c.md", "title: x").address.as_deref(), Some("/posts/x/B c/"));
}

#[test]
fn what_stays_unknown() {
    for (permalink, front) in [
        (":abbrlink/", "title: x"),
        (":hash/", "date: 2024-05-06"),
        (":id/", "title: x"),
        (":category/", "categories: [[a, b], [c]]"),
        (":title/", "permalink: 5"),
        (":year/", "date: 20240506"),
    ] {
        let site = configured(&format!("permalink: {permalink}\n"));
        assert_eq!(place(&site, "source/_posts/a.md", front).address, None, "{permalink} {front}");
    }
    let broken = configured("a: [\n");
    assert_eq!(place(&broken, "source/_posts/a.md", "date: 2024-05-06"), Place::default());
}

#[test]
fn what_is_not_on_the_site() {
    let front = "date: 2024-05-06";
    for (config, path, front, absent) in [
        ("title: x\n", "source/_drafts/a.md", front, Some(Absence::Draft)),
        ("render_drafts: true\n", "source/_drafts/a.md", front, None),
        ("title: x\n", "source/_posts/a.md", "date: 2024-05-06\npublished: false", Some(Absence::Unpublished)),
        ("title: x\n", "source/_posts/a.md", "date: 2024-07-06", None),
        ("future: false\n", "source/_posts/a.md", "date: 2024-07-06", Some(Absence::Future)),
        ("skip_render: _posts/a.md\n", "source/_posts/a.md", front, Some(Absence::Unpublished)),
        ("title: x\n", "source/_posts/_a.md", front, Some(Absence::Unpublished)),
    ] {
        assert_eq!(place(&configured(config), path, front).absent, absent, "{config} {path} {front}");
    }
}

#[test]
fn files_beside_a_post() {
    let bundle = |config: &str| place(&configured(config), "source/_posts/x/a.md", "date: 2024-05-06").bundle;
    assert_eq!(bundle("title: x\n"), None);
    assert_eq!(bundle("post_asset_folder: true\n").as_deref(), Some("source/_posts/x/a"));
    // Served below `/a/`, while the page is `/a.html`.
    assert_eq!(bundle("post_asset_folder: true\npermalink: :title.html\n"), None);
}

#[test]
fn where_the_site_is() {
    for (config, base) in [
        ("url: https://a.example/blog\n", ""),
        ("url: https://a.example/blog\nroot: ''\n", "/blog"),
        ("url: https://a.example\nroot: /blog\n", "/blog"),
    ] {
        let home = configured(config).home().clone();
        assert_eq!(
            home,
            Home { hosts: vec!["a.example".into()], origin: Some("https://a.example".into()), base: base.into() },
            "{config}"
        );
    }
    let named = site(&[("_config.yml", "url: https://a.example\n"), ("source/CNAME", "b.example")]);
    assert_eq!(named.home().hosts, ["a.example".into(), "b.example".into()]);
}

#[test]
fn anchors() {
    let both = r#"{"dependencies": {"hexo-renderer-marked": "7", "hexo-renderer-markdown-it": "7"}}"#;
    for (config, package, expected) in [
        ("title: x\n", PACKAGE.1, Engine::Hexo),
        ("marked: {modifyAnchors: 1}\n", PACKAGE.1, Engine::HexoLower),
        ("marked: {modifyAnchors: 2}\n", PACKAGE.1, Engine::HexoUpper),
        ("marked: {headerIds: false}\n", PACKAGE.1, Engine::Written),
        ("marked: {smartypants: false}\n", PACKAGE.1, Engine::Unknown),
        ("title: x\n", both, Engine::Unknown),
        ("title: x\n", r#"{"dependencies": {"hexo-renderer-markdown-it-plus": "1"}}"#, Engine::Unknown),
        ("title: x\n", "{}", Engine::Unknown),
        ("title: x\n", "{", Engine::Unknown),
    ] {
        let site = site(&[("_config.yml", config), ("package.json", package)]);
        assert_eq!(site.habits().anchors, expected, "{config} {package}");
    }
}

#[test]
fn files_that_may_be_served() {
    let site = configured("theme: next\nexclude: [private/**]\n");
    assert_eq!(
        site.files("/css/a.css")[..5],
        ["css", "styl", "scss", "sass", "less"].map(|kind| format!("source/css/a.{kind}"))
    );
    for path in ["source/css/a.css", "themes/next/source/css/a.styl", "node_modules/hexo-theme-next/source/css/a.css"] {
        assert!(site.files("/css/a.css").contains(&path.to_owned()), "{path}");
    }
    assert_eq!(site.files("/links/")[..2], ["source/links/index.html", "source/links/index.md"]);
    assert!(site.files("/_posts/a.png").is_empty());
    assert!(!site.files("/private/a.png").contains(&"source/private/a.png".to_owned()));
}

#[test]
fn pages_without_a_source() {
    const ALL: &str = r#"{"dependencies": {"hexo": "8", "hexo-generator-index": "4", "hexo-generator-archive": "2",
"hexo-generator-tag": "2", "hexo-generator-category": "2", "hexo-generator-feed": "3"}}"#;
    const OTHER: &str = r#"{"dependencies": {"hexo-generator-tag": "2", "hexo-generator-links": "1"}}"#;
    let terms = Terms::new([("categories", "By the Sea"), ("categories", "潮汐"), ("tags", "C++ & C#")]);
    let config = "theme: false\ntag_dir: t\ncategory_map: {潮汐: tides}\nfeed: {path: feeds/all.xml}\n";
    for (package, path, expected) in [
        (ALL, "/", Makes::Yes),
        (ALL, "/page/2/", Makes::Perhaps),
        (ALL, "/archives/", Makes::Yes),
        (ALL, "/archives/2024/05/", Makes::Perhaps),
        (ALL, "/archives/page/3/", Makes::Perhaps),
        (ALL, "/archives/about/", Makes::No),
        (ALL, "/t/C-C/", Makes::Yes),
        (ALL, "/t/c-c/", Makes::No),
        (ALL, "/t/C-C/page/2/", Makes::Perhaps),
        (ALL, "/t/", Makes::No),
        (ALL, "/categories/tides/", Makes::Yes),
        (ALL, "/categories/潮汐/", Makes::No),
        (ALL, "/categories/By-the-Sea/tides/", Makes::Perhaps),
        (ALL, "/feeds/all.xml", Makes::Yes),
        (ALL, "/sitemap.xml", Makes::No),
        (ALL, "/nowhere/", Makes::No),
        (OTHER, "/nowhere/", Makes::Perhaps),
        (OTHER, "/2024/05/06/nowhere/", Makes::No),
        (OTHER, "/t/nowhere/", Makes::No),
        ("{", "/t/nowhere/", Makes::Perhaps),
    ] {
        let site = site(&[("_config.yml", config), ("package.json", package)]);
        assert_eq!(site.makes(path, &terms), expected, "{path}");
    }
    let themed = site(&[("_config.yml", "theme: next\n"), ("package.json", ALL), ("themes/next/layout/a.swig", "")]);
    assert_eq!(themed.makes("/nowhere/", &terms), Makes::No);
    let scripted = site(&[("_config.yml", "theme: next\n"), ("package.json", ALL), ("themes/next/scripts/a.js", "")]);
    assert_eq!(scripted.makes("/nowhere/", &terms), Makes::Perhaps);
}

#[test]
fn any_bytes_are_survived() {
    let odd =
        ["", "/", "source", "source/_posts/", "source/_posts/.md", "source/_posts/a", "source/..", "source/🎉/é.md"];
    for config in ["permalink: ':'\nnew_post_name: ':(:[.md'\n", "permalink: ::::\nnew_post_name: ''\n", "- a\n"] {
        let site = configured(config);
        for path in odd.iter().map(|path| (*path).to_owned()).chain(odd.map(|path| path.repeat(500))) {
            let _ = place(&site, &path, "date: 9999-12-31 23:59:59 -1200");
            let _ = (site.files(&path), site.makes(&path, &Terms::default()));
        }
    }
}
