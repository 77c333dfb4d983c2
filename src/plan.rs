//! Settled settings: which lints run, at which level where, on what site. Nothing after the plan consults the configuration
//! or the command line.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use globset::GlobSet;
use jiff::Timestamp;

use crate::config::Glob;
use crate::corpus::Facts;
use crate::diagnostic::{Level, Notice};
use crate::lint::{Known, Lint, Preset, Setting, builtin_names};
use crate::matcher::clock::Clock;
use crate::matcher::set::Set;
use crate::matcher::{Context, Demands, Matcher, Spec};
use crate::post::{Language, Post};
use crate::site::address::Route;
use crate::site::{Role, Site};

/// What was asked for, by configuration and command line together.
#[derive(Clone, Debug)]
pub struct Choices {
    /// The site and its generator.
    pub site: Site,
    /// The preset.
    pub preset: Preset,
    /// If not empty: only these lints run, whatever their level.
    pub only: Vec<String>,
    /// Levels chosen for lints; a later entry wins over an earlier one.
    pub levels: Vec<(String, Setting)>,
    /// Levels chosen for lints under some paths; a later entry wins over an earlier one.
    pub by_path: Vec<PathLevels>,
    /// Where the posts of some folders are shown, as the configuration tells.
    pub routes: Vec<Route>,
    /// What the configuration asks of posts.
    pub demands: Demands,
    /// Whether lints are left out of this run alone.
    pub is_partial: bool,
    /// The time of the run.
    pub now: Timestamp,
}

/// Levels that hold under some paths.
#[derive(Clone, Debug)]
pub struct PathLevels {
    /// The paths, relative to the site root.
    pub paths: Vec<Glob>,
    /// Levels of lints there.
    pub levels: Vec<(String, Setting)>,
}

/// What a run does.
pub struct Plan {
    /// The site and its generator.
    pub site: Site,
    /// The lints that run, sorted by name. Hits carry an index into this.
    pub lints: Vec<Planned>,
    /// Matchers of lints whose blocks are set aside before the others look.
    pub first: Set,
    /// All other matchers.
    pub second: Set,
    /// The time of the run.
    pub now: Timestamp,
    /// Where the posts of some folders are shown, as the configuration tells.
    pub routes: Vec<Route>,
    /// Whether each suppression has to give a reason.
    pub asks_reasons: bool,
    /// Whether lints are left out of this run alone.
    pub is_partial: bool,
    /// A hash of all that was asked for, but for the time of the run: plans with the same one find the same in a post.
    pub identity: [u8; 32],
    /// The names of all lints there are, running or not, and of their families.
    names: (BTreeSet<Arc<str>>, BTreeSet<Arc<str>>),
    preset: Preset,
    by_path: Vec<PathLevels>,
    clock: Option<Arc<Clock>>,
}

/// A lint that runs.
pub struct Planned {
    /// The lint.
    pub lint: Arc<Lint>,
    /// The level that somebody chose for it, over the levels of its record.
    chosen: Option<Setting>,
    /// Named by `only`: it speaks even where its record says off, or below the preset's floor.
    is_named: bool,
    /// Paths that it looks at; all when `None`.
    paths: Option<GlobSet>,
}

impl Plan {
    /// The same, with a clock that tells how long each lint takes.
    #[must_use]
    pub fn timed(self) -> Self {
        let clock = Arc::new(Clock::new(self.lints.len()));
        let (first, second) = (self.first.on(clock.clone()), self.second.on(clock.clone()));
        Self { first, second, clock: Some(clock), ..self }
    }

    /// How long the lints took, each by its name and those that are searched for together under no name; nothing without a
    /// clock. Sums over all threads.
    pub fn times(&self) -> Vec<(Option<Arc<str>>, Duration)> {
        let Some(clock) = &self.clock else { return vec![] };
        let own = self.lints.iter().enumerate().map(|(number, one)| (Some(one.lint.name.clone()), clock.of(number)));
        own.chain([(None, clock.text())]).filter(|(_, time)| !time.is_zero()).collect()
    }

    /// Settles which of `lints` run and builds their matchers.
    ///
    /// # Errors
    /// When a lint's matcher cannot be built; the notices point into its record. `config` is the configuration's path and
    /// text, for what it laid over records.
    pub fn new(
        choices: Choices,
        lints: &[Arc<Lint>],
        config: Option<&(Arc<str>, Arc<str>)>,
    ) -> Result<Self, Vec<Notice>> {
        let context = Context { site: choices.site, now: choices.now, demands: choices.demands.clone() };
        let mut plan = Self {
            site: choices.site,
            lints: vec![],
            first: Set::default(),
            second: Set::default(),
            now: choices.now,
            routes: choices.routes.clone(),
            asks_reasons: choices.demands.reasons,
            is_partial: choices.is_partial,
            identity: identity(&choices, lints, config),
            names: names(lints),
            preset: choices.preset,
            by_path: choices.by_path.clone(),
            clock: None,
        };
        let (mut first, mut second, mut notices) = (vec![], vec![], vec![]);
        for lint in lints {
            let planned = Planned::new(lint, &choices);
            if !planned.runs(&choices) {
                continue;
            }
            match build(lint, &context) {
                Ok(matcher) => {
                    let stage = if lint.record.sets_aside { &mut first } else { &mut second };
                    stage.push((plan.lints.len(), matcher));
                    plan.lints.push(planned);
                }
                Err(error) => {
                    let at = error.at.unwrap_or((lint.record.matcher.span, lint.record.matcher.layer));
                    notices.push(lint.notice(config, error.message, error.help, at));
                }
            }
        }
        (plan.first, plan.second) = (Set::new(first), Set::new(second));
        if notices.is_empty() { Ok(plan) } else { Err(notices) }
    }

    /// The level at which lint number `index` speaks in this post; `None` when it is off there.
    pub fn level(&self, index: usize, post: &Post) -> Option<Level> {
        self.level_at(index, &post.source.path, post.role, post.language)
    }

    /// The same for a post of which only the facts are left.
    pub fn level_of_facts(&self, index: usize, facts: &Facts) -> Option<Level> {
        self.level_at(index, &facts.path, facts.role, facts.language)
    }

    fn level_at(&self, index: usize, path: &str, role: Role, language: Language) -> Option<Level> {
        let planned = &self.lints[index];
        let record = &planned.lint.record;
        let looks = (record.languages.is_empty() || record.languages.contains(&language))
            && (record.roles.is_empty() || record.roles.contains(&role))
            && planned.paths.as_ref().is_none_or(|paths| paths.is_match(path));
        if !looks {
            return None;
        }
        let by_path = self.by_path.iter().rev().filter(|by| by.paths.iter().any(|glob| glob.matches(path)));
        let by_path = by_path.flat_map(|by| by.levels.iter().rev()).find(|(name, _)| *name == *planned.lint.name);
        planned.level(self.preset, self.site, language, by_path.map(|(_, setting)| *setting))
    }

    /// The names of all lints there are, running or not.
    pub fn known(&self) -> Known<'_> {
        let (lints, families) = &self.names;
        Known {
            lints: lints.iter().map(|name| &**name).collect(),
            families: families.iter().map(|name| &**name).collect(),
        }
    }

    /// The number of the lint of that name, if it runs.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.lints.binary_search_by(|planned| (*planned.lint.name).cmp(name)).ok()
    }

    /// Whether lint number `index` is about suppressions.
    pub fn is_about_suppressions(&self, index: usize) -> bool {
        matches!(self.lints[index].lint.record.matcher.value, Spec::Suppression(_))
    }

    /// Whether some lint looks at all posts of the site together.
    pub fn needs_corpus(&self) -> bool {
        self.first.looks_at_corpus() || self.second.looks_at_corpus()
    }

    /// Whether some lint compares the texts of posts with each other.
    pub fn compares_texts(&self) -> bool {
        self.lints.iter().any(|planned| planned.lint.record.matcher.value.compares_texts())
    }

    /// Whether some lint asks where links lead.
    pub fn resolves_links(&self) -> bool {
        self.lints.iter().any(|planned| planned.lint.record.matcher.value.resolves_links())
    }

    /// For each lint that runs: its level in an English post, for lists of choices.
    pub fn levels(&self) -> BTreeMap<&str, Option<Level>> {
        let level = |planned: &Planned| planned.level(self.preset, self.site, Language::En, None);
        self.lints.iter().map(|planned| (&*planned.lint.name, level(planned))).collect()
    }
}

impl Planned {
    fn new(lint: &Arc<Lint>, choices: &Choices) -> Self {
        let chosen = choices.levels.iter().rev().find(|(name, _)| *name == *lint.name).map(|(_, setting)| *setting);
        let is_named = choices.only.iter().any(|name| **name == *lint.name);
        let mut globs = globset::GlobSetBuilder::new();
        for glob in lint.record.paths.iter().filter_map(|path| globset::Glob::new(&path.value).ok()) {
            globs.add(glob);
        }
        let paths = if lint.record.paths.is_empty() { None } else { globs.build().ok() };
        Self { lint: lint.clone(), chosen, is_named, paths }
    }

    /// Whether the lint can speak anywhere.
    fn runs(&self, choices: &Choices) -> bool {
        if !choices.only.is_empty() && !self.is_named {
            return false;
        }
        let is_raised =
            choices.by_path.iter().flat_map(|by| &by.levels).any(|(n, s)| **n == *self.lint.name && *s != Setting::Off);
        let speaks = |language| self.level(choices.preset, choices.site, language, None).is_some();
        is_raised || Language::ALL.iter().any(|(_, language)| speaks(*language))
    }

    fn level(&self, preset: Preset, site: Site, language: Language, by_path: Option<Setting>) -> Option<Level> {
        let of_record = self.lint.record.level.setting(preset, site.profile.name, language);
        if let Some(chosen) = by_path.or(self.chosen) {
            return chosen.level();
        }
        if self.is_named {
            return Some(of_record.level().unwrap_or(Level::Warn));
        }
        of_record.level().filter(|level| *level >= preset.floor())
    }
}

/// A hash of all that a plan is made of. Built-in lints are the same in every run of one build.
fn identity(choices: &Choices, lints: &[Arc<Lint>], config: Option<&(Arc<str>, Arc<str>)>) -> [u8; 32] {
    let choices = Choices { now: Timestamp::UNIX_EPOCH, ..choices.clone() };
    let own = lints.iter().filter(|lint| lint.is_own).map(|lint| [&*lint.family, &*lint.name, &*lint.text]);
    let own: Vec<[&str; 3]> = own.collect();
    *blake3::hash(format!("{choices:?}\n{own:?}\n{config:?}").as_bytes()).as_bytes()
}

/// The names of these lints and of the built-in ones, and the families of the former.
fn names(lints: &[Arc<Lint>]) -> (BTreeSet<Arc<str>>, BTreeSet<Arc<str>>) {
    let own = lints.iter().map(|lint| lint.name.clone());
    (own.chain(builtin_names().map(Arc::from)).collect(), lints.iter().map(|lint| lint.family.clone()).collect())
}

fn build(lint: &Lint, context: &Context) -> Result<Matcher, crate::matcher::SpecError> {
    let matcher = lint.record.matcher.value.build(context)?;
    if lint.is_own
        && let Matcher::Text(patterns) = &matcher
    {
        let error = |message| crate::matcher::SpecError { message, help: None, at: None };
        patterns.compile().map_err(error)?;
    }
    Ok(matcher)
}
