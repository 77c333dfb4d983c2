//! An address as it stands in a post, sorted by who makes an address of it: nobody, since it is one, or the generator, which is
//! told a post, a source, a page or a file by a template tag. Resolves nothing.

/// An address as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// An address; what template tags say of the place of the site is taken out: `{{ site.baseurl }}/a/` says the base path,
    /// and is `/a/`.
    Address {
        /// The address.
        text: String,
        /// Whether the base path of the site is put before it.
        says_base: bool,
        /// Whether scheme and host of the site are put before it.
        says_origin: bool,
    },
    /// `{% post_url NAME %}`: a post by the name of its file.
    Post {
        /// The name without ending.
        name: String,
        /// What follows the tag: a fragment.
        rest: String,
    },
    /// `{% link PATH %}`: a source or a file by its path from the root of the site.
    Source {
        /// The path.
        path: String,
        /// What follows the tag.
        rest: String,
    },
    /// `@/PATH`: a source by its path from the content folder (Zola).
    Content {
        /// The path.
        path: String,
        /// A query or fragment.
        rest: String,
    },
    /// `{{< ref NAME >}}`: a page by its path or name, with a fragment.
    Page {
        /// The path or name.
        name: String,
        /// The fragment.
        rest: String,
    },
    /// `{% post_path SLUG %}`: a post by its slug (Hexo).
    Slug {
        /// The slug.
        name: String,
    },
    /// `{% asset_path FILE %}`: a file of the post's own folder (Hexo).
    Asset {
        /// The file.
        name: String,
    },
    /// `[[PAGE#HEADING]]`: a page by its name.
    Wiki {
        /// The name.
        name: String,
        /// A heading on it.
        heading: Option<String>,
    },
    /// Only a template knows.
    Template,
}

impl Written {
    /// Sorts an address in which template tags stand as written.
    pub fn of(url: &str) -> Self {
        let url = url.trim();
        if let Some((path, rest)) = url.strip_prefix("@/").map(cut_path) {
            return Written::Content { path: path.to_owned(), rest: rest.to_owned() };
        }
        if !url.contains(['{', '<', '$']) {
            return Written::Address { text: url.to_owned(), says_base: false, says_origin: false };
        }
        let mut said = Said::default();
        let rest = said.take(url);
        match opening(rest) {
            None if has_tag(rest) => Written::Template,
            None => Written::Address { text: said.address(rest), says_base: said.base, says_origin: said.origin },
            Some(tag) if has_tag(tag.rest) => Written::Template,
            Some(tag) => tag.read(said).unwrap_or(Written::Template),
        }
    }

    /// What stands between the brackets of a wiki link: `PAGE#HEADING`.
    pub fn wiki(inside: &str) -> Self {
        let (name, heading) = match inside.split_once('#') {
            Some((name, heading)) => (name, Some(heading.to_owned())),
            None => (inside, None),
        };
        Written::Wiki { name: name.trim().to_owned(), heading }
    }

    /// The address, or the name that is told; nothing where only a template knows.
    pub fn name(&self) -> &str {
        match self {
            Written::Address { text, .. } => text,
            Written::Post { name, .. } | Written::Page { name, .. } | Written::Wiki { name, .. } => name,
            Written::Slug { name } | Written::Asset { name } => name,
            Written::Source { path, .. } | Written::Content { path, .. } => path,
            Written::Template => "",
        }
    }
}

/// What is said of the place of the site in front of an address.
#[derive(Clone, Copy, Default)]
struct Said {
    base: bool,
    origin: bool,
}

impl Said {
    /// Takes the tags off that stand for the site.
    fn take<'a>(&mut self, url: &'a str) -> &'a str {
        let mut rest = url;
        while let Some(tag) = opening(rest).filter(|tag| tag.open == "{{") {
            match tag.inside {
                "site.baseurl" | "site.base_url" | "config.root" | "base" => self.base = true,
                // The origin stands before the base path, which may be empty.
                "site.url" | "config.url" => self.origin = true,
                "config.base_url" => (self.origin, self.base) = (true, true),
                _ => break,
            }
            rest = tag.rest;
        }
        rest
    }

    /// The path of the site, also where the tag and the path meet without a slash.
    fn address(self, rest: &str) -> String {
        let is_joined = rest.starts_with('/') || !(self.base || self.origin);
        if is_joined { rest.to_owned() } else { format!("/{rest}") }
    }
}

/// A template tag at the start of an address.
struct Opening<'a> {
    open: &'static str,
    /// What stands in it, without dashes and blanks around it.
    inside: &'a str,
    rest: &'a str,
}

fn opening(text: &str) -> Option<Opening<'_>> {
    const TAGS: [(&str, &str); 4] = [("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}")];
    let (open, close) = *TAGS.iter().find(|(open, _)| text.starts_with(open))?;
    let behind = &text[open.len()..];
    let end = behind.find(close)?;
    let inside = behind[..end].trim_start_matches('-').trim_end_matches('-').trim();
    Some(Opening { open, inside, rest: &behind[end + close.len()..] })
}

/// Whether anything in the text is a template's.
fn has_tag(text: &str) -> bool {
    ["{{", "{%", "<%", "${", "{:"].iter().any(|open| text.contains(open)) || text.starts_with('{')
}

impl Opening<'_> {
    /// What the tag names; `None` where only the generator knows.
    fn read(&self, said: Said) -> Option<Written> {
        let rest = self.rest.to_owned();
        if self.open == "{{" {
            return self.filtered(said);
        }
        let (word, arguments) = self.inside.split_once(char::is_whitespace)?;
        let arguments = arguments.trim();
        let first = unquoted(arguments);
        if first.is_empty() || has_tag(first) {
            return None;
        }
        let name = first.to_owned();
        Some(match (self.open, word) {
            ("{%", "post_url") => Written::Post { name, rest },
            ("{%", "link") => Written::Source { path: name, rest },
            ("{%", "post_path") => Written::Slug { name },
            ("{%", "asset_path") => Written::Asset { name },
            ("{{<" | "{{%", "ref" | "relref") => {
                let named = value_of(arguments, "path").unwrap_or(first);
                let (name, fragment) = cut_path(named);
                Written::Page { name: name.to_owned(), rest: format!("{fragment}{rest}") }
            }
            _ => return None,
        })
    }

    /// A text in quotation marks with filters that put the place of the site before it: `{{ "/a" | relative_url }}`.
    fn filtered(&self, mut said: Said) -> Option<Written> {
        let mut parts = self.inside.split('|').map(str::trim);
        let text = quoted(parts.next()?)?;
        for filter in parts {
            match filter.split_whitespace().collect::<Vec<_>>()[..] {
                ["relative_url"] => said.base = true,
                ["absolute_url"] => (said.base, said.origin) = (true, true),
                ["prepend:", "site.baseurl"] => said.base = true,
                ["prepend:", "site.url"] => said.origin = true,
                _ => return None,
            }
        }
        let text = if said.base || said.origin { said.address(text) } else { text.to_owned() };
        Some(Written::Address { text: text + self.rest, says_base: said.base, says_origin: said.origin })
    }
}

/// A path, and the query or fragment behind it.
fn cut_path(text: &str) -> (&str, &str) {
    text.split_at(text.find(['#', '?']).unwrap_or(text.len()))
}

/// The text between quotation marks; `None` without any.
fn quoted(text: &str) -> Option<&str> {
    ['"', '\''].iter().find_map(|mark| text.strip_prefix(*mark)?.strip_suffix(*mark))
}

/// The first argument of a tag, without quotation marks.
fn unquoted(arguments: &str) -> &str {
    match arguments.chars().next() {
        Some(mark @ ('"' | '\'' | '`')) => arguments[1..].split(mark).next().unwrap_or_default(),
        _ => arguments.split_whitespace().next().unwrap_or_default(),
    }
}

/// The value of a named argument: `path="a.md"`.
fn value_of<'a>(arguments: &'a str, name: &str) -> Option<&'a str> {
    let behind = arguments.split_once(&format!("{name}="))?.1;
    Some(unquoted(behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str, says_base: bool, says_origin: bool) -> Written {
        Written::Address { text: text.to_owned(), says_base, says_origin }
    }

    #[test]
    fn addresses() {
        for (url, expected) in [
            ("/a/b", address("/a/b", false, false)),
            (" a.md ", address("a.md", false, false)),
            ("{{ site.baseurl }}/a/", address("/a/", true, false)),
            ("{{site.baseurl}}/a/", address("/a/", true, false)),
            ("{{ site.baseurl }}a/", address("/a/", true, false)),
            ("{{ site.url }}{{ site.baseurl }}/a#b", address("/a#b", true, true)),
            ("{{- site.url -}}/a", address("/a", false, true)),
            ("{{ '/a' | relative_url }}", address("/a", true, false)),
            ("{{ \"/a\" | absolute_url }}#b", address("/a#b", true, true)),
            ("{{ 'a.png' | prepend: site.baseurl | prepend: site.url }}", address("/a.png", true, true)),
            ("{{ '/a' }}", address("/a", false, false)),
        ] {
            assert_eq!(Written::of(url), expected, "{url}");
        }
    }

    #[test]
    fn what_a_generator_is_told() {
        let post = |name: &str, rest: &str| Written::Post { name: name.into(), rest: rest.into() };
        let page = |name: &str, rest: &str| Written::Page { name: name.into(), rest: rest.into() };
        let source = |path: &str, rest: &str| Written::Source { path: path.into(), rest: rest.into() };
        for (url, expected) in [
            ("{% post_url 2024-05-06-a %}", post("2024-05-06-a", "")),
            ("{%- post_url sub/2024-05-06-a -%}#b", post("sub/2024-05-06-a", "#b")),
            ("{{ site.baseurl }}{% post_url 2024-05-06-a %}", post("2024-05-06-a", "")),
            ("{% link _docs/a.md %}#b", source("_docs/a.md", "#b")),
            ("{{ site.baseurl }}{% link files/a.pdf %}", source("files/a.pdf", "")),
            ("@/blog/a.md#b", Written::Content { path: "blog/a.md".into(), rest: "#b".into() }),
            ("{{< ref \"a.md#b\" >}}", page("a.md", "#b")),
            ("{{<ref a.md>}}", page("a.md", "")),
            ("{{% relref \"/blog/a\" %}}#b", page("/blog/a", "#b")),
            ("{{< relref path=\"a.md\" lang=\"en\" >}}", page("a.md", "")),
            ("{{< ref \"#b\" >}}", page("", "#b")),
            ("{% post_path a-b %}", Written::Slug { name: "a-b".into() }),
            ("{% asset_path a.png %}", Written::Asset { name: "a.png".into() }),
        ] {
            assert_eq!(Written::of(url), expected, "{url}");
        }
        assert_eq!(Written::wiki("A b#c"), Written::Wiki { name: "A b".into(), heading: Some("c".into()) });
    }

    #[test]
    fn what_only_a_template_knows() {
        for url in [
            "{{ page.url }}",
            "/a/{{ page.slug }}",
            "{{ site.baseurl }}/{{ x }}",
            "{% if a %}b{% endif %}",
            "{% post_url {{ x }} %}",
            "{{ '/a' | append: x }}",
            "{{ x | relative_url }}",
            "<%= url %>",
            "${base}/a",
            "{props.url}",
            "{{ unclosed",
            "{{< figure src=\"a.png\" >}}",
        ] {
            assert_eq!(Written::of(url), Written::Template, "{url}");
        }
    }
}
