//! What the language server knows of links: what can be written where the cursor is, and what becomes of links when files are
//! renamed. Sites of several generators, as data; whether links still lead where they did is said by `copydesk links`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::client::{Client, edited};

/// Files of a site: path and text.
type Files = &'static [(&'static str, &'static str)];

const JEKYLL: Files = &[
    ("_config.yml", "baseurl: /blog\n"),
    (
        "_posts/2024-05-06-weir.md",
        "---\ntitle: The weir\ntags: [water, \"C: sharp\"]\n---\n\n## High water\n\nSee [the lock]({{ site.baseurl }}/2024/05/07/lock.html).\n",
    ),
    (
        "_posts/2024-05-07-lock.md",
        "---\ntitle: The lock\ntags: [water]\n---\n\n[a]({% post_url 2024-05-06-weir %}#high-water) [b]({% link _posts/2024-05-06-weir.md %}) \
         [c]({{ site.baseurl }}/2024/05/06/weir.html#high-water) [d](/blog/2024/05/06/weir) ![e](/blog/img/boat.png) [f](https://weir.example/)\n",
    ),
    ("about.md", "---\ntitle: About\n---\n\n[w][weir] and [again][weir].\n\n[weir]: 2024/05/06/weir.html\n"),
    ("img/boat.png", ""),
];

const DOCUSAURUS: Files = &[
    (
        "docusaurus.config.js",
        "module.exports = {url: 'https://a.example', baseUrl: '/', presets: [['classic', {}]]};\n",
    ),
    ("docs/weir.md", "# The weir\n\n## High water\n\n[lock](./gates/lock.md) ![boat](boat.png)\n"),
    (
        "docs/gates/lock.md",
        "# The lock\n\n[a](../weir.md#high-water) [b](../weir) [c](/docs/weir) [d](@site/docs/weir.md) 港🎉 [e](<../weir.md>)\n",
    ),
    ("docs/boat.png", ""),
];

const HUGO: Files = &[
    ("hugo.toml", "baseURL = 'https://a.example/'\n"),
    ("content/posts/weir.md", "+++\ntitle = 'The weir'\ndate = 2024-05-06\n+++\n\nText.\n"),
    (
        "content/posts/lock.md",
        "+++\ntitle = 'The lock'\ndate = 2024-05-06\n+++\n\n[a]({{< ref \"weir.md\" >}}) [b]({{< relref \"/posts/weir\" >}}) [c](/posts/weir/) [d](../weir/) ![e](/img/boat.png)\n",
    ),
    ("static/img/boat.png", ""),
];

fn site(files: Files) -> TempDir {
    let site = tempfile::tempdir().expect("a folder can be made");
    for (path, text) in files {
        let file = site.path().join(path);
        fs::create_dir_all(file.parent().expect("it has one")).expect("made");
        fs::write(file, text).expect("written");
    }
    site
}

fn uri(site: &TempDir, path: &str) -> String {
    format!("file://{}/{}", site.path().canonicalize().expect("it is there").display(), path.replace(' ', "%20"))
}

/// For each page, the links by where they lead, as the command line tells.
fn graph(root: &Path) -> BTreeMap<String, Vec<(String, Value)>> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    let output = command.args(["links", "--quiet", "--format", "json", "--root"]).arg(root).output().expect("it runs");
    let graph: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let links = |page: &Value| {
        let links = page["links"].as_array().expect("links").iter();
        links.map(|link| (link["verdict"].as_str().expect("a word").to_owned(), link["to"].clone())).collect()
    };
    let pages = graph["pages"].as_array().expect("pages").iter();
    pages.map(|page| (page["path"].as_str().expect("a path").to_owned(), links(page))).collect()
}

/// Renames a file as an editor does, and holds where all links lead against where they led; the texts that were changed.
fn renamed(files: Files, old: &str, new: &str) -> BTreeMap<String, String> {
    let site = site(files);
    let before = graph(site.path());
    let (mut client, can) = Client::initialized(site.path(), json!({}));
    assert!(can["capabilities"]["workspace"]["fileOperations"]["willRename"].is_object(), "{can}");
    // The site is opened by a file of it; another one has a text that is not saved.
    let (path, text) = files.iter().find(|(path, _)| path.ends_with(".md")).expect("a post");
    client.open(&uri(&site, path), &format!("{text}\nNot saved.\n"));
    let answer = client
        .ask("workspace/willRenameFiles", json!({"files": [{"oldUri": uri(&site, old), "newUri": uri(&site, new)}]}));
    let changes = answer["result"]["changes"].as_object().cloned().unwrap_or_default();
    let root = site.path().canonicalize().expect("it is there");
    let mut changed = BTreeMap::new();
    for (uri, edits) in changes {
        let file = uri.strip_prefix("file://").expect("a file").replace("%20", " ");
        let name = file.strip_prefix(&format!("{}/", root.display())).expect("in the site").to_owned();
        let text = fs::read_to_string(&file).expect("readable");
        let text = edited(&text, edits.as_array().expect("a list"));
        fs::write(&file, &text).expect("written");
        changed.insert(name, text);
    }
    let to = site.path().join(new);
    fs::create_dir_all(to.parent().expect("it has one")).expect("made");
    fs::rename(site.path().join(old), to).expect("moved");
    let moved = |path: &str| path.strip_prefix(old).map_or_else(|| path.to_owned(), |rest| format!("{new}{rest}"));
    let expected: BTreeMap<String, Vec<(String, Value)>> = before
        .into_iter()
        .map(|(path, links)| {
            let links = links.into_iter().map(|(verdict, to)| (verdict, to.as_str().map(&moved).into()));
            (moved(&path), links.collect())
        })
        .collect();
    assert_eq!(graph(site.path()), expected, "{old} to {new}");
    changed
}

/// The last line of a text.
fn last(text: &str) -> &str {
    text.trim_end().rsplit('\n').next().unwrap_or_default()
}

#[test]
fn links_follow_a_post_that_is_renamed() {
    let changed = renamed(JEKYLL, "_posts/2024-05-06-weir.md", "_posts/2023-01-02-the dam.md");
    assert_eq!(
        last(&changed["_posts/2024-05-07-lock.md"]),
        "[a]({% post_url 2023-01-02-the dam %}#high-water) [b]({% link _posts/2023-01-02-the dam.md %}) \
         [c]({{ site.baseurl }}/2023/01/02/the-dam.html#high-water) [d](/blog/2023/01/02/the-dam) ![e](/blog/img/boat.png) \
         [f](https://weir.example/)"
    );
    assert_eq!(last(&changed["about.md"]), "[weir]: 2023/01/02/the-dam.html", "one definition, one edit");
    assert_eq!(changed.len(), 2, "{changed:?}");
}

#[test]
fn links_follow_a_page_that_moves_and_lead_out_of_it() {
    let changed = renamed(DOCUSAURUS, "docs/weir.md", "docs/water/big dam.md");
    assert_eq!(
        last(&changed["docs/gates/lock.md"]),
        "[a](../water/big%20dam.md#high-water) [b](../water/big%20dam) [c](/docs/water/big%20dam) \
         [d](@site/docs/water/big%20dam.md) 港🎉 [e](<../water/big%20dam.md>)"
    );
    assert_eq!(last(&changed["docs/weir.md"]), "[lock](../gates/lock.md) ![boat](../boat.png)");
}

#[test]
fn links_follow_folders_and_images() {
    let changed = renamed(DOCUSAURUS, "docs/gates", "docs/locks/old");
    assert_eq!(last(&changed["docs/weir.md"]), "[lock](./locks/old/lock.md) ![boat](boat.png)");
    assert!(
        last(&changed["docs/gates/lock.md"])
            .starts_with("[a](../../weir.md#high-water) [b](../../weir) [c](/docs/weir)")
    );
    let changed = renamed(DOCUSAURUS, "docs/boat.png", "docs/img/boat.png");
    assert_eq!(last(&changed["docs/weir.md"]), "[lock](./gates/lock.md) ![boat](img/boat.png)");
    let changed = renamed(HUGO, "static/img/boat.png", "static/pictures/boat.png");
    assert!(last(&changed["content/posts/lock.md"]).ends_with("![e](/pictures/boat.png)"), "{changed:?}");
    let changed = renamed(HUGO, "content/posts/weir.md", "content/posts/dam.md");
    assert_eq!(
        last(&changed["content/posts/lock.md"]),
        "[a]({{< ref \"dam.md\" >}}) [b]({{< relref \"/posts/dam\" >}}) [c](/posts/dam/) [d](../dam/) ![e](/img/boat.png)"
    );
}

#[test]
fn what_needs_no_change_is_left() {
    assert!(renamed(JEKYLL, "about.md", "contact.md").is_empty(), "nothing leads there");
    let site = site(JEKYLL);
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    for files in [json!([]), json!([{"oldUri": "untitled:1", "newUri": "file:///"}]), json!([{"oldUri": "file:///x"}])]
    {
        assert_eq!(client.ask("workspace/willRenameFiles", json!({"files": files}))["result"], Value::Null, "{files}");
    }
    assert_eq!(client.ask("workspace/willRenameFiles", json!({}))["error"]["code"], -32602);
}

#[test]
fn a_link_tells_where_it_leads_and_whether_that_is_on_the_site() {
    let site = site(&[
        ("_config.yml", "title: T\n"),
        ("_posts/2024-05-06-lock.md", "---\ntitle: The lock\n---\n\n## Gates\n"),
        ("_posts/2024-05-07-weir.md", "---\ntitle: The weir\npublished: false\n---\n\nText.\n"),
    ]);
    // Without lints about links: of what is marked, the mark is explained.
    let mut client = Client::start_with(site.path(), &["--only", "post-empty"]);
    client.ask("initialize", json!({"processId": null, "capabilities": {}}));
    client.tell("initialized", json!({}));
    let uri = uri(&site, "_posts/2024-05-08-a.md");
    let links = [
        ("/2024/05/06/lock.html", "**The lock**\n\nleads to "),
        ("/2024/05/06/lock.html#doors", "**The lock**\n\nleads to a page, but to no place in it: "),
        ("/2024/05/06/lock.html/", "**The lock**\n\nleads to a page, but the slash at the end differs: "),
        ("/2024/05/07/weir.html", "**The weir**\n\nleads to a post that is not published: "),
        ("/2024/05/06/none.html", "leads nowhere: "),
    ];
    let body: String = links.iter().map(|(url, _)| format!("[x]({url})\n")).collect();
    client.open(&uri, &format!("---\ntitle: A\nlayout: post\n---\n{body}"));
    for (line, (url, expected)) in (4..).zip(links) {
        let place = json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": 1}});
        let hover = client.ask("textDocument/hover", place)["result"].clone();
        let text = hover["contents"]["value"].as_str().unwrap_or_default();
        assert!(text.starts_with(expected), "{url}: {text}");
    }
}

/// What is offered at the `|` at the end of a text, by label, and what the text is with the first of it.
fn offered(files: Files, path: &str, text: &str) -> (Vec<String>, String) {
    let site = site(files);
    let (mut client, _) = Client::initialized(site.path(), json!({}));
    let text = text.strip_suffix('|').expect("a cursor");
    client.open(&uri(&site, path), text);
    let line = text.matches('\n').count();
    let character = last_line(text).encode_utf16().count();
    let position = json!({"line": line, "character": character});
    let params = json!({"textDocument": {"uri": uri(&site, path)}, "position": position});
    let answer = client.ask("textDocument/completion", params)["result"].clone();
    let items = answer["items"].as_array().cloned().unwrap_or_default();
    let labels = items.iter().map(|item| item["label"].as_str().expect("a label").to_owned()).collect();
    let first = items.first().map_or_else(String::new, |item| edited(text, std::slice::from_ref(&item["textEdit"])));
    (labels, last_line(&first).to_owned())
}

fn last_line(text: &str) -> &str {
    text.rsplit('\n').next().unwrap_or_default()
}

#[test]
fn targets_anchors_and_terms_are_offered_as_the_generator_wants_them() {
    let jekyll = "---\ntitle: New\n---\n\n";
    let cases: [(Files, &str, &str, &[&str], &str); 12] = [
        (
            JEKYLL,
            "_posts/2024-06-01-new.md",
            "港🎉 [x](|",
            &["/blog/2024/05/07/lock.html", "/blog/2024/05/06/weir.html", "/blog/about.html"],
            "港🎉 [x](/blog/2024/05/07/lock.html",
        ),
        (JEKYLL, "_posts/2024-06-01-new.md", "[x]({{ site.baseurl }}/|", &[], ""),
        (
            JEKYLL,
            "_posts/2024-06-01-new.md",
            "[x]({% post_url 2024-05-0|",
            &["2024-05-07-lock", "2024-05-06-weir"],
            "[x]({% post_url 2024-05-07-lock",
        ),
        (
            JEKYLL,
            "_posts/2024-06-01-new.md",
            "[x]({% link |",
            &["_posts/2024-05-07-lock.md", "_posts/2024-05-06-weir.md", "about.md"],
            "[x]({% link _posts/2024-05-07-lock.md",
        ),
        (
            JEKYLL,
            "_posts/2024-06-01-new.md",
            "[x](/blog/2024/05/06/weir.html#h|",
            &["high-water"],
            "[x](/blog/2024/05/06/weir.html#high-water",
        ),
        (JEKYLL, "_posts/2024-06-01-new.md", "## My own\n\n[x](#|", &["my-own"], "[x](#my-own"),
        (JEKYLL, "_posts/2024-06-01-new.md", "no link |", &[], ""),
        (DOCUSAURUS, "docs/gates/new.md", "[x](|", &["../weir.md", "./lock.md"], "[x](./lock.md"),
        (DOCUSAURUS, "docs/gates/new.md", "[x](/d|", &["/docs/gates/lock", "/docs/weir"], "[x](/docs/gates/lock"),
        (
            DOCUSAURUS,
            "docs/gates/new.md",
            "[x](@|",
            &["@site/docs/gates/lock.md", "@site/docs/weir.md"],
            "[x](@site/docs/gates/lock.md",
        ),
        (HUGO, "content/posts/new.md", "{{< ref \"|", &["/posts/lock", "/posts/weir"], "{{< ref \"/posts/lock"),
        (HUGO, "content/posts/new.md", "[x](|", &["/posts/lock/", "/posts/weir/"], "[x](/posts/lock/"),
    ];
    for (files, path, text, expected, first) in cases {
        let front = if files == DOCUSAURUS { "" } else { jekyll };
        let (mut labels, line) = offered(files, path, &format!("{front}{text}"));
        assert_eq!(line, first, "{text}");
        let mut expected: Vec<&str> = expected.to_vec();
        labels.sort();
        expected.sort_unstable();
        assert_eq!(labels, expected, "{text}");
    }
    for (text, labels, line) in [
        ("---\ntags: [|", &["water", "C: sharp"][..], "tags: [water"),
        ("---\ntags:\n- |", &["water", "C: sharp"], "- water"),
        ("---\ntags: [water, |", &["C: sharp"], "tags: [water, \"C: sharp\""),
        ("---\ntags: [\"|", &["water", "C: sharp"], "tags: [\"water"),
    ] {
        let (found, first) = offered(JEKYLL, "_posts/2024-06-01-new.md", text);
        assert_eq!(
            (&found[..], &*first),
            (&labels.iter().map(|&label| label.to_owned()).collect::<Vec<_>>()[..], line),
            "{text}"
        );
    }
}
