//! Where reports go: `--format` chooses how, and an `--output` after it into which file, or `--format FORMAT=FILE` both. What
//! has no file goes to standard output. The order of the two flags matters, which is why they are read by hand here.

use std::ffi::OsStr;
use std::path::PathBuf;

use anyhow::Context;
use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, ValueEnum, ValueHint, value_parser};

use crate::emit;

/// Arguments that say where reports go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutputArgs {
    outputs: Vec<Output>,
}

/// One report to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// How.
    pub format: Format,
    /// Into which file; `None` is standard output.
    pub file: Option<PathBuf>,
}

/// Formats of reports, as words of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Excerpts with the places underlined
    Pretty,
    /// One line for each diagnostic
    Short,
    /// One JSON object
    Json,
    /// One JSON object on each line
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// A code quality report of GitLab
    Gitlab,
    /// Test results in XML
    Junit,
    /// Checkstyle's XML
    Checkstyle,
    /// Reviewdog's JSON
    Rdjson,
    /// A summary of a job
    Markdown,
}

impl From<Format> for emit::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Pretty => emit::Format::Pretty,
            Format::Short => emit::Format::Short,
            Format::Json => emit::Format::Json,
            Format::Jsonl => emit::Format::Jsonl,
            Format::Sarif => emit::Format::Sarif,
            Format::Github => emit::Format::Github,
            Format::Gitlab => emit::Format::Gitlab,
            Format::Junit => emit::Format::Junit,
            Format::Checkstyle => emit::Format::Checkstyle,
            Format::Rdjson => emit::Format::Rdjson,
            Format::Markdown => emit::Format::Markdown,
        }
    }
}

impl OutputArgs {
    /// The reports to write, at least one.
    pub fn outputs(self) -> Vec<Output> {
        if self.outputs.is_empty() { vec![Output { format: Format::Pretty, file: None }] } else { self.outputs }
    }
}

impl Output {
    /// Writes a finished report.
    ///
    /// # Errors
    /// When it cannot be written; a reader who went away is told apart by `stop::is_broken_pipe`.
    pub fn write(&self, text: &[u8]) -> anyhow::Result<()> {
        match &self.file {
            Some(file) => std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display())),
            None => print(text),
        }
    }
}

/// Writes to standard output.
///
/// # Errors
/// When it cannot be written.
pub fn print(text: &[u8]) -> anyhow::Result<()> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    out.write_all(text).and_then(|()| out.flush()).context("cannot write to standard output")
}

impl Args for OutputArgs {
    fn augment_args(command: Command) -> Command {
        let format = Arg::new("format")
            .short('f')
            .long("format")
            .value_name("FORMAT[=FILE]")
            .action(ArgAction::Append)
            .value_parser(FormatParser)
            .help_heading("Output")
            .help("How to report, and into which file; may be repeated [default: pretty]")
            .long_help(
                "How to report. May be repeated, to write several reports at once: FORMAT=FILE writes one into a file, \
                 as an --output after the --format does, and one without a file goes to standard output. \
                 [default: pretty]",
            );
        let output = Arg::new("output")
            .short('o')
            .long("output")
            .value_name("FILE")
            .action(ArgAction::Append)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath)
            .help_heading("Output")
            .help("Write the report in the --format before it to this file");
        command.arg(format).arg(output)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for OutputArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let formats = placed::<Output>(matches, "format").map(|(at, output)| (at, Flag::Format(output)));
        let files = placed::<PathBuf>(matches, "output").map(|(at, file)| (at, Flag::File(file)));
        let mut flags: Vec<(usize, Flag)> = formats.chain(files).collect();
        flags.sort_by_key(|(at, _)| *at);
        let outputs = paired(flags.into_iter().map(|(_, flag)| flag));
        outputs
            .map(|outputs| OutputArgs { outputs })
            .map_err(|message| clap::Error::raw(ErrorKind::ArgumentConflict, message))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Reads `FORMAT` or `FORMAT=FILE`.
#[derive(Clone)]
struct FormatParser;

impl TypedValueParser for FormatParser {
    type Value = Output;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<Output, clap::Error> {
        let (word, file) = match value.to_str().and_then(|value| value.split_once('=')) {
            Some((word, file)) => (OsStr::new(word), Some(file)),
            None => (value, None),
        };
        let format = EnumValueParser::<Format>::new().parse_ref(command, arg, word)?;
        if file == Some("") {
            let message = format!("no file behind `=` in '--format {}'", value.to_string_lossy());
            return Err(clap::Error::raw(ErrorKind::InvalidValue, message).format(&mut command.clone()));
        }
        Ok(Output { format, file: file.map(PathBuf::from) })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Format::value_variants().iter().filter_map(ValueEnum::to_possible_value)))
    }
}

enum Flag {
    Format(Output),
    File(PathBuf),
}

/// The values of a flag with their places on the command line.
fn placed<T: Clone + Send + Sync + 'static>(matches: &ArgMatches, id: &str) -> impl Iterator<Item = (usize, T)> {
    let values = matches.get_many::<T>(id).into_iter().flatten().cloned();
    matches.indices_of(id).into_iter().flatten().zip(values)
}

/// Gives each file the format before it; the first file may do without one.
fn paired(flags: impl Iterator<Item = Flag>) -> Result<Vec<Output>, String> {
    let mut outputs: Vec<Output> = Vec::new();
    for flag in flags {
        match (flag, outputs.last_mut()) {
            (Flag::Format(output), _) => outputs.push(output),
            (Flag::File(file), None) => outputs.push(Output { format: Format::Pretty, file: Some(file) }),
            (Flag::File(file), Some(Output { file: slot @ None, .. })) => *slot = Some(file),
            (Flag::File(file), Some(_)) => {
                return Err(format!("'--output {}' needs a '--format' of its own before it", file.display()));
            }
        }
    }
    for (at, output) in outputs.iter().enumerate() {
        if outputs[..at].iter().any(|other| other.file == output.file) {
            return Err(match &output.file {
                None => "only one '--format' can go to standard output; write 'FORMAT=FILE' for the other".to_owned(),
                Some(file) => format!("two reports would be written into '{}'", file.display()),
            });
        }
    }
    Ok(outputs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, clap::Parser)]
    struct Line {
        #[command(flatten)]
        args: OutputArgs,
    }

    fn outputs(line: &str) -> Result<Vec<(Format, Option<String>)>, String> {
        let words = std::iter::once("x").chain(line.split_whitespace());
        let line = <Line as clap::Parser>::try_parse_from(words).map_err(|error| error.to_string())?;
        let outputs = line.args.outputs().into_iter();
        Ok(outputs.map(|output| (output.format, output.file.map(|file| file.display().to_string()))).collect())
    }

    fn file(name: &str) -> Option<String> {
        Some(name.to_owned())
    }

    #[test]
    fn a_file_takes_the_format_before_it() {
        assert_eq!(outputs(""), Ok(vec![(Format::Pretty, None)]));
        assert_eq!(outputs("-o a.txt"), Ok(vec![(Format::Pretty, file("a.txt"))]));
        assert_eq!(outputs("-f json"), Ok(vec![(Format::Json, None)]));
        let both = vec![(Format::Jsonl, file("a")), (Format::Short, None)];
        assert_eq!(outputs("-f jsonl -o a -f short"), Ok(both));
        let both = vec![(Format::Short, None), (Format::Jsonl, file("a"))];
        assert_eq!(outputs("--format short --format jsonl --output a"), Ok(both));
    }

    #[test]
    fn a_format_may_name_its_file() {
        let both = vec![(Format::Pretty, None), (Format::Sarif, file("out/a=b.sarif"))];
        assert_eq!(outputs("--format pretty --format sarif=out/a=b.sarif"), Ok(both));
        let three = vec![(Format::Gitlab, file("a")), (Format::Json, file("b")), (Format::Github, None)];
        assert_eq!(outputs("-f gitlab=a -fjson -o b -f github"), Ok(three));
    }

    #[test]
    fn every_format_has_its_word() {
        let words: Vec<_> = Format::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect();
        let words: Vec<&str> = words.iter().map(|word| word.get_name()).collect();
        assert_eq!(words, emit::Format::names().collect::<Vec<_>>());
    }

    #[test]
    fn says_which_report_has_no_place() {
        for (line, part) in [
            ("-f json -f short", "only one '--format' can go to standard output"),
            ("-f json -o a -o b", "'--output b' needs a '--format' of its own"),
            ("-f json -o a -f short -o a", "two reports would be written into 'a'"),
            ("-f json=a -f sarif=a", "two reports would be written into 'a'"),
            ("-f json=a -o b", "'--output b' needs a '--format' of its own"),
            ("-f json=", "no file behind `=` in '--format json='"),
            ("-f xml", "invalid value 'xml' for '--format <FORMAT[=FILE]>'"),
            ("-f xml=a", "invalid value 'xml' for '--format <FORMAT[=FILE]>'"),
        ] {
            let error = outputs(line).expect_err(line);
            assert!(error.contains(part), "{line}: {error}");
        }
    }
}
