//! `permalinks`: which pattern a page follows, and what its placeholders stand for (`resources/page/permalinks.go`).

use globset::{GlobBuilder, GlobMatcher};
use jiff::civil;

use super::dates::Found;
use super::naming::{Naming, unescaped};
use super::settings::as_text;
use super::source::{Kind, Source};
use crate::spanned::{Node, Value};

/// No range in brackets is looked for further: each bracket may open one.
const LONGEST_RANGE: usize = 64;

/// A pattern and the pages that follow it.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// `page`, `section`, `term`, `taxonomy`; empty for all.
    kind: String,
    /// The paths of the pages, `/posts/**`; none for all.
    paths: Option<GlobMatcher>,
    /// Depends on something else besides.
    is_unsure: bool,
    /// Stands in a list, of which the first wins.
    is_listed: bool,
    /// `/:year/:slug/`
    pub(super) pattern: String,
}

impl Rule {
    /// Whether it is for pages of this kind at this path.
    pub(super) fn is_for(&self, kind: &str, path: &str) -> bool {
        (self.kind.is_empty() || self.kind == kind) && self.paths.as_ref().is_none_or(|glob| glob.is_match(path))
    }
}

/// All rules of a configuration, in their order; `None` if one cannot be understood.
pub(super) fn rules(permalinks: &Node) -> Option<Vec<Rule>> {
    let mut rules = vec![];
    match &permalinks.value {
        Value::Null => {}
        Value::Sequence(items) => {
            for item in items {
                rules.push(targeted(item)?);
            }
        }
        Value::Mapping(entries) => {
            for (key, value) in entries {
                add(key.as_str()?, value, &mut rules)?;
            }
        }
        _ => return None,
    }
    Some(rules)
}

/// `posts: /:year/` is for pages and terms, `page: {posts: /:year/}` for the kind alone.
fn add(key: &str, value: &Node, rules: &mut Vec<Rule>) -> Option<()> {
    if let Some(pattern) = value.as_str() {
        rules.push(of_section("page", key, pattern)?);
        rules.push(of_section("term", key, pattern)?);
        return Some(());
    }
    if !matches!(value.value, Value::Mapping(_)) {
        return None;
    }
    for (section, pattern) in value.entries() {
        rules.push(of_section(key, section.as_str()?, pattern.as_str()?)?);
    }
    Some(())
}

/// A blank or `/` is for the pages beside no section.
fn of_section(kind: &str, section: &str, pattern: &str) -> Option<Rule> {
    let section = section.trim_matches([' ', '/']);
    let glob = if section.is_empty() { "/*".to_owned() } else { format!("/{{{section},{section}/**}}") };
    Some(Rule {
        kind: kind.to_owned(),
        paths: Some(matcher(&glob)?),
        is_unsure: false,
        is_listed: false,
        pattern: pattern.to_owned(),
    })
}

/// The form of a list, since 0.161: `{target: {kind: page, path: /posts/**}, pattern: /:year/}`.
fn targeted(item: &Node) -> Option<Rule> {
    let target = item.get("target").map_or(&[][..], Node::entries);
    let mut rule = Rule {
        kind: String::new(),
        paths: None,
        is_unsure: false,
        is_listed: true,
        pattern: item.get("pattern").and_then(Node::as_str)?.to_owned(),
    };
    for (key, value) in target {
        match key.as_str()? {
            "kind" => rule.kind = value.as_str()?.to_lowercase(),
            "path" => rule.paths = Some(matcher(&value.as_str()?.to_lowercase())?),
            _ => rule.is_unsure = true,
        }
    }
    Some(rule)
}

fn matcher(glob: &str) -> Option<GlobMatcher> {
    GlobBuilder::new(glob).literal_separator(true).build().ok().map(|glob| glob.compile_matcher())
}

/// The pattern for a page; `Err` where it is not sure. Of rules in a map, whichever comes first wins, and that is not said.
pub(super) fn pattern<'r>(rules: &'r [Rule], kind: &str, path: &str) -> Result<Option<&'r str>, ()> {
    let mut fitting = rules.iter().filter(|rule| rule.is_for(kind, path));
    let Some(first) = fitting.next() else { return Ok(None) };
    if first.is_unsure {
        return Err(());
    }
    let is_alone = first.is_listed || fitting.all(|other| other.pattern == first.pattern);
    if is_alone { Ok(Some(&first.pattern)) } else { Err(()) }
}

/// What placeholders are filled with.
#[derive(Debug)]
pub(super) struct Filling<'a> {
    /// The path of the page.
    pub(super) source: &'a Source<'a>,
    /// `title`; `None` where it is no text.
    pub(super) title: Option<&'a str>,
    /// The slug of front matter or of a dated name.
    pub(super) slug: Option<&'a str>,
    /// The date.
    pub(super) date: &'a Found,
    /// How texts become parts of a path.
    pub(super) naming: Naming,
}

/// A pattern filled in.
#[derive(Debug)]
pub(super) struct Filled {
    /// The path, before it is sanitised as a whole.
    pub(super) path: String,
    /// It wants a date and the page has none.
    pub(super) is_undated: bool,
}

impl Filling<'_> {
    /// Fills a pattern in; `None` where a placeholder is not known, or what it stands for.
    pub(super) fn fill(&self, pattern: &str) -> Option<Filled> {
        let mut filled = Filled { path: String::new(), is_undated: false };
        let mut rest = pattern;
        while let Some(colon) = rest.find(':') {
            if let Some(before) = rest[..colon].strip_suffix('\\') {
                filled.path.push_str(before);
                filled.path.push(':');
                rest = &rest[colon + 1..];
                continue;
            }
            filled.path.push_str(&rest[..colon]);
            let name = &rest[colon + 1..];
            let mut length = name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
            if length > 0 && name[length..].starts_with('[') {
                let inner = name[length..].bytes().take(LONGEST_RANGE);
                length += inner
                    .into_iter()
                    .position(|byte| byte == b']')
                    .filter(|close| *close > 1)
                    .map_or(0, |close| close + 1);
            }
            if length == 0 {
                filled.path.push(':');
            } else {
                let part = self.part(&name[..length], &mut filled.is_undated)?;
                filled.path.push_str(&part);
            }
            rest = &name[length..];
        }
        filled.path.push_str(rest);
        filled.path = unescaped(&filled.path)?;
        Some(filled)
    }

    fn part(&self, name: &str, is_undated: &mut bool) -> Option<String> {
        let source = self.source;
        let base = || if source.kind == Kind::Home { "" } else { source.name };
        let file = || if source.is_page() { source.name } else { "" };
        let urlized = |text: &str| self.naming.sanitised(text);
        Some(match name {
            "title" => urlized(&self.title?.replace('/', "-")),
            "slug" => match self.slug {
                Some(slug) => urlized(slug),
                None => urlized(&self.title?.replace('/', "-")),
            },
            "filename" => urlized(file()),
            "contentbasename" => urlized(base()),
            "slugorfilename" => urlized(self.slug.unwrap_or_else(file)),
            "slugorcontentbasename" => urlized(self.slug.unwrap_or_else(base)),
            "section" => self.section()?,
            "sections" => self.sections()?.join("/"),
            _ if name.starts_with("sections[") => cut(&self.sections()?, &name["sections".len()..])?.join("/"),
            // The slugs or titles of the sections above stand in other files.
            _ if name.starts_with("sectionslug") => return None,
            _ => {
                let day = match self.date {
                    Found::Known(date) => date.civil?,
                    Found::Missing => civil::Date::constant(1, 1, 1),
                    Found::Unknown => return None,
                };
                *is_undated |= *self.date == Found::Missing;
                dated(name, day)?
            }
        })
    }

    fn section(&self) -> Option<String> {
        let folders = self.source.folders();
        let own = (self.source.kind == Kind::Section).then_some(self.source.name);
        Some(self.naming.path(folders.first().copied().or(own).unwrap_or("")))
    }

    /// The sections that the page is in. A folder below the first level is one if it has an `_index.md`, which is not known.
    fn sections(&self) -> Option<Vec<String>> {
        let mut folders = self.source.folders();
        match self.source.kind {
            Kind::Section => folders.push(self.source.name),
            _ if folders.len() > 1 => return None,
            _ => {}
        }
        Some(folders.into_iter().map(|folder| self.naming.path(folder)).collect())
    }
}

/// `[1:]`, `[0]`, `[last]` of a list, lenient as Hugo is.
fn cut(parts: &[String], range: &str) -> Option<Vec<String>> {
    let range = range.trim().to_lowercase();
    let inner = range.strip_prefix('[')?.strip_suffix(']')?;
    let last = parts.len().saturating_sub(1);
    let number = |text: &str, absent: usize| match text {
        "" => absent,
        "last" => last,
        _ => text.parse().unwrap_or(0),
    };
    let (low, high) = match inner.split_once(':') {
        Some((low, high)) => (number(low, 0), number(high, parts.len()).min(parts.len())),
        None => (number(inner, 0), number(inner, 0).saturating_add(1).min(parts.len())),
    };
    Some(parts.get(low..high).map(<[String]>::to_vec).unwrap_or_default())
}

/// A part of a day by its name, or by a layout of Go's `time` package.
fn dated(name: &str, day: civil::Date) -> Option<String> {
    Some(match name {
        "year" => day.year().to_string(),
        "month" => day.strftime("%m").to_string(),
        "monthname" => day.strftime("%B").to_string(),
        "day" => day.strftime("%d").to_string(),
        "weekday" => day.weekday().to_sunday_zero_offset().to_string(),
        "weekdayname" => day.strftime("%A").to_string(),
        "yearday" => day.day_of_year().to_string(),
        "2006" => day.strftime("%Y").to_string(),
        "06" => day.strftime("%y").to_string(),
        "January" => day.strftime("%B").to_string(),
        "Jan" => day.strftime("%b").to_string(),
        "01" => day.strftime("%m").to_string(),
        "1" => day.month().to_string(),
        "Monday" => day.strftime("%A").to_string(),
        "Mon" => day.strftime("%a").to_string(),
        "02" => day.strftime("%d").to_string(),
        "_2" => day.strftime("%e").to_string(),
        "2" => day.day().to_string(),
        "002" => day.strftime("%j").to_string(),
        _ => return None,
    })
}

/// The title of a page, as far as it is text; without one it is empty.
pub(super) fn title(front: Option<&Node>) -> Option<String> {
    front.map_or_else(|| Some(String::new()), as_text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::address::hugo::source::Root;
    use crate::site::{Dates, date};

    /// As Hugo 0.168 fills them in.
    #[test]
    fn placeholders() {
        let root = Root { folder: "content".to_owned(), below: String::new(), language: 0 };
        let known = |text| Found::Known(date::parse(text, Dates::Go).expect("a date"));
        let (may, none) = (known("2024-05-06T01:00:00+08:00"), Found::Missing);
        for (path, slug, date, pattern, expected) in [
            ("content/log/a.md", None, &may, "/:year/:month/:day/:slug/", Some("/2024/05/06/My-Title/")),
            ("content/log/a.md", None, &none, "/:year/:month/:day/", Some("/1/01/01/")),
            ("content/tok/My File.md", None, &may, ":filename/:contentbasename", Some("my-file/my-file")),
            ("content/tok/bun/index.md", Some("S s"), &may, ":slugorfilename/:filename", Some("s-s/bun")),
            ("content/tok/a.md", None, &may, ":weekday-:weekdayname-:yearday-:monthname", Some("1-monday-127-may")),
            ("content/tok/a.md", None, &may, "/:2006/:Jan/:_2/:06", Some("/2024/may/ 6/24")),
            ("content/tok/a.md", None, &may, "/:sections/:sections[0]/:sections[1:]/x", Some("/tok/tok//x")),
            ("content/sl/a/B b/_index.md", None, &may, "/:sections[1:]/:sections[last]", Some("/a/b-b/b-b")),
            ("content/tok/b/a.md", None, &may, "/:section/:sections", None),
            ("content/tok/b/a.md", None, &may, "/:section/", Some("/tok/")),
            ("content/tok/a.md", None, &may, "/a\\:b/:", Some("/a:b/:")),
            ("content/tok/a.md", None, &may, "/:nothing/", None),
            ("content/tok/a.md", None, &may, "/50% off/", None),
        ] {
            let source = Source::read(path, &root, &[]).expect("content");
            let filling = Filling { source: &source, title: Some("My Title"), slug, date, naming: Naming::default() };
            let found = filling.fill(pattern).map(|filled| filled.path);
            let same =
                found.as_ref().zip(expected).is_some_and(|(found, expected)| found.eq_ignore_ascii_case(expected));
            assert!(same || found.is_none() && expected.is_none(), "{path} {pattern}: {found:?}");
        }
    }
}
