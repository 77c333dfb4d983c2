//! What each change writes, by format and by how the author wrote it.

use super::*;
use crate::site::{hexo, hugo, jekyll, plain, zola};

fn alias(path: &str) -> Vec<String> {
    vec![path.to_owned()]
}

fn site_of(text: &str) -> Site {
    match text.trim_start_matches('\u{feff}').as_bytes().first() {
        Some(b'+' | b'{') => Site::of(&hugo::HUGO),
        Some(b';') => Site::of(&hexo::HEXO),
        _ => Site::of(&jekyll::JEKYLL),
    }
}

#[track_caller]
fn check(before: &str, change: Change<'_>, expected: &str) {
    let source = Source::from_text("a.md", before);
    let result = changed(&source, &site_of(before), change);
    assert_eq!(result.as_deref(), Ok(expected), "{before:?}");
    let again = changed(&Source::from_text("a.md", expected), &site_of(expected), change);
    assert_eq!(again.as_deref(), Ok(expected), "twice is once");
}

#[track_caller]
fn refused(before: &str, change: Change<'_>, message: &str) {
    let source = Source::from_text("a.md", before);
    let result = changed(&source, &site_of(before), change).expect_err(before);
    assert_eq!(result.message, message);
}

#[test]
fn a_value_is_replaced_where_it_stands() {
    let draft = Change::Set("draft", Scalar::Bool(true));
    check("---\ndraft: false # not yet\nt: x\n---\nText\n", draft, "---\ndraft: true # not yet\nt: x\n---\nText\n");
    check("---\r\ndraft:   'no'\r\n---\r\n", draft, "---\r\ndraft:   true\r\n---\r\n");
    check("---\ndraft:\nt: x\n---\n", draft, "---\ndraft: true\nt: x\n---\n");
    check("---\ndraft: ~\n---\n", draft, "---\ndraft: true\n---\n");
    check("---\n{draft: false, t: x}\n---\n", draft, "---\n{draft: true, t: x}\n---\n");
    check("+++\ndraft = false # x\n[a]\nb = 1\n+++\n", draft, "+++\ndraft = true # x\n[a]\nb = 1\n+++\n");
    check("{\"draft\": false}\nText", draft, "{\"draft\": true}\nText");
    let canonical = Change::Set("canonical_url", Scalar::Text("https://a.example/x/"));
    check("---\ncanonical_url: \"http://b\"\n---\n", canonical, "---\ncanonical_url: \"https://a.example/x/\"\n---\n");
}

#[test]
fn a_new_key_gets_a_line_of_its_own_at_the_end() {
    let draft = Change::Set("draft", Scalar::Bool(true));
    check("---\nt: x # y\n\n---\n\nText", draft, "---\nt: x # y\n\ndraft: true\n---\n\nText");
    check("---\r\nt: x\r\n---\r\nText", draft, "---\r\nt: x\r\ndraft: true\r\n---\r\nText");
    check("\u{feff}---\nt: x\n---\n", draft, "\u{feff}---\nt: x\ndraft: true\n---\n");
    check("---\n  t: x\n  u: y\n---\n", draft, "---\n  t: x\n  u: y\n  draft: true\n---\n");
    check("---\n---\nText", draft, "---\ndraft: true\n---\nText");
    check("---\n# nothing\n---\n", draft, "---\n# nothing\ndraft: true\n---\n");
    check("---\nt: |\n  a\n\n  b\n---\n", draft, "---\nt: |\n  a\n\n  b\ndraft: true\n---\n");
    check("---\n{t: x}\n---\n", draft, "---\n{t: x, draft: true}\n---\n");
    check("+++\nt = \"x\"\n+++\n", draft, "+++\nt = \"x\"\ndraft = true\n+++\n");
    check(
        "+++\nt = [\n 1,\n] # z\n\n[a]\nb = 1\n+++\n",
        draft,
        "+++\nt = [\n 1,\n] # z\ndraft = true\n\n[a]\nb = 1\n+++\n",
    );
    check("+++\n[a]\nb = 1\n+++\n", draft, "+++\ndraft = true\n[a]\nb = 1\n+++\n");
    check("+++\n[[a]]\nb = 1\n+++\n", draft, "+++\ndraft = true\n[[a]]\nb = 1\n+++\n");
    check("{\n  \"t\": \"x\"\n}\n\nText", draft, "{\n  \"t\": \"x\",\n  \"draft\": true\n}\n\nText");
    check("{ \"t\": 1 }\n", draft, "{ \"t\": 1, \"draft\": true }\n");
    check("{}\n", draft, "{\"draft\": true}\n");
    check(";;;\n\"t\": 1\n;;;\nText", draft, ";;;\n\"t\": 1,\n\"draft\": true\n;;;\nText");
}

#[test]
fn a_list_is_added_to_in_its_own_style() {
    let old = alias("/old/");
    let append = Change::Append("aliases", &old);
    check("---\nt: x\n---\n", append, "---\nt: x\naliases:\n  - /old/\n---\n");
    check("---\naliases: [/a/, 'b'] # c\n---\n", append, "---\naliases: [/a/, 'b', /old/] # c\n---\n");
    check("---\naliases: []\n---\n", append, "---\naliases: [/old/]\n---\n");
    check("---\naliases:\nt: x\n---\n", append, "---\naliases: [/old/]\nt: x\n---\n");
    check(
        "---\naliases:\n- /a/\n-   /b/ # c\nt: x\n---\n",
        append,
        "---\naliases:\n- /a/\n-   /b/ # c\n-   /old/\nt: x\n---\n",
    );
    check("---\r\naliases:\r\n  - /a/\r\n---\r\n", append, "---\r\naliases:\r\n  - /a/\r\n  - /old/\r\n---\r\n");
    check("---\naliases: /a/\n---\n", append, "---\naliases: [/a/, /old/]\n---\n");
    check("---\naliases: '/a, b/'\n---\n", append, "---\naliases: ['/a, b/', /old/]\n---\n");
    check("---\naliases: /a, b/\n---\n", append, "---\naliases: [\"/a, b/\", /old/]\n---\n");
    check("---\n{t: x}\n---\n", append, "---\n{t: x, aliases: [/old/]}\n---\n");
    check(
        "+++\naliases = [\n  \"/a/\", # b\n]\n+++\n",
        append,
        "+++\naliases = [\n  \"/a/\", \"/old/\", # b\n]\n+++\n",
    );
    check("+++\naliases = []\n+++\n", append, "+++\naliases = [\"/old/\"]\n+++\n");
    check("+++\naliases = '/a/'\n+++\n", append, "+++\naliases = ['/a/', \"/old/\"]\n+++\n");
    check("+++\n+++\n", append, "+++\naliases = [\"/old/\"]\n+++\n");
    check("{\"aliases\": \"/a/\"}\n", append, "{\"aliases\": [\"/a/\", \"/old/\"]}\n");
    check("{\"aliases\": null}\n", append, "{\"aliases\": [\"/old/\"]}\n");
    check("---\naliases: [/old/]\n---\n", append, "---\naliases: [/old/]\n---\n");
}

#[test]
fn a_post_without_front_matter_gets_some() {
    let old = alias("/银行/");
    let append = Change::Append("aliases", &old);
    check("Text\r\n", append, "---\r\naliases: [\"/银行/\"]\r\n---\r\nText\r\n");
    check("\u{feff}Text\n", append, "\u{feff}---\naliases: [\"/银行/\"]\n---\nText\n");
    check("", Change::Set("draft", Scalar::Bool(true)), "---\ndraft: true\n---\n");
    let zola = changed(&Source::from_text("a.md", "Text"), &Site::of(&zola::ZOLA), append);
    assert_eq!(zola.as_deref(), Ok("+++\naliases = [\"/银行/\"]\n+++\nText"));
}

#[test]
fn what_would_do_harm_is_refused() {
    let old = alias("/old/");
    let append = Change::Append("aliases", &old);
    let draft = Change::Set("draft", Scalar::Bool(true));
    refused("---\nt: a: b\n---\n", draft, "its front matter is not valid YAML");
    refused("---\nt: x\n", draft, "its front matter is not valid YAML");
    refused("---\ndraft: [a]\n---\n", draft, "`draft` holds a list");
    refused("---\naliases: {a: b}\n---\n", append, "`aliases` holds a mapping");
    refused("---\naliases: [1]\n---\n", append, "`aliases` holds more than texts");
    refused("---\naliases: |\n  /a/\n---\n", append, "`aliases` is written in a way that cannot be added to");
    refused(
        "---\naliases:\n  - /a/\n  - |\n    /b/\n---\n",
        append,
        "`aliases` is written in a way that cannot be added to",
    );
    refused("---\nt: &x [/a/]\naliases: *x\n---\n", append, "`aliases` holds an alias");
    let gbk = encoding_rs::GBK.encode("---\ntitle: 银行的服务群众无小事\n---\n我们说银行的服务").0.into_owned();
    let refusal = changed(&Source::from_bytes("a.md", &gbk), &Site::of(&plain::PLAIN), draft).expect_err("not UTF-8");
    assert_eq!(refusal.message, "it is GBK, not UTF-8");
}
