//! Addresses cut, parameters cut, links that lack something. Whole lints are tried by the examples in their records.

use super::address::{Address, Scheme};
use super::query::{Query, Value};
use super::*;
use crate::site::plain::PLAIN;
use crate::site::{Role, Site};
use crate::source::Source;
use jiff::Timestamp;

fn context() -> Context {
    Context { site: Site::of(&PLAIN), now: Timestamp::UNIX_EPOCH, demands: super::super::Demands::default() }
}

/// The bytes that a spec marks in a post, each with its placeholders.
fn hits(spec: &str, text: &str) -> Vec<(String, Vec<String>)> {
    let spec: Spec = serde_yaml::from_str(spec).expect("a spec");
    let matcher = spec.build(&context()).unwrap_or_else(|error| panic!("{error:?}"));
    let post = Post::parse(Source::from_text("a.md", text), &Site::of(&PLAIN), Role::Post);
    let mut hits = vec![];
    let Matcher::Post(matcher) = matcher else { panic!("it looks at one post") };
    matcher.hits(&post, &mut hits);
    hits.iter()
        .map(|hit| {
            let vars = hit.vars.iter().map(|(key, value)| format!("{key}={value}")).collect();
            (post.source.slice(hit.span).to_owned(), vars)
        })
        .collect()
}

/// The marked bytes alone.
fn marks(spec: &str, text: &str) -> Vec<String> {
    hits(spec, text).into_iter().map(|(mark, _)| mark).collect()
}

#[test]
fn addresses_are_cut() {
    let check = |url: &str, scheme: Option<Scheme>, host: Option<&str>| {
        assert_eq!(Address::of(url), Address { scheme, host }, "{url}");
    };
    check("HTTP://a.b/c", Some(Scheme::Http), Some("a.b"));
    check("https://me:word@a.b:80?x=@c", Some(Scheme::Https), Some("a.b"));
    check("https://[::1]:80/x", Some(Scheme::Https), Some("[::1]"));
    check("https://[::1", Some(Scheme::Https), Some("[::1"));
    check("https://例子.中国/路", Some(Scheme::Https), Some("例子.中国"));
    check("//a.b", Some(Scheme::ProtocolRelative), Some("a.b"));
    check("//server/folder", None, None);
    check("https://{{ x }}.b/", Some(Scheme::Https), None);
    check("www.a.b", Some(Scheme::Missing), Some("www.a.b"));
    check("a.com:80/x", Some(Scheme::Missing), Some("a.com"));
    check("https://", Some(Scheme::Https), None);
    for path in ["a.md", "mailto:x@a.com", "x@a.com", "mail:a.com", "a/b.com", ".com", "", "#a.com", "www.", "x.:a.com"]
    {
        check(path, None, None);
    }
}

#[test]
fn hosts_are_compared_by_labels() {
    let below = |url: &str, host: &str| Address::of(url).is_below(&[host.to_owned()]);
    assert!(below("https://a.B.cn/", "b.cn"));
    assert!(below("https://b.cn.", "b.cn"));
    assert!(!below("https://ab.cn/", "b.cn"));
    assert!(!below("https://cn/", "b.cn"));
    assert!(!below("https://x.org/b.cn", "b.cn"));
}

#[test]
fn neighbouring_parameters_make_one_hit() {
    let spec = "query: {keys: ['u_*', t]}";
    assert_eq!(marks(spec, "[a](x?u_a=1&u_b=2&c=3&T=4#t=5)"), ["u_a=1&u_b=2", "T=4#t=5"]);
    assert_eq!(marks(spec, "<a href='x?c&amp;u_a=1&amp;t'>x</a>"), ["u_a=1&amp;t"]);
    assert_eq!(marks(spec, "[a](x/u_a=1) [b](?) [c](?&&=&) [d](?u_)"), ["u_"]);
    assert_eq!(
        hits(spec, "[a](x?u_a=12345678&t)")[0].1,
        ["key=u_a`, `t", "value=123456…", "url=x?u_a=12345678&t", "host="]
    );
}

#[test]
fn values_are_judged_by_length_letters_and_entropy() {
    let spec = "query: {keys: [k], value: {min-chars: 8, alphabet: random, min-entropy: 2.5, unless: ['^no']}}";
    let is_marked = |value: &str| !marks(spec, &format!("[a](x?k={value})")).is_empty();
    assert!(is_marked("a1b2c3d4"));
    assert!(!is_marked("a1b2c3d"), "too short");
    assert!(!is_marked("abcdefgh"), "no digit");
    assert!(!is_marked("12345678"), "no letter");
    assert!(!is_marked("a1a1a1a1"), "one bit for each character");
    assert!(!is_marked("a1b2:3d4"), "not of the alphabet");
    assert!(!is_marked("no1b2c3d4"), "left out");
}

#[test]
fn start_tags_end_at_their_own_bracket() {
    assert_eq!(
        marks("target: empty", "<p><a title='x > y' href='' rel=\"a>b\">long <b>text</b></a></p>"),
        ["<a title='x > y' href='' rel=\"a>b\">"]
    );
    assert_eq!(marks("target: empty", "<p><a href=>text</a></p>"), ["<a href=>"]);
    assert_eq!(marks("text: empty", "<p><a href='x>y'></a> <a href=z>.</a></p>"), ["<a href='x>y'>"]);
}

#[test]
fn filled_in_later() {
    for tag in ["data-src='a'", "srcset='a 2x'", ":src='a'", "onclick='go()'"] {
        assert_eq!(marks("target: empty", &format!("<p><img src='' {tag}></p>")), Vec::<String>::new(), "{tag}");
    }
}

#[test]
fn specs_that_ask_nothing_are_refused() {
    for spec in ["{}", "kinds: [inline]", "image: true", "except-hosts: [a.b]", "query: {keys: []}"] {
        let spec: Spec = serde_yaml::from_str(spec).expect("a spec");
        assert!(spec.build(&context()).is_err(), "{spec:?}");
    }
    let pattern = crate::spanned::de::Located { value: "(".to_owned(), span: Span::new(3, 4), layer: 0 };
    let value = Value { unless: vec![pattern], ..Value::default() };
    let query = Query { keys: vec!["k".into()], value: Some(value) };
    let spec = Spec { query: Some(query), ..Spec::default() };
    assert_eq!(spec.build(&context()).err().and_then(|error| error.at), Some((Span::new(3, 4), 0)));
}

#[test]
fn further_addresses_are_asked_for_by_name() {
    let text = "---\nimage: http://a.cn/1\n---\n[b](http://a.cn/2) <img src=c srcset=\"http://a.cn/3 2x\">\n\n[d]: http://a.cn/4\n";
    let check = |kinds: &str, expected: &[&str]| {
        assert_eq!(marks(&format!("hosts: [a.cn]\nkinds: [{kinds}]"), text), expected, "{kinds}");
    };
    check("", &["http://a.cn/2"]);
    check("html", &[]);
    check("front-matter", &["http://a.cn/1"]);
    check("attribute, definition", &["http://a.cn/3", "http://a.cn/4"]);
}
