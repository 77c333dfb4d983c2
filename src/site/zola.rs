//! Zola, as read in `components/content/` (front_matter/page.rs, page.rs, file_info.rs).

use super::{Dates, Delimiters, Dialect, FileName, Key, Kind, Mark, Profile, StringList};

/// Zola.
pub const ZOLA: Profile = Profile {
    name: "zola",
    title: "Zola",
    marks: &[Mark { file: "zola.toml", contains: "" }, Mark { file: "config.toml", contains: "base_url" }],
    content: &["content"],
    posts: &[],
    output: "public",
    skip: &["public", "templates", "themes", "static", "sass", "node_modules"],
    // `index.md` is a page in a folder of its own.
    index: &["_index", "README"],
    extensions: &["md"],
    pages_need_front_matter: false,
    front_matter: Dialect::Zola,
    // "Couldn't find front matter".
    without_front_matter: "stop the build",
    duplicate_key: "stops the build",
    keys: &[
        Key::new("title", Kind::Text).expected(),
        Key::new("description", Kind::Text),
        // Optional: sites without dated feeds have none, and the file name may give it.
        Key::new("date", Kind::Date),
        Key::new("updated", Kind::Date),
        Key::new("weight", Kind::Number),
        Key::new("draft", Kind::Bool),
        Key::new("slug", Kind::Text),
        Key::new("path", Kind::Text),
        Key::new("template", Kind::Text),
        Key::new("authors", Kind::List),
        Key::new("aliases", Kind::List),
        Key::new("in_search_index", Kind::Bool),
        Key::new("render", Kind::Bool),
        Key::new("taxonomies", Kind::Any),
        Key::new("extra", Kind::Any),
    ],
    // Anything else belongs under `[extra]`; `tags` outside `[taxonomies]` is dropped in silence.
    closed_keys: true,
    // `RFC3339_DATE` in `page.rs`.
    file_name: FileName::DatePrefix,
    dates: Dates::Rfc3339,
    hides_future: false,
    string_list: StringList::Refused,
    // Shortcodes; Tera comments for good measure.
    templates: &[
        Delimiters { open: "{{", close: "}}" },
        Delimiters { open: "{%", close: "%}" },
        Delimiters { open: "{#", close: "#}" },
    ],
};
