//! What a Docusaurus configuration says, as far as it can be read without running it: where the site is, which plug-ins make
//! pages of which folders, in which languages and versions.

use super::super::Home;
use super::super::config::{below, program};
use super::super::path::joined;
use super::super::program::{Program, Value};
use super::root::{Kind, Root, versions};
use crate::site::detect::Files;

/// Names of the configuration.
const CONFIGS: [&str; 6] = [
    "docusaurus.config.ts",
    "docusaurus.config.mts",
    "docusaurus.config.cts",
    "docusaurus.config.js",
    "docusaurus.config.mjs",
    "docusaurus.config.cjs",
];
/// Plug-ins that make no pages.
const HARMLESS: [&str; 10] = [
    "ideal-image",
    "pwa",
    "google-",
    "debug",
    "client-redirects",
    "svgr",
    "sitemap",
    "vercel-analytics",
    "css-cascade-layers",
    "rsdoctor",
];

/// The settings.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// Where the site is.
    pub(super) home: Home,
    /// Whether addresses end in a slash: as their routes do (`Some(None)`), all or none; `None` where it is computed.
    pub(super) slash: Option<Option<bool>>,
    /// The folders that plug-ins make pages of.
    pub(super) roots: Vec<Root>,
    /// Languages other than the main one, by the segment of their addresses.
    pub(super) languages: Vec<String>,
    /// Folders whose files are served as they are, relative to the site root.
    pub(super) statics: Vec<String>,
    /// Addresses that are redirected, without the base path.
    pub(super) redirects: Vec<String>,
    /// Whether plug-ins or redirects that cannot be read may make any page.
    pub(super) makes_more: bool,
    /// Texts of sidebars, which make pages of categories.
    pub(super) sidebars: Vec<String>,
}

/// A plug-in with its options.
struct Plugin<'v> {
    kind: Kind,
    options: &'v Value,
}

impl Settings {
    /// Those of the site whose configuration is in the folder `base`.
    pub(super) fn read(files: &Files<'_>, base: &str) -> Self {
        let config = program(files, base, &CONFIGS).map_or(Value::Computed, |text| Program::read(&text).exported());
        let base_url = config.get("baseUrl").text();
        let mut settings = Self {
            home: Home::of(config.get("url").text(), base_url.unwrap_or_default()),
            slash: match config.get("trailingSlash") {
                Value::Unset => Some(None),
                Value::Switch(slash) => Some(Some(*slash)),
                _ => None,
            },
            ..Self::default()
        };
        let plugins = settings.plugins(&config);
        let languages = languages(&config, base_url);
        settings.makes_more |= languages.is_none();
        let languages = languages.unwrap_or_default();
        settings.languages = languages.iter().filter(|l| !l.is_main).map(|l| l.code.clone()).collect();
        for plugin in &plugins {
            settings.add(files, base, plugin, base_url, &languages, config.at(&["i18n", "path"]));
        }
        settings.statics = match config.get("staticDirectories") {
            Value::List(folders) => folders.iter().filter_map(|folder| beside(base, folder.text()?)).collect(),
            _ => vec![below(base, "static")],
        };
        settings
    }

    /// The plug-ins that make pages, those of presets too.
    fn plugins<'v>(&mut self, config: &'v Value) -> Vec<Plugin<'v>> {
        let mut plugins = vec![];
        let presets = config.get("presets");
        self.makes_more |= matches!(presets, Value::Computed) || matches!(config.get("plugins"), Value::Computed);
        for preset in presets.items() {
            match preset.items() {
                [name] if name.text().is_some_and(is_classic) => self.classic(&Value::Unset, &mut plugins),
                [name, options] if name.text().is_some_and(is_classic) => self.classic(options, &mut plugins),
                _ => self.makes_more = true,
            }
        }
        for plugin in config.get("plugins").items() {
            // `ci && 'plugin'` comes to a plug-in or to none.
            let (name, options) = match plugin.items() {
                [name] => (name.text(), &Value::Unset),
                [name, options] => (name.text(), options),
                _ => (None, &Value::Unset),
            };
            let Some(name) = name else {
                self.makes_more |= *plugin != Value::Unset;
                continue;
            };
            match [("content-docs", Kind::Docs), ("content-blog", Kind::Blog), ("content-pages", Kind::Pages)]
                .into_iter()
                .find(|(ending, _)| name.ends_with(ending))
            {
                Some((_, kind)) => plugins.push(Plugin { kind, options }),
                None if name.ends_with("client-redirects") => self.redirect(options),
                None => self.makes_more |= !HARMLESS.iter().any(|part| name.contains(part)),
            }
        }
        plugins
    }

    /// The plug-ins of the preset that nearly all sites use.
    fn classic<'v>(&mut self, options: &'v Value, plugins: &mut Vec<Plugin<'v>>) {
        for (key, kind) in [("docs", Kind::Docs), ("blog", Kind::Blog), ("pages", Kind::Pages)] {
            match options.get(key) {
                Value::Switch(false) => {}
                options => plugins.push(Plugin { kind, options }),
            }
        }
    }

    fn redirect(&mut self, options: &Value) {
        let is_read = options.get("redirects").is_literal()
            && matches!(options.get("createRedirects"), Value::Unset)
            && matches!(options.get("fromExtensions"), Value::Unset);
        self.makes_more |= !is_read;
        let sources = options.get("redirects").items().iter().flat_map(|redirect| redirect.get("from").items());
        self.redirects.extend(sources.filter_map(|from| Some(from.text()?.trim_end_matches('/').to_owned())));
    }

    /// Adds the folders of a plug-in in all versions and languages.
    fn add(
        &mut self,
        files: &Files<'_>,
        base: &str,
        plugin: &Plugin<'_>,
        base_url: Option<&str>,
        languages: &[Language],
        translations: &Value,
    ) {
        let (kind, options) = (plugin.kind, plugin.options);
        let Some(id) = options.get("id").text_or("default") else { return self.makes_more = true };
        let Some(folder) = options.get("path").text_or(kind.folder()) else { return self.makes_more = true };
        let Some(folder) = beside(base, folder) else { return };
        let route = options.get("routeBasePath").text_or(kind.route()).map(str::to_owned);
        let numbers = match options.get("numberPrefixParser") {
            Value::Unset | Value::Switch(true) => Some(true),
            Value::Switch(false) => Some(false),
            _ => None,
        };
        if let Some(path) = options.get("sidebarPath").text()
            && let Some(text) = beside(base, path).and_then(|path| (files.read)(&path))
        {
            self.sidebars.push(text);
        }
        let translations = beside(base, translations.text_or("i18n").unwrap_or("i18n")).unwrap_or_default();
        let named = if id == "default" { String::new() } else { format!("-{id}") };
        for version in versions(files, base, kind, id, options, &folder) {
            let whole = |base_url: Option<&str>| {
                Some(format!("{}/{}/{}", base_url?, route.as_deref()?, version.route.as_deref()?))
            };
            let root = |folder: String, base_url| Root { kind, folder, route: whole(base_url), numbers };
            self.roots.push(root(version.folder.clone(), base_url));
            for language in languages {
                let plugin =
                    format!("{translations}/{}/docusaurus-plugin-content-{}{named}", language.folder, kind.name());
                let folder = if version.name.is_empty() { plugin } else { format!("{plugin}/{}", version.name) };
                self.roots.push(root(folder, language.base_url.as_deref()));
            }
        }
    }
}

/// A language of the site.
struct Language {
    code: String,
    folder: String,
    base_url: Option<String>,
    is_main: bool,
}

/// The languages; `None` where they are computed.
fn languages(config: &Value, base_url: Option<&str>) -> Option<Vec<Language>> {
    let settings = config.get("i18n");
    let main = settings.get("defaultLocale").text_or("en")?;
    let codes: Vec<&str> = match settings.get("locales") {
        Value::Unset => vec![main],
        Value::List(codes) => codes.iter().map(Value::text).collect::<Option<_>>()?,
        _ => return None,
    };
    let language = |code: &&str| {
        let own = settings.at(&["localeConfigs", code]);
        let is_main = *code == main;
        let usual = base_url.map(|base| if is_main { base.to_owned() } else { format!("{base}/{code}") });
        Language {
            code: (*code).to_owned(),
            folder: own.get("path").text().unwrap_or(code).to_owned(),
            base_url: match own.get("baseUrl") {
                Value::Unset => usual,
                other => other.text().map(str::to_owned),
            },
            is_main,
        }
    };
    Some(codes.iter().map(language).collect())
}

fn is_classic(name: &str) -> bool {
    matches!(name, "classic" | "@docusaurus/preset-classic" | "@docusaurus/classic")
}

/// A path that is relative to the folder of the configuration, relative to the site root; `None` where it leads out of it.
pub(super) fn beside(base: &str, path: &str) -> Option<String> {
    let slash = if base.is_empty() { "" } else { "/" };
    let whole = joined(&format!("/{base}{slash}"), path)?;
    Some(whole.trim_matches('/').to_owned())
}
