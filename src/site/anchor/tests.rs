//! Holds each engine against the ids that the engine itself made: the tables in `tests/anchors`, which `rebuild.sh` there writes.

use super::*;

/// The pages that every engine read.
const PAGES: [(&str, &str); 5] = [
    ("headings", include_str!("../../../tests/anchors/headings.md")),
    ("repeated", include_str!("../../../tests/anchors/repeated.md")),
    ("explicit", include_str!("../../../tests/anchors/explicit.md")),
    ("reserved", include_str!("../../../tests/anchors/reserved.md")),
    ("lines", include_str!("../../../tests/anchors/lines.md")),
];

macro_rules! tables {
    ($($test:ident: $engine:ident, $version:literal, $file:literal;)*) => {$(
        #[test]
        fn $test() {
            let ids = || Ids::versions(Engine::$engine).swap_remove($version);
            hold(Engine::$engine, &ids, include_str!(concat!("../../../tests/anchors/", $file, ".tsv")));
        }
    )*};
}

tables! {
    github_slugger: GitHub, 0, "github";
    docusaurus: Docusaurus, 0, "docusaurus";
    astro: Astro, 0, "astro";
    astro_5: Astro, 1, "astro-5";
    kramdown_gfm: KramdownGfm, 0, "kramdown-gfm";
    kramdown_native: Kramdown, 0, "kramdown";
    hugo_github: HugoGitHub, 0, "hugo-github";
    hugo_ascii: HugoAscii, 0, "hugo-github-ascii";
    hugo_blackfriday: HugoBlackfriday, 0, "hugo-blackfriday";
    former_hugo_github: HugoGitHub, 1, "hugo-former-github";
    former_hugo_ascii: HugoAscii, 1, "hugo-former-github-ascii";
    former_hugo_blackfriday: HugoBlackfriday, 1, "hugo-former-blackfriday";
    zola_on: ZolaOn, 0, "zola-on";
    zola_safe: ZolaSafe, 0, "zola-safe";
    hexo: Hexo, 0, "hexo";
    hexo_lower: HexoLower, 0, "hexo-lower";
    hexo_upper: HexoUpper, 0, "hexo-upper";
    vitepress: VitePress, 0, "vitepress";
    python_markdown: PythonMarkdown, 0, "python-markdown";
    python_markdown_unicode: PythonMarkdownUnicode, 0, "python-markdown-unicode";
}

/// Makes the ids of each page of a table and lists those that are not the engine's.
fn hold(engine: Engine, ids: &dyn Fn() -> Ids, table: &str) {
    let mut wrong = vec![];
    for page in format!("\n{table}").split("\n# ").skip(1) {
        let (name, rows) = page.split_once('\n').expect("a name");
        let (_, source) = PAGES.iter().find(|(page, _)| *page == name).expect("a page of ours");
        let raws = headings(source);
        let headings: Vec<Heading<'_>> = raws.iter().map(|raw| Heading::read(engine, raw, &|label| label == "1")).collect();
        let mut ids = ids();
        headings.iter().filter_map(|heading| heading.id).for_each(|id| ids.reserve(id));
        let rows: Vec<&str> = rows.lines().collect();
        assert_eq!(rows.len(), raws.len(), "{name}: rebuild.sh was not run since the page changed");
        for ((row, raw), heading) in rows.into_iter().zip(&raws).zip(&headings) {
            let (expected, shown) = row.split_once('\t').expect("id and heading");
            assert_eq!(shown, raw.replace('\n', "\\n"), "{name}: rebuild.sh was not run since the page changed");
            let made = ids.next(heading).unwrap_or_default();
            if made != expected {
                wrong.push(format!("{name}: {raw:?} has `{expected}`, not `{made}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{engine:?}:\n{}", wrong.join("\n"));
}

/// The source of each heading of a page.
fn headings(page: &str) -> Vec<&str> {
    let paragraphs = page.split("\n\n").map(|paragraph| paragraph.trim_end_matches('\n'));
    paragraphs.filter_map(|text| text.strip_prefix("## ").or_else(|| text.strip_suffix("\n---"))).collect()
}

#[test]
fn fragments_and_ids() {
    let table = [
        ("a", "a", true),
        ("a", "A", false),
        ("%E4%B8%AD", "中", true),
        ("中", "%e4%b8%ad", true),
        ("cafe\u{301}", "café", true),
        ("caf%C3%A9", "cafe\u{301}", true),
        ("100%", "100%", true),
        ("%FF", "%FF", true),
        ("%FF", "\u{fffd}", false),
        ("a+b", "a b", false),
        ("", "a", false),
    ];
    for (fragment, id, expected) in table {
        assert_eq!(same(fragment, id), expected, "#{fragment} {id}");
    }
}

#[test]
fn lines_of_attributes() {
    // Held against kramdown 2.4: a heading, this line behind it.
    let table = [
        ("{: #a}", Some("a")),
        ("{:#a}", Some("a")),
        ("{: .c #a-b }", Some("a-b")),
        ("{:.c#a}", Some("a")),
        ("{: #a #b}", Some("b")),
        ("{: .c}", None),
        ("{:: comment}", None),
        ("{:/}", None),
        ("{: x=\"#a\"}", None),
        ("{#a}", None),
        ("", None),
    ];
    for (line, id) in table {
        assert_eq!(attribute_line(line), id, "{line}");
    }
}

#[test]
fn any_text_has_an_id_or_none() {
    let hostile = ["{#", "}", "{#}", "\\", "&", "&amp", "<", "<!--", "`", "](", "![", "\u{0}", "\n\n---\n", "\r", "# #", "```", "%"];
    for engine in ENGINES {
        let mut ids = Ids::new(engine);
        for first in hostile {
            for second in hostile {
                let raw = format!("{first}é{second}");
                let made = ids.next(&Heading::read(engine, &raw, &|_| true));
                assert!(made.is_none_or(|id| !id.is_empty()), "{engine:?} {raw:?}");
            }
        }
    }
}

#[test]
fn ids_take_linear_time() {
    let long = ["[", "![", "{", "{a=\"", "<", "<a ", "`", "*a ", "_", "--", ":a", "a@", "'", "&", " {", "[a](", "http://a."];
    for engine in ENGINES {
        for part in long {
            let raw = part.repeat(20_000);
            let t = std::time::Instant::now();
            Heading::read(engine, &raw, &|_| true);
            let u = t.elapsed();
            Ids::versions(engine).iter_mut().for_each(|ids| _ = ids.next(&Heading::read(engine, &raw, &|_| true)));
            if t.elapsed().as_millis() > 100 { eprintln!("{engine:?} {part} read {u:?} all {:?}", t.elapsed()); }
        }
        let mut ids = Ids::new(engine);
        for raw in ["a", "a_1", "！"] {
            let heading = Heading::read(engine, raw, &|_| false);
            (0..20_000).for_each(|_| _ = ids.next(&heading));
        }
    }
}

const ENGINES: [Engine; 18] = [
    Engine::GitHub,
    Engine::Docusaurus,
    Engine::Astro,
    Engine::KramdownGfm,
    Engine::Kramdown,
    Engine::HugoGitHub,
    Engine::HugoAscii,
    Engine::HugoBlackfriday,
    Engine::ZolaOn,
    Engine::ZolaSafe,
    Engine::Hexo,
    Engine::HexoLower,
    Engine::HexoUpper,
    Engine::VitePress,
    Engine::PythonMarkdown,
    Engine::PythonMarkdownUnicode,
    Engine::Written,
    Engine::Unknown,
];
