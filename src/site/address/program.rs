//! Literal settings in a configuration that is a program in JavaScript or TypeScript, read without running it. Tells apart what
//! is not set, what is set to a literal, and what is set to something that only the program knows.

/// What a program says of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// Nothing: the default holds.
    Unset,
    /// A text.
    Text(String),
    /// `true` or `false`.
    Switch(bool),
    /// Something that only running the program would tell.
    Computed,
}

impl Setting {
    /// The text that is set, or the default; `None` where only the program knows.
    pub(super) fn text_or(&self, default: &str) -> Option<String> {
        match self {
            Setting::Unset => Some(default.to_owned()),
            Setting::Text(text) => Some(text.clone()),
            Setting::Switch(_) | Setting::Computed => None,
        }
    }
}

/// A program, without comments.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    text: String,
}

impl Program {
    /// Reads a program.
    pub(super) fn new(text: &str) -> Self {
        Self { text: without_comments(text) }
    }

    /// Whether a text occurs in the program.
    pub(super) fn mentions(&self, text: &str) -> bool {
        self.text.contains(text)
    }

    /// The first setting of this name anywhere.
    pub(super) fn setting(&self, name: &str) -> Setting {
        setting_in(&self.text, name)
    }

    /// The first setting of this name in the part that begins where `start` occurs and ends with its braces; `Unset` where
    /// there is no such part.
    pub(super) fn setting_of(&self, start: &str, name: &str) -> Setting {
        self.part(start).map_or(Setting::Unset, |part| setting_in(part, name))
    }

    /// The block in braces behind the first place where `start` occurs.
    fn part(&self, start: &str) -> Option<&str> {
        let at = self.text.find(start)? + start.len();
        let open = self.text[at..].find('{')? + at;
        // The block belongs to what was looked for if nothing else begins between.
        let between = &self.text[at..open];
        if between.len() > 40 || between.contains(['}', ';']) {
            return None;
        }
        let mut depth = 0;
        for (offset, c) in self.text[open..].char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 1 => return Some(&self.text[open..=open + offset]),
                '}' => depth -= 1,
                _ => {}
            }
        }
        None
    }

    /// The literals in the list that a setting is: `srcExclude: ["drafts/**"]`.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        let list = self.text.split_once(&format!("{name}:")).map(|(_, rest)| rest.trim_start());
        let inside = list.and_then(|list| list.strip_prefix('[')?.split_once(']')).map_or("", |(inside, _)| inside);
        inside.split(',').filter_map(|item| literal(item.trim())).collect()
    }

    /// The pairs of a map of literals, `{ "a.md": "b.md" }`; nothing in it where it is not set, `None` where it is no such map.
    pub(super) fn pairs(&self, name: &str) -> Option<Vec<(String, String)>> {
        let Some(value) = self.text.split_once(&format!("{name}:")).map(|(_, rest)| rest.trim_start()) else {
            return if self.mentions(name) { None } else { Some(vec![]) };
        };
        let mut rest = value.strip_prefix('{')?.trim_start();
        let mut pairs = vec![];
        while !rest.starts_with('}') {
            let (from, behind) = quoted(rest)?;
            let (to, behind) = quoted(behind.trim_start().strip_prefix(':')?.trim_start())?;
            pairs.push((from.to_owned(), to.to_owned()));
            let behind = behind.trim_start();
            rest = behind.strip_prefix(',').unwrap_or(behind).trim_start();
        }
        Some(pairs)
    }

    /// Literal arguments of calls of a function: `addPassthroughCopy("img")`.
    pub(super) fn arguments(&self, function: &str) -> Vec<String> {
        let calls = self.text.match_indices(function).map(|(at, name)| &self.text[at + name.len()..]);
        calls.filter_map(|rest| literal(rest.trim_start().strip_prefix('(')?.trim_start())).collect()
    }
}

/// The first `name: value` of a text.
fn setting_in(text: &str, name: &str) -> Setting {
    for (at, _) in text.match_indices(name) {
        let before = text[..at].trim_end_matches(['"', '\'']);
        let is_whole = !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '-' | '/'));
        let rest = text[at + name.len()..].trim_start_matches(['"', '\'']).trim_start();
        if !is_whole {
            continue;
        }
        if let Some(value) = rest.strip_prefix(':') {
            return value_of(value.trim_start());
        }
        // `base,` takes a variable of the same name.
        if rest.starts_with([',', '}']) && before.trim_end().ends_with([',', '{']) {
            return Setting::Computed;
        }
    }
    Setting::Unset
}

fn value_of(value: &str) -> Setting {
    for (word, switch) in [("true", true), ("false", false)] {
        if value.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')) {
            return Setting::Switch(switch);
        }
    }
    match literal(value) {
        Some(text) => Setting::Text(text),
        None => Setting::Computed,
    }
}

/// A text in quotation marks without anything special in it, and what follows.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let mark = text.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let (inside, rest) = text[1..].split_once(mark)?;
    (!inside.contains('\\')).then_some((inside, rest))
}

/// A text in quotation marks that the value ends with.
fn literal(value: &str) -> Option<String> {
    let mark = value.chars().next().filter(|mark| matches!(mark, '"' | '\'' | '`'))?;
    let end = value[1..].find(mark)? + 1;
    let (text, rest) = (&value[1..end], value[end + 1..].trim_start());
    let is_plain = !text.contains(['\\', '\n']) && !(mark == '`' && text.contains("${"));
    let ends = rest.is_empty()
        || rest.starts_with([',', '}', ')', ']', ';'])
        || rest.starts_with("as ")
        || value[end + 1..].starts_with(['\n', '\r']) && !rest.starts_with(['+', '?', '.']);
    (is_plain && ends).then(|| text.to_owned())
}

/// The program with blanks in place of comments. What looks like one in a text in quotation marks stays.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut quote): (&str, Option<char>) = (text, None);
    while let Some(c) = rest.chars().next() {
        let skipped = match quote {
            None if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            None if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ => 0,
        };
        if skipped > 0 {
            out.push(' ');
            rest = &rest[skipped..];
            continue;
        }
        if quote.is_some() && c == '\\' {
            let next = rest.chars().nth(1).map_or(0, char::len_utf8);
            out.push_str(&rest[..1 + next]);
            rest = &rest[1 + next..];
            continue;
        }
        match quote {
            Some(mark) if c == mark || c == '\n' && mark != '`' => quote = None,
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            _ => {}
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_literals_or_computed() {
        let program = Program::new(
            "// base: '/no/'\nexport default {\n  base: '/docs/', /* url: 'x' */\n  cleanUrls: true,\n  title: process.env.T,\n  \
             url: `https://${h}`,\n  link: 'https://a.example', 'quoted': \"b\",\n  rest,\n  joined: 'a' + b,\n}\n",
        );
        for (name, expected) in [
            ("base", Setting::Text("/docs/".into())),
            ("cleanUrls", Setting::Switch(true)),
            ("title", Setting::Computed),
            ("url", Setting::Computed),
            ("link", Setting::Text("https://a.example".into())),
            ("quoted", Setting::Text("b".into())),
            ("rest", Setting::Computed),
            ("joined", Setting::Computed),
            ("nothing", Setting::Unset),
        ] {
            assert_eq!(program.setting(name), expected, "{name}");
        }
    }

    #[test]
    fn parts_and_calls() {
        let program = Program::new(
            "presets: [['classic', { docs: { routeBasePath: '/', x: {y: 1} }, blog: false }]],\n\
             eleventyConfig.addPassthroughCopy(\"img\"); eleventyConfig.addPassthroughCopy({ a: 'b' });",
        );
        assert_eq!(program.setting_of("docs:", "routeBasePath"), Setting::Text("/".into()));
        assert_eq!(program.setting_of("blog:", "routeBasePath"), Setting::Unset);
        assert_eq!(program.setting("blog"), Setting::Switch(false));
        assert_eq!(program.arguments("addPassthroughCopy"), ["img"]);
        let map = |text: &str| Program::new(text).pairs("m");
        assert_eq!(map("m: { 'a': \"b\", 'c': 'd', }"), Some(vec![("a".into(), "b".into()), ("c".into(), "d".into())]));
        assert_eq!(
            (map("x: 1"), map("m: f()"), map("m: { a: 'b' }"), map("m(x) { }")),
            (Some(vec![]), None, None, None)
        );
        assert_eq!(Program::new("x: ['a', \"b\", c],").list("x"), ["a", "b"]);
    }

    #[test]
    fn anything_is_read_somehow() {
        for text in ["", "'", "/*", "a: '", "{{{{", "base: \\", "`${`", "\u{0}base:\u{0}"] {
            let program = Program::new(text);
            let _ = (program.setting("base"), program.setting_of("a", "b"), program.arguments("f"));
        }
    }
}
