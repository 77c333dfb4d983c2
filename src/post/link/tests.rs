//! Links: text in; kind, address as written, address as meant, visible text out.

use super::*;
use crate::post::OBJECT;
use crate::post::tests::post;

/// Each link as `Kind(!)|target|url|text`.
fn check(text: &str, expected: &[&str]) {
    let post = post(text);
    let render = |link: &Link| {
        let words = &post.prose.text[link.text.start as usize..link.text.end as usize].replace(OBJECT, "◻");
        let image = if link.image { "!" } else { "" };
        format!("{:?}{image}|{}|{}|{words}", link.kind, post.source.slice(link.target), link.url)
    };
    assert_eq!(post.links.iter().map(render).collect::<Vec<_>>(), expected, "{text}");
}

#[test]
fn inline() {
    check(
        "[a *b*](c.md \"t\") [d](<e f>) [g](h\\_i&amp;j)",
        &["Inline|c.md|c.md|a b", "Inline|e f|e f|d", "Inline|h\\_i&amp;j|h_i&j|g"],
    );
    check("[x]() [](y) [`z`](w) [a](b(c)d)", &["Inline|||x", "Inline|y|y|", "Inline|w|w|◻", "Inline|b(c)d|b(c)d|a"]);
    check("[![alt](i.png)](p)", &["Inline|p|p|◻", "Inline!|i.png|i.png|"]);
    check(
        "[[1]](u) <https://v> <w@x.y>",
        &["Inline|u|u|[1]", "Autolink|https://v|https://v|https://v", "Autolink|w@x.y|mailto:w@x.y|w@x.y"],
    );
}

#[test]
fn empty_targets_stand_between_the_parentheses() {
    let post = post("ab [x]() c");
    assert_eq!(post.links[0].target, Span::at(7));
}

#[test]
fn references() {
    check(
        "[a][b] [b][] [b]\n\n[b]: <c d> 't'\n",
        &["Reference|c d|c d|a", "Reference|c d|c d|b", "Reference|c d|c d|b"],
    );
}

#[test]
fn template_tags_in_addresses() {
    check(
        "[a]({% link b.md %}) [c]({{ site.url }}/d) <a href=\"{{ e }}\">f</a>",
        &[
            "Inline|{% link b.md %}|{% link b.md %}|a",
            "Inline|{{ site.url }}/d|{{ site.url }}/d|c",
            "Html|{{ e }}|{{ e }}|f",
        ],
    );
    check("http://{{ host }}/x y", &["Bare|http://{{ host }}/x|http://{{ host }}/x|http://◻/x"]);
}

#[test]
fn html() {
    check(
        "<a href='x?a=1&amp;b=2'>t <b>u</b></a> <img src=i.png alt='A &amp; B'/>",
        &["Html|x?a=1&amp;b=2|x?a=1&b=2|t u", "Html!|i.png|i.png|"],
    );
    check("<a href=\"\">x</a> <a id=y>z</a>", &["Html|||x"]);
    let post = post("<img src=i.png alt='A &amp; B'/> <img src=j>");
    let alts: Vec<_> = post
        .links
        .iter()
        .map(|link| link.alt.as_ref().map(|(alt, span)| (alt.as_str(), post.source.slice(*span))))
        .collect();
    assert_eq!(alts, [Some(("A & B", "A &amp; B")), None]);
}

#[test]
fn alternative_texts() {
    let post = post("![a *b*](c) ![](d)");
    let alts: Vec<_> = post
        .links
        .iter()
        .map(|link| link.alt.as_ref().map(|(alt, span)| (alt.as_str(), post.source.slice(*span))))
        .collect();
    assert_eq!(alts, [Some(("a b", "a *b*")), Some(("", ""))]);
}

#[test]
fn media() {
    let media = |text: &str| post(text).links[0].holds_media;
    assert!(media("[![a](b)](c)"));
    assert!(media("<a href=x><img src=y></a>"));
    assert!(media("[{{ x }}](c)"));
    assert!(!media("[`a`](c)"));
    assert!(!media("<a href=x><code>y</code></a>"));
    assert!(!media("[a](c)"));
}

#[test]
fn bare() {
    check(
        "see https://a.b/c_d_e?f=1&g=2. And www.h.i, (http://j.k/l)!",
        &[
            "Bare|https://a.b/c_d_e?f=1&g=2|https://a.b/c_d_e?f=1&g=2|https://a.b/c_d_e?f=1&g=2",
            "Bare|www.h.i|www.h.i|www.h.i",
            "Bare|http://j.k/l|http://j.k/l|http://j.k/l",
        ],
    );
    check("**https://a.b**c `http://d.e` http:// http://- xhttp://f.g", &["Bare|https://a.b|https://a.b|https://a.b"]);
    check(
        "<p>https://a.b/?c=1&amp;d=2</p>\n\n[http://e.f](g)",
        &["Bare|https://a.b/?c=1&amp;d=2|https://a.b/?c=1&d=2|https://a.b/?c=1&d=2", "Inline|g|g|http://e.f"],
    );
}

#[test]
fn swallowed_text() {
    let check = |text: &str, target: &str, swallowed: &str| {
        let post = post(text);
        let link = &post.links[0];
        assert_eq!((post.source.slice(link.target), post.source.slice(link.swallowed)), (target, swallowed), "{text}");
    };
    check("见https://a.b/x，后面。还有 y", "https://a.b/x", "，后面。还有");
    check("（https://a.b/x）", "https://a.b/x", "）");
    check("https://a.b/x后面 y", "https://a.b/x后面", "后面");
    check("https://a.b/wiki/博客 y", "https://a.b/wiki/博客", "");
    check("https://a.b/wiki/博客。 y", "https://a.b/wiki/博客", "。");
    check("https://a.b/x. y", "https://a.b/x", "");
}

#[test]
fn wiki() {
    check(
        "[[Page]] [[a b|c]] [[ -f x ]] x[[0]] [[d]](e)",
        &["Wiki|Page|Page|[[Page]]", "Wiki|a b|a b|[[a b|c]]", "Inline|e|e|[d]"],
    );
}

#[test]
fn blocks_of_links() {
    let post = post("a\n\n[b](c)\n");
    assert_eq!(post.links[0].block, 1);
}
