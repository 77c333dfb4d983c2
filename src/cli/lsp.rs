//! `copydesk lsp`: serves an editor over standard input and output.

use std::io::{BufReader, Write};
use std::path::Path;

use clap::Args;

use super::baseline::BaselineArgs;
use super::names::LintArgs;
use super::site::SiteArgs;
use super::{Status, pipeline};
use crate::lsp::{Opened, serve};
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
    let open = |path: &Path| open(args, path).map_err(|error| format!("{error:#}"));
    let mut output = std::io::stdout().lock();
    let is_clean = serve(BufReader::new(std::io::stdin()), &mut output, &open)?;
    output.flush()?;
    Ok(if is_clean { Status::Clean } else { Status::Found })
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
    Ok(Opened { root, plan, walk: Box::new(walk), exclude, baseline })
}
