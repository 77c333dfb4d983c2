//! A generator's own configuration as a tree, and the few settings of a configuration in JavaScript that can be read without
//! running it.

use crate::site::detect::Files;
use crate::spanned::{Node, json, toml, yaml};

/// The first of these files that is there and can be read, as a tree: YAML, TOML or JSON by its name.
pub fn tree(files: &Files<'_>, base: &str, names: &[&str]) -> Option<Node> {
    names.iter().find_map(|name| {
        let text = (files.read)(&below(base, name))?;
        match name.rsplit('.').next()? {
            "yml" | "yaml" => yaml::parse(&text).ok(),
            "toml" => toml::parse(&text).ok(),
            "json" => json::parse(&text).ok(),
            _ => None,
        }
    })
}

/// The text of the first of these files that is there, for configurations that are programs.
pub fn program(files: &Files<'_>, base: &str, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| (files.read)(&below(base, name)))
}

/// The path of a file of the folder that the generator works in.
pub fn below(base: &str, name: &str) -> String {
    if base.is_empty() { name.to_owned() } else { format!("{base}/{name}") }
}

/// What the whole address of a site says: its hosts, its origin, and the folder of the host that it is in.
pub fn origin_and_base(url: &str) -> (Vec<Box<str>>, Option<Box<str>>, Box<str>) {
    let url = url.trim();
    let (scheme, rest) = match url.find("//") {
        Some(at) => (&url[..at], &url[at + 2..]),
        None => ("", url),
    };
    let (host, path) = match rest.find('/') {
        Some(slash) if !scheme.is_empty() || url.starts_with("//") => (&rest[..slash], &rest[slash..]),
        None if !scheme.is_empty() || url.starts_with("//") => (rest, ""),
        // A path alone.
        _ => ("", rest),
    };
    let folder = path.trim_matches('/');
    let base = if folder.is_empty() { String::new() } else { format!("/{folder}") };
    let is_host = !host.is_empty();
    let hosts = if is_host { vec![host.to_lowercase().into()] } else { vec![] };
    let origin = (is_host && scheme.starts_with("http")).then(|| format!("{scheme}//{host}").into());
    (hosts, origin, base.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_sites() {
        for (url, hosts, origin, base) in [
            ("https://A.example/", &["a.example"][..], Some("https://A.example"), ""),
            ("https://a.example/blog/", &["a.example"], Some("https://a.example"), "/blog"),
            ("//a.example", &["a.example"], None, ""),
            ("/blog/", &[], None, "/blog"),
            ("/", &[], None, ""),
            ("", &[], None, ""),
        ] {
            let found = origin_and_base(url);
            let found_hosts: Vec<&str> = found.0.iter().map(|host| &**host).collect();
            assert_eq!((found_hosts.as_slice(), found.1.as_deref(), &*found.2), (hosts, origin, base), "{url}");
        }
    }
}
