//! What is read in programs, as tables.

use super::*;

/// What a value is, in one word or text.
fn shown(value: &Value) -> String {
    match value {
        Value::Unset => "unset".to_owned(),
        Value::Computed => "computed".to_owned(),
        Value::Text(text) => format!("'{text}'"),
        Value::Switch(switch) => switch.to_string(),
        Value::List(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(" ")),
        Value::Object(_) => "object".to_owned(),
    }
}

/// Checks what the program that exports these settings says of `base`.
fn check(program: &str, expected: &str) {
    assert_eq!(shown(Program::read(program).exported().get("base")), expected, "{program}");
}

#[test]
fn settings_are_unset_literal_or_computed() {
    for (settings, expected) in [
        ("{ base: '/a/' }", "'/a/'"),
        ("{ title: 'x', 'base': \"/a/\", }", "'/a/'"),
        ("{ base: `/a/` }", "'/a/'"),
        ("{ base: '/it\\'s/' }", "'/it's/'"),
        ("{ base: '/a/' as const }", "'/a/'"),
        ("{ base: ('/a/') }", "'/a/'"),
        ("{ base: true }", "true"),
        ("{ base: ['/a/', \"b\"] }", "['/a/' 'b']"),
        ("{ base: undefined }", "unset"),
        ("{}", "unset"),
        ("{ deep: { base: '/no/' } }", "unset"),
        ("{ /* base: '/no/' */ }", "unset"),
        ("{ // base: '/no/',\n link: 'https://a.example//base: 1' }", "unset"),
        ("{ base: `/${x}/` }", "computed"),
        ("{ base: `/${ `}` + '`' }/`, a: 1 }", "computed"),
        ("{ base: '/a/' + b }", "computed"),
        ("{ base: process.env.BASE || '/a/' }", "computed"),
        ("{ base: process.env.CI ? '/a/' : '/' }", "computed"),
        ("{ base: join('/a/') }", "computed"),
        ("{ base: '/\\u0061/' }", "computed"),
        ("{ base: require.resolve('a') }", "'a'"),
        ("{ base: require.resolve('a' + b) }", "computed"),
        ("{ base() { return '/a/' } }", "computed"),
        ("{ get base() { return '/a/' } }", "computed"),
        ("{ base }", "computed"),
        ("{ ['ba' + 'se']: '/a/' }", "computed"),
        ("{ base: '/a/', ...others }", "computed"),
        ("{ ...others, base: '/a/' }", "'/a/'"),
        ("{ ...(ci ? { base: '/b/' } : {}) }", "computed"),
        ("{ ...{ base: '/b/' }, title: '' }", "'/b/'"),
        ("{ base: '/a/', base: '/b/' }", "'/b/'"),
        ("{ test: /[/'\"{]base: '/, base: '/a/' }", "'/a/'"),
        ("{ n: 4 / 2, base: '/a/', m: 1 / 2 }", "'/a/'"),
    ] {
        check(&format!("export default {settings}"), expected);
        check(&format!("module.exports = {settings};\n"), expected);
    }
}

#[test]
fn what_is_exported_is_found() {
    for (program, expected) in [
        ("", "computed"),
        ("export default defineConfig({ base: '/a/' })", "'/a/'"),
        ("export default withMermaid(\n  defineConfig<Theme>({ base: '/a/' }),\n)", "'/a/'"),
        ("export default defineConfig(({ mode }) => ({ base: '/a/' }))", "'/a/'"),
        ("export default async () => { const x = await y(() => { return 1 }); return { base: '/a/' } }", "'/a/'"),
        ("module.exports = function (config) { config.on((a) => { return a }); return { base: '/a/' }; };", "'/a/'"),
        ("export default function (config) { config.addPlugin(x); }", "unset"),
        ("const config: Config = { base: '/a/' }\n\nexport default config", "'/a/'"),
        ("const config = { base: '/a/' };\nmodule.exports = config;", "'/a/'"),
        ("async function make() { return { base: '/a/' }; }\nmodule.exports = make;", "'/a/'"),
        ("export default { base: '/a/' } satisfies Config;", "'/a/'"),
        ("const b = '/a/'\nexport default { base: b }", "'/a/'"),
        ("const base = '/a/';\nexport default { base, title: '' }", "'/a/'"),
        ("const b = process.env.B ?? '/a/'\nexport default { base: b }", "computed"),
        ("let b = '/a/'\nif (ci) b = '/'\nexport default { base: b }", "computed"),
        ("const config = { base: '/a/' }\nconfig.base = x()\nmodule.exports = config", "computed"),
        ("const a = [b, b]; const b = [a, a]; export default { base: a }", "[]"),
        ("export default ci ? defineConfig({ base: '/a/' }) : defineConfig({ base: '/b/' })", "computed"),
        ("export default merge(common, { base: '/a/' })", "computed"),
        ("export default () => { if (ci) { return { base: '/a/' } } return { base: '/' } }", "computed"),
        ("export default () => { if (ci) return { base: '/a/' }\n return { base: '/' } }", "computed"),
        ("const config = { base: '/a/' }\nexport { config as default }", "computed"),
        ("import config from './other'\nexport default config", "computed"),
    ] {
        if expected == "[]" {
            // A name that stands for itself is read for a while, and no longer.
            let _ = Program::read(program).exported();
        } else {
            check(program, expected);
        }
    }
}

#[test]
fn names_and_calls() {
    let program = Program::read(
        "export const config = { dir: { input: 'src' } };\n\
         module.exports = (c) => { c.addPassthroughCopy('img').addPassthroughCopy({ a: 'b' }); c.addPassthroughCopy(x);\n\
         c.addPreprocessor('drafts', '*', (data) => { if (data.draft) return false; }); };",
    );
    assert_eq!(program.exported_as("config").at(&["dir", "input"]).text(), Some("src"));
    assert_eq!(program.exported_as("other"), Value::Unset);
    assert_eq!(Program::read("const config = {a: 1}").exported_as("config"), Value::Unset);
    let named = Program::read("module.exports.config = { a: 'b' }").exported_as("config");
    assert_eq!(named.get("a").text(), Some("b"));
    let calls = program.calls("addPassthroughCopy");
    assert_eq!(calls.len(), 3);
    assert_eq!(calls[0], [Value::Text("img".into())]);
    assert_eq!(calls[1][0].get("a").text(), Some("b"));
    assert_eq!(calls[2], [Value::Computed]);
    assert!(program.has_call_with("addPreprocessor", &["draft", "false"]));
    assert!(!program.has_call_with("addPassthroughCopy", &["draft"]));
    assert!(program.mentions("img") && !program.mentions("nothing"));
}

#[test]
fn anything_is_read_somehow() {
    let deep = format!("export default {}", "{a:[(".repeat(20_000));
    let tower = (0..60).map(|n| format!("const n{n} = [n{0}, n{0}];", n + 1)).collect::<String>() + "export default n0";
    for text in
        ["'", "`${", "/*", "/", "{", "}", ")(", "export default", "module.exports = (", "a: '\\", "\u{0}", "…=>"]
    {
        let _ = Program::read(text).exported();
    }
    for text in [deep, tower, "{".repeat(100_000), "`${".repeat(50_000), "/*".repeat(50_000)] {
        let program = Program::read(&text);
        let _ = (program.exported(), program.calls("a"), program.exported_as("n0"));
    }
}
