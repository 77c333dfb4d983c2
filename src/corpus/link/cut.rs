//! An address, cut into what leads somewhere and what does not.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// An address, cut at what belongs to no path.
pub(super) struct Cut<'a> {
    /// The host, if the address names one.
    pub(super) host: Option<&'a str>,
    pub(super) path: &'a str,
    pub(super) fragment: Option<&'a str>,
}

/// Cuts an address; `None` for what is no address of a page: `mailto:`, `tel:`, nothing at all.
pub(super) fn cut(address: &str) -> Option<Cut<'_>> {
    let address = address.trim();
    let (rest, fragment) = match address.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (address, None),
    };
    let host_in = |rest: &'_ str| -> usize { rest.find(['/', '?']).unwrap_or(rest.len()) };
    let (host, rest) = match scheme(rest) {
        Some("http:" | "https:") => {
            let behind = rest[rest.find(':').map_or(0, |at| at + 1)..].trim_start_matches('/');
            let end = host_in(behind);
            (Some(&behind[..end]), &behind[end..])
        }
        Some(_) => return None,
        None if rest.starts_with("//") => {
            let behind = rest.trim_start_matches('/');
            let end = host_in(behind);
            (Some(&behind[..end]), &behind[end..])
        }
        None => (None, rest),
    };
    if host.is_none() && address.is_empty() {
        return None;
    }
    let path = &rest[..rest.find('?').unwrap_or(rest.len())];
    let path = if host.is_some() && path.is_empty() { "/" } else { path };
    let host = host.map(|host| host.rsplit('@').next().unwrap_or(host));
    Some(Cut { host, path, fragment })
}

/// The scheme of an address with its colon; in small letters where it is one of the web.
fn scheme(address: &str) -> Option<&str> {
    let colon = address.find(':')?;
    let name = &address[..colon];
    let is_scheme = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    is_scheme.then(|| match name {
        _ if name.eq_ignore_ascii_case("http") => "http:",
        _ if name.eq_ignore_ascii_case("https") => "https:",
        _ => &address[..=colon],
    })
}

/// The canonical composition, in which addresses are compared.
pub(super) fn composed(path: Cow<'_, str>) -> String {
    match is_nfc_quick(path.chars()) {
        IsNormalized::Yes => path.into_owned(),
        _ => path.nfc().collect(),
    }
}
