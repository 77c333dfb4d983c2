//! The loaded site: the one pipeline that the terminal, the hook and the editor drive. Threads are started here and nowhere
//! else.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use rayon::prelude::*;

use crate::baseline::Baseline;
use crate::cache::Cache;
use crate::corpus::{Answers, Corpus, Facts, Linking, Memory, Texts, Wanted};
use crate::diagnostic::{Diagnostic, Failure, Verdict};
use crate::lint::Lint;
use crate::plan::Plan;
use crate::post::Post;
use crate::site::Role;
use crate::site::address::{self, Addresses};
use crate::source::Source;
use crate::suppress::Suppressions;
use crate::walk;

mod baseline;
mod examine;
mod kept;
mod live;
mod judge;
mod mend;
mod moving;
mod remember;
mod report;
mod suppress;
mod trial;

pub use mend::{Mended, MendedPost, Renamed, edits_together};
pub use moving::Moves;
pub use report::{Backdrop, Report};
pub use suppress::{Rewritten, Suppressed, Suppressing};
pub use trial::{Mismatch, Trial};

/// Stack of a worker, in bytes. Parsers recurse to bounded depths; the bounds are chosen with room to spare below this.
const STACK: usize = 16 << 20;

/// How many bytes of texts are kept at hand to be shown: those of all posts with diagnostics, on most sites. Others are read again.
const ROOM: usize = 64 << 20;

/// A loaded site.
pub struct Desk {
    plan: Arc<Plan>,
    root: PathBuf,
    posts: BTreeMap<Arc<str>, Examined>,
    failures: Vec<Failure>,
    /// Texts that are not (or not as they are) on disk.
    texts: BTreeMap<Arc<str>, Source>,
    /// What facts of posts are for.
    wanted: Wanted,
    /// Where the pages of the site are.
    addresses: Addresses,
    /// What was asked of the site's files to know that.
    asked: walk::Asked,
    /// What the network said of links that lead away.
    answers: Arc<Answers>,
    /// The symbolic links of the site, if it was walked.
    links: Option<Vec<String>>,
    /// What nobody wants to hear of any more.
    baseline: Option<Baseline>,
    /// What earlier runs found out.
    cache: Option<Cache>,
    /// How many bytes of texts may still be kept at hand.
    room: AtomicUsize,
    /// Where the work on many posts is done, once there are many.
    pool: Option<rayon::ThreadPool>,
}

/// What is kept of one post.
struct Examined {
    diagnostics: Vec<Diagnostic>,
    facts: Arc<Facts>,
    /// What its author wishes not to be told; few posts hold such wishes.
    wishes: Option<Box<Suppressions>>,
    /// Whether it will be the same on any later day.
    is_settled: bool,
    /// Its text, if something is to be said of it and there is room.
    source: Option<Source>,
}

/// What to load, and how.
pub struct Load<'a> {
    /// The files, as `walk` found them.
    pub files: Vec<walk::Found>,
    /// The symbolic links that it came by.
    pub links: Vec<String>,
    /// Number of threads; 0 for as many as there are processors.
    pub jobs: usize,
    /// Called after each post.
    pub progress: &'a (dyn Fn() + Sync),
}

impl Desk {
    /// An empty desk for the site at `root`.
    pub fn new(plan: Arc<Plan>, root: PathBuf) -> Self {
        let resolves = plan.resolves_links();
        let desk = Self {
            wanted: Wanted { texts: plan.compares_texts(), links: None },
            plan,
            root,
            posts: BTreeMap::new(),
            failures: vec![],
            texts: BTreeMap::new(),
            addresses: address::none(),
            asked: Default::default(),
            answers: Arc::default(),
            links: None,
            baseline: None,
            cache: None,
            room: AtomicUsize::new(ROOM),
            pool: None,
        };
        if resolves { desk.linking(false) } else { desk }
    }

    /// The same, while something else is done that waits for the disk: to read the configuration of the site takes its time.
    pub fn new_beside<T: Send>(plan: Arc<Plan>, root: PathBuf, beside: impl FnOnce() -> T + Send) -> (Self, T) {
        std::thread::scope(|scope| {
            let other = scope.spawn(beside);
            let desk = Self::new(plan, root);
            (desk, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        })
    }

    /// The same for a site in memory, whose other files are among `texts`: none of them is a post by being here. Links are
    /// resolved if there are addresses.
    pub(crate) fn in_memory(plan: Arc<Plan>, texts: BTreeMap<Arc<str>, Source>, addresses: Option<Addresses>) -> Self {
        let now = plan.now;
        let links = addresses.clone().map(|addresses| Linking { addresses, now, external: true });
        let wanted = Wanted { texts: plan.compares_texts(), links };
        let addresses = addresses.unwrap_or_else(address::none);
        Self { texts, addresses, wanted, ..Self::new(plan, PathBuf::new()) }
    }

    /// The same, ready to compare texts even if no lint of the plan does.
    #[must_use]
    pub fn comparing(mut self) -> Self {
        self.wanted.texts = true;
        self
    }

    /// The same, ready to resolve links; `external` keeps those too that lead away from the site.
    #[must_use]
    pub fn linking(mut self, external: bool) -> Self {
        (self.addresses, self.asked) = walk::addresses(&self.root, &self.plan.site, &self.plan.routes);
        self.wanted.links = Some(Linking { addresses: self.addresses.clone(), now: self.plan.now, external });
        self
    }

    /// Reads and examines files, in parallel. The result does not depend on the number of threads.
    pub fn load(&mut self, load: &Load<'_>) {
        self.pool = rayon::ThreadPoolBuilder::new().num_threads(load.jobs).stack_size(STACK).build().ok();
        self.links = Some(load.links.clone());
        let examine = |buffer: &mut Vec<u8>, file: &walk::Found| {
            let result = self.examine_file(file, buffer);
            (load.progress)();
            result
        };
        let work = || load.files.par_iter().with_max_len(16).map_init(Vec::new, examine).collect::<Vec<_>>();
        let results = match &self.pool {
            Some(pool) => pool.install(work),
            None => load.files.iter().map(|file| examine(&mut vec![], file)).collect(),
        };
        for result in results {
            match result {
                Ok(Some(examined)) => _ = self.posts.insert(examined.facts.path.clone(), examined),
                Ok(None) => {}
                Err(failure) => self.failures.push(failure),
            }
        }
        self.failures.sort();
        self.save_posts();
    }

    /// Adds a failure that happened before the desk: an unreadable folder.
    pub fn fail(&mut self, failure: Failure) {
        self.failures.push(failure);
        self.failures.sort();
    }

    /// Takes in what the network said of links that lead away from the site.
    pub fn hear(&mut self, answers: Answers) {
        self.answers = answers.into();
    }

    /// What the desk does.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// What could not be done so far, sorted by path.
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// Whether there is a post at a path.
    pub fn has(&self, path: &str) -> bool {
        self.posts.contains_key(path)
    }

    /// The paths of all posts, sorted.
    pub fn paths(&self) -> impl Iterator<Item = Arc<str>> {
        self.posts.keys().cloned()
    }

    /// What is to be said about the posts for which `is_wanted` holds. Compared with is always the whole desk.
    pub fn report(&self, is_wanted: &dyn Fn(&str) -> bool) -> Report {
        self.report_where(is_wanted, is_wanted, &|diagnostic| is_wanted(&diagnostic.place.path))
    }

    /// The same, with what is said of another post and names a place in one of these: the two belong together, and which of
    /// them has changed is not for a lint to know.
    pub fn report_about(&self, is_wanted: &dyn Fn(&str) -> bool) -> Report {
        self.report_where(is_wanted, &|_| true, &|diagnostic| {
            is_wanted(&diagnostic.place.path) || diagnostic.related.iter().any(|one| is_wanted(&one.place.path))
        })
    }

    /// What is to be said about wanted posts, and what the corpus says of those that it is asked for and is meant.
    fn report_where(
        &self,
        is_wanted: &dyn Fn(&str) -> bool,
        is_asked: &dyn Fn(&str) -> bool,
        is_meant: &dyn Fn(&Diagnostic) -> bool,
    ) -> Report {
        let mut diagnostics: Vec<_> = self.posts.values().flat_map(|post| post.diagnostics.iter().cloned()).collect();
        if self.plan.needs_corpus() {
            diagnostics.extend(self.with_corpus_for(is_asked, |corpus| judge::corpus(&self.plan, corpus, self)));
        }
        self.save_pairs();
        diagnostics.retain(is_meant);
        let unused = self.unused_wishes(&diagnostics, is_wanted);
        diagnostics.extend(unused);
        let stale = self.hide_known(&mut diagnostics, is_wanted);
        report::sort(&mut diagnostics);
        Report {
            stale,
            diagnostics,
            failures: self.failures.iter().filter(|failure| is_wanted(&failure.path)).cloned().collect(),
            posts: self.posts.keys().filter(|path| is_wanted(path)).cloned().collect(),
            elapsed: std::time::Duration::ZERO,
        }
    }

    /// What is to be said of wishes that hid none of the diagnostics.
    fn unused_wishes(&self, diagnostics: &[Diagnostic], is_wanted: &dyn Fn(&str) -> bool) -> Vec<Diagnostic> {
        let mut hidden: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
        for diagnostic in diagnostics.iter().filter(|one| matches!(one.verdict, Verdict::Suppressed { .. })) {
            hidden.entry(&diagnostic.place.path).or_default().push(diagnostic);
        }
        let mut unused = vec![];
        for (path, post) in self.posts.iter().filter(|(path, _)| is_wanted(path)) {
            let Some(wishes) = &post.wishes else { continue };
            let hidden = hidden.remove(&**path).unwrap_or_default();
            let has_answers = !self.answers.is_empty();
            let sentenced = judge::suppression::Sentenced { facts: &post.facts, wishes, hidden, has_answers };
            unused.extend(judge::suppression::unused(&self.plan, &sentenced, &|| self.source(path)));
        }
        unused
    }

    /// Looks at the facts of all posts together, with as many threads as the posts were loaded with.
    pub fn with_corpus<T: Send>(&self, look: impl FnOnce(&Corpus<'_>) -> T + Send) -> T {
        self.with_corpus_for(&|_| true, look)
    }

    /// The same for somebody who wants to hear of some posts only.
    pub fn with_corpus_for<T: Send>(
        &self,
        is_wanted: &dyn Fn(&str) -> bool,
        look: impl FnOnce(&Corpus<'_>) -> T + Send,
    ) -> T {
        let facts = self.posts.values().map(|post| post.facts.clone()).collect();
        let memory = self.cache.as_ref().map(|_| self as &dyn Memory);
        let corpus = Corpus::new(facts, self, self.addresses.clone()).with_answers(self.answers.clone());
        let corpus = corpus.with_memory(memory).asked_for(is_wanted);
        match &self.pool {
            Some(pool) => pool.install(|| look(&corpus)),
            None => look(&corpus),
        }
    }

    /// Whether the generator makes a page of the file; one that it copies as it is, is none of ours.
    fn is_content(&self, source: &Source, role: Role) -> bool {
        let needs_front_matter = role == Role::Page && self.plan.site.profile.pages_need_front_matter;
        !needs_front_matter || source.text.trim_start_matches('\u{FEFF}').starts_with("---")
    }

    /// Examines one post, `None` if the file is none; a panic becomes a failure, and the run goes on.
    fn guarded(&self, source: Source, role: Role) -> Result<Option<Examined>, Failure> {
        if !self.is_content(&source, role) {
            return Ok(None);
        }
        let path = source.path.clone();
        let run = AssertUnwindSafe(|| {
            let mut post = Post::parse(source.clone(), &self.plan.site, role);
            let (diagnostics, wishes) = examine::post(&self.plan, &mut post);
            let facts = Facts::of(&post, &self.plan.site, &self.wanted);
            let is_settled = self.cache.is_some() && kept::is_settled(&self.plan, &post, &facts, &wishes);
            let wishes = (!wishes.is_empty()).then(|| Box::new(wishes));
            let mut examined = Examined { diagnostics, facts: facts.into(), wishes, is_settled, source: None };
            if self.is_to_be_shown(&examined, source.text.len()) {
                examined.source = Some(source);
            }
            examined
        });
        catch_unwind(run).map(Some).map_err(|panic| {
            let words = panic.downcast_ref::<String>().map(String::as_str);
            let words = words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
            let help = "this is a bug in copydesk; please report it with the file".into();
            Failure { path, error: format!("internal error: {words}"), help }
        })
    }

    fn source(&self, path: &str) -> Option<Source> {
        if let Some(source) = self.texts.get(path) {
            return Some(source.clone());
        }
        if let Some(source) = self.posts.get(path).and_then(|post| post.source.as_ref()) {
            return Some(source.clone());
        }
        let role = Role::Post;
        walk::read(&walk::Found { path: path.into(), file: self.root.join(path), role }).ok()
    }
}

impl Texts for Desk {
    fn source(&self, path: &str) -> Option<Source> {
        Desk::source(self, path)
    }

    fn folder(&self, path: &str) -> Option<Vec<String>> {
        let below = |text: &Arc<str>| -> Option<String> {
            let rest = if path.is_empty() { text } else { text.strip_prefix(path)?.strip_prefix('/')? };
            rest.split('/').next().map(str::to_owned)
        };
        // Texts that are not on disk are part of the site all the same.
        let unsaved: Vec<String> = self.texts.keys().filter_map(below).collect();
        let on_disk = walk::names(&self.root.join(path));
        match (on_disk, unsaved.is_empty()) {
            (None, true) => None,
            (on_disk, _) => Some(on_disk.into_iter().flatten().chain(unsaved).collect()),
        }
    }

    fn linked(&self, folders: &BTreeSet<&str>) -> Vec<String> {
        let is_in = |link: &&String| folders.contains(link.rsplit_once('/').map_or("", |(folder, _)| folder));
        let links: Vec<String> = match &self.links {
            Some(links) => links.iter().filter(is_in).cloned().collect(),
            None => folders.iter().flat_map(|folder| walk::links(&self.root, folder)).collect(),
        };
        links.iter().flat_map(|link| walk::linked(&self.root, &self.plan.site, link)).collect()
    }
}

impl judge::Desks for Desk {
    fn source(&self, path: &str) -> Option<Source> {
        Desk::source(self, path)
    }

    fn diagnostics(&self, path: &str) -> &[Diagnostic] {
        self.posts.get(path).map_or(&[], |post| &post.diagnostics)
    }

    fn wishes(&self, path: &str) -> Option<&Suppressions> {
        self.posts.get(path)?.wishes.as_deref()
    }
}

impl Backdrop for Desk {
    fn source(&self, path: &str) -> Option<Source> {
        Desk::source(self, path)
    }

    fn why(&self, lint: &str) -> Option<String> {
        let planned = self.plan.lints.iter().find(|planned| &*planned.lint.name == lint)?;
        Some(planned.lint.record.why.replace("{generator}", self.plan.site.profile.title))
    }

    fn lint(&self, name: &str) -> Option<Arc<Lint>> {
        self.plan.lints.iter().map(|planned| &planned.lint).find(|lint| &*lint.name == name).cloned()
    }

    fn site_folder(&self) -> String {
        walk::below_repository(&self.root)
    }
}
