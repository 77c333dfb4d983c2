//! `--online`: asks for the addresses outside of the site, with the settings of `copydesk.yaml`.

use super::progress::Progress;
use super::site::Site;
use super::stop::{self, Stop};
use super::{Screen, progress};
use crate::cache::folder;
use crate::config;
use crate::corpus::{Answer, Answers, Reach};
use crate::desk::Desk;
use crate::online::{self, Cache, HostHeader, Outcome, PrivateHosts, Settings, Verdict};

/// Asks for all external addresses that the posts on a desk link to, and lets the desk hear the answers.
///
/// # Errors
/// When a setting is wrong, or an environment variable that a header names is not set.
pub(super) fn ask(desk: &mut Desk, site: &Site, screen: &Screen, quiet: bool) -> anyhow::Result<()> {
    let settings = settings(&site.settings.online)?;
    let addresses: Vec<String> = desk.with_corpus(|corpus| corpus.external().into_iter().map(str::to_owned).collect());
    // `//host` takes the scheme of the page, which is https.
    let whole = |address: &String| if address.starts_with("//") { format!("https:{address}") } else { address.clone() };
    let asked: Vec<String> = addresses.iter().map(whole).collect();
    let mut cache = Cache::open(&site.root.join(folder::NAME));
    let bar = Progress::new(screen, !quiet, progress::ADDRESSES);
    let tell = |now: &online::Progress<'_>| bar.tell_of(now.done, now.total, &now.hosts.join(", "));
    let outcomes = online::check(&asked, &settings, &mut cache, desk.plan().now, &tell);
    bar.finish();
    if !quiet {
        cache.take_notes().iter().for_each(|note| stop::note(screen, note));
        note_what_is_open(&outcomes, screen);
    }
    let answers: Answers = addresses.into_iter().zip(outcomes.iter().map(answer)).collect();
    desk.hear(answers);
    Ok(())
}

/// Says what the run could not settle: that is no fault of the posts.
fn note_what_is_open(outcomes: &[Outcome], screen: &Screen) {
    let count = |is_meant: &dyn Fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| is_meant(outcome)).count();
    let dead = count(&|outcome| outcome.verdict == Verdict::Dead && !outcome.is_due);
    let open = count(&|outcome| matches!(outcome.verdict, Verdict::Blocked | Verdict::Temporary | Verdict::Private));
    if dead > 0 {
        let are = if dead == 1 { "address is" } else { "addresses are" };
        stop::note(screen, &format!("{dead} {are} dead, but not yet for as long as `online.grace` asks"));
    }
    if open > 0 {
        let addresses = if open == 1 { "address" } else { "addresses" };
        stop::note(screen, &format!("{open} {addresses} could not be checked: refused, or no proper answer this time"));
    }
}

fn answer(outcome: &Outcome) -> Answer {
    let is = match outcome.verdict {
        Verdict::Dead if outcome.is_due => Reach::Dead,
        Verdict::MovedPermanently if outcome.instead.is_some() => Reach::MovedPermanently,
        Verdict::InsecureUpgrade => Reach::InsecureUpgrade,
        _ => Reach::Other,
    };
    Answer { is, instead: outcome.instead.clone(), reason: outcome.reason.clone() }
}

/// The settings of the check, those that are not written by default.
fn settings(written: &config::Online) -> anyhow::Result<Settings> {
    let usual = Settings::default();
    let wrong =
        |message, key: &str| Stop::new(message).help(format!("it stands under `online.{key}` in copydesk.yaml"));
    let accept = written.accept.iter().map(|range| range.parse().map_err(|error| wrong(error, "accept")));
    let accept = accept.collect::<Result<_, Stop>>()?;
    let patterns = |all: &[config::online::Pattern]| all.iter().map(|pattern| pattern.0.clone()).collect();
    let mut headers = vec![];
    for (host, of_host) in &written.headers {
        for (name, value) in of_host {
            let header = HostHeader::new(host, name, &with_variables(value)?);
            headers.push(header.map_err(|error| wrong(error, "headers"))?);
        }
    }
    Ok(Settings {
        accept,
        exclude: patterns(&written.exclude),
        include: patterns(&written.include),
        headers,
        max_age: written.max_age.map_or(usual.max_age, |age| age.0),
        grace: written.grace.map_or(usual.grace, |age| age.0),
        timeout: written.timeout.map_or(usual.timeout, |age| age.0),
        concurrency: written.concurrency.map_or(usual.concurrency, usize::from).max(1),
        private: match written.allow_private.as_slice() {
            [] => PrivateHosts::None,
            names => PrivateHosts::Named(names.to_vec()),
        },
        ..usual
    })
}

/// A value with `$NAME` replaced by environment variables: secrets do not belong into the configuration.
fn with_variables(value: &str) -> Result<String, Stop> {
    let mut out = String::new();
    let mut rest = value;
    while let Some((before, behind)) = rest.split_once('$') {
        out.push_str(before);
        let end = behind.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(behind.len());
        let (name, after) = behind.split_at(end);
        let unset = || {
            let message = format!("the environment variable `{name}` is not set");
            Stop::new(message).help("a header under `online.headers` in copydesk.yaml names it")
        };
        out.push_str(&std::env::var(name).map_err(|_| unset())?);
        rest = after;
    }
    Ok(out + rest)
}
