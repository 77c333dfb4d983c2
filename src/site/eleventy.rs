//! Eleventy, as read in `src/` (TemplateContent, TemplateDate, TemplatePermalink); front matter by gray-matter.

use super::{Dates, Delimiters, Dialect, FileName, Key, Kind, Mark, Profile, StringList};

/// Eleventy.
pub const ELEVENTY: Profile = Profile {
    name: "eleventy",
    title: "Eleventy",
    marks: &[
        Mark { file: ".eleventy.js", contains: "" },
        Mark { file: "eleventy.config.js", contains: "" },
        Mark { file: "eleventy.config.cjs", contains: "" },
        Mark { file: "eleventy.config.mjs", contains: "" },
        Mark { file: "eleventy.config.ts", contains: "" },
        Mark { file: "package.json", contains: "\"@11ty/eleventy\":" },
    ],
    // The input folder is set in JavaScript; these are the usual ones. What stands outside them is a page.
    content: &["src", "content", "posts", "blog", ""],
    posts: &[],
    output: "_site",
    skip: &["_site", "_includes", "_layouts", "_data", "dist", "public", "node_modules"],
    index: &["index", "README"],
    // `.html`, `.njk` and `.liquid` are templates.
    extensions: &["md", "markdown"],
    pages_need_front_matter: false,
    front_matter: Dialect::GrayMatter,
    without_front_matter: "publish it without a title and a layout",
    // js-yaml throws.
    duplicate_key: "stops the build",
    keys: &[
        Key::new("title", Kind::Text).expected(),
        // Optional: the path or the file's age gives it.
        Key::new("date", Kind::Date),
        Key::new("tags", Kind::List),
        Key::new("layout", Kind::Any),
        Key::new("permalink", Kind::Any),
        Key::new("pagination", Kind::Any),
        Key::new("eleventyComputed", Kind::Any),
        Key::new("eleventyNavigation", Kind::Any),
        Key::new("eleventyExcludeFromCollections", Kind::Any),
        Key::new("eleventyImport", Kind::Any),
        Key::new("templateEngineOverride", Kind::Any),
        Key::new("dynamicPermalink", Kind::Any),
        Key::new("override", Kind::Any),
        // Of widely used starters: base blog, excellent.
        Key::new("author", Kind::Any),
        Key::new("authors", Kind::Any),
        Key::new("description", Kind::Any),
        Key::new("summary", Kind::Any),
        Key::new("image", Kind::Any),
        Key::new("updated", Kind::Any),
        Key::new("draft", Kind::Any),
        Key::new("lang", Kind::Any),
        Key::new("locale", Kind::Any),
        Key::new("keywords", Kind::Any),
        Key::new("category", Kind::Any),
        Key::new("categories", Kind::Any),
        Key::new("metaDesc", Kind::Any),
        Key::new("socialImage", Kind::Any),
    ],
    closed_keys: false,
    // The first `YYYY-MM-DD` anywhere in the path; read here only where a name begins with it.
    file_name: FileName::DatePrefix,
    dates: Dates::Eleventy,
    hides_future: false,
    string_list: StringList::OneItem,
    // Liquid and Nunjucks.
    templates: &[
        Delimiters { open: "{%", close: "%}" },
        Delimiters { open: "{{", close: "}}" },
        Delimiters { open: "{#", close: "#}" },
    ],
};
