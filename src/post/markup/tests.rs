//! Elements, attributes, comments and styles: their bytes and what they mean.

use scraper::Selector;

use crate::post::Post;
use crate::post::tests::{post, post_at};

/// Each element as `name|element`.
fn elements(post: &Post) -> Vec<String> {
    post.markup.elements().map(|element| format!("{}|{}", element.name(), post.source.slice(element.span()))).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(elements(&post_at("a.html", text)), expected, "{text}");
}

#[test]
fn extents() {
    check("<p>a<b>c</b></p>d", &["p|<p>a<b>c</b></p>", "b|<b>c</b>"]);
    check("<p>a<p>b</p>c", &["p|<p>a", "p|<p>b</p>"]);
    check("<p>a</i></p>", &["p|<p>a</i></p>"]);
    check("<ul><li>a<li>b</ul>", &["ul|<ul><li>a<li>b</ul>", "li|<li>a", "li|<li>b"]);
    check("<table><tr><td>a</table>", &["table|<table><tr><td>a</table>", "tr|<tr><td>a", "td|<td>a"]);
    check("<div><img src=a><br/></div>", &["div|<div><img src=a><br/></div>", "img|<img src=a>", "br|<br/>"]);
    check("<div></div></p>", &["div|<div></div>"]);
    check("<b>a<p>b</b>c</p>", &["b|<b>a", "p|<p>b</b>c</p>"]);
    check("<script>a<b></script><p>c", &["script|<script>a<b></script>", "p|<p>c"]);
    check("<textarea>a", &[]);
}

#[test]
fn elements_join_over_markdown() {
    let post = post("<div>\n\n> quote <i>q\n> r</i>\n\n</div>\n\nx\n");
    assert_eq!(elements(&post), ["div|<div>\n\n> quote <i>q\n> r</i>\n\n</div>", "i|<i>q\n> r</i>"]);
    let i = post.markup.elements().last().expect("there are two");
    assert_eq!(i.parent().map(|parent| parent.name()), Some("div"));
    assert_eq!(i.ancestors().count(), 1);
}

#[test]
fn attributes() {
    let post = post("<a HREF=\"x&amp;y\" b='c' d=e f g = \"h\" b=i>t</a>");
    let a = post.markup.elements().next().expect("there is one");
    let found: Vec<_> = a
        .attributes()
        .iter()
        .map(|it| {
            (
                &*it.name,
                &*it.value,
                post.source.slice(it.name_span),
                post.source.slice(it.value_span),
                post.source.slice(it.span(&post.source.text)),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("href", "x&y", "HREF", "x&amp;y", "HREF=\"x&amp;y\""),
            ("b", "c", "b", "c", "b='c'"),
            ("d", "e", "d", "e", "d=e"),
            ("f", "", "f", "", "f"),
            ("g", "h", "g", "h", "g = \"h\""),
        ]
    );
    assert_eq!(post.source.slice(a.start_tag()), "<a HREF=\"x&amp;y\" b='c' d=e f g = \"h\" b=i>");
    assert_eq!(a.end_tag().map(|tag| post.source.slice(tag)), Some("</a>"));
    assert_eq!(post.source.slice(a.content()), "t");
}

#[test]
fn template_tags_in_attributes() {
    let post = post("<a href=\"{{ x }}/b\" {% if y %}hidden{% endif %} class={{ z }}>t</a>");
    let a = post.markup.elements().next().expect("there is one");
    let found: Vec<_> = a.attributes().iter().map(|it| (&*it.name, &*it.value)).collect();
    assert_eq!(found, [("href", "{{ x }}/b"), ("class", "{{ z }}")]);
}

#[test]
fn comments() {
    let post = post("a <!-- b\nc --> d\n\n<!--e-->\n\n<?php x ?>\n");
    let found: Vec<_> =
        post.markup.comments().iter().map(|it| (post.source.slice(it.span), post.source.slice(it.content))).collect();
    assert_eq!(found, [("<!-- b\nc -->", " b\nc "), ("<!--e-->", "e")]);
}

#[test]
fn selectors() {
    let post = post("<p class=x>a</p>\n\n`<p class=x>` <b>c</b>\n");
    let selector = Selector::parse("p.x, b").expect("it is a selector");
    let found: Vec<_> = post.markup.select(&selector).map(|element| post.source.slice(element.start_tag())).collect();
    assert_eq!(found, ["<p class=x>", "<b>"]);
}

#[test]
fn hiding() {
    let check = |attributes: &str, expected: Option<(&str, &str)>| {
        let post = post(&format!("<p {attributes}>a</p>"));
        let found = post.markup.elements().next().and_then(|element| element.hiding());
        let found = found.as_ref().map(|hiding| (hiding.declaration.as_str(), post.source.slice(hiding.span)));
        assert_eq!(found, expected, "{attributes}");
    };
    check("style=\"color:red; DISPLAY : None !important;\"", Some(("display:none", "DISPLAY : None !important")));
    check("style='visibility:hidden'", Some(("visibility:hidden", "visibility:hidden")));
    check("style=font-size:0px", Some(("font-size:0px", "font-size:0px")));
    check("style='opacity:0.0'", Some(("opacity:0.0", "opacity:0.0")));
    check("style='text-indent:-9999px'", Some(("text-indent:-9999px", "text-indent:-9999px")));
    check("style='position:absolute;left:-2000px'", Some(("left:-2000px", "left:-2000px")));
    check("hidden", Some(("hidden", "hidden")));
    check("style='left:-2000px'", None);
    check("style='display:none;display:block'", None);
    check("style='font-size:0.5em;opacity:.1'", None);
    check("style='background:url(a;display:none)'", None);
}

#[test]
fn styles() {
    let post = post("<p style=\"color:red;height:1PX\">a</p>");
    let p = post.markup.elements().next().expect("there is one");
    let height = p.style("height", &post.source.text).expect("it is declared");
    assert_eq!((height.value.as_str(), post.source.slice(height.span)), ("1px", "height:1PX"));
    assert!(p.style("width", &post.source.text).is_none());
}

#[test]
fn what_elements_hold() {
    let check = |text: &str, expected: (bool, bool)| {
        let post = post(text);
        let element = post.markup.elements().next().expect("there is one");
        assert_eq!((element.holds_text(), element.holds_media()), expected, "{text}");
    };
    check("<p><br /></p>", (false, false));
    check("<p>&nbsp;</p>", (false, false));
    check("<p><b>a</b></p>", (true, false));
    check("<p><img src=a></p>", (false, true));
    check("<div><script>a</script></div>", (false, false));
    check("<div>\n\n![a](b)\n\n</div>", (true, false));
    check("<div>\n\ntext\n\n</div>", (true, false));
}
