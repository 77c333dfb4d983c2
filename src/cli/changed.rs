//! `--since`, `--staged`, `--lines`: only what has changed is reported. What that is, git knows; here it is put into words, and
//! staged texts take the places of their files.

use std::collections::BTreeMap;
use std::sync::Arc;

use clap::Args;
use globset::GlobSet;

use super::Screen;
use super::pipeline::Outcome;
use super::site::Site;
use super::stop::{self, Stop};
use crate::desk::{Backdrop, Desk, Report};
use crate::diagnostic::{Diagnostic, Failure};
use crate::git::{Changes, Git, Lines, Refusal, Staged, Touched, Unread, Variables};
use crate::post::Post;
use crate::site::{self as generator, Role};
use crate::source::{LineIndex, MAX_BYTES, Source, Span};
use crate::walk::{self, Walked};

/// What brings the commits of a clone that has only some of them.
const DEEPEN: &str = "this clone is shallow, as those of CI jobs are: `git fetch --unshallow` brings the history; on GitHub, \
     give actions/checkout `fetch-depth: 0`, on GitLab set the variable `GIT_DEPTH: 0`";

/// Most files that are named in a sentence.
const MOST_NAMED: usize = 3;

/// Arguments that ask for changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub(super) struct ChangedArgs {
    /// Report only posts that differ from where this branch left REV
    ///
    /// REV is a commit, branch or tag. What counts is the difference between the working tree and the last commit that REV and
    /// this branch have in common; files that git does not know count, too. Posts are compared with the whole site all the same.
    #[arg(long, value_name = "REV", allow_hyphen_values = true, help_heading = "Changes")]
    since: Option<String>,

    /// Report only posts that the next commit changes, as they are staged
    #[arg(long, help_heading = "Changes")]
    staged: bool,

    /// With --since or --staged: of these posts, report only lines that have changed
    #[arg(long, help_heading = "Changes")]
    lines: bool,
}

/// What the rest of the command line asks for, as far as changes do not go with it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside {
    /// A text on standard input.
    pub(super) stdin: bool,
    /// Repairs.
    pub(super) repairs: bool,
    /// A new baseline.
    pub(super) baseline: bool,
}

/// What has changed on a site.
#[derive(Debug)]
pub(super) struct Changed {
    /// Nothing is told when there is none: "no posts …".
    none: String,
    changes: Changes,
    /// What is staged, and who has it.
    staged: Option<(Git, Staged)>,
    by_line: bool,
}

impl ChangedArgs {
    /// Whether there is anything to ask git for. Stops where flags contradict each other.
    ///
    /// # Errors
    /// What cannot be done, and what can.
    pub(super) fn check(&self, beside: Beside) -> Result<(), Stop> {
        let flag = match (&self.since, self.staged) {
            (Some(_), true) => {
                return Err(Stop::new("`--since` and `--staged` are two questions")
                    .help("ask `--staged` before a commit, and `--since REV` for all that a branch changes"));
            }
            (None, false) if self.lines => {
                return Err(Stop::new("`--lines` does not say what the lines differ from")
                    .help("write `--since REV --lines`, or `--staged --lines`"));
            }
            (None, false) => return Ok(()),
            (Some(_), false) => "--since",
            (None, true) => "--staged",
        };
        if let Some(revision) = self.since.as_ref().filter(|one| one.is_empty() || one.starts_with('-')) {
            return Err(Stop::new(format!("`--since` wants a revision, and `{revision}` cannot be one"))
                .help("name a commit, branch or tag: `--since origin/main`, `--since HEAD`"));
        }
        if beside.stdin {
            return Err(Stop::new(format!("`{flag}` does not go with `-`: git knows nothing of standard input"))
                .help(format!("leave out `{flag}`, or name files")));
        }
        if beside.baseline {
            return Err(Stop::new(format!("a baseline is not written with `{flag}`: what is new would be forgiven"))
                .help(format!("leave out `{flag}`; paths restrict a baseline, too")));
        }
        if self.lines && beside.repairs {
            return Err(Stop::new("`--lines` does not go with repairs: they move lines")
                .help(format!("leave out `--lines` to repair all of the posts of `{flag}`; `--diff` shows it first")));
        }
        Ok(())
    }

    /// What has changed on a site, if that is asked for.
    ///
    /// # Errors
    /// When git is not there, or does not know.
    pub(super) fn ask(&self, site: &Site) -> anyhow::Result<Option<Changed>> {
        if self.since.is_none() && !self.staged {
            return Ok(None);
        }
        let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_else(|_| site.root.clone());
        let git = Git::at(&site.root, &Variables { here: &here, get: &|name| std::env::var_os(name) });
        let by_line = self.lines;
        let changed = match &self.since {
            Some(revision) => git.since(revision, by_line).map(|changes| Changed {
                none: format!("no posts changed since {revision}"),
                changes,
                staged: None,
                by_line,
            }),
            None => git.staged(by_line).map(|staged| Changed {
                none: "no posts are staged".to_owned(),
                changes: staged.changes.clone(),
                staged: Some((git, staged)),
                by_line,
            }),
        };
        Ok(Some(changed.map_err(|refusal| self.stop(refusal, site))?))
    }

    fn stop(&self, refusal: Refusal, site: &Site) -> Stop {
        let flag = if self.staged { "--staged" } else { "--since" };
        let (revision, root) = (self.since.as_deref().unwrap_or("HEAD"), site.root_as_named());
        let deepen = |is_shallow: bool, help: &str| if is_shallow { DEEPEN.to_owned() } else { help.to_owned() };
        match refusal {
            Refusal::NotInstalled => Stop::new(format!("`{flag}` asks git, and there is no program `git` here"))
                .help("install git, or name the posts"),
            Refusal::NoRepository => {
                Stop::new(format!("`{flag}` asks git, and {} lies in no git repository", root.display()))
                    .help("name the posts, or the folder of the site with `--root`")
            }
            Refusal::NoCommit => {
                Stop::new(format!("nothing can differ from `{revision}`: there is no commit here yet"))
                    .help("`--staged` tells what the first commit will hold")
            }
            Refusal::Unknown { is_shallow } => {
                Stop::new(format!("git knows no commit `{revision}` here")).help(deepen(
                    is_shallow,
                    "`git branch --all` and `git log` show what there is, `git fetch` brings what a remote has",
                ))
            }
            Refusal::Unrelated { is_shallow } => {
                Stop::new(format!("`{revision}` and this branch have no commit in common"))
                    .help(deepen(is_shallow, "name a revision that this branch has grown from"))
            }
            Refusal::Failed(reason) => Stop::new(format!("git cannot tell what has changed: {reason}"))
                .help("`git status` in the folder of the site should say the same"),
        }
    }
}

impl Changed {
    /// Whether a post has changed, or something in a folder. Of a folder that cannot be read, nothing else is known.
    pub(super) fn contains(&self, path: &str) -> bool {
        path == "." || self.changes.of(path).is_some() || self.changes.is_any_in(path)
    }

    /// Makes the files of a walk what the next commit makes of them: what is staged and not so in the folder is given back as a
    /// text, and what the commit takes away is left out. Without `--staged`, the files are those of the folder.
    pub(super) fn put_in_place(
        &self,
        walked: &mut Walked,
        (site, exclude): (&generator::Site, &GlobSet),
        root: &std::path::Path,
    ) -> anyhow::Result<Vec<(Role, Source)>> {
        let Some((git, staged)) = &self.staged else { return Ok(vec![]) };
        walked.files.retain(|file| !staged.changes.is_gone(&file.path));
        let role = |path: &str| match walked.files.binary_search_by(|file| (*file.path).cmp(path)) {
            Ok(at) => staged.partly.contains(path).then(|| walked.files[at].role),
            // A file that is there and was not come by is no post: it is ignored, or excluded.
            Err(_) if root.join(path).symlink_metadata().is_ok_and(|found| found.is_file()) => None,
            Err(_) => walk::role(path, site, exclude),
        };
        let wanted: Vec<(Arc<str>, &String, Role)> = (staged.blobs.iter())
            .filter_map(|(path, blob)| Some((Arc::from(path.as_str()), blob, role(path)?)))
            .collect();
        if wanted.is_empty() {
            return Ok(vec![]);
        }
        let mut blobs = git.blobs().map_err(|_| Stop::new("cannot start `git cat-file`"))?;
        let mut texts = vec![];
        for (path, blob, role) in wanted {
            walked.files.retain(|file| file.path != path);
            match blobs.read(blob, MAX_BYTES) {
                Ok(bytes) => texts.push((role, Source::from_bytes(&path, &bytes))),
                Err(unread) => walked.failures.push(failure(&path, unread)),
            }
        }
        Ok(texts)
    }

    /// Stops where a repair would be made of a text that is not the one in the folder.
    ///
    /// # Errors
    /// When a post is staged in part.
    pub(super) fn check_repairs(&self, desk: &Desk, is_wanted: &dyn Fn(&str) -> bool) -> Result<(), Stop> {
        let Some((_, staged)) = &self.staged else { return Ok(()) };
        let posts: Vec<Arc<str>> =
            desk.paths().filter(|path| staged.partly.contains(&**path) && is_wanted(path)).collect();
        if posts.is_empty() {
            return Ok(());
        }
        let named: Vec<&str> = posts.iter().take(MOST_NAMED).map(|path| &**path).collect();
        let more = if posts.len() > MOST_NAMED { ", …" } else { "" };
        let message = format!("not repaired: what is staged is not what stands in {}{more}", named.join(", "));
        Err(Stop::new(message).help(
            "stage the rest with `git add`, put it aside with `git stash --keep-index`, or look at the repairs with `--diff`",
        ))
    }

    /// What is to be done with repairs of staged posts, to follow what was repaired.
    pub(super) fn after_repairs(&self) -> &'static str {
        if self.staged.is_some() { "; `git add` stages the repairs" } else { "" }
    }

    /// Leaves in a report what touches lines that have changed, if that is all that is asked for.
    pub(super) fn narrow(&self, report: &mut Report, desk: &Desk) {
        if !self.by_line {
            return;
        }
        let mut read = BTreeMap::new();
        report.diagnostics.retain(|one| self.is_met(one, desk, &mut read));
    }

    fn is_met(&self, one: &Diagnostic, desk: &Desk, read: &mut BTreeMap<Arc<str>, Option<Measured>>) -> bool {
        let own = std::iter::once(&one.place.span).chain(&one.also).map(|span| (&one.place.path, *span, true));
        // What is said of two posts belongs to either.
        let others = one.related.iter().map(|related| &related.place).filter(|place| place.path != one.place.path);
        let mut places = own.chain(others.map(|place| (&place.path, place.span, false)));
        places.any(|(path, span, is_own)| match self.changes.of(path) {
            None => false,
            Some(Touched::Whole) => true,
            Some(Touched::Lines(lines)) => {
                let measured = read.entry(path.clone()).or_insert_with(|| Measured::of(path, desk));
                measured.as_mut().is_none_or(|measured| measured.touches(span, is_own, lines, desk))
            }
        })
    }

    /// Says that nothing has changed: an empty report could mean that all is well.
    pub(super) fn tell(&self, outcome: &Outcome, screen: &Screen) {
        if outcome.report.posts.is_empty() {
            stop::note(screen, &self.none);
        }
    }
}

/// A post with its lines, and, once that is asked for, its front matter.
struct Measured {
    source: Source,
    index: LineIndex,
    front: Option<(Span, Span)>,
}

impl Measured {
    fn of(path: &str, desk: &Desk) -> Option<Self> {
        let source = Backdrop::source(desk, path)?;
        Some(Self { index: LineIndex::new(&source.text), source, front: None })
    }

    /// Whether a mark touches lines. What is missing in the front matter is told at its first line, and belongs to all of it;
    /// what is said of the name of a file is told at its start.
    fn touches(&mut self, span: Span, is_own: bool, lines: &Lines, desk: &Desk) -> bool {
        if lines.touch(span, &self.source.text, &self.index) {
            return true;
        }
        if !is_own || span.start > 0 && self.index.line(span.start) > 1 {
            return false;
        }
        let (fence, whole) = *self.front.get_or_insert_with(|| {
            let role = desk.plan().site.role(&self.source.path).unwrap_or(Role::Post);
            let front = Post::parse(self.source.clone(), &desk.plan().site, role).front;
            (front.fence, front.span)
        });
        let is_of_name = span == Span::at(0) && lines.is_renamed;
        let is_of_front = span == fence || span == Span::at(0);
        is_of_name || is_of_front && !whole.is_empty() && lines.touch(whole, &self.source.text, &self.index)
    }
}

fn failure(path: &Arc<str>, unread: Unread) -> Failure {
    match unread {
        Unread::TooLarge(bytes) => walk::too_large(path, bytes),
        Unread::Failed(reason) => Failure {
            path: path.clone(),
            error: format!("cannot read what is staged: {reason}"),
            help: "stage it again with `git add`".to_owned(),
        },
    }
}
