//! What a walk would find at one path, or below one folder, without walking through the rest of the site.

use std::path::Path;
use std::sync::Arc;

use globset::GlobSet;

use super::{Found, drop_knitted, relative, renderings, role, walk, walker};
use crate::site::{Role, Site};

/// What the file at a path is, by all that a walk goes by: its name, hidden folders, `exclude`, ignore files. `None` where a walk
/// leaves it out. Of a file that is not there yet, nothing but its folders can be ignored.
///
/// It lists each folder on the way to the file and reads the ignore files there: as much as there are names in these folders. That
/// is nothing to do at every keystroke.
pub fn find_one(root: &Path, path: &str, site: &Site, exclude: &GlobSet) -> Option<Role> {
    let role = role(path, site, exclude)?;
    let is_there = |path: &str| root.join(path).symlink_metadata().is_ok();
    let mut way = path;
    while !is_there(way) {
        // In the folder of the site itself nothing is ignored that is not there.
        let Some((folder, _)) = way.rsplit_once('/') else { return Some(role) };
        way = folder;
    }
    let depth = way.split('/').count();
    let mut walker = walker((root, site, exclude), Some(way), &Arc::default());
    let mut entries = walker.max_depth(Some(depth)).build().flatten();
    let is_walked = entries.any(|entry| {
        let is_link = entry.path_is_symlink();
        !is_link && relative(root, entry.path()) == way
    });
    let is_rendered = renderings(path).iter().any(|path| is_there(path));
    (is_walked && !is_rendered).then_some(role)
}

/// The posts and pages below a folder, as a walk through the whole site would find them.
pub fn find_below(root: &Path, folder: &str, site: &Site, exclude: &GlobSet) -> Vec<Found> {
    let mut files = walk((root, site, exclude), Some(folder), 1).files;
    drop_knitted(&mut files);
    files
}

#[cfg(test)]
mod tests {
    use std::fs;

    use globset::{Glob, GlobSetBuilder};

    use super::*;
    use crate::walk::{find, open_site};

    #[test]
    fn one_file_is_what_it_is_in_a_walk() {
        let files = [
            "_config.yml",
            "_posts/2020-01-02-a.md",
            "_posts/2020-01-02-b.md",
            "_posts/old/2020-01-02-c.md",
            "_posts/.hidden/2020-01-02-d.md",
            "_posts/gone/2020-01-02-e.md",
            "_posts/x.tmp.md",
            "_posts/kept.tmp.md",
            "_posts/2020-01-02-f.txt",
            "_posts/2020-01-02-g.Rmd",
            "_posts/2020-01-02-g.md",
            "_posts/2020-01-02-h.Rmd",
            "_site/a.md",
            "node_modules/a/b.md",
            "about.md",
            "notes/a.md",
            "deep/er/a.md",
        ];
        let all = tempfile::tempdir().expect("a temporary folder can be made");
        // A folder of its repository, whose ignore file counts.
        let root = all.path().join("site");
        let write = |path: &Path, text: &str| {
            fs::create_dir_all(path.parent().expect("it is below the folder")).expect("a folder can be made");
            fs::write(path, text).expect("a file can be written");
        };
        files.iter().for_each(|name| write(&root.join(name), ""));
        write(&all.path().join(".git/HEAD"), "");
        write(&all.path().join(".gitignore"), "gone/\n*.tmp.md\n");
        write(&root.join("_posts/.gitignore"), "!kept.tmp.md\n");
        write(&root.join(".eleventyignore"), "notes\n");
        let mut exclude = GlobSetBuilder::new();
        exclude.add(Glob::new("**/*-b.md").expect("a glob of the test"));
        exclude.add(Glob::new("_posts/old").expect("a glob of the test"));
        let exclude = exclude.build().expect("globs of the test");
        let site = open_site(&root, None);

        let walked = find(&root, &site, &exclude, 1);
        let expected: Vec<(&str, Role)> = walked.files.iter().map(|found| (&*found.path, found.role)).collect();
        let mut files = files;
        files.sort();
        let one = |path: &&'static str| Some((*path, find_one(&root, path, &site, &exclude)?));
        assert_eq!(files.iter().filter_map(one).collect::<Vec<_>>(), expected);
        assert_eq!(expected.len(), 5, "{expected:?}");

        for (new, is_found) in [
            ("_posts/2020-01-02-new.md", true),
            ("new/er/a.md", true),
            ("_posts/gone/2020-01-02-new.md", false),
            ("notes/new/a.md", false),
            (".new/a.md", false),
        ] {
            assert_eq!(find_one(&root, new, &site, &exclude).is_some(), is_found, "{new}");
        }
        for folder in ["_posts", "_posts/gone", "_posts/old", "deep", "deep/er", "notes", "_site", "none", "about.md"] {
            let below: Vec<_> =
                find_below(&root, folder, &site, &exclude).into_iter().map(|found| found.path).collect();
            let is_below = |path: &&str| *path == folder || path.starts_with(&format!("{folder}/"));
            let expected: Vec<&str> = expected.iter().map(|(path, _)| *path).filter(is_below).collect();
            assert_eq!(below.iter().map(|path| &**path).collect::<Vec<_>>(), expected, "{folder}");
        }
    }

    #[test]
    fn a_rendering_stands_for_its_r_markdown() {
        let all = tempfile::tempdir().expect("a temporary folder can be made");
        for name in ["a.Rmd", "a.md", "b.Rmd"] {
            fs::write(all.path().join(name), "").expect("a file can be written");
        }
        let site = open_site(all.path(), None);
        let found = ["a.Rmd", "a.md", "b.Rmd", "c.Rmd"]
            .map(|path| find_one(all.path(), path, &site, &GlobSet::empty()).is_some());
        assert_eq!(found, [false, true, true, true]);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_behind_a_link_is_not_found() {
        let all = tempfile::tempdir().expect("a temporary folder can be made");
        fs::create_dir(all.path().join("a")).expect("a folder can be made");
        fs::write(all.path().join("a/b.md"), "").expect("a file can be written");
        std::os::unix::fs::symlink("a", all.path().join("c")).expect("a link can be made");
        std::os::unix::fs::symlink("a/b.md", all.path().join("d.md")).expect("a link can be made");
        let site = open_site(all.path(), None);
        let found = ["a/b.md", "c/b.md", "c/new.md", "d.md"]
            .map(|path| find_one(all.path(), path, &site, &GlobSet::empty()).is_some());
        assert_eq!(found, [true, false, false, false]);
    }
}
