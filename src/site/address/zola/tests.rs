//! What the tables in `tests/sites` do not show: settings that cannot be read, files, and what is not made.

use super::*;
use crate::site::address::tests::Site;
use crate::site::zola::ZOLA;
use crate::site::{Role, address};
use crate::spanned::toml;

fn site(present: &[(&str, &str)]) -> address::Addresses {
    Site(present).addresses(&ZOLA)
}

fn place(site: &address::Addresses, path: &str, front: &str) -> Place {
    let front = toml::parse(front).expect("valid");
    site.place(&Page { path, role: Role::Post, front: &front }, Timestamp::UNIX_EPOCH)
}

#[test]
fn what_cannot_be_known_is_not_told() {
    for config in ["base_url = ", "[slugify]\npaths = 'perhaps'", "ignored_content = ['*.tmp.md']"] {
        assert_eq!(place(&site(&[("config.toml", config)]), "content/a.md", "").address, None, "{config}");
    }
    let french = site(&[("config.toml", "[languages.fr]")]);
    // Zola stops at a language that it does not know.
    for (path, front) in
        [("content/a.it.md", ""), ("content/a.md", "slug = 1"), ("content/a.md", "path = 1"), ("a.md", "")]
    {
        assert_eq!(place(&french, path, front).address, None, "{path} {front}");
    }
}

#[test]
fn bundles_and_absences() {
    let site = site(&[("zola.toml", "base_url = 'https://a.example/b/'")]);
    assert_eq!((&*site.home().base, &*site.home().hosts[0]), ("/b", "a.example"));
    for (path, expected) in [
        ("content/blog/a/index.md", Some("content/blog/a")),
        ("content/blog/_index.md", Some("content/blog")),
        ("content/_index.md", Some("content")),
        ("content/blog/a.md", None),
    ] {
        assert_eq!(place(&site, path, "").bundle.as_deref(), expected, "{path}");
    }
    for (front, expected) in [
        ("draft = true", Some(Absence::Draft)),
        ("render = false", Some(Absence::Unpublished)),
        ("date = 2999-01-01", None),
    ] {
        assert_eq!(place(&site, "content/a.md", front).absent, expected, "{front}");
    }
}

#[test]
fn links_and_anchors() {
    for (config, anchors) in [
        ("", Engine::ZolaOn),
        ("[slugify]\nanchors = 'safe'", Engine::ZolaSafe),
        ("[slugify]\nanchors = 'off'", Engine::ZolaSafe),
        ("[slugify]\nanchors = 1", Engine::Unknown),
    ] {
        let expected = Habits {
            relative: Relative::Page,
            sources: Sources::Kept,
            adds_base: AddsBase::Never,
            content_links: Some("@/"),
            anchors,
        };
        assert_eq!(site(&[("config.toml", config)]).habits(), expected, "{config}");
    }
}

#[test]
fn files_that_are_served() {
    let site = site(&[("config.toml", "theme = 'x'\ncompile_sass = true\n[languages.fr]"), ("themes/x/", "")]);
    for (path, file) in [
        ("/img/a.png", "static/img/a.png"),
        ("/img/a.png", "themes/x/static/img/a.png"),
        ("/main.css", "sass/main.scss"),
        ("/blog/b.png", "content/blog/b.png"),
        ("/fr/blog/b.png", "content/blog/b.png"),
        ("/old/", "static/old/index.html"),
    ] {
        let files = site.files(path);
        assert!(files.iter().any(|found| found == file), "{path}: {files:?}");
    }
}

/// Each path is one that Zola 0.22 makes nothing at in sites like those in `tests/sites`, or one that a template or a section
/// decides on.
#[test]
fn what_is_not_made() {
    let config =
        "generate_robots_txt = false\ntaxonomies = [{name = 'tags', paginate_by = 2}, {name = 'Kinds', feed = true}]";
    let site = site(&[("config.toml", config)]);
    let terms = Terms::new([("Kinds", "x y"), ("tags", "中文")]);
    for (path, expected) in [
        ("/", Makes::Yes),
        ("/404.html", Makes::Yes),
        ("/sitemap.xml", Makes::Yes),
        ("/robots.txt", Makes::No),
        ("/atom.xml", Makes::No),
        ("/tags/", Makes::Yes),
        ("/tags/zhong-wen/", Makes::Yes),
        ("/tags/中文/", Makes::No),
        ("/tags/zhong-wen/page/2/", Makes::Perhaps),
        ("/tags/zhong-wen/atom.xml", Makes::No),
        ("/kinds/x-y/atom.xml", Makes::Yes),
        ("/kinds/x-y/page/2/", Makes::No),
        ("/Kinds/x-y/", Makes::No),
        ("/blog/", Makes::No),
        ("/blog/page/2/", Makes::Perhaps),
        ("/2024/05/", Makes::No),
        ("/img/a.png", Makes::No),
        ("/processed_images/a.0123.png", Makes::Perhaps),
    ] {
        assert_eq!(site.makes(path, &terms), expected, "{path}");
    }
}

#[test]
fn any_path_is_survived() {
    let site = site(&[("config.toml", "taxonomies = [{name = ''}, {name = '/'}]\n[languages.fr]")]);
    for path in ["", "/", "content/.md", "content/..fr.md", "content/é.fr.md", "content/index.md", "/fr", "/f", "//"] {
        place(&site, path, "path = ' '\naliases = ['', '/', '..']");
        site.files(path);
        site.makes(path, &Terms::new([("", ""), ("tags", "%")]));
    }
}
