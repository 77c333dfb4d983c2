//! Anchors: a text and an engine in; ids out. The ids of `PAGE` are what the engines themselves made of it: kramdown 2.4 with
//! kramdown-parser-gfm 1.1, Hugo 0.111, Python-Markdown 3.11 (toc, footnotes, attr_list), remark with remark-gfm, rehype-raw and
//! rehype-slug (`GitHub`) or Astro's `rehypeHeadingIds`, VitePress.

use super::*;
use crate::post::tests::{post, post_at};
use crate::site::hugo::HUGO;
use crate::site::mkdocs::MKDOCS;
use crate::site::plain::PLAIN;
use crate::site::{Profile, Role, Site};
use crate::source::Source;

const PAGE: &str = "Text[^a] and [^b] and [^a].

<h2>Raw title</h2>

Para
{: #para}

span *x*{: #spn .c} y

{: #before}
## Head before

## Head
{: #after}

Title
===
{:.c #set}

## Title {:.no_toc}

[^a]: One
[^b]: Two
";

fn of_profile(profile: &'static Profile, text: &str) -> Post {
    Post::parse(Source::from_text("a.md", text), &Site::of(profile), Role::Post)
}

/// The ids of a post, with `+` where there may be more.
fn render(post: &Post, engine: Engine) -> String {
    let Anchors { ids, may_have_more } = post.anchors(engine);
    let more = if may_have_more { " +" } else { "" };
    format!("{}{more}", ids.join(" ")).trim().to_owned()
}

#[test]
fn where_a_fragment_leads() {
    let page = post(PAGE);
    for (fragment, expected) in [
        ("before", "## Head before"),
        ("after", "## Head\n"),
        ("set", "Title\n==="),
        ("title-no_toc", "## Title"),
        ("none", ""),
        ("para", ""),
    ] {
        let place = page.anchored(Engine::KramdownGfm, fragment);
        let there = place.map_or("", |span| &page.source.text[span.range().start..]);
        assert!(there.starts_with(expected) && place.is_some() != expected.is_empty(), "{fragment}: {there}");
    }
    let page = post("A\n\n<div id=\"b%20c\">x</div>\n\n<a name=d></a>\n\n## 港\n\n## 港\n");
    let at = |fragment: &str| page.anchored(Engine::GitHub, fragment).map(|span| span.start);
    assert_eq!(["b c", "d", "%E6%B8%AF-1"].map(at), [Some(3), Some(28), Some(52)]);
}

#[test]
fn a_page_by_each_engine() {
    let check = |post: &Post, engine: Engine, expected: &str| {
        let mut expected: Vec<&str> = expected.split(' ').collect();
        expected.sort_unstable();
        assert_eq!(render(post, engine), expected.join(" "), "{engine:?}");
    };
    let kramdown = "fnref:a fn:a fnref:b fn:b fnref:a:1 para spn before after set title-no_toc";
    check(&post(PAGE), Engine::KramdownGfm, kramdown);
    let hugo = "fnref:1 fnref:2 fnref1:1 head-before head title title-no_toc fn:1 fn:2";
    check(&of_profile(&HUGO, PAGE), Engine::HugoGitHub, hugo);
    let notes = "user-content-fnref-a user-content-fnref-b user-content-fnref-a-2 user-content-fn-a user-content-fn-b";
    let remark = format!("{notes} footnote-label head-before head title title-no_toc");
    check(&of_profile(&PLAIN, PAGE), Engine::GitHub, &format!("{remark} raw-title"));
    check(&of_profile(&PLAIN, PAGE), Engine::Astro, &remark);
}

#[test]
fn attribute_lists_of_python_markdown() {
    // `before` and `after` are not behind a block: Python-Markdown 3.11 leaves them as text, as it does `set`. A link there is
    // not reported, which is the lesser mistake.
    let post = of_profile(&MKDOCS, PAGE);
    let ids = post.anchors(Engine::PythonMarkdown).ids;
    for id in
        ["fn:a", "fn:b", "fnref:a", "fnref:b", "fnref2:a", "para", "spn", "head-before", "head", "title", "title_1"]
    {
        assert!(ids.iter().any(|known| known == id), "{id}: {ids:?}");
    }
    assert!(!ids.iter().any(|id| id == "raw-title"));
}

#[test]
fn written_ids() {
    let check =
        |text: &str, engine: Engine, expected: &str| assert_eq!(render(&post(text), engine), expected, "{text}");
    let html =
        "<a name=\"a\"></a> <span id='b&amp;c'>d</span> <input name=e>\n\n<p id=\"f\">i</p>\n\n# G <a id=\"h\"></a>\n";
    check(html, Engine::KramdownGfm, "a b&c f g- h");
    check("`<a id=a>` <!-- <a id=b> -->\n\n    <a id=c>\n", Engine::KramdownGfm, "");
    check("# A {#b}\n", Engine::KramdownGfm, "b");
    check("# A {#b}\n", Engine::GitHub, "a-b");
    check("<h2 id=a>B</h2>\n\n<h3>*C* &amp; <b>d</b></h3>\n", Engine::GitHub, "a c--d");
}

#[test]
fn attribute_lists_without_a_colon() {
    // As VitePress made them of `text {#pid}` and `*x*{#sid}`.
    let text = "# Head\n\ntext {#pid}\n\n*x*{#sid} {.c #d} `{#e}` {f}\n";
    assert_eq!(render(&of_profile(&PLAIN, text), Engine::VitePress), "d head pid sid");
    assert_eq!(render(&of_profile(&PLAIN, text), Engine::KramdownGfm), "head");
}

#[test]
fn attributes_beside_headings() {
    let check = |text: &str, expected: &str| assert_eq!(render(&post(text), Engine::KramdownGfm), expected, "{text}");
    check("## A\n{: #b}\n", "b");
    check("## A\r\n{: #b}\r\n", "b");
    check("{: #b}\n## A\n", "b");
    check("text\n{: #b}\n\n## A\n", "a b");
    check("text\n{: #b}\n## A\n", "a b");
    check("## A\n\n{: #b}\ntext\n", "a b");
    check("> A\n> ===\n", "a");
    check("x\n\n{: #b}\n\n## A\n", "b");
    check("* a\n{: #b}\n## A\n", "a b");
}

#[test]
fn the_table_of_contents_of_kramdown() {
    assert_eq!(render(&post("* toc\n{:toc}\n\n# A\n"), Engine::KramdownGfm), "a markdown-toc markdown-toc-a");
}

#[test]
fn references_in_headings() {
    // github-slugger is given the words that the page shows.
    let text = "# A [b][c] [d][e]\n\n[c]: /x\n";
    assert_eq!(render(&of_profile(&PLAIN, text), Engine::GitHub), "a-b-de");
}

#[test]
fn what_may_have_more() {
    let check = |path: &str, text: &str, engine: Engine, expected: bool| {
        assert_eq!(post_at(path, text).anchors(engine).may_have_more, expected, "{text}");
    };
    for text in [
        "{% include a.md %}",
        "{{ content }}",
        "{{ site.data.a }}",
        "# A {{ page.b }}",
        "<Tabs>\n\nA\n\n</Tabs>\n",
        "<my-component></my-component>",
        "<a id=\"{{ page.a }}\"></a>",
        "<div markdown=\"1\">\n# A\n</div>\n",
        "<!--@include: ./a.md-->\n",
        "---\ncustomJS: [/js/faq.js]\n---\n# A\n",
        "---\nlibraries: {scripts: [{src: \"a.js?v=2\"}]}\n---\n# A\n",
    ] {
        check("a.md", text, Engine::KramdownGfm, true);
    }
    for text in [
        "# A\n\n<div class=b>c</div>\n\n[d]({{ page.e }}) ![f]({% link g.md %}) <a href=\"{{ h }}\">i</a>",
        "{% post_link a %} {% img /b.png %} {{ '/c' | relative_url }} {{ site.title }} {% if d %} e {% endif %}",
        "{% note info %}\n# A\n{% endnote %}\n",
        "`{{ a }}` and `<Tabs>`\n\n    {% include b %}\n",
        "<A HREF=b>c</A> <DIV>d</DIV>\n",
        "#tag\n",
        "---\ntitle: On Node.js\ntags: [node.js]\ndescription: First steps in Node.js\n---\n# A\n",
    ] {
        check("a.md", text, Engine::KramdownGfm, false);
    }
    check("a.md", "", Engine::Unknown, true);
    check("a.md", "#tight\n", Engine::PythonMarkdown, true);
    check("a.md", "::: a.b\n", Engine::PythonMarkdown, true);
    check("a.md", "--8<-- \"a.md\"\n", Engine::PythonMarkdown, true);
    check("a.mdx", "import A from 'a'\n\n# B {/* c */} {d.e}\n", Engine::Docusaurus, true);
    check("a.mdx", "import A from 'a'\n\n# B\n\n{/* c */} {d.e}\n", Engine::Docusaurus, false);
    check("a.mdx", "{a.map(b => <h2 id={b}>c</h2>)}\n", Engine::Docusaurus, true);
    check("a.mdx", "<A/>\n", Engine::Docusaurus, true);
}

#[test]
fn size_costs_no_more_than_itself() {
    for piece in
        ["# a\n", "# [a][b]\n", "# [a](b) ", "{", "{#a} ", "a[^1] ", "<a id=a></a>", "{: #a}\n# a\n", "<h2>a</h2>\n"]
    {
        let text = format!("{}\n\n[b]: c\n\n[^1]: d\n\n{{: #e}}\n", piece.repeat(20_000));
        let post = post(&text);
        for engine in [Engine::GitHub, Engine::KramdownGfm, Engine::VitePress, Engine::PythonMarkdown] {
            std::hint::black_box(post.anchors(engine));
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_text_has_anchors(text in "(#+ |\n|\n\n|[a*_`\\[\\]{}#:.你é]|<h2>|</h2>|<a id=x>|\\{: #a\\}|\\{% b %\\}|===\n|\\[\\^1\\]|> ){0,40}") {
        let text = format!("{text}\n\n[^1]: a\n\n[a]: b\n");
        for path in ["a.md", "a.mdx"] {
            let post = post_at(path, &text);
            for engine in [Engine::GitHub, Engine::KramdownGfm, Engine::Docusaurus, Engine::Hexo, Engine::ZolaOn] {
                let ids = post.anchors(engine).ids;
                proptest::prop_assert!(ids.is_sorted() && ids.iter().all(|id| !id.is_empty()));
            }
        }
    }
}
