//! Astro, by its documentation and `packages/astro/src/content/`. Keys are each site's own schema: only usual ones are named.

use super::{Dates, Dialect, FileName, Key, Kind, Mark, Profile, StringList};

/// Astro.
pub const ASTRO: Profile = Profile {
    name: "astro",
    title: "Astro",
    marks: &[
        Mark { file: "astro.config.mjs", contains: "" },
        Mark { file: "astro.config.js", contains: "" },
        Mark { file: "astro.config.ts", contains: "" },
        Mark { file: "astro.config.mts", contains: "" },
        Mark { file: "astro.config.cjs", contains: "" },
        Mark { file: "astro.config.cts", contains: "" },
    ],
    // `src/data` and the folders beside it are loaded by `glob()` in many themes.
    content: &["src/content", "src/pages", "src/data", "src/blog", "src/posts", "content"],
    posts: &[],
    skip: &["dist", "public", "node_modules"],
    // `post/index.md` is a post in a folder of its own.
    index: &["README"],
    extensions: &["md", "mdx", "markdown"],
    pages_need_front_matter: false,
    front_matter: Dialect::GrayMatter,
    without_front_matter: "refuse it where its collection has a schema",
    duplicate_key: "stops the build",
    keys: &[
        Key::new("title", Kind::Text).expected(),
        Key::new("description", Kind::Text),
        // One of these by convention, so none of them is needed.
        Key::new("date", Kind::Any),
        Key::new("pubDate", Kind::Any),
        Key::new("publishDate", Kind::Any),
        Key::new("published", Kind::Any),
        Key::new("publishedAt", Kind::Any),
        Key::new("pubDatetime", Kind::Any),
        Key::new("modDatetime", Kind::Any),
        Key::new("updated", Kind::Any),
        Key::new("updatedDate", Kind::Any),
        Key::new("updatedAt", Kind::Any),
        Key::new("draft", Kind::Bool),
        Key::new("tags", Kind::Any),
        Key::new("category", Kind::Any),
        Key::new("categories", Kind::Any),
        Key::new("layout", Kind::Any),
        Key::new("slug", Kind::Any),
        Key::new("author", Kind::Any),
        Key::new("authors", Kind::Any),
        Key::new("image", Kind::Any),
        Key::new("heroImage", Kind::Any),
        Key::new("cover", Kind::Any),
        Key::new("lang", Kind::Any),
        Key::new("featured", Kind::Any),
        // Of Starlight.
        Key::new("template", Kind::Any),
        Key::new("hero", Kind::Any),
        Key::new("sidebar", Kind::Any),
        Key::new("head", Kind::Any),
        Key::new("tableOfContents", Kind::Any),
        Key::new("editUrl", Kind::Any),
        Key::new("lastUpdated", Kind::Any),
        Key::new("prev", Kind::Any),
        Key::new("next", Kind::Any),
        Key::new("banner", Kind::Any),
    ],
    closed_keys: false,
    file_name: FileName::Free,
    dates: Dates::JavaScript,
    hides_future: false,
    string_list: StringList::Unknown,
    // None in Markdown; MDX is read as such.
    templates: &[],
};
