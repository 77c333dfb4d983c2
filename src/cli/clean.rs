//! `copydesk clean`: removes the cache of a site.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::site::SiteArgs;
use super::stop::Stop;
use super::{Screen, Status, output};
use crate::cache::folder;
use crate::config::Request;
use crate::emit;
use crate::fix::write::plain;

/// Arguments of `clean`.
#[derive(Debug, Args)]
pub(super) struct CleanArgs {
    /// A folder or file of the site [default: the current folder]
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    path: Option<PathBuf>,

    #[command(flatten)]
    site: SiteArgs,
}

/// Removes the cache, with what the network said of links.
pub(super) fn run(args: &CleanArgs, screen: &Screen) -> anyhow::Result<Status> {
    let request = Request { ..args.site.request() };
    let site = args.site.site(args.path.as_slice(), request)?;
    let cache = site.root.join(folder::NAME);
    let named = emit::printable(&cache.display().to_string(), !screen.unicode);
    let removed = folder::remove(&cache).map_err(|error| {
        Stop::new(format!("cannot remove {}: {}", cache.display(), plain(&error))).help("remove it by hand")
    })?;
    let text = match removed {
        None => format!("there is no cache at {named}\n"),
        Some(folder::Removed { bytes, others: 0 }) => format!("removed {named} ({})\n", size(bytes)),
        Some(folder::Removed { bytes, others }) => {
            let others = emit::plural(others, "file");
            format!("removed {} from {named}; {others} in it are not copydesk's and stay\n", size(bytes))
        }
    };
    output::print(text.as_bytes())?;
    Ok(Status::Clean)
}

/// A number of bytes as people read it.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
