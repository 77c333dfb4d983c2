//! Docusaurus, as read in `packages/docusaurus-plugin-content-blog/` and `-docs/` (frontMatter.ts, blogUtils.ts, slug.ts).

use super::{Dates, Dialect, FileName, Key, Kind, Mark, Profile, StringList};

/// Docusaurus.
pub const DOCUSAURUS: Profile = Profile {
    name: "docusaurus",
    title: "Docusaurus",
    // The site often stands in `website/`, its documents beside it.
    marks: &[
        Mark { file: "docusaurus.config.js", contains: "" },
        Mark { file: "docusaurus.config.ts", contains: "" },
        Mark { file: "docusaurus.config.mjs", contains: "" },
        Mark { file: "docusaurus.config.cjs", contains: "" },
        Mark { file: "website/docusaurus.config.js", contains: "" },
        Mark { file: "website/docusaurus.config.ts", contains: "" },
        Mark { file: "website/docusaurus.config.mjs", contains: "" },
        Mark { file: "website/docusaurus.config.cjs", contains: "" },
    ],
    // `versioned_docs/` holds frozen copies and is left out.
    content: &[
        "website/blog",
        "website/docs",
        "website/i18n",
        "website/src/pages",
        "blog",
        "docs",
        "i18n",
        "src/pages",
    ],
    posts: &["blog", "docusaurus-plugin-content-blog"],
    output: "build",
    skip: &["build", "static", "node_modules"],
    // `2020-01-02-name/index.md` is a post.
    index: &[],
    extensions: &["md", "mdx"],
    pages_need_front_matter: false,
    front_matter: Dialect::GrayMatter,
    without_front_matter: "guess its title and date from the text and the file",
    // js-yaml throws.
    duplicate_key: "stops the build",
    keys: &[
        // Optional: the first heading is taken for it.
        Key::new("title", Kind::Text),
        // Optional: the file name or the age of the file gives it.
        Key::new("date", Kind::Date),
        Key::new("tags", Kind::List),
        Key::new("keywords", Kind::List),
        Key::new("authors", Kind::Any),
        Key::new("author", Kind::Any),
        Key::new("author_title", Kind::Any),
        Key::new("author_url", Kind::Any),
        Key::new("author_image_url", Kind::Any),
        Key::new("slug", Kind::Text),
        Key::new("description", Kind::Text),
        Key::new("id", Kind::Text),
        Key::new("image", Kind::Any),
        Key::new("last_update", Kind::Any),
        Key::new("draft", Kind::Bool),
        Key::new("unlisted", Kind::Bool),
        Key::new("hide_table_of_contents", Kind::Bool),
        Key::new("hide_title", Kind::Bool),
        Key::new("toc_min_heading_level", Kind::Number),
        Key::new("toc_max_heading_level", Kind::Number),
        Key::new("title_meta", Kind::Any),
        Key::new("sidebar_label", Kind::Any),
        Key::new("sidebar_position", Kind::Any),
        Key::new("sidebar_class_name", Kind::Any),
        Key::new("sidebar_custom_props", Kind::Any),
        Key::new("sidebar_key", Kind::Any),
        Key::new("displayed_sidebar", Kind::Any),
        Key::new("pagination_label", Kind::Any),
        Key::new("pagination_next", Kind::Any),
        Key::new("pagination_prev", Kind::Any),
        Key::new("custom_edit_url", Kind::Any),
        Key::new("parse_number_prefixes", Kind::Any),
        Key::new("format", Kind::Any),
        Key::new("mdx", Kind::Any),
    ],
    closed_keys: false,
    file_name: FileName::DatePrefix,
    // `Joi.date()`.
    dates: Dates::JavaScript,
    hides_future: false,
    // `FrontMatterTagsSchema` wants an array.
    string_list: StringList::Refused,
    // None; MDX is read as such.
    templates: &[],
};
