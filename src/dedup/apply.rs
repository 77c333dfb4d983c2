//! Carries a plan out, cluster by cluster: what is about to change is noted in the journal, on the disk, before it changes.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::action::Action;
use super::journal::{Entry, Journal, Store};
use super::plan::CopyPlan;
use super::prepare::{Batch, Deed, Ground, Step};
use super::{QUARANTINE, UNDO};
use crate::diagnostic::Failure;
use crate::fix::Refused;
use crate::fix::front_matter::quoted;
use crate::fix::write::{Folder, plain};
use crate::site::Site;
use crate::site::address::Route;

/// What is to be carried out, and on what.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The site.
    pub site: &'a Site,
    /// Where the posts of some folders are shown, as its owner tells.
    pub routes: &'a [Route],
    /// What becomes of each copy.
    pub plan: &'a CopyPlan,
}

/// What was done, or would be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// One for each file, in order.
    pub done: Vec<Done>,
    /// What was not done, and why.
    pub refused: Vec<Failure>,
    /// What else the site needs.
    pub notes: BTreeSet<String>,
    /// Why it stopped before its end, if it did.
    pub cut_off: Option<Refused>,
}

/// A file that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// As part of which action.
    pub action: Action,
    /// Its path.
    pub path: String,
    /// What was done to it, in words that follow the path.
    pub words: String,
}

/// What a plan would do now.
///
/// # Errors
/// When the site's folder cannot be read.
pub fn rehearse(order: Order<'_>, folder: &Folder) -> Result<Outcome, Refused> {
    let number = Store::next(folder).map_err(|error| Refused::new(format!("cannot read {UNDO}: {}", plain(&error))))?;
    let ground = Ground::new(folder, &order, number);
    let mut outcome = Outcome::default();
    for group in &order.plan.clusters {
        let batch = ground.batch(group);
        outcome.refused.extend(batch.refused);
        outcome.notes.extend(batch.notes);
        outcome.done.extend(batch.steps.into_iter().map(Step::done));
    }
    Ok(outcome)
}

/// Carries out a plan. What cannot be done is left as it is and told of; the rest is done.
///
/// # Errors
/// When nothing was begun: an earlier apply was cut off and is to be undone first, or the journal cannot be written.
pub fn apply(order: Order<'_>, store: &Store<'_>) -> Result<Outcome, Refused> {
    let stuck = |error: std::io::Error| Refused::new(format!("cannot write the undo journal: {}", plain(&error)));
    if let Some(record) = store.last().map_err(stuck)?.filter(|record| !record.is_closed()) {
        let message = format!("an earlier apply was cut off ({UNDO}/{})", record.number);
        return Err(Refused::new(message).help("run `copydesk dedup --undo` first"));
    }
    let journal = store.begin().map_err(stuck)?;
    let ground = Ground::new(store.folder(), &order, journal.number);
    let mut run = Run { folder: store.folder(), journal, outcome: Outcome::default(), moved: vec![], touched: false };
    for group in &order.plan.clusters {
        let batch = ground.batch(group);
        if let Err(error) = run.carry_out(batch) {
            let done = run.outcome.done.len();
            let message = format!("cannot write the undo journal: {}; stopped after {done} changes", plain(&error));
            run.outcome.cut_off = Some(Refused::new(message).help("`copydesk dedup --undo` takes them back"));
            return Ok(run.outcome);
        }
    }
    let number = run.journal.number;
    let (touched, outcome) = (run.touched, run.finish());
    if !touched {
        // There is nothing to take back.
        let _ = store.forget(number);
    }
    Ok(outcome)
}

/// An apply under way.
struct Run<'a> {
    folder: &'a Folder,
    journal: Journal,
    outcome: Outcome,
    /// What is in the quarantine now: where it was, and the hash of its bytes.
    moved: Vec<(String, String)>,
    /// Whether anything was noted in the journal.
    touched: bool,
}

impl Run<'_> {
    /// Carries out the steps of a cluster.
    ///
    /// # Errors
    /// When the journal cannot be written. Then none of the steps is done.
    fn carry_out(&mut self, batch: Batch) -> std::io::Result<()> {
        self.outcome.refused.extend(batch.refused);
        let mut steps = Vec::new();
        let mut noted = Vec::new();
        let mut broken = false;
        for step in batch.steps {
            match self.entry(&step) {
                Ok(_) if broken && step.action == Action::Redirect => self.strand(&step),
                Ok(entry) => {
                    noted.extend(entry);
                    steps.push(step);
                }
                Err(error) => {
                    broken |= step.is_lead();
                    self.refuse(&step.path, &error);
                }
            }
        }
        if !noted.is_empty() {
            self.settle_saved(&noted)?;
            self.journal.note(&noted)?;
            self.touched = true;
        }
        for step in steps {
            if broken && step.action == Action::Redirect {
                self.strand(&step);
                continue;
            }
            match self.step(&step) {
                Ok(()) => self.outcome.done.push(step.done()),
                Err(error) => {
                    broken |= step.is_lead();
                    self.refuse(&step.path, &error);
                }
            }
        }
        self.outcome.notes.extend(batch.notes);
        Ok(())
    }

    /// What the journal says of a step. Old bytes are kept before anything is said.
    fn entry(&self, step: &Step) -> std::io::Result<Option<Entry>> {
        let path = step.path.clone();
        match &step.deed {
            Deed::Nothing => Ok(None),
            Deed::Move(to) => Ok(Some(Entry::Move { from: path, to: to.clone(), hash: step.hash.clone() })),
            Deed::Write(text) => {
                let saved = format!("{UNDO}/{}/saved/{path}", self.journal.number);
                self.folder.keep(&path, &saved)?;
                let after = blake3::hash(text.as_bytes()).to_hex().to_string();
                Ok(Some(Entry::Write { path, before: step.hash.clone(), after, saved }))
            }
        }
    }

    /// Makes sure that the old bytes are on the disk, with the folders on the way to them, which are new as well.
    fn settle_saved(&self, noted: &[Entry]) -> std::io::Result<()> {
        let saved =
            noted.iter().filter_map(|entry| if let Entry::Write { saved, .. } = entry { Some(saved) } else { None });
        let ways = saved.flat_map(|saved| {
            let folders = saved.match_indices('/').map(|(slash, _)| &saved[..slash]);
            folders.filter(|folder| folder.len() > UNDO.len()).chain([saved.as_str()])
        });
        self.folder.settle(ways)
    }

    fn step(&mut self, step: &Step) -> std::io::Result<()> {
        match &step.deed {
            Deed::Nothing => Ok(()),
            Deed::Write(text) => self.folder.write(&step.path, text.as_bytes()),
            Deed::Move(to) => {
                self.folder.rename(&step.path, to)?;
                if to.starts_with(QUARANTINE) {
                    self.moved.push((step.path.clone(), step.hash.clone()));
                }
                Ok(())
            }
        }
    }

    /// Leaves a copy where it is because its address cannot lead to the post that stays.
    fn strand(&mut self, step: &Step) {
        let help = "it is where it was".to_owned();
        let error = "its address cannot lead to the post that stays".to_owned();
        self.outcome.refused.push(Failure { path: step.path.as_str().into(), error, help });
    }

    fn refuse(&mut self, path: &str, error: &std::io::Error) {
        let help = "it is as it was".to_owned();
        self.outcome.refused.push(Failure { path: path.into(), error: plain(error), help });
    }

    /// Writes the manifest and closes the journal.
    fn finish(mut self) -> Outcome {
        let number = self.journal.number;
        if !self.moved.is_empty() {
            let path = format!("{QUARANTINE}/{number}/manifest.yaml");
            if let Err(error) = self.folder.write(&path, manifest(&self.moved).as_bytes()) {
                self.refuse(&path, &error);
            }
        }
        let settled = self.folder.settle(self.outcome.done.iter().map(|done| done.path.as_str()));
        if let Err(error) = settled.and_then(|()| self.journal.note(&[Entry::Finished])) {
            let message = format!("all was done, but the undo journal cannot be closed: {}", plain(&error));
            let help = "make room on the disk, then run `copydesk dedup --undo`";
            self.outcome.cut_off = Some(Refused::new(message).help(help));
        }
        self.outcome
    }
}

impl Step {
    /// Whether it makes addresses lead to the post that stays: copies do not go before that.
    fn is_lead(&self) -> bool {
        self.action == Action::Redirect && matches!(self.deed, Deed::Write(_))
    }

    fn done(self) -> Done {
        let already = if matches!(self.deed, Deed::Nothing) { "is so already: " } else { "" };
        Done { action: self.action, path: self.path, words: format!("{already}{}", self.words) }
    }
}

/// What lies in a folder of the quarantine.
fn manifest(moved: &[(String, String)]) -> String {
    let mut out = String::from(
        "# Posts that `copydesk dedup` took out of the site. Each lies below this folder at the path it had there.\n\
         version: 1\nposts:\n",
    );
    for (path, hash) in moved {
        let _ = write!(out, "  - path: {}\n    hash: {}\n", quoted(path), quoted(hash));
    }
    out
}
