//! Addresses of Jekyll, by its code and its documentation. What Jekyll made of whole sites stands in `tests/addresses.rs`.

use super::*;
use crate::site::anchor::Engine;
use crate::site::{Role, jekyll::JEKYLL};
use crate::spanned::yaml;

/// The addresses of a site of these files.
fn site(present: &[(&str, &str)]) -> Addresses {
    let read = |path: &str| present.iter().find(|(name, _)| *name == path).map(|(_, text)| (*text).to_owned());
    let is_folder = |path: &str| present.iter().any(|(name, _)| name.starts_with(&format!("{path}/")));
    super::super::read(&Files { read: &read, is_folder: &is_folder, names: &|_| vec![] }, &JEKYLL, "", &[])
}

/// The same with this configuration alone.
fn configured(config: &str) -> Addresses {
    site(&[("_config.yml", config)])
}

fn place(addresses: &Addresses, path: &str, front: &str) -> Place {
    let front = yaml::parse(front).expect("valid");
    let now = "2024-06-01T00:00:00Z".parse().expect("a moment");
    addresses.place(&Page { path, role: Role::Post, front: &front }, now)
}

fn day(text: &str) -> jiff::civil::Date {
    text.parse().expect("a day")
}

#[test]
fn days_depend_on_the_time_zone() {
    let zones = ["title: x\n", "timezone: UTC\n", "timezone: Asia/Shanghai\n"].map(configured);
    // The last column is the day written and the one shown, where they surely differ.
    for (zone, name, date, expected, perhaps, shift) in [
        (0, "2022-06-02", "2022-06-02 01:05:33 +0800", "06/02", &["06/01"][..], None),
        (0, "2022-06-02", "2022-06-02 12:00:00 +0800", "06/02", &["06/01"], None),
        (0, "2022-06-02", "2022-06-02 01:05", "06/02", &[], None),
        (0, "2022-06-02", "2022-06-02", "06/02", &[], None),
        // No offset, but seconds and no quotes: UTC to Psych.
        (0, "2022-06-02", "2022-06-02 23:00:00", "06/02", &["06/03"], None),
        (0, "2022-06-02", "'2022-06-02 23:00:00'", "06/02", &[], None),
        // Ruby knows names of zones that are not known here.
        (0, "2022-06-02", "2022-06-02 23:00:00 CST", "06/02", &["06/01", "06/03"], None),
        (1, "2022-06-02", "2022-06-02 01:05:33 +0800", "06/01", &[], Some(("2022-06-02", "2022-06-01"))),
        (1, "2022-06-02", "'2022-06-02 01:05:33'", "06/02", &[], None),
        (2, "2022-06-02", "2022-06-02 01:05:33 +0800", "06/02", &[], None),
        (2, "2022-06-02", "2022-06-02 20:05:33", "06/03", &[], Some(("2022-06-02", "2022-06-03"))),
        // The file's name already says what is shown.
        (2, "2022-06-03", "2022-06-02 20:05:33", "06/03", &[], None),
    ] {
        let place = place(&zones[zone], &format!("_posts/{name}-a.md"), &format!("date: {date}"));
        assert_eq!(place.address.as_deref(), Some(&*format!("/2022/{expected}/a.html")), "{zone} {date}");
        let others: Vec<String> = perhaps.iter().map(|other| format!("/2022/{other}/a.html")).collect();
        assert_eq!(place.perhaps.iter().map(|other| other.to_string()).collect::<Vec<_>>(), others, "{zone} {date}");
        assert_eq!(place.shift, shift.map(|(written, shown)| (day(written), day(shown))), "{zone} {date}");
    }
}

#[test]
fn a_day_that_is_not_in_the_address_does_not_matter() {
    let site = configured("permalink: /:title/\n");
    let found = place(&site, "_posts/2022-06-02-a.md", "date: 2022-06-02 01:05:33 +0800");
    assert_eq!(found, Place { address: Some("/a/".into()), ..Place::default() });
    let found = place(
        &configured("timezone: UTC\npermalink: /:title/\n"),
        "_posts/2022-06-02-a.md",
        "date: 2022-06-02 01:05:33 +0800",
    );
    assert_eq!(found.shift, None);
    let hour = place(&configured("permalink: /:hour/\n"), "_posts/2022-06-02-a.md", "date: 2022-06-02 01:05:33 +0800");
    assert_eq!(hour.address, None, "the hour is the build's");
}

#[test]
fn what_is_not_on_the_site() {
    let site = configured("exclude: [old]\n");
    for (path, front, expected, absent) in [
        ("_posts/2024-05-06-a.md", "published: false", Some("/2024/05/06/a.html"), Absence::Unpublished),
        ("_posts/2024-06-02-a.md", "title: x", Some("/2024/06/02/a.html"), Absence::Future),
        ("_posts/2024-05-06-a.md", "date: 2024-06-03", Some("/2024/06/03/a.html"), Absence::Future),
        ("_drafts/a.md", "date: 2024-05-06", Some("/2024/05/06/a.html"), Absence::Draft),
        ("old/_posts/2024-05-06-a.md", "title: x", Some("/old/2024/05/06/a.html"), Absence::Unpublished),
        ("_posts/a.md", "title: x", None, Absence::Unpublished),
        ("old/a.md", "title: x", Some("/old/a.html"), Absence::Unpublished),
        ("a.md", "published: off", Some("/a.html"), Absence::Unpublished),
    ] {
        let place = place(&site, path, front);
        assert_eq!((place.address.as_deref(), place.absent), (expected, Some(absent)), "{path} {front}");
    }
    let eager = configured("future: true\nunpublished: true\nshow_drafts: true\n");
    for (path, front) in [("_posts/2024-06-02-a.md", "published: false"), ("_drafts/a.md", "date: 2024-05-06")] {
        assert_eq!(place(&eager, path, front).absent, None, "{path}");
    }
    // Somewhere it is still the day before.
    assert_eq!(place(&site, "_posts/2024-06-01-a.md", "title: x").absent, None);
}

#[test]
fn what_cannot_be_known() {
    let site = configured("title: x\n");
    let undated = place(&site, "_drafts/a.md", "title: x");
    assert_eq!((undated.address, undated.is_undated), (None, true));
    for front in ["date: soon", "permalink: 5", "slug: 5", "categories: 5", "permalink: /:nothing/", "date: {a: b}"] {
        assert_eq!(place(&site, "_posts/2024-05-06-a.md", front).address, None, "{front}");
    }
    let broken = configured("a: [\n");
    assert_eq!(place(&broken, "_posts/2024-05-06-a.md", "title: x"), Place::default());
    assert_eq!(broken.makes("/x/", &Terms::default()), Makes::Perhaps);
}

#[test]
fn where_the_site_is() {
    let files = [("_config.yml", "url: https://A.example/\nbaseurl: blog/\n"), ("CNAME", "b.example\n")];
    let home = site(&files).home().clone();
    assert_eq!(
        home,
        Home {
            hosts: vec!["a.example".into(), "b.example".into()],
            origin: Some("https://A.example".into()),
            base: "/blog".into()
        }
    );
    assert_eq!(*site(&[]).home(), Home::default());
    // A project whose site is in a folder.
    let read = |path: &str| (path == "docs/_config.yml").then(|| "permalink: /:title\n".to_owned());
    let docs =
        super::super::read(&Files { read: &read, is_folder: &|_| false, names: &|_| vec![] }, &JEKYLL, "docs", &[]);
    assert_eq!(place(&docs, "docs/_posts/2024-05-06-a.md", "title: x").address.as_deref(), Some("/a"));
    assert_eq!(place(&docs, "_posts/2024-05-06-a.md", "title: x"), Place::default());
    assert_eq!(docs.files("/x.png"), ["docs/x.png"]);
}

#[test]
fn anchors_and_links_to_sources() {
    for (config, anchors, sources) in [
        ("title: x\n", Engine::KramdownGfm, Sources::Perhaps),
        ("markdown: Kramdown\nkramdown: {input: kramdown}\n", Engine::Kramdown, Sources::Perhaps),
        ("kramdown: {auto_ids: false}\n", Engine::Written, Sources::Perhaps),
        ("kramdown: {auto_id_prefix: h-}\n", Engine::Unknown, Sources::Perhaps),
        ("markdown: CommonMarkGhPages\n", Engine::Unknown, Sources::Perhaps),
        ("relative_links: {enabled: false}\n", Engine::KramdownGfm, Sources::Kept),
        ("plugins: [jekyll-relative-links]\n", Engine::KramdownGfm, Sources::Perhaps),
        (
            "plugins: [jekyll-relative-links]\nrelative_links: {collections: true}\n",
            Engine::KramdownGfm,
            Sources::Resolved,
        ),
    ] {
        let habits = configured(config).habits();
        assert_eq!((habits.anchors, habits.sources, habits.relative), (anchors, sources, Relative::Page), "{config}");
    }
}

#[test]
fn redirects_need_their_plugin() {
    let front = "redirect_from: [/a, b/]";
    let aliases = |config: &str| place(&configured(config), "_posts/2024-05-06-a.md", front).aliases.len();
    assert_eq!(aliases("plugins: [jekyll-redirect-from]\n"), 2);
    assert_eq!(aliases("theme: jekyll-theme-chirpy\n"), 2, "the theme may bring it along");
    assert_eq!(aliases("title: x\n"), 0);
}

#[test]
fn files_that_may_be_served() {
    let site = configured("include: [.well-known]\nexclude: [old]\n");
    for (path, expected) in [
        ("/assets/a.png", &["assets/a.png"][..]),
        ("/assets/a.css", &["assets/a.css", "assets/a.scss", "assets/a.sass"]),
        ("/.well-known/x.txt", &[".well-known/x.txt"]),
        ("/_posts/a.png", &[]),
        ("/.git/config", &[]),
        ("/old/a.png", &[]),
        ("/a/b/", &["a/b/index.html", "a/b/index.md", "a/b.html", "a/b.md"]),
        ("/", &["index.html", "index.md"]),
        ("/a/b.html", &["a/b.html", "a/b.md"]),
    ] {
        assert_eq!(site.files(path), expected, "{path}");
    }
}

#[test]
fn pages_without_a_source() {
    const ALL: &str = "plugins: [jekyll-feed, jekyll-sitemap, jekyll-paginate, jekyll-archives, jekyll-redirect-from]
paginate: 5
paginate_path: /blog/page:num/
jekyll-archives:
  enabled: [tags, year, month]
  permalinks: {tag: '/tags/:name/'}
";
    let terms = Terms::new([("categories", "Notes"), ("tags", "Old Boats")]);
    for (config, path, expected) in [
        (ALL, "/feed.xml", Makes::Yes),
        (ALL, "/sitemap.xml", Makes::Yes),
        (ALL, "/redirects.json", Makes::Yes),
        (ALL, "/blog/page2/", Makes::Perhaps),
        (ALL, "/blog/page/", Makes::No),
        (ALL, "/tags/old-boats/", Makes::Yes),
        (ALL, "/tags/boats/", Makes::No),
        (ALL, "/category/notes/", Makes::No),
        (ALL, "/2024/", Makes::Perhaps),
        (ALL, "/2024/05/06/", Makes::No),
        (ALL, "/nowhere/", Makes::No),
        ("title: x\n", "/feed.xml", Makes::No),
        ("theme: minima\n", "/feed.xml", Makes::Perhaps),
        ("theme: minima\n", "/assets/main.css", Makes::Perhaps),
        ("theme: minima\n", "/nowhere/", Makes::No),
        ("title: x\n", "/assets/css/style.css", Makes::Perhaps),
        ("title: x\n", "/page2/", Makes::No),
        ("feed: {path: atom.xml}\nplugins: [jekyll-feed]\n", "/atom.xml", Makes::Yes),
        ("plugins: [jekyll-scholar]\n", "/nowhere/", Makes::Perhaps),
        ("plugins: [jekyll-scholar]\n", "/2024/05/06/nowhere.html", Makes::No),
    ] {
        assert_eq!(configured(config).makes(path, &terms), expected, "{config} {path}");
    }
    let own = site(&[("_config.yml", "title: x\n"), ("_plugins/tags.rb", "")]);
    assert_eq!(own.makes("/tags/", &terms), Makes::Perhaps);
    let gemfile = site(&[("_config.yml", "title: x\n"), ("Gemfile", "gem 'jekyll-feed'\n")]);
    assert_eq!(gemfile.makes("/feed.xml", &terms), Makes::Perhaps);
}

#[test]
fn any_bytes_are_survived() {
    let odd =
        ["", "/", "_posts/", "_posts", "/_posts//2024-05-06-.md", "2024-05-06", "..", "a/../b.md", "_.md", "🎉/é"];
    for config in
        ["permalink: ':'\ncollections_dir: a\n", "permalink: ::::\ncollections: {'': {output: true}}\n", "- a\n"]
    {
        let site = configured(config);
        for path in odd.iter().map(|path| (*path).to_owned()).chain(odd.map(|path| path.repeat(500))) {
            let _ = place(&site, &path, "permalink: /:year:title::/\ndate: 9999-12-31 23:59:59 -1200");
            let _ = (site.files(&path), site.makes(&path, &Terms::default()));
        }
    }
}
