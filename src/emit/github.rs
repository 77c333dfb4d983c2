//! Workflow commands of GitHub Actions. A step may annotate ten errors, ten warnings and ten notices; what comes after them
//! is dropped. So the ten most serious of each kind become annotations, and the rest are lines of the log.
//!
//! The runner reads commands from the log: a line that begins with `::`, blanks aside, or holds `##[` anywhere. Words of posts
//! must never be one. The log stands between `::stop-commands::TOKEN` and `::TOKEN::`, where nothing is a command but that
//! token, and is disarmed besides, for whoever cuts it up. The token is a hash of the log: no text can hold its own.

use std::cmp::Reverse;
use std::io;

use super::sanitise::{is_bidirectional, line};
use super::text::Texts;
use super::{Options, Run, pretty, said};
use crate::diagnostic::{Diagnostic, Failure, Level};

/// Most annotations of a kind in one step (actions/toolkit, docs/problem-matchers.md).
const MOST_OF_A_KIND: usize = 10;

/// The kinds of annotations, the most serious first.
const KINDS: [Level; 3] = [Level::Error, Level::Warn, Level::Info];

/// Something to say: about a post, or about a file that could not be read.
#[derive(Clone, Copy)]
enum Saying<'a> {
    Diagnostic(&'a Diagnostic),
    Failure(&'a Failure),
}

/// Writes the annotations, the rest as a log, and what it comes to.
pub(super) fn report(run: &Run<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut texts = Texts::new(run.backdrop);
    let mut log = String::new();
    let mut logged = 0;
    for kind in KINDS {
        let (annotated, rest) = of_kind(run, kind);
        for saying in annotated {
            writeln!(out, "{}", annotation(saying, run, &mut texts))?;
        }
        logged += rest.len();
        for saying in rest {
            log.push_str(&disarmed(&log_line(saying, run, &mut texts)));
            log.push('\n');
        }
    }
    if logged > 0 {
        let token = &blake3::hash(log.as_bytes()).to_hex()[..32];
        write!(out, "::stop-commands::{token}\n{log}::{token}::\n")?;
    }
    if run.options.summary {
        let rest = if logged > 0 { format!("; {logged} of them in this log only") } else { String::new() };
        writeln!(out, "{}{rest}", pretty::sum(run.report, Options::PLAIN))?;
    }
    Ok(())
}

/// What is said at a level as annotations, and the rest in the order of the report. What could not be read comes first, then
/// what stands in most places.
fn of_kind<'a>(run: &Run<'a>, kind: Level) -> (Vec<Saying<'a>>, Vec<Saying<'a>>) {
    let failures = run.report.failures.iter().filter(|_| kind == Level::Error).map(Saying::Failure);
    let diagnostics = run.reported().filter(|diagnostic| diagnostic.level == kind).map(Saying::Diagnostic);
    let mut sayings: Vec<(usize, Saying<'_>)> = failures.chain(diagnostics).enumerate().collect();
    sayings.sort_by_key(|(at, saying)| (Reverse(saying.places()), *at));
    let mut rest = sayings.split_off(sayings.len().min(MOST_OF_A_KIND));
    rest.sort_by_key(|(at, _)| *at);
    let [annotated, rest] = [sayings, rest].map(|part| part.into_iter().map(|(_, saying)| saying).collect());
    (annotated, rest)
}

impl Saying<'_> {
    /// In how many places it is wrong: a file that cannot be read is so all over.
    fn places(self) -> usize {
        match self {
            Self::Diagnostic(diagnostic) => diagnostic.count(),
            Self::Failure(_) => usize::MAX,
        }
    }
}

fn annotation(saying: Saying<'_>, run: &Run<'_>, texts: &mut Texts<'_>) -> String {
    match saying {
        Saying::Failure(failure) => {
            let path = property(&file(&run.in_repository(&failure.path)));
            format!("::error file={path},title=copydesk::{}", data(&said::failure(failure)))
        }
        Saying::Diagnostic(diagnostic) => {
            let path = property(&file(&run.in_repository(&diagnostic.place.path)));
            let place = place(diagnostic, texts);
            let title = property(&line(&diagnostic.lint, false));
            let message = data(&format!("{}\n{}", said::message(diagnostic, false), said::help(diagnostic)));
            format!("::{} file={path}{place},title={title}::{message}", command(diagnostic.level))
        }
    }
}

fn command(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Info => "notice",
    }
}

/// Lines and columns. GitHub takes columns only where both ends lie in one line.
fn place(diagnostic: &Diagnostic, texts: &mut Texts<'_>) -> String {
    let Some((start, end)) = texts.range(&diagnostic.place.path, diagnostic.place.span) else { return String::new() };
    if start.line == end.line {
        return format!(",line={0},endLine={0},col={1},endColumn={2}", start.line, start.column, end.column);
    }
    // A place that ends where a line begins has nothing in that line.
    let last = if end.column == 1 { end.line - 1 } else { end.line };
    format!(",line={},endLine={last}", start.line)
}

/// `path:line:column: level[lint] message`, as in the format `short`.
fn log_line(saying: Saying<'_>, run: &Run<'_>, texts: &mut Texts<'_>) -> String {
    match saying {
        Saying::Failure(failure) => {
            format!("{}: error: {}", line(&run.in_repository(&failure.path), false), line(&failure.error, false))
        }
        Saying::Diagnostic(diagnostic) => {
            let start = texts.range(&diagnostic.place.path, diagnostic.place.span).map(|(start, _)| start);
            let start = start.map_or_else(String::new, |start| format!(":{}:{}", start.line, start.column));
            let path = line(&run.in_repository(&diagnostic.place.path), false);
            let (level, lint) = (diagnostic.level.name(), line(&diagnostic.lint, false));
            format!("{path}{start}: {level}[{lint}] {}", said::message(diagnostic, false))
        }
    }
}

/// A line that is no command, wherever it is printed.
fn disarmed(line: &str) -> String {
    let line = line.replace("##[", "## [");
    if line.trim_start().starts_with("::") { format!("./{}", line.trim_start()) } else { line }
}

/// The path as it is: GitHub looks for it. What would steer a terminal is shown instead; no escape of commands covers it.
fn file(path: &str) -> String {
    if path.contains(|c: char| c.is_control() || is_bidirectional(c)) { line(path, false) } else { path.to_owned() }
}

/// The text of a command. The runner undoes `%25` last, so it is made first.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::specimen::{HOSTILE, Specimen, hostile, warn};
    use super::*;

    /// Name, properties, text.
    type Command<'a> = (&'a str, Vec<(&'a str, String)>, String);

    /// The command of a line as the runner reads it (ActionCommand.TryParseV2).
    fn parsed(line: &str) -> Option<Command<'_>> {
        let (info, text) = line.trim_start().strip_prefix("::")?.split_once("::")?;
        let (name, properties) = info.split_once(' ').unwrap_or((info, ""));
        let data = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
        let value = |text: &str| {
            let text = text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",");
            text.replace("%25", "%")
        };
        let properties = properties.trim().split(',').filter_map(|pair| pair.split_once('='));
        Some((name, properties.map(|(key, text)| (key, value(text))).collect(), data(text)))
    }

    #[test]
    fn an_annotation_says_where_and_what() {
        let specimen = Specimen::new(&[("a,b: 100%.md", "中文 «标题»\n"), ("b.md", "«x\n»y"), ("c.md", "«x\ny»")])
            .in_folder("docs/")
            .with(warn(0, "50% bad").level(Level::Error))
            .with(warn(1, "hidden").suppressed("a comment says so"))
            .with(warn(1, "a line"))
            .with(warn(2, "two lines").level(Level::Info))
            .failing("d.md", "gone");
        let expected = "\
::error file=docs/d.md,title=copydesk::gone (help: look for it)
::error file=docs/a%2Cb%3A 100%25.md,line=1,endLine=1,col=4,endColumn=6,title=sample::50%25 bad%0Amend it
::warning file=docs/b.md,line=1,endLine=1,title=sample::a line%0Amend it
::notice file=docs/c.md,line=1,endLine=2,title=sample::two lines%0Amend it
3 posts: 1 error, 1 warning, 1 info, 1 failure, 1 suppressed in 0.02 s
";
        assert_eq!(specimen.emit(Format::Github, Options::PLAIN), expected);
        let quiet = Options { summary: false, ..Options::PLAIN };
        assert_eq!(specimen.emit(Format::Github, quiet).lines().count(), 4);
    }

    #[test]
    fn ten_of_each_kind_and_the_rest_in_the_log() {
        let text = hostile().emit(Format::Github, Options::PLAIN);
        let stop = text.lines().position(|line| line.starts_with("::stop-commands::")).expect("there is a log");
        let (commands, log): (Vec<&str>, Vec<&str>) =
            (text.lines().take(stop).collect(), text.lines().skip(stop).collect());
        for (kind, expected) in [("error", 10), ("warning", 10), ("notice", 10)] {
            let count = commands.iter().filter(|line| parsed(line).is_some_and(|(name, ..)| name == kind)).count();
            assert_eq!(count, expected, "{kind}");
        }
        assert_eq!(commands.len(), 30);
        // 9 posts with five diagnostics each, and nine failures.
        let rest = 9 * 5 + 9 - 30;
        assert_eq!(log.len(), rest + 3);
        let token = log[0].strip_prefix("::stop-commands::").expect("it is the first line");
        assert_eq!(log[rest + 1], format!("::{token}::"));
        assert!(log[rest + 2].ends_with(&format!("; {rest} of them in this log only")), "{}", log[rest + 2]);
    }

    #[test]
    fn what_stands_in_most_places_is_annotated() {
        let mut specimen = Specimen::new(&[("a.md", "«x»")]);
        for at in 0..13 {
            let saying = warn(0, &format!("number {at}"));
            specimen = specimen.with(if at % 6 == 5 { saying.also(0..1) } else { saying });
        }
        let text = specimen.emit(Format::Github, Options::PLAIN);
        let numbers: Vec<usize> = text
            .lines()
            .filter_map(|line| line.split("number ").nth(1)?.split([' ', '%']).next()?.parse().ok())
            .collect();
        // Five and eleven stand in two places each. What is left stands in the order of the report.
        assert_eq!(numbers, [5, 11, 0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 12]);
    }

    #[test]
    fn words_of_posts_are_never_commands() {
        let text = hostile().emit(Format::Github, Options::PLAIN);
        let stop = text.lines().position(|line| line.starts_with("::stop-commands::")).expect("there is a log");
        let token = text.lines().nth(stop).and_then(|line| line.strip_prefix("::stop-commands::")).expect("a token");
        for line in text.lines().skip(stop + 1).filter(|line| *line != format!("::{token}::")) {
            assert_eq!(parsed(line), None, "{line}");
            assert!(!line.contains("##["), "{line}");
            assert!(!line.contains(token), "{line}");
        }
        for line in text.lines().take(stop) {
            let (name, properties, text) = parsed(line).expect("an annotation");
            assert!(["error", "warning", "notice"].contains(&name), "{line}");
            let keys: Vec<&str> = properties.iter().map(|(key, _)| *key).collect();
            let is_known = |key: &&str| ["file", "line", "endLine", "col", "endColumn", "title"].contains(key);
            assert!(keys.iter().all(is_known), "{line}");
            let says = HOSTILE.iter().any(|words| text.starts_with(&super::super::sanitise::line(words, false)));
            assert!(says, "{line}");
        }
        assert!(text.chars().all(|c| c == '\n' || !c.is_control() && !is_bidirectional(c)));
    }

    #[test]
    fn names_of_files_come_through() {
        for name in ["::error::.md", "100%0A.md", "a,b:c=d.md", "it's \"x\".md", "家 族👨\u{200d}👩.md"] {
            let text = Specimen::new(&[(name, "«x»")]).with(warn(0, "bad")).emit(Format::Github, Options::PLAIN);
            let (_, properties, _) = text.lines().next().and_then(parsed).expect("an annotation");
            assert_eq!(properties[0], ("file", name.to_owned()));
        }
    }

    #[test]
    fn a_line_of_the_log_is_disarmed() {
        for (line, expected) in [
            ("::error::x", "./::error::x"),
            ("  ::error::x", "./::error::x"),
            ("a.md: ##[error]x", "a.md: ## [error]x"),
            ("a.md::error::", "a.md::error::"),
        ] {
            assert_eq!(disarmed(line), expected);
            assert_eq!(parsed(&disarmed(line)), None);
        }
    }
}
