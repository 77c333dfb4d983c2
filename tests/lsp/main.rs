//! The language server, with the real program and a client that speaks the protocol.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

mod client;
mod links;
mod parity;

use client::{Client, edited};

/// A text that is long enough to be a copy.
fn long(first: &str) -> String {
    let more = "The keeper of the lock wrote down the height of the water each morning, and the number of barges that \
                waited above the weir, and who of the pilots had asked for a rope. In the evening he read it to his \
                daughter, who knew all of the boats by their lanterns and most of the pilots by their voices. ";
    format!("{first} {}", more.repeat(3))
}

fn post(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2024-05-06\n---\n\n{body}\n")
}

fn site(posts: &[(&str, &str)]) -> TempDir {
    let site = tempfile::tempdir().expect("a folder can be made");
    write(site.path(), "copydesk.yaml", "generator: plain\n");
    posts.iter().for_each(|(name, text)| write(site.path(), name, text));
    site
}

fn write(site: &Path, name: &str, text: &str) {
    fs::write(site.join(name), text).expect("written");
}

fn uri(site: &TempDir, name: &str) -> String {
    let root = site.path().canonicalize().expect("it is there");
    format!("file://{}/{}", root.display(), name.replace(' ', "%20").replace('港', "%E6%B8%AF"))
}

fn has(diagnostics: &[Value], lint: &str) -> bool {
    diagnostics.iter().any(|one| one["code"] == lint)
}

fn of(diagnostics: &[Value], lint: &str) -> Value {
    diagnostics.iter().find(|one| one["code"] == lint).unwrap_or_else(|| panic!("no {lint} in {diagnostics:?}")).clone()
}

/// A client that asks for diagnostics.
fn pulling() -> Value {
    json!({"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": true}}})
}

#[test]
fn columns_are_right_behind_han_characters_and_emoji() {
    let text = post("A", "港口🎉今天 [没有]()。");
    let site = site(&[("a.md", &text)]);
    for (encodings, expected) in
        [(json!(["utf-16"]), 7), (json!(["utf-8", "utf-16"]), 17), (json!(["utf-32"]), 6), (json!([]), 7)]
    {
        let (mut client, server) =
            Client::initialized(site.path(), json!({"general": {"positionEncodings": encodings}}));
        client.open(&uri(&site, "a.md"), &text.replace('\n', "\r\n"));
        let found = client.pushed(&uri(&site, "a.md"), |all| has(all, "link-empty-address"));
        let start = of(&found, "link-empty-address")["range"]["start"].clone();
        assert_eq!(start, json!({"line": 5, "character": expected}), "{server}");
        assert_eq!(client.end(), Some(0));
    }
}

#[test]
fn a_copy_is_told_in_the_other_open_post_and_taken_back() {
    let (one, other) =
        (post("The lock", &long("It rained.")), post("The weir", &long("Snow fell.").replace("lock", "mill")));
    let site = site(&[("a.md", &one), ("b.md", &other), ("c.md", &post("C", "Nothing to see."))]);
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    let (a, b) = (uri(&site, "a.md"), uri(&site, "b.md"));
    client.open(&a, &one);
    client.open(&b, &post("Another", "This is about something else."));
    client.pushed(&b, |all| !has(all, "duplicate-post"));
    client.write(&b, 2, &post("The lock", &long("It rained.")));
    let told = client.pushed(&b, |all| has(all, "duplicate-post"));
    let related = of(&told, "duplicate-post")["relatedInformation"].clone();
    assert_eq!(related[0]["location"]["uri"], a, "{related}");
    // It is the other one that has to go once it is the shorter.
    client.write(&b, 3, &post("Another", "This is about something else again."));
    client.pushed(&b, |all| !has(all, "duplicate-post"));
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_link_breaks_in_another_open_post_when_its_target_is_closed_unsaved() {
    let one = post("A", "See [the other](./b.md).");
    let site = site(&[("a.md", &one)]);
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    let (a, b) = (uri(&site, "a.md"), uri(&site, "b.md"));
    client.open(&a, &one);
    client.pushed(&a, |all| has(all, "link-broken-local"));
    client.open(&b, &post("B", "Here I am."));
    client.pushed(&a, |all| !has(all, "link-broken-local"));
    client.tell("textDocument/didClose", json!({"textDocument": {"uri": b}}));
    client.pushed(&a, |all| has(all, "link-broken-local"));
}

#[test]
fn repairs_are_made_where_they_are_asked_for() {
    let text = post(
        "\"A \"quoted\" title\"",
        "港🎉 The set\u{200B}tings, and more set\u{200B}tings.\n\nAnd [a link]() to nothing.",
    );
    let site = site(&[("a.md", &text)]);
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    let a = uri(&site, "a.md");
    client.open(&a, &text);
    let found = client.pushed(&a, |all| has(all, "invisible-character") && has(all, "front-matter-unescaped-quote"));
    let range = of(&found, "invisible-character")["range"].clone();
    let mut ask = |range: &Value, only: Value| {
        let params = json!({"textDocument": {"uri": a}, "range": range, "context": {"diagnostics": [], "only": only}});
        client.ask("textDocument/codeAction", params)["result"].as_array().cloned().expect("a list")
    };
    let actions = ask(&range, json!(["quickfix"]));
    let repair = actions.iter().find(|one| one["title"] == "invisible-character: repair").expect("it is offered");
    assert_eq!(repair["isPreferred"], true);
    let edits = |action: &Value| action["edit"]["changes"][&a].as_array().cloned().expect("edits");
    assert_eq!(edited(&text, &edits(repair)), text.replace('\u{200B}', ""));
    let all = ask(
        &json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}),
        json!(["source.fixAll"]),
    );
    assert_eq!(all.len(), 1, "{all:?}");
    let repaired = text.replace('\u{200B}', "").replace("\"A \"quoted\" title\"", "'A \"quoted\" title'");
    assert_eq!(edited(&text, &edits(&all[0])), repaired);

    let link = of(&found, "link-empty-address")["range"].clone();
    let actions = ask(&link, json!([]));
    let titles: Vec<&str> = actions.iter().filter_map(|one| one["title"].as_str()).collect();
    let suppress = actions.iter().find(|one| one["title"] == "link-empty-address: suppress here, with a reason");
    let suppressed = edited(&text, &edits(suppress.unwrap_or_else(|| panic!("{titles:?}"))));
    assert!(suppressed.contains("copydesk-disable"), "{suppressed}");
    client.write(&a, 2, &suppressed);
    client.pushed(&a, |all| !has(all, "link-empty-address"));
}

#[test]
fn repairs_of_one_lint_are_made_together_and_what_they_delete_is_of_no_use() {
    let text = post(
        "A",
        "The lock.\n\n<p style=\"display:none\"></p>\n\nIt rained. See [nothing]().\n\n<p style=\"display:none\"></p>",
    );
    let site = site(&[("a.md", &text)]);
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    let a = uri(&site, "a.md");
    client.open(&a, &text);
    let found = client.pushed(&a, |all| has(all, "hidden-empty-element") && has(all, "link-empty-address"));
    let hidden: Vec<&Value> = found.iter().filter(|one| one["code"] == "hidden-empty-element").collect();
    assert_eq!(hidden.iter().map(|one| &one["tags"]).collect::<Vec<_>>(), [&json!([1]), &json!([1])], "unnecessary");
    assert_eq!(of(&found, "link-empty-address")["tags"], json!([]), "nothing deletes it");
    let context = json!({"diagnostics": [], "only": ["quickfix"]});
    let params = json!({"textDocument": {"uri": a}, "range": hidden[0]["range"], "context": context});
    let actions = client.ask("textDocument/codeAction", params)["result"].as_array().cloned().expect("a list");
    let all = actions.iter().find(|one| one["title"] == "hidden-empty-element: repair all 2 in this file");
    let all = all.unwrap_or_else(|| panic!("{actions:?}"));
    let repaired = edited(&text, all["edit"]["changes"][&a].as_array().expect("edits"));
    assert_eq!(repaired.matches("<p").count(), 0, "{repaired}");
}

#[test]
fn a_key_that_is_missing_is_added_from_the_name_of_the_file() {
    let site = tempfile::tempdir().expect("a folder can be made");
    fs::create_dir_all(site.path().join("source/_posts")).expect("made");
    write(site.path(), "_config.yml", "# Hexo Configuration\ntitle: T\n");
    write(site.path(), "copydesk.yaml", "generator: hexo\npreset: strict\n");
    let name = "source/_posts/2024-05-06-the-lock.md";
    let text = "---\ntitle: The lock\n---\n\nIt rained.\n";
    write(site.path(), name, text);
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    let uri = uri(&site, name);
    client.open(&uri, text);
    let found = client.pushed(&uri, |all| has(all, "front-matter-missing-key"));
    let range = of(&found, "front-matter-missing-key")["range"].clone();
    let params = json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": []}});
    let actions = client.ask("textDocument/codeAction", params)["result"].as_array().cloned().expect("a list");
    let repair = actions.iter().find(|one| one["title"].as_str().is_some_and(|title| title.contains(": repair")));
    let repair = repair.unwrap_or_else(|| panic!("{actions:?}"));
    let repaired = edited(text, repair["edit"]["changes"][&uri].as_array().expect("edits"));
    assert_eq!(repaired, "---\ntitle: The lock\ndate: 2024-05-06\n---\n\nIt rained.\n");
}

#[test]
fn a_colliding_address_is_told_in_the_other_open_post_and_taken_back() {
    let text = |permalink: &str| format!("---\ntitle: The lock\npermalink: {permalink}\n---\n\nIt rained.\n");
    let site = tempfile::tempdir().expect("a folder can be made");
    fs::create_dir(site.path().join("_posts")).expect("made");
    write(site.path(), "_config.yml", "title: T\n");
    let names = ["_posts/2024-05-06-a.md", "_posts/2024-05-07-b.md"];
    write(site.path(), names[0], &text("/a/"));
    write(site.path(), names[1], &text("/b/"));
    let (mut client, _) = Client::initialized(site.path(), pulling());
    let [a, b] = names.map(|name| uri(&site, name));
    client.open(&a, &text("/a/"));
    client.open(&b, &text("/b/"));
    // An edit in the one post, which is never saved.
    client.write(&a, 2, &text("/b/"));
    let found = client.pulled(&b, |all| has(all, "duplicate-permalink"));
    let other = of(&found, "duplicate-permalink")["relatedInformation"][0]["location"]["uri"].clone();
    assert_eq!(other, a);
    client.write(&a, 3, &text("/c/"));
    client.pulled(&b, |all| !has(all, "duplicate-permalink"));
}

#[test]
fn who_asks_for_diagnostics_is_not_pushed_any() {
    let text = post("A", "See [nothing]().");
    let site = site(&[("a.md", &text), ("b c.md", &post("B", "See [nothing]() here."))]);
    let (mut client, server) = Client::initialized(site.path(), pulling());
    assert_eq!(server["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"], true);
    let a = uri(&site, "a.md");
    client.open(&a, &text);
    let refresh = client.wait("refresh", |message| message["method"] == "workspace/diagnostic/refresh");
    assert!(refresh["id"].is_number());
    let first = client.ask("textDocument/diagnostic", json!({"textDocument": {"uri": a}}))["result"].clone();
    assert!(has(first["items"].as_array().expect("a list"), "link-empty-address"), "{first}");
    let again = json!({"textDocument": {"uri": a}, "previousResultId": first["resultId"]});
    let again = client.ask("textDocument/diagnostic", again)["result"].clone();
    assert_eq!(again, json!({"kind": "unchanged", "resultId": first["resultId"]}));
    let all = client.ask("workspace/diagnostic", json!({"previousResultIds": []}))["result"]["items"].clone();
    let uris: Vec<&Value> = all.as_array().expect("a list").iter().map(|one| &one["uri"]).collect();
    assert_eq!(uris, [&json!(a), &json!(uri(&site, "b c.md"))]);
    assert!(client.is_silent_about("textDocument/publishDiagnostics"));
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_diagnostic_is_explained() {
    let text = post("A", "See [no <b>thing]().");
    let site = site(&[("a.md", &text)]);
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    let a = uri(&site, "a.md");
    client.open(&a, &text);
    client.pushed(&a, |all| has(all, "link-empty-address"));
    let hover = |client: &mut Client, line: u32| {
        let position = json!({"line": line, "character": 6});
        client.ask("textDocument/hover", json!({"textDocument": {"uri": a}, "position": position}))["result"].clone()
    };
    let text = hover(&mut client, 5)["contents"]["value"].as_str().expect("Markdown").to_owned();
    assert!(text.starts_with("**link-empty-address**: An empty address"), "{text}");
    assert_eq!(hover(&mut client, 1), Value::Null);
}

#[test]
fn all_safe_repairs_are_those_of_the_command_line() {
    let blog = Path::new("examples/blog");
    let site = tempfile::tempdir().expect("a folder can be made");
    fs::create_dir(site.path().join("_posts")).expect("made");
    fs::copy(blog.join("_config.yml"), site.path().join("_config.yml")).expect("copied");
    let posts = fs::read_dir(blog.join("_posts")).expect("there").map(|entry| entry.expect("readable").path());
    let posts: Vec<(String, String)> = posts
        .map(|path| {
            let name = format!("_posts/{}", path.file_name().expect("a name").to_string_lossy());
            (name, fs::read_to_string(path).expect("text"))
        })
        .collect();
    posts.iter().for_each(|(name, text)| write(site.path(), name, text));
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    let mut repaired = vec![];
    for (name, text) in &posts {
        let uri = uri(&site, name);
        client.open(&uri, text);
        // The site as a whole has its say, too.
        client.ask(
            "textDocument/references",
            json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}}),
        );
        let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}});
        let context = json!({"diagnostics": [], "only": ["source.fixAll"]});
        let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
        let actions = client.ask("textDocument/codeAction", params)["result"].clone();
        let edits = actions[0]["edit"]["changes"][&uri].as_array().cloned().unwrap_or_default();
        repaired.push(edited(text, &edits));
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(site.path()).args(["check", "--fix", "-q", "--no-cache"]).output().expect("it runs");
    let mut changed = 0;
    for ((name, before), repaired) in posts.iter().zip(repaired) {
        // A post that has got another name is not there any more.
        let Ok(expected) = fs::read_to_string(site.path().join(name)) else { continue };
        assert_eq!(repaired, expected, "{name}");
        changed += usize::from(*before != expected);
    }
    assert_eq!(changed, 2, "posts were changed");
}

#[test]
fn keys_of_front_matter_are_known() {
    let text = "---\ntitle: A\nd\ndate: 2024-05-06 23:00:00 +0800\npublished: true\n---\n\nd\n";
    let site = tempfile::tempdir().expect("a folder can be made");
    write(site.path(), "_config.yml", "title: T\n");
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    fs::create_dir(site.path().join("_posts")).expect("made");
    let a = uri(&site, "_posts/2024-05-06-a.md");
    client.open(&a, text);
    let mut ask = |method: &str, line: u32, character: u32| {
        let params = json!({"textDocument": {"uri": a}, "position": {"line": line, "character": character}});
        client.ask(method, params)["result"].clone()
    };
    let offered = ask("textDocument/completion", 2, 1);
    let labels: Vec<&str> =
        offered.as_array().expect("a list").iter().filter_map(|one| one["label"].as_str()).collect();
    assert!(labels.contains(&"tags") && !labels.contains(&"title"), "{labels:?}");
    assert_eq!(ask("textDocument/completion", 7, 1), Value::Null, "no front matter");
    assert_eq!(ask("textDocument/completion", 1, 8), Value::Null, "a value");
    let text = ask("textDocument/hover", 3, 2)["contents"]["value"].as_str().unwrap_or_default().to_owned();
    assert!(text.starts_with("`date`: a date") && text.ends_with("It is read as 2024-05-06."), "{text}");
    let text = ask("textDocument/hover", 4, 2)["contents"]["value"].as_str().unwrap_or_default().to_owned();
    assert_eq!(text, "`published`: `true` or `false`");
}

#[test]
fn links_lead_to_their_posts_and_back() {
    let b = post("The *weir*", "See [a](./a.md) and [a again](./a.md#x).");
    let (c, d) = (post("C", "See [b](./b.md)."), "---\ntitle: D\ndraft: true\n---\n\nText.\n");
    let site = site(&[("b.md", &b), ("c.md", &c), ("港 d.md", d)]);
    let text =
        post("A", "# X\n\n港🎉 See [b](./b.md), [none](./none.md) and [site](https://example.org/).\n[up](./a.md#x)");
    let (mut client, can) = Client::initialized(site.path(), json!({}));
    assert!(["definitionProvider", "referencesProvider"].iter().all(|one| can["capabilities"][one] == true), "{can}");
    let a = uri(&site, "a.md");
    client.open(&a, &text);
    let mut ask = |method: &str, line: u32, character: u32| {
        let params = json!({"textDocument": {"uri": a}, "position": {"line": line, "character": character}});
        client.ask(&format!("textDocument/{method}"), params)
    };
    // It waits until the site is read; columns are those of UTF-16.
    let to = ask("definition", 7, 10)["result"].clone();
    assert_eq!((&to["uri"], &to["range"]["start"]["line"]), (&json!(uri(&site, "b.md")), &json!(1)));
    let to = ask("definition", 8, 4)["result"].clone();
    assert_eq!((&to["uri"], &to["range"]["start"]["line"]), (&json!(a), &json!(5)), "the heading");
    for (line, character) in [(7, 5), (7, 22), (7, 60), (99, 99)] {
        assert_eq!(ask("definition", line, character)["result"], Value::Null, "{line}:{character}");
    }
    let from = |answer: &Value| {
        let name = |one: &Value| one["uri"].as_str().and_then(|uri| uri.rsplit('/').next()).expect("a file").to_owned();
        answer["result"].as_array().expect("a list").iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(from(&ask("references", 0, 0)), ["a.md", "b.md", "b.md"], "to this post");
    assert_eq!(from(&ask("references", 7, 10)), ["a.md", "c.md"], "to the post of the link, unsaved text included");
    let links = ask("documentLink", 0, 0)["result"].clone();
    assert_eq!(links.as_array().map(Vec::len), Some(2), "{links}");
    assert_eq!(
        (&links[0]["target"], &links[0]["range"]["start"]["character"]),
        (&json!(uri(&site, "b.md")), &json!(12))
    );
    let hover = ask("hover", 7, 10)["result"]["contents"]["value"].as_str().unwrap_or_default().to_owned();
    assert!(hover.starts_with("**The \\*weir\\***\n\nleads to"), "{hover}");
    assert_eq!(ask("hover", 7, 1)["result"], Value::Null);
    let params = json!({"textDocument": {"uri": a}});
    assert_eq!(client.ask("textDocument/definition", params)["error"]["code"], -32602);
    let params = json!({"textDocument": {"uri": "file:///no/such.md"}, "position": {"line": 0, "character": 0}});
    assert_eq!(client.ask("textDocument/references", params)["result"], Value::Null);
}

/// The posts that the command line says something of, when it looks at the whole site.
fn checked_posts(site: &TempDir) -> Vec<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(site.path()).args(["check", "-f", "json", "-q", "--no-cache"]);
    let report: Value = serde_json::from_slice(&command.output().expect("it runs").stdout).expect("JSON");
    let diagnostics = report["diagnostics"].as_array().expect("a list");
    let mut paths: Vec<String> = diagnostics.iter().filter_map(|one| one["path"].as_str().map(str::to_owned)).collect();
    paths.sort();
    paths.dedup();
    paths
}

#[test]
fn what_the_walk_leaves_out_is_left_out_while_it_is_written() {
    let site = site(&[(".gitignore", "drafts/\n*.tmp.md\n"), (".eleventyignore", "notes\n")]);
    write(site.path(), "copydesk.yaml", "generator: plain\nexclude: [\"old/**\"]\n");
    for folder in [".git", "drafts", "notes", "old", ".hidden", "posts", "node_modules/a"] {
        fs::create_dir_all(site.path().join(folder)).expect("made");
    }
    let text = post("A", "See [nothing]().");
    let names = [
        "a.md",
        "a.tmp.md",
        "drafts/a.md",
        "notes/a.md",
        "old/a.md",
        ".hidden/a.md",
        "posts/a.md",
        "posts/b.tmp.md",
        "node_modules/a/a.md",
    ];
    names.iter().for_each(|name| write(site.path(), name, &text));
    let expected = checked_posts(&site);
    assert_eq!(expected, ["a.md", "posts/a.md"]);
    let (mut client, _) = Client::initialized(site.path(), pulling());
    let mut said = vec![];
    for name in names {
        client.open(&uri(&site, name), &text);
        let params = json!({"textDocument": {"uri": uri(&site, name)}});
        let answer = client.ask("textDocument/diagnostic", params)["result"]["items"].clone();
        said.extend(has(answer.as_array().expect("a list"), "link-empty-address").then_some(name));
    }
    assert_eq!(said, expected);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn an_ignored_file_is_no_copy_of_a_post() {
    let text = post("The lock", &long("It rained."));
    let site = site(&[(".gitignore", "drafts/\n"), ("a.md", &text)]);
    [".git", "drafts"].iter().for_each(|folder| fs::create_dir(site.path().join(folder)).expect("made"));
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    let a = uri(&site, "a.md");
    client.open(&a, &text);
    client.pushed(&a, |all| !has(all, "duplicate-post"));
    for name in ["drafts/copy.md", "copy.md"] {
        write(site.path(), name, &text.replace("2024", "2023"));
        client.changed(&uri(&site, name), 1);
    }
    let copies = client.pushed(&a, |all| has(all, "duplicate-post"));
    let related = of(&copies, "duplicate-post")["relatedInformation"].clone();
    assert_eq!((&related[0]["location"]["uri"], &related[1]), (&json!(uri(&site, "copy.md")), &Value::Null));
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_file_that_belongs_to_nothing_is_looked_at_alone() {
    let home = tempfile::tempdir().expect("a folder can be made");
    let text = post("The lock", &long("See [nothing]()."));
    ["a.md", "b.md"].iter().for_each(|name| write(home.path(), name, &text));
    let root = format!("file://{}", home.path().canonicalize().expect("it is there").display());
    for (folders, root_uri, has_copy) in [
        (Value::Null, Value::Null, false),
        (json!([{"uri": root, "name": "home"}]), Value::Null, true),
        (Value::Null, json!(root), true),
    ] {
        let mut client = Client::start(home.path());
        let params = json!({"processId": null, "capabilities": {}, "workspaceFolders": folders, "rootUri": root_uri});
        client.ask("initialize", params);
        client.tell("initialized", json!({}));
        let new = uri(&home, "not there yet.md");
        client.open(&new, &post("New", "See [nothing]()."));
        client.pushed(&new, |all| has(all, "link-empty-address"));
        let b = uri(&home, "b.md");
        client.open(&b, &text);
        if has_copy {
            client.pushed(&b, |all| has(all, "duplicate-post"));
        } else {
            // Once a question that waits for the site is answered, it has been read.
            let place = json!({"textDocument": {"uri": b}, "position": {"line": 0, "character": 0}});
            assert_eq!(client.ask("textDocument/references", place)["result"], json!([]));
            assert!(
                !client.has_said(|one| one["params"]["diagnostics"]
                    .as_array()
                    .is_some_and(|all| has(all, "duplicate-post")))
            );
        }
        assert_eq!(client.end(), Some(0));
    }
}

#[test]
fn the_root_that_is_named_holds() {
    let home = tempfile::tempdir().expect("a folder can be made");
    ["sub", "other"].iter().for_each(|folder| fs::create_dir(home.path().join(folder)).expect("made"));
    let text = post("The lock", &long("It rained."));
    ["other/a.md", "sub/b.md"].iter().for_each(|name| write(home.path(), name, &text));
    let mut client = Client::start_with(home.path(), &["--root", "."]);
    client.ask("initialize", json!({"processId": null, "capabilities": {}, "workspaceFolders": null}));
    client.tell("initialized", json!({}));
    let b = uri(&home, "sub/b.md");
    client.open(&b, &text);
    client.pushed(&b, |all| has(all, "duplicate-post"));
    assert_eq!(client.end(), Some(0));

    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    let output = command.args(["lsp", "--root", "none"]).current_dir(home.path()).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "error: no such folder: none\n");
}

/// A site that takes a while to be read.
fn large_site(posts: usize) -> TempDir {
    let site = site(&[]);
    for number in 0..posts {
        let body = long(&format!("On day {number} it rained, and [the day before](./{}.md) too.", number / 2));
        write(site.path(), &format!("{number}.md"), &post(&format!("Day {number}"), &body));
    }
    site
}

#[test]
fn a_request_that_waits_can_be_cancelled() {
    let site = large_site(3000);
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    let name = uri(&site, "7.md");
    client.open(&name, &post("Day 7", "See [the day before](./3.md)."));
    let params = json!({"textDocument": {"uri": name}, "position": {"line": 5, "character": 6}});
    let id = client.begin_to_ask("textDocument/definition", params.clone());
    client.tell("$/cancelRequest", json!({"id": id}));
    assert_eq!(client.answer(id)["error"]["code"], -32800);
    // What is asked afterwards is answered; by then, the other answer would have come.
    assert_eq!(client.ask("textDocument/definition", params)["result"]["uri"], uri(&site, "3.md"));
    assert!(!client.has_said(|message| message["id"] == id && message.get("method").is_none()));
    assert_eq!(client.end(), Some(0));
}

#[test]
fn it_is_shown_how_far_a_site_is_read() {
    let site = large_site(1500);
    let (mut client, _) = Client::initialized(site.path(), json!({"window": {"workDoneProgress": true}}));
    let name = uri(&site, "7.md");
    client.open(&name, &post("Day 7", "See [the day before](./3.md)."));
    let params = json!({"textDocument": {"uri": name}, "position": {"line": 5, "character": 6}});
    let mut last = client.begin_to_ask("textDocument/definition", params.clone());
    let (mut told, mut is_reopened) = (vec![], false);
    loop {
        let said = client.wait("how far it is", |message| {
            message["id"] == last && message.get("method").is_none()
                || ["$/progress", "window/workDoneProgress/create"].iter().any(|one| message["method"] == *one)
        });
        match said["method"].as_str() {
            Some("$/progress") => told.push(said["params"].clone()),
            Some(_) => client.reply(&said, Value::Null),
            // It is read anew once, at a moment when it is still being read where that takes long enough.
            None if is_reopened => break,
            None => {}
        }
        if !is_reopened && (!told.is_empty() || said["method"].is_null()) {
            client.tell("workspace/didChangeConfiguration", json!({"settings": null}));
            last = client.begin_to_ask("textDocument/definition", params.clone());
            is_reopened = true;
        }
    }
    // How much is told depends on the machine; what is begun is ended, one after the other.
    let mut tokens: Vec<&Value> = told.iter().map(|one| &one["token"]).collect();
    tokens.dedup();
    for (at, token) in tokens.iter().enumerate() {
        assert!(!tokens[at + 1..].contains(token), "{told:?}");
        let own: Vec<&Value> = told.iter().filter(|one| one["token"] == **token).map(|one| &one["value"]).collect();
        let kinds: Vec<&str> = own.iter().filter_map(|one| one["kind"].as_str()).collect();
        assert_eq!((kinds[0], kinds[kinds.len() - 1]), ("begin", "end"), "{own:?}");
        assert!(kinds[1..kinds.len() - 1].iter().all(|kind| *kind == "report"), "{own:?}");
        let percentages: Vec<u64> = own.iter().filter_map(|one| one["percentage"].as_u64()).collect();
        assert!(percentages.is_sorted() && percentages.iter().all(|one| *one <= 100), "{own:?}");
        assert!(own[0]["message"].as_str().is_some_and(|text| text.ends_with(" of 1,500 posts")), "{own:?}");
    }
    assert_eq!(client.end(), Some(0));
}

#[test]
fn settings_count_as_soon_as_they_are_saved() {
    let text = post("A", "See [nothing]().");
    let site = site(&[("a.md", &text)]);
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    let a = uri(&site, "a.md");
    client.open(&a, &text);
    client.pushed(&a, |all| has(all, "link-empty-address"));
    let change = |client: &mut Client, text: &str| {
        write(site.path(), "copydesk.yaml", text);
        client.changed(&uri(&site, "copydesk.yaml"), 2);
    };
    change(&mut client, "generator: plain\nlints: {link-empty-address: off}\n");
    client.pushed(&a, |all| !has(all, "link-empty-address"));
    change(&mut client, "generator: [\n");
    let shown = client.wait("the mistake", |message| message["method"] == "window/showMessage");
    assert!(shown["params"]["message"].as_str().is_some_and(|text| text.starts_with("copydesk: ")), "{shown}");
    // What held before still does.
    client.write(&a, 2, &post("A", "See [nothing](), and a place()."));
    client.pushed(&a, |all| all.is_empty());
    change(&mut client, "generator: plain\nlints: {link-empty-address: info}\n");
    client.pushed(&a, |all| has(all, "link-empty-address") && of(all, "link-empty-address")["severity"] == 3);
}

/// A site of Jekyll with two posts, of which the first links to the second.
fn jekyll_site() -> (TempDir, String) {
    let site = tempfile::tempdir().expect("a folder can be made");
    fs::create_dir(site.path().join("_posts")).expect("made");
    write(site.path(), "_config.yml", "title: T\npermalink: /:title/\n");
    write(site.path(), "_posts/2024-05-06-b.md", &post("B", "Here."));
    (site, post("A", "See [b](/b/)."))
}

#[test]
fn settings_of_the_generator_count_as_soon_as_they_are_saved() {
    let ((site, text), (other, _)) = (jekyll_site(), jekyll_site());
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    // Neither is saved.
    let (a, c) = (uri(&site, "_posts/2024-05-06-a.md"), uri(&other, "_posts/2024-05-06-c.md"));
    client.open(&a, &text);
    client.open(&c, &text);
    let leads_to_post = |client: &mut Client, uri: &str| {
        let params = json!({"textDocument": {"uri": uri}, "position": {"line": 5, "character": 5}});
        client.ask("textDocument/definition", params)["result"]["uri"].is_string()
    };
    assert!(leads_to_post(&mut client, &c) && leads_to_post(&mut client, &a));
    // What it says by itself, what its site says when it is read, and what it says with this text in it.
    (0..3).for_each(|_| _ = client.pushed(&c, |_| true));
    client.forget();
    for (permalink, leads) in [("/x/:title/", false), ("/:title/", true)] {
        write(site.path(), "_config.yml", &format!("title: T\npermalink: {permalink}\n"));
        client.changed(&uri(&site, "_config.yml"), 2);
        while leads_to_post(&mut client, &a) != leads {
            client.pushed(&a, |_| true);
        }
    }
    assert!(!client.has_said(|message| message["params"]["uri"] == c), "the other site is left alone");
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_generator_that_comes_is_known() {
    let site = tempfile::tempdir().expect("a folder can be made");
    write(site.path(), "copydesk.yaml", "");
    fs::create_dir(site.path().join("docs")).expect("made");
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    let a = uri(&site, "docs/a.md");
    client.open(&a, "---\ntitle: A\n\n---\n\nText.\n");
    let params = json!({"textDocument": {"uri": a}, "position": {"line": 2, "character": 0}});
    assert_eq!(client.ask("textDocument/definition", params.clone())["result"], Value::Null, "it is read");
    let is_mkdocs = |client: &mut Client| {
        let offered = client.ask("textDocument/completion", params.clone())["result"].clone();
        offered.as_array().expect("a list").iter().any(|one| one["label"] == "readtime")
    };
    assert!(!is_mkdocs(&mut client));
    client.forget();
    write(site.path(), "mkdocs.yml", "site_name: A\n");
    client.changed(&uri(&site, "mkdocs.yml"), 1);
    while !is_mkdocs(&mut client) {
        client.pushed(&a, |_| true);
    }
}

#[test]
fn what_is_ignored_from_now_on_is_left_alone() {
    let text = post("A", "See [nothing]().");
    let site = site(&[("a.md", &text)]);
    fs::create_dir(site.path().join(".git")).expect("made");
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    let a = uri(&site, "a.md");
    client.open(&a, &text);
    client.pushed(&a, |all| has(all, "link-empty-address"));
    write(site.path(), ".gitignore", "a.md\n");
    client.changed(&uri(&site, ".gitignore"), 1);
    client.pushed(&a, |all| all.is_empty());
    fs::remove_file(site.path().join(".gitignore")).expect("removed");
    client.changed(&uri(&site, ".gitignore"), 3);
    client.pushed(&a, |all| has(all, "link-empty-address"));
    // A document that is ignored by its name, which only a file has.
    write(site.path(), ".gitignore", "new.md\n");
    let new = uri(&site, "new.md");
    client.open(&new, &text);
    client.pushed(&new, |all| has(all, "link-empty-address"));
    write(site.path(), "new.md", &text);
    client.changed(&new, 1);
    client.pushed(&new, |all| all.is_empty());
    assert_eq!(client.end(), Some(0));
}

#[test]
fn links_to_files_and_folders_that_come_and_go_are_looked_at_again() {
    let text = post("A", "![The lock](./lock.png)");
    let linked = post("C", "See [b](./sub/deep/b.md).");
    let site = site(&[("a.md", &text), ("c.md", &linked)]);
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    let (a, c) = (uri(&site, "a.md"), uri(&site, "c.md"));
    client.open(&a, &text);
    client.open(&c, &linked);
    let is_broken =
        |all: &[Value]| all.iter().any(|one| one["code"].as_str().is_some_and(|code| code.contains("broken")));
    client.pushed(&a, is_broken);
    client.pushed(&c, is_broken);
    write(site.path(), "lock.png", "");
    client.changed(&uri(&site, "lock.png"), 1);
    client.pushed(&a, |all| !is_broken(all));
    fs::remove_file(site.path().join("lock.png")).expect("removed");
    client.changed(&uri(&site, "lock.png"), 3);
    client.pushed(&a, is_broken);
    // Some systems tell of a folder, and not of what is in it.
    fs::create_dir_all(site.path().join("sub/deep")).expect("made");
    write(site.path(), "sub/deep/b.md", &post("B", "Here."));
    client.changed(&uri(&site, "sub"), 1);
    client.pushed(&c, |all| !is_broken(all));
    let params = json!({"textDocument": {"uri": c}, "position": {"line": 5, "character": 6}});
    assert_eq!(client.ask("textDocument/definition", params.clone())["result"]["uri"], uri(&site, "sub/deep/b.md"));
    fs::remove_dir_all(site.path().join("sub")).expect("removed");
    client.changed(&uri(&site, "sub"), 3);
    client.pushed(&c, is_broken);
    assert_eq!(client.ask("textDocument/definition", params)["result"], Value::Null, "it is a post no more");
    assert_eq!(client.end(), Some(0));
}

#[test]
fn many_posts_come_at_once() {
    let text = post("A", "See [the last](./sub/299.md).");
    let site = site(&[("a.md", &text), (".gitignore", "200.md\n")]);
    ["sub", ".git"].iter().for_each(|folder| fs::create_dir(site.path().join(folder)).expect("made"));
    let (mut client, _) = Client::initialized(site.path(), pulling());
    client.open(&uri(&site, "a.md"), &text);
    let changes: Vec<Value> = (0..300)
        .map(|number| {
            let name = format!("sub/{number}.md");
            write(site.path(), &name, &post("B", "See [nothing]()."));
            json!({"uri": uri(&site, &name), "type": 1})
        })
        .collect();
    client.tell("workspace/didChangeWatchedFiles", json!({"changes": changes}));
    let found = loop {
        client.wait("refresh", |message| message["method"] == "workspace/diagnostic/refresh");
        let all = client.ask("workspace/diagnostic", json!({"previousResultIds": []}))["result"]["items"].clone();
        let all: Vec<String> = all.as_array().expect("a list").iter().map(|one| one["uri"].to_string()).collect();
        // Some may be there when the site is read. All but the one that is ignored, and with the one that is open.
        if all.len() >= 300 {
            break all;
        }
    };
    assert!(!found.iter().any(|uri| uri.contains("/200.md")));
}

#[test]
fn folders_come_and_go() {
    let text = post("A", "See [nothing]().");
    let (one, other) = (site(&[("a.md", &text)]), site(&[("b.md", &text)]));
    let folder = |site: &TempDir| json!({"uri": uri(site, "").trim_end_matches('/'), "name": "a site"});
    let mut client = Client::start(one.path());
    let folders = json!([folder(&one), folder(&other)]);
    let can =
        client.ask("initialize", json!({"capabilities": pulling(), "workspaceFolders": folders}))["result"].clone();
    assert_eq!(can["capabilities"]["workspace"]["workspaceFolders"]["changeNotifications"], true);
    client.tell("initialized", json!({}));
    let change = |client: &mut Client, added: Value, removed: Value| {
        let event = json!({"added": added, "removed": removed});
        client.tell("workspace/didChangeWorkspaceFolders", json!({"event": event}));
    };
    let told = |client: &mut Client, expected: &[&str]| loop {
        let all = client.ask("workspace/diagnostic", json!({"previousResultIds": []}))["result"]["items"].clone();
        let mut all: Vec<String> =
            all.as_array().expect("a list").iter().filter_map(|one| one["uri"].as_str().map(str::to_owned)).collect();
        all.sort();
        let mut expected: Vec<&str> = expected.to_vec();
        expected.sort_unstable();
        if all == expected {
            break;
        }
        client.wait(&format!("{all:?}"), |message| message["method"] == "workspace/diagnostic/refresh");
    };
    let (a, b) = (uri(&one, "a.md"), uri(&other, "b.md"));
    told(&mut client, &[&a, &b]);
    change(&mut client, json!([]), json!([folder(&other), {"uri": "file:///no/such", "name": ""}]));
    told(&mut client, &[&a]);
    change(&mut client, json!([folder(&other)]), json!([]));
    told(&mut client, &[&a, &b]);
    // A site that a document of is open stays, and so does one that another folder is in.
    client.open(&b, &text);
    fs::create_dir(one.path().join("sub")).expect("made");
    let sub = json!({"uri": uri(&one, "sub"), "name": "sub"});
    change(&mut client, json!([sub]), json!([folder(&other), folder(&one)]));
    let again = client.ask("textDocument/diagnostic", json!({"textDocument": {"uri": b}}))["result"].clone();
    assert!(has(again["items"].as_array().expect("a list"), "link-empty-address"), "{again}");
    told(&mut client, &[&a, &b]);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn the_other_copy_is_opened_where_the_editor_can() {
    let text = post("The lock", &long("It rained."));
    let site = site(&[("a b.md", &text.replace("2024", "2023")), ("b.md", &text)]);
    let b = uri(&site, "b.md");
    let offered = |client: &mut Client, only: Value| {
        client.open(&b, &text);
        let all = client.pushed(&b, |all| has(all, "duplicate-post"));
        let range = of(&all, "duplicate-post")["range"].clone();
        let context = json!({"diagnostics": [], "only": only});
        let params = json!({"textDocument": {"uri": b}, "range": range, "context": context});
        let actions = client.ask("textDocument/codeAction", params)["result"].as_array().cloned().expect("a list");
        actions.into_iter().filter(|one| one["title"] == "duplicate-post: open a b.md").collect::<Vec<_>>()
    };
    let (mut client, can) = Client::initialized(site.path(), json!({}));
    assert_eq!(can["capabilities"]["executeCommandProvider"], Value::Null);
    assert!(offered(&mut client, json!([])).is_empty());
    let shows = json!({"window": {"showDocument": {"support": true}}});
    let (mut client, _) = Client::initialized(site.path(), shows.clone());
    assert!(offered(&mut client, json!(["source"])).is_empty());
    let (mut client, can) = Client::initialized(site.path(), shows);
    assert_eq!(can["capabilities"]["executeCommandProvider"]["commands"], json!(["copydesk.open"]));
    let action = offered(&mut client, json!(["quickfix"])).pop().expect("it is offered");
    let (command, arguments) = (&action["command"]["command"], &action["command"]["arguments"]);
    let answer = client.ask("workspace/executeCommand", json!({"command": command, "arguments": arguments}));
    assert!(answer.get("error").is_none(), "{answer}");
    let shown = client.wait("the other post", |message| message["method"] == "window/showDocument")["params"].clone();
    assert_eq!((&shown["uri"], &shown["takeFocus"]), (&json!(uri(&site, "a b.md")), &json!(true)));
    assert_eq!(shown["selection"], arguments[0]["range"]);
    // Nothing else is shown.
    let range = &arguments[0]["range"];
    for at in [
        json!({"uri": "file:///etc/passwd", "range": range}),
        json!({"uri": "https://a.example/", "range": range}),
        json!({"uri": uri(&site, "copydesk.yaml"), "range": range}),
        json!({"uri": uri(&site, "../a.md"), "range": range}),
        json!({"uri": b}),
    ] {
        let answer = client.ask("workspace/executeCommand", json!({"command": command, "arguments": [at]}));
        assert_eq!(answer["error"]["code"], -32602, "{at}");
    }
    let answer = client.ask("workspace/executeCommand", json!({"command": "no.such", "arguments": []}));
    assert_eq!(answer["error"]["code"], -32602);
    assert!(!client.has_said(|message| message["method"] == "window/showDocument"));
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_diagnostic_tells_where_to_read_on() {
    let text = post("A", "See [nothing]().");
    let site = site(&[("a.md", &text)]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(site.path()).args(["check", "-f", "rdjson", "-q", "--no-cache"]);
    let report: Value = serde_json::from_slice(&command.output().expect("it runs").stdout).expect("JSON");
    let address = report["diagnostics"][0]["code"]["url"].clone();
    assert!(address.as_str().is_some_and(|address| address.starts_with("https://")), "{report}");
    let describes = json!({"textDocument": {"publishDiagnostics": {"codeDescriptionSupport": true}}});
    for (capabilities, expected) in [(describes, json!({"href": address})), (json!({}), Value::Null)] {
        let (mut client, _) = Client::initialized(site.path(), capabilities);
        client.open(&uri(&site, "a.md"), &text);
        let found = client.pushed(&uri(&site, "a.md"), |all| has(all, "link-empty-address"));
        assert_eq!(of(&found, "link-empty-address")["codeDescription"], expected);
        assert_eq!(client.end(), Some(0));
    }
}

#[test]
fn a_schema_counts_as_soon_as_it_is_saved() {
    let text = post("A", "Text.");
    let site = site(&[("a.md", &text), ("schema.json", r#"{"required": ["author"]}"#)]);
    write(site.path(), "copydesk.yaml", "generator: plain\nfront-matter: {schema: schema.json}\n");
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    let a = uri(&site, "a.md");
    client.open(&a, &text);
    client.pushed(&a, |all| all.len() == 1);
    write(site.path(), "schema.json", "{}");
    client.changed(&uri(&site, "schema.json"), 2);
    client.pushed(&a, |all| all.is_empty());
}

#[test]
fn a_site_with_a_mistake_in_its_settings_is_opened_when_that_is_mended() {
    let text = post("A", "See [nothing]().");
    let site = site(&[("a.md", &text)]);
    write(site.path(), "copydesk.yaml", "generator: [\n");
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    let a = uri(&site, "a.md");
    client.open(&a, &text);
    client.wait("the mistake", |message| message["method"] == "window/showMessage");
    write(site.path(), "copydesk.yaml", "generator: plain\n");
    client.changed(&uri(&site, "copydesk.yaml"), 2);
    client.pushed(&a, |all| has(all, "link-empty-address"));
    assert_eq!(client.end(), Some(0));
}

#[test]
fn what_makes_no_sense_is_answered_and_survived() {
    let text = post("A", "See [nothing]().");
    let site = site(&[("a.md", &text)]);
    let mut client = Client::start(site.path());
    assert_eq!(client.ask("textDocument/hover", json!({}))["error"]["code"], -32002);
    client.ask("initialize", json!({"capabilities": {}}));
    assert_eq!(client.ask("initialize", json!({"capabilities": {}}))["error"]["code"], -32600);
    assert_eq!(client.ask("no/suchMethod", json!({}))["error"]["code"], -32601);
    for raw in
        ["Content-Length: 9\r\n\r\n{\"oops\": ", "Content-Length: 2\r\n\r\n[]", "Content-Length: 3\r\n\r\n\u{e9}x"]
    {
        client.send_raw(raw.as_bytes());
        client.wait("the log", |message| message["method"] == "window/logMessage");
    }
    let a = uri(&site, "a.md");
    for odd in ["untitled:Untitled-1", "https://a.example/a.md", "file:///%zz.md", "file:///no/such/folder/a.md", ""] {
        client.open(odd, &text);
        client.write(odd, 2, "gone");
        client.tell("textDocument/didClose", json!({"textDocument": {"uri": odd}}));
    }
    client.tell("textDocument/didChange", json!({"textDocument": {"uri": a}}));
    client.tell("textDocument/didOpen", json!(7));
    client.open(&a, &text);
    let far = json!({"start": {"line": 900, "character": 900}, "end": {"line": 4_000_000_000_u32, "character": 0}});
    let change =
        json!({"textDocument": {"uri": a, "version": 2}, "contentChanges": [{"range": far, "text": "The end.\n"}]});
    client.tell("textDocument/didChange", change);
    // An older version is no news.
    client.write(&a, 1, "all is lost");
    let found = client.pushed(&a, |all| has(all, "link-empty-address"));
    assert_eq!(found.len(), 1, "{found:?}");
    let actions = json!({"textDocument": {"uri": a}, "range": far, "context": {"diagnostics": []}});
    assert_eq!(client.ask("textDocument/codeAction", actions)["result"], json!([]));
    assert_eq!(client.ask("textDocument/codeAction", json!({"textDocument": {"uri": a}}))["error"]["code"], -32602);
    fs::remove_file(site.path().join("a.md")).expect("removed");
    client.write(&a, 3, &post("A", "See [nothing]() and [no more]()."));
    client.pushed(&a, |all| {
        all.len() == 1 && all[0]["relatedInformation"].as_array().is_some_and(|more| more.len() == 1)
    });
    assert_eq!(client.end(), Some(0));
}

#[test]
fn many_documents_are_opened_and_closed() {
    let site = site(&[]);
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    for number in 0..2000 {
        let name = uri(&site, &format!("港 {number}.md"));
        client.open(&name, &post("A", "See [nothing]()."));
        client.tell("textDocument/didClose", json!({"textDocument": {"uri": name}}));
    }
    let last = uri(&site, "last.md");
    client.open(&last, &post("A", "See [nothing]()."));
    client.pushed(&last, |all| has(all, "link-empty-address"));
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_client_that_is_gone_takes_its_server_along() {
    let site = site(&[]);
    let (client, _) = Client::initialized(site.path(), json!({}));
    assert_eq!(client.vanish(), Some(1));
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    client.tell("exit", Value::Null);
    assert_eq!(client.vanish(), Some(1), "it did not say `shutdown`");
}

#[cfg(target_os = "linux")]
#[test]
fn a_server_does_not_outlive_its_editor() {
    let site = site(&[]);
    let mut editor = Command::new("sleep").arg("600").spawn().expect("it runs");
    let mut client = Client::start(site.path());
    client.ask("initialize", json!({"processId": editor.id(), "capabilities": {}}));
    assert!(client.is_running());
    editor.kill().expect("killed");
    editor.wait().expect("it ends");
    assert_eq!(client.wait_for_end(), Some(1));
}
