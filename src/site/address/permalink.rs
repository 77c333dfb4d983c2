//! Permalinks as templates: text with placeholders (`/:year/:title/`).

/// Fills in a template. `name` tells how many bytes after a colon are a placeholder's name, none where the colon is a
/// character like others; `value` what stands in its place. What is written around placeholders goes through `plain`.
/// `None` where a value is not known.
pub(super) fn filled(
    template: &str,
    name: impl Fn(&str) -> usize,
    plain: impl Fn(&str) -> String,
    mut value: impl FnMut(&str) -> Option<String>,
) -> Option<String> {
    let mut out = String::with_capacity(2 * template.len());
    let mut rest = template;
    let mut from = 0;
    while let Some(colon) = rest[from..].find(':').map(|at| from + at) {
        let after = &rest[colon + 1..];
        let length = name(after);
        if length == 0 {
            from = colon + 1;
            continue;
        }
        out.push_str(&plain(&rest[..colon]));
        out.push_str(&value(&after[..length])?);
        rest = &after[length..];
        from = 0;
    }
    out.push_str(&plain(rest));
    Some(out)
}

/// Whether a path is a post's by its shape: folders `YYYY/MM/DD` and more below. Nothing but posts is made there, whatever
/// plug-ins a site has.
pub(super) fn is_dated(path: &str) -> bool {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let is_number =
        |segment: &str, digits: usize| segment.len() == digits && segment.bytes().all(|byte| byte.is_ascii_digit());
    segments.windows(4).any(|part| is_number(part[0], 4) && is_number(part[1], 2) && is_number(part[2], 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates() {
        let name = |text: &str| text.bytes().take_while(u8::is_ascii_lowercase).count();
        let value = |name: &str| (name != "x").then(|| name.to_uppercase());
        for (template, expected) in [
            ("/:year/:title.html", Some("/YEAR/TITLE.html")),
            (":a:b", Some("AB")),
            ("/a: b/::c", Some("/a: b/:C")),
            ("", Some("")),
            ("/:x/", None),
        ] {
            assert_eq!(filled(template, name, str::to_owned, value).as_deref(), expected, "{template}");
        }
    }

    #[test]
    fn addresses_of_posts() {
        for (path, expected) in [
            ("/2024/05/06/a.html", true),
            ("/notes/2024/05/06/a/", true),
            ("/2024/05/06/", false),
            ("/2024/05/page/2/", false),
            ("/archive/2024/", false),
        ] {
            assert_eq!(is_dated(path), expected, "{path}");
        }
    }
}
