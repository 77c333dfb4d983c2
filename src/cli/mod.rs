//! The command line: what may be typed, and which command it starts. Each command is one file with its arguments and what
//! it does; arguments become plain settings before anything below this module sees them.

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub mod baseline;
mod changed;
mod check;
pub mod clean;
pub mod completions;
pub mod config;
pub mod dedup;
pub mod explain;
pub mod fingerprint;
mod fix;
pub mod init;
pub mod links;
mod lints;
pub mod list;
mod lsp;
pub mod man;
pub mod names;
#[cfg(feature = "online")]
mod online;
pub mod output;
pub mod pipeline;
pub mod progress;
pub mod report;
pub mod screen;
pub mod similar;
pub mod site;
pub mod stop;
pub mod suppress;
pub mod test;
mod trial;
mod watch;

pub use screen::Screen;
use stop::Stop;

/// What the program was asked to do.
#[derive(Debug, Parser)]
#[command(
    name = "copydesk",
    version,
    about = "The last read before a post goes out: lints the posts of blogs and static sites",
    long_about = LONG_ABOUT,
    after_help = "See `copydesk --help` for longer texts and examples, `copydesk list` for the lints.",
    after_long_help = EXAMPLES,
    max_term_width = 100,
    override_usage = "copydesk [OPTIONS] [PATHS]...\n       copydesk <COMMAND>",
)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Without a command, the posts are checked.
    #[command(flatten)]
    check: check::CheckArgs,
    #[command(flatten)]
    terminal: TerminalArgs,
}

const LONG_ABOUT: &str = "\
The last read before a post goes out: lints the posts of blogs and static sites.

copydesk reads the posts of a whole site (Markdown with embedded HTML; front matter in YAML, TOML or JSON) and points at \
the exact characters where front matter is missing or broken, text is boilerplate or was scraped along, links are empty \
or odd, and text is damaged. Paths restrict what is reported, never what a post is compared with.

Exit status: 0 if nothing at or above --fail-on was found, 1 if something was, 2 if the job could not be done.";

const EXAMPLES: &str = "\
Examples:
  copydesk                              check the site around the current folder
  copydesk _posts/2024-05-01-hello.md   report one post, compared with the whole site
  copydesk --fail-on error -f short     for a job that fails on errors only
  copydesk -f pretty -f sarif=copydesk.sarif
                                        to the terminal and into a file at once
  copydesk - --stdin-filename _posts/2024-05-01-hello.md < draft.md
                                        check a text that is not saved yet
  copydesk explain LINT                 what a lint looks for, and why
  copydesk init                         write a copydesk.yaml to start from";

/// The commands.
#[derive(Debug, Subcommand)]
enum Command {
    /// Check posts (what copydesk does without a command)
    Check(check::CheckArgs),
    /// Repair what can be repaired without a doubt (`check --fix`)
    Fix(check::CheckArgs),
    /// List posts that are copies of one another, and take the copies out of the site
    Dedup(dedup::DedupArgs),
    /// Write comments that hide what is reported, with a reason
    Suppress(suppress::SuppressArgs),
    /// Show the posts that are most like one text
    Similar(similar::SimilarArgs),
    /// Show which pages of the site link to which, and to which hosts
    Links(links::LinksArgs),
    /// Write a page for those who answer for the whole site
    Report(report::ReportArgs),
    /// List the lints with their levels
    List(list::ListArgs),
    /// Explain one lint: what it looks for, why, and what to do
    Explain(explain::ExplainArgs),
    /// Try your own lints on their examples
    Test(test::TestArgs),
    /// Write a copydesk.yaml to start from
    Init(init::InitArgs),
    /// Show the settings that hold here, and where each came from
    Config(config::ConfigArgs),
    /// Give each text of a stream its fingerprint, for joining texts elsewhere
    Fingerprint(fingerprint::FingerprintArgs),
    /// Remove the cache of a site
    Clean(clean::CleanArgs),
    /// Serve an editor: diagnostics and repairs while a post is written
    Lsp(lsp::LspArgs),
    /// Print a completion script for a shell
    Completions(completions::CompletionsArgs),
    /// Print the manual page
    Man(man::ManArgs),
}

/// Names of the commands, for a word that is neither a command nor a path.
const COMMANDS: &[&str] = &[
    "check",
    "fix",
    "dedup",
    "suppress",
    "similar",
    "links",
    "report",
    "list",
    "explain",
    "test",
    "init",
    "config",
    "fingerprint",
    "clean",
    "lsp",
    "completions",
    "man",
];

/// Flags about the terminal, for every command.
#[derive(Clone, Debug, Args)]
struct TerminalArgs {
    /// Colour the output
    ///
    /// `auto` colours a terminal, unless NO_COLOR is set or TERM is `dumb`; CLICOLOR_FORCE colours everything else, too.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Terminal")]
    color: Color,

    /// Draw with ASCII characters only
    ///
    /// This is the default where the locale (LC_ALL, LC_CTYPE, LANG) is set to something else than UTF-8, and where
    /// TERM is `linux` or `dumb`.
    #[arg(long, global = true, help_heading = "Terminal")]
    ascii: bool,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// A terminal that wants colours
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The job is done and nothing stands out.
    Clean,
    /// The job is done and something stands out.
    Found,
    /// The job could not be done.
    Stopped,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        match status {
            Status::Clean => ExitCode::SUCCESS,
            Status::Found => ExitCode::from(1),
            Status::Stopped => ExitCode::from(2),
        }
    }
}

impl Arguments {
    /// When to colour.
    pub fn color(&self) -> Color {
        self.terminal.color
    }

    /// Whether to draw with ASCII characters only.
    pub fn ascii(&self) -> bool {
        self.terminal.ascii
    }

    /// The command, which is `check` if none is named. Flags of `check` before another command would mean nothing.
    fn asked(self) -> Result<Command, Stop> {
        match self.command {
            None => Ok(Command::Check(self.check)),
            Some(command) if self.check == check::CheckArgs::default() => Ok(command),
            Some(_) => Err(Stop::new("the paths and flags of a command stand after it").help(
                "`copydesk help COMMAND` shows which there are; a folder of that name is checked as `./COMMAND`",
            )),
        }
    }

    /// Does what was asked for.
    ///
    /// # Errors
    /// When the job cannot be done.
    pub fn run(self, screen: &Screen) -> anyhow::Result<Status> {
        match self.asked()? {
            Command::Check(args) => check::run(args, screen),
            Command::Fix(args) => check::run(args.fixing(), screen),
            Command::Dedup(args) => dedup::run(args, screen),
            Command::Suppress(args) => suppress::run(&args, screen),
            Command::Similar(args) => similar::run(&args, screen),
            Command::Links(args) => links::run(&args, screen),
            Command::Report(args) => report::run(args, screen),
            Command::List(args) => list::run(&args, screen),
            Command::Explain(args) => explain::run(&args, screen),
            Command::Test(args) => test::run(&args, screen),
            Command::Init(args) => init::run(&args, screen),
            Command::Config(args) => config::run(&args, screen),
            Command::Fingerprint(args) => fingerprint::run(&args),
            Command::Clean(args) => clean::run(&args, screen),
            Command::Lsp(args) => lsp::run(&args),
            Command::Completions(args) => completions::run(&args),
            Command::Man(_) => man::run(),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn parse(line: &str) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(line.split(' '))
    }

    fn checked(line: &str) -> check::CheckArgs {
        let arguments = parse(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        match arguments.asked() {
            Ok(Command::Check(args)) => args,
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn check_is_the_command_that_need_not_be_named() {
        for (short, long) in [
            ("copydesk", "copydesk check"),
            ("copydesk posts/", "copydesk check posts/"),
            ("copydesk -q a.md b.md --jobs 2", "copydesk check -q a.md b.md --jobs 2"),
            ("copydesk ./list", "copydesk check ./list"),
            ("copydesk posts list", "copydesk check posts list"),
        ] {
            assert_eq!(checked(short), checked(long), "{short}");
        }
    }

    #[test]
    fn flags_about_the_terminal_stand_before_and_after_the_command() {
        for line in ["copydesk list --color never", "copydesk --color never list"] {
            let arguments = parse(line).unwrap_or_else(|error| panic!("{line}: {error}"));
            assert_eq!(arguments.color(), Color::Never, "{line}");
            assert!(matches!(arguments.asked(), Ok(Command::List(_))), "{line}");
        }
    }

    #[test]
    fn what_belongs_to_a_command_does_not_stand_before_it() {
        for line in ["copydesk --jobs 2 list", "copydesk -q check posts"] {
            let arguments = parse(line).unwrap_or_else(|error| panic!("{line}: {error}"));
            let stop = arguments.asked().expect_err(line);
            assert_eq!(stop.message, "the paths and flags of a command stand after it", "{line}");
        }
    }

    #[test]
    fn the_names_of_commands_are_all_known() {
        let command = Arguments::command();
        assert_eq!(command.get_subcommands().map(clap::Command::get_name).collect::<Vec<_>>(), COMMANDS);
    }

    #[test]
    fn every_command_says_what_it_does() {
        for command in Arguments::command().get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for arg in command.get_arguments() {
                assert!(arg.get_help().is_some(), "{} {}", command.get_name(), arg.get_id());
            }
        }
    }
}
