//! One request and what comes back: the seam between deciding what to ask and asking it.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use url::Url;

/// How a page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Its headers only.
    Head,
    /// All of it.
    Get,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// How.
    pub method: Method,
    /// The page, in its normal form.
    pub address: Url,
}

/// What a server answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers that steer a check, names in lower case.
    pub headers: Vec<(String, String)>,
}

impl Answer {
    /// The value of the first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The host's name does not exist.
    NoSuchName,
    /// The name could not be looked up this time.
    LookUp(String),
    /// No answer in time.
    Timeout(Duration),
    /// The connection was refused, cut, or spoke another language.
    Connection(String),
    /// No secure connection.
    Tls(String),
    /// The host is inside of a private network.
    Private(IpAddr),
    /// The request could not be made.
    Request(String),
    /// The host was not asked, since it did not answer before.
    Silent,
    /// The host was not asked, since it wants to be left alone for so long.
    Closed(Duration),
}

impl Fault {
    /// Whether it may be gone in a moment.
    pub fn is_transient(&self) -> bool {
        matches!(self, Fault::LookUp(_) | Fault::Timeout(_) | Fault::Connection(_))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::NoSuchName => f.write_str("there is no such host"),
            Fault::LookUp(why) => write!(f, "the name of the host cannot be looked up: {why}"),
            Fault::Timeout(time) => write!(f, "no answer within {} s", time.as_secs_f32()),
            Fault::Connection(why) => f.write_str(why),
            Fault::Tls(why) => write!(f, "no secure connection: {why}"),
            Fault::Private(address) => write!(f, "the host is inside of a private network: {address}"),
            Fault::Request(why) => write!(f, "it cannot be asked for: {why}"),
            Fault::Silent => f.write_str("not asked: the host did not answer other requests"),
            Fault::Closed(time) => write!(f, "not asked: the host wants no requests for {} s", time.as_secs()),
        }
    }
}

/// Whatever can carry requests. A check calls it from several threads.
pub trait Transport: Sync {
    /// Makes one request, follows nothing.
    ///
    /// # Errors
    /// When no answer came.
    fn fetch(&self, request: &Request) -> Result<Answer, Fault>;
}

impl std::error::Error for Fault {}
