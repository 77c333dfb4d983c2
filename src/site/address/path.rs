//! Paths of addresses: decoded, joined, without `.` and `..`.

use std::borrow::Cow;

/// The path with percent-encoding decoded; as it is where what is encoded is no UTF-8.
pub fn decoded(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).map_or(Cow::Borrowed(path), Cow::Owned)
}

/// The path as it is written into a link: blanks, quotation marks, brackets and the like encoded, letters of all scripts kept.
pub fn encoded(path: &str) -> String {
    let is_special =
        |c: char| c.is_ascii_control() || matches!(c, ' ' | '"' | '<' | '>' | '(' | ')' | '`' | '%' | '#' | '?' | '\\');
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if is_special(c) {
            out.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// The path without empty segments.
pub fn squeezed(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if c != '/' || !out.ends_with('/') {
            out.push(c);
        }
    }
    out
}

/// Where `relative` leads from a page at `from`, which begins with `/`, as a browser follows it: above the root is the root.
pub fn followed(from: &str, relative: &str) -> String {
    resolved(from, relative).0
}

/// Where `relative` leads from a file at `from`, which begins with `/`; `None` where it leads out of the root.
pub fn joined(from: &str, relative: &str) -> Option<String> {
    let (path, leads_out) = resolved(from, relative);
    (!leads_out).then_some(path)
}

/// The path, and whether it would lead out of the root.
fn resolved(from: &str, relative: &str) -> (String, bool) {
    let folder = &from[..from.rfind('/').map_or(0, |slash| slash + 1)];
    let whole = if relative.starts_with('/') { relative.to_owned() } else { format!("{folder}{relative}") };
    let mut parts: Vec<&str> = vec![];
    let (mut is_folder, mut leads_out) = (true, false);
    for part in whole.split('/') {
        is_folder = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." => leads_out |= parts.pop().is_none(),
            part => parts.push(part),
        }
    }
    let end = if is_folder && !parts.is_empty() { "/" } else { "" };
    (format!("/{}{end}", parts.join("/")), leads_out)
}

/// A path without the ending of its name, and that ending without its dot.
pub fn split_extension(path: &str) -> (&str, &str) {
    let start = path.rfind('/').map_or(0, |slash| slash + 1);
    match path[start..].rfind('.') {
        Some(dot) if dot > 0 && start + dot + 1 < path.len() => (&path[..start + dot], &path[start + dot + 1..]),
        _ => (path, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_encoding() {
        for (path, expected) in
            [("/a%20b", "/a b"), ("/%E6%B5%B7", "/海"), ("/100%", "/100%"), ("/%zz", "/%zz"), ("/%FF%20", "/%FF%20")]
        {
            assert_eq!(decoded(path), expected);
        }
    }

    #[test]
    fn extensions() {
        // As Ruby's `File.extname` and Node's `path.extname` have them.
        for (path, expected) in [
            ("a/b.md", ("a/b", "md")),
            ("a.b/c", ("a.b/c", "")),
            ("a/.b", ("a/.b", "")),
            ("a.tar.gz", ("a.tar", "gz")),
            ("", ("", "")),
        ] {
            assert_eq!(split_extension(path), expected);
        }
    }

    #[test]
    fn relative_paths() {
        for (from, relative, expected) in [
            ("/a/b", "c", Some("/a/c")),
            ("/a/b/", "c/", Some("/a/b/c/")),
            ("/a/b/", "..", Some("/a/")),
            ("/a/b/", "../../", Some("/")),
            ("/a/b", "./c/./d", Some("/a/c/d")),
            ("/a/b", "/x//y", Some("/x/y")),
            ("/a", "../b", None),
        ] {
            assert_eq!(joined(from, relative).as_deref(), expected, "{from} {relative}");
        }
        assert_eq!(followed("/a/b", "../../../c/"), "/c/");
    }
}
