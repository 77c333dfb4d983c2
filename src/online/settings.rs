//! What a check of addresses is told: which addresses and answers count, how patient and how polite it is.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use regex::Regex;
use url::Url;

/// A day, in which ages and grace are counted.
const DAY: Duration = Duration::from_hours(24);

/// Settings of a check. The defaults are polite: a host sees two requests at once, 200 ms apart.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Statuses that are fine besides 2xx.
    pub accept: Vec<StatusRange>,
    /// Addresses that are not checked, as they are written.
    pub exclude: Vec<Regex>,
    /// If there are any: the only addresses to check. What is excluded stays out.
    pub include: Vec<Regex>,
    /// Headers for some origins.
    pub headers: Vec<HostHeader>,
    /// Which hosts may be inside of a private network.
    pub private: PrivateHosts,
    /// Whether to ask if the page of an `http:` address answers under `https:` too.
    pub upgrade: bool,
    /// How the check introduces itself.
    pub user_agent: String,
    /// Certificates (DER) of the authorities to trust in place of Mozilla's, if there are any.
    pub authorities: Vec<Vec<u8>>,
    /// How long a good answer is not asked for again.
    pub max_age: Duration,
    /// How long an address must have been dead before it is due.
    pub grace: Duration,
    /// How long one request may last, from the look-up of the name to the headers of the answer.
    pub timeout: Duration,
    /// Requests at once, over all hosts.
    pub concurrency: usize,
    /// Requests at once to one host.
    pub per_host: usize,
    /// Least time between the starts of two requests to one host.
    pub pause: Duration,
    /// How often a request that failed by chance is repeated.
    pub retries: u32,
    /// How long to wait before the first repetition; it doubles with each.
    pub backoff: Duration,
    /// The longest wait a host may ask for; whoever wants more is not asked again in this run.
    pub patience: Duration,
    /// Most redirects to follow.
    pub max_redirects: usize,
    /// Most bytes of a body to read: what is short is read to its end, so that the connection can be used again.
    pub max_body: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            accept: vec![],
            exclude: vec![],
            include: vec![],
            headers: vec![],
            private: PrivateHosts::None,
            upgrade: true,
            user_agent: concat!("copydesk/", env!("CARGO_PKG_VERSION"), " (link check)").to_owned(),
            authorities: vec![],
            max_age: 7 * DAY,
            grace: 3 * DAY,
            timeout: Duration::from_secs(20),
            concurrency: 16,
            per_host: 2,
            pause: Duration::from_millis(200),
            retries: 3,
            backoff: Duration::from_secs(1),
            patience: Duration::from_secs(60),
            max_redirects: 5,
            max_body: 64 * 1024,
        }
    }
}

impl Settings {
    /// Whether an answer with this status is fine.
    pub fn accepts(&self, status: u16) -> bool {
        (200..300).contains(&status) || self.accept.iter().any(|range| range.contains(status))
    }

    /// Whether an address, as it is written, is to be checked.
    pub fn wants(&self, address: &str) -> bool {
        let is_match = |patterns: &[Regex]| patterns.iter().any(|pattern| pattern.is_match(address));
        (self.include.is_empty() || is_match(&self.include)) && !is_match(&self.exclude)
    }
}

/// A status or a range of them, written `403` or `500-599`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusRange {
    first: u16,
    last: u16,
}

impl StatusRange {
    /// Whether the status lies within.
    pub fn contains(self, status: u16) -> bool {
        (self.first..=self.last).contains(&status)
    }
}

impl FromStr for StatusRange {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no status (`403`) or range of them (`500-599`)");
        let number = |text: &str| match text.trim().parse() {
            Ok(status @ 100..=999) => Ok(status),
            _ => Err(wrong()),
        };
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let range = Self { first: number(first)?, last: number(last)? };
        if range.first <= range.last { Ok(range) } else { Err(wrong()) }
    }
}

/// A header that goes to one origin and nowhere else, whatever redirects say.
#[derive(Clone, PartialEq, Eq)]
pub struct HostHeader {
    origin: url::Origin,
    /// Its name.
    pub name: String,
    /// Its value, often a secret; never shown.
    pub value: String,
}

impl HostHeader {
    /// A header for `host`: a name (`api.example.com`, by `https:` only) or an origin (`http://example.com:8080`).
    ///
    /// # Errors
    /// When that is no host, or the header cannot be sent.
    pub fn new(host: &str, name: &str, value: &str) -> Result<Self, String> {
        let full = if host.contains("://") { host.to_owned() } else { format!("https://{host}") };
        let url = Url::parse(&full).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.path() == "/");
        let origin = url.ok_or_else(|| format!("`{host}` is no host"))?.origin();
        let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c); // RFC 9110, section 5.6.2
        if name.is_empty() || !name.chars().all(is_token) {
            return Err(format!("`{name}` is no name of a header"));
        }
        if value.chars().any(|c| c.is_control() && c != '\t') {
            return Err(format!("the value of `{name}` holds a control character"));
        }
        Ok(Self { origin, name: name.to_owned(), value: value.to_owned() })
    }

    /// Whether it may go to this address.
    pub fn is_for(&self, address: &Url) -> bool {
        self.origin == address.origin()
    }
}

impl fmt::Debug for HostHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} for {}", self.name, self.origin.ascii_serialization())
    }
}

/// Hosts that may be inside of a private network: all others must have a public address, on every hop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrivateHosts {
    /// No host may.
    None,
    /// Every host may.
    All,
    /// These may: names or addresses, as they stand in an address.
    Named(Vec<String>),
}

impl PrivateHosts {
    /// Whether the host may.
    pub fn allow(&self, host: &str) -> bool {
        let bare = |host: &str| host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
        match self {
            Self::None => false,
            Self::All => true,
            Self::Named(names) => names.iter().any(|name| bare(name) == bare(host)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_statuses() {
        let range: StatusRange = "500-599".parse().expect("a range");
        assert!(range.contains(500) && range.contains(599) && !range.contains(499) && !range.contains(600));
        assert_eq!("403".parse(), Ok(StatusRange { first: 403, last: 403 }));
        for wrong in ["", "ok", "4", "1000", "599-500", "200-", "-", "200..299", "2xx"] {
            assert!(wrong.parse::<StatusRange>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_pattern_narrows_and_another_removes() {
        let patterns = |patterns: &[&str]| patterns.iter().map(|one| Regex::new(one).expect("a pattern")).collect();
        let settings =
            Settings { include: patterns(&["^https?:"]), exclude: patterns(&[r"\.test/"]), ..Settings::default() };
        assert!(settings.wants("https://example.com/"));
        assert!(!settings.wants("https://a.test/"));
        assert!(!settings.wants("at://example.com/"));
        assert!(Settings::default().wants("at://example.com/"));
    }

    #[test]
    fn a_header_goes_to_its_origin_only() {
        let url = |text: &str| Url::parse(text).expect("an address");
        let secret = HostHeader::new("api.example.com", "Authorization", "Bearer s3cret").expect("a header");
        assert!(secret.is_for(&url("https://api.example.com/x")));
        assert!(secret.is_for(&url("https://API.example.com:443/")));
        for other in ["http://api.example.com/", "https://example.com/", "https://api.example.com:8443/"] {
            assert!(!secret.is_for(&url(other)), "{other}");
        }
        assert!(!format!("{secret:?}").contains("s3cret"));
        let local = HostHeader::new("http://127.0.0.1:81", "x", "1").expect("a header");
        assert!(local.is_for(&url("http://127.0.0.1:81/a")));
        for (host, name, value) in [
            ("", "a", "b"),
            ("a b", "a", "b"),
            ("ftp://a", "a", "b"),
            ("a/b", "a", "b"),
            ("a", "a:", "b"),
            ("a", "a", "b\r\nc: d"),
        ] {
            assert!(HostHeader::new(host, name, value).is_err(), "{host} {name} {value}");
        }
    }

    #[test]
    fn private_hosts_are_named_as_they_stand_in_addresses() {
        let named = PrivateHosts::Named(vec!["Intranet".to_owned(), "::1".to_owned()]);
        assert!(named.allow("intranet") && named.allow("[::1]") && !named.allow("localhost"));
        assert!(!PrivateHosts::None.allow("intranet") && PrivateHosts::All.allow("localhost"));
    }
}
