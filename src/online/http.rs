//! Requests over the real network, by ureq: no cookies, no proxy, no redirect that is not ours, no address that is not
//! allowed.

use std::io::{self, Read};
use std::sync::Arc;
use std::time::Duration;

use ureq::config::Config;
use ureq::http::{Response, Uri};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, Error};

use super::network;
use super::settings::{HostHeader, PrivateHosts, Settings};
use super::transport::{Answer, Fault, Method, Request, Transport};

/// What a check can read; servers that are asked for it give a page and not, say, an API's JSON.
const ACCEPT: &str = "text/html,application/xhtml+xml,*/*;q=0.8";
/// How long to read a body that nobody needs, so that the connection can be used again.
const BODY_TIMEOUT: Duration = Duration::from_secs(2);
/// Connections are not kept longer: servers close idle ones after five seconds and more (Apache's default).
const IDLE: Duration = Duration::from_secs(4);

/// The real network.
#[derive(Debug)]
pub struct Http {
    agent: Agent,
    headers: Vec<HostHeader>,
    user_agent: String,
    timeout: Duration,
    max_body: u64,
}

impl Http {
    /// The network, as the settings want it used.
    pub fn new(settings: &Settings) -> Self {
        let mut tls = TlsConfig::builder();
        if !settings.authorities.is_empty() {
            let certificates = settings.authorities.iter().map(|der| Certificate::from_der(der).to_owned());
            tls = tls.root_certs(RootCerts::from(certificates));
        }
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // The default asks the environment, and a proxy would resolve names where nobody checks them.
            .proxy(None)
            .timeout_global(Some(settings.timeout))
            .timeout_recv_body(Some(BODY_TIMEOUT))
            .max_idle_connections(2 * settings.concurrency)
            .max_idle_connections_per_host(settings.per_host)
            .max_idle_age(IDLE)
            .tls_config(tls.build())
            .build();
        let resolver = Guard { inner: DefaultResolver::default(), private: Arc::new(settings.private.clone()) };
        Self {
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
            headers: settings.headers.clone(),
            user_agent: settings.user_agent.clone(),
            timeout: settings.timeout,
            max_body: settings.max_body,
        }
    }
}

impl Transport for Http {
    fn fetch(&self, request: &Request) -> Result<Answer, Fault> {
        let address = request.address.as_str();
        let builder = match request.method {
            Method::Head => self.agent.head(address),
            Method::Get => self.agent.get(address),
        };
        let mut builder = builder.header("user-agent", &self.user_agent).header("accept", ACCEPT);
        for header in self.headers.iter().filter(|header| header.is_for(&request.address)) {
            builder = builder.header(&header.name, &header.value);
        }
        let response = builder.call().map_err(|error| self.fault(error))?;
        let answer = read(&response);
        if request.method == Method::Get {
            let mut body = response.into_body();
            // The answer is known; whether its body can be read changes nothing.
            let _ = io::copy(&mut body.as_reader().take(self.max_body), &mut io::sink());
        }
        Ok(answer)
    }
}

impl Http {
    fn fault(&self, error: Error) -> Fault {
        match error {
            Error::Timeout(_) => Fault::Timeout(self.timeout),
            Error::HostNotFound => Fault::NoSuchName,
            Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => Fault::Timeout(self.timeout),
            // So rustls hands its errors through the stream; nothing else in a connection makes this kind.
            Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => Fault::Tls(error.to_string()),
            Error::Io(error) => Fault::Connection(plain(&error)),
            Error::Rustls(error) => Fault::Tls(error.to_string()),
            Error::Tls(error) => Fault::Tls(error.to_owned()),
            Error::Other(error) => match error.downcast() {
                Ok(fault) => *fault,
                Err(error) => Fault::Connection(error.to_string()),
            },
            Error::Http(error) => Fault::Request(error.to_string()),
            Error::BadUri(error) => Fault::Request(error),
            error => Fault::Connection(format!("the answer cannot be understood: {error}")),
        }
    }
}

/// The headers that steer a check.
fn read(response: &Response<Body>) -> Answer {
    let is_wanted = |name: &str| {
        ["location", "retry-after", "date"].contains(&name)
            || ["ratelimit", "x-ratelimit-", "x-rate-limit-"].iter().any(|prefix| name.starts_with(prefix))
    };
    let headers = response.headers().iter().filter(|(name, _)| is_wanted(name.as_str()));
    // Servers write locations in UTF-8, though they must not.
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let headers = headers.map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes())));
    Answer { status: response.status().as_u16(), headers: headers.collect() }
}

fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => "the connection was refused".to_owned(),
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::UnexpectedEof => "the connection was cut".to_owned(),
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown => {
            "there is no way to the host".to_owned()
        }
        _ => error.to_string(),
    }
}

/// Looks names up and lets pass what is allowed. The connection is made to the very addresses that it returns, so a name
/// cannot mean one thing here and another there.
#[derive(Debug)]
struct Guard {
    inner: DefaultResolver,
    private: Arc<PrivateHosts>,
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let all = self.inner.resolve(uri, config, timeout).map_err(|error| match error {
            Error::Io(error) => Error::Other(Box::new(look_up_fault(&error))),
            other => other,
        })?;
        if self.private.allow(uri.host().unwrap_or_default()) {
            return Ok(all);
        }
        let mut open = self.empty();
        for &address in all.iter().filter(|address| network::is_public(address.ip())) {
            open.push(address);
        }
        match all.first() {
            Some(first) if open.is_empty() => Err(Error::Other(Box::new(Fault::Private(first.ip())))),
            _ => Ok(open),
        }
    }
}

/// Whether a name does not exist or could not be looked up. The standard library keeps only the words of `gai_strerror`, in
/// English whatever the locale, and on Windows a code. What is not known for sure is not held against the name.
fn look_up_fault(error: &io::Error) -> Fault {
    const NO_SUCH_NAME: [&str; 6] = [
        "Name or service not known",                    // glibc, EAI_NONAME
        "No address associated with hostname",          // glibc, EAI_NODATA
        "Name does not resolve",                        // musl, EAI_NONAME
        "Name has no usable address",                   // musl, EAI_NODATA
        "nodename nor servname provided, or not known", // macOS
        "Name does not resolve to any address",         // BSD
    ];
    /// `WSAHOST_NOT_FOUND` and `WSANO_DATA`.
    const NO_SUCH_NAME_WINDOWS: [i32; 2] = [11001, 11004];
    let text = error.to_string();
    let is_known = if cfg!(windows) {
        error.raw_os_error().is_some_and(|code| NO_SUCH_NAME_WINDOWS.contains(&code))
    } else {
        NO_SUCH_NAME.iter().any(|known| text.ends_with(known))
    };
    let text = text.trim_start_matches("failed to lookup address information: ").to_owned();
    if is_known { Fault::NoSuchName } else { Fault::LookUp(text) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::*;

    #[test]
    fn only_names_that_surely_do_not_exist_are_dead() {
        for (words, expected) in [
            ("Name or service not known", true),
            ("No address associated with hostname", true),
            ("Temporary failure in name resolution", false),
            ("Non-recoverable failure in name resolution", false),
            ("System error", false),
        ] {
            let error = io::Error::other(format!("failed to lookup address information: {words}"));
            assert_eq!(look_up_fault(&error) == Fault::NoSuchName, expected && cfg!(not(windows)), "{words}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        /// ureq reads addresses by other rules than browsers: what the one writes, the other must understand.
        #[test]
        fn normal_forms_can_be_asked_for(path in "\\PC{0,40}", query in "\\PC{0,40}", host in "[a-z]{1,9}") {
            let text = format!("https://{host}.test/{path}?{query}");
            if let Ok(url) = Url::parse(&text) {
                let uri: Uri = url.as_str().parse().expect("every address can be asked for");
                prop_assert_eq!(uri.host(), url.host_str());
            }
        }
    }
}
