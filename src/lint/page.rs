//! The documentation page of a lint, as Markdown, from its record. Nothing about a lint is written anywhere else.

use std::fmt::Write;

use super::{Example, Levels, Lint, Setting};

impl Lint {
    /// The page `docs/lints/<name>.md`.
    pub fn page(&self) -> String {
        let record = &self.record;
        let mut page = format!("# `{}`\n\n", self.name);
        let _ = writeln!(page, "{}\n", capitalised(&record.summary.value));
        let _ = writeln!(page, "| family | level | since |\n|---|---|---|");
        let _ = writeln!(page, "| {} | {} | {} |\n", self.family, levels(&record.level), record.since);
        page.push_str("## Why\n\n");
        self.advice(&mut page);
        self.examples(&mut page, "Reported", &record.examples.bad);
        self.examples(&mut page, "Not reported", &record.examples.good);
        self.references(&mut page);
        page.trim_end().to_owned() + "\n"
    }

    /// What a service shows beside a diagnostic, as Markdown: the page without its examples.
    pub fn help_page(&self) -> String {
        let mut page = String::new();
        self.advice(&mut page);
        self.references(&mut page);
        page.trim_end().to_owned() + "\n"
    }

    /// The address to read on at: that of the lint's page, where the repository of the program is known; else the first reference
    /// that is an address, in the letters of RFC 3986.
    pub fn address(&self) -> Option<String> {
        self.page_address(env!("CARGO_PKG_REPOSITORY")).or_else(|| self.reference())
    }

    /// The address of `page` in a repository, as it was in this version; lints of users have none.
    fn page_address(&self, repository: &str) -> Option<String> {
        let repository = repository.trim_end_matches('/').trim_end_matches(".git");
        let version = env!("CARGO_PKG_VERSION");
        let is_there = !repository.is_empty() && !self.is_own;
        is_there.then(|| format!("{repository}/blob/v{version}/docs/lints/{}.md", self.name))
    }

    fn reference(&self) -> Option<String> {
        let reference = self.record.references.iter().find(|reference| is_address(reference))?;
        let letter = |byte: u8| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
        Some(reference.bytes().map(letter).collect())
    }

    fn advice(&self, page: &mut String) {
        let _ = writeln!(page, "{}\n", capitalised(&escaped(&in_general(&self.record.why))));
        let help = capitalised(&escaped(&in_general(&self.record.help.value)));
        let _ = writeln!(page, "## What to do\n\n{help}.\n");
        if let Some(fix) = &self.record.fix {
            let flag = fix.value.safety.flag();
            let _ = writeln!(page, "`copydesk {flag}` does it where it is certain which bytes are meant.\n");
        }
    }

    fn references(&self, page: &mut String) {
        if !self.record.references.is_empty() {
            let _ = writeln!(page, "## Read on\n");
            for reference in &self.record.references {
                let _ = match is_address(reference) {
                    true => writeln!(page, "* <{reference}>"),
                    false => writeln!(page, "* {}", escaped(reference)),
                };
            }
        }
    }

    fn examples(&self, page: &mut String, heading: &str, examples: &[Example]) {
        if examples.is_empty() {
            return;
        }
        let _ = writeln!(page, "## {heading}\n");
        for example in examples {
            let posts = example.post.iter().map(|text| (example.path.as_deref(), text));
            let site = example.site.iter().flatten().map(|(path, text)| (Some(path.as_str()), text));
            for (path, text) in posts.chain(site) {
                let place =
                    [path.map(|path| format!("`{path}`")), example.generator.as_ref().map(|g| format!("on {g}"))];
                let place: Vec<String> = place.into_iter().flatten().collect();
                if !place.is_empty() {
                    let _ = writeln!(page, "{}:\n", place.join(" "));
                }
                let fence = fence(text);
                let _ = writeln!(page, "{fence}markdown\n{}\n{fence}\n", visible(text.trim_end()));
            }
            if let Some(fixed) = &example.fixed {
                let fence = fence(fixed);
                let _ = writeln!(page, "Repaired:\n\n{fence}markdown\n{}\n{fence}\n", visible(fixed.trim_end()));
            }
            for (address, answer) in &example.answers {
                let _ = writeln!(page, "The network says of `{address}`: {}.\n", answer.in_words());
            }
        }
    }
}

/// Whether a reference is an address of the web, in whatever script. Own records may name books.
fn is_address(reference: &str) -> bool {
    let is_part = |c: char| !c.is_control() && !c.is_whitespace() && !"<>\"{}|\\^`".contains(c);
    ["https://", "http://"].iter().any(|scheme| reference.starts_with(scheme)) && reference.chars().all(is_part)
}

/// A text of a record as it reads where no hit fills its placeholders.
pub fn in_general(text: &str) -> String {
    match text.trim() {
        "{instead}" => "the diagnostic says what to write instead, where that is known".to_owned(),
        text => text.replace("{generator}", "the site generator"),
    }
}

/// `warn; error on jekyll; off in ar`
fn levels(levels: &Levels) -> String {
    let by = levels.by.iter().map(|(condition, setting)| format!("; {} for {}", setting.name(), condition.name()));
    std::iter::once(Setting::name(levels.default).to_owned()).chain(by).collect()
}

/// A fence longer than any run of backticks in the text.
fn fence(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

/// The text with characters that would act instead of being shown replaced by their names.
fn visible(text: &str) -> String {
    let is_shown = |c: char| matches!(c, '\n' | '\t') || !c.is_control() && !is_invisible(c);
    text.chars().map(|c| if is_shown(c) { c.to_string() } else { format!("<U+{:04X}>", u32::from(c)) }).collect()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{E000}'..='\u{F8FF}')
}

/// Angle brackets outside code would be read as HTML.
fn escaped(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(at, part)| if at % 2 == 0 { part.replace('<', "\\<") } else { part.to_owned() });
    parts.collect::<Vec<_>>().join("`")
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// The page `docs/lints/README.md`: all lints by family.
pub fn index<'a>(lints: impl IntoIterator<Item = &'a Lint>) -> String {
    let mut lints: Vec<&Lint> = lints.into_iter().collect();
    lints.sort_by(|a, b| (&a.family, &a.name).cmp(&(&b.family, &b.name)));
    let mut page = "# Lints\n".to_owned();
    for family in lints.chunk_by(|a, b| a.family == b.family) {
        let _ = writeln!(page, "\n## {}\n\n| lint | level | what it finds |\n|---|---|---|", family[0].family);
        for lint in family {
            let summary = lint.record.summary.value.replace('|', "\\|");
            let level = levels(&lint.record.level);
            let _ = writeln!(page, "| [`{0}`]({0}.md) | {level} | {1} |", lint.name, escaped(&summary));
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Lint, specimen_of};

    #[test]
    fn the_page_of_a_lint_is_in_the_repository() {
        let record = "summary: x\nlevel: warn\nsince: 0.1.0\nmatch: {text: {phrases: [soft]}}\nmessage: x\nhelp: x\n\
                      why: X.\nexamples: {}\n";
        let own = specimen_of("a", "soft-pear", record);
        assert_eq!(own.page_address("https://a.test/b"), None);
        let builtin = Lint { is_own: false, ..Arc::into_inner(own).expect("it is ours alone") };
        assert_eq!(builtin.page_address(""), None);
        let expected = format!("https://a.test/b/blob/v{}/docs/lints/soft-pear.md", env!("CARGO_PKG_VERSION"));
        for repository in ["https://a.test/b", "https://a.test/b/", "https://a.test/b.git"] {
            assert_eq!(builtin.page_address(repository).as_deref(), Some(&*expected), "{repository}");
        }
    }

    #[test]
    fn the_address_is_the_first_reference_that_is_one() {
        for (references, expected) in [
            ("[]", None),
            ("['a book', 'https://a.test/<b>', 'https://a.test/b c']", None),
            ("['a book', 'https://a.test/b?c=%20#d', 'https://b.test']", Some("https://a.test/b?c=%20#d")),
            ("['http://a.test/占']", Some("http://a.test/%E5%8D%A0")),
        ] {
            let record = format!(
                "summary: x\nlevel: warn\nsince: 0.1.0\nmatch: {{text: {{phrases: [soft]}}}}\nmessage: x\nhelp: x\n\
                 why: X.\nreferences: {references}\nexamples: {{}}\n"
            );
            assert_eq!(specimen_of("a", "b", &record).address().as_deref(), expected, "{references}");
        }
    }
}
