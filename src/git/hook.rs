//! The variables by which git tells a hook which repository and which index it works for. Git runs in the folder of the site,
//! which need not be where the hook runs, so what is relative in them has to be made absolute.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// Variables that say which repository is meant, and which part of it.
const OF_REPOSITORY: [&str; 7] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_PREFIX",
];

/// Where a run began, and the environment there.
pub struct Variables<'a> {
    /// The current folder.
    pub here: &'a Path,
    /// The value of a variable.
    pub get: &'a dyn Fn(&str) -> Option<OsString>,
}

impl Variables<'_> {
    /// What has to be set, or with `None` unset, for git to work in `folder` as it does here.
    pub(super) fn settled(&self, folder: &Path) -> Vec<(OsString, Option<OsString>)> {
        let set = |name: &str| (self.get)(name).filter(|value| !value.is_empty());
        let named = set("GIT_WORK_TREE").map(|tree| self.absolute(&tree));
        let own = repository(self.here);
        let tree = named.or_else(|| own.map(Path::to_owned)).unwrap_or_else(|| self.here.to_owned());
        let is_another = repository(folder).is_some_and(|other| Some(other) != own && other != tree);
        if is_another {
            // A hook of one repository that looks at a site in another one.
            return OF_REPOSITORY.iter().filter(|name| set(name).is_some()).map(|name| (name.into(), None)).collect();
        }
        let mut settled = vec![];
        if let Some(git) = set("GIT_DIR") {
            // With it alone, git takes the folder that it runs in for the top of the working tree.
            settled.push(("GIT_DIR".into(), Some(self.absolute(&git).into())));
            settled.push(("GIT_WORK_TREE".into(), Some(tree.clone().into())));
        }
        if let Some(common) = set("GIT_COMMON_DIR") {
            settled.push(("GIT_COMMON_DIR".into(), Some(self.absolute(&common).into())));
        }
        if let Some(index) = set("GIT_INDEX_FILE") {
            // Git reads it from the top of the working tree.
            settled.push(("GIT_INDEX_FILE".into(), Some(tree.join(index).into())));
        }
        settled
    }

    fn absolute(&self, path: &OsStr) -> PathBuf {
        let path = self.here.join(path);
        path.canonicalize().unwrap_or(path)
    }
}

/// The top of the repository that a folder lies in.
fn repository(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| folder.join(".git").exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The variables that are settled for `site`, for a run in `here`; paths are relative to a folder with two repositories.
    fn settled(here: &str, site: &str, set: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
        let all = tempfile::tempdir().expect("a folder");
        let all = all.path().canonicalize().expect("it is there");
        for folder in ["top/.git", "top/site", "other/.git", "bare/site"] {
            std::fs::create_dir_all(all.join(folder)).expect("made");
        }
        let get = |name: &str| Some(set.iter().find(|(set, _)| *set == name)?.1.into());
        let settled = Variables { here: &all.join(here), get: &get }.settled(&all.join(site));
        let text = |text: &OsStr| text.to_string_lossy().replace(&format!("{}/", all.display()), "");
        settled.iter().map(|(name, value)| (text(name), value.as_deref().map(text))).collect()
    }

    fn to(name: &str, value: &str) -> (String, Option<String>) {
        (name.to_owned(), Some(value.to_owned()))
    }

    #[test]
    fn what_is_relative_is_made_absolute() {
        assert_eq!(settled("top", "top/site", &[]), []);
        let index = ("GIT_INDEX_FILE", ".git/index.lock");
        let expected = [to("GIT_INDEX_FILE", "top/.git/index.lock")];
        assert_eq!(settled("top", "top/site", &[index]), expected);
        assert_eq!(settled("top/site", "top/site", &[index]), expected);
        let [of_index] = expected;
        let both = [to("GIT_DIR", "top/.git"), to("GIT_WORK_TREE", "top"), of_index];
        assert_eq!(settled("top", "top/site", &[("GIT_DIR", ".git"), index]), both);
        assert_eq!(settled("top/site", "top/site", &[("GIT_DIR", "../.git"), index]), both);
        let apart = [to("GIT_DIR", "top/.git"), to("GIT_WORK_TREE", "bare")];
        assert_eq!(settled("bare/site", "bare/site", &[("GIT_DIR", "../../top/.git"), ("GIT_WORK_TREE", "..")]), apart);
    }

    #[test]
    fn what_is_said_of_another_repository_is_unset() {
        let set = [("GIT_DIR", ".git"), ("GIT_INDEX_FILE", ".git/index")];
        let unset = ["GIT_DIR", "GIT_INDEX_FILE"].map(|name| (name.to_owned(), None));
        assert_eq!(settled("top", "other", &set), unset);
    }
}
