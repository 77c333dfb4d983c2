//! Words, shingles and sketches of texts in many scripts; expected values follow from docs/fingerprint.md.

use super::*;

fn all(_: usize) -> bool {
    true
}

fn of(text: &str) -> String {
    Words::of_plain(text).text
}

/// The tokens of a text, numbers with a `#` before them.
fn tokens(text: &str) -> Vec<String> {
    let words = Words::of_plain(text);
    let token = |(at, token): (usize, &Token)| {
        let mark = if token.kind == TokenKind::Number { "#" } else { "" };
        format!("{mark}{}", words.str(at..at + 1))
    };
    words.tokens.iter().enumerate().map(token).collect()
}

#[test]
fn the_normal_form_is_words_between_blanks_and_characters_side_by_side() {
    for (text, form) in [
        ("", ""),
        (" \n\n ?! — 。\n", ""),
        ("The  Tide, was—OUT!", "the tide was out"),
        ("港口扩建，今日开工。", "港口扩建今日开工"),
        ("用iPhone拍的3张", "用 iphone 拍的 3 张"),
        ("One.\n\nTwo\nthree\n \n\n…\n\nFour", "one\ntwo three\nfour"),
        ("ＡＢＣ　１２３！", "abc 123"),
        ("ﬁnd ㍿ ｶﾞｷﾞ か\u{3099}", "find 株式会社ガギが"),
        ("co\u{AD}op\u{200B}er 中\u{FE00}国", "cooper 中国"),
        ("Привет, МИР! Ёж", "привет мир ёж"),
        ("שָׁלוֹם, עולם", "ש\u{5B8}\u{5C1}לו\u{5B9}ם עולם"),
        ("السلام عليكم", "السلام عليكم"),
        ("안녕하세요 세계", "안녕하세요 세계"),
        ("İSTANBUL ΣΑΣ", "i\u{307}stanbul σασ"),
        ("a😀b 👩\u{200D}🚀", "a b"),
        ("a\u{FFFC}b", "a b"),
    ] {
        assert_eq!(of(text), form, "{text:?}");
    }
}

#[test]
fn apostrophes_join_letters_and_points_join_digits() {
    for (text, expected) in [
        ("don't don’t 'tis dogs'", vec!["dont", "dont", "tis", "dogs"]),
        ("1,234.5 and 1, 2. 3", vec!["#1234.5", "and", "#1", "#2", "#3"]),
        ("v1.2.3 a.b 1.b b.1 3d", vec!["v1.2.3", "a", "b", "#1", "b", "b", "#1", "#3d"]),
        ("1,,2 1.'2 5.", vec!["#1", "#2", "#1", "#2", "#5"]),
        ("第1章②", vec!["第", "#1", "章", "#2"]),
    ] {
        assert_eq!(tokens(text), expected, "{text:?}");
    }
}

#[test]
fn scripts_without_blanks_give_a_token_for_each_letter() {
    assert_eq!(tokens("サーバー々"), ["サ", "ー", "バ", "ー", "々"]);
    assert_eq!(tokens("น้ำดี"), ["น\u{E49}\u{E4D}", "า", "ด\u{E35}"]);
    assert_eq!(tokens("ກີບ ១២"), ["ກ\u{EB5}", "ບ", "#១២"]);
}

#[test]
fn a_mark_belongs_to_the_token_before_it_or_to_none() {
    assert_eq!(tokens("x\u{302}y \u{301}z हिन्दी"), ["x\u{302}y", "z", "हिन्दी"]);
}

#[test]
fn tokens_know_where_they_came_from() {
    let text = "Ａé, ﬁ㍿";
    let words = Words::of_plain(text);
    let places: Vec<_> =
        words.tokens.iter().map(|token| &text[token.origin as usize..token.origin_end as usize]).collect();
    assert_eq!(places, ["Ａé", "ﬁ", "㍿", "㍿", "㍿", "㍿"]);
    let second = Words::of_plain("one\r\n\r\ntwo");
    assert_eq!((second.tokens[1].origin, second.tokens[1].origin_end), (7, 10));
    assert_eq!(second.blocks.iter().map(|block| block.block).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn equal_blocks_have_equal_hashes() {
    let words = Words::of_plain("The tide.\n\nthe TIDE\n\nthe tides");
    let hash = |block: usize| words.block_hash(&words.blocks[block]);
    assert_eq!(hash(0), mix(of_text("the tide")));
    assert_eq!(hash(0), hash(1));
    assert_ne!(hash(0), hash(2));
}

#[test]
fn shingles_are_three_characters_or_two_words_inside_a_block() {
    for (text, expected) in [
        ("港口扩建", vec!["港口扩", "口扩建"]),
        ("the tide was out", vec!["the tide", "tide was", "was out"]),
        ("用phone拍的", vec!["用 phone 拍", "phone 拍的"]),
        ("one\n\n两字\n\ntwo", vec!["one", "两字", "two"]),
        ("a b\n\nc d e", vec!["a b", "c d", "d e"]),
    ] {
        let words = Words::of_plain(text);
        let hashes = shingle::token_hashes(&words);
        let mut seen = vec![];
        for block in &words.blocks {
            shingle::each_shingle(&words, &hashes, block, |tokens, bytes, _| {
                assert_eq!(words.str(tokens).as_bytes(), bytes);
                seen.push(String::from_utf8_lossy(bytes).into_owned());
            });
        }
        assert_eq!(seen, expected, "{text}");
        assert_eq!(Sketch::of(&words, &all).shingles as usize, expected.len());
    }
}

#[test]
fn a_text_without_words_has_an_empty_sketch() {
    for text in ["", "。。。", "\n\n\n"] {
        let words = Words::of_plain(text);
        let sketch = Sketch::of(&words, &all);
        assert_eq!((sketch.shingles, sketch.simhash, sketch.winnowed.len()), (0, 0, 0));
        assert_eq!(sketch.minima.0, [0; BINS]);
        assert!(words.blocks.is_empty() && shingle_set(&words, &all).is_empty());
    }
}

#[test]
fn left_out_blocks_count_for_nothing() {
    let (with, without) = (Words::of_plain("a b c\n\nspam 7 ham\n\nd e f 8"), Words::of_plain("a b c\n\nd e f 8"));
    let keeps = |block| block != 1;
    assert_eq!(Sketch::of(&with, &keeps), Sketch::of(&without, &all));
    assert_eq!(shingle_set(&with, &keeps), shingle_set(&without, &all));
    assert_eq!(numbers(&with, &keeps), [mix(of_text("8"))]);
    assert_eq!(numbers(&with, &all).len(), 2);
}

#[test]
fn a_number_that_stands_twice_counts_twice() {
    assert_eq!(numbers(&Words::of_plain("7 and 7"), &all), [mix(of_text("7")), mix(of_text("7"))]);
}

#[test]
fn like_texts_have_like_minima() {
    let text = |changed: usize| {
        let words = (0..400).map(|at| if at < changed { format!("new{at}") } else { format!("old{at}") });
        Words::of_plain(&words.collect::<Vec<_>>().join(" "))
    };
    let sketch = |changed| Sketch::of(&text(changed), &all).minima;
    assert_eq!(sketch(0).agreeing(&sketch(0)), BINS);
    // 40 of 400 words changed: Jaccard similarity 359 / 439 = 0.82, so 105 of 128 bins, give or take 4.4 (σ).
    let agreeing = sketch(0).agreeing(&sketch(40));
    assert!((88..=122).contains(&agreeing), "{agreeing}");
    assert!(sketch(0).agreeing(&sketch(400)) < 8);
}

#[test]
fn winnowing_leaves_out_blocks_and_crosses_others() {
    let rule = Winnow { run: 36, window: 72 };
    let chosen = |text: &str, keeps: &dyn Fn(usize) -> bool| winnow(&Words::of_plain(text), rule, keeps);
    let across = chosen("a b\n\nc d", &all);
    assert_eq!(across, chosen("a b c d", &all));
    assert_eq!(across.len(), 1);
    assert_eq!(across[0].len, 3);
    assert_eq!(chosen("a b\n\nx\n\nc d", &|block| block != 1), []);
    assert_eq!(chosen("a b c\n\nx\n\nd e f", &|block| block != 1).len(), 2);
}
