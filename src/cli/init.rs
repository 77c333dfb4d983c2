//! `copydesk init`: writes a `copydesk.yaml` to start from, with every setting explained and none changed.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::pipeline;
use super::site::{Site, SiteArgs};
use super::stop::Stop;
use super::{Screen, Status, lints, output};
use crate::config::{FILE_NAME, Origin, Settings};

const TEMPLATE: &str = include_str!("init.yaml");

/// Arguments of `init`.
#[derive(Clone, Debug, Args)]
pub struct InitArgs {
    /// Folder of the site [default: the current folder]
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,

    /// Replace a copydesk.yaml that is there
    #[arg(long)]
    force: bool,
}

/// Writes the file.
pub(super) fn run(args: &InitArgs, _screen: &Screen) -> anyhow::Result<Status> {
    let root = args.dir.clone().unwrap_or_else(|| PathBuf::from("."));
    if !root.is_dir() {
        return Err(Stop::new(format!("no such folder: {}", root.display())).into());
    }
    let file = root.join(FILE_NAME);
    let settings = Settings::resolve(None, pipeline::detect(&root), SiteArgs::default().request());
    let lint = example_lint(&root, &settings);
    write(&file, &fitted(&settings, lint.as_deref()), args.force)?;
    output::print(format!("wrote {}{}\n", shown(&file), found(&settings)).as_bytes())?;
    Ok(Status::Clean)
}

/// A lint to show the settings with; records that cannot be read are not for this command to tell of.
fn example_lint(root: &Path, settings: &Settings) -> Option<String> {
    let site = Site { root: root.to_path_buf(), config: None, settings: settings.clone() };
    lints::load(&site).ok()?.iter().map(|lint| lint.name.to_string()).min()
}

fn write(file: &Path, text: &str, force: bool) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).truncate(true).create(true).create_new(!force);
    match options.open(file).and_then(|mut open| open.write_all(text.as_bytes())) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let stop = Stop::new(format!("{} is there already", shown(file)));
            Err(stop.help("`copydesk init --force` replaces it").into())
        }
        outcome => outcome.with_context(|| format!("cannot write {}", shown(file))),
    }
}

/// The template with the words of this site.
fn fitted(settings: &Settings, lint: Option<&str>) -> String {
    let generator = match &settings.generator.value {
        Some(generator) => format!("generator: {generator}"),
        None => "# generator: jekyll".to_owned(),
    };
    TEMPLATE.replace("# generator: {generator}", &generator).replace("{lint}", lint.unwrap_or("name-of-a-lint"))
}

fn found(settings: &Settings) -> String {
    match (&settings.generator.value, &settings.generator.origin) {
        (Some(generator), Origin::Detected(Some(file))) => format!(" for {generator} (found {file})"),
        (Some(generator), _) => format!(" for {generator}"),
        (None, _) => String::new(),
    }
}

fn shown(file: &Path) -> String {
    file.strip_prefix(".").unwrap_or(file).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Detected, Request};
    use crate::lint::Preset;

    fn load(text: &str) -> Config {
        Config::from_text(FILE_NAME, text, Path::new("")).unwrap_or_else(|notices| panic!("{notices:#?}\n{text}"))
    }

    fn settings(generator: Option<&str>) -> Settings {
        let detected = generator.map(|name| Detected { generator: name.to_owned(), file: None });
        Settings::resolve(None, detected, Request::default())
    }

    #[test]
    fn the_file_changes_nothing_as_it_stands() {
        let config = load(&fitted(&settings(None), None));
        assert_eq!(config.file.generator, None);
        assert_eq!(config.file.preset, Some(Preset::Recommended));
        assert!(config.lints.is_empty() && config.file.overrides.is_empty() && config.file.exclude.is_empty());
        assert_eq!(load(&fitted(&settings(Some("hugo")), None)).file.generator.as_deref(), Some("hugo"));
    }

    #[test]
    fn every_setting_it_shows_may_be_used() {
        let text = fitted(&settings(None), Some("soft-pear"));
        // Settings are commented out with "# " and prose with "## ".
        let lines = text.lines().filter(|line| !line.starts_with("##"));
        let used: Vec<&str> = lines.map(|line| line.strip_prefix("# ").unwrap_or(line)).collect();
        let used = used.join("\n").replace("  schema:", "  # schema:");
        let config = load(&used);
        assert_eq!(config.lints[0].lint, "soft-pear");
        assert!(!config.file.exclude.is_empty() && !config.file.overrides.is_empty());
        assert!(!config.file.front_matter.required.is_empty() && !config.file.front_matter.types.is_empty());
        assert!(!used.contains('{'), "{used}");
    }
}
