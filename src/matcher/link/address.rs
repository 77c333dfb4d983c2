//! An address cut into scheme and host. Strict reading of addresses is for those who fetch them; here every text is cut
//! somehow, and template tags hide what they stand in.

use schemars::JsonSchema;
use serde::Deserialize;

/// How an address begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// `http://`
    Http,
    /// `https://`
    Https,
    /// `//host`: the scheme of the page that shows the link.
    ProtocolRelative,
    /// None, though a host stands where a path should: `www.example.org/a`, `example.org`.
    Missing,
}

/// Domains that no file name ends in. Others (`.md`, `.rs`, `.sh`, `.app`) are told from a path by nobody.
const DOMAINS: &[&str] = &["com", "org", "net", "edu", "gov", "cn", "io"];

/// What an address shows of where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// How it begins; `None` for paths, anchors and other schemes.
    pub(super) scheme: Option<Scheme>,
    /// The host as written, without user and port; `None` where there is none or a template tag stands in it.
    pub(super) host: Option<&'a str>,
}

impl<'a> Address<'a> {
    /// Cuts an address.
    pub(super) fn of(url: &'a str) -> Self {
        let (scheme, rest) = if let Some(rest) = after(url, "http://") {
            (Scheme::Http, rest)
        } else if let Some(rest) = after(url, "https://") {
            (Scheme::Https, rest)
        } else if let Some(rest) = after(url, "//") {
            (Scheme::ProtocolRelative, rest)
        } else {
            let host = host(url).filter(|host| is_domain(host) && has_nothing_before(url, host));
            return Self { scheme: host.map(|_| Scheme::Missing), host };
        };
        let host = host(rest);
        // `//a/b` is a path with a slash too many, or a share on a local network.
        let is_relative_path = scheme == Scheme::ProtocolRelative && !host.is_some_and(|host| host.contains('.'));
        Self { scheme: Some(scheme).filter(|_| !is_relative_path), host: host.filter(|_| !is_relative_path) }
    }

    /// Whether the host is one of `hosts` or below one of them.
    pub(super) fn is_below(&self, hosts: &[String]) -> bool {
        let Some(host) = self.host else { return false };
        let host = host.strip_suffix('.').unwrap_or(host).as_bytes();
        hosts.iter().any(|parent| {
            let parent = parent.as_bytes();
            host.len()
                .checked_sub(parent.len())
                .is_some_and(|at| host[at..].eq_ignore_ascii_case(parent) && (at == 0 || host[at - 1] == b'.'))
        })
    }
}

fn after<'a>(url: &'a str, start: &str) -> Option<&'a str> {
    let head = url.get(..start.len())?;
    head.eq_ignore_ascii_case(start).then(|| &url[start.len()..])
}

/// The host that opens `rest`.
fn host(rest: &str) -> Option<&str> {
    let authority = &rest[..rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len())];
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = match host.strip_prefix('[') {
        Some(inside) => &host[..inside.find(']').map_or(host.len(), |at| at + 2)],
        None => host.split(':').next().unwrap_or_default(),
    };
    let is_plain = !host.is_empty() && !host.contains(['{', '}', '<', '>', '%', '$', ' ']);
    is_plain.then_some(host)
}

/// Whether `host` opens the address with nothing but a port behind it: `mailto:me@example.org` is no host.
fn has_nothing_before(url: &str, host: &str) -> bool {
    let behind = url.strip_prefix(host).map(|rest| rest.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    behind.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

/// Whether a text without a scheme is a host all the same.
fn is_domain(host: &str) -> bool {
    let is_name = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let is_www = host.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."));
    let Some((_, last)) = host.rsplit_once('.') else { return false };
    host.split('.').all(is_name) && (is_www || DOMAINS.iter().any(|domain| domain.eq_ignore_ascii_case(last)))
}
