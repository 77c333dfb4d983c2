//! Which generator a site is for, told by the files it keeps, and what the site's own configuration changes. Does no input or
//! output of its own: what it may look at is passed in as `Files`.

use super::{PROFILES, Profile, Site, jekyll, plain};

/// Folders of a larger project that often hold its site.
const BASES: &[&str] = &["docs", "website", "site", "blog", "www", "documentation"];

/// What detection may look at: paths are relative to the site root, with `/`.
pub struct Files<'a> {
    /// The text of a file; `None` if there is no such file or it is no text.
    pub read: &'a dyn Fn(&str) -> Option<String>,
    /// Whether there is a folder of that name.
    pub is_folder: &'a dyn Fn(&str) -> bool,
    /// The names in a folder, those of folders with a slash at their end; none if it cannot be listed.
    pub names: &'a dyn Fn(&str) -> Vec<String>,
}

/// The site with its generator, found by the marks of `PROFILES` in their order: at the root, else in the one folder of
/// `BASES` that has some, else by a posts folder without any configuration. No mark at all: a plain folder of posts.
pub fn detect(files: &Files<'_>) -> Site {
    if let Some(profile) = marked_as(files, "") {
        return settle(files, profile, "");
    }
    let mut below = BASES.iter().filter_map(|base| marked_as(files, base).map(|profile| (profile, *base)));
    match (below.next(), below.next()) {
        (Some((profile, base)), None) => settle(files, profile, base),
        // GitHub Pages builds these without a configuration.
        _ if (files.is_folder)("_posts") => settle(files, &jekyll::JEKYLL, ""),
        _ => settle(files, &plain::PLAIN, ""),
    }
}

/// The site when its generator is already known.
pub fn with_generator(files: &Files<'_>, profile: &'static Profile) -> Site {
    let mut below = BASES.iter().copied().filter(|base| is_marked(files, profile, base));
    let base = match (is_marked(files, profile, ""), below.next(), below.next()) {
        (false, Some(base), None) => base,
        _ => "",
    };
    settle(files, profile, base)
}

/// Whether the root itself holds a generator's own configuration.
pub fn is_site_root(files: &Files<'_>) -> bool {
    marked_as(files, "").is_some()
}

fn marked_as(files: &Files<'_>, base: &str) -> Option<&'static Profile> {
    PROFILES.iter().copied().find(|profile| is_marked(files, profile, base))
}

fn is_marked(files: &Files<'_>, profile: &Profile, base: &str) -> bool {
    let holds = |text: String, wanted: &str| {
        wanted.is_empty()
            || text.as_bytes().windows(wanted.len()).any(|part| part.eq_ignore_ascii_case(wanted.as_bytes()))
    };
    profile.marks.iter().any(|mark| (files.read)(&join(base, mark.file)).is_some_and(|text| holds(text, mark.contains)))
}

fn settle(files: &Files<'_>, profile: &'static Profile, base: &'static str) -> Site {
    let mut folders = profile.content.iter().filter(|folder| !folder.is_empty());
    // Where the root itself is content and posts stand in folders of their own, these may be anywhere below it.
    let anywhere = profile.content.contains(&"") && !profile.posts.is_empty() && is_marked(files, profile, base);
    Site {
        profile,
        publishes_future: future_setting(files, profile, base).unwrap_or(!profile.hides_future),
        has_content_folder: anywhere || folders.any(|folder| (files.is_folder)(&join(base, folder))),
        base,
    }
}

/// What the site's configuration says about posts dated in the future, if it says anything.
fn future_setting(files: &Files<'_>, profile: &Profile, base: &str) -> Option<bool> {
    let key = match profile.name {
        "jekyll" | "hexo" => "future",
        "hugo" => "buildFuture",
        _ => return None,
    };
    profile.marks.iter().find_map(|mark| {
        let extension = mark.file.rsplit_once('.')?.1;
        let text = (files.read)(&join(base, mark.file))?;
        match extension {
            "toml" => toml_flag(&text, key),
            "yml" | "yaml" | "json" => yaml_flag(&text, key),
            _ => None,
        }
    })
}

/// A top-level switch in YAML, or JSON, which is YAML.
fn yaml_flag(text: &str, key: &str) -> Option<bool> {
    let settings: serde_yaml::Mapping = serde_yaml::from_str(text).ok()?;
    let named = |name: &serde_yaml::Value| name.as_str().is_some_and(|name| name.eq_ignore_ascii_case(key));
    settings.iter().find(|(name, _)| named(name))?.1.as_bool()
}

/// A top-level switch in TOML.
fn toml_flag(text: &str, key: &str) -> Option<bool> {
    let settings: toml_edit::DocumentMut = text.parse().ok()?;
    settings.iter().find(|(name, _)| name.eq_ignore_ascii_case(key))?.1.as_bool()
}

fn join(base: &str, file: &str) -> String {
    if base.is_empty() { file.to_owned() } else { format!("{base}/{file}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Detects in a site of these files; a name that ends in `/` is a folder.
    fn site(present: &[(&str, &str)]) -> Site {
        let read = |path: &str| present.iter().find(|(name, _)| *name == path).map(|(_, text)| (*text).to_owned());
        let is_folder = |path: &str| present.iter().any(|(name, _)| name.starts_with(&format!("{path}/")));
        detect(&Files { read: &read, is_folder: &is_folder, names: &|_| vec![] })
    }

    fn check(present: &[(&str, &str)], generator: &str, base: &str) {
        let found = site(present);
        assert_eq!((found.profile.name, found.base), (generator, base), "{present:?}");
    }

    #[test]
    fn files_of_their_own() {
        check(&[("hugo.toml", "")], "hugo", "");
        check(&[("config/_default/hugo.yaml", "")], "hugo", "");
        check(&[("zola.toml", "")], "zola", "");
        check(&[(".eleventy.js", ""), ("package.json", "{}")], "eleventy", "");
        check(&[("eleventy.config.mjs", "")], "eleventy", "");
        check(&[("package.json", r#"{"devDependencies": {"@11ty/eleventy": "^3"}}"#)], "eleventy", "");
        check(&[("astro.config.mjs", "")], "astro", "");
        check(&[("docusaurus.config.ts", "")], "docusaurus", "");
        check(&[("website/docusaurus.config.js", "")], "docusaurus", "");
        check(&[(".vitepress/config.mts", "")], "vitepress", "");
        check(&[("mkdocs.yml", "")], "mkdocs", "");
    }

    #[test]
    fn files_that_two_share_are_told_apart_by_their_text() {
        check(&[("_config.yml", "title: A\npermalink: /:title/\n")], "jekyll", "");
        check(&[("_config.yml", "title: A\n"), ("package.json", r#"{"hexo": {"version": "7"}}"#)], "hexo", "");
        check(&[("_config.yml", "new_post_name: :title.md\n")], "hexo", "");
        check(&[("_config.yml", ""), ("package.json", r#"{"name": "hexo-theme"}"#)], "jekyll", "");
        check(&[("config.toml", "baseURL = 'https://a.example'\n")], "hugo", "");
        check(&[("config.toml", "baseurl = 'https://a.example'\n")], "hugo", "");
        check(&[("config.toml", "base_url = 'https://a.example'\n")], "zola", "");
        check(&[("config.yaml", "baseURL: https://a.example\n")], "hugo", "");
        check(&[("config.toml", "[build]\njobs = 2\n")], "plain", "");
    }

    #[test]
    fn a_site_in_one_folder_of_a_project() {
        check(&[("docs/_config.yml", "")], "jekyll", "docs");
        check(&[("docs/.vuepress/config.js", ""), ("package.json", "{}")], "vitepress", "docs");
        check(&[("site/hugo.toml", "")], "hugo", "site");
        check(&[("docs/_config.yml", ""), ("blog/hugo.toml", "")], "plain", "");
        check(&[("_config.yml", ""), ("docs/mkdocs.yml", "")], "jekyll", "");
    }

    #[test]
    fn no_configuration() {
        check(&[], "plain", "");
        check(&[("a.md", "text")], "plain", "");
        check(&[("_posts/2020-01-02-a.md", "text")], "jekyll", "");
        assert!(site(&[("_posts/2020-01-02-a.md", "")]).has_content_folder);
        assert!(!site(&[("a.md", "")]).has_content_folder);
        assert!(!site(&[("hugo.toml", ""), ("posts/a.md", "")]).has_content_folder);
        assert!(site(&[("hugo.toml", ""), ("content/a.md", "")]).has_content_folder);
    }

    #[test]
    fn configuration_may_publish_future_posts() {
        assert!(!site(&[("_config.yml", "title: A\n")]).publishes_future);
        assert!(site(&[("_config.yml", "future: true\n")]).publishes_future);
        assert!(!site(&[("_config.yml", "new_post_name: a\nfuture: false\n")]).publishes_future);
        assert!(site(&[("_config.yml", "new_post_name: a\n")]).publishes_future);
        assert!(site(&[("hugo.toml", "buildFuture = true\n")]).publishes_future);
        assert!(site(&[("config.toml", "baseurl = ''\nbuildfuture = true\n")]).publishes_future);
        assert!(site(&[("hugo.json", r#"{"buildFuture": true}"#)]).publishes_future);
        assert!(!site(&[("hugo.yaml", "params:\n  buildFuture: true\n")]).publishes_future);
        assert!(!site(&[("hugo.yaml", "a: [\n")]).publishes_future, "a broken configuration says nothing");
    }

    #[test]
    fn a_generator_that_is_named_is_looked_for_where_it_is() {
        let read = |path: &str| (path == "docs/_config.yml").then(String::new);
        let files = Files { read: &read, is_folder: &|_| false, names: &|_| vec![] };
        assert_eq!(with_generator(&files, &jekyll::JEKYLL).base, "docs");
        assert_eq!(with_generator(&files, &super::super::hugo::HUGO).base, "");
    }
}
