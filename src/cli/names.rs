//! Lint names on the command line: which lints run, and at which level.

use clap::Args;

use super::stop::Stop;
use crate::config::{Known, Request, Settings};
use crate::lint::Setting;

/// Arguments that choose lints.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub struct LintArgs {
    /// Run only these lints or families, even if they are off
    ///
    /// Several are separated by commas, or the flag is repeated. A lint that is off by default runs at level `warn`,
    /// unless --level says otherwise.
    #[arg(long, value_name = "LINT", value_delimiter = ',', help_heading = "Lints")]
    pub only: Vec<String>,

    /// Do not run these lints or families
    #[arg(long, value_name = "LINT", value_delimiter = ',', help_heading = "Lints")]
    pub skip: Vec<String>,

    /// Set the level of a lint or family: off, info, warn, error
    ///
    /// The command line is stronger than copydesk.yaml; of several levels for a lint the last one holds.
    #[arg(long, value_name = "LINT=LEVEL", value_delimiter = ',', value_parser = level, help_heading = "Lints")]
    pub level: Vec<(String, Setting)>,
}

impl LintArgs {
    /// Adds what these arguments ask for.
    pub fn add_to(self, request: Request) -> Request {
        Request { only: self.only, skip: self.skip, levels: self.level, ..request }
    }
}

fn level(text: &str) -> Result<(String, Setting), String> {
    let (lint, level) = text.split_once('=').ok_or("write it as LINT=LEVEL")?;
    if lint.is_empty() {
        return Err("the name of the lint is missing before `=`".to_owned());
    }
    Ok((lint.to_owned(), level.parse()?))
}

/// Stops at the first name of the command line that is neither a lint nor a family.
pub(super) fn check(settings: &Settings, known: &Known<'_>) -> Result<(), Stop> {
    let levels = settings.levels.iter().map(|(name, _)| name);
    for name in settings.only.iter().chain(&settings.skip).chain(levels) {
        if let Some((message, help)) = known.missing(name) {
            return Err(Stop::new(message).help(help));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_has_a_name_and_a_word() {
        assert_eq!(level("dead-link=error"), Ok(("dead-link".to_owned(), Setting::Error)));
        assert_eq!(level("dead-link=off"), Ok(("dead-link".to_owned(), Setting::Off)));
        assert_eq!(level("dead-link"), Err("write it as LINT=LEVEL".to_owned()));
        assert_eq!(level("=warn"), Err("the name of the lint is missing before `=`".to_owned()));
        assert_eq!(level("x=high"), Err("`high` is not a level; levels are off, info, warn, error".to_owned()));
    }

    #[test]
    fn the_first_unknown_name_is_told() {
        let known = Known { lints: vec!["dead-link"], families: vec!["links"] };
        let request =
            Request { only: vec!["links".to_owned()], skip: vec!["dead-lnik".to_owned()], ..Request::default() };
        let stop = check(&Settings::resolve(None, None, request), &known).expect_err("there is no such lint");
        assert_eq!(stop, Stop::new("no lint or family is called `dead-lnik`").help("did you mean `dead-link`?"));
    }
}
