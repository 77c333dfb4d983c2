//! Running a program that a test has just copied.

use std::io::ErrorKind;
use std::process::{Command, Output};
use std::time::Duration;

/// Runs a command to its end. A program that was just copied may still be open for writing in a process that another test
/// begins: it is tried again until that is over.
pub(crate) fn output(command: &mut Command) -> Output {
    let mut output = command.output();
    while output.as_ref().is_err_and(|error| error.kind() == ErrorKind::ExecutableFileBusy) {
        std::thread::sleep(Duration::from_millis(10));
        output = command.output();
    }
    output.expect("the command runs")
}
