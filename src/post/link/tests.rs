//! Links: text in; kind, address as written, address as meant, visible text out.

use super::*;
use crate::post::tests::post;
use crate::post::{OBJECT, Post};
use crate::site::hugo::HUGO;
use crate::site::{Role, Site};
use crate::source::Source;

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

/// Each further address as `Kind(!)|whole|target|url`.
fn check_further(post: &Post, expected: &[&str]) {
    let render = |link: &Link| {
        let image = if link.image { "!" } else { "" };
        let source = &post.source;
        format!("{:?}{image}|{}|{}|{}", link.kind, source.slice(link.span), source.slice(link.target), link.url)
    };
    assert_eq!(post.further_links.iter().map(render).collect::<Vec<_>>(), expected, "{}", post.source.text);
}

#[test]
fn wiki_images() {
    check(
        "![[sea.png]] ![[Sea]] [[Sea#Tides|tides]] ![[a.PNG|300]]",
        &[
            "Wiki!|sea.png|sea.png|",
            "Wiki|Sea|Sea|[[Sea]]",
            "Wiki|Sea#Tides|Sea#Tides|[[Sea#Tides|tides]]",
            "Wiki!|a.PNG|a.PNG|",
        ],
    );
    let post = post("a ![[sea.png]]");
    assert_eq!(post.source.slice(post.links[0].span), "![[sea.png]]");
}

#[test]
fn unused_definitions() {
    let text =
        "[a]\n\n[a]: b\n[c]: <d e> 't'\n[f]: {{ site.url }}/g\n[h]: i&amp;j\n\n[//]: # (remark)\n[k]: l 'm\n  n'\n";
    check_further(
        &post(text),
        &[
            "Definition|[c]: <d e> 't'|d e|d e",
            "Definition|[f]: {{ site.url }}/g|{{ site.url }}/g|{{ site.url }}/g",
            "Definition|[h]: i&amp;j|i&amp;j|i&j",
            "Definition|[k]: l 'm\n  n'|l|l",
        ],
    );
    check_further(&post("> [a\\]:b]:\n> /c\n"), &["Definition|[a\\]:b]:\n> /c|/c|/c"]);
}

#[test]
fn definitions_in_quotations_are_found_where_they_stand() {
    check("> [a]\n>\n> [a]:\n> /c\n", &["Reference|/c|/c|a"]);
}

#[test]
fn attributes() {
    check_further(
        &post("<img src=a srcset=\"b 1x, {{ '/c, d' | relative_url }} 2x\"><video poster=' e '></video>"),
        &[
            "Attribute!|<img src=a srcset=\"b 1x, {{ '/c, d' | relative_url }} 2x\">|b|b",
            "Attribute!|<img src=a srcset=\"b 1x, {{ '/c, d' | relative_url }} 2x\">|{{ '/c, d' | relative_url }}|{{ '/c, d' | relative_url }}",
            "Attribute!|<video poster=' e '>|e|e",
        ],
    );
    check_further(
        &post("<blockquote cite=\"a?b&amp;c\">\n\nd\n\n</blockquote>\n\n<q cite=e>f</q> <del cite=\"\">g</del>\n"),
        &["Attribute|<blockquote cite=\"a?b&amp;c\">|a?b&amp;c|a?b&c", "Attribute|<q cite=e>|e|e"],
    );
}

#[test]
fn tags_that_link() {
    check_further(
        &post(
            "Read {% post_link sea 'The sea' %} and\n\n{% asset_img right \"a b.png\" 300 %}\n\n{% img /i.png 200 %}\n",
        ),
        &[
            "Tag|{% post_link sea 'The sea' %}|sea|{% post_link sea 'The sea' %}",
            "Tag!|{% asset_img right \"a b.png\" 300 %}|a b.png|{% asset_img right \"a b.png\" 300 %}",
            "Tag!|{% img /i.png 200 %}|/i.png|/i.png",
        ],
    );
    check_further(
        &post(
            "{% link the sea https://a.example/ %} {% link _posts/b.md %} {% post_url 2024-05-06-c %} {{ '/d' | url }}",
        ),
        &[
            "Tag|{% link the sea https://a.example/ %}|https://a.example/|https://a.example/",
            "Tag|{% link _posts/b.md %}|_posts/b.md|{% link _posts/b.md %}",
            "Tag|{% post_url 2024-05-06-c %}|2024-05-06-c|{% post_url 2024-05-06-c %}",
            "Tag|{{ '/d' | url }}|'/d' | url|{{ '/d' | url }}",
        ],
    );
}

#[test]
fn shortcodes_that_link() {
    let site = Site::of(&HUGO);
    let text = "{{< figure src=\"a.png\" alt=\"b\" link=\"/c/\" >}}\n\n{{< ref \"d.md#e\" >}} {{< img src=\"f\" >}}\n";
    check_further(
        &Post::parse(Source::from_text("a.md", text), &site, Role::Post),
        &[
            "Tag!|{{< figure src=\"a.png\" alt=\"b\" link=\"/c/\" >}}|a.png|a.png",
            "Tag|{{< figure src=\"a.png\" alt=\"b\" link=\"/c/\" >}}|/c/|/c/",
            "Tag|{{< ref \"d.md#e\" >}}|d.md#e|{{< ref \"d.md#e\" >}}",
        ],
    );
}

#[test]
fn tags_that_link_nothing_by_themselves() {
    for text in [
        "[a]({% post_link b %}) <a href=\"{% post_url c %}\">d</a>\n\n[e]: {% link f.md %}\n\n[e]\n",
        "`{% post_link b %}`\n\n    {% post_link b %}\n\n```\n{% post_link b %}\n```\n",
        "<!-- {% post_link b %} --> <code>{% post_link b %}</code>\n",
        "{{ site.url }} {{ page.title }} {% include b.html %} {% post_link %}",
        "{% highlight liquid %}\n{% post_link b %}\n{% endhighlight %}\n",
        "{% raw %}{% post_link b %} {{ c }} {% post_link d %}{% endraw %}",
    ] {
        check_further(&post(text), &[]);
    }
}

#[test]
fn front_matter() {
    let text = "---\ntitle: a/b\nimage: /c.png\nthumbnail: \"d.png\"\ncover:\n  image: 'e.png'\n  alt: f/g\nbanner: none\n\
                canonical_url: https://a.example/h\nredirect_to: [/i/, j]\nheader: {teaser: /k.jpg}\naliases: [/l/]\n---\n";
    check_further(
        &post(text),
        &[
            "FrontMatter!|/c.png|/c.png|/c.png",
            "FrontMatter!|\"d.png\"|d.png|d.png",
            "FrontMatter!|'e.png'|e.png|e.png",
            "FrontMatter|https://a.example/h|https://a.example/h|https://a.example/h",
            "FrontMatter|/i/|/i/|/i/",
            "FrontMatter!|/k.jpg|/k.jpg|/k.jpg",
        ],
    );
    let text = "+++\nimage = \"/c.png\"\nimages = ['d.png', \"\"\"e.png\"\"\"]\n[cover]\nimage = \"f.png\"\n+++\n";
    check_further(
        &post(text),
        &[
            "FrontMatter!|\"/c.png\"|/c.png|/c.png",
            "FrontMatter!|'d.png'|d.png|d.png",
            "FrontMatter!|\"f.png\"|f.png|f.png",
        ],
    );
}

#[test]
fn all_links_come_in_order() {
    let post = post("---\nimage: /a.png\n---\n[b](c) {% post_link d %} <img src=e srcset=f>\n");
    let urls: Vec<_> = post.every_link().map(|link| &*link.url).collect();
    assert_eq!(urls, ["/a.png", "c", "{% post_link d %}", "e", "f"]);
}

#[test]
fn size_costs_no_more_than_itself() {
    let repeated = [
        ("{{", 1_000_000),
        ("{% post_link ", 200_000),
        ("{% post_link a %}", 100_000),
        ("[a](b)", 100_000),
        ("[a]({{ b }})", 50_000),
        ("[a]: b\n", 50_000),
        ("![[a.png]]", 50_000),
    ];
    for (piece, times) in repeated {
        std::hint::black_box(post(&piece.repeat(times)));
    }
    let definitions: String = (0..50_000).map(|number| format!("[{number}]: /a\n")).collect();
    assert_eq!(post(&definitions).further_links.len(), 50_000);
    let list = format!("<img srcset=\"{}\">", "a.png 1x, ".repeat(100_000));
    assert_eq!(post(&list).further_links.len(), 100_000);
}
