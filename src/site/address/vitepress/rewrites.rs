//! Rewrites of VitePress: patterns of path-to-regexp 6, of which `:name`, `:name(.*)` and `/:name*` are understood. Letters match
//! in either case.

use super::super::program::{Entry, Value};

/// Most steps that looking for a match takes.
const MOST_STEPS: usize = 10_000;

/// The rules, in order.
#[derive(Debug, Default)]
pub(super) struct Rewrites(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    /// What it matches; `None` where it is not understood.
    from: Option<Vec<Piece>>,
    /// The text before what is not understood: what does not begin with it is no matter of the rule.
    beginning: String,
    /// What it makes of it; `None` where it is computed or not understood.
    to: Option<Vec<Piece>>,
}

/// A part of a pattern.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    /// The text itself.
    Text(String),
    /// A parameter.
    Parameter {
        name: String,
        extent: Extent,
        /// What is not in its value since path-to-regexp 6.3: the text before it, where no slash is in that.
        before: String,
    },
}

/// How much a parameter stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// A part of a segment, as short as may be.
    Segment,
    /// Any text, as long as may be: `(.*)`.
    Rest,
    /// Any number of segments, each with the slash before it: `/:name*`.
    Segments,
}

/// What becomes of a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Rewritten {
    /// Nothing.
    Kept,
    /// Another path.
    To(String),
    /// Only the program knows.
    Unknown,
}

impl Rewrites {
    /// Those that a configuration sets; `None` where they are computed.
    pub(super) fn read(setting: &Value) -> Option<Self> {
        match setting {
            Value::Unset => Some(Self::default()),
            Value::Object(entries) => {
                let is_whole = !entries.iter().any(|entry| matches!(entry, Entry::Others));
                is_whole.then(|| Self(setting.entries().map(|(from, to)| rule(from, to)).collect()))
            }
            _ => None,
        }
    }

    /// What becomes of the path of a source.
    pub(super) fn apply(&self, path: &str) -> Rewritten {
        for rule in &self.0 {
            let Some(from) = &rule.from else {
                match behind(path, &rule.beginning) {
                    Some(_) => return Rewritten::Unknown,
                    None => continue,
                }
            };
            let Some(found) = found(from, path) else { return Rewritten::Unknown };
            if let Some(values) = found {
                let made = rule.to.as_ref().and_then(|to| compiled(to, &values));
                return made.map_or(Rewritten::Unknown, Rewritten::To);
            }
        }
        Rewritten::Kept
    }
}

fn rule(from: &str, to: &Value) -> Rule {
    let beginning = from.split([':', '(', '{', '*', '?', '^', '\\']).next().unwrap_or_default();
    // The slash before a parameter may be part of it.
    let beginning = beginning.strip_suffix('/').unwrap_or(beginning).to_owned();
    // Behind the slash that VitePress puts before it, the first parameter may be one of several segments.
    let to = to.text().and_then(|to| pieces(&format!("/{to}")));
    Rule { from: pieces(from), beginning, to }
}

/// The parts of a pattern; `None` where it holds more than is understood.
fn pieces(pattern: &str) -> Option<Vec<Piece>> {
    let mut pieces = vec![];
    let mut rest = pattern;
    while !rest.is_empty() {
        let end = rest.find(':').unwrap_or(rest.len());
        let (text, parameter) = rest.split_at(end);
        if text.contains(['(', ')', '{', '}', '*', '?', '+', '^', '\\']) {
            return None;
        }
        let name = parameter.strip_prefix(':').unwrap_or_default();
        let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
        let (name, behind) = name.split_at(end);
        let extents = [("(.*)", Extent::Rest), ("*", Extent::Segments)];
        let found = extents.iter().find_map(|(mark, extent)| Some((behind.strip_prefix(mark)?, *extent)));
        let (behind, extent) = found.unwrap_or((behind, Extent::Segment));
        let text = if extent == Extent::Segments { text.strip_suffix('/')? } else { text };
        if !text.is_empty() {
            pieces.push(Piece::Text(text.to_owned()));
        }
        if parameter.is_empty() {
            break;
        }
        let is_glued = text.is_empty() && !pieces.is_empty() && extent != Extent::Segments;
        if name.is_empty() || is_glued || behind.starts_with(['(', '*', '+', '?']) {
            return None;
        }
        let before = if text.ends_with('.') { "." } else { text };
        let before = if extent != Extent::Segment || before.contains('/') { "" } else { before };
        pieces.push(Piece::Parameter { name: name.to_owned(), extent, before: before.to_lowercase() });
        rest = behind;
    }
    Some(pieces)
}

/// What stands behind a text at the beginning, without regard to case.
fn behind<'p>(path: &'p str, text: &str) -> Option<&'p str> {
    let mut rest = path.chars();
    let fits = text.chars().all(|c| rest.next().is_some_and(|other| c.to_lowercase().eq(other.to_lowercase())));
    fits.then_some(rest.as_str())
}

/// Values of parameters by their names.
type Values<'p> = Vec<(&'p str, &'p str)>;

/// The values of the parameters, if the path is what the pattern says from beginning to end; `None` where that takes too long,
/// or the versions of path-to-regexp that are in use do not agree.
fn found<'p>(pattern: &'p [Piece], path: &'p str) -> Option<Option<Values<'p>>> {
    let by = |is_former: bool| {
        let (mut values, mut steps) = (vec![], MOST_STEPS);
        let fits = matches(pattern, path, is_former, &mut values, &mut steps);
        (steps > 0).then(|| fits.then_some(values))
    };
    let newer = by(false)?;
    (newer == by(true)?).then_some(newer)
}

fn matches<'p>(
    pattern: &'p [Piece],
    path: &'p str,
    is_former: bool,
    values: &mut Values<'p>,
    steps: &mut usize,
) -> bool {
    *steps = steps.saturating_sub(1);
    if *steps == 0 {
        return false;
    }
    let (name, extent, before, rest) = match pattern {
        [] => return path.is_empty(),
        [Piece::Text(text), rest @ ..] => {
            return behind(path, text).is_some_and(|behind| matches(rest, behind, is_former, values, steps));
        }
        [Piece::Parameter { name, extent, before }, rest @ ..] => (name, *extent, before.as_str(), rest),
    };
    let behind_each = path.char_indices().map(|(at, c)| at + c.len_utf8());
    let ends: Vec<usize> = match extent {
        Extent::Segment => behind_each.take_while(|end| !path[..*end].ends_with('/')).collect(),
        Extent::Rest => behind_each.rev().chain([0]).collect(),
        Extent::Segments if path.starts_with("/") => {
            let is_end = |end: &usize| !path[..*end].ends_with('/') && !path[..*end].contains("//");
            behind_each.skip(1).filter(is_end).chain([0]).collect()
        }
        Extent::Segments => vec![0],
    };
    ends.into_iter().any(|end| {
        values.push((name, &path[..end]));
        let is_allowed = is_former || before.is_empty() || !path[..end].to_lowercase().contains(before);
        let fits = is_allowed && matches(rest, &path[end..], is_former, values, steps);
        if !fits {
            values.pop();
        }
        fits
    })
}

/// The path that a pattern makes of values, without the slash at its beginning; `None` where a parameter stands for more than
/// the pattern has room for.
fn compiled(pattern: &[Piece], values: &[(&str, &str)]) -> Option<String> {
    let mut out = String::new();
    for piece in pattern {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Parameter { name, extent, .. } => {
                let value = values.iter().find(|(known, _)| known == name)?.1;
                let has_room = match extent {
                    Extent::Segment | Extent::Rest => !value.is_empty() && !value.starts_with('/'),
                    Extent::Segments => value.is_empty() || value.starts_with('/'),
                };
                out.push_str(has_room.then_some(value)?);
            }
        }
    }
    out.strip_prefix('/').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::super::program::Program;
    use super::*;

    /// As `resolveConfig` of VitePress 1.6 rewrites the paths; but for what is not understood.
    #[test]
    fn paths_are_rewritten() {
        for (rules, path, expected) in [
            ("'packages/pkg-a/src/index.md': 'pkg-a/index.md'", "packages/pkg-a/src/index.md", Some("pkg-a/index.md")),
            ("'packages/:pkg/src/:slug*': ':pkg/:slug*'", "packages/pkg-a/src/foo.md", Some("pkg-a/foo.md")),
            ("'packages/:pkg/src/:slug*': ':pkg/:slug*'", "packages/pkg-b/src/a/b.md", Some("pkg-b/a/b.md")),
            ("'packages/:pkg/src/:slug(.*)': ':pkg/:slug'", "packages/pkg-b/src/bar.md", Some("pkg-b/bar.md")),
            ("'log/:year/:slug.md': 'log/:slug.md'", "log/2024/a.md", Some("log/a.md")),
            ("'log/:year/:slug.md': 'log/:slug.md'", "log/2024/a/b.md", Some("")),
            ("'log/:slug*': 'x/:slug*'", "log/a.b-c.md", Some("x/a.b-c.md")),
            ("'a-:slug.md': ':slug.md'", "a-b.c.md", Some("b.c.md")),
            ("':all(.*)': 'en/:all'", "a/b.md", Some("en/a/b.md")),
            ("'a/:x/:y*': ':x/:y*'", "a/b.md", Some("b.md")),
            ("'a/:x-:y.md': ':y/:x.md'", "a/b-c.md", Some("c/b.md")),
            // `d/b-c.md` since path-to-regexp 6.3, `c-d/b.md` before.
            ("'a/:x-:y.md': ':y/:x.md'", "a/b-c-d.md", None),
            ("'A/:x': 'b/:x'", "a/b.md", Some("b/b.md")),
            ("':x/b.md': ':x/c.md'", "a.d/b.md", Some("a.d/c.md")),
            ("'b.md': 'c.md', ':x.md': 'd/:x.md'", "b.md", Some("c.md")),
            ("'a.md': 'b.md', 'c.md': x", "c.md", None),
            ("'en/(.*)': ':1'", "en/a.md", None),
            ("'en/(.*)': ':1'", "de/a.md", Some("")),
        ] {
            let program = Program::read(&format!("export default {{ rewrites: {{ {rules} }} }}"));
            let rewrites = Rewrites::read(program.exported().get("rewrites")).expect("an object");
            let found = match rewrites.apply(path) {
                Rewritten::Kept => Some(String::new()),
                Rewritten::To(path) => Some(path),
                Rewritten::Unknown => None,
            };
            assert_eq!(found.as_deref(), expected, "{rules}: {path}");
        }
    }

    #[test]
    fn what_is_computed_is_not_known() {
        for rules in ["rewrites(id) { return id }", "rewrites: id => id", "rewrites: { ...others }", "rewrites"] {
            let program = Program::read(&format!("export default {{ {rules} }}"));
            assert!(Rewrites::read(program.exported().get("rewrites")).is_none(), "{rules}");
        }
    }

    #[test]
    fn long_patterns_end() {
        let program = Program::read("export default { rewrites: { ':a(.*):b(.*):c(.*):d(.*):e(.*):f(.*)x': 'y' } }");
        let rewrites = Rewrites::read(program.exported().get("rewrites")).expect("an object");
        assert_eq!(rewrites.apply(&"a".repeat(300)), Rewritten::Unknown);
    }
}
