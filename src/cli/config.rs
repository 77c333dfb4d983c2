//! `copydesk config`: the settings that hold here, and where each came from.

use std::fmt::Write;

use clap::Args;

use super::site::{Site, SiteArgs};
use super::{Screen, Status, lints, output};
use crate::config::{Change, Config, Origin};
use crate::source::{LineIndex, Span};
use crate::spanned::{Node, Value};

/// Arguments of `config`.
#[derive(Clone, Debug, Args)]
pub struct ConfigArgs {
    #[command(flatten)]
    site: SiteArgs,
}

/// Shows the settings.
pub(super) fn run(args: &ConfigArgs, screen: &Screen) -> anyhow::Result<Status> {
    let site = args.site.site(&[], args.site.request())?;
    lints::load(&site)?;
    output::print(page(&site, screen).as_bytes())?;
    Ok(Status::Clean)
}

/// One line of the page: setting, value, origin.
type Row = (String, String, String);

fn page(site: &Site, screen: &Screen) -> String {
    let rows = rows(site);
    let name = rows.iter().map(|row| row.0.len()).max().unwrap_or(0);
    let value = rows.iter().map(|row| row.1.chars().count()).max().unwrap_or(0).min(screen.width / 2);
    let mut page = format!("root: {}\n\n", site.root.display());
    for (setting, shown, origin) in rows {
        let line = format!("{}{setting:name$}  {shown:value$}  ", "");
        let _ = writeln!(page, "{line}{}", screen.dim(&origin));
    }
    page
}

fn rows(site: &Site) -> Vec<Row> {
    let settings = &site.settings;
    let lines = Lines::of(site);
    let row = |name: &str, value: &str, origin: &Origin| (name.to_owned(), value.to_owned(), lines.origin(origin));
    let mut rows = vec![
        row("generator", settings.generator.value.as_deref().unwrap_or("none"), &settings.generator.origin),
        row("preset", settings.preset.value.name(), &settings.preset.origin),
        row("fail-on", settings.fail_on.value.name(), &settings.fail_on.origin),
    ];
    if settings.require_reason.origin != Origin::Default {
        let value = settings.require_reason.value.to_string();
        rows.push(row("require-reason", &value, &settings.require_reason.origin));
    }
    rows.extend(settings.exclude.iter().map(|glob| row("exclude", glob.value.as_str(), &glob.origin)));
    rows.extend(settings.lints.iter().map(|change| lines.change("lints", change)));
    for over in &settings.overrides {
        let paths: Vec<&str> = over.paths.iter().map(|glob| glob.value.as_str()).collect();
        rows.extend(
            over.changes.iter().map(|change| lines.change(&format!("overrides[{}]", paths.join(", ")), change)),
        );
    }
    rows.extend(lines.below("front-matter"));
    rows.extend(lines.below("routes"));
    rows.extend(lines.below("online"));
    rows
}

/// Lines of the configuration file.
struct Lines<'a> {
    file: Option<&'a Config>,
    lines: LineIndex,
}

impl Lines<'_> {
    fn of(site: &Site) -> Lines<'_> {
        let file = site.config.as_ref();
        Lines { file, lines: LineIndex::new(file.map_or("", |file| &file.text)) }
    }

    fn at(&self, span: Span) -> String {
        self.file.map_or_else(String::new, |file| format!("{}:{}", file.path, self.lines.line(span.start)))
    }

    /// What is written there, without quotes.
    fn text(&self, span: Span) -> String {
        let text = self.file.map_or("", |file| &file.text[span.range()]);
        text.trim_matches(['"', '\'']).to_owned()
    }

    fn origin(&self, origin: &Origin) -> String {
        match origin {
            Origin::Default => "default".to_owned(),
            Origin::Detected(Some(file)) => format!("detected: {file}"),
            Origin::Detected(None) => "detected".to_owned(),
            Origin::Written(span) => self.at(*span),
            Origin::CommandLine => "command line".to_owned(),
        }
    }

    /// What is written below a key, each setting in a line of its own, as the file has it.
    fn below(&self, key: &str) -> Vec<Row> {
        let mut rows = vec![];
        if let Some(node) = self.file.and_then(|config| config.tree.get(key)) {
            self.written(key, node, node.span, &mut rows);
        }
        rows
    }

    fn written(&self, setting: &str, node: &Node, at: Span, rows: &mut Vec<Row>) {
        match &node.value {
            Value::Mapping(entries) => entries.iter().for_each(|(key, value)| {
                let key_text = key.as_str().unwrap_or_default();
                self.written(&format!("{setting}.{key_text}"), value, key.span, rows);
            }),
            Value::Sequence(items) => items.iter().for_each(|item| self.written(setting, item, item.span, rows)),
            _ => rows.push((setting.to_owned(), self.text(node.span), self.at(at))),
        }
    }

    fn change(&self, setting: &str, change: &Change) -> Row {
        let keys: Vec<&str> = change.overlay.entries().iter().filter_map(|(key, _)| key.as_str()).collect();
        let value = match (change.level(), keys.as_slice()) {
            (Some(level), ["level"]) => level.name().to_owned(),
            (Some(level), _) => format!("{} (changes {})", level.name(), keys.join(", ")),
            (None, _) => format!("changes {}", keys.join(", ")),
        };
        (format!("{setting}.{}", change.lint), value, self.at(change.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Request, Settings};

    #[test]
    fn every_setting_is_shown_with_its_origin() {
        let text = "\
preset: strict
exclude: [old/**]
lints:
  soft-pear: off
  hard-pear: {level: warn, match: {limit: 3}}
overrides:
  - paths: [archive]
    lints: {soft-pear: info}
front-matter:
  required: [title]
  types: {tags: list}
routes:
  content/log: /log/{id}/
online:
  accept: ['403', 500-599]
  headers: {a.example: {X-Key: $KEY}}
  grace: 5d
";
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("content/log")).expect("made");
        let config = Config::from_text("copydesk.yaml", text, folder.path()).expect("it is well-formed");
        let request = Request { generator: Some("hexo".to_owned()), ..Request::default() };
        let settings = Settings::resolve(Some(&config), None, request);
        let site = Site { root: "/site".into(), config: Some(config), settings };
        let expected = [
            ("generator", "hexo", "command line"),
            ("preset", "strict", "copydesk.yaml:1"),
            ("fail-on", "warn", "default"),
            ("exclude", "old/**", "copydesk.yaml:2"),
            ("lints.soft-pear", "off", "copydesk.yaml:4"),
            ("lints.hard-pear", "warn (changes level, match)", "copydesk.yaml:5"),
            ("overrides[archive].soft-pear", "info", "copydesk.yaml:8"),
            ("front-matter.required", "title", "copydesk.yaml:10"),
            ("front-matter.types.tags", "list", "copydesk.yaml:11"),
            ("routes.content/log", "/log/{id}/", "copydesk.yaml:13"),
            ("online.accept", "403", "copydesk.yaml:15"),
            ("online.accept", "500-599", "copydesk.yaml:15"),
            ("online.headers.a.example.X-Key", "$KEY", "copydesk.yaml:16"),
            ("online.grace", "5d", "copydesk.yaml:17"),
        ];
        let rows = rows(&site);
        let rows: Vec<_> = rows.iter().map(|row| (row.0.as_str(), row.1.as_str(), row.2.as_str())).collect();
        assert_eq!(rows, expected);
    }
}
