//! What a permalink of Eleventy comes to: a template in Liquid or Nunjucks, of which no more is understood than names of the
//! page and the filter `slugify`.

use super::super::path::joined;
use crate::spanned::Node;

/// What a template may name.
pub(super) struct Scope<'p> {
    /// The path below the input folder without the file's ending: `posts/2024-05-06-sea`.
    pub(super) stem: &'p str,
    /// The front matter.
    pub(super) front: &'p Node,
    /// Whether `slugify` is Eleventy's own.
    pub(super) is_slugify_own: bool,
}

/// The address of a permalink; `None` where only running the template would tell.
pub(super) fn rendered(permalink: &str, scope: &Scope<'_>) -> Option<String> {
    if permalink.contains("{%") || permalink.contains("{#") {
        return None;
    }
    let mut out = String::new();
    let mut rest = permalink;
    while let Some(open) = rest.find("{{") {
        let close = rest[open..].find("}}")? + open;
        out.push_str(&rest[..open]);
        out.push_str(&scope.expression(&rest[open + 2..close])?);
        rest = &rest[close + 2..];
    }
    out.push_str(rest);
    address(&out)
}

/// The address of what a page is written to (`TemplatePermalink.toHref`).
pub(super) fn address(permalink: &str) -> Option<String> {
    let whole = joined("/", permalink.trim_start_matches('/'))?;
    let ends = ["/index.html", "/index/", "/index"];
    let bare = ends.iter().find_map(|end| whole.strip_suffix(end)).map(|bare| format!("{bare}/"));
    Some(bare.unwrap_or(whole))
}

/// The address of a page without a permalink (`TemplatePermalink.generate`).
pub(super) fn default(stem: &str) -> String {
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let is_folder = name == "index" || !folder.is_empty() && folder.rsplit('/').next() == Some(name);
    match (is_folder, folder) {
        (true, "") => "/".to_owned(),
        (true, folder) => format!("/{folder}/"),
        (false, _) => format!("/{stem}/"),
    }
}

impl Scope<'_> {
    /// `title | slugify`, `page.fileSlug`, `"a"`.
    fn expression(&self, expression: &str) -> Option<String> {
        let mut parts = expression.trim_matches('-').split('|').map(str::trim);
        let name = parts.next()?;
        let mut value = self.named(name)?;
        let mut is_safe = value.chars().all(|c| !matches!(c, '&' | '<' | '>' | '"' | '\''));
        for filter in parts {
            match filter {
                "slugify" if self.is_slugify_own => {
                    value = slugify(&value)?;
                    is_safe = true;
                }
                _ => return None,
            }
        }
        // Nunjucks writes these characters as entities, and Liquid does not.
        is_safe.then_some(value)
    }

    fn named(&self, name: &str) -> Option<String> {
        match name {
            "page.fileSlug" => Some(file_slug(self.stem)),
            "page.filePathStem" => {
                let (folder, name) = self.stem.rsplit_once('/').unwrap_or(("", self.stem));
                let slash = if folder.is_empty() { "" } else { "/" };
                Some(format!("/{folder}{slash}{}", undated(name)))
            }
            _ => {
                let is_text =
                    name.len() > 1 && ['"', '\''].iter().any(|mark| name.starts_with(*mark) && name.ends_with(*mark));
                if is_text {
                    Some(name[1..name.len() - 1].to_owned())
                } else {
                    self.front.get(name)?.as_str().map(str::to_owned)
                }
            }
        }
    }
}

/// `page.fileSlug`: the name without its date, or that of the folder of an `index` (`TemplateFileSlug.js`).
fn file_slug(stem: &str) -> String {
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    match undated(name) {
        "index" => undated(folder.rsplit('/').next().unwrap_or_default()).to_owned(),
        slug => slug.to_owned(),
    }
}

/// What stands behind the first `YYYY-MM-DD-`, wherever it is.
fn undated(name: &str) -> &str {
    let shape = "dddd-dd-dd-".as_bytes();
    let fits = |part: &[u8]| part.iter().zip(shape).all(|(c, s)| if *s == b'd' { c.is_ascii_digit() } else { c == s });
    let at = name.as_bytes().windows(shape.len()).position(fits);
    at.map_or(name, |at| &name[at + shape.len()..])
}

/// @sindresorhus/slugify as Eleventy calls it, for ASCII; other letters are transliterated by tables that are not here.
fn slugify(text: &str) -> Option<String> {
    if !text.is_ascii() {
        return None;
    }
    let text = text.replace('&', " and ").to_ascii_lowercase();
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let is_contraction = c == '\''
            && at > 0
            && bytes[at - 1].is_ascii_alphanumeric()
            && matches!(bytes.get(at + 1), Some(b't' | b's'))
            && bytes.get(at + 2).is_none_or(u8::is_ascii_whitespace);
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !is_contraction && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    Some(out.trim_end_matches('-').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spanned::yaml;

    /// Computed by @sindresorhus/slugify 2.2 with `decamelize: false`.
    #[test]
    fn slugs() {
        for (text, expected) in [
            ("Kelp & tea: the sisters' powder", Some("kelp-and-tea-the-sisters-powder")),
            ("Don't ask, it's JavaScript's", Some("dont-ask-its-javascripts")),
            ("A&B", Some("a-and-b")),
            ("--a__b--", Some("a-b")),
            ("C++ 1.0", Some("c-1-0")),
            ("'tis o'clock", Some("tis-o-clock")),
            ("", Some("")),
            ("Café", None),
        ] {
            assert_eq!(slugify(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn permalinks() {
        let front = yaml::parse("title: Sea & salt\nslug: x-y\n").expect("valid");
        for (stem, permalink, expected) in [
            ("a", "/x/", Some("/x/")),
            ("a", "x/index.html", Some("/x/")),
            ("a", "/x.html", Some("/x.html")),
            ("a", "/x/../y//z/", Some("/y/z/")),
            ("b/2024-05-06-a", "/{{ page.fileSlug }}/", Some("/a/")),
            ("2024-05-06-a/index", "/{{page.fileSlug}}/", Some("/a/")),
            ("b/2024-05-06-a", "{{ page.filePathStem }}.html", Some("/b/a.html")),
            ("a", "/{{ title | slugify }}/", Some("/sea-and-salt/")),
            ("a", "/{{ slug }}/", Some("/x-y/")),
            ("a", "/{{ title }}/", None),
            ("a", "/{{ other }}/", None),
            ("a", "/{{ page.date | date: '%Y' }}/", None),
            ("a", "{% if x %}/x/{% endif %}", None),
            ("a", "/{{ x", None),
        ] {
            let scope = Scope { stem, front: &front, is_slugify_own: true };
            assert_eq!(rendered(permalink, &scope).as_deref(), expected, "{permalink}");
        }
    }
}
