//! The program: reads the arguments, does what they ask for, and turns the outcome into an exit status.

use std::process::ExitCode;

use clap::Parser;
use copydesk::cli::{Arguments, Screen, stop};

/// All threads make and drop the facts of posts at the same time.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let screen = Screen::of_process(arguments.color(), arguments.ascii());
    match arguments.run(&screen) {
        Ok(status) => status.into(),
        Err(error) if stop::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            stop::tell(&error, &screen);
            copydesk::cli::Status::Stopped.into()
        }
    }
}
