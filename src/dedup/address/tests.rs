//! Addresses by the documentation and the code of each generator.

use super::*;
use crate::site::{Profile, hexo, hugo, jekyll, zola};
use crate::spanned::yaml;

fn path(profile: &'static Profile, config: (&str, &str), path: &str, front: &str) -> Result<String, Refused> {
    let made = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(made.path().join(config.0), config.1).expect("written");
    let folder = Folder::open(made.path()).expect("it is there");
    let site = Site { has_content_folder: true, ..Site::of(profile) };
    let front = yaml::parse(front).expect("valid");
    Addresses::read(&site, &folder, &[]).path(Asked { path, front: &front })
}

#[track_caller]
fn is(profile: &'static Profile, config: (&str, &str), post: (&str, &str), expected: &str) {
    assert_eq!(path(profile, config, post.0, post.1).as_deref(), Ok(expected), "{post:?}");
}

#[track_caller]
fn unsure(profile: &'static Profile, config: (&str, &str), post: (&str, &str), why: &str, likely: &str) {
    let refused = path(profile, config, post.0, post.1).expect_err("not certain");
    assert_eq!(refused.message, format!("its address is not certain: {why}"));
    assert!(refused.help.ends_with(likely), "{}", refused.help);
}

#[test]
fn jekyll_posts() {
    let config = ("_config.yml", "title: x\n");
    let jekyll = &jekyll::JEKYLL;
    is(jekyll, config, ("_posts/2024-05-06-a-b.md", "title: x"), "/2024/05/06/a-b.html");
    is(jekyll, config, ("_posts/2024-05-06-A b__中文.md", "title: x"), "/2024/05/06/A-b__中文.html");
    is(jekyll, config, ("_posts/2024-05-06-？实拍，a【b】.md", "title: x"), "/2024/05/06/实拍-a-b.html");
    is(jekyll, config, ("_posts/2024-05-06-a.md", "date: 2023-01-02"), "/2023/01/02/a.html");
    is(jekyll, config, ("_posts/2024-05-06-a.md", "categories: B c\ncategory: D e"), "/b/c/d e/2024/05/06/a.html");
    is(jekyll, config, ("x/_posts/2024-05-06-a.md", "categories: [X, y]"), "/x/y/2024/05/06/a.html");
    is(jekyll, config, ("_posts/2024-05-06-a.md", "slug: z"), "/2024/05/06/z.html");
    is(jekyll, config, ("_posts/2024-05-06-a.md", "permalink: /p/:title/"), "/p/a/");
    is(jekyll, config, ("about.md", "permalink: /about-us/"), "/about-us/");
    is(jekyll, config, ("a/about.md", "title: x"), "/a/about.html");
    is(jekyll, config, ("a/index.md", "title: x"), "/a/");
    let pretty = ("_config.yml", "permalink: pretty\n");
    is(jekyll, pretty, ("_posts/2024-05-06-a.md", "title: x"), "/2024/05/06/a/");
    is(jekyll, pretty, ("about.md", "title: x"), "/about/");
    is(
        jekyll,
        ("_config.yml", "permalink: /blog/:title\n"),
        ("_posts/2024-05-06-a.md", "date: 2024-05-06 01:00:00 +0800"),
        "/blog/a",
    );
    let utc = ("_config.yml", "timezone: UTC\n");
    is(jekyll, utc, ("_posts/2022-06-02-a.md", "date: 2022-06-02 01:05:33 +0800"), "/2022/06/01/a.html");
}

#[test]
fn jekyll_says_what_it_cannot_know() {
    let config = ("_config.yml", "title: x\n");
    let jekyll = &jekyll::JEKYLL;
    unsure(
        jekyll,
        config,
        ("_posts/2024-05-06-a.md", "date: 2024-05-06 01:00:00 +0800"),
        "its day depends on the time zone of the build",
        "it may be /2024/05/06/a.html",
    );
    unsure(jekyll, config, ("_drafts/a.md", "title: x"), "it is a draft", "below the path");
    is(
        jekyll,
        ("_config.yml", "defaults:\n- scope: {path: ''}\n  values: {permalink: /x/:title/}\n"),
        ("_posts/2024-05-06-a.md", "title: x"),
        "/x/a/",
    );
}

#[test]
fn hugo_posts() {
    let config = ("hugo.toml", "baseURL = 'https://a.example/'\n");
    let hugo = &hugo::HUGO;
    is(hugo, config, ("content/posts/A Post.md", "title: x"), "/posts/a-post/");
    is(hugo, config, ("content/posts/a/index.md", "title: x"), "/posts/a/");
    is(hugo, config, ("content/posts/2024-05-06-中文_x.md", "title: x"), "/posts/2024-05-06-中文_x/");
    is(hugo, config, ("content/posts/a.md", "slug: b"), "/posts/b/");
    is(hugo, config, ("content/posts/a.md", "url: /c/d.html"), "/c/d.html");
    let set = ("hugo.toml", "[Permalinks]\nposts = '/:year/:slug/'\n[languages.en]\n[languages.zh]\n");
    is(hugo, set, ("content/posts/a.zh.md", "title: x\ndate: 2024-05-06"), "/zh/2024/x/");
    unsure(hugo, set, ("content/posts/a.md", "title: x"), "it has no date", "it may be /1/x/");
    let broken = ("hugo.toml", "[a\n");
    unsure(hugo, broken, ("content/posts/a.md", "title: x"), "Hugo does not tell it from the post", "below the path");
}

#[test]
fn zola_and_hexo_posts() {
    let config = ("config.toml", "base_url = 'https://a.example'\n");
    is(&zola::ZOLA, config, ("content/blog/2024-05-06-A_b.md", "title: x"), "/blog/a-b/");
    is(&zola::ZOLA, config, ("content/blog/a/index.md", "path: x/y"), "/x/y/");
    is(&zola::ZOLA, config, ("content/blog/中.md", "title: x"), "/blog/zhong/");
    let config = ("_config.yml", "source_dir: source\n");
    is(&hexo::HEXO, config, ("source/_posts/a/B c.md", "date: 2024-05-06 01:02:03"), "/2024/05/06/a/B c/");
    is(&hexo::HEXO, config, ("source/_posts/a.md", "permalink: x/y.html"), "/x/y.html");
    unsure(&hexo::HEXO, config, ("source/_posts/a.md", "title: x"), "it has no date", "below the path");
}

#[test]
fn whole_addresses_need_to_know_the_site() {
    let made = tempfile::tempdir().expect("a folder can be made");
    let folder = Folder::open(made.path()).expect("it is there");
    let site = Site::of(&jekyll::JEKYLL);
    let whole = |config: &str| {
        std::fs::write(made.path().join("_config.yml"), config).expect("written");
        Addresses::read(&site, &folder, &[]).whole("/a/").map_err(|refused| refused.message)
    };
    assert_eq!(whole("url: https://a.example/\nbaseurl: /blog/\n").as_deref(), Ok("https://a.example/blog/a/"));
    assert_eq!(whole("url: https://a.example\n").as_deref(), Ok("https://a.example/a/"));
    assert_eq!(whole("url: ''\n"), Err("the configuration does not say where the site is (`url`)".to_owned()));
}
