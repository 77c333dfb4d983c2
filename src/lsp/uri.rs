//! `file:` URIs and paths. Both ways are the same on every system but for drives, which Windows alone has.

use std::path::{Path, PathBuf};

/// The path that a `file:` URI names; `None` of other URIs, of files on other machines, and of what is no whole path.
pub(super) fn to_path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file:")?;
    let path = match rest.strip_prefix("//") {
        Some(rest) => {
            let (host, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
            (host.is_empty() || host.eq_ignore_ascii_case("localhost")).then_some(path)?
        }
        None => rest,
    };
    let decoded = decoded(path.split(['?', '#']).next().unwrap_or_default()).filter(|path| path.starts_with('/'))?;
    // `/c:/posts/a.md` and, as VS Code writes it, `/c%3A/posts/a.md`.
    let has_drive = cfg!(windows) && decoded.len() > 2 && decoded.as_bytes()[2] == b':';
    Some(PathBuf::from(if has_drive { &decoded[1..] } else { &decoded }))
}

/// The URI of a path.
pub(super) fn of_path(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    let mut uri = "file://".to_owned();
    if !text.starts_with('/') {
        uri.push('/');
    }
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            bytes.push(16 * digit(rest.next()?)? + digit(rest.next()?)?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_come_back() {
        for path in ["/a b/100%.md", "/港口/🎉.md", "/a#b?c.md", "/a:b/[c].md"] {
            assert_eq!(to_path(&of_path(Path::new(path))), Some(PathBuf::from(path)), "{path}");
        }
    }

    #[test]
    fn what_is_no_file_here_is_none() {
        for uri in
            ["untitled:Untitled-1", "https://a.example/a.md", "file://server/a.md", "file:///%zz.md", "file:///%8"]
        {
            assert_eq!(to_path(uri), None, "{uri}");
        }
        assert_eq!(to_path("file://localhost/a%20b.md"), Some(PathBuf::from("/a b.md")));
    }
}
