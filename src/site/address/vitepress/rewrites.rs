//! Rewrites of VitePress: patterns of path-to-regexp, of which `:name`, `:name*`, `:name+` and `:name(.*)` are understood, as
//! whole segments or at the ends of them.

use super::super::program::Value;

/// The rules, in order.
#[derive(Debug, Default)]
pub(super) struct Rewrites(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    /// What it matches; `None` where it is not understood.
    from: Option<Vec<Piece>>,
    /// The text before what is not understood: what does not begin with it is no matter of the rule.
    beginning: String,
    /// What it makes of it; `None` where it is computed.
    to: Option<Vec<Piece>>,
}

/// A part of a pattern.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    /// The text itself.
    Text(String),
    /// A parameter, of one segment or of any number.
    Parameter { name: String, is_long: bool },
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
            Value::Object(_) if setting.is_literal() || setting.entries().count() > 0 => {
                let is_whole = !matches!(setting, Value::Object(entries) if entries.iter().any(|e| matches!(e, super::super::program::Entry::Others)));
                is_whole.then(|| Self(setting.entries().map(|(from, to)| rule(from, to)).collect()))
            }
            Value::Object(_) => None,
            _ => None,
        }
    }

    /// What becomes of the path of a source.
    pub(super) fn apply(&self, path: &str) -> Rewritten {
        for rule in &self.0 {
            match &rule.from {
                None if path.starts_with(&rule.beginning) => return Rewritten::Unknown,
                None => {}
                Some(from) => {
                    let mut values = vec![];
                    let mut steps = 10_000;
                    if matches(from, path, &mut values, &mut steps) {
                        let made = rule.to.as_ref().and_then(|to| compiled(to, &values));
                        return made.map_or(Rewritten::Unknown, Rewritten::To);
                    }
                    if steps == 0 {
                        return Rewritten::Unknown;
                    }
                }
            }
        }
        Rewritten::Kept
    }
}

fn rule(from: &str, to: &Value) -> Rule {
    let beginning = from.split([':', '(', '{', '*', '?', '^', '\\']).next().unwrap_or_default().to_owned();
    Rule { from: pieces(from), beginning, to: to.text().and_then(pieces) }
}

/// The parts of a pattern; `None` where it holds more than is understood.
fn pieces(pattern: &str) -> Option<Vec<Piece>> {
    let mut pieces = vec![];
    let mut rest = pattern;
    while !rest.is_empty() {
        if let Some(parameter) = rest.strip_prefix(':') {
            let end = parameter.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(parameter.len());
            let (name, behind) = parameter.split_at(end);
            let long = ["(.*)", "*", "+"].iter().find_map(|mark| behind.strip_prefix(mark));
            pieces.push(Piece::Parameter { name: name.to_owned(), is_long: long.is_some() });
            rest = long.unwrap_or(behind);
            if name.is_empty() || rest.starts_with(['(', '*', '+', '?']) {
                return None;
            }
        } else {
            let end = rest.find(':').unwrap_or(rest.len());
            if rest[..end].contains(['(', ')', '{', '}', '*', '?', '+', '^', '\\']) {
                return None;
            }
            pieces.push(Piece::Text(rest[..end].to_owned()));
            rest = &rest[end..];
        }
    }
    Some(pieces)
}

/// Whether the path is what the pattern says from beginning to end, and the values of its parameters.
fn matches<'p>(pattern: &'p [Piece], path: &'p str, values: &mut Vec<(&'p str, &'p str)>, steps: &mut usize) -> bool {
    *steps = steps.saturating_sub(1);
    if *steps == 0 {
        return false;
    }
    match pattern {
        [] => path.is_empty(),
        [Piece::Text(text), rest @ ..] => {
            let behind = path.strip_prefix(text.as_str());
            // A slash before a parameter of any number of segments is part of it: `a/:rest*` is `a` as well.
            behind.is_some_and(|behind| matches(rest, behind, values, steps))
        }
        [Piece::Parameter { name, is_long }, rest @ ..] => {
            let most = if *is_long { path.len() } else { path.find('/').unwrap_or(path.len()) };
            let ends = path[..most].char_indices().map(|(at, c)| at + c.len_utf8());
            let ends: Vec<usize> = ends.collect();
            // As much as possible for one segment, as the engine does.
            ends.into_iter().rev().any(|end| {
                values.push((name, &path[..end]));
                let fits = matches(rest, &path[end..], values, steps);
                if !fits {
                    values.pop();
                }
                fits
            })
        }
    }
}

fn compiled(pattern: &[Piece], values: &[(&str, &str)]) -> Option<String> {
    let mut out = String::new();
    for piece in pattern {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Parameter { name, .. } => out.push_str(values.iter().find(|(known, _)| known == name)?.1),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::super::super::program::Program;
    use super::*;

    /// The cases are of VitePress's documentation of routing.
    #[test]
    fn paths_are_rewritten() {
        for (rules, path, expected) in [
            ("'packages/pkg-a/src/index.md': 'pkg-a/index.md'", "packages/pkg-a/src/index.md", Some("pkg-a/index.md")),
            ("'packages/:pkg/src/:slug*': ':pkg/:slug*'", "packages/pkg-a/src/foo.md", Some("pkg-a/foo.md")),
            ("'packages/:pkg/src/:slug*': ':pkg/:slug*'", "packages/pkg-b/src/a/b.md", Some("pkg-b/a/b.md")),
            ("'packages/:pkg/src/:slug(.*)': ':pkg/:slug'", "packages/pkg-b/src/bar.md", Some("pkg-b/bar.md")),
            ("'log/:year/:slug.md': 'log/:slug.md'", "log/2024/a.md", Some("log/a.md")),
            ("'log/:year/:slug.md': 'log/:slug.md'", "log/2024/a/b.md", Some("")),
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
        let program = Program::read("export default { rewrites: { ':a*:b*:c*:d*:e*:f*x': 'y' } }");
        let rewrites = Rewrites::read(program.exported().get("rewrites")).expect("an object");
        assert_eq!(rewrites.apply(&"a".repeat(300)), Rewritten::Unknown);
    }
}
