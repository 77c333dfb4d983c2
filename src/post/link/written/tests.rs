//! Addresses as people write them, and what they say.

use super::*;

/// `text`, with `B` and `O` before it for base path and origin.
fn render(written: Written<'_>) -> String {
    match written {
        Written::Address { text, says_base, says_origin } => {
            format!("{}{}{text}", if says_origin { "O" } else { "" }, if says_base { "B" } else { "" })
        }
        other => format!("{other:?}"),
    }
}

fn check(kind: LinkKind, cases: &[(&str, &str)]) {
    for (url, expected) in cases {
        assert_eq!(render(Written::of(kind, url)), *expected, "{url}");
    }
}

#[test]
fn plain_addresses() {
    check(
        LinkKind::Inline,
        &[
            ("", ""),
            ("/a/?b=c#d", "/a/?b=c#d"),
            ("https://a.example/%7B%7B", "https://a.example/%7B%7B"),
            ("/a/{id}/", "/a/{id}/"),
            ("@/posts/a.md", "Source { path: \"posts/a.md\", rest: \"\" }"),
            ("@site/docs/a.md#b", "Source { path: \"docs/a.md\", rest: \"#b\" }"),
            ("@/posts/a.md#b", "Source { path: \"posts/a.md\", rest: \"#b\" }"),
            ("@sites/a.md", "@sites/a.md"),
            ("{useBaseUrl('/a')}", "Template"),
            ("/a/${b}", "Template"),
        ],
    );
}

#[test]
fn base_and_origin() {
    check(
        LinkKind::Inline,
        &[
            ("{{ site.baseurl }}/a/", "B/a/"),
            ("{{site.baseurl}}/a/#b", "B/a/#b"),
            ("{{- site.baseurl -}}/a/", "B/a/"),
            ("{{ site.baseurl }}", "B"),
            ("{{ site.url }}/a", "O/a"),
            ("{{ site.url }}{{ site.baseurl }}/a/", "OB/a/"),
            ("{{ site.github.url }}/a/", "OB/a/"),
            ("{{ '/a' | relative_url }}", "B/a"),
            ("{{ \"/a\" | absolute_url }}", "OB/a"),
            ("{{\"a\"|relative_url}}", "B/a"),
            ("{{ '' | relative_url }}", "B"),
            ("{{ 'https://a.example/' | relative_url }}", "https://a.example/"),
            ("{{ '/a' | relative_url }}#b", "B/a#b"),
            ("{{ \"/a\" | prepend: site.baseurl }}", "B/a"),
            ("{{ \"/a\" | prepend:site.baseurl | prepend: site.url }}", "OB/a"),
            ("{{ '/a' | prepend: site.baseurl | replace: '//', '/' }}", "B/a"),
            ("{{ site.baseurl | append: '/a' }}", "B/a"),
            ("{{ site.url | append: site.baseurl | append: '/a|b' | escape }}", "OB/a|b"),
            ("{{ '/a' | url }}", "B/a"),
            ("{{ 'a' | url }}", "a"),
            ("{{ '/a' }}/b", "/a/b"),
        ],
    );
}

#[test]
fn posts_and_sources() {
    let post = "Post { name: \"2024-05-06-sea\", rest: \"\" }";
    check(
        LinkKind::Inline,
        &[
            ("{% post_url 2024-05-06-sea %}", post),
            ("{%post_url 2024-05-06-sea%}", post),
            ("{%- post_url  2024-05-06-sea -%}", post),
            ("{{ site.baseurl }}{% post_url 2024-05-06-sea %}", post),
            ("{{ site.url }}{{ site.baseurl }}{% post_url 2024-05-06-sea %}", post),
            ("{% post_url 2024-05-06-sea %}#b", "Post { name: \"2024-05-06-sea\", rest: \"#b\" }"),
            ("{% post_url en/2024-05-06-sea %}", "Post { name: \"en/2024-05-06-sea\", rest: \"\" }"),
            ("{% post_url 2024-05-06-sea %}#{{ b }}", post),
            ("{% link _posts/2024-05-06-sea.md %}", "Source { path: \"_posts/2024-05-06-sea.md\", rest: \"\" }"),
            ("{% link a b.pdf %}#p", "Source { path: \"a b.pdf\", rest: \"#p\" }"),
            ("{% link {{ page.next }} %}", "Template"),
            ("{% post_url %}", "Template"),
        ],
    );
}

#[test]
fn pages_of_hugo() {
    check(
        LinkKind::Inline,
        &[
            ("{{< ref \"a.md\" >}}", "Page { name: \"a.md\", rest: \"\" }"),
            ("{{< ref a.md >}}", "Page { name: \"a.md\", rest: \"\" }"),
            ("{{<ref \"a.md#b\">}}", "Page { name: \"a.md\", rest: \"#b\" }"),
            ("{{< ref \"#b\" >}}", "Page { name: \"\", rest: \"#b\" }"),
            ("{{< relref path=\"a.md\" lang=\"en\" >}}", "Page { name: \"a.md\", rest: \"\" }"),
            ("{{< ref lang=en path=`/a` >}}#b", "Page { name: \"/a\", rest: \"#b\" }"),
            ("{{% relref \"a\" %}}", "Page { name: \"a\", rest: \"\" }"),
            ("{{%relref \"a\"%}}?b", "Page { name: \"a\", rest: \"?b\" }"),
            ("{{< ref >}}", "Template"),
            ("{{< ref lang=en >}}", "Template"),
            ("{{</* ref \"a\" */>}}", "Template"),
            ("{{< other \"a\" >}}", "Template"),
        ],
    );
}

#[test]
fn posts_and_assets_of_hexo() {
    check(
        LinkKind::Tag,
        &[
            ("{% post_link sea %}", "Slug { name: \"sea\" }"),
            ("{% post_link \"The sea\" 'read it' false %}", "Slug { name: \"The sea\" }"),
            ("{% post_path sea %}", "Slug { name: \"sea\" }"),
            ("{% asset_path a.png %}", "Asset { name: \"a.png\" }"),
            ("{% asset_link a.pdf \"The paper\" %}", "Asset { name: \"a.pdf\" }"),
            ("{% asset_img a.png %}", "Asset { name: \"a.png\" }"),
            ("{% asset_img right wide \"a b.png\" 300 'A sea' %}", "Asset { name: \"a b.png\" }"),
            ("{% asset_img a %}", "Asset { name: \"a\" }"),
            ("{% post_link %}", "Template"),
        ],
    );
}

#[test]
fn wiki_pages() {
    check(
        LinkKind::Wiki,
        &[
            ("The sea", "Wiki { name: \"The sea\", heading: None }"),
            ("The sea#Tides", "Wiki { name: \"The sea\", heading: Some(\"Tides\") }"),
            ("#Tides", "Wiki { name: \"\", heading: Some(\"Tides\") }"),
        ],
    );
}

#[test]
fn what_nobody_can_tell() {
    check(
        LinkKind::Inline,
        &[
            ("{{ page.url }}", "Template"),
            ("{{ page.url | relative_url }}", "Template"),
            ("{{ url_for('/a') }}", "Template"),
            ("{{ site.baseurl }}{{ page.url }}", "Template"),
            ("{{ site.baseurl }}/{{ page.slug }}/", "Template"),
            ("https://a.example{{ page.url }}", "Template"),
            ("http://{{ host }}/a", "Template"),
            ("/a{{ site.baseurl }}", "Template"),
            ("{{ site.baseurl }}{{ '/a' | relative_url }}", "Template"),
            ("{{ '/a' | slugify }}", "Template"),
            ("{{ 'a", "Template"),
            ("{{ 'a }}", "Template"),
            ("{{}}", "Template"),
            ("{% if a %}/b{% endif %}", "Template"),
        ],
    );
}

#[test]
fn tags_behind_the_path_leave_it_known() {
    check(
        LinkKind::Inline,
        &[
            ("/a/?b={{ page.c }}", "/a/"),
            ("{{ site.baseurl }}/a/#{{ page.c }}", "B/a/"),
            ("https://a.example/?u={{ page.url }}&v=1", "https://a.example/"),
        ],
    );
}

#[test]
fn a_million_braces_take_no_time() {
    for piece in ["{{", "{%", "{{ '", "{", "{{ 'a' }}", "{{ 'a' | ", "{{ site.baseurl }}"] {
        let url = piece.repeat(1_000_000);
        std::hint::black_box(Written::of(LinkKind::Inline, &url));
    }
}
