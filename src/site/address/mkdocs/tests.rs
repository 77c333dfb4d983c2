//! What the tables in `tests/sites` do not show: settings that cannot be read, plug-ins, files, and what is not made.

use super::*;
use crate::site::address::tests::Site;
use crate::site::mkdocs::MKDOCS;
use crate::site::{Role, address};
use crate::spanned::yaml;

fn site(present: &[(&str, &str)]) -> address::Addresses {
    Site(present).addresses(&MKDOCS)
}

fn place(site: &address::Addresses, path: &str, front: &str) -> Place {
    let front = yaml::parse(front).expect("valid");
    let now: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a moment");
    site.place(&Page { path, role: Role::Post, front: &front }, now)
}

#[test]
fn what_cannot_be_known_is_not_told() {
    for config in [
        "site_name: [",
        "plugins: [search, i18n]",
        "plugins: {monorepo: {}}",
        "plugins: [blog: {enabled: 1}]",
        "INHERIT: nothing.yml",
    ] {
        let site = site(&[("mkdocs.yml", config)]);
        assert_eq!(place(&site, "docs/a.md", "title: x").address, None, "{config}");
        assert_eq!(site.makes("/a/", &Terms::new([])), Makes::Perhaps, "{config}");
    }
    // Addresses of posts follow from first headings, the names of months and functions of the site's own.
    for (settings, front) in [
        ("", "date: 2024-05-06"),
        ("", "title: x"),
        ("{post_url_date_format: yyyy/MMM}", "date: 2024-05-06\nslug: x"),
        ("{post_slugify: !!python/name:x.y}", "date: 2024-05-06\ntitle: x"),
        ("{post_url_format: '{year}/{slug}'}", "date: 2024-05-06\nslug: x"),
    ] {
        let site = site(&[("mkdocs.yml", &format!("plugins:\n- blog: {settings}"))]);
        assert_eq!(place(&site, "docs/blog/posts/a.md", front).address, None, "{settings} {front}");
    }
}

#[test]
fn settings_of_a_parent() {
    let own = ("mkdocs.yml", "INHERIT: ./base.yml\ndocs_dir: pages");
    let site = site(&[own, ("base.yml", "docs_dir: docs\nuse_directory_urls: false\nsite_url: https://a.example/b")]);
    assert_eq!(place(&site, "pages/a.md", "title: x").address.as_deref(), Some("/b/a.html"));
    assert_eq!(place(&site, "docs/a.md", "title: x").address, None);
}

/// As the plug-in's documentation has them.
#[test]
fn drafts_of_a_blog() {
    let site = |settings: &str| site(&[("mkdocs.yml", &format!("plugins:\n- blog: {settings}"))]);
    for (settings, front, expected) in [
        ("{}", "draft: true\ndate: 2024-05-06", Some(Absence::Draft)),
        ("{draft: true}", "draft: true\ndate: 2024-05-06", None),
        ("{}", "date: 2999-05-06", None),
        ("{draft_if_future_date: true}", "date: 2999-05-06", Some(Absence::Draft)),
        ("{draft_if_future_date: true}", "date: 2999-05-06\ndraft: false", None),
    ] {
        assert_eq!(place(&site(settings), "docs/blog/posts/a.md", front).absent, expected, "{settings} {front}");
    }
    let at_root = site("{blog_dir: ., post_dir: posts}");
    let place = place(&at_root, "docs/posts/README.md", "date: 2024-05-06\nslug: x");
    assert_eq!(place.address.as_deref(), Some("/2024/05/06/x/"));
}

#[test]
fn anchors() {
    for (extension, expected) in [
        ("toc", Engine::PythonMarkdown),
        ("toc: {permalink: true}", Engine::PythonMarkdown),
        ("toc: {separator: _}", Engine::Unknown),
        ("toc:\n    slugify: !!python/name:markdown.extensions.toc.slugify_unicode", Engine::PythonMarkdownUnicode),
        (
            "markdown.extensions.toc:\n    slugify: !!python/name:markdown.extensions.toc.slugify",
            Engine::PythonMarkdown,
        ),
        ("toc:\n    slugify: !!python/name:pymdownx.slugs.uslugify", Engine::Unknown),
        ("toc:\n    slugify: !!python/object/apply:pymdownx.slugs.slugify\n      kwds: {case: lower}", Engine::Unknown),
    ] {
        let site = site(&[("mkdocs.yml", &format!("markdown_extensions:\n- {extension}\n"))]);
        let expected = Habits {
            relative: Relative::Source,
            sources: Sources::ResolvedByFile,
            adds_base: AddsBase::Never,
            content_links: None,
            anchors: expected,
        };
        assert_eq!(site.habits(), expected, "{extension}");
    }
}

#[test]
fn files_that_are_served() {
    let site = site(&[("mkdocs.yml", "theme: {name: material, custom_dir: overrides}")]);
    assert_eq!(site.files("/img/a.png"), ["docs/img/a.png", "overrides/img/a.png"]);
    assert_eq!(site.files("/old/")[0], "docs/old/index.html");
}

/// Each path is one that MkDocs 1.6 makes nothing at in sites like those in `tests/sites`, or one that more decides on.
#[test]
fn what_is_not_made() {
    let plain = site(&[("mkdocs.yml", "site_name: x")]);
    let blog = site(&[("mkdocs.yml", "plugins: [blog, redirects: {redirect_maps: {a.md: b.md}}]")]);
    let extended = site(&[("mkdocs.yml", "plugins: [gen-files]")]);
    let terms = Terms::new([("categories", "Two Words"), ("tags", "x")]);
    for (site, path, expected) in [
        (&plain, "/404.html", Makes::Yes),
        (&plain, "/search/search_index.json", Makes::Yes),
        (&plain, "/assets/main.css", Makes::Perhaps),
        (&plain, "/a/", Makes::No),
        (&plain, "/blog/", Makes::No),
        (&plain, "/tags/x/", Makes::No),
        (&blog, "/a/", Makes::Yes),
        (&blog, "/b/", Makes::No),
        (&blog, "/blog/", Makes::Yes),
        (&blog, "/blog/category/two-words/", Makes::Yes),
        (&blog, "/blog/category/Two Words/", Makes::No),
        (&blog, "/blog/category/two-words/page/2/", Makes::Perhaps),
        (&blog, "/blog/page/2/", Makes::Perhaps),
        (&blog, "/blog/archive/2024/", Makes::Perhaps),
        (&blog, "/blog/2024/05/06/x/", Makes::No),
        (&extended, "/a/", Makes::Perhaps),
    ] {
        assert_eq!(site.makes(path, &terms), expected, "{path}");
    }
}

#[test]
fn any_path_is_survived() {
    let config = "exclude_docs: '['\nplugins: [blog: {post_url_format: '{', pagination_url_format: '{page}'}]";
    for site in [site(&[("mkdocs.yml", config)]), site(&[("mkdocs.yml", "docs_dir: ''")])] {
        for path in ["", "/", "docs", "docs/", "docs/.md", "docs/é", "docs/blog/posts/", "docs/blog/posts/é.md", "//"]
        {
            place(&site, path, "date: 2024-05-06\nslug: /../\ncategories: ['', /]");
            site.files(path);
            site.makes(path, &Terms::new([("categories", ""), ("categories", "<")]));
        }
    }
}
