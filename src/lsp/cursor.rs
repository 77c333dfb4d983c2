//! What is being written where the cursor is: the target of a link, an anchor, a term of front matter. Only the line up to the
//! cursor is looked at, since what follows is not there yet.

use crate::corpus::{LinkUse, TAXONOMIES, link_like};
use crate::post::{Format, LinkKind, front_matter};
use crate::site::{Profile, Role};
use crate::source::{Source, Span};

/// The longest piece of a line before the cursor that is looked at, in bytes.
const LONGEST: usize = 2000;

/// What is being written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Writing {
    /// Where a link leads.
    Target(Target),
    /// A place on the page where a link leads.
    Anchor {
        /// The link up to there.
        link: LinkUse,
        /// What is written of it.
        typed: Span,
    },
    /// A value of a key of front matter that sorts posts into groups.
    Term {
        /// The key.
        key: &'static str,
        /// What is written of it.
        typed: Span,
        /// Whether it stands in quotes already.
        is_quoted: bool,
        /// What the front matter is written in.
        format: Format,
    },
}

/// A target that is being written: in a tag, between what stands before and behind it there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Target {
    pub(super) kind: LinkKind,
    pub(super) before: &'static str,
    pub(super) after: &'static str,
    /// What is written of it.
    pub(super) typed: Span,
}

/// What is being written at the byte `at`.
pub(super) fn writing(source: &Source, profile: &Profile, at: usize) -> Option<Writing> {
    let front = front_matter::read(source, profile, Role::Post, &mut vec![]);
    if let Some(format) = front.format.filter(|_| front.span.contains(Span::at(at))) {
        let above = source.text.get(front.content.range().start..at)?;
        return term(above, at, format);
    }
    let from = source.text.ceil_char_boundary(at.saturating_sub(LONGEST));
    let line = source.text[from..at].rsplit('\n').next().unwrap_or_default();
    // Of a link in a link the inner one: what begins last.
    let targets = [in_tag(line), in_parentheses(line), in_definition(line), in_attribute(line), in_brackets(line)];
    let (length, kind, before, after) = targets.into_iter().flatten().min_by_key(|(length, ..)| *length)?;
    let typed = &line[line.len() - length..];
    let start = at - length;
    if typed.contains("://") || typed.chars().any(char::is_control) {
        return None;
    }
    match typed.find('#').filter(|_| before.is_empty()) {
        Some(hash) => {
            Some(Writing::Anchor { link: link_like(kind, &typed[..hash]), typed: Span::new(start + hash + 1, at) })
        }
        None => Some(Writing::Target(Target { kind, before, after, typed: Span::new(start, at) })),
    }
}

/// How many bytes before the cursor are typed, the kind of the link, and what stands around its name in the address.
type Found = (usize, LinkKind, &'static str, &'static str);

/// Tags that take a name: what stands before the name in the source, and around it in the address.
const TAGS: [(&str, &str, &str); 8] = [
    ("{% post_url ", "{% post_url ", " %}"),
    ("{% link ", "{% link ", " %}"),
    ("{% post_link ", "{% post_link ", " %}"),
    ("{% post_path ", "{% post_path ", " %}"),
    ("{{< ref \"", "{{< ref \"", "\" >}}"),
    ("{{< relref \"", "{{< relref \"", "\" >}}"),
    ("{{% ref \"", "{{< ref \"", "\" >}}"),
    ("{{% relref \"", "{{< relref \"", "\" >}}"),
];

fn in_tag(line: &str) -> Option<Found> {
    let found = TAGS.iter().filter_map(|(opening, before, after)| {
        let typed = &line[line.rfind(opening)? + opening.len()..];
        (!typed.contains([' ', '"', '}', '#'])).then_some((typed.len(), LinkKind::Inline, *before, *after))
    });
    found.min_by_key(|(length, ..)| *length)
}

fn in_parentheses(line: &str) -> Option<Found> {
    let opening = line.rfind("](")?;
    let is_image = line[..opening].rfind('[').is_some_and(|bracket| line[..bracket].ends_with('!'));
    let typed = &line[opening + 2..];
    let (typed, in_angles) = typed.strip_prefix('<').map_or((typed, false), |typed| (typed, true));
    let is_over = typed.contains([')', '<', '>', '{']) || !in_angles && typed.contains(char::is_whitespace);
    (!is_image && !is_over).then_some((typed.len(), LinkKind::Inline, "", ""))
}

fn in_definition(line: &str) -> Option<Found> {
    let label = line.trim_start().strip_prefix('[').filter(|label| !label.starts_with('^'))?;
    let typed = label.split_once("]:")?.1.trim_start();
    (!typed.contains(char::is_whitespace)).then_some((typed.len(), LinkKind::Reference, "", ""))
}

fn in_attribute(line: &str) -> Option<Found> {
    let opening =
        ["href=\"", "href='"].iter().filter_map(|opening| Some(line.rfind(opening)? + opening.len())).max()?;
    let typed = &line[opening..];
    (!typed.contains(['"', '\'', '<', '>', '{'])).then_some((typed.len(), LinkKind::Html, "", ""))
}

fn in_brackets(line: &str) -> Option<Found> {
    let typed = &line[line.rfind("[[")? + 2..];
    (!typed.contains([']', '|', '['])).then_some((typed.len(), LinkKind::Wiki, "", ""))
}

/// The term that is being written at the end of the front matter `above` the cursor.
fn term(above: &str, at: usize, format: Format) -> Option<Writing> {
    let line = above.rsplit('\n').next()?;
    let separator = match format {
        Format::Yaml => ':',
        Format::Toml => '=',
        Format::Json => return None,
    };
    let (key, value) = match line.trim_start().strip_prefix('-').filter(|_| format == Format::Yaml) {
        Some(value) => {
            let is_item = |line: &&str| line.trim_start().starts_with('-') || line.trim().is_empty();
            let heading = above[..above.len() - line.len()].lines().rev().find(|line| !is_item(line))?;
            (heading.trim().strip_suffix(':')?, value)
        }
        None => {
            let (key, value) = line.split_once(separator)?;
            (key.trim(), value)
        }
    };
    let typed = value.rsplit(['[', ',']).next()?.trim_start();
    let (typed, is_quoted) = typed.strip_prefix(['"', '\'']).map_or((typed, false), |typed| (typed, true));
    let is_over = typed.contains([']', '"', '\'', '#']);
    let key = TAXONOMIES.into_iter().find(|taxonomy| *taxonomy == key)?;
    (!is_over).then(|| Writing::Term { key, typed: Span::new(at - typed.len(), at), is_quoted, format })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::jekyll::JEKYLL;

    /// What is being written at `|`: what it is, and what is typed of it.
    fn at(text: &str) -> String {
        let at = text.find('|').expect("a cursor");
        let source = Source::from_text("a.md", &text.replacen('|', "", 1));
        let typed = |span: Span| source.slice(span).to_owned();
        match writing(&source, &JEKYLL, at) {
            Some(Writing::Target(target)) => format!("{}{}{}", target.before, typed(target.typed), target.after),
            Some(Writing::Anchor { link, typed: span }) => format!("{} # {}", link.url, typed(span)),
            Some(Writing::Term { key, typed: span, is_quoted, .. }) => {
                format!("{key}: {}{}", typed(span), if is_quoted { " in quotes" } else { "" })
            }
            None => "-".to_owned(),
        }
    }

    #[test]
    fn what_is_written_in_the_text() {
        for (text, expected) in [
            ("See [x](/a|", "/a"),
            ("港🎉 [x](|)", ""),
            ("[x](./a.md#hi|gh", "./a.md # hi"),
            ("[x](#|", " # "),
            ("[x](<a b|", "a b"),
            ("[x](a) and |", "-"),
            ("[x](a b|", "-"),
            ("![x](a|", "-"),
            ("[x](https://a|", "-"),
            ("[x]: /a|", "/a"),
            ("[^x]: /a|", "-"),
            ("<a href='/a|", "/a"),
            ("<a href=\"/a\">|", "-"),
            ("[[We|", "We"),
            ("[x]({% post_url 2024|", "{% post_url 2024 %}"),
            ("[x]({% post_url a %}|", "-"),
            ("{{< relref \"a|", "{{< relref \"a\" >}}"),
            ("no link|", "-"),
        ] {
            assert_eq!(at(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_written_in_front_matter() {
        for (text, expected) in [
            ("---\ntags: [a, b|]\n---\n", "tags: b"),
            ("---\ntags: [\"a|\"]\n---\n", "tags: a in quotes"),
            ("---\ntags:\n  - a\n  - |\n---\n", "tags: "),
            ("---\ncategory: a|\n---\n", "category: a"),
            ("---\ntitle: a|\n---\n", "-"),
            ("---\ntitle: x\nta|\n---\n", "-"),
            ("---\ntags: [a] # no|te\n---\n", "-"),
            ("---\ntitle: x\n---\n[x](a|", "a"),
        ] {
            assert_eq!(at(text), expected, "{text}");
        }
    }
}
