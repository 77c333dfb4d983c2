//! What is told of sites whose configuration is a program: never more than the program says. Where real generators put pages
//! is held in `tests/addresses.rs`; the cases here are those that no generator can be asked about.

use super::*;
use crate::site::{astro, docusaurus, eleventy, vitepress};
use crate::spanned::yaml;

/// A site of these files; a name that ends in `/` is a folder.
pub(super) struct Site<'f>(pub(super) &'f [(&'f str, &'f str)]);

impl Site<'_> {
    pub(super) fn addresses(&self, profile: &'static Profile) -> Addresses {
        let text = |path: &str| self.0.iter().find(|(name, _)| *name == path).map(|(_, text)| (*text).to_owned());
        let is_folder = |path: &str| self.0.iter().any(|(name, _)| name.starts_with(&format!("{path}/")));
        let names = |path: &str| {
            let inside = |name: &str| {
                let rest = if path.is_empty() { name } else { name.strip_prefix(path)?.strip_prefix('/')? };
                Some(rest.find('/').map_or(rest, |slash| &rest[..=slash]).to_owned())
            };
            self.0.iter().filter_map(|(name, _)| inside(name)).collect()
        };
        read(&Files { read: &text, is_folder: &is_folder, names: &names }, profile, "", &[])
    }

    /// Where the file at a path is, with this front matter; `?` where it is not told, `-` where it is not on the site.
    fn place(&self, profile: &'static Profile, path: &str, front: &str) -> String {
        let front = yaml::parse(front).expect("valid");
        let page = Page { path, role: Role::Post, front: &front };
        let place = self.addresses(profile).place(&page, Timestamp::UNIX_EPOCH);
        match (place.absent, place.address) {
            (Some(_), _) => "-".to_owned(),
            (None, address) => address.map_or_else(|| "?".to_owned(), String::from),
        }
    }

    fn makes(&self, profile: &'static Profile, path: &str) -> Makes {
        self.addresses(profile).makes(path, &Terms::default())
    }
}

#[test]
fn eleventy_tells_no_more_than_its_configuration() {
    for (files, front, expected) in [
        (&[][..], "", "/posts/a/"),
        (&[(".eleventy.js", "module.exports = (c) => { c.addPlugin(x); };")], "", "/posts/a/"),
        (&[(".eleventy.js", "module.exports = require('./other');")], "", "?"),
        (&[(".eleventy.js", "module.exports = () => ({ dir: { input: process.env.IN } });")], "", "?"),
        (&[(".eleventy.js", "module.exports = (c) => { c.setInputDirectory(x); };")], "", "?"),
        (&[(".eleventy.js", "module.exports = (c) => { c.setInputDirectory('posts'); };")], "", "/a/"),
        (&[(".eleventy.js", "module.exports = () => ({ dir: { input: 'other' } });")], "", "-"),
        (&[(".eleventy.js", "module.exports = (c) => { c.addUrlTransform(x); };")], "", "?"),
        (&[(".eleventy.js", "module.exports = (c) => { c.addGlobalData('permalink', x); };")], "", "?"),
        (&[(".eleventy.js", "module.exports = (c) => { c.addGlobalData('permalink', x); };")], "permalink: /b/", "/b/"),
        (
            &[(".eleventy.js", "module.exports = (c) => { c.addFilter('slugify', x); };")],
            "title: b\npermalink: /{{ title | slugify }}/",
            "?",
        ),
        (&[("package.json", r#"{"scripts": {"build": "eleventy --input=posts"}}"#)], "", "?"),
        (&[("package.json", r#"{"scripts": {"build": "eleventy --pathprefix=/b/"}}"#)], "", "/b/posts/a/"),
        (&[("_data/eleventyComputed.js", "module.exports = { permalink: (data) => x };")], "", "?"),
        (&[("posts/posts.11tydata.js", "module.exports = make();")], "", "?"),
        (&[("posts/posts.11tydata.js", "export default { layout: 'x' };")], "", "/posts/a/"),
        (&[("posts/posts.json", r#"{"permalink": false}"#)], "", "-"),
        (
            &[("posts/posts.json", r#"{"layout": "post"}"#), ("_includes/post.njk", "---\npermalink: /l/\n---\n")],
            "",
            "/l/",
        ),
        (&[], "draft: true", "/posts/a/"),
        (&[], "eleventyComputed:\n  permalink: x", "?"),
        (&[], "pagination:\n  data: x", "?"),
        (&[], "permalink:\n  build: /c/", "/c/"),
        (&[], "permalink:\n  other: /c/", "-"),
    ] {
        assert_eq!(Site(files).place(&eleventy::ELEVENTY, "posts/a.md", front), expected, "{files:?} {front}");
    }
}

#[test]
fn eleventy_makes_what_its_templates_say() {
    let files = [
        (".eleventy.js", "module.exports = (c) => { c.addPassthroughCopy({ 'src/img': 'pictures' }); };"),
        ("index.njk", "---\ntitle: x\n---\n"),
        ("feed.njk", "---\npermalink: /feed/feed.xml\n---\n"),
        ("tags.njk", "---\npagination:\n  data: collections\npermalink: /tags/{{ tag }}/\n---\n"),
        ("_includes/base.njk", ""),
    ];
    let site = Site(&files);
    for (path, expected) in [
        ("/", Makes::Yes),
        ("/feed/feed.xml", Makes::Yes),
        ("/tags/sea/", Makes::Perhaps),
        ("/style.css", Makes::Perhaps),
        ("/base/", Makes::No),
        ("/sea/", Makes::No),
    ] {
        assert_eq!(site.makes(&eleventy::ELEVENTY, path), expected, "{path}");
    }
    let served = site.addresses(&eleventy::ELEVENTY).files("/pictures/a.png");
    assert_eq!(served.first().map(String::as_str), Some("src/img/a.png"));
}

/// Checks a Docusaurus site of one document.
fn check_docusaurus(settings: &str, path: &str, expected: &str) {
    let config = format!("const x = make();\nmodule.exports = {{ {settings} }};");
    let files = [("docusaurus.config.js", &*config), (path, "")];
    assert_eq!(Site(&files).place(&docusaurus::DOCUSAURUS, path, ""), expected, "{settings}");
}

#[test]
fn docusaurus_tells_no_more_than_its_configuration() {
    for (settings, expected) in [
        ("baseUrl: '/', presets: ['classic']", "/docs/1/a"),
        (
            "baseUrl: '/', presets: [[require.resolve('@docusaurus/preset-classic'), { docs: { routeBasePath: '/' } }]]",
            "/1/a",
        ),
        ("baseUrl: '/b/', trailingSlash: false, presets: ['classic']", "/b/docs/1/a"),
        ("baseUrl: '/', trailingSlash: true, presets: ['classic']", "/docs/1/a/"),
        ("baseUrl: x, presets: ['classic']", "?"),
        ("baseUrl: '/', trailingSlash: x, presets: ['classic']", "?"),
        ("baseUrl: '/', presets: x", "?"),
        ("baseUrl: '/', presets: [['classic', x]]", "?"),
        ("baseUrl: '/', presets: [['classic', { docs: x }]]", "?"),
        ("baseUrl: '/', presets: [['classic', { docs: { routeBasePath: x } }]]", "?"),
        ("baseUrl: '/', presets: [['classic', { docs: { numberPrefixParser: x } }]]", "?"),
        ("baseUrl: '/', presets: [['classic', { docs: false }]]", "?"),
        ("...x, baseUrl: '/', trailingSlash: true, presets: ['classic']", "/docs/1/a/"),
        ("...x, baseUrl: '/', presets: ['classic']", "?"),
        ("baseUrl: '/', presets: ['classic'], ...x", "?"),
    ] {
        check_docusaurus(settings, "docs/1/a.md", expected);
    }
    check_docusaurus("baseUrl: '/', presets: [['classic', { docs: { path: '../manual' } }]]", "docs/a.md", "?");
    check_docusaurus("baseUrl: '/', presets: ['classic'], i18n: x", "i18n/zh/docusaurus-plugin-content-blog/a.md", "?");
}

#[test]
fn docusaurus_makes_lists_categories_and_redirects() {
    let config = "module.exports = { baseUrl: '/', url: 'https://a.example', presets: ['classic'], plugins: [\
                  ['@docusaurus/plugin-client-redirects', { redirects: [{ from: '/old', to: '/new' }] }]] };";
    let site = [("docusaurus.config.js", config), ("docs/x/_category_.json", r#"{"link": {"slug": "/y"}}"#)];
    let other = [("docusaurus.config.js", "module.exports = { baseUrl: '/', presets: ['classic'], plugins: [x] };")];
    for (path, expected) in [
        ("/blog", Makes::Yes),
        ("/blog/tags/", Makes::Yes),
        ("/blog/page/2", Makes::Perhaps),
        ("/blog/tags/sea", Makes::Perhaps),
        ("/blog/authors/me", Makes::Perhaps),
        ("/docs/category/sea", Makes::Perhaps),
        ("/docs/y", Makes::Perhaps),
        ("/old", Makes::Perhaps),
        ("/docs/sea", Makes::No),
        ("/blog/sea", Makes::No),
        ("/sea", Makes::No),
    ] {
        assert_eq!(Site(&site).makes(&docusaurus::DOCUSAURUS, path), expected, "{path}");
        assert_ne!(Site(&other).makes(&docusaurus::DOCUSAURUS, path), Makes::No, "{path}");
    }
}

#[test]
fn vitepress_tells_no_more_than_its_configuration() {
    for (settings, expected) in [
        ("", "/a/b.html"),
        ("cleanUrls: true", "/a/b"),
        ("base: '/x/'", "/x/a/b.html"),
        ("srcDir: 'a'", "/b.html"),
        ("srcDir: 'other'", "-"),
        ("srcExclude: ['**/b.md']", "-"),
        ("rewrites: { 'a/:name.md': ':name.md' }", "/b.html"),
        ("rewrites: (id) => id", "?"),
        ("rewrites: { 'a/(.*)': 'c' }", "?"),
        ("rewrites: { 'c/(.*)': 'c' }", "/a/b.html"),
        ("base: x", "?"),
        ("cleanUrls: x", "?"),
        ("srcDir: x", "?"),
        ("...x", "?"),
    ] {
        let config = format!("export default defineConfig({{ {settings} }})");
        let files = [(".vitepress/config.ts", &*config), ("a/b.md", "")];
        assert_eq!(Site(&files).place(&vitepress::VITEPRESS, "a/b.md", ""), expected, "{settings}");
    }
}

#[test]
fn vuepress_tells_no_more_than_its_configuration() {
    for (name, text, front, expected) in [
        ("config.js", "module.exports = { base: '/x/' }", "", "/x/a/"),
        ("config.yml", "base: /x/\n", "", "/x/a/"),
        ("config.js", "module.exports = { base: '/x/' }", "permalink: /c/", "/x/c/"),
        ("config.js", "module.exports = { base: '/x/' }", "permalink: /:year/:slug/", "?"),
        ("config.js", "module.exports = { base: x }", "", "?"),
        ("config.js", "module.exports = { plugins: ['@vuepress/plugin-blog'] }", "", "?"),
        ("config.js", "module.exports = { permalink: '/:year/:slug' }", "", "?"),
    ] {
        let path = format!(".vuepress/{name}");
        let files = [(&*path, text), ("a/README.md", "")];
        assert_eq!(Site(&files).place(&vitepress::VITEPRESS, "a/README.md", front), expected, "{text} {front}");
    }
}

/// A page that shows the entries of a collection.
const SHOWN: &str =
    "---\nconst a = await getCollection('blog');\nreturn a.map((post) => ({ params: { slug: post.id } }));\n---\n";
/// The collection.
const LOADED: &str = "const blog = defineCollection({ loader: glob({ pattern: '**/*.md', base: './src/content/blog' }) });\n\
                      export const collections = { blog };";

#[test]
fn astro_tells_no_more_than_its_pages() {
    let config = ("astro.config.mjs", "export default defineConfig({})");
    let route = ("src/pages/blog/[...slug].astro", SHOWN);
    let own = LOADED.replace("pattern", "generateId: x, pattern");
    let by_slug = SHOWN.replace("post.id", "post.slug");
    let made = SHOWN.replace("post.id", "made(post)");
    let legacy = "const blog = defineCollection({ schema });\nexport const collections = { blog };";
    for (files, expected) in [
        (&[config, route, ("src/content.config.ts", LOADED)][..], "/blog/a-b/"),
        (&[config, route, ("src/content/config.ts", legacy)], "?"),
        (&[config, ("src/pages/x/[slug].astro", &by_slug), ("src/content/config.ts", legacy)], "/x/a-b/"),
        (&[config, route, ("src/content.config.ts", &own)], "?"),
        (&[config, ("src/pages/blog/[slug].astro", &made), ("src/content.config.ts", LOADED)], "?"),
        (&[config, route], "?"),
        (&[("astro.config.mjs", "export default make()"), route, ("src/content.config.ts", LOADED)], "?"),
        (&[("astro.config.mjs", "export default { base: x }"), route, ("src/content.config.ts", LOADED)], "?"),
        (&[("astro.config.mjs", "export default { trailingSlash: x }"), route, ("src/content.config.ts", LOADED)], "?"),
        (
            &[
                ("astro.config.mjs", "export default { base: 'c', trailingSlash: 'never' }"),
                route,
                ("src/content.config.ts", LOADED),
            ],
            "/c/blog/a-b",
        ),
    ] {
        assert_eq!(Site(files).place(&astro::ASTRO, "src/content/blog/A b.md", ""), expected, "{files:?}");
    }
}

#[test]
fn astro_names_the_posts_of_routes() {
    let text = |path: &str| (path == "astro.config.mjs").then(|| "export default { base: '/x' }".to_owned());
    let files = Files { read: &text, is_folder: &|_| false, names: &|_| vec![] };
    let routes = [super::Route::new("src/data/log", "/x/log/{id}/").expect("an address")];
    let site = super::read(&files, &astro::ASTRO, "", &routes);
    let front = yaml::parse("").expect("valid");
    let page = |path| Page { path, role: Role::Post, front: &front };
    let address = |path| site.place(&page(path), Timestamp::UNIX_EPOCH).address;
    assert_eq!(address("src/data/log/A/B c.md").as_deref(), Some("/x/log/a/b-c/"));
    assert_eq!(address("src/data/other/a.md"), None);
}
