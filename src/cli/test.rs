//! `copydesk test`: runs a user's own lints over the examples in their records.

use std::io;
use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::site::SiteArgs;
use super::stop::{self, Stop};
use super::trial::{self, Tried};
use super::{Screen, Status, lints, output};
use crate::diagnostic::Notice;

/// Arguments of `test`.
#[derive(Clone, Debug, Args)]
pub struct TestArgs {
    /// Folder of lint records [default: .copydesk/lints in the site's folder]
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,

    /// Folder of the site, instead of the one that is found
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// Tries the lints.
pub(super) fn run(args: &TestArgs, screen: &Screen) -> anyhow::Result<Status> {
    let folder = match &args.dir {
        Some(folder) => folder.clone(),
        None => {
            let site = SiteArgs { root: args.root.clone(), ..SiteArgs::default() };
            site.site(&[], site.request())?.root.join(lints::OWN_LINTS)
        }
    };
    if !folder.is_dir() {
        let stop = Stop::new(format!("no such folder: {}", folder.display()));
        return Err(stop.help("put lint records there, one YAML file for each, or name their folder").into());
    }
    let tried = trial::try_folder(&folder)?;
    let wrong: Vec<Notice> = tried.iter().flat_map(|lint| lint.wrong.iter().cloned()).collect();
    stop::tell_mistakes(&wrong, screen, &mut io::stderr().lock())?;
    output::print(summary(&tried).as_bytes())?;
    let is_clean = tried.iter().all(|lint| lint.wrong.is_empty());
    Ok(if is_clean { Status::Clean } else { Status::Found })
}

fn summary(tried: &[Tried]) -> String {
    let examples: usize = tried.iter().map(|lint| lint.examples).sum();
    let wrong: Vec<&str> = tried.iter().filter(|lint| !lint.wrong.is_empty()).map(|lint| lint.name.as_str()).collect();
    let lints = if tried.len() == 1 { "lint" } else { "lints" };
    let counted = format!("{} {lints}, {examples} examples", tried.len());
    if wrong.is_empty() {
        format!("{counted}: all come out as their records say\n")
    } else {
        format!("{counted}: not as the record says: {}\n", wrong.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn the_summary_names_the_lints_that_went_wrong() {
        let tried = |name: &str, wrong| Tried { name: name.to_owned(), examples: 2, wrong };
        let notice = Notice {
            message: "not reported".to_owned(),
            help: None,
            path: "a.yaml".into(),
            text: "".into(),
            span: Span::default(),
        };
        let lints = [tried("a", Vec::new()), tried("b", vec![notice])];
        assert_eq!(summary(&lints), "2 lints, 4 examples: not as the record says: b\n");
        assert_eq!(summary(&lints[..1]), "1 lint, 2 examples: all come out as their records say\n");
    }
}
