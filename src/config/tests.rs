//! Mistakes in `copydesk.yaml`: what is said of each, and the text that is marked.

use std::path::Path;

use super::*;
use crate::lint::{Preset, Setting};

fn one_of_all_generators() -> String {
    let names: Vec<String> = GENERATORS.iter().map(|name| format!("`{name}`")).collect();
    format!("one of {}", names.join(", "))
}

/// Message, help (empty for none) and marked text of every mistake.
fn mistakes(text: &str) -> Vec<(String, String, String)> {
    let notices = Config::from_text("copydesk.yaml", text, Path::new("")).expect_err("there are mistakes");
    let told = notices.into_iter().map(|notice| {
        assert_eq!(&*notice.path, "copydesk.yaml");
        (notice.message, notice.help.unwrap_or_default(), notice.text[notice.span.range()].to_owned())
    });
    told.collect()
}

fn one_mistake(text: &str) -> (String, String, String) {
    let mut all = mistakes(text);
    assert_eq!(all.len(), 1, "{text}\n{all:#?}");
    all.remove(0)
}

fn load(text: &str) -> Config {
    Config::from_text("copydesk.yaml", text, Path::new("")).unwrap_or_else(|notices| panic!("{text}\n{notices:#?}"))
}

#[test]
fn every_mistake_is_told_with_its_place() {
    let generators = &one_of_all_generators();
    let cases = [
        ("exlude: [a]", "unknown key `exlude`", "did you mean `exclude`?", "exlude"),
        ("generator: jekyl", "unknown value `jekyl`", "did you mean `jekyll`?", "jekyl"),
        ("generator: wordpress", "unknown value `wordpress`", generators, "wordpress"),
        ("preset: strct", "unknown value `strct`", "did you mean `strict`?", "strct"),
        ("fail-on: eror", "unknown value `eror`", "did you mean `error`?", "eror"),
        ("fail-on: off", "unknown value `off`", "one of `info`, `warn`, `error`", "off"),
        ("exclude: drafts", "expected a list, found text", "", "drafts"),
        ("exclude: [ok, 'a[']", "the glob `a[` cannot be read: unclosed character class; missing ']'", "", "'a['"),
        ("exclude: [../other]", "the glob `../other` leaves the site root", "", "../other"),
        ("exclude: ['']", "an empty glob matches nothing", "", "''"),
        ("lints: {a: wran}", "unknown value `wran`", "did you mean `warn`?", "wran"),
        (
            "lints: {a: true}",
            "expected a level or a part of the lint's record, found true or false",
            "levels are `off`, `info`, `warn` and `error`",
            "true",
        ),
        ("lints: {a: {level: off, level: warn}}", "`level` is set twice", "keep one of the two", "level"),
        ("lints: [a]", "expected a mapping, found a list", "", "[a]"),
        ("preset: strict\npreset: scraped", "`preset` is set twice", "keep one of the two", "preset"),
        ("overrides: [{path: [a], lints: {}}]", "unknown key `path`", "did you mean `paths`?", "path"),
        ("overrides: [{paths: [a]}]", "`lints` is missing", "", "paths"),
        (
            "overrides: [{paths: [a], lints: {x: loud}}]",
            "unknown value `loud`",
            "one of `off`, `info`, `warn`, `error`",
            "loud",
        ),
        ("front-matter: {required: title}", "expected a list, found text", "", "title"),
        ("front-matter: {types: {tags: lst}}", "unknown value `lst`", "did you mean `list`?", "lst"),
        ("online: {grace: soon}", "`soon` is no time: write `3d`, `12h`, `5m` or `20s`", "", "soon"),
        ("online: {exclude: ['a(']}", "the pattern `a(` cannot be read: unclosed group", "", "'a('"),
        (
            "routes: {posts: /blog/}",
            "`/blog/` must hold `{id}` once, which stands for the name of a post",
            "",
            "/blog/",
        ),
        (
            "routes: {posts: 'blog/{id}'}",
            "`blog/{id}` must begin with `/`: it is what stands behind the host's name",
            "",
            "'blog/{id}'",
        ),
        ("routes: {../posts: '/{id}'}", "the folder `../posts` leaves the site root", "", "../posts"),
        ("routes: [posts]", "expected a mapping, found a list", "", "[posts]"),
        (
            "routes: {psots: '/{id}'}",
            "there is no folder `psots`",
            "a route begins with a folder of posts, relative to the folder of this file",
            "psots",
        ),
        ("online: {max-agee: 1d}", "unknown key `max-agee`", "did you mean `max-age`?", "max-agee"),
        ("front-matter: {type: {}}", "unknown key `type`", "did you mean `types`?", "type"),
    ];
    for (text, message, help, marked) in cases {
        assert_eq!(one_mistake(text), (message.to_owned(), help.to_owned(), marked.to_owned()), "{text}");
    }
}

#[test]
fn all_mistakes_are_told_in_order_of_position() {
    let text = "\
exclude: ['a[', fine, 'b[']
prest: strict
lints:
  good: warn
  bad: wran
  worse: 3
overrides:
  - lints: {x: off}
  - {paths: [a], lints: {x: no}}
front-matter:
  types: {a: txt, b: list, c: nmber}
  required: [x, [y]]
";
    let marked: Vec<String> = mistakes(text).into_iter().map(|(_, _, marked)| marked).collect();
    let expected = ["'a['", "'b['", "prest", "wran", "3", "lints", "no", "txt", "nmber", "[y]"];
    assert_eq!(marked, expected);
}

#[test]
fn what_is_no_settings_at_all_is_told_as_such() {
    let (message, _, marked) = one_mistake("- a\n- b\n");
    assert_eq!((message.as_str(), marked.as_str()), ("expected settings, found a list", "- a\n- b"));
    let (message, ..) = one_mistake("strict");
    assert_eq!(message, "expected settings, found text");
    let (_, _, marked) = one_mistake("preset: \"strict\nfail-on: warn\n");
    assert!(!marked.is_empty());
}

#[test]
fn an_empty_file_and_empty_keys_change_nothing() {
    for text in ["", "# nothing yet\n", "exclude:\nlints:\noverrides:\nfront-matter:\npreset:\n"] {
        let config = load(text);
        assert!(config.file.exclude.is_empty() && config.lints.is_empty() && config.file.preset.is_none(), "{text}");
    }
}

#[test]
fn every_setting_is_read() {
    let config = load(
        "generator: hexo\npreset: scraped\nfail-on: error\nexclude: [drafts/**]\n\
         lints: {a: off, b: {level: error, match: {limit: 2}}}\n\
         overrides: [{paths: ['archive/*'], lints: {a: info}}]\n\
         front-matter: {required: [title], types: {tags: list}}\n",
    );
    assert_eq!(config.file.generator.as_deref(), Some("hexo"));
    assert_eq!(config.file.preset, Some(Preset::Scraped));
    assert_eq!(config.file.fail_on, Some(crate::diagnostic::Level::Error));
    assert!(config.file.exclude[0].value.matches("drafts/2020/a.md"));
    let levels: Vec<_> = config.lints.iter().map(|change| (change.lint.as_str(), change.level())).collect();
    assert_eq!(levels, [("a", Some(Setting::Off)), ("b", Some(Setting::Error))]);
    assert!(config.lints[1].overlay.get("match").is_some_and(|spec| spec.get("limit").is_some()));
    let over = &config.file.overrides[0];
    assert!(over.paths[0].value.matches("archive/a.md"));
    assert_eq!(
        over.changes,
        [Change { at: over.changes[0].at, ..Change::to_level("a", Setting::Info, level_place(over)) }]
    );
    assert_eq!(config.file.front_matter.required[0].value, "title");
    assert_eq!(config.file.front_matter.types["tags"], KeyType::List);
}

fn level_place(over: &Override) -> Span {
    over.changes[0].overlay.get("level").expect("a bare level is written out").span
}

#[test]
fn what_editors_on_windows_add_changes_nothing() {
    let text = "\u{feff}preset: strict\r\nfail-on: info\r\n";
    let config = load(text);
    assert_eq!(config.file.preset, Some(Preset::Strict));
    assert_eq!(config.file.fail_on, Some(crate::diagnostic::Level::Info));
    let (_, _, marked) = one_mistake("\u{feff}preset: strict\r\nfail-on: never\r\n");
    assert_eq!(marked, "never");
}

#[test]
fn unknown_lints_are_told_with_the_nearest_name() {
    let text = "lints: {soft-paer: off, hard-pear: warn}\noverrides: [{paths: [a], lints: {fruit: off}}]\n";
    let config = load(text);
    let known = Known { lints: vec!["soft-pear", "hard-pear"], families: vec!["fruit"] };
    let notices = config.check_names(&known);
    let told: Vec<_> = notices.iter().map(|one| (one.message.as_str(), &text[one.span.range()])).collect();
    assert_eq!(told, [("no lint is called `soft-paer`", "soft-paer"), ("no lint is called `fruit`", "fruit")]);
    assert_eq!(notices[0].help.as_deref(), Some("did you mean `soft-pear`?"));
}

#[test]
fn a_schema_is_read_when_the_settings_are() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file can be written");
    write("good.json", r#"{"type": "object", "required": ["title"]}"#);
    write("broken.json", "{\n  \"type\": object\n}\n");
    write("odd.json", r#"{"type": "sometimes"}"#);
    let load = |name: &str| {
        write(FILE_NAME, &format!("front-matter: {{schema: {name}}}\n"));
        Config::load(&folder.path().join(FILE_NAME))
    };

    let config = load("good.json").expect("the schema is well-formed");
    assert_eq!(config.schema.expect("it is read")["required"][0], "title");

    let notices = load("missing.json").expect_err("there is no such file");
    assert_eq!(notices[0].message, "the schema cannot be read: no such file");
    assert_eq!(&notices[0].text[notices[0].span.range()], "missing.json");

    let notices = load("odd.json").expect_err("there is no such type");
    assert!(notices[0].message.starts_with("the file is no JSON Schema: "), "{notices:?}");
    assert_eq!(&notices[0].text[notices[0].span.range()], "odd.json");

    let notices = load("broken.json").expect_err("it is no JSON");
    assert!(notices[0].path.ends_with("broken.json"), "{notices:?}");
    assert!(notices[0].text[notices[0].span.range().start..].starts_with("object"), "{notices:?}");
}

#[test]
fn a_file_that_cannot_be_read_is_told_by_name() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join(FILE_NAME);
    std::fs::write(&path, b"preset: \xd6\xd0\n").expect("a file can be written");
    let notices = Config::load(&path).expect_err("it is not UTF-8");
    assert!(notices[0].message.ends_with("copydesk.yaml`: byte 8 is not UTF-8"), "{notices:?}");
    let notices = Config::load(&folder.path().join("other.yaml")).expect_err("it is not there");
    assert!(notices[0].message.starts_with("cannot read `"), "{notices:?}");
}

#[test]
fn hostile_files_are_refused_in_good_time() {
    let deep = format!("lints: {}", "{a: ".repeat(5_000));
    assert!(!mistakes(&deep).is_empty());
    let many: String = (0..2_000).map(|n| format!("unknown-{n}: 1\n")).collect();
    assert_eq!(mistakes(&many).len(), read::MAX_MISTAKES);
    let bomb = "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\nexclude: *a\n";
    assert!(mistakes(bomb).iter().any(|(message, ..)| message.contains("alias")), "{:?}", mistakes(bomb));
}
