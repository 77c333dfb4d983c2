//! `copydesk links`: the links of a site as a graph.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum, ValueHint, value_parser};

use super::progress::{POSTS, Progress};
use super::site::SiteArgs;
use super::stop::{self, Stop};
use super::{Screen, Status, check, output, pipeline};
use crate::emit::{self, links};

/// Arguments of `links`.
#[derive(Clone, Debug, Args)]
#[command(long_about = LONG_ABOUT)]
pub struct LinksArgs {
    /// How to write the graph
    #[arg(short, long, value_name = "FORMAT", default_value = "pretty")]
    format: Format,

    /// Write it to this file
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,

    #[command(flatten)]
    site: SiteArgs,

    /// No progress
    #[arg(short, long)]
    quiet: bool,

    /// Number of threads [default: one for each core]
    #[arg(short, long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

const LONG_ABOUT: &str = "\
Show which pages of the site link to which, and to which hosts.

Nothing is built and nothing is fetched: where each page is follows from its path, its front matter and the site's \
configuration. `pretty` sums up; `json` and `csv` tell every link and where it leads; `dot` draws the pages for Graphviz: \
`copydesk links -f dot | dot -Tsvg > links.svg`.";

/// Formats of the graph, as words of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A summary for people
    Pretty,
    /// One JSON object
    Json,
    /// One line for each link
    Csv,
    /// A drawing for Graphviz
    Dot,
}

/// Writes the graph.
pub(super) fn run(args: &LinksArgs, screen: &Screen) -> anyhow::Result<Status> {
    let (site, _) = check::saved(&args.site, vec![], args.site.request())?;
    let progress = Progress::new(screen, !args.quiet, POSTS);
    let jobs = args.jobs.map(usize::from);
    let desk = pipeline::linked(&site, jobs, &|done, total| progress.tell(done, total));
    progress.finish();
    let desk = desk?;
    let graph = desk.with_corpus(|corpus| corpus.graph());
    let mut text = Vec::new();
    match args.format {
        Format::Pretty => {
            let options = pipeline::options(screen, args.output.is_none() && screen.color);
            links::pretty(&graph, emit::Options { ..options }, &mut text)?;
        }
        Format::Json => links::json(&graph, &mut text)?,
        Format::Csv => links::csv(&graph, &mut text)?,
        Format::Dot => links::dot(&graph, &mut text)?,
    }
    match &args.output {
        Some(file) => std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?,
        None => output::print(&text)?,
    }
    for failure in desk.failures() {
        let stop = Stop::new(format!("{}: {}", failure.path, failure.error)).help(failure.help.clone());
        stop::tell(&stop.into(), screen);
    }
    Ok(if desk.failures().is_empty() { Status::Clean } else { Status::Stopped })
}
