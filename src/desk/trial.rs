//! Tries lints on the examples in their records: the test suite, `copydesk test` and `copydesk explain` all come through here.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::{Desk, Mended};
use crate::diagnostic::{Diagnostic, Notice, Verdict};
use crate::lint::{Example, Lint, Preset};
use crate::matcher::Demands;
use crate::plan::{Choices, Plan};
use crate::site::address::{self, Addresses};
use crate::site::detect::Files;
use crate::site::plain::PLAIN;
use crate::site::{self, Profile, Role, Site};
use crate::source::Source;

/// The time at which examples are tried: 2026-01-01, so that they never age.
const EXAMPLE_TIME: i64 = 1_767_225_600;

/// Runs examples with a set of lints, every one of them on.
pub struct Trial {
    lints: Vec<Arc<Lint>>,
    /// One for each generator, in a folder of posts and in a site with content folders.
    plans: Vec<Arc<Plan>>,
}

/// How an example disagrees with its lint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// A bad example in which the lint finds nothing.
    Silent,
    /// A good example in which the lint finds something: the marked texts.
    Noisy(Vec<String>),
    /// A bad example in which other text is marked than `marks` says.
    Marks {
        /// What `marks` says.
        expected: Vec<String>,
        /// What is marked.
        found: Vec<String>,
    },
    /// The message differs from the one that the example pins.
    Message(String),
    /// The fix makes another text of the post than `fixed` says: this one.
    Fixed(String),
    /// The example cannot be tried: no text, an unknown generator or encoding.
    Unusable(String),
}

/// What a set of lints said about an example.
pub struct Outcome {
    /// What was found, reported or not.
    pub diagnostics: Vec<Diagnostic>,
    /// The sources of the example.
    pub sources: BTreeMap<Arc<str>, Source>,
}

impl Trial {
    /// A trial of these lints.
    ///
    /// # Errors
    /// When the matcher of a lint cannot be built.
    pub fn new(lints: &[Arc<Lint>]) -> Result<Self, Vec<Notice>> {
        let sites = site::PROFILES.iter().flat_map(|profile| [false, true].map(|has| site_of(profile, has)));
        let plans = sites.map(|site| plan(lints, site, &Demands::default()).map(Arc::new));
        Ok(Self { lints: lints.to_vec(), plans: plans.collect::<Result<_, _>>()? })
    }

    /// What the lints say about an example.
    ///
    /// # Errors
    /// When the example names an unknown generator or encoding.
    pub fn run(&self, example: &Example) -> Result<Outcome, String> {
        let desk = self.desk(example)?;
        let report = desk.report(&|_| true);
        if let Some(failure) = report.failures.first() {
            return Err(format!("{}: {}", failure.path, failure.error));
        }
        Ok(Outcome { diagnostics: report.diagnostics, sources: desk.texts })
    }

    /// A desk with the posts of an example.
    fn desk(&self, example: &Example) -> Result<Desk, String> {
        let name = example.generator.as_deref().unwrap_or(PLAIN.name);
        let profile = site::profile(name).ok_or_else(|| format!("there is no generator `{name}`"))?;
        let sources = sources(example, profile)?;
        let in_folder = |path: &str| profile.content.iter().any(|folder| path.split('/').next() == Some(folder));
        let site = site_of(profile, sources.iter().any(|source| in_folder(&source.path)));
        let is_content = |source: &Source| {
            let (_, name) = source.path.rsplit_once('/').unwrap_or(("", &source.path));
            let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
            profile.extensions.contains(&&*ending)
        };
        let (content, others): (Vec<Source>, Vec<Source>) = sources.into_iter().partition(is_content);
        let others: BTreeMap<Arc<str>, Source> =
            others.into_iter().map(|source| (source.path.clone(), source)).collect();
        // A post by itself has no site to lead into.
        let addresses = example.site.is_some().then(|| addresses(profile, &others));
        let mut desk = Desk::in_memory(self.plan(site, example)?, others, addresses);
        if !example.answers.is_empty() {
            desk.hear(example.answers.clone());
        }
        for source in content {
            let role = desk.plan.site.role(&source.path).unwrap_or(Role::Post);
            desk.update(source, role);
        }
        Ok(desk)
    }

    /// The plan for such a site, or one of its own for an example that brings settings.
    fn plan(&self, site: Site, example: &Example) -> Result<Arc<Plan>, String> {
        let is_it = |plan: &&Arc<Plan>| {
            plan.site.profile.name == site.profile.name && plan.site.has_content_folder == site.has_content_folder
        };
        let is_usual = example.schema.is_none() && !example.require_reason;
        match self.plans.iter().find(is_it).filter(|_| is_usual) {
            Some(plan) => Ok(plan.clone()),
            None => {
                let (schema, reasons) = (example.schema.clone(), example.require_reason);
                let demands = Demands { schema, reasons, ..Demands::default() };
                plan(&self.lints, site, &demands).map(Arc::new).map_err(|notices| notices[0].message.clone())
            }
        }
    }

    /// Whether the lint marks exactly what its example says; `is_bad` tells on which side the example stands.
    ///
    /// # Errors
    /// How they disagree.
    pub fn check(&self, lint: &str, example: &Example, is_bad: bool) -> Result<(), Mismatch> {
        let outcome = self.run(example).map_err(Mismatch::Unusable)?;
        // What the author of an example wishes not to be told is not said.
        let is_said = |diagnostic: &&Diagnostic| !matches!(diagnostic.verdict, Verdict::Suppressed { .. });
        let own = outcome.diagnostics.iter().filter(|diagnostic| &*diagnostic.lint == lint);
        let own: Vec<_> = own.filter(is_said).collect();
        let found: Vec<String> = own.iter().flat_map(|diagnostic| outcome.marks(diagnostic)).collect();
        match (is_bad, own.first()) {
            (false, None) => Ok(()),
            (false, Some(_)) => Err(Mismatch::Noisy(found)),
            (true, None) => Err(Mismatch::Silent),
            (true, Some(_)) if found != example.marks => {
                Err(Mismatch::Marks { expected: example.marks.clone(), found })
            }
            (true, Some(first)) => match &example.message {
                Some(message) if *message != first.message => Err(Mismatch::Message(first.message.clone())),
                _ => self.check_fix(lint, example),
            },
        }
    }
}

impl Trial {
    /// Whether the fix of a lint makes of its example what `fixed` says.
    fn check_fix(&self, lint: &str, example: &Example) -> Result<(), Mismatch> {
        if let Some(expected) = &example.renamed {
            let mended = self.mended(&|one| &*one.lint == lint, example).map_err(Mismatch::Unusable)?;
            let name = mended.renamed.first().map_or_else(String::new, |renamed| renamed.to.to_string());
            return if name == *expected { Ok(()) } else { Err(Mismatch::Fixed(name)) };
        }
        let Some(expected) = &example.fixed else { return Ok(()) };
        let fixed = self.fixed(&|one| &*one.lint == lint, example).map_err(Mismatch::Unusable)?;
        if fixed == *expected { Ok(()) } else { Err(Mismatch::Fixed(fixed)) }
    }

    fn mended(&self, wants: &dyn Fn(&Diagnostic) -> bool, example: &Example) -> Result<Mended, String> {
        let mended = self.desk(example)?.mend(wants);
        match mended.refused.first() {
            Some(refused) => Err(refused.error.clone()),
            None => Ok(mended),
        }
    }

    /// What the fixes of the diagnostics that are wanted make of the post of an example; of a small site, the first post that is
    /// changed.
    ///
    /// # Errors
    /// When the example cannot be tried, or a fix would do damage.
    pub fn fixed(&self, wants: &dyn Fn(&Diagnostic) -> bool, example: &Example) -> Result<String, String> {
        let mended = self.mended(wants, example)?;
        let unchanged = || example.post.clone().unwrap_or_default();
        Ok(mended.posts.first().map_or_else(unchanged, |post| post.after.text.to_string()))
    }
}

/// A site of this generator, with its content folders or without.
fn site_of(profile: &'static Profile, has_content_folder: bool) -> Site {
    Site { has_content_folder, ..Site::of(profile) }
}

/// A plan in which each of the lints is on.
pub(super) fn plan(lints: &[Arc<Lint>], site: Site, demands: &Demands) -> Result<Plan, Vec<Notice>> {
    let choices = Choices {
        site,
        preset: Preset::Strict,
        only: lints.iter().map(|lint| lint.name.to_string()).collect(),
        levels: vec![],
        by_path: vec![],
        routes: vec![],
        demands: demands.clone(),
        is_partial: false,
        now: Timestamp::from_second(EXAMPLE_TIME).expect("a time in range"),
    };
    Plan::new(choices, lints, None)
}

impl Outcome {
    /// The exact texts under the labels of a diagnostic.
    pub fn marks(&self, diagnostic: &Diagnostic) -> Vec<String> {
        let Some(source) = self.sources.get(&diagnostic.place.path) else { return vec![] };
        let spans = std::iter::once(diagnostic.place.span).chain(diagnostic.also.iter().copied());
        spans.map(|span| source.slice(span).to_owned()).collect()
    }
}

/// Where the pages of an example are, as the configuration among its files says.
fn addresses(profile: &'static Profile, files: &BTreeMap<Arc<str>, Source>) -> Addresses {
    let read = |path: &str| files.get(path).map(|source| source.text.to_string());
    let is_folder = |path: &str| {
        let inside = |file: &Arc<str>| file.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        files.keys().any(inside)
    };
    address::read(&Files { read: &read, is_folder: &is_folder, names: &|_| vec![] }, profile, "", &[])
}

fn sources(example: &Example, profile: &Profile) -> Result<Vec<Source>, String> {
    match (&example.post, &example.site) {
        (Some(text), None) => {
            let path = example.path.as_deref().unwrap_or(default_path(profile));
            Ok(vec![source(path, text, example.encoding.as_deref())?])
        }
        (None, Some(site)) => site.iter().map(|(path, text)| source(path, text, None)).collect(),
        _ => Err("an example has either `post:` or `site:`".into()),
    }
}

fn source(path: &str, text: &str, encoding: Option<&str>) -> Result<Source, String> {
    let Some(label) = encoding else { return Ok(Source::from_text(path, text)) };
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes());
    let encoding = encoding.ok_or_else(|| format!("there is no encoding `{label}`"))?;
    Ok(Source::from_bytes(path, &encoding.encode(text).0))
}

/// Where a post of this generator would stand, with a good name.
fn default_path(profile: &Profile) -> &'static str {
    match profile.name {
        "jekyll" => "_posts/2024-05-06-example.md",
        "hexo" => "source/_posts/example.md",
        "hugo" => "content/posts/example.md",
        "zola" => "content/example.md",
        "docusaurus" => "blog/2024-05-06-example.md",
        "mkdocs" => "docs/blog/posts/example.md",
        "astro" => "src/content/blog/example.md",
        "eleventy" => "posts/example.md",
        _ => "example.md",
    }
}
