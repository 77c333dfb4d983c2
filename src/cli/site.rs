//! Which site: the arguments that say so, and what follows from them (root, configuration, settings) before any post is read.

use std::path::{Component, Path, PathBuf};

use anyhow::Context;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use super::stop::{Mistakes, Stop};
use super::{names, pipeline};
use crate::config::{self, Config, GENERATORS, Known, Request, Settings};
use crate::lint;
use crate::spanned::nearest;

/// Arguments of every command about a site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub struct SiteArgs {
    /// Folder of the site, instead of the one that is found
    ///
    /// Without it: the nearest folder, from the first path or else the current folder upwards, that holds copydesk.yaml, a
    /// site generator's configuration or .git.
    #[arg(long, value_name = "DIR", help_heading = "Site")]
    pub root: Option<PathBuf>,

    /// Configuration file, instead of copydesk.yaml in the site's folder
    #[arg(long, value_name = "FILE", help_heading = "Site")]
    pub config: Option<PathBuf>,

    /// Site generator, instead of the one that is detected
    #[arg(long, value_name = "NAME", help_heading = "Site", value_parser = PossibleValuesParser::new(GENERATORS))]
    pub generator: Option<String>,

    /// Which lints run, and how strictly
    #[arg(long, value_name = "PRESET", help_heading = "Site")]
    pub preset: Option<Preset>,
}

/// The presets, as words of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Preset {
    /// What holds for any well-kept blog
    Recommended,
    /// Also what a careful editor would question
    Strict,
    /// Also what scraped and generated texts give themselves away by
    Scraped,
}

impl From<Preset> for lint::Preset {
    fn from(preset: Preset) -> Self {
        match preset {
            Preset::Recommended => lint::Preset::Recommended,
            Preset::Strict => lint::Preset::Strict,
            Preset::Scraped => lint::Preset::Scraped,
        }
    }
}

impl SiteArgs {
    /// The settings that these arguments ask for.
    pub fn request(&self) -> Request {
        Request { generator: self.generator.clone(), preset: self.preset.map(Into::into), ..Request::default() }
    }

    /// The root that is named, absolute; without one it has to be found.
    ///
    /// # Errors
    /// When it is not there.
    pub fn named_root(&self) -> anyhow::Result<Option<PathBuf>> {
        match &self.root {
            Some(root) if root.is_dir() => Ok(Some(canonical(root)?)),
            Some(root) => Err(Stop::new(format!("no such folder: {}", root.display())).into()),
            None => Ok(None),
        }
    }

    /// Looks around: from the folder of the first of `paths`, or from the current one.
    ///
    /// # Errors
    /// When the root or the configuration named is not there, or the configuration holds mistakes.
    pub fn site(&self, paths: &[PathBuf], request: Request) -> anyhow::Result<Site> {
        let root = match self.named_root()? {
            Some(root) => root,
            None => root_around(paths.first().map_or(Path::new("."), PathBuf::as_path))?,
        };
        let config = match self.config.clone().or_else(|| written_in(&root)) {
            Some(path) if path.is_file() => Some(Config::load(&as_named(&path)).map_err(Mistakes)?),
            Some(path) => return Err(Stop::new(format!("no such file: {}", path.display())).into()),
            None => None,
        };
        let settings = Settings::resolve(config.as_ref(), pipeline::detect(&root), request);
        Ok(Site { root, config, settings })
    }
}

/// A site, before any post is read.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its folder, absolute.
    pub root: PathBuf,
    /// Its configuration, if it has one.
    pub config: Option<Config>,
    /// What holds for it.
    pub settings: Settings,
}

impl Site {
    /// The root as a user in the current folder would name it.
    pub fn root_as_named(&self) -> PathBuf {
        let named = as_named(&self.root);
        if named.as_os_str().is_empty() { PathBuf::from(".") } else { named }
    }

    /// The path relative to the root, with `/`; the root itself is empty.
    ///
    /// # Errors
    /// When nothing is there, or it lies outside of the root.
    pub fn inside(&self, path: &Path) -> anyhow::Result<String> {
        let full = canonical(path)?;
        if typed_as_folder(path) && !full.is_dir() {
            return Err(Stop::new(format!("not a folder: {}", path.display())).into());
        }
        // A link in the site may lead out of it; what it is called here is what counts.
        let as_typed = std::path::absolute(path).ok().filter(|full| full.starts_with(&self.root) && !goes_up(full));
        self.relative(&as_typed.unwrap_or(full), path)
    }

    /// The same for a file that need not be there, as an editor names one.
    ///
    /// # Errors
    /// When it lies outside of the root.
    pub fn inside_unsaved(&self, path: &Path) -> anyhow::Result<String> {
        let full = std::path::absolute(path).context("cannot find the current folder")?;
        // The folder may be reached through a link; the file itself need not exist.
        let folder = full.parent().and_then(|folder| folder.canonicalize().ok());
        let full = folder.zip(full.file_name()).map(|(folder, name)| folder.join(name)).unwrap_or(full);
        self.relative(&full, path)
    }

    /// Stops if the configuration or the command line names a lint that is not there.
    ///
    /// # Errors
    /// The first such name of the command line, or all of the configuration.
    pub fn check_names(&self, known: &Known<'_>) -> anyhow::Result<()> {
        names::check(&self.settings, known)?;
        if let Some(config) = &self.config {
            Mistakes::none_in(config.check_names(known))?;
        }
        Ok(())
    }

    fn relative(&self, full: &Path, typed: &Path) -> anyhow::Result<String> {
        let Ok(relative) = full.strip_prefix(&self.root) else {
            let message = format!("{} lies outside of the site {}", typed.display(), self.root.display());
            return Err(Stop::new(message).help("check one site at a time, or name its folder with `--root`").into());
        };
        let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        Ok(parts.join("/"))
    }
}

/// The root that a path belongs to.
fn root_around(path: &Path) -> anyhow::Result<PathBuf> {
    let full = canonical(path)?;
    let folder = if full.is_dir() { full.as_path() } else { full.parent().unwrap_or(&full) };
    Ok(pipeline::find_root(folder))
}

fn written_in(root: &Path) -> Option<PathBuf> {
    Some(root.join(config::FILE_NAME)).filter(|path| path.exists())
}

fn canonical(path: &Path) -> anyhow::Result<PathBuf> {
    path.canonicalize().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => missing(path).into(),
        std::io::ErrorKind::NotADirectory => Stop::new(format!("not a folder: {}", path.display())).into(),
        _ => anyhow::Error::new(error).context(format!("cannot read {}", path.display())),
    })
}

/// A path that is not there. One word may be a command that was not spelt right.
fn missing(path: &Path) -> Stop {
    let stop = Stop::new(format!("no such file or folder: {}", path.display()));
    let one_word = path.components().count() == 1 && path.extension().is_none() && !typed_as_folder(path);
    let command = path.to_str().filter(|_| one_word).and_then(|word| nearest(word, super::COMMANDS));
    match command {
        Some(command) => stop.help(format!("there is a command `copydesk {command}`")),
        None => stop,
    }
}

fn goes_up(path: &Path) -> bool {
    path.components().any(|part| part == Component::ParentDir)
}

fn typed_as_folder(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().last().is_some_and(|last| std::path::is_separator(char::from(*last)))
}

/// The path as a user in the current folder would name it.
fn as_named(path: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let relative = here.ok().and_then(|here| path.strip_prefix(here).ok());
    relative.unwrap_or(path).to_path_buf()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(folder: &Path) -> Site {
        let root = folder.canonicalize().expect("the folder is there");
        Site { root, config: None, settings: Settings::resolve(None, None, Request::default()) }
    }

    fn message<T: std::fmt::Debug>(result: anyhow::Result<T>) -> String {
        result.expect_err("it should not work").to_string()
    }

    #[test]
    fn paths_become_relative_to_the_root() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        std::fs::create_dir_all(folder.path().join("a/b")).expect("a folder can be made");
        std::fs::write(folder.path().join("a/b/c.md"), "").expect("a file can be written");
        let site = site(folder.path());
        let inside = |path: &str| site.inside(&folder.path().join(path));
        assert_eq!(inside("a/b/c.md").expect("it is there"), "a/b/c.md");
        assert_eq!(inside("a/./b/../b/").expect("it is there"), "a/b");
        assert_eq!(inside("").expect("it is there"), "");
        assert!(message(inside("a/x.md")).starts_with("no such file or folder: "));
        assert!(message(inside("a/b/c.md/")).starts_with("not a folder: "));
        assert!(message(inside("..")).contains("lies outside of the site"));
        let unsaved = site.inside_unsaved(&folder.path().join("a/new.md"));
        assert_eq!(unsaved.expect("it need not be there"), "a/new.md");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_called_what_they_are_called_in_the_site() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let root = folder.path().canonicalize().expect("the folder is there").join("site");
        std::fs::create_dir_all(&root).expect("a folder can be made");
        std::fs::create_dir_all(folder.path().join("notes")).expect("a folder can be made");
        std::os::unix::fs::symlink("../notes", root.join("posts")).expect("a link can be made");
        assert_eq!(site(&root).inside(&root.join("posts")).expect("it is there"), "posts");
    }

    #[test]
    fn a_misspelt_command_is_recognised() {
        let help = |path: &str| missing(Path::new(path)).help;
        assert_eq!(help("lst").as_deref(), Some("there is a command `copydesk list`"));
        assert_eq!(help("explian").as_deref(), Some("there is a command `copydesk explain`"));
        assert_eq!(help("lst/"), None);
        assert_eq!(help("lst.md"), None);
        assert_eq!(help("posts"), None);
    }
}
