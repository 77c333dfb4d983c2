//! Hexo, as read in `lib/plugins/processor/post.ts` and `hexo-front-matter`, and run at 8.1.

use super::{Dates, Delimiters, Dialect, FileName, Key, Kind, Mark, Profile, StringList};

/// Hexo.
pub const HEXO: Profile = Profile {
    name: "hexo",
    title: "Hexo",
    // `hexo init` writes the version into package.json; `_config.yml` alone is Jekyll's.
    marks: &[
        Mark { file: "package.json", contains: "\"hexo\":" },
        Mark { file: "_config.yml", contains: "new_post_name" },
        Mark { file: "_config.yml", contains: "source_dir:" },
    ],
    content: &["source"],
    posts: &["_posts", "_drafts"],
    output: "public",
    skip: &["themes", "scaffolds", "public", "node_modules"],
    index: &["index"],
    extensions: &["md", "markdown", "mkd", "mkdn", "mkdown", "html"],
    pages_need_front_matter: false,
    front_matter: Dialect::Hexo,
    without_front_matter: "publish it without a title, dated by the age of the file",
    // js-yaml throws.
    duplicate_key: "stops the build",
    keys: &[
        Key::new("title", Kind::Text).expected(),
        // Without it the file's birth time counts, which every fresh checkout changes.
        Key::new("date", Kind::Date).expected(),
        Key::new("updated", Kind::Date),
        Key::new("tags", Kind::List),
        Key::new("categories", Kind::List),
        Key::new("permalink", Kind::Text),
        Key::new("published", Kind::Bool),
        Key::new("comments", Kind::Bool),
        Key::new("disableNunjucks", Kind::Bool),
        Key::new("layout", Kind::Any),
        Key::new("excerpt", Kind::Any),
        Key::new("lang", Kind::Any),
        Key::new("link", Kind::Any),
        Key::new("photos", Kind::Any),
        Key::new("id", Kind::Any),
        Key::new("slug", Kind::Any),
        // Of widely used themes and plug-ins: NexT, Butterfly, Fluid, Icarus, abbrlink.
        Key::new("description", Kind::Any),
        Key::new("keywords", Kind::Any),
        Key::new("author", Kind::Any),
        Key::new("subtitle", Kind::Any),
        Key::new("cover", Kind::Any),
        Key::new("thumbnail", Kind::Any),
        Key::new("banner_img", Kind::Any),
        Key::new("index_img", Kind::Any),
        Key::new("top_img", Kind::Any),
        Key::new("top", Kind::Any),
        Key::new("sticky", Kind::Any),
        Key::new("toc", Kind::Any),
        Key::new("math", Kind::Any),
        Key::new("mathjax", Kind::Any),
        Key::new("katex", Kind::Any),
        Key::new("mermaid", Kind::Any),
        Key::new("abbrlink", Kind::Any),
        Key::new("copyright", Kind::Any),
        Key::new("password", Kind::Any),
        Key::new("hidden", Kind::Any),
        Key::new("aside", Kind::Any),
        Key::new("reward", Kind::Any),
        Key::new("sidebar", Kind::Any),
        Key::new("aplayer", Kind::Any),
        Key::new("category", Kind::Any),
    ],
    closed_keys: false,
    // `new_post_name` is `:title.md`: a date in the name is part of the title unless the pattern says otherwise.
    file_name: FileName::Free,
    dates: Dates::JavaScript,
    // `future: true` is the default.
    hides_future: false,
    string_list: StringList::OneItem,
    // Nunjucks.
    templates: &[
        Delimiters { open: "{%", close: "%}" },
        Delimiters { open: "{{", close: "}}" },
        Delimiters { open: "{#", close: "#}" },
    ],
};
