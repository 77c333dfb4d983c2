//! MkDocs, as run at 1.6, with the blog of Material for MkDocs as read in `material/plugins/blog/structure/`.

use super::{Dates, Delimiters, Dialect, FileName, Key, Kind, Mark, Profile, StringList};

/// MkDocs.
pub const MKDOCS: Profile = Profile {
    name: "mkdocs",
    title: "MkDocs",
    marks: &[Mark { file: "mkdocs.yml", contains: "" }, Mark { file: "mkdocs.yaml", contains: "" }],
    // `docs_dir` may name another; then the whole site is taken for a folder of posts.
    content: &["docs"],
    // `blog_dir` and `post_dir` of the blog; all else is documentation.
    posts: &["blog/posts"],
    output: "site",
    skip: &["site", "overrides", "node_modules"],
    index: &["index", "README"],
    extensions: &["md", "markdown"],
    pages_need_front_matter: false,
    front_matter: Dialect::MkDocs,
    without_front_matter: "stop the build if it is a post of the blog",
    // PyYAML.
    duplicate_key: "keeps the last",
    keys: &[
        // Optional: the first heading is taken for it.
        Key::new("title", Kind::Text),
        // Of blog posts only; a date, or a mapping with `created`.
        Key::new("date", Kind::Any).required(),
        Key::new("authors", Kind::List),
        Key::new("categories", Kind::List),
        Key::new("tags", Kind::List),
        Key::new("draft", Kind::Bool),
        Key::new("pin", Kind::Bool),
        Key::new("slug", Kind::Text),
        Key::new("description", Kind::Text),
        Key::new("readtime", Kind::Number),
        Key::new("template", Kind::Any),
        Key::new("hide", Kind::Any),
        Key::new("icon", Kind::Any),
        Key::new("status", Kind::Any),
        Key::new("search", Kind::Any),
        Key::new("comments", Kind::Any),
        Key::new("links", Kind::Any),
        Key::new("subtitle", Kind::Any),
        Key::new("image", Kind::Any),
        Key::new("social", Kind::Any),
        Key::new("keywords", Kind::Any),
        Key::new("author", Kind::Any),
    ],
    closed_keys: false,
    file_name: FileName::Free,
    dates: Dates::Yaml,
    hides_future: false,
    string_list: StringList::Refused,
    // Of the macros plug-in, which many sites have, and attribute lists.
    templates: &[
        Delimiters { open: "{{", close: "}}" },
        Delimiters { open: "{%", close: "%}" },
        Delimiters { open: "{:", close: "}" },
        Delimiters { open: "{ .", close: "}" },
        Delimiters { open: "{ #", close: "}" },
    ],
};
