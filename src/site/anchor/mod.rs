//! How headings get their anchors: the algorithm of each engine. Knows no Markdown: a heading is what its engine makes an id of.

/// A program that makes anchors of headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// github-slugger, and GitHub itself.
    GitHub,
    /// Docusaurus: github-slugger, with `{#id}` in the heading.
    Docusaurus,
    /// Astro 5: github-slugger without one hyphen at the end.
    Astro,
    /// kramdown with `input: GFM`, as Jekyll uses it.
    KramdownGfm,
    /// kramdown by itself.
    Kramdown,
    /// Hugo's `autoHeadingIDType: github`.
    HugoGitHub,
    /// Hugo's `github-ascii`.
    HugoAscii,
    /// Hugo's `blackfriday`.
    HugoBlackfriday,
    /// Zola's `slugify.anchors: on`.
    ZolaOn,
    /// Zola's `slugify.anchors: safe` and `off`.
    ZolaSafe,
    /// hexo-renderer-marked, with the case kept.
    Hexo,
    /// The same with `modifyAnchors: 1`.
    HexoLower,
    /// The same with `modifyAnchors: 2`.
    HexoUpper,
    /// VitePress.
    VitePress,
    /// Python-Markdown's `toc` (MkDocs).
    PythonMarkdown,
    /// The same with `slugify_unicode`.
    PythonMarkdownUnicode,
    /// Headings get no anchors but those that are written (Eleventy).
    Written,
    /// Not known: any anchor may exist.
    Unknown,
}
