//! What a file is to the site, decided from its path alone: a post, a page, or nothing to read. Paths are relative to the
//! site root, with `/`. Does no reading: whether a page has the front matter it needs is for the caller to see.

use super::{FileName, Profile, Role, Site};

/// Folders that hold other people's files wherever they stand.
const FOREIGN: &[&str] = &["node_modules", "bower_components", "__pycache__"];

/// Files at the top of a repository that speak to those who work on it, in upper case with `_`.
const COMMUNITY: &[&str] = &[
    "README",
    "CONTRIBUTING",
    "CONTRIBUTORS",
    "CODE_OF_CONDUCT",
    "SECURITY",
    "SECURITY_CONTACTS",
    "SUPPORT",
    "GOVERNANCE",
    "MAINTAINERS",
    "AUTHORS",
    "OWNERS",
    "CHANGELOG",
    "CHANGES",
    "HISTORY",
    "RELEASE",
    "RELEASES",
    "RELEASING",
    "LICENSE",
    "LICENCE",
    "COPYING",
    "NOTICE",
    "TERMS",
    "AGENTS",
    "GEMINI",
    "COPILOT_INSTRUCTIONS",
    "ARCHITECTURE",
    "DEVELOP",
    "DEVELOPMENT",
    "DEVELOPING",
    "HACKING",
    "INSTALL",
    "TODO",
    "PULL_REQUEST_TEMPLATE",
    "ISSUE_TEMPLATE",
];

impl Site {
    /// What the file at `path` is; `None` if the site does not read it as content.
    pub fn role(&self, path: &str) -> Option<Role> {
        let below = self.below_base(path)?;
        let (folder, name) = below.rsplit_once('/').unwrap_or(("", below));
        let (stem, extension) = name.rsplit_once('.')?;
        let extension = self.profile.extensions.iter().find(|known| known.eq_ignore_ascii_case(extension))?;
        if stem.is_empty() || folder.split('/').enumerate().any(|(depth, segment)| self.skips(segment, depth)) {
            return None;
        }
        let in_content = self.content_folder(folder)?;
        let in_posts = self.profile.posts.iter().any(|posts| holds(folder, posts));
        let posts_are_apart = self.has_content_folder && !self.profile.posts.is_empty();
        if *extension == "html" && posts_are_apart && !in_posts {
            return None;
        }
        // `name.zh.md` is a translation: what counts stands before the first dot.
        let stem = stem.split('.').next().unwrap_or(stem);
        if folder.is_empty() && is_community(stem) {
            return (is_plain(self.profile) || !self.base.is_empty()).then_some(Role::Page);
        }
        if !in_posts && self.profile.index.iter().any(|index| index.eq_ignore_ascii_case(stem)) {
            return Some(Role::Page);
        }
        if !self.has_content_folder {
            return Some(Role::Post);
        }
        if stem.starts_with('_') && !in_posts && !is_plain(self.profile) {
            return None;
        }
        let is_post = if posts_are_apart { in_posts } else { !in_content.is_empty() || self.profile.content == [""] };
        Some(if is_post { Role::Post } else { Role::Page })
    }

    /// Whether the folder at `path` can hold content, so that a walk goes into it.
    pub fn enters(&self, path: &str) -> bool {
        if is_or_holds(path, self.base) {
            return true;
        }
        let Some(below) = self.below_base(path) else { return false };
        let skipped = below.split('/').enumerate().any(|(depth, segment)| self.skips(segment, depth));
        let leads = |content: &&str| content.is_empty() || is_or_holds(below, content) || is_or_holds(content, below);
        !skipped && (!self.has_content_folder || self.profile.content.iter().any(leads))
    }

    /// Whether the file is a draft by its place: not dated yet, never published as it is.
    pub fn is_draft(&self, path: &str) -> bool {
        path.split('/').any(|segment| segment == "_drafts") && self.profile.posts.contains(&"_drafts")
    }

    /// What a date in this file's name means to the generator: nothing in drafts, and outside the posts folders no more than
    /// to a reader.
    pub fn file_name(&self, path: &str) -> FileName {
        match self.profile.file_name {
            FileName::DateRequired if self.is_draft(path) => FileName::Free,
            FileName::DateRequired if !self.has_posts_folder(path) => FileName::DatePrefix,
            habit => habit,
        }
    }

    fn has_posts_folder(&self, path: &str) -> bool {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.profile.posts.iter().any(|posts| holds(folder, posts))
    }

    /// The path below the base folder.
    fn below_base<'a>(&self, path: &'a str) -> Option<&'a str> {
        match self.base {
            "" => Some(path),
            base => path.strip_prefix(base)?.strip_prefix('/'),
        }
    }

    /// The content folder that a folder below the base stands in; the base itself where there is none.
    fn content_folder(&self, folder: &str) -> Option<&'static str> {
        if !self.has_content_folder {
            return Some("");
        }
        self.profile.content.iter().copied().find(|content| is_or_holds(content, folder))
    }

    fn skips(&self, segment: &str, depth: usize) -> bool {
        let by_name = || self.profile.skip.contains(&segment) && (depth == 0 || segment.starts_with('_'));
        FOREIGN.contains(&segment) || by_name()
    }
}

/// Whether `inner` is `outer` or stands below it.
fn is_or_holds(outer: &str, inner: &str) -> bool {
    outer.is_empty() || inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether the folder `name` (perhaps of several segments) is one of the segments of `path`.
fn holds(path: &str, name: &str) -> bool {
    path.match_indices(name).any(|(at, _)| {
        let end = at + name.len();
        (at == 0 || path.as_bytes()[at - 1] == b'/') && (end == path.len() || path.as_bytes()[end] == b'/')
    })
}

fn is_community(stem: &str) -> bool {
    let plain = stem.to_ascii_uppercase().replace('-', "_");
    COMMUNITY.contains(&plain.as_str()) || plain.starts_with("README_") || plain.starts_with("LICENSE_")
}

fn is_plain(profile: &Profile) -> bool {
    profile.marks.is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::{astro, docusaurus, eleventy, hexo, hugo, jekyll, mkdocs, plain, vitepress, zola};
    use super::*;

    /// `post`, `page` or `-` for each path of a site that has its content folder.
    fn check(profile: &'static Profile, expected: &[(&str, &str)]) {
        let site = Site { has_content_folder: true, ..Site::of(profile) };
        for (path, role) in expected {
            assert_eq!(word(&site, path), *role, "{}: {path}", profile.name);
            if *role != "-" {
                for (at, _) in path.match_indices('/') {
                    assert!(site.enters(&path[..at]), "{}: {} is not entered", profile.name, &path[..at]);
                }
            }
        }
    }

    fn word(site: &Site, path: &str) -> &'static str {
        match site.role(path) {
            Some(Role::Post) => "post",
            Some(Role::Page) => "page",
            None => "-",
        }
    }

    #[test]
    fn jekyll_posts_stand_in_posts_folders() {
        check(
            &jekyll::JEKYLL,
            &[
                ("_posts/2020-01-02-a.md", "post"),
                ("blog/_posts/x/2020-01-02-a.MARKDOWN", "post"),
                ("_posts/2020-01-02-a.html", "post"),
                ("_posts/README.md", "post"),
                ("_drafts/a.md", "post"),
                ("about.md", "page"),
                ("_docs/a.md", "page"),
                ("index.html", "-"),
                ("README.md", "-"),
                ("code-of-conduct.md", "-"),
                ("_includes/a.md", "-"),
                ("blog/_layouts/a.md", "-"),
                ("node_modules/x/a.md", "-"),
                ("_posts/a.txt", "-"),
                ("_my_posts/a.md", "page"),
            ],
        );
    }

    #[test]
    fn content_folders() {
        let hugo = [
            ("content/posts/a.md", "post"),
            ("content/posts/a/index.md", "post"),
            ("content/posts/_index.zh.md", "page"),
            ("content/public/a.html", "post"),
            ("layouts/a.md", "-"),
            ("a.md", "-"),
            ("contents/a.md", "-"),
        ];
        check(&hugo::HUGO, &hugo);
        check(&zola::ZOLA, &[("content/a.md", "post"), ("content/b/_index.md", "page"), ("content/a.html", "-")]);
        let hexo = [
            ("source/_posts/a.md", "post"),
            ("source/_drafts/a.md", "post"),
            ("source/about/index.md", "page"),
            ("source/about/index.html", "-"),
            ("themes/next/README.md", "-"),
            ("scaffolds/post.md", "-"),
        ];
        check(&hexo::HEXO, &hexo);
        let astro = [
            ("src/content/posts/a.mdx", "post"),
            ("src/content/posts/_a.md", "-"),
            ("src/pages/index.html", "-"),
            ("docs/README.zh.md", "-"),
        ];
        check(&astro::ASTRO, &astro);
    }

    #[test]
    fn documentation() {
        let docusaurus = [
            ("website/blog/2020-01-02-a.md", "post"),
            ("blog/2020-01-02-a/index.mdx", "post"),
            ("docs/a.md", "page"),
            ("i18n/zh/docusaurus-plugin-content-blog/a.md", "post"),
            ("website/versioned_docs/version-1/a.md", "-"),
            ("website/README.md", "-"),
        ];
        check(&docusaurus::DOCUSAURUS, &docusaurus);
        let mkdocs =
            [("docs/blog/posts/a.md", "post"), ("docs/a.md", "page"), ("docs/README.md", "page"), ("README.md", "-")];
        check(&mkdocs::MKDOCS, &mkdocs);
        let eleventy = [
            ("src/blog/a.md", "post"),
            ("src/blog/index.md", "page"),
            ("src/_includes/a.md", "-"),
            ("src/img/README.md", "page"),
            ("about.md", "page"),
            ("CONTRIBUTING.md", "-"),
        ];
        check(&eleventy::ELEVENTY, &eleventy);
        check(&vitepress::VITEPRESS, &[("a/b.md", "post"), ("a/index.md", "page"), ("a/README.md", "post")]);
    }

    #[test]
    fn no_content_folder_makes_every_file_a_post() {
        let site = Site::of(&jekyll::JEKYLL);
        assert_eq!(word(&site, "a.md"), "post");
        assert_eq!(word(&site, "x/a.html"), "post");
        assert_eq!(word(&site, "README.md"), "-");
        let site = Site::of(&plain::PLAIN);
        assert_eq!(word(&site, "a.md"), "post");
        assert_eq!(word(&site, "README.md"), "page");
        assert_eq!(word(&site, "LICENSE.md"), "page");
        assert_eq!(word(&site, "x/security.md"), "post");
        assert_eq!(word(&site, ".md"), "-");
        assert_eq!(word(&site, ""), "-");
    }

    #[test]
    fn content_stands_below_the_base() {
        let site = Site { has_content_folder: true, base: "docs", ..Site::of(&jekyll::JEKYLL) };
        assert_eq!(word(&site, "docs/_posts/2020-01-02-a.md"), "post");
        assert_eq!(word(&site, "_posts/2020-01-02-a.md"), "-");
        assert_eq!(word(&site, "docs/README.md"), "page");
        assert!(site.enters("docs") && site.enters("docs/_posts"));
        assert!(!site.enters("lib") && !site.enters("docs2"));
    }

    #[test]
    fn folders_without_content_are_not_entered() {
        let site = Site { has_content_folder: true, ..Site::of(&hugo::HUGO) };
        assert!(!site.enters("static") && !site.enters("content/node_modules"));
        assert!(site.enters("content/static"));
        let site = Site::of(&plain::PLAIN);
        assert!(site.enters("a/public") && !site.enters("public"));
    }

    #[test]
    fn dates_in_names_count_where_jekyll_wants_them() {
        let site = Site { has_content_folder: true, ..Site::of(&jekyll::JEKYLL) };
        assert_eq!(site.file_name("a/_posts/b.md"), FileName::DateRequired);
        assert_eq!(site.file_name("_drafts/b.md"), FileName::Free);
        assert_eq!(site.file_name("notes/_posts.md"), FileName::DatePrefix);
        assert!(site.is_draft("_drafts/b.md") && !site.is_draft("_posts/b.md"));
    }
}
