//! `copydesk man`: the manual page, made of the same texts as `--help`.

use clap::{Args, CommandFactory};

use super::{Arguments, Status, output};

/// Arguments of `man`.
#[derive(Clone, Debug, Args)]
pub struct ManArgs {}

/// Prints the manual page.
pub(super) fn run() -> anyhow::Result<Status> {
    let mut text = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut text)?;
    output::print(&text)?;
    Ok(Status::Clean)
}
