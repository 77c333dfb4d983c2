//! Front matter to values, past its mistakes. A mistake is named by undoing it: a repair that makes the text parse, or fail
//! further down, was the right one. What no repair explains is a plain syntax defect, and its lines are left out.

use std::collections::HashSet;
use std::ops::Range;

use super::cause::{self, Cause};
use super::draft::Draft;
use super::{Format, empty, entry, json, toml};
use crate::post::{Defect, DefectKind};
use crate::site::{Dialect, Profile};
use crate::source::Span;
use crate::spanned::{self, Node, Value, yaml};

/// Most mistakes of one front matter that are stepped over.
const MAX_ROUNDS: usize = 48;
/// The same for one that is longer than any that a person writes: each step reads it anew.
const MAX_ROUNDS_LONG: usize = 4;
/// From how many bytes on front matter is long.
const LONG: usize = 8 * 1024;

/// What is known of the site and the file.
pub(super) struct Setting<'a> {
    pub(super) profile: &'a Profile,
    /// Whether the file is a template for new posts, whose placeholders are no mistakes.
    pub(super) template: bool,
}

/// What was read. Spans count from the start of the content.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) root: Node,
    pub(super) parsed: bool,
    pub(super) defects: Vec<Defect>,
}

impl Default for Outcome {
    fn default() -> Self {
        Self { root: empty(), parsed: true, defects: Vec::new() }
    }
}

/// Reads what stands between the delimiters. `braceless` is the inside of a JSON object without its braces.
pub(super) fn read(content: &str, format: Format, braceless: bool, site: &Setting<'_>) -> Outcome {
    let mut outcome = match format {
        Format::Yaml => Yaml { draft: Draft::new(content), site, outcome: Outcome::default() }.run(),
        Format::Toml => toml::read(content),
        Format::Json => json::read(content, braceless),
    };
    if site.template {
        outcome.defects.clear();
    }
    outcome
}

/// How many mistakes are stepped over.
pub(super) fn rounds(content: &str) -> usize {
    if content.len() > LONG { MAX_ROUNDS_LONG } else { MAX_ROUNDS }
}

/// YAML under repair.
struct Yaml<'a> {
    draft: Draft,
    site: &'a Setting<'a>,
    outcome: Outcome,
}

impl Yaml<'_> {
    fn run(mut self) -> Outcome {
        let mut silent = false;
        for _ in 0..rounds(&self.draft.text) {
            let error = match parse(&self.draft.text) {
                Ok(root) => match self.misspelt_key(&root) {
                    Some(cause) => {
                        self.accept(cause, None);
                        continue;
                    }
                    None => return self.finish(root),
                },
                Err(error) => error,
            };
            if let Some(cause) = self.proven(&error) {
                let harmless =
                    cause.kind == Some(DefectKind::TabIndent) && self.site.profile.front_matter == Dialect::Hexo;
                self.outcome.parsed &= harmless;
                self.accept(cause, (!silent).then_some(&error));
                continue;
            }
            self.outcome.parsed = false;
            if !silent {
                let defect = syntax(Format::Yaml, &error);
                self.outcome.defects.push(Defect { span: self.draft.original(defect.span), ..defect });
            }
            // After a mistake that nothing explains, further errors may be its echo.
            silent = true;
            if !self.leave_out(&error) {
                break;
            }
        }
        self.outcome
    }

    /// The cause whose repair works.
    fn proven(&self, error: &spanned::Error) -> Option<Cause> {
        cause::causes(&self.draft.text, error, self.site).into_iter().find(|cause| {
            let mut attempt = self.draft.clone();
            attempt.replace(cause.range.clone(), &cause.with);
            let end = cause.range.start + cause.with.len();
            parse(&attempt.text)
                .map_or_else(|next| next.span.start as usize >= end.max(cause.range.start + 1), |_| true)
        })
    }

    /// Repairs a mistake and keeps it as a defect, unless `error` is `None` and it only shows in the words of `error`.
    fn accept(&mut self, cause: Cause, error: Option<&spanned::Error>) {
        let span = self.draft.original(cause.span);
        let repair = self.repair(&cause);
        match (cause.kind, error) {
            (Some(DefectKind::FrontMatterSyntax), Some(error)) => {
                self.outcome.defects.push(Defect { span, ..syntax(Format::Yaml, error) });
            }
            (Some(DefectKind::FrontMatterSyntax), None) | (None, _) => {}
            (Some(kind), _) => self.outcome.defects.push(Defect { kind, span, vars: cause.vars, repair: Some(repair) }),
        }
        self.draft.replace(cause.range, &cause.with);
    }

    /// A key with a second word glued to it by the wrong colon, in front matter that parses: `title：a: b`.
    fn misspelt_key(&self, root: &Node) -> Option<Cause> {
        let text = &self.draft.text;
        root.entries().iter().find_map(|(key, _)| {
            let line = entry::line(text, key.span.start as usize);
            let at_margin = key.span.start as usize == line.start && text[key.span.range()].contains([':', '：']);
            at_margin.then(|| cause::colon(text, &line, self.site)).flatten()
        })
    }

    /// Leaves out the lines that an error is in.
    fn leave_out(&mut self, error: &spanned::Error) -> bool {
        let text = &self.draft.text;
        let line = entry::line(text, error.span.start as usize);
        let last = entry::line(text, error.span.end as usize);
        let end = entry::entry(text, error.span.start as usize).map_or(last.end, |entry| entry.whole.end.max(last.end));
        let range = line.start..end;
        let something = !text[range.clone()].trim().is_empty();
        self.draft.blank(range);
        something
    }

    fn finish(mut self, mut root: Node) -> Outcome {
        if matches!(root.value, Value::Null) {
            root = empty();
        }
        self.bracketed_title(&root);
        self.tabs(&root);
        let mut repeated = Vec::new();
        repeated_keys(&root, &mut repeated);
        self.draft.restore(&mut root);
        for defect in &mut repeated {
            defect.span = self.draft.original(defect.span);
        }
        self.outcome.defects.extend(repeated);
        self.outcome.root = root;
        self.outcome
    }

    /// Tabs in the indentation of text that parses all the same.
    fn tabs(&mut self, root: &Node) {
        let text = &self.draft.text;
        if !text.contains('\t') {
            return;
        }
        let mut lines = Vec::new();
        first_in_line(root, text, &mut lines);
        lines.dedup();
        for tab in lines.into_iter().filter_map(|line| cause::tab(text, &line)) {
            let span = self.draft.original(tab.span);
            self.outcome.parsed &= self.site.profile.front_matter == Dialect::Hexo;
            let repair = Some(self.repair(&tab));
            self.outcome.defects.push(Defect { kind: DefectKind::TabIndent, span, vars: tab.vars, repair });
        }
    }

    /// `title: [a]`: a list, where text is meant.
    fn bracketed_title(&mut self, root: &Node) {
        let Some((_, value)) = root.entry("title") else { return };
        let raw = &self.draft.text[value.span.range()];
        let Some(first) = raw.chars().next().filter(|first| matches!(first, '[' | '{')) else { return };
        if matches!(value.value, Value::Sequence(_) | Value::Mapping(_)) && !raw.contains("{{") {
            let cause = cause::special_start("title", first, raw, value.span.range());
            let (kind, span) = (DefectKind::SpecialStart, self.draft.original(cause.span));
            let repair = Some(self.repair(&cause));
            self.outcome.defects.push(Defect { kind, span, vars: cause.vars, repair });
        }
    }

    /// The repair of a mistake, in the text as it is written.
    fn repair(&self, cause: &Cause) -> (Span, String) {
        (self.draft.original(Span::new(cause.range.start, cause.range.end)), cause.with.clone())
    }
}

/// YAML as front matter: keys with values, or nothing.
fn parse(text: &str) -> Result<Node, spanned::Error> {
    let root = yaml::parse(text)?;
    if matches!(root.value, Value::Mapping(_) | Value::Null) {
        return Ok(root);
    }
    let line = entry::line(text, root.span.start as usize);
    let span = Span::new(root.span.start as usize, line.end.max(root.span.start as usize));
    let message = format!("keys with values are expected, found {}", root.value);
    Err(spanned::Error { message, help: None, span, layer: 0 })
}

/// A mistake that nothing explains but the parser's own words.
pub(super) fn syntax(format: Format, error: &spanned::Error) -> Defect {
    let vars = vec![("format", format.name().to_owned()), ("reason", error.message.clone())];
    Defect::new(DefectKind::FrontMatterSyntax, error.span, vars)
}

/// Keys that a mapping holds twice, at any depth. Trees are `spanned::MAX_DEPTH` deep at most.
pub(super) fn repeated_keys(node: &Node, out: &mut Vec<Defect>) {
    let mut seen = HashSet::new();
    for (key, value) in node.entries() {
        if let Some(name) = key.as_str().filter(|name| *name != "<<")
            && !seen.insert(name)
        {
            out.push(Defect::new(DefectKind::DuplicateKey, key.span, vec![("key", name.to_owned())]));
        }
        repeated_keys(value, out);
    }
    node.items().iter().for_each(|item| repeated_keys(item, out));
}

/// The lines that begin with a key or an item outside brackets: there, unlike inside text, a tab is indentation. The parser
/// takes one after a blank; the generators' parsers do not.
fn first_in_line(node: &Node, text: &str, out: &mut Vec<Range<usize>>) {
    if text[node.span.range()].starts_with(['[', '{']) {
        return;
    }
    let starts =
        node.entries().iter().map(|(key, value)| (key, value)).chain(node.items().iter().map(|item| (item, item)));
    for (first, inner) in starts {
        out.push(entry::line(text, first.span.start as usize));
        first_in_line(inner, text, out);
    }
}
