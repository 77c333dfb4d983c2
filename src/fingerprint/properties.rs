//! What holds for every text: the fast ways give what the slow ways give, and shared passages are found.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::script::Part;
use super::*;

fn all(_: usize) -> bool {
    true
}

/// Texts of many scripts, with marks, punctuation and line breaks in odd places.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-cA-C0-2,.'’ 港口，。\n]{0,60}",
        "[a\u{301}\u{323}か\u{3099}ｶﾞ각\u{11A8}\u{1100}\u{1161}ﬁ㍿İΣé中　！\u{200B}\u{FE0F}1]{0,40}",
        "[กำน้ंिक้שָ́אבжЁ0-9٣ ]{0,40}",
        "\\PC{0,40}",
        proptest::collection::vec(any::<char>(), 0..40).prop_map(|chars| chars.into_iter().collect()),
    ]
}

/// Texts of few words, so that they repeat.
fn passage(words: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let word = prop_oneof!["[a-d]{1,2} ", "[港口扩建今日]", "\n\n", "[0-3] "];
    proptest::collection::vec(word, words).prop_map(|words| words.concat())
}

/// The tokens of a line by the definition, without a fast way.
fn slow_tokens(line: &str) -> Vec<String> {
    let chars: Vec<char> = line.nfkc().flat_map(char::to_lowercase).collect();
    let chars: Vec<char> = chars.into_iter().filter(|char| Part::of(*char) != Part::Invisible).collect();
    let is_alphanumeric =
        |at: usize| chars.get(at).is_some_and(|char| matches!(Part::of(*char), Part::Letter | Part::Digit));
    let is_digit = |at: usize| chars.get(at).is_some_and(|char| Part::of(*char) == Part::Digit);
    let mut tokens: Vec<String> = vec![];
    let (mut in_word, mut may_mark) = (false, false);
    for (at, char) in chars.iter().enumerate() {
        let before = at.wrapping_sub(1);
        match Part::of(*char) {
            Part::Letter | Part::Digit if in_word => tokens.last_mut().expect("a word is open").push(*char),
            Part::Letter | Part::Digit => {
                tokens.push(char.to_string());
                in_word = true;
            }
            Part::Character => {
                tokens.push(char.to_string());
                in_word = false;
            }
            Part::Mark if may_mark => tokens.last_mut().expect("a token is open").push(*char),
            Part::Apostrophe if in_word && may_mark && is_alphanumeric(at + 1) => {}
            Part::Comma if in_word && is_digit(before) && is_digit(at + 1) => {}
            Part::Dot if in_word && is_digit(before) && is_digit(at + 1) => {
                tokens.last_mut().expect("a word is open").push('.');
            }
            _ => in_word = false,
        }
        may_mark = match Part::of(*char) {
            Part::Letter | Part::Digit | Part::Character => true,
            Part::Mark => may_mark,
            _ => false,
        };
    }
    tokens
}

/// Winnowing by the definition: every window, every run in it.
fn slow_winnow(words: &Words, rule: Winnow) -> Vec<Selected> {
    let shortest = |start: usize, weight: u32| {
        (start..=words.tokens.len()).find(|end| Words::weight(&words.tokens[start..*end]) >= weight)
    };
    let hashes = shingle::token_hashes(words);
    let run = |start: usize| {
        shortest(start, rule.run).map(|end| Selected {
            hash: shingle::run_hash(&hashes[start..end]),
            token: start as u32,
            len: (end - start) as u32,
        })
    };
    let runs: Vec<Selected> = (0..words.tokens.len()).map_while(run).collect();
    let mut chosen: Vec<Selected> = vec![];
    for start in 0..words.tokens.len() {
        let end = shortest(start, rule.window);
        if end.is_none() && start > 0 {
            break;
        }
        let end = end.unwrap_or(words.tokens.len()) as u32;
        let inside = runs.iter().filter(|run| run.token >= start as u32 && run.token + run.len <= end);
        chosen.extend(inside.min_by_key(|run| (run.hash, u32::MAX - run.token)));
    }
    chosen.dedup();
    chosen
}

proptest! {
    #[test]
    fn tokens_are_those_of_the_definition(text in text()) {
        let line = text.replace(['\n', '\r'], " ");
        let words = Words::of_plain(&line);
        let tokens: Vec<&str> = (0..words.tokens.len()).map(|at| words.str(at..at + 1)).collect();
        prop_assert_eq!(tokens, slow_tokens(&line));
    }

    #[test]
    fn tokens_lie_in_order_on_characters(text in text()) {
        let words = Words::of_plain(&text);
        for token in &words.tokens {
            prop_assert!(token.start < token.end && token.origin < token.origin_end);
            prop_assert!(!words.text[token.start as usize..token.end as usize].contains([' ', '\n']));
            prop_assert!(!text[token.origin as usize..token.origin_end as usize].is_empty());
        }
        for pair in words.tokens.windows(2) {
            prop_assert!(pair[0].end <= pair[1].start && pair[0].origin <= pair[1].origin);
        }
        let slices: Vec<&str> = words.blocks.iter().map(|block| words.str(block.range())).collect();
        prop_assert_eq!(slices.join("\n"), &*words.text);
        let covered: Vec<usize> = words.blocks.iter().flat_map(WordBlock::range).collect();
        prop_assert_eq!(covered, (0..words.tokens.len()).collect::<Vec<_>>());
    }

    #[test]
    fn words_of_words_are_the_same_words(text in "[a-zA-Z0-9 ,.'港口扩建か。！\n]{0,60}") {
        let words = Words::of_plain(&text);
        let again = Words::of_plain(&words.text.replace('\n', "\n\n"));
        prop_assert_eq!(again.text, words.text);
    }

    #[test]
    fn simhash_is_that_of_the_crate(text in prop_oneof![text(), passage(0..600)]) {
        let words = Words::of_plain(&text);
        let hashes = shingle::token_hashes(&words);
        let mut slices = vec![];
        for block in &words.blocks {
            shingle::each_shingle(&words, &hashes, block, |tokens, _, _| slices.push(words.str(tokens)));
        }
        let sketch = Sketch::of(&words, &all);
        prop_assert_eq!(sketch.shingles as usize, slices.len());
        prop_assert_eq!(sketch.simhash, simhash::simhash_stream(slices.into_iter()));
    }

    #[test]
    fn winnowing_is_that_of_the_definition(text in passage(0..120), run in 1..60_u32, more in 0..100_u32) {
        let words = Words::of_plain(&text);
        let rule = Winnow { run, window: run + more };
        prop_assert_eq!(winnow(&words, rule, &all), slow_winnow(&words, rule));
    }

    #[test]
    fn a_shared_passage_shares_a_chosen_run(before in "[w-z]{1,3}( [w-z]{1,3}){0,30}", after in "[港口]{0,40}",
                                           shared in passage(1..160), run in 1..60_u32, more in 0..100_u32) {
        let rule = Winnow { run, window: run + more };
        prop_assume!(Words::weight(&Words::of_plain(&shared).tokens) >= rule.window + 12);
        let chosen = |text: &str| winnow(&Words::of_plain(text), rule, &all);
        let one = chosen(&format!("{before}\n\n{shared}\n\n{after}"));
        let other = chosen(&format!("{after}\n\n{shared}\n\n{before}"));
        prop_assert!(one.iter().any(|one| other.iter().any(|other| one.hash == other.hash)));
    }

    #[test]
    fn a_run_hash_depends_on_all_its_tokens_and_their_order(a in "[a-z]{1,4}", b in "[a-z]{1,4}") {
        prop_assume!(a != b);
        let set = |text: &str| shingle_set(&Words::of_plain(text), &all);
        prop_assert_ne!(set(&format!("{a} {b}")), set(&format!("{b} {a}")));
        prop_assert_eq!(set(&format!("{a}, {b}")), set(&format!("{a} {b}")));
    }
}
