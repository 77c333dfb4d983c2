//! The lints of a site: the built-in ones and its own, as its configuration changes them, with the level each has there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use jiff::Timestamp;

use super::pipeline;
use super::site::Site;
use super::stop::Mistakes;
use crate::config::{Known, Settings};
use crate::corpus::Thresholds;
use crate::lint::{Lint, Loader, Setting};
use crate::matcher::{Demands, SpecError};
use crate::plan::{Choices, PathLevels, Plan};

/// Folder of a site's own lints, below its root.
pub(super) const OWN_LINTS: &str = ".copydesk/lints";

/// A lint and the level it has with the settings of the site.
#[derive(Clone, Debug)]
pub(super) struct Card {
    pub(super) lint: Arc<Lint>,
    pub(super) level: Setting,
}

/// All lints, as the configuration changes them; checks the names the user wrote.
///
/// # Errors
/// When a record or a name is wrong.
pub(super) fn load(site: &Site) -> anyhow::Result<Vec<Arc<Lint>>> {
    let file = site.config.as_ref().map(|config| (config.path.clone(), config.text.clone()));
    let overlays = site.settings.lints.iter().map(|change| (change.lint.as_str(), &change.overlay)).collect();
    let mut loader = Loader::new(file, overlays);
    loader.builtin();
    read_folder(&mut loader, &site.root.join(OWN_LINTS))?;
    let lints: Vec<Arc<Lint>> = loader.finish().map_err(Mistakes)?.into_iter().map(Arc::new).collect();
    site.check_names(&known(&lints))?;
    Ok(lints)
}

/// Adds the records of a folder, whose sub-folders are families; a folder that is not there has none.
///
/// # Errors
/// When a record cannot be read.
pub(super) fn read_folder(loader: &mut Loader<'_>, folder: &Path) -> anyhow::Result<()> {
    for file in records(folder)? {
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let stem = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let family = file.parent().filter(|parent| *parent != folder).map_or_else(|| "own".to_owned(), stem);
        loader.own(&family, &stem(&file), &file.display().to_string(), &text);
    }
    Ok(())
}

/// The records of a folder and of the folders in it, sorted.
fn records(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let (mut files, mut folders) = (BTreeSet::new(), vec![folder.to_path_buf()]);
    while let Some(folder) = folders.pop().filter(|folder| folder.is_dir()) {
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            if kind.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
                files.insert(path);
            }
        }
    }
    Ok(files.into_iter().collect())
}

/// All lints with their levels here, by family and name.
///
/// # Errors
/// When a record or a name is wrong.
pub(super) fn cards(site: &Site) -> anyhow::Result<Vec<Card>> {
    let lints = load(site)?;
    let plan = plan(site, &lints)?;
    let levels = plan.levels();
    let level = |lint: &Lint| Setting::from(levels.get(&*lint.name).copied().flatten());
    let mut cards: Vec<Card> = lints.iter().map(|lint| Card { lint: lint.clone(), level: level(lint) }).collect();
    cards.sort_by(|a, b| (&a.lint.family, &a.lint.name).cmp(&(&b.lint.family, &b.lint.name)));
    Ok(cards)
}

/// What a run over the site does.
///
/// # Errors
/// When the matcher of a lint cannot be built.
pub(super) fn plan(site: &Site, lints: &[Arc<Lint>]) -> anyhow::Result<Plan> {
    let file = site.config.as_ref().map(|config| (config.path.clone(), config.text.clone()));
    Ok(Plan::new(choices(site, lints)?, lints, file.as_ref()).map_err(Mistakes)?)
}

/// From where on posts are copies here: what the built-in lint on near-duplicates says, as the configuration changes it. (A
/// lint of the site's own may look for what is less alike, and nothing is taken out of a site on its word.)
///
/// # Errors
/// When a record, a name or a threshold is wrong.
pub(super) fn thresholds(site: &Site) -> anyhow::Result<Thresholds> {
    let lints = load(site)?;
    let near = lints.iter().filter(|lint| !lint.is_own).find_map(|lint| {
        let thresholds = lint.record.matcher.value.near_copies()?;
        Some((lint, thresholds))
    });
    let Some((lint, thresholds)) = near else { return Ok(Thresholds::default()) };
    let file = site.config.as_ref().map(|config| (config.path.clone(), config.text.clone()));
    let at = (lint.record.matcher.span, lint.record.matcher.layer);
    let notice = |error: SpecError| {
        Mistakes(vec![lint.notice(file.as_ref(), error.message, error.help, error.at.unwrap_or(at))])
    };
    thresholds.map_err(notice).map_err(Into::into)
}

/// The settings of the site in the plan's terms: families spelt out as their lints.
fn choices(site: &Site, lints: &[Arc<Lint>]) -> anyhow::Result<Choices> {
    let settings = &site.settings;
    let named = |name: &str| {
        let meant = lints.iter().filter(move |lint| *lint.name == *name || *lint.family == *name);
        meant.map(|lint| lint.name.to_string()).collect::<Vec<_>>()
    };
    let written = settings.lints.iter().filter_map(|change| Some((change.lint.clone(), change.level()?)));
    let skipped = settings.skip.iter().flat_map(|name| named(name)).map(|name| (name, Setting::Off));
    let typed = settings.levels.iter().flat_map(|(name, level)| named(name).into_iter().map(|name| (name, *level)));
    Ok(Choices {
        site: pipeline::opened(site),
        preset: settings.preset.value,
        only: settings.only.iter().flat_map(|name| named(name)).collect(),
        levels: written.chain(typed).chain(skipped).collect(),
        by_path: by_path(settings)?,
        routes: settings.routes.0.clone(),
        demands: demands(settings),
        is_partial: !settings.only.is_empty() || !settings.skip.is_empty(),
        now: Timestamp::now(),
    })
}

fn by_path(settings: &Settings) -> anyhow::Result<Vec<PathLevels>> {
    let level = |over: &crate::config::Override| {
        let levels = over.changes.iter().filter_map(|change| Some((change.lint.clone(), change.level()?)));
        Ok(PathLevels { paths: over.paths.iter().map(|glob| glob.value.clone()).collect(), levels: levels.collect() })
    };
    settings.overrides.iter().map(level).collect()
}

fn demands(settings: &Settings) -> Demands {
    let front = &settings.front_matter;
    Demands {
        required: front.required.iter().map(|key| key.value.clone()).collect(),
        types: front.types.iter().map(|(key, kind)| (key.clone(), (*kind).into())).collect(),
        schema: settings.schema.clone(),
        reasons: settings.require_reason.value,
    }
}

/// The names of lints and of their families.
pub(super) fn known(lints: &[Arc<Lint>]) -> Known<'_> {
    let families: BTreeSet<&str> = lints.iter().map(|lint| &*lint.family).collect();
    Known { lints: lints.iter().map(|lint| &*lint.name).collect(), families: families.into_iter().collect() }
}
