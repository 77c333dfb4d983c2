//! The baseline of a site: read when it is there, written when that is asked for.

use std::io::ErrorKind;

use clap::Args;

use super::check::Scope;
use super::pipeline::Outcome;
use super::site::Site;
use super::stop::{self, Mistakes, Stop};
use super::{Screen, Status};
use crate::baseline::file::{FILE_NAME, read, written};
use crate::baseline::{Baseline, Fault};
use crate::desk::Desk;
use crate::diagnostic::Verdict;
use crate::emit;
use crate::fix::write::{Folder, plain};

/// Most stale entries that are named; the others are counted.
const MOST_NAMED: usize = 10;

/// Arguments about the baseline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub(super) struct BaselineArgs {
    /// Write what is reported into copydesk.baseline.yaml, so that it is not reported again
    #[arg(long, help_heading = "Baseline")]
    update_baseline: bool,

    /// Take out of the baseline what is mended
    #[arg(long, conflicts_with = "update_baseline", help_heading = "Baseline")]
    prune_baseline: bool,

    /// Report what the baseline knows, too
    #[arg(long, conflicts_with_all = ["update_baseline", "prune_baseline"], help_heading = "Baseline")]
    no_baseline: bool,
}

impl BaselineArgs {
    /// The baseline is read unless `no_baseline`, and never written.
    pub(super) fn unless(no_baseline: bool) -> Self {
        Self { no_baseline, ..Self::default() }
    }

    /// Lets a desk know the baseline of its site, if there is one.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub(super) fn teach(&self, desk: &mut Desk, site: &Site) -> anyhow::Result<()> {
        self.read(site)?.into_iter().for_each(|baseline| desk.know(baseline));
        Ok(())
    }

    /// The baseline of a site, if there is one and it is to be read.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub(super) fn read(&self, site: &Site) -> anyhow::Result<Option<Baseline>> {
        if self.no_baseline {
            return Ok(None);
        }
        let path = site.root.join(FILE_NAME);
        let shown = path.display();
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                if self.prune_baseline {
                    let help = "`copydesk --update-baseline` writes one";
                    return Err(Stop::new(format!("there is no baseline at {shown}")).help(help).into());
                }
                return Ok(None);
            }
            Err(error) => return Err(Stop::new(format!("cannot read {shown}: {}", plain(&error))).into()),
        };
        Ok(Some(read(FILE_NAME, &text).map_err(|notice| Mistakes(vec![notice]))?))
    }

    /// Whether the baseline is to be written, not the report.
    pub(super) fn writes(&self) -> bool {
        self.update_baseline || self.prune_baseline
    }

    /// Writes the baseline as it should be after a run; what could not be read keeps its entries.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn write(&self, desk: &Desk, (site, scope): (&Site, &Scope), screen: &Screen) -> anyhow::Result<Status> {
        let report = desk.report(&|path| scope.contains(path));
        let none = Baseline::default();
        let old = desk.baseline().unwrap_or(&none);
        let (new, told) = if self.prune_baseline {
            let new = old.without(&report.stale);
            let removed = old.len() - new.len();
            (new, format!("{removed} removed"))
        } else {
            let is_looked_for = |fault: &Fault| desk.is_looked_for(fault, &|path| scope.contains(path));
            let is_open = |verdict: &Verdict| matches!(verdict, Verdict::Reported | Verdict::Baselined);
            let found = report.diagnostics.iter().filter(|one| is_open(&one.verdict));
            let now = found.flat_map(|one| desk.faults(one)).collect();
            let (new, added, removed) = old.updated(&|fault| !is_looked_for(fault), now);
            (new, format!("{added} added, {removed} removed"))
        };
        let cannot = |error: std::io::Error| Stop::new(format!("cannot write {FILE_NAME}: {}", plain(&error)));
        let folder = Folder::open(&site.root).map_err(cannot)?;
        folder.write(FILE_NAME, written(&new).as_bytes()).map_err(cannot)?;
        stop::note(screen, &format!("{FILE_NAME} knows {}: {told}", emit::plural(new.len(), "fault")));
        Ok(if report.failures.is_empty() { Status::Clean } else { Status::Stopped })
    }
}

/// Says how much the baseline keeps quiet, and what in it is mended.
pub(super) fn tell(outcome: &Outcome, screen: &Screen) {
    let known = outcome.report.diagnostics.iter().filter(|one| one.verdict == Verdict::Baselined).count();
    if known > 0 {
        stop::note(screen, &format!("{} left out: {FILE_NAME} knows them", emit::plural(known, "diagnostic")));
    }
    let stale = &outcome.report.stale;
    if stale.is_empty() {
        return;
    }
    let count: usize = stale.iter().map(|(_, count)| count).sum();
    let named = stale.iter().take(MOST_NAMED).map(|(fault, _)| format!("{} in {}", fault.lint, fault.post));
    let more = if stale.len() > MOST_NAMED { ", …" } else { "" };
    let named: Vec<String> = named.collect();
    let (entries, are) = (emit::plural(count, "fault"), if count == 1 { "is" } else { "are" });
    let told = format!(
        "{entries} of the baseline {are} mended ({}{more}); `--prune-baseline` takes them out",
        named.join(", ")
    );
    stop::note(screen, &told);
}
