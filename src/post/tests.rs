//! What a post is made of: text in, blocks, defects and tags out.

use super::*;
use crate::site::{Dates, Delimiters, Dialect, FileName, Profile, StringList};

/// A generator with Liquid tags and attribute lists.
static LIQUID: Profile = Profile {
    name: "liquid",
    title: "Liquid",
    marks: &[],
    content: &[""],
    posts: &[],
    output: "",
    skip: &[],
    index: &[],
    extensions: &[],
    pages_need_front_matter: false,
    front_matter: Dialect::Any,
    without_front_matter: "",
    duplicate_key: "",
    keys: &[],
    closed_keys: false,
    file_name: FileName::Free,
    dates: Dates::Any,
    hides_future: false,
    string_list: StringList::Unknown,
    templates: &[
        Delimiters { open: "{%", close: "%}" },
        Delimiters { open: "{{", close: "}}" },
        Delimiters { open: "{:", close: "}" },
    ],
};

/// Parses a text as the file `path` of a site with Liquid tags.
pub(in crate::post) fn post_at(path: &str, text: &str) -> Post {
    let site = Site { profile: &LIQUID, publishes_future: false, has_content_folder: true, base: "" };
    Post::parse(Source::from_text(path, text), &site, Role::Post)
}

/// Parses a text as a Markdown file.
pub(in crate::post) fn post(text: &str) -> Post {
    post_at("a.md", text)
}

/// Each block as `kind flags|text|bytes`, objects as `◻`.
fn render(post: &Post) -> Vec<String> {
    let line = |block: &Block| {
        let kind = match block.kind {
            BlockKind::Paragraph => "p".to_owned(),
            BlockKind::Heading(level) => format!("h{level}"),
            BlockKind::Code => "code".to_owned(),
        };
        let flags = [
            (block.in_list, "+list"),
            (block.in_table, "+table"),
            (block.in_quote, "+quote"),
            (block.hidden, "+hidden"),
        ];
        let flags: String = flags.iter().filter(|(set, _)| *set).map(|(_, name)| *name).collect();
        let text = post.prose.str(block).replace(OBJECT, "◻");
        format!("{kind}{flags}|{text}|{}", post.source.slice(block.span))
    };
    post.prose.blocks.iter().map(line).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(render(&post(text)), expected, "{text}");
}

#[test]
fn markdown_blocks() {
    check(
        "# One *two*\n\nA **b**  \nc\nd\n\n> q\n",
        &["h1|One two|# One *two*", "p|A b\nc\nd|A **b**  \nc\nd", "p+quote|q|q"],
    );
    check("Head\n===\n", &["h1|Head|Head\n==="]);
    check("## Title {#id}\n", &["h2|Title|## Title {#id}"]);
    check("- **a** b\n  - [ ] c\n\n1. x\n\n   y\n", &["p+list|a b|**a** b", "p+list|c|c", "p+list|x|x", "p+list|y|y"]);
    check("|a|`b`|\n|-|-|\n|c||\n", &["p+table|a|a", "p+table|◻|`b`", "p+table|c|c"]);
    check("a[^1]\n\n[^1]: note\n\n[x]: /y\n", &["p|a|a[^1]", "p|note|note"]);
    check("\u{3000}\u{3000}中文\r\n第二行\r\n", &["p|\u{3000}\u{3000}中文\n第二行|\u{3000}\u{3000}中文\r\n第二行"]);
}

#[test]
fn entities_and_objects() {
    check("a &amp; `b` \\* c&nbsp;d", &["p|a & ◻ * c\u{A0}d|a &amp; `b` \\* c&nbsp;d"]);
    check("![x](y) [![z](w)](v)", &["p|◻ ◻|![x](y) [![z](w)](v)"]);
    check("$x^2$ costs $5 and $6", &["p|◻ costs $5 and $6|$x^2$ costs $5 and $6"]);
    check("涨了5$，跌到3$。", &["p|涨了5$，跌到3$。|涨了5$，跌到3$。"]);
    check("- ![x](y)\n- ![]()\n", &["p+list|◻|![x](y)", "p+list|◻|![]()"]);
    check("&nbsp;\n", &[]);
}

#[test]
fn code_blocks() {
    check("a\n\n```rust\nlet x;\n```\n\n    y\n", &["p|a|a", "code||```rust\nlet x;\n```", "code||y"]);
    check("<pre><code>x\n\ny</code></pre>\n", &["code||<pre><code>x\n\ny</code></pre>"]);
    let text = "a\n\n{% highlight c %}\n# x\n\ny\n{% endhighlight %}\n\nb\n";
    check(text, &["p|a|a", "code||{% highlight c %}\n# x\n\ny\n{% endhighlight %}", "p|b|b"]);
}

#[test]
fn html_blocks() {
    check("<p>a &lt;b&gt;  c</p> <p>d<br />e</p>", &["p|a <b> c|<p>a &lt;b&gt;  c</p>", "p|d\ne|<p>d<br />e</p>"]);
    check("<div>\n  <h2>T</h2>\n  x\n  y\n</div>\n", &["h2|T|<h2>T</h2>", "p|x\ny|x\n  y"]);
    check("<div>\n\na *b*\n\n</div>\n", &["p|a b|a *b*"]);
    check("<ul><li>a<ul><li>b</ul></ul>", &["p+list|a|<li>a", "p+list|b|<li>b"]);
    check("<table><tr><td>a</td><td>b</td></tr></table>", &["p+table|a|<td>a</td>", "p+table|b|<td>b</td>"]);
    check("<blockquote><p>a</p></blockquote>", &["p+quote|a|<p>a</p>"]);
    check(
        "<p>（文章来源：上海<span><a href=x>证券</a></span>报）</p>",
        &["p|（文章来源：上海证券报）|<p>（文章来源：上海<span><a href=x>证券</a></span>报）</p>"],
    );
    check(
        "<p>a <img src=x> <code>b</code> <svg><text>c</text></svg></p>",
        &["p|a ◻ ◻ ◻|<p>a <img src=x> <code>b</code> <svg><text>c</text></svg></p>"],
    );
    check("<script>\nvar x = '<p>a</p>';\n</script>\n<style>p{}</style>\n", &[]);
    check("text <kbd>A</kbd> <b>c</b>.\n", &["p|text A c.|text <kbd>A</kbd> <b>c</b>."]);
    check("<p style=\"display:none\"><br /></p><!-- x --><p>a</p>", &["p|a|<p>a</p>"]);
}

#[test]
fn unclosed_elements_swallow_nothing() {
    check("use the <title> tag\n\nb\n", &["p|use the  tag|use the <title> tag", "p|b|b"]);
    check("a <code> b\n\nc\n", &["p|a  b|a <code> b", "p|c|c"]);
    check("a <span hidden> b\n\nc\n", &["p|a  b|a <span hidden> b", "p|c|c"]);
}

#[test]
fn hidden_text() {
    check(
        "<p style=\"Display : none\">a</p><p>b</p>",
        &["p+hidden|a|<p style=\"Display : none\">a</p>", "p|b|<p>b</p>"],
    );
    check("<p>a<span style='font-size:0'>b</span>c</p>", &["p|ac|<p>a<span style='font-size:0'>b</span>c</p>"]);
    check("<div hidden>\n\n# a\n\n`b`\n\n</div>\n\nc\n", &["h1+hidden|a|# a", "p+hidden|◻|`b`", "p|c|c"]);
}

#[test]
fn template_tags() {
    check("a {{ x }} b{: .c}\n{: .d}\n", &["p|a ◻ b|a {{ x }} b{: .c}"]);
    check("{% if x %}\n- a\n{% endif %}\n\n{% include y %}\n", &["p+list|a|a"]);
    check(
        "<p>{{ x }}</p>\n\n<p>{% if y %}a{% endif %}</p>\n",
        &["p|◻|<p>{{ x }}</p>", "p|a|<p>{% if y %}a{% endif %}</p>"],
    );
    check("{% raw %}\nuse {{ x }} here\n{% endraw %}\n", &["p|use ◻ here|use {{ x }} here"]);
}

#[test]
fn other_files() {
    let html = post_at("a.html", "<h1>T</h1>\n* a\n\n    b\n<p>c</p>\n");
    assert_eq!(render(&html), ["h1|T|<h1>T</h1>", "p|* a\nb|* a\n\n    b", "p|c|<p>c</p>"]);
    let mdx = post_at("a.mdx", "import A from 'a';\n\n# T {x}\n\n<A b={c}>d</A>\n");
    assert_eq!(render(&mdx), ["h1|T|# T {x}", "p|d|<A b={c}>d</A>"]);
}

#[test]
fn front_matter_is_no_prose() {
    let post = post("---\ntitle: x\n---\ny\n");
    assert_eq!(render(&post), ["p|y|y"]);
    assert_eq!(post.source.slice(post.body), "y\n");
}

#[test]
fn defects() {
    use DefectKind::{FenceUnclosed, FrontMatterMissing, TooDeep, UndefinedReference};
    let check = |text: &str, expected: &[(DefectKind, &str)]| {
        let post = post(text);
        let in_body = post.defects.iter().filter(|defect| defect.kind != FrontMatterMissing);
        let found: Vec<_> = in_body.map(|defect| (defect.kind, post.source.slice(defect.span))).collect();
        assert_eq!(found, expected, "{text}");
    };
    check("```a\nb\n```\n\n- ~~~\n  c\n\nd\n", &[(FenceUnclosed, "~~~")]);
    check("> ```\n> a\n> ```\n\n````\n```\n", &[(FenceUnclosed, "````")]);
    check("```\n", &[(FenceUnclosed, "```")]);
    check("```\n```\n", &[]);
    check("[x][y] and [#1037][], [z]\n", &[(UndefinedReference, "[x][y]"), (UndefinedReference, "[#1037][]")]);
    check("![i][j]\n", &[(UndefinedReference, "![i][j]")]);
    check("a[i][j] [0][1] `[x][y]` [x][y](u) [ ][x] [ \"a\" ][ 0 ] [a][^1]\n", &[]);
    check("[x][y]\n\n[y]: /z\n", &[]);
    check("[a\\_b][]\n\n[A_b]: /z\n", &[]);
    check("[a\\_c][]\n\n[a_b]: /z\n", &[(UndefinedReference, "[a\\_c][]")]);
    let deep = "<div>".repeat(600);
    check(&deep, &[(TooDeep, "<div>")]);
    check(&"<p>a<li>b".repeat(600), &[]);
}

#[test]
fn too_deep_html_is_text() {
    let post = post(&format!("{}a<p>b</p>{}", "<div>".repeat(600), "</div>".repeat(600)));
    assert!(post.markup.is_empty());
    assert_eq!(post.prose.text, "a\nb");
}

#[test]
fn bytes_that_are_not_utf8() {
    let site = Site { profile: &LIQUID, publishes_future: false, has_content_folder: true, base: "" };
    let source = Source::from_bytes("a.md", b"ab\nc\xff\xfed, and so on and on\n");
    let post = Post::parse(source, &site, Role::Post);
    let defect = post.defects.iter().find(|defect| defect.kind == DefectKind::NotUtf8).expect("it is reported");
    assert_eq!(defect.vars[1], ("byte", "4".to_owned()));
}

#[test]
fn spans_of_ranges() {
    let post = post("<p>（来源：上海<a href=x>证券</a>报 &amp; `x`）</p>\n\n**中**文\n");
    let span = |words: &str| {
        let at = post.prose.text.find(words).expect("the words stand in the prose");
        post.source.slice(post.prose.source_span(at..at + words.len())).to_owned()
    };
    assert_eq!(span("上海证券报"), "上海<a href=x>证券</a>报");
    assert_eq!(span("证"), "证");
    assert_eq!(span("&"), "&amp;");
    assert_eq!(span("报 & "), "报 &amp; ");
    assert_eq!(span("中文"), "中**文");
    let lines: Vec<_> = post.prose.lines(&post.prose.blocks[1]).map(|(_, line)| line).collect();
    assert_eq!(lines, ["中文"]);
    let at = post.prose.text.find('文').expect("it stands there");
    assert_eq!(post.prose.block_at(at), Some(1));
    assert_eq!(post.prose.block_at(post.prose.blocks[0].range().end), None);
}

#[test]
fn head_and_tail() {
    let post = post("# a\n\n```\nx\n```\n\nb\n\nc\n\nd\n\ne\n\nf\n\ng\n");
    let text = |indices: Vec<usize>| {
        indices.iter().map(|at| post.prose.str(&post.prose.blocks[*at]).to_owned()).collect::<String>()
    };
    assert_eq!(text(post.prose.head()), "abc");
    assert_eq!(text(post.prose.tail()), "bcdefg");
}
