//! From what was found to what it means for a link.

use url::Url;

use super::address;
use super::settings::Settings;
use super::transport::Fault;
use super::visit::{End, Finding, Hop};

/// What a check says about an address. Only `Dead` says that there is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The page is there.
    Ok,
    /// The page is there, and has a new address for good.
    MovedPermanently,
    /// The page is there, by way of a redirect that may change.
    Redirected,
    /// The page is there, and also under `https:`.
    InsecureUpgrade,
    /// The server answers, but not us: nobody can tell.
    Blocked,
    /// There was no proper answer this time.
    Temporary,
    /// There is no such page, or no such host.
    Dead,
    /// It leads into a private network, and was not asked.
    Private,
    /// It is no address.
    Invalid,
    /// It is not for this check: another scheme, or excluded.
    NotChecked,
}

impl Verdict {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Ok => "ok",
            Verdict::MovedPermanently => "moved-permanently",
            Verdict::Redirected => "redirected",
            Verdict::InsecureUpgrade => "insecure-upgrade",
            Verdict::Blocked => "blocked",
            Verdict::Temporary => "temporary",
            Verdict::Dead => "dead",
            Verdict::Private => "private",
            Verdict::Invalid => "invalid",
            Verdict::NotChecked => "not-checked",
        }
    }

    /// Whether the page was seen.
    pub fn is_good(self) -> bool {
        matches!(self, Self::Ok | Self::MovedPermanently | Self::Redirected | Self::InsecureUpgrade)
    }
}

/// The verdict on what was found at an address, with the reason in plain words.
pub fn judge(start: &Url, finding: &Finding, settings: &Settings) -> (Verdict, String) {
    match &finding.end {
        End::Answered(status) => {
            let verdict = match *status {
                status if settings.accepts(status) => good(start, finding),
                404 | 410 => Verdict::Dead,
                408 | 425 | 500..=599 => Verdict::Temporary,
                _ => Verdict::Blocked,
            };
            (verdict, told(start, finding, *status, verdict))
        }
        End::Failed(fault) => {
            let verdict = match fault {
                Fault::NoSuchName => Verdict::Dead,
                Fault::Private(_) => Verdict::Private,
                Fault::Closed(_) => Verdict::Blocked,
                Fault::Request(_) => Verdict::Invalid,
                Fault::LookUp(_) | Fault::Timeout(_) | Fault::Connection(_) | Fault::Tls(_) | Fault::Silent => {
                    Verdict::Temporary
                }
            };
            (verdict, by_way_of(&finding.chain, &fault.to_string()))
        }
        End::Astray(why) => (Verdict::Blocked, why.clone()),
    }
}

/// The address that permanent redirects alone lead to. `None` where that is a host's first page and the start was not:
/// so do hosts send visitors of pages that are gone, and a link changed to it would be lost.
pub fn moved_to<'c>(start: &Url, chain: &'c [Hop]) -> Option<&'c str> {
    let last = chain.iter().take_while(|hop| matches!(hop.status, 301 | 308)).last()?;
    let is_lost = |to: &Url| address::is_home(to) && !address::is_home(start);
    Url::parse(&last.to).ok().filter(|to| !is_lost(to)).map(|_| last.to.as_str())
}

fn good(start: &Url, finding: &Finding) -> Verdict {
    if finding.upgrade {
        Verdict::InsecureUpgrade
    } else if finding.chain.is_empty() {
        Verdict::Ok
    } else if moved_to(start, &finding.chain).is_some() {
        Verdict::MovedPermanently
    } else {
        Verdict::Redirected
    }
}

fn told(start: &Url, finding: &Finding, status: u16, verdict: Verdict) -> String {
    let last = finding.chain.last();
    match (verdict, last) {
        (Verdict::InsecureUpgrade, _) => "the same page answers under https".to_owned(),
        (Verdict::MovedPermanently, _) => {
            format!("it moved to {}", moved_to(start, &finding.chain).unwrap_or_default())
        }
        (Verdict::Redirected, Some(last)) if Url::parse(&last.to).is_ok_and(|to| address::is_home(&to)) => {
            format!("it redirects to the first page {}: the page may be gone", last.to)
        }
        (Verdict::Redirected, Some(last)) => format!("it redirects to {}", last.to),
        _ => by_way_of(&finding.chain, &format!("the answer is {status}")),
    }
}

fn by_way_of(chain: &[Hop], what: &str) -> String {
    chain.last().map_or_else(|| what.to_owned(), |last| format!("it redirects to {}; {what}", last.to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hops(hops: &[(u16, &str)]) -> Vec<Hop> {
        hops.iter().map(|&(status, to)| Hop { status, to: to.to_owned() }).collect()
    }

    fn verdict(end: End, chain: &[(u16, &str)]) -> Verdict {
        let start = Url::parse("http://a.test/x").expect("an address");
        judge(&start, &Finding { chain: hops(chain), end, upgrade: false }, &Settings::default()).0
    }

    #[test]
    fn statuses() {
        use Verdict::{Blocked, Dead, Ok, Temporary};
        for (statuses, expected) in [
            (&[200, 204, 206][..], Ok),
            (&[401, 403, 405, 429, 999, 400, 402, 406, 451, 300, 304], Blocked),
            (&[408, 425, 500, 501, 502, 503, 504, 522, 599], Temporary),
            (&[404, 410], Dead),
        ] {
            for &status in statuses {
                assert_eq!(verdict(End::Answered(status), &[]), expected, "{status}");
                if expected != Ok {
                    assert_eq!(verdict(End::Answered(status), &[(301, "http://a.test/y")]), expected, "{status}");
                }
            }
        }
    }

    #[test]
    fn faults() {
        for (fault, expected) in [
            (Fault::NoSuchName, Verdict::Dead),
            (Fault::LookUp(String::new()), Verdict::Temporary),
            (Fault::Tls(String::new()), Verdict::Temporary),
            (Fault::Silent, Verdict::Temporary),
            (Fault::Closed(std::time::Duration::ZERO), Verdict::Blocked),
            (Fault::Private([10, 0, 0, 1].into()), Verdict::Private),
            (Fault::Request(String::new()), Verdict::Invalid),
        ] {
            assert_eq!(verdict(End::Failed(fault.clone()), &[]), expected, "{fault:?}");
        }
        assert_eq!(verdict(End::Astray(String::new()), &[]), Verdict::Blocked);
    }

    #[test]
    fn moves() {
        let start = Url::parse("http://a.test/x").expect("an address");
        for (chain, to, expected) in [
            (&[(301, "https://a.test/x")][..], Some("https://a.test/x"), Verdict::MovedPermanently),
            (
                &[(301, "https://a.test/x"), (308, "https://b.test/x")],
                Some("https://b.test/x"),
                Verdict::MovedPermanently,
            ),
            // What comes after a redirect that may change is not the new address.
            (
                &[(301, "https://a.test/x"), (302, "https://a.test/login")],
                Some("https://a.test/x"),
                Verdict::MovedPermanently,
            ),
            (&[(302, "https://a.test/x"), (301, "https://b.test/x")], None, Verdict::Redirected),
            (&[(307, "https://a.test/x")], None, Verdict::Redirected),
            (&[(301, "https://a.test/x"), (301, "https://a.test/")], None, Verdict::Redirected),
        ] {
            assert_eq!(moved_to(&start, &hops(chain)), to, "{chain:?}");
            assert_eq!(verdict(End::Answered(200), chain), expected, "{chain:?}");
        }
        let home = Url::parse("http://a.test/").expect("an address");
        assert_eq!(moved_to(&home, &hops(&[(301, "https://a.test/")])), Some("https://a.test/"));
    }
}
