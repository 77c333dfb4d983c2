//! What the terminal can show. The one place that asks the environment about it; everything else is told.

use std::io::{self, IsTerminal};

use super::Color;

/// Widest line that is drawn: longer ones are hard to read on any screen.
const MAX_WIDTH: usize = 120;
/// The width where none can be found out.
const PLAIN_WIDTH: usize = 100;

/// What standard output and standard error can show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Whether standard output takes colours.
    pub color: bool,
    /// Whether standard error takes colours.
    pub stderr_color: bool,
    /// Whether standard error is watched by a person.
    pub stderr_is_terminal: bool,
    /// Whether characters outside ASCII may be drawn.
    pub unicode: bool,
    /// Width in columns.
    pub width: usize,
}

impl Screen {
    /// What this process has.
    pub fn of_process(color: Color, ascii: bool) -> Screen {
        let env = |name: &str| std::env::var(name).ok();
        let stderr_is_terminal = io::stderr().is_terminal();
        let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        // A shell exports COLUMNS only on request: whoever sets it for a pipe or a CI log means it.
        let width = env("COLUMNS").and_then(|columns| columns.parse().ok()).or_else(terminal);
        Screen {
            color: wants_color(color, &env, io::stdout().is_terminal()),
            stderr_color: wants_color(color, &env, stderr_is_terminal),
            stderr_is_terminal,
            unicode: !ascii && shows_unicode(&env),
            width: width.filter(|width| *width >= 40).unwrap_or(PLAIN_WIDTH).min(MAX_WIDTH),
        }
    }

    /// The text in bold on standard output.
    pub fn bold(&self, text: &str) -> String {
        if self.color { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// The text in a faint colour on standard output.
    pub fn dim(&self, text: &str) -> String {
        if self.color { format!("\x1b[2m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// A screen without any graces, for tests.
    #[cfg(test)]
    pub(super) fn plain() -> Screen {
        Screen { color: false, stderr_color: false, stderr_is_terminal: false, unicode: true, width: PLAIN_WIDTH }
    }
}

/// An environment variable, by name.
type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// <https://no-color.org> and <https://bixense.com/clicolors>; what cannot be misunderstood comes first.
fn wants_color(choice: Color, env: Env<'_>, is_terminal: bool) -> bool {
    let is_set = |name| env(name).is_some_and(|value| !value.is_empty());
    let is_on = |name| env(name).is_some_and(|value| !value.is_empty() && value != "0");
    match choice {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if is_set("NO_COLOR") => false,
        Color::Auto if is_on("CLICOLOR_FORCE") => true,
        Color::Auto if env("CLICOLOR").as_deref() == Some("0") => false,
        Color::Auto => is_terminal && env("TERM").as_deref() != Some("dumb"),
    }
}

/// A locale that is not set says nothing: containers and services seldom set one, and the terminals that show their
/// output do show Unicode.
fn shows_unicode(env: Env<'_>) -> bool {
    if matches!(env("TERM").as_deref(), Some("linux" | "dumb")) {
        return false;
    }
    let locale =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| env(name).filter(|value| !value.is_empty()));
    locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env<'a>(pairs: &'a [(&str, &str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    }

    /// Environment variables and their values.
    type Pairs = &'static [(&'static str, &'static str)];

    #[test]
    fn colours_where_they_are_wanted() {
        let cases: [(Color, Pairs, bool, bool); 10] = [
            (Color::Auto, &[], true, true),
            (Color::Auto, &[], false, false),
            (Color::Auto, &[("NO_COLOR", "1")], true, false),
            (Color::Auto, &[("NO_COLOR", "")], true, true),
            (Color::Auto, &[("TERM", "dumb")], true, false),
            (Color::Auto, &[("CLICOLOR_FORCE", "1")], false, true),
            (Color::Auto, &[("CLICOLOR_FORCE", "0")], false, false),
            (Color::Auto, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], true, false),
            (Color::Always, &[("NO_COLOR", "1")], false, true),
            (Color::Never, &[("CLICOLOR_FORCE", "1")], true, false),
        ];
        for (choice, pairs, is_terminal, expected) in cases {
            assert_eq!(wants_color(choice, &env(pairs), is_terminal), expected, "{choice:?} {pairs:?} {is_terminal}");
        }
    }

    #[test]
    fn draws_with_what_the_locale_can_show() {
        let cases: [(Pairs, bool); 8] = [
            (&[], true),
            (&[("LANG", "zh_CN.UTF-8")], true),
            (&[("LANG", "de_DE.utf8")], true),
            (&[("LANG", "C")], false),
            (&[("LANG", "zh_CN.GBK")], false),
            (&[("LANG", "en_US.UTF-8"), ("LC_ALL", "C")], false),
            (&[("LANG", "C"), ("LC_ALL", "")], false),
            (&[("LANG", "en_US.UTF-8"), ("TERM", "linux")], false),
        ];
        for (pairs, expected) in cases {
            assert_eq!(shows_unicode(&env(pairs)), expected, "{pairs:?}");
        }
    }
}
