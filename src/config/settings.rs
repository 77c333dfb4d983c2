//! Settled settings with their origins: the command line over `copydesk.yaml` over what was detected over the defaults.
//! Nothing after this asks where a value was written; `copydesk config` shows it.

use super::{Change, Config, FrontMatter, Glob, Online, Override, Routes};
use crate::diagnostic::Level;
use crate::lint::{Preset, Setting};
use crate::source::Span;

/// The lowest level that makes a run fail when nothing else is asked for.
pub const DEFAULT_FAIL_ON: Level = Level::Warn;

/// Where a setting came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said anything.
    Default,
    /// The files of the site gave it away: this one, if it was one.
    Detected(Option<String>),
    /// It stands there in the configuration file.
    Written(Span),
    /// The command line says so.
    CommandLine,
}

/// A setting and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The setting.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
}

/// The generator that the files of a site give away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detected {
    /// Its name, as in `GENERATORS`.
    pub generator: String,
    /// The file that gave it away, if it was one.
    pub file: Option<String>,
}

/// What the command line asks for, free of how it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The generator.
    pub generator: Option<String>,
    /// The preset.
    pub preset: Option<Preset>,
    /// The lowest level that makes the run fail.
    pub fail_on: Option<Level>,
    /// If there are any: the only lints or families to run, those that are off by default included.
    pub only: Vec<String>,
    /// Lints or families not to run.
    pub skip: Vec<String>,
    /// Levels of lints or families, later ones over earlier ones.
    pub levels: Vec<(String, Setting)>,
}

/// All settings of a run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The site generator, as in `GENERATORS`; `None` when none is known.
    pub generator: Sourced<Option<String>>,
    /// The preset.
    pub preset: Sourced<Preset>,
    /// The lowest level that makes the run fail.
    pub fail_on: Sourced<Level>,
    /// What is no post.
    pub exclude: Vec<Sourced<Glob>>,
    /// If there are any: the only lints or families to run.
    pub only: Vec<String>,
    /// Lints or families not to run.
    pub skip: Vec<String>,
    /// Changes to lints from the configuration file, to be laid over the records in this order.
    pub lints: Vec<Change>,
    /// Levels of lints or families from the command line, over all others.
    pub levels: Vec<(String, Setting)>,
    /// Levels for some paths; later entries win.
    pub overrides: Vec<Override>,
    /// What front matter must hold.
    pub front_matter: FrontMatter,
    /// The JSON Schema for front matter.
    pub schema: Option<serde_json::Value>,
    /// Whether each suppression has to give a reason.
    pub require_reason: Sourced<bool>,
    /// Where the posts of some folders are shown.
    pub routes: Routes,
    /// How external addresses are checked.
    pub online: Online,
}

impl Settings {
    /// Lays the layers over each other.
    pub fn resolve(config: Option<&Config>, detected: Option<Detected>, request: Request) -> Settings {
        let written = |key: &str| Origin::Written(config.and_then(|config| config.place(key)).unwrap_or_default());
        let file = config.map(|config| config.file.clone()).unwrap_or_default();
        let detected = detected.map(|found| sourced(found.generator, Origin::Detected(found.file)));
        let generator =
            asked(request.generator).or_else(|| Some(sourced(file.generator?, written("generator")))).or(detected);
        let preset = asked(request.preset).or_else(|| Some(sourced(file.preset?, written("preset"))));
        let fail_on = asked(request.fail_on).or_else(|| Some(sourced(file.fail_on?, written("fail-on"))));
        let require_reason = file.require_reason.map(|value| sourced(value, written("require-reason")));
        Settings {
            generator: generator.map_or(sourced(None, Origin::Default), |one| sourced(Some(one.value), one.origin)),
            preset: preset.unwrap_or(sourced(Preset::default(), Origin::Default)),
            fail_on: fail_on.unwrap_or(sourced(DEFAULT_FAIL_ON, Origin::Default)),
            exclude: file.exclude.into_iter().map(|glob| sourced(glob.value, Origin::Written(glob.span))).collect(),
            only: request.only,
            skip: request.skip,
            lints: config.map(|config| config.lints.clone()).unwrap_or_default(),
            levels: request.levels,
            overrides: file.overrides,
            front_matter: file.front_matter,
            require_reason: require_reason.unwrap_or(sourced(false, Origin::Default)),
            routes: file.routes,
            online: file.online,
            schema: config.and_then(|config| config.schema.clone()),
        }
    }
}

fn sourced<T>(value: T, origin: Origin) -> Sourced<T> {
    Sourced { value, origin }
}

fn asked<T>(value: Option<T>) -> Option<Sourced<T>> {
    value.map(|value| sourced(value, Origin::CommandLine))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn config(text: &str) -> Config {
        Config::from_text("copydesk.yaml", text, Path::new("")).expect("the configuration is well-formed")
    }

    fn jekyll() -> Option<Detected> {
        Some(Detected { generator: "jekyll".to_owned(), file: Some("_config.yml".to_owned()) })
    }

    #[test]
    fn without_any_layer_the_defaults_hold() {
        let settings = Settings::resolve(None, None, Request::default());
        assert_eq!(settings.generator, sourced(None, Origin::Default));
        assert_eq!(settings.preset, sourced(Preset::Recommended, Origin::Default));
        assert_eq!(settings.fail_on, sourced(Level::Warn, Origin::Default));
    }

    #[test]
    fn each_layer_covers_the_one_below() {
        let text = "generator: hugo\npreset: strict\n";
        let config = config(text);
        let settings = Settings::resolve(Some(&config), jekyll(), Request::default());
        assert_eq!(settings.generator.value.as_deref(), Some("hugo"));
        let Origin::Written(span) = settings.generator.origin else { panic!("{:?}", settings.generator.origin) };
        assert_eq!(&text[span.range()], "hugo");

        let request = Request { generator: Some("zola".to_owned()), fail_on: Some(Level::Error), ..Request::default() };
        let settings = Settings::resolve(Some(&config), jekyll(), request);
        assert_eq!(settings.generator, sourced(Some("zola".to_owned()), Origin::CommandLine));
        assert_eq!(settings.fail_on, sourced(Level::Error, Origin::CommandLine));
        assert_eq!(settings.preset.value, Preset::Strict);

        let settings = Settings::resolve(None, jekyll(), Request::default());
        assert_eq!(settings.generator.origin, Origin::Detected(Some("_config.yml".to_owned())));
    }
}
