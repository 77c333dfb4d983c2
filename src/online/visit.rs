//! One address on its way to a verdict: what to ask next, given what came back. HEAD first, GET where HEAD is not welcome,
//! again what failed by chance, redirects by hand. Pure: it neither asks nor waits.

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::address::{self, Address};
use super::pace;
use super::settings::Settings;
use super::transport::{Answer, Fault, Method, Request};

/// A redirect that was followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// The status that said so: 301, 302, 303, 307 or 308.
    pub status: u16,
    /// Where it leads, in its normal form.
    pub to: String,
}

/// What became of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The redirects, in order.
    pub chain: Vec<Hop>,
    /// How it ended.
    pub end: End,
    /// Whether the same page answers under `https:`.
    pub upgrade: bool,
}

/// How a visit ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// With this status.
    Answered(u16),
    /// Without an answer.
    Failed(Fault),
    /// With redirects that cannot be followed to an end, and why.
    Astray(String),
}

/// What follows from an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// For how long the host wants no requests, if it said so.
    pub hold: Option<Duration>,
    /// What to do with the address.
    pub next: Next,
}

/// What to do with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Ask (again), not before so long.
    Ask(Duration),
    /// Nothing: this was found.
    Done(Finding),
}

/// An address that is being asked for.
#[derive(Clone, Debug)]
pub struct Visit {
    request: Request,
    seen: Vec<Url>,
    chain: Vec<Hop>,
    failures: u32,
    /// Why the last request failed, if it did.
    fault: Option<Fault>,
    /// The status under `http:`, while the same page is asked for under `https:`.
    plain: Option<u16>,
}

impl Visit {
    /// The visit of an address in its normal form.
    pub fn new(address: Url) -> Self {
        let request = Request { method: Method::Head, address };
        Self { request, seen: vec![], chain: vec![], failures: 0, fault: None, plain: None }
    }

    /// What to ask now.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The host to ask now.
    pub fn host(&self) -> &str {
        self.request.address.host_str().unwrap_or_default()
    }

    /// Whether the page is found already, and only its twin under `https:` is asked for.
    pub fn is_at_twin(&self) -> bool {
        self.plain.is_some()
    }

    /// Takes what came back for the request.
    pub fn take(&mut self, result: Result<Answer, Fault>, settings: &Settings, now: Timestamp) -> Step {
        let hold = result.as_ref().ok().and_then(|answer| pace::wait(answer, now));
        if let Some(status) = self.plain {
            return Step { hold, next: self.take_twin(status, &result, settings) };
        }
        match result {
            Ok(answer) => self.take_answer(&answer, hold, settings),
            Err(fault) if fault.is_transient() && self.failures < settings.retries => {
                self.fault = Some(fault);
                Step { hold, next: self.again(None, settings) }
            }
            // That it failed is said better by how it failed.
            Err(Fault::Silent) => {
                let fault = self.fault.take().unwrap_or(Fault::Silent);
                Step { hold, next: self.done(End::Failed(fault)) }
            }
            Err(fault) => Step { hold, next: self.done(End::Failed(fault)) },
        }
    }

    fn take_answer(&mut self, answer: &Answer, hold: Option<Duration>, settings: &Settings) -> Step {
        let status = answer.status;
        self.fault = None;
        let location = answer.header("location").filter(|_| matches!(status, 301 | 302 | 303 | 307 | 308));
        let next = if settings.accepts(status) {
            self.found(status, settings)
        } else if let Some(location) = location {
            self.follow(status, location, settings)
        } else if self.wants_get(status) {
            self.request.method = Method::Get;
            Next::Ask(Duration::ZERO)
        } else if is_transient(status) {
            // Whoever is asked too often is left alone for a while, even if it does not say for how long.
            let hold = hold.or((status == 429).then(|| self.backoff(settings)));
            let again = self.failures < settings.retries && hold.is_none_or(|hold| hold <= settings.patience);
            let next = if again { self.again(hold, settings) } else { self.done(End::Answered(status)) };
            return Step { hold, next };
        } else {
            self.done(End::Answered(status))
        };
        Step { hold, next }
    }

    /// Some servers do not know HEAD, or do not want it; a page that is missing only for HEAD is there.
    fn wants_get(&self, status: u16) -> bool {
        self.request.method == Method::Head && matches!(status, 403 | 404 | 405 | 501)
    }

    /// The page is there. One of `http:` may be there under `https:` too.
    fn found(&mut self, status: u16, settings: &Settings) -> Next {
        match address::twin(&self.request.address) {
            Some(twin) if settings.upgrade && self.chain.is_empty() => {
                self.plain = Some(status);
                self.request = Request { method: Method::Head, address: twin };
                Next::Ask(Duration::ZERO)
            }
            _ => self.done(End::Answered(status)),
        }
    }

    /// The twin counts if it answers at once: a redirect may well lead back.
    fn take_twin(&mut self, plain: u16, result: &Result<Answer, Fault>, settings: &Settings) -> Next {
        match result {
            Ok(answer) if self.wants_get(answer.status) && !settings.accepts(answer.status) => {
                self.request.method = Method::Get;
                Next::Ask(Duration::ZERO)
            }
            Ok(answer) => {
                let upgrade = (200..300).contains(&answer.status);
                Next::Done(Finding { chain: vec![], end: End::Answered(plain), upgrade })
            }
            Err(_) => self.done(End::Answered(plain)),
        }
    }

    fn follow(&mut self, status: u16, location: &str, settings: &Settings) -> Next {
        let to = match address::follow(&self.request.address, location) {
            Address::Page(to) => to,
            Address::Other(scheme) => {
                return self.done(End::Astray(format!("it redirects to an address of the scheme `{scheme}`")));
            }
            Address::Invalid(why) => return self.done(End::Astray(format!("it redirects to no address: {why}"))),
        };
        self.chain.push(Hop { status, to: to.as_str().to_owned() });
        let from = std::mem::replace(&mut self.request, Request { method: Method::Head, address: to });
        self.seen.push(from.address);
        // Often a cookie is wanted, and none is kept here: a circle does not say that there is no page.
        if self.seen.contains(&self.request.address) {
            return self.done(End::Astray("it redirects in a circle".to_owned()));
        }
        if self.chain.len() > settings.max_redirects {
            return self.done(End::Astray(format!("it redirects more than {} times", settings.max_redirects)));
        }
        Next::Ask(Duration::ZERO)
    }

    /// The same again, in full: some servers answer HEAD badly, and this is a second chance for them too.
    fn again(&mut self, wait: Option<Duration>, settings: &Settings) -> Next {
        let wait = self.backoff(settings).max(wait.unwrap_or_default());
        self.failures += 1;
        self.request.method = Method::Get;
        Next::Ask(wait)
    }

    fn backoff(&self, settings: &Settings) -> Duration {
        settings.backoff.saturating_mul(2_u32.saturating_pow(self.failures)).min(settings.patience)
    }

    fn done(&mut self, end: End) -> Next {
        Next::Done(Finding { chain: std::mem::take(&mut self.chain), end, upgrade: false })
    }
}

/// Whether a status may be another one in a moment. 501 is not among them: what a server cannot do, it cannot do later.
fn is_transient(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500 | 502..=599)
}

#[cfg(test)]
mod tests;
