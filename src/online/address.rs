//! Addresses as they are compared and asked for: one normal form, without what a server never sees.

use url::Url;

/// What an address, as it is written, turns out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// One that can be asked for, in its normal form.
    Page(Url),
    /// One of a scheme that is not asked over HTTP (`mailto`, `ftp`, …): the scheme.
    Other(String),
    /// None at all, and why.
    Invalid(String),
}

/// Longest address that can be asked for: the `http` crate, and with it ureq, holds lengths in 16 bits.
const LONGEST: usize = u16::MAX as usize - 1;

/// Reads an address. Whatever browsers accept is accepted, and becomes what they would ask for.
pub fn read(text: &str) -> Address {
    match Url::parse(text) {
        Ok(url) if !matches!(url.scheme(), "http" | "https") => Address::Other(url.scheme().to_owned()),
        Ok(url) if url.as_str().len() > LONGEST => Address::Invalid("it is longer than 65,534 characters".to_owned()),
        Ok(url) => Address::Page(bare(url)),
        // Only for the web a wrong address is wrong: of others (`at://did:plc:…`) the rules are not known here.
        Err(_) if scheme(text).is_some_and(|scheme| !matches!(&*scheme, "http" | "https")) => {
            Address::Other(scheme(text).unwrap_or_default())
        }
        Err(url::ParseError::RelativeUrlWithoutBase) => Address::Invalid("it names no scheme and host".to_owned()),
        Err(error) => Address::Invalid(error.to_string()),
    }
}

/// The scheme that a text begins with (RFC 3986, section 3.1).
fn scheme(text: &str) -> Option<String> {
    let (scheme, _) = text.trim().split_once(':')?;
    let is_part = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(is_part);
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

/// Where a redirect from `base` leads.
pub fn follow(base: &Url, location: &str) -> Address {
    match base.join(location) {
        Ok(url) => read(url.as_str()),
        Err(error) => Address::Invalid(error.to_string()),
    }
}

/// The same page under `https:`, if the address is one of `http:` on its usual port.
pub fn twin(url: &Url) -> Option<Url> {
    let mut twin = url.clone();
    (url.scheme() == "http" && url.port().is_none() && twin.set_scheme("https").is_ok()).then_some(twin)
}

/// Whether this is the first page of a host.
pub fn is_home(url: &Url) -> bool {
    url.path() == "/" && url.query().is_none()
}

/// Without the fragment, which is the browser's business, and without a user's name and password, which are nobody's.
fn bare(mut url: Url) -> Url {
    url.set_fragment(None);
    // Only addresses without a host refuse this, and these have one.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn page(text: &str) -> String {
        match read(text) {
            Address::Page(url) => url.into(),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn one_normal_form() {
        for (written, normal) in [
            ("https://例子.网站/路径", "https://xn--fsqu00a.xn--5tzm5g/%E8%B7%AF%E5%BE%84"),
            ("HTTP://Example.COM", "http://example.com/"),
            ("https://example.com:443/a/../b#part", "https://example.com/b"),
            ("https://user:secret@example.com/", "https://example.com/"),
            (" https://example.com/a\nb ", "https://example.com/ab"),
            ("http://2130706433/", "http://127.0.0.1/"),
            ("http:example.com", "http://example.com/"),
        ] {
            assert_eq!(page(written), normal, "{written}");
        }
    }

    #[test]
    fn what_is_no_address_says_why() {
        for text in ["http：//example.com/", "//example.com/", "", "https://", "https://exa mple.com/", "http://[::1/"]
        {
            assert!(matches!(read(text), Address::Invalid(_)), "{text}: {:?}", read(text));
        }
        assert!(matches!(read(&format!("https://example.com/{}", "a".repeat(70_000))), Address::Invalid(_)));
        assert_eq!(page(&format!("https://example.com/{}", "字".repeat(1000))).len(), 20 + 9 * 1000);
        assert_eq!(read("mailto:a@example.com"), Address::Other("mailto".to_owned()));
        assert_eq!(read("at://did:plc:x/"), Address::Other("at".to_owned()));
    }

    #[test]
    fn redirects_are_read_as_browsers_do() {
        let base = Url::parse("https://example.com/a/b").expect("an address");
        for (location, expected) in [
            ("c", "https://example.com/a/c"),
            ("//b.test", "https://b.test/"),
            ("/博客#x", "https://example.com/%E5%8D%9A%E5%AE%A2"),
        ] {
            assert_eq!(follow(&base, location), read(expected), "{location}");
        }
        assert_eq!(follow(&base, "itms-apps://x"), Address::Other("itms-apps".to_owned()));
        assert!(matches!(follow(&base, "http://"), Address::Invalid(_)));
    }

    #[test]
    fn twins() {
        let twin = |text: &str| twin(&Url::parse(text).expect("an address")).map(String::from);
        assert_eq!(twin("http://example.com/a?b").as_deref(), Some("https://example.com/a?b"));
        assert_eq!(twin("https://example.com/"), None);
        assert_eq!(twin("http://example.com:8080/"), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

        /// Or one page would be asked for twice, and its cached answer never found.
        #[test]
        fn a_normal_form_is_its_own(text in "(https?:)?/{0,3}[a-z字.@:\\\\%\\[\\]]{0,12}[/?#]?\\PC{0,20}", location in "\\PC{0,20}") {
            if let Address::Page(url) = read(&text) {
                prop_assert_eq!(read(url.as_str()), Address::Page(url.clone()));
                if let Address::Page(to) = follow(&url, &location) {
                    prop_assert_eq!(read(to.as_str()), Address::Page(to));
                }
            }
        }
    }
}
