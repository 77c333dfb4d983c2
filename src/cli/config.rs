//! `copydesk config`: the settings that hold here, and where each came from.

use std::fmt::Write;

use clap::Args;

use super::site::{Site, SiteArgs};
use super::{Screen, Status, lints, output};
use crate::config::{Change, Origin};
use crate::source::{LineIndex, Span};
use crate::spanned::Node;

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
    rows.extend(settings.exclude.iter().map(|glob| row("exclude", glob.value.as_str(), &glob.origin)));
    rows.extend(settings.lints.iter().map(|change| lines.change("lints", change)));
    for over in &settings.overrides {
        let paths: Vec<&str> = over.paths.iter().map(|glob| glob.value.as_str()).collect();
        rows.extend(
            over.changes.iter().map(|change| lines.change(&format!("overrides[{}]", paths.join(", ")), change)),
        );
    }
    let front = &settings.front_matter;
    rows.extend(front.required.iter().map(|key| row("front-matter.required", &key.value, &Origin::Written(key.span))));
    let types = site.config.as_ref().and_then(|config| config.tree.get("front-matter")?.get("types"));
    rows.extend(types.map_or(&[][..], Node::entries).iter().filter_map(|(key, kind)| {
        Some(row(&format!("front-matter.types.{}", key.as_str()?), kind.as_str()?, &Origin::Written(key.span)))
    }));
    rows.extend(front.schema.iter().map(|file| row("front-matter.schema", &file.value, &Origin::Written(file.span))));
    rows
}

/// Lines of the configuration file.
struct Lines {
    file: Option<(String, LineIndex)>,
}

impl Lines {
    fn of(site: &Site) -> Lines {
        Lines { file: site.config.as_ref().map(|config| (config.path.to_string(), LineIndex::new(&config.text))) }
    }

    fn at(&self, span: Span) -> String {
        self.file.as_ref().map_or_else(String::new, |(path, lines)| format!("{path}:{}", lines.line(span.start)))
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
    use std::path::Path;

    use super::*;
    use crate::config::{Config, Request, Settings};

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
";
        let config = Config::from_text("copydesk.yaml", text, Path::new("")).expect("it is well-formed");
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
        ];
        let rows = rows(&site);
        let rows: Vec<_> = rows.iter().map(|row| (row.0.as_str(), row.1.as_str(), row.2.as_str())).collect();
        assert_eq!(rows, expected);
    }
}
