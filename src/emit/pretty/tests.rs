//! Screens as people see them, and what holds for every screen.

use std::sync::Arc;

use proptest::prelude::*;
use unicode_width::UnicodeWidthChar;

use super::super::specimen::{Saying, Specimen, warn};
use super::super::{Format, Options};
use crate::diagnostic::{Level, Notice};
use crate::source::Span;

const NARROW: Options = Options { width: 40, ..Options::PLAIN };
const ASCII: Options = Options { ascii: true, ..Options::PLAIN };
const COLOR: Options = Options { color: true, ..Options::PLAIN };

/// Compares the screen, but for its last two lines (one empty, one that sums up), with what is expected.
#[track_caller]
fn screen(specimen: &Specimen, options: Options, expected: &str) {
    let screen = specimen.emit(Format::Pretty, options);
    let (body, _) = screen.trim_end().rsplit_once('\n').expect("more than one line");
    assert_eq!(body.trim_end(), expected.trim_matches('\n'), "\n{screen}");
}

fn one(path: &str, marked: &str, saying: Saying) -> Specimen {
    Specimen::new(&[(path, marked)]).with(saying)
}

const EMPTY_ELEMENT: &str = "---\ntitle: x\n---\n\n\n\n\n\
    «<p style=\"display:none;height:1px;overflow:hidden;\"><br /></p>»<!-- EM_StockImg_End --> and so on\n";

#[test]
fn a_clipped_line() {
    let specimen = one("_posts/a.md", EMPTY_ELEMENT, warn(0, "empty `<p>` hidden by `display:none`"));
    let expected = r#"
warn[sample]: empty `<p>` hidden by `display:none`
   ╭─[ _posts/a.md:8:1 ]
 8 │ <p style="display:none;height:1px;overflow:hidden;"><br /></p><!-- EM_Sto…
   │ ──────────────────────────────────────────────────────────────
   │ help: mend it
───╯"#;
    screen(&specimen, Options::PLAIN, expected);
}

#[test]
fn at_40_columns() {
    let mut specimen = one("_posts/a.md", EMPTY_ELEMENT, warn(0, "empty `<p>` hidden by `display:none`").label("here"));
    specimen.why =
        "Editors leave such elements behind, e.g. 读者看不见它们的编辑器。\nThe rest is for those who ask.\n"
            .to_owned();
    let expected = r#"
warn[sample]: empty `<p>` hidden by
    `display:none`
   ╭─[ _posts/a.md:8:1 ]
 8 │ <p style="display:none;height:1px…
   │ ┬─────────────────────────────────
   │ ╰── here
   │ help: mend it
   │ note: Editors leave such elements
   │       behind, e.g. 读者看不见它们的
   │       编辑器。
───╯"#;
    screen(&specimen, NARROW, expected);
}

#[test]
fn chinese_in_two_files() {
    let files = [("a.md", "首行\n邮储银行 bank «粗体» éx\n"), ("目录/b.md", "第二行 «duplicate 段落»\n")];
    let saying = warn(0, "duplicate").level(Level::Error).label("本文").related(1, "same text in this post");
    let expected = r"
error[sample]: duplicate
   ╭─[ a.md:2:11 ]
 2 │ 邮储银行 bank 粗体 éx
   │               ──┬─
   │                 ╰─── 本文
   ├─[ 目录/b.md:1:5 ]
 1 │ 第二行 duplicate 段落
   │        ──────┬───────
   │              ╰───────── same text in this post
   │ help: mend it
───╯";
    screen(&Specimen::new(&files).with(saying), Options::PLAIN, expected);
}

#[test]
fn with_ascii_alone() {
    let saying = warn(0, "bad\nthing").label("this").level(Level::Info);
    let expected = r"
info[sample]: bad\nthing
   ,-[ a.md:1:3 ]
 1 | x marked^[ y
   |   ^^^^|^^^
   |       `----- this
   | help: mend it
---'";
    screen(&one("a.md", "x «marked\x1b» y", saying), ASCII, expected);
}

#[test]
fn a_hostile_post() {
    let specimen =
        one("a\x1b]0;x\x07.md", "\u{202e}«gpj\x1b[31m»\x07\u{200b}", warn(0, "`\x1b[2J\u{2066}`").label("\x08"));
    let expected = r"
warn[sample]: `␛[2J<U+2066>`
   ╭─[ a␛]0;x␇.md:1:2 ]
 1 │ <U+202E>gpj␛[31m␇<U+200B>
   │         ────┬───
   │             ╰───── ␈
   │ help: mend it
───╯";
    screen(&specimen, Options::PLAIN, expected);
}

#[test]
fn further_places() {
    let saying = warn(0, "again").also(3..5).also(6..8).also(12..14).related(1, "there").related(2, "and there");
    let files = [("a.md", "«ab» ab ab\n\n\nab"), ("b.md", "1\n«2»"), ("b.md", "x\n\n\n\n\n\n\n\n\n«ten»")];
    let mut specimen = Specimen::new(&files);
    specimen.sources.remove(1);
    let expected = r"
warn[sample]: again (and 1 more)
    ╭─[ a.md:1:1 ]
  1 │ ab ab ab
    │ ── ── ──
    ├─[ b.md:2:1 ]
  2 │
    │ ┬
    │ ╰── there
    ┆
 10 │ ten
    │ ─┬─
    │  ╰─── and there
    │ help: mend it
────╯";
    screen(&specimen.with(saying), Options::PLAIN, expected);
}

#[test]
fn labels_without_room_on_the_right() {
    let saying = warn(0, "open").label("a delimiter belongs here");
    let expected = r"
warn[sample]: open
   ╭─[ a.md:1:27 ]
 1 │ abcdefghijklmnopqrstuvwxyz
   │                           ┬
   │ a delimiter belongs here ─╯
   │ help: mend it
───╯";
    screen(&one("a.md", "abcdefghijklmnopqrstuvwxyz«»", saying), NARROW, expected);
    let saying = warn(0, "open").label("a delimiter belongs here, and nowhere else");
    let expected = r"
warn[sample]: open
   ╭─[ a.md:1:27 ]
 1 │ abcdefghijklmnopqrstuvwxyz
   │                           ─
   │ a delimiter belongs here, and
   │ nowhere else
   │ help: mend it
───╯";
    screen(&one("a.md", "abcdefghijklmnopqrstuvwxyz«»", saying), NARROW, expected);
}

#[test]
fn two_labels_in_one_line() {
    let mut specimen = Specimen::new(&[("a.md", "«title»: x, title: y"), ("a.md", "title: x, «title»: y")]);
    specimen.sources.truncate(1);
    let saying = warn(0, "twice").label("first").related(1, "second");
    let expected = r"
warn[sample]: twice
   ╭─[ a.md:1:1 ]
 1 │ title: x, title: y
   │ ──┬──     ──┬──
   │   ╰────────────── first
   │             │
   │             ╰──── second
   │ help: mend it
───╯";
    screen(&specimen.with(saying), Options::PLAIN, expected);
}

#[test]
fn a_line_of_nine_kilobytes() {
    let marked = format!("{}«现代金融»{}", "人民生活<br>".repeat(300), "微观个体".repeat(400));
    let expected = r"
warn[sample]: phrase
   ╭─[ a.md:1:2401 ]
 1 │ …人民生活<br>现代金融微观个体微观…
   │              ────────
   │ help: mend it
───╯";
    screen(&one("a.md", &marked, warn(0, "phrase")), NARROW, expected);
}

#[test]
fn the_reason_is_told_once_and_the_last_line_sums_up() {
    let mut specimen = one("a.md", "«x»", warn(0, "one"))
        .with(warn(0, "two"))
        .with(warn(0, "three").suppressed("baseline"))
        .with(warn(0, "four").level(Level::Error))
        .failing("b.md", "cannot be read");
    specimen.why = "Because.".to_owned();
    let screen = specimen.emit(Format::Pretty, Options::PLAIN);
    assert_eq!(screen.matches("note: Because.").count(), 1);
    assert!(!screen.contains("three"));
    let end = "\nerror: b.md: cannot be read\n  help: look for it\n\n\
        1 post: 1 error, 2 warnings, 1 failure, 1 suppressed in 0.02 s\n";
    assert!(screen.ends_with(end), "{screen}");
    assert_eq!(Specimen::new(&[]).emit(Format::Pretty, Options::PLAIN), "0 posts: no problems found in 0.02 s\n");
}

#[test]
fn a_post_that_is_gone_is_still_named() {
    let mut specimen = one("a.md", "«x»", warn(0, "one").also(0..1));
    specimen.sources.clear();
    let expected = "warn[sample]: one (and 1 more)\n   ╭─[ a.md ]\n   │ help: mend it\n───╯";
    screen(&specimen, Options::PLAIN, expected);
}

#[test]
fn colours_change_only_where_they_must() {
    let screen = one("a.md", "x «ab» y", warn(0, "bad")).emit(Format::Pretty, COLOR);
    assert!(screen.starts_with("\x1b[33mwarn[sample]:\x1b[0m \x1b[1mbad\x1b[0m\n"), "{screen:?}");
    assert!(screen.contains("│\x1b[0m x \x1b[33mab\x1b[0m y\n"), "{screen:?}");
    assert_eq!(plain(&screen), one("a.md", "x «ab» y", warn(0, "bad")).emit(Format::Pretty, Options::PLAIN));
}

#[test]
fn notices_show_the_user_their_own_file() {
    let mut notice = Notice {
        message: "unknown key `tilte`".to_owned(),
        help: Some("did you mean `title`?".to_owned()),
        path: Arc::from("copydesk.yaml"),
        text: Arc::from("lints:\n  tilte: x\n"),
        span: Span::new(9, 14),
    };
    let shown = |notice: &Notice| {
        let mut out = Vec::new();
        super::notice(notice, Options::PLAIN, &mut out).expect("a vector takes all that is written");
        String::from_utf8(out).expect("reports are UTF-8")
    };
    let expected = "error: unknown key `tilte`\n   ╭─[ copydesk.yaml:2:3 ]\n 2 │   tilte: x\n   │   ─────\n   \
        │ help: did you mean `title`?\n───╯\n";
    assert_eq!(shown(&notice), expected);
    notice.text = Arc::from("");
    notice.help = None;
    assert_eq!(shown(&notice), "error: unknown key `tilte`\n   ╭─[ copydesk.yaml ]\n───╯\n");
}

/// The screen without its SGR sequences; anything else that begins with ESC stays.
fn plain(screen: &str) -> String {
    let sequence = regex::Regex::new("\x1b\\[[0-9;]*m").expect("a valid pattern");
    sequence.replace_all(screen, "").into_owned()
}

fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().expect("no control character")).sum()
}

/// Any text, most of it made of what is hard to show.
fn hard_text() -> impl Strategy<Value = String> {
    let hard = prop::sample::select(vec![
        "a",
        "b ",
        "中",
        "文",
        "，",
        "\u{3000}",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\x1b[31m",
        "\x07",
        "\u{85}",
        "\u{2028}",
        "\u{202e}",
        "\u{200b}",
        "e\u{301}",
        "\u{301}\u{301}\u{301}",
        "👍",
        "❤\u{fe0f}",
        "\u{e000}",
        "\u{feff}",
        "word word",
        "\u{f0000}",
    ]);
    let part = prop_oneof![8 => hard.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(part, 0..80).prop_map(|parts| parts.concat())
}

fn spans() -> impl Strategy<Value = Span> {
    (0..200_u32, 0..60_u32).prop_map(|(start, length)| Span { start, end: start + length })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_screen_is_harmless_and_fits(
        texts in (hard_text(), hard_text()),
        words in (hard_text(), hard_text(), hard_text()),
        places in (spans(), spans(), spans(), prop::collection::vec(spans(), 0..4)),
        look in (20..100_usize, any::<bool>(), any::<bool>()),
    ) {
        let mut specimen = Specimen::new(&[("a.md", ""), ("b.md", ""), ("a.md", "")]);
        specimen.sources = vec![
            crate::source::Source::from_text("a.md", &texts.0),
            crate::source::Source::from_text("b.md", &texts.1),
        ];
        for (place, span) in specimen.places.iter_mut().zip([places.0, places.1, places.2]) {
            place.span = span;
        }
        specimen.why.clone_from(&words.2);
        let mut saying = warn(0, &words.0).label(&words.1).related(1, &words.2).related(2, &words.0);
        for span in places.3 {
            saying = saying.also(span.range());
        }
        let (columns, color, ascii) = look;
        let screen = specimen.with(saying).emit(Format::Pretty, Options { color, ascii, width: columns, summary: true });
        let screen = if color { plain(&screen) } else { screen };
        for line in screen.lines() {
            let harmful = |c: char| c.is_control() || "\u{202e}\u{2028}\u{200b}\u{e000}".contains(c);
            prop_assert!(!line.contains(harmful), "{line:?}");
            prop_assert!(width(line) <= columns.max(32), "{} > {columns}: {line:?}\n{screen}", width(line));
        }
    }

    #[test]
    fn underlines_stand_below_what_they_mark(
        before in "[a中é，\u{3000}e\u{301}b👍 ]{0,12}",
        marked in "[x中é，y👍]{1,12}",
        after in "[a中é，\u{3000}b👍 ]{0,12}",
    ) {
        let specimen = one("a.md", &format!("{before}«{marked}»{after}"), warn(0, "m"));
        let screen = specimen.emit(Format::Pretty, Options::PLAIN);
        let underline = screen.lines().nth(3).and_then(|line| line.strip_prefix("   │ ")).expect("an underline");
        let lead = underline.chars().take_while(|c| *c == ' ').count();
        prop_assert_eq!(lead, width(&before), "{}", screen);
        prop_assert_eq!(underline.chars().count() - lead, width(&marked), "{}", screen);
    }
}
