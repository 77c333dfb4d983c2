//! The check of external addresses over the network: addresses in, verdicts out. Knows no lints, no posts and no site.
//!
//! Each address is asked for once, in its normal form. A [`Queue`](queue::Queue) keeps the peace with hosts, a
//! [`Visit`] decides what to ask next, a [`Transport`] asks, [`verdict`] says what it
//! means, and a [`Cache`] remembers.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use url::Url;

pub mod address;
pub mod cache;
mod crew;
pub mod http;
pub mod network;
mod outage;
pub mod pace;
pub mod queue;
pub mod settings;
pub mod transport;
pub mod verdict;
pub mod visit;

pub use cache::Cache;
pub use settings::{HostHeader, PrivateHosts, Settings, StatusRange};
pub use verdict::Verdict;
pub use visit::Hop;

use address::Address;
use crew::Event;
use transport::Transport;
use visit::{End, Finding, Visit};

/// How often a check that runs saves what it knows: whoever stops it loses no more.
const SAVE_EVERY: Duration = Duration::from_secs(2);

/// What became of one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The address as it was given.
    pub address: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The last status, if there was an answer.
    pub status: Option<u16>,
    /// The redirects, in order.
    pub chain: Vec<Hop>,
    /// The address to write instead, if the page moved for good or is there under `https:`. A fragment of the old one is to
    /// be carried over.
    pub instead: Option<String>,
    /// Why, in plain words.
    pub reason: String,
    /// Since when it is dead, as far as earlier runs know.
    pub first_failed: Option<Timestamp>,
    /// How many runs found it dead, this one included.
    pub failing_runs: u32,
    /// Whether it is dead, and has been for longer than the grace.
    pub is_due: bool,
    /// Whether an earlier run found this.
    pub from_cache: bool,
}

/// How far a check is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress<'p> {
    /// Addresses done.
    pub done: usize,
    /// Addresses in all, those that the cache knows left out.
    pub total: usize,
    /// The hosts that are asked at this moment, in order, each once.
    pub hosts: Vec<&'p str>,
}

/// Checks addresses over the network. There is one outcome for each, in their order; equal ones are asked for once.
pub fn check(
    addresses: &[String],
    settings: &Settings,
    cache: &mut Cache,
    now: Timestamp,
    tell: &dyn Fn(&Progress<'_>),
) -> Vec<Outcome> {
    check_over(&http::Http::new(settings), addresses, settings, cache, now, tell)
}

/// The same over another transport.
pub fn check_over(
    transport: &dyn Transport,
    addresses: &[String],
    settings: &Settings,
    cache: &mut Cache,
    now: Timestamp,
    tell: &dyn Fn(&Progress<'_>),
) -> Vec<Outcome> {
    let mut pages = Pages::default();
    let known: Vec<_> = addresses.iter().map(|address| pages.sort(address, settings)).collect();
    pages.recall(settings, cache, now);
    let check = Check { transport, settings, now };
    check.ask(&mut pages, cache, tell);
    check.excuse(&mut pages);
    let outcomes: Vec<_> = pages.all.iter().map(|page| check.outcome(page, cache)).collect();
    cache.save();
    let outcome = |(address, known): (&String, Known)| match known {
        Known::Page(number) => Outcome { address: address.clone(), ..outcomes[number].clone() },
        Known::Not(verdict, reason) => Outcome { address: address.clone(), ..Outcome::new(verdict, reason) },
    };
    addresses.iter().zip(known).map(outcome).collect()
}

impl Outcome {
    fn new(verdict: Verdict, reason: String) -> Self {
        Self {
            address: String::new(),
            verdict,
            status: None,
            chain: vec![],
            instead: None,
            reason,
            first_failed: None,
            failing_runs: 0,
            is_due: false,
            from_cache: false,
        }
    }
}

/// What is known of an address before anything is asked.
enum Known {
    /// It is the page of this number.
    Page(usize),
    /// It is not to be asked for.
    Not(Verdict, String),
}

/// Pages to check, each once, in the order in which they were first named.
#[derive(Default)]
struct Pages {
    all: Vec<Page>,
    numbers: HashMap<String, usize>,
}

struct Page {
    url: Url,
    found: Option<Finding>,
    from_cache: bool,
}

impl Pages {
    fn sort(&mut self, text: &str, settings: &Settings) -> Known {
        // Before anything is parsed: what is excluded may have any form.
        if !settings.wants(text) {
            return Known::Not(Verdict::NotChecked, "it is excluded".to_owned());
        }
        match address::read(text) {
            Address::Page(url) => {
                let next = self.all.len();
                let number = *self.numbers.entry(url.as_str().to_owned()).or_insert(next);
                if number == next {
                    self.all.push(Page { url, found: None, from_cache: false });
                }
                Known::Page(number)
            }
            Address::Other(scheme) => Known::Not(Verdict::NotChecked, format!("the scheme `{scheme}` is not checked")),
            Address::Invalid(why) => Known::Not(Verdict::Invalid, why),
        }
    }

    /// Takes good answers that are fresh enough, and good still by the settings of today.
    fn recall(&mut self, settings: &Settings, cache: &Cache, now: Timestamp) {
        for page in &mut self.all {
            let Some(entry) = cache.get(page.url.as_str()) else { continue };
            let cache::State::Good(status, chain, upgrade) = &entry.state else { continue };
            let age = Duration::try_from(now.duration_since(entry.checked));
            if age.is_ok_and(|age| age < settings.max_age) {
                let upgrade = *upgrade && settings.upgrade;
                let finding = Finding { chain: chain.clone(), end: End::Answered(*status), upgrade };
                page.from_cache = verdict::judge(&page.url, &finding, settings).0.is_good();
                page.found = Some(finding).filter(|_| page.from_cache);
            }
        }
    }
}

/// What all pages are checked with.
struct Check<'c> {
    transport: &'c dyn Transport,
    settings: &'c Settings,
    now: Timestamp,
}

impl Check<'_> {
    /// Asks for all pages that are not found yet. Good answers go into the cache as they come.
    fn ask(&self, pages: &mut Pages, cache: &mut Cache, tell: &dyn Fn(&Progress<'_>)) {
        let open: Vec<usize> = (0..pages.all.len()).filter(|&number| pages.all[number].found.is_none()).collect();
        let visits = open.iter().map(|&number| Visit::new(pages.all[number].url.clone())).collect();
        let (mut done, total) = (0, open.len());
        let mut asked: BTreeMap<String, usize> = BTreeMap::new();
        let mut saved = Instant::now();
        crew::run(visits, self.transport, self.settings, self.now, &mut |event| {
            match event {
                Event::Asking(host) => *asked.entry(host).or_default() += 1,
                Event::Asked(host) => {
                    asked.entry(host.clone()).and_modify(|count| *count -= 1);
                    asked.retain(|_, count| *count > 0);
                }
                Event::Found(number, finding) => {
                    done += 1;
                    let page = &mut pages.all[open[number]];
                    self.keep(&page.url, &finding, cache);
                    page.found = Some(finding);
                }
            }
            if saved.elapsed() > SAVE_EVERY {
                cache.save();
                saved = Instant::now();
            }
            tell(&Progress { done, total, hosts: asked.keys().map(String::as_str).collect() });
        });
    }

    fn keep(&self, url: &Url, finding: &Finding, cache: &mut Cache) {
        let End::Answered(status) = finding.end else { return };
        if verdict::judge(url, finding, self.settings).0.is_good() {
            cache.keep(url.as_str(), self.now, status, &finding.chain, finding.upgrade);
        }
    }

    /// Where there is no network, no name is held to be gone.
    fn excuse(&self, pages: &mut Pages) {
        let found = pages.all.iter().filter_map(|page| Some((page, page.found.as_ref()?)));
        let (cached, asked): (Vec<_>, Vec<_>) = found.partition(|(page, _)| page.from_cache);
        if !outage::is_suspected(asked.into_iter().map(|(page, finding)| (&page.url, finding))) {
            return;
        }
        let visits = outage::witnesses(cached.into_iter().map(|(page, _)| &page.url)).into_iter().map(Visit::new);
        let mut answered = false;
        crew::run(visits.collect(), self.transport, self.settings, self.now, &mut |event| {
            answered |= matches!(&event, Event::Found(_, finding) if outage::is_answer(finding));
        });
        if !answered {
            pages.all.iter_mut().filter_map(|page| page.found.as_mut()).for_each(outage::excuse);
        }
    }

    fn outcome(&self, page: &Page, cache: &mut Cache) -> Outcome {
        let Some(finding) = &page.found else {
            return Outcome::new(Verdict::Temporary, "the check was stopped".to_owned());
        };
        let (verdict, reason) = verdict::judge(&page.url, finding, self.settings);
        let instead = match verdict {
            Verdict::MovedPermanently => verdict::moved_to(&page.url, &finding.chain).map(str::to_owned),
            Verdict::InsecureUpgrade => address::twin(&page.url).map(String::from),
            _ => None,
        };
        let status = if let End::Answered(status) = finding.end { Some(status) } else { None };
        let mut outcome = Outcome {
            status,
            chain: finding.chain.clone(),
            instead,
            from_cache: page.from_cache,
            ..Outcome::new(verdict, reason)
        };
        if verdict == Verdict::Dead {
            let (first, runs) = cache.fail(page.url.as_str(), self.now);
            let grace = SignedDuration::try_from(self.settings.grace).unwrap_or(SignedDuration::MAX);
            outcome.is_due = self.now.duration_since(first) >= grace;
            (outcome.first_failed, outcome.failing_runs) = (Some(first), runs);
        }
        outcome
    }
}

#[cfg(test)]
mod tests;
