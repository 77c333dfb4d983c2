//! A template tag cut into what it is called and what it is given. Knows how tags of Liquid, Nunjucks and Hugo are written;
//! knows no generator.

/// How a tag is delimited, the longer opening text before the one that it begins with.
const DELIMITERS: &[(&str, &str, Syntax)] = &[
    ("{{<", ">}}", Syntax::Shortcode),
    ("{{%", "%}}", Syntax::Shortcode),
    ("{{", "}}", Syntax::Expression),
    ("{%", "%}", Syntax::Statement),
];

/// What kind of tag it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    /// `{% name arguments %}`
    Statement,
    /// `{{ value | filter: argument }}`
    Expression,
    /// `{{< name arguments >}}`, `{{% name arguments %}}`
    Shortcode,
}

/// A tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Call<'a> {
    pub(super) syntax: Syntax,
    /// The first word. Of an expression: nothing.
    pub(super) name: &'a str,
    /// What stands behind the name, without blanks around it.
    pub(super) rest: &'a str,
}

/// One of the things that a tag is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Argument<'a> {
    /// `src` of `src="…"`.
    pub(super) name: Option<&'a str>,
    /// Without quotes.
    pub(super) value: &'a str,
}

impl<'a> Call<'a> {
    /// The tag that `text` begins with, and its length. `None` where none begins or it does not end.
    pub(super) fn read(text: &'a str) -> Option<(Self, usize)> {
        let (open, close, syntax) = DELIMITERS.iter().find(|(open, ..)| text.starts_with(open))?;
        let inside = &text[open.len()..];
        let end = inside.find(close)?;
        let length = open.len() + end + close.len();
        // Blank space around a tag is cut off by hyphens (Liquid, Nunjucks) or `~`.
        let inside = &inside[..end];
        let inside = inside.strip_prefix(['-', '~']).unwrap_or(inside);
        let inside = inside.strip_suffix(['-', '~']).unwrap_or(inside);
        // `{{< name />}}`
        let closed = if *syntax == Syntax::Shortcode { inside.strip_suffix('/') } else { None };
        let inside = closed.unwrap_or(inside).trim();
        let name = if *syntax == Syntax::Expression { 0 } else { word_length(inside) };
        Some((Self { syntax: *syntax, name: &inside[..name], rest: inside[name..].trim_start() }, length))
    }

    /// What it is given, in order.
    pub(super) fn arguments(&self) -> impl Iterator<Item = Argument<'a>> {
        let mut rest = self.rest;
        let may_be_named = self.syntax == Syntax::Shortcode;
        std::iter::from_fn(move || {
            rest = rest.trim_start();
            let mut name = None;
            if may_be_named {
                let length =
                    rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(byte)).count();
                if let Some(value) = rest[length..].strip_prefix('=').filter(|_| length > 0) {
                    name = Some(&rest[..length]);
                    rest = value;
                }
            }
            if rest.is_empty() && name.is_none() {
                return None;
            }
            let (value, length) = quoted(rest).unwrap_or_else(|| {
                let length = word_length(rest);
                (&rest[..length], length)
            });
            rest = &rest[length..];
            Some(Argument { name, value })
        })
    }
}

fn word_length(text: &str) -> usize {
    text.find(char::is_whitespace).unwrap_or(text.len())
}

/// The text in quotes that `text` begins with, and its length with the quotes. A quote that is not closed reaches to the end.
pub(super) fn quoted(text: &str) -> Option<(&str, usize)> {
    let quote = text.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
    let inside = &text[1..];
    Some(match inside.find(quote) {
        Some(end) => (&inside[..end], end + 2),
        None => (inside, text.len()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_tags() {
        let check = |text: &str, name: &str, arguments: &[&str]| {
            let (call, length) = Call::read(text).expect("a tag");
            assert_eq!((call.name, length), (name, text.len()), "{text}");
            let render = |argument: Argument<'_>| match argument.name {
                Some(name) => format!("{name}: {}", argument.value),
                None => argument.value.to_owned(),
            };
            assert_eq!(call.arguments().map(render).collect::<Vec<_>>(), arguments, "{text}");
        };
        check("{% post_link a-b  'The title' true %}", "post_link", &["a-b", "The title", "true"]);
        check("{%- link _posts/a.md -%}", "link", &["_posts/a.md"]);
        check("{%link a%}", "link", &["a"]);
        check("{{< figure src=\"a b.png\" link=`/c` alt= >}}", "figure", &["src: a b.png", "link: /c", "alt: "]);
        check("{{% relref \"a.md#b\" %}}", "relref", &["a.md#b"]);
        check("{{< ref a.md />}}", "ref", &["a.md"]);
        check("{% img x=1 \"open %}", "img", &["x=1", "open"]);
        check("{%%}", "", &[]);
        check("{{-}}", "", &[]);
    }

    #[test]
    fn leaves_what_is_no_tag() {
        for text in ["", "{", "{{", "{% x", "{{< x }}", "a {{ b }}"] {
            assert_eq!(Call::read(text), None, "{text}");
        }
    }
}
