//! Jekyll, as read in `lib/jekyll/` (document, reader, utils, publisher) and run at 4.3.

use super::{Dates, Delimiters, Dialect, FileName, Key, Kind, Mark, Profile, StringList};

/// Jekyll.
pub const JEKYLL: Profile = Profile {
    name: "jekyll",
    title: "Jekyll",
    // `_config.yml` is Hexo's too: Hexo is tried before.
    marks: &[
        Mark { file: "_config.yml", contains: "" },
        Mark { file: "_config.yaml", contains: "" },
        Mark { file: "_config.toml", contains: "" },
    ],
    // Posts folders may stand anywhere; everything else is a page if it has front matter.
    content: &["_posts", "_drafts", ""],
    posts: &["_posts", "_drafts"],
    // Collections (`_docs/`) also begin with `_`: only what never holds content is named.
    output: "_site",
    skip: &["_site", "_layouts", "_includes", "_sass", "_data", "_plugins", "node_modules", "vendor"],
    index: &["index"],
    extensions: &["md", "markdown", "mkd", "mkdn", "mkdown", "html"],
    // A file without front matter is copied as it is (`Utils.has_yaml_header?`).
    pages_need_front_matter: true,
    front_matter: Dialect::Jekyll,
    // Posts, unlike pages, are read whether or not they have front matter (`PostReader`).
    without_front_matter: "guess its title and publish it without a layout",
    // Psych.
    duplicate_key: "keeps the last",
    keys: &[
        Key::new("title", Kind::Text).expected(),
        // In the file name, so never needed here.
        Key::new("date", Kind::Date),
        Key::new("layout", Kind::Any),
        Key::new("categories", Kind::List),
        Key::new("tags", Kind::List),
        Key::new("category", Kind::Any),
        Key::new("tag", Kind::Any),
        Key::new("permalink", Kind::Text),
        Key::new("slug", Kind::Text),
        Key::new("published", Kind::Bool),
        Key::new("excerpt", Kind::Any),
        Key::new("excerpt_separator", Kind::Text),
        Key::new("render_with_liquid", Kind::Bool),
        // Of the plug-ins that GitHub Pages runs: seo-tag, feed, sitemap, redirect-from.
        Key::new("author", Kind::Any),
        Key::new("authors", Kind::Any),
        Key::new("description", Kind::Any),
        Key::new("subtitle", Kind::Any),
        Key::new("image", Kind::Any),
        Key::new("lang", Kind::Any),
        Key::new("locale", Kind::Any),
        Key::new("canonical_url", Kind::Any),
        Key::new("redirect_from", Kind::List),
        Key::new("redirect_to", Kind::Any),
        Key::new("sitemap", Kind::Any),
        Key::new("last_modified_at", Kind::Any),
        // Of widely used themes: minima, chirpy, minimal-mistakes, al-folio.
        Key::new("keywords", Kind::Any),
        Key::new("comments", Kind::Any),
        Key::new("math", Kind::Any),
        Key::new("mathjax", Kind::Any),
        Key::new("mermaid", Kind::Any),
        Key::new("toc", Kind::Any),
        Key::new("pin", Kind::Any),
        Key::new("hidden", Kind::Any),
        Key::new("header", Kind::Any),
        Key::new("teaser", Kind::Any),
        Key::new("tagline", Kind::Any),
        Key::new("classes", Kind::Any),
        Key::new("related", Kind::Any),
        Key::new("share", Kind::Any),
        Key::new("redirect", Kind::Any),
        Key::new("giscus_comments", Kind::Any),
    ],
    closed_keys: false,
    // `Document::DATE_FILENAME_MATCHER`.
    file_name: FileName::DateRequired,
    dates: Dates::Ruby,
    // `Publisher#hidden_in_the_future?`, unless `future: true`.
    hides_future: true,
    // `Utils.pluralized_array_from_hash`.
    string_list: StringList::SplitAtBlanks,
    // Liquid, and kramdown's attribute lists.
    templates: &[
        Delimiters { open: "{%", close: "%}" },
        Delimiters { open: "{{", close: "}}" },
        Delimiters { open: "{:", close: "}" },
    ],
};
