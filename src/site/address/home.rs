//! Where a site is, by the address that its configuration gives: hosts in the one form in which they are compared.

use super::Home;

impl Home {
    /// The site at this address (`https://a.example/blog`), served below `base`.
    pub(super) fn of(url: Option<&str>, base: &str) -> Home {
        let hosts = url.and_then(host_of).into_iter().collect();
        let base = base.trim_matches('/');
        let origin = url.and_then(|url| {
            let (scheme, rest) = url.trim().split_once("//")?;
            let host = rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())?;
            scheme.starts_with("http").then(|| format!("{scheme}//{host}").into())
        });
        Home { hosts, origin, base: if base.is_empty() { "".into() } else { format!("/{base}").into() } }
    }

    /// Adds another host that is the site.
    pub(super) fn add(&mut self, host: Option<Box<str>>) {
        self.hosts.extend(host.filter(|host| !self.hosts.contains(host)));
    }
}

/// The host of an address with a scheme, or of one that begins with `//`.
pub fn host_of(url: &str) -> Option<Box<str>> {
    let (scheme, rest) = url.trim().split_once("//")?;
    let usual = match scheme.to_ascii_lowercase().as_str() {
        "http:" => ":80",
        "https:" | "" => ":443",
        _ => return None,
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    ascii(host.strip_suffix(usual).unwrap_or(host))
}

/// A host in lower case and in ASCII; `None` if it is no host.
pub fn ascii(host: &str) -> Option<Box<str>> {
    let is_host = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | ':' | '[' | ']') || !c.is_ascii();
    if host.is_empty() || host.len() > 253 || !host.chars().all(is_host) {
        return None;
    }
    let lower = host.to_lowercase().replace(['。', '．'], ".");
    let labels: Vec<String> = lower
        .split('.')
        .map(|label| if label.is_ascii() { label.to_owned() } else { format!("xn--{}", punycode(label)) })
        .collect();
    Some(labels.join(".").into())
}

/// Punycode (RFC 3492, section 6.3). A label is short, so going through it once for each of its characters is no matter.
fn punycode(label: &str) -> String {
    const TERMIN: (u32, u32) = (1, 26);
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = out.len() as u32;
    let mut handled = basic;
    if basic > 0 {
        out.push('-');
    }
    let (mut code, mut delta, mut bias) = (128_u32, 0_u32, 72_u32);
    let points: Vec<u32> = label.chars().map(u32::from).collect();
    while let Some(next) = points.iter().copied().filter(|point| *point >= code).min() {
        delta = delta.wrapping_add((next - code).wrapping_mul(handled + 1));
        code = next;
        for point in &points {
            if *point < code {
                delta = delta.wrapping_add(1);
            } else if *point == code {
                let mut rest = delta;
                for step in (36..).step_by(36) {
                    let least = (step as u32).saturating_sub(bias).clamp(TERMIN.0, TERMIN.1);
                    if rest < least {
                        break;
                    }
                    out.push(digit(least + (rest - least) % (36 - least)));
                    rest = (rest - least) / (36 - least);
                }
                out.push(digit(rest));
                bias = adapted(delta, handled + 1, handled == basic);
                (delta, handled) = (0, handled + 1);
            }
        }
        (delta, code) = (delta.wrapping_add(1), code + 1);
    }
    out
}

/// The bias after a character (RFC 3492, section 6.1).
fn adapted(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut steps = 0;
    while delta > (35 * 26) / 2 {
        delta /= 35;
        steps += 36;
    }
    steps + 36 * delta / (delta + 38)
}

fn digit(value: u32) -> char {
    char::from_digit(value.saturating_sub(26), 10)
        .filter(|_| value >= 26)
        .unwrap_or((b'a' + (value % 26) as u8) as char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        // The names in Punycode are of RFC 3492, section 7.1, and of the WHATWG's tests for addresses.
        for (url, expected) in [
            ("https://A.Example/blog", Some("a.example")),
            ("http://a.example:80", Some("a.example")),
            ("https://a.example:80/x", Some("a.example:80")),
            ("//a.example?x", Some("a.example")),
            ("https://me@a.example", Some("a.example")),
            ("https://例子.网站/路径", Some("xn--fsqu00a.xn--5tzm5g")),
            ("https://faß.example", Some("xn--fa-hia.example")),
            ("https://bücher.example", Some("xn--bcher-kva.example")),
            ("https://他们为什么不说中文/", Some("xn--ihqwcrb4cv8a8dqg056pqjye")),
            ("https://", None),
            ("ftp://a.example", None),
            ("/a", None),
            ("https://a b/", None),
        ] {
            assert_eq!(host_of(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn bases() {
        for (base, expected) in [("", ""), ("/", ""), ("blog", "/blog"), ("/a/b/", "/a/b")] {
            assert_eq!(&*Home::of(None, base).base, expected);
        }
        let origin = |url: &str| Home::of(Some(url), "").origin;
        assert_eq!(origin("https://A.example/blog").as_deref(), Some("https://A.example"));
        assert_eq!((origin("//a.example"), origin("/blog")), (None, None));
    }
}
