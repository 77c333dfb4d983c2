//! `copydesk completions`: what a shell needs to complete commands and flags.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Arguments, Status, output};

/// Arguments of `completions`.
#[derive(Clone, Debug, Args)]
pub struct CompletionsArgs {
    /// Shell to complete commands and flags in
    ///
    /// For bash: copydesk completions bash > ~/.local/share/bash-completion/completions/copydesk
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Prints the completions.
pub(super) fn run(args: &CompletionsArgs) -> anyhow::Result<Status> {
    // Into memory first: the generator panics where standard output is closed.
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Arguments::command(), "copydesk", &mut text);
    output::print(&text)?;
    Ok(Status::Clean)
}
