//! Runs held against a search of all pairs of places.

use proptest::prelude::*;

use super::*;
use crate::fingerprint::{Token, WordBlock};

/// Few words, so that runs meet by chance; half of them are characters of a script without blanks.
const ALPHABET: [&str; 8] = ["ash", "石", "elm", "木", "fir", "水", "oak", "火"];

/// The words of blocks of these letters.
fn words(blocks: &[Vec<usize>]) -> Words {
    let mut words = Words::default();
    for (number, block) in blocks.iter().enumerate() {
        let first = words.tokens.len();
        for (place, letter) in block.iter().enumerate() {
            let kind = if letter % 2 == 1 { TokenKind::Character } else { TokenKind::Word };
            let is_joined = |last: &Token| last.kind == TokenKind::Character && kind == TokenKind::Character;
            if place > 0 && !words.tokens.last().is_some_and(is_joined) {
                words.text.push(' ');
            }
            let (start, text) = (words.text.len() as u32, ALPHABET[*letter]);
            words.text.push_str(text);
            let end = words.text.len() as u32;
            words.tokens.push(Token { start, end, origin: start, origin_end: end, kind });
        }
        words.text.push('\n');
        let (block, tokens) = (number as u32, first as u32..words.tokens.len() as u32);
        words.blocks.push(WordBlock { block, tokens, in_quote: false });
    }
    words
}

/// What a token says, and the number of its stretch; `None` in a block that is left out.
type Told = Option<(usize, usize)>;

/// The tokens of these blocks.
fn tokens(blocks: &[Vec<usize>], keeps: &dyn Fn(usize) -> bool) -> Vec<Told> {
    let mut stretch = 0;
    let mut all = vec![];
    for (number, block) in blocks.iter().enumerate() {
        stretch += usize::from(!keeps(number));
        all.extend(block.iter().map(|letter| keeps(number).then_some((*letter, stretch))));
    }
    all
}

/// How far two places agree inside their stretches.
fn agreeing(a: &[Told], b: &[Told]) -> usize {
    let (Some(Some(first_a)), Some(Some(first_b))) = (a.first(), b.first()) else { return 0 };
    let is_same = |(a, b): &(&Told, &Told)| match (a, b) {
        (Some(a), Some(b)) => a.0 == b.0 && a.1 == first_a.1 && b.1 == first_b.1,
        _ => false,
    };
    a.iter().zip(b).take_while(is_same).count()
}

fn weight(tokens: &[Told]) -> u32 {
    tokens.iter().flatten().map(|(letter, _)| if letter % 2 == 1 { 5 } else { 12 }).sum()
}

type Blocks = Vec<Vec<usize>>;

/// Blocks of letters, some of them copied from a common stock.
fn blocks() -> impl Strategy<Value = Blocks> {
    let stock: Vec<usize> = (0..40).map(|place| (place * place + place / 3) % ALPHABET.len()).collect();
    let chance = prop::collection::vec(0..ALPHABET.len(), 1..12);
    let copied = (0..30_usize, 4..20_usize).prop_map(move |(from, len)| stock[from..(from + len).min(40)].to_vec());
    prop::collection::vec(prop_oneof![chance, copied], 1..8)
}

/// The tokens of `a` that no run covers must not hold a shared passage of the least weight.
fn is_covered(a: &[Told], passage: Range<usize>, runs: &[Run], least: u32) -> bool {
    let is_free = |at: &usize| !runs.iter().any(|run| (run.a.start as usize..run.a.end as usize).contains(at));
    let (mut longest, mut now) = (0, 0);
    for at in passage {
        now = if is_free(&at) { now + weight(&a[at..=at]) } else { 0 };
        longest = longest.max(now);
    }
    longest < least
}

fn all_places(mut search: Search<'_>) -> Vec<Run> {
    search.most = usize::MAX;
    search.runs()
}

/// The runs that two texts share, of the blocks that are kept.
fn common(a: &Words, b: &Words, keeps_a: &dyn Fn(usize) -> bool, least: u32) -> Vec<Run> {
    common_runs((a, &Stretches::of(a, keeps_a, least)), (b, &Stretches::of(b, &|_| true, least)))
}

/// The runs that stand twice in a text.
fn own(words: &Words, least: u32) -> Vec<Run> {
    own_runs((words, &Stretches::of(words, &|_| true, least)))
}

proptest! {
    #[test]
    fn runs_of_two_texts_are_those_of_a_search_of_all_pairs(
        (one, other) in (blocks(), blocks()), (least, out_a, out_b) in (30_u32..120, 0..8_usize, 0..8_usize)
    ) {
        let (keeps_a, keeps_b) = (|block: usize| block != out_a, |block: usize| block != out_b);
        let (words_a, words_b) = (words(&one), words(&other));
        let (a, b) = (tokens(&one, &keeps_a), tokens(&other, &keeps_b));
        let (in_a, in_b) = (Stretches::of(&words_a, &keeps_a, least), Stretches::of(&words_b, &keeps_b, least));
        let (text_a, text_b) = (Text::of((&words_a, &in_a)), Text::of((&words_b, &in_b)));
        let runs = all_places(Search { a: text_a, b: text_b, is_own: false, most: 0 });
        let mut free = 0;
        for run in &runs {
            let (x, y, len) = (run.a.start as usize, run.b.start as usize, run.a.len());
            prop_assert!(x >= free && run.b.len() == len && run.weight == weight(&a[x..x + len]) && run.weight >= least);
            prop_assert_eq!(agreeing(&a[x..], &b[y..]), len, "it ends where the texts part");
            prop_assert!(x == free || y == 0 || agreeing(&a[x - 1..], &b[y - 1..]) == 0, "it begins where they meet");
            free = x + len;
        }
        for (x, y) in (0..a.len()).flat_map(|x| (0..b.len()).map(move |y| (x, y))) {
            let passage = x..x + agreeing(&a[x..], &b[y..]);
            prop_assert!(is_covered(&a, passage, &runs, least), "{x} {y} {runs:?}");
        }
    }

    #[test]
    fn runs_of_one_text_are_those_of_a_search_of_all_pairs(
        one in blocks(), (least, out) in (30_u32..120, 0..8_usize)
    ) {
        let keeps = |block: usize| block != out;
        let words = words(&one);
        let a = tokens(&one, &keeps);
        let stretches = Stretches::of(&words, &keeps, least);
        let text = Text::of((&words, &stretches));
        let runs = all_places(Search { a: text, b: text, is_own: true, most: 0 });
        let mut free = 0;
        for run in &runs {
            let (x, y, len) = (run.a.start as usize, run.b.start as usize, run.a.len());
            prop_assert!(x >= free && y + len <= x && run.b.len() == len && run.weight == weight(&a[x..x + len]));
            prop_assert!(run.weight >= least && agreeing(&a[x..], &a[y..]) >= len);
            prop_assert!(agreeing(&a[x..], &a[y..]) == len || y + len == x, "it ends where the places part or touch");
            free = x + len;
        }
        for (x, y) in (0..a.len()).flat_map(|x| (0..x).map(move |y| (x, y))) {
            let passage = x..x + agreeing(&a[x..], &a[y..]).min(x - y);
            prop_assert!(is_covered(&a, passage, &runs, least), "{x} {y} {runs:?}");
        }
    }
}

#[test]
fn a_passage_is_found_whatever_stands_around_it() {
    let passage = [0, 1, 2, 3, 4, 5, 6, 7, 0, 2];
    let (one, other) = ([&[6, 6, 4][..], &passage, &[4, 4]].concat(), [&passage[..], &[1, 1, 1]].concat());
    let (a, b) = (words(&[one[..5].to_vec(), one[5..].to_vec()]), words(&[other]));
    let least = 6 * 12 + 4 * 5;
    let runs = common(&a, &b, &|_| true, least);
    assert_eq!(runs, [Run { a: 3..13, b: 0..10, weight: least }]);
    assert_eq!(common(&a, &b, &|_| true, least + 1), []);
    assert_eq!(common(&a, &b, &|block| block == 1, least), []);
}

#[test]
fn what_is_said_again_and_again_is_told_at_each_place() {
    let passage = vec![0, 1, 2, 3, 4, 5, 6, 7];
    let runs = own(&words(&[passage.clone(), vec![0, 0], passage.clone(), vec![2, 2], passage]), 60);
    let places: Vec<_> = runs.iter().map(|run| (run.a.clone(), run.b.clone())).collect();
    assert_eq!(places, [(10..18, 0..8), (20..28, 0..8)]);
}

#[test]
fn one_thing_said_a_hundred_thousand_times_takes_no_longer_than_other_texts() {
    let started = std::time::Instant::now();
    for text in [vec![0; 100_000], [0, 1, 2, 3, 4].repeat(20_000)] {
        let words = words(&[text]);
        assert!(!own(&words, 600).is_empty());
        assert!(!common(&words, &words, &|_| true, 600).is_empty());
    }
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
