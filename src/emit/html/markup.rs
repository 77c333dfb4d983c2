//! A page in the making. What comes from outside gets into it as text or as the value of an attribute, escaped and with
//! nothing in it that acts; the words of tags are this program's own. Elements are closed by construction.

use crate::emit::sanitise::line;
use crate::emit::xml::escaped;

/// Attributes: names and values.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

/// A page in the making.
#[derive(Default)]
pub(super) struct Markup {
    html: String,
}

impl Markup {
    /// Text, on one line.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.html.push_str(&escaped(&line(text, false)));
        self
    }

    /// Text, on one line, of which what stands between two backticks is code. Messages and records are written so.
    pub(super) fn words(&mut self, text: &str) -> &mut Self {
        let parts: Vec<&str> = text.split('`').collect();
        for (at, part) in parts.iter().enumerate() {
            // A backtick without a second one is a character like any other.
            let is_last = at + 1 == parts.len();
            match (at % 2 == 1, is_last) {
                (true, false) => _ = self.leaf("code", &[], part),
                (true, true) => _ = self.own("`").text(part),
                (false, _) => _ = self.text(part),
            }
        }
        self
    }

    /// What was written apart.
    pub(super) fn join(&mut self, other: Markup) -> &mut Self {
        self.html.push_str(&other.html);
        self
    }

    /// An element with what `fill` puts into it.
    pub(super) fn element(
        &mut self,
        tag: &'static str,
        attributes: Attributes<'_>,
        fill: impl FnOnce(&mut Markup),
    ) -> &mut Self {
        self.void(tag, attributes);
        fill(self);
        self.html.push_str(&format!("</{tag}>"));
        self
    }

    /// An element with nothing but text.
    pub(super) fn leaf(&mut self, tag: &'static str, attributes: Attributes<'_>, text: &str) -> &mut Self {
        self.element(tag, attributes, |markup| _ = markup.text(text))
    }

    /// The start of an element; of one that has no end, all of it.
    pub(super) fn void(&mut self, tag: &'static str, attributes: Attributes<'_>) -> &mut Self {
        self.html.push_str(&format!("<{tag}"));
        for (name, value) in attributes {
            self.html.push_str(&format!(" {name}=\"{}\"", escaped(&line(value, false))));
        }
        self.html.push('>');
        self
    }

    /// This program's own words, as they are: no word of a site.
    pub(super) fn own(&mut self, html: &'static str) -> &mut Self {
        self.html.push_str(html);
        self
    }

    /// A line break between elements, for those who read the source.
    pub(super) fn ln(&mut self) -> &mut Self {
        self.own("\n")
    }

    /// How many bytes there are.
    pub(super) fn len(&self) -> usize {
        self.html.len()
    }

    /// What was made.
    pub(super) fn finish(self) -> String {
        self.html
    }
}

/// A number as people read it: `12,345`.
pub(super) fn number(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// So many of them, in the plural if there are.
pub(super) fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{} {noun}s", number(count)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_site_are_no_markup() {
        let mut markup = Markup::default();
        let words = "</p><script>alert(1)</script>\u{202e}\u{1b}[31m \" onmouseover='x' &amp;\nmore";
        markup.leaf("p", &[("title", words)], words);
        let shown = "&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;U+202E&gt;␛[31m &quot; onmouseover=&apos;x&apos; \
                     &amp;amp;⏎more";
        assert_eq!(markup.finish(), format!("<p title=\"{shown}\">{shown}</p>"));
    }

    #[test]
    fn code_stands_between_backticks() {
        for (text, expected) in [
            ("write `<p>` or `b`", "write <code>&lt;p&gt;</code> or <code>b</code>"),
            ("one ` more", "one ` more"),
            ("``", "<code></code>"),
            ("`a` `", "<code>a</code> `"),
            ("", ""),
        ] {
            let mut markup = Markup::default();
            markup.words(text);
            assert_eq!(markup.finish(), expected, "{text}");
        }
    }

    #[test]
    fn numbers_have_commas() {
        for (value, expected) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(number(value), expected);
        }
        assert_eq!((plural(1, "post"), plural(1000, "post")), ("1 post".to_owned(), "1,000 posts".to_owned()));
    }
}
