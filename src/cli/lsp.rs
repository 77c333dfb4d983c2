//! `copydesk lsp`: serves an editor over standard input and output.

use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::baseline::BaselineArgs;
use super::names::LintArgs;
use super::site::{Site, SiteArgs};
use super::stop::Mistakes;
use super::{Status, pipeline};
use crate::lsp::{Opened, Sites, serve};
use crate::source::LineIndex;
use crate::walk;

/// Arguments of `lsp`.
#[derive(Debug, Args)]
pub(super) struct LspArgs {
    #[command(flatten)]
    lints: LintArgs,

    #[command(flatten)]
    site: SiteArgs,

    /// What all clients pass, and nothing else is served
    #[arg(long, hide = true)]
    stdio: bool,
}

/// Serves until the client says `exit` or is gone. The protocol wants status 1 where it did not say `shutdown` before.
pub(super) fn run(args: &LspArgs) -> anyhow::Result<Status> {
    let open = |path: &Path| open(args, path).map_err(|error| in_words(&error));
    let sites = Sites { root: args.site.named_root()?, open: &open };
    let mut output = std::io::stdout().lock();
    let is_clean = serve(BufReader::new(std::io::stdin()), &mut output, sites)?;
    output.flush()?;
    Ok(if is_clean { Status::Clean } else { Status::Found })
}

/// Most mistakes that are told at once.
const MOST: usize = 3;

/// What keeps a site from being opened, in words for somebody who sees no terminal.
fn in_words(error: &anyhow::Error) -> String {
    let Some(Mistakes(notices)) = error.downcast_ref() else { return format!("{error:#}") };
    let told = notices.iter().take(MOST).map(|notice| {
        let place = LineIndex::new(&notice.text).line_column(&notice.text, notice.span.start);
        let help = notice.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{}:{}:{}: {}{help}", notice.path, place.line, place.column, notice.message)
    });
    let more = notices.len().checked_sub(MOST + 1).map(|more| format!("and {} more", more + 1));
    told.chain(more).collect::<Vec<_>>().join("\n")
}

/// The site around a file, which need not be there yet.
fn open(args: &LspArgs, path: &Path) -> anyhow::Result<Opened> {
    let around = path.ancestors().find(|path| path.exists()).map(Path::to_path_buf);
    let request = args.lints.clone().add_to(args.site.request());
    let site = args.site.site(around.as_slice(), request)?;
    let plan = pipeline::planned(&site)?;
    let baseline = BaselineArgs::default().read(&site)?;
    let (root, exclude) = (site.root.clone(), pipeline::excluded(&site)?);
    let (its_root, its_plan, its_exclude) = (root.clone(), plan.clone(), exclude.clone());
    let walk = move || walk::find(&its_root, &its_plan.site, &its_exclude, 0);
    let settings = settings(&site);
    Ok(Opened { root, plan, walk: Box::new(walk), exclude, baseline, settings })
}

/// The files that the configuration of a site was read from: its own, and the schema that it names.
fn settings(site: &Site) -> Vec<PathBuf> {
    let Some(config) = &site.config else { return vec![] };
    let own = Path::new(&*config.path);
    let schema = config.file.front_matter.schema.as_ref();
    let schema = schema.map(|schema| own.parent().unwrap_or(Path::new("")).join(&schema.value));
    [Some(own.to_owned()), schema].into_iter().flatten().filter_map(|path| path.canonicalize().ok()).collect()
}
